//! A record as it arrives, free of Kafka types.

use super::Position;

/// One record of the input: what it holds, and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where the record stands.
    pub position: Position,
    /// The key's bytes, if there is one.
    pub key: Option<Vec<u8>>,
    /// The value's bytes; `None` is a tombstone.
    pub value: Option<Vec<u8>>,
    /// The headers in their order; a header may come twice, and may have no value.
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    /// The record's time in milliseconds since the epoch.
    pub timestamp: Option<i64>,
}

impl Record {
    /// Bytes of key, value and headers: what the record costs in memory.
    pub fn size(&self) -> u64 {
        let bytes = |part: &Option<Vec<u8>>| part.as_ref().map_or(0, Vec::len);
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + bytes(value)).sum();
        (bytes(&self.key) + bytes(&self.value) + headers) as u64
    }

    /// The last value of the header `name` (letter case does not count) that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values = self.headers.iter().rev().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        values.filter_map(|(_, value)| std::str::from_utf8(value.as_deref()?).ok()).next()
    }
}

//! An entry as bytes: little-endian, versioned, read by every worker of a desk.
//!
//! | field | bytes |
//! |---|---|
//! | format (1), algorithm ([`super::ALGORITHM`]) | 1 + 1 |
//! | event time, ms | 8 |
//! | content hash | 16 |
//! | partition, offset | 4 + 8 |
//! | length and bytes of the topic's name | 2 + n |
//! | length and bytes of the article's id | 2 + n |
//!
//! A reader refuses a format or an algorithm that it does not know: two workers that hash differently would give
//! different verdicts and never notice.

use super::entry::{ContentHash, Entry};
use super::sketch::ALGORITHM;
use crate::article::Position;

const FORMAT: u8 = 1;

/// Why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Written by another version.
    #[error(
        "entry of format {format}, algorithm {algorithm}; this worker reads format {FORMAT}, algorithm {ALGORITHM}: \
         all workers that share a sketch log must run the same version"
    )]
    Version {
        /// Format byte found.
        format: u8,
        /// Algorithm byte found.
        algorithm: u8,
    },
    /// Too short, too long, or not UTF-8 where text is due.
    #[error("entry of {0} bytes is damaged, or was not written by copydesk")]
    Damaged(usize),
}

/// Writes an entry. A topic's name has at most 249 bytes in Kafka and an id at most 512, so lengths fit.
pub fn encode(entry: &Entry) -> Vec<u8> {
    let (topic, id) = (entry.position.topic.as_bytes(), entry.id.as_bytes());
    let mut out = Vec::with_capacity(42 + topic.len() + id.len());
    out.extend([FORMAT, ALGORITHM]);
    out.extend(entry.event_time.to_le_bytes());
    out.extend(entry.content.0.to_le_bytes());
    out.extend(entry.position.partition.to_le_bytes());
    out.extend(entry.position.offset.to_le_bytes());
    for text in [topic, id] {
        out.extend((text.len() as u16).to_le_bytes());
        out.extend(text);
    }
    out
}

/// Reads an entry.
///
/// # Errors
/// [`WireError`] for bytes of another version and for bytes that are no entry.
pub fn decode(bytes: &[u8]) -> Result<Entry, WireError> {
    let damaged = || WireError::Damaged(bytes.len());
    let (&[format, algorithm], mut rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
    if (format, algorithm) != (FORMAT, ALGORITHM) {
        return Err(WireError::Version { format, algorithm });
    }
    let event_time = i64::from_le_bytes(take(&mut rest).ok_or_else(damaged)?);
    let content = ContentHash(u128::from_le_bytes(take(&mut rest).ok_or_else(damaged)?));
    let partition = i32::from_le_bytes(take(&mut rest).ok_or_else(damaged)?);
    let offset = i64::from_le_bytes(take(&mut rest).ok_or_else(damaged)?);
    let topic = take_text(&mut rest).ok_or_else(damaged)?;
    let id = take_text(&mut rest).ok_or_else(damaged)?;
    if !rest.is_empty() {
        return Err(damaged());
    }
    Ok(Entry { position: Position::new(topic, partition, offset), id: id.into(), event_time, content })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::from(u16::from_le_bytes(take(rest)?));
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    std::str::from_utf8(head).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry() -> Entry {
        Entry {
            position: Position::new("raw", 2, 0x0102),
            id: "x1".into(),
            event_time: 5,
            content: ContentHash(0xff),
        }
    }

    /// Golden: entries live in Kafka for days and are read by other versions of the program.
    #[test]
    fn the_bytes_of_format_1_never_change() {
        let expected: &[u8] = &[
            1, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2,
            1, 0, 0, 0, 0, 0, 0, 3, 0, b'r', b'a', b'w', 2, 0, b'x', b'1',
        ];
        assert_eq!(encode(&entry()), expected);
    }

    #[test]
    fn another_algorithm_is_refused_by_name() {
        let mut bytes = encode(&entry());
        bytes[1] = 77;
        let error = decode(&bytes).unwrap_err();
        assert_eq!(error, WireError::Version { format: 1, algorithm: 77 });
        assert!(error.to_string().contains("algorithm 77"));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(topic in "[a-z.]{1,249}", id in ".{0,100}", p: i32, o: i64, t: i64, h: u128) {
            let entry = Entry { position: Position::new(topic, p, o), id: id.into(), event_time: t, content: ContentHash(h) };
            prop_assert_eq!(decode(&encode(&entry)), Ok(entry));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..47) {
            let _ = decode(&bytes);
            prop_assert!(decode(&encode(&entry())[..cut.min(46)]).is_err());
        }
    }
}

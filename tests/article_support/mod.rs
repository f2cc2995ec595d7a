//! What the tests of parsing share.
#![allow(dead_code, reason = "each test binary uses its own part")]

use copydesk::article::{
    Dialect, Format, InputSettings, Parsed, Position, RawArticle, Record, Reject, RejectKind, parse,
};
use std::collections::BTreeMap;

/// The settings that ship, with a dialect.
pub fn settings(dialect: Dialect) -> InputSettings {
    InputSettings {
        format: Format::Auto,
        dialect,
        fields: BTreeMap::new(),
        max_bytes: 10 * 1024 * 1024,
        max_depth: 128,
    }
}

/// A record with a value and no headers.
pub fn record(value: impl Into<Vec<u8>>) -> Record {
    Record {
        position: Position::new("articles.raw", 0, 7),
        key: None,
        value: Some(value.into()),
        headers: Vec::new(),
        timestamp: Some(1_714_727_700_000),
    }
}

/// A record whose content-type header is `content_type`.
pub fn record_of_type(value: impl Into<Vec<u8>>, content_type: &str) -> Record {
    let headers = vec![("Content-Type".to_owned(), Some(content_type.as_bytes().to_vec()))];
    Record { headers, ..record(value) }
}

/// Parses with the settings that ship.
pub fn read(value: impl Into<Vec<u8>>) -> Result<RawArticle, Reject> {
    read_as(value, &settings(Dialect::Copydesk))
}

/// Parses with other settings.
pub fn read_as(value: impl Into<Vec<u8>>, settings: &InputSettings) -> Result<RawArticle, Reject> {
    read_record(&record(value), settings)
}

/// Parses a record that has a value.
pub fn read_record(record: &Record, settings: &InputSettings) -> Result<RawArticle, Reject> {
    match parse(record, settings)? {
        Parsed::Article(raw) => Ok(*raw),
        Parsed::Tombstone => panic!("the record has a value"),
    }
}

/// The article, where it must be one.
pub fn article(value: impl Into<Vec<u8>>) -> RawArticle {
    read(value).unwrap_or_else(|reject| panic!("{reject}"))
}

/// The kind and the message, where the value must be rejected.
pub fn rejected(value: impl Into<Vec<u8>>) -> (RejectKind, String) {
    match read(value) {
        Ok(raw) => panic!("it was read: {raw:?}"),
        Err(reject) => {
            assert_eq!(reject.stage, "parse");
            (reject.kind, reject.message)
        }
    }
}

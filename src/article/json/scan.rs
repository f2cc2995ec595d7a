//! One pass over JSON text before the parser: how deep it is, and whether an object has a key twice.
//!
//! The parser recurses, so depth must be known before; and it silently takes the last of two equal keys, which would
//! lose a field. The pass is a loop: it needs memory for the keys, and no stack.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the pass objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Objection {
    /// An array or object begins at this byte that is nested too deep.
    TooDeep { at: usize },
    /// The key that begins at this byte stands in its object already.
    Duplicate { at: usize, key: String },
}

/// An array or an object that is open.
enum Open<'a> {
    Array,
    Object { keys: BTreeSet<Cow<'a, str>>, key_next: bool },
}

/// Passes over the text. Text that is no JSON passes; the parser will find out.
pub(super) fn scan(text: &str, max_depth: usize) -> Result<(), Objection> {
    let bytes = text.as_bytes();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut duplicate = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => {
                if open.len() >= max_depth {
                    return Err(Objection::TooDeep { at });
                }
                open.push(if *byte == b'[' {
                    Open::Array
                } else {
                    Open::Object { keys: BTreeSet::new(), key_next: true }
                });
            }
            b']' | b'}' => {
                open.pop();
            }
            b',' => {
                if let Some(Open::Object { key_next, .. }) = open.last_mut() {
                    *key_next = true;
                }
            }
            b'"' => {
                let end = string_end(bytes, at + 1);
                if let Some(Open::Object { keys, key_next }) = open.last_mut()
                    && *key_next
                {
                    *key_next = false;
                    let key = key_of(&text[at..end]);
                    if duplicate.is_none() && keys.contains(&key) {
                        duplicate = Some(Objection::Duplicate { at, key: key.into_owned() });
                    } else {
                        keys.insert(key);
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    duplicate.map_or(Ok(()), Err)
}

/// The place behind the closing quotation mark of the string whose content begins at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at.min(bytes.len())..]) {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

/// The key in a string token. A token that is no JSON string stands for itself.
fn key_of(token: &str) -> Cow<'_, str> {
    let plain = token.strip_prefix('"').and_then(|token| token.strip_suffix('"'));
    match plain {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        _ => serde_json::from_str::<String>(token).map_or(Cow::Borrowed(token), Cow::Owned),
    }
}

/// Line and column of a byte, both from 1; columns are bytes, as in the parser's own messages.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let lines = memchr::memchr_iter(b'\n', before).count();
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    (lines + 1, before.len() - line_start + 1)
}

#[cfg(test)]
mod tests {
    use super::{Objection, line_and_column, scan};

    #[test]
    fn depth_counts_arrays_and_objects_outside_strings() {
        assert_eq!(scan("{\"a\":[{\"b\":\"[[[[{{{{\"}]}", 3), Ok(()));
        assert_eq!(scan("{\"a\":[{}]}", 2), Err(Objection::TooDeep { at: 6 }));
        assert_eq!(scan("[][][][]", 1), Ok(()));
        assert_eq!(scan("{\"a\\\"[\":1}", 1), Ok(()));
    }

    #[test]
    fn a_key_may_stand_once_in_each_object() {
        assert_eq!(scan("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}", 9), Ok(()));
        let twice = scan("{\"a\":1,\n \"\\u0061\":2}", 9);
        assert_eq!(twice, Err(Objection::Duplicate { at: 9, key: "a".to_owned() }));
        assert_eq!(line_and_column("{\"a\":1,\n \"\\u0061\":2}", 9), (2, 2));
        assert_eq!(scan("{\"a\":\"a\",\"b\":\"a\"}", 9), Ok(()));
    }

    #[test]
    fn broken_text_passes() {
        for text in ["", "\"", "\"\\", "}}]]", "{,,\"a\" \"a\"", "{\"a\\"] {
            assert_eq!(scan(text, 9), Ok(()), "{text}");
        }
    }
}

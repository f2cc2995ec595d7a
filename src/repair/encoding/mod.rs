//! Encoding: bytes to clean text.
//!
//! [`decode`] finds the charset, [`undo_mojibake`] mends text that went through a wrong one, [`decode_entities`] undoes
//! HTML escapes that do not belong in plain text, [`clean_characters`] settles line ends, spaces and invisible
//! characters. Each leaves clean text as it is, and is idempotent.

mod characters;
mod charset;
mod entities;
mod mojibake;

pub use characters::clean_characters;
pub use charset::{Decoded, Undecodable, charset_of_content_type, charset_of_markup, decode};
pub use entities::decode_entities;
pub use mojibake::undo_mojibake;

/// A body as plain text: entities, mojibake and characters put right; its lines stay.
pub fn clean_text(text: &str) -> String {
    let text = decode_entities(text);
    let text = undo_mojibake(&text);
    clean_characters(&text).into_owned()
}

/// A text that must stand on one line, such as a headline: as [`clean_text`], and with single spaces.
pub fn clean_line(text: &str) -> String {
    let text = clean_text(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

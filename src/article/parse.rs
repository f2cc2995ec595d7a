//! Bytes to a raw article.

use super::format::Format;
use super::json::article_from_json;
use super::page::article_from_html;
use super::{Dialect, Field, RawArticle, Record, Reject, RejectKind, Warning};
use crate::repair::encoding::{charset_of_content_type, charset_of_markup, clean_text, decode};
use std::collections::BTreeMap;

/// How values are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputSettings {
    /// What the values are.
    pub format: Format,
    /// Whose names JSON articles use.
    pub dialect: Dialect,
    /// Names of the sender's own: where a field stands, as keys from the outside in. They win over the dialect's.
    pub fields: BTreeMap<Field, Vec<String>>,
    /// A larger value is rejected, bytes.
    pub max_bytes: usize,
    /// JSON nested deeper is rejected; see also [`super::MAX_DEPTH`].
    pub max_depth: usize,
}

/// What a record is.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// An article.
    Article(Box<RawArticle>),
    /// A record without a value: whatever stood under its key is gone.
    Tombstone,
}

/// Makes an article of a record.
///
/// # Errors
/// A [`Reject`] of any kind but `Panic`, with a message that names the fault and its place.
pub fn parse(record: &Record, settings: &InputSettings) -> Result<Parsed, Reject> {
    let Some(value) = record.value.as_deref() else { return Ok(Parsed::Tombstone) };
    if value.len() > settings.max_bytes {
        return Err(Reject::parse(
            RejectKind::TooLarge,
            format!("the value has {} bytes, more than input.maxBytes = {}", value.len(), settings.max_bytes),
        ));
    }
    if value.trim_ascii().is_empty() {
        return Err(empty(value.len()));
    }
    let declared = record.header("content-type").and_then(charset_of_content_type);
    let markup = settings.format == Format::Html
        || (settings.format == Format::Auto && value.trim_ascii_start().starts_with(b"<"));
    let declared = declared.or_else(|| if markup { charset_of_markup(value) } else { None });
    let decoded = decode(value, declared).map_err(|error| {
        Reject::parse(
            RejectKind::InvalidEncoding,
            format!("{error}; send UTF-8, or declare the charset in the content-type header"),
        )
    })?;
    let text = &*decoded.text;
    let mut raw = match settings.format.of(text) {
        Format::Json if text.trim().is_empty() => return Err(empty(value.len())),
        Format::Json => article_from_json(text, settings)?,
        Format::Html if text.trim().is_empty() => return Err(empty(value.len())),
        Format::Html => article_from_html(text)?,
        Format::Text | Format::Auto => article_from_text(text).ok_or_else(|| empty(value.len()))?,
    };
    for (odd, warning) in [
        (decoded.nul_bytes, Warning::NulBytes),
        (decoded.wrong_charset, Warning::WrongCharset),
        (decoded.cut_off, Warning::CutOffCharacter),
    ] {
        if odd {
            raw.warn(warning);
        }
    }
    Ok(Parsed::Article(Box::new(raw)))
}

/// Plain text: paragraphs are lines, and there is no title and no date. `None` if nothing is left of it.
fn article_from_text(text: &str) -> Option<RawArticle> {
    let text = clean_text(text);
    if text.trim().is_empty() {
        return None;
    }
    let mut raw = RawArticle { text, ..RawArticle::default() };
    raw.warn(Warning::NoPublicationDate);
    Some(raw)
}

fn empty(bytes: usize) -> Reject {
    let what = if bytes == 0 {
        "the value is empty".to_owned()
    } else {
        format!("the value is {bytes} bytes of white space")
    };
    Reject::parse(RejectKind::Empty, format!("{what}; to delete an article send a null value"))
}

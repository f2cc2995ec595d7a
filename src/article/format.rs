//! The format of a value: what the settings say, and what a look at the text says.

use std::fmt;
use std::str::FromStr;

/// What the values of the input topic are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// A look at each value decides.
    #[default]
    Auto,
    /// JSON, one object per value.
    Json,
    /// Plain text; paragraphs are lines.
    Text,
    /// An HTML page or a piece of one.
    Html,
}

/// A name in the settings that is not one of those that are allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is no {what}; use one of: {allowed}")]
pub struct UnknownName {
    /// What was to be named.
    pub what: &'static str,
    /// The name that was found.
    pub found: String,
    /// The names that are allowed, with commas.
    pub allowed: String,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Json, Self::Text, Self::Html];

    /// The name in the settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Json => "json",
            Self::Text => "text",
            Self::Html => "html",
        }
    }

    /// The format of one text: the setting, or with [`Format::Auto`] what the text begins like. Never `Auto`.
    ///
    /// A text that begins with `{` is JSON. So is one that begins with an array of arrays or objects: as plain text it
    /// would make no sense, and as JSON it gets an error message that helps.
    pub(crate) fn of(self, text: &str) -> Self {
        if self != Self::Auto {
            return self;
        }
        let text = text.trim_start();
        if text.starts_with('{') {
            Self::Json
        } else if let Some(rest) = text.strip_prefix('[') {
            if rest.trim_start().starts_with(['{', '[']) { Self::Json } else { Self::Text }
        } else if starts_like_html(text) {
            Self::Html
        } else {
            Self::Text
        }
    }
}

/// Elements with which a page or a piece of one begins.
const FIRST_ELEMENTS: [&str; 30] = [
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "style",
    "div",
    "p",
    "article",
    "section",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "span",
    "b",
    "strong",
    "em",
    "i",
    "a",
    "blockquote",
    "ul",
    "table",
];

/// Whether a text (without white space before it) begins with markup: a doctype, a comment, an XML declaration that an
/// element follows, or a tag that HTML knows.
pub(crate) fn starts_like_html(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    if rest.starts_with("!--") {
        return true;
    }
    if rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype")) {
        return true;
    }
    if rest.starts_with("?xml") {
        return rest.find("?>").is_some_and(|end| starts_like_html(rest[end + 2..].trim_start()));
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    FIRST_ELEMENTS.iter().any(|known| name.eq_ignore_ascii_case(known))
        && after.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        by_name("format", name, &Self::ALL, Self::as_str)
    }
}

/// The item whose name is `name`, without regard to letter case, `_`, `-` and `.`.
pub(crate) fn by_name<T: Copy>(
    what: &'static str,
    name: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
) -> Result<T, UnknownName> {
    let plain = |name: &str| name.replace(['_', '-', '.'], "").to_lowercase();
    let found = all.iter().copied().find(|item| plain(as_str(*item)) == plain(name.trim()));
    found.ok_or_else(|| UnknownName {
        what,
        found: name.to_owned(),
        allowed: all.iter().map(|item| as_str(*item)).collect::<Vec<_>>().join(", "),
    })
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_look_at_the_text_tells_the_format() {
        for (text, format) in [
            ("{\"text\":\"a\"}", Format::Json),
            (" \n{", Format::Json),
            ("[{\"text\":1}]", Format::Json),
            ("[[[[", Format::Json),
            ("[Update 3] The port is open.", Format::Text),
            ("[1] The port is open.", Format::Text),
            ("<p>The port is open.</p>", Format::Html),
            ("<!DOCTYPE html><html>", Format::Html),
            ("<!doctype HTML>", Format::Html),
            ("<?xml version='1.0'?>\n<html>", Format::Html),
            ("<DIV class=x>", Format::Html),
            ("<pine> trees grow", Format::Text),
            ("<3 is a heart", Format::Text),
            ("<", Format::Text),
            ("The port is open. <p>", Format::Text),
        ] {
            assert_eq!(Format::Auto.of(text), format, "{text}");
        }
        assert_eq!(Format::Text.of("{}"), Format::Text);
    }

    #[test]
    fn names_are_read_back_and_wrong_ones_are_refused() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        let error = "xml".parse::<Format>().map_err(|error| error.to_string());
        assert_eq!(error, Err("'xml' is no format; use one of: auto, json, text, html".to_owned()));
    }
}

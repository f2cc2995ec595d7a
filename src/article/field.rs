//! The fields of a raw article that settings can give names of their own.

use super::format::{UnknownName, by_name};
use std::fmt;
use std::str::FromStr;

/// A field of a raw article, as a key of `[input.fields]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The identifier.
    Id,
    /// The address.
    Url,
    /// The publisher: a name, or an object with name and domain.
    Source,
    /// The publisher's name.
    SourceName,
    /// The publisher's host name.
    SourceDomain,
    /// The headline.
    Title,
    /// The authors.
    Authors,
    /// When it was published.
    DatePublished,
    /// When it was last changed.
    DateModified,
    /// The language.
    Language,
    /// The body as plain text.
    Text,
    /// The body as HTML.
    Html,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::Url,
        Self::Source,
        Self::SourceName,
        Self::SourceDomain,
        Self::Title,
        Self::Authors,
        Self::DatePublished,
        Self::DateModified,
        Self::Language,
        Self::Text,
        Self::Html,
    ];

    /// The name in the settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Url => "url",
            Self::Source => "source",
            Self::SourceName => "sourceName",
            Self::SourceDomain => "sourceDomain",
            Self::Title => "title",
            Self::Authors => "authors",
            Self::DatePublished => "datePublished",
            Self::DateModified => "dateModified",
            Self::Language => "language",
            Self::Text => "text",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Field {
    type Err = UnknownName;

    /// Reads a name without regard to letter case, `_`, `-` and `.`: `sourceName`, `source_name` and `source.name`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        by_name("field of an article", name, &Self::ALL, Self::as_str)
    }
}

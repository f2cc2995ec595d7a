//! What may be odd about an article that is good enough to go on.

use std::fmt;

/// A warning in the `warnings` of an article. The names are a promise, as those of fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// The input has no publication date.
    NoPublicationDate,
    /// The publication date could not be read; it is kept in `extra`.
    InvalidPublicationDate,
    /// The date of the last change could not be read; it is kept in `extra`.
    InvalidModificationDate,
    /// The declared language is no language tag; it is kept in `extra`.
    InvalidLanguage,
    /// The declared identifier is too long or has control characters, so its hash stands in for it.
    InvalidId,
    /// NUL bytes were dropped from the text.
    NulBytes,
    /// The declared charset did not fit the bytes; another one was found.
    WrongCharset,
    /// The value ends in the middle of a character, which was dropped.
    CutOffCharacter,
    /// The sender cut the body short and says so ("[+1234 chars]").
    TruncatedText,
    /// A text field held HTML, which was read as such.
    HtmlInText,
    /// The sketch log gave no verdict in time, so the article was not compared (`dedup.unavailable = "pass"`).
    DedupUnavailable,
    /// The text is in another language than English, so its names are less sure.
    NamesLessSure,
    /// The text is in a script whose names are not read; only known names were looked for.
    NamesNotRead,
}

impl Warning {
    /// Every warning.
    pub const ALL: [Self; 13] = [
        Self::NoPublicationDate,
        Self::InvalidPublicationDate,
        Self::InvalidModificationDate,
        Self::InvalidLanguage,
        Self::InvalidId,
        Self::NulBytes,
        Self::WrongCharset,
        Self::CutOffCharacter,
        Self::TruncatedText,
        Self::HtmlInText,
        Self::DedupUnavailable,
        Self::NamesLessSure,
        Self::NamesNotRead,
    ];

    /// The name in the output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoPublicationDate => "noPublicationDate",
            Self::InvalidPublicationDate => "invalidPublicationDate",
            Self::InvalidModificationDate => "invalidModificationDate",
            Self::InvalidLanguage => "invalidLanguage",
            Self::InvalidId => "invalidId",
            Self::NulBytes => "nulBytes",
            Self::WrongCharset => "wrongCharset",
            Self::CutOffCharacter => "cutOffCharacter",
            Self::TruncatedText => "truncatedText",
            Self::HtmlInText => "htmlInText",
            Self::DedupUnavailable => "dedupUnavailable",
            Self::NamesLessSure => "namesLessSure",
            Self::NamesNotRead => "namesNotRead",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

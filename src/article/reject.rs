//! Why a record could not be made into an article.

use std::fmt;

/// The kinds of dead letters. The names are a promise: operators filter by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RejectKind {
    /// The value holds nothing, or nothing but white space.
    Empty,
    /// A value that must be JSON is not.
    InvalidJson,
    /// There is no body: JSON without text, or a page without main content.
    MissingText,
    /// A field, or the value as a whole, has a JSON type that it cannot have.
    WrongType,
    /// The bytes are no text in any encoding that was named or could be found.
    InvalidEncoding,
    /// The value is larger than `input.maxBytes`.
    TooLarge,
    /// JSON nested deeper than `input.maxDepth`.
    TooDeep,
    /// A stage failed on this article: a bug in copydesk.
    Panic,
}

impl RejectKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Empty,
        Self::InvalidJson,
        Self::MissingText,
        Self::WrongType,
        Self::InvalidEncoding,
        Self::TooLarge,
        Self::TooDeep,
        Self::Panic,
    ];

    /// The name in headers, logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::InvalidJson => "invalid-json",
            Self::MissingText => "missing-text",
            Self::WrongType => "wrong-type",
            Self::InvalidEncoding => "invalid-encoding",
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::Panic => "panic",
        }
    }
}

impl fmt::Display for RejectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A record that could not be made into an article, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} in {stage}: {message}")]
pub struct Reject {
    /// The kind of failure.
    pub kind: RejectKind,
    /// Where it failed: `parse`, `repair`, `extract`.
    pub stage: &'static str,
    /// For people: what was wrong, where, and what to do about it.
    pub message: String,
}

impl Reject {
    /// A failure to parse.
    pub(crate) fn parse(kind: RejectKind, message: impl Into<String>) -> Self {
        Self { kind, stage: "parse", message: message.into() }
    }
}

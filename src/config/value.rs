//! A single value of a setting: as it was given, and as the setting's kind wants it.

use std::fmt;

/// A value in the kind that its setting has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scalar {
    Text(String),
    Whole(i64),
    Bool(bool),
    List(Vec<String>),
}

/// The kind of a setting. The default in `config/copydesk.toml` decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Bool,
    List,
}

/// A value as a source gives it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// From a file: TOML knows kinds.
    Typed(Scalar),
    /// From the environment or the command line, where all is text.
    Untyped(String),
    /// A decimal fraction in a file, as written.
    Float(String),
    /// A table without anything in it.
    EmptyTable,
    /// What no setting can be, by name.
    Other(&'static str),
}

impl Kind {
    /// What a value of this kind looks like, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "a whole number",
            Self::Bool => "true or false",
            Self::List => "a list of texts",
        }
    }

    /// The value in this kind; `None` if it is not one.
    pub fn convert(self, given: &Given) -> Option<Scalar> {
        match (self, given) {
            (Self::Text, Given::Typed(Scalar::Text(_)))
            | (Self::Whole, Given::Typed(Scalar::Whole(_)))
            | (Self::Bool, Given::Typed(Scalar::Bool(_)))
            | (Self::List, Given::Typed(Scalar::List(_))) => match given {
                Given::Typed(scalar) => Some(scalar.clone()),
                _ => None,
            },
            (Self::Text, Given::Untyped(text)) => Some(Scalar::Text(text.clone())),
            (Self::List, Given::Untyped(text)) => Some(Scalar::List(parts(text))),
            (Self::Whole, Given::Untyped(text)) => {
                text.trim().replace('_', "").parse().ok().map(Scalar::Whole)
            }
            (Self::Bool, Given::Untyped(text)) => {
                text.trim().to_ascii_lowercase().parse().ok().map(Scalar::Bool)
            }
            _ => None,
        }
    }
}

impl Scalar {
    /// The kind of this value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Whole(_) => Kind::Whole,
            Self::Bool(_) => Kind::Bool,
            Self::List(_) => Kind::List,
        }
    }

    /// The value without quotes, as librdkafka wants it.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Bool(flag) => flag.to_string(),
            Self::List(texts) => texts.join("|"),
        }
    }
}

/// The parts of a list that is given as text: separated by `|`, since names and paths hold commas.
fn parts(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
}

impl fmt::Display for Scalar {
    /// As TOML writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{}", toml::Value::String(text.clone())),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::List(texts) => write!(f, "{}", toml::Value::from(texts.clone())),
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed(scalar) => scalar.fmt(f),
            Self::Untyped(text) => Scalar::Text(text.clone()).fmt(f),
            Self::Float(text) => f.write_str(text),
            Self::EmptyTable => f.write_str("a table"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

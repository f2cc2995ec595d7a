//! What can be wrong with settings, and where a setting came from. Every message names the key, the place to mend and
//! what is allowed. The value of a secret is never in a message.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the value of a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `config/copydesk.toml`, which is built into the binary.
    Default,
    /// A settings file.
    File {
        /// The file, as it was named on the command line or in `COPYDESK_CONFIG`.
        path: Arc<PathBuf>,
        /// The line of the key, from 1.
        line: usize,
    },
    /// An environment variable, under the name that it has there.
    Environment(String),
    /// `--set` on the command line.
    Set,
    /// A command of copydesk that does not leave the choice, such as `demo`, which brings its own broker.
    Command(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) => write!(f, "environment variable {name}"),
            Self::Set => f.write_str("--set"),
            Self::Command(name) => write!(f, "copydesk {name}"),
        }
    }
}

/// One thing that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No setting has this name.
    #[error("unknown setting {key} ({origin}){}", hint(.suggestion))]
    Unknown {
        /// The name as it was given.
        key: String,
        /// Where it was given.
        origin: Origin,
        /// A sentence that leads to the right name.
        suggestion: Option<String>,
    },
    /// The value has the wrong type, is out of range or is not one of the names allowed.
    #[error("{key} = {value} ({origin}): must be {allowed}")]
    Value {
        /// The setting.
        key: String,
        /// The value as it was given; of a secret, a stand-in.
        value: String,
        /// Where it was given.
        origin: Origin,
        /// What is allowed.
        allowed: String,
    },
    /// A librdkafka property that the worker sets itself.
    #[error("{key} ({origin}): the worker owns this property: {reason}")]
    Refused {
        /// The setting, `kafka.librdkafka.` and the property.
        key: String,
        /// Where it was given.
        origin: Origin,
        /// Why, and what to set instead.
        reason: String,
    },
    /// Two settings that do not go together.
    #[error("{first} ({first_origin}) and {second} ({second_origin}): {problem}")]
    Conflict {
        /// One setting with its value.
        first: String,
        /// Where it came from.
        first_origin: Origin,
        /// The other setting with its value.
        second: String,
        /// Where it came from.
        second_origin: Origin,
        /// What must hold, and how to mend it.
        problem: String,
    },
    /// One source names a setting twice.
    #[error("{key} is set twice: {first} and {second}: take one out")]
    Twice {
        /// The setting.
        key: String,
        /// The first place.
        first: Origin,
        /// The second place.
        second: Origin,
    },
    /// A settings file that cannot be read, or is not TOML.
    #[error("settings file {path}{}: {problem}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
    File {
        /// The file.
        path: String,
        /// The line, from 1, if one is to blame.
        line: Option<usize>,
        /// What is wrong.
        problem: String,
    },
    /// A set of `[extract.aliases]` that does not fit.
    #[error("{key} ({origin}): {problem}")]
    Names {
        /// The setting.
        key: String,
        /// Where it was given.
        origin: Origin,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A file of names that cannot be read, or a line of it that does not fit.
    #[error("{file}{}: {problem} ({key}, {origin})", .line.map(|line| format!(":{line}")).unwrap_or_default())]
    Gazetteer {
        /// The file, as it is looked for.
        file: String,
        /// The line, from 1, if one is to blame.
        line: Option<usize>,
        /// What is wrong, and what to do.
        problem: String,
        /// The setting that names the file.
        key: String,
        /// Where that is set.
        origin: Origin,
    },
    /// An argument of `--set` without a name or without `=`.
    #[error("--set {argument}: must be KEY=VALUE, such as --set dedup.window.hours=48")]
    Set {
        /// What was given in place of it.
        argument: String,
    },
    /// The merged settings do not fit the settings' own types: a bug in copydesk.
    #[error("settings do not fit their types, which is a bug in copydesk: {0}")]
    Shape(String),
}

fn hint(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map(|text| format!(": {text}")).unwrap_or_default()
}

/// All that is wrong with the settings, in one report: mending them one by one would take as many starts as mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsErrors(Vec<SettingsError>);

impl SettingsErrors {
    /// The report of these errors; there is at least one.
    pub(super) fn new(errors: Vec<SettingsError>) -> Self {
        Self(errors)
    }

    /// The errors, in the order of the sources and then of the settings file.
    pub fn errors(&self) -> &[SettingsError] {
        &self.0
    }
}

impl fmt::Display for SettingsErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [one] => write!(f, "a setting is wrong: {one}"),
            several => {
                write!(f, "{} settings are wrong:", several.len())?;
                several.iter().try_for_each(|error| write!(f, "\n  - {error}"))
            }
        }
    }
}

impl std::error::Error for SettingsErrors {}

//! The settings that are in force, each with its origin, as text that is itself a settings file.

use std::collections::BTreeMap;
use std::fmt;

use super::error::Origin;
use super::librdkafka::{REDACTED, is_secret};
use super::names::{NAMES, OpenTable};
use super::sources::{Entry, Layer};
use super::value::Scalar;

/// Each setting with its value and where that came from. `Display` writes a settings file: the groups and keys in the
/// order of `config/copydesk.toml`, secrets redacted, and behind a value that is not the default its origin.
#[derive(Clone)]
pub struct Effective {
    entries: BTreeMap<String, Entry>,
}

impl Effective {
    pub(super) fn new(layers: &[Layer]) -> Self {
        let mut entries = BTreeMap::new();
        for layer in layers {
            entries.extend(layer.entries.clone());
        }
        Self { entries }
    }

    /// Where the value of a setting came from, by its dotted name.
    pub fn origin(&self, key: &str) -> Origin {
        self.entries.get(key).map_or(Origin::Default, |entry| entry.origin.clone())
    }

    /// The value of a setting as it may be printed, in TOML; `None`: there is no such setting, or it is not set.
    pub fn value(&self, key: &str) -> Option<String> {
        self.entries.get(key).map(shown)
    }

    /// The dotted names of the settings whose value does not come from the built-in file.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, entry)| entry.origin != Origin::Default).map(|(key, _)| key.as_str())
    }
}

fn shown(entry: &Entry) -> String {
    let secret =
        entry.open == Some(OpenTable::Librdkafka) && entry.path.last().is_some_and(|name| is_secret(name));
    if secret { Scalar::Text(REDACTED.to_owned()).to_string() } else { entry.value.to_string() }
}

impl fmt::Debug for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.entries.iter().map(|(key, entry)| (key, shown(entry)))).finish()
    }
}

impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (table, _)) in NAMES.tables.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            writeln!(f, "{gap}[{table}]")?;
            let fixed = NAMES.keys.iter().map(|key| key.name());
            let open =
                self.entries.values().filter(|entry| entry.open.is_some()).map(|entry| entry.path.join("."));
            for key in fixed.chain(open) {
                let Some(entry) = self.entries.get(&key) else { continue };
                let Some((name, group)) = entry.path.split_last() else { continue };
                if group.join(".") != *table {
                    continue;
                }
                // Names of librdkafka have dots in them, which TOML would take for groups; aliases may be any text.
                let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
                let quoted = || Scalar::Text(name.clone()).to_string();
                let name = if name.chars().all(bare) && !name.is_empty() { name.clone() } else { quoted() };
                let line = format!("{name} = {}", shown(entry));
                match &entry.origin {
                    Origin::Default => writeln!(f, "{line}")?,
                    origin => writeln!(f, "{line:<45} # {origin}")?,
                }
            }
        }
        Ok(())
    }
}

//! Settings as they are read: each is taken out, and what is left in the end has no test.

use serde_json::{Map, Value};

/// A mapping of the compose file whose entries are taken out one by one.
pub struct Settings {
    at: String,
    entries: Map<String, Value>,
}

impl Settings {
    /// The entries of `value`, which must be a mapping; `at` says where it stands.
    pub fn new(at: &str, value: Value) -> Settings {
        match value {
            Value::Object(entries) => Settings { at: at.to_owned(), entries },
            other => panic!("{at} is no mapping: {other}"),
        }
    }

    /// Takes an entry that must be there.
    pub fn take(&mut self, key: &str) -> Value {
        self.entries.shift_remove(key).unwrap_or_else(|| panic!("{} has no {key}", self.at))
    }

    /// Takes a text that must be there.
    pub fn text(&mut self, key: &str) -> String {
        match self.take(key) {
            Value::String(text) => text,
            other => panic!("{}.{key} is no text (quote it): {other}", self.at),
        }
    }

    /// Takes a mapping that must be there.
    pub fn mapping(&mut self, key: &str) -> Settings {
        let at = format!("{}.{key}", self.at);
        Settings::new(&at, self.take(key))
    }

    /// Takes a list of texts that must be there.
    pub fn list(&mut self, key: &str) -> Vec<String> {
        let value = self.take(key);
        serde_json::from_value(value)
            .unwrap_or_else(|error| panic!("{}.{key} is no list of texts: {error}", self.at))
    }

    /// The names that are left.
    pub fn names(&self) -> Vec<String> {
        self.entries.keys().cloned().collect()
    }

    /// Panics when an entry was not taken: it is a setting that no test reads.
    pub fn finish(self) {
        assert!(self.entries.is_empty(), "no test reads these settings of {}: {:?}", self.at, self.names());
    }
}

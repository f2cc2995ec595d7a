//! The sources of settings and their order: the built-in file < a settings file < the environment < `--set` <
//! what a command decides itself.
//!
//! Each source is brought to the right names and kinds on its own, so that a mistake is reported with the place where it
//! was made; the `config` crate then lays the sources over each other. Nothing here reads the process environment: it is
//! handed in, so that a test can hand in another.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checked::Settings;
use super::effective::Effective;
use super::error::{Origin, SettingsError, SettingsErrors};
use super::librdkafka;
use super::names::{DEFAULTS, Found, NAMES, OpenTable};
use super::raw::RawSettings;
use super::toml_text;
use super::value::{Given, Kind, Scalar};

/// The environment variable that names a settings file.
pub const CONFIG_VARIABLE: &str = "COPYDESK_CONFIG";

/// What the environment variables of settings begin with.
pub const ENVIRONMENT_PREFIX: &str = "COPYDESK__";

/// Checked settings, and the same with the origin of each value, to be printed.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// Each value with its origin, secrets redacted in print.
    pub effective: Effective,
}

/// The sources that settings are loaded from.
///
/// ```
/// use copydesk::config::Sources;
/// let loaded = Sources::new().set(["dedup.window.hours=48"]).load()?;
/// assert_eq!(loaded.settings.dedup.window.time.as_secs(), 48 * 3600);
/// # Ok::<(), copydesk::config::SettingsErrors>(())
/// ```
#[derive(Clone, Default)]
pub struct Sources {
    file: Option<PathBuf>,
    environment: Vec<(OsString, OsString)>,
    set: Vec<String>,
    fixed: Vec<(&'static str, &'static str, String)>,
}

impl fmt::Debug for Sources {
    /// Without values: the environment holds secrets, copydesk's and others'.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Sources {
    /// The defaults alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// A settings file (`--config`). It wins over the one that `COPYDESK_CONFIG` names.
    pub fn file(mut self, path: Option<impl Into<PathBuf>>) -> Self {
        self.file = path.map(Into::into);
        self
    }

    /// The environment; the caller passes `std::env::vars_os()`. Besides `COPYDESK__...` it may hold
    /// `COPYDESK_CONFIG`, and `RUST_LOG`, which stands in for `COPYDESK__LOG__FILTER` when that is not there.
    pub fn environment<K, V>(mut self, variables: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<OsString>,
        V: Into<OsString>,
    {
        self.environment = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        // The order of the process environment is by chance; the order of error messages should not be.
        self.environment.sort();
        self
    }

    /// The arguments of `--set`, in the order of the command line: of two for one setting the later wins.
    pub fn set<S: Into<String>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.set = arguments.into_iter().map(Into::into).collect();
        self
    }

    /// What a command decides itself, as KEY and VALUE; it wins over all. `demo` puts its own broker here.
    pub fn fixed<S: Into<String>>(
        mut self,
        command: &'static str,
        settings: impl IntoIterator<Item = (&'static str, S)>,
    ) -> Self {
        self.fixed.extend(settings.into_iter().map(|(key, value)| (command, key, value.into())));
        self
    }

    /// Reads, merges and checks all sources.
    ///
    /// # Errors
    /// All that is wrong in any of them, in one report.
    pub fn load(&self) -> Result<Loaded, SettingsErrors> {
        let mut errors = Vec::new();
        let mut layers = vec![Layer::from_toml(DEFAULTS, |_| Origin::Default, &mut errors)];
        if let Some(path) = self.file_path() {
            layers.push(Layer::from_file(&path, &mut errors));
        }
        layers.push(Layer::from_environment(&self.environment, &mut errors));
        layers.push(Layer::from_set(&self.set, &mut errors));
        let mut fixed = Layer::default();
        for (command, key, value) in &self.fixed {
            fixed.add(key, Given::Untyped(value.clone()), Origin::Command(command), true, &mut errors);
        }
        layers.push(fixed);

        let effective = Effective::new(&layers);
        let raw = match merge(layers) {
            Ok(raw) => raw,
            Err(error) => {
                errors.push(SettingsError::Shape(error.to_string()));
                return Err(SettingsErrors::new(errors));
            }
        };
        let settings = Settings::check(&raw, &effective, &mut errors);
        if errors.is_empty() { Ok(Loaded { settings, effective }) } else { Err(SettingsErrors::new(errors)) }
    }

    fn file_path(&self) -> Option<PathBuf> {
        let named = || {
            let variable = self.environment.iter().find(|(name, _)| name == CONFIG_VARIABLE);
            variable.map(|(_, path)| PathBuf::from(path)).filter(|path| !path.as_os_str().is_empty())
        };
        self.file.clone().or_else(named)
    }
}

fn merge(layers: Vec<Layer>) -> Result<RawSettings, ::config::ConfigError> {
    let mut builder = ::config::Config::builder();
    for layer in layers {
        builder = builder.add_source(layer);
    }
    builder.build()?.try_deserialize()
}

/// A value with its place. Without `Debug`, since it may be a secret.
#[derive(Clone)]
pub(super) struct Entry {
    pub path: Vec<String>,
    pub open: Option<OpenTable>,
    pub value: Scalar,
    pub origin: Origin,
}

/// The settings of one source, under their right names and in their right kinds.
#[derive(Clone, Default)]
pub(super) struct Layer {
    /// By dotted name.
    pub entries: BTreeMap<String, Entry>,
}

impl fmt::Debug for Layer {
    /// Names only: a value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.entries.keys()).finish()
    }
}

impl Layer {
    fn from_toml(text: &str, origin: impl Fn(usize) -> Origin, errors: &mut Vec<SettingsError>) -> Self {
        let mut layer = Self::default();
        match toml_text::leaves(text) {
            Ok(leaves) => {
                for leaf in leaves {
                    layer.add(&leaf.path.join("."), leaf.value, origin(leaf.line), false, errors);
                }
            }
            Err(wrong) => {
                let (path, line) = match origin(wrong.line.unwrap_or(1)) {
                    Origin::File { path, .. } => (path.display().to_string(), wrong.line),
                    other => (other.to_string(), wrong.line),
                };
                errors.push(SettingsError::File { path, line, problem: wrong.problem });
            }
        }
        layer
    }

    fn from_file(path: &Path, errors: &mut Vec<SettingsError>) -> Self {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let shared = Arc::new(path.to_owned());
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                Self::from_toml(text, |line| Origin::File { path: Arc::clone(&shared), line }, errors)
            }
            Err(error) => {
                let problem = format!("cannot be read: {error}");
                errors.push(SettingsError::File { path: path.display().to_string(), line: None, problem });
                Self::default()
            }
        }
    }

    fn from_environment(variables: &[(OsString, OsString)], errors: &mut Vec<SettingsError>) -> Self {
        let mut layer = Self::default();
        let mut rust_log = None;
        for (name, value) in variables {
            let name = name.to_string_lossy();
            if name == "RUST_LOG" {
                rust_log = value.to_str().filter(|filter| !filter.is_empty()).map(ToOwned::to_owned);
                continue;
            }
            let origin = Origin::Environment(name.to_string());
            let Some(key) = strip_prefix_any_case(&name, ENVIRONMENT_PREFIX) else {
                errors.extend(almost_a_setting(&name, origin));
                continue;
            };
            let given = match value.to_str() {
                Some(text) => Given::Untyped(text.to_owned()),
                None => Given::Other("text that is not UTF-8"),
            };
            layer.add(&key.replace("__", "."), given, origin, false, errors);
        }
        if let Some(filter) = rust_log.filter(|_| !layer.entries.contains_key("log.filter")) {
            let origin = Origin::Environment("RUST_LOG".to_owned());
            layer.add("log.filter", Given::Untyped(filter), origin, false, errors);
        }
        layer
    }

    fn from_set(arguments: &[String], errors: &mut Vec<SettingsError>) -> Self {
        let mut layer = Self::default();
        for argument in arguments {
            match argument.split_once('=').map(|(key, value)| (key.trim(), value)) {
                Some((key, value)) if !key.is_empty() => {
                    layer.add(key, Given::Untyped(value.to_owned()), Origin::Set, true, errors);
                }
                // What is not a name may be a secret behind a wrong sign: `sasl.password:...`.
                _ => {
                    let name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
                    let name: String = argument.chars().take_while(name).collect();
                    let rest = if name.len() < argument.len() { "..." } else { "" };
                    errors.push(SettingsError::Set { argument: format!("{name}{rest}") });
                }
            }
        }
        layer
    }

    /// Adds one value under its right name. `later_wins`: a second value for a name replaces the first; otherwise it
    /// is a mistake, since the order of a table's keys or of environment variables says nothing.
    fn add(
        &mut self,
        name: &str,
        given: Given,
        origin: Origin,
        later_wins: bool,
        errors: &mut Vec<SettingsError>,
    ) {
        let segments: Vec<String> = name.split('.').map(ToOwned::to_owned).collect();
        let (path, kind, open) = match NAMES.find(&segments) {
            Found::Key { path, kind, open } => (path, kind, open),
            Found::Table(_) if given == Given::EmptyTable => return,
            Found::Table(table) => {
                let suggestion = Some(format!("{table} is a group: set a name in it"));
                errors.push(SettingsError::Unknown { key: name.to_owned(), origin, suggestion });
                return;
            }
            Found::Nothing { suggestion } => {
                errors.push(SettingsError::Unknown { key: name.to_owned(), origin, suggestion });
                return;
            }
        };
        let key = path.join(".");
        let value = match (&given, open) {
            // Properties are text to librdkafka, but people write true and 5 without quotes.
            (Given::Typed(scalar), Some(OpenTable::Librdkafka)) if scalar.kind() != Kind::List => {
                Some(Scalar::Text(scalar.plain()))
            }
            (Given::Float(text), Some(OpenTable::Librdkafka)) => Some(Scalar::Text(text.clone())),
            _ => kind.convert(&given),
        };
        let Some(value) = value else {
            let value = match open {
                Some(OpenTable::Librdkafka) => librdkafka::redacted(&path[2], given.to_string()),
                _ => given.to_string(),
            };
            let allowed = kind.name().to_owned();
            errors.push(SettingsError::Value { key, value, origin, allowed });
            return;
        };
        if let (Some(first), false) = (self.entries.get(&key), later_wins) {
            errors.push(SettingsError::Twice { key, first: first.origin.clone(), second: origin });
            return;
        }
        self.entries.insert(key, Entry { path, open, value, origin });
    }
}

/// `COPYDESK_KAFKA__GROUP_ID` and `COPYDESK_KAFKA_GROUP_ID` mean a setting but would be passed over in silence. Other
/// names with this beginning are not ours to judge: Kubernetes makes `COPYDESK_SERVICE_HOST` for a service `copydesk`.
fn almost_a_setting(name: &str, origin: Origin) -> Option<SettingsError> {
    let rest = strip_prefix_any_case(name, "COPYDESK_")?;
    let meant = NAMES.spelled_without_dots(rest)?;
    let suggestion = Some(format!("did you mean {}?", environment_name(&meant.path)));
    Some(SettingsError::Unknown { key: name.to_owned(), origin, suggestion })
}

fn strip_prefix_any_case<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    name.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| &name[prefix.len()..])
}

/// The name of the environment variable for a setting: `kafka.groupId` is `COPYDESK__KAFKA__GROUP_ID`.
pub(super) fn environment_name(path: &[String]) -> String {
    let words = |segment: &String| {
        segment.chars().fold(String::new(), |mut name, c| {
            if c.is_uppercase() {
                name.push('_');
            }
            name.extend(c.to_uppercase());
            name
        })
    };
    format!("{ENVIRONMENT_PREFIX}{}", path.iter().map(words).collect::<Vec<_>>().join("__"))
}

impl ::config::Source for Layer {
    fn clone_into_box(&self) -> Box<dyn ::config::Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<::config::Map<String, ::config::Value>, ::config::ConfigError> {
        let mut root = ::config::Map::new();
        for entry in self.entries.values() {
            let Some((last, tables)) = entry.path.split_last() else { continue };
            let mut map = &mut root;
            for table in tables {
                let slot = map.entry(table.clone()).or_insert_with(|| {
                    ::config::Value::new(None, ::config::ValueKind::Table(Default::default()))
                });
                let ::config::ValueKind::Table(inner) = &mut slot.kind else {
                    return Err(::config::ConfigError::Message(format!("{table} is a value and a table")));
                };
                map = inner;
            }
            let kind = match &entry.value {
                Scalar::Text(text) => ::config::ValueKind::String(text.clone()),
                Scalar::Whole(number) => ::config::ValueKind::I64(*number),
                Scalar::Bool(flag) => ::config::ValueKind::Boolean(*flag),
                Scalar::List(texts) => {
                    let texts = texts.iter().map(|text| ::config::Value::new(None, text.as_str()));
                    ::config::ValueKind::Array(texts.collect())
                }
            };
            map.insert(last.clone(), ::config::Value::new(Some(&entry.origin.to_string()), kind));
        }
        Ok(root)
    }
}

//! The names of all settings. `config/copydesk.toml` is read once and is the only list of them: a key that is not in it
//! does not exist. Names are matched without regard to case, `_` and `-`.

use std::sync::LazyLock;

use super::librdkafka;
use super::toml_text;
use super::value::{Given, Kind, Scalar};

/// The text of `config/copydesk.toml`, as built into the binary.
pub const DEFAULTS: &str = include_str!("../../config/copydesk.toml");

/// The names that `[input.fields]` may give a path to: the fields of a raw article in copydesk's own dialect, and the
/// two parts of its source.
pub const INPUT_FIELDS: &[&str] = &[
    "id",
    "url",
    "source",
    "sourceName",
    "sourceDomain",
    "title",
    "text",
    "html",
    "language",
    "authors",
    "datePublished",
    "dateModified",
];

/// A setting with a fixed name.
#[derive(Debug, Clone)]
pub(super) struct KeySpec {
    /// The names from the root.
    pub path: Vec<String>,
    /// The default.
    pub default: Scalar,
    /// What the file says about it. A key without a comment of its own shares the one above.
    pub comment: String,
}

impl KeySpec {
    /// The dotted name.
    pub fn name(&self) -> String {
        self.path.join(".")
    }

    /// The kind of value.
    pub fn kind(&self) -> Kind {
        self.default.kind()
    }
}

/// A table whose keys are not listed in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenTable {
    /// `[kafka.librdkafka]`: the rest of the name is one property.
    Librdkafka,
    /// `[input.fields]`: one of [`INPUT_FIELDS`].
    InputFields,
    /// `[extract.aliases]`: any name, as it is written.
    Aliases,
}

impl OpenTable {
    const ALL: [Self; 3] = [Self::Librdkafka, Self::InputFields, Self::Aliases];

    /// The names from the root.
    pub fn path(self) -> [&'static str; 2] {
        match self {
            Self::Librdkafka => ["kafka", "librdkafka"],
            Self::InputFields => ["input", "fields"],
            Self::Aliases => ["extract", "aliases"],
        }
    }

    /// The kind of its values.
    fn kind(self) -> Kind {
        match self {
            Self::Librdkafka | Self::InputFields => Kind::Text,
            Self::Aliases => Kind::List,
        }
    }

    /// The right spelling of a name in this table. `None`: there is no such name.
    fn key(self, name: &str) -> Option<String> {
        match self {
            // A property that this list does not know may still be one of a newer librdkafka, which is asked later.
            Self::Librdkafka => Some(librdkafka::canonical_name(name)),
            Self::Aliases => Some(name.to_owned()),
            Self::InputFields => {
                // `source.name` is `sourceName`.
                let wanted = squash(name).replace('.', "");
                INPUT_FIELDS.iter().find(|field| squash(field) == wanted).map(ToString::to_string)
            }
        }
    }
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// A setting.
    Key { path: Vec<String>, kind: Kind, open: Option<OpenTable> },
    /// A group of settings.
    Table(String),
    /// Nothing. The sentence leads to the right name.
    Nothing { suggestion: Option<String> },
}

/// All names.
#[derive(Debug)]
pub(super) struct Names {
    /// The settings in the order of the file.
    pub keys: Vec<KeySpec>,
    /// The tables in the order of the file, with their comments.
    pub tables: Vec<(String, String)>,
}

/// The names in `config/copydesk.toml`.
pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(DEFAULTS));

impl Names {
    fn read(text: &str) -> Self {
        let leaves = toml_text::leaves(text).expect("config/copydesk.toml is TOML: a test reads it");
        let lines: Vec<&str> = text.lines().collect();
        let mut keys = Vec::<KeySpec>::new();
        for leaf in leaves {
            let Given::Typed(default) = leaf.value else { continue };
            let own = comment_above(&lines, leaf.line - 1);
            let shared = keys.last().filter(|last| last.path.len() == leaf.path.len());
            let comment = match (own.is_empty(), shared) {
                (true, Some(last)) => last.comment.clone(),
                _ => own,
            };
            keys.push(KeySpec { path: leaf.path, default, comment });
        }
        let tables = (lines.iter().enumerate())
            .filter_map(|(index, line)| {
                let name = line.strip_prefix('[')?.strip_suffix(']')?;
                Some((name.to_owned(), comment_above(&lines, index)))
            })
            .collect();
        Self { keys, tables }
    }

    /// What the name stands for. `path` is split where the source nests; the segments after an open table's name are
    /// joined by dots, since the names of librdkafka have dots in them.
    pub fn find(&self, path: &[String]) -> Found {
        for open in OpenTable::ALL {
            let table = open.path();
            if path.len() > table.len() && table.iter().zip(path).all(|(a, b)| squash(a) == squash(b)) {
                let name = path[table.len()..].join(".");
                return match open.key(&name) {
                    Some(key) => Found::Key {
                        path: table.iter().map(ToString::to_string).chain([key]).collect(),
                        kind: open.kind(),
                        open: Some(open),
                    },
                    None => Found::Nothing { suggestion: nearest_field(&name) },
                };
            }
        }
        let wanted = squash_path(path);
        if let Some(key) = self.keys.iter().find(|key| squash_path(&key.path) == wanted) {
            return Found::Key { path: key.path.clone(), kind: key.kind(), open: None };
        }
        if let Some((table, _)) = self.tables.iter().find(|(table, _)| squash(table) == wanted) {
            return Found::Table(table.clone());
        }
        let above = self.keys.iter().find(|key| wanted.starts_with(&format!("{}.", squash_path(&key.path))));
        let suggestion = match above {
            Some(key) => Some(format!("{} is a single value and has nothing below it", key.name())),
            None => misplaced_property(path).or_else(|| self.nearest(&wanted)),
        };
        Found::Nothing { suggestion }
    }

    /// The dotted name of the setting that this squashed text spells when dots are left out too.
    pub fn spelled_without_dots(&self, text: &str) -> Option<&KeySpec> {
        let wanted = squash(text);
        self.keys.iter().find(|key| squash(&key.path.concat()) == wanted)
    }

    /// A sentence with the nearest right name. Two mistakes are common: a slip of the finger, and the right key under
    /// the wrong table.
    fn nearest(&self, wanted: &str) -> Option<String> {
        let (table, last) = wanted.rsplit_once('.').unwrap_or(("", wanted));
        let score = |key: &KeySpec| {
            let name = squash_path(&key.path);
            let (its_table, its_last) = name.rsplit_once('.').unwrap_or(("", &name));
            let whole = strsim::normalized_damerau_levenshtein(wanted, &name);
            let leaf = strsim::normalized_damerau_levenshtein(last, its_last);
            let same_table = if its_table == table { 0.1 } else { 0.0 };
            f64::max(whole, 0.9 * leaf) + same_table
        };
        let best = self.keys.iter().map(|key| (score(key), key)).max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((score, key)) if score >= 0.6 => Some(format!("did you mean {}?", key.name())),
            _ => {
                let siblings: Vec<&str> = (self.keys.iter())
                    .filter(|key| squash_path(&key.path[..key.path.len() - 1]) == table)
                    .filter_map(|key| key.path.last().map(String::as_str))
                    .collect();
                if siblings.is_empty() {
                    let tables: Vec<&str> = self.tables.iter().map(|(table, _)| table.as_str()).collect();
                    Some(format!("the groups are {}", tables.join(", ")))
                } else {
                    Some(format!("the names there are {}", siblings.join(", ")))
                }
            }
        }
    }
}

/// `kafka.security.protocol` is a property of librdkafka under the wrong table.
fn misplaced_property(path: &[String]) -> Option<String> {
    let name = match path {
        [kafka, rest @ ..] if squash(kafka) == "kafka" => rest.join("."),
        _ => path.join("."),
    };
    let property = librdkafka::free_name(&name)?;
    Some(format!("did you mean kafka.librdkafka.{property}?"))
}

fn nearest_field(name: &str) -> Option<String> {
    let wanted = squash(name);
    let near = closest(&wanted, INPUT_FIELDS.iter().copied());
    let all = format!("the fields are {}", INPUT_FIELDS.join(", "));
    Some(near.map(|field| format!("did you mean input.fields.{field}?")).unwrap_or(all))
}

/// The candidate that is nearest to `wanted`, if any is near.
pub(super) fn closest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = squash(wanted);
    candidates
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&wanted, &squash(candidate)), candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score >= 0.6)
        .map(|(_, candidate)| candidate)
}

/// The comment lines that stand right above a line (index from 0), as one text.
fn comment_above(lines: &[&str], index: usize) -> String {
    let mut comment: Vec<&str> =
        lines[..index].iter().rev().map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
    comment.reverse();
    comment.join(" ")
}

/// The name without what does not count: case, `_` and `-`.
pub(super) fn squash(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

fn squash_path<S: AsRef<str>>(path: &[S]) -> String {
    path.iter().map(|segment| squash(segment.as_ref())).collect::<Vec<_>>().join(".")
}

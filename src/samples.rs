//! The sample articles that ship with the program: see samples/README.md.

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::article::{Position, Record};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/samples");

/// Text whose presence makes the drill sample panic, for `drill.panicMarker`.
pub const PANIC_MARKER: &str = "copydesk-drill: panic";

/// One sample: a raw record and what becomes of it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The record. Its position counts the samples; the topic is `samples`.
    pub record: Record,
    /// One line about it.
    pub what: String,
    /// What a correct copydesk makes of it: a relation, `dead:KIND` or `tombstone`.
    pub expect: String,
    /// Its file, or how it is made.
    pub name: String,
    /// The file of the article that it copies.
    pub of: Option<String>,
}

/// Sizes of the samples that are made and not stored, since they would be too large for the repository.
#[derive(Debug, Clone, Copy)]
pub struct Generated {
    /// Bytes of the record that is too large.
    pub large: usize,
    /// Levels of the record that is too deep.
    pub deep: usize,
}

#[derive(Deserialize)]
struct Manifest {
    sample: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    file: Option<String>,
    generate: Option<String>,
    #[serde(default)]
    tombstone: bool,
    key: String,
    content_type: Option<String>,
    timestamp: jiff::Timestamp,
    what: String,
    expect: String,
    of: Option<String>,
}

/// All samples in stream order. The manifest is part of the program, and a test reads all of it.
///
/// # Errors
/// A text that says what is wrong with the manifest.
pub fn samples(generated: Generated) -> Result<Vec<Sample>, String> {
    let file =
        |name: &str| FOLDER.get_file(name).map(|f| f.contents()).ok_or(format!("samples/{name} is missing"));
    let manifest = std::str::from_utf8(file("manifest.toml")?).map_err(|error| error.to_string())?;
    let manifest: Manifest =
        toml::from_str(manifest).map_err(|error| format!("samples/manifest.toml: {error}"))?;
    let rows = manifest.sample.into_iter().enumerate();
    rows.map(|(number, row)| {
        let (name, value) = match (&row.file, row.generate.as_deref(), row.tombstone) {
            (Some(name), None, false) => (name.clone(), Some(file(name)?.to_vec())),
            (None, Some("large"), false) => ("(generated: large)".into(), Some(large(generated.large))),
            (None, Some("deep"), false) => ("(generated: deep)".into(), Some(deep(generated.deep))),
            (None, None, true) => ("(tombstone)".into(), None),
            _ => {
                return Err(format!("sample {}: one of file, generate (large, deep), tombstone", number + 1));
            }
        };
        let content_type = row.content_type.map(|kind| ("content-type".to_owned(), Some(kind.into_bytes())));
        let record = Record {
            position: Position::new("samples", 0, number as i64),
            key: Some(row.key.into_bytes()),
            value,
            headers: content_type.into_iter().collect(),
            timestamp: Some(row.timestamp.as_millisecond()),
        };
        Ok(Sample { record, what: row.what, expect: row.expect, name, of: row.of })
    })
    .collect()
}

fn large(bytes: usize) -> Vec<u8> {
    let mut value = b"A feed that sends its whole archive in one record: ".to_vec();
    value.resize(bytes, b'x');
    value
}

fn deep(levels: usize) -> Vec<u8> {
    let mut value = br#"{"title": "Nested beyond reason", "text": "#.to_vec();
    value.extend(std::iter::repeat_n(b'[', levels));
    value.extend(std::iter::repeat_n(b']', levels));
    value.push(b'}');
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all() -> Vec<Sample> {
        samples(Generated { large: 100, deep: 10 }).unwrap()
    }

    #[test]
    fn every_file_is_in_the_manifest_and_every_copy_follows_its_original() {
        let all = all();
        let listed: BTreeSet<&str> = all.iter().map(|sample| sample.name.as_str()).collect();
        let files = ["articles", "broken"].iter().flat_map(|dir| FOLDER.get_dir(dir).unwrap().files());
        for file in files {
            assert!(
                listed.contains(file.path().to_str().unwrap()),
                "{} is not listed",
                file.path().display()
            );
        }
        for (at, sample) in all.iter().enumerate() {
            let Some(of) = &sample.of else { continue };
            assert!(all[..at].iter().any(|earlier| &earlier.name == of), "{} comes before {of}", sample.name);
        }
    }

    #[test]
    fn there_are_enough_and_of_every_kind() {
        let all = all();
        assert!(all.len() >= 60, "{}", all.len());
        let kinds: BTreeSet<&str> = all.iter().map(|sample| sample.expect.as_str()).collect();
        for kind in crate::article::RejectKind::ALL {
            assert!(
                kinds.contains(format!("dead:{}", kind.as_str()).as_str()),
                "no sample for {}",
                kind.as_str()
            );
        }
        for kind in ["original", "exact", "near", "contained", "contains", "updated", "template", "tombstone"]
        {
            assert!(kinds.contains(kind), "no sample for {kind}");
        }
    }
}

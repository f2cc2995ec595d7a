//! Who, which organisations and where, as a reader of the output sees it: on articles of our own, and on any text.

use std::collections::BTreeSet;

use copydesk::article::{Position, Record};
use copydesk::config::Sources;
use copydesk::dedup::Verdict;
use copydesk::stage::{Outcome, Prepared, Stage};
use proptest::prelude::*;
use serde_json::{Value, json};

#[path = "entities/articles.rs"]
mod articles;
#[path = "entities/languages.rs"]
mod languages;
#[path = "entities/laws.rs"]
mod laws;

/// A stage with these settings.
fn stage(set: &[&str]) -> Stage {
    let loaded = Sources::new().set(set.iter().copied()).load();
    Stage::new(loaded.unwrap_or_else(|errors| panic!("{errors}")).settings.stage())
}

/// What comes out for a JSON article.
fn enriched(stage: &Stage, article: &Value) -> Value {
    finished(stage, article, |id| Verdict::original(id.into()))
}

fn finished(stage: &Stage, article: &Value, verdict: impl FnOnce(&str) -> Verdict) -> Value {
    let record = Record {
        position: Position::new("articles.raw", 0, 7),
        key: None,
        value: Some(article.to_string().into_bytes()),
        headers: Vec::new(),
        timestamp: Some(1_767_225_600_000),
    };
    let prepared = match stage.prepare(&record) {
        Prepared::Article(prepared) => prepared,
        other => panic!("{other:?}"),
    };
    let verdict = verdict(&prepared.entry().id);
    match stage.finish(&record, prepared, &verdict) {
        Outcome::Enriched(out) => serde_json::from_slice(&out.json).unwrap_or_else(|error| panic!("{error}")),
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Value {
    json!({"id": "a", "text": text})
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is {}", value[key]))
}

/// All entities with salience, of every sort.
fn entities(value: &Value) -> Vec<&Value> {
    ["people", "organizations", "locations"].iter().flat_map(|key| list(value, key)).collect()
}

/// The entity of a sort with this name.
fn named<'a>(value: &'a Value, key: &str, name: &str) -> &'a Value {
    let found: Vec<&Value> = list(value, key).iter().filter(|entity| entity["name"] == name).collect();
    assert!(found.len() == 1, "{} {name:?} in {key}: {}", found.len(), value[key]);
    found[0]
}

/// The names of all entities of a sort.
fn names(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().filter_map(|entity| entity["name"].as_str()).map(str::to_owned).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

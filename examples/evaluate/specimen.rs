//! One article against what is to be kept of it, and against the people, organisations and places that it names.

use std::collections::BTreeSet;

use copydesk::article::{EnrichedArticle, Position, Record};
use copydesk::config::Sources;
use copydesk::dedup::Verdict;
use copydesk::extract::nations;
use copydesk::repair::{RepairSettings, repair};
use copydesk::stage::{self, Prepared, Stage};
use serde_json::Value;

use crate::Outcome;

/// Degrees that a place may be off: gazetteers give other points for the middle of a country.
const DEGREES: f64 = 1.0;

/// `ARTICLE.txt EXPECTED.json`
pub fn run(files: &[String]) -> Outcome {
    let [article, expected] = files else {
        return Err("specimen takes ARTICLE.txt and EXPECTED.json".into());
    };
    let body = std::fs::read_to_string(article)?;
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(expected)?)?;
    let want: Vec<usize> = serde_json::from_value(expected["dedup"]["keptParagraphs"].clone())?;
    let repaired = repair(&body, &RepairSettings::default());
    println!("kept    {:?}", repaired.report.order);
    for entry in &repaired.report.removed {
        println!("removed {:>3} {:?} of {:?} {:?}", entry.paragraph, entry.reason, entry.of, entry.text);
    }
    let mut faults = Vec::new();
    if repaired.report.order != want {
        faults.push(format!("kept: expected {want:?}"));
    }
    let found: Value = serde_json::to_value(enriched(body)?)?;
    for sort in ["people", "organizations", "locations"] {
        compare(sort, list(&found, sort), list(&expected, sort), &mut faults);
    }
    if faults.is_empty() {
        println!("as expected");
        return Ok(());
    }
    Err(faults.join("\n").into())
}

/// What the stage makes of the body, with the settings that ship.
fn enriched(body: String) -> Result<EnrichedArticle, Box<dyn std::error::Error>> {
    let stage = Stage::new(Sources::new().load()?.settings.stage());
    let record = Record {
        position: Position::new("specimen", 0, 0),
        key: None,
        value: Some(body.into_bytes()),
        headers: Vec::new(),
        timestamp: None,
    };
    let Prepared::Article(article) = stage.prepare(&record) else {
        return Err("the file is no article".into());
    };
    let verdict = Verdict::original(article.entry().id.clone());
    match stage.finish(&record, article, &verdict) {
        stage::Outcome::Enriched(enriched) => Ok(serde_json::from_slice(&enriched.json)?),
        other => Err(format!("the article did not come through: {other:?}").into()),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Entities are the same that have a mention in common; every difference is a fault.
fn compare(sort: &str, found: &[Value], expected: &[Value], faults: &mut Vec<String>) {
    let mut taken = BTreeSet::new();
    for want in expected {
        let places = mentions(want);
        let is_it = |at: &usize| !taken.contains(at) && !mentions(&found[*at]).is_disjoint(&places);
        let Some(at) = (0..found.len()).find(is_it) else {
            faults.push(format!("{sort}: {} is not found", want["name"]));
            continue;
        };
        taken.insert(at);
        println!("{sort}: {} {} times", found[at]["name"], mentions(&found[at]).len());
        let mut fault = |what: &str, found: String, expected: String| {
            if found != expected {
                faults.push(format!("{sort}: {what} of {}: {found}, expected {expected}", want["name"]));
            }
        };
        let found = &found[at];
        fault("name", found["name"].to_string(), want["name"].to_string());
        fault("mentions", format!("{:?}", mentions(found)), format!("{places:?}"));
        fault("aliases", format!("{:?}", aliases(found)), format!("{:?}", aliases(want)));
        match sort {
            "people" => {
                let roles: Vec<_> = list(found, "roles").iter().map(role).collect();
                let wanted: Vec<_> = list(want, "roles").iter().map(written_role).collect();
                fault("roles", format!("{roles:?}"), format!("{wanted:?}"));
                fault("gender", found["gender"].to_string(), want["gender"].to_string());
            }
            "locations" => {
                fault("country", found["country"].to_string(), want["country"].to_string());
                for degree in ["lat", "lon"] {
                    let (own, wanted) = (found[degree].as_f64(), want[degree].as_f64());
                    let near = own.zip(wanted).is_some_and(|(own, wanted)| (own - wanted).abs() <= DEGREES);
                    if !near && own != wanted {
                        fault(degree, format!("{own:?}"), format!("{wanted:?}"));
                    }
                }
                if !want["geonamesId"].is_null() {
                    fault("geonamesId", found["geonamesId"].to_string(), want["geonamesId"].to_string());
                }
            }
            _ => {}
        }
    }
    for (at, found) in found.iter().enumerate() {
        if !taken.contains(&at) {
            faults.push(format!("{sort}: {} at {:?} is none", found["name"], mentions(found)));
        }
    }
}

/// Where an entity is named, in code points.
fn mentions(entity: &Value) -> BTreeSet<(u64, u64)> {
    let mention = |mention: &Value| Some((mention["start"].as_u64()?, mention["end"].as_u64()?));
    list(entity, "mentions").iter().filter_map(mention).collect()
}

/// The other names of an entity; the expectation lists the name itself where it is not the usual one.
fn aliases(entity: &Value) -> BTreeSet<&str> {
    list(entity, "aliases")
        .iter()
        .filter_map(Value::as_str)
        .filter(|alias| *alias != entity["name"])
        .collect()
}

/// A role as title and country.
fn role(role: &Value) -> (String, Option<String>) {
    let text = |key: &str| role[key].as_str().map(str::to_owned);
    (text("title").unwrap_or_default(), text("country"))
}

/// A role of the expectation: "US Defence Secretary".
fn written_role(role: &Value) -> (String, Option<String>) {
    let role = role.as_str().unwrap_or_default();
    if let Some((first, title)) = role.split_once(' ')
        && let Some(country) = nations::country(first)
    {
        return (title.to_owned(), Some(country.code().to_owned()));
    }
    (role.to_owned(), None)
}

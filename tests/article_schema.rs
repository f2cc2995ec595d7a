//! The output's shape: the golden JSON Schema, the order of fields, and that a full record fits the schema.

use copydesk::article::enriched::{
    Count, CountCategory, Date, DateType, Dedup, Demonym, Event, EventType, Keyword, Location, LocationKind,
    Measure, Mention, Modifier, Money, Organization, OrganizationType, Participant, Percent, Person,
    Provenance, Quote, QuoteKind, Relation, Role, Speaker, Stats, Summary, Topic, schema,
};
use copydesk::article::{EnrichedArticle, Position, RawArticle, Record, Source};
use serde_json::{Value, json};

const GOLDEN: &str = include_str!("golden/schema-1.0.json");

fn schema_text() -> String {
    serde_json::to_string_pretty(&schema()).unwrap_or_default() + "\n"
}

/// A change of the schema is a change of what we promise: look at the difference, see that it only adds, and write the
/// golden copy anew with `COPYDESK_WRITE_GOLDEN=1 cargo test --test article_schema`.
#[test]
fn the_schema_is_the_golden_one() {
    if std::env::var_os("COPYDESK_WRITE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/schema-1.0.json");
        std::fs::write(path, schema_text()).unwrap_or_else(|error| panic!("{path}: {error}"));
        return;
    }
    assert!(
        schema_text() == GOLDEN,
        "the schema has changed; compare `copydesk schema` with tests/golden/schema-1.0.json"
    );
}

fn mention(start: usize, text: &str) -> Mention {
    Mention { start, end: start + text.chars().count(), text: text.to_owned() }
}

fn provenance() -> Provenance {
    Provenance::of(&Record {
        position: Position::new("articles.raw", 3, 1042),
        key: None,
        value: None,
        headers: Vec::new(),
        timestamp: Some(1_767_225_600_000),
    })
}

/// An article with something in every list.
fn full() -> EnrichedArticle {
    let id = || Some("p1".to_owned());
    EnrichedArticle {
        source: Source { name: Some("Westmere Post".to_owned()), domain: None },
        dedup: Dedup { verdict: Relation::Near, of: id(), similarity: Some(0.9), ..Dedup::default() },
        people: vec![Person {
            id: "p1".to_owned(),
            roles: vec![Role {
                title: "harbour master".to_owned(),
                org: None,
                country: Some("GB".to_owned()),
            }],
            mentions: vec![mention(0, "Ada")],
            ..Person::default()
        }],
        organizations: vec![Organization {
            org_type: Some(OrganizationType::ArmedGroup),
            ..Organization::default()
        }],
        locations: vec![Location {
            kind: LocationKind::Admin1,
            geonames_id: Some(99_072),
            ..Location::default()
        }],
        demonyms: vec![Demonym { text: "British".to_owned(), ..Demonym::default() }],
        quotes: vec![Quote {
            kind: QuoteKind::Mixed,
            speaker: Some(Speaker { entity_id: id(), ..Speaker::default() }),
            ..Quote::default()
        }],
        dates: vec![Date { date_type: DateType::Duration, ..Date::default() }],
        money: vec![Money {
            text: "up to $2 billion".to_owned(),
            start: 0,
            end: 16,
            amount: Some(2_000_000_000_u64.into()),
            amount_max: None,
            currency: Some("USD".to_owned()),
            modifier: Some(Modifier::UpTo),
        }],
        counts: vec![Count {
            categories: vec![CountCategory::Killed, CountCategory::Injured],
            ..Count::default()
        }],
        percents: vec![Percent { value: Some(10.0), ..Percent::default() }],
        measures: vec![Measure { unit: Some("km".to_owned()), ..Measure::default() }],
        keywords: vec![Keyword::default()],
        topics: vec![Topic::default()],
        events: vec![Event {
            event_type: EventType::Assault,
            trigger: mention(0, "attacks"),
            actor: Some(Participant { entity_id: None, surface: "they".to_owned() }),
            target: None,
            location_ids: vec!["l1".to_owned()],
            confidence: 0.5,
        }],
        summary: Summary { text: Some("One.".to_owned()), spans: vec![[0, 4]] },
        stats: Stats { chars: 4, words: 1, sentences: 1, paragraphs: 1 },
        ..EnrichedArticle::from_raw("a1".to_owned(), RawArticle::default(), provenance())
    }
}

#[test]
fn full_and_empty_records_fit_the_schema_and_read_back() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap_or_else(|error| panic!("{error}"));
    let validator = jsonschema::draft202012::new(&golden).unwrap_or_else(|error| panic!("{error}"));
    for article in [EnrichedArticle::default(), full()] {
        let text = serde_json::to_string(&article).unwrap_or_else(|error| panic!("{error}"));
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
        let faults: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        let back: EnrichedArticle = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(back, article);
    }
    let mut other = serde_json::to_value(full()).unwrap_or_default();
    other["schemaVersion"] = json!("2.0");
    assert!(!validator.is_valid(&other));
    assert!(serde_json::from_value::<EnrichedArticle>(other).is_err());
    let mut lacking = serde_json::to_value(full()).unwrap_or_default();
    lacking.as_object_mut().map(|map| map.shift_remove("title"));
    assert!(!validator.is_valid(&lacking), "null is written, so the field is required");
}

#[test]
fn fields_stand_in_the_promised_order_and_none_is_left_out() {
    let text = serde_json::to_value(EnrichedArticle::default()).unwrap_or_default();
    let names: Vec<&String> = text.as_object().map(|map| map.keys().collect()).unwrap_or_default();
    let promised = "schemaVersion id url source title authors datePublished dateModified dateline language \
                    languageConfidence text repair dedup people organizations locations demonyms quotes dates money \
                    counts percents measures keywords topics events summary stats provenance warnings extra";
    assert_eq!(names, promised.split_whitespace().collect::<Vec<_>>());
    assert_eq!(text["people"], json!([]));
    assert_eq!(text["title"], Value::Null);
    assert_eq!(text["dedup"]["verdict"], "off");

    let text = serde_json::to_string(&full()).unwrap_or_default();
    for part in [
        "\"schemaVersion\":\"1.0\"",
        "\"dedup\":{\"verdict\":\"near\",\"of\":\"p1\",\"cluster\":null,\"similarity\":0.9,\"covers\":null,\"covered\":null,\"novelNumbers\":0,\"contentHash\":null,\"story\":null}",
        "\"orgType\":\"armedGroup\"",
        "\"kind\":\"admin1\"",
        "\"geonamesId\":99072",
        "\"speaker\":{\"entityId\":\"p1\",\"name\":null,\"surface\":null}",
        "\"type\":\"duration\",\"value\":null,\"from\":null,\"to\":null,\"relative\":false",
        "\"amount\":2000000000,\"amountMax\":null,\"currency\":\"USD\",\"modifier\":\"upTo\"",
        "\"categories\":[\"killed\",\"injured\"]",
        "\"value\":10.0}",
        "\"type\":\"ASSAULT\",\"trigger\":{\"start\":0,\"end\":7,\"text\":\"attacks\"}",
        "\"spans\":[[0,4]]",
        "\"provenance\":{\"topic\":\"articles.raw\",\"partition\":3,\"offset\":1042,\"timestamp\":\"2026-01-01T00:00:00Z\",\"engine\":\"copydesk ",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn every_part_of_the_schema_is_described() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(golden["properties"]["schemaVersion"]["const"], "1.0");
    let mut objects = vec![&golden];
    objects.extend(golden["$defs"].as_object().into_iter().flat_map(|defs| defs.values()));
    for object in objects {
        assert!(object["description"].is_string(), "{object}");
        for (name, field) in object["properties"].as_object().into_iter().flatten() {
            assert!(field["description"].is_string(), "{name}: {field}");
        }
    }
}

//! The stage from a record and a verdict to bytes, without Kafka.

use std::process::Command;

use copydesk::article::enriched::Relation;
use copydesk::article::{Position, Record, Reject, RejectKind};
use copydesk::config::Sources;
use copydesk::dedup::Verdict;
use copydesk::stage::{Outcome, Prepared, PreparedArticle, Stage};
use serde_json::{Value, json};

fn stage(set: &[&str]) -> Stage {
    let loaded = Sources::new().set(set.iter().copied()).load();
    Stage::new(loaded.unwrap_or_else(|errors| panic!("{errors}")).settings.stage())
}

fn record(value: Option<&[u8]>) -> Record {
    Record {
        position: Position::new("articles.raw", 3, 1042),
        key: Some(b"k".to_vec()),
        value: value.map(<[u8]>::to_vec),
        headers: Vec::new(),
        timestamp: Some(1_767_225_600_000),
    }
}

fn text_record(text: &str) -> Record {
    record(Some(text.as_bytes()))
}

fn prepare(stage: &Stage, record: &Record) -> Box<PreparedArticle> {
    match stage.prepare(record) {
        Prepared::Article(article) => article,
        other => panic!("{other:?}"),
    }
}

fn rejected(stage: &Stage, record: &Record) -> Reject {
    match stage.prepare(record) {
        Prepared::Rejected(reject) => reject,
        other => panic!("{other:?}"),
    }
}

fn bytes(stage: &Stage, record: &Record, verdict: impl FnOnce(&PreparedArticle) -> Verdict) -> Vec<u8> {
    let article = prepare(stage, record);
    let verdict = verdict(&article);
    match stage.finish(record, article, &verdict) {
        Outcome::Enriched(enriched) => enriched.json,
        other => panic!("{other:?}"),
    }
}

fn original(article: &PreparedArticle) -> Verdict {
    Verdict::original(article.entry().id.clone())
}

fn copy(_: &PreparedArticle) -> Verdict {
    Verdict {
        relation: Relation::Exact,
        of: Some("first".into()),
        similarity: Some(1.0),
        ..Verdict::original("first".into())
    }
}

fn enriched(stage: &Stage, record: &Record) -> Value {
    parsed(&bytes(stage, record, original))
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{error}"))
}

const WIRE: &str = "WESTMERE (Example Wire) — The harbour of Westmere was closed on Tuesday after a crane fell on the quay, \
the port authority said.\nNobody was hurt, the authority's head, Ada Lindqvist, told reporters outside the old customs house, where dockers had been waiting for news since the early morning.\nAdvertisement\nNobody was \
hurt, the authority's head, Ada Lindqvist, told reporters outside the old customs house, where dockers had been waiting for news since the early morning.\nThe quay will open again on Friday, and ships wait outside.";

const FOREIGN: &str = "КРАСНОЗЁРСК — Мост через реку закрыли во вторник после того, как под ним прошёл лёд 🧊, сообщила мэрия \
города.\nНикто не пострадал, и мост откроют в пятницу, говорится в сообщении мэрии.";

/// Articles of several shapes; the last ones hold hardly anything.
fn articles() -> Vec<Record> {
    let json = json!({
        "id": "wm-1", "url": "https://news.example/wm-1", "source": {"name": "Westmere Post", "domain": "news.example"},
        "title": "Harbour closed", "authors": ["Jonas Brook"], "datePublished": "2026-01-01T06:30:00+01:00", "language": "en",
        "text": WIRE, "section": "Local", "rating": 1.50,
    });
    let html = "<!doctype html><html lang=en><head><title>Mill sold</title></head><body><article><h1>Mill sold</h1><p>The old \
                mill at Eastmere was sold on Monday to a family of bakers, the town said in a statement.</p><p>They want to bake \
                bread there, and to show visitors how flour was made.</p></article></body></html>";
    let mut bare = text_record("Ok.");
    (bare.key, bare.timestamp) = (None, None);
    vec![
        text_record(&json.to_string()),
        text_record(WIRE),
        text_record(FOREIGN),
        text_record(html),
        text_record("東京で会議が開かれた。参加者は二百人だった。"),
        text_record("🙂"),
        bare,
    ]
}

#[test]
fn the_same_record_and_verdict_give_the_same_bytes() {
    // A stage each, as in two workers.
    let (one, two) = (stage(&[]), stage(&[]));
    for record in articles() {
        for verdict in [original, copy] {
            let first = bytes(&one, &record, verdict);
            assert_eq!(first, bytes(&one, &record, verdict));
            assert_eq!(first, bytes(&two, &record, verdict));
        }
    }
}

#[test]
fn every_output_fits_the_schema_that_the_program_prints() {
    let printed = Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("schema").output();
    let printed = printed.unwrap_or_else(|error| panic!("copydesk schema: {error}"));
    assert!(printed.status.success());
    let validator =
        jsonschema::draft202012::new(&parsed(&printed.stdout)).unwrap_or_else(|error| panic!("{error}"));
    for set in [&[][..], &["dedup.copies=link"], &["repair.enabled=false"]] {
        let stage = stage(set);
        for record in articles() {
            for verdict in
                [original, copy, |article: &PreparedArticle| Verdict::off(article.entry().id.clone())]
            {
                let value = parsed(&bytes(&stage, &record, verdict));
                let faults: Vec<String> =
                    validator.iter_errors(&value).map(|error| error.to_string()).collect();
                assert!(faults.is_empty(), "{faults:?} in {value}");
            }
        }
    }
}

#[test]
fn arrays_are_always_there() {
    let lists = "authors people organizations locations demonyms quotes dates money counts percents measures keywords topics \
                 events warnings";
    for set in ["dedup.copies=annotate", "dedup.copies=link"] {
        for record in articles() {
            let value = parsed(&bytes(&stage(&[set]), &record, copy));
            for list in lists.split_whitespace() {
                assert!(value[list].is_array(), "{list} is {}", value[list]);
            }
            for (parent, list) in [("repair", "removed"), ("repair", "order"), ("summary", "spans")] {
                assert!(value[parent][list].is_array(), "{parent}.{list} is {}", value[parent][list]);
            }
            assert!(value["extra"].is_object());
        }
    }
}

/// The text that a span in code points points to.
fn at(text: &str, span: &Value) -> String {
    let place = |n: usize| span[n].as_u64().unwrap_or_else(|| panic!("{span}")) as usize;
    text.chars().skip(place(0)).take(place(1) - place(0)).collect()
}

#[test]
fn spans_of_the_summary_point_to_its_text_in_code_points() {
    for article in [FOREIGN, WIRE] {
        let value = enriched(&stage(&[]), &text_record(article));
        let text = value["text"].as_str().unwrap_or_default();
        let spans = value["summary"]["spans"].as_array().cloned().unwrap_or_default();
        let parts: Vec<String> = spans.iter().map(|span| at(text, span)).collect();
        assert_eq!(value["summary"]["text"], json!(parts.join(" ")));
    }
    let value = enriched(&stage(&[]), &text_record(FOREIGN));
    let text = value["text"].as_str().unwrap_or_default();
    let first = at(text, &value["summary"]["spans"][0]);
    assert_eq!(
        first,
        "Мост через реку закрыли во вторник после того, как под ним прошёл лёд 🧊, сообщила мэрия города."
    );
    assert_eq!(value["stats"]["chars"], json!(text.chars().count()));
    assert_eq!(value["language"], json!("ru"));
}

#[test]
fn what_is_repaired_and_what_is_known_comes_out() {
    let value = enriched(&stage(&[]), &articles()[0]);
    assert_eq!(value["id"], json!("wm-1"));
    assert_eq!(value["repair"]["paragraphsIn"], json!(5));
    assert_eq!(value["repair"]["order"], json!([1, 2, 5]));
    assert_eq!(value["text"].as_str().map(|text| text.lines().count()), Some(3));
    assert_eq!(value["stats"]["paragraphs"], json!(3));
    assert_eq!(value["dateline"], json!({"place": "WESTMERE", "agency": "Example Wire"}));
    assert_eq!(value["extra"].to_string(), r#"{"section":"Local","rating":1.5}"#);
    let from =
        json!({"topic": "articles.raw", "partition": 3, "offset": 1042, "timestamp": "2026-01-01T00:00:00Z"});
    for (name, expected) in from.as_object().into_iter().flatten() {
        assert_eq!(&value["provenance"][name], expected, "{name}");
    }
}

#[test]
fn a_copy_is_written_whole_as_a_link_or_not_at_all() {
    let record = text_record(WIRE);
    let whole = parsed(&bytes(&stage(&["dedup.copies=annotate"]), &record, copy));
    let link = parsed(&bytes(&stage(&["dedup.copies=link"]), &record, copy));
    for value in [&whole, &link] {
        let dedup = &value["dedup"];
        assert_eq!(
            (&dedup["verdict"], &dedup["of"], &dedup["cluster"]),
            (&json!("exact"), &json!("first"), &json!("first"))
        );
        assert_eq!(dedup["similarity"], json!(1.0));
    }
    for kept in ["id", "text", "repair", "language", "dedup"] {
        assert_eq!(whole[kept], link[kept], "{kept}");
    }
    for kept in ["topic", "partition", "offset", "timestamp", "engine"] {
        assert_eq!(whole["provenance"][kept], link["provenance"][kept], "{kept}");
    }
    assert_eq!(link["provenance"]["models"], json!({}), "nothing was extracted, so no model was used");
    assert!(whole["summary"]["text"].is_string() && whole["stats"]["words"] != json!(0));
    assert_eq!(link["summary"], json!({"text": null, "spans": []}));
    assert_eq!(link["stats"]["words"], json!(0));
    let dropping = stage(&["dedup.copies=drop"]);
    let article = prepare(&dropping, &record);
    let verdict = copy(&article);
    assert!(matches!(dropping.finish(&record, article, &verdict), Outcome::Dropped));
}

/// Only copies are cut or dropped: never an original, a template, or what was not compared.
#[test]
fn what_is_no_copy_is_always_written_whole() {
    let record = text_record(WIRE);
    for set in ["dedup.copies=annotate", "dedup.copies=link", "dedup.copies=drop"] {
        for relation in [Relation::Original, Relation::Template, Relation::Off] {
            let verdict = |article: &PreparedArticle| Verdict { relation, ..original(article) };
            let value = parsed(&bytes(&stage(&[set]), &record, verdict));
            assert!(value["summary"]["text"].is_string(), "{set}, {relation:?}");
        }
    }
}

#[test]
fn without_dedup_an_article_stands_alone() {
    let record = text_record(WIRE);
    let value = parsed(&bytes(&stage(&[]), &record, |article| Verdict::off(article.entry().id.clone())));
    let dedup = &value["dedup"];
    assert_eq!((&dedup["verdict"], &dedup["of"]), (&json!("off"), &Value::Null));
    assert_eq!(dedup["cluster"], value["id"]);
    assert_eq!(dedup["contentHash"], Value::Null, "the schema says: null where articles are not compared");
    let compared = enriched(&stage(&[]), &record);
    let hash = compared["dedup"]["contentHash"].as_str().unwrap_or_default();
    assert!(hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}");
}

#[test]
fn the_time_of_an_article_is_the_records_or_its_own() {
    let article = |published: Value| {
        text_record(
            &json!({"text": "The mill at Eastmere was sold.", "datePublished": published}).to_string(),
        )
    };
    let (by_record, by_article) = (stage(&["dedup.time=record"]), stage(&["dedup.time=published"]));
    let time = |stage: &Stage, record: &Record| prepare(stage, record).entry().event_time;
    let dated = article(json!("2026-01-01T06:30:00+01:00"));
    assert_eq!(time(&by_record, &dated), 1_767_225_600_000);
    assert_eq!(time(&by_article, &dated), 1_767_225_600_000 + 5 * 3_600_000 + 1_800_000);
    for undated in [article(Value::Null), article(json!("last week"))] {
        assert_eq!(time(&by_article, &undated), 1_767_225_600_000, "the record's time stands in");
    }
    for stage in [&by_record, &by_article] {
        let mut timeless = article(Value::Null);
        timeless.timestamp = None;
        assert_eq!(time(stage, &timeless), 0, "never the clock");
    }
    let mut timeless = dated;
    timeless.timestamp = None;
    assert_eq!((time(&by_record, &timeless), time(&by_article, &timeless)), (0, 1_767_245_400_000));
}

#[test]
fn the_hash_is_of_the_repaired_text() {
    let stage = stage(&[]);
    let hash = |text: &str| prepare(&stage, &text_record(text)).entry().sketch.content;
    let repaired = enriched(&stage, &text_record(WIRE))["text"].as_str().unwrap_or_default().to_owned();
    assert_ne!(repaired, WIRE);
    assert_eq!(hash(WIRE), hash(&repaired));
    assert_ne!(hash(WIRE), hash(&WIRE.replace("Tuesday", "Monday")));
}

#[test]
fn a_null_value_is_a_tombstone_and_an_empty_one_is_not() {
    let stage = stage(&[]);
    assert!(matches!(stage.prepare(&record(None)), Prepared::Tombstone));
    assert_eq!(rejected(&stage, &record(Some(b""))).kind, RejectKind::Empty);
}

#[test]
fn a_panic_is_a_reject_that_tells_nothing_of_the_article() {
    let drilled = stage(&["drill.panicMarker=EXPLODE-HERE"]);
    let record = text_record("A confidential draft of the budget. EXPLODE-HERE. More of the draft.");
    let reject = rejected(&drilled, &record);
    assert_eq!(reject.kind, RejectKind::Panic);
    for part in ["a bug in copydesk", copydesk::VERSION, "drill.panicMarker", "report it"] {
        assert!(reject.message.contains(part), "{}", reject.message);
    }
    for part in ["confidential", "budget", "EXPLODE-HERE"] {
        assert!(!reject.message.contains(part), "{}", reject.message);
    }
    // The stage is as good as new, and without the drill the text is an article like any other.
    prepare(&drilled, &text_record(WIRE));
    prepare(&stage(&[]), &record);
}

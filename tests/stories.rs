//! Stories from the settings to the output, and over the log.

use copydesk::article::{Position, Record};
use copydesk::config::Sources;
use copydesk::dedup::{
    Checkpoint, Entry, LogReader, MemoryLog, Place, Sketch, SketchLog, Submitted, Terms, Verdict,
    WindowSettings, Writer,
};
use copydesk::stage::{Outcome, Prepared, Stage};
use serde_json::Value;

const FIRST: &str = "The ferry Aurelia ran aground off Port Sorrel on Tuesday night. All 214 people on board were taken off by \
    lifeboats, the coastguard said. Nobody was hurt when the ferry struck the rocks in thick fog.";
const SECOND: &str = "Passengers spoke of their fright after lifeboats brought them ashore from the stranded Aurelia. The ferry had \
    left Port Sorrel with 214 people when it hit rocks in fog, and the captain called the coastguard at once.";

/// The `dedup` of each text, as `enrich` writes it.
fn dedup(set: &[&str], texts: &[&str]) -> Vec<Value> {
    let settings = Sources::new().set(set.iter().copied()).load().expect("settings").settings;
    let (stage, log) = (Stage::new(settings.stage()), MemoryLog::new(settings.dedup.window_settings(None)));
    let each = texts.iter().enumerate();
    each.map(|(number, text)| {
        let record = Record {
            position: Position::new("articles.raw", 0, number as i64),
            key: None,
            value: Some(text.as_bytes().to_vec()),
            headers: Vec::new(),
            timestamp: Some(1_767_225_600_000),
        };
        let Prepared::Article(article) = stage.prepare(&record) else { panic!("no article") };
        let Submitted::Decided((), verdict) = log.submit(article.entry(), ()) else { panic!("no verdict") };
        let Outcome::Enriched(enriched) = stage.finish(&record, article, &verdict) else {
            panic!("no record")
        };
        let mut json: Value = serde_json::from_slice(&enriched.json).expect("JSON");
        let id = json["id"].take();
        let mut dedup = json["dedup"].take();
        dedup["id"] = id;
        dedup
    })
    .collect()
}

#[test]
fn a_second_report_names_the_article_that_began_the_story_and_is_no_copy() {
    let dedup = dedup(&["dedup.stories=true"], &[FIRST, SECOND, SECOND]);
    for (number, verdict) in ["original", "original", "exact"].iter().enumerate() {
        assert_eq!(dedup[number]["verdict"], *verdict);
        assert_eq!(dedup[number]["story"], dedup[0]["id"], "article {number}");
    }
    assert_eq!(dedup[1]["cluster"], dedup[1]["id"]);
}

#[test]
fn by_default_there_are_no_stories() {
    for dedup in dedup(&[], &[FIRST, SECOND]) {
        assert_eq!(dedup["story"], Value::Null);
    }
}

enum Logged {
    Entry(Box<Entry>),
    Checkpoint(Checkpoint),
}

/// Reports on one of 60 events each: two names and a trade of the event, a verb and two numbers of the article's own.
fn entry(number: usize) -> Entry {
    let event = (number * number * 31 + number / 7) % 60;
    let text = format!(
        "Reporter{number} writes that Harbour{event} and Captain{event} met over the ferry{event} and its cargo{event} on day{number}; \
         item{number} costs {} crowns, {} more than thought.",
        number * 17 % 9973,
        number * 29 % 9967,
    );
    Entry {
        position: Position::new("raw", 0, number as i64),
        id: format!("a{number}").into(),
        event_time: number as i64 * 1000,
        sketch: Sketch::of(&text),
        revision: false,
        terms: Some(Terms::of(&text)),
    }
}

fn read(log: &[Logged], first: usize, known: usize, window: &WindowSettings) -> Vec<(String, Verdict)> {
    let mut reader = LogReader::new(window.clone(), first as u64);
    let mut verdicts = Vec::new();
    let mut keep = |entry: &Entry, verdict: Verdict| verdicts.push((entry.id.to_string(), verdict));
    for (offset, record) in log.iter().enumerate().skip(first) {
        if offset == known {
            reader.caught_up(&mut keep);
        }
        let offset = offset as u64;
        match record {
            Logged::Entry(entry) => {
                let place = Place { offset, append_time: entry.event_time };
                reader.entry((**entry).clone(), place, &mut keep);
            }
            Logged::Checkpoint(checkpoint) => {
                assert_eq!(
                    reader.checkpoint(checkpoint, offset, &mut keep),
                    None,
                    "decides otherwise at {offset}"
                );
            }
        }
    }
    verdicts
}

#[test]
fn a_reader_that_begins_in_the_middle_of_the_log_tells_the_same_stories() {
    let window = WindowSettings { articles: 200, event_span: i64::MAX, append_span: None, stories: true };
    // The log as one worker writes it, with its checkpoints.
    let mut writer = LogReader::new(window.clone(), 0);
    writer.caught_up(|_, _| {});
    let mut log = Vec::new();
    for number in 0..2500 {
        let entry = entry(number);
        let place = Place { offset: log.len() as u64, append_time: entry.event_time };
        writer.entry(entry.clone(), place, |_, _| {});
        log.push(Logged::Entry(Box::new(entry)));
        if let Some(checkpoint) = writer.due(Writer::OfNewest) {
            writer.checkpoint(&checkpoint, log.len() as u64, |_, _| {});
            log.push(Logged::Checkpoint(checkpoint));
        }
    }
    let whole = read(&log, 0, 0, &window);
    let joined = whole.iter().filter(|(id, verdict)| verdict.story.as_deref() != Some(id)).count();
    assert!(joined > 1000 && joined < 2450, "{joined} joined a story of another's");
    // The first checkpoint that it reads covers entries that are gone; the next ones tell all that is alive.
    for first in [600, 777, 1030] {
        let late = read(&log, first, 2200, &window);
        let settled = late.len() - 900;
        assert_eq!(late[settled..], whole[whole.len() - 900..], "begins at {first}");
    }
}

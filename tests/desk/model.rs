//! What the verdicts must be: those of one window that is fed with the entries of the sketch log in the log's order.

use std::collections::BTreeMap;

use copydesk::article::Position;
use copydesk::dedup::{LogRecord, Place, Verdict, Window, WindowSettings, decode_record};
use serde_json::Value;

use super::Desk;
use crate::support::{PATIENCE, read_to_end};

/// A record of the sketch log, where it stands.
pub type Logged = (Place, LogRecord);

/// All that the sketch log holds now.
pub fn read_log(desk: &Desk) -> Vec<Logged> {
    let records = read_to_end(&desk.bootstrap, &desk.log, PATIENCE);
    let decoded = records.iter().map(|record| {
        let place = Place { offset: record.offset as u64, append_time: record.timestamp.expect("a time") };
        let bytes = record.value.as_deref().expect("a value");
        (place, decode_record(bytes).unwrap_or_else(|error| panic!("{place:?}: {error}")))
    });
    decoded.collect()
}

/// The window of a worker with these settings.
pub fn window(desk: &Desk, more: &[&str]) -> WindowSettings {
    let settings = desk.settings(more);
    settings.dedup.window_settings(Some(settings.dedup.log.retention / 2))
}

/// The verdict on each source position, by a window that takes every entry and no checkpoint.
pub fn verdicts(log: &[Logged], settings: &WindowSettings) -> BTreeMap<(i32, i64), Verdict> {
    let mut window = Window::new(settings.clone());
    let mut verdicts = BTreeMap::new();
    for (place, record) in log {
        let LogRecord::Entry(entry) = record else { continue };
        let Position { partition, offset, .. } = entry.position;
        let verdict = window.apply(entry, *place).0;
        verdicts.entry((partition, offset)).or_insert(verdict);
    }
    verdicts
}

/// Checkpoints in the log.
pub fn checkpoints(log: &[Logged]) -> usize {
    log.iter().filter(|(_, record)| matches!(record, LogRecord::Checkpoint(_))).count()
}

/// Fails unless the output says what the verdict says.
pub fn assert_says(output: &Value, verdict: &Verdict) {
    let said = serde_json::json!({
        "verdict": verdict.relation.as_str(),
        "of": verdict.of.as_deref(),
        "cluster": &*verdict.cluster,
        "similarity": verdict.similarity,
        "covers": verdict.covers,
        "covered": verdict.covered,
        "novelNumbers": verdict.novel_numbers,
    });
    for (field, value) in said.as_object().expect("an object") {
        assert_eq!(&output["dedup"][field], value, "{field} of {}: {}", output["id"], output["dedup"]);
    }
}

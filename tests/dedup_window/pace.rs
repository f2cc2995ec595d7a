//! When checkpoints are due, if they come back late or not at all.

use copydesk::article::Position;
use copydesk::dedup::{Checkpoint, Entry, LogReader, Pace, Place, Sketch, WindowSettings, Writer};

const PACE: Pace = Pace { stretch: 10, longest: 60_000, held: 100 };

/// A reader that is live, and so many entries, one in `step` milliseconds; each is asked for a checkpoint.
fn read(
    reader: &mut LogReader,
    offsets: std::ops::Range<u64>,
    step: u64,
    writer: Writer,
) -> Vec<(u64, Checkpoint)> {
    let mut due = Vec::new();
    for offset in offsets {
        let entry = Entry {
            position: Position::new("raw", 0, offset as i64),
            id: format!("a{offset}").into(),
            event_time: 0,
            sketch: Sketch::of(&format!("Report {offset} on the mill")),
            revision: false,
            terms: None,
        };
        reader.entry(entry, Place { offset, append_time: (offset * step) as i64 }, |_, _| {});
        due.extend(reader.due(writer).map(|checkpoint| (offset, checkpoint)));
    }
    due
}

fn live() -> LogReader {
    let settings = WindowSettings { articles: 1000, event_span: 1000, append_span: None, stories: false };
    let mut reader = LogReader::with_pace(settings, 0, PACE);
    reader.caught_up(|_, _| {});
    reader
}

fn ranges(due: &[(u64, Checkpoint)]) -> Vec<(u64, (u64, u64))> {
    due.iter().map(|(offset, checkpoint)| (*offset, checkpoint.range())).collect()
}

#[test]
fn one_is_due_after_a_stretch_or_after_a_time_and_later_for_those_who_did_not_write() {
    assert_eq!(ranges(&read(&mut live(), 0..15, 0, Writer::OfNewest)), [(9, (0, 10))]);
    assert_eq!(ranges(&read(&mut live(), 0..35, 0, Writer::Other)), [(29, (0, 30))]);
    assert_eq!(ranges(&read(&mut live(), 0..6, 20_000, Writer::OfNewest)), [(3, (0, 4))]);
    assert_eq!(ranges(&read(&mut live(), 0..10, 30_000, Writer::Other)), [(6, (0, 7))]);
}

#[test]
fn a_reader_that_catches_up_writes_none() {
    let settings = WindowSettings { articles: 1000, event_span: 1000, append_span: None, stories: false };
    let mut reader = LogReader::with_pace(settings, 0, PACE);
    assert!(read(&mut reader, 0..300, 0, Writer::OfNewest).is_empty());
}

/// In a slow log after a time, in a quick one after many entries; not with every entry.
#[test]
fn a_lost_one_is_asked_for_again() {
    let slow = read(&mut live(), 0..12, 60_000, Writer::OfNewest);
    assert_eq!(ranges(&slow), [(1, (0, 2)), (4, (0, 5)), (7, (0, 8)), (10, (0, 11))]);
    let quick = read(&mut live(), 0..200, 0, Writer::OfNewest);
    assert_eq!(ranges(&quick), [(9, (0, 10)), (89, (0, 80)), (169, (0, 80))]);
}

/// Else a worker whose checkpoints take longer to come back than a stretch to come in would fall behind for ever.
#[test]
fn one_that_comes_back_late_is_followed_by_a_longer_one() {
    let mut reader = live();
    let first = read(&mut reader, 0..45, 0, Writer::OfNewest).remove(0).1;
    assert_eq!(reader.checkpoint(&first, 45, |_, _| {}), None);
    // By whole stretches, so that all readers choose one writer: 35 entries are not covered here, 40 at offset 50.
    let next = read(&mut reader, 46..55, 0, Writer::OfNewest);
    assert_eq!(ranges(&next), [(50, (10, 51))], "all that it decided since, and the checkpoint's own place");
}

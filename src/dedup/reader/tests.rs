use std::sync::Arc;

use super::*;
use crate::article::Position;
use crate::dedup::{
    CopyKind, Link, LogRecord, Place, Share, Sketch, decode_record, encode, encode_checkpoint,
};

/// What a checkpoint has besides its decisions: versions and three numbers.
const HEAD: usize = 32;

fn settings(articles: usize) -> WindowSettings {
    WindowSettings { articles, event_span: i64::MAX, append_span: None, stories: false }
}

fn entry(number: u64, id: String, text: &str) -> Entry {
    Entry {
        position: Position::new("raw", 0, number as i64),
        id: id.into(),
        event_time: 0,
        sketch: Sketch::of(text),
        revision: false,
        terms: None,
    }
}

/// A reader that has read all there was, of a log to which a test appends.
struct Live {
    reader: LogReader,
    offset: u64,
    /// The log's time.
    now: i64,
}

impl Live {
    fn new(articles: usize) -> Live {
        let mut reader = LogReader::new(settings(articles), 0);
        reader.caught_up(|_, _| {});
        Live { reader, offset: 0, now: 1000 }
    }

    fn take(&mut self, entry: Entry) {
        let place = Place { offset: self.offset, append_time: self.now };
        self.reader.entry(entry, place, |_, _| {});
        self.offset += 1;
    }

    /// Takes so many entries and asks after each, as this writer.
    fn run(&mut self, count: usize, writer: Writer) -> Vec<Checkpoint> {
        let mut asked = Vec::new();
        for _ in 0..count {
            self.take(entry(self.offset, format!("a{}", self.offset), "one two three four"));
            asked.extend(self.reader.due(writer));
        }
        asked
    }

    fn read(&mut self, checkpoint: &Checkpoint) {
        assert_eq!(self.reader.checkpoint(checkpoint, self.offset, |_, _| {}), None);
        self.offset += 1;
    }
}

#[test]
fn the_writer_of_the_entry_that_fills_a_stretch_is_asked_once() {
    let mut live = Live::new(100_000);
    assert_eq!(live.run(STRETCH - 1, Writer::OfNewest), []);
    let asked = live.run(STRETCH * 4, Writer::OfNewest);
    assert_eq!(asked.iter().map(Checkpoint::range).collect::<Vec<_>>(), [(0, STRETCH as u64)]);
    live.read(&asked[0]);
    // What came while it was on its way is told with the next, not in many.
    let asked = live.run(STRETCH, Writer::OfNewest);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].range().0, STRETCH as u64);
    assert!(asked[0].decisions().len() >= STRETCH * 4);

    let mut late = Live::new(100_000);
    assert_eq!(late.run(1, Writer::OfNewest), []);
    late.run(STRETCH - 1, Writer::Other);
    assert_eq!(late.run(1, Writer::OfNewest), [], "another wrote the entry that filled the stretch");
}

#[test]
fn others_write_when_the_writer_is_gone_and_time_counts_too() {
    let mut live = Live::new(100_000);
    let asked = live.run(STRETCH * (PATIENCE + 1), Writer::Other);
    let ranges: Vec<_> = asked.iter().map(Checkpoint::range).collect();
    assert_eq!(ranges, [(0, (STRETCH * PATIENCE) as u64)]);

    for (writer, times) in [(Writer::OfNewest, 1), (Writer::Other, PATIENCE as i64)] {
        let mut slow = Live::new(100_000);
        assert_eq!(slow.run(3, writer), []);
        slow.now += times * LONGEST - 1;
        assert_eq!(slow.run(1, writer), []);
        slow.now += 1;
        assert_eq!(slow.run(1, writer).iter().map(Checkpoint::range).collect::<Vec<_>>(), [(0, 5)]);
    }
}

#[test]
fn a_lost_checkpoint_is_made_up_for_by_entries_or_by_time() {
    let mut live = Live::new(100_000);
    assert_eq!(live.run(STRETCH, Writer::OfNewest).len(), 1);
    let asked = live.run((MOST_STRETCHES + 1) * STRETCH, Writer::OfNewest);
    assert_eq!(asked.len(), 1, "nor is it written with every entry");
    assert_eq!(asked[0].range().0, 0);

    let mut slow = Live::new(100_000);
    assert_eq!(slow.run(STRETCH, Writer::OfNewest).len(), 1);
    slow.now += PATIENCE as i64 * LONGEST;
    assert_eq!(slow.run(1, Writer::OfNewest).iter().map(Checkpoint::range).collect::<Vec<_>>(), [(0, 513)]);
}

#[test]
fn however_long_ids_are_a_checkpoint_stays_small_and_the_next_goes_on_where_it_ends() {
    let mut live = Live::new(100_000);
    let count = 4 * STRETCH as u64;
    for number in 0..count {
        // All copies of the first; ids as long as they may be.
        live.take(entry(number, format!("{number:0>512}"), "one two three four"));
    }
    let mut covered = 0;
    while covered < count {
        let checkpoint = live.reader.due(Writer::OfNewest).unwrap_or_else(|| {
            panic!("{covered} of {count} are covered, and {} wait", live.reader.uncovered.len())
        });
        let (first, end) = checkpoint.range();
        assert_eq!(first, covered, "there is no hole");
        let bytes = encode_checkpoint(&checkpoint);
        assert!(bytes.len() <= LARGEST + HEAD, "{} bytes", bytes.len());
        assert_eq!(decode_record(&bytes), Ok(LogRecord::Checkpoint(checkpoint.clone())));
        live.read(&checkpoint);
        covered = end;
        // Up to where one is due again.
        while !live.reader.uncovered.len().is_multiple_of(STRETCH) {
            live.take(entry(live.offset, format!("{:0>512}", live.offset), "one two three four"));
        }
        if live.reader.uncovered.is_empty() {
            break;
        }
    }
    assert!(covered >= count);
}

#[test]
fn the_bound_of_a_decision_holds_with_its_longest_ids_and_its_story() {
    let id: Arc<str> = "x".repeat(512).into();
    let far = || Reference { offset: 0, id: id.clone() };
    let link = Link {
        kind: CopyKind::Near,
        of: far(),
        cluster: Cluster::Other(far()),
        covers: Share::WHOLE,
        covered: Share::WHOLE,
        novel_numbers: u16::MAX,
    };
    for story in [None, Some(Story::Own), Some(Story::Of(far()))] {
        let finding = Finding::Copy(Box::new(link.clone()));
        let decision = Decision { finding, shared: (0..80).collect(), story };
        let most = most_bytes(&decision);
        let offset = u64::MAX - 1;
        let checkpoint = Checkpoint::new(offset, offset + 1, vec![(offset, decision)]);
        let bytes = encode_checkpoint(&checkpoint.unwrap_or_else(|| panic!("it is in its range")));
        assert!(bytes.len() <= HEAD + most, "{} bytes, at most {most}", bytes.len());
    }
}

#[test]
fn what_has_left_the_window_untold_is_let_go() {
    let mut live = Live::new(10);
    let asked = live.run(3 * KEPT_STRETCHES * STRETCH, Writer::OfNewest);
    assert!(live.reader.uncovered.len() <= (KEPT_STRETCHES + 1) * STRETCH + 10);
    assert!(!asked.is_empty());
    // And the next is whole again.
    let due =
        std::iter::from_fn(|| Some(live.run(1, Writer::OfNewest))).flatten().next().expect("one is due");
    assert!(due.range().0 > 0 && !due.decisions().is_empty());
}

/// Seconds that this thread has had a processor: others may be busy while this is measured.
fn on_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("a Linux process");
    stat.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).expect("a number") / 1e9
}

/// How fast a reader restores: bytes of entries and checkpoints to a window.
/// `cargo test --release --lib restoring_speed -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn restoring_speed() {
    let count = 400_000u64;
    let mut live = Live::new(1_000_000);
    let mut log: Vec<Vec<u8>> = Vec::new();
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for number in 0..count {
        let text: String = (0..120)
            .map(|_| format!("{}w{} ", if next() % 9 == 0 { "N" } else { "" }, next() % 5000))
            .collect();
        let one = entry(number, format!("{:032x}", u128::from(number) * 7919), &text);
        log.push(encode(&one));
        live.take(one);
        if let Some(checkpoint) = live.reader.due(Writer::OfNewest) {
            log.push(encode_checkpoint(&checkpoint));
            live.read(&checkpoint);
        }
    }
    let bytes: usize = log.iter().map(Vec::len).sum();
    drop(live);
    let start = on_cpu();
    for record in &log {
        assert!(decode_record(record).is_ok());
    }
    let decoding = on_cpu() - start;
    let start = on_cpu();
    let mut reader = LogReader::new(settings(1_000_000), 0);
    let mut known = 0;
    for (offset, record) in log.iter().enumerate() {
        let offset = offset as u64;
        match decode_record(record).expect("a record") {
            LogRecord::Entry(entry) => {
                reader.entry(*entry, Place { offset, append_time: 0 }, |_, _| known += 1)
            }
            LogRecord::Checkpoint(checkpoint) => {
                assert_eq!(reader.checkpoint(&checkpoint, offset, |_, _| known += 1), None);
            }
        }
    }
    reader.caught_up(|_, _| known += 1);
    let all = on_cpu() - start;
    assert_eq!(known, count);
    println!(
        "{count} entries, {} bytes each: {:.0} a second of this thread, {:.0} % of it decoding",
        bytes as u64 / count,
        count as f64 / all,
        100.0 * decoding / all
    );
}

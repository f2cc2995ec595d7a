//! A worker that begins to read a sketch log with checkpoints says the same, to the byte, as the one that has read it all:
//! of near copies, of copies whose cluster began before the log does, of bulletins.

mod desk;
mod support;

use std::collections::BTreeMap;

use copydesk::article::{Position, Record};
use copydesk::dedup::{
    Checkpoint, LogReader, LogRecord, Place, Verdict, Window, WindowSettings, Writer, decode_record, encode,
    encode_checkpoint,
};
use copydesk::stage::{Outcome, Prepared, PreparedArticle, Stage};
use desk::stories::{Edit, Random, Story, bulletin};
use desk::{Desk, source};
use support::broker::on_both_brokers;
use support::{Broker, PATIENCE, ToSend, wait_until};

on_both_brokers!(a_worker_that_takes_up_checkpoints_gives_the_same_bytes);

/// So many offsets are compared: clusters outlive the articles that began them.
const WINDOW: usize = 600;
/// A checkpoint is in the log so many records after it was asked for.
const WAY: usize = 40;

/// Copies of most stories come soon, those of a few come again and again; and there are bulletins.
fn wire(count: u64) -> Vec<ToSend> {
    let mut random = Random(3);
    let mut keyed: Vec<(u64, ToSend)> = Vec::new();
    for number in 0..count {
        if number % 12 == 0 {
            keyed.push((number * 3, bulletin(number)));
            continue;
        }
        let story = Story::new(number);
        keyed.push((number * 3, story.record(&format!("s{number}"), Edit::None, 0)));
        for copy in 0..2 {
            let edit = Edit::ALL[random.below(Edit::ALL.len())];
            let record = story.record(&format!("s{number}-{copy}"), edit, number * 2 + copy);
            keyed.push((number * 3 + random.below(900) as u64, record));
        }
    }
    for number in 0..15 {
        let story = Story::new(1_000_000 + number);
        let printed = (0..count * 3 + 900).step_by(250).enumerate();
        keyed.extend(printed.map(|(n, at)| {
            let edit = if n == 0 { Edit::None } else { Edit::Typos };
            (at + number * 7, story.record(&format!("again{number}-{n}"), edit, n as u64))
        }));
    }
    keyed.sort_by_key(|(at, _)| *at);
    keyed.into_iter().map(|(_, record)| record).collect()
}

/// A desk of one worker without Kafka: its log, and what it said of each article.
struct Run {
    stage: Stage,
    records: Vec<Record>,
    /// The log as bytes; an entry's record by its offset.
    log: Vec<Vec<u8>>,
    entries: BTreeMap<usize, usize>,
    outputs: Vec<Vec<u8>>,
    verdicts: Vec<Verdict>,
}

fn settings() -> WindowSettings {
    WindowSettings { articles: WINDOW, event_span: i64::MAX, append_span: None, stories: false }
}

fn place(offset: usize) -> Place {
    Place { offset: offset as u64, append_time: 1000 + offset as i64 }
}

impl Run {
    fn new(records: Vec<ToSend>) -> Run {
        let record = |(offset, sent): (usize, ToSend)| Record {
            position: Position::new("raw", (offset % 3) as i32, offset as i64),
            key: None,
            value: sent.value,
            headers: Vec::new(),
            timestamp: Some(1_767_225_600_000),
        };
        let checked = copydesk::config::Sources::new().load().unwrap_or_else(|errors| panic!("{errors}"));
        let mut run = Run {
            stage: Stage::new(checked.settings.stage()),
            records: records.into_iter().enumerate().map(record).collect(),
            log: Vec::new(),
            entries: BTreeMap::new(),
            outputs: Vec::new(),
            verdicts: Vec::new(),
        };
        let mut reader = LogReader::new(settings(), 0);
        reader.caught_up(|_, _| {});
        let mut on_the_way: Option<(usize, Checkpoint)> = None;
        for index in 0..run.records.len() {
            let article = run.prepare(index);
            let (offset, mut said) = (run.log.len(), None);
            run.log.push(encode(article.entry()));
            run.entries.insert(offset, index);
            reader.entry(article.entry().clone(), place(offset), |_, verdict| said = Some(verdict));
            let verdict = said.expect("a reader at the end decides at once");
            run.outputs.push(run.finish(index, article, &verdict));
            run.verdicts.push(verdict);
            if let Some(checkpoint) = reader.due(Writer::OfNewest) {
                on_the_way = Some((offset + WAY, checkpoint));
            }
            if let Some((_, checkpoint)) = on_the_way.take_if(|(at, _)| *at <= offset) {
                let offset = run.log.len();
                run.log.push(encode_checkpoint(&checkpoint));
                assert_eq!(reader.checkpoint(&checkpoint, offset as u64, |_, _| {}), None);
            }
        }
        run
    }

    fn prepare(&self, index: usize) -> Box<PreparedArticle> {
        match self.stage.prepare(&self.records[index]) {
            Prepared::Article(article) => article,
            other => panic!("{other:?}"),
        }
    }

    fn finish(&self, index: usize, article: Box<PreparedArticle>, verdict: &Verdict) -> Vec<u8> {
        match self.stage.finish(&self.records[index], article, verdict) {
            Outcome::Enriched(enriched) => enriched.json,
            other => panic!("{other:?}"),
        }
    }

    /// A worker begins at offset `low`, when the log ends at `high`; what it says of all that comes later, compared to the
    /// byte.
    fn restart(&self, low: usize, high: usize) {
        let mut reader = LogReader::new(settings(), low as u64);
        let mut compared = 0;
        for (offset, bytes) in self.log.iter().enumerate().skip(low) {
            if offset == high {
                reader.caught_up(|_, _| {});
            }
            match decode_record(bytes).expect("a record") {
                LogRecord::Entry(entry) => {
                    let mut said = None;
                    reader.entry(*entry, place(offset), |_, verdict| said = Some(verdict));
                    if offset < high {
                        continue;
                    }
                    let index = self.entries[&offset];
                    let verdict = said.expect("a reader at the end decides at once");
                    let output = self.finish(index, self.prepare(index), &verdict);
                    let at = || format!("{low}..{high}, at {offset}: {:?}", self.verdicts[index]);
                    assert!(output == self.outputs[index], "{}, not {verdict:?}", at());
                    compared += 1;
                }
                LogRecord::Checkpoint(checkpoint) => {
                    let differs = reader.checkpoint(&checkpoint, offset as u64, |_, _| {});
                    assert!(differs.is_none() || offset < high, "{low}..{high}: {differs:?} at {offset}");
                }
            }
        }
        assert!(compared > 50, "{compared} articles are compared");
    }
}

#[test]
fn wherever_a_reader_begins_it_says_the_same_bytes() {
    let run = Run::new(wire(900));
    let checkpoints = run.log.len() - run.entries.len();
    assert!(checkpoints >= 4, "{checkpoints} checkpoints");
    // Each relation is there, and clusters that have outlived their first article.
    for relation in ["original", "near", "contained", "contains", "template"] {
        let count = run.verdicts.iter().filter(|verdict| verdict.relation.as_str() == relation).count();
        assert!(count >= 20, "{count} times {relation}");
    }
    // The last of the window that no checkpoint covers yet must be decided from what is alive then.
    let least = 2 * WINDOW + 600 + WAY;
    let mut random = Random(11);
    for _ in 0..6 {
        let low = random.below(run.log.len() - least - 100);
        run.restart(low, low + least + random.below(run.log.len() - 80 - low - least));
    }
    let (low, high) = (run.log.len() - least - 200, run.log.len() - 200);
    run.restart(low, high);

    // Without checkpoints it would not.
    let mut ignorant = Window::new(settings());
    let mut wrong = 0;
    for (offset, index) in run.entries.range(low..) {
        let verdict = ignorant.apply(run.prepare(*index).entry(), place(*offset)).0;
        wrong += usize::from(*offset >= high && verdict != run.verdicts[*index]);
    }
    assert!(wrong > 0, "no verdict depends on what is gone");
}

/// Another group reads the input from its start when the log has checkpoints: its worker takes the decisions from there.
fn a_worker_that_takes_up_checkpoints_gives_the_same_bytes(broker: &Broker) {
    let desk = Desk::new(broker, 2);
    let worker = desk.start(&[]);
    let records = wire(260);
    desk.feed(&records);
    desk.outcomes(records.len());
    let log_of =
        |worker: &desk::Running| copydesk::http::Status::of(&worker.shared).sketch_log.expect("dedup is on");
    wait_until(PATIENCE, "a checkpoint is in the log", || log_of(&worker).checkpoints_read > 0);
    assert!(log_of(&worker).checkpoints_written > 0);

    let again = desk.again();
    broker.create_topic(&again.out, 2, &[]);
    let late = again.start(&[]);
    assert!(log_of(&late).checkpoints_read > 0);
    again.outcomes(records.len());
    let values = |desk: &Desk| -> BTreeMap<_, _> {
        desk.outcomes_now().enriched.iter().map(|record| (source(record), record.value.clone())).collect()
    };
    assert!(values(&desk) == values(&again));
    // Both go on alike, of which each sees half.
    let news = (0..200).map(|n| Story::new(n + 200).record(&format!("n{n}"), Edit::Headline, n + 9000));
    desk.feed(&news.collect::<Vec<_>>());
    desk.outcomes(records.len() + 200);
    again.outcomes(records.len() + 200);
    assert!(values(&desk) == values(&again));
    for worker in [worker, late] {
        assert_eq!(worker.shared.metrics.log_disagreements.get(), 0);
        worker.stop().expect("a clean end");
    }
}

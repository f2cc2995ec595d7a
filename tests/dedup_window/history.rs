//! A log as two workers write and read it: entries, and the checkpoints that they append, late, lost or twice.

use std::collections::VecDeque;

use copydesk::dedup::{
    Checkpoint, Decision, Entry, LogReader, LogRecord, Pace, Place, Verdict, Window, WindowSettings, Writer,
    decode_record, encode_checkpoint,
};
use proptest::prelude::*;

use super::logs::Arrival;

/// What becomes of a checkpoint that is due.
#[derive(Debug, Clone, Copy)]
pub struct Fate {
    /// Entries that are appended before it.
    delay: usize,
    /// How often it is appended; 0: it is lost.
    times: usize,
}

/// How the log is written.
#[derive(Debug, Clone)]
pub struct Writing {
    pub settings: WindowSettings,
    pub pace: Pace,
    pub fates: Vec<Fate>,
}

/// A record of the log.
#[derive(Debug)]
pub enum Record {
    /// An article, what was said of it, and what was decided; nothing is decided on a replay.
    Article(Box<Entry>, Verdict, Option<Decision>),
    Checkpoint(Checkpoint),
}

/// A log, from its beginning.
#[derive(Debug)]
pub struct History {
    pub writing: Writing,
    pub records: Vec<(Place, Record)>,
}

pub fn writing(settings: impl Strategy<Value = WindowSettings>) -> impl Strategy<Value = Writing> {
    let pace = (1usize..9, 5000i64..100_000, 20usize..200).prop_map(|(stretch, longest, held)| Pace {
        stretch,
        longest,
        held,
    });
    let times = prop_oneof![4 => Just(1usize), 1 => Just(0), 1 => Just(2)];
    let fate = (0usize..8, times).prop_map(|(delay, times)| Fate { delay, times });
    (settings, pace, prop::collection::vec(fate, 1..20)).prop_map(|(settings, pace, fates)| Writing {
        settings,
        pace,
        fates,
    })
}

impl History {
    /// Writes the log. Panics where a checkpoint differs from what a reader decided, or two readers say different things.
    pub fn write(writing: Writing, arrivals: Vec<Arrival>) -> Self {
        let mut window = Window::new(writing.settings.clone());
        let mut workers = [0, 1].map(|_| {
            let mut reader = LogReader::with_pace(writing.settings.clone(), 0, writing.pace);
            reader.caught_up(|_, _| panic!("nothing was held"));
            reader
        });
        let mut fates = writing.fates.clone().into_iter().cycle();
        let mut sent: VecDeque<(usize, Checkpoint)> = VecDeque::new();
        let mut records: Vec<(Place, Record)> = Vec::new();
        let mut next = 0;
        for Arrival { entry, hole, append_time, .. } in arrivals {
            let landed = sent.iter_mut().filter(|(delay, _)| *delay == 0).count();
            for _ in 0..landed {
                let Some((_, checkpoint)) = sent.pop_front() else { break };
                for worker in &mut workers {
                    let differs = worker.checkpoint(&checkpoint, next, |_, _| panic!("nothing was held"));
                    assert_eq!(differs, None, "two workers that read the whole log decide alike");
                }
                records.push((Place { offset: next, append_time }, Record::Checkpoint(checkpoint)));
                next += 1;
            }
            sent.iter_mut().for_each(|(delay, _)| *delay = delay.saturating_sub(1));
            let place = Place { offset: next + hole, append_time };
            next = place.offset + 1;
            let (verdict, decision) = window.apply(&entry, place);
            let writer = (entry.position.partition % 2) as usize;
            for (number, worker) in workers.iter_mut().enumerate() {
                let mut told = Vec::new();
                worker.entry(entry.clone(), place, |_, verdict| told.push(verdict));
                assert_eq!(
                    told,
                    std::slice::from_ref(&verdict),
                    "a reader says at once what the window says"
                );
                let due =
                    worker.due(if number == writer { Writer::OfNewest } else { Writer::Other }).map(by_wire);
                if let (Some(due), Some(fate)) = (due, fates.next()) {
                    sent.extend(vec![(fate.delay, due); fate.times]);
                    // Those that were sent first land first.
                    sent.make_contiguous().sort_by_key(|(delay, _)| *delay);
                }
            }
            records.push((place, Record::Article(Box::new(entry), verdict, decision)));
        }
        Self { writing, records }
    }

    pub fn offset(&self, at: usize) -> u64 {
        self.records[at].0.offset
    }

    /// The article at a place of the list, what was said of it, and what was decided.
    pub fn article(&self, at: usize) -> Option<(&Entry, &Verdict, Option<&Decision>)> {
        match &self.records[at].1 {
            Record::Article(entry, verdict, decision) => Some((entry, verdict, decision.as_ref())),
            Record::Checkpoint(_) => None,
        }
    }

    /// All articles, each with its place in the list.
    pub fn articles(&self) -> impl Iterator<Item = (usize, &Entry, &Verdict, Option<&Decision>)> {
        (0..self.records.len()).filter_map(|at| {
            let (entry, verdict, decision) = self.article(at)?;
            Some((at, entry, verdict, decision))
        })
    }

    /// The first offset that is alive for the article at `at`: the definition.
    pub fn oldest_alive(&self, at: usize) -> u64 {
        let oldest = self.offset(at).saturating_sub(self.writing.settings.articles as u64);
        let Some(span) = self.writing.settings.append_span else { return oldest };
        let second = |at: usize| self.records[at].0.append_time.div_euclid(1000);
        let mut latest = i64::MIN;
        for earlier in (0..=at).rev().filter(|earlier| self.article(*earlier).is_some()) {
            if latest.saturating_sub(second(earlier)) > span / 1000 {
                return oldest.max(self.offset(earlier) + 1);
            }
            latest = latest.max(second(earlier));
        }
        oldest
    }

    /// The articles that are alive for the one at `at`, replays not counted, the oldest first.
    pub fn alive(&self, at: usize) -> Vec<usize> {
        let oldest = self.oldest_alive(at);
        let new = |earlier: &usize| self.article(*earlier).is_some_and(|(_, _, decision)| decision.is_some());
        (0..at).filter(|earlier| self.offset(*earlier) >= oldest).filter(new).collect()
    }

    /// Whether the event times of two articles are near enough.
    pub fn in_time(&self, a: usize, b: usize) -> bool {
        let second = |at: usize| self.article(at).map_or(0, |(entry, ..)| entry.event_time.div_euclid(1000));
        (second(a) - second(b)).abs() <= self.writing.settings.event_span / 1000
    }
}

/// Through the bytes that lie in the log.
fn by_wire(checkpoint: Checkpoint) -> Checkpoint {
    match decode_record(&encode_checkpoint(&checkpoint)) {
        Ok(LogRecord::Checkpoint(read)) => {
            assert_eq!(read, checkpoint);
            read
        }
        other => panic!("{other:?}"),
    }
}

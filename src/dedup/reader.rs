//! Reads the sketch log: entries and checkpoints, from its retained beginning to its end and on.
//!
//! What is decided on an entry depends on what was decided before, and that may have left the log. So as long as the reader
//! catches up, it holds entries back until the checkpoint that covers them comes, and takes the decisions from there; what
//! no checkpoint covers, it decides. At the end of the log it knows what every other reader knows, and decides alone.
//!
//! A reader keeps its own decisions until a checkpoint covers them. It compares the two, and it says when a checkpoint is
//! due: after [`STRETCH`] entries, or [`LONGEST`] milliseconds of the log's time, so that what is alive is covered however
//! slowly articles come.

use std::collections::VecDeque;

use super::checkpoint::Checkpoint;
use super::decision::Decision;
use super::entry::Entry;
use super::verdict::Verdict;
use super::window::{Place, Window, WindowSettings};

/// Entries that a checkpoint covers at most.
pub const STRETCH: usize = 512;
/// Time of the log that passes before a checkpoint, milliseconds.
pub const LONGEST: i64 = 600_000;
/// Whoever did not write the newest entry waits for so many times as much: two workers should not write the same.
const PATIENCE: usize = 3;
/// Entries that are held back at most. A checkpoint that comes so late was lost with its writer.
const HELD: usize = 2 * PATIENCE * STRETCH;

/// A reader of the log.
#[derive(Debug)]
pub struct LogReader {
    window: Window,
    state: State,
    /// Decisions that no checkpoint covers yet, and the append time of each.
    uncovered: VecDeque<(u64, i64, Decision)>,
    /// First offset that no checkpoint covers.
    covered: u64,
    next: u64,
    /// A checkpoint that was asked for and has not come back.
    asked: Option<u64>,
}

#[derive(Debug)]
enum State {
    CatchingUp { held: VecDeque<(Entry, Place)> },
    Live,
}

/// Who asks whether a checkpoint is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// The worker that wrote the newest entry.
    OfNewest,
    /// Any other.
    Other,
}

impl LogReader {
    /// A reader that begins at the first retained offset.
    pub fn new(settings: WindowSettings, first: u64) -> Self {
        Self {
            window: Window::new(settings),
            state: State::CatchingUp { held: VecDeque::new() },
            uncovered: VecDeque::new(),
            covered: first,
            next: first,
            asked: None,
        }
    }

    /// The window as it is now.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Takes an entry. `decided` is called with every entry on which the verdict is known now, in the order of the log:
    /// this one, or, while the reader catches up, earlier ones.
    pub fn entry(&mut self, entry: Entry, place: Place, mut decided: impl FnMut(&Entry, Verdict)) {
        self.next = place.offset + 1;
        match &mut self.state {
            State::Live => self.decide(&entry, place, &mut decided),
            State::CatchingUp { held } => {
                held.push_back((entry, place));
                let late = (held.len() > HELD).then(|| held.pop_front()).flatten();
                if let Some((entry, place)) = late {
                    self.decide(&entry, place, &mut decided);
                }
            }
        }
    }

    /// Takes a checkpoint that stands at `offset`. Returns the first offset on which it decides otherwise than this reader,
    /// which means that its writer runs another version or has other settings.
    pub fn checkpoint(
        &mut self,
        checkpoint: &Checkpoint,
        offset: u64,
        mut decided: impl FnMut(&Entry, Verdict),
    ) -> Option<u64> {
        let (first, end) = checkpoint.range();
        while let Some((entry, place)) = self.held_before(end) {
            match checkpoint.decision(place.offset) {
                _ if place.offset < first => self.decide(&entry, place, &mut decided),
                Some(decision) => {
                    self.window.restore(&entry, place, decision);
                    decided(&entry, decision.verdict(&entry.id));
                }
                // A replay. What it repeats may have left the log, and then nobody waits for it.
                None => {
                    if let Some(verdict) = self.window.known(&entry.position) {
                        decided(&entry, verdict);
                    }
                }
            }
        }
        self.next = self.next.max(offset + 1);
        let mut differs = None;
        while let Some((offset, ..)) = self.uncovered.front().filter(|(offset, ..)| *offset < end) {
            let offset = *offset;
            let ours = self.uncovered.pop_front().map(|(_, _, decision)| decision);
            if offset >= first && differs.is_none() && checkpoint.decision(offset) != ours.as_ref() {
                differs = Some(offset);
            }
        }
        self.covered = self.covered.max(end);
        if self.asked.is_some_and(|asked| asked <= end) {
            self.asked = None;
        }
        differs
    }

    /// All that was in the log when the reader began is read: from here on it decides at once.
    pub fn caught_up(&mut self, mut decided: impl FnMut(&Entry, Verdict)) {
        while let Some((entry, place)) = self.held_before(u64::MAX) {
            self.decide(&entry, place, &mut decided);
        }
        self.state = State::Live;
    }

    /// The checkpoint that is to be appended to the log now, if one is due. It is asked for once; should it be lost, the
    /// next one covers its entries, too.
    pub fn due(&mut self, writer: Writer) -> Option<Checkpoint> {
        let times = match writer {
            Writer::OfNewest => 1,
            Writer::Other => PATIENCE,
        };
        let (_, oldest, _) = self.uncovered.front()?;
        let (_, newest, _) = self.uncovered.back()?;
        let waiting = self.asked.is_some() && self.uncovered.len() < 2 * PATIENCE * STRETCH;
        let full = self.uncovered.len() >= times * STRETCH;
        let old = newest - oldest >= times as i64 * LONGEST;
        if waiting || !matches!(self.state, State::Live) || !(full || old) {
            return None;
        }
        let decisions: Vec<(u64, Decision)> = self
            .uncovered
            .iter()
            .take(STRETCH)
            .map(|(offset, _, decision)| (*offset, decision.clone()))
            .collect();
        // Up to the next decision, so that replays and checkpoints between are covered, too.
        let end = self.uncovered.get(STRETCH).map_or(self.next, |(offset, ..)| *offset);
        self.asked = Some(end);
        Checkpoint::new(self.covered, end, decisions)
    }

    fn held_before(&mut self, end: u64) -> Option<(Entry, Place)> {
        match &mut self.state {
            State::CatchingUp { held } if held.front().is_some_and(|(_, place)| place.offset < end) => {
                held.pop_front()
            }
            _ => None,
        }
    }

    fn decide(&mut self, entry: &Entry, place: Place, decided: &mut impl FnMut(&Entry, Verdict)) {
        let (verdict, decision) = self.window.apply(entry, place);
        if let Some(decision) = decision {
            self.uncovered.push_back((place.offset, place.append_time, decision));
        }
        decided(entry, verdict);
    }
}

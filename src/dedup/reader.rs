//! Reads the sketch log: entries and checkpoints, from its retained beginning to its end and on.
//!
//! What is decided on an entry depends on what was decided before, and that may have left the log. So as long as the reader
//! catches up, it holds entries back until the checkpoint that covers them comes, and takes the decisions from there; what
//! no checkpoint covers, it decides. At the end of the log it knows what every other reader knows, and decides alone.
//!
//! A reader keeps its own decisions until a checkpoint covers them. It compares the two, and it says when a checkpoint is
//! due: after [`STRETCH`] entries, or [`LONGEST`] milliseconds of the log's time, so that what is alive is covered however
//! slowly articles come. All readers count alike, so the writer of the entry that fills a stretch is the one that writes the
//! checkpoint; the others write only when none has come for long.
//!
//! The law: let a reader begin at any offset, and let the first entry on which it decides itself be one for which nothing
//! before its beginning is alive. Then all verdicts that it gives are those of a reader of the whole log.

use std::collections::VecDeque;

use super::checkpoint::Checkpoint;
use super::decision::{Cluster, Decision, Finding, Reference, Story};
use super::entry::Entry;
use super::verdict::Verdict;
use super::window::{Place, Window, WindowSettings};

/// Entries after which a checkpoint is due.
pub const STRETCH: usize = 512;
/// Time of the log that passes before a checkpoint, milliseconds.
pub const LONGEST: i64 = 600_000;
/// A checkpoint takes no more bytes, however long the ids are: topics take records of a megabyte, unless told otherwise.
pub const LARGEST: usize = 512 * 1024;
/// Whoever did not write the newest entry waits for so many times as much: two workers should not write the same.
const PATIENCE: usize = 3;
/// A checkpoint covers so many stretches at most: more than one when articles come faster than checkpoints come back.
const MOST_STRETCHES: usize = 8;
/// Decisions that no checkpoint covers are kept for the window, and so many stretches more.
const KEPT_STRETCHES: usize = 64;

/// When checkpoints are due, and how long they are waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Entries after which a checkpoint is due. At least 1.
    pub stretch: usize,
    /// Time of the log after which one is due, milliseconds.
    pub longest: i64,
    /// Entries that are held back at most while the reader catches up. What comes later than that is decided without its
    /// checkpoint, so this is much more than are ever on their way between a checkpoint and the last entry that it covers.
    pub held: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { stretch: STRETCH, longest: LONGEST, held: 64 * STRETCH }
    }
}

/// A reader of the log.
#[derive(Debug)]
pub struct LogReader {
    window: Window,
    pace: Pace,
    /// Offsets that the window spans.
    articles: usize,
    state: State,
    /// Decisions that no checkpoint covers yet, and the append time of each.
    uncovered: VecDeque<(u64, i64, Decision)>,
    /// First offset that no checkpoint covers.
    covered: u64,
    next: u64,
    /// A checkpoint that was asked for and has not come back.
    asked: Option<Asked>,
}

/// A checkpoint on its way to the log. It counts as lost when the log has come so far without it.
#[derive(Debug, Clone, Copy)]
struct Asked {
    end: u64,
    lost_at: u64,
    lost_from: i64,
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
        Self::with_pace(settings, first, Pace::default())
    }

    /// The same with another pace. All readers and writers of a log should have one; tests have a quick one.
    #[doc(hidden)]
    pub fn with_pace(settings: WindowSettings, first: u64, pace: Pace) -> Self {
        Self {
            articles: settings.articles,
            window: Window::new(settings),
            pace,
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
                let late = (held.len() > self.pace.held).then(|| held.pop_front()).flatten();
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
                // What a replay repeats may have left the log, and then nobody waits for it.
                None => {
                    if let Some(verdict) = self.window.replay(&entry.position, place) {
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
        if self.asked.is_some_and(|asked| asked.end <= end) {
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

    /// The checkpoint that is to be appended to the log now, if one is due; to be asked for after every record. It is asked
    /// for once: should it be lost, a later one covers its entries, too.
    pub fn due(&mut self, writer: Writer) -> Option<Checkpoint> {
        let times = match writer {
            Writer::OfNewest => 1,
            Writer::Other => PATIENCE,
        };
        let (_, oldest, _) = self.uncovered.front()?;
        let (_, newest, _) = *self.uncovered.back()?;
        let awaited = self.asked.is_some_and(|asked| self.next < asked.lost_at && newest < asked.lost_from);
        // Exactly then, so that one writer is chosen, and none writes anew with every entry while the log is slow.
        let full = self.uncovered.len() >= times * self.pace.stretch
            && self.uncovered.len().is_multiple_of(self.pace.stretch);
        let old = newest - oldest >= times as i64 * self.pace.longest;
        if awaited || !matches!(self.state, State::Live) || !(full || old) {
            return None;
        }
        let mut bytes = 0;
        let fits = |(_, _, decision): &&(u64, i64, Decision)| {
            bytes += most_bytes(decision);
            bytes <= LARGEST
        };
        let covered = self.uncovered.iter().take(MOST_STRETCHES * self.pace.stretch).take_while(fits);
        let decisions: Vec<(u64, Decision)> =
            covered.map(|(offset, _, decision)| (*offset, decision.clone())).collect();
        // Up to the next decision, so that replays and checkpoints between are covered, too.
        let end = self.uncovered.get(decisions.len()).map_or(self.next, |(offset, ..)| *offset);
        let lost_at = self.next + (MOST_STRETCHES * self.pace.stretch) as u64;
        self.asked = Some(Asked { end, lost_at, lost_from: newest + PATIENCE as i64 * self.pace.longest });
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
        // Where no checkpoint gets through, what has left the window need not be told any more. By whole stretches: `due`
        // counts them.
        if self.uncovered.len() > self.articles + KEPT_STRETCHES * self.pace.stretch {
            let gone = self.uncovered.drain(..self.pace.stretch).next_back();
            self.covered = gone.map_or(self.covered, |(offset, ..)| offset + 1);
        }
        decided(entry, verdict);
    }
}

/// The bytes that a decision takes in a checkpoint at most: numbers take ten, and an id two more than it has.
fn most_bytes(decision: &Decision) -> usize {
    let reference = |to: &Reference| 22 + to.id.len();
    let link = match &decision.finding {
        Finding::Original | Finding::Template => 0,
        Finding::Copy(link) => {
            let first = match &link.cluster {
                Cluster::Own | Cluster::Of => 0,
                Cluster::Other(first) => reference(first),
            };
            reference(&link.of) + first + 30
        }
    };
    let story = match &decision.story {
        None => 0,
        Some(Story::Own) => 10,
        Some(Story::Of(first)) => reference(first),
    };
    12 + link + story + decision.shared.len()
}

#[cfg(test)]
mod tests;

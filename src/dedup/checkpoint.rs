//! Checkpoints: what was decided on a stretch of the log, written into the log itself.
//!
//! A decision depends on earlier ones (which cluster an article is in, which phrases are bulletins'), and these on still
//! earlier ones, without end; a reader that begins in the middle of the log could not know them. So every now and then one
//! of the workers writes down what it decided ([`super::LogReader`] says when). A reader that begins later takes the
//! decisions from there instead of making them. All workers decide alike, so it does not matter whose checkpoint is read,
//! nor how often.

use super::decision::Decision;

/// The decisions on all entries of a stretch of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    first: u64,
    end: u64,
    decisions: Vec<(u64, Decision)>,
}

impl Checkpoint {
    /// Decisions in the order of their offsets, all in `first..end`; None if they are not. Offsets in that range without a
    /// decision are replays, checkpoints, or nothing.
    pub fn new(first: u64, end: u64, decisions: Vec<(u64, Decision)>) -> Option<Self> {
        let ascending = decisions.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let within = decisions.iter().all(|(offset, _)| (first..end).contains(offset));
        (ascending && within && first <= end).then_some(Self { first, end, decisions })
    }

    /// First offset, and the offset after the last one.
    pub fn range(&self) -> (u64, u64) {
        (self.first, self.end)
    }

    /// The decisions.
    pub fn decisions(&self) -> &[(u64, Decision)] {
        &self.decisions
    }

    /// The decision on the entry at an offset.
    pub fn decision(&self, offset: u64) -> Option<&Decision> {
        let at = self.decisions.binary_search_by_key(&offset, |(offset, _)| *offset).ok()?;
        Some(&self.decisions[at].1)
    }
}

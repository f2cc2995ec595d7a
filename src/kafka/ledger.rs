//! The offset ledger: what may be committed for one partition, and nothing else decides that.
//!
//! Laws, each pinned by a test in `tests/ledger_laws.rs`:
//!
//! 1. The frontier is one past the highest offset below which every charged record is settled. It never passes a
//!    record that is open or failed.
//! 2. The frontier never goes back.
//! 3. A record is charged once: a second delivery of the same offset is told apart and changes nothing.
//! 4. Settling twice, settling what was never charged, and settling what is already committed change nothing.
//! 5. Gaps between offsets (compaction, transaction markers) are no records and hold nothing.
//! 6. What is uncommitted is exactly what was charged and not yet confirmed by the broker.
//!
//! A ledger lives as long as one assignment of its partition; [`crate::kafka::ledgers`] stamps it with the
//! assignment's epoch. Settlement is idempotent, so late and repeated delivery reports do no harm.

use std::collections::VecDeque;

/// The ledger of one partition during one assignment. Offsets are Kafka's, from 0.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Charged and not yet confirmed, in ascending order of offset.
    entries: VecDeque<Entry>,
    /// How many entries at the front are settled without a break.
    settled_prefix: usize,
    /// One past the highest offset that was ever charged.
    next: Option<i64>,
    /// One past the last settled offset of the unbroken front.
    frontier: Option<i64>,
    /// What the broker said was committed.
    confirmed: Option<i64>,
    open: usize,
    bytes: u64,
}

#[derive(Debug)]
struct Entry {
    offset: i64,
    bytes: u64,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Open,
    Failed,
    Settled,
}

/// What came of charging an offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charge {
    /// A record that was not seen in this assignment.
    New {
        /// The offsets that were skipped right before it: `from..offset`. They may be harmless (see law 5) or lost.
        gap: Option<std::ops::Range<i64>>,
    },
    /// The record was delivered before in this assignment; it is in work or done.
    Again,
}

/// What came of settling an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// The record is settled, and the frontier moved to this offset.
    Moved(i64),
    /// The record is settled, and something before it is not: the frontier stands.
    Held,
    /// The record was settled before, or never charged here.
    Stale,
}

/// A number of records and their bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Records.
    pub articles: u64,
    /// Bytes of their keys and values.
    pub bytes: u64,
}

impl Ledger {
    /// A ledger whose partition starts at `start`, the committed offset, if there is one.
    pub fn starting_at(start: Option<i64>) -> Self {
        Self { next: start, confirmed: start, ..Self::default() }
    }

    /// Takes note of a delivered record.
    pub fn charge(&mut self, offset: i64, bytes: u64) -> Charge {
        if self.next.is_some_and(|next| offset < next) {
            return Charge::Again;
        }
        let gap = self.next.filter(|next| *next < offset).map(|next| next..offset);
        self.entries.push_back(Entry { offset, bytes, state: State::Open });
        self.next = Some(offset + 1);
        self.open += 1;
        self.bytes += bytes;
        Charge::New { gap }
    }

    /// The broker acknowledged the outcome of this record.
    pub fn settle(&mut self, offset: i64) -> Settlement {
        let Some(at) = self.find(offset) else { return Settlement::Stale };
        if self.entries[at].state == State::Settled {
            return Settlement::Stale;
        }
        self.entries[at].state = State::Settled;
        self.open -= 1;
        let before = self.settled_prefix;
        while self.entries.get(self.settled_prefix).is_some_and(|e| e.state == State::Settled) {
            self.settled_prefix += 1;
        }
        if self.settled_prefix == before {
            return Settlement::Held;
        }
        let frontier = self.entries[self.settled_prefix - 1].offset + 1;
        self.frontier = Some(frontier);
        Settlement::Moved(frontier)
    }

    /// The outcome of this record could not be delivered. It holds the frontier until it is settled after all.
    /// Returns false when there is nothing to fail: never charged, or settled.
    pub fn fail(&mut self, offset: i64) -> bool {
        let Some(at) = self.find(offset) else { return false };
        let entry = &mut self.entries[at];
        if entry.state == State::Settled {
            return false;
        }
        entry.state = State::Failed;
        true
    }

    /// The broker holds `committed` as this group's offset. Entries below it are forgotten, but only settled ones:
    /// an offset that somebody else committed beyond the frontier frees nothing. Returns false in that case.
    pub fn confirm(&mut self, committed: i64) -> bool {
        while self.settled_prefix > 0 && self.entries.front().is_some_and(|e| e.offset < committed) {
            if let Some(entry) = self.entries.pop_front() {
                self.bytes -= entry.bytes;
                self.settled_prefix -= 1;
            }
        }
        self.confirmed = self.confirmed.max(Some(committed));
        let limit = self.frontier.max(self.floor());
        limit.is_none_or(|limit| committed <= limit)
    }

    /// True while a record at this offset was charged and is not confirmed.
    pub fn holds(&self, offset: i64) -> bool {
        self.find(offset).is_some()
    }

    /// One past the highest offset that was delivered.
    pub fn next(&self) -> Option<i64> {
        self.next
    }

    /// The offset to commit: where the next owner must begin. None before anything was settled.
    pub fn frontier(&self) -> Option<i64> {
        self.frontier
    }

    /// The highest offset that the broker confirmed.
    pub fn confirmed(&self) -> Option<i64> {
        self.confirmed
    }

    /// Records that were charged and not settled.
    pub fn open(&self) -> usize {
        self.open
    }

    /// Records that were charged and not confirmed by the broker: what a crash would repeat.
    pub fn uncommitted(&self) -> Load {
        Load { articles: self.entries.len() as u64, bytes: self.bytes }
    }

    /// Where the broker may stand by right before anything here was settled: at the first record that is still held.
    fn floor(&self) -> Option<i64> {
        match self.entries.front() {
            Some(first) => Some(first.offset),
            None => self.next,
        }
    }

    fn find(&self, offset: i64) -> Option<usize> {
        self.entries.binary_search_by_key(&offset, |e| e.offset).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_record_holds_the_frontier_for_all_behind_it() {
        let mut ledger = Ledger::starting_at(Some(10));
        for offset in 10..13 {
            assert_eq!(ledger.charge(offset, 1), Charge::New { gap: None });
        }
        assert_eq!(ledger.settle(11), Settlement::Held);
        assert_eq!(ledger.settle(12), Settlement::Held);
        assert_eq!(ledger.frontier(), None);
        assert_eq!(ledger.settle(10), Settlement::Moved(13));
    }

    #[test]
    fn a_failed_record_holds_the_frontier_until_it_is_settled_after_all() {
        let mut ledger = Ledger::starting_at(None);
        ledger.charge(0, 1);
        ledger.charge(1, 1);
        assert!(ledger.fail(0));
        assert_eq!(ledger.settle(1), Settlement::Held);
        assert_eq!(ledger.settle(0), Settlement::Moved(2));
        assert!(!ledger.fail(0), "what is settled cannot fail");
    }

    #[test]
    fn a_gap_is_reported_and_holds_nothing() {
        let mut ledger = Ledger::starting_at(Some(5));
        assert_eq!(ledger.charge(8, 1), Charge::New { gap: Some(5..8) });
        assert_eq!(ledger.settle(8), Settlement::Moved(9));
    }

    #[test]
    fn without_a_committed_offset_the_first_record_is_no_gap() {
        assert_eq!(Ledger::starting_at(None).charge(700, 1), Charge::New { gap: None });
    }

    #[test]
    fn a_second_delivery_is_told_apart_whether_in_work_done_or_committed() {
        let mut ledger = Ledger::starting_at(Some(0));
        ledger.charge(0, 1);
        ledger.charge(1, 1);
        assert_eq!(ledger.charge(1, 1), Charge::Again);
        ledger.settle(0);
        assert_eq!(ledger.charge(0, 1), Charge::Again);
        ledger.confirm(1);
        assert_eq!(ledger.charge(0, 1), Charge::Again);
        assert_eq!(ledger.settle(0), Settlement::Stale);
    }

    #[test]
    fn uncommitted_falls_only_when_the_broker_confirms() {
        let mut ledger = Ledger::starting_at(Some(0));
        ledger.charge(0, 10);
        ledger.charge(1, 20);
        ledger.settle(0);
        assert_eq!(ledger.uncommitted(), Load { articles: 2, bytes: 30 });
        assert!(ledger.confirm(1));
        assert_eq!(ledger.uncommitted(), Load { articles: 1, bytes: 20 });
        assert_eq!(ledger.open(), 1);
    }

    #[test]
    fn a_commit_beyond_the_frontier_frees_nothing_and_is_told() {
        let mut ledger = Ledger::starting_at(Some(0));
        ledger.charge(0, 10);
        assert!(!ledger.confirm(7));
        assert_eq!(ledger.uncommitted(), Load { articles: 1, bytes: 10 });
        assert_eq!(ledger.settle(0), Settlement::Moved(1));
    }
}

//! The ledgers of all partitions that this worker owns, behind one lock, each stamped with the epoch of its assignment.
//!
//! Whatever comes late (a delivery report, an offset to store) names the assignment it belongs to, and is compared
//! with the current one under the lock. So an outcome of an assignment that is over can never move an offset of the
//! next one, even when the partition has come back to the same worker.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use super::ledger::{Charge, Ledger, Load, Settlement};

/// One assignment of one partition to this worker. Epochs ascend and are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lane {
    /// Partition of the input topic.
    pub partition: i32,
    /// Number of the assignment.
    pub epoch: u64,
}

/// What came of charging a record.
#[derive(Debug, PartialEq, Eq)]
pub enum Charged {
    /// The record is this worker's to do.
    New {
        /// Its assignment.
        lane: Lane,
        /// Offsets that were skipped before it.
        gap: Option<std::ops::Range<i64>>,
    },
    /// Delivered before in this assignment, and not committed yet: nothing to do.
    Again,
    /// Below what is committed: the topic is not the one that it was (recreated, truncated), or the group's offset is
    /// none of this topic's.
    Behind {
        /// The offset that was due.
        due: i64,
    },
    /// The partition is not assigned to this worker (any more): nothing to do.
    NotOurs,
}

/// The ledgers of a worker.
#[derive(Debug, Default)]
pub struct Ledgers {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    epoch: u64,
    open: BTreeMap<i32, Assigned>,
}

#[derive(Debug)]
struct Assigned {
    epoch: u64,
    ledger: Ledger,
    /// When the frontier or the committed offset last moved, or work began to wait for them.
    moved: Instant,
    /// Where the partition ended when the client last told.
    end: Option<i64>,
}

/// How one partition stands; for metrics, health and the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Partition of the input topic.
    pub partition: i32,
    /// See [`Ledger::frontier`].
    pub frontier: Option<i64>,
    /// See [`Ledger::confirmed`].
    pub confirmed: Option<i64>,
    /// Records of the partition that are not settled, whether they were read or not; None before its end is known.
    pub lag: Option<i64>,
    /// Records that were read and are not settled.
    pub open: usize,
    /// Records not confirmed by the broker.
    pub uncommitted: Load,
    /// Since when records wait without the frontier or the committed offset moving; None when nothing waits.
    pub waiting_since: Option<Instant>,
}

impl Assigned {
    /// Transaction markers count as records here, so a lag of a few may stay for ever.
    fn lag(&self) -> Option<i64> {
        let reached = self.ledger.frontier().max(self.ledger.confirmed())?;
        Some((self.end? - reached).max(0))
    }
}

impl Ledgers {
    /// Opens a ledger for a partition that was just assigned and returns its lane.
    pub fn assign(&self, partition: i32) -> Lane {
        let mut inner = self.lock();
        inner.epoch += 1;
        let epoch = inner.epoch;
        inner.open.insert(
            partition,
            Assigned { epoch, ledger: Ledger::default(), moved: Instant::now(), end: None },
        );
        Lane { partition, epoch }
    }

    /// Tells the ledger of a new assignment where the group stood. Must come before its first charge.
    pub fn start_at(&self, partition: i32, committed: i64) {
        if let Some(assigned) = self.lock().open.get_mut(&partition)
            && assigned.ledger.uncommitted().articles == 0
            && assigned.ledger.frontier().is_none()
        {
            assigned.ledger = Ledger::starting_at(Some(committed));
        }
    }

    /// The client tells where a partition ends.
    pub fn saw_end(&self, partition: i32, end: i64) {
        if let Some(assigned) = self.lock().open.get_mut(&partition) {
            assigned.end = Some(end);
        }
    }

    /// Closes a ledger: whatever arrives for it from now on is not ours.
    pub fn release(&self, partition: i32) {
        self.lock().open.remove(&partition);
    }

    /// Takes note of a delivered record.
    pub fn charge(&self, partition: i32, offset: i64, bytes: u64) -> Charged {
        let mut inner = self.lock();
        let Some(assigned) = inner.open.get_mut(&partition) else { return Charged::NotOurs };
        if assigned.ledger.uncommitted().articles == 0 {
            assigned.moved = Instant::now();
        }
        match assigned.ledger.charge(offset, bytes) {
            Charge::New { gap } => Charged::New { lane: Lane { partition, epoch: assigned.epoch }, gap },
            Charge::Again if assigned.ledger.holds(offset) => Charged::Again,
            Charge::Again => Charged::Behind { due: assigned.ledger.next().unwrap_or_default() },
        }
    }

    /// Settles a record of an assignment. When the frontier moves, `store` is called with it under the lock, so
    /// that stored offsets cannot overtake each other. None: the assignment is over.
    pub fn settle(&self, lane: Lane, offset: i64, store: impl FnOnce(i64)) -> Option<Settlement> {
        let mut inner = self.lock();
        let assigned = inner.open.get_mut(&lane.partition).filter(|a| a.epoch == lane.epoch)?;
        let settlement = assigned.ledger.settle(offset);
        if let Settlement::Moved(frontier) = settlement {
            assigned.moved = Instant::now();
            store(frontier);
        }
        Some(settlement)
    }

    /// Marks a record as failed: it holds the frontier.
    pub fn fail(&self, lane: Lane, offset: i64) {
        if let Some(assigned) = self.lock().open.get_mut(&lane.partition).filter(|a| a.epoch == lane.epoch) {
            assigned.ledger.fail(offset);
        }
    }

    /// The broker confirmed a commit. False when it lies beyond what this worker has settled.
    pub fn confirm(&self, partition: i32, committed: i64) -> bool {
        let mut inner = self.lock();
        let Some(assigned) = inner.open.get_mut(&partition) else { return true };
        if assigned.ledger.confirmed() < Some(committed) {
            assigned.moved = Instant::now();
        }
        assigned.ledger.confirm(committed)
    }

    /// True while this assignment is the current one.
    pub fn is_current(&self, lane: Lane) -> bool {
        self.lock().open.get(&lane.partition).is_some_and(|a| a.epoch == lane.epoch)
    }

    /// Uncommitted work over all partitions.
    pub fn uncommitted(&self) -> Load {
        self.lock().open.values().fold(Load::default(), |sum, a| {
            let load = a.ledger.uncommitted();
            Load { articles: sum.articles + load.articles, bytes: sum.bytes + load.bytes }
        })
    }

    /// How each partition stands.
    pub fn standings(&self) -> Vec<Standing> {
        let inner = self.lock();
        let standing = |(partition, a): (&i32, &Assigned)| Standing {
            partition: *partition,
            frontier: a.ledger.frontier(),
            confirmed: a.ledger.confirmed(),
            lag: a.lag(),
            open: a.ledger.open(),
            uncommitted: a.ledger.uncommitted(),
            waiting_since: (a.ledger.uncommitted().articles > 0).then_some(a.moved),
        };
        inner.open.iter().map(standing).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        // A panic while the lock is held leaves plain numbers behind, each update of which is complete in itself.
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_report_of_an_assignment_that_is_over_moves_nothing() {
        let ledgers = Ledgers::default();
        let old = ledgers.assign(3);
        assert!(matches!(ledgers.charge(3, 0, 1), Charged::New { .. }));
        ledgers.release(3);
        let new = ledgers.assign(3);
        assert_ne!(old, new);
        assert!(matches!(ledgers.charge(3, 0, 1), Charged::New { .. }));
        assert_eq!(ledgers.settle(old, 0, |_| panic!("must not store")), None);
        assert_eq!(ledgers.settle(new, 0, |frontier| assert_eq!(frontier, 1)), Some(Settlement::Moved(1)));
    }

    #[test]
    fn a_record_of_a_partition_that_was_taken_away_is_not_ours() {
        let ledgers = Ledgers::default();
        ledgers.assign(0);
        ledgers.release(0);
        assert_eq!(ledgers.charge(0, 9, 1), Charged::NotOurs);
    }

    #[test]
    fn lag_is_known_with_the_end_and_never_below_zero() {
        let ledgers = Ledgers::default();
        let lane = ledgers.assign(0);
        ledgers.start_at(0, 5);
        let lag = || ledgers.standings()[0].lag;
        assert_eq!(lag(), None);
        ledgers.saw_end(0, 8);
        assert_eq!(lag(), Some(3));
        ledgers.charge(0, 5, 1);
        ledgers.settle(lane, 5, |_| {});
        assert_eq!(lag(), Some(2));
        ledgers.saw_end(0, 4);
        assert_eq!(lag(), Some(0));
    }

    #[test]
    fn the_load_is_the_sum_over_partitions() {
        let ledgers = Ledgers::default();
        let lane = ledgers.assign(0);
        ledgers.assign(1);
        ledgers.charge(0, 0, 5);
        ledgers.charge(1, 0, 7);
        ledgers.settle(lane, 0, |_| {});
        assert_eq!(ledgers.uncommitted(), Load { articles: 2, bytes: 12 });
        assert!(ledgers.confirm(0, 1));
        assert_eq!(ledgers.uncommitted(), Load { articles: 1, bytes: 7 });
    }
}

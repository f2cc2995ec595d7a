//! Laws of the ledgers of all partitions: what is late counts for nothing, and a stored offset never goes back.

use std::collections::BTreeMap;

use copydesk::kafka::ledger::{Charge, Load, Settlement};
use copydesk::kafka::ledgers::{Charged, Lane, Ledgers};
use proptest::prelude::*;

use crate::model::Model;

#[derive(Debug, Clone)]
enum Op {
    Assign {
        partition: i32,
    },
    StartAt {
        partition: i32,
        committed: i64,
    },
    /// Revoked or lost: to the ledger it is the same.
    Release {
        partition: i32,
    },
    Deliver {
        partition: i32,
        skip: i64,
    },
    Replay {
        partition: i32,
        back: i64,
    },
    /// `age` 0 is the newest assignment of the partition, current or not.
    Settle {
        partition: i32,
        age: usize,
        back: i64,
    },
    Fail {
        partition: i32,
        age: usize,
        back: i64,
    },
    Commit {
        partition: i32,
    },
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let partition = 0i32..3;
    let age = prop_oneof![5 => Just(0usize), 1 => 1usize..3];
    let op = prop_oneof![
        2 => partition.clone().prop_map(|partition| Op::Assign { partition }),
        1 => (partition.clone(), 0i64..9).prop_map(|(partition, committed)| Op::StartAt { partition, committed }),
        1 => partition.clone().prop_map(|partition| Op::Release { partition }),
        8 => (partition.clone(), prop_oneof![4 => Just(0i64), 1 => 1i64..4])
            .prop_map(|(partition, skip)| Op::Deliver { partition, skip }),
        1 => (partition.clone(), 1i64..9).prop_map(|(partition, back)| Op::Replay { partition, back }),
        10 => (partition.clone(), age.clone(), 0i64..8)
            .prop_map(|(partition, age, back)| Op::Settle { partition, age, back }),
        1 => (partition.clone(), age, 0i64..8).prop_map(|(partition, age, back)| Op::Fail { partition, age, back }),
        2 => partition.prop_map(|partition| Op::Commit { partition }),
    ];
    prop::collection::vec(op, 0..120)
}

/// Every assignment there was, newest last, and the models of those that are not over.
#[derive(Default)]
struct World {
    ledgers: Ledgers,
    lanes: BTreeMap<i32, Vec<Lane>>,
    models: BTreeMap<i32, Model>,
    /// What `store` was given.
    stored: Vec<(Lane, i64)>,
    /// Settlements that named an assignment that was over.
    late: usize,
}

impl World {
    fn lane(&self, partition: i32, age: usize) -> Option<Lane> {
        self.lanes.get(&partition)?.iter().rev().nth(age).copied()
    }

    fn next(&self, partition: i32) -> i64 {
        self.models.get(&partition).map_or(500, Model::next)
    }

    fn charge(&mut self, partition: i32, offset: i64) -> Result<(), TestCaseError> {
        let charged = self.ledgers.charge(partition, offset, 3);
        let lane = self.lane(partition, 0);
        let expected = match (self.models.get_mut(&partition).map(|model| model.charge(offset, 3)), lane) {
            (Some(Charge::New { gap }), Some(lane)) => Charged::New { lane, gap },
            (Some(_), _) if self.models[&partition].is_uncommitted(offset) => Charged::Again,
            (Some(_), _) => Charged::Behind { due: self.next(partition) },
            (None, _) => Charged::NotOurs,
        };
        prop_assert_eq!(charged, expected);
        Ok(())
    }

    fn step(&mut self, op: &Op) -> Result<(), TestCaseError> {
        match *op {
            Op::Assign { partition } => {
                let lane = self.ledgers.assign(partition);
                let newest = self.lanes.values().flatten().map(|lane| lane.epoch).max();
                prop_assert!(Some(lane.epoch) > newest, "an epoch is never used twice");
                self.lanes.entry(partition).or_default().push(lane);
                self.models.insert(partition, Model::starting_at(None));
            }
            Op::StartAt { partition, committed } => {
                self.ledgers.start_at(partition, committed);
                if let Some(model) = self.models.get_mut(&partition).filter(|m| m.offsets().is_empty()) {
                    *model = Model::starting_at(Some(committed));
                }
            }
            Op::Release { partition } => {
                self.ledgers.release(partition);
                self.models.remove(&partition);
            }
            Op::Deliver { partition, skip } => self.charge(partition, self.next(partition) + skip)?,
            Op::Replay { partition, back } => self.charge(partition, self.next(partition) - back)?,
            Op::Settle { partition, age, back } => {
                let Some(lane) = self.lane(partition, age) else { return Ok(()) };
                let offset = self.next(partition) - back;
                let mut stored = None;
                let settled = self.ledgers.settle(lane, offset, |frontier| stored = Some(frontier));
                let current = self.ledgers.is_current(lane);
                let model = self.models.get_mut(&partition).filter(|_| age == 0);
                prop_assert_eq!(current, model.is_some());
                self.late += usize::from(!current);
                let expected = model.map(|model| model.settle(offset));
                prop_assert_eq!(settled, expected);
                let moved =
                    expected.and_then(|s| if let Settlement::Moved(to) = s { Some(to) } else { None });
                prop_assert_eq!(stored, moved, "stored exactly when the frontier moved");
                self.stored.extend(stored.map(|frontier| (lane, frontier)));
            }
            Op::Fail { partition, age, back } => {
                let Some(lane) = self.lane(partition, age) else { return Ok(()) };
                let offset = self.next(partition) - back;
                self.ledgers.fail(lane, offset);
                if let Some(model) = self.models.get_mut(&partition).filter(|_| age == 0) {
                    model.fail(offset);
                }
            }
            Op::Commit { partition } => {
                let Some(frontier) = self.models.get(&partition).and_then(Model::frontier) else {
                    return Ok(());
                };
                prop_assert!(self.ledgers.confirm(partition, frontier));
                if let Some(model) = self.models.get_mut(&partition) {
                    model.confirm(frontier);
                }
            }
        }
        Ok(())
    }

    /// The ledgers say what the models say.
    fn compare(&self) -> Result<(), TestCaseError> {
        let standings = self.ledgers.standings();
        prop_assert_eq!(
            standings.iter().map(|s| s.partition).collect::<Vec<_>>(),
            self.models.keys().copied().collect::<Vec<_>>()
        );
        let mut sum = Load::default();
        for (standing, model) in standings.iter().zip(self.models.values()) {
            prop_assert_eq!(standing.frontier, model.frontier());
            prop_assert_eq!(standing.confirmed, model.confirmed());
            prop_assert_eq!(standing.open, model.unsettled());
            prop_assert_eq!(standing.uncommitted, model.uncommitted());
            prop_assert_eq!(standing.waiting_since.is_some(), model.uncommitted().articles > 0);
            sum.articles += standing.uncommitted.articles;
            sum.bytes += standing.uncommitted.bytes;
        }
        prop_assert_eq!(self.ledgers.uncommitted(), sum);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_assignment_that_is_over_moves_nothing_and_stored_offsets_never_go_back(ops in ops()) {
        let mut world = World::default();
        for op in &ops {
            world.step(op)?;
            world.compare()?;
        }
        let mut last: BTreeMap<Lane, i64> = BTreeMap::new();
        for (lane, frontier) in &world.stored {
            let before = last.insert(*lane, *frontier);
            prop_assert!(before < Some(*frontier), "{:?}: {:?}, then {}", lane, before, frontier);
        }
        // Stored offsets of an older assignment of a partition all come before those of a newer one.
        for partition in 0..3 {
            let epochs = world.stored.iter().filter(|(lane, _)| lane.partition == partition).map(|(l, _)| l.epoch);
            prop_assert!(epochs.is_sorted());
        }
    }
}

/// A partition goes away and comes back while an outcome is under way: the report counts for neither assignment.
#[test]
fn a_late_settlement_does_not_free_the_same_offset_of_the_next_assignment() {
    let ledgers = Ledgers::default();
    let old = ledgers.assign(0);
    ledgers.charge(0, 41, 1);
    ledgers.release(0);
    let new = ledgers.assign(0);
    ledgers.start_at(0, 41);
    ledgers.charge(0, 41, 1);
    ledgers.charge(0, 42, 1);
    assert_eq!(ledgers.settle(new, 42, |_| panic!("41 is open")), Some(Settlement::Held));
    assert_eq!(ledgers.settle(old, 41, |_| panic!("that assignment is over")), None);
    ledgers.fail(old, 41);
    let mut stored = Vec::new();
    assert_eq!(ledgers.settle(new, 41, |f| stored.push(f)), Some(Settlement::Moved(43)));
    assert_eq!(stored, [43]);
}

/// The broker's answer about a start arrives once; a second one after the first delivery must not wipe the ledger.
#[test]
fn a_start_that_is_told_too_late_changes_nothing() {
    let ledgers = Ledgers::default();
    let lane = ledgers.assign(0);
    ledgers.charge(0, 7, 1);
    ledgers.start_at(0, 0);
    assert_eq!(ledgers.uncommitted(), Load { articles: 1, bytes: 1 });
    assert_eq!(ledgers.settle(lane, 7, |_| {}), Some(Settlement::Moved(8)));
}

//! The laws of the offset ledger, held against a naive model: a plain list of records that is scanned each time.
//!
//! The first part pins the six laws of `kafka::ledger`, one test for each, over any order of deliveries (with gaps,
//! repeats and lower offsets), settlements, failures and commits, those of a stranger among them. The second part does
//! the same for `kafka::ledgers`: partitions that come and go, and answers to assignments that are over.

use copydesk::kafka::ledger::{Charge, Ledger, Load, Settlement};
use proptest::prelude::*;

#[path = "ledger_laws/assignments.rs"]
mod assignments;
#[path = "ledger_laws/model.rs"]
mod model;
#[path = "ledger_laws/threads.rs"]
mod threads;

use model::{Model, Op, ops};

/// The ledger and its model, which must say the same.
struct Pair {
    ledger: Ledger,
    model: Model,
}

impl Pair {
    fn new(start: Option<i64>) -> Self {
        Self { ledger: Ledger::starting_at(start), model: Model::starting_at(start) }
    }

    /// Does one thing to both and compares the answers.
    fn step(&mut self, op: &Op) -> Result<(), TestCaseError> {
        match *op {
            Op::Deliver { skip, bytes } => {
                let offset = self.model.next() + skip;
                prop_assert_eq!(self.ledger.charge(offset, bytes), self.model.charge(offset, bytes));
            }
            Op::Replay { back } => {
                let offset = self.model.next() - back;
                prop_assert_eq!(self.ledger.charge(offset, 1), self.model.charge(offset, 1));
            }
            Op::Settle { back } => {
                let offset = self.model.next() - back;
                prop_assert_eq!(self.ledger.settle(offset), self.model.settle(offset));
            }
            Op::Fail { back } => {
                let offset = self.model.next() - back;
                prop_assert_eq!(self.ledger.fail(offset), self.model.fail(offset));
            }
            Op::Commit { back } => {
                // Our own commits, the newest or an older one that is answered late.
                if let Some(frontier) = self.model.frontier() {
                    self.model.confirm(frontier - back);
                    prop_assert!(self.ledger.confirm(frontier - back), "our own commit is no violation");
                }
            }
            Op::Stranger { back } => {
                let offset = self.model.next() - back;
                let ours = self.ledger.confirm(offset);
                self.model.confirm(offset);
                prop_assert_eq!(ours, !self.model.holds_below(offset), "commit of {}", offset);
            }
        }
        Ok(())
    }

    fn picture(&self) -> String {
        format!("{:?}", self.ledger)
    }
}

fn start() -> impl Strategy<Value = Option<i64>> {
    prop::option::of(0i64..1000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn law_1_the_frontier_is_past_the_settled_front_and_never_past_an_open_or_failed_record(
        start in start(), ops in ops(),
    ) {
        let mut pair = Pair::new(start);
        for op in &ops {
            pair.step(op)?;
            prop_assert_eq!(pair.ledger.frontier(), pair.model.frontier());
            if let Some(frontier) = pair.ledger.frontier() {
                prop_assert!(!pair.model.holds_below(frontier), "{} after {:?}", frontier, op);
            }
        }
        // Whatever happened before: once all is settled, nothing is held.
        for offset in pair.model.offsets() {
            pair.ledger.settle(offset);
        }
        let end = pair.model.offsets().last().map(|last| last + 1);
        prop_assert_eq!(pair.ledger.frontier(), end);
        prop_assert_eq!(pair.ledger.open(), 0);
    }

    #[test]
    fn law_2_the_frontier_never_goes_back(start in start(), ops in ops()) {
        let mut pair = Pair::new(start);
        let mut before = None;
        let mut told = None;
        for op in &ops {
            pair.step(op)?;
            let now = pair.ledger.frontier();
            prop_assert!(now >= before, "{:?} after {:?}, at {:?}", now, before, op);
            before = now;
        }
        for offset in pair.model.offsets() {
            if let Settlement::Moved(to) = pair.ledger.settle(offset) {
                prop_assert!(Some(to) > told && Some(to) > before, "{} is no move", to);
                told = Some(to);
            }
        }
    }

    #[test]
    fn law_3_a_second_delivery_is_told_apart_and_changes_nothing(start in start(), ops in ops(), again in 0usize..40) {
        let mut pair = Pair::new(start);
        for op in &ops {
            pair.step(op)?;
        }
        let offsets = pair.model.offsets();
        for offset in offsets.iter().cycle().skip(again).take(offsets.len()) {
            let before = pair.picture();
            prop_assert_eq!(pair.ledger.charge(*offset, 5), Charge::Again, "offset {}", offset);
            prop_assert_eq!(pair.picture(), before);
        }
        prop_assert_eq!(pair.ledger.uncommitted(), pair.model.uncommitted());
    }

    #[test]
    fn law_4_stale_settlements_change_nothing(start in start(), ops in ops()) {
        let mut pair = Pair::new(start);
        for op in &ops {
            pair.step(op)?;
        }
        // Everywhere: below the start, in gaps, committed, settled, and beyond the last delivery.
        for offset in pair.model.next() - 60..pair.model.next() + 5 {
            let before = pair.picture();
            if !pair.model.is_unsettled(offset) {
                prop_assert_eq!(pair.ledger.settle(offset), Settlement::Stale, "offset {}", offset);
                prop_assert!(!pair.ledger.fail(offset), "offset {}", offset);
                prop_assert_eq!(pair.picture(), before);
            }
        }
    }

    /// The same life on offsets without gaps and on offsets with gaps: only the numbers differ.
    #[test]
    fn law_5_gaps_are_no_records_and_hold_nothing(
        skips in prop::collection::vec(0i64..9, 1..30),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let (mut dense, mut sparse) = (Ledger::starting_at(Some(0)), Ledger::starting_at(Some(0)));
        let mut offsets = Vec::new();
        let mut next = 0;
        for skip in &skips {
            let offset = next + skip;
            let gap = (*skip > 0).then_some(next..offset);
            prop_assert_eq!(sparse.charge(offset, 1), Charge::New { gap });
            dense.charge(offsets.len() as i64, 1);
            offsets.push(offset);
            next = offset + 1;
        }
        let there = |dense: i64| usize::try_from(dense - 1).ok().and_then(|n| offsets.get(n)).map(|o| o + 1);
        for pick in &order {
            let number = pick.index(offsets.len());
            match (dense.settle(number as i64), sparse.settle(offsets[number])) {
                (Settlement::Moved(a), Settlement::Moved(b)) => prop_assert_eq!(there(a), Some(b)),
                (a, b) => prop_assert_eq!(a, b),
            }
            prop_assert_eq!(dense.frontier().and_then(there), sparse.frontier());
            prop_assert_eq!(
                (dense.open(), dense.uncommitted()),
                (sparse.open(), sparse.uncommitted())
            );
        }
    }

    #[test]
    fn law_6_uncommitted_is_what_was_charged_and_not_confirmed(start in start(), ops in ops()) {
        let mut pair = Pair::new(start);
        for op in &ops {
            pair.step(op)?;
            prop_assert_eq!(pair.ledger.uncommitted(), pair.model.uncommitted(), "after {:?}", op);
            prop_assert_eq!(pair.ledger.open(), pair.model.unsettled());
            prop_assert_eq!(pair.ledger.confirmed(), pair.model.confirmed());
        }
        // With all settled and one commit nothing is left, and not a byte is miscounted.
        for offset in pair.model.offsets() {
            pair.ledger.settle(offset);
        }
        if let Some(frontier) = pair.ledger.frontier() {
            prop_assert!(pair.ledger.confirm(frontier));
        }
        prop_assert_eq!(pair.ledger.uncommitted(), Load::default());
    }
}

/// The operations reach what they are made for; else the laws above would hold for nothing.
#[test]
fn the_random_lives_are_rich() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut gaps, mut held, mut late, mut failed) = (0, 0, 0, 0);
    for _ in 0..100 {
        let life = ops().new_tree(&mut runner).unwrap_or_else(|error| panic!("{error}")).current();
        let mut model = Model::starting_at(Some(7));
        for op in &life {
            match *op {
                Op::Deliver { skip, bytes } => {
                    gaps += i32::from(skip > 0);
                    model.charge(model.next() + skip, bytes);
                }
                Op::Settle { back } => {
                    let offset = model.next() - back;
                    let after_all = model.is_failed(offset);
                    held += i32::from(model.settle(offset) == Settlement::Held);
                    late += i32::from(after_all);
                }
                Op::Fail { back } => failed += i32::from(model.fail(model.next() - back)),
                _ => {}
            }
        }
    }
    assert!(gaps > 100 && held > 100 && late > 15 && failed > 100, "{gaps} {held} {late} {failed}");
}

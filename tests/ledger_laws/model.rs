//! The naive model: every record that was ever charged, with its state. All answers come from a scan of that list.

use copydesk::kafka::ledger::{Charge, Load, Settlement};
use proptest::prelude::*;

/// Something that happens to the ledger of one partition. `back` counts from one past the last delivered offset.
#[derive(Debug, Clone)]
pub enum Op {
    /// The next record, behind a gap of `skip` offsets.
    Deliver {
        skip: i64,
        bytes: u64,
    },
    /// An offset below the next one: delivered before, or in a gap.
    Replay {
        back: i64,
    },
    Settle {
        back: i64,
    },
    Fail {
        back: i64,
    },
    /// The answer to a commit of the frontier; with `back`, to an older one.
    Commit {
        back: i64,
    },
    /// Somebody else commits, below the frontier or beyond it.
    Stranger {
        back: i64,
    },
}

/// A life of up to 80 operations. Offsets stay close together, so that operations meet the same records.
pub fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        6 => (prop_oneof![4 => Just(0i64), 1 => 1i64..6], 0u64..100)
            .prop_map(|(skip, bytes)| Op::Deliver { skip, bytes }),
        2 => (1i64..20).prop_map(|back| Op::Replay { back }),
        8 => (-1i64..12).prop_map(|back| Op::Settle { back }),
        3 => (-1i64..12).prop_map(|back| Op::Fail { back }),
        2 => prop_oneof![3 => Just(0i64), 1 => 1i64..5].prop_map(|back| Op::Commit { back }),
        1 => (-3i64..12).prop_map(|back| Op::Stranger { back }),
    ];
    prop::collection::vec(op, 0..80)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Failed,
    Settled,
}

#[derive(Debug, Clone)]
struct Charged {
    offset: i64,
    bytes: u64,
    state: State,
    confirmed: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    start: Option<i64>,
    records: Vec<Charged>,
    confirmed: Option<i64>,
}

impl Model {
    pub fn starting_at(start: Option<i64>) -> Self {
        Self { start, records: Vec::new(), confirmed: start }
    }

    /// The offset of a record without a gap before it; some offset for the very first one.
    pub fn next(&self) -> i64 {
        self.records.last().map(|r| r.offset + 1).or(self.start).unwrap_or(500)
    }

    pub fn offsets(&self) -> Vec<i64> {
        self.records.iter().map(|r| r.offset).collect()
    }

    pub fn charge(&mut self, offset: i64, bytes: u64) -> Charge {
        let below_start = self.start.is_some_and(|start| offset < start);
        if below_start || self.records.iter().any(|r| r.offset >= offset) {
            return Charge::Again;
        }
        let expected = self.records.last().map(|r| r.offset + 1).or(self.start);
        let gap = expected.filter(|expected| *expected != offset).map(|expected| expected..offset);
        self.records.push(Charged { offset, bytes, state: State::Open, confirmed: false });
        Charge::New { gap }
    }

    pub fn settle(&mut self, offset: i64) -> Settlement {
        let before = self.frontier();
        match self.records.iter_mut().find(|r| r.offset == offset) {
            Some(record) if record.state != State::Settled => record.state = State::Settled,
            _ => return Settlement::Stale,
        }
        match self.frontier() {
            Some(frontier) if self.frontier() != before => Settlement::Moved(frontier),
            _ => Settlement::Held,
        }
    }

    pub fn fail(&mut self, offset: i64) -> bool {
        match self.records.iter_mut().find(|r| r.offset == offset) {
            Some(record) if record.state != State::Settled => {
                record.state = State::Failed;
                true
            }
            _ => false,
        }
    }

    /// The broker holds this offset: it confirms what lies below it, but nothing that is not settled, and nothing
    /// behind such a record.
    pub fn confirm(&mut self, committed: i64) {
        let frontier = self.frontier();
        for record in &mut self.records {
            if record.offset < committed && frontier.is_some_and(|frontier| record.offset < frontier) {
                record.confirmed = true;
            }
        }
        self.confirmed = self.confirmed.max(Some(committed));
    }

    pub fn confirmed(&self) -> Option<i64> {
        self.confirmed
    }

    pub fn frontier(&self) -> Option<i64> {
        self.records.iter().take_while(|r| r.state == State::Settled).last().map(|r| r.offset + 1)
    }

    /// Whether a record below this offset, delivered or still to come, is not settled.
    pub fn holds_below(&self, offset: i64) -> bool {
        let delivered = self.records.iter().any(|r| r.offset < offset && r.state != State::Settled);
        let known = !self.records.is_empty() || self.start.is_some();
        delivered || (known && offset > self.next())
    }

    pub fn uncommitted(&self) -> Load {
        let waiting = self.records.iter().filter(|r| !r.confirmed);
        waiting
            .fold(Load::default(), |sum, r| Load { articles: sum.articles + 1, bytes: sum.bytes + r.bytes })
    }

    pub fn unsettled(&self) -> usize {
        self.records.iter().filter(|r| r.state != State::Settled).count()
    }

    pub fn is_uncommitted(&self, offset: i64) -> bool {
        self.records.iter().any(|r| r.offset == offset && !r.confirmed)
    }

    pub fn is_unsettled(&self, offset: i64) -> bool {
        self.records.iter().any(|r| r.offset == offset && r.state != State::Settled)
    }

    pub fn is_failed(&self, offset: i64) -> bool {
        self.records.iter().any(|r| r.offset == offset && r.state == State::Failed)
    }
}

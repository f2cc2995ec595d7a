//! A lane: the articles of one partition in work, in order. Steps may finish in any order; entries go to the sketch
//! log, and outcomes leave, in the order in which the articles came.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam_channel::Sender;

use crate::article::Record;
use crate::kafka::delivery::Parcel;
use crate::kafka::ledgers::Lane;
use crate::stage::{Outcome, Prepared, PreparedArticle};

/// One article of a lane.
#[derive(Debug)]
pub struct Slot {
    /// The raw record.
    pub record: Arc<Record>,
    /// How far it is.
    pub step: Step,
}

/// How far an article is.
#[derive(Debug)]
pub enum Step {
    /// Not begun.
    Waiting,
    /// In the pool for the first half.
    Preparing,
    /// The first half is done; its turn at the sketch log has not come.
    Prepared(Prepared),
    /// Its entry is in the sketch log.
    Deciding(Box<PreparedArticle>),
    /// In the pool for the second half.
    Finishing,
    /// The outcome waits for its turn to leave.
    Done(Outcome),
    /// The outcome was refused by a full queue.
    Outgoing(Box<Parcel>),
}

/// The lane of one assignment.
#[derive(Debug)]
pub struct LaneWork {
    /// Which assignment.
    pub lane: Lane,
    /// Articles in work, ascending by offset.
    pub slots: VecDeque<Slot>,
    /// Index of the first slot that was not begun.
    pub unprepared: usize,
    /// Index of the first slot whose turn at the sketch log has not come.
    pub undecided: usize,
    /// Parcels that the broker has not answered.
    pub in_delivery: usize,
    /// Dead letters without another outcome between them.
    pub dead_run: u32,
    /// Dropped when nothing is in work any more; while it is there, nothing is begun.
    pub drained: Option<Sender<()>>,
}

impl LaneWork {
    /// An empty lane.
    pub fn new(lane: Lane) -> Self {
        Self {
            lane,
            slots: VecDeque::new(),
            unprepared: 0,
            undecided: 0,
            in_delivery: 0,
            dead_run: 0,
            drained: None,
        }
    }

    /// A record is in line.
    pub fn push(&mut self, record: Record) {
        self.slots.push_back(Slot { record: Arc::new(record), step: Step::Waiting });
    }

    /// The slot of an offset.
    pub fn slot(&mut self, offset: i64) -> Option<&mut Slot> {
        let at = self.slots.binary_search_by_key(&offset, |slot| slot.record.position.offset).ok()?;
        self.slots.get_mut(at)
    }

    /// Takes the first slot out.
    pub fn pop(&mut self) -> Option<Slot> {
        let slot = self.slots.pop_front()?;
        self.unprepared = self.unprepared.saturating_sub(1);
        self.undecided = self.undecided.saturating_sub(1);
        Some(slot)
    }

    /// Drops what was not begun; its next owner reads it again.
    pub fn drop_waiting(&mut self) {
        self.slots.truncate(self.unprepared);
    }

    /// Drops all that has not been handed to the producer.
    pub fn drop_all(&mut self) {
        self.slots.clear();
        (self.unprepared, self.undecided) = (0, 0);
    }

    /// True when nothing is in work.
    pub fn is_idle(&self) -> bool {
        self.slots.is_empty() && self.in_delivery == 0
    }
}

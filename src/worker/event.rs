//! What the desk hears.

use crossbeam_channel::Sender;

use crate::article::Record;
use crate::dedup::Verdict;
use crate::kafka::delivery::Delivered;
use crate::kafka::ledgers::Lane;
use crate::kafka::rebalance::Change;
use crate::kafka::sketch_log::LogError;
use crate::stage::{Outcome, Prepared};

/// One article in work. The epoch inside makes an answer to an assignment that is over fall on no slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkId {
    /// The assignment.
    pub lane: Lane,
    /// The raw record's offset.
    pub offset: i64,
}

/// All that can happen to the desk.
pub enum Event {
    /// A charged record.
    Record(Lane, Record),
    /// The pool has parsed, repaired and sketched it.
    Prepared(WorkId, Prepared),
    /// The sketch log has decided.
    Verdict(WorkId, Verdict),
    /// The pool has made the outcome.
    Finished(WorkId, Outcome),
    /// The broker has answered.
    Delivered(Delivered),
    /// Partitions come or go.
    Change(Change),
    /// The sketch log cannot go on.
    LogBroken(LogError),
    /// Finish what is begun, begin nothing, and answer when it is done.
    Drain(Sender<()>),
    /// Nothing comes any more.
    End,
}

//! The one way out. Outcomes, dead letters and offsets leave the worker through [`Delivery`] and nowhere else.
//!
//! [`crate::kafka::at_least_once`] implements it by a delivery report per record; a transactional implementation puts
//! records and offsets into one transaction. The worker cannot tell them apart: it hands parcels over in the order of
//! each partition and hears what became of them.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::error::KafkaError;

use super::ledgers::Lane;
use crate::article::Record;

/// A record to be produced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutRecord {
    /// Destination.
    pub topic: Arc<str>,
    /// Key bytes; None has no key.
    pub key: Option<Vec<u8>>,
    /// Value bytes; None is a tombstone.
    pub value: Option<Vec<u8>>,
    /// Headers in order.
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    /// Milliseconds since the epoch: the raw record's time, never the clock.
    pub timestamp: Option<i64>,
}

/// The outcome of one raw record, on its way out.
#[derive(Debug)]
pub struct Parcel {
    /// Assignment under which the raw record was read.
    pub lane: Lane,
    /// The raw record; kept so that it can still become a dead letter when its outcome is refused.
    pub source: Arc<Record>,
    /// What is produced; None settles the raw record without one (a copy under `dedup.copies = "drop"`).
    pub record: Option<OutRecord>,
    /// What it is, for counting.
    pub kind: ParcelKind,
}

/// What a parcel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParcelKind {
    /// An enriched article.
    Enriched,
    /// A tombstone that is passed on.
    Tombstone,
    /// A dead letter.
    DeadLetter,
    /// Nothing: a copy that is not wanted.
    Dropped,
}

impl ParcelKind {
    /// The name in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enriched => "enriched",
            Self::Tombstone => "tombstone",
            Self::DeadLetter => "deadLetter",
            Self::Dropped => "dropped",
        }
    }
}

/// What became of a parcel.
#[derive(Debug)]
pub enum Delivered {
    /// Acknowledged by the broker (or nothing to produce), and settled in the ledger.
    Settled {
        /// Its assignment.
        lane: Lane,
        /// The raw record's offset.
        offset: i64,
        /// What it was.
        kind: ParcelKind,
    },
    /// The broker refuses a record of this size. The raw record is not settled.
    TooLarge(Box<Parcel>),
    /// It could not be delivered, and trying again is of no use to this process. The ledger holds the frontier.
    Failed {
        /// Its assignment.
        lane: Lane,
        /// The raw record's offset.
        offset: i64,
        /// Why.
        error: KafkaError,
    },
}

/// Hands outcomes to Kafka and offsets with them.
pub trait Delivery: Send + Sync {
    /// Takes a parcel. Parcels of one lane must come in the order of their offsets.
    ///
    /// # Errors
    /// The parcel itself, when no more can be taken at the moment: hand it over again later.
    fn submit(&self, parcel: Parcel) -> Result<(), Box<Parcel>>;

    /// Sends off what is waiting and hears the last reports, for at most so long. Returns how many parcels were
    /// still under way when the time was up.
    fn flush(&self, deadline: Duration) -> usize;
}

/// Where reports go.
pub type Report = Box<dyn Fn(Delivered) + Send + Sync>;

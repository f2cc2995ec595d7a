//! What librdkafka tells of the sketch log outside any call: failed deliveries, the log's end, errors.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rdkafka::client::ClientContext;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError;
use rdkafka::message::DeliveryResult;
use rdkafka::producer::ProducerContext;
use rdkafka::statistics::Statistics;

use crate::article::Position;
use crate::kafka::client::log_client_error;
use crate::telemetry::RateLimit;

/// What was sent.
#[derive(Debug)]
pub(super) enum Sent {
    /// The entry of the article at this position.
    Entry(Position),
    /// A checkpoint.
    Checkpoint,
}

/// The producer's context. Of entries only failures of delivery matter: success shows when they are read back.
#[derive(Default)]
pub(super) struct Reports {
    /// Entries that were not delivered.
    pub lost: Arc<Mutex<Vec<Position>>>,
    /// Checkpoints that were delivered.
    pub checkpoints: Arc<AtomicU64>,
    errors: RateLimit,
}

impl ClientContext for Reports {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }
}

impl ProducerContext for Reports {
    type DeliveryOpaque = Box<Sent>;

    fn delivery(&self, result: &DeliveryResult<'_>, sent: Box<Sent>) {
        match (*sent, result) {
            (Sent::Entry(_), Ok(_)) => {}
            (Sent::Checkpoint, Ok(_)) => {
                self.checkpoints.fetch_add(1, Ordering::Relaxed);
            }
            (Sent::Entry(position), Err((error, _))) => {
                log_client_error(&self.errors, error, "an entry was not delivered");
                self.lost.lock().unwrap_or_else(PoisonError::into_inner).push(position);
            }
            (Sent::Checkpoint, Err((error, _))) => {
                log_client_error(
                    &self.errors,
                    error,
                    "a checkpoint was not delivered; a later one covers it",
                );
            }
        }
    }
}

/// The log's end as the reader's fetches show it: librdkafka tells it with its statistics, so it costs no question to the
/// broker.
#[derive(Debug, Clone)]
pub(super) struct End(Arc<AtomicI64>);

impl End {
    /// One past the last offset; None before it was seen.
    pub fn get(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|end| *end >= 0)
    }

    /// The end is at least here.
    pub fn at_least(&self, end: i64) {
        self.0.fetch_max(end, Ordering::Relaxed);
    }
}

/// The reader's context.
pub(super) struct Ends {
    /// Where the log ends.
    pub end: End,
    errors: RateLimit,
}

impl Default for Ends {
    fn default() -> Self {
        Self { end: End(Arc::new(AtomicI64::new(-1))), errors: RateLimit::default() }
    }
}

impl ClientContext for Ends {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }

    fn stats(&self, statistics: Statistics) {
        for partition in statistics.topics.values().flat_map(|topic| topic.partitions.values()) {
            // librdkafka lists a partition -1 of entries that have none, and a negative offset is not known.
            if partition.partition >= 0 {
                self.end.at_least(partition.hi_offset);
            }
        }
    }
}

impl ConsumerContext for Ends {}

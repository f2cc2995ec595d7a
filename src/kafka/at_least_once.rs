//! At-least-once delivery: an idempotent producer, a delivery report for each record, and then, never before, the
//! settlement in the ledger and the stored offset.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use rdkafka::client::ClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::DeliveryResult;
use rdkafka::producer::{BaseRecord, NoCustomPartitioner, Producer, ProducerContext, ThreadedProducer};

use super::client::{self, log_client_error};
use super::delivery::{Delivered, Delivery, Parcel, Report};
use super::headers;
use super::ledgers::{Lane, Ledgers};
use super::rebalance::GroupContext;
use super::route::Routes;
use crate::config::KafkaSettings;
use crate::metrics::Metrics;
use crate::telemetry::RateLimit;

/// See the module.
pub struct AtLeastOnce {
    producer: ThreadedProducer<Context, NoCustomPartitioner>,
    routes: Routes,
    settle: Arc<Settle>,
}

/// Where the offsets of settled records go.
pub struct Offsets {
    /// The ledgers, which say how far an offset may go.
    pub ledgers: Arc<Ledgers>,
    /// The group's consumer, which stores it. Weak, because it must be dropped by the poll thread, which serves its
    /// callbacks.
    pub consumer: Weak<BaseConsumer<GroupContext>>,
    /// The input topic.
    pub input: Arc<str>,
}

/// What happens after a delivery report.
struct Settle {
    offsets: Offsets,
    report: Report,
    metrics: Arc<Metrics>,
    under_way: AtomicUsize,
}

struct Context {
    settle: Arc<Settle>,
    errors: RateLimit,
}

impl AtLeastOnce {
    /// Creates the producer. `outputs` are the topics that outcomes go to, `record_limit` the smallest size of a record
    /// that one of them takes, where it is known.
    ///
    /// # Errors
    /// When librdkafka refuses the configuration, or the cluster does not answer.
    pub fn new(
        kafka: &KafkaSettings,
        outputs: &[Arc<str>],
        record_limit: Option<usize>,
        offsets: Offsets,
        metrics: Arc<Metrics>,
        report: Report,
    ) -> Result<Self, KafkaError> {
        let settle = Arc::new(Settle { offsets, report, metrics, under_way: AtomicUsize::new(0) });
        let context = Context { settle: settle.clone(), errors: RateLimit::default() };
        let producer: ThreadedProducer<Context> =
            client::producer(kafka, "out", record_limit).create_with_context(context)?;
        let routes = Routes::ask(producer.client(), outputs)?;
        Ok(Self { producer, routes, settle })
    }
}

impl Delivery for AtLeastOnce {
    fn submit(&self, mut parcel: Parcel) -> Result<(), Box<Parcel>> {
        let Some(record) = parcel.record.take() else {
            // Nothing to wait for: the ledger keeps the order with what is still under way before it.
            self.settle.delivered(parcel);
            return Ok(());
        };
        self.settle.under_way.fetch_add(1, Ordering::Relaxed);
        let partition = self.routes.partition(&record, parcel.lane.partition);
        let headers = headers::to_kafka(&record.headers);
        let mut out = BaseRecord::<[u8], [u8], Box<Parcel>>::with_opaque_to(&record.topic, Box::new(parcel))
            .headers(headers);
        out.key = record.key.as_deref();
        out.payload = record.value.as_deref();
        out.timestamp = record.timestamp;
        out.partition = partition;
        match self.producer.send(out) {
            Ok(()) => Ok(()),
            Err((error, refused)) => {
                self.settle.under_way.fetch_sub(1, Ordering::Relaxed);
                let parcel = Parcel { record: None, ..*refused.delivery_opaque };
                match error.rdkafka_error_code() {
                    Some(RDKafkaErrorCode::QueueFull) => {
                        Err(Box::new(Parcel { record: Some(record), ..parcel }))
                    }
                    _ => {
                        self.settle.failed(parcel, error);
                        Ok(())
                    }
                }
            }
        }
    }

    fn flush(&self, deadline: Duration) -> usize {
        let end = Instant::now() + deadline;
        // The producer's own thread serves the reports; librdkafka's flush only ends the linger. Its slices are 100 ms.
        while self.settle.under_way.load(Ordering::Acquire) > 0 && Instant::now() < end {
            let _ = self.producer.flush(Duration::from_millis(100).min(end - Instant::now()));
        }
        self.settle.under_way.load(Ordering::Acquire)
    }
}

impl Settle {
    fn delivered(&self, parcel: Parcel) {
        let offset = parcel.source.position.offset;
        let settled =
            self.offsets.ledgers.settle(parcel.lane, offset, |frontier| self.store(parcel.lane, frontier));
        if settled.is_none() {
            self.metrics.stale_settlements.inc();
        }
        (self.report)(Delivered::Settled { lane: parcel.lane, offset, kind: parcel.kind });
    }

    /// librdkafka refuses a partition that is not ours (any more), which is how an offset cannot reach the next
    /// owner's ground; near a rebalance that is expected.
    fn store(&self, lane: Lane, frontier: i64) {
        let Some(consumer) = self.offsets.consumer.upgrade() else { return };
        // `store_offset` takes the last finished offset and stores the next one.
        if let Err(error) = consumer.store_offset(&self.offsets.input, lane.partition, frontier - 1) {
            self.metrics.refused_stores.inc();
            tracing::debug!(partition = lane.partition, frontier, %error, "offset not stored: the partition is not ours");
        }
    }

    fn failed(&self, parcel: Parcel, error: KafkaError) {
        if error.rdkafka_error_code() == Some(RDKafkaErrorCode::MessageSizeTooLarge) {
            (self.report)(Delivered::TooLarge(Box::new(parcel)));
            return;
        }
        let offset = parcel.source.position.offset;
        self.offsets.ledgers.fail(parcel.lane, offset);
        (self.report)(Delivered::Failed { lane: parcel.lane, offset, error });
    }
}

impl ClientContext for Context {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = Box<Parcel>;

    fn delivery(&self, result: &DeliveryResult<'_>, parcel: Box<Parcel>) {
        match result {
            Ok(_) => self.settle.delivered(*parcel),
            Err((error, _)) => self.settle.failed(*parcel, error.clone()),
        }
        self.settle.under_way.fetch_sub(1, Ordering::Release);
    }
}

//! Puts records on a topic and knows when the broker has them all: for replayed dead letters and for samples.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::client::ClientContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::DeliveryResult;
use rdkafka::producer::{BaseRecord, NoCustomPartitioner, Producer, ProducerContext, ThreadedProducer};

use super::client::{self, log_client_error};
use super::headers;
use crate::article::Record;
use crate::config::KafkaSettings;
use crate::telemetry::RateLimit;

/// A producer that keeps count.
pub struct Resender {
    producer: ThreadedProducer<Context, NoCustomPartitioner>,
    topic: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    under_way: AtomicU64,
    error: Mutex<Option<KafkaError>>,
}

struct Context {
    state: Arc<State>,
    errors: RateLimit,
}

impl Resender {
    /// Connects.
    ///
    /// # Errors
    /// When librdkafka refuses the configuration.
    pub fn connect(kafka: &KafkaSettings, topic: &str) -> Result<Self, KafkaError> {
        let state = Arc::new(State::default());
        let context = Context { state: state.clone(), errors: RateLimit::default() };
        let producer = client::producer(kafka, "feed", None).create_with_context(context)?;
        Ok(Self { producer, topic: topic.to_owned(), state })
    }

    /// Sends a record's key, value, headers and timestamp; its position is where it came from and counts for nothing.
    /// Waits while the producer's queue is full.
    ///
    /// # Errors
    /// Of this record, or of an earlier one that the broker refused.
    pub fn send(&self, record: &Record) -> Result<(), KafkaError> {
        self.failed()?;
        let headers = headers::to_kafka(&record.headers);
        let mut out = BaseRecord::<[u8], [u8]>::to(&self.topic).headers(headers);
        out.key = record.key.as_deref();
        out.payload = record.value.as_deref();
        out.timestamp = record.timestamp;
        self.state.under_way.fetch_add(1, Ordering::AcqRel);
        loop {
            match self.producer.send(out) {
                Ok(()) => return Ok(()),
                Err((error, again)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull) => {
                    let _ = self.producer.flush(Duration::from_millis(100));
                    out = again;
                }
                Err((error, _)) => {
                    self.state.under_way.fetch_sub(1, Ordering::AcqRel);
                    return Err(error);
                }
            }
        }
    }

    /// Waits until the broker has them all.
    ///
    /// # Errors
    /// Of the first record that the broker refused, or when the time is over.
    pub fn finish(&self, within: Duration) -> Result<(), KafkaError> {
        let end = Instant::now() + within;
        while self.state.under_way.load(Ordering::Acquire) > 0 {
            if Instant::now() >= end {
                return Err(KafkaError::Flush(RDKafkaErrorCode::OperationTimedOut));
            }
            let _ = self.producer.flush(Duration::from_millis(100));
        }
        self.failed()
    }

    fn failed(&self) -> Result<(), KafkaError> {
        let error = self.state.error.lock().unwrap_or_else(PoisonError::into_inner);
        error.clone().map_or(Ok(()), Err)
    }
}

impl ClientContext for Context {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        if let Err((error, _)) = result {
            let mut first = self.state.error.lock().unwrap_or_else(PoisonError::into_inner);
            first.get_or_insert_with(|| error.clone());
        }
        self.state.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

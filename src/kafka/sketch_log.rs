//! The sketch log in Kafka: one topic with one partition, to which every worker appends and which every worker reads.
//!
//! A verdict is never given from local state: the entry is appended, the reader meets it in the log's order, and the
//! window answers from what stands before it. That is one produce and fetch, pipelined.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rdkafka::client::ClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{DeliveryResult, Message};
use rdkafka::producer::{BaseRecord, NoCustomPartitioner, Producer, ProducerContext, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::client::{self, PlainContext, log_client_error};
use crate::article::Position;
use crate::config::KafkaSettings;
use crate::dedup::{self, Entry, Place, SketchLog, Submitted, Verdict, Window, WindowSettings, WireError};
use crate::metrics::Metrics;
use crate::telemetry::RateLimit;

const PARTITION: i32 = 0;
const POLL: Duration = Duration::from_millis(100);
/// Between two looks at the articles that wait.
const LOOK: Duration = Duration::from_secs(1);
/// A verdict takes milliseconds.
const OVERDUE: Duration = Duration::from_secs(10);
const ASK: Duration = Duration::from_secs(5);

/// Why a worker cannot go on with this log. All of these would make its verdicts differ from the others'.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A client could not be made, or gave up.
    #[error("the sketch log's client failed: {0}")]
    Client(#[from] KafkaError),
    /// A bug. The panic was logged where it happened.
    #[error("the sketch log's reader panicked")]
    Panicked,
    /// librdkafka gave up on the producer.
    #[error("the sketch log's producer failed for good: {0}")]
    Producer(String),
    /// Entries vanished before they were read.
    #[error(
        "sketch log {topic}: entries {from} to {to} were gone before this worker read them, so its verdicts would differ \
         from other workers'. Restart it; if that happens again, raise the topic's retention.ms and retention.bytes"
    )]
    Gap {
        /// The log's topic.
        topic: String,
        /// First missing offset.
        from: i64,
        /// Last missing offset.
        to: i64,
    },
    /// Retention overtook the reader.
    #[error(
        "sketch log {topic}: this worker fell behind the log's retention ({reason}). Restart it; if that happens again, raise the topic's retention"
    )]
    Behind {
        /// The log's topic.
        topic: String,
        /// As the broker said it.
        reason: String,
    },
    /// Something in the log is not an entry of this version.
    #[error("sketch log {topic}, offset {offset}: {error}")]
    Foreign {
        /// The log's topic.
        topic: String,
        /// Where.
        offset: i64,
        /// What is wrong with it.
        error: WireError,
    },
}

/// Takes verdicts, and the end of the log if it comes to that.
pub struct Replies<T> {
    /// A verdict for a ticket.
    pub verdict: Box<dyn Fn(T, Verdict) + Send + Sync>,
    /// The reader stopped.
    pub broken: Box<dyn Fn(LogError) + Send + Sync>,
}

/// How far the reader is; for `/readyz` and the start-up log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Entries read since the start.
    pub read: u64,
    /// Entries that were in the log at the start; None before the broker said so.
    pub retained: Option<u64>,
    /// All that was in the log at the start is read.
    pub caught_up: bool,
}

/// See the module. `T` is what the caller wants back with a verdict.
pub struct KafkaSketchLog<T: Send + 'static> {
    shared: Arc<Shared<T>>,
    reader: Mutex<Option<JoinHandle<()>>>,
}

struct Shared<T> {
    topic: String,
    state: Mutex<State<T>>,
    replies: Replies<T>,
    producer: ThreadedProducer<Context, NoCustomPartitioner>,
    lost: Arc<Mutex<Vec<Position>>>,
    stop: AtomicBool,
    metrics: Arc<Metrics>,
    errors: RateLimit,
}

struct State<T> {
    window: Window,
    // Looked up by position only, never walked.
    waiting: HashMap<Position, Waiting<T>>,
    progress: Progress,
}

struct Waiting<T> {
    tickets: Vec<T>,
    bytes: Vec<u8>,
    since: Instant,
}

impl<T: Send + 'static> KafkaSketchLog<T> {
    /// Connects and begins to read the retained part of the log.
    ///
    /// # Errors
    /// When librdkafka refuses the configuration.
    pub fn start(
        kafka: &KafkaSettings,
        topic: &str,
        window: WindowSettings,
        metrics: Arc<Metrics>,
        replies: Replies<T>,
    ) -> Result<Self, KafkaError> {
        let lost = Arc::new(Mutex::new(Vec::new()));
        let context = Context { lost: lost.clone(), errors: RateLimit::default() };
        // An article waits for its entry, so entries do not wait for company.
        let producer =
            client::producer(kafka, "sketches", None).set("linger.ms", "1").create_with_context(context)?;
        let consumer: BaseConsumer<PlainContext> =
            client::reader(kafka, "sketches").create_with_context(PlainContext::default())?;
        let shared = Arc::new(Shared {
            topic: topic.to_owned(),
            state: Mutex::new(State {
                window: Window::new(window),
                waiting: HashMap::new(),
                progress: Progress::default(),
            }),
            replies,
            producer,
            lost,
            stop: AtomicBool::new(false),
            metrics,
            errors: RateLimit::default(),
        });
        let reading = shared.clone();
        let thread = std::thread::Builder::new().name("copydesk-log".into());
        let reader = thread
            .spawn(move || {
                let ended = catch_unwind(AssertUnwindSafe(|| reading.read(&consumer)));
                if let Err(error) = ended.unwrap_or(Err(LogError::Panicked)) {
                    (reading.replies.broken)(error);
                }
            })
            .map_err(|error| KafkaError::ClientCreation(format!("no thread for the sketch log: {error}")))?;
        Ok(Self { shared, reader: Mutex::new(Some(reader)) })
    }

    /// How far the reader is.
    pub fn progress(&self) -> Progress {
        self.shared.lock().progress
    }
}

impl<T: Send + 'static> Drop for KafkaSketchLog<T> {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(reader) = reader {
            // A panic of the reader has been logged by the panic hook.
            let _ = reader.join();
        }
    }
}

impl<T: Send + 'static> SketchLog<T> for KafkaSketchLog<T> {
    fn submit(&self, entry: &Entry, ticket: T) -> Submitted<T> {
        let mut state = self.shared.lock();
        // A replay: the first verdict stands, and the log need not hear of it again.
        if let Some(verdict) = state.window.known(&entry.position) {
            return Submitted::Decided(ticket, verdict);
        }
        if let Some(waiting) = state.waiting.get_mut(&entry.position) {
            waiting.tickets.push(ticket);
            return Submitted::Pending;
        }
        let bytes = dedup::encode(entry);
        // The lock is held over the send: the reader must not meet the entry before the ticket waits for it, and a
        // full queue must leave no trace.
        match self.shared.send(&entry.position, &bytes) {
            Ok(()) => {
                let waiting = Waiting { tickets: vec![ticket], bytes, since: Instant::now() };
                state.waiting.insert(entry.position.clone(), waiting);
                self.shared.metrics.sketch_log(state.window.len(), state.waiting.len());
                Submitted::Pending
            }
            Err(error) => {
                drop(state);
                self.shared.complain(&error);
                Submitted::Full(ticket)
            }
        }
    }
}

impl<T> Shared<T> {
    fn read(&self, consumer: &BaseConsumer<PlainContext>) -> Result<(), LogError> {
        let Some((mut next, high)) = self.begin(consumer)? else { return Ok(()) };
        let mut looked = Instant::now();
        while !self.stopped() {
            if let Some((_, reason)) = self.producer.client().fatal_error() {
                return Err(LogError::Producer(reason));
            }
            self.resend_lost();
            if looked.elapsed() >= LOOK {
                looked = Instant::now();
                self.look_for_the_overdue();
            }
            match consumer.poll(POLL) {
                None => {}
                Some(Ok(message)) => {
                    let offset = message.offset();
                    if offset < next {
                        continue;
                    }
                    if offset > next {
                        return Err(LogError::Gap { topic: self.topic.clone(), from: next, to: offset - 1 });
                    }
                    next = offset + 1;
                    self.apply(&message, next >= high)?;
                }
                // Retention may take the first entries away between the question and the first fetch.
                Some(Err(error)) if is_out_of_range(&error) && self.lock().progress.read == 0 => {
                    let Some((low, _)) = self.begin(consumer)? else { return Ok(()) };
                    next = low;
                }
                Some(Err(error)) => self.judge(error)?,
            }
        }
        Ok(())
    }

    /// Begins at the first entry that is retained; returns the log's extent, None when told to stop.
    fn begin(&self, consumer: &BaseConsumer<PlainContext>) -> Result<Option<(i64, i64)>, LogError> {
        let Some((low, high)) = self.extent(consumer) else { return Ok(None) };
        let retained = u64::try_from(high - low).unwrap_or(0);
        self.lock().progress = Progress { read: 0, retained: Some(retained), caught_up: high <= low };
        let mut assignment = TopicPartitionList::new();
        assignment.add_partition_offset(&self.topic, PARTITION, Offset::Offset(low))?;
        consumer.assign(&assignment)?;
        Ok(Some((low, high)))
    }

    /// Articles that wait for long are a log that cannot be written or read, whatever the clients say.
    fn look_for_the_overdue(&self) {
        let state = self.lock();
        let waiting = state.waiting.len();
        let longest = state.waiting.values().map(|waiting| waiting.since.elapsed()).max().unwrap_or_default();
        drop(state);
        if longest > OVERDUE
            && let Some(suppressed) = self.errors.admit("overdue")
        {
            let seconds = longest.as_secs();
            tracing::warn!(
                topic = self.topic,
                waiting,
                seconds,
                suppressed,
                "articles wait for the sketch log; is its topic there, and its leader up?"
            );
        }
    }

    /// First and last-plus-one offset of the log; None when told to stop before the broker answered.
    fn extent(&self, consumer: &BaseConsumer<PlainContext>) -> Option<(i64, i64)> {
        while !self.stopped() {
            // Serves librdkafka's own log and errors, which tell more than a failed question.
            let _ = consumer.poll(Duration::ZERO);
            match consumer.fetch_watermarks(&self.topic, PARTITION, ASK) {
                Ok(extent) => return Some(extent),
                Err(error) => self.complain(&error),
            }
        }
        None
    }

    fn apply(
        &self,
        message: &rdkafka::message::BorrowedMessage<'_>,
        caught_up: bool,
    ) -> Result<(), LogError> {
        let entry = dedup::decode(message.payload().unwrap_or_default()).map_err(|error| {
            LogError::Foreign { topic: self.topic.clone(), offset: message.offset(), error }
        })?;
        let append_time = message.timestamp().to_millis().unwrap_or_default();
        let mut state = self.lock();
        let verdict = state.window.apply(&entry, Place { offset: message.offset() as u64, append_time }).0;
        state.progress.read += 1;
        state.progress.caught_up |= caught_up;
        let waiting = state.waiting.remove(&entry.position);
        self.metrics.sketch_log(state.window.len(), state.waiting.len());
        drop(state);
        if let Some(waiting) = waiting {
            self.metrics.log_time(waiting.since.elapsed());
            for ticket in waiting.tickets {
                (self.replies.verdict)(ticket, verdict.clone());
            }
        }
        Ok(())
    }

    fn judge(&self, error: KafkaError) -> Result<(), LogError> {
        if is_out_of_range(&error) {
            return Err(LogError::Behind { topic: self.topic.clone(), reason: error.to_string() });
        }
        if matches!(error, KafkaError::MessageConsumptionFatal(_)) {
            return Err(error.into());
        }
        self.complain(&error);
        Ok(())
    }

    /// Entries whose delivery failed are sent again as long as somebody waits for them: an entry that arrives twice
    /// counts once.
    fn resend_lost(&self) {
        let lost = std::mem::take(&mut *self.lost.lock().unwrap_or_else(PoisonError::into_inner));
        for position in lost {
            let state = self.lock();
            let Some(waiting) = state.waiting.get(&position) else { continue };
            self.metrics.log_resends.inc();
            if let Err(error) = self.send(&position, &waiting.bytes) {
                drop(state);
                self.complain(&error);
                self.lost.lock().unwrap_or_else(PoisonError::into_inner).push(position);
            }
        }
    }

    fn send(&self, position: &Position, bytes: &[u8]) -> Result<(), KafkaError> {
        let record =
            BaseRecord::<[u8], [u8], Box<Position>>::with_opaque_to(&self.topic, Box::new(position.clone()))
                .partition(PARTITION)
                .payload(bytes);
        self.producer.send(record).map_err(|(error, _)| error)
    }

    fn complain(&self, error: &KafkaError) {
        if let Some(suppressed) = self.errors.admit("log") {
            tracing::warn!(topic = self.topic, %error, suppressed, "the sketch log cannot be reached; articles wait for their verdicts");
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_out_of_range(error: &KafkaError) -> bool {
    let codes = [RDKafkaErrorCode::OffsetOutOfRange, RDKafkaErrorCode::AutoOffsetReset];
    error.rdkafka_error_code().is_some_and(|code| codes.contains(&code))
}

/// Delivery reports of entries. Only failures matter: success shows when the entry is read back.
struct Context {
    lost: Arc<Mutex<Vec<Position>>>,
    errors: RateLimit,
}

impl ClientContext for Context {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = Box<Position>;

    fn delivery(&self, result: &DeliveryResult<'_>, position: Box<Position>) {
        if let Err((error, _)) = result {
            log_client_error(&self.errors, error, "an entry was not delivered");
            self.lost.lock().unwrap_or_else(PoisonError::into_inner).push(*position);
        }
    }
}

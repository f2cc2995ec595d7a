//! The sketch log in Kafka: one topic with one partition, to which every worker appends and which every worker reads.
//!
//! A verdict is never given from local state: the entry is appended, the reader meets it in the log's order, and the
//! window answers from what stands before it. That is one produce and fetch, pipelined.
//!
//! While the log gives no verdicts, articles wait or pass: see [`Patience`]. An article that passed has its entry in the
//! log or not, and nobody waits for it: a verdict that comes later is nobody's.

mod context;
mod progress;
mod waiting;
mod watch;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message;
use rdkafka::producer::{BaseRecord, NoCustomPartitioner, Producer, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

pub use self::progress::Progress;
pub use self::waiting::Patience;
pub use self::watch::LogStatus;

use self::context::{End, Ends, Reports};
use self::waiting::{Article, Waiting};
use super::client;
use crate::article::Position;
use crate::config::KafkaSettings;
use crate::dedup::{self, Entry, Place, SketchLog, Submitted, Verdict, Window, WindowSettings, WireError};
use crate::metrics::Metrics;
use crate::telemetry::RateLimit;

const PARTITION: i32 = 0;
const POLL: Duration = Duration::from_millis(100);
const ASK: Duration = Duration::from_secs(5);

/// Why a worker cannot go on with this log. All of these would make its verdicts differ from the others'.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A client could not be made, or gave up.
    #[error("the sketch log's client failed: {0}")]
    Client(#[from] KafkaError),
    /// A bug. The panic was logged where it happened.
    #[error("a thread of the sketch log panicked")]
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

/// See the module. `T` is what the caller wants back with a verdict.
pub struct KafkaSketchLog<T: Send + 'static> {
    shared: Arc<Shared<T>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared<T> {
    topic: String,
    state: Mutex<State<T>>,
    replies: Replies<T>,
    producer: ThreadedProducer<Reports, NoCustomPartitioner>,
    lost: Arc<Mutex<Vec<Position>>>,
    end: End,
    stop: AtomicBool,
    metrics: Arc<Metrics>,
    errors: RateLimit,
}

struct State<T> {
    window: Window,
    waiting: Waiting<T>,
    progress: Progress,
    /// When the reader last came further.
    moved: Instant,
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
        patience: Patience,
        metrics: Arc<Metrics>,
        replies: Replies<T>,
    ) -> Result<Self, KafkaError> {
        let reports = Reports::default();
        let lost = reports.lost.clone();
        // An article waits for its entry, so entries do not wait for company.
        let producer =
            client::producer(kafka, "sketches", None).set("linger.ms", "1").create_with_context(reports)?;
        let ends = Ends::default();
        let end = ends.end.clone();
        let consumer: BaseConsumer<Ends> =
            client::reader_with_lag(kafka, "sketches").create_with_context(ends)?;
        let shared = Arc::new(Shared {
            topic: topic.to_owned(),
            state: Mutex::new(State {
                window: Window::new(window),
                waiting: Waiting::new(patience),
                progress: Progress::default(),
                moved: Instant::now(),
            }),
            replies,
            producer,
            lost,
            end,
            stop: AtomicBool::new(false),
            metrics,
            errors: RateLimit::default(),
        });
        let log = Self { shared, threads: Mutex::default() };
        log.spawn("copydesk-log", move |shared| shared.read(&consumer))?;
        log.spawn("copydesk-watch", |shared| {
            shared.watch();
            Ok(())
        })?;
        Ok(log)
    }

    fn spawn(
        &self,
        name: &str,
        run: impl FnOnce(&Shared<T>) -> Result<(), LogError> + Send + 'static,
    ) -> Result<(), KafkaError> {
        let shared = self.shared.clone();
        let run = move || {
            let ended = catch_unwind(AssertUnwindSafe(|| run(&shared)));
            if let Err(error) = ended.unwrap_or(Err(LogError::Panicked)) {
                (shared.replies.broken)(error);
            }
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(run);
        let thread = thread
            .map_err(|error| KafkaError::ClientCreation(format!("no thread for the sketch log: {error}")))?;
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }
}

impl<T: Send + 'static> Drop for KafkaSketchLog<T> {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            thread.thread().unpark();
            // A panic has been logged by the panic hook.
            let _ = thread.join();
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
        let Err(ticket) = state.waiting.join(&entry.position, ticket) else { return Submitted::Pending };
        let bytes = dedup::encode(entry);
        // The lock is held over the send: the reader must not meet the entry before the ticket waits for it, and a
        // full queue must leave no trace.
        let sent = self.shared.send(&entry.position, &bytes);
        if state.waiting.passes() {
            // Sent all the same: it may still be remembered, and its return tells that the log is there again.
            state.waiting.pass(&entry.position, sent.is_ok().then_some(bytes));
            self.shared.metrics.dedup_passed.inc();
            return Submitted::Decided(ticket, Verdict::off(entry.id.clone()));
        }
        let since = Instant::now();
        match sent {
            Ok(()) => {
                let article = Article { tickets: vec![ticket], id: entry.id.clone(), bytes, since };
                state.waiting.add(entry.position.clone(), article);
                self.shared.metrics.sketch_log(state.window.len(), state.waiting.len());
                Submitted::Pending
            }
            Err(error) => {
                state.waiting.refused(since);
                drop(state);
                self.shared.complain(&error);
                Submitted::Full(ticket)
            }
        }
    }
}

impl<T> Shared<T> {
    fn read(&self, consumer: &BaseConsumer<Ends>) -> Result<(), LogError> {
        let Some((mut next, high)) = self.begin(consumer)? else { return Ok(()) };
        while !self.stopped() {
            if let Some((_, reason)) = self.producer.client().fatal_error() {
                return Err(LogError::Producer(reason));
            }
            self.resend_lost();
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
    fn begin(&self, consumer: &BaseConsumer<Ends>) -> Result<Option<(i64, i64)>, LogError> {
        let Some((low, high)) = self.extent(consumer) else { return Ok(None) };
        let retained = u64::try_from(high - low).unwrap_or(0);
        self.end.at_least(high);
        let mut state = self.lock();
        state.progress = Progress {
            read: 0,
            retained: Some(retained),
            caught_up: high <= low,
            next: Some(low),
            end: Some(high),
        };
        state.moved = Instant::now();
        drop(state);
        let mut assignment = TopicPartitionList::new();
        assignment.add_partition_offset(&self.topic, PARTITION, Offset::Offset(low))?;
        consumer.assign(&assignment)?;
        Ok(Some((low, high)))
    }

    /// First and last-plus-one offset of the log; None when told to stop before the broker answered.
    fn extent(&self, consumer: &BaseConsumer<Ends>) -> Option<(i64, i64)> {
        while !self.stopped() {
            // Serves librdkafka's own log and errors, which tell more than a failed question.
            let _ = consumer.poll(Duration::ZERO);
            match consumer.fetch_watermarks(&self.topic, PARTITION, ASK) {
                Ok(extent) => return Some(extent),
                Err(error) => self.complain(&error),
            }
            // Without this librdkafka answers for minutes out of its cache that the partition has no leader.
            let _ = consumer.fetch_metadata(Some(&self.topic), ASK);
            std::thread::park_timeout(POLL);
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
        state.progress.next = Some(message.offset() + 1);
        state.moved = Instant::now();
        let article = state.waiting.read_back(&entry.position);
        self.metrics.sketch_log(state.window.len(), state.waiting.len());
        drop(state);
        if let Some(article) = article {
            self.metrics.log_time(article.since.elapsed());
            for ticket in article.tickets {
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

    /// Entries whose delivery failed are sent again as long as somebody waits for them, or the end of an outage is to be
    /// told by them: an entry that arrives twice counts once.
    fn resend_lost(&self) {
        let lost = std::mem::take(&mut *self.lost.lock().unwrap_or_else(PoisonError::into_inner));
        for position in lost {
            let state = self.lock();
            let Some(bytes) = state.waiting.bytes(&position) else { continue };
            self.metrics.log_resends.inc();
            if let Err(error) = self.send(&position, bytes) {
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
            tracing::warn!(topic = self.topic, %error, suppressed, "the sketch log cannot be reached; the client tries again");
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_out_of_range(error: &KafkaError) -> bool {
    let codes = [RDKafkaErrorCode::OffsetOutOfRange, RDKafkaErrorCode::AutoOffsetReset];
    error.rdkafka_error_code().is_some_and(|code| codes.contains(&code))
}

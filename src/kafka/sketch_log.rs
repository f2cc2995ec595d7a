//! The sketch log in Kafka: one topic with one partition, to which every worker appends and which every worker reads.
//!
//! A verdict is never given from local state: the entry is appended, the reader meets it in the log's order, and the
//! window answers from what stands before it. That is one produce and fetch, pipelined. Now and then a worker also appends
//! a checkpoint of what was decided, for those that begin to read later ([`LogReader`]).
//!
//! While the log gives no verdicts, articles wait or pass: see [`Patience`]. An article that passed has its entry in the
//! log or not, and nobody waits for it: a verdict that comes later is nobody's.

mod context;
mod progress;
mod read;
mod waiting;
mod watch;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rdkafka::consumer::BaseConsumer;
use rdkafka::error::KafkaError;
use rdkafka::producer::{BaseRecord, NoCustomPartitioner, ThreadedProducer};

pub use self::progress::Progress;
pub use self::waiting::Patience;
pub use self::watch::LogStatus;

use self::context::{End, Ends, Reports, Sent};
use self::waiting::{Article, Waiting};
use super::client;
use crate::article::Position;
use crate::config::KafkaSettings;
use crate::dedup::{self, Entry, LogReader, SketchLog, Submitted, Verdict, WindowSettings, WireError};
use crate::metrics::Metrics;
use crate::telemetry::RateLimit;

const PARTITION: i32 = 0;
const POLL: Duration = Duration::from_millis(100);
const ASK: Duration = Duration::from_secs(5);
/// Between two lines that tell of workers that disagree.
const DISAGREE: Duration = Duration::from_secs(60);

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
    window: WindowSettings,
    state: Mutex<State<T>>,
    replies: Replies<T>,
    producer: ThreadedProducer<Reports, NoCustomPartitioner>,
    lost: Arc<Mutex<Vec<Position>>>,
    written: Arc<AtomicU64>,
    end: End,
    stop: AtomicBool,
    metrics: Arc<Metrics>,
    errors: RateLimit,
    disagreements: RateLimit,
}

struct State<T> {
    reader: LogReader,
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
        let (lost, written) = (reports.lost.clone(), reports.checkpoints.clone());
        // An article waits for its entry, so entries do not wait for company.
        let producer =
            client::producer(kafka, "sketches", None).set("linger.ms", "1").create_with_context(reports)?;
        let ends = Ends::default();
        let end = ends.end.clone();
        let consumer: BaseConsumer<Ends> =
            // The end may be a marker, which no record shows.
            client::reader_with_lag(kafka, "sketches").set("enable.partition.eof", "true").create_with_context(ends)?;
        let shared = Arc::new(Shared {
            topic: topic.to_owned(),
            window: window.clone(),
            state: Mutex::new(State {
                // Made anew where the log begins, when the broker has told.
                reader: LogReader::new(window.clone(), 0),
                waiting: Waiting::new(patience),
                progress: Progress::default(),
                moved: Instant::now(),
            }),
            replies,
            producer,
            lost,
            written,
            end,
            stop: AtomicBool::new(false),
            metrics,
            errors: RateLimit::default(),
            disagreements: RateLimit::with_clock(DISAGREE, Instant::now),
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
        if let Some(verdict) = state.reader.window().known(&entry.position) {
            return Submitted::Decided(ticket, verdict);
        }
        let Err(ticket) = state.waiting.join(&entry.position, ticket) else { return Submitted::Pending };
        let bytes = dedup::encode(entry);
        // The lock is held over the send: the reader must not meet the entry before the ticket waits for it, and a
        // full queue must leave no trace.
        let sent = self.shared.send(Sent::Entry(entry.position.clone()), &bytes);
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
    fn send(&self, what: Sent, bytes: &[u8]) -> Result<(), KafkaError> {
        let record = BaseRecord::<[u8], [u8], Box<Sent>>::with_opaque_to(&self.topic, Box::new(what))
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

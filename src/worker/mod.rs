//! The worker: the poll thread, the desk, the pool and the sketch log, started and stopped in order.
//!
//! ```text
//! poll thread ─records→ desk ─→ pool: prepare ─→ sketch log ─→ pool: finish ─→ delivery ─report→ ledger → stored offset
//! ```

mod desk;
mod event;
mod lane;
mod outcome;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded, unbounded};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;

pub use event::WorkId;

use self::desk::{Desk, Log};
use self::event::Event;
use self::outcome::Addresses;
use crate::article::Position;
use crate::config::Settings;
use crate::kafka::at_least_once::{AtLeastOnce, Offsets};
use crate::kafka::client::{self, PlainContext};
use crate::kafka::delivery::Delivery;
use crate::kafka::intake::{Budget, Intake, IntakeError};
use crate::kafka::ledgers::{Ledgers, Standing};
use crate::kafka::rebalance::GroupContext;
use crate::kafka::sketch_log::{KafkaSketchLog, LogError, LogStatus, Patience, Replies};
use crate::metrics::Metrics;
use crate::shutdown::{Shutdown, Watchdog};
use crate::stage::Stage;

/// Beyond the time to drain, for the final commit and the farewell to the group.
const FAREWELL: Duration = Duration::from_secs(10);

/// Why a worker ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// A client could not be made.
    #[error("Kafka client: {0}")]
    Kafka(#[from] KafkaError),
    /// The poll thread could not go on.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The sketch log could not go on.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An outcome was not acknowledged.
    #[error(
        "the outcome of partition {partition}, offset {offset} could not be delivered: {error}. Its offset is not \
         committed: a restarted worker does it again"
    )]
    Delivery {
        /// Partition of the input topic.
        partition: i32,
        /// Offset of the raw record.
        offset: i64,
        /// The broker's or the client's reason.
        error: KafkaError,
    },
    /// A dead letter that its topic does not take.
    #[error(
        "{position} is a dead letter and too large for the dead-letter topic. Raise that topic's max.message.bytes; the \
         offset is not committed, so nothing is lost"
    )]
    DeadLetterTooLarge {
        /// The raw record.
        position: Position,
    },
    /// `deadLetters.maxRun`.
    #[error(
        "{run} dead letters in a row, the next one at {position} ({last}). That looks like a bad deploy upstream, so the \
         worker stops before the topic is emptied into the dead letters. Mend the producer, or raise deadLetters.maxRun"
    )]
    DeadLetterRun {
        /// How many went out.
        run: u32,
        /// The one that did not.
        position: Position,
        /// What is wrong with it.
        last: String,
    },
    /// The machine gives no more threads.
    #[error("cannot start a thread: {0}")]
    Thread(#[from] std::io::Error),
    /// A thread of the worker panicked. The panic was logged where it happened.
    #[error("the thread {0} panicked; its offsets are not committed")]
    Panicked(&'static str),
}

/// A worker at work.
pub struct Worker {
    shared: Arc<Shared>,
    poll: JoinHandle<()>,
    desk: JoinHandle<()>,
    events: Sender<Event>,
}

/// What the worker's threads and those who watch it share.
pub struct Shared {
    /// How each partition stands.
    pub ledgers: Arc<Ledgers>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    log: Option<Arc<KafkaSketchLog<WorkId>>>,
    joined: OnceLock<Arc<AtomicBool>>,
    failed: AtomicBool,
    error: Mutex<Option<WorkerError>>,
    shutdown: Shutdown,
}

impl Shared {
    /// How the sketch log stands; None with dedup off.
    pub fn log_status(&self) -> Option<LogStatus> {
        self.log.as_ref().map(|log| log.status())
    }

    /// True when the group has given an assignment, the sketch log is read (or not waited for any longer, see
    /// `dedup.unavailable`), and no end is near.
    pub fn is_ready(&self) -> bool {
        let joined = self.joined.get().is_some_and(|joined| joined.load(Ordering::Acquire));
        joined && self.log_status().is_none_or(|log| log.is_ready()) && !self.is_ending()
    }

    /// True when the worker was told to end, or has failed.
    pub fn is_ending(&self) -> bool {
        self.shutdown.is_requested() || self.has_failed()
    }

    /// How each partition stands.
    pub fn standings(&self) -> Vec<Standing> {
        self.ledgers.standings()
    }

    /// Only the first error counts; what follows is mostly its consequence.
    fn fail(&self, error: WorkerError) {
        tracing::error!(%error, "the worker ends");
        self.lock_error().get_or_insert(error);
        self.failed.store(true, Ordering::Release);
    }

    fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    fn lock_error(&self) -> MutexGuard<'_, Option<WorkerError>> {
        self.error.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker {
    /// Connects and starts all threads. Returns at once; nothing is taken in before the sketch log is read.
    ///
    /// # Errors
    /// When a client or a thread cannot be made.
    ///
    /// `record_limit` is the smallest `max.message.bytes` of the topics that outcomes go to, where it is known.
    pub fn start(
        settings: &Settings,
        stage: Stage,
        record_limit: Option<usize>,
        shutdown: Shutdown,
    ) -> Result<Self, WorkerError> {
        let ledgers = Arc::new(Ledgers::default());
        let metrics = Metrics::new(ledgers.clone());
        let (events, heard) = unbounded();
        let log = start_log(settings, &metrics, &events)?;
        let shared = Arc::new(Shared {
            ledgers: ledgers.clone(),
            metrics: metrics.clone(),
            log: log.clone(),
            joined: OnceLock::new(),
            failed: AtomicBool::new(false),
            error: Mutex::new(None),
            shutdown,
        });

        let input: Arc<str> = settings.input.topic.as_str().into();
        let changes = events.clone();
        let context = GroupContext::new(
            ledgers.clone(),
            Box::new(move |change| drop(changes.send(Event::Change(change)))),
            settings.worker.drain,
            metrics.clone(),
        );
        let consumer: Arc<BaseConsumer<GroupContext>> =
            Arc::new(client::consumer(&settings.kafka).create_with_context(context)?);
        let _ = shared.joined.set(consumer.context().joined());
        let asker = client::reader(&settings.kafka, "ask").create_with_context(PlainContext::default())?;

        let reports = events.clone();
        let output: Arc<str> = settings.output.topic.as_str().into();
        let dead_letters: Arc<str> = settings.dead_letters.topic.as_str().into();
        let delivery: Arc<dyn Delivery> = Arc::new(AtLeastOnce::new(
            &settings.kafka,
            &[output.clone(), dead_letters.clone()],
            record_limit,
            Offsets { ledgers: ledgers.clone(), consumer: Arc::downgrade(&consumer), input: input.clone() },
            metrics.clone(),
            Box::new(move |delivered| drop(reports.send(Event::Delivered(delivered)))),
        )?);

        let threads = settings.worker.thread_count().get();
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|n| format!("copydesk-cpu-{n}"))
            .build()
            .map_err(|error| WorkerError::Thread(std::io::Error::other(error)))?;
        let failing = shared.clone();
        let desk = Desk {
            events: heard,
            sender: events.clone(),
            stage: Arc::new(stage),
            pool,
            log: log.map(|log| log as Log),
            delivery: delivery.clone(),
            addresses: Addresses { output, dead_letters, key: settings.output.key, version: crate::VERSION },
            max_dead_run: settings.dead_letters.max_run.map(Into::into),
            metrics: metrics.clone(),
            fatal: Box::new(move |error| failing.fail(error)),
        };
        let failing = shared.clone();
        let run_desk = move || {
            if catch_unwind(AssertUnwindSafe(|| desk.run())).is_err() {
                failing.fail(WorkerError::Panicked("copydesk-desk"));
            }
        };
        let desk = std::thread::Builder::new().name("copydesk-desk".into()).spawn(run_desk)?;

        let taken_in = events.clone();
        let intake = Intake {
            consumer,
            asker,
            ledgers,
            topic: input,
            budget: Budget {
                articles: settings.worker.budget_articles.get() as u64,
                bytes: settings.worker.budget_bytes.get() as u64,
            },
            pause_after: settings.worker.pause_after,
            on_gap: settings.input.on_gap,
            metrics,
            deliver: Box::new(move |lane, record| drop(taken_in.send(Event::Record(lane, record)))),
        };
        let poll = Poll {
            intake,
            delivery,
            shared: shared.clone(),
            events: events.clone(),
            settings: settings.clone(),
        };
        let poll = std::thread::Builder::new().name("copydesk-poll".into()).spawn(move || poll.run())?;
        Ok(Self { shared, poll, desk, events })
    }

    /// What others may watch.
    pub fn shared(&self) -> Arc<Shared> {
        self.shared.clone()
    }

    /// Waits for the end: of the shutdown that was asked for, or of an error.
    ///
    /// # Errors
    /// What the worker ended for.
    pub fn wait(self) -> Result<(), WorkerError> {
        let poll = self.poll.join();
        let _ = self.events.send(Event::End);
        let desk = self.desk.join();
        match (self.shared.lock_error().take(), poll, desk) {
            (Some(error), ..) => Err(error),
            (None, Err(_), _) => Err(WorkerError::Panicked("copydesk-poll")),
            (None, _, Err(_)) => Err(WorkerError::Panicked("copydesk-desk")),
            (None, Ok(()), Ok(())) => Ok(()),
        }
    }
}

fn start_log(
    settings: &Settings,
    metrics: &Arc<Metrics>,
    events: &Sender<Event>,
) -> Result<Option<Arc<KafkaSketchLog<WorkId>>>, WorkerError> {
    if !settings.dedup.enabled {
        return Ok(None);
    }
    let (verdicts, broken) = (events.clone(), events.clone());
    let replies = Replies {
        verdict: Box::new(move |id, verdict| drop(verdicts.send(Event::Verdict(id, verdict)))),
        broken: Box::new(move |error| drop(broken.send(Event::LogBroken(error)))),
    };
    let window = settings.dedup.window_settings(Some(settings.dedup.log.retention / 2));
    let topic = &settings.dedup.log.topic;
    let patience = Patience { limit: settings.dedup.unavailable_after, then: settings.dedup.unavailable };
    let log = KafkaSketchLog::start(&settings.kafka, topic, window, patience, metrics.clone(), replies)?;
    Ok(Some(Arc::new(log)))
}

/// Drops the consumer on this thread: it leaves the group, and its callbacks still find the desk alive. A delivery
/// report that is just storing an offset holds the consumer too, under the ledgers' lock; were it the last one to let go,
/// the callbacks of the drop would wait for that very lock.
fn farewell(mut consumer: Arc<BaseConsumer<GroupContext>>) {
    loop {
        match Arc::try_unwrap(consumer) {
            Ok(last) => return drop(last),
            Err(shared) => consumer = shared,
        }
        std::thread::park_timeout(Duration::from_millis(1));
    }
}

/// The poll thread from start to end.
struct Poll {
    intake: Intake,
    delivery: Arc<dyn Delivery>,
    shared: Arc<Shared>,
    events: Sender<Event>,
    settings: Settings,
}

impl Poll {
    fn run(self) {
        self.wait_for_log();
        if !self.shared.is_ending()
            && let Err(error) = self.take_in()
        {
            self.shared.fail(error);
        }
        // A frozen broker can hold a commit or the farewell for minutes. Nothing is lost by ending without them.
        let limit = self.settings.worker.shutdown + FAREWELL;
        let watchdog =
            Watchdog::arm(limit, "the end of the worker (drain, final commit, farewell to the group)");
        self.drain();
        self.intake.commit_finally();
        self.intake.consumer.unsubscribe();
        farewell(self.intake.consumer);
        drop(watchdog);
    }

    fn take_in(&self) -> Result<(), WorkerError> {
        let topic = self.settings.input.topic.as_str();
        self.intake.consumer.subscribe(&[topic])?;
        tracing::info!(topic, group = self.settings.kafka.group_id, "subscribed");
        self.intake.run(|| self.shared.is_ending())?;
        Ok(())
    }

    /// Verdicts need all that the others know, so nothing is taken in before the retained log is read; or before it has
    /// proved out of reach, where articles then pass without.
    fn wait_for_log(&self) {
        while !self.shared.is_ending() && self.shared.log_status().is_some_and(|log| !log.is_ready()) {
            self.shared.metrics.poll_ticked();
            self.shared.shutdown.wait_timeout(Duration::from_millis(10));
        }
    }

    fn drain(&self) {
        let start = Instant::now();
        let (done, drained) = bounded(1);
        let _ = self.events.send(Event::Drain(done));
        let end = start + self.settings.worker.shutdown;
        let mut in_time = false;
        self.intake.idle_until(|| {
            in_time |= drained.try_recv().is_ok();
            in_time || Instant::now() >= end
        });
        let left = if self.shared.has_failed() { 0 } else { self.delivery.flush(end - Instant::now()) };
        let took_ms = start.elapsed().as_millis() as u64;
        if self.shared.has_failed() {
            tracing::info!(took_ms, "stopped; what was not settled is repeated by the next owner");
        } else if in_time && left == 0 {
            tracing::info!(took_ms, "drained");
        } else {
            // The time is over: partitions that are given back in the farewell are not waited for once more.
            self.intake.consumer.context().close();
            tracing::warn!(
                took_ms,
                left,
                "not drained in time; what was not settled is repeated by the next owner"
            );
        }
    }
}

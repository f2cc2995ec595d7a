//! The poll thread: the one place that polls the group's consumer. It never waits for work, so the group never takes
//! this worker for dead; what it may not take in yet it leaves on the broker.
//!
//! Commits are left to librdkafka's auto-commit of what was stored: the result of a manual asynchronous commit never
//! reaches a callback (rust-rdkafka asks for events, and librdkafka makes none for it), and a synchronous one has no time
//! limit. So what the budget lets through in a second is `budgetArticles` divided by `commitIntervalMs`.
//!
//! Backpressure: while the uncommitted budget is used up, at most a handful of records are held back here and the
//! thread keeps serving callbacks. Only when that lasts are the partitions paused, because a pause throws away what was
//! fetched ahead; they are resumed when half of the budget is free.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::topic_partition_list::Offset;

use super::ledger::Load;
use super::ledgers::{Charged, Lane, Ledgers};
use super::rebalance::GroupContext;
use crate::article::{Position, Record};
use crate::config::OnGap;
use crate::metrics::Metrics;
use crate::telemetry::RateLimit;

/// Longest wait inside one poll: how fast the thread notices a stop or a free budget.
const POLL: Duration = Duration::from_millis(50);
/// Between two looks at a budget that is used up.
const PRESSED_POLL: Duration = Duration::from_millis(5);
/// For questions to the broker that the thread waits for.
const ASK: Duration = Duration::from_secs(5);

/// The uncommitted budget: the memory limit and the most that a crash can repeat.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Most articles read and not yet committed.
    pub articles: u64,
    /// Most bytes of them.
    pub bytes: u64,
}

impl Budget {
    fn is_used_up(&self, load: Load) -> bool {
        load.articles >= self.articles || load.bytes >= self.bytes
    }

    fn is_half_free(&self, load: Load) -> bool {
        load.articles <= self.articles / 2 && load.bytes <= self.bytes / 2
    }
}

/// What ended the poll thread before it was told to.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// librdkafka gave up on this client.
    #[error("the Kafka consumer failed for good: {0}")]
    Fatal(KafkaError),
    /// Retention was faster than this worker, and `input.onGap = "stop"`.
    #[error(
        "partition {partition}: records {from} to {to} were removed by the topic's retention before they were read. \
         Raise the topic's retention, add workers, or set input.onGap = \"continue\" to go on without them"
    )]
    Gap {
        /// Partition of the input topic.
        partition: i32,
        /// First lost offset.
        from: i64,
        /// Last lost offset.
        to: i64,
    },
}

/// What the poll thread needs.
pub struct Intake {
    /// The group's consumer.
    pub consumer: Arc<BaseConsumer<GroupContext>>,
    /// The ledgers to charge.
    pub ledgers: Arc<Ledgers>,
    /// The input topic.
    pub topic: Arc<str>,
    /// See [`Budget`].
    pub budget: Budget,
    /// How long the budget may be used up before partitions are paused.
    pub pause_after: Duration,
    /// What to do about records that are gone.
    pub on_gap: OnGap,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Takes a charged record. Must not block.
    pub deliver: Box<dyn Fn(Lane, Record) + Send>,
}

/// The poll thread's own state.
struct State {
    held: VecDeque<Record>,
    pressed_since: Option<Instant>,
    paused: bool,
    errors: RateLimit,
}

impl Intake {
    /// Polls until `stop` says so.
    ///
    /// # Errors
    /// [`IntakeError`]: the worker cannot go on.
    pub fn run(&self, stop: impl Fn() -> bool) -> Result<(), IntakeError> {
        let mut state =
            State { held: VecDeque::new(), pressed_since: None, paused: false, errors: RateLimit::default() };
        while !stop() {
            self.metrics.poll_ticked();
            let load = self.ledgers.uncommitted();
            let pressed = self.budget.is_used_up(load);
            self.relieve(&mut state, load, pressed);
            if !pressed && !state.held.is_empty() {
                if let Some(record) = state.held.pop_front() {
                    self.take_in(record)?;
                }
                continue;
            }
            let polled = self.consumer.poll(if pressed { PRESSED_POLL } else { POLL });
            self.after_rebalance(&mut state);
            match polled {
                None => {}
                Some(Ok(message)) => {
                    let record = to_record(&message, &self.topic);
                    if pressed {
                        state.held.push_back(record);
                        // One record a tick: prefetched ones stay with librdkafka, which bounds them.
                        std::thread::park_timeout(PRESSED_POLL);
                    } else {
                        self.take_in(record)?;
                    }
                }
                Some(Err(error @ KafkaError::MessageConsumptionFatal(_))) => {
                    return Err(IntakeError::Fatal(error));
                }
                Some(Err(error)) => {
                    self.metrics.poll_errors.inc();
                    if let Some(suppressed) = state.errors.admit("poll") {
                        tracing::warn!(%error, suppressed, "reading failed; the client tries again");
                    }
                }
            }
        }
        Ok(())
    }

    /// Serves callbacks without taking anything in, until `done`. For the time in which a stopping worker drains.
    pub fn idle_until(&self, mut done: impl FnMut() -> bool) {
        self.pause(true);
        while !done() {
            self.metrics.poll_ticked();
            // What still arrives here is not charged, so it is not committed: the next owner reads it.
            let _ = self.consumer.poll(Duration::from_millis(10));
        }
    }

    /// Sends the stored offsets and waits for the broker. Has no time limit of its own: arm a watchdog.
    pub fn commit_finally(&self) {
        match self.consumer.commit_consumer_state(CommitMode::Sync) {
            Ok(()) => {
                self.metrics.commits("ok");
                tracing::info!("final commit done");
            }
            Err(KafkaError::ConsumerCommit(rdkafka::error::RDKafkaErrorCode::NoOffset)) => {}
            Err(error) => {
                self.metrics.commits("failed");
                tracing::warn!(%error, "final commit failed; what was not committed is repeated by the next owner");
            }
        }
    }

    /// Pauses when the budget stays used up, resumes when half of it is free.
    fn relieve(&self, state: &mut State, load: Load, pressed: bool) {
        if !pressed {
            state.pressed_since = None;
        } else if !state.paused {
            let since = *state.pressed_since.get_or_insert_with(Instant::now);
            if since.elapsed() >= self.pause_after {
                tracing::debug!(
                    articles = load.articles,
                    bytes = load.bytes,
                    "budget used up: intake pauses"
                );
                self.pause(true);
                state.paused = true;
                self.metrics.pauses.inc();
            }
        }
        if state.paused && self.budget.is_half_free(load) {
            tracing::debug!(
                articles = load.articles,
                bytes = load.bytes,
                "half of the budget is free: intake goes on"
            );
            self.pause(false);
            state.paused = false;
        }
    }

    fn pause(&self, pause: bool) {
        let Ok(assignment) = self.consumer.assignment() else { return };
        let result = if pause { self.consumer.pause(&assignment) } else { self.consumer.resume(&assignment) };
        if let Err(error) = result {
            tracing::debug!(%error, pause, "pausing or resuming failed for a partition that is no longer ours");
        }
    }

    /// Records that were held for an earlier assignment of a partition must not be charged to the next one: the ledger
    /// would take the records before them, which come again, for repeats.
    fn after_rebalance(&self, state: &mut State) {
        let changed = self.consumer.context().take_changed();
        if changed.is_empty() {
            return;
        }
        state.held.retain(|record| !changed.contains(&record.position.partition));
        if state.paused {
            self.pause(true);
        }
        let mut ours = TopicPartitionList::new();
        for standing in self.ledgers.standings() {
            if changed.contains(&standing.partition) {
                ours.add_partition(&self.topic, standing.partition);
            }
        }
        if ours.count() == 0 {
            return;
        }
        // Where the group stood tells a gap before the first record from a fresh start.
        match self.consumer.committed_offsets(ours, ASK) {
            Ok(list) => {
                for element in list.elements() {
                    if let Offset::Offset(committed) = element.offset() {
                        self.ledgers.start_at(element.partition(), committed);
                    }
                }
            }
            Err(error) => {
                tracing::warn!(%error, "committed offsets unknown: a gap right at the start would not be noticed")
            }
        }
    }

    fn take_in(&self, record: Record) -> Result<(), IntakeError> {
        let Position { partition, offset, .. } = record.position;
        let bytes = record.size();
        match self.ledgers.charge(partition, offset, bytes) {
            Charged::New { lane, gap } => {
                if let Some(gap) = gap {
                    self.examine(partition, gap)?;
                }
                self.metrics.received(bytes);
                (self.deliver)(lane, record);
            }
            Charged::Again => {
                self.metrics.redelivered.inc();
            }
            Charged::NotOurs => {
                self.metrics.not_ours.inc();
            }
        }
        Ok(())
    }

    /// Compaction and transaction markers leave holes too; only what lies before the log's start was lost.
    fn examine(&self, partition: i32, gap: std::ops::Range<i64>) -> Result<(), IntakeError> {
        let start = match self.consumer.fetch_watermarks(&self.topic, partition, ASK) {
            Ok((start, _)) => start,
            Err(error) => {
                self.metrics.gaps("unknown", (gap.end - gap.start) as u64);
                tracing::warn!(partition, from = gap.start, to = gap.end - 1, %error, "offsets skipped, and the broker does not say why");
                return Ok(());
            }
        };
        let lost_to = gap.end.min(start);
        if lost_to <= gap.start {
            self.metrics.gaps("harmless", (gap.end - gap.start) as u64);
            return Ok(());
        }
        self.metrics.gaps("lost", (lost_to - gap.start) as u64);
        tracing::error!(
            partition,
            from = gap.start,
            to = lost_to - 1,
            "records were removed by the topic's retention before they were read"
        );
        match self.on_gap {
            OnGap::Continue => Ok(()),
            OnGap::Stop => Err(IntakeError::Gap { partition, from: gap.start, to: lost_to - 1 }),
        }
    }
}

/// A message as the domain knows it.
pub fn to_record(message: &BorrowedMessage<'_>, topic: &Arc<str>) -> Record {
    let headers = message.headers().map(|headers| {
        headers.iter().map(|h| (h.key.to_owned(), h.value.map(<[u8]>::to_vec))).collect::<Vec<_>>()
    });
    Record {
        position: Position::new(topic.clone(), message.partition(), message.offset()),
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().map(<[u8]>::to_vec),
        headers: headers.unwrap_or_default(),
        timestamp: message.timestamp().to_millis(),
    }
}

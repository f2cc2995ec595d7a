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

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::topic_partition_list::Offset;

use super::client::PlainContext;
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
/// Most records that are held back while the budget is used up.
const HELD_ARTICLES: usize = 16;
/// Between two examinations of gaps.
const EXAMINE: Duration = Duration::from_secs(1);
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
    Fatal(String),
    /// The topic is not the one that the group's offsets belong to.
    #[error(
        "partition {partition}: offset {due} was due, but the topic {found}. It was recreated or truncated, or the group's \
         offsets are another topic's. Nothing was skipped and nothing committed; reset the group's offsets for this topic \
         (kafka-consumer-groups --reset-offsets --to-earliest), then start again"
    )]
    Rewound {
        /// Partition of the input topic.
        partition: i32,
        /// The offset that the group was to read next.
        due: i64,
        /// What stands in the topic instead.
        found: String,
    },
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
    /// A client that fetches nothing, for questions to the broker: on the consumer's own connection an answer waits
    /// behind a fetch that waits for records.
    pub asker: BaseConsumer<PlainContext>,
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
    held_bytes: u64,
    /// Gaps that were not examined yet, by partition.
    gaps: BTreeMap<i32, Vec<Range<i64>>>,
    examined: Instant,
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
        let mut state = State {
            held: VecDeque::new(),
            held_bytes: 0,
            gaps: BTreeMap::new(),
            examined: Instant::now(),
            pressed_since: None,
            paused: false,
            errors: RateLimit::default(),
        };
        while !stop() {
            self.metrics.poll_ticked();
            let load = self.ledgers.uncommitted();
            let pressed = self.budget.is_used_up(load);
            self.relieve(&mut state, load, pressed);
            self.examine_gaps(&mut state)?;
            if !pressed && let Some(record) = state.held.pop_front() {
                state.held_bytes -= record.size();
                self.take_in(&mut state, record)?;
                continue;
            }
            let polled = self.consumer.poll(if pressed { PRESSED_POLL } else { POLL });
            self.after_rebalance(&mut state)?;
            match polled {
                None => {}
                Some(Ok(message)) => {
                    let record = to_record(&message, &self.topic);
                    if pressed {
                        state.held_bytes += record.size();
                        state.held.push_back(record);
                        // One record a tick: prefetched ones stay with librdkafka, which bounds them.
                        std::thread::park_timeout(PRESSED_POLL);
                    } else {
                        self.take_in(&mut state, record)?;
                    }
                }
                Some(Err(error @ KafkaError::MessageConsumptionFatal(_))) => {
                    let reason = self.consumer.client().fatal_error();
                    return Err(IntakeError::Fatal(reason.map_or(error.to_string(), |(_, reason)| reason)));
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
        self.pause_all(true);
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
            // What is held is not in the budget, so it must stay small.
            let full = state.held.len() >= HELD_ARTICLES || state.held_bytes >= self.budget.bytes / 8;
            if since.elapsed() >= self.pause_after || full {
                tracing::debug!(
                    articles = load.articles,
                    bytes = load.bytes,
                    "budget used up: intake pauses"
                );
                self.pause_all(true);
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
            self.pause_all(false);
            state.paused = false;
        }
    }

    fn pause_all(&self, pause: bool) {
        self.metrics.intake_paused(pause);
        if let Ok(assignment) = self.consumer.assignment() {
            self.pause(&assignment, pause);
        }
    }

    fn pause(&self, partitions: &TopicPartitionList, pause: bool) {
        let result = if pause { self.consumer.pause(partitions) } else { self.consumer.resume(partitions) };
        if let Err(error) = result {
            tracing::debug!(%error, pause, "pausing or resuming failed for a partition that is no longer ours");
        }
    }

    fn after_rebalance(&self, state: &mut State) -> Result<(), IntakeError> {
        let changed = self.consumer.context().take_changed();
        if changed.is_empty() {
            return Ok(());
        }
        // Records that were held for an earlier assignment of a partition must not be charged to the next one: the
        // ledger would take the records before them, which come again, for repeats.
        state.held.retain(|record| !changed.contains(&record.position.partition));
        state.held_bytes = state.held.iter().map(Record::size).sum();
        state.gaps.retain(|partition, _| !changed.contains(partition));
        let mut ours = TopicPartitionList::new();
        for standing in self.ledgers.standings() {
            if changed.contains(&standing.partition) {
                ours.add_partition(&self.topic, standing.partition);
            }
        }
        if ours.count() == 0 {
            return Ok(());
        }
        // librdkafka remembers a pause over a revocation: a partition may come back paused.
        self.pause(&ours, state.paused);
        // Where the group stood tells a gap before the first record from a fresh start.
        match self.consumer.committed_offsets(ours, ASK) {
            Ok(list) => {
                for element in list.elements() {
                    if let Offset::Offset(committed) = element.offset() {
                        self.start_at(element.partition(), committed)?;
                    }
                }
            }
            Err(error) => {
                tracing::warn!(%error, "committed offsets unknown: a gap right at the start would not be noticed");
            }
        }
        Ok(())
    }

    fn start_at(&self, partition: i32, committed: i64) -> Result<(), IntakeError> {
        if let Ok((_, end)) = self.asker.fetch_watermarks(&self.topic, partition, ASK)
            && end < committed
        {
            return Err(IntakeError::Rewound { partition, due: committed, found: format!("ends at {end}") });
        }
        self.ledgers.start_at(partition, committed);
        Ok(())
    }

    fn take_in(&self, state: &mut State, record: Record) -> Result<(), IntakeError> {
        let Position { partition, offset, .. } = record.position;
        let bytes = record.size();
        match self.ledgers.charge(partition, offset, bytes) {
            Charged::New { lane, gap } => {
                if let Some(gap) = gap {
                    let waiting = state.gaps.entry(partition).or_default();
                    waiting.push(gap);
                    // With "stop" nothing behind a loss may be taken in.
                    if self.on_gap == OnGap::Stop {
                        let gaps = std::mem::take(waiting);
                        self.examine(partition, &gaps)?;
                    }
                }
                self.metrics.received(bytes);
                (self.deliver)(lane, record);
            }
            Charged::Again => {
                self.metrics.redelivered.inc();
            }
            Charged::Behind { due } => {
                let found = format!("sends offset {offset} again");
                return Err(IntakeError::Rewound { partition, due, found });
            }
            Charged::NotOurs => {
                self.metrics.not_ours.inc();
            }
        }
        Ok(())
    }

    /// A topic that is written in transactions has a gap behind every one of them, so they are examined together.
    fn examine_gaps(&self, state: &mut State) -> Result<(), IntakeError> {
        if state.gaps.is_empty() || state.examined.elapsed() < EXAMINE {
            return Ok(());
        }
        state.examined = Instant::now();
        for (partition, gaps) in std::mem::take(&mut state.gaps) {
            self.examine(partition, &gaps)?;
        }
        Ok(())
    }

    /// Compaction and transaction markers leave holes too; only what lies before the log's start was lost.
    fn examine(&self, partition: i32, gaps: &[Range<i64>]) -> Result<(), IntakeError> {
        let start = match self.asker.fetch_watermarks(&self.topic, partition, ASK) {
            Ok((start, _)) => start,
            Err(error) => {
                let offsets = gaps.iter().map(|gap| (gap.end - gap.start) as u64).sum();
                self.metrics.gaps("unknown", offsets);
                tracing::warn!(partition, offsets, %error, "offsets skipped, and the broker does not say why");
                return Ok(());
            }
        };
        for gap in gaps {
            let lost_to = gap.end.min(start);
            if lost_to <= gap.start {
                self.metrics.gaps("harmless", (gap.end - gap.start) as u64);
                continue;
            }
            let (from, to) = (gap.start, lost_to - 1);
            self.metrics.gaps("lost", (lost_to - gap.start) as u64);
            tracing::error!(
                partition,
                from,
                to,
                "records were removed by the topic's retention before they were read"
            );
            if self.on_gap == OnGap::Stop {
                return Err(IntakeError::Gap { partition, from, to });
            }
        }
        Ok(())
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

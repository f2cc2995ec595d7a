//! What happens when partitions come and go. librdkafka calls in here from the poll thread, inside `poll`; the
//! callback hands an event over and waits with a deadline. Only the partitions that an event names are touched, so
//! eager, cooperative and broker-side assignment are all the same here.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use rdkafka::TopicPartitionList;
use rdkafka::client::ClientContext;
use rdkafka::consumer::{BaseConsumer, ConsumerContext, Rebalance};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::statistics::Statistics;
use rdkafka::topic_partition_list::Offset;

use super::client::log_client_error;
use super::ledgers::{Lane, Ledgers};
use crate::metrics::Metrics;
use crate::telemetry::RateLimit;

/// A change of what this worker owns, for the desk.
#[derive(Debug)]
pub enum Change {
    /// These lanes are ours from now on.
    Assigned(Vec<Lane>),
    /// These partitions go to somebody else.
    Revoked {
        /// Partitions to drain.
        partitions: Vec<i32>,
        /// Drop it when all that was begun is settled.
        drained: Sender<()>,
    },
    /// These partitions are gone already: drop all work, commit nothing.
    Lost(Vec<i32>),
}

/// The context of the group's consumer.
pub struct GroupContext {
    ledgers: Arc<Ledgers>,
    changes: Box<dyn Fn(Change) + Send + Sync>,
    drain: Duration,
    metrics: Arc<Metrics>,
    errors: RateLimit,
    /// Partitions whose assignment changed since the poll thread last looked.
    changed: Mutex<Vec<i32>>,
    joined: Arc<AtomicBool>,
    closing: AtomicBool,
}

impl GroupContext {
    /// `changes` must not block.
    pub fn new(
        ledgers: Arc<Ledgers>,
        changes: Box<dyn Fn(Change) + Send + Sync>,
        drain: Duration,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            ledgers,
            changes,
            drain,
            metrics,
            errors: RateLimit::default(),
            changed: Mutex::new(Vec::new()),
            joined: Arc::default(),
            closing: AtomicBool::new(false),
        }
    }

    /// Partitions whose assignment changed since the last call.
    pub fn take_changed(&self) -> Vec<i32> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Becomes true once the group has given this worker an assignment, be it an empty one.
    pub fn joined(&self) -> Arc<AtomicBool> {
        self.joined.clone()
    }

    /// The worker has drained as far as it will: partitions that are given back from now on are not waited for.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Release);
    }

    fn note_changed(&self, partitions: &[i32]) {
        self.changed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(partitions);
    }

    fn assigned(&self, partitions: &[i32]) {
        self.metrics.rebalances("assigned");
        tracing::info!(?partitions, "partitions assigned");
        let lanes = partitions.iter().map(|p| self.ledgers.assign(*p)).collect();
        self.note_changed(partitions);
        (self.changes)(Change::Assigned(lanes));
        self.joined.store(true, Ordering::Release);
    }

    fn lost(&self, partitions: &[i32]) {
        self.metrics.rebalances("lost");
        tracing::warn!(
            ?partitions,
            "partitions lost: unfinished work is dropped, their next owner repeats it"
        );
        for partition in partitions {
            self.ledgers.release(*partition);
        }
        self.note_changed(partitions);
        (self.changes)(Change::Lost(partitions.to_vec()));
    }

    /// Returning gives the partitions back; librdkafka commits their stored offsets before it does.
    fn revoked(&self, partitions: &[i32]) {
        self.metrics.rebalances("revoked");
        let (drained, wait) = bounded::<()>(0);
        (self.changes)(Change::Revoked { partitions: partitions.to_vec(), drained });
        let started = std::time::Instant::now();
        // Nothing is ever sent: the desk drops the sender when the last lane is empty.
        let limit = if self.closing.load(Ordering::Acquire) { Duration::ZERO } else { self.drain };
        let in_time = wait.recv_timeout(limit) != Err(RecvTimeoutError::Timeout);
        for partition in partitions {
            self.ledgers.release(*partition);
        }
        self.note_changed(partitions);
        let took_ms = started.elapsed().as_millis() as u64;
        if in_time {
            tracing::info!(?partitions, took_ms, "partitions given back, all begun work settled");
        } else {
            self.metrics.drain_timeouts.inc();
            (self.changes)(Change::Lost(partitions.to_vec()));
            tracing::warn!(
                ?partitions,
                took_ms,
                "partitions given back before all begun work was settled: their next owner repeats the rest"
            );
        }
    }
}

fn partitions_of(list: &TopicPartitionList) -> Vec<i32> {
    list.elements().iter().map(|element| element.partition()).collect()
}

impl ClientContext for GroupContext {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }

    /// Only the ends of partitions are of use, for the lag; they cost no question to the broker.
    fn stats(&self, statistics: Statistics) {
        for partition in statistics.topics.values().flat_map(|topic| topic.partitions.values()) {
            // Transactions that are open or aborted are not to be read: the end for us is the last stable offset.
            let end = if partition.ls_offset >= 0 { partition.ls_offset } else { partition.hi_offset };
            if end >= 0 {
                self.ledgers.saw_end(partition.partition, end);
            }
        }
    }
}

impl ConsumerContext for GroupContext {
    fn pre_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        use rdkafka::consumer::Consumer;
        match rebalance {
            Rebalance::Assign(list) => self.assigned(&partitions_of(list)),
            Rebalance::Revoke(list) if list.count() == 0 => {}
            Rebalance::Revoke(list) if consumer.assignment_lost() => self.lost(&partitions_of(list)),
            Rebalance::Revoke(list) => self.revoked(&partitions_of(list)),
            Rebalance::Error(error) => {
                self.metrics.rebalances("error");
                tracing::warn!(%error, "a rebalance failed; the client tries again");
            }
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, offsets: &TopicPartitionList) {
        match &result {
            // Nothing had changed since the last commit.
            Err(KafkaError::ConsumerCommit(rdkafka::error::RDKafkaErrorCode::NoOffset)) => return,
            Err(error) => {
                self.metrics.commits("failed");
                if let Some(suppressed) = self.errors.admit("commit") {
                    tracing::warn!(%error, suppressed, "offsets not committed; they are sent again with the next commit");
                }
            }
            Ok(()) => self.metrics.commits("ok"),
        }
        for element in offsets.elements() {
            // A commit can fail for one partition alone.
            let (Ok(()), Offset::Offset(committed)) = (element.error(), element.offset()) else { continue };
            if result.is_ok() && !self.ledgers.confirm(element.partition(), committed) {
                self.metrics.commit_violations.inc();
                tracing::error!(
                    partition = element.partition(),
                    committed,
                    "an offset was committed beyond what this worker has settled: does another program use this group id?"
                );
            }
        }
    }
}

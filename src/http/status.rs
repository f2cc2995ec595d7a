//! `/status`: what an operator wants to see at a glance, as JSON. docs/OPERATIONS.md explains each field.
//!
//! Everything here is read from what the worker keeps anyway; nothing is asked of a broker, so it answers at once and also
//! while Kafka does not.

use std::time::Duration;

use serde::Serialize;

use super::health;
use crate::kafka::ledgers::Standing;
use crate::kafka::sketch_log::LogStatus;
use crate::worker::Shared;

/// The answer. A value that is not known (yet) is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Version of the program.
    pub version: &'static str,
    /// Since the worker started.
    pub uptime_seconds: f64,
    /// As `/readyz` has it.
    pub ready: bool,
    /// What `/readyz` says.
    pub readiness: String,
    /// A shutdown was asked for, or the worker has failed.
    pub ending: bool,
    /// The sketch log; null with `dedup.enabled = false`.
    pub sketch_log: Option<SketchLogStatus>,
    /// Partitions of the input topic that are assigned to this worker, ascending.
    pub partitions: Vec<PartitionStatus>,
}

/// How the sketch log stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SketchLogStatus {
    /// `dedup.log.topic`.
    pub topic: String,
    /// Entries in the dedup window.
    pub entries: usize,
    /// Records of the log read since the start: entries and checkpoints.
    pub read: u64,
    /// Records that the log held at the start.
    pub retained_at_start: Option<u64>,
    /// All of these are read.
    pub caught_up: bool,
    /// One past the log's last offset.
    pub end_offset: Option<i64>,
    /// Records that this worker has not read.
    pub lag: Option<u64>,
    /// Checkpoints read since the start.
    pub checkpoints_read: u64,
    /// Checkpoints that this worker has written since the start.
    pub checkpoints_written: u64,
    /// Articles that wait for a verdict.
    pub waiting: usize,
    /// How long the oldest of them has waited; 0 when none waits.
    pub longest_wait_seconds: f64,
    /// False while the log gives no verdicts.
    pub available: bool,
    /// How long it has given none; 0 while it does.
    pub unavailable_seconds: f64,
    /// Articles that went on without a verdict since the start.
    pub passed: u64,
}

/// How a partition stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartitionStatus {
    /// Its number.
    pub partition: i32,
    /// The offset up to which all is settled.
    pub frontier: Option<i64>,
    /// The offset that the broker confirmed as committed.
    pub committed: Option<i64>,
    /// Records that are not settled, read or not.
    pub lag: Option<i64>,
    /// Articles read that are not settled.
    pub open: usize,
    /// Intake is paused, as it is for all partitions of a worker or for none.
    pub paused: bool,
}

impl Status {
    /// How a worker stands now.
    pub fn of(worker: &Shared) -> Self {
        let readiness = health::ready(worker);
        let paused = worker.metrics.is_intake_paused();
        Self {
            version: crate::VERSION,
            uptime_seconds: seconds(worker.metrics.uptime()),
            ready: readiness.is_ok(),
            readiness: readiness.unwrap_or_else(|why| why),
            ending: worker.is_ending(),
            sketch_log: worker.log_status().map(SketchLogStatus::from),
            partitions: worker
                .standings()
                .into_iter()
                .map(|standing| PartitionStatus::new(&standing, paused))
                .collect(),
        }
    }
}

impl From<LogStatus> for SketchLogStatus {
    fn from(log: LogStatus) -> Self {
        let lag = log.progress.lag();
        Self {
            topic: log.topic,
            entries: log.entries,
            read: log.progress.read,
            retained_at_start: log.progress.retained,
            caught_up: log.progress.caught_up,
            end_offset: log.progress.end,
            lag,
            checkpoints_read: log.progress.checkpoints,
            checkpoints_written: log.checkpoints_written,
            waiting: log.waiting,
            longest_wait_seconds: seconds(log.longest.unwrap_or_default()),
            available: log.unavailable.is_none(),
            unavailable_seconds: seconds(log.unavailable.unwrap_or_default()),
            passed: log.passed,
        }
    }
}

impl PartitionStatus {
    fn new(standing: &Standing, paused: bool) -> Self {
        Self {
            partition: standing.partition,
            frontier: standing.frontier,
            committed: standing.confirmed,
            lag: standing.lag,
            open: standing.open,
            paused,
        }
    }
}

/// Milliseconds are enough for an eye.
fn seconds(time: Duration) -> f64 {
    time.as_millis() as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kafka::sketch_log::Progress;

    #[test]
    fn a_log_that_nobody_has_heard_of_yet_is_null_where_it_is_not_known() {
        let log = LogStatus {
            topic: "sketches".into(),
            progress: Progress::default(),
            entries: 0,
            waiting: 3,
            longest: Some(Duration::from_micros(1_234_567)),
            unavailable: None,
            passes: false,
            passed: 0,
            checkpoints_written: 0,
        };
        let value = serde_json::to_value(SketchLogStatus::from(log)).expect("JSON");
        for unknown in ["retainedAtStart", "endOffset", "lag"] {
            assert!(value[unknown].is_null() && value.get(unknown).is_some(), "{unknown}: {value}");
        }
        assert_eq!((&value["longestWaitSeconds"], &value["available"]), (&1.234.into(), &true.into()));
    }
}

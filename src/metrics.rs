//! Every number that is counted, by name. docs/METRICS.md lists them; a test holds the two together.

use std::sync::atomic::{AtomicI64, AtomicU64};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use crate::kafka::ledgers::Ledgers;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Partition {
    partition: i32,
}

type ByKind = Family<Kind, Counter>;
type Seconds = Histogram;

/// The worker's counters. Cheap to clone into any thread behind an `Arc`.
#[derive(Debug)]
pub struct Metrics {
    registry: Mutex<Registry>,
    started: Instant,
    last_poll: AtomicU64,
    received_articles: Counter,
    received_bytes: Counter,
    outcomes: ByKind,
    verdicts: ByKind,
    dead_letters: ByKind,
    gaps: ByKind,
    commits: ByKind,
    rebalances: ByKind,
    stage_seconds: Family<Kind, Seconds, fn() -> Seconds>,
    log_seconds: Seconds,
    sketch_log_entries: Gauge,
    sketch_log_waiting: Gauge<i64, AtomicI64>,
    sketch_log_lag: Gauge<i64, AtomicI64>,
    sketch_log_oldest: Gauge<f64, AtomicU64>,
    sketch_log_unavailable: Gauge<i64, AtomicI64>,
    intake_paused: Gauge<i64, AtomicI64>,
    /// Records delivered twice within one assignment.
    pub redelivered: Counter,
    /// Records of a partition that is not assigned to this worker.
    pub not_ours: Counter,
    /// Times that intake was paused.
    pub pauses: Counter,
    /// Errors of reading that the client mends by itself.
    pub poll_errors: Counter,
    /// Rebalances that did not wait for all begun work.
    pub drain_timeouts: Counter,
    /// Delivery reports that came after their assignment was over.
    pub stale_settlements: Counter,
    /// Offsets that were not stored because the partition was not ours.
    pub refused_stores: Counter,
    /// Commits beyond what this worker had settled. Must stay 0.
    pub commit_violations: Counter,
    /// Outcomes that could not be delivered. Must stay 0.
    pub failed_deliveries: Counter,
    /// Sketch log entries that had to be sent again.
    pub log_resends: Counter,
    /// Checkpoints in the sketch log that decide otherwise than this worker. Must stay 0.
    pub log_disagreements: Counter,
    /// Articles that went on without a verdict because the sketch log gave none.
    pub dedup_passed: Counter,
}

fn seconds() -> Seconds {
    // 0.1 ms to 13 s.
    Histogram::new(exponential_buckets(0.0001, 2.0, 18))
}

impl Metrics {
    /// All counters at zero, registered under the prefix `copydesk`; `ledgers` is read whenever metrics are asked for.
    pub fn new(ledgers: Arc<Ledgers>) -> Arc<Self> {
        let metrics = Self {
            registry: Mutex::new(Registry::with_prefix("copydesk")),
            started: Instant::now(),
            last_poll: AtomicU64::new(0),
            received_articles: Counter::default(),
            received_bytes: Counter::default(),
            outcomes: ByKind::default(),
            verdicts: ByKind::default(),
            dead_letters: ByKind::default(),
            gaps: ByKind::default(),
            commits: ByKind::default(),
            rebalances: ByKind::default(),
            stage_seconds: Family::new_with_constructor(seconds),
            log_seconds: seconds(),
            sketch_log_entries: Gauge::default(),
            sketch_log_waiting: Gauge::default(),
            sketch_log_lag: Gauge::default(),
            sketch_log_oldest: Gauge::default(),
            sketch_log_unavailable: Gauge::default(),
            intake_paused: Gauge::default(),
            redelivered: Counter::default(),
            not_ours: Counter::default(),
            pauses: Counter::default(),
            poll_errors: Counter::default(),
            drain_timeouts: Counter::default(),
            stale_settlements: Counter::default(),
            refused_stores: Counter::default(),
            commit_violations: Counter::default(),
            failed_deliveries: Counter::default(),
            log_resends: Counter::default(),
            log_disagreements: Counter::default(),
            dedup_passed: Counter::default(),
        };
        metrics.register(ledgers);
        Arc::new(metrics)
    }

    fn register(&self, ledgers: Arc<Ledgers>) {
        let mut registry = self.lock();
        let r = &mut *registry;
        let c = |r: &mut Registry, name: &str, help: &str, counter: &Counter| {
            r.register(name, help, counter.clone());
        };
        let k = |r: &mut Registry, name: &str, help: &str, family: &ByKind| {
            r.register(name, help, family.clone());
        };
        c(r, "received_articles", "Raw records taken in", &self.received_articles);
        r.register_with_unit(
            "received",
            "Bytes of raw records taken in",
            Unit::Bytes,
            self.received_bytes.clone(),
        );
        k(r, "outcomes", "Outcomes acknowledged by the broker, by kind", &self.outcomes);
        k(r, "verdicts", "Dedup verdicts, by relation", &self.verdicts);
        k(r, "dead_letters", "Dead letters, by error kind", &self.dead_letters);
        k(
            r,
            "offset_gaps",
            "Offsets skipped in the input: lost to retention, harmless or unknown",
            &self.gaps,
        );
        k(r, "commits", "Offset commits, by result", &self.commits);
        k(r, "rebalances", "Rebalance events, by kind", &self.rebalances);
        r.register_with_unit(
            "stage",
            "CPU time of one article, by step",
            Unit::Seconds,
            self.stage_seconds.clone(),
        );
        r.register_with_unit(
            "sketch_log",
            "From an article's entry to its verdict",
            Unit::Seconds,
            self.log_seconds.clone(),
        );
        r.register("sketch_log_entries", "Entries in the window", self.sketch_log_entries.clone());
        r.register("sketch_log_waiting", "Articles that wait for a verdict", self.sketch_log_waiting.clone());
        r.register(
            "sketch_log_lag",
            "Entries of the log that this worker has not read",
            self.sketch_log_lag.clone(),
        );
        r.register_with_unit(
            "sketch_log_oldest_waiting",
            "How long the oldest waiting article has waited",
            Unit::Seconds,
            self.sketch_log_oldest.clone(),
        );
        r.register(
            "sketch_log_unavailable",
            "1 while the log gives no verdicts",
            self.sketch_log_unavailable.clone(),
        );
        c(r, "dedup_passed", "Articles that went on without a verdict", &self.dedup_passed);
        r.register("intake_paused", "1 while partitions are paused", self.intake_paused.clone());
        c(r, "redelivered", "Records delivered twice within one assignment", &self.redelivered);
        c(r, "not_ours", "Records of partitions that are not assigned to this worker", &self.not_ours);
        c(r, "pauses", "Times that intake was paused by the uncommitted budget", &self.pauses);
        c(r, "poll_errors", "Errors of reading that the client mends by itself", &self.poll_errors);
        c(r, "drain_timeouts", "Rebalances that did not wait for all begun work", &self.drain_timeouts);
        c(
            r,
            "stale_settlements",
            "Delivery reports after the end of their assignment",
            &self.stale_settlements,
        );
        c(r, "refused_stores", "Offsets not stored because the partition was not ours", &self.refused_stores);
        c(r, "commit_violations", "Commits beyond what was settled; must stay 0", &self.commit_violations);
        c(
            r,
            "failed_deliveries",
            "Outcomes that could not be delivered; must stay 0",
            &self.failed_deliveries,
        );
        c(r, "sketch_log_resends", "Sketch log entries that were sent again", &self.log_resends);
        c(
            r,
            "sketch_log_disagreements",
            "Checkpoints that decide otherwise than this worker; must stay 0",
            &self.log_disagreements,
        );
        r.register_collector(Box::new(Standings(ledgers)));
    }

    /// A raw record was taken in.
    pub fn received(&self, bytes: u64) {
        self.received_articles.inc();
        self.received_bytes.inc_by(bytes);
    }

    /// An outcome was acknowledged: `enriched`, `tombstone`, `deadLetter` or `dropped`.
    pub fn outcome(&self, kind: &str) {
        self.outcomes.get_or_create(&label(kind)).inc();
    }

    /// Outcomes so far.
    pub fn outcome_count(&self, kind: &str) -> u64 {
        self.outcomes.get_or_create(&label(kind)).get()
    }

    /// A verdict was given.
    pub fn verdict(&self, relation: &str) {
        self.verdicts.get_or_create(&label(relation)).inc();
    }

    /// A dead letter was made.
    pub fn dead_letter(&self, kind: &str) {
        self.dead_letters.get_or_create(&label(kind)).inc();
    }

    /// So many offsets were skipped: `lost`, `harmless` or `unknown`.
    pub fn gaps(&self, kind: &str, offsets: u64) {
        self.gaps.get_or_create(&label(kind)).inc_by(offsets);
    }

    /// Offsets lost to retention so far.
    pub fn lost_offsets(&self) -> u64 {
        self.gaps.get_or_create(&label("lost")).get()
    }

    /// A commit came back.
    pub fn commits(&self, result: &str) {
        self.commits.get_or_create(&label(result)).inc();
    }

    /// A rebalance event.
    pub fn rebalances(&self, event: &str) {
        self.rebalances.get_or_create(&label(event)).inc();
    }

    /// CPU time of one step (`prepare`, `finish`) for one article.
    pub fn stage_time(&self, step: &str, took: Duration) {
        self.stage_seconds.get_or_create(&label(step)).observe(took.as_secs_f64());
    }

    /// A verdict came back from the sketch log after so long.
    pub fn log_time(&self, took: Duration) {
        self.log_seconds.observe(took.as_secs_f64());
    }

    /// How the sketch log stands.
    pub fn sketch_log(&self, entries: usize, waiting: usize) {
        self.sketch_log_entries.set(entries as i64);
        self.sketch_log_waiting.set(waiting as i64);
    }

    /// How the watch found the sketch log: entries not read (None before it is known), the longest wait for a verdict,
    /// whether it gives none.
    pub fn sketch_log_watched(&self, lag: Option<u64>, longest: Duration, unavailable: bool) {
        self.sketch_log_lag.set(lag.and_then(|lag| i64::try_from(lag).ok()).unwrap_or_default());
        self.sketch_log_oldest.set(longest.as_secs_f64());
        self.sketch_log_unavailable.set(unavailable.into());
    }

    /// Partitions were paused or resumed, all of them.
    pub fn intake_paused(&self, paused: bool) {
        self.intake_paused.set(paused.into());
    }

    /// True while partitions are paused.
    pub fn is_intake_paused(&self) -> bool {
        self.intake_paused.get() != 0
    }

    /// Time since these counters began, which is the worker's.
    pub fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    /// The poll thread is alive.
    pub fn poll_ticked(&self) {
        let now = self.started.elapsed().as_millis() as u64;
        self.last_poll.store(now, std::sync::atomic::Ordering::Relaxed);
    }

    /// Time since the poll thread last ticked.
    pub fn since_poll(&self) -> Duration {
        let last = Duration::from_millis(self.last_poll.load(std::sync::atomic::Ordering::Relaxed));
        self.started.elapsed().saturating_sub(last)
    }

    /// All metrics in the OpenMetrics text format, which Prometheus reads.
    pub fn render(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &self.lock());
        text
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn label(kind: &str) -> Kind {
    Kind { kind: kind.to_owned() }
}

/// Gauges per partition, read from the ledgers when asked: a partition that is gone leaves no stale gauge behind.
#[derive(Debug)]
struct Standings(Arc<Ledgers>);

impl Collector for Standings {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let standings = self.0.standings();
        let mut gauge =
            |name: &str, help: &str, value: &dyn Fn(&crate::kafka::ledgers::Standing) -> Option<i64>| {
                let kind = prometheus_client::metrics::MetricType::Gauge;
                let mut family = encoder.encode_descriptor(name, help, None, kind)?;
                for standing in &standings {
                    let Some(value) = value(standing) else { continue };
                    let labels = Partition { partition: standing.partition };
                    ConstGauge::new(value).encode(family.encode_family(&labels)?)?;
                }
                Ok::<(), std::fmt::Error>(())
            };
        gauge("frontier_offset", "Offset up to which all is settled", &|s| s.frontier)?;
        gauge("committed_offset", "Offset that the broker confirmed", &|s| s.confirmed)?;
        gauge("consumer_lag", "Records of the partition that are not settled", &|s| s.lag)?;
        gauge("open_articles", "Articles in work", &|s| Some(s.open as i64))?;
        gauge("uncommitted_articles", "Articles read and not committed", &|s| {
            Some(s.uncommitted.articles as i64)
        })?;
        gauge("uncommitted_bytes", "Bytes read and not committed", &|s| Some(s.uncommitted.bytes as i64))
    }
}

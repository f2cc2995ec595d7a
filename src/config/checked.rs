//! The settings as the program uses them: checked, with units in their types. [`Sources`](super::Sources) makes them, so
//! whoever is given a `Settings` need not check again.

use std::collections::BTreeMap;
use std::num::{NonZeroU16, NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use super::address::HostPort;
use super::choice::{
    ArticleTime, BrokerAddressFamily, Compression, Copies, InputDialect, InputFormat, LogFormat, OnGap,
    OnUnavailable, OutputKey,
};
use super::librdkafka::Librdkafka;
use crate::extract::known::Knowledge;

/// All settings, checked each and against each other. `Debug` shows no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// `[kafka]`
    pub kafka: KafkaSettings,
    /// `[input]`
    pub input: InputTopic,
    /// `[output]`
    pub output: OutputSettings,
    /// `[deadLetters]`
    pub dead_letters: DeadLetterSettings,
    /// `[repair]`
    pub repair: RepairSwitches,
    /// `[extract]`
    pub extract: ExtractSettings,
    /// `[dedup]`
    pub dedup: DedupSettings,
    /// `[worker]`
    pub worker: WorkerSettings,
    /// `[topics]`
    pub topics: TopicSettings,
    /// `[http]`
    pub http: HttpSettings,
    /// `[log]`
    pub log: LogSettings,
    /// `[drill]`
    pub drill: DrillSettings,
}

/// How to reach the brokers, and how to be a member of the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KafkaSettings {
    /// Brokers to start from; at least one.
    pub bootstrap_servers: Vec<HostPort>,
    /// The consumer group.
    pub group_id: String,
    /// The name in the broker's logs and quotas.
    pub client_id: String,
    /// The name for static membership; `None`: dynamic membership.
    pub group_instance_id: Option<String>,
    /// The group protocol, with what only one of the two has.
    pub group_protocol: GroupProtocol,
    /// Which addresses of a broker's name are tried.
    pub broker_address_family: BrokerAddressFamily,
    /// A worker that has not polled for this long is out of the group.
    pub max_poll_interval: Duration,
    /// A stored offset reaches the broker at the latest after this.
    pub commit_interval: Duration,
    /// An outcome that the broker has not acknowledged after this stops the worker.
    pub message_timeout: Duration,
    /// How long the producer collects records into a batch.
    pub linger: Duration,
    /// The codec of what is produced.
    pub compression: Compression,
    /// The largest record that may be fetched or produced, bytes.
    pub max_message_bytes: usize,
    /// Further properties, as they are.
    pub librdkafka: Librdkafka,
}

impl KafkaSettings {
    /// The brokers as librdkafka wants them, comma separated.
    pub fn bootstrap(&self) -> String {
        self.bootstrap_servers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }
}

/// The group protocol. The broker decides on the session of the new one, so a client that sets it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupProtocol {
    /// The protocol of every broker, with cooperative-sticky assignment.
    Classic {
        /// The broker gives a silent worker's partitions away after this.
        session_timeout: Duration,
    },
    /// KIP-848, brokers 4.0 and later.
    Consumer,
}

/// What is read, and how it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputTopic {
    /// The topic of raw articles.
    pub topic: String,
    /// How articles are written.
    pub format: InputFormat,
    /// The names of fields in JSON articles.
    pub dialect: InputDialect,
    /// Own names: copydesk's field, one of [`INPUT_FIELDS`](super::INPUT_FIELDS), to the path of the value.
    pub fields: BTreeMap<String, Vec<String>>,
    /// A larger value is a dead letter, bytes.
    pub max_bytes: usize,
    /// JSON nested deeper than this is a dead letter.
    pub max_depth: usize,
    /// When retention removed records that were not read yet.
    pub on_gap: OnGap,
}

/// Where enriched articles go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputSettings {
    /// The topic of enriched articles.
    pub topic: String,
    /// The key of a record.
    pub key: OutputKey,
}

/// Where records go that could not be made into an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetterSettings {
    /// The topic: as set, or the input topic's name with `.dead-letters` behind it.
    pub topic: String,
    /// So many in a row on one partition stop the worker; `None`: no limit.
    pub max_run: Option<NonZeroU32>,
}

/// What repair does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairSwitches {
    /// Whether there is repair at all.
    pub enabled: bool,
    /// Whether furniture lines are taken out.
    pub boilerplate: bool,
    /// Whether repeated passages are taken out.
    pub repeats: bool,
}

/// What extraction is told beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractSettings {
    /// `[extract.aliases]` and the files of `[extract.gazetteers]`, read and checked, with the names that ship.
    pub knowledge: Arc<Knowledge>,
}

/// How copies are found, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DedupSettings {
    /// Whether verdicts are given.
    pub enabled: bool,
    /// What is written for a copy.
    pub copies: Copies,
    /// Whether articles on one event share a story.
    pub stories: bool,
    /// Which time of an article counts for the window.
    pub time: ArticleTime,
    /// What articles do while the sketch log gives no verdicts.
    pub unavailable: OnUnavailable,
    /// A verdict that takes longer shows that the sketch log cannot be written or read.
    pub unavailable_after: Duration,
    /// What an article is compared with.
    pub window: WindowSettings,
    /// The sketch log.
    pub log: SketchLogSettings,
}

/// What an article is compared with: both limits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowSettings {
    /// This many articles before it.
    pub articles: NonZeroUsize,
    /// Those whose time is within this of its own.
    pub time: Duration,
}

/// The sketch log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchLogSettings {
    /// The topic.
    pub topic: String,
    /// How long the topic keeps entries, when copydesk creates it.
    pub retention: Duration,
}

/// The worker's threads, limits and deadlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerSettings {
    /// Threads for the stage; `None`: one per core.
    pub threads: Option<NonZeroUsize>,
    /// The most articles that may be read and not yet committed.
    pub budget_articles: NonZeroUsize,
    /// The most bytes of them.
    pub budget_bytes: NonZeroUsize,
    /// Intake pauses when the budget has been used up for this long.
    pub pause_after: Duration,
    /// A rebalance waits this long for articles in work.
    pub drain: Duration,
    /// The worker has this long to finish after SIGTERM or SIGINT.
    pub shutdown: Duration,
    /// `/livez` fails when work waits and no offset moved for this long.
    pub stall: Duration,
}

impl WorkerSettings {
    /// The number of threads for the stage on this machine.
    pub fn thread_count(&self) -> NonZeroUsize {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.threads.unwrap_or_else(cores)
    }
}

/// How copydesk creates topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicSettings {
    /// Whether `run` creates missing topics.
    pub auto_create: bool,
    /// Partitions of a new topic; the sketch log always has one.
    pub partitions: NonZeroU16,
    /// Replicas of a new topic.
    pub replication_factor: NonZeroU16,
}

/// Where health and metrics are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// The address; `None`: no HTTP.
    pub listen: Option<HostPort>,
}

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// How log lines look.
    pub format: LogFormat,
    /// What is logged, in the language of `RUST_LOG`; it has been parsed once.
    pub filter: String,
}

/// Rehearsals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillSettings {
    /// An article whose bytes contain this makes the stage panic; `None`: off.
    pub panic_marker: Option<String>,
}

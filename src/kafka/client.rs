//! Client configurations out of checked settings, in three layers: what usually serves best, then the user's own
//! `[kafka.librdkafka]`, then what the worker must own; the settings refuse a user's value for the last, so no value is
//! ever overridden in silence.

use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::config::{Choice, GroupProtocol, KafkaSettings};
use crate::telemetry::RateLimit;

/// A batch of this many bytes amortises a request; larger ones gain nothing.
pub const BATCH: usize = 1_000_000;
/// How often the group's consumer tells where its partitions end.
const LAG_MS: u32 = 5000;
/// How often the reader of one partition does.
const READER_LAG_MS: u32 = 1000;
/// What Kafka's own protocol adds to a batch, generously.
pub const BATCH_OVERHEAD: usize = 1024;

/// The first two layers and the identity. `users` are the user's properties, as far as this kind of client knows them:
/// librdkafka warns of the others.
fn client<'k>(
    kafka: &KafkaSettings,
    role: &str,
    usual: &[(&str, String)],
    users: impl Iterator<Item = (&'k str, &'k str)>,
) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("log.connection.close", "false").set("enable.metrics.push", "false");
    for (name, value) in usual {
        config.set(*name, value);
    }
    for (name, value) in users {
        config.set(name, value);
    }
    config
        .set("bootstrap.servers", kafka.bootstrap())
        .set("client.id", format!("{}-{role}", kafka.client_id))
        .set("broker.address.family", kafka.broker_address_family.as_str())
        .set_log_level(RDKafkaLogLevel::Info);
    config
}

/// A client that fetches.
fn fetching(kafka: &KafkaSettings, role: &str, wait_ms: u32, statistics_ms: u32) -> ClientConfig {
    let fetch = 16 * 1024 * 1024;
    let usual = [
        // A full local queue is looked at again after 10 ms; the default of a second costs a third of the throughput
        // as soon as the queue is small.
        ("fetch.queue.backoff.ms", "10".to_owned()),
        ("fetch.wait.max.ms", wait_ms.to_string()),
        ("queued.min.messages", "2000".to_owned()),
        ("queued.max.messages.kbytes", "16384".to_owned()),
        ("fetch.message.max.bytes", "4194304".to_owned()),
        ("fetch.max.bytes", fetch.to_string()),
        // A broker sends at least one record, however large.
        ("receive.message.max.bytes", (kafka.max_message_bytes.max(fetch) + 1024 * 1024).to_string()),
        ("check.crcs", "true".to_owned()),
        ("statistics.interval.ms", statistics_ms.to_string()),
    ];
    let mut config = client(kafka, role, &usual, kafka.librdkafka.for_consumer());
    config
        .set("enable.auto.offset.store", "false")
        .set("isolation.level", "read_committed")
        .set("allow.auto.create.topics", "false")
        .set("enable.partition.eof", "false");
    config
}

/// The group's consumer.
pub fn consumer(kafka: &KafkaSettings) -> ClientConfig {
    let mut config = fetching(kafka, "in", 100, LAG_MS);
    config
        .set("group.id", &kafka.group_id)
        // The frontier of the ledger is stored and nothing else is ever committed; auto-commit sends what is stored,
        // also when a partition is given back, and only for partitions that are ours.
        .set("enable.auto.commit", "true")
        .set("auto.commit.interval.ms", kafka.commit_interval.as_millis().to_string())
        .set("auto.offset.reset", "earliest")
        .set("max.poll.interval.ms", kafka.max_poll_interval.as_millis().to_string());
    match kafka.group_protocol {
        GroupProtocol::Classic { session_timeout } => {
            config
                .set("group.protocol", "classic")
                .set("partition.assignment.strategy", "cooperative-sticky")
                .set("session.timeout.ms", session_timeout.as_millis().to_string());
        }
        GroupProtocol::Consumer => {
            config.set("group.protocol", "consumer");
        }
    }
    if let Some(instance) = &kafka.group_instance_id {
        config.set("group.instance.id", instance);
    }
    config
}

/// A consumer outside the group that reads what it is told to, from the start of what is retained.
pub fn reader(kafka: &KafkaSettings, role: &str) -> ClientConfig {
    outside(kafka, role, 0)
}

/// As [`reader`]; its context also hears where the partitions end, once a second.
pub fn reader_with_lag(kafka: &KafkaSettings, role: &str) -> ClientConfig {
    outside(kafka, role, READER_LAG_MS)
}

fn outside(kafka: &KafkaSettings, role: &str, statistics_ms: u32) -> ClientConfig {
    let mut config = fetching(kafka, role, 10, statistics_ms);
    config
        // librdkafka asks for a group even where none is joined; nothing is committed under this name.
        .set("group.id", format!("{}-{role}", kafka.group_id))
        .set("enable.auto.commit", "false")
        // A reader that fell behind retention must say so instead of jumping ahead.
        .set("auto.offset.reset", "error");
    config
}

/// A producer. `record_limit` is the smallest `max.message.bytes` of the topics that it writes to, where it is known: a
/// broker refuses a whole batch that is larger, so no batch may be.
pub fn producer(kafka: &KafkaSettings, role: &str, record_limit: Option<usize>) -> ClientConfig {
    let queue_kbytes = (64 * 1024).max(kafka.max_message_bytes / 1024 + kafka.max_message_bytes / 8192);
    let batch = record_limit.map_or(BATCH, |limit| BATCH.min(limit.saturating_sub(BATCH_OVERHEAD).max(1)));
    let usual = [
        ("batch.size", batch.to_string()),
        ("queue.buffering.max.messages", "100000".to_owned()),
        ("queue.buffering.max.kbytes", queue_kbytes.to_string()),
    ];
    let mut config = client(kafka, role, &usual, kafka.librdkafka.for_producer());
    config
        // Acknowledged by all replicas, in order, and not twice by a retry.
        .set("enable.idempotence", "true")
        .set("message.timeout.ms", kafka.message_timeout.as_millis().to_string())
        .set("linger.ms", kafka.linger.as_millis().to_string())
        .set("message.max.bytes", kafka.max_message_bytes.to_string())
        .set("compression.type", kafka.compression.as_str())
        // As Java's default partitioner, so that a key lands where other producers put it.
        .set("partitioner", "murmur2_random");
    config
}

/// A client for metadata and administration.
pub fn admin(kafka: &KafkaSettings) -> ClientConfig {
    client(kafka, "admin", &[], kafka.librdkafka.for_admin())
}

/// Context of clients that have no callbacks of their own. Errors that librdkafka mends by itself are warnings, at
/// most one of a kind in ten seconds: with a broker down it repeats them twenty times a second.
#[derive(Debug, Default)]
pub struct PlainContext {
    errors: RateLimit,
}

impl ClientContext for PlainContext {
    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&self.errors, &error, reason);
    }
}

impl ConsumerContext for PlainContext {}

/// Logs an error that librdkafka reports outside any call.
pub fn log_client_error(limit: &RateLimit, error: &KafkaError, reason: &str) {
    // The end of a partition is reported as an error where it is asked for, and is none.
    if error.rdkafka_error_code() == Some(RDKafkaErrorCode::PartitionEOF) {
        return;
    }
    if let Some(suppressed) = limit.admit("client") {
        tracing::warn!(%error, reason, suppressed, "Kafka client reports a problem and keeps trying");
    }
}

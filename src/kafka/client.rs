//! Client configurations out of checked settings. What is set here is what the worker must own; the reason stands
//! beside each. `[kafka.librdkafka]` is applied first, so it can never override these.

use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError;

use crate::config::{Choice, GroupProtocol, KafkaSettings};
use crate::telemetry::RateLimit;

/// `properties` are the user's own, as far as this kind of client knows them: librdkafka warns of the others.
fn base<'k>(
    kafka: &KafkaSettings,
    role: &str,
    properties: impl Iterator<Item = (&'k str, &'k str)>,
) -> ClientConfig {
    let mut config = ClientConfig::new();
    for (name, value) in properties {
        config.set(name, value);
    }
    config
        .set("bootstrap.servers", kafka.bootstrap())
        .set("client.id", format!("{}-{role}", kafka.client_id))
        .set("broker.address.family", kafka.broker_address_family.as_str())
        .set("log.connection.close", "false")
        .set("enable.metrics.push", "false")
        .set_log_level(RDKafkaLogLevel::Info);
    config
}

fn fetching(config: &mut ClientConfig, kafka: &KafkaSettings) {
    let fetch = kafka.max_message_bytes.max(16 * 1024 * 1024);
    config
        // A full local queue is looked at again after 10 ms; the default of a second costs a third of the throughput
        // as soon as the queue is small.
        .set("fetch.queue.backoff.ms", "10")
        .set("fetch.wait.max.ms", "100")
        .set("queued.min.messages", "2000")
        .set("queued.max.messages.kbytes", "16384")
        .set("fetch.message.max.bytes", "4194304")
        .set("fetch.max.bytes", fetch.to_string())
        .set("receive.message.max.bytes", (fetch + 1024 * 1024).to_string())
        .set("check.crcs", "true")
        .set("allow.auto.create.topics", "false")
        .set("enable.partition.eof", "false");
}

/// The group's consumer.
pub fn consumer(kafka: &KafkaSettings) -> ClientConfig {
    let mut config = base(kafka, "in", kafka.librdkafka.for_consumer());
    fetching(&mut config, kafka);
    config
        .set("group.id", &kafka.group_id)
        // The frontier of the ledger is stored and nothing else is ever committed; auto-commit sends what is stored,
        // also when a partition is given back, and only for partitions that are ours.
        .set("enable.auto.offset.store", "false")
        .set("enable.auto.commit", "true")
        .set("auto.commit.interval.ms", kafka.commit_interval.as_millis().to_string())
        .set("auto.offset.reset", "earliest")
        .set("isolation.level", "read_committed")
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
    let mut config = base(kafka, role, kafka.librdkafka.for_consumer());
    fetching(&mut config, kafka);
    config
        // librdkafka asks for a group even where none is joined; nothing is committed under this name.
        .set("group.id", format!("{}-{role}", kafka.group_id))
        .set("enable.auto.commit", "false")
        .set("enable.auto.offset.store", "false")
        // A reader that fell behind retention must say so instead of jumping ahead.
        .set("auto.offset.reset", "error")
        .set("fetch.wait.max.ms", "10")
        .set("isolation.level", "read_committed");
    config
}

/// The producer of outcomes.
pub fn producer(kafka: &KafkaSettings, role: &str) -> ClientConfig {
    let mut config = base(kafka, role, kafka.librdkafka.for_producer());
    let queue_kbytes = (64 * 1024).max(kafka.max_message_bytes / 1024 + kafka.max_message_bytes / 8192);
    config
        // Acknowledged by all replicas, in order, and not twice by a retry.
        .set("enable.idempotence", "true")
        .set("message.timeout.ms", kafka.message_timeout.as_millis().to_string())
        .set("linger.ms", kafka.linger.as_millis().to_string())
        .set("batch.size", "1000000")
        .set("message.max.bytes", kafka.max_message_bytes.to_string())
        .set("queue.buffering.max.messages", "100000")
        .set("queue.buffering.max.kbytes", queue_kbytes.to_string())
        .set("compression.type", kafka.compression.as_str())
        // As Java's default partitioner, so that a key lands where other producers put it.
        .set("partitioner", "murmur2_random");
    config
}

/// A client for metadata and administration.
pub fn admin(kafka: &KafkaSettings) -> ClientConfig {
    base(kafka, "admin", kafka.librdkafka.for_admin())
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
    if let Some(suppressed) = limit.admit("client") {
        tracing::warn!(%error, reason, suppressed, "Kafka client reports a problem and keeps trying");
    }
}

//! Reads a topic once, from the oldest record to its end, outside any group.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::Message;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::client::{self, PlainContext};
use super::intake::to_record;
use crate::article::Record;
use crate::config::KafkaSettings;

const ASK: Duration = Duration::from_secs(10);
/// A broker that sends nothing for this long, not even the end of a partition, is not there.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a topic could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// No answer, or no such topic.
    #[error("topic {topic} cannot be read: {error}")]
    Unreadable {
        /// The topic.
        topic: String,
        /// librdkafka's reason.
        error: KafkaError,
    },
    /// The topic is not there.
    #[error("topic {0} does not exist on this cluster")]
    Missing(String),
    /// The broker fell silent.
    #[error("topic {0}: the broker sent nothing for 30 s")]
    Silent(String),
}

/// Where to read.
#[derive(Debug, Clone, Copy)]
pub enum From {
    /// All partitions, from the oldest record.
    Oldest,
    /// One partition, from this offset.
    At(i32, i64),
}

/// Calls `each` for every record that is there at the call, in the order of each partition, or until `each` breaks. What
/// arrives in the meantime is left alone: a replay must not replay what it has caused.
///
/// # Errors
/// [`ScanError`] when the topic is not there or cannot be read.
pub fn scan(
    kafka: &KafkaSettings,
    topic: &str,
    from: From,
    mut each: impl FnMut(Record) -> ControlFlow<()>,
) -> Result<(), ScanError> {
    let unreadable = |error| ScanError::Unreadable { topic: topic.to_owned(), error };
    let mut config = client::reader(kafka, "scan");
    config.set("enable.partition.eof", "true").set("auto.offset.reset", "earliest");
    let consumer: BaseConsumer<PlainContext> =
        config.create_with_context(PlainContext::default()).map_err(unreadable)?;
    let metadata = consumer.fetch_metadata(Some(topic), ASK).map_err(unreadable)?;
    let found = metadata.topics().iter().find(|t| t.name() == topic && t.error().is_none());
    let partitions: Vec<i32> = found.into_iter().flat_map(|t| t.partitions()).map(|p| p.id()).collect();
    if partitions.is_empty() {
        return Err(ScanError::Missing(topic.to_owned()));
    }
    let mut assignment = TopicPartitionList::new();
    let mut ends = BTreeMap::new();
    for partition in partitions {
        let (_, end) = consumer.fetch_watermarks(topic, partition, ASK).map_err(unreadable)?;
        let offset = match from {
            From::Oldest => Offset::Beginning,
            From::At(only, offset) if only == partition => Offset::Offset(offset),
            From::At(..) => continue,
        };
        assignment.add_partition_offset(topic, partition, offset).map_err(unreadable)?;
        ends.insert(partition, end);
    }
    consumer.assign(&assignment).map_err(unreadable)?;
    let name = topic.into();
    // Transaction markers may stand at an end, so reaching it can show by the end of the partition alone.
    while !ends.is_empty() {
        match consumer.poll(SILENCE) {
            None => return Err(ScanError::Silent(topic.to_owned())),
            Some(Ok(message)) => {
                let (partition, next) = (message.partition(), message.offset() + 1);
                let Some(end) = ends.get(&partition).copied() else { continue };
                if next <= end && each(to_record(&message, &name)).is_break() {
                    return Ok(());
                }
                if next >= end {
                    ends.remove(&partition);
                }
            }
            Some(Err(KafkaError::PartitionEOF(partition))) => {
                ends.remove(&partition);
            }
            Some(Err(error @ KafkaError::MessageConsumptionFatal(_))) => return Err(unreadable(error)),
            // The client mends the others by itself; if it does not, the silence ends it.
            Some(Err(error)) => tracing::debug!(%error, "reading failed; the client tries again"),
        }
    }
    Ok(())
}

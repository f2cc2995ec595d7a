//! Which partition a record without a key goes to: the one with the number of its source partition. A random one, as
//! partitioners choose, would scatter what was in order, and send a repeat to another place than the first.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::client::{Client, ClientContext};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::delivery::OutRecord;

const ASK: Duration = Duration::from_secs(30);

/// Partition counts of the topics that outcomes go to, as they were at the start. Partitions that are added later get
/// no keyless records before a restart, which costs balance and nothing else.
#[derive(Debug, Clone)]
pub struct Routes {
    counts: BTreeMap<Arc<str>, i32>,
}

impl Routes {
    /// Asks the cluster for the counts.
    ///
    /// # Errors
    /// When it does not answer, or a topic is not there.
    pub fn ask<C: ClientContext>(client: &Client<C>, topics: &[Arc<str>]) -> Result<Self, KafkaError> {
        let mut counts = BTreeMap::new();
        for topic in topics {
            let metadata = client.fetch_metadata(Some(topic), ASK)?;
            let count =
                metadata.topics().iter().find(|t| t.name() == &**topic).map_or(0, |t| t.partitions().len());
            match i32::try_from(count) {
                Ok(count) if count > 0 => counts.insert(topic.clone(), count),
                _ => return Err(KafkaError::MetadataFetch(RDKafkaErrorCode::UnknownTopic)),
            };
        }
        Ok(Self { counts })
    }

    /// The partition for a record whose raw record came from partition `source`; None where the key decides.
    pub fn partition(&self, record: &OutRecord, source: i32) -> Option<i32> {
        if record.key.is_some() {
            return None;
        }
        self.counts.get(&record.topic).map(|count| source % count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_decides_and_without_one_the_source_partition() {
        let topic: Arc<str> = "out".into();
        let routes = Routes { counts: BTreeMap::from([(topic.clone(), 3)]) };
        let record = |key: Option<&str>| OutRecord {
            topic: topic.clone(),
            key: key.map(|key| key.as_bytes().to_vec()),
            value: None,
            headers: Vec::new(),
            timestamp: None,
        };
        assert_eq!(routes.partition(&record(Some("k")), 4), None);
        assert_eq!(routes.partition(&record(None), 2), Some(2));
        assert_eq!(routes.partition(&record(None), 4), Some(1));
    }
}

//! A Kafka cluster inside the process: librdkafka's mock, on loopback, with nothing to install. For the demo and tests.
//!
//! What it is not: it keeps 5 MiB per partition and silently drops the rest, its transactions, log-append time and topic
//! settings are stubs, and it replicates nothing. Promises that need these are proven on a real Kafka.

use rdkafka::error::KafkaError;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;

/// Bytes that the mock keeps per partition.
pub const RETAINED_BYTES: u64 = 5 * 1024 * 1024;

/// A mock cluster of one broker. It ends when it is dropped.
pub struct EmbeddedCluster {
    cluster: MockCluster<'static, DefaultProducerContext>,
}

impl EmbeddedCluster {
    /// Starts the broker on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When librdkafka cannot open the port.
    pub fn start() -> Result<Self, KafkaError> {
        Ok(Self { cluster: MockCluster::new(1)? })
    }

    /// HOST:PORT of the broker.
    pub fn bootstrap(&self) -> String {
        self.cluster.bootstrap_servers()
    }

    /// Creates a topic.
    ///
    /// # Errors
    /// When it exists already.
    pub fn create_topic(&self, name: &str, partitions: i32) -> Result<(), KafkaError> {
        self.cluster.create_topic(name, partitions, 1)
    }
}

//! One face for librdkafka's mock cluster and a real Kafka, so that one test body runs on both.

use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;

use super::{PATIENCE, RealKafka, client_config, wait_until};

/// A broker under test.
pub enum Broker {
    /// librdkafka's mock cluster, inside this process and for one test. Keeps 5 MiB per partition; has no topic
    /// settings, log-append time, `offsets_for_times` or working transactions, and answers no admin request.
    Mock(MockCluster<'static, DefaultProducerContext>),
    /// The real Kafka that all tests of this process share.
    Real(&'static RealKafka),
}

impl Broker {
    /// A mock cluster of three brokers.
    pub fn mock() -> Broker {
        Broker::Mock(MockCluster::new(3).expect("librdkafka opens three loopback ports"))
    }

    /// The shared real Kafka; `None` as [`RealKafka::shared`] has it.
    pub fn real() -> Option<Broker> {
        RealKafka::shared().map(Broker::Real)
    }

    /// Brokers to start from, as `bootstrap.servers` wants them.
    pub fn bootstrap(&self) -> String {
        match self {
            Broker::Mock(cluster) => cluster.bootstrap_servers(),
            Broker::Real(kafka) => kafka.bootstrap(),
        }
    }

    /// True for the mock cluster, whose limits a test may have to spare.
    pub fn is_mock(&self) -> bool {
        matches!(self, Broker::Mock(_))
    }

    /// Creates a topic and waits until every partition has a leader. The mock cluster ignores settings.
    pub fn create_topic(&self, name: &str, partitions: i32, settings: &[(&str, &str)]) {
        match self {
            Broker::Mock(cluster) => {
                cluster.create_topic(name, partitions, 3).expect("the mock takes any topic")
            }
            Broker::Real(kafka) => kafka.create_topic(name, partitions, settings),
        }
        wait_for_leaders(&self.bootstrap(), name, partitions);
    }
}

/// Makes of each function `fn name(broker: &Broker)` two tests: `mock::name` and `real::name`.
macro_rules! on_both_brokers {
    ($($(#[$attribute:meta])* $name:ident),* $(,)?) => {
        mod mock {
            $($(#[$attribute])* #[test] fn $name() { super::$name(&$crate::support::Broker::mock()); })*
        }
        mod real {
            $($(#[$attribute])* #[test] fn $name() {
                if let Some(broker) = $crate::support::Broker::real() { super::$name(&broker); }
            })*
        }
    };
}
pub(crate) use on_both_brokers;

/// Creates a topic by an admin request. Panics when the broker refuses it.
pub fn create_real_topic(
    bootstrap: &str,
    name: &str,
    partitions: i32,
    replicas: i32,
    settings: &[(&str, &str)],
) {
    let admin = admin(bootstrap);
    let mut topic = NewTopic::new(name, partitions, TopicReplication::Fixed(replicas));
    for (key, value) in settings {
        topic = topic.set(key, value);
    }
    // The deadline lets the broker finish before it answers.
    let options = AdminOptions::new().operation_timeout(Some(Duration::from_secs(30)));
    let answer = block_on(admin.create_topics([&topic], &options));
    for result in answer.unwrap_or_else(|error| panic!("cannot create topic {name}: {error}")) {
        result.unwrap_or_else(|(name, code)| panic!("the broker did not create topic {name}: {code}"));
    }
    wait_for_leaders(bootstrap, name, partitions);
}

/// An admin client, for requests that only a real Kafka answers.
pub fn admin(bootstrap: &str) -> AdminClient<DefaultClientContext> {
    client_config(bootstrap).create().expect("the settings are valid")
}

/// Runs one future to its end on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime of this thread").block_on(future)
}

/// Creation is answered before every broker knows the leaders: wait for them.
fn wait_for_leaders(bootstrap: &str, topic: &str, partitions: i32) {
    let client: BaseConsumer = client_config(bootstrap).create().expect("the settings are valid");
    wait_until(PATIENCE, &format!("every partition of {topic} has a leader"), || {
        let Ok(metadata) = client.fetch_metadata(Some(topic), Duration::from_secs(5)) else { return false };
        let led = metadata.topics().iter().flat_map(|topic| topic.partitions()).filter(|p| p.leader() >= 0);
        i32::try_from(led.count()) == Ok(partitions)
    });
}

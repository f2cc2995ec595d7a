//! Records into a topic and out of it again, on any broker.

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Header, Headers, Message, OwnedHeaders, Timestamp};
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord};
use rdkafka::topic_partition_list::Offset;

use super::{PATIENCE, broker::block_on, client_config, unique};

/// A record to produce.
#[derive(Clone, Debug, Default)]
pub struct ToSend {
    /// Partition; `None`: by the key's hash as Java's clients do it, or any without a key.
    pub partition: Option<i32>,
    /// Key.
    pub key: Option<Vec<u8>>,
    /// Value; `None` is a tombstone.
    pub value: Option<Vec<u8>>,
    /// Headers in order; a name may repeat.
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    /// Create time, ms since the epoch; `None`: now.
    pub timestamp: Option<i64>,
}

impl ToSend {
    /// A record with a value only.
    pub fn value(value: impl Into<Vec<u8>>) -> ToSend {
        ToSend { value: Some(value.into()), ..ToSend::default() }
    }

    /// The same record with a key.
    pub fn key(self, key: impl Into<Vec<u8>>) -> ToSend {
        ToSend { key: Some(key.into()), ..self }
    }

    /// The same record for one partition.
    pub fn to(self, partition: i32) -> ToSend {
        ToSend { partition: Some(partition), ..self }
    }

    /// The same record with one more header.
    pub fn header(mut self, name: &str, value: impl Into<Vec<u8>>) -> ToSend {
        self.headers.push((name.to_owned(), Some(value.into())));
        self
    }
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Partition.
    pub partition: i32,
    /// Offset.
    pub offset: i64,
    /// Key.
    pub key: Option<Vec<u8>>,
    /// Value; `None` is a tombstone.
    pub value: Option<Vec<u8>>,
    /// Headers in order.
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    /// Timestamp, ms since the epoch.
    pub timestamp: Option<i64>,
    /// True when the broker set the timestamp (`LogAppendTime`).
    pub log_append_time: bool,
}

impl Received {
    /// The value as text. Panics when there is none or it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.value.as_deref().expect("a record with a value")).expect("UTF-8")
    }

    /// The first header of that name as text. Panics when its value is not UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(key, _)| key == name)?;
        value.as_deref().map(|value| std::str::from_utf8(value).expect("UTF-8"))
    }
}

/// Produces all records in order and waits for every acknowledgement. Gives each one's partition and offset.
/// Panics when the broker refuses one. On the mock cluster keep it below 5 MiB per partition.
pub fn produce_all(bootstrap: &str, topic: &str, records: &[ToSend]) -> Vec<(i32, i64)> {
    let producer: FutureProducer = client_config(bootstrap)
        .set("acks", "all")
        .set("enable.idempotence", "true")
        .set("partitioner", "murmur2_random")
        .set("linger.ms", "5")
        .set("message.max.bytes", "120000000")
        .set("queue.buffering.max.kbytes", "1000000")
        .set("message.timeout.ms", "60000")
        .create()
        .expect("the settings are valid");
    let mut waiting: VecDeque<DeliveryFuture> = VecDeque::new();
    let mut places = Vec::with_capacity(records.len());
    let mut settle = |future: DeliveryFuture| {
        let delivery = block_on(future).expect("the producer lives");
        let delivery = delivery.unwrap_or_else(|(error, _)| panic!("{topic} did not take a record: {error}"));
        places.push((delivery.partition, delivery.offset));
    };
    for record in records {
        loop {
            match producer.send_result(record.to_kafka(topic)) {
                Ok(future) => {
                    waiting.push_back(future);
                    break;
                }
                // The queue empties by deliveries: wait for the oldest.
                Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), _))
                    if !waiting.is_empty() =>
                {
                    waiting.pop_front().into_iter().for_each(&mut settle);
                }
                Err((error, _)) => panic!("cannot produce to {topic}: {error}"),
            }
        }
    }
    waiting.into_iter().for_each(settle);
    places
}

/// Reads the topic from its beginning to where it ends now, transactions that were aborted left out. In order within
/// a partition. Panics after the deadline.
pub fn read_to_end(bootstrap: &str, topic: &str, deadline: Duration) -> Vec<Received> {
    let mut reader = Reader::new(bootstrap, topic);
    let end = Instant::now() + deadline;
    while !reader.at_end() {
        reader.read_one(end);
        assert!(
            Instant::now() < end,
            "the end of {topic} not reached in {deadline:?}; read {}",
            reader.records.len()
        );
    }
    reader.records
}

/// Reads the topic from its beginning until `enough` holds for all that was read. Panics after the deadline, saying
/// how much came.
pub fn read_until(
    bootstrap: &str,
    topic: &str,
    deadline: Duration,
    enough: impl Fn(&[Received]) -> bool,
) -> Vec<Received> {
    let mut reader = Reader::new(bootstrap, topic);
    let end = Instant::now() + deadline;
    while !enough(&reader.records) {
        let count = reader.records.len();
        // Judge again only when something came: `enough` may be costly.
        while reader.records.len() == count {
            reader.read_one(end);
            assert!(Instant::now() < end, "waited {deadline:?} in vain for records of {topic}; {count} came");
        }
    }
    reader.records
}

impl ToSend {
    fn to_kafka<'a>(&'a self, topic: &'a str) -> FutureRecord<'a, [u8], [u8]> {
        let headers = self.headers.iter().fold(OwnedHeaders::new(), |headers, (key, value)| {
            headers.insert(Header { key, value: value.as_deref() })
        });
        FutureRecord {
            topic,
            partition: self.partition,
            payload: self.value.as_deref(),
            key: self.key.as_deref(),
            timestamp: self.timestamp,
            headers: (!self.headers.is_empty()).then_some(headers),
        }
    }
}

/// Reads all partitions of a topic outside any group.
struct Reader {
    consumer: BaseConsumer,
    partitions: BTreeSet<i32>,
    ended: BTreeSet<i32>,
    records: Vec<Received>,
}

impl Reader {
    fn new(bootstrap: &str, topic: &str) -> Reader {
        let consumer: BaseConsumer = client_config(bootstrap)
            .set("group.id", unique("test-reader"))
            .set("enable.auto.commit", "false")
            .set("enable.partition.eof", "true")
            .set("auto.offset.reset", "error")
            .set("isolation.level", "read_committed")
            // The mock cluster holds every empty fetch this long.
            .set("fetch.wait.max.ms", "20")
            .set("fetch.message.max.bytes", "120000000")
            .set("fetch.max.bytes", "130000000")
            .set("receive.message.max.bytes", "140000000")
            .create()
            .expect("the settings are valid");
        let metadata = consumer.fetch_metadata(Some(topic), PATIENCE);
        let metadata = metadata.unwrap_or_else(|error| panic!("no metadata of {topic}: {error}"));
        let partitions = metadata.topics().iter().flat_map(|topic| topic.partitions()).map(|p| p.id());
        let partitions: BTreeSet<i32> = partitions.collect();
        assert!(!partitions.is_empty(), "there is no topic {topic}");
        let mut list = TopicPartitionList::new();
        for &partition in &partitions {
            list.add_partition_offset(topic, partition, Offset::Beginning).expect("a valid offset");
        }
        consumer.assign(&list).expect("the consumer lives");
        Reader { consumer, partitions, ended: BTreeSet::new(), records: Vec::new() }
    }

    fn at_end(&self) -> bool {
        self.ended == self.partitions
    }

    fn read_one(&mut self, end: Instant) {
        let wait = end.saturating_duration_since(Instant::now()).min(Duration::from_millis(200));
        match self.consumer.poll(wait) {
            None => {}
            Some(Ok(message)) => self.records.push(received(&message)),
            Some(Err(KafkaError::PartitionEOF(partition))) => {
                self.ended.insert(partition);
            }
            // A gap must not look like "nothing there".
            Some(Err(error @ KafkaError::MessageConsumption(RDKafkaErrorCode::AutoOffsetReset))) => {
                panic!("records are gone that were not read: {error}")
            }
            // Transport errors pass; the deadline ends what does not.
            Some(Err(_)) => {}
        }
    }
}

fn received(message: &BorrowedMessage<'_>) -> Received {
    let headers = message.headers().map(|headers| {
        headers.iter().map(|header| (header.key.to_owned(), header.value.map(<[u8]>::to_vec))).collect()
    });
    Received {
        partition: message.partition(),
        offset: message.offset(),
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().map(<[u8]>::to_vec),
        headers: headers.unwrap_or_default(),
        timestamp: message.timestamp().to_millis(),
        log_append_time: matches!(message.timestamp(), Timestamp::LogAppendTime(_)),
    }
}

//! The harness itself: one record through the mock cluster and a real Kafka, and what only a real Kafka can do.

mod support;

use std::time::{Duration, Instant};

use rdkafka::admin::{AdminOptions, ResourceSpecifier};
use support::broker::{Broker, admin, block_on, on_both_brokers};
use support::{PATIENCE, RealKafka, ToSend, produce_all, read_to_end, read_until, unique};

on_both_brokers!(a_record_comes_back_whole, records_keep_their_order);

fn a_record_comes_back_whole(broker: &Broker) {
    let topic = unique("whole");
    broker.create_topic(&topic, 3, &[]);
    let sent = ToSend { timestamp: Some(1_700_000_000_123), ..ToSend::value("a body") };
    let sent = sent.key("a key").to(2).header("first", "1").header("second", "2").header("first", "3");
    let tombstone = ToSend::default().key("gone").to(2);
    assert_eq!(produce_all(&broker.bootstrap(), &topic, &[sent.clone(), tombstone]), [(2, 0), (2, 1)]);
    let read = read_to_end(&broker.bootstrap(), &topic, PATIENCE);
    assert_eq!(read.len(), 2);
    assert_eq!((read[0].partition, read[0].offset), (2, 0));
    assert_eq!((&read[0].key, &read[0].value, &read[0].headers), (&sent.key, &sent.value, &sent.headers));
    assert_eq!((read[0].timestamp, read[0].log_append_time), (sent.timestamp, false));
    assert_eq!((read[1].key.as_deref(), &read[1].value), (Some(b"gone".as_slice()), &None));
}

fn records_keep_their_order(broker: &Broker) {
    let topic = unique("order");
    broker.create_topic(&topic, 2, &[]);
    let sent: Vec<_> = (0..1000).map(|n| ToSend::value(n.to_string()).to(n % 2)).collect();
    let places = produce_all(&broker.bootstrap(), &topic, &sent);
    let expected: Vec<_> = (0..1000).map(|n| (n % 2, i64::from(n / 2))).collect();
    assert_eq!(places, expected);
    let read = read_until(&broker.bootstrap(), &topic, PATIENCE, |records| records.len() >= 1000);
    assert_eq!(read.len(), 1000);
    for record in &read {
        assert_eq!(record.text(), (record.offset * 2 + i64::from(record.partition)).to_string());
    }
}

#[test]
fn topic_settings_can_be_read() {
    let Some(kafka) = RealKafka::shared() else { return };
    let topic = unique("settings");
    kafka.create_topic(&topic, 1, &[("cleanup.policy", "compact"), ("retention.ms", "1234567")]);
    let admin = admin(&kafka.bootstrap());
    let answer = block_on(admin.describe_configs([&ResourceSpecifier::Topic(&topic)], &AdminOptions::new()))
        .expect("an answer");
    let settings = answer.into_iter().next().expect("one resource").expect("a topic that is there");
    let value = |name| settings.get(name).and_then(|entry| entry.value.as_deref());
    assert_eq!(value("cleanup.policy"), Some("compact"));
    assert_eq!(value("retention.ms"), Some("1234567"));
    assert_eq!(value("message.timestamp.type"), Some("CreateTime"));
}

#[test]
fn the_broker_sets_the_log_append_time() {
    let Some(kafka) = RealKafka::shared() else { return };
    let topic = unique("append-time");
    kafka.create_topic(&topic, 1, &[("message.timestamp.type", "LogAppendTime")]);
    let long_ago = ToSend { timestamp: Some(1_000), ..ToSend::value("x") };
    produce_all(&kafka.bootstrap(), &topic, &[long_ago]);
    let read = read_to_end(&kafka.bootstrap(), &topic, PATIENCE);
    assert!(read[0].log_append_time);
    assert!(read[0].timestamp > Some(1_700_000_000_000), "{:?}", read[0].timestamp);
}

#[test]
fn a_body_of_50_megabytes_passes() {
    let Some(kafka) = RealKafka::shared() else { return };
    let topic = unique("large");
    kafka.create_topic(&topic, 1, &[("max.message.bytes", "120000000")]);
    let body: Vec<u8> = (0..50_000_000_u32).map(|n| (n % 251) as u8).collect();
    produce_all(&kafka.bootstrap(), &topic, &[ToSend::value(body.clone())]);
    let read = read_to_end(&kafka.bootstrap(), &topic, PATIENCE);
    assert!(read.len() == 1 && read[0].value.as_deref() == Some(&body), "{} record(s)", read.len());
}

#[test]
fn a_frozen_broker_is_silent_and_a_killed_one_comes_back_with_its_data() {
    if RealKafka::shared().is_none() {
        return;
    }
    let start = Instant::now();
    // Its own, whatever the environment says: it is going to be harmed.
    let kafka = RealKafka::start_cluster(1).unwrap_or_else(|message| panic!("{message}"));
    println!("a further broker started in {:?}", start.elapsed());
    kafka.create_topic("kept", 1, &[("flush.messages", "1")]);
    produce_all(&kafka.bootstrap(), "kept", &[ToSend::value("still here")]);

    use rdkafka::consumer::{BaseConsumer, Consumer};
    let client: BaseConsumer = support::client_config(&kafka.bootstrap()).create().expect("valid settings");
    kafka.pause();
    client.fetch_metadata(None, Duration::from_millis(500)).expect_err("a frozen broker answers nothing");
    kafka.resume();
    client.fetch_metadata(None, PATIENCE).expect("it answers again");

    kafka.kill_broker(0);
    client.fetch_metadata(None, Duration::from_millis(500)).expect_err("a dead broker answers nothing");
    kafka.restart_broker(0).unwrap_or_else(|message| panic!("{message}"));
    let read = read_to_end(&kafka.bootstrap(), "kept", PATIENCE);
    assert_eq!(read.iter().map(|record| record.text()).collect::<Vec<_>>(), ["still here"]);
    kafka.stop_broker(0);
}

#[test]
fn three_brokers_go_on_without_one() {
    if RealKafka::shared().is_none() {
        return;
    }
    let kafka = RealKafka::start_cluster(3).unwrap_or_else(|message| panic!("{message}"));
    assert_eq!(kafka.brokers(), 3);
    kafka.create_topic("replicated", 3, &[("min.insync.replicas", "2")]);
    let record = |partition| ToSend::value(format!("before {partition}")).to(partition);
    produce_all(&kafka.bootstrap(), "replicated", &[0, 1, 2].map(record));
    kafka.kill_broker(1);
    let record = |partition| ToSend::value(format!("after {partition}")).to(partition);
    produce_all(&kafka.bootstrap(), "replicated", &[0, 1, 2].map(record));
    let mut read = read_to_end(&kafka.bootstrap(), "replicated", PATIENCE);
    read.sort_by_key(|record| (record.partition, record.offset));
    let texts: Vec<_> = read.iter().map(|record| record.text()).collect();
    assert_eq!(texts, ["before 0", "after 0", "before 1", "after 1", "before 2", "after 2"]);
}

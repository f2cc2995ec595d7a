//! The worker from topic to topic, on librdkafka's mock cluster and on a real Kafka: the same test bodies.

mod desk;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use copydesk::worker::WorkerError;
use desk::{Desk, article, ends, source};
use support::broker::{Broker, on_both_brokers};
use support::{PATIENCE, ToSend, read_to_end, wait_until};

on_both_brokers!(
    every_record_has_one_outcome,
    dead_letters_keep_every_byte,
    order_per_partition_holds,
    a_copy_in_another_partition_is_recognised,
    two_workers_give_one_verdict,
    a_restarted_worker_goes_on_where_the_last_one_ended,
    a_replay_from_the_start_gives_the_same_bytes,
    a_small_budget_slows_but_loses_nothing,
    a_run_of_dead_letters_stops_the_worker,
    the_switches_work,
    keys_and_headers_are_as_promised,
);

/// One record of each dead-letter kind that a few bytes can make, with the settings that `broken_settings` gives.
fn broken() -> Vec<(&'static str, ToSend)> {
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(200), "]".repeat(200));
    vec![
        ("empty", ToSend::value("")),
        ("empty", ToSend::value(" \r\n\t ")),
        ("invalid-json", ToSend::value("{\"text\": \"cut off")),
        ("missing-text", ToSend::value("{\"title\": \"no body\"}")),
        ("wrong-type", ToSend::value("{\"text\": 17}")),
        (
            "invalid-encoding",
            ToSend::value(vec![0x80, 0xff, 0xfe, 0x00, 0x01, 0x9d, 0x81, 0xf8, 0xfa, 0x02])
                .header("content-type", "text/plain; charset=utf-8"),
        ),
        ("too-large", ToSend::value("x".repeat(70_000))),
        ("too-deep", ToSend::value(deep)),
        ("panic", ToSend::value("{\"text\": \"this one holds the MARKER of the drill\"}")),
    ]
}

const BROKEN: [&str; 3] = ["input.maxBytes=65536", "drill.panicMarker=MARKER", "kafka.lingerMs=2"];

fn every_record_has_one_outcome(broker: &Broker) {
    let desk = Desk::new(broker, 3);
    let worker = desk.start(&BROKEN);
    let mut records: Vec<ToSend> = (0..200).map(article).collect();
    for (at, (_, bad)) in broken().into_iter().enumerate() {
        records.insert(at * 20, bad.key(format!("bad-{at}")));
    }
    let places = desk.feed(&records);
    let outcomes = desk.outcomes(records.len());
    assert_eq!(outcomes.sources(), places.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!(outcomes.enriched.len() + outcomes.dead.len(), records.len(), "one outcome each");
    assert_eq!(outcomes.dead.len(), broken().len());
    worker.until_committed(&ends(&places));
    worker.stop().expect("a clean end");
}

fn dead_letters_keep_every_byte(broker: &Broker) {
    let desk = Desk::new(broker, 1);
    let worker = desk.start(&BROKEN);
    let sent: Vec<(&str, ToSend)> = broken()
        .into_iter()
        .map(|(kind, record)| (kind, record.key(vec![0xff, 0x00]).header("mine", "kept")))
        .collect();
    let records: Vec<ToSend> = sent.iter().map(|(_, record)| record.clone()).collect();
    desk.feed(&records);
    let outcomes = desk.outcomes(records.len());
    assert!(outcomes.enriched.is_empty());
    for (dead, (kind, raw)) in outcomes.dead.iter().zip(&sent) {
        assert_eq!(dead.header("copydesk-error-kind"), Some(*kind));
        assert_eq!((&dead.key, &dead.value), (&raw.key, &raw.value), "{kind}");
        assert_eq!(dead.header("mine"), Some("kept"));
        assert_eq!(dead.header("copydesk-source-topic"), Some(desk.raw.as_str()));
        assert_eq!(dead.header("copydesk-attempts"), Some("1"));
        assert!(dead.header("copydesk-error-message").is_some_and(|message| message.len() > 10), "{kind}");
    }
    worker.stop().expect("a clean end");
}

fn order_per_partition_holds(broker: &Broker) {
    let desk = Desk::new(broker, 2);
    let worker = desk.start(&["worker.threads=4"]);
    // Long and short ones, so that the pool finishes them out of order.
    let records: Vec<ToSend> = (0..600)
        .map(|n| {
            let filler =
                if n % 5 == 0 { "A long paragraph that takes its time. ".repeat(150) } else { String::new() };
            ToSend::value(format!("Report {n} of the day.\n{filler}{n}")).to(n % 2)
        })
        .collect();
    desk.feed(&records);
    let outcomes = desk.outcomes(records.len());
    outcomes.assert_order();
    worker.stop().expect("a clean end");
}

fn a_copy_in_another_partition_is_recognised(broker: &Broker) {
    let desk = Desk::new(broker, 3);
    let worker = desk.start(&[]);
    let text = "Fishermen of Calder Bay have found a bell from 1750.\nIt weighs 300 kg, the museum said.";
    let record = |partition: i32, text: &str| ToSend::value(text).to(partition);
    desk.feed(&[record(0, text)]);
    desk.outcomes(1);
    desk.feed(&[
        record(1, &text.to_uppercase()),
        record(2, "Something else was caught in the nets on Tuesday."),
    ]);
    let articles = desk.outcomes(3).articles();
    let (first, copy, other) = (&articles[&(0, 0)], &articles[&(1, 0)], &articles[&(2, 0)]);
    assert_eq!(first["dedup"]["verdict"], "original");
    assert_eq!(copy["dedup"]["verdict"], "exact");
    assert_eq!(copy["dedup"]["of"], first["id"]);
    assert_eq!(copy["dedup"]["cluster"], first["id"]);
    assert_eq!(other["dedup"]["verdict"], "original");
    worker.stop().expect("a clean end");
}

/// Forty copies of each story over all partitions, two workers: of each story exactly one is the original, and all
/// others name it, whoever decided.
fn two_workers_give_one_verdict(broker: &Broker) {
    let desk = Desk::new(broker, 4);
    let one = desk.start(&[]);
    let two = desk.start(&[]);
    wait_until(PATIENCE, "both workers have partitions", || {
        !one.shared.standings().is_empty() && !two.shared.standings().is_empty()
    });
    let stories = 10;
    let records: Vec<ToSend> = (0..stories * 40)
        .map(|n| {
            ToSend::value(format!("Story {} went round the world on Friday.", n % stories)).to((n % 4) as i32)
        })
        .collect();
    desk.feed(&records);
    let articles = desk.outcomes(records.len()).articles();
    let mut originals: BTreeMap<String, String> = BTreeMap::new();
    for article in articles.values().filter(|a| a["dedup"]["verdict"] == "original") {
        let story = article["text"].as_str().expect("text").to_owned();
        let before = originals.insert(story, article["id"].as_str().expect("id").to_owned());
        assert_eq!(before, None, "two originals of one story");
    }
    assert_eq!(originals.len(), stories);
    for article in articles.values().filter(|a| a["dedup"]["verdict"] != "original") {
        assert_eq!(article["dedup"]["of"], originals[article["text"].as_str().expect("text")]);
    }
    one.stop().expect("a clean end");
    two.stop().expect("a clean end");
}

fn a_restarted_worker_goes_on_where_the_last_one_ended(broker: &Broker) {
    let desk = Desk::new(broker, 2);
    let worker = desk.start(&[]);
    desk.feed(&(0..50).map(article).collect::<Vec<_>>());
    desk.outcomes(50);
    worker.stop().expect("a clean end");
    let worker = desk.start(&[]);
    let places = desk.feed(&(50..100).map(article).collect::<Vec<_>>());
    let outcomes = desk.outcomes(100);
    assert_eq!(outcomes.enriched.len(), 100, "a clean stop commits all, so nothing is repeated");
    worker.until_committed(&ends(&places));
    worker.stop().expect("a clean end");
}

/// Another group reads the same input from its start with the same sketch log: every verdict stands, byte for byte,
/// the copies' too.
fn a_replay_from_the_start_gives_the_same_bytes(broker: &Broker) {
    let desk = Desk::new(broker, 2);
    let worker = desk.start(&[]);
    let records: Vec<ToSend> =
        (0..120).map(|n| article(n % 50)).chain(broken().into_iter().map(|(_, r)| r)).collect();
    desk.feed(&records);
    desk.outcomes(records.len());
    worker.stop().expect("a clean end");

    let again = Desk { group: format!("{}-again", desk.group), ..desk };
    let worker = again.start(&[]);
    wait_until(PATIENCE, "all is there twice", || {
        let now = again.outcomes_now();
        now.enriched.len() + now.dead.len() >= 2 * records.len()
    });
    assert_eq!(again.outcomes_now().assert_repeats_are_identical(), records.len());
    worker.stop().expect("a clean end");
}

fn a_small_budget_slows_but_loses_nothing(broker: &Broker) {
    let desk = Desk::new(broker, 3);
    let worker =
        desk.start(&["worker.budgetArticles=8", "worker.pauseAfterMs=10", "kafka.commitIntervalMs=20"]);
    let records: Vec<ToSend> = (0..300).map(article).collect();
    let places = desk.feed(&records);
    let highest = std::sync::atomic::AtomicU64::new(0);
    wait_until(PATIENCE * 2, "all is committed", || {
        let standings = worker.shared.standings();
        let uncommitted = standings.iter().map(|s| s.uncommitted.articles).sum();
        highest.fetch_max(uncommitted, std::sync::atomic::Ordering::Relaxed);
        ends(&places)
            .iter()
            .all(|(p, end)| standings.iter().any(|s| s.partition == *p && s.confirmed >= Some(*end)))
    });
    assert!(highest.into_inner() <= 8, "never more than the budget");
    let outcomes = desk.outcomes(records.len());
    assert_eq!(outcomes.enriched.len(), records.len());
    outcomes.assert_order();
    worker.stop().expect("a clean end");
}

fn a_run_of_dead_letters_stops_the_worker(broker: &Broker) {
    let desk = Desk::new(broker, 1);
    let worker = desk.start(&["deadLetters.maxRun=10"]);
    let good = article(1);
    let bad = (0..30).map(|n| ToSend::value(format!("{{\"text\": {n}}}")));
    desk.feed(&std::iter::once(good).chain(bad).collect::<Vec<_>>());
    match worker.end() {
        Err(WorkerError::DeadLetterRun { run, position, .. }) => {
            assert_eq!((run, position.offset), (10, 11));
        }
        other => panic!("ended with {other:?}"),
    }
    assert_eq!(
        read_to_end(&desk.bootstrap, &desk.dead, PATIENCE).len(),
        10,
        "no more than the limit went out"
    );
}

fn the_switches_work(broker: &Broker) {
    let desk = Desk::new(broker, 1);
    let body =
        "The council met on Monday evening in the old town hall.\nAdvertisement\nIt voted for the bridge.";
    let off = desk.start(&["repair.enabled=false", "dedup.enabled=false"]);
    desk.feed(&[ToSend::value(body), ToSend::value(body)]);
    let articles = desk.outcomes(2).articles();
    for article in articles.values() {
        assert_eq!(article["text"], body);
        assert_eq!(article["dedup"]["verdict"], "off");
        assert_eq!(
            article["warnings"],
            serde_json::json!(["noPublicationDate"]),
            "off is what was asked for"
        );
    }
    off.stop().expect("a clean end");
    assert!(read_to_end(&desk.bootstrap, &desk.log, PATIENCE).is_empty(), "dedup off writes no sketches");

    let on = desk.start(&["dedup.copies=drop"]);
    let places = desk.feed(&[ToSend::value(body), ToSend::value(body), article(7)]);
    on.until_committed(&ends(&places));
    on.stop().expect("a clean end");
    let articles = desk.outcomes_now().articles();
    assert_eq!(
        articles.keys().map(|(_, offset)| *offset).collect::<Vec<_>>(),
        [0, 1, 2, 4],
        "3 is a copy and dropped"
    );
    assert_eq!(articles[&(0, 2)]["repair"]["removed"][0]["text"], "Advertisement");
}

fn keys_and_headers_are_as_promised(broker: &Broker) {
    let desk = Desk::new(broker, 2);
    let worker = desk.start(&["output.key=cluster"]);
    let sent = ToSend { timestamp: Some(1_767_225_600_000), ..article(3) };
    let sent =
        sent.header("traceparent", "00-a-b-01").header("content-type", "application/json; charset=utf-8");
    desk.feed(&[sent.clone().to(0)]);
    desk.outcomes(1);
    desk.feed(&[sent.to(1), ToSend::default().key("gone").to(1).header("source", "1/1")]);
    let outcomes = desk.outcomes(3);
    let enriched: Vec<_> = outcomes.enriched.iter().filter(|record| record.value.is_some()).collect();
    assert_eq!(enriched.len(), 2);
    for record in &enriched {
        assert_eq!(record.key.as_deref(), Some(b"a3".as_slice()), "copies go under the id of the first");
        assert_eq!(record.partition, enriched[0].partition);
        assert_eq!(record.timestamp, Some(1_767_225_600_000));
        let (partition, offset) = source(record);
        for (name, value) in [
            ("ce_specversion", "1.0"),
            ("ce_id", format!("{partition}/{offset}").as_str()),
            ("ce_source", format!("/copydesk/{}", desk.raw).as_str()),
            ("ce_type", "copydesk.article.enriched.v1"),
            ("ce_time", "2026-01-01T00:00:00Z"),
            ("content-type", "application/json"),
            ("traceparent", "00-a-b-01"),
        ] {
            assert_eq!(record.header(name), Some(value), "{name}");
        }
        assert_eq!(record.headers.iter().filter(|(name, _)| name == "content-type").count(), 1);
    }
    let tombstone =
        outcomes.enriched.iter().find(|record| record.value.is_none()).expect("the tombstone came through");
    assert_eq!(tombstone.key.as_deref(), Some(b"gone".as_slice()));
    worker.stop().expect("a clean end");
}

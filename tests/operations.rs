//! What operators do and meet, with `copydesk` processes on a real Kafka: endpoints, topics, dead letters, topics that are
//! wrong, lost, remade or small.

mod desk;
mod support;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use desk::process::{output, stop};
use desk::{Desk, article, ends};
use rdkafka::admin::AdminOptions;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use serde_json::Value;
use support::broker::{Broker, admin, block_on};
use support::{PATIENCE, ToSend, client_config, package_file, read_to_end, wait_until};

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the endpoint answers");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: copydesk\r\nConnection: close\r\n\r\n").expect("a socket");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    text
}

fn status(address: &str) -> Value {
    let answer = get(address, "/status");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("application/json"), "{head}");
    serde_json::from_str(body).expect("JSON")
}

/// Every field of the answer has its row in docs/OPERATIONS.md.
fn assert_documented(status: &Value) {
    fn names(path: &str, value: &Value) -> Vec<String> {
        match value {
            Value::Object(fields) => {
                let dot = if path.is_empty() { "" } else { "." };
                fields.iter().flat_map(|(name, value)| names(&format!("{path}{dot}{name}"), value)).collect()
            }
            Value::Array(items) => items.iter().flat_map(|item| names(&format!("{path}[]"), item)).collect(),
            _ => vec![path.to_owned()],
        }
    }
    let page = std::fs::read_to_string(package_file("docs/OPERATIONS.md")).expect("the page");
    let rows: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()).collect();
    for name in names("", status) {
        assert!(rows.iter().any(|row| row.contains(&format!("`{name}`"))), "{name} has no row");
    }
}

#[test]
fn the_endpoints_tell_how_it_is() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 2);
    let earlier = desk.join(&[]);
    let places = desk.feed(&(0..7).map(article).collect::<Vec<_>>());
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    stop(earlier);
    let worker = desk.join(&["http.listen=127.0.0.1:0"]);
    let line =
        worker.wait_for_line(PATIENCE, "the end of the start", |line| line.contains("sketch log read"));
    assert!(line.contains("entries=7 checkpoints=0 seconds="), "{line}");
    let line = worker.wait_for_line(PATIENCE, "the address", |line| line.contains("serving /livez"));
    let plain: String = line
        .split("address=")
        .nth(1)
        .expect("the address")
        .chars()
        .take_while(|c| !c.is_whitespace())
        .collect();
    let places = desk.feed(&(10..30).map(article).collect::<Vec<_>>());
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    assert!(get(&plain, "/livez").starts_with("HTTP/1.1 200"));
    wait_until(PATIENCE, "ready", || get(&plain, "/readyz").starts_with("HTTP/1.1 200"));
    assert!(get(&plain, "/version").contains("\"librdkafka\""));
    let metrics = get(&plain, "/metrics");
    assert!(metrics.contains("copydesk_outcomes_total{kind=\"enriched\"} 20"), "{metrics}");
    assert!(metrics.contains("copydesk_commit_violations_total 0"), "{metrics}");
    wait_until(PATIENCE, "the lag is known", || {
        let metrics = get(&plain, "/metrics");
        (0..2).all(|p| metrics.contains(&format!("copydesk_consumer_lag{{partition=\"{p}\"}} 0\n")))
    });
    let status = status(&plain);
    assert_eq!((&status["version"], &status["ready"]), (&copydesk::VERSION.into(), &true.into()));
    let log = &status["sketchLog"];
    assert_eq!(
        (&log["topic"], &log["read"], &log["retainedAtStart"]),
        (&desk.log.as_str().into(), &27.into(), &7.into())
    );
    assert_eq!((&log["lag"], &log["waiting"], &log["available"]), (&0.into(), &0.into(), &true.into()));
    let partitions = status["partitions"].as_array().expect("a list");
    let committed = partitions.iter().map(|p| (p["partition"].as_i64(), p["committed"].as_i64()));
    let expected = ends(&places).into_iter().map(|(partition, end)| (Some(partition.into()), Some(end)));
    assert_eq!(committed.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert!(partitions.iter().all(|p| p["lag"] == 0 && p["open"] == 0 && p["paused"] == false), "{status}");
    assert_documented(&status);
    stop(worker);
}

#[test]
fn a_wrong_sketch_log_is_refused_with_the_way_to_mend_it() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let wrong = format!("{}-wrong", desk.log);
    broker.create_topic(&wrong, 2, &[("cleanup.policy", "compact"), ("retention.ms", "1000")]);
    let mut worker = desk.spawn(&["run"], &[&format!("dedup.log.topic={wrong}")]);
    let (code, log) = output(&mut worker);
    assert_eq!(code, Some(2), "{log}");
    for part in [
        "has 2 partitions",
        "cleanup.policy is compact",
        "message.timestamp.type is CreateTime",
        "retention.ms is 1000",
    ] {
        assert!(log.contains(part), "{part}:\n{log}");
    }
}

#[test]
fn topics_are_created_as_the_worker_needs_them() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let name = format!("{}.new", desk.raw);
    let sets = [
        format!("input.topic={name}"),
        format!("output.topic={name}.out"),
        format!("dedup.log.topic={name}.log"),
        "topics.partitions=3".to_owned(),
    ];
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let mut check = desk.spawn(&["check"], &sets);
    let (code, log) = output(&mut check);
    assert_eq!(code, Some(2), "{log}");
    assert!(log.contains("does not exist"), "{log}");
    assert_eq!(output(&mut desk.spawn(&["topics", "create"], &sets)).0, Some(0));
    let (code, log) = output(&mut desk.spawn(&["check"], &sets));
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("fits (3 partitions)") && log.contains("fits (1 partition)"), "{log}");
    let worker = desk.join(&sets);
    stop(worker);
}

#[test]
fn dead_letters_are_listed_shown_and_replayed() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let drill = "drill.panicMarker=MARKER";
    let worker = desk.join(&[drill]);
    let held = ToSend::value("The text with the MARKER is a good article.").key("k").header("mine", "1");
    desk.feed(&[ToSend::value("{broken"), held]);
    desk.outcomes(2);
    stop(worker);

    let (code, log) = output(&mut desk.spawn(&["dead-letters", "list"], &[]));
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("invalid-json") && log.contains("panic") && log.contains("2 dead letters"), "{log}");
    let (_, log) = output(&mut desk.spawn(&["dead-letters", "show", "0/1"], &[]));
    assert!(log.contains("copydesk-error-kind: panic") && log.contains("is a good article"), "{log}");
    let (_, log) = output(&mut desk.spawn(&["dead-letters", "replay", "--kind", "panic"], &[]));
    assert!(log.contains("1 dead letters put back"), "{log}");

    // The bug is mended (the drill is over): the article comes through, with its own key and headers.
    let worker = desk.join(&[]);
    let outcomes = desk.outcomes(3);
    let article = outcomes.enriched.first().expect("the replayed article");
    assert_eq!((article.key.as_deref(), article.header("mine")), (Some(b"k".as_slice()), Some("1")));
    stop(worker);
}

/// A body of 50 MB goes through where the topics take it; where the output topic does not, it becomes a dead letter.
#[test]
fn a_body_of_fifty_megabytes_has_a_clear_outcome() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let small = format!("{}.small", desk.out);
    broker.create_topic(&small, 1, &[("max.message.bytes", "1000000")]);
    let line = "Every line of this long record differs from the others in its number, which is ";
    let mut body = String::new();
    for number in 0.. {
        if body.len() >= 50_000_000 {
            break;
        }
        body += &format!("{line}{number}.\n");
    }
    desk.feed(&[ToSend::value(body.clone()), article(1)]);
    let large = ["input.maxBytes=60000000", "kafka.compression=none", "kafka.maxMessageBytes=115000000"];
    let worker = desk.join(&large);
    let outcomes = desk.outcomes(2);
    assert_eq!((outcomes.enriched.len(), outcomes.dead.len()), (2, 0));
    assert_eq!(outcomes.enriched[0].text().len() / 50_000_000, 1);
    stop(worker);

    let again = Desk { group: format!("{}-small", desk.group), out: small, ..desk };
    let worker = again.join(&large);
    let outcomes = again.outcomes(2);
    assert_eq!((outcomes.enriched.len(), outcomes.dead.len()), (1, 1));
    let dead = &outcomes.dead[0];
    assert_eq!(
        (dead.header("copydesk-error-kind"), dead.header("copydesk-error-stage")),
        (Some("too-large"), Some("output"))
    );
    assert_eq!(dead.value.as_deref(), Some(body.as_bytes()));
    stop(worker);
}

/// Retention was faster than the group: told apart from a fresh start, counted, and, if so wished, a reason to stop.
#[test]
fn records_lost_to_retention_are_told() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let worker = desk.join(&[]);
    let places = desk.feed(&(0..5).map(article).collect::<Vec<_>>());
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    stop(worker);

    desk.feed(&(5..20).map(article).collect::<Vec<_>>());
    let mut gone = TopicPartitionList::new();
    gone.add_partition_offset(&desk.raw, 0, Offset::Offset(12)).expect("an offset");
    block_on(admin(&desk.bootstrap).delete_records(&gone, &AdminOptions::new())).expect("the broker deletes");

    let mut strict = desk.spawn(&["run"], &["input.onGap=stop"]);
    let (code, log) = output(&mut strict);
    assert_eq!(code, Some(4), "{log}");
    assert!(log.contains("records 5 to 11 were removed"), "{log}");
    assert_eq!(desk.committed(), BTreeMap::from([(0, 5)]), "nothing behind the gap is committed");

    let worker = desk.join(&[]);
    let line =
        worker.wait_for_line(PATIENCE, "the loss", |line| line.contains("removed by the topic's retention"));
    assert!(line.contains("ERROR"), "{line}");
    assert_eq!(desk.outcomes(13).enriched.len(), 13);
    stop(worker);
}

/// The group stands at 20 in a topic that was made anew and ends at 5: that is told, and nothing is skipped.
#[test]
fn a_recreated_topic_is_not_skipped_in_silence() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let worker = desk.join(&[]);
    let places = desk.feed(&(0..20).map(article).collect::<Vec<_>>());
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    stop(worker);

    let deleted = block_on(admin(&desk.bootstrap).delete_topics(&[&desk.raw], &AdminOptions::new()));
    assert!(deleted.is_ok_and(|results| results.iter().all(Result::is_ok)));
    let client: BaseConsumer = client_config(&desk.bootstrap).create().expect("valid settings");
    wait_until(PATIENCE, "the topic is gone", || {
        let metadata = client.fetch_metadata(None, PATIENCE).expect("an answer");
        metadata.topics().iter().all(|topic| topic.name() != desk.raw)
    });
    broker.create_topic(&desk.raw, 1, &[]);
    desk.feed(&(100..105).map(article).collect::<Vec<_>>());
    // Deleting a topic deletes the group's offsets for it; another tool may well have put them back.
    let group: BaseConsumer =
        client_config(&desk.bootstrap).set("group.id", &desk.group).create().expect("valid settings");
    let mut stale = TopicPartitionList::new();
    stale.add_partition_offset(&desk.raw, 0, Offset::Offset(20)).expect("an offset");
    group.commit(&stale, rdkafka::consumer::CommitMode::Sync).expect("the group is empty");

    let mut worker = desk.spawn(&["run"], &[]);
    let (code, log) = output(&mut worker);
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("offset 20 was due, but the topic ends at 5"), "{log}");
    assert_eq!(desk.committed(), BTreeMap::from([(0, 20)]));
}

/// A broker refuses a batch that is larger than its topic's limit, and means the batch.
#[test]
fn small_articles_pass_a_topic_with_a_small_limit() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let small = format!("{}.small", desk.out);
    broker.create_topic(&small, 1, &[("max.message.bytes", "100000")]);
    let desk = Desk { out: small, ..desk };
    let long = |n: usize| ToSend::value(format!("Report {n}.\n{}", "One more line of it. ".repeat(250)));
    desk.feed(&(0..200).map(long).collect::<Vec<_>>());
    let worker = desk.join(&["kafka.compression=none", "kafka.lingerMs=200"]);
    let outcomes = desk.outcomes(200);
    assert_eq!((outcomes.enriched.len(), outcomes.dead.len()), (200, 0));
    stop(worker);
}

#[test]
fn a_worker_makes_its_own_topics_when_told_to() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let name = format!("{}.auto", desk.raw);
    let sets = [
        format!("input.topic={name}"),
        format!("output.topic={name}.out"),
        format!("dedup.log.topic={name}.log"),
        "topics.autoCreate=true".to_owned(),
    ];
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let mut both = [desk.spawn(&["run"], &sets), desk.spawn(&["run"], &sets)];
    for worker in &mut both {
        worker.wait_for_line(PATIENCE, "an assignment", |line| line.contains("partitions assigned"));
        worker.terminate();
        let (code, log) = output(worker);
        assert_eq!(code, Some(0), "{log}");
    }
}

/// A replay takes what is there when it begins, though a worker makes dead letters of it again meanwhile.
#[test]
fn a_replay_ends_while_a_worker_makes_new_dead_letters() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 2);
    let worker = desk.join(&["kafka.lingerMs=0", "deadLetters.maxRun=0"]);
    let bad = |n: i32| ToSend::value(format!("{{\"text\": {n}}}")).to(n % 2);
    desk.feed(&(0..2000).map(bad).collect::<Vec<_>>());
    wait_until(PATIENCE, "all are dead letters", || desk.outcomes_now().dead.len() == 2000);
    let (code, log) = output(&mut desk.spawn(&["dead-letters", "replay", "--all"], &[]));
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("2000 dead letters put back"), "{log}");
    wait_until(PATIENCE, "all are dead letters again", || desk.outcomes_now().dead.len() == 4000);
    let again = desk.outcomes_now().dead;
    assert_eq!(again.iter().filter(|dead| dead.header("copydesk-attempts") == Some("2")).count(), 2000);
    stop(worker);
}

#[test]
fn unread_topics_stay_unread() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let mut worker = desk.spawn(&["run"], &["output.topik=x"]);
    let (code, log) = output(&mut worker);
    assert_eq!(code, Some(2), "{log}");
    assert!(log.contains("output.topic"), "the nearest right name:\n{log}");
    assert!(read_to_end(&desk.bootstrap, &desk.out, PATIENCE).is_empty());
}

//! The worker as a process, on a real Kafka: kills, signals, the log, the endpoints, and what only a broker can do.

mod desk;
mod support;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use desk::{Desk, Outcomes, article, ends};
use rdkafka::admin::AdminOptions;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use support::broker::{Broker, admin, block_on};
use support::{PATIENCE, ToSend, Worker, client_config, read_to_end, wait_until};

const COPYDESK: &str = env!("CARGO_BIN_EXE_copydesk");

impl Desk {
    /// Arguments of a command on this desk.
    fn args(&self, command: &[&str], more: &[&str]) -> Vec<String> {
        let sets = self.sets().into_iter().chain(more.iter().map(ToString::to_string));
        let switches = sets.flat_map(|set| ["--set".to_owned(), set]);
        command.iter().map(ToString::to_string).chain(switches).collect()
    }

    fn spawn(&self, command: &[&str], more: &[&str]) -> Worker {
        let args = self.args(command, more);
        Worker::start(COPYDESK, &args.iter().map(String::as_str).collect::<Vec<_>>(), &[])
    }

    /// A worker process that has joined the group.
    fn join(&self, more: &[&str]) -> Worker {
        let worker = self.spawn(&["run"], more);
        worker.wait_for_line(PATIENCE, "an assignment", |line| line.contains("partitions assigned"));
        worker
    }

    /// What the group has committed, as the broker tells a stranger.
    fn committed(&self) -> BTreeMap<i32, i64> {
        let consumer: BaseConsumer =
            client_config(&self.bootstrap).set("group.id", &self.group).create().expect("valid settings");
        let metadata = consumer.fetch_metadata(Some(&self.raw), PATIENCE).expect("an answer");
        let mut list = TopicPartitionList::new();
        for partition in metadata.topics()[0].partitions() {
            list.add_partition(&self.raw, partition.id());
        }
        let list = consumer.committed_offsets(list, PATIENCE).expect("an answer");
        let offsets = list.elements().iter().map(|e| (e.partition(), e.offset())).collect::<Vec<_>>();
        offsets
            .into_iter()
            .filter_map(|(p, o)| if let Offset::Offset(o) = o { Some((p, o)) } else { None })
            .collect()
    }
}

/// A clean command ends with 0 and this output.
fn output(worker: &mut Worker) -> (Option<i32>, String) {
    let status = worker.wait_for_exit(PATIENCE);
    (status.code(), worker.log())
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the endpoint answers");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: copydesk\r\nConnection: close\r\n\r\n").expect("a socket");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    text
}

/// Two workers, three partitions; one is killed with SIGKILL in mid-stream, with work in its hands. Every article has
/// its outcome, order per partition holds, and what is repeated is within the budget and identical to the byte.
fn kill_nine(protocol: &str) {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 3);
    let budget = 200;
    let sets = [
        format!("kafka.groupProtocol={protocol}"),
        format!("worker.budgetArticles={budget}"),
        "kafka.sessionTimeoutMs=6000".to_owned(),
        "worker.drainMs=3000".to_owned(),
        "worker.shutdownMs=8000".to_owned(),
    ];
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let mut victim = desk.join(&sets);
    let mut survivor = desk.join(&sets);
    let count = 6000;
    // Some copies among them, so that verdicts are put to the test as well.
    let records: Vec<ToSend> = (0..count).map(|n| article(n % 5000).to((n % 3) as i32)).collect();
    let (bootstrap, raw) = (desk.bootstrap.clone(), desk.raw.clone());
    let feeder = std::thread::spawn(move || support::produce_all(&bootstrap, &raw, &records));
    wait_until(PATIENCE, "a part of the stream is through", || desk.outcomes_now().sources().len() > 300);
    victim.kill9();
    let before = desk.outcomes_now().sources().len();
    assert!(before < count, "the kill must come in mid-stream, and all {count} were through");
    let places = feeder.join().expect("the feeder fed");

    let outcomes = desk.outcomes(count);
    outcomes.assert_order();
    let repeats = outcomes.assert_repeats_are_identical();
    assert!(repeats <= budget, "{repeats} repeats, {budget} is the budget");
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    one_original_each(&outcomes);
    println!("killed after {before} of {count} outcomes; {repeats} repeated, budget {budget}");

    survivor.terminate();
    let (code, log) = output(&mut survivor);
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains(" ERROR "), "{log}");
}

#[test]
fn kill_nine_loses_nothing_with_the_consumer_protocol() {
    kill_nine("consumer");
}

#[test]
fn kill_nine_loses_nothing_with_the_classic_protocol() {
    kill_nine("classic");
}

/// Of the articles with one text, exactly one is the original, whoever decided and whatever was killed.
fn one_original_each(outcomes: &Outcomes) {
    let mut originals: BTreeMap<String, u32> = BTreeMap::new();
    for article in outcomes.articles().values() {
        let count = originals
            .entry(article["dedup"]["contentHash"].as_str().expect("a hash").to_owned())
            .or_default();
        *count += u32::from(article["dedup"]["verdict"] == "original");
    }
    let wrong: Vec<_> = originals.iter().filter(|(_, count)| **count != 1).collect();
    assert!(wrong.is_empty(), "texts without exactly one original: {wrong:?}");
}

#[test]
fn a_signal_drains_and_commits_all() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 3);
    let mut worker = desk.join(&["log.format=json"]);
    let records: Vec<ToSend> = (0..500).map(article).collect();
    desk.feed(&records);
    wait_until(PATIENCE, "work is under way", || !desk.outcomes_now().enriched.is_empty());
    worker.terminate();
    let (code, log) = output(&mut worker);
    assert_eq!(code, Some(0), "{log}");
    assert!(log.lines().all(|line| line.starts_with('{')), "every line of the log is JSON:\n{log}");
    // What was begun is done and committed; nothing else is.
    let outcomes = desk.outcomes_now();
    let done = outcomes.sources();
    let committed = desk.committed();
    let in_front =
        |(partition, offset): &(i32, i64)| committed.get(partition).is_some_and(|end| offset < end);
    assert!(done.iter().all(in_front), "an outcome was not committed: {committed:?}");
    let fronts: i64 = committed.values().sum();
    assert_eq!(fronts as usize, done.len(), "an offset was committed without an outcome");
    assert_eq!(outcomes.enriched.len(), done.len(), "nothing is there twice");
}

#[test]
fn the_endpoints_tell_how_it_is() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 2);
    let mut worker = desk.join(&["http.listen=127.0.0.1:0"]);
    let line = worker.wait_for_line(PATIENCE, "the address", |line| line.contains("serving /livez"));
    let plain: String = line
        .split("address=")
        .nth(1)
        .expect("the address")
        .chars()
        .take_while(|c| !c.is_whitespace())
        .collect();
    let places = desk.feed(&(0..20).map(article).collect::<Vec<_>>());
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
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
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
    let mut worker = desk.join(&sets);
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
}

#[test]
fn dead_letters_are_listed_shown_and_replayed() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let drill = "drill.panicMarker=MARKER";
    let mut worker = desk.join(&[drill]);
    let held = ToSend::value("The text with the MARKER is a good article.").key("k").header("mine", "1");
    desk.feed(&[ToSend::value("{broken"), held]);
    desk.outcomes(2);
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));

    let (code, log) = output(&mut desk.spawn(&["dead-letters", "list"], &[]));
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("invalid-json") && log.contains("panic") && log.contains("2 dead letters"), "{log}");
    let (_, log) = output(&mut desk.spawn(&["dead-letters", "show", "0/1"], &[]));
    assert!(log.contains("copydesk-error-kind: panic") && log.contains("is a good article"), "{log}");
    let (_, log) = output(&mut desk.spawn(&["dead-letters", "replay", "--kind", "panic"], &[]));
    assert!(log.contains("1 dead letters put back"), "{log}");

    // The bug is mended (the drill is over): the article comes through, with its own key and headers.
    let mut worker = desk.join(&[]);
    let outcomes = desk.outcomes(3);
    let article = outcomes.enriched.first().expect("the replayed article");
    assert_eq!((article.key.as_deref(), article.header("mine")), (Some(b"k".as_slice()), Some("1")));
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
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
    let mut worker = desk.join(&large);
    let outcomes = desk.outcomes(2);
    assert_eq!((outcomes.enriched.len(), outcomes.dead.len()), (2, 0));
    assert_eq!(outcomes.enriched[0].text().len() / 50_000_000, 1);
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));

    let again = Desk { group: format!("{}-small", desk.group), out: small, ..desk };
    let mut worker = again.join(&large);
    let outcomes = again.outcomes(2);
    assert_eq!((outcomes.enriched.len(), outcomes.dead.len()), (1, 1));
    let dead = &outcomes.dead[0];
    assert_eq!(
        (dead.header("copydesk-error-kind"), dead.header("copydesk-error-stage")),
        (Some("too-large"), Some("output"))
    );
    assert_eq!(dead.value.as_deref(), Some(body.as_bytes()));
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
}

/// Retention was faster than the group: told apart from a fresh start, counted, and, if so wished, a reason to stop.
#[test]
fn records_lost_to_retention_are_told() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let mut worker = desk.join(&[]);
    let places = desk.feed(&(0..5).map(article).collect::<Vec<_>>());
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));

    desk.feed(&(5..20).map(article).collect::<Vec<_>>());
    let mut gone = TopicPartitionList::new();
    gone.add_partition_offset(&desk.raw, 0, Offset::Offset(12)).expect("an offset");
    block_on(admin(&desk.bootstrap).delete_records(&gone, &AdminOptions::new())).expect("the broker deletes");

    let mut strict = desk.spawn(&["run"], &["input.onGap=stop"]);
    let (code, log) = output(&mut strict);
    assert_eq!(code, Some(4), "{log}");
    assert!(log.contains("records 5 to 11 were removed"), "{log}");
    assert_eq!(desk.committed(), BTreeMap::from([(0, 5)]), "nothing behind the gap is committed");

    let mut worker = desk.join(&[]);
    let line =
        worker.wait_for_line(PATIENCE, "the loss", |line| line.contains("removed by the topic's retention"));
    assert!(line.contains("ERROR"), "{line}");
    assert_eq!(desk.outcomes(13).enriched.len(), 13);
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
}

/// The group stands at 20 in a topic that was made anew and ends at 5: that is told, and nothing is skipped.
#[test]
fn a_recreated_topic_is_not_skipped_in_silence() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let mut worker = desk.join(&[]);
    let places = desk.feed(&(0..20).map(article).collect::<Vec<_>>());
    wait_until(PATIENCE, "all is committed", || desk.committed() == ends(&places));
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));

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
    let mut worker = desk.join(&["kafka.compression=none", "kafka.lingerMs=200"]);
    let outcomes = desk.outcomes(200);
    assert_eq!((outcomes.enriched.len(), outcomes.dead.len()), (200, 0));
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
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
    let mut worker = desk.join(&["kafka.lingerMs=0", "deadLetters.maxRun=0"]);
    let bad = |n: i32| ToSend::value(format!("{{\"text\": {n}}}")).to(n % 2);
    desk.feed(&(0..2000).map(bad).collect::<Vec<_>>());
    wait_until(PATIENCE, "all are dead letters", || desk.outcomes_now().dead.len() == 2000);
    let (code, log) = output(&mut desk.spawn(&["dead-letters", "replay", "--all"], &[]));
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("2000 dead letters put back"), "{log}");
    wait_until(PATIENCE, "all are dead letters again", || desk.outcomes_now().dead.len() == 4000);
    let again = desk.outcomes_now().dead;
    assert_eq!(again.iter().filter(|dead| dead.header("copydesk-attempts") == Some("2")).count(), 2000);
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
}

/// A broker that stands still does not hold the process for ever: the watchdog ends it, with a code that says so.
#[test]
fn a_frozen_broker_does_not_hold_a_stopping_worker() {
    let Ok(kafka) = support::RealKafka::start() else {
        assert!(!support::strict(), "a broker of its own cannot be started");
        return;
    };
    let broker = Broker::Real(Box::leak(Box::new(kafka)));
    let Broker::Real(kafka) = &broker else { return };
    let desk = Desk::new(&broker, 1);
    let mut worker = desk.join(&["worker.shutdownMs=1000", "worker.drainMs=500"]);
    desk.feed(&[article(1)]);
    desk.outcomes(1);
    kafka.pause();
    desk_is_stopped(&mut worker);
    kafka.resume();
    kafka.kill_broker(0);
}

fn desk_is_stopped(worker: &mut Worker) {
    worker.terminate();
    let status = worker.wait_for_exit(Duration::from_secs(40));
    assert!(matches!(status.code(), Some(0 | 75)), "{status:?}\n{}", worker.log());
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let mut worker = desk.join(&[]);
    // Frozen, so that both signals are there when it goes on.
    worker.pause();
    worker.signal("TERM");
    worker.signal("INT");
    worker.resume();
    let status = worker.wait_for_exit(PATIENCE);
    assert!(matches!(status.code(), Some(130 | 143)), "{status:?}\n{}", worker.log());
}

/// A backlog of 100 MB, a budget of 4 MB: what the process holds at its peak has nothing to do with the backlog.
#[test]
fn memory_is_bounded_whatever_the_backlog() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 2);
    let sentence = |n: usize, m: usize| {
        format!("In report {n} the clerk of ward {m} counted {} ballots by hand. ", n * m)
    };
    let block =
        |n: usize| ToSend::value((0..75).map(|m| sentence(n, m)).collect::<String>()).to((n % 2) as i32);
    let mut places = Vec::new();
    for from in (0..22_000).step_by(2000) {
        places.extend(desk.feed(&(from..from + 2000).map(block).collect::<Vec<_>>()));
    }
    let mut worker =
        desk.join(&["worker.budgetBytes=4194304", "kafka.librdkafka.queued.max.messages.kbytes=4096"]);
    let end = ends(&places);
    wait_until(PATIENCE * 3, "all is committed", || desk.committed() == end);
    let status = std::fs::read_to_string(format!("/proc/{}/status", worker.pid())).expect("a Linux process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak");
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    println!("peak {} MiB for a backlog of 105 MB", peak / 1024);
    assert!(peak < 100 * 1024, "the process held {peak} kB at its peak");
    worker.terminate();
    assert_eq!(output(&mut worker).0, Some(0));
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

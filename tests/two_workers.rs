//! Worker processes on a real Kafka that are killed, signalled, starved and frozen.

mod desk;
mod support;

use std::collections::BTreeMap;
use std::time::Duration;

use desk::process::{output, stop};
use desk::{Desk, Outcomes, article, ends};
use support::broker::Broker;
use support::{PATIENCE, ToSend, Worker, wait_until};

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
    // The dedup window has a bound of its own, which is not what is looked at here.
    let worker = desk.join(&[
        "worker.budgetBytes=4194304",
        "kafka.librdkafka.queued.max.messages.kbytes=4096",
        "dedup.window.articles=20000",
    ]);
    let end = ends(&places);
    wait_until(PATIENCE * 3, "all is committed", || desk.committed() == end);
    let status = std::fs::read_to_string(format!("/proc/{}/status", worker.pid())).expect("a Linux process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak");
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    println!("peak {} MiB for a backlog of 105 MB", peak / 1024);
    assert!(peak < 100 * 1024, "the process held {peak} kB at its peak");
    stop(worker);
}

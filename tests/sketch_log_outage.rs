//! The sketch log's broker goes away and comes back, with `dedup.unavailable` at "pause" and at "pass": on librdkafka's mock
//! cluster, where one broker of three leads the log and nothing else, and on three brokers of a real Kafka.

mod desk;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use copydesk::http::{SketchLogStatus, Status};
use desk::process::stop;
use desk::{Desk, Outcomes, Running, article, ends};
use rdkafka::admin::{AdminOptions, NewTopic, TopicReplication};
use rdkafka::mocking::{MockCluster, MockCoordinator};
use rdkafka::producer::DefaultProducerContext;
use serde_json::Value;
use support::broker::{admin, block_on};
use support::{Broker, PATIENCE, RealKafka, ToSend, unique, wait_until};

/// The broker that leads the log, and the one that leads all else.
const LOGS: i32 = 3;
const ELSE: i32 = 1;

/// Quick outages, though not so quick that a busy machine makes one, and clients that look soon whether the broker is back.
const QUICK: [&str; 2] = ["dedup.unavailableMs=4000", "kafka.librdkafka.reconnect.backoff.max.ms=200"];

/// A desk on a cluster of which a part can be taken away.
struct Scene {
    broker: Broker,
    desk: Desk,
}

impl Scene {
    fn new(partitions: i32) -> Scene {
        let broker = Broker::mock();
        let desk = Desk::new(&broker, partitions);
        let scene = Scene { broker, desk };
        let cluster = scene.cluster();
        for topic in [&scene.desk.raw, &scene.desk.out, &scene.desk.dead] {
            for partition in 0..partitions {
                cluster.partition_leader(topic, partition, Some(ELSE)).expect("a partition");
            }
        }
        cluster.partition_leader(&scene.desk.log, 0, Some(LOGS)).expect("a partition");
        let group = MockCoordinator::Group(scene.desk.group.clone());
        cluster.coordinator(group, ELSE).expect("a coordinator");
        scene
    }

    fn cluster(&self) -> &MockCluster<'static, DefaultProducerContext> {
        let Broker::Mock(cluster) = &self.broker else { unreachable!("made so") };
        cluster
    }

    fn take_the_log_away(&self) {
        self.cluster().broker_down(LOGS).expect("a broker");
    }

    fn bring_the_log_back(&self) {
        self.cluster().broker_up(LOGS).expect("a broker");
    }

    fn start(&self, more: &[&str]) -> Running {
        self.desk.start(&[&QUICK, more].concat())
    }
}

fn log_of(worker: &Running) -> SketchLogStatus {
    Status::of(&worker.shared).sketch_log.expect("dedup is on")
}

fn until_unavailable(worker: &Running) {
    wait_until(PATIENCE, "the outage is noticed", || !log_of(worker).available);
}

fn until_available(worker: &Running) {
    wait_until(PATIENCE, "the outage is over", || log_of(worker).available);
}

/// Ten articles a partition, each unlike all others, and one that is none.
fn batch(first: usize, partitions: i32) -> Vec<ToSend> {
    let good = (first..first + 10 * partitions as usize)
        .map(|number| article(number).to(number as i32 % partitions));
    good.chain([ToSend::value("{\"text\": 17}").to(0)]).collect()
}

fn warnings(article: &Value) -> Vec<&str> {
    article["warnings"].as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

/// Each place has one outcome, and exactly these have no verdict.
fn assert_outcomes(outcomes: &Outcomes, places: &[(i32, i64)], without: &BTreeSet<(i32, i64)>) {
    assert_eq!(outcomes.enriched.len() + outcomes.dead.len(), places.len(), "one outcome each");
    assert_verdicts(outcomes, places, without);
}

/// Each place has an outcome, and exactly these have no verdict.
fn assert_verdicts(outcomes: &Outcomes, places: &[(i32, i64)], without: &BTreeSet<(i32, i64)>) {
    assert_eq!(outcomes.sources(), places.iter().copied().collect::<BTreeSet<_>>());
    outcomes.assert_order();
    for (place, article) in outcomes.articles() {
        let off = article["dedup"]["verdict"] == "off";
        assert_eq!(off, without.contains(&place), "{place:?}: {}", article["dedup"]);
        assert_eq!(off, warnings(&article).contains(&"dedupUnavailable"), "{place:?}");
        assert_eq!(off, article["dedup"]["contentHash"].is_null(), "{place:?}");
    }
}

/// The places of records that are articles.
fn articles_among(records: &[ToSend], places: &[(i32, i64)]) -> BTreeSet<(i32, i64)> {
    let is_article = |record: &ToSend| record.key.is_some();
    records.iter().zip(places).filter(|(record, _)| is_article(record)).map(|(_, place)| *place).collect()
}

#[test]
fn articles_pass_without_a_verdict_and_have_one_again_when_the_log_is_back() {
    let scene = Scene::new(2);
    let worker = scene.start(&["dedup.unavailable=pass"]);
    let mut places = scene.desk.feed(&batch(0, 2));
    worker.until_committed(&ends(&places));

    scene.take_the_log_away();
    let missed = batch(100, 2);
    let mut missed_places = scene.desk.feed(&missed);
    let mut without = articles_among(&missed, &missed_places);
    worker.until_committed(&ends(&missed_places));
    assert!(!log_of(&worker).available);
    assert!(worker.shared.is_ready(), "articles pass, so more may come");
    // Nobody waits for these any more: they pass as they come.
    let more = batch(200, 2);
    let more_places = scene.desk.feed(&more);
    without.extend(articles_among(&more, &more_places));
    missed_places.extend(more_places);
    worker.until_committed(&ends(&missed_places));
    let log = log_of(&worker);
    assert_eq!((log.passed, log.waiting), (40, 0));
    places.extend(missed_places);

    scene.bring_the_log_back();
    until_available(&worker);
    // A copy of what came before, and of what passed: its entry went to the log when that was back.
    let copies: Vec<ToSend> = [article(3).to(1), article(104).to(0), article(300).to(1)].into();
    let copied = scene.desk.feed(&copies);
    places.extend(&copied);
    worker.until_committed(&ends(&copied));
    let outcomes = scene.desk.outcomes(places.len());
    assert_outcomes(&outcomes, &places, &without);
    let articles = outcomes.articles();
    let verdict = |at: usize| articles[&copied[at]]["dedup"]["verdict"].clone();
    assert_eq!((verdict(0), verdict(1), verdict(2)), ("exact".into(), "exact".into(), "original".into()));
    assert_eq!(log_of(&worker).passed, 40);
    worker.stop().expect("a clean end");
}

#[test]
fn articles_wait_for_the_log_and_nothing_is_committed_past_them() {
    let scene = Scene::new(2);
    let settings = ["worker.budgetArticles=15", "worker.pauseAfterMs=10", "kafka.commitIntervalMs=20"];
    let worker = scene.start(&settings);
    let mut places = scene.desk.feed(&batch(0, 2));
    worker.until_committed(&ends(&places));
    let before = scene.desk.outcomes(places.len()).sources().len();
    let committed = |worker: &Running| -> BTreeMap<i32, Option<i64>> {
        Status::of(&worker.shared).partitions.iter().map(|p| (p.partition, p.committed)).collect()
    };
    let at_first = committed(&worker);

    scene.take_the_log_away();
    // What is no article needs no verdict, but it may not overtake: one stands at the head, one behind the articles.
    let held: Vec<ToSend> = (0..4).flat_map(|n| batch(100 + n * 20, 2)).collect();
    places.extend(scene.desk.feed(&held));
    until_unavailable(&worker);
    wait_until(PATIENCE, "intake is paused by what waits", || {
        Status::of(&worker.shared).partitions.iter().all(|partition| partition.paused)
    });
    let log = log_of(&worker);
    assert!(log.waiting > 0 && log.waiting <= 15, "{log:?}");
    assert_eq!(log.passed, 0);
    assert_eq!(committed(&worker), at_first);
    assert_eq!(scene.desk.outcomes_now().sources().len(), before, "nothing has left");

    scene.bring_the_log_back();
    worker.until_committed(&ends(&places));
    let outcomes = scene.desk.outcomes(places.len());
    assert_outcomes(&outcomes, &places, &BTreeSet::new());
    until_available(&worker);
    worker.stop().expect("a clean end");
}

/// The producer gives entries up after a second. Those that are waited for, and the one whose return is to tell that the
/// log is back, are sent again.
#[test]
fn an_outage_may_outlast_the_producer() {
    let scene = Scene::new(1);
    for then in ["pass", "pause"] {
        let setting = format!("dedup.unavailable={then}");
        let worker = scene.start(&[&setting, "kafka.messageTimeoutMs=1000"]);
        let warm = scene.desk.feed(&[article(1)]);
        worker.until_committed(&ends(&warm));

        scene.take_the_log_away();
        let places = scene.desk.feed(&batch(if then == "pass" { 100 } else { 200 }, 1));
        until_unavailable(&worker);
        let resends = || worker.shared.metrics.log_resends.get();
        let (before, waiting) = (resends(), log_of(&worker).waiting as u64);
        wait_until(PATIENCE, "entries are given up and sent again", || resends() > before + waiting);
        scene.bring_the_log_back();
        until_available(&worker);
        worker.until_committed(&ends(&places));
        let more = scene.desk.feed(&[article(1)]);
        worker.until_committed(&ends(&more));
        let outcomes = scene.desk.outcomes_now();
        assert_eq!(outcomes.sources().len() as i64, more[0].1 + 1, "{then}: all have an outcome");
        let articles = outcomes.articles();
        assert_eq!(articles[&more[0]]["dedup"]["verdict"], "exact", "{then}");
        let expected = if then == "pass" { "off" } else { "original" };
        assert_eq!(articles[&places[0]]["dedup"]["verdict"], expected);
        worker.stop().expect("a clean end");
    }
}

/// The log is away when the worker starts, and it holds an article of an earlier worker.
#[test]
fn a_start_without_the_log_passes_and_knows_what_was_there_when_it_is_back() {
    let scene = Scene::new(1);
    let earlier = scene.start(&[]);
    let mut places = scene.desk.feed(&[article(1)]);
    earlier.until_committed(&ends(&places));
    earlier.stop().expect("a clean end");

    scene.take_the_log_away();
    let worker = scene.start(&["dedup.unavailable=pass"]);
    assert_eq!((log_of(&worker).available, log_of(&worker).caught_up), (false, false));
    let records = [article(1), article(2)];
    let passed = scene.desk.feed(&records);
    worker.until_committed(&ends(&passed));

    scene.bring_the_log_back();
    until_available(&worker);
    assert!(log_of(&worker).caught_up);
    let copied = scene.desk.feed(&[article(1), article(3)]);
    worker.until_committed(&ends(&copied));
    places.extend(&passed);
    places.extend(&copied);
    let outcomes = scene.desk.outcomes(places.len());
    assert_outcomes(&outcomes, &places, &passed.into_iter().collect());
    assert_eq!(outcomes.articles()[&copied[0]]["dedup"]["verdict"], "exact");
    worker.stop().expect("a clean end");
}

#[test]
fn a_start_without_the_log_waits_for_it() {
    let scene = Scene::new(1);
    scene.take_the_log_away();
    let places = scene.desk.feed(&batch(0, 1));
    let worker = scene.desk.begin(&QUICK);
    until_unavailable(&worker);
    let status = Status::of(&worker.shared);
    assert!(!status.ready && status.partitions.is_empty(), "{status:?}");
    assert!(status.readiness.contains("reading the sketch log"), "{}", status.readiness);
    assert!(scene.desk.outcomes_now().sources().is_empty());

    scene.bring_the_log_back();
    wait_until(PATIENCE, "the worker is ready", || worker.shared.is_ready());
    worker.until_committed(&ends(&places));
    assert_outcomes(&scene.desk.outcomes(places.len()), &places, &BTreeSet::new());
    worker.stop().expect("a clean end");
}

#[test]
fn the_status_follows_the_log() {
    let scene = Scene::new(1);
    let earlier = scene.start(&[]);
    let places = scene.desk.feed(&(0..30).map(article).collect::<Vec<_>>());
    earlier.until_committed(&ends(&places));
    earlier.stop().expect("a clean end");
    let worker = scene.start(&[]);
    let log = log_of(&worker);
    assert_eq!((log.read, log.retained_at_start, log.caught_up), (30, Some(30), true));
    assert_eq!((log.entries, log.end_offset, log.lag), (30, Some(30), Some(0)));
    let places = scene.desk.feed(&(30..40).map(article).collect::<Vec<_>>());
    worker.until_committed(&ends(&places));
    let log = log_of(&worker);
    assert_eq!((log.read, log.retained_at_start, log.end_offset, log.lag), (40, Some(30), Some(40), Some(0)));
    let status = Status::of(&worker.shared);
    assert_eq!(status.partitions.len(), 1);
    let partition = &status.partitions[0];
    assert_eq!(
        (partition.frontier, partition.committed, partition.open, partition.paused),
        (Some(40), Some(40), 0, false)
    );
    let shared = worker.shared.clone();
    worker.stop().expect("a clean end");
    let after = Status::of(&shared);
    assert!(after.ending && !after.ready);
}

/// Three desks on one cluster; the broker that alone has their logs is killed and started again. The worker of the third is
/// started between the two.
#[test]
fn a_broker_that_leads_the_log_dies_and_comes_back() {
    if RealKafka::shared().is_none() {
        return;
    }
    // Its own, whatever the environment says: it is going to be harmed.
    let kafka = RealKafka::start_cluster(3).unwrap_or_else(|message| panic!("{message}"));
    let desk = || -> Desk {
        let name = unique("desk");
        let desk = Desk {
            bootstrap: kafka.bootstrap(),
            raw: format!("{name}.raw"),
            out: format!("{name}.out"),
            dead: format!("{name}.raw.dead-letters"),
            log: format!("{name}.sketches"),
            group: name,
        };
        for topic in [&desk.raw, &desk.out, &desk.dead] {
            kafka.create_topic(topic, 2, &[]);
        }
        let log = NewTopic::new(&desk.log, 1, TopicReplication::Variable(&[&[LOGS]]))
            .set("message.timestamp.type", "LogAppendTime");
        let made = block_on(admin(&desk.bootstrap).create_topics([&log], &AdminOptions::new()));
        assert!(made.is_ok_and(|results| results.iter().all(Result::is_ok)));
        desk
    };
    let (passing, pausing, late) = (desk(), desk(), desk());
    let pass = passing.start(&[&QUICK[..], &["dedup.unavailable=pass"]].concat());
    let pause = pausing.start(&QUICK);
    let mut places = passing.feed(&batch(0, 2));
    assert_eq!(pausing.feed(&batch(0, 2)), places);
    pass.until_committed(&ends(&places));
    pause.until_committed(&ends(&places));

    kafka.kill_broker(LOGS as usize - 1);
    let missed = batch(100, 2);
    let missed_places = passing.feed(&missed);
    assert_eq!(pausing.feed(&missed), missed_places);
    places.extend(&missed_places);
    let without = articles_among(&missed, &missed_places);
    pass.until_committed(&ends(&places));
    until_unavailable(&pause);
    let held = pausing.outcomes_now().sources();
    assert!(held.is_disjoint(&without), "{held:?}");

    let starting = late.join(&[&QUICK[..], &["dedup.unavailable=pass"]].concat());
    let first = late.feed(&[article(1)]);
    assert_verdicts(&late.outcomes(1), &first, &BTreeSet::from([first[0]]));

    kafka.restart_broker(LOGS as usize - 1).unwrap_or_else(|message| panic!("{message}"));
    pause.until_committed(&ends(&places));
    until_available(&pause);
    until_available(&pass);
    let copied = passing.feed(&[article(3).to(1)]);
    pass.until_committed(&ends(&copied));
    places.extend(&copied);
    let outcomes = passing.outcomes(places.len());
    outcomes.assert_repeats_are_identical();
    assert_eq!(outcomes.articles()[&copied[0]]["dedup"]["verdict"], "exact");
    assert_verdicts(&outcomes, &places, &without);
    pausing.outcomes(places.len() - 1).assert_repeats_are_identical();
    assert_verdicts(&pausing.outcomes_now(), &places[..places.len() - 1], &BTreeSet::new());
    starting.wait_for_line(PATIENCE, "the end of the outage", |line| line.contains("gives verdicts again"));
    let second = late.feed(&[article(1)]);
    assert_eq!(late.outcomes(2).articles()[&second[0]]["dedup"]["of"], "a1");
    stop(starting);
    pass.stop().expect("a clean end");
    pause.stop().expect("a clean end");
}

//! Near copies on a real Kafka: whoever decides, whatever is killed, wherever a reader begins, the verdicts are those of one
//! window that is fed with the sketch log from its beginning.

mod desk;
mod support;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;

use copydesk::dedup::{Checkpoint, Decision, LogRecord, encode, encode_checkpoint};
use copydesk::http::{SketchLogStatus, Status};
use desk::process::output;
use desk::stories::{Edit, Random, Story, bulletin};
use desk::{Desk, Running, article, model};
use rdkafka::admin::AdminOptions;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use support::broker::{admin, block_on};
use support::{Broker, PATIENCE, ToSend, Worker, client_config, wait_until};

const PARTITIONS: usize = 4;

/// Stories, all edits of each, and bulletins, in an order of their own, over all partitions.
fn wire(stories: u64, bulletins: u64, seed: u64) -> Vec<ToSend> {
    let mut random = Random(seed);
    let mut records = Vec::new();
    for number in 0..stories {
        let story = Story::new(number);
        records.push(story.record(&format!("s{number}"), Edit::None, 0));
        let edits = Edit::ALL.iter().enumerate();
        records.extend(edits.map(|(n, edit)| story.record(&format!("s{number}-{n}"), *edit, number + 1)));
    }
    records.extend((0..bulletins).map(bulletin));
    random.shuffle(&mut records);
    records.into_iter().map(|record| record.to(random.below(PARTITIONS) as i32)).collect()
}

/// Each output value by its source.
fn values(desk: &Desk) -> BTreeMap<(i32, i64), Vec<u8>> {
    let outcomes = desk.outcomes_now();
    outcomes
        .enriched
        .iter()
        .map(|record| (desk::source(record), record.value.clone().unwrap_or_default()))
        .collect()
}

/// Two workers, one of which is killed again and again with work in its hands. At the end every record has one outcome,
/// which is what a single window says of the log; and a worker that comes when all is over and begins from the start of
/// the input gives the same bytes.
#[test]
fn kills_and_replays_do_not_change_a_verdict() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, PARTITIONS as i32);
    // So little is let in at a time that there is work in hand, and more to come, whenever a kill comes.
    let budget = 25;
    let sets = ["worker.budgetArticles=25", "kafka.commitIntervalMs=500"];
    let records = wire(150, 150, 20_261);
    let mut survivor = desk.join(&sets);
    desk.feed(&records);
    let through = || desk.outcomes_now().sources().len();
    let (mut random, kills) = (Random(17), 3);
    let mut victim = join_with_partitions(&desk, &sets);
    for _ in 0..kills {
        let when = through() + 10 + random.below(40);
        wait_until(PATIENCE, "a part of the stream is through", || through() >= when);
        let status = victim.kill9();
        assert_eq!(status.signal(), Some(9), "it was alive until it was killed");
        let done = through();
        assert!(done < records.len(), "the kill must come in mid-stream, and all were through");
        victim = join_with_partitions(&desk, &sets);
    }
    let outcomes = desk.outcomes(records.len());
    let repeats = outcomes.assert_repeats_are_identical();
    assert!(repeats <= kills * budget, "{repeats} repeats of {kills} kills");
    assert_eq!(outcomes.sources().len(), records.len());
    for worker in [&mut survivor, &mut victim] {
        worker.terminate();
        let (code, log) = output(worker);
        assert!(code == Some(0) && !log.contains(" ERROR "), "{log}");
    }

    let log = model::read_log(&desk);
    let expected = model::verdicts(&log, &model::window(&desk, &sets));
    let articles = outcomes.articles();
    assert_eq!(expected.len(), records.len());
    for (source, article) in &articles {
        model::assert_says(article, &expected[source]);
    }
    // It was put to the test: most copies are found, and most of these name an article of another partition.
    let homes: BTreeMap<&str, i32> = articles
        .iter()
        .map(|((partition, _), article)| (article["id"].as_str().expect("an id"), *partition))
        .collect();
    let copies: Vec<_> =
        articles.iter().filter_map(|(at, article)| Some((at.0, article["dedup"]["of"].as_str()?))).collect();
    let across = copies.iter().filter(|(partition, of)| homes[of] != *partition).count();
    assert!(copies.len() > 150 * Edit::ALL.len() * 8 / 10, "{} copies are found", copies.len());
    assert!(across > copies.len() / 2, "{across} of {} are of another partition", copies.len());
    assert!(articles.values().any(|article| article["dedup"]["verdict"] == "template"));
    assert!(model::checkpoints(&log) > 0);

    let first = values(&desk);
    let again = desk.again();
    broker.create_topic(&again.out, PARTITIONS as i32, &[]);
    let mut replay = again.join(&[]);
    again.outcomes(records.len());
    let (mut differ, second) = (Vec::new(), values(&again));
    for (source, value) in &first {
        if second.get(source) != Some(value) {
            differ.push(source);
        }
    }
    assert!(differ.is_empty() && second.len() == first.len(), "{differ:?} differ");
    let line = replay.wait_for_line(PATIENCE, "the log is read", |line| line.contains("sketch log read"));
    assert!(!line.contains("checkpoints=0"), "what was decided was taken from checkpoints: {line}");
    replay.terminate();
    let (code, log_lines) = output(&mut replay);
    assert!(code == Some(0) && !log_lines.contains(" ERROR "), "{log_lines}");
    let bytes = |is_entry: bool| -> usize {
        let sizes = log.iter().map(|(_, record)| match record {
            LogRecord::Entry(entry) if is_entry => encode(entry).len(),
            LogRecord::Checkpoint(checkpoint) if !is_entry => encode_checkpoint(checkpoint).len(),
            _ => 0,
        });
        sizes.sum()
    };
    println!(
        "{} records, {} in the sketch log: {} bytes of entries, {} of {} checkpoints; {} copies, {across} of them across \
         partitions; {repeats} repeats",
        records.len(),
        log.len(),
        bytes(true),
        bytes(false),
        model::checkpoints(&log),
        copies.len()
    );
}

/// A worker process that has work.
fn join_with_partitions(desk: &Desk, sets: &[&str]) -> Worker {
    let worker = desk.spawn(&["run"], sets);
    let has_work = |line: &str| line.contains("partitions assigned") && !line.contains("partitions=[]");
    worker.wait_for_line(PATIENCE, "an assignment of partitions", has_work);
    worker
}

fn status(worker: &Running) -> SketchLogStatus {
    Status::of(&worker.shared).sketch_log.expect("dedup is on")
}

/// Feeds records over all partitions, and waits until all that was ever fed has an outcome.
fn feed(desk: &Desk, records: Vec<ToSend>, fed: &mut usize) -> Vec<(i32, i64)> {
    let spread = records.into_iter().enumerate().map(|(n, record)| record.to((n % PARTITIONS) as i32));
    let places = desk.feed(&spread.collect::<Vec<_>>());
    *fed += places.len();
    desk.outcomes(*fed);
    places
}

/// The beginning of the log is cut off, and with it the articles that began the clusters. A worker that starts on the rest
/// takes up where the decisions in the checkpoints leave it, and decides as the one that has seen all.
#[test]
fn a_worker_that_begins_in_the_middle_of_the_log_decides_as_one_that_has_read_all() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, PARTITIONS as i32);
    let sets = ["dedup.window.articles=700", "worker.drainMs=2000"];
    let stays = desk.start(&sets);
    let clusters = 40;
    let stories: Vec<Story> = (0..clusters).map(Story::new).collect();
    let print = |edit: Edit, seed: u64| -> Vec<ToSend> {
        let all = stories.iter().enumerate();
        all.map(|(n, story)| story.record(&format!("s{n}-{seed}"), edit, seed)).collect()
    };
    let fill = |from: usize, to: usize| {
        (from..to).map(|n| Story::new(1000 + n as u64).record(&format!("f{n}"), Edit::None, 0))
    };
    let mut fed = 0;
    // Originals at the beginning; copies of them in the middle; and enough behind for checkpoints that cover both.
    feed(&desk, print(Edit::None, 0), &mut fed);
    feed(&desk, fill(0, 460).chain((0..30).map(bulletin)).collect(), &mut fed);
    feed(&desk, print(Edit::Typos, 1), &mut fed);
    feed(&desk, fill(460, 970).collect(), &mut fed);
    let before = model::read_log(&desk);
    assert!(model::checkpoints(&before) >= 2, "{} checkpoints", model::checkpoints(&before));
    let cut = 450;
    delete_before(&desk, cut);
    let rest = model::read_log(&desk);
    assert_eq!(rest[0].0.offset, cut as u64, "the log is cut");

    let restarted = desk.start(&sets);
    wait_until(PATIENCE, "both have partitions", || {
        [&stays, &restarted].iter().all(|worker| !worker.shared.standings().is_empty())
    });
    assert!(status(&restarted).checkpoints_read >= 2);
    let mut news = print(Edit::Typos, 2);
    news.extend(print(Edit::Brief, 3));
    news.extend((100..130).map(bulletin));
    let places = feed(&desk, news, &mut fed);

    let mut all = before;
    all.retain(|(place, _)| place.offset < cut as u64);
    all.extend(model::read_log(&desk));
    let settings = model::window(&desk, &sets);
    let expected = model::verdicts(&all, &settings);
    let articles = desk.outcomes_now().articles();
    for place in &places {
        model::assert_says(&articles[place], &expected[place]);
    }
    for worker in [&stays, &restarted] {
        assert_eq!(worker.shared.metrics.log_disagreements.get(), 0);
    }
    // Each has decided some of these, and a reader without checkpoints would have been wrong on many.
    let by_restarted =
        restarted.shared.standings().iter().map(|standing| standing.partition).collect::<Vec<_>>();
    assert!(places.iter().any(|(partition, _)| by_restarted.contains(partition)));
    assert!(places.iter().any(|(partition, _)| !by_restarted.contains(partition)));
    let ignorant = model::verdicts(&model::read_log(&desk), &settings);
    let wrong = places.iter().filter(|place| ignorant[*place] != expected[*place]).count();
    assert!(wrong >= clusters as usize, "only {wrong} verdicts depend on what is gone");
    println!("{} verdicts, {wrong} of which depend on what is gone", places.len());
    restarted.stop().expect("a clean end");
    stays.stop().expect("a clean end");
}

/// As `kafka-delete-records` does.
fn delete_before(desk: &Desk, offset: i64) {
    let mut list = TopicPartitionList::new();
    list.add_partition_offset(&desk.log, 0, Offset::Offset(offset)).expect("an offset");
    let answer =
        block_on(admin(&desk.bootstrap).delete_records(&list, &AdminOptions::new())).expect("an answer");
    answer.elements()[0].error().expect("the broker has deleted");
}

/// A checkpoint of a worker with other settings is told as such, and changes nothing.
#[test]
fn workers_that_decide_otherwise_are_told() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 1);
    let worker = desk.start(&[]);
    let story = Story::new(1);
    desk.feed(&[story.record("first", Edit::None, 0), story.record("second", Edit::Typos, 1)]);
    desk.outcomes(2);
    // One that says that both are originals.
    let decisions = (0..2).map(|offset| (offset, Decision::default())).collect();
    let other = Checkpoint::new(0, 2, decisions).expect("a checkpoint");
    let bytes = encode_checkpoint(&other);
    support::produce_all(&desk.bootstrap, &desk.log, &[ToSend::value(bytes)]);
    let disagreements = || worker.shared.metrics.log_disagreements.get();
    wait_until(PATIENCE, "it is noticed", || disagreements() == 1);
    desk.feed(&[story.record("third", Edit::Headline, 2)]);
    let articles = desk.outcomes(3).articles();
    assert_eq!(articles[&(0, 2)]["dedup"]["cluster"], "first");
    assert_eq!(status(&worker).checkpoints_read, 1);
    worker.stop().expect("a clean end");
}

/// What a transaction that was given up leaves in the log has offsets and is no record: at the end it does not hold a
/// start up, and in the middle it is no gap.
#[test]
fn markers_in_the_log_do_no_harm() {
    let Some(broker) = Broker::real() else { return };
    let desk = Desk::new(&broker, 2);
    let abort = || {
        let producer: BaseProducer = client_config(&desk.bootstrap)
            .set("transactional.id", support::unique("stranger"))
            .create()
            .expect("valid settings");
        producer.init_transactions(PATIENCE).expect("a transaction");
        producer.begin_transaction().expect("a transaction");
        producer.send(BaseRecord::<(), str>::to(&desk.log).payload("never seen")).expect("room");
        producer.flush(PATIENCE).expect("the broker takes it");
        producer.abort_transaction(PATIENCE).expect("the broker ends it");
    };
    abort();
    let first = desk.start(&[]);
    assert_eq!((status(&first).read, status(&first).lag), (0, Some(0)));
    desk.feed(&[article(1).to(0)]);
    desk.outcomes(1);
    abort();
    let second = desk.start(&[]);
    assert_eq!(status(&second).read, 1);
    desk.feed(&[article(1).to(0)]);
    let articles = desk.outcomes(2).articles();
    assert_eq!(articles[&(0, 1)]["dedup"]["verdict"], "exact");
    first.stop().expect("a clean end");
    second.stop().expect("a clean end");
}

//! The broker refuses a record for its size: the raw record becomes a dead letter, once, and only while it is ours.

use super::*;

fn one_at_the_broker(options: &Options) -> (Bench, Lane) {
    let mut bench = Bench::new(options);
    let lane = bench.assign(0);
    bench.feed(lane, 0..1);
    bench.finish_work();
    assert_eq!(bench.taken(lane), [(0, ParcelKind::Enriched)]);
    (bench, lane)
}

#[test]
fn an_enriched_record_that_is_too_large_becomes_a_dead_letter() {
    let (mut bench, lane) = one_at_the_broker(&Options::default());
    let refusal = bench.too_large(0);
    bench.tell(refusal);
    assert_eq!(bench.taken(lane)[1..], [(0, ParcelKind::DeadLetter)]);
    {
        let state = lock(&bench.broker.state);
        let dead = state.waiting[0].record.as_ref().unwrap_or_else(|| panic!("a record"));
        let raw = article(lane, 0);
        assert_eq!(&*dead.topic, "dead");
        assert_eq!((&dead.key, &dead.value, dead.timestamp), (&raw.key, &raw.value, raw.timestamp));
        let header = |name| crate::kafka::headers::find(&dead.headers, name);
        assert_eq!(header("copydesk-error-kind"), Some("too-large"));
        assert_eq!(header("copydesk-error-stage"), Some("output"));
        assert!(
            header("copydesk-error-message")
                .is_some_and(|m| m.contains("out") && m.contains("max.message.bytes"))
        );
        assert_eq!(header("copydesk-source-offset"), Some("0"));
    }
    let wait = bench.revoke(&[0]);
    assert!(is_open(&wait), "the dead letter is under way");
    let answer = bench.settled(0);
    bench.tell(answer);
    assert!(is_drained(&wait));
    assert!(bench.errors().is_empty());
}

#[test]
fn it_waits_for_a_full_queue_and_is_counted_once() {
    let options = Options { broker_capacity: 1, ..Options::default() };
    let (mut bench, lane) = one_at_the_broker(&options);
    bench.feed(lane, 1..2);
    let refusal = bench.too_large(0);
    bench.finish_work();
    assert_eq!(bench.left(lane), [0, 1], "the next one took the place");
    bench.tell(refusal);
    for _ in 0..20 {
        bench.finish_work();
        bench.desk.move_on(&mut bench.state);
    }
    assert_eq!(bench.left(lane), [0, 1]);
    assert!(bench.state.blocked, "it is tried again soon");
    let wait = bench.revoke(&[0]);
    let answer = bench.settled(0);
    bench.tell(answer);
    bench.finish_work();
    assert_eq!(bench.taken(lane)[2..], [(0, ParcelKind::DeadLetter)]);
    assert!(is_open(&wait));
    let answer = bench.settled(0);
    bench.tell(answer);
    assert!(is_drained(&wait));
    let metrics = bench.desk.metrics.render();
    assert!(metrics.contains("copydesk_dead_letters_total{kind=\"too-large\"} 1"), "{metrics}");
}

#[test]
fn a_dead_letter_that_is_too_large_ends_the_worker() {
    let mut bench = Bench::new(&Options::default());
    let lane = bench.assign(0);
    bench.feed_one(lane, 0, Some(" "));
    bench.feed(lane, 1..2);
    bench.finish_work();
    let refusal = bench.too_large(0);
    bench.tell(refusal);
    bench.feed(lane, 2..4);
    bench.settle_down(&mut Dice::new(1));
    assert_eq!(bench.left(lane), [0, 1]);
    match bench.errors().as_slice() {
        [WorkerError::DeadLetterTooLarge { position }] => assert_eq!(*position, Position::new("raw", 0, 0)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refusal_after_a_fatal_error_lets_nothing_out() {
    let (mut bench, lane) = one_at_the_broker(&Options::default());
    bench.feed(lane, 1..2);
    bench.finish_work();
    let failed = bench.failed(1);
    bench.tell(failed);
    let refusal = bench.too_large(0);
    bench.tell(refusal);
    assert_eq!(bench.left(lane), [0, 1]);
    assert_eq!(bench.errors().len(), 1);
}

/// The next owner reads the raw record again, and makes the dead letter itself.
#[test]
fn a_refusal_for_a_lost_lane_lets_nothing_out() {
    let (mut bench, old) = one_at_the_broker(&Options::default());
    bench.lose(0);
    let new = bench.assign(0);
    let refusal = bench.too_large(0);
    bench.tell(refusal);
    assert_eq!((bench.left(old), bench.left(new)), (vec![0], vec![]));
}

/// The same when the lane is lost while the dead letter waits for room.
#[test]
fn a_dead_letter_that_waits_for_room_is_dropped_with_its_lane() {
    let (mut bench, old) = one_at_the_broker(&Options { broker_capacity: 1, ..Options::default() });
    bench.feed(old, 1..2);
    let refusal = bench.too_large(0);
    bench.finish_work();
    bench.tell(refusal);
    bench.lose(0);
    bench.settle_down(&mut Dice::new(1));
    assert_eq!(bench.left(old), [0, 1]);
}

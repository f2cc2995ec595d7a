//! How it ends: a drain at shutdown, a run of dead letters, a failed delivery, a broken log; and what does not end it.

use super::*;
use crate::dedup::Relation;
use crate::kafka::sketch_log::LogError;

fn broken_log() -> Event {
    Event::LogBroken(LogError::Gap { topic: "sketches".to_owned(), from: 3, to: 9 })
}

#[test]
fn a_drain_finishes_what_was_begun_and_answers_after_the_last_report() {
    let mut bench = Bench::new(&Options::default());
    let (one, two) = (bench.assign(0), bench.assign(1));
    bench.feed(one, 0..20);
    bench.feed(two, 0..20);
    let wait = bench.drain();
    let late = bench.assign(2);
    bench.feed(one, 20..25);
    bench.feed(late, 0..5);
    bench.finish_work();
    assert_eq!(bench.left(one), (0..IN_POOL).collect::<Vec<_>>(), "begun before the drain");
    assert!(bench.left(two).is_empty() && bench.left(late).is_empty(), "nothing is begun after it");
    let mut dice = Dice::new(4);
    while bench.unanswered(one) > 0 {
        assert!(is_open(&wait));
        let answer = bench.settled(dice.below(bench.unanswered(one)));
        bench.tell(answer);
    }
    assert_eq!(wait.try_recv(), Ok(()));
    assert!(bench.errors().is_empty());
}

#[test]
fn a_drain_without_work_answers_at_once() {
    let mut bench = Bench::new(&Options::default());
    assert_eq!(bench.drain().try_recv(), Ok(()), "no lanes");
    let mut bench = Bench::new(&Options::default());
    bench.assign(0);
    assert_eq!(bench.drain().try_recv(), Ok(()), "an idle lane");
}

/// Dead letters in a row: `limit` of them may leave.
#[test]
fn a_run_of_dead_letters_stops_before_the_one_beyond_the_limit() {
    let mut bench = Bench::new(&Options { max_dead_run: Some(3), ..Options::default() });
    let lane = bench.assign(0);
    bench.feed(lane, 0..1);
    for offset in 1..7 {
        bench.feed_one(lane, offset, Some(" "));
    }
    bench.feed(lane, 7..8);
    bench.finish_work();
    assert_eq!(bench.left(lane), [0, 1, 2, 3]);
    match bench.errors().as_slice() {
        [WorkerError::DeadLetterRun { run: 3, position, last }] => {
            assert_eq!(*position, Position::new("raw", 0, 4));
            assert!(last.starts_with("empty in parse"), "{last}");
        }
        other => panic!("{other:?}"),
    }
    let wait = bench.drain();
    assert_eq!(wait.try_recv(), Ok(()), "it does not wait for reports that may never come");
}

#[test]
fn a_run_is_broken_by_anything_else_and_counted_for_each_lane() {
    let mut bench = Bench::new(&Options { max_dead_run: Some(2), ..Options::default() });
    let (one, two) = (bench.assign(0), bench.assign(1));
    for start in [0, 3, 6] {
        for lane in [one, two] {
            bench.feed_one(lane, start, Some(" "));
            bench.feed_one(lane, start + 1, Some(" "));
        }
        bench.feed(one, start + 2..start + 3);
        bench.feed_one(two, start + 2, None);
    }
    bench.finish_work();
    assert_eq!((bench.left(one).len(), bench.left(two).len()), (9, 9));
    assert!(bench.errors().is_empty());
}

/// A full queue makes the desk hand the same dead letter over again: it is still one dead letter.
#[test]
fn a_dead_letter_that_waits_for_room_is_counted_once() {
    let options = Options { max_dead_run: Some(2), broker_capacity: 1, ..Options::default() };
    let mut bench = Bench::new(&options);
    let lane = bench.assign(0);
    bench.feed(lane, 0..1);
    bench.feed_one(lane, 1, Some(" "));
    bench.feed_one(lane, 2, Some(" "));
    bench.finish_work();
    for _ in 0..10 {
        bench.desk.move_on(&mut bench.state);
    }
    bench.settle_down(&mut Dice::new(1));
    assert_eq!(bench.left(lane), [0, 1, 2]);
    assert!(bench.errors().is_empty());
    let metrics = bench.desk.metrics.render();
    assert!(metrics.contains("copydesk_dead_letters_total{kind=\"empty\"} 2"), "{metrics}");
}

#[test]
fn a_failed_delivery_ends_the_worker_once_and_nothing_leaves_after_it() {
    let mut bench = Bench::new(&Options::default());
    let (one, two) = (bench.assign(0), bench.assign(1));
    bench.feed(one, 0..4);
    bench.feed(two, 0..4);
    bench.finish_work();
    bench.feed(one, 4..6);
    bench.feed(two, 4..6);
    let failed = bench.failed(1);
    bench.tell(failed);
    let also_failed = bench.failed(0);
    bench.tell(also_failed);
    bench.tell(broken_log());
    bench.finish_work();
    let third = bench.assign(2);
    bench.feed(third, 0..3);
    bench.settle_down(&mut Dice::new(9));
    assert_eq!(bench.left(one), [0, 1, 2, 3]);
    assert_eq!(bench.left(two), [0, 1, 2, 3]);
    assert!(bench.left(third).is_empty());
    match bench.errors().as_slice() {
        [WorkerError::Delivery { partition: 0, offset: 1, .. }] => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_broken_log_ends_the_worker_and_frees_those_who_wait() {
    let mut bench = Bench::new(&Options::default());
    let lane = bench.assign(0);
    bench.feed(lane, 0..3);
    let wait = bench.revoke(&[0]);
    bench.tell(broken_log());
    assert!(is_drained(&wait), "the rebalance goes on");
    bench.settle_down(&mut Dice::new(9));
    assert!(bench.left(lane).is_empty());
    assert!(matches!(bench.errors().as_slice(), [WorkerError::Log(LogError::Gap { from: 3, to: 9, .. })]));
}

/// A bug met by one article: that article is a dead letter, the others do not notice.
#[test]
fn a_panic_in_the_stage_is_a_dead_letter() {
    let mut bench = Bench::new(&Options::default());
    let lane = bench.assign(0);
    bench.feed(lane, 0..2);
    bench.feed_one(lane, 2, Some("Something with PANIC-DRILL in it."));
    bench.feed(lane, 3..5);
    bench.settle_down(&mut Dice::new(6));
    let kinds: Vec<ParcelKind> = bench.taken(lane).into_iter().map(|(_, kind)| kind).collect();
    use ParcelKind::{DeadLetter, Enriched};
    assert_eq!(kinds, [Enriched, Enriched, DeadLetter, Enriched, Enriched]);
    assert!(bench.errors().is_empty());
}

/// What is dropped leaves as a parcel without a record, in its turn: its offset must be settled like any other.
#[test]
fn a_copy_that_is_not_wanted_is_settled_in_its_turn() {
    let mut bench = Bench::new(&Options { copies: Copies::Drop, ..Options::default() });
    let lane = bench.assign(0);
    bench.feed(lane, 0..3);
    bench.hear_pocketed(|_| true);
    for (_, verdict) in lock(&bench.log.state).waiting.iter_mut().skip(1).take(1) {
        *verdict = Verdict { relation: Relation::Exact, of: Some("first".into()), ..verdict.clone() };
    }
    bench.finish_work();
    let kinds = [(0, ParcelKind::Enriched), (1, ParcelKind::Dropped), (2, ParcelKind::Enriched)];
    assert_eq!(bench.taken(lane), kinds);
    let empty = |parcel: &Parcel| (parcel.source.position.offset, parcel.record.is_none());
    let records: Vec<_> = lock(&bench.broker.state).waiting.iter().map(empty).collect();
    assert_eq!(records, [(0, false), (1, true), (2, false)]);
}

//! Outcomes leave in the order of the input, whatever finishes first and whichever queue is full.

use proptest::prelude::*;

use super::*;

/// What comes in: an article, a tombstone, nothing of use, and one that makes the stage panic.
#[derive(Debug, Clone, Copy)]
enum Input {
    Article,
    Tombstone,
    Broken,
    Panics,
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        6 => Just(Input::Article),
        1 => Just(Input::Tombstone),
        1 => Just(Input::Broken),
        1 => Just(Input::Panics)
    ]
}

impl Input {
    fn record(self, lane: Lane, offset: i64) -> Record {
        match self {
            Self::Article => article(lane, offset),
            Self::Tombstone => record(lane, offset, None),
            Self::Broken => record(lane, offset, Some(" \n ")),
            Self::Panics => record(lane, offset, Some(PANIC_MARKER)),
        }
    }

    fn kind(self) -> ParcelKind {
        match self {
            Self::Article => ParcelKind::Enriched,
            Self::Tombstone => ParcelKind::Tombstone,
            Self::Broken | Self::Panics => ParcelKind::DeadLetter,
        }
    }
}

fn check(options: &Options, lanes: &[Vec<Input>], seed: u64) -> Result<Bench, TestCaseError> {
    let mut dice = Dice::new(seed);
    let mut bench = Bench::new(options);
    let names: Vec<Lane> = (0..).take(lanes.len()).map(|partition| bench.assign(partition)).collect();
    let longest = lanes.iter().map(Vec::len).max().unwrap_or(0);
    for offset in 0..longest {
        for (lane, inputs) in names.iter().zip(lanes) {
            let Some(input) = inputs.get(offset) else { continue };
            bench.tell(Event::Record(*lane, input.record(*lane, offset as i64)));
        }
        // Some of it is done before the next ones come.
        for _ in 0..dice.below(6) {
            bench.step(&mut dice);
        }
    }
    bench.settle_down(&mut dice);
    for (lane, inputs) in names.iter().zip(lanes) {
        let expected: Vec<(i64, ParcelKind)> = (0..).zip(inputs.iter().map(|input| input.kind())).collect();
        prop_assert_eq!(bench.taken(*lane), expected, "lane {:?}", lane);
        if options.dedup {
            let log = lock(&bench.log.state);
            let entries: Vec<i64> =
                log.taken.iter().filter(|id| id.lane == *lane).map(|id| id.offset).collect();
            let articles = inputs.iter().zip(0..).filter(|(input, _)| matches!(input, Input::Article));
            let expected: Vec<i64> = articles.map(|(_, offset)| offset).collect();
            prop_assert_eq!(entries, expected, "entries reach the log in order, each once");
        }
        prop_assert!(bench.state.lanes[&lane.partition].is_idle());
    }
    prop_assert_eq!(bench.state.in_pool, 0);
    prop_assert!(bench.errors().is_empty());
    Ok(bench)
}

fn lanes() -> impl Strategy<Value = Vec<Vec<Input>>> {
    prop::collection::vec(prop::collection::vec(input(), 0..40), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn outcomes_leave_in_the_order_of_the_input(lanes in lanes(), known in prop::option::of(1usize..4), seed: u64) {
        check(&Options { log_knows: known, ..Options::default() }, &lanes, seed)?;
    }

    #[test]
    fn full_queues_lose_nothing_and_keep_the_order(
        lanes in lanes(), broker in 1usize..4, log in 1usize..4, known in prop::option::of(2usize..4), seed: u64,
    ) {
        let options =
            Options { broker_capacity: broker, log_capacity: log, log_knows: known, ..Options::default() };
        check(&options, &lanes, seed)?;
    }

    #[test]
    fn without_dedup_the_order_is_kept_too(lanes in lanes(), broker in 1usize..9, seed: u64) {
        let options = Options { dedup: false, broker_capacity: broker, ..Options::default() };
        let bench = check(&options, &lanes, seed)?;
        prop_assert!(lock(&bench.log.state).taken.is_empty());
    }
}

/// The test above is worth something only if queues are full now and then.
#[test]
fn the_narrow_queues_do_refuse() {
    let options = Options { broker_capacity: 1, log_capacity: 1, ..Options::default() };
    let bench = check(&options, &[vec![Input::Article; 40], vec![Input::Article; 40]], 7);
    let bench = bench.unwrap_or_else(|error| panic!("{error}"));
    assert!(lock(&bench.log.state).refused > 10);
    assert!(lock(&bench.broker.state).refused > 10);
}

#[test]
fn a_full_queue_is_tried_again_soon() {
    let mut bench = Bench::new(&Options { broker_capacity: 1, ..Options::default() });
    let lane = bench.assign(0);
    bench.feed(lane, 0..2);
    bench.finish_work();
    assert_eq!(bench.left(lane), [0]);
    assert!(bench.state.blocked, "else the desk would not look for a second");
    let answer = bench.settled(0);
    bench.tell(answer);
    assert_eq!(bench.left(lane), [0, 1]);
    assert!(!bench.state.blocked);
}

/// A verdict that does not come holds its own lane and no other.
#[test]
fn a_lane_does_not_wait_for_another() {
    let mut bench = Bench::new(&Options::default());
    let (slow, quick) = (bench.assign(0), bench.assign(1));
    bench.feed(slow, 0..1);
    bench.hear_pocketed(|_| true);
    let held = std::mem::take(&mut lock(&bench.log.state).waiting);
    assert_eq!(held.len(), 1);
    bench.feed(slow, 1..4);
    bench.feed(quick, 0..4);
    bench.finish_work();
    assert_eq!(bench.left(quick), [0, 1, 2, 3]);
    assert_eq!(bench.left(slow), [0; 0], "the later ones are done and wait for their turn");
    for (id, verdict) in held {
        bench.tell(Event::Verdict(id, verdict));
    }
    bench.finish_work();
    assert_eq!(bench.left(slow), [0, 1, 2, 3]);
}

/// The log may answer twice (it sends entries again): the second answer finds nothing to do.
#[test]
fn a_second_verdict_changes_nothing() {
    let mut bench = Bench::new(&Options::default());
    let lane = bench.assign(0);
    bench.feed(lane, 0..2);
    bench.hear_pocketed(|_| true);
    let (id, verdict) = lock(&bench.log.state).waiting[1].clone();
    bench.tell(Event::Verdict(id, verdict.clone()));
    bench.tell(Event::Verdict(id, verdict.clone()));
    bench.finish_work();
    bench.tell(Event::Verdict(id, verdict));
    assert_eq!(bench.left(lane), [0, 1]);
    assert_eq!(bench.state.in_pool, 0);
}

/// Neither more articles are begun than the pool has room for, nor is one lane always last.
#[test]
fn the_pool_is_shared_by_all_lanes() {
    let mut bench = Bench::new(&Options::default());
    let lanes: Vec<Lane> = (0..3).map(|partition| bench.assign(partition)).collect();
    for lane in &lanes {
        for offset in 0..200 {
            bench.desk.hear(&mut bench.state, Event::Record(*lane, article(*lane, offset)));
        }
    }
    bench.desk.move_on(&mut bench.state);
    assert_eq!(bench.state.in_pool as i64, IN_POOL);
    let mut dice = Dice::new(3);
    while lanes.iter().any(|lane| bench.left(*lane).len() < 20) {
        assert!(bench.step(&mut dice));
        assert!(
            lanes.iter().all(|lane| bench.left(*lane).len() < 200),
            "one lane is through, another has not begun"
        );
    }
}

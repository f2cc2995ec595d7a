//! Partitions come and go: a revoked lane finishes what it began, a lost one drops it, and answers to an assignment that
//! is over fall on nothing.

use proptest::prelude::*;

use super::*;

#[test]
fn a_revoked_lane_finishes_what_was_begun_and_answers_after_the_last_report() {
    let mut bench = Bench::new(&Options::default());
    let lane = bench.assign(0);
    bench.feed(lane, 0..30);
    let wait = bench.revoke(&[0]);
    bench.feed(lane, 30..33);
    assert!(is_open(&wait));
    bench.finish_work();
    let begun: Vec<i64> = (0..IN_POOL).collect();
    assert_eq!(bench.left(lane), begun, "what was not begun is left to the next owner");
    let mut dice = Dice::new(11);
    while bench.unanswered(lane) > 0 {
        assert!(is_open(&wait), "{} reports are out", bench.unanswered(lane));
        let answer = bench.settled(dice.below(bench.unanswered(lane)));
        bench.tell(answer);
    }
    assert!(is_drained(&wait));
    bench.feed(lane, 33..35);
    bench.finish_work();
    assert_eq!(bench.left(lane), begun, "the lane is gone");
}

#[test]
fn several_revoked_lanes_answer_when_the_last_is_empty() {
    let mut bench = Bench::new(&Options::default());
    let (one, two, kept) = (bench.assign(1), bench.assign(2), bench.assign(3));
    for lane in [one, two, kept] {
        bench.feed(lane, 0..1);
    }
    let wait = bench.revoke(&[1, 2, 99]);
    bench.finish_work();
    for lane in [one, two] {
        assert!(is_open(&wait));
        let waiting = lock(&bench.broker.state).waiting.iter().position(|parcel| parcel.lane == lane);
        let answer = bench.settled(waiting.unwrap_or_else(|| panic!("nothing left {lane:?}")));
        bench.tell(answer);
    }
    assert!(is_drained(&wait), "the lane that is kept has a report out, and nobody waits for it");
    assert_eq!(bench.unanswered(kept), 1);
    bench.feed(kept, 1..2);
    bench.finish_work();
    assert_eq!(bench.left(kept), [0, 1]);
}

#[test]
fn a_lane_without_work_is_given_back_at_once() {
    let mut bench = Bench::new(&Options::default());
    bench.assign(0);
    assert!(is_drained(&bench.revoke(&[0])));
    assert!(is_drained(&bench.revoke(&[0])), "and one that is not there, too");
}

/// A full queue must not keep a lane from draining.
#[test]
fn a_revoked_lane_drains_through_full_queues() {
    let options = Options { broker_capacity: 1, log_capacity: 1, ..Options::default() };
    let mut bench = Bench::new(&options);
    let lane = bench.assign(0);
    bench.feed(lane, 0..30);
    let wait = bench.revoke(&[0]);
    bench.settle_down(&mut Dice::new(5));
    assert!(is_drained(&wait));
    assert_eq!(bench.left(lane), (0..IN_POOL).collect::<Vec<_>>());
}

#[test]
fn a_lost_lane_drops_everything_and_hears_no_later_answer() {
    let mut bench = Bench::new(&Options { broker_capacity: 2, ..Options::default() });
    let old = bench.assign(0);
    bench.feed(old, 0..4);
    bench.finish_work();
    assert_eq!(bench.left(old), [0, 1], "two more are done and wait for the queue");
    bench.feed(old, 4..30);
    bench.gather();
    let answers: Vec<Event> = bench.pocket.drain(..).collect();
    let half = answers.len() / 2;
    for (n, answer) in answers.into_iter().enumerate() {
        if n == half {
            bench.lose(0);
        }
        bench.tell(answer);
    }
    bench.settle_down(&mut Dice::new(2));
    assert_eq!(bench.left(old), [0, 1]);
    assert_eq!(bench.state.in_pool, 0, "answers to lost work still free the pool's places");
    assert!(bench.errors().is_empty());
}

/// The partition comes back, and the same offsets with it, while all answers to the first try are still out.
#[test]
fn answers_to_an_assignment_that_is_over_do_nothing_to_the_next_one() {
    let mut bench = Bench::new(&Options::default());
    let old = bench.assign(0);
    bench.feed(old, 0..3);
    // Offset 0 is at the broker, 1 at the log, 2 in the pool.
    let last = WorkId { lane: old, offset: 2 };
    bench.hear_pocketed(|event| !matches!(event, Event::Prepared(id, _) if *id == last));
    let (id, verdict) = lock(&bench.log.state).waiting.remove(0);
    bench.tell(Event::Verdict(id, verdict));
    bench.hear_pocketed(|event| matches!(event, Event::Finished(..)));
    assert_eq!(bench.left(old), [0]);

    bench.lose(0);
    let new = bench.assign(0);
    bench.feed(new, 0..3);
    let (id, verdict) = lock(&bench.log.state).waiting.remove(0);
    assert_eq!((id.lane, id.offset), (old, 1));
    bench.tell(Event::Verdict(id, verdict));
    bench.hear_pocketed(|event| matches!(event, Event::Prepared(id, _) if *id == last));
    assert!(bench.left(new).is_empty(), "the new lane has heard nothing yet");
    bench.finish_work();
    assert_eq!(bench.left(new), [0, 1, 2]);

    // The old report counts for none of the new lane's parcels.
    let wait = bench.revoke(&[0]);
    for _ in 0..3 {
        assert!(is_open(&wait));
        let of_old = lock(&bench.broker.state).waiting.iter().position(|parcel| parcel.lane == old);
        let answer = bench.settled(of_old.unwrap_or(0));
        bench.tell(answer);
    }
    assert!(is_open(&wait), "one report of the new lane is out");
    let answer = bench.settled(0);
    bench.tell(answer);
    assert!(is_drained(&wait));
    assert_eq!((bench.left(old), bench.left(new)), (vec![0], vec![0, 1, 2]));
}

/// Both tries of one record are in the pool: each answer counts for its own assignment.
#[test]
fn the_first_half_of_an_earlier_try_is_not_taken_for_that_of_the_next() {
    let mut bench = Bench::new(&Options::default());
    let old = bench.assign(0);
    bench.feed(old, 0..1);
    bench.lose(0);
    let new = bench.assign(0);
    bench.feed(new, 0..1);
    bench.hear_pocketed(|event| matches!(event, Event::Prepared(id, _) if id.lane == old));
    assert!(lock(&bench.log.state).taken.is_empty());
    bench.finish_work();
    assert_eq!(lock(&bench.log.state).taken, [WorkId { lane: new, offset: 0 }]);
    assert_eq!(bench.left(new), [0]);
}

/// The rebalance callback waited in vain: what it gave up on is dropped.
#[test]
fn a_revoked_lane_that_took_too_long_is_lost() {
    let mut bench = Bench::new(&Options { broker_capacity: 1, ..Options::default() });
    let lane = bench.assign(0);
    bench.feed(lane, 0..4);
    let wait = bench.revoke(&[0]);
    bench.finish_work();
    assert_eq!(bench.left(lane), [0]);
    bench.lose(0);
    assert!(is_drained(&wait));
    bench.settle_down(&mut Dice::new(1));
    assert_eq!(bench.left(lane), [0]);
}

#[derive(Debug, Clone)]
enum Op {
    Assign(i32),
    Feed(i32, usize),
    Revoke(i32),
    Lose(i32),
    Work(usize),
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let partition = 0i32..3;
    let op = prop_oneof![
        2 => partition.clone().prop_map(Op::Assign),
        5 => (partition.clone(), 1usize..12).prop_map(|(p, n)| Op::Feed(p, n)),
        1 => partition.clone().prop_map(Op::Revoke),
        1 => partition.prop_map(Op::Lose),
        6 => (1usize..25).prop_map(Op::Work),
    ];
    prop::collection::vec(op, 0..60)
}

/// What the test knows of one assignment.
struct Life {
    lane: Lane,
    fed: i64,
    wait: Option<Receiver<()>>,
    /// How much had left when the assignment was over; nothing may follow.
    over: Option<usize>,
}

impl Life {
    fn check(&mut self, bench: &Bench) -> Result<(), TestCaseError> {
        let left = bench.left(self.lane);
        prop_assert!(left.iter().copied().eq(0..left.len() as i64), "{:?}: {:?}", self.lane, left);
        prop_assert!(left.len() as i64 <= self.fed);
        if self.over.is_none() && self.wait.as_ref().is_some_and(is_drained) {
            prop_assert_eq!(bench.unanswered(self.lane), 0, "drained, with reports out");
            self.over = Some(left.len());
        }
        if let Some(over) = self.over {
            prop_assert_eq!(left.len(), over, "{:?} is over, and something left it", self.lane);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_comes_and_goes_each_assignment_leaves_in_order_and_ends(
        ops in ops(), seed: u64, broker in 1usize..20, log in 1usize..20,
    ) {
        let mut dice = Dice::new(seed);
        let options = Options { broker_capacity: broker, log_capacity: log, ..Options::default() };
        let mut bench = Bench::new(&options);
        let mut lives: Vec<Life> = Vec::new();
        let current = |lives: &mut Vec<Life>, partition: i32| {
            lives.iter().rposition(|life| life.lane.partition == partition && life.over.is_none())
        };
        for op in ops {
            match op {
                Op::Assign(partition) => {
                    if current(&mut lives, partition).is_none() {
                        let lane = bench.assign(partition);
                        lives.push(Life { lane, fed: 0, wait: None, over: None });
                    }
                }
                Op::Feed(partition, number) => {
                    let Some(at) = current(&mut lives, partition) else { continue };
                    let life = &mut lives[at];
                    bench.feed(life.lane, life.fed..life.fed + number as i64);
                    life.fed += number as i64;
                }
                Op::Revoke(partition) => {
                    let Some(at) = current(&mut lives, partition) else { continue };
                    if lives[at].wait.is_none() {
                        lives[at].wait = Some(bench.revoke(&[partition]));
                    }
                }
                Op::Lose(partition) => {
                    let Some(at) = current(&mut lives, partition) else { continue };
                    bench.lose(partition);
                    lives[at].over = Some(bench.left(lives[at].lane).len());
                }
                Op::Work(steps) => {
                    for _ in 0..steps {
                        bench.step(&mut dice);
                    }
                    bench.desk.move_on(&mut bench.state);
                }
            }
            for life in &mut lives {
                life.check(&bench)?;
            }
        }
        bench.settle_down(&mut dice);
        for life in &mut lives {
            life.check(&bench)?;
            match (&life.wait, life.over) {
                (None, None) => prop_assert_eq!(bench.left(life.lane).len() as i64, life.fed, "all of it left"),
                (Some(_), over) => prop_assert!(over.is_some(), "{:?} was never drained", life.lane),
                (None, Some(_)) => {}
            }
        }
        prop_assert_eq!(bench.state.in_pool, 0);
        prop_assert!(bench.errors().is_empty());
    }
}

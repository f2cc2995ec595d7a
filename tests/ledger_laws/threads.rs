//! The same laws under threads that really meet: delivery reports come from the producer's thread, charges and
//! rebalances from the poll thread.

use std::sync::{Barrier, Mutex};

use copydesk::kafka::ledger::Load;
use copydesk::kafka::ledgers::{Lane, Ledgers};

const ROUNDS: u64 = 30;
const THREADS: usize = 4;
const RECORDS: i64 = 400;

/// Every offset once, in an order that the seed decides.
fn shuffled(seed: u64) -> Vec<i64> {
    let mut offsets: Vec<i64> = (0..RECORDS).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for at in (1..offsets.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        offsets.swap(at, (state % (at as u64 + 1)) as usize);
    }
    offsets
}

fn charge_all(ledgers: &Ledgers, partition: i32) {
    for offset in 0..RECORDS {
        ledgers.charge(partition, offset, 1);
    }
}

fn ascends(stored: &[i64]) -> bool {
    stored.windows(2).all(|pair| pair[0] < pair[1])
}

#[test]
fn stored_offsets_do_not_overtake_each_other() {
    for round in 0..ROUNDS {
        let ledgers = Ledgers::default();
        let lanes = [ledgers.assign(0), ledgers.assign(1)];
        lanes.iter().for_each(|lane| charge_all(&ledgers, lane.partition));
        let stored = [Mutex::new(Vec::new()), Mutex::new(Vec::new())];
        // Nearly in order, as reports come: the frontier then moves often, and threads race for it.
        let order: Vec<i64> = shuffled(round)
            .chunks(7)
            .flat_map(|c| {
                let mut c = c.to_vec();
                c.sort_unstable();
                c
            })
            .collect();
        let together = Barrier::new(THREADS);
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let (ledgers, stored, order, together) = (&ledgers, &stored, &order, &together);
                scope.spawn(move || {
                    together.wait();
                    for offset in if round % 2 == 0 { (0..RECORDS).collect() } else { order.clone() } {
                        if offset as usize % THREADS != thread {
                            continue;
                        }
                        for (lane, stored) in lanes.iter().zip(stored) {
                            ledgers.settle(*lane, offset, |frontier| {
                                let_others_run();
                                lock(stored).push(frontier);
                            });
                            // Read on its own: the closure above takes this lock inside the ledgers' one.
                            let last = lock(stored).last().copied();
                            if let Some(last) = last.filter(|_| offset % 16 == 0) {
                                assert!(ledgers.confirm(lane.partition, last), "what was stored is settled");
                            }
                        }
                    }
                });
            }
        });
        for (lane, stored) in lanes.iter().zip(&stored) {
            let stored = lock(stored);
            assert!(ascends(&stored), "round {round}: {stored:?}");
            assert_eq!(stored.last(), Some(&RECORDS), "round {round}: all is settled");
            assert!(ledgers.confirm(lane.partition, RECORDS));
        }
        assert_eq!(ledgers.uncommitted(), Load::default());
    }
}

#[derive(Debug, PartialEq)]
enum Noted {
    Stored(Lane, i64),
    Released(Lane),
}

/// Once a partition is given back, no offset of it is stored, whatever is still being reported.
#[test]
fn nothing_is_stored_for_an_assignment_after_it_is_released() {
    for round in 0..ROUNDS {
        let ledgers = Ledgers::default();
        let first = ledgers.assign(0);
        charge_all(&ledgers, 0);
        let noted = Mutex::new(Vec::new());
        let together = Barrier::new(THREADS + 1);
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let (ledgers, noted, together) = (&ledgers, &noted, &together);
                scope.spawn(move || {
                    together.wait();
                    for offset in (0..RECORDS).filter(|offset| *offset as usize % THREADS == thread) {
                        ledgers.settle(first, offset, |to| {
                            let_others_run();
                            lock(noted).push(Noted::Stored(first, to));
                        });
                    }
                });
            }
            together.wait();
            // Anywhere in the middle: the seed moves the moment.
            for _ in 0..round * 40 {
                std::hint::spin_loop();
            }
            ledgers.release(0);
            lock(&noted).push(Noted::Released(first));
            let second = ledgers.assign(0);
            charge_all(&ledgers, 0);
            for offset in shuffled(round) {
                ledgers.settle(second, offset, |to| lock(&noted).push(Noted::Stored(second, to)));
            }
        });
        let noted = lock(&noted);
        let released = noted.iter().position(|n| *n == Noted::Released(first));
        let after = &noted[released.unwrap_or(0)..];
        assert!(
            !after.iter().any(|n| matches!(n, Noted::Stored(lane, _) if *lane == first)),
            "round {round}"
        );
        let stored: Vec<i64> = after
            .iter()
            .filter_map(|n| if let Noted::Stored(_, to) = n { Some(*to) } else { None })
            .collect();
        assert!(ascends(&stored), "round {round}: {stored:?}");
        assert_eq!(
            stored.last(),
            Some(&RECORDS),
            "the new assignment is untouched by reports to the old one"
        );
    }
}

/// Where two threads could overtake each other, they get every chance to: right before an offset is stored.
fn let_others_run() {
    for _ in 0..8 {
        std::thread::yield_now();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

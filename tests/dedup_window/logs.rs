//! Random logs: articles that come in an order, at times, from several partitions, some of them again.

use std::fmt;

use copydesk::article::Position;
use copydesk::dedup::{Entry, Sketch, WindowSettings};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::texts::{self, Edit, Words};

/// What comes next.
#[derive(Debug, Clone)]
pub enum What {
    Story {
        seed: u64,
        length: usize,
    },
    /// Of the article so many back; the second one is for roundups.
    Copy {
        back: usize,
        second: usize,
        edit: Edit,
        revision: bool,
        seed: u64,
    },
    Bulletin {
        form: u64,
        seed: u64,
    },
    Footer {
        publisher: u64,
        seed: u64,
    },
    Short {
        seed: u64,
        length: usize,
    },
    /// The record so many back once more.
    Replay {
        back: usize,
    },
}

#[derive(Debug, Clone)]
pub struct Step {
    /// Offsets that are skipped before it.
    hole: u64,
    /// Append time since the one before; it may go back.
    wait: i64,
    /// Event time before the append time.
    late: i64,
    partition: i32,
    what: What,
}

/// An entry as a worker appends it.
#[derive(Clone)]
pub struct Arrival {
    pub entry: Entry,
    pub hole: u64,
    pub append_time: i64,
    /// How it came about.
    step: Step,
}

/// What made it: its sketch is long, and tells a reader nothing.
impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {:?}", self.entry.id, self.append_time, self.step)
    }
}

/// The longest that a log's time goes on between two records.
const LEAP: i64 = 400_000;

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => Just(Edit::Same),
        6 => Just(Edit::Touched),
        1 => Just(Edit::Misread),
        2 => Just(Edit::Brief),
        2 => Just(Edit::Embedded),
        2 => Just(Edit::Updated),
        1 => Just(Edit::Roundup),
    ]
}

fn back() -> impl Strategy<Value = usize> {
    prop_oneof![4 => 1usize..5, 3 => 1usize..15, 1 => 1usize..60]
}

fn what() -> impl Strategy<Value = What> {
    let seed = any::<u32>().prop_map(u64::from);
    prop_oneof![
        2 => (seed.clone(), 60usize..150).prop_map(|(seed, length)| What::Story { seed, length }),
        12 => (back(), back(), edit(), prop::bool::weighted(0.1), seed.clone())
            .prop_map(|(back, second, edit, revision, seed)| What::Copy { back, second, edit, revision, seed }),
        5 => (0u64..2, seed.clone()).prop_map(|(form, seed)| What::Bulletin { form, seed }),
        2 => (0u64..2, seed.clone()).prop_map(|(publisher, seed)| What::Footer { publisher, seed }),
        1 => (0u64..4, 1usize..15).prop_map(|(seed, length)| What::Short { seed, length }),
        3 => back().prop_map(|back| What::Replay { back }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let hole = prop_oneof![60 => Just(0u64), 6 => 1u64..4, 1 => 4u64..100];
    let wait = prop_oneof![80 => 0i64..8000, 5 => -6000i64..0, 1 => -90_000i64..0, 1 => 30_000..LEAP];
    let late = prop_oneof![12 => 0i64..20_000, 1 => 0i64..2_000_000];
    (hole, wait, late, 0i32..4, what()).prop_map(|(hole, wait, late, partition, what)| Step {
        hole,
        wait,
        late,
        partition,
        what,
    })
}

/// A log of at most so many records.
pub fn log(most: usize) -> impl Strategy<Value = Vec<Arrival>> {
    prop::collection::vec(step(), most / 3..most).prop_map(|steps| arrivals(&steps))
}

pub fn settings() -> impl Strategy<Value = WindowSettings> {
    let articles = prop_oneof![1 => 1usize..8, 4 => 8usize..30, 1 => 30usize..80];
    (articles, 100_000i64..2_000_000, prop::option::of(60_000i64..300_000)).prop_map(
        |(articles, event_span, append_span)| WindowSettings {
            articles,
            event_span,
            append_span,
            stories: false,
        },
    )
}

/// Writes the articles.
fn arrivals(steps: &[Step]) -> Vec<Arrival> {
    let mut time = 1_000_000_000;
    let mut articles: Vec<Words> = Vec::new();
    let mut all: Vec<Arrival> = Vec::new();
    for step in steps {
        time += step.wait;
        let earlier = |back: usize| articles.len().checked_sub(back).map(|at| &articles[at]);
        let mut revises = false;
        let words = match &step.what {
            What::Story { seed, length } => texts::story(*seed, *length),
            What::Copy { back, second, edit, revision, seed } => {
                revises = *revision;
                match (earlier(*back), earlier(*second)) {
                    // No article was that long ago, or it has grown out of all measure.
                    (Some(of), Some(other)) if of.len() + other.len() < 600 => {
                        texts::edited(of, *edit, *seed, other)
                    }
                    _ => texts::story(*seed, 80),
                }
            }
            What::Bulletin { form, seed } => texts::bulletin(*form, *seed),
            What::Footer { publisher, seed } => texts::with_footer(*publisher, *seed),
            What::Short { seed, length } => texts::story(*seed, *length),
            What::Replay { back } => {
                if let Some(of) = all.len().checked_sub(*back).map(|at| all[at].entry.clone()) {
                    all.push(Arrival { entry: of, hole: step.hole, append_time: time, step: step.clone() });
                }
                continue;
            }
        };
        let number = articles.len();
        let entry = Entry {
            position: Position::new("raw", step.partition, number as i64),
            id: format!("a{number}").into(),
            event_time: time - step.late,
            sketch: Sketch::of(&words.join(" ")),
            revision: revises,
            terms: None,
        };
        articles.push(words);
        all.push(Arrival { entry, hole: step.hole, append_time: time, step: step.clone() });
    }
    all
}

/// The same random values every time, for tests that count.
pub fn samples<T>(count: usize, strategy: impl Strategy<Value = T>) -> impl Iterator<Item = T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(move |_| match strategy.new_tree(&mut runner) {
        Ok(tree) => tree.current(),
        Err(why) => panic!("{why}"),
    })
}

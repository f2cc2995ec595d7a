//! Tests of the desk with a fake broker, a fake sketch log and the real stage.
//!
//! The [`Bench`] is the desk without its thread: each event is heard when the test says so. So every interleaving comes
//! from a seed, and no test waits for time to pass. `thread` runs the same desk as the worker does.

mod ends;
mod order;
mod rebalance;
mod thread;
mod too_large;

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::*;
use crate::article::{Dialect, Format, InputSettings, Position};
use crate::config::OutputKey;
use crate::dedup::Entry;
use crate::kafka::ledgers::Ledgers;
use crate::repair::RepairSettings;
use crate::stage::{ArticleTime, Copies, StageSettings};

/// Far beyond what anything here takes; only a test that fails waits for it.
const DEADLINE: Duration = Duration::from_secs(60);
const PANIC_MARKER: &str = "PANIC-DRILL";

/// Articles in the pool at most: it has one thread.
const IN_POOL: i64 = PER_THREAD as i64;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Random numbers from a seed (xorshift64).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }
}

/// A broker that answers when it is told to.
#[derive(Default)]
struct FakeBroker {
    state: Mutex<BrokerState>,
}

struct BrokerState {
    /// Parcels that may wait for an answer; beyond that the queue is full.
    capacity: usize,
    /// What was taken, in order; never shortened.
    taken: Vec<(Lane, i64, ParcelKind)>,
    /// What was not answered.
    waiting: Vec<Parcel>,
    refused: usize,
}

impl Default for BrokerState {
    fn default() -> Self {
        Self { capacity: usize::MAX, taken: Vec::new(), waiting: Vec::new(), refused: 0 }
    }
}

impl Delivery for FakeBroker {
    fn submit(&self, parcel: Parcel) -> Result<(), Box<Parcel>> {
        let mut state = lock(&self.state);
        if state.waiting.len() >= state.capacity {
            state.refused += 1;
            return Err(Box::new(parcel));
        }
        state.taken.push((parcel.lane, parcel.source.position.offset, parcel.kind));
        state.waiting.push(parcel);
        Ok(())
    }

    fn flush(&self, _: Duration) -> usize {
        lock(&self.state).waiting.len()
    }
}

/// A sketch log that answers when it is told to.
#[derive(Default)]
struct FakeLog {
    state: Mutex<LogState>,
}

struct LogState {
    capacity: usize,
    /// Every n-th entry is known already, as after a replay.
    known: Option<usize>,
    /// Entries that were taken, in order; never shortened.
    taken: Vec<WorkId>,
    waiting: Vec<(WorkId, Verdict)>,
    refused: usize,
}

impl Default for LogState {
    fn default() -> Self {
        Self { capacity: usize::MAX, known: None, taken: Vec::new(), waiting: Vec::new(), refused: 0 }
    }
}

impl SketchLog<WorkId> for FakeLog {
    fn submit(&self, entry: &Entry, id: WorkId) -> Submitted<WorkId> {
        let mut state = lock(&self.state);
        let verdict = Verdict::original(entry.id.clone());
        if state.known.is_some_and(|n| state.taken.len().is_multiple_of(n)) {
            state.taken.push(id);
            return Submitted::Decided(id, verdict);
        }
        if state.waiting.len() >= state.capacity {
            state.refused += 1;
            return Submitted::Full(id);
        }
        state.taken.push(id);
        state.waiting.push((id, verdict));
        Submitted::Pending
    }
}

/// What differs between tests.
struct Options {
    broker_capacity: usize,
    log_capacity: usize,
    log_knows: Option<usize>,
    dedup: bool,
    max_dead_run: Option<u32>,
    copies: Copies,
}

impl Default for Options {
    fn default() -> Self {
        let all = usize::MAX;
        Self {
            broker_capacity: all,
            log_capacity: all,
            log_knows: None,
            dedup: true,
            max_dead_run: None,
            copies: Copies::Annotate,
        }
    }
}

/// A desk on `delivery` and `log`, and its events' sender. Fatal errors go to `fatal`.
fn desk(
    options: &Options,
    delivery: Arc<dyn Delivery>,
    log: Option<Log>,
    fatal: Sender<WorkerError>,
) -> (Desk, Sender<Event>) {
    let (sender, events) = unbounded();
    let settings = StageSettings {
        input: InputSettings {
            format: Format::Auto,
            dialect: Dialect::default(),
            fields: BTreeMap::new(),
            max_bytes: 1 << 20,
            max_depth: 64,
        },
        repair: RepairSettings { enabled: true, boilerplate: true, repeats: true },
        knowledge: Arc::default(),
        time: ArticleTime::Record,
        stories: false,
        copies: options.copies,
        panic_marker: Some(PANIC_MARKER.into()),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let desk = Desk {
        events,
        sender: sender.clone(),
        stage: Arc::new(Stage::new(settings)),
        pool: pool.unwrap_or_else(|error| panic!("{error}")),
        log,
        delivery,
        addresses: Addresses {
            output: "out".into(),
            dead_letters: "dead".into(),
            key: OutputKey::Input,
            version: "test",
        },
        max_dead_run: options.max_dead_run,
        metrics: Metrics::new(Arc::new(Ledgers::default())),
        fatal: Box::new(move |error| drop(fatal.send(error))),
    };
    (desk, sender)
}

/// See the module.
struct Bench {
    desk: Desk,
    state: State,
    broker: Arc<FakeBroker>,
    log: Arc<FakeLog>,
    /// What has happened and was not heard yet.
    pocket: Vec<Event>,
    fatal: Receiver<WorkerError>,
    epochs: u64,
}

impl Bench {
    fn new(options: &Options) -> Self {
        let (broker, log) = (Arc::new(FakeBroker::default()), Arc::new(FakeLog::default()));
        lock(&broker.state).capacity = options.broker_capacity;
        {
            let mut state = lock(&log.state);
            (state.capacity, state.known) = (options.log_capacity, options.log_knows);
        }
        let (failing, fatal) = unbounded();
        let way: Option<Log> = options.dedup.then(|| log.clone() as Log);
        let (desk, _) = desk(options, broker.clone(), way, failing);
        Self { desk, state: State::default(), broker, log, pocket: Vec::new(), fatal, epochs: 0 }
    }

    /// An event is heard, and lanes are moved on.
    fn tell(&mut self, event: Event) {
        self.desk.hear(&mut self.state, event);
        self.desk.move_on(&mut self.state);
    }

    fn assign(&mut self, partition: i32) -> Lane {
        self.epochs += 1;
        let lane = Lane { partition, epoch: self.epochs };
        self.tell(Event::Change(Change::Assigned(vec![lane])));
        lane
    }

    /// Starts to give partitions back; the receiver is disconnected when all is drained.
    fn revoke(&mut self, partitions: &[i32]) -> Receiver<()> {
        let (drained, wait) = bounded(0);
        self.tell(Event::Change(Change::Revoked { partitions: partitions.to_vec(), drained }));
        wait
    }

    fn lose(&mut self, partition: i32) {
        self.tell(Event::Change(Change::Lost(vec![partition])));
    }

    fn drain(&mut self) -> Receiver<()> {
        let (done, wait) = bounded(1);
        self.tell(Event::Drain(done));
        wait
    }

    fn feed(&mut self, lane: Lane, offsets: Range<i64>) {
        for offset in offsets {
            self.tell(Event::Record(lane, article(lane, offset)));
        }
    }

    fn feed_one(&mut self, lane: Lane, offset: i64, value: Option<&str>) {
        self.tell(Event::Record(lane, record(lane, offset, value)));
    }

    /// Waits until the pool is through, and pockets what came of it and whatever else the desk was sent.
    fn gather(&mut self) {
        let from_pool = |e: &Event| matches!(e, Event::Prepared(..) | Event::Finished(..));
        while self.pocket.iter().filter(|e| from_pool(e)).count() < self.state.in_pool {
            let event = self.desk.events.recv_timeout(DEADLINE);
            self.pocket.push(event.unwrap_or_else(|error| panic!("the pool lost an article: {error}")));
        }
        self.pocket.extend(self.desk.events.try_iter());
    }

    /// One of all things that can happen now happens. False: nothing can.
    fn step(&mut self, dice: &mut Dice) -> bool {
        self.gather();
        let (pool, log) = (self.pocket.len(), lock(&self.log.state).waiting.len());
        let broker = lock(&self.broker.state).waiting.len();
        if pool + log + broker == 0 {
            return false;
        }
        let which = dice.below(pool + log + broker);
        let event = if which < pool {
            self.pocket.swap_remove(which)
        } else if which < pool + log {
            let (id, verdict) = lock(&self.log.state).waiting.swap_remove(which - pool);
            Event::Verdict(id, verdict)
        } else {
            self.settled(which - pool - log)
        };
        self.desk.hear(&mut self.state, event);
        // The desk hears several events before it moves on, when they come close together.
        if dice.below(3) > 0 {
            self.desk.move_on(&mut self.state);
        }
        true
    }

    /// Everything happens, in the order of the dice, until nothing is left to happen.
    fn settle_down(&mut self, dice: &mut Dice) {
        for _ in 0..1_000_000 {
            if !self.step(dice) {
                self.desk.move_on(&mut self.state);
                if !self.step(dice) {
                    return;
                }
            }
        }
        panic!("the desk does not come to rest");
    }

    /// All that the pool and the log have to say is said; the broker keeps its answers.
    fn finish_work(&mut self) {
        for _ in 0..10_000 {
            self.gather();
            let event = match self.pocket.pop() {
                Some(event) => event,
                None => match lock(&self.log.state).waiting.pop() {
                    Some((id, verdict)) => Event::Verdict(id, verdict),
                    None => return,
                },
            };
            self.tell(event);
        }
        panic!("the desk does not come to rest");
    }

    /// What has happened and fits is heard; the rest waits.
    fn hear_pocketed(&mut self, fits: impl Fn(&Event) -> bool) {
        self.gather();
        let (now, later) = self.pocket.drain(..).partition(|event| fits(event));
        self.pocket = later;
        let now: Vec<Event> = now;
        now.into_iter().for_each(|event| self.tell(event));
    }

    /// The broker's good answer to one parcel.
    fn settled(&self, which: usize) -> Event {
        let parcel = lock(&self.broker.state).waiting.swap_remove(which);
        let offset = parcel.source.position.offset;
        Event::Delivered(Delivered::Settled { lane: parcel.lane, offset, kind: parcel.kind })
    }

    /// The broker's refusal of one parcel for its size.
    fn too_large(&self, which: usize) -> Event {
        let parcel = lock(&self.broker.state).waiting.swap_remove(which);
        Event::Delivered(Delivered::TooLarge(Box::new(Parcel { record: None, ..parcel })))
    }

    /// The broker's last word on one parcel.
    fn failed(&self, which: usize) -> Event {
        let parcel = lock(&self.broker.state).waiting.swap_remove(which);
        let offset = parcel.source.position.offset;
        let error = rdkafka::error::KafkaError::Canceled;
        Event::Delivered(Delivered::Failed { lane: parcel.lane, offset, error })
    }

    /// Offsets that left the lane, in order.
    fn left(&self, lane: Lane) -> Vec<i64> {
        self.taken(lane).into_iter().map(|(offset, _)| offset).collect()
    }

    fn taken(&self, lane: Lane) -> Vec<(i64, ParcelKind)> {
        let state = lock(&self.broker.state);
        state.taken.iter().filter(|(l, ..)| *l == lane).map(|(_, offset, kind)| (*offset, *kind)).collect()
    }

    /// Parcels of the lane that the broker has not answered.
    fn unanswered(&self, lane: Lane) -> usize {
        lock(&self.broker.state).waiting.iter().filter(|parcel| parcel.lane == lane).count()
    }

    fn errors(&self) -> Vec<WorkerError> {
        self.fatal.try_iter().collect()
    }
}

fn record(lane: Lane, offset: i64, value: Option<&str>) -> Record {
    Record {
        position: Position::new("raw", lane.partition, offset),
        key: Some(format!("k{offset}").into_bytes()),
        value: value.map(|value| value.as_bytes().to_vec()),
        headers: Vec::new(),
        timestamp: Some(1_767_225_600_000 + offset),
    }
}

fn article(lane: Lane, offset: i64) -> Record {
    let text = format!("The council of ward {} met for session {offset} on Monday.", lane.partition);
    record(lane, offset, Some(&text))
}

fn is_open(wait: &Receiver<()>) -> bool {
    wait.try_recv() == Err(crossbeam_channel::TryRecvError::Empty)
}

fn is_drained(wait: &Receiver<()>) -> bool {
    wait.try_recv() == Err(crossbeam_channel::TryRecvError::Disconnected)
}

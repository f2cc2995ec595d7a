//! The desk: one thread that owns all lanes and moves every article from step to step.
//!
//! Whatever happens anywhere reaches it as an [`Event`]; it alone changes lanes, so there is no lock and no shared
//! state here. It never waits for Kafka, the pool or the log: where one of them takes no more, the article stays
//! where it is until the next look.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::WorkerError;
use super::event::{Event, WorkId};
use super::lane::{LaneWork, Step};
use super::outcome::{Addresses, parcel_of};
use crate::article::{Record, Reject, RejectKind, Warning};
use crate::dedup::{Relation, SketchLog, Submitted, Verdict};
use crate::kafka::delivery::{Delivered, Delivery, Parcel, ParcelKind};
use crate::kafka::ledgers::Lane;
use crate::kafka::rebalance::Change;
use crate::metrics::Metrics;
use crate::stage::{Outcome, Prepared, PreparedArticle, Stage};

/// How soon a full queue is tried again.
const RETRY: Duration = Duration::from_millis(5);
/// Events that are heard before lanes are moved on.
const BATCH: usize = 256;
/// Articles in the pool per thread: enough that no thread waits for the desk.
const PER_THREAD: usize = 8;

/// The way to verdicts; None when dedup is off.
pub type Log = Arc<dyn SketchLog<WorkId> + Send + Sync>;

/// See the module.
pub struct Desk {
    /// What happens.
    pub events: Receiver<Event>,
    /// Back to itself, for the pool's tasks.
    pub sender: Sender<Event>,
    /// The two halves of the stage.
    pub stage: Arc<Stage>,
    /// Where they run.
    pub pool: rayon::ThreadPool,
    /// Where entries go.
    pub log: Option<Log>,
    /// Where outcomes go.
    pub delivery: Arc<dyn Delivery>,
    /// Topics and keys of outcomes.
    pub addresses: Addresses,
    /// Dead letters in a row that stop the worker.
    pub max_dead_run: Option<u32>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Called once, with the error that the worker ends for.
    pub fatal: Box<dyn Fn(WorkerError) + Send>,
}

/// What changes.
#[derive(Default)]
struct State {
    lanes: BTreeMap<i32, LaneWork>,
    in_pool: usize,
    /// Dead letters of records that were too large for their topic, for as long as the queue is full.
    oversized: VecDeque<Box<Parcel>>,
    /// Something took no more; look again soon.
    blocked: bool,
    /// Whom to tell when all lanes are idle.
    draining: Option<Sender<()>>,
    /// The worker ends: nothing new is begun in any lane, present or future.
    closing: bool,
    /// The worker ends with an error: nothing leaves any more.
    failed: bool,
    /// The lane that is looked at first, so that none is always last at the pool.
    turn: usize,
}

impl Desk {
    /// Runs until [`Event::End`].
    pub fn run(self) {
        let mut state = State::default();
        loop {
            let wait = if state.blocked { RETRY } else { Duration::from_secs(1) };
            match self.events.recv_timeout(wait) {
                Ok(Event::End) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(event) => self.hear(&mut state, event),
                Err(RecvTimeoutError::Timeout) => {}
            }
            for _ in 0..BATCH {
                match self.events.try_recv() {
                    Ok(Event::End) => return,
                    Ok(event) => self.hear(&mut state, event),
                    Err(_) => break,
                }
            }
            self.move_on(&mut state);
        }
    }

    fn hear(&self, state: &mut State, event: Event) {
        match event {
            Event::Record(lane, record) => {
                let work = state.lanes.get_mut(&lane.partition).filter(|w| w.lane == lane);
                if let Some(work) = work.filter(|w| w.drained.is_none() && !state.closing) {
                    work.push(record);
                }
            }
            Event::Prepared(id, prepared) => {
                state.in_pool -= 1;
                set_step(state, id, Step::Prepared(prepared));
            }
            Event::Verdict(id, verdict) => {
                if let Some(article) = take_deciding(state, id) {
                    self.finish(state, id, article, verdict);
                }
            }
            Event::Finished(id, outcome) => {
                state.in_pool -= 1;
                set_step(state, id, Step::Done(outcome));
            }
            Event::Delivered(delivered) => self.delivered(state, delivered),
            Event::Change(change) => self.change(state, change),
            Event::LogBroken(error) => self.abandon(state, error.into()),
            Event::Drain(done) => {
                state.closing = true;
                state.lanes.values_mut().for_each(LaneWork::drop_waiting);
                state.draining = Some(done);
            }
            Event::End => {}
        }
    }

    fn change(&self, state: &mut State, change: Change) {
        match change {
            Change::Assigned(lanes) => {
                state.lanes.extend(lanes.into_iter().map(|lane| (lane.partition, LaneWork::new(lane))));
            }
            Change::Lost(partitions) => {
                for partition in partitions {
                    state.lanes.remove(&partition);
                }
            }
            Change::Revoked { partitions, drained } => {
                // Each lane holds a sender; the callback goes on when the last of them is dropped.
                for partition in &partitions {
                    if let Some(work) = state.lanes.get_mut(partition) {
                        work.drop_waiting();
                        work.drained = Some(drained.clone());
                    }
                }
            }
        }
    }

    fn delivered(&self, state: &mut State, delivered: Delivered) {
        match delivered {
            Delivered::Settled { lane, kind, .. } => {
                self.metrics.outcome(kind.as_str());
                if let Some(work) = state.lanes.get_mut(&lane.partition).filter(|w| w.lane == lane) {
                    work.in_delivery = work.in_delivery.saturating_sub(1);
                }
            }
            Delivered::TooLarge(parcel) => self.refused_for_size(state, *parcel),
            Delivered::Failed { lane, offset, error } => {
                self.metrics.failed_deliveries.inc();
                self.abandon(state, WorkerError::Delivery { partition: lane.partition, offset, error });
            }
        }
    }

    /// The broker takes no record of this size: the raw record becomes a dead letter. It leaves out of turn, which is
    /// the price of the broker's limit being known only now.
    fn refused_for_size(&self, state: &mut State, parcel: Parcel) {
        let Parcel { lane, source, kind, .. } = parcel;
        if state.failed || !is_current(state, lane) {
            // Its next owner reads the raw record again.
            return;
        }
        let position = source.position.clone();
        if kind == ParcelKind::DeadLetter {
            self.abandon(state, WorkerError::DeadLetterTooLarge { position });
            return;
        }
        tracing::warn!(%position, "the enriched record is too large for its topic: the raw record becomes a dead letter");
        let reject = Reject {
            kind: RejectKind::TooLarge,
            stage: "output",
            message: format!(
                "the enriched record is larger than topic {} takes; raise its max.message.bytes",
                self.addresses.output
            ),
        };
        self.metrics.dead_letter(reject.kind.as_str());
        let dead = parcel_of(&self.addresses, lane, source, Outcome::Rejected(reject));
        state.oversized.push_back(Box::new(dead));
    }

    /// The worker ends: nothing more leaves, and it does not wait for answers that may never come.
    fn abandon(&self, state: &mut State, error: WorkerError) {
        if state.failed {
            return;
        }
        (state.closing, state.failed) = (true, true);
        for work in state.lanes.values_mut() {
            work.drop_all();
            work.in_delivery = 0;
        }
        state.oversized.clear();
        (self.fatal)(error);
    }

    /// Moves the articles of every lane on, beginning with another lane each time, and answers those who wait for a
    /// lane to be idle.
    fn move_on(&self, state: &mut State) {
        state.blocked = false;
        self.deliver_oversized(state);
        let partitions: Vec<i32> = state.lanes.keys().copied().collect();
        state.turn = state.turn.checked_add(1).filter(|turn| *turn < partitions.len()).unwrap_or(0);
        let (later, first) = partitions.split_at(state.turn.min(partitions.len()));
        for partition in first.iter().chain(later) {
            if state.failed {
                break;
            }
            // Taken out while it is worked on, so that the rest of the state stays free.
            let Some(mut work) = state.lanes.remove(partition) else { continue };
            self.decide(state, &mut work);
            let result = self.deliver(state, &mut work);
            self.prepare(state, &mut work);
            state.lanes.insert(*partition, work);
            if let Err(error) = result {
                self.abandon(state, error);
            }
        }
        // A lane that was given back ends here; dropping its sender tells the rebalance callback.
        state.lanes.retain(|_, work| work.drained.is_none() || !work.is_idle());
        if state.lanes.values().all(LaneWork::is_idle)
            && let Some(done) = state.draining.take()
        {
            // Nobody listens any more when the deadline has passed.
            let _ = done.send(());
        }
    }

    fn deliver_oversized(&self, state: &mut State) {
        while let Some(dead) = state.oversized.pop_front() {
            if !is_current(state, dead.lane) {
                continue;
            }
            if let Err(dead) = self.delivery.submit(*dead) {
                state.oversized.push_front(dead);
                state.blocked = true;
                return;
            }
        }
    }

    /// First halves into the pool, as far as there is room.
    fn prepare(&self, state: &mut State, work: &mut LaneWork) {
        let room = self.pool.current_num_threads() * PER_THREAD;
        while state.in_pool < room && !state.closing && work.drained.is_none() {
            let Some(slot) = work.slots.get_mut(work.unprepared) else { return };
            slot.step = Step::Preparing;
            work.unprepared += 1;
            state.in_pool += 1;
            let id = WorkId { lane: work.lane, offset: slot.record.position.offset };
            let (stage, record) = (self.stage.clone(), slot.record.clone());
            let (sender, metrics) = (self.sender.clone(), self.metrics.clone());
            self.pool.spawn_fifo(move || {
                let start = Instant::now();
                let prepared = stage.prepare(&record);
                metrics.stage_time("prepare", start.elapsed());
                let _ = sender.send(Event::Prepared(id, prepared));
            });
        }
    }

    /// Entries to the sketch log, in order.
    fn decide(&self, state: &mut State, work: &mut LaneWork) {
        while let Some(slot) = work.slots.get_mut(work.undecided) {
            let id = WorkId { lane: work.lane, offset: slot.record.position.offset };
            if !matches!(slot.step, Step::Prepared(_)) {
                return;
            }
            let Step::Prepared(prepared) = std::mem::replace(&mut slot.step, Step::Finishing) else { return };
            match (prepared, &self.log) {
                (Prepared::Tombstone, _) => slot.step = Step::Done(Outcome::Tombstone),
                (Prepared::Rejected(reject), _) => slot.step = Step::Done(Outcome::Rejected(reject)),
                (Prepared::Article(article), None) => {
                    let verdict = Verdict::off(article.entry().id.clone());
                    self.spawn_finish(state, id, slot.record.clone(), article, verdict);
                }
                (Prepared::Article(article), Some(log)) => match log.submit(article.entry(), id) {
                    Submitted::Pending => slot.step = Step::Deciding(article),
                    Submitted::Decided(id, verdict) => {
                        self.spawn_finish(state, id, slot.record.clone(), article, verdict);
                    }
                    Submitted::Full(_) => {
                        slot.step = Step::Prepared(Prepared::Article(article));
                        state.blocked = true;
                        return;
                    }
                },
            }
            work.undecided += 1;
        }
    }

    fn finish(&self, state: &mut State, id: WorkId, article: Box<PreparedArticle>, verdict: Verdict) {
        let record = state.lanes.get_mut(&id.lane.partition).and_then(|work| work.slot(id.offset));
        if let Some(record) = record.map(|slot| slot.record.clone()) {
            self.spawn_finish(state, id, record, article, verdict);
        }
    }

    fn spawn_finish(
        &self,
        state: &mut State,
        id: WorkId,
        record: Arc<Record>,
        mut article: Box<PreparedArticle>,
        verdict: Verdict,
    ) {
        // A log says `off` only when it has no verdict to give; without a log that is what was asked for.
        if self.log.is_some() && verdict.relation == Relation::Off {
            article.warn(Warning::DedupUnavailable);
        }
        state.in_pool += 1;
        let (stage, sender, metrics) = (self.stage.clone(), self.sender.clone(), self.metrics.clone());
        self.pool.spawn_fifo(move || {
            let start = Instant::now();
            metrics.verdict(verdict.relation.as_str());
            let outcome = stage.finish(&record, article, &verdict);
            metrics.stage_time("finish", start.elapsed());
            let _ = sender.send(Event::Finished(id, outcome));
        });
    }

    /// Outcomes leave, in order.
    fn deliver(&self, state: &mut State, work: &mut LaneWork) -> Result<(), WorkerError> {
        loop {
            let Some(slot) = work.slots.front_mut() else { return Ok(()) };
            if !matches!(slot.step, Step::Done(_) | Step::Outgoing(_)) {
                return Ok(());
            }
            let parcel = match std::mem::replace(&mut slot.step, Step::Finishing) {
                Step::Outgoing(parcel) => *parcel,
                Step::Done(outcome) => {
                    let record = slot.record.clone();
                    self.count_run(work, &record, &outcome)?;
                    parcel_of(&self.addresses, work.lane, record, outcome)
                }
                _ => return Ok(()),
            };
            // Counted before it is handed over: the answer may be quicker than this thread.
            work.in_delivery += 1;
            if let Err(parcel) = self.delivery.submit(parcel) {
                work.in_delivery -= 1;
                if let Some(slot) = work.slots.front_mut() {
                    slot.step = Step::Outgoing(parcel);
                }
                state.blocked = true;
                return Ok(());
            }
            work.pop();
        }
    }

    /// A run of dead letters is a bad deploy upstream: the topic must not be emptied into the dead letters.
    fn count_run(&self, work: &mut LaneWork, record: &Record, outcome: &Outcome) -> Result<(), WorkerError> {
        let Outcome::Rejected(reject) = outcome else {
            work.dead_run = 0;
            return Ok(());
        };
        work.dead_run += 1;
        if self.max_dead_run.is_some_and(|limit| work.dead_run > limit) {
            return Err(WorkerError::DeadLetterRun {
                run: work.dead_run - 1,
                position: record.position.clone(),
                last: reject.to_string(),
            });
        }
        self.metrics.dead_letter(reject.kind.as_str());
        tracing::debug!(position = %record.position, kind = reject.kind.as_str(), reason = reject.message, "dead letter");
        Ok(())
    }
}

fn is_current(state: &State, lane: Lane) -> bool {
    state.lanes.get(&lane.partition).is_some_and(|work| work.lane == lane)
}

fn set_step(state: &mut State, id: WorkId, step: Step) {
    let work = state.lanes.get_mut(&id.lane.partition).filter(|work| work.lane == id.lane);
    if let Some(slot) = work.and_then(|work| work.slot(id.offset)) {
        slot.step = step;
    }
}

fn take_deciding(state: &mut State, id: WorkId) -> Option<Box<PreparedArticle>> {
    let work = state.lanes.get_mut(&id.lane.partition).filter(|work| work.lane == id.lane)?;
    let slot = work.slot(id.offset)?;
    match std::mem::replace(&mut slot.step, Step::Finishing) {
        Step::Deciding(article) => Some(article),
        other => {
            slot.step = other;
            None
        }
    }
}

#[cfg(test)]
mod tests;

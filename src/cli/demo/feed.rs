//! The feeder of the demo. It holds back by what has come out: a record counts as under way until its outcome has been
//! read from the output topics, and only so many bytes may be under way.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::STUCK;
use crate::article::Record;
use crate::cli::enrich::progress_bar;
use crate::cli::error::CliError;
use crate::config::{Copies, Settings};
use crate::kafka::embedded::RETAINED_BYTES;
use crate::kafka::resend::Resender;
use crate::worker::Shared;

/// Header that tells the collector which record an outcome belongs to; the worker passes it through.
pub const NUMBER: &str = "demo-number";
/// An enriched record can be some times as large as its raw one, and all may fall into one partition.
const UNDER_WAY: u64 = RETAINED_BYTES / 5;
/// A record that the mock would drop even alone.
const LARGEST: u64 = RETAINED_BYTES / 2;

/// What was fed and has not come out.
#[derive(Default)]
pub struct InFlight {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    records: BTreeMap<u64, Record>,
    bytes: u64,
    out: u64,
    /// Of those that are out, the ones that no record stands for.
    let_go: u64,
    /// When the first and the last outcome was read.
    span: Option<(Instant, Instant)>,
}

impl InFlight {
    /// An outcome was read. Returns the raw record; None for a second outcome of the same record.
    pub fn came_out(&self, number: u64) -> Option<Record> {
        let mut state = self.lock();
        let record = state.records.remove(&number)?;
        state.bytes -= record.size();
        state.out += 1;
        let now = Instant::now();
        state.span = Some((state.span.map_or(now, |(first, _)| first), now));
        self.changed.notify_all();
        Some(record)
    }

    /// When the first and the last outcome was read.
    pub fn span(&self) -> Option<(Instant, Instant)> {
        self.lock().span
    }

    /// Nothing is under way.
    pub fn is_empty(&self) -> bool {
        self.lock().records.is_empty()
    }

    fn goes_in(&self, number: u64, record: &Record) {
        let mut state = self.lock();
        state.bytes += record.size();
        state.records.insert(number, record.clone());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See the module.
pub struct Feeder<'a> {
    /// Where to.
    pub settings: &'a Settings,
    /// What is under way.
    pub in_flight: &'a InFlight,
    /// Whose progress holds the feeder back.
    pub worker: &'a Shared,
}

impl Feeder<'_> {
    /// Feeds all articles and waits for their outcomes; returns how many. `total` is for the progress bar.
    ///
    /// # Errors
    /// When an article cannot be read or fed, or nothing comes out for a minute.
    pub fn feed(
        &self,
        articles: impl Iterator<Item = Result<Record, CliError>>,
        total: Option<u64>,
    ) -> Result<u64, CliError> {
        let bar = bar(total);
        let resender = Resender::connect(&self.settings.kafka, &self.settings.input.topic)?;
        let mut fed = 0;
        for article in articles {
            let mut record = article?;
            let size = record.size();
            if size > LARGEST {
                return Err(CliError::Usage(format!(
                    "{}: {size} bytes are too many for the embedded broker, which keeps 5 MiB a partition. \
                     `copydesk enrich` takes articles of any size",
                    record.position
                )));
            }
            record.headers.push((NUMBER.to_owned(), Some(fed.to_string().into_bytes())));
            self.wait(&bar, fed, |bytes| bytes == 0 || bytes + size <= UNDER_WAY)?;
            self.in_flight.goes_in(fed, &record);
            resender.send(&record)?;
            fed += 1;
        }
        resender.finish(STUCK)?;
        self.wait(&bar, fed, |bytes| bytes == 0 && self.in_flight.is_empty())?;
        bar.finish_and_clear();
        Ok(fed)
    }

    fn wait(&self, bar: &ProgressBar, fed: u64, enough: impl Fn(u64) -> bool) -> Result<(), CliError> {
        let (mut last, mut since) = (u64::MAX, Instant::now());
        loop {
            self.let_dropped_go(fed);
            let (bytes, out) = {
                let state = self.in_flight.lock();
                (state.bytes, state.out)
            };
            bar.set_position(out);
            bar.set_message(out.to_string());
            if enough(bytes) {
                return Ok(());
            }
            if self.worker.is_ending() {
                return Err(CliError::Broken("the worker ended in the middle of the demo".into()));
            }
            if out != last {
                (last, since) = (out, Instant::now());
            } else if since.elapsed() > STUCK {
                return Err(CliError::Broken(format!(
                    "stuck: {out} of {fed} records have come out, and no more for 60 s"
                )));
            }
            let state = self.in_flight.lock();
            // A wake-up that is missed costs a fiftieth of a second.
            drop(self.in_flight.changed.wait_timeout(state, Duration::from_millis(20)));
        }
    }

    /// With `dedup.copies = "drop"` a copy has no record that the collector could read. When all that was fed has its
    /// outcome and the collector has read all the others, what is left are the dropped ones.
    fn let_dropped_go(&self, fed: u64) {
        if self.settings.dedup.copies != Copies::Drop {
            return;
        }
        let count = |kind| self.worker.metrics.outcome_count(kind);
        let dropped = count("dropped");
        let mut state = self.in_flight.lock();
        let settled = dropped + count("enriched") + count("tombstone") + count("deadLetter");
        if settled == fed && state.out - state.let_go + dropped == fed {
            let left = state.records.len() as u64;
            state.records.clear();
            state.bytes = 0;
            state.out += left;
            state.let_go += left;
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let Some(total) = total else { return progress_bar(None) };
    let style = ProgressStyle::with_template("{bar:30.cyan/dim} {pos}/{len} articles");
    let bar = ProgressBar::new(total);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

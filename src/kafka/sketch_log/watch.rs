//! The watch over the log: a thread that tells of a start, begins and ends outages, and sets the gauges. It is not the
//! reader's thread, so that a reader that stands still is noticed too.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::progress::{Pace, Progress, Told};
use super::waiting::{Article, Reading, Turn};
use super::{KafkaSketchLog, Shared};
use crate::config::OnUnavailable;
use crate::dedup::Verdict;

/// Between two looks.
const LOOK: Duration = Duration::from_millis(100);

/// How the log stands; for `/readyz` and `/status`.
#[derive(Debug, Clone, PartialEq)]
pub struct LogStatus {
    /// The log's topic.
    pub topic: String,
    /// How far the reader is.
    pub progress: Progress,
    /// Entries in the window.
    pub entries: usize,
    /// Articles that wait for a verdict.
    pub waiting: usize,
    /// How long the oldest of them has waited.
    pub longest: Option<Duration>,
    /// How long the log has given no verdicts; None while it does.
    pub unavailable: Option<Duration>,
    /// True while articles go on without a verdict.
    pub passes: bool,
    /// Articles that went on without a verdict since the start.
    pub passed: u64,
    /// Checkpoints that this worker has written since the start.
    pub checkpoints_written: u64,
}

impl LogStatus {
    /// True when articles may be taken in: the log was read, or is not waited for.
    pub fn is_ready(&self) -> bool {
        self.progress.caught_up || self.passes
    }
}

impl<T: Send + 'static> KafkaSketchLog<T> {
    /// How the log stands.
    pub fn status(&self) -> LogStatus {
        let now = Instant::now();
        let state = self.shared.lock();
        LogStatus {
            topic: self.shared.topic.clone(),
            progress: self.shared.with_end(state.progress),
            entries: state.reader.window().len(),
            waiting: state.waiting.len(),
            longest: state.waiting.longest(now),
            unavailable: state.waiting.unavailable(now),
            passes: state.waiting.passes(),
            passed: self.shared.metrics.dedup_passed.get(),
            checkpoints_written: self.shared.written.load(Ordering::Relaxed),
        }
    }
}

impl<T> Shared<T> {
    /// Looks until told to stop.
    pub(super) fn watch(&self) {
        let mut pace = Pace::new(Instant::now());
        while !self.stopped() {
            let progress = self.look();
            if let Some(told) = pace.look(Instant::now(), &progress) {
                self.tell(&told, &progress);
            }
            std::thread::park_timeout(LOOK);
        }
    }

    fn look(&self) -> Progress {
        let now = Instant::now();
        let mut state = self.lock();
        let progress = self.with_end(state.progress);
        let reading = Reading { caught_up: progress.caught_up, moved: state.moved };
        let turn = state.waiting.look(now, reading);
        let waiting = state.waiting.len();
        self.metrics.sketch_log(state.reader.window().len(), waiting);
        let longest = state.waiting.longest(now).unwrap_or_default();
        self.metrics.sketch_log_watched(progress.lag(), longest, state.waiting.unavailable(now).is_some());
        let then = state.waiting.on_unavailable();
        drop(state);
        match turn {
            Turn::None => {}
            Turn::Began { waited, passed } => {
                let seconds = waited.as_secs();
                let topic = &self.topic;
                match then {
                    OnUnavailable::Pause => tracing::warn!(
                        topic,
                        seconds,
                        waiting,
                        "the sketch log gives no verdicts: articles wait; is its topic there, and its leader up?"
                    ),
                    OnUnavailable::Pass => tracing::warn!(
                        topic,
                        seconds,
                        passed = passed.len(),
                        "the sketch log gives no verdicts: articles go on without; is its topic there, and its leader up?"
                    ),
                }
                passed.into_iter().for_each(|article| self.give_up(article));
            }
            Turn::Ended { lasted, passed } => {
                let seconds = lasted.as_secs();
                tracing::info!(topic = self.topic, seconds, passed, "the sketch log gives verdicts again");
            }
        }
        progress
    }

    fn give_up(&self, article: Article<T>) {
        self.metrics.dedup_passed.inc();
        for ticket in article.tickets {
            (self.replies.verdict)(ticket, Verdict::off(article.id.clone()));
        }
    }

    fn tell(&self, told: &Told, progress: &Progress) {
        let (topic, read) = (&self.topic, progress.read);
        match *told {
            Told::Read { seconds } => {
                let checkpoints = progress.checkpoints;
                tracing::info!(topic, entries = read - checkpoints, checkpoints, seconds, "sketch log read");
            }
            Told::Reading { per_second, rest_s } => {
                tracing::info!(
                    topic,
                    read,
                    of = progress.retained,
                    per_second,
                    rest_s,
                    "reading the sketch log"
                );
            }
        }
    }

    fn with_end(&self, progress: Progress) -> Progress {
        Progress { end: progress.end.max(self.end.get()).max(progress.next), ..progress }
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }
}

//! How far the reader of the log is, and how fast it comes on.

use std::time::{Duration, Instant};

/// Between two lines on a start.
const TELL: Duration = Duration::from_secs(5);

/// How far the reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records read since the start: entries and checkpoints.
    pub read: u64,
    /// Checkpoints among them.
    pub checkpoints: u64,
    /// Records that were in the log at the start; None before the broker said so.
    pub retained: Option<u64>,
    /// All that was in the log at the start is read.
    pub caught_up: bool,
    /// The offset of the next record to read; None before the broker said where the log begins.
    pub next: Option<i64>,
    /// One past the log's last offset, as the client last saw it.
    pub end: Option<i64>,
}

impl Progress {
    /// Records in the log that this worker has not read.
    pub fn lag(&self) -> Option<u64> {
        Some(u64::try_from(self.end? - self.next?).unwrap_or(0))
    }
}

/// A start to be told of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Told {
    /// It goes on.
    Reading {
        /// Records a second since the last line.
        per_second: u64,
        /// The estimated rest, seconds; None while nothing comes.
        rest_s: Option<u64>,
    },
    /// All is read.
    Read {
        /// Since the start, seconds.
        seconds: f64,
    },
}

/// Tells of a start every few seconds, and once of its end.
#[derive(Debug)]
pub(super) struct Pace {
    start: Instant,
    told: Instant,
    read: u64,
    is_over: bool,
}

impl Pace {
    /// Begins now.
    pub fn new(now: Instant) -> Self {
        Self { start: now, told: now, read: 0, is_over: false }
    }

    /// What is to be told now, if anything.
    pub fn look(&mut self, now: Instant, progress: &Progress) -> Option<Told> {
        if self.is_over {
            return None;
        }
        if progress.caught_up {
            self.is_over = true;
            let seconds = now.saturating_duration_since(self.start).as_secs_f64();
            return Some(Told::Read { seconds: (seconds * 10.0).round() / 10.0 });
        }
        let since = now.saturating_duration_since(self.told);
        if since < TELL {
            return None;
        }
        // A start that had to begin anew has read less than before.
        let read = progress.read.saturating_sub(self.read);
        (self.told, self.read) = (now, progress.read);
        let per_second = (read as f64 / since.as_secs_f64()) as u64;
        let left = progress.retained.map(|retained| retained.saturating_sub(progress.read));
        let rest_s = left.filter(|_| per_second > 0).map(|left| left.div_ceil(per_second));
        Some(Told::Reading { per_second, rest_s })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(read: u64) -> Progress {
        Progress { read, retained: Some(1000), ..Progress::default() }
    }

    #[test]
    fn a_start_is_told_with_its_pace_and_its_rest_and_its_end_once() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert_eq!(pace.look(start + TELL / 2, &at(100)), None);
        assert_eq!(
            pace.look(start + TELL, &at(100)),
            Some(Told::Reading { per_second: 20, rest_s: Some(45) })
        );
        assert_eq!(
            pace.look(start + TELL * 2, &at(600)),
            Some(Told::Reading { per_second: 100, rest_s: Some(4) }),
            "the pace is that since the last line"
        );
        assert_eq!(
            pace.look(start + TELL * 3, &at(600)),
            Some(Told::Reading { per_second: 0, rest_s: None }),
            "what stands still has no end in sight"
        );
        let over = Progress { caught_up: true, ..at(1001) };
        assert_eq!(pace.look(start + TELL * 3, &over), Some(Told::Read { seconds: 15.0 }));
        assert_eq!(pace.look(start + TELL * 9, &over), None);
    }

    #[test]
    fn lag_is_what_is_not_read_and_never_below_zero() {
        let progress = Progress { next: Some(7), end: Some(10), ..Progress::default() };
        assert_eq!(progress.lag(), Some(3));
        assert_eq!(
            Progress { next: Some(12), ..progress }.lag(),
            Some(0),
            "the end was seen before the entry"
        );
        assert_eq!(Progress::default().lag(), None);
    }
}

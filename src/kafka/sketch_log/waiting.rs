//! Articles that wait for their verdicts, and whether the log gives any.
//!
//! Laws: an outage begins when the oldest article has waited for as long as patience lasts (or the log has taken no entry,
//! or a start has read none, for that long). It ends only by a proof: an entry of ours that was read back, once all that
//! the log held at the start is read. Under [`OnUnavailable::Pass`] whatever waits when an outage begins is given up, each
//! article once, in the order in which the articles came. Nothing here reads a clock.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::article::Position;
use crate::config::OnUnavailable;

/// A refusal that is older than this tells nothing any more: whoever was refused would have come again.
const REFUSAL: Duration = Duration::from_secs(1);

/// How long a verdict is waited for, and what happens then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// A verdict that takes longer shows that the log cannot be written or read.
    pub limit: Duration,
    /// What articles do then.
    pub then: OnUnavailable,
}

/// One article that waits.
#[derive(Debug)]
pub(super) struct Article<T> {
    /// What the caller wants back; more than one when a partition came back while the article waited.
    pub tickets: Vec<T>,
    /// The article's id, for a verdict without the log.
    pub id: Arc<str>,
    /// Its entry, to be sent again if it is lost.
    pub bytes: Vec<u8>,
    /// Since when it waits.
    pub since: Instant,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Waiting<T> {
    patience: Patience,
    // Looked up by position only, never walked: the order is that of `order`.
    articles: HashMap<Position, Article<T>>,
    /// In the order in which the articles came; those that wait no more are dropped when they come to the front.
    order: VecDeque<(Instant, Position)>,
    /// First and last time that the log took no entry, without one that it took between them.
    refused: Option<(Instant, Instant)>,
    outage: Option<Outage>,
    /// When the last outage ended. What waited through it has its full time again from there.
    mended: Option<Instant>,
}

#[derive(Debug)]
struct Outage {
    since: Instant,
    /// The log's retained part was not read when it began.
    at_start: bool,
    /// Articles that went on without a verdict.
    passed: u64,
    /// The entry whose return proves that the log is there again; kept, because nobody else sends it again.
    probe: Option<(Position, Vec<u8>)>,
    /// An entry of ours was read back.
    proven: bool,
}

/// How far the reader is, for judging a start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// All that was in the log at the start is read.
    pub caught_up: bool,
    /// When the reader last came further.
    pub moved: Instant,
}

/// What has changed.
#[derive(Debug)]
pub(super) enum Turn<T> {
    /// Nothing.
    None,
    /// An outage begins.
    Began {
        /// The longest wait.
        waited: Duration,
        /// Articles to be given up, in order; none under [`OnUnavailable::Pause`].
        passed: Vec<Article<T>>,
    },
    /// An outage is over.
    Ended {
        /// How long it was.
        lasted: Duration,
        /// Articles that went on without a verdict.
        passed: u64,
    },
}

impl<T> Waiting<T> {
    /// Nobody waits.
    pub fn new(patience: Patience) -> Self {
        Self {
            patience,
            articles: HashMap::new(),
            order: VecDeque::new(),
            refused: None,
            outage: None,
            mended: None,
        }
    }

    /// What articles do in an outage.
    pub fn on_unavailable(&self) -> OnUnavailable {
        self.patience.then
    }

    /// Articles that wait.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// How long the oldest one has waited.
    pub fn longest(&self, now: Instant) -> Option<Duration> {
        self.order.front().map(|(since, _)| now.saturating_duration_since(*since))
    }

    /// How long the log has been unavailable; None while it is available.
    pub fn unavailable(&self, now: Instant) -> Option<Duration> {
        self.outage.as_ref().map(|outage| now.saturating_duration_since(outage.since))
    }

    /// True while articles go on without a verdict.
    pub fn passes(&self) -> bool {
        self.outage.is_some() && self.patience.then == OnUnavailable::Pass
    }

    /// Adds a ticket to an article that waits already; gives it back when none does.
    pub fn join(&mut self, position: &Position, ticket: T) -> Result<(), T> {
        match self.articles.get_mut(position) {
            Some(article) => article.tickets.push(ticket),
            None => return Err(ticket),
        }
        Ok(())
    }

    /// The log took an entry: its article waits.
    pub fn add(&mut self, position: Position, article: Article<T>) {
        self.refused = None;
        self.order.push_back((article.since, position.clone()));
        self.articles.insert(position, article);
    }

    /// The log took no entry.
    pub fn refused(&mut self, now: Instant) {
        let first = self.recent_refusal(now).unwrap_or(now);
        self.refused = Some((first, now));
    }

    /// An article went on without a verdict. `bytes` is its entry if the log took it.
    pub fn pass(&mut self, position: &Position, bytes: Option<Vec<u8>>) {
        let Some(outage) = &mut self.outage else { return };
        outage.passed += 1;
        if let (None, Some(bytes)) = (&outage.probe, bytes) {
            outage.probe = Some((position.clone(), bytes));
        }
    }

    /// The entry of an article that waits, or of the one whose return is awaited.
    pub fn bytes(&self, position: &Position) -> Option<&[u8]> {
        let probe = self.outage.as_ref().and_then(|outage| outage.probe.as_ref());
        let probe = probe.filter(|(of, _)| of == position).map(|(_, bytes)| bytes);
        self.articles.get(position).map(|article| &article.bytes).or(probe).map(Vec::as_slice)
    }

    /// An entry was read: the article that waits for it, if one does.
    pub fn read_back(&mut self, position: &Position) -> Option<Article<T>> {
        let article = self.articles.remove(position);
        if let Some(outage) = &mut self.outage {
            let is_probe = outage.probe.as_ref().is_some_and(|(of, _)| of == position);
            outage.proven |= is_probe || article.is_some();
        }
        while self.order.front().is_some_and(|(since, front)| !self.waits(front, *since)) {
            self.order.pop_front();
        }
        article
    }

    /// Judges how the log stands.
    pub fn look(&mut self, now: Instant, reading: Reading) -> Turn<T> {
        match &self.outage {
            None => self.begin(now, reading),
            Some(outage) => {
                // A start that sent nothing has nothing to be read back; the log that it has read is the proof.
                let untried = outage.at_start && outage.probe.is_none() && self.articles.is_empty();
                if !reading.caught_up || !(outage.proven || untried) {
                    return Turn::None;
                }
                let ended = Turn::Ended {
                    lasted: now.saturating_duration_since(outage.since),
                    passed: outage.passed,
                };
                (self.outage, self.mended, self.refused) = (None, Some(now), None);
                ended
            }
        }
    }

    fn begin(&mut self, now: Instant, reading: Reading) -> Turn<T> {
        let start = (!reading.caught_up).then_some(reading.moved);
        let oldest = self.order.front().map(|(since, _)| *since);
        let Some(since) = [start, oldest, self.recent_refusal(now)].into_iter().flatten().min() else {
            return Turn::None;
        };
        let waited = now.saturating_duration_since(since.max(self.mended.unwrap_or(since)));
        if waited < self.patience.limit {
            return Turn::None;
        }
        let passed = if self.patience.then == OnUnavailable::Pass { self.give_up() } else { Vec::new() };
        // The oldest is the first to be read back.
        let probe = passed.first().map(|(position, article)| (position.clone(), article.bytes.clone()));
        self.outage = Some(Outage {
            since: now,
            at_start: !reading.caught_up,
            passed: passed.len() as u64,
            probe,
            proven: false,
        });
        Turn::Began { waited, passed: passed.into_iter().map(|(_, article)| article).collect() }
    }

    fn give_up(&mut self) -> Vec<(Position, Article<T>)> {
        let order = std::mem::take(&mut self.order);
        order
            .into_iter()
            .filter_map(|(_, of)| self.articles.remove(&of).map(|article| (of, article)))
            .collect()
    }

    fn recent_refusal(&self, now: Instant) -> Option<Instant> {
        let recent = |(_, last): &(Instant, Instant)| now.saturating_duration_since(*last) < REFUSAL;
        self.refused.filter(recent).map(|(first, _)| first)
    }

    fn waits(&self, position: &Position, since: Instant) -> bool {
        self.articles.get(position).is_some_and(|article| article.since == since)
    }
}

#[cfg(test)]
mod tests;

//! The window: which earlier entries an article is compared with, and what comes of it.
//!
//! [`Window::apply`] takes the entries of the log in order. An earlier entry is alive for a query if it is among the
//! last `articles` entries, its event time is within `event_span` of the query's, and its append time is not more than
//! `append_span` before the query's. All three are functions of the log, so every reader of the same log agrees,
//! whenever it began to read, as long as it began no later than `append_span` before the query.
//!
//! A replay in the log makes that a little longer: a reader that began between an entry and its replay takes the replay
//! for the first one. Such readers agree after `append_span` and twice the distance of the two, which a log that keeps
//! entries for twice the span (see `dedup.log.retentionHours`) gives them, as replays come within minutes.
//!
//! This version decides on exact copies. Near copies take their place in [`Window::apply`], behind the same interface.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use super::entry::{ContentHash, Entry};
use super::verdict::Verdict;
use crate::article::Position;

/// Bounds of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowSettings {
    /// How many of the last entries are compared. At least 1.
    pub articles: usize,
    /// Greatest distance between two articles' event times, milliseconds.
    pub event_span: i64,
    /// Greatest distance between two entries' append times, milliseconds; None without a log that expires.
    pub append_span: Option<i64>,
}

/// The entries that are alive, and the verdict on each.
#[derive(Debug)]
pub struct Window {
    settings: WindowSettings,
    /// The last entries in the order of the log; the front one has the number `first`.
    entries: VecDeque<Kept>,
    first: u64,
    // The two maps are only looked up, never walked, so their order cannot reach a verdict.
    by_content: HashMap<ContentHash, VecDeque<u64>>,
    by_position: HashMap<Position, u64>,
    /// One copy of each topic's name, whatever the number of entries.
    topics: BTreeSet<Arc<str>>,
}

#[derive(Debug)]
struct Kept {
    position: Position,
    id: Arc<str>,
    event_time: i64,
    append_time: i64,
    content: ContentHash,
    verdict: Verdict,
}

impl Window {
    /// An empty window.
    pub fn new(settings: WindowSettings) -> Self {
        Self {
            settings,
            entries: VecDeque::new(),
            first: 0,
            by_content: HashMap::new(),
            by_position: HashMap::new(),
            topics: BTreeSet::new(),
        }
    }

    /// Takes the next entry of the log and gives the verdict on it. A replayed entry (its position is still in the
    /// window) changes nothing, and the first verdict stands.
    ///
    /// `append_time` is the time that the log gave the entry, milliseconds since the epoch.
    pub fn apply(&mut self, entry: &Entry, append_time: i64) -> Verdict {
        self.expire(append_time);
        if let Some(verdict) = self.known(&entry.position) {
            return verdict;
        }
        let verdict = self.decide(entry);
        let number = self.first + self.entries.len() as u64;
        let position = self.interned(&entry.position);
        self.by_content.entry(entry.content).or_default().push_back(number);
        self.by_position.insert(position.clone(), number);
        self.entries.push_back(Kept {
            position,
            id: entry.id.clone(),
            event_time: entry.event_time,
            append_time,
            content: entry.content,
            verdict: verdict.clone(),
        });
        if self.entries.len() > self.settings.articles {
            self.drop_oldest();
        }
        verdict
    }

    /// The verdict that was given on the article at this position, if it is still in the window.
    pub fn known(&self, position: &Position) -> Option<Verdict> {
        let number = *self.by_position.get(position)?;
        Some(self.kept(number)?.verdict.clone())
    }

    /// Entries in the window.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True before the first entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The oldest alive article with the same words is the original of all its copies: a rule about the window
    /// alone, so that a reader who never saw what came before the window agrees.
    fn decide(&self, entry: &Entry) -> Verdict {
        let same = self.by_content.get(&entry.content).into_iter().flatten();
        let oldest = same.filter_map(|number| self.kept(*number)).find(|kept| {
            kept.event_time.abs_diff(entry.event_time) <= self.settings.event_span.unsigned_abs()
        });
        match oldest {
            Some(kept) => Verdict::exact(kept.id.clone(), kept.id.clone()),
            None => Verdict::original(entry.id.clone()),
        }
    }

    /// Topics are few, and none is forgotten.
    fn interned(&mut self, position: &Position) -> Position {
        let topic = match self.topics.get(&position.topic) {
            Some(topic) => topic.clone(),
            None => {
                self.topics.insert(position.topic.clone());
                position.topic.clone()
            }
        };
        Position { topic, ..*position }
    }

    /// Log-append time never goes back in one partition, so what is too old for this entry is too old for all later ones.
    fn expire(&mut self, append_time: i64) {
        let Some(span) = self.settings.append_span else { return };
        while self.entries.front().is_some_and(|oldest| append_time.saturating_sub(oldest.append_time) > span)
        {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        if let Some(numbers) = self.by_content.get_mut(&oldest.content) {
            numbers.pop_front();
            if numbers.is_empty() {
                self.by_content.remove(&oldest.content);
            }
        }
        self.by_position.remove(&oldest.position);
        self.first += 1;
    }

    fn kept(&self, number: u64) -> Option<&Kept> {
        self.entries.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::Relation;

    fn settings() -> WindowSettings {
        WindowSettings { articles: 3, event_span: 100, append_span: Some(1000) }
    }

    fn entry(offset: i64, content: u128, event_time: i64) -> Entry {
        Entry {
            position: Position::new("raw", 0, offset),
            id: format!("a{offset}").into(),
            event_time,
            content: ContentHash(content),
        }
    }

    #[test]
    fn all_copies_point_at_the_oldest_alive_article() {
        let mut window = Window::new(settings());
        assert_eq!(window.apply(&entry(0, 7, 0), 0).relation, Relation::Original);
        assert_eq!(window.apply(&entry(1, 7, 1), 1).of.as_deref(), Some("a0"));
        let third = window.apply(&entry(2, 7, 2), 2);
        assert_eq!((third.of.as_deref(), &*third.cluster), (Some("a0"), "a0"));
    }

    #[test]
    fn a_replay_gets_the_first_verdict_and_is_never_a_copy_of_itself() {
        let mut window = Window::new(settings());
        let first = window.apply(&entry(0, 7, 0), 0);
        window.apply(&entry(1, 7, 0), 1);
        assert_eq!(window.apply(&entry(0, 7, 0), 2), first);
        assert_eq!(window.len(), 2, "a replay takes no place in the window");
    }

    #[test]
    fn an_article_out_of_the_count_is_forgotten() {
        let mut window = Window::new(settings());
        window.apply(&entry(0, 7, 0), 0);
        for offset in 1..4 {
            window.apply(&entry(offset, 100 + offset as u128, 0), 0);
        }
        assert_eq!(window.apply(&entry(9, 7, 0), 0).relation, Relation::Original);
    }

    #[test]
    fn event_time_counts_in_both_directions() {
        let mut window = Window::new(settings());
        window.apply(&entry(0, 7, 500), 0);
        assert_eq!(window.apply(&entry(1, 7, 401), 0).relation, Relation::Exact, "a late article");
        assert_eq!(
            window.apply(&entry(2, 7, 300), 0).relation,
            Relation::Original,
            "101 ms before the nearest"
        );
    }

    #[test]
    fn what_the_log_may_lose_before_a_restart_is_not_compared() {
        let mut window = Window::new(settings());
        window.apply(&entry(0, 7, 0), 0);
        assert_eq!(window.apply(&entry(1, 7, 0), 1001).relation, Relation::Original);
    }

    /// Whoever begins to read within the append span agrees on every later verdict: here, at each entry that is
    /// still alive for the last one.
    #[test]
    fn a_reader_that_starts_later_agrees() {
        let log: Vec<(Entry, i64)> =
            (0..40).map(|n| (entry(n, (n % 3) as u128, n * 7 % 50), n * 90)).collect();
        let mut whole = Window::new(settings());
        let verdicts: Vec<Verdict> = log.iter().map(|(e, at)| whole.apply(e, *at)).collect();
        for start in 0..log.len() {
            let mut late = Window::new(settings());
            for (n, (e, at)) in log.iter().enumerate().skip(start) {
                let verdict = late.apply(e, *at);
                if n >= start + settings().articles {
                    assert_eq!(verdict, verdicts[n], "entry {n} read from {start}");
                }
            }
        }
    }
}

//! The window: which earlier entries an article is compared with, and what comes of it.
//!
//! [`Window::apply`] takes the entries of the log in order. An earlier entry is alive for a query if it is among the
//! last `articles` offsets, its event time is within `event_span` of the query's, and no entry from it to the query was
//! appended more than `append_span` before a later one; times count in whole seconds. All three are functions of the log.
//!
//! What is decided depends on the entries that are alive and on what was decided on them, and on nothing else. A reader
//! that knows both therefore goes on as one that has read the log from its beginning: [`Window::restore`] takes an entry with
//! its decision, which a [`Checkpoint`](super::Checkpoint) in the log holds.

mod age;
mod arena;
mod compare;
mod decide;
mod document;
mod forms;
mod generations;
#[cfg(test)]
mod invented;
mod keys;
mod lanes;
mod query;
mod score;

use super::decision::Decision;
use super::entry::{ContentHash, Entry};
use super::hash;

use super::verdict::Verdict;
use crate::article::Position;
use crate::dedup::story::Stories;
use age::Ages;
use document::Document;
use forms::Forms;
use lanes::Lanes;

pub(super) use arena::{Address, Arena};
pub use compare::{FEATURE_NAMES, FEATURES};
pub(super) use generations::Generations;
pub(super) use keys::Keys;
pub use keys::MOST_ENTRIES;

/// Bounds of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowSettings {
    /// How many of the last offsets of the log are compared. At least 1, at most [`MOST_ENTRIES`].
    pub articles: usize,
    /// Greatest distance between two articles' event times, milliseconds.
    pub event_span: i64,
    /// Greatest distance between two entries' append times, milliseconds; None without a log that expires.
    pub append_span: Option<i64>,
    /// Whether stories are told apart: all readers of a log, or none.
    pub stories: bool,
}

/// Where an entry stands in the log, and when the log took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its offset; higher than that of all entries before.
    pub offset: u64,
    /// The time that the log gave it, milliseconds since the epoch.
    pub append_time: i64,
}

/// The entries that are alive, and the decision on each.
#[derive(Debug)]
pub struct Window {
    articles: u64,
    event_span: i64,
    append_span: Option<i64>,
    /// Entries by offset modulo the length of the ring: event time in seconds, and where the record lies.
    ring: Vec<[u32; 2]>,
    records: Arena,
    keys: Keys,
    by_source: Generations,
    by_content: Generations,
    forms: Forms,
    lanes: Lanes,
    ages: Ages,
    /// Offsets that may be alive.
    oldest: u64,
    next: u64,
    entries: usize,
    stories: Option<Stories>,
    scratch: Vec<u16>,
}

impl Window {
    /// An empty window. Its memory is taken as it is filled.
    pub fn new(settings: WindowSettings) -> Self {
        let articles = (settings.articles as u64).clamp(1, MOST_ENTRIES);
        Self {
            articles,
            event_span: settings.event_span / 1000,
            append_span: settings.append_span.map(|span| span / 1000),
            ring: vec![[0, 0]; articles as usize + 1],
            records: Arena::default(),
            keys: Keys::new(articles),
            by_source: Generations::new(articles),
            by_content: Generations::new(articles),
            forms: Forms::new(articles),
            lanes: Lanes::default(),
            ages: Ages::default(),
            oldest: 0,
            next: 0,
            entries: 0,
            stories: settings.stories.then(|| Stories::new(articles, settings.event_span / 1000)),
            scratch: Vec::new(),
        }
    }

    /// Takes the next entry of the log and decides on it. A replayed entry (its position is still in the window) changes
    /// nothing, and the first verdict stands: then there is no decision.
    pub fn apply(&mut self, entry: &Entry, place: Place) -> (Verdict, Option<Decision>) {
        self.advance(place);
        if let Some(verdict) = self.known(&entry.position) {
            return (verdict, None);
        }
        let mut decision = self.decide(entry, place.offset);
        let stories = self.stories.as_ref();
        decision.story = stories.and_then(|stories| stories.decide(entry, place.offset, &decision.finding));
        let verdict = decision.verdict(&entry.id);
        self.insert(entry, place.offset, &decision);
        (verdict, Some(decision))
    }

    /// Takes the next entry of the log with the decision that was made on it.
    pub fn restore(&mut self, entry: &Entry, place: Place, decision: &Decision) {
        self.advance(place);
        self.insert(entry, place.offset, decision);
    }

    /// Takes the next entry of the log, of which a checkpoint says that it is a replay. The verdict that stands; None if the
    /// window began after what it repeats.
    pub fn replay(&mut self, position: &Position, place: Place) -> Option<Verdict> {
        self.advance(place);
        self.known(position)
    }

    /// The verdict that was given on the article at this position, if it is still in the window.
    pub fn known(&self, position: &Position) -> Option<Verdict> {
        let lane = self.lanes.find(position)?;
        let offset = self.by_source.find(source_hash(lane, position.offset), |offset| {
            self.document(offset).is_some_and(|document| document.source() == (lane, position.offset))
        })?;
        let (finding, id) = self.document(offset)?.finding(offset)?;
        let story = self.stories.as_ref().and_then(|stories| stories.story(offset));
        Some(Verdict { story: story.map(|story| story.id), ..finding.verdict(&id) })
    }

    /// Entries in the window.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// True before the first entry.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Lets go what is not alive any more at this place of the log.
    fn advance(&mut self, place: Place) {
        if place.offset < self.next {
            // Asked about before it is applied.
            return;
        }
        let mut oldest = place.offset.saturating_sub(self.articles);
        if let Some(span) = self.append_span {
            oldest = oldest.max(self.ages.oldest(place.offset, place.append_time, span));
        }
        while self.oldest < oldest.min(self.next) {
            self.evict(self.oldest);
            self.oldest += 1;
        }
        self.oldest = self.oldest.max(oldest);
        self.by_source.expire(self.oldest);
        self.by_content.expire(self.oldest);
        self.forms.expire(place.offset, self.oldest);
        self.keys.advance(self.next, place.offset, self.oldest);
        if let Some(stories) = &mut self.stories {
            stories.advance(place.offset, self.oldest);
        }
        self.next = place.offset + 1;
    }

    fn insert(&mut self, entry: &Entry, offset: u64, decision: &Decision) {
        let lane = self.lanes.intern(&entry.position);
        document::pack(&mut self.scratch, entry, lane, offset, &decision.finding);
        let address = self.records.push(&self.scratch);
        let slot = self.slot(offset);
        self.ring[slot] = [seconds(entry.event_time), address.to_bits()];
        entry.sketch.keys().for_each(|key| self.keys.insert(key, offset));
        // A source position is new here, so no cell is taken over.
        self.by_source.insert(source_hash(lane, entry.position.offset), offset, |_| false);
        let (ring, records, content) = (&self.ring, &self.records, document::short(entry.sketch.content));
        // Of entries with the same words the newest stands for all: it knows of which one it is a copy.
        self.by_content.insert(content_hash(entry.sketch.content), offset, |other| {
            let address = Address::from_bits(ring[(other % ring.len() as u64) as usize][1]);
            address.is_some_and(|address| Document::new(records.get(address)).content() == content)
        });
        self.forms.count(offset, &query::phrases(&entry.sketch, &decision.shared));
        if let (Some(stories), Some(story)) = (&mut self.stories, &decision.story) {
            stories.insert(entry, offset, &decision.finding, story);
        }
        self.entries += 1;
    }

    fn evict(&mut self, offset: u64) {
        let slot = self.slot(offset);
        if let Some(address) = Address::from_bits(self.ring[slot][1]) {
            self.records.release(address);
            self.ring[slot] = [0, 0];
            self.entries -= 1;
        }
    }

    /// The entry at an offset, if there is one and it is alive.
    fn document(&self, offset: u64) -> Option<Document<'_>> {
        if !(self.oldest..self.next).contains(&offset) {
            return None;
        }
        let address = Address::from_bits(self.ring[self.slot(offset)][1])?;
        Some(Document::new(self.records.get(address)))
    }

    /// Whether the times of the entry at an offset and of a query are near enough.
    fn in_time(&self, offset: u64, event_time: i64) -> bool {
        let other = i64::from(self.ring[self.slot(offset)][0]);
        (other - i64::from(seconds(event_time))).abs() <= self.event_span
    }

    fn slot(&self, offset: u64) -> usize {
        (offset % self.ring.len() as u64) as usize
    }
}

/// Whole seconds since the epoch, from 1970 to 2106.
pub(super) fn seconds(millis: i64) -> u32 {
    u32::try_from(millis.div_euclid(1000).max(0)).unwrap_or(u32::MAX)
}

fn source_hash(lane: u32, offset: i64) -> u64 {
    hash::mix(hash::mix(lane.into()) ^ offset as u64)
}

fn content_hash(content: ContentHash) -> u64 {
    (content.0 >> 64) as u64
}

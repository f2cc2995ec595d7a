//! The stories of the alive articles, and which of them an article joins.
//!
//! What is kept of an article is a record of 16-bit words, beside the window's own:
//!
//! | words | |
//! |---|---|
//! | 0-1 | event time, seconds |
//! | 2 | how many terms; none for a copy and for a bulletin, which no article joins |
//! | 3 | bytes of the tail |
//! | then | hashes of the terms, the strongest first; their weights, four in a word |
//! | then | bytes: how many offsets before it the article stands that began the story, and the one before it in the story (0: none); the story's id |

use std::sync::Arc;

use super::near::{Counts, Vector};
use super::terms::Terms;
use crate::dedup::decision::{Finding, Reference, Story};
use crate::dedup::entry::Entry;
use crate::dedup::fixed::ONE;
use crate::dedup::hash;
use crate::dedup::window::{Address, Arena, Generations, Keys, seconds};
use crate::dedup::wire::{put_id, put_number, take_id, take_number};

/// An article this near to a story joins it: docs/quality/stories.md has what other choices give.
const NEAR: i32 = ONE * 33 / 100;
/// With fewer terms a text says too little.
const LEAST_TERMS: usize = 4;
/// Pairs of so many of an article's strongest terms are its keys: a pair is rare where each of the two is common.
const KEY_TERMS: usize = 6;
/// Pairs of so many of a query's terms are looked up.
const QUERY_TERMS: usize = 10;
/// Room in the index, for an article's 15 keys.
const CELLS_PER_ENTRY: u64 = 14;
/// So many of the found articles, and of their stories, are looked at.
const FOUND: usize = 64;
/// See [`FOUND`].
const COMPARED: usize = 16;
/// So many of a story's latest articles stand for it.
const LATEST: usize = 8;

const HEAD: usize = 4;
const WEIGHT_BITS: usize = 4;
const WEIGHTS: usize = 16 / WEIGHT_BITS;

/// See the module.
#[derive(Debug)]
pub struct Stories {
    /// Seconds.
    event_span: i64,
    /// Where the record of an offset lies, by offset modulo the length.
    ring: Vec<u32>,
    records: Arena,
    keys: Keys,
    /// The newest article of each story, by the offset of the one that began it.
    newest: Generations,
    counts: Counts,
    oldest: u64,
    next: u64,
    scratch: Vec<u16>,
}

impl Stories {
    /// None yet. `articles` and `event_span` (seconds) as in the window.
    pub fn new(articles: u64, event_span: i64) -> Self {
        Self {
            event_span,
            ring: vec![0; articles as usize + 1],
            records: Arena::default(),
            keys: Keys::with_room(articles, CELLS_PER_ENTRY),
            newest: Generations::new(articles),
            counts: Counts::default(),
            oldest: 0,
            next: 0,
            scratch: Vec::new(),
        }
    }

    /// Lets go what stands before `oldest`: `offset` comes next.
    pub fn advance(&mut self, offset: u64, oldest: u64) {
        while self.oldest < oldest.min(self.next) {
            self.evict(self.oldest);
            self.oldest += 1;
        }
        self.oldest = self.oldest.max(oldest);
        self.newest.expire(self.oldest);
        if offset >= self.next {
            self.keys.advance(self.next, offset, self.oldest);
            self.next = offset + 1;
        }
    }

    /// The story of the entry that stands at `offset`; None for one without terms. A function of what is alive.
    pub fn decide(&self, entry: &Entry, offset: u64, finding: &Finding) -> Option<Story> {
        let terms = entry.terms.as_ref()?;
        let found = match finding {
            Finding::Copy(link) => self.story(link.of.offset).or_else(|| self.nearest(entry, terms, offset)),
            Finding::Original => self.nearest(entry, terms, offset),
            Finding::Template => None,
        };
        Some(found.map_or(Story::Own, Story::Of))
    }

    /// Keeps an entry with the story that was decided.
    pub fn insert(&mut self, entry: &Entry, offset: u64, finding: &Finding, story: &Story) {
        let (first, id) = match story {
            Story::Own => (offset, &entry.id),
            Story::Of(first) => (first.offset, &first.id),
        };
        let original = matches!(finding, Finding::Original);
        let terms = entry.terms.as_ref().filter(|terms| original && terms.all().len() >= LEAST_TERMS);
        let none = Terms::default();
        let before = if terms.is_some() { self.newest(first) } else { None };
        let distances = [offset.saturating_sub(first), before.map_or(0, |before| offset - before)];
        let time = seconds(entry.event_time);
        if pack(&mut self.scratch, time, terms.unwrap_or(&none), distances, id).is_none() {
            return;
        }
        let slot = self.slot(offset);
        self.ring[slot] = self.records.push(&self.scratch).to_bits();
        let Some(terms) = terms else { return };
        pairs(terms, KEY_TERMS).for_each(|key| self.keys.insert(key, offset));
        let (ring, records) = (&self.ring, &self.records);
        self.newest.insert(hash::mix(first), offset, |other| {
            let address = Address::from_bits(ring[(other % ring.len() as u64) as usize]);
            address.is_some_and(|at| Record(records.get(at)).first(other) == Some(first))
        });
        let hashes: Vec<u16> = terms.all().iter().map(|term| term.hash()).collect();
        self.counts.add(&hashes);
    }

    /// The story of the entry at an offset, if the entry is alive and has one.
    pub fn story(&self, offset: u64) -> Option<Reference> {
        self.record(offset)?.story(offset)
    }

    /// The story whose latest articles are nearest, if they are near enough.
    fn nearest(&self, entry: &Entry, terms: &Terms, offset: u64) -> Option<Reference> {
        if terms.all().len() < LEAST_TERMS {
            return None;
        }
        let query = Vector::of_terms(terms, &self.counts);
        let time = i64::from(seconds(entry.event_time));
        let mut compared: Vec<u64> = Vec::with_capacity(COMPARED);
        let mut best: Option<(i32, u64)> = None;
        for found in self.found(terms, offset, time) {
            let Some(first) = self.record(found).and_then(|record| record.first(found)) else { continue };
            if compared.contains(&first) {
                continue;
            }
            if compared.len() == COMPARED {
                break;
            }
            compared.push(first);
            let near = query.cosine(&self.vector(first, time));
            // Of two that are equally near, the younger story.
            best = best.max((near >= NEAR).then_some((near, first)));
        }
        let (_, first) = best?;
        self.story(self.newest(first)?)
    }

    /// Alive articles with the most of the query's keys, newer ones first where they have equally many.
    fn found(&self, terms: &Terms, offset: u64, time: i64) -> impl Iterator<Item = u64> {
        let keys: Vec<u32> = pairs(terms, QUERY_TERMS).collect();
        let alive = offset - self.oldest;
        let mut ages: Vec<u64> = Vec::with_capacity(FOUND);
        self.keys.find(&keys, offset, |_, age| {
            if age <= alive {
                ages.push(age);
            }
        });
        ages.sort_unstable();
        let groups = ages.chunk_by(|a, b| a == b);
        let mut found: Vec<(usize, u64)> = groups
            .map(|same| (same.len(), same[0]))
            .filter(|(_, age)| self.record(offset - age).is_some_and(|record| self.in_time(record, time)))
            .collect();
        found.sort_unstable_by_key(|(hits, age)| (usize::MAX - hits, *age));
        found.into_iter().take(FOUND).map(move |(_, age)| offset - age)
    }

    /// The latest articles of the story that began at `first`, together.
    fn vector(&self, first: u64, time: i64) -> Vector {
        let mut all = Vec::with_capacity(LATEST * 16);
        let mut at = self.newest(first);
        for _ in 0..LATEST {
            let Some((offset, record)) = at.and_then(|offset| Some((offset, self.record(offset)?))) else {
                break;
            };
            if self.in_time(record, time) {
                all.extend(record.terms());
            }
            at = record.before(offset);
        }
        Vector::of(all, &self.counts)
    }

    /// The newest article of a story that others may join.
    fn newest(&self, first: u64) -> Option<u64> {
        self.newest.find(hash::mix(first), |offset| {
            self.record(offset).is_some_and(|record| record.first(offset) == Some(first))
        })
    }

    fn in_time(&self, record: Record<'_>, time: i64) -> bool {
        (i64::from(record.seconds()) - time).abs() <= self.event_span
    }

    fn evict(&mut self, offset: u64) {
        let slot = self.slot(offset);
        if let Some(address) = Address::from_bits(self.ring[slot]) {
            let hashes = Record(self.records.get(address)).hashes();
            if !hashes.is_empty() {
                self.counts.remove(hashes);
            }
            self.records.release(address);
            self.ring[slot] = 0;
        }
    }

    fn record(&self, offset: u64) -> Option<Record<'_>> {
        if !(self.oldest..self.next).contains(&offset) {
            return None;
        }
        Some(Record(self.records.get(Address::from_bits(self.ring[self.slot(offset)])?)))
    }

    fn slot(&self, offset: u64) -> usize {
        (offset % self.ring.len() as u64) as usize
    }
}

/// Keys of every two of the strongest terms.
fn pairs(terms: &Terms, most: usize) -> impl Iterator<Item = u32> {
    let strongest = &terms.all()[..terms.all().len().min(most)];
    let key = |a: u16, b: u16| u32::from(a.min(b)) << 16 | u32::from(a.max(b));
    strongest
        .iter()
        .enumerate()
        .flat_map(move |(at, a)| strongest[..at].iter().map(move |b| key(a.hash(), b.hash())))
}

/// Writes a record; None for an id that is too long for one.
fn pack(words: &mut Vec<u16>, seconds: u32, terms: &Terms, distances: [u64; 2], id: &str) -> Option<()> {
    let mut tail = Vec::with_capacity(32);
    distances.into_iter().for_each(|distance| put_number(&mut tail, distance));
    put_id(&mut tail, id);
    let all = terms.all();
    words.clear();
    words.extend([seconds as u16, (seconds >> 16) as u16, all.len() as u16]);
    words.push(u16::try_from(tail.len()).ok().filter(|bytes| *bytes < u16::MAX / 2)?);
    words.extend(all.iter().map(|term| term.hash()));
    words.extend(all.chunks(WEIGHTS).map(|some| {
        let weights = some.iter().enumerate();
        weights.fold(0, |word, (at, term)| word | u16::from(term.weight()) << (WEIGHT_BITS * at))
    }));
    words.extend(tail.chunks(2).map(|pair| u16::from(pair[0]) | u16::from(*pair.get(1).unwrap_or(&0)) << 8));
    Some(())
}

/// Reads a record.
#[derive(Debug, Clone, Copy)]
struct Record<'w>(&'w [u16]);

impl<'w> Record<'w> {
    fn seconds(self) -> u32 {
        u32::from(self.0[0]) | u32::from(self.0[1]) << 16
    }

    fn hashes(self) -> &'w [u16] {
        &self.0[HEAD..HEAD + usize::from(self.0[2])]
    }

    /// Hash and weight of each term.
    fn terms(self) -> impl Iterator<Item = (u16, u64)> {
        let weights = &self.0[HEAD + usize::from(self.0[2])..];
        let weight = |at: usize| u64::from(weights[at / WEIGHTS] >> (WEIGHT_BITS * (at % WEIGHTS)) & 15);
        self.hashes().iter().enumerate().map(move |(at, hash)| (*hash, weight(at)))
    }

    /// The offset of the article that began the story.
    fn first(self, offset: u64) -> Option<u64> {
        offset.checked_sub(take_number(&mut &self.tail(1)[..])?)
    }

    /// The offset of the article before this one in its story.
    fn before(self, offset: u64) -> Option<u64> {
        let tail = self.tail(2);
        let mut rest = &tail[..];
        take_number(&mut rest)?;
        let distance = take_number(&mut rest).filter(|distance| *distance > 0)?;
        offset.checked_sub(distance)
    }

    fn story(self, offset: u64) -> Option<Reference> {
        let tail = self.tail(usize::MAX);
        let mut rest = &tail[..];
        let first = offset.checked_sub(take_number(&mut rest)?)?;
        take_number(&mut rest)?;
        let id: Arc<str> = take_id(&mut rest)?;
        Some(Reference { offset: first, id })
    }

    /// The first bytes of the tail, at least those of so many numbers of window distances.
    fn tail(self, numbers: usize) -> Vec<u8> {
        let count = usize::from(self.0[2]);
        let first = HEAD + count + count.div_ceil(WEIGHTS);
        let words = usize::from(self.0[3]).div_ceil(2).min(numbers.saturating_mul(5));
        self.0[first..first + words].iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

//! Inverted indexes over the kept paragraphs: by whole text, by sentence and by shingle (three words in a row).
//! They replace the comparison of all pairs, so the cost stays near linear.

use std::collections::HashMap;

use super::hashing::Fixed;
use super::paragraph::{Token, chain};

/// A shingle that is in more kept paragraphs than this says nothing: older ones are not looked at.
const MAX_POSTINGS: usize = 32;
const NONE: u32 = u32::MAX;

/// A chain of values for each key, newest first.
#[derive(Debug)]
pub(super) struct Index {
    heads: HashMap<u64, u32, Fixed>,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    paragraph: u32,
    position: u32,
    next: u32,
}

impl Index {
    /// An index with room for `size` entries.
    pub fn with_capacity(size: usize) -> Self {
        Self { heads: HashMap::with_capacity_and_hasher(size, Fixed), entries: Vec::with_capacity(size) }
    }

    /// Puts a paragraph under a key.
    pub fn insert(&mut self, key: u64, paragraph: usize, position: usize) {
        let head = self.heads.entry(key).or_insert(NONE);
        let entry = Entry { paragraph: paragraph as u32, position: position as u32, next: *head };
        *head = self.entries.len() as u32;
        self.entries.push(entry);
    }

    /// Paragraphs and positions under a key, newest first.
    pub fn get(&self, key: u64) -> impl Iterator<Item = (usize, usize)> {
        let mut at = self.heads.get(&key).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let entry = self.entries.get(at as usize)?;
            at = entry.next;
            Some((entry.paragraph as usize, entry.position as usize))
        })
    }
}

/// How many different shingles two paragraphs share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// The kept paragraph.
    pub paragraph: usize,
    /// Shared shingles.
    pub shared: u32,
    /// Where in the kept paragraph the first shingle of the other one stands, if it does.
    pub first_at: Option<u32>,
}

/// Which kept paragraphs hold which shingles.
#[derive(Debug)]
pub(super) struct ShingleIndex {
    index: Index,
    /// Different shingles of each paragraph.
    pub sizes: Vec<u32>,
    counts: Vec<u32>,
}

impl ShingleIndex {
    /// An index for an article of so many words and paragraphs.
    pub fn new(words: usize, paragraphs: usize) -> Self {
        Self { index: Index::with_capacity(words), sizes: vec![0; paragraphs], counts: vec![0; paragraphs] }
    }

    /// Counts the shingles that paragraph `j` shares with each paragraph in the index, in the order of the article,
    /// into `hits`; and how many different ones it has into `sizes`.
    pub fn count(&mut self, j: usize, words: &[Token], hits: &mut Vec<Hit>) {
        hits.clear();
        let mut size = 0;
        let mut first_at: Vec<(usize, u32)> = Vec::new();
        for (position, key) in shingles(words).enumerate() {
            // Added first, so that a shingle which comes twice in `j` is counted once.
            if self.index.get(key).next().is_some_and(|(paragraph, _)| paragraph == j) {
                continue;
            }
            size += 1;
            for (paragraph, at) in self.index.get(key).take(MAX_POSTINGS) {
                if self.counts[paragraph] == 0 {
                    hits.push(Hit { paragraph, shared: 0, first_at: None });
                }
                self.counts[paragraph] += 1;
                if position == 0 {
                    first_at.push((paragraph, at as u32));
                }
            }
            self.index.insert(key, j, position);
        }
        self.sizes[j] = size;
        hits.sort_unstable_by_key(|hit| hit.paragraph);
        for hit in hits {
            hit.shared = std::mem::take(&mut self.counts[hit.paragraph]);
            hit.first_at = first_at.iter().find(|f| f.0 == hit.paragraph).map(|f| f.1);
        }
    }

    /// Takes the paragraph that was counted last out again.
    pub fn forget(&mut self, j: usize, words: &[Token]) {
        for key in shingles(words) {
            if let Some(head) = self.index.heads.get_mut(&key)
                && let Some(entry) = self.index.entries.get(*head as usize)
                && entry.paragraph as usize == j
            {
                *head = entry.next;
            }
        }
    }
}

/// Hashes of three words in a row; of all words if there are fewer.
fn shingles(words: &[Token]) -> impl Iterator<Item = u64> {
    let size = words.len().clamp(1, 3);
    words.windows(size).map(move |w| w.iter().fold(size as u64, |key, token| chain(key, token.hash)))
}

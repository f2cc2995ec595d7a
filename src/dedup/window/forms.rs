//! The phrases of bulletins and footers: how many entries share a shingle or a name with articles of which they are no
//! copy.
//!
//! A wire story that is printed three hundred times is shared by its copies, and keeps its weight. The legend of an
//! air-quality bulletin is shared by articles that differ in everything else; the more of them, the less it says. Counts are
//! of the last [`HORIZON`] offsets of the window, so that they are a function of it; a count-min sketch holds them (Cormode
//! and Muthukrishnan, 2005).

use std::collections::VecDeque;

use crate::dedup::hash;

/// Offsets for which a count holds.
const HORIZON: u64 = 1 << 20;
const ROWS: usize = 2;
/// Counters in a row, for windows of 2^16 articles and more; smaller ones have fewer.
const MOST_CELLS: u64 = 1 << 21;
const LEAST_CELLS: u64 = 1 << 12;
const CELLS_PER_ENTRY: u64 = 32;
/// Below this count a phrase has its full weight.
const FREE: u32 = 4;
/// The full weight.
pub const FULL: u32 = 256;

/// See the module.
#[derive(Debug)]
pub struct Forms {
    /// Two rows of counters, one after the other. Memory is taken as it is filled.
    cells: Vec<u32>,
    /// In a row.
    row: u64,
    /// A bit for each counter of the first row that has reached [`FREE`]. Few have, so this is all that most look-ups read;
    /// it stays in the processor's cache, and the counters do not.
    frequent: Vec<u64>,
    /// What was counted, in order, and for which offsets how many.
    counted: VecDeque<u32>,
    entries: VecDeque<(u64, u8)>,
}

impl Forms {
    /// Counts nothing yet. `window`: offsets in the window.
    pub fn new(window: u64) -> Self {
        let row = (window.saturating_mul(CELLS_PER_ENTRY)).clamp(LEAST_CELLS, MOST_CELLS);
        let cells = vec![0; ROWS * row as usize];
        let frequent = vec![0; (row as usize).div_ceil(64)];
        Self { cells, row, frequent, counted: VecDeque::new(), entries: VecDeque::new() }
    }

    /// The weight of a phrase, at most [`FULL`].
    pub fn weight(&self, phrase: u32) -> u32 {
        let [a, b] = places(phrase, self.row);
        if self.frequent[a / 64] >> (a % 64) & 1 == 0 {
            return FULL;
        }
        let count = self.cells[a].min(self.cells[b]);
        if count < FREE { FULL } else { FULL * FREE / (count + 1) }
    }

    /// Counts phrases that an entry shares with articles of which it is no copy.
    pub fn count(&mut self, offset: u64, phrases: &[u32]) {
        for phrase in phrases {
            let [a, b] = places(*phrase, self.row);
            self.cells[b] += 1;
            self.cells[a] += 1;
            if self.cells[a] == FREE {
                self.frequent[a / 64] |= 1 << (a % 64);
            }
            self.counted.push_back(*phrase);
        }
        if !phrases.is_empty() {
            self.entries.push_back((offset, phrases.len() as u8));
        }
    }

    /// Forgets what entries before `oldest`, or out of the horizon, have counted.
    pub fn expire(&mut self, query: u64, oldest: u64) {
        let oldest = oldest.max(query.saturating_sub(HORIZON));
        while let Some(phrases) =
            self.entries.front().filter(|(offset, _)| *offset < oldest).map(|(_, phrases)| *phrases)
        {
            for phrase in self.counted.drain(..usize::from(phrases)) {
                let [a, b] = places(phrase, self.row);
                self.cells[b] -= 1;
                self.cells[a] -= 1;
                if self.cells[a] == FREE - 1 {
                    self.frequent[a / 64] &= !(1 << (a % 64));
                }
            }
            self.entries.pop_front();
        }
    }
}

fn places(phrase: u32, row: u64) -> [usize; ROWS] {
    let hash = hash::mix(u64::from(phrase));
    [(hash % row) as usize, (row + (hash >> 32) % row) as usize]
}

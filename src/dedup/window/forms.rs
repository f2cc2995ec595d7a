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
    /// In a row: a power of two.
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
        let row = (window * CELLS_PER_ENTRY).clamp(LEAST_CELLS, MOST_CELLS).next_power_of_two();
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
    [(hash & (row - 1)) as usize, (row + (hash >> 32 & (row - 1))) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const WINDOW: u64 = 30;

    /// Phrases of which no two share a counter.
    fn phrases() -> Vec<u32> {
        let row = Forms::new(WINDOW).row;
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        (0u32..)
            .filter(|phrase| {
                let places = places(*phrase, row);
                let free = places.iter().all(|place| !taken.contains(place));
                taken.extend(places.iter().filter(|_| free));
                free
            })
            .take(12)
            .collect()
    }

    fn defined(count: usize) -> u32 {
        if count < 4 { 256 } else { 256 * 4 / (count as u32 + 1) }
    }

    proptest! {
        /// Against a list of all that was counted.
        #[test]
        fn a_weight_is_that_of_the_count_in_the_window(
            log in prop::collection::vec((1u64..6, 0u64..3, prop::collection::btree_set(0usize..12, 0..5)), 0..200),
        ) {
            let phrases = phrases();
            let mut forms = Forms::new(WINDOW);
            let mut counted: Vec<(u64, usize)> = Vec::new();
            let (mut offset, mut oldest) = (0u64, 0u64);
            for (step, expired, entry) in log {
                offset += step;
                oldest = offset.saturating_sub(WINDOW).max(oldest + expired).min(offset);
                forms.expire(offset, oldest);
                counted.retain(|(at, _)| *at >= oldest);
                for (number, phrase) in phrases.iter().enumerate() {
                    let count = counted.iter().filter(|(_, other)| *other == number).count();
                    prop_assert_eq!(forms.weight(*phrase), defined(count));
                }
                forms.count(offset, &entry.iter().map(|number| phrases[*number]).collect::<Vec<_>>());
                counted.extend(entry.iter().map(|number| (offset, *number)));
            }
        }
    }

    #[test]
    fn what_is_beyond_the_horizon_is_forgotten_also_in_a_wide_window() {
        let mut forms = Forms::new(MOST_CELLS);
        (0..10).for_each(|offset| forms.count(offset, &[7, 8]));
        forms.expire(HORIZON + 3, 0);
        assert_eq!(forms.weight(7), defined(7), "three of ten are more than the horizon ago");
        forms.expire(HORIZON + 10, 0);
        assert_eq!((forms.weight(7), forms.weight(8)), (FULL, FULL));
        assert!(forms.counted.is_empty() && forms.entries.is_empty());
        assert!(forms.cells.iter().all(|cell| *cell == 0));
    }
}

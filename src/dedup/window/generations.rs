//! Exact look-up of entries by a hash, without deletes.
//!
//! Entries go into the table of their generation, a fixed stretch of the log; when a whole generation has left the window,
//! its table is dropped. Open addressing with linear probing; cells hold a tag and the place in the generation, the rest is
//! compared by the caller.

use std::collections::VecDeque;

/// Generations in a window.
const PARTS: u64 = 8;
const TAG_BITS: u32 = 8;
const PLACE: u32 = (1 << (32 - TAG_BITS)) - 1;

/// See the module.
#[derive(Debug)]
pub struct Generations {
    /// Offsets in a generation.
    length: u64,
    /// The newest last; each with its number.
    tables: VecDeque<(u64, Vec<u32>)>,
}

impl Generations {
    /// For a window of this many offsets, at most [`super::keys::MOST_ENTRIES`].
    pub fn new(window: u64) -> Self {
        Self { length: window.div_ceil(PARTS).max(1), tables: VecDeque::new() }
    }

    /// The newest entry with this hash for which `same` holds.
    pub fn find(&self, hash: u64, mut same: impl FnMut(u64) -> bool) -> Option<u64> {
        self.tables.iter().rev().find_map(|(number, table)| {
            let found = probe(table, hash, |place| same(self.offset(*number, place)))?;
            match table[found] {
                0 => None,
                cell => Some(self.offset(*number, cell & PLACE)),
            }
        })
    }

    /// Adds an entry; it takes the place of one of its generation for which `same` holds. Offsets ascend.
    pub fn insert(&mut self, hash: u64, offset: u64, mut same: impl FnMut(u64) -> bool) {
        let number = offset / self.length;
        if self.tables.back().is_none_or(|(newest, _)| *newest < number) {
            // One eighth of the cells stays empty, so that a probe ends soon.
            self.tables.push_back((number, vec![0; (self.length + self.length / 7 + 2) as usize]));
        }
        let length = self.length;
        let Some((number, table)) = self.tables.back_mut() else { return };
        let first = *number * length;
        if let Some(at) = probe(table, hash, |place| same(first + u64::from(place) - 1)) {
            table[at] = tag(hash) | (offset - first + 1) as u32;
        }
    }

    /// Drops the generations that ended before `oldest`.
    pub fn expire(&mut self, oldest: u64) {
        while self.tables.front().is_some_and(|(number, _)| (number + 1) * self.length <= oldest) {
            self.tables.pop_front();
        }
    }

    fn offset(&self, number: u64, place: u32) -> u64 {
        number * self.length + u64::from(place) - 1
    }
}

/// The cell of the hash: one whose place is the same, or the empty one where it would go; None in a full table.
fn probe(table: &[u32], hash: u64, mut same: impl FnMut(u32) -> bool) -> Option<usize> {
    let cells = table.len();
    let mut at = ((u128::from(hash) * cells as u128) >> 64) as usize;
    for _ in 0..cells {
        let cell = table[at];
        if cell == 0 || (cell & !PLACE == tag(hash) && same(cell & PLACE)) {
            return Some(at);
        }
        at = if at + 1 == cells { 0 } else { at + 1 };
    }
    None
}

/// The lowest bits: the highest choose the cell.
fn tag(hash: u64) -> u32 {
    (hash as u32) << (32 - TAG_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        /// Against a map, with hashes that collide.
        #[test]
        fn it_finds_what_a_map_finds(window in 1u64..60, keys in prop::collection::vec(prop::option::of(0u64..30), 0..300)) {
            let hash = |key: u64| ((key % 7) << 61) | (key % 5);
            let mut generations = Generations::new(window);
            let (mut map, mut key_at) = (HashMap::new(), HashMap::new());
            for (offset, key) in keys.into_iter().enumerate() {
                let offset = offset as u64;
                let oldest = offset.saturating_sub(window);
                generations.expire(oldest);
                let Some(key) = key else { continue };
                let found = generations.find(hash(key), |at| at >= oldest && key_at[&at] == key);
                prop_assert_eq!(found, map.get(&key).copied().filter(|at| *at >= oldest));
                key_at.insert(offset, key);
                generations.insert(hash(key), offset, |at| key_at[&at] == key);
                map.insert(key, offset);
                prop_assert!(generations.tables.len() as u64 <= PARTS + 2);
            }
        }
    }
}

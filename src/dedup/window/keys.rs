//! The index: under which keys which entries stand.
//!
//! A bucket is one cache line of [`SLOTS`] references, the newest first; the oldest one drops out. Nothing is ever deleted
//! on purpose: a reference to an entry that has left the window is passed over, and a slow sweep clears it before its
//! number comes round again. So the memory is fixed, and what is found of the entries that are alive depends on them
//! alone: a dead reference always stands behind all living ones, and drops out before them.

use crate::dedup::hash;

/// References in a bucket: 16 of 4 bytes are a cache line.
const SLOTS: usize = 16;
/// References of one tag in a bucket, so that a hot phrase cannot flush it.
const SAME_TAG: usize = 8;
/// Bits of an entry's number in a reference; the tag stands above.
const NUMBER_BITS: u32 = 24;
const LINE: usize = 64;
/// Entries have about ten keys each. Less room: what drops out are the oldest keys of full buckets, and an entry is found
/// by any one of its keys.
const CELLS_PER_ENTRY: u64 = 7;

/// Most entries that an index can tell apart: numbers come round after 2^24, and the sweep needs some of them.
pub const MOST_ENTRIES: u64 = 12_000_000;

/// See the module. `BITS`: those of a number; tests have few, so that numbers come round soon.
#[derive(Debug)]
pub struct Keys<const BITS: u32 = NUMBER_BITS> {
    /// Buckets one after another from `start`, which is where a cache line begins. 0 is an empty slot.
    cells: Vec<u32>,
    start: usize,
    buckets: u64,
    /// The bucket that is swept next, and how many are for each offset.
    swept: u64,
    sweep: u64,
    /// Offsets in the window.
    entries: u64,
    empty: bool,
}

impl<const BITS: u32> Keys<BITS> {
    const NUMBERS: u64 = 1 << BITS;
    const NUMBER: u32 = (1 << BITS) - 1;
    const MOST_ENTRIES: u64 = MOST_ENTRIES >> (NUMBER_BITS - BITS);

    /// An index for this many entries. Memory is taken as it is filled.
    pub fn new(entries: u64) -> Self {
        Self::with_room(entries, CELLS_PER_ENTRY)
    }

    /// The same with room for so many references of each entry.
    pub fn with_room(entries: u64, cells_per_entry: u64) -> Self {
        let buckets = (entries * cells_per_entry / SLOTS as u64).max(1);
        let cells = vec![0u32; (buckets as usize) * SLOTS + LINE / 4];
        let start = (LINE - cells.as_ptr() as usize % LINE) % LINE / 4;
        let sweep = buckets / (Self::NUMBERS - Self::MOST_ENTRIES.max(entries)) + 1;
        Self { cells, start, buckets, swept: 0, sweep, entries, empty: true }
    }

    /// Puts an entry under a key.
    pub fn insert(&mut self, key: u32, offset: u64) {
        let (at, tag) = self.place(key);
        let bucket = &mut self.cells[at..at + SLOTS];
        let same = bucket.iter().enumerate().filter(|(_, cell)| **cell != 0 && **cell & !Self::NUMBER == tag);
        let dropped = same.map(|(slot, _)| slot).nth(SAME_TAG - 1).unwrap_or(SLOTS - 1);
        bucket.copy_within(..dropped, 1);
        bucket[0] = tag | Self::number(offset);
        self.empty = false;
    }

    /// Calls `found` with the age of each entry under each of these keys: how many offsets it stands before `query`. Ages
    /// of entries that left the window may be among them, and of some that stand under other keys.
    pub fn find(&self, keys: &[u32], query: u64, mut found: impl FnMut(usize, u64)) {
        // All buckets are asked for before the first is read, so that memory is waited for once.
        let mut places = [(0usize, 0u32, 0u32); 64];
        for keys in keys.chunks(places.len()).enumerate() {
            let (chunk, keys) = keys;
            for (place, key) in places.iter_mut().zip(keys) {
                let (at, tag) = self.place(*key);
                *place = (at, tag, self.cells[at]);
            }
            for (index, (at, tag, first)) in places[..keys.len()].iter().enumerate() {
                if *first == 0 {
                    continue;
                }
                // All are looked at, which takes a few instructions for the whole line; most buckets have none of the tag.
                let bucket = &self.cells[*at..at + SLOTS];
                if !bucket.iter().fold(false, |any, cell| any | (cell & !Self::NUMBER == *tag)) {
                    continue;
                }
                for cell in bucket.iter().filter(|cell| **cell & !Self::NUMBER == *tag) {
                    let age = u64::from(Self::number(query).wrapping_sub(*cell) & Self::NUMBER);
                    found(chunk * places.len() + index, age);
                }
            }
        }
    }

    /// Lets the log go on from the offset `next` to that of a query, for which everything before `oldest` is dead.
    pub fn advance(&mut self, next: u64, query: u64, oldest: u64) {
        if query - next > self.entries {
            // Nothing is alive, and numbers may have come round meanwhile. What is empty needs not be touched.
            if !self.empty {
                self.cells.fill(0);
                self.empty = true;
            }
            return;
        }
        // Offset by offset, also where there is a hole: the age of a dead reference must be told before its number comes
        // round.
        (next..=query).for_each(|offset| self.sweep(offset, oldest.min(offset)));
    }

    /// Clears references that are older than `oldest` in some buckets: often enough that none is left when its number comes
    /// round. Called once for each offset.
    fn sweep(&mut self, offset: u64, oldest: u64) {
        let alive = offset - oldest;
        for _ in 0..self.sweep.min(self.buckets) {
            let at = self.start + self.swept as usize * SLOTS;
            let bucket = &mut self.cells[at..at + SLOTS];
            let dead = |cell: u32| u64::from(Self::number(offset).wrapping_sub(cell) & Self::NUMBER) > alive;
            // The newest stand first, so all behind a dead one are dead.
            if let Some(first) = bucket.iter().position(|cell| *cell != 0 && dead(*cell)) {
                bucket[first..].fill(0);
            }
            self.swept = (self.swept + 1) % self.buckets;
        }
    }

    /// Where the bucket of a key begins, and the key's tag: never 0, so that no reference looks empty.
    #[inline]
    fn place(&self, key: u32) -> (usize, u32) {
        let hash = hash::mix(key.into());
        let bucket = ((hash & 0xffff_ffff) * self.buckets) >> 32;
        let tag = ((hash >> 56) as u32).max(1) << BITS;
        (self.start + bucket as usize * SLOTS, tag)
    }

    fn number(offset: u64) -> u32 {
        (offset % Self::NUMBERS) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers come round after 256 offsets.
    type Small = Keys<8>;

    /// The definition: references never come round, and the dead are taken out at once.
    struct Model {
        buckets: Vec<Vec<(u32, u64)>>,
    }

    impl Model {
        fn insert(&mut self, (bucket, tag): (usize, u32), offset: u64) {
            let bucket = &mut self.buckets[bucket];
            let same: Vec<usize> = (0..bucket.len()).filter(|slot| bucket[*slot].0 == tag).collect();
            if same.len() == SAME_TAG {
                bucket.remove(same[SAME_TAG - 1]);
            }
            bucket.insert(0, (tag, offset));
            bucket.truncate(SLOTS);
        }

        fn bury(&mut self, oldest: u64) {
            self.buckets.iter_mut().for_each(|bucket| bucket.retain(|(_, offset)| *offset >= oldest));
        }

        fn find(&self, places: &[(usize, u32)], query: u64) -> Vec<(usize, u64)> {
            let mut found = Vec::new();
            for (key, (bucket, tag)) in places.iter().enumerate() {
                let same = self.buckets[*bucket].iter().filter(|(other, _)| other == tag);
                found.extend(same.map(|(_, offset)| (key, query - offset)));
            }
            found
        }
    }

    /// The bucket's number, and the tag.
    fn place(keys: &Small, key: u32) -> (usize, u32) {
        let (at, tag) = keys.place(key);
        ((at - keys.start) / SLOTS, tag)
    }

    fn found(keys: &Small, wanted: &[u32], query: u64, oldest: u64) -> Vec<(usize, u64)> {
        let mut found = Vec::new();
        keys.find(wanted, query, |key, age| {
            if age <= query - oldest {
                found.push((key, age));
            }
        });
        found
    }

    /// Steps of a log: offsets that are skipped, how many more entries expire, and the keys of an entry; few and hot ones
    /// among them.
    fn steps() -> impl Strategy<Value = Vec<(u64, u64, Vec<u32>)>> {
        let key = prop_oneof![1 => Just(7u32), 3 => 0u32..12, 3 => 0u32..400];
        let hole = prop_oneof![12 => Just(0u64), 2 => 0u64..5, 1 => 0u64..300];
        let expired = prop_oneof![8 => Just(0u64), 1 => 0u64..30];
        prop::collection::vec((hole, expired, prop::collection::vec(key, 0..8)), 1..500)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever stood there before: also for a reader that begins later, and after numbers have come round.
        #[test]
        fn what_is_found_of_the_alive_depends_on_them_alone(
            entries in 1u64..Small::MOST_ENTRIES, steps in steps(), cut in 0usize..400,
        ) {
            let (mut whole, mut late) = (Small::new(entries), Small::new(entries));
            let mut model = Model { buckets: vec![Vec::new(); whole.buckets as usize] };
            let (mut next, mut oldest, mut begun) = (0u64, 0u64, None);
            for (number, (hole, expired, keys)) in steps.into_iter().enumerate() {
                let offset = next + hole;
                oldest = offset.min(offset.saturating_sub(entries).max(oldest + expired));
                whole.advance(next, offset, oldest);
                model.bury(oldest);
                let expected = {
                    let places: Vec<(usize, u32)> = keys.iter().map(|key| place(&whole, *key)).collect();
                    model.find(&places, offset)
                };
                prop_assert_eq!(found(&whole, &keys, offset, oldest), expected.clone(), "at {}", offset);
                if number >= cut {
                    let first = *begun.get_or_insert(offset);
                    // A new reader's offsets begin at nothing.
                    late.advance(if offset == first { 0 } else { next }, offset, oldest);
                    if oldest >= first {
                        prop_assert_eq!(found(&late, &keys, offset, oldest), expected, "begun at {}", first);
                    }
                    keys.iter().for_each(|key| late.insert(*key, offset));
                }
                for key in &keys {
                    whole.insert(*key, offset);
                    model.insert(place(&whole, *key), offset);
                }
                next = offset + 1;
            }
        }
    }

    #[test]
    fn more_keys_than_are_asked_for_at_once_are_found() {
        let mut keys = Keys::<NUMBER_BITS>::new(1000);
        (0..150).for_each(|key| keys.insert(key, u64::from(key)));
        let mut seen = Vec::new();
        keys.find(&(0..150).collect::<Vec<u32>>(), 150, |key, age| seen.push((key, 150 - age)));
        for key in 0..150 {
            assert!(seen.contains(&(key, key as u64)), "key {key}");
        }
    }

    #[test]
    fn a_hot_key_does_not_flush_its_bucket() {
        let mut keys = Small::new(1);
        assert_eq!(keys.buckets, 1);
        // One bucket, so different keys differ by their tags alone.
        let mut tags = std::collections::BTreeSet::new();
        let mut different = (0u32..).filter(|key| tags.insert(place(&Small::new(1), *key).1));
        let hot = different.next().unwrap_or_default();
        let others: Vec<u32> = different.take(SLOTS - SAME_TAG).collect();
        others.iter().for_each(|key| keys.insert(*key, 3));
        (4..100).for_each(|offset| keys.insert(hot, offset));
        assert_eq!(found(&keys, &others, 100, 0).len(), others.len());
        let newest: Vec<(usize, u64)> = (1..=SAME_TAG as u64).map(|age| (0, age)).collect();
        assert_eq!(found(&keys, &[hot], 100, 0), newest);
    }
}

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
const NUMBERS: u64 = 1 << NUMBER_BITS;
const NUMBER: u32 = (1 << NUMBER_BITS) - 1;
const LINE: usize = 64;
/// Entries have about ten keys each. A little less room: what drops out are the oldest keys of full buckets, and an entry
/// is found by any one of its keys.
const CELLS_PER_ENTRY: u64 = 9;

/// Most entries that an index can tell apart: numbers come round after 2^24, and the sweep needs some of them.
pub const MOST_ENTRIES: u64 = 12_000_000;

/// See the module.
#[derive(Debug)]
pub struct Keys {
    /// Buckets one after another from `start`, which is where a cache line begins. 0 is an empty slot.
    cells: Vec<u32>,
    start: usize,
    buckets: u64,
    /// The bucket that is swept next, and how many are for each offset.
    swept: u64,
    sweep: u64,
}

impl Keys {
    /// An index for this many entries. Memory is taken as it is filled.
    pub fn new(entries: u64) -> Self {
        Self::with_room(entries, CELLS_PER_ENTRY)
    }

    /// The same with room for so many references of each entry.
    pub fn with_room(entries: u64, cells_per_entry: u64) -> Self {
        let buckets = (entries * cells_per_entry / SLOTS as u64).max(1);
        let cells = vec![0u32; (buckets as usize) * SLOTS + LINE / 4];
        let start = (LINE - cells.as_ptr() as usize % LINE) % LINE / 4;
        Self { cells, start, buckets, swept: 0, sweep: buckets / (NUMBERS - MOST_ENTRIES.max(entries)) + 1 }
    }

    /// Puts an entry under a key.
    pub fn insert(&mut self, key: u32, offset: u64) {
        let (at, tag) = self.place(key);
        let bucket = &mut self.cells[at..at + SLOTS];
        let same = bucket.iter().enumerate().filter(|(_, cell)| **cell != 0 && **cell & !NUMBER == tag);
        let dropped = same.map(|(slot, _)| slot).nth(SAME_TAG - 1).unwrap_or(SLOTS - 1);
        bucket.copy_within(..dropped, 1);
        bucket[0] = tag | number(offset);
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
                for cell in &self.cells[*at..at + SLOTS] {
                    if *cell == 0 {
                        break;
                    }
                    if cell & !NUMBER == *tag {
                        let age = u64::from(number(query).wrapping_sub(*cell) & NUMBER);
                        found(chunk * places.len() + index, age);
                    }
                }
            }
        }
    }

    /// Clears references that are older than `oldest` in some buckets: often enough that none is left when its number comes
    /// round. To be called once for each offset.
    pub fn sweep(&mut self, query: u64, oldest: u64) {
        let alive = query - oldest;
        for _ in 0..self.sweep.min(self.buckets) {
            let at = self.start + self.swept as usize * SLOTS;
            let bucket = &mut self.cells[at..at + SLOTS];
            let dead = |cell: u32| u64::from(number(query).wrapping_sub(cell) & NUMBER) > alive;
            // The newest stand first, so all behind a dead one are dead.
            if let Some(first) = bucket.iter().position(|cell| *cell != 0 && dead(*cell)) {
                bucket[first..].fill(0);
            }
            self.swept = (self.swept + 1) % self.buckets;
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.cells.fill(0);
    }

    /// Where the bucket of a key begins, and the key's tag: never 0, so that no reference looks empty.
    #[inline]
    fn place(&self, key: u32) -> (usize, u32) {
        let hash = hash::mix(key.into());
        let bucket = ((hash & 0xffff_ffff) * self.buckets) >> 32;
        let tag = ((hash >> 56) as u32).max(1) << NUMBER_BITS;
        (self.start + bucket as usize * SLOTS, tag)
    }
}

fn number(offset: u64) -> u32 {
    (offset % NUMBERS) as u32
}

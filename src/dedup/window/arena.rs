//! Records of different lengths that come and go in order.
//!
//! They lie one after another in chunks; a chunk is freed when all its records are gone. So memory follows what is alive,
//! without a hole that would have to be filled.

use std::collections::VecDeque;

/// 16-bit words in a chunk. An address is the chunk's number and the place in it, in 32 bits.
const CHUNK: usize = 0xffff;

/// See the module.
#[derive(Debug, Default)]
pub struct Arena {
    chunks: VecDeque<Chunk>,
    /// Number of the front chunk, modulo 2^16.
    first: u16,
}

#[derive(Debug)]
struct Chunk {
    words: Vec<u16>,
    alive: u32,
}

/// Where a record lies. Never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(u32);

impl Address {
    /// As it is stored.
    pub fn to_bits(self) -> u32 {
        self.0
    }

    /// From what is stored; 0 is none.
    pub fn from_bits(bits: u32) -> Option<Self> {
        (bits != 0).then_some(Self(bits))
    }
}

impl Arena {
    /// Adds a record of at most [`CHUNK`] words.
    pub fn push(&mut self, record: &[u16]) -> Address {
        debug_assert!(record.len() <= CHUNK, "a record of {} words", record.len());
        if self.chunks.back().is_none_or(|chunk| chunk.words.len() + record.len() > CHUNK) {
            self.chunks.push_back(Chunk { words: Vec::with_capacity(CHUNK), alive: 0 });
        }
        let number = self.first.wrapping_add((self.chunks.len() - 1) as u16);
        let place = match self.chunks.back_mut() {
            Some(chunk) => {
                let place = chunk.words.len();
                chunk.words.extend_from_slice(record);
                chunk.alive += 1;
                place
            }
            None => 0,
        };
        // A place is below the chunk's length, so this is at most 2^32 - 1.
        Address((u32::from(number) << 16 | place as u32) + 1)
    }

    /// The words from an address on; the record's own length is known to who wrote it.
    pub fn get(&self, address: Address) -> &[u16] {
        let (chunk, place) = self.place(address);
        self.chunks.get(chunk).and_then(|chunk| chunk.words.get(place..)).unwrap_or_default()
    }

    /// Gives a record up. Records are given up in the order in which they came.
    pub fn release(&mut self, address: Address) {
        let (chunk, _) = self.place(address);
        if let Some(chunk) = self.chunks.get_mut(chunk) {
            chunk.alive -= 1;
        }
        while self.chunks.len() > 1 && self.chunks.front().is_some_and(|chunk| chunk.alive == 0) {
            self.chunks.pop_front();
            self.first = self.first.wrapping_add(1);
        }
    }

    fn place(&self, address: Address) -> (usize, usize) {
        let bits = address.0 - 1;
        let chunk = ((bits >> 16) as u16).wrapping_sub(self.first);
        (usize::from(chunk), (bits & 0xffff) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Long enough that numbers of chunks come round.
    #[test]
    fn records_are_found_until_they_are_given_up() {
        let mut arena = Arena::default();
        let mut alive: VecDeque<(Address, u16, usize)> = VecDeque::new();
        for turn in 0..150_000u32 {
            let length = 20_000 + (turn as usize * 7919) % 45_000;
            let mark = turn as u16;
            let mut record = vec![0; length];
            (record[0], record[length - 1]) = (mark, mark);
            alive.push_back((arena.push(&record), mark, length));
            if alive.len() > 9 {
                for (address, mark, length) in alive.iter().step_by(4) {
                    let words = arena.get(*address);
                    assert_eq!((words[0], words[length - 1]), (*mark, *mark));
                }
                let (address, ..) = alive.pop_front().unwrap_or_else(|| panic!("none"));
                arena.release(address);
            }
            assert!(arena.chunks.len() <= 11, "{} chunks for {} records", arena.chunks.len(), alive.len());
        }
    }
}

//! How rare a word is: a table of document frequencies that ships with the program.
//!
//! `rarity.bin` is made by `examples/rarities`, which says from what. It begins with the rarity of a word that it does not
//! hold; then come its words in ascending order of their keys: four bytes of the key, little-endian, and one of the rarity.
//! The function words of many languages are in it with no rarity at all. Facts about words, and no text.

use std::sync::LazyLock;

use crate::dedup::hash;

const BYTES: &[u8] = include_bytes!("rarity.bin");

/// Steps of a rarity: so many are one doubling.
pub const RARITY_STEPS: u32 = 16;

/// The key of a normalised word in the table.
pub fn word_key(word: &str) -> u32 {
    key(hash::bytes(word.as_bytes()))
}

fn key(word: u64) -> u32 {
    (word >> 32) as u32
}

/// The rarity of a word, by its hash: log2 of all documents over those with the word, in steps; none for function words.
pub fn rarity(word: u64) -> u32 {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(BYTES));
    TABLE.rarity(key(word))
}

struct Table {
    unknown: u8,
    keys: Vec<u32>,
    rarities: Vec<u8>,
}

impl Table {
    fn read(bytes: &[u8]) -> Self {
        let (unknown, words) = bytes.split_first().map_or((0, bytes), |(first, rest)| (*first, rest));
        let (words, _) = words.as_chunks::<5>();
        Self {
            unknown,
            keys: words.iter().map(|[a, b, c, d, _]| u32::from_le_bytes([*a, *b, *c, *d])).collect(),
            rarities: words.iter().map(|word| word[4]).collect(),
        }
    }

    fn rarity(&self, key: u32) -> u32 {
        self.keys.binary_search(&key).map_or(self.unknown, |at| self.rarities[at]).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> u32 {
        rarity(hash::bytes(word.as_bytes()))
    }

    #[test]
    fn the_table_is_sorted_and_small() {
        let table = Table::read(BYTES);
        assert!(table.keys.is_sorted_by(|a, b| a < b));
        assert_eq!(1 + 5 * table.keys.len(), BYTES.len());
        assert!(BYTES.len() <= 1 << 16, "{} bytes", BYTES.len());
    }

    #[test]
    fn rare_words_are_rarer_than_common_ones_and_function_words_are_nothing() {
        assert!(of("zinnwaldite") > of("earthquake"));
        assert!(of("earthquake") > of("police"));
        assert!(of("police") > of("said"));
        for word in ["the", "und", "dans", "które", "x", "7"] {
            assert_eq!(of(word), 0, "{word}");
        }
    }
}

//! Words that are numbers. Two texts that differ in one of them do not say the same.

use std::sync::LazyLock;

use crate::text::normal::hash;

/// Whether the normalised word with this hash is a number. "one", "first" and "second" are left out: as pronoun, adverb
/// and unit of time they come and go when a sentence is edited.
pub(super) fn is_number_word(word: u64) -> bool {
    // Nearly all words fail the first look: one bit of the hash's last ten.
    let filter = &*FILTER;
    filter.bits[(word >> 6 & 15) as usize] & 1 << (word & 63) != 0
        && filter.hashes.binary_search(&word).is_ok()
}

struct Filter {
    bits: [u64; 16],
    hashes: Vec<u64>,
}

static FILTER: LazyLock<Filter> = LazyLock::new(|| {
    let mut hashes: Vec<u64> = NUMBER_WORDS.iter().map(|word| hash(word)).collect();
    hashes.sort_unstable();
    let mut bits = [0; 16];
    hashes.iter().for_each(|word| bits[(word >> 6 & 15) as usize] |= 1 << (word & 63));
    Filter { bits, hashes }
});

#[rustfmt::skip]
const NUMBER_WORDS: &[&str] = &[
    "billion", "dozen", "dozens", "eight", "eighteen", "eighth", "eighty", "eleven", "fifteen", "fifth", "fifty",
    "five", "forty", "four", "fourteen", "fourth", "half", "hundred", "hundreds", "million", "millions", "nine",
    "nineteen", "ninety", "ninth", "quarter", "seven", "seventeen", "seventh", "seventy", "six", "sixteen", "sixth",
    "sixty", "ten", "tenth", "third", "thirteen", "thirty", "thousand", "thousands", "three", "trillion", "twelve",
    "twenty", "twice", "two", "zero",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_are_found() {
        assert!(NUMBER_WORDS.iter().all(|word| is_number_word(hash(word))));
        assert!(["one", "threefold", "th", "flood"].iter().all(|word| !is_number_word(hash(word))));
    }
}

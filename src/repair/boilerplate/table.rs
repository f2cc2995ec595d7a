//! All phrases in one table, found by the hashes of their words.

use std::collections::HashMap;

use super::LineWord;
use super::furniture::{FILLERS, FURNITURE, SHARE_TARGETS};
use super::phrases::{
    AGENCIES, ANYWHERE, CREDIT_STARTS, MARKED_STARTS, OBJECTS, PLEA_STARTS, SPEAKING, SURE_STARTS, TELLING,
};
use crate::repair::repeats::hashing::Fixed;
use crate::text::normal::hash;

/// Stands for any number.
pub(super) const NUMBER: u64 = 0;

/// What a phrase is; a set, since one phrase may be several things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    pub const FURNITURE: Self = Self(1);
    pub const TARGET: Self = Self(1 << 1);
    pub const FILLER: Self = Self(1 << 2);
    pub const MARKED: Self = Self(1 << 3);
    pub const SURE: Self = Self(1 << 4);
    pub const PLEA: Self = Self(1 << 5);
    pub const ANYWHERE: Self = Self(1 << 6);
    pub const OBJECT: Self = Self(1 << 7);
    pub const TELLING: Self = Self(1 << 8);
    pub const AGENCY: Self = Self(1 << 9);
    pub const VIA: Self = Self(1 << 10);
    pub const IMAGES: Self = Self(1 << 11);
    pub const CREDIT: Self = Self(1 << 13);
    pub const SPEAKING: Self = Self(1 << 12);

    /// Whether the phrase is (also) this.
    pub fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

/// Phrases and single words by hash. Used for look-up only.
#[derive(Debug)]
pub(super) struct Table {
    phrases: HashMap<u64, Kinds, Fixed>,
    /// Which beginnings of a phrase are worth going on from.
    prefixes: HashMap<u64, (), Fixed>,
    words: HashMap<u64, Kinds, Fixed>,
}

impl Table {
    pub fn new() -> Self {
        let mut table = Self {
            phrases: HashMap::with_hasher(Fixed),
            prefixes: HashMap::with_hasher(Fixed),
            words: HashMap::with_hasher(Fixed),
        };
        let lists = [
            (FURNITURE, Kinds::FURNITURE),
            (SHARE_TARGETS, Kinds::TARGET),
            (FILLERS, Kinds::FILLER),
            (MARKED_STARTS, Kinds::MARKED),
            (CREDIT_STARTS, Kinds::CREDIT),
            (SURE_STARTS, Kinds::SURE),
            (PLEA_STARTS, Kinds::PLEA),
            (ANYWHERE, Kinds::ANYWHERE),
        ];
        for (phrases, kind) in lists {
            phrases.iter().for_each(|phrase| table.add_phrase(phrase, kind));
        }
        let words = [
            (OBJECTS, Kinds::OBJECT),
            (SPEAKING, Kinds::SPEAKING),
            (TELLING, Kinds::TELLING),
            (AGENCIES, Kinds::AGENCY),
            (&["via", "from"][..], Kinds::VIA),
            (&["images", "image", "photo", "photos"][..], Kinds::IMAGES),
        ];
        for (list, kind) in words {
            for word in list {
                table.words.entry(hash(word)).or_default().0 |= kind.0;
            }
        }
        table
    }

    fn add_phrase(&mut self, phrase: &str, kind: Kinds) {
        let mut key = SEED;
        for word in phrase.split(' ') {
            key = step(key, if word == "0" { NUMBER } else { hash(word) });
            self.prefixes.insert(key, ());
        }
        self.phrases.entry(key).or_default().0 |= kind.0;
    }

    /// Calls `visit` with length and kinds of every phrase that the words begin with.
    pub fn phrases_at(&self, words: &[LineWord], mut visit: impl FnMut(usize, Kinds)) {
        let mut key = SEED;
        for (at, word) in words.iter().enumerate() {
            key = step(key, word.hash);
            if !self.prefixes.contains_key(&key) {
                return;
            }
            if let Some(&kinds) = self.phrases.get(&key) {
                visit(at + 1, kinds);
            }
        }
    }

    /// What a single word is.
    pub fn word(&self, hash: u64) -> Kinds {
        self.words.get(&hash).copied().unwrap_or_default()
    }
}

const SEED: u64 = 0x51_7C_C1_B7_27_22_0A_95;

fn step(key: u64, word: u64) -> u64 {
    (key.rotate_left(29) ^ word).wrapping_mul(0x9FB2_1C65_1E98_DF25)
}

/// Whether a phrase is written as the normaliser would write it; tests hold every list to it.
#[cfg(test)]
pub(super) fn is_normal(phrase: &str) -> bool {
    let mut words = Vec::new();
    crate::text::normal::visit_words(phrase, |word| words.push(word.text.to_owned()));
    words.join(" ") == phrase
}

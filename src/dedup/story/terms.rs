//! The words that say what a text is about.

use crate::dedup::hash;
use crate::dedup::sketch::Words;

use super::rarity::rarity;

/// Most terms of a text.
pub const TERMS: usize = 16;
/// The weight of the strongest.
pub const STRONGEST: u8 = 15;

/// One term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    hash: u16,
    weight: u8,
}

impl Term {
    /// A term; None without a weight from 1 to 15.
    pub fn new(hash: u16, weight: u8) -> Option<Self> {
        (1..=STRONGEST).contains(&weight).then_some(Self { hash, weight })
    }

    /// Hash of the word.
    pub fn hash(self) -> u16 {
        self.hash
    }

    /// How much it says of the text, against the strongest term's 15.
    pub fn weight(self) -> u8 {
        self.weight
    }
}

/// The strongest terms of a text, the strongest first, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// The terms of a repaired text: the square root of how often a word stands there, times its rarity, and half as much
    /// again for numbers and names. Takes time linear in its length, but for the sorting of its words.
    pub fn of(text: &str) -> Self {
        let mut words = Words::of(text).specific_words();
        words.sort_unstable();
        let occurrences = words.chunk_by(|a, b| a.0 == b.0);
        let mut strengths: Vec<(u32, u64)> = occurrences
            .filter_map(|same| {
                let word = same[0].0;
                let times = (same.len().min(1 << 16) as u32 * 256).isqrt();
                // Sorted last among its own: named anywhere.
                let factor = if same[same.len() - 1].1 { 3 } else { 2 };
                let strength = times * rarity(word) * factor;
                (strength > 0).then_some((strength, word))
            })
            .collect();
        // Of words that are equally strong the hash decides.
        strengths.sort_unstable_by(|a, b| b.cmp(a));
        let strongest = strengths.first().map_or(1, |(strength, _)| *strength);
        let mut terms: Vec<Term> = Vec::with_capacity(TERMS);
        for (strength, word) in strengths {
            if terms.len() == TERMS {
                break;
            }
            let short = (hash::mix(word) >> 48) as u16;
            let weight = (u32::from(STRONGEST) * strength + strongest / 2) / strongest;
            if terms.iter().all(|term| term.hash != short) {
                terms.push(Term { hash: short, weight: weight.max(1) as u8 });
            }
        }
        Self(terms)
    }

    /// Terms that were found elsewhere; None if they break a law of the type.
    pub fn from_parts(terms: Vec<Term>) -> Option<Self> {
        let descending = terms.is_sorted_by(|a, b| a.weight >= b.weight);
        let once = (1..terms.len()).all(|at| terms[..at].iter().all(|term| term.hash != terms[at].hash));
        (terms.len() <= TERMS && descending && once).then_some(Self(terms))
    }

    /// All of them.
    pub fn all(&self) -> &[Term] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "The ferry Aurelia ran aground off Port Sorrel on Tuesday. All 214 people on board the ferry \
        were taken off by lifeboats, the coastguard at Port Sorrel said.";

    #[test]
    fn names_and_rare_words_that_come_back_are_the_strongest() {
        let terms = Terms::of(TEXT);
        let hash = |word: &str| (hash::mix(hash::bytes(word.as_bytes())) >> 48) as u16;
        let strongest: Vec<u16> = terms.all().iter().take(6).map(|term| term.hash()).collect();
        for word in ["sorrel", "ferry", "aurelia"] {
            assert!(strongest.contains(&hash(word)), "{word}");
        }
        assert!(terms.all().iter().all(|term| term.hash() != hash("the") && term.hash() != hash("on")));
        assert_eq!(terms.all()[0].weight(), STRONGEST);
    }

    #[test]
    fn a_text_without_words_has_none() {
        for text in ["", "...", "the of and"] {
            assert_eq!(Terms::of(text), Terms::default(), "{text:?}");
        }
    }

    #[test]
    fn parts_that_are_no_terms_are_refused() {
        let term = |hash, weight| Term::new(hash, weight).unwrap_or_else(|| panic!("{weight}"));
        assert!(Terms::from_parts(vec![term(1, 15), term(2, 15), term(0, 3)]).is_some());
        assert_eq!(Terms::from_parts(vec![term(1, 3), term(2, 15)]), None, "out of order");
        assert_eq!(Terms::from_parts(vec![term(1, 3), term(1, 3)]), None, "twice");
        assert_eq!(Terms::from_parts((0..17).map(|hash| term(hash, 1)).collect()), None, "too many");
        assert_eq!((Term::new(1, 0), Term::new(1, 16)), (None, None));
    }

    proptest! {
        #[test]
        fn the_terms_of_any_text_keep_the_laws(text in "(\\PC{0,12}[ .\n]){0,60}") {
            let terms = Terms::of(&text);
            prop_assert_eq!(Terms::from_parts(terms.all().to_vec()), Some(terms));
        }
    }
}

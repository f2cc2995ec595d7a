//! Candidate runs: the stretches of a sentence that may hold names. All other words, five in six, are outside and
//! cost nothing.
//!
//! A run starts at a word with a capital (or a small particle before one: "al-Shabaab", "van Dyk") and goes on over
//! words with capitals, digits, and one or two linking words between two of these.

use std::ops::Range;

use super::words::{Word, lower_hash};

/// Linking words that may stand inside a name, and those that may begin one.
#[derive(Debug)]
pub struct Links {
    inner: Vec<u64>,
    first: Vec<u64>,
}

impl Default for Links {
    fn default() -> Self {
        let sorted = |words: &[&str]| {
            let mut hashes: Vec<u64> = words.iter().map(|word| lower_hash(word)).collect();
            hashes.sort_unstable();
            hashes
        };
        Self {
            inner: sorted(&[
                "of", "the", "for", "and", "&", "de", "la", "le", "du", "des", "del", "da", "dos", "das",
                "di", "van", "von", "der", "den", "bin", "ibn", "bint", "al", "el", "y", "'s", "’s", "'",
                "’", "-", "‐", "‑", ".", "in", "on", "to", "e", "und", "et", "a", "d'", ",", "'n'", "/",
                "ul", "os", "ash", "as", "at", "ad", "en", "til", "für", "i", "pour", "sur", "or", "with",
                "against", "by", "\"", "“", "”",
            ]),
            first: sorted(&[
                "al", "el", "van", "von", "de", "der", "bin", "ibn", "da", "di", "du", "la", "le", "ash",
                "as", "an", "ul", "ter", "ten",
            ]),
        }
    }
}

impl Links {
    fn is_inner(&self, word: &Word) -> bool {
        self.inner.binary_search(&word.lower).is_ok()
    }

    fn is_first(&self, word: &Word) -> bool {
        self.first.binary_search(&word.lower).is_ok()
    }

    /// The runs of a sentence, as ranges of its words.
    pub fn runs(&self, words: &[Word], into: &mut Vec<Range<usize>>) {
        let capital = |at: usize| words.get(at).is_some_and(|word| word.form.has_capital());
        let joins = |at: usize| words.get(at).is_some_and(|word| !word.form.is_apart());
        let mut at = 0;
        let mut floor = 0;
        while at < words.len() {
            if !capital(at) {
                at += 1;
                continue;
            }
            let mut start = at;
            // "al - Shabaab", "van der Berg".
            while start > floor
                && start > at.saturating_sub(2)
                && (self.is_first(&words[start - 1]) || start == at && is_hyphen_after(words, start, self))
            {
                start -= 1;
            }
            let mut end = at + 1;
            while joins(end) {
                if capital(end) {
                    end += 1;
                    continue;
                }
                let word = &words[end];
                // "Man-kin", "US-led": what a hyphen ties to the run is part of it.
                if is_tied(words, end) {
                    end += 2;
                    continue;
                }
                if !word.form.has_digit() && !self.is_inner(word) {
                    break;
                }
                let mut next = end + 1;
                if !capital(next) && words.get(next).is_some_and(|word| self.is_inner(word)) {
                    next += 1;
                }
                if capital(next) && (end + 1..=next).all(joins) {
                    end = next + 1;
                } else if word.form.has_digit() {
                    end += 1;
                } else {
                    break;
                }
            }
            into.push(start..end);
            floor = end;
            at = end;
        }
    }
}

/// Whether the word at `at` is a hyphen that ties the one before it to the one behind it.
fn is_tied(words: &[Word], at: usize) -> bool {
    at > 0
        && at + 1 < words.len()
        && words[at - 1].span.end == words[at].span.start
        && words[at].span.end == words[at + 1].span.start
        && !words[at].form.has_letter()
        && !words[at].form.has_digit()
        && words[at + 1].form.is_small()
}

/// Whether the word before `start` is the hyphen of a particle: "al-".
fn is_hyphen_after(words: &[Word], start: usize, links: &Links) -> bool {
    start >= 2
        && words[start - 1].span.end == words[start].span.start
        && !words[start - 1].form.has_letter()
        && !words[start - 1].form.has_digit()
        && words[start - 2].span.end == words[start - 1].span.start
        && links.is_first(&words[start - 2])
}

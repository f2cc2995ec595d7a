//! The words of a text as the sketch sees them.

use super::super::entry::ContentHash;
use super::super::hash;
use super::{Member, NAME_BITS, PARTS, SHINGLE, SHINGLE_BITS, content_of};
use crate::text::normal::{self, Shape};

/// Factors of the four words of a shingle: odd, and different, so that the order counts.
const FACTORS: [u64; SHINGLE] =
    [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x27d4_eb2f_1656_67c5];

/// Words that begin with a capital in headlines and in leads without being names, and are too common to tell one text
/// from another. Sorted.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her",
    "his", "i", "if", "in", "into", "is", "it", "its", "may", "more", "mr", "mrs", "ms", "new", "no", "not",
    "of", "on", "one", "or", "our", "out", "over", "said", "says", "she", "so", "than", "that", "the",
    "their", "then", "there", "these", "they", "this", "those", "to", "two", "up", "us", "was", "we", "were",
    "what", "when", "which", "while", "who", "will", "with", "would", "you", "your",
];

/// One word.
#[derive(Debug, Clone, Copy)]
struct Word {
    hash: u64,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    /// Capitalised inside a sentence, and no stop word.
    Name,
    Plain,
}

/// All words of a text.
#[derive(Debug)]
pub struct Words {
    words: Vec<Word>,
    cased: bool,
}

impl Words {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let mut words = Vec::with_capacity(text.len() / 5 + 1);
        let (mut capitals, mut lower) = (0usize, 0usize);
        normal::visit_words(text, |word| {
            let kind = match word.shape {
                Shape::Number => Kind::Number,
                Shape::Capital => {
                    capitals += 1;
                    if !word.after_break && is_name(word.text) { Kind::Name } else { Kind::Plain }
                }
                Shape::Plain => {
                    lower += 1;
                    Kind::Plain
                }
                Shape::Pair => Kind::Plain,
            };
            words.push(Word { hash: hash::bytes(word.text.as_bytes()), kind });
        });
        // Where most words have a capital, or none has, it tells nothing.
        let cased = capitals > 0 && capitals <= lower;
        Self { words, cased }
    }

    /// Whether capital letters tell names here.
    pub fn cased(&self) -> bool {
        self.cased
    }

    /// Hash of all words in order.
    pub fn content(&self, text: &str) -> ContentHash {
        content_of(self.words.iter().map(|word| word.hash), text)
    }

    /// All runs of [`SHINGLE`] words in order; all words at once if they are fewer. The flag: specific.
    pub fn shingles(&self) -> Vec<Member> {
        let words = &self.words;
        if words.len() < SHINGLE {
            return Vec::from_iter((!words.is_empty()).then(|| self.shingle(words)));
        }
        let runs = words.len() - SHINGLE + 1;
        let mut shingles = Vec::with_capacity(runs);
        for part in 0..PARTS {
            let (first, end) = (runs * part / PARTS, runs * (part + 1) / PARTS);
            let run = words[first..end + SHINGLE - 1].windows(SHINGLE);
            shingles.extend(run.map(|run| self.shingle(run).in_part(part as u8)));
        }
        shingles
    }

    #[inline]
    fn shingle(&self, run: &[Word]) -> Member {
        let mut sum = 0u64;
        let mut specific = false;
        for (word, factor) in run.iter().zip(FACTORS) {
            sum = sum.wrapping_add(word.hash.wrapping_mul(factor));
            specific |= self.is_specific(*word);
        }
        Member::new((hash::mix(sum) >> (64 - SHINGLE_BITS)) as u32, specific)
    }

    /// Every number and name, as often as it stands there. The flag: a number.
    pub fn names(&self) -> Vec<Member> {
        let specific = self.words.iter().filter(|word| self.is_specific(**word));
        specific
            .map(|word| {
                Member::new((hash::mix(word.hash) >> (64 - NAME_BITS)) as u32, word.kind == Kind::Number)
            })
            .collect()
    }

    /// Hash of every word, and whether it is a number or a name.
    pub fn specific_words(&self) -> Vec<(u64, bool)> {
        self.words.iter().map(|word| (word.hash, self.is_specific(*word))).collect()
    }

    #[inline]
    fn is_specific(&self, word: Word) -> bool {
        match word.kind {
            Kind::Number => true,
            Kind::Name => self.cased,
            Kind::Plain => false,
        }
    }
}

/// A single letter is an initial, a list mark or a stray.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next();
    letters.next().is_some() && STOP_WORDS.binary_search(&word).is_err()
}

//! The words of a text as the sketch sees them.

use super::super::entry::ContentHash;
use super::super::hash::{self, Sequence};
use super::{Member, NAME_BITS, PARTS, SHINGLE, SHINGLE_BITS};
use crate::text::normal::{self, Shape};

/// Factors of the four words of a shingle: odd, and different, so that the order counts.
const FACTORS: [u64; SHINGLE] =
    [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x27d4_eb2f_1656_67c5];

/// Words that begin with a capital in headlines and in leads without being names, and are too common to tell one text
/// from another.
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

/// In the order in which words are specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Plain,
    /// Capitalised inside a sentence, and no stop word.
    Name,
    Number,
}

/// All words of a text.
#[derive(Debug)]
pub struct Words {
    words: Vec<Word>,
    cased: bool,
    /// From here on words are specific.
    specific: Kind,
    content: Sequence,
}

impl Words {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let mut words = Vec::with_capacity(text.len() / 5 + 1);
        let mut content = Sequence::new();
        let (mut capitals, mut lower) = (0usize, 0usize);
        normal::visit_words(text, |word| {
            let capital = word.shape == Shape::Capital;
            capitals += usize::from(capital);
            lower += usize::from(word.shape == Shape::Plain);
            let kind = if word.shape == Shape::Number {
                Kind::Number
            } else if capital && !word.after_break && is_name(&word) {
                Kind::Name
            } else {
                Kind::Plain
            };
            let hash = match word.text.len() {
                length @ ..=8 => hash::short(word.head, length),
                _ => hash::bytes(word.text.as_bytes()),
            };
            content.push(hash);
            words.push(Word { hash, kind });
        });
        // Where most words have a capital, or none has, it tells nothing.
        let cased = capitals > 0 && capitals <= lower;
        let specific = if cased { Kind::Name } else { Kind::Number };
        if words.is_empty() {
            content.push(hash::bytes(text.as_bytes()));
        }
        Self { words, cased, specific, content }
    }

    /// Whether capital letters tell names here.
    pub fn cased(&self) -> bool {
        self.cased
    }

    /// Hash of all words in order; of a text without words, of its bytes.
    pub fn content(&self) -> ContentHash {
        ContentHash(self.content.finish())
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
        let mut kind = Kind::Plain;
        for (word, factor) in run.iter().zip(FACTORS) {
            sum = sum.wrapping_add(word.hash.wrapping_mul(factor));
            kind = kind.max(word.kind);
        }
        Member::new((hash::mix(sum) >> (64 - SHINGLE_BITS)) as u32, kind >= self.specific)
    }

    /// Every number and name, as often as it stands there. The flag: a number.
    pub fn names(&self) -> Vec<Member> {
        let specific = self.words.iter().filter(|word| word.kind >= self.specific);
        specific
            .map(|word| {
                Member::new((hash::mix(word.hash) >> (64 - NAME_BITS)) as u32, word.kind == Kind::Number)
            })
            .collect()
    }

    /// Hash of every word, and whether it is a number or a name.
    pub fn specific_words(&self) -> Vec<(u64, bool)> {
        self.words.iter().map(|word| (word.hash, word.kind >= self.specific)).collect()
    }
}

/// A single letter is an initial, a list mark or a stray.
fn is_name(word: &normal::Word<'_>) -> bool {
    word.text.chars().nth(1).is_some() && !is_stop_word(word.head)
}

/// No stop word is longer than eight bytes, so the first eight of a word tell.
fn is_stop_word(head: u64) -> bool {
    let mut at = slot(head);
    while STOP_TABLE[at] != 0 && STOP_TABLE[at] != head {
        at = (at + 1) % STOP_SLOTS;
    }
    STOP_TABLE[at] == head
}

/// Few words fall together in so many.
const STOP_SLOTS: usize = 256;

/// [`STOP_WORDS`] as numbers in a hash table with linear probing, which the compiler fills; 0 is an empty slot.
static STOP_TABLE: [u64; STOP_SLOTS] = {
    let mut table = [0; STOP_SLOTS];
    let mut word = 0;
    while word < STOP_WORDS.len() {
        let bytes = STOP_WORDS[word].as_bytes();
        assert!(bytes.len() <= 8, "its head is not the whole of it");
        let (mut head, mut rest) = (0, bytes.len());
        while rest > 0 {
            rest -= 1;
            head = head << 8 | bytes[rest] as u64;
        }
        let mut at = slot(head);
        while table[at] != 0 {
            at = (at + 1) % STOP_SLOTS;
        }
        table[at] = head;
        word += 1;
    }
    table
};

const fn slot(head: u64) -> usize {
    (head.wrapping_mul(FACTORS[0]) >> (u64::BITS - STOP_SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_tells_a_name_unless_it_is_a_stop_word_or_a_letter() {
        let mut names = Vec::new();
        let mut text = String::from("so");
        for word in STOP_WORDS.iter().chain(&["x", "zoe", "abouts", "therefore", "withwithwith"]) {
            text.push_str(&format!(" {}{}", word[..1].to_uppercase(), &word[1..]));
        }
        normal::visit_words(&text, |word| {
            if word.shape == Shape::Capital && is_name(&word) {
                names.push(word.text.to_owned());
            }
        });
        assert_eq!(names, ["zoe", "abouts", "therefore", "withwithwith"]);
    }
}

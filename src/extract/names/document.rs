//! What the rest of the article says about a capitalised word: whether it is written small elsewhere, stands
//! behind a title or a first name, before a verb of saying, and so on.
//!
//! A tagger that sees one sentence at a time cannot know that "Jordan" is a person here; two paragraphs on "Mr
//! Jordan said" makes it plain.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::gazetteer::WordList;
use super::words::{Sentence, Word, Words, mix};

/// Facts on one word in small letters, from all its places in the article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    bits: u16,
    /// How often it stands with a capital, up to 255.
    pub capitalised: u8,
}

impl Facts {
    /// Written in small letters somewhere.
    pub const SMALL: u16 = 1;
    /// With a capital behind another word of its sentence.
    pub const MID: u16 = 1 << 1;
    /// Behind a title.
    pub const TITLE_BEFORE: u16 = 1 << 2;
    /// Behind a first name.
    pub const FIRST_BEFORE: u16 = 1 << 3;
    /// Next to a verb of saying.
    pub const SAYING: u16 = 1 << 4;
    /// Before a head of organisations' names.
    pub const HEAD_AFTER: u16 = 1 << 5;
    /// Behind "in", "at", "from" and the like.
    pub const PLACE_BEFORE: u16 = 1 << 6;
    /// Behind "the".
    pub const THE_BEFORE: u16 = 1 << 7;
    /// Before "'s".
    pub const POSSESSIVE: u16 = 1 << 8;
    /// A first name before another capitalised word.
    pub const FIRST_OF: u16 = 1 << 9;
    /// In brackets behind a capitalised word.
    pub const BRACKETED: u16 = 1 << 10;
    /// It is made of the initials of capitalised words that stand together elsewhere.
    pub const INITIALS: u16 = 1 << 11;

    /// Whether one of the constants holds.
    pub fn has(self, bit: u16) -> bool {
        self.bits & bit != 0
    }

    /// All of them.
    pub fn bits(self) -> u64 {
        u64::from(self.bits)
    }
}

/// Keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = mix(self.0, u64::from(b));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type ByHash<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// The facts of an article. Only looked up, never walked, so that no order can leak out of it.
#[derive(Debug, Default)]
pub struct Document {
    facts: ByHash<Facts>,
}

/// Hashes of the words that facts ask for.
#[derive(Debug, Clone, Copy)]
struct Cues {
    the: u64,
    possessive: [u64; 2],
    places: [u64; 11],
}

impl Cues {
    fn new() -> Self {
        let hash = super::words::lower_hash;
        Self {
            the: hash("the"),
            possessive: [hash("'s"), hash("’s")],
            places: [
                "in",
                "at",
                "from",
                "near",
                "to",
                "across",
                "outside",
                "into",
                "around",
                "throughout",
                "northern",
            ]
            .map(hash),
        }
    }
}

impl Document {
    /// Gathers the facts of an article.
    pub fn new(text: &str, words: &Words) -> Self {
        let cues = Cues::new();
        let mut document = Self::default();
        let mut initials: ByHash<()> = ByHash::default();
        for &sentence in &words.sentences {
            document.read(text, words, sentence, &cues);
            gather_initials(text, words.of(sentence), &mut initials);
        }
        for word in &words.words {
            if word.form.is_small() {
                if let Some(facts) = document.facts.get_mut(&word.lower) {
                    facts.bits |= Facts::SMALL;
                }
            } else if word.form.is_all_capitals() && initials.contains_key(&word.lower) {
                document.facts.entry(word.lower).or_default().bits |= Facts::INITIALS;
            }
        }
        document
    }

    /// The facts on a word.
    pub fn facts(&self, word: &Word) -> Facts {
        self.facts.get(&word.lower).copied().unwrap_or_default()
    }

    fn read(&mut self, text: &str, words: &Words, sentence: Sentence, cues: &Cues) {
        let words = words.of(sentence);
        for (i, word) in words.iter().enumerate() {
            if !word.form.is_capitalised() {
                continue;
            }
            let mut bits = 0;
            if let Some(before) = i.checked_sub(1).map(|i| &words[i]) {
                if before.form.has_letter() {
                    bits |= Facts::MID;
                }
                if before.lists.has(WordList::Title) {
                    bits |= Facts::TITLE_BEFORE;
                }
                if before.form.is_capitalised() && before.lists.has(WordList::FirstName) {
                    bits |= Facts::FIRST_BEFORE;
                }
                if before.lists.has(WordList::Saying) {
                    bits |= Facts::SAYING;
                }
                if cues.places.contains(&before.lower) {
                    bits |= Facts::PLACE_BEFORE;
                }
                if before.lower == cues.the {
                    bits |= Facts::THE_BEFORE;
                }
                let bracket = before.span.text(text) == "(" && i >= 2 && words[i - 2].form.has_capital();
                if bracket && words.get(i + 1).is_some_and(|after| after.span.text(text) == ")") {
                    bits |= Facts::BRACKETED;
                }
            }
            if let Some(after) = words.get(i + 1) {
                if after.lists.has(WordList::Saying) {
                    bits |= Facts::SAYING;
                }
                if after.form.is_capitalised() && after.lists.has(WordList::OrganizationHead) {
                    bits |= Facts::HEAD_AFTER;
                }
                if cues.possessive.contains(&after.lower) {
                    bits |= Facts::POSSESSIVE;
                }
                if after.form.is_capitalised() && word.lists.has(WordList::FirstName) {
                    bits |= Facts::FIRST_OF;
                }
            }
            let facts = self.facts.entry(word.lower).or_default();
            facts.bits |= bits;
            facts.capitalised = facts.capitalised.saturating_add(1);
        }
    }
}

/// The initials of each run of capitalised words, small words between them left out: "World Health Organization",
/// "Department of Homeland Security".
fn gather_initials(text: &str, words: &[Word], into: &mut ByHash<()>) {
    let mut initials = String::new();
    let mut gap = 0;
    for word in words {
        if word.form.is_capitalised() && !word.form.is_all_capitals() {
            initials.extend(word.span.text(text).chars().next().map(|c| c.to_ascii_lowercase()));
            gap = 0;
            let count = initials.len();
            for length in 2..=count.min(6) {
                if let Some(tail) = initials.get(count - length..) {
                    into.insert(super::words::lower_hash(tail), ());
                }
            }
        } else if gap < 2
            && word.form.is_small()
            && word.span.end - word.span.start <= 3
            && !initials.is_empty()
        {
            gap += 1;
        } else {
            initials.clear();
            gap = 0;
        }
        if initials.len() > 12 {
            initials.clear();
        }
    }
}

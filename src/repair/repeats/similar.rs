//! When two paragraphs say the same: the rules for one pair.

use strsim::damerau_levenshtein;

use super::paragraph::{Analysis, Kind, Token};
use crate::text::normal::visit_words;

/// Shared shingles, both ways, from which two paragraphs are near repeats.
const SHINGLES: f64 = 0.72;
/// Shared words from which they are near repeats too, if they share `SHINGLES_LOW` of the shingles: a text with many
/// small edits.
const WORDS: f64 = 0.85;
const SHINGLES_LOW: f64 = 0.4;
/// The same two, when the paragraphs before them are repeats already.
const WORDS_IN_BLOCK: f64 = 0.75;
/// See [`WORDS_IN_BLOCK`]; also the least that is looked at.
pub(super) const SHINGLES_IN_BLOCK: f64 = 0.3;
/// Shared shingles of the teaser.
const TEASER: f64 = 0.8;
/// Words that a teaser and its full text begin with.
const TEASER_START: usize = 5;
/// Below this many words only equal paragraphs are repeats.
pub(super) const MIN_NEAR: usize = 7;

/// Words of a display quote.
const MIN_QUOTE: usize = 8;
/// Most words around it in the text that it was taken from ("he told reporters on Monday").
const MAX_ATTRIBUTION: usize = 12;
/// Below this many words nothing but an equal paragraph is a repeat.
const MIN_MISSPELT: usize = 4;

/// Two paragraphs and what they share: `new` comes later in the article than `kept`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub all: &'a Analysis,
    pub paragraphs: &'a [&'a str],
    pub new: usize,
    pub kept: usize,
    /// Share of the new paragraph's shingles that the kept one has.
    pub new_shared: f64,
    /// Share of the kept paragraph's shingles that the new one has.
    pub kept_shared: f64,
}

/// How sure a near repeat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A name stands where the other has another name: a repeat only within a block of sure ones.
    Weak,
    /// An edited copy.
    Sure,
}

/// Which of the two is the cut-off beginning of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Teaser {
    New,
    Kept,
}

impl Pair<'_> {
    /// Share of shingles, the lower of both ways.
    pub fn mutual(&self) -> f64 {
        self.new_shared.min(self.kept_shared)
    }

    fn words(&self) -> (&[Token], &[Token]) {
        (self.all.words(self.new), self.all.words(self.kept))
    }

    /// Whether one is the cut-off beginning of the other.
    pub fn teaser(&self) -> Option<Teaser> {
        let (new_cut, kept_cut) =
            (self.all.paragraphs[self.new].ellipsis, self.all.paragraphs[self.kept].ellipsis);
        let begins = |part_index: usize, whole_index: usize, shared: f64, marked: bool| {
            let (part, whole) = (self.all.words(part_index), self.all.words(whole_index));
            part.len() <= whole.len()
                && if marked {
                    begins_like(part, whole, TEASER_START) && shared >= TEASER
                        || part.len() >= TEASER_START && self.cut_in_word(part_index, whole_index)
                } else {
                    part.len() > MIN_NEAR && part.len() < whole.len() && begins_like(part, whole, part.len())
                }
        };
        if !kept_cut
            && begins(self.new, self.kept, self.new_shared, new_cut)
            && !self.complete_unmarked(self.new)
        {
            Some(Teaser::New)
        } else if !new_cut
            && begins(self.kept, self.new, self.kept_shared, kept_cut)
            && !self.complete_unmarked(self.kept)
        {
            Some(Teaser::Kept)
        } else {
            None
        }
    }

    /// The kept paragraph is speech set out before the text that says whose it is: the new one has the same words in a
    /// row, and a few around them.
    pub fn is_display_quote_of_new(&self) -> bool {
        let (new, kept) = self.words();
        let more = new.len().saturating_sub(kept.len());
        let text = self.paragraphs[self.kept];
        kept.len() >= MIN_QUOTE
            && (2..=MAX_ATTRIBUTION).contains(&more)
            && text.starts_with(['"', '\'', '\u{201c}', '\u{2018}', '\u{ab}', '\u{201e}'])
            && text.ends_with(['"', '\'', '\u{201d}', '\u{2019}', '\u{bb}', '\u{201c}'])
            && (0..=more).any(|at| begins_like(kept, &new[at..], kept.len()))
    }

    /// All words are the first ones of the other, but the last one may be cut off too.
    fn cut_in_word(&self, part: usize, whole: usize) -> bool {
        let (part_words, whole_words) = (self.all.words(part), self.all.words(whole));
        let last = part_words.len() - 1;
        begins_like(part_words, whole_words, last)
            && whole_words.get(last).is_some_and(|word| {
                let full = texts(self.paragraphs[whole], &[*word]);
                let cut = texts(self.paragraphs[part], &part_words[last..]);
                matches!((full.first(), cut.first()), (Some(full), Some(cut)) if full.0.starts_with(&cut.0))
            })
    }

    /// Ends like a sentence and not in an ellipsis: not a cut-off text.
    fn complete_unmarked(&self, index: usize) -> bool {
        let paragraph = &self.all.paragraphs[index];
        paragraph.complete && !paragraph.ellipsis
    }

    /// Whether the two are edited copies of one text. `in_block`: the paragraphs before them are.
    pub fn near(&self, in_block: bool) -> Option<Strength> {
        let (new, kept) = self.words();
        if new.len().min(kept.len()) < MIN_NEAR
            || self.all.paragraphs[self.new].numbers != self.all.paragraphs[self.kept].numbers
        {
            return None;
        }
        let mutual = self.mutual();
        let (only_new, only_kept) = difference(new, kept);
        let longer = new.len().max(kept.len()) as f64;
        let shared_words = (new.len() - only_new.len()) as f64 / longer;
        let near = mutual >= SHINGLES
            || shared_words >= WORDS && mutual >= SHINGLES_LOW
            || in_block && shared_words >= WORDS_IN_BLOCK && mutual >= SHINGLES_IN_BLOCK;
        if !near || swaps(&only_new, &only_kept, Kind::NumberWord) {
            return None;
        }
        let renamed = swaps(&only_new, &only_kept, Kind::Name) && self.other_names(&only_new, &only_kept);
        Some(if renamed { Strength::Weak } else { Strength::Sure })
    }

    /// Whether both have a name that is not a misspelt word of the other.
    fn other_names(&self, only_new: &[Token], only_kept: &[Token]) -> bool {
        let new = texts(self.paragraphs[self.new], only_new);
        let kept = texts(self.paragraphs[self.kept], only_kept);
        let foreign = |names: &[(String, Kind)], others: &[(String, Kind)]| {
            names
                .iter()
                .filter(|name| name.1 == Kind::Name)
                .any(|name| !others.iter().any(|other| is_misspelt(&name.0, &other.0)))
        };
        foreign(&new, &kept) && foreign(&kept, &new)
    }
}

/// The first `count` words are equal.
fn begins_like(part: &[Token], whole: &[Token], count: usize) -> bool {
    part.len() >= count
        && whole.len() >= count
        && part[..count].iter().zip(whole).all(|(a, b)| a.hash == b.hash)
}

/// Words of each that the other lacks, as multisets.
fn difference(a: &[Token], b: &[Token]) -> (Vec<Token>, Vec<Token>) {
    let sorted = |tokens: &[Token]| {
        let mut tokens = tokens.to_vec();
        tokens.sort_unstable_by_key(|token| (token.hash, token.start));
        tokens
    };
    let (a, b) = (sorted(a), sorted(b));
    let (mut only_a, mut only_b, mut i, mut j) = (Vec::new(), Vec::new(), 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.hash.cmp(&y.hash) {
            std::cmp::Ordering::Less => (only_a.push(*x), i += 1).1,
            std::cmp::Ordering::Greater => (only_b.push(*y), j += 1).1,
            std::cmp::Ordering::Equal => (i += 1, j += 1).1,
        }
    }
    only_a.extend_from_slice(&a[i..]);
    only_b.extend_from_slice(&b[j..]);
    (only_a, only_b)
}

/// Both have a word of this kind that the other lacks.
fn swaps(a: &[Token], b: &[Token], kind: Kind) -> bool {
    let has = |tokens: &[Token]| tokens.iter().any(|token| token.kind == kind);
    has(a) && has(b)
}

/// The normalised text of some words of a paragraph.
fn texts(paragraph: &str, tokens: &[Token]) -> Vec<(String, Kind)> {
    let mut all = Vec::with_capacity(tokens.len());
    for token in tokens {
        let rest = &paragraph[token.start as usize..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let mut first = None;
        visit_words(&rest[..end], |word| {
            first.get_or_insert_with(|| word.text.to_owned());
        });
        all.extend(first.map(|text| (text, token.kind)));
    }
    all
}

/// Word by word the same, but for one in four that is misspelt.
pub(super) fn is_misspelt_copy(all: &Analysis, paragraphs: &[&str], a: usize, b: usize) -> bool {
    let (x, y) = (all.words(a), all.words(b));
    if x.len() != y.len() || x.len() < MIN_MISSPELT {
        return false;
    }
    let differ: Vec<(Token, Token)> =
        x.iter().zip(y).filter(|(x, y)| x.hash != y.hash).map(|(x, y)| (*x, *y)).collect();
    differ.len() <= x.len() / 4
        && differ.iter().all(|(x, y)| {
            x.kind != Kind::Number
                && y.kind != Kind::Number
                && matches!((texts(paragraphs[a], &[*x]).first(), texts(paragraphs[b], &[*y]).first()),
                    (Some(x), Some(y)) if x.0.chars().count() > 3 && is_misspelt(&x.0, &y.0))
        })
}

/// Few letters differ, for the length of the word.
fn is_misspelt(a: &str, b: &str) -> bool {
    let length = a.chars().count().max(b.chars().count());
    length <= 64 && damerau_levenshtein(a, b) <= (length / 4).max(1)
}

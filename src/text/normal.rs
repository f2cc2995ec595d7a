//! Normalised words: what two texts must share to say the same.
//!
//! Capitals, punctuation, apostrophes, HTML entities and the grouping of digits vary between copies of one text;
//! what is left here does not. Repair compares paragraphs by these words, and the content hash and the similarity
//! sketch are made of them, so the rules below are frozen: golden tests hold them, and a change needs a new
//! version of the sketch.
//!
//! 1. HTML entities count as the character that they stand for.
//! 2. A word is a run of letters, marks and digits. Invisible characters (soft hyphen, zero-width) do not end it.
//! 3. An apostrophe between two such characters is dropped: `don't` is `dont`.
//! 4. Letters are lower case, by the fixed table in [`letters`](super::letters). Decimal digits of every script are `0-9`.
//! 5. A number keeps its decimal point (`3.5`) and loses its grouping (`1,234` is `1234`; a comma before anything but
//!    three digits is a decimal comma, so `3,5` is `3.5`).
//! 6. Scripts without spaces (Chinese, Japanese, Thai, ...) give overlapping pairs of characters; one alone gives itself.
//!
//! Source of the rules: the project's study of duplicates, section 4.1. Composed and decomposed accents are not
//! made equal; the encoding repair before this is expected to compose them.

use super::letters::{digit, is_invisible, is_unspaced, is_word, lower};
use ascii::Class;
use entities::decode_entity;

mod ascii;
mod entities;
#[cfg(test)]
mod tests;

/// What a word looks like in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Begins with a decimal digit.
    Number,
    /// Begins with an upper-case letter.
    Capital,
    /// Begins with a lower-case letter, or with a letter of a script without case.
    Plain,
    /// A pair of characters (or a single one) of a script without spaces.
    Pair,
}

/// One normalised word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The normalised form, never empty.
    pub text: &'a str,
    /// The first eight bytes of the normalised form as a number, the first one lowest; zeros behind a shorter one.
    pub head: u64,
    /// First byte in the source.
    pub start: usize,
    /// Byte after the last one in the source.
    pub end: usize,
    /// What it looks like in the source.
    pub shape: Shape,
    /// True for the first word, and for a word with a line end or one of `.!?` (of any script) right before it:
    /// its capital says nothing.
    pub after_break: bool,
}

impl Word<'_> {
    /// 64-bit hash of the normalised form: XXH3 with seed 0, the same on every machine.
    #[inline]
    pub fn hash(&self) -> u64 {
        hash(self.text)
    }
}

/// The hash of a normalised word, as [`Word::hash`] gives it.
#[inline]
pub fn hash(word: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(word.as_bytes())
}

/// The normalised words of a text as owned strings; for tests and small texts.
pub fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    visit_words(text, |word| all.push(word.text.to_owned()));
    all
}

/// Calls `visit` with each normalised word of the text, in order. Takes time linear in the length of the text and
/// allocates a copy of it.
pub fn visit_words(text: &str, mut visit: impl FnMut(Word<'_>)) {
    Scanner { text, lower: &ascii::lower_padded(text), buffer: String::new(), after_break: true }
        .run(&mut visit);
}

/// A character as the reader of the page sees it: entities decoded.
#[derive(Clone, Copy)]
struct Seen {
    c: char,
    end: usize,
}

struct Scanner<'t> {
    text: &'t str,
    /// The text with its ASCII letters in lower case, padded: a word of nothing but ASCII is a piece of it.
    lower: &'t str,
    /// Words that are no piece of the text.
    buffer: String,
    after_break: bool,
}

impl Scanner<'_> {
    #[inline]
    fn run(&mut self, visit: &mut impl FnMut(Word<'_>)) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let class = Class::of(first);
            if class.is_word() {
                let shape = class.shape();
                let (end, head) = ascii::run(self.lower.as_bytes(), at);
                let next = bytes.get(end).copied().unwrap_or_default();
                if Class::of(next).may_join(shape) {
                    at = self.word(at, Seen { c: first.into(), end: at + 1 }, visit);
                } else {
                    // Most words of most texts, and the space behind them.
                    let after_break = std::mem::take(&mut self.after_break);
                    visit(Word { text: &self.lower[at..end], head, start: at, end, shape, after_break });
                    at = end + usize::from(next == b' ');
                }
            } else if class.is_other() {
                at = self.other(at, visit);
            } else {
                self.after_break |= class.is_break();
                at += 1;
            }
        }
    }

    /// What begins with an entity or outside of ASCII. Returns where it ends.
    fn other(&mut self, at: usize, visit: &mut dyn FnMut(Word<'_>)) -> usize {
        let Some(seen) = self.seen(at) else { return self.text.len() };
        if !is_word(seen.c) {
            self.after_break |= is_break(seen.c);
            seen.end
        } else if is_unspaced(seen.c) && digit(seen.c).is_none() {
            self.pairs(at, visit)
        } else {
            self.word(at, seen, visit)
        }
    }

    #[inline]
    fn seen(&self, at: usize) -> Option<Seen> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 && byte != b'&' {
            return Some(Seen { c: byte as char, end: at + 1 });
        }
        if byte == b'&' {
            if let Some((c, length)) = decode_entity(&self.text.as_bytes()[at..]) {
                return Some(Seen { c, end: at + length });
            }
            return Some(Seen { c: '&', end: at + 1 });
        }
        let c = self.text[at..].chars().next()?;
        Some(Seen { c, end: at + c.len_utf8() })
    }

    /// One word of a script with spaces, from `start`, whose first character is `first`. Returns where it ends.
    fn word(&mut self, start: usize, first: Seen, visit: &mut dyn FnMut(Word<'_>)) -> usize {
        self.buffer.clear();
        let shape = if digit(first.c).is_some() {
            Shape::Number
        } else if lower(first.c) != first.c {
            Shape::Capital
        } else {
            Shape::Plain
        };
        let (mut end, mut next) = (first.end, Some(first));
        while let Some(seen) = next {
            let last = self.text.as_bytes().get(seen.end - 1).copied();
            if seen.c.is_ascii_alphanumeric() && last == Some(seen.c as u8) {
                // Most of most texts: the rest of a run of ASCII letters and digits at once. A letter that is written as an
                // entity stands there with other bytes.
                let from = seen.end - 1;
                (end, _) = ascii::run(self.lower.as_bytes(), from);
                self.buffer.push_str(&self.lower[from..end]);
                next = self.seen(end);
            } else if is_word(seen.c) {
                if is_unspaced(seen.c) && digit(seen.c).is_none() {
                    break;
                }
                self.push(seen.c);
                end = seen.end;
                next = self.seen(end);
            } else if let Some((joined, point)) = self.joins(seen, shape) {
                if point {
                    self.buffer.push('.');
                }
                next = Some(joined);
            } else {
                break;
            }
        }
        let after_break = std::mem::take(&mut self.after_break);
        let head = ascii::head(self.buffer.as_bytes());
        visit(Word { text: &self.buffer, head, start, end, shape, after_break });
        end
    }

    fn push(&mut self, c: char) {
        match digit(c) {
            Some(value) => self.buffer.push((b'0' + value) as char),
            None => self.buffer.push(lower(c)),
        }
    }

    /// Whether the word goes on behind a character that is not part of a word: then the next character, and
    /// whether a decimal point stands before it.
    fn joins(&self, seen: Seen, shape: Shape) -> Option<(Seen, bool)> {
        if is_apostrophe(seen.c) || is_invisible(seen.c) {
            let next = self.skip_invisible(seen.end)?;
            return is_word(next.c).then_some((next, false));
        }
        if shape == Shape::Number
            && matches!(seen.c, '.' | ',')
            && self.buffer.ends_with(|c: char| c.is_ascii_digit())
        {
            let next = self.seen(seen.end)?;
            digit(next.c)?;
            return Some((next, seen.c == '.' || !self.is_grouping(seen.end)));
        }
        None
    }

    fn skip_invisible(&self, mut at: usize) -> Option<Seen> {
        loop {
            let seen = self.seen(at)?;
            if !is_invisible(seen.c) {
                return Some(seen);
            }
            at = seen.end;
        }
    }

    /// Exactly three digits stand at `at`, so a comma before them groups thousands.
    fn is_grouping(&self, at: usize) -> bool {
        let mut rest = self.text[at..].chars().map(|c| digit(c).is_some());
        rest.next() == Some(true)
            && rest.next() == Some(true)
            && rest.next() == Some(true)
            && rest.next() != Some(true)
    }

    /// A run of a script without spaces: overlapping pairs. Returns where the run ends.
    fn pairs(&mut self, start: usize, visit: &mut dyn FnMut(Word<'_>)) -> usize {
        let mut previous: Option<(usize, Seen)> = None;
        let (mut at, mut given) = (start, false);
        while let Some(seen) = self.seen(at) {
            if is_invisible(seen.c) {
                at = seen.end;
                continue;
            }
            if !is_unspaced(seen.c) || !is_word(seen.c) || digit(seen.c).is_some() {
                break;
            }
            if let Some((from, first)) = previous {
                self.give_pair(from, &[first.c, seen.c], seen.end, visit);
                given = true;
            }
            previous = Some((at, seen));
            at = seen.end;
        }
        if let (Some((from, only)), false) = (previous, given) {
            self.give_pair(from, &[only.c], only.end, visit);
        }
        at
    }

    fn give_pair(&mut self, start: usize, pair: &[char], end: usize, visit: &mut dyn FnMut(Word<'_>)) {
        self.buffer.clear();
        self.buffer.extend(pair.iter().map(|&c| lower(c)));
        let after_break = std::mem::take(&mut self.after_break);
        let head = ascii::head(self.buffer.as_bytes());
        visit(Word { text: &self.buffer, head, start, end, shape: Shape::Pair, after_break });
    }
}

/// Apostrophes as they are typed and as they are printed.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}')
}

/// Line ends and the marks that end a sentence.
fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r'
            | '.'
            | '!'
            | '?'
            | '\u{2026}'
            | '\u{3002}'
            | '\u{FF01}'
            | '\u{FF1F}'
            | '\u{FF0E}'
            | '\u{061F}'
            | '\u{06D4}'
            | '\u{0964}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

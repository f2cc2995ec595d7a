//! The words of an article as the tagger sees them: tokens cut once more at their hyphens, each with what the
//! features ask about it.
//!
//! Laws: words ascend, do not overlap and hold no white space; the words of a sentence stand together. Making them
//! is linear in the text.

use xxhash_rust::xxh3::xxh3_64;

use super::function_words::is_function_word;
use super::gazetteer::{Gazetteer, Lists};
use crate::text::{Segments, Span, Token, TokenKind, tokens};

/// One word, number or mark.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Hash of the word in small letters.
    pub lower: u64,
    /// Hash of the word as the features take it: with its capitals, but for lines written in capitals alone, whose
    /// words count as having but their first.
    pub exact: u64,
    /// What characters it has.
    pub form: Form,
    /// Lists that know the word, or a longer name that it is part of here.
    pub lists: Lists,
}

impl Word {
    /// Reads the word again as one whose capitals say nothing but that it has them.
    fn fold(&mut self, text: &str) {
        let apart = self.form.0 & Form::APART;
        *self = read(text, self.span, true);
        self.form.0 |= apart;
    }
}

/// What characters a word has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form(u8);

impl Form {
    const CAPITAL: u8 = 1;
    const ALL_CAPITALS: u8 = 2;
    const SMALL: u8 = 4;
    const DIGIT: u8 = 8;
    const LETTERS: u8 = 16;
    const FOLDED: u8 = 32;
    const APART: u8 = 64;

    /// It starts with a capital.
    pub fn is_capitalised(self) -> bool {
        self.0 & Self::CAPITAL != 0
    }

    /// It has two letters or more, and all are capitals.
    pub fn is_all_capitals(self) -> bool {
        self.0 & Self::ALL_CAPITALS != 0
    }

    /// It has a capital anywhere.
    pub fn has_capital(self) -> bool {
        self.0 & (Self::CAPITAL | Self::ALL_CAPITALS) != 0
            || (self.0 & Self::LETTERS != 0 && self.0 & Self::SMALL == 0)
    }

    /// It has letters, and none is a capital.
    pub fn is_small(self) -> bool {
        self.0 & Self::SMALL != 0
    }

    /// It has a digit.
    pub fn has_digit(self) -> bool {
        self.0 & Self::DIGIT != 0
    }

    /// It has a letter.
    pub fn has_letter(self) -> bool {
        self.0 & Self::LETTERS != 0
    }

    /// It stands in a line of capitals, so that its own say nothing.
    pub fn is_folded(self) -> bool {
        self.0 & Self::FOLDED != 0
    }

    /// A tab or several spaces part it from the word before, as in a table: no name goes over that.
    pub fn is_apart(self) -> bool {
        self.0 & Self::APART != 0
    }

    /// All of it as one small number, but for where it stands.
    pub fn bits(self) -> u64 {
        u64::from(self.0 & !Self::APART)
    }

    fn of(word: &str, folded: bool) -> Self {
        let mut count = Count::default();
        for (i, c) in word.chars().enumerate() {
            if c.is_alphabetic() {
                count.letters += 1;
                count.upper += u32::from(c.is_uppercase());
                count.lower += u32::from(c.is_lowercase());
                count.first |= i == 0 && c.is_uppercase();
            } else {
                count.digit |= c.is_numeric();
            }
        }
        count.form(word, folded)
    }
}

/// How many characters of each sort a word has.
#[derive(Default)]
struct Count {
    letters: u32,
    upper: u32,
    lower: u32,
    first: bool,
    digit: bool,
}

impl Count {
    fn form(&self, word: &str, folded: bool) -> Form {
        let mut bits = 0;
        let mut put = |bit: u8, holds: bool| bits |= if holds { bit } else { 0 };
        put(Form::LETTERS, self.letters > 0);
        put(Form::CAPITAL, self.first);
        put(Form::DIGIT, self.digit);
        put(Form::ALL_CAPITALS, self.letters > 1 && self.upper == self.letters && !folded);
        put(Form::SMALL, self.lower > 0 && self.upper == 0);
        put(Form::FOLDED, folded);
        if folded && is_function_word(&word.to_lowercase()) {
            bits = bits & !Form::CAPITAL | Form::SMALL;
        }
        Form(bits)
    }
}

/// How a line is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// As prose is.
    #[default]
    Prose,
    /// Most words begin with a capital, as in the headlines of some.
    TitleCase,
    /// In capitals alone.
    Capitals,
}

/// One sentence: which words it has, and how its line is written.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    /// The first of its words.
    pub start: usize,
    /// Behind the last of its words.
    pub end: usize,
    /// How it is written.
    pub style: Style,
}

/// The words of an article, by sentence.
#[derive(Debug, Default)]
pub struct Words {
    /// Every word.
    pub words: Vec<Word>,
    /// Every sentence that has words.
    pub sentences: Vec<Sentence>,
}

impl Words {
    /// Cuts an article.
    pub fn new(text: &str, segments: &Segments, gazetteer: &Gazetteer<'_>) -> Self {
        let mut out = Self {
            words: Vec::with_capacity(text.len() / 5),
            sentences: Vec::with_capacity(segments.sentences().len()),
        };
        for &sentence in segments.sentences() {
            out.push_sentence(text, tokens(text, sentence), gazetteer);
        }
        out
    }

    /// Adds one sentence that has been cut into tokens already, as labelled sets are.
    pub fn push_sentence(
        &mut self,
        text: &str,
        tokens: impl Iterator<Item = Token>,
        gazetteer: &Gazetteer<'_>,
    ) {
        let start = self.words.len();
        for token in tokens {
            self.push_parts(text, token);
        }
        if self.words.len() == start {
            return;
        }
        for at in start + 1..self.words.len() {
            let gap = &text[self.words[at - 1].span.end..self.words[at].span.start];
            if gap.len() > 1 && gap.chars().nth(1).is_some() || gap == "\t" {
                self.words[at].form.0 |= Form::APART;
            }
        }
        let style = style(&self.words[start..]);
        if style == Style::Capitals {
            for word in &mut self.words[start..] {
                word.fold(text);
            }
        }
        // "OSLO (Reuters) -": a place in capitals in a line that is not, as datelines have it.
        for word in &mut self.words[start..] {
            let long = word.span.end - word.span.start >= 4;
            if long && word.form.is_all_capitals() && gazetteer.is_place_without_capitals(word) {
                word.fold(text);
            }
        }
        gazetteer.mark(&mut self.words[start..]);
        self.sentences.push(Sentence { start, end: self.words.len(), style });
    }

    /// The words of a sentence.
    pub fn of(&self, sentence: Sentence) -> &[Word] {
        &self.words[sentence.start..sentence.end]
    }

    /// A token, cut at its hyphens: "US-led" holds a name.
    fn push_parts(&mut self, text: &str, token: Token) {
        let span = token.span;
        let word = span.text(text);
        if token.kind == TokenKind::Address {
            // Whatever capitals it has, it is no name.
            let mut address = read(text, span, false);
            address.form = Form(Form::LETTERS | Form::SMALL);
            self.words.push(address);
            return;
        }
        let whole = token.kind != TokenKind::Word || !word.as_bytes().contains(&b'-') && word.is_ascii();
        if whole || !word.contains(is_hyphen) {
            self.words.push(read(text, span, false));
            return;
        }
        let mut from = span.start;
        for (at, hyphen) in word.match_indices(is_hyphen) {
            let at = span.start + at;
            if at > from {
                self.words.push(read(text, Span::new(from, at), false));
            }
            from = at + hyphen.len();
            self.words.push(read(text, Span::new(at, from), false));
        }
        if from < span.end {
            self.words.push(read(text, Span::new(from, span.end), false));
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn read(text: &str, span: Span, folded: bool) -> Word {
    word_of(span.text(text), span, folded)
}

fn word_of(word: &str, span: Span, folded: bool) -> Word {
    if !folded && word.len() <= SHORT && word.is_ascii() {
        return read_plain(word, span);
    }
    let form = Form::of(word, folded);
    let lower = xxh3_64(word.to_lowercase().as_bytes());
    let capitals = if folded {
        u64::from(form.is_capitalised())
    } else {
        let upper = word.chars().take(64).enumerate().filter(|(_, c)| c.is_uppercase());
        upper.fold(0, |capitals, (i, _)| capitals | 1 << i)
    };
    Word { span, lower, exact: mix(lower, capitals), form, lists: Lists::default() }
}

/// A word that stands in no text.
fn alone(word: &str) -> Word {
    word_of(word, Span::new(0, word.len()), false)
}

/// The short way for nearly all words: eight bytes at a time.
fn read_plain(word: &str, span: Span) -> Word {
    let mut buffer = [0; SHORT];
    buffer[..word.len()].copy_from_slice(word.as_bytes());
    let mut count = Count::default();
    let mut capitals = 0u64;
    let (chunks, _) = buffer.as_chunks_mut::<8>();
    for (i, chunk) in chunks.iter_mut().take(word.len().div_ceil(8)).enumerate() {
        let bytes = u64::from_le_bytes(*chunk);
        let (upper, lower, digit) =
            (between(bytes, b'A', b'Z'), between(bytes, b'a', b'z'), between(bytes, b'0', b'9'));
        *chunk = (bytes | upper >> 2).to_le_bytes();
        // One bit of eight, gathered to eight together.
        capitals |= (upper >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56 << (8 * i);
        count.upper += upper.count_ones();
        count.lower += lower.count_ones();
        count.digit |= digit != 0;
    }
    count.letters = count.upper + count.lower;
    count.first = capitals & 1 != 0;
    let lower = xxh3_64(&buffer[..word.len()]);
    Word { span, lower, exact: mix(lower, capitals), form: count.form(word, false), lists: Lists::default() }
}

/// The high bit of each of eight ASCII bytes that lies between two bounds, both included.
const fn between(bytes: u64, low: u8, high: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let above = bytes + ONES * (0x80 - low as u64);
    let beyond = bytes + ONES * (0x7F - high as u64);
    (above & !beyond) & (ONES << 7)
}

/// Hash of a word in small letters, as tables of names use it.
pub fn lower_hash(word: &str) -> u64 {
    alone(word).lower
}

/// Hash of a word as written.
pub fn exact_hash(word: &str) -> u64 {
    alone(word).exact
}

/// The longest word that is hashed without an allocation.
const SHORT: usize = 32;

/// Two numbers into one; the mixer of FxHash with a final shift, so that high and low bits both depend on all.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ (x >> 32)
}

/// How a line is written. Short lines and lines of few words with letters are prose.
fn style(words: &[Word]) -> Style {
    let (mut capitals, mut capitalised, mut small, mut long_small) = (0, 0, 0, 0);
    for word in words {
        if word.form.is_small() {
            small += 1;
            long_small += usize::from(word.span.end - word.span.start > 3);
        } else if word.form.is_all_capitals() {
            capitals += 1;
        } else if word.form.is_capitalised() {
            capitalised += 1;
        }
    }
    if (capitals >= 2 && small + capitalised <= capitals / 4) || (capitals == 1 && small + capitalised == 0) {
        // One word in capitals alone in its line is a label more often than an abbreviation.
        Style::Capitals
    } else if capitalised + capitals >= 4 && long_small * 4 <= capitalised + capitals {
        Style::TitleCase
    } else {
        Style::Prose
    }
}

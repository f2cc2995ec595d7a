//! Paragraphs as the comparison sees them: words as hashes, numbers, sentences.

use std::collections::HashMap;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::hashing::Fixed;
use super::number_words::is_number_word;
use super::sentences::{ends_sentence, ends_with_ellipsis};
use crate::text::normal::{Shape, Word, visit_words};

/// The same, if so many words stand between the two: in a body without line ends they are paragraphs apart.
const MIN_REPEATED_FAR: usize = 13;
/// See [`MIN_REPEATED_FAR`].
const FAR: usize = 150;
/// A sentence shorter than this may well be said twice in one paragraph.
const MIN_REPEATED_SENTENCE: usize = 8;

/// One word of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Hash of the normalised word.
    pub hash: u64,
    /// First byte in its paragraph.
    pub start: u32,
    /// What kind of fact it may carry.
    pub kind: Kind,
}

/// What kind of fact a word may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits.
    Number,
    /// "three", "million".
    NumberWord,
    /// A capital that the start of a sentence does not explain.
    Name,
    /// Anything else.
    Plain,
}

/// One paragraph; its words are a range of [`Analysis::tokens`].
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// Its words, without sentences that it says twice.
    pub words: Range<usize>,
    /// Hash of all words in order; of the raw text if there is no word in it.
    pub key: u64,
    /// Hash of all numbers in order.
    pub numbers: u64,
    /// Hashes of its sentences of 8 words or more, if it has more than one sentence, with their first word.
    pub sentences: Range<usize>,
    /// How many of its numbers have three digits or more (or two and a point): they do not come again by chance.
    pub figures: u32,
    /// Ends in an ellipsis.
    pub ellipsis: bool,
    /// Ends like a sentence.
    pub complete: bool,
    /// Ends like a question.
    pub question: bool,
    /// Begins with a lower-case letter.
    pub lower: bool,
}

/// A sentence that the paragraph has said before; bytes of the paragraph, with the white space before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// What to cut out.
    pub range: Range<usize>,
}

/// All paragraphs of an article, taken apart.
#[derive(Debug, Default)]
pub(super) struct Analysis {
    /// Words of all paragraphs, one behind the other. Empty when only exact repeats are looked for.
    pub tokens: Vec<Token>,
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Hash of each longer sentence of a paragraph of several.
    pub sentences: Vec<u64>,
    /// Sentences to be cut out.
    pub cuts: Vec<Cut>,
}

/// A sentence while its paragraph is taken apart.
struct Sentence {
    words: Range<usize>,
    end: usize,
    /// False if it may go on behind an abbreviation.
    sure: bool,
}

impl Analysis {
    /// Takes the paragraphs apart. Without `detail` only key and word count are found (in bounded memory).
    pub fn of(paragraphs: &[&str], detail: bool) -> Self {
        let mut all = Self { paragraphs: Vec::with_capacity(paragraphs.len()), ..Self::default() };
        let mut bounds = Vec::new();
        for (index, text) in paragraphs.iter().enumerate() {
            let paragraph = if detail { all.paragraph(index, text, &mut bounds) } else { all.outline(text) };
            all.paragraphs.push(paragraph);
        }
        all
    }

    /// Lines are not paragraphs here: a quarter of them break off within a sentence that the next one goes on with
    /// (mail, code). What looks like a teaser or an edited copy there is mostly a line of its own.
    pub fn is_hard_wrapped(&self) -> bool {
        let broken = self.paragraphs.windows(2).filter(|pair| !pair[0].complete && pair[1].lower).count();
        broken >= 3 && broken * 4 >= self.paragraphs.len()
    }

    /// The words of a paragraph.
    pub fn words(&self, index: usize) -> &[Token] {
        self.tokens.get(self.paragraphs[index].words.clone()).unwrap_or_default()
    }

    /// How many words a paragraph has.
    pub fn length(&self, index: usize) -> usize {
        self.paragraphs[index].words.len()
    }

    /// Key and length only.
    fn outline(&self, text: &str) -> Paragraph {
        let (mut key, mut count) = (KEY_SEED, 0);
        visit_words(text, |word| {
            key = chain(key, word.hash());
            count += 1;
        });
        Paragraph { words: 0..count, key: finish(key, count, text), ..Paragraph::default() }
    }

    fn paragraph(&mut self, index: usize, text: &str, bounds: &mut Vec<Sentence>) -> Paragraph {
        let first = self.tokens.len();
        bounds.clear();
        let (mut end, mut sentence, mut figures) = (0, first, 0);
        visit_words(text, |word| {
            if self.tokens.len() > sentence
                && let Some(stop) =
                    ends_sentence(&text[..end], text.get(end..word.start).unwrap_or_default(), &word)
            {
                let words = sentence..self.tokens.len();
                bounds.push(Sentence { words, end: end + stop.close, sure: stop.sure });
                sentence = self.tokens.len();
            }
            figures += u32::from(word.shape == Shape::Number && word.text.len() > 2);
            self.tokens.push(token(&word));
            end = word.end;
        });
        bounds.push(Sentence { words: sentence..self.tokens.len(), end: text.len(), sure: true });
        self.cut_repeated_sentences(index, bounds);
        let words = first..self.tokens.len();
        let sentences = self.sentences.len();
        if bounds.len() > 1 {
            let long = bounds.iter().filter(|s| s.words.len() >= MIN_REPEATED_SENTENCE);
            self.sentences.extend(long.map(|s| key_of(&self.tokens[s.words.clone()])));
        }
        let end_of_text = text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']']);
        let numbers = self.tokens[words.clone()].iter().filter(|t| t.kind == Kind::Number);
        Paragraph {
            key: finish(key_of(&self.tokens[words.clone()]), words.len(), text),
            numbers: numbers.fold(KEY_SEED, |key, token| chain(key, token.hash)),
            sentences: sentences..self.sentences.len(),
            figures,
            ellipsis: ends_with_ellipsis(text),
            complete: end_of_text.ends_with(['.', '!', '?', '\u{3002}', '\u{2026}']),
            question: end_of_text.ends_with(['?', '\u{FF1F}', '\u{61F}']),
            lower: text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase),
            words,
        }
    }

    /// Takes the words of every sentence that the paragraph has said before out of `tokens` and `bounds`.
    fn cut_repeated_sentences(&mut self, index: usize, bounds: &mut Vec<Sentence>) {
        let Some(first) = bounds.first().map(|sentence| sentence.words.start) else { return };
        let Some(cut) = repeated_sentences(&self.tokens, bounds) else { return };
        let (mut write, mut from, mut marks) = (first, 0, cut.into_iter());
        bounds.retain_mut(|sentence| {
            let words = sentence.words.clone();
            let range = std::mem::replace(&mut from, sentence.end)..sentence.end;
            if marks.next().unwrap_or(false) {
                self.cuts.push(Cut { paragraph: index, range });
                return false;
            }
            self.tokens.copy_within(words.clone(), write);
            sentence.words = write..write + words.len();
            write += words.len();
            true
        });
        self.tokens.truncate(write);
    }
}

/// Which sentences of a paragraph it has said before; `None` if none.
///
/// A full stop may belong to an abbreviation ("Sen. Poe said ..."), so a piece that goes takes the pieces along that
/// the same abbreviation ties to it, if they stand at the first place too.
fn repeated_sentences(tokens: &[Token], bounds: &[Sentence]) -> Option<Vec<bool>> {
    if bounds.len() < 2 {
        return None;
    }
    let mut said: HashMap<u64, usize, Fixed> = HashMap::with_hasher(Fixed);
    let mut cut: Option<Vec<bool>> = None;
    let same = |a: usize, b: usize| {
        let words = |at: usize| tokens[bounds[at].words.clone()].iter().map(|token| token.hash);
        words(a).eq(words(b))
    };
    for (at, sentence) in bounds.iter().enumerate() {
        if sentence.words.len() < MIN_REPEATED_SENTENCE {
            continue;
        }
        let first = *said.entry(key_of(&tokens[sentence.words.clone()])).or_insert(at);
        if first == at || !same(first, at) {
            continue;
        }
        let between = sentence.words.start - bounds[first].words.end;
        if between > FAR && sentence.words.len() < MIN_REPEATED_FAR {
            continue;
        }
        let cut = cut.get_or_insert_with(|| vec![false; bounds.len()]);
        cut[at] = true;
        let before =
            (1..=first).take_while(|&b| first + b < at && !bounds[at - b].sure && same(first - b, at - b));
        before.for_each(|b| cut[at - b] = true);
        let after =
            (1..bounds.len() - at).take_while(|&a| !bounds[at + a - 1].sure && same(first + a, at + a));
        after.for_each(|a| cut[at + a] = true);
    }
    cut
}

fn token(word: &Word<'_>) -> Token {
    let hash = word.hash();
    let kind = match word.shape {
        Shape::Number => Kind::Number,
        Shape::Capital if !word.after_break && word.end - word.start > 1 => Kind::Name,
        Shape::Pair => Kind::Plain,
        _ if is_number_word(hash) => Kind::NumberWord,
        _ => Kind::Plain,
    };
    Token { hash, start: word.start as u32, kind }
}

const KEY_SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Adds a hash to a running hash, order counting.
pub(super) fn chain(key: u64, hash: u64) -> u64 {
    (key.rotate_left(23) ^ hash).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Hash of a run of words.
pub(super) fn key_of(tokens: &[Token]) -> u64 {
    tokens.iter().fold(KEY_SEED, |key, token| chain(key, token.hash))
}

fn finish(key: u64, words: usize, text: &str) -> u64 {
    if words == 0 { xxh3_64(text.as_bytes()) } else { key }
}

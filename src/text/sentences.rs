//! Sentences of a paragraph.
//!
//! A scanner looks for the marks that may end a sentence and asks, for each, about the word before and the word
//! after it: abbreviations, initials, numbers, quotations that go on ("?" asked ...). Scripts without capitals
//! end their sentences at their own marks (Unicode's Sentence_Terminal). Thai and its neighbours have no such
//! mark: there a paragraph is one sentence.
//!
//! Laws: the sentences of a paragraph ascend, hold all of its characters but white space between them, and start
//! and end with no white space. Time is linear: every look around a mark stops at a bound or at the next mark.

use memchr::memchr3;

use super::abbreviations::{
    Abbreviation, abbreviation, follows_clock, follows_ordinal, is_dotted, is_starter,
};
use super::chars::{is_closer, is_closing_quote, is_dash, is_hard_terminator, is_opener};
use super::paragraphs::lines;
use super::span::Span;

/// No abbreviation is longer, in characters; so no look back goes further.
const LOOK_BACK: usize = 16;
/// Quotes, brackets and dashes before the first word of a sentence; more are no sentence's beginning.
const MAX_OPENERS: usize = 8;

/// The sentences of one paragraph. Line breaks inside it end sentences too.
pub fn sentences(text: &str, paragraph: Span) -> Vec<Span> {
    let mut found = Vec::new();
    push_sentences(text, paragraph, &mut found);
    found
}

/// Like [`sentences`], but adds them to a list, which spares an allocation per paragraph.
pub fn push_sentences(text: &str, paragraph: Span, into: &mut Vec<Span>) {
    for line in lines(text, paragraph) {
        split_line(text, line, into);
    }
}

fn split_line(text: &str, line: Span, into: &mut Vec<Span>) {
    let rest = Line { text: &text[..line.end], unicode: needs_unicode(line.text(text).as_bytes()) };
    let (mut start, mut from) = (line.start, line.start);
    while let Some(at) = rest.next_mark(from) {
        let stop = rest.stop(at);
        from = match rest.next_start(start, &stop) {
            Some(next) if next < line.end => {
                into.push(Span::new(start, stop.end));
                start = next;
                next
            }
            _ => stop.end,
        };
    }
    if start < line.end {
        into.push(Span::new(start, line.end));
    }
}

/// Whether a line may hold other marks than `.`, `!` and `?`: it has characters of the blocks where such marks
/// live, or an ellipsis. Accented letters, curly quotes and Cyrillic keep the fast way.
fn needs_unicode(line: &[u8]) -> bool {
    !line.is_ascii()
        && line.iter().enumerate().any(|(i, b)| match b {
            0xD6 | 0xD8 | 0xDB | 0xE0 | 0xE1 | 0xE3 | 0xEF => true,
            0xE2 => line.get(i + 1..i + 3) == Some(&[0x80, 0xA6]),
            _ => false,
        })
}

/// What the marks at the end of a sentence are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// One full stop.
    Period,
    /// Several, or "…".
    Ellipsis,
    /// "?" or "!", alone or with others.
    Strong,
    /// A mark of another script, which ends a sentence by itself.
    Hard,
}

/// A run of marks with the quotes and brackets that close after it.
#[derive(Debug)]
struct Stop {
    /// Where the marks start.
    at: usize,
    mark: Mark,
    /// Behind the closing quotes and brackets.
    end: usize,
    /// Whether a quote or bracket closes, and whether a quote does.
    closed: bool,
    quote: bool,
}

/// The text up to the end of the line that is being split.
struct Line<'t> {
    text: &'t str,
    unicode: bool,
}

impl Line<'_> {
    /// The next mark at or after `from`.
    fn next_mark(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !self.unicode {
            return memchr3(b'.', b'!', b'?', &bytes[from..]).map(|i| from + i);
        }
        let mut at = from;
        while let Some(&b) = bytes.get(at) {
            let found = match b {
                b'.' | b'!' | b'?' => true,
                0xD6 | 0xD8 | 0xDB | 0xE0 | 0xE1 | 0xE2 | 0xE3 | 0xEF => {
                    self.char_at(at).is_some_and(|c| c == '…' || is_hard_terminator(c))
                }
                _ => false,
            };
            if found {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Reads the marks at `at` and what closes after them.
    fn stop(&self, at: usize) -> Stop {
        let mut end = at;
        let (mut dots, mut strong, mut hard) = (0, false, false);
        while let Some(c) = self.char_at(end) {
            match c {
                '.' => dots += 1,
                '…' => dots += 3,
                '!' | '?' => strong = true,
                c if is_hard_terminator(c) => hard = true,
                _ => break,
            }
            end += c.len_utf8();
        }
        let before = &self.text.as_bytes()[..at];
        let mark = if hard {
            Mark::Hard
        } else if strong {
            Mark::Strong
        } else if dots > 1 || before.ends_with(b". ") {
            Mark::Ellipsis
        } else {
            Mark::Period
        };
        let (marks_end, mut quote) = (end, false);
        while let Some(c) = self.char_at(end) {
            if is_closer(c) || self.closes_in_german(c, end) {
                quote |= is_closing_quote(c) || c == '“';
                end += c.len_utf8();
            } else if let Some(length) = self.reference(end) {
                end += length;
            } else {
                break;
            }
        }
        Stop { at, mark, end, closed: end > marks_end, quote }
    }

    /// Whether the mark at `at` is a German closing quote, which looks like an English opening one: a space must
    /// follow it.
    fn closes_in_german(&self, c: char, at: usize) -> bool {
        matches!(c, '“' | '‘') && self.char_at(at + c.len_utf8()).is_none_or(char::is_whitespace)
    }

    /// The length of a reference such as "[12]" at `at`, as encyclopedias put behind a sentence, with or without a
    /// space before it.
    fn reference(&self, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..)?;
        let space = usize::from(rest.first() == Some(&b' '));
        let rest = rest[space..].strip_prefix(b"[")?;
        let digits = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        ((1..=3).contains(&digits) && rest.get(digits) == Some(&b']')).then_some(space + digits + 2)
    }

    /// Where the next sentence starts, if the stop ends the sentence that began at `start`.
    fn next_start(&self, start: usize, stop: &Stop) -> Option<usize> {
        let rest = &self.text[stop.end..];
        let trimmed = rest.trim_start();
        let next = self.text.len() - trimmed.len();
        let spaced = trimmed.len() < rest.len();
        let first = trimmed.chars().next()?;
        if stop.mark == Mark::Hard {
            return self.hard_ends(stop, spaced, trimmed, first).then_some(next);
        }
        if !spaced {
            return self.space_is_missing(stop, trimmed).then_some(next);
        }
        let follower = Follower::read(trimmed)?;
        if matches!(follower.first, '.' | '…') || (follower.dash && follower.is_signature()) {
            return None;
        }
        let ends = match stop.mark {
            Mark::Period => self.period_ends(start, stop, &follower),
            Mark::Ellipsis => follower.first.is_uppercase() && follower.word != "I" || !follower.is_cased(),
            _ => self.strong_ends(start, stop, &follower),
        };
        ends.then_some(next)
    }

    /// A mark of another script ends its sentence, unless the text goes on around it: a decimal in wide digits,
    /// a Japanese quotation with its particle, a comma.
    fn hard_ends(&self, stop: &Stop, spaced: bool, rest: &str, first: char) -> bool {
        if stop.closed && !spaced {
            return !(rest.starts_with('と') || rest.starts_with("って") || is_comma(first));
        }
        let wide_decimal = self.text[stop.at..].starts_with('．') && first.is_numeric();
        !wide_decimal && !is_comma(first)
    }

    /// Scraped text loses the space between two sentences ("areas.The"): believed after a word in small letters
    /// and before a typical first word with its own space.
    fn space_is_missing(&self, stop: &Stop, rest: &str) -> bool {
        let small = self.text[..stop.at].bytes().rev().take(3).filter(u8::is_ascii_lowercase).count() == 3;
        if !small || stop.closed || stop.mark != Mark::Period {
            return false;
        }
        let word = first_word(rest);
        rest.starts_with(|c: char| c.is_ascii_uppercase())
            && rest[word.len()..].starts_with(' ')
            && is_starter(word)
    }

    fn strong_ends(&self, start: usize, stop: &Stop, follower: &Follower) -> bool {
        if follower.first.is_lowercase() {
            return false;
        }
        if stop.quote && !follower.opened && follower.is_attribution() {
            return false;
        }
        // A name with a mark of its own goes on, but for a typical first word.
        let name = self.word_before(start, stop.at) == "Yahoo" && !stop.closed;
        !name || is_starter(follower.word)
    }

    fn period_ends(&self, start: usize, stop: &Stop, follower: &Follower) -> bool {
        if follower.first.is_lowercase() {
            return false;
        }
        let word = self.word_before(start, stop.at);
        let at_start = word.len() == stop.at - start;
        if word.is_empty() {
            return follower.first.is_alphanumeric() || follower.opened;
        }
        let plain_start = !follower.dash && is_starter(follower.word);
        let initial = is_initial(word);
        // "P." is an initial, "p." a page.
        if let Some(kind) = abbreviation(word).filter(|_| !initial) {
            return match kind {
                Abbreviation::Title | Abbreviation::Inner => false,
                Abbreviation::Numbered => !follower.first.is_numeric() && !at_start,
                Abbreviation::Clock => !follower.first.is_numeric() && !follows_clock(follower.word),
                Abbreviation::Usual => plain_start || stop.quote,
            };
        }
        if initial {
            // Or the letter of a list.
            return !at_start && plain_start;
        }
        let mut letters = word.chars();
        let (one, more) = (letters.next(), letters.next().is_some());
        if one.is_some_and(char::is_lowercase) && !more && self.text[..stop.at - word.len()].ends_with('(') {
            // "(b. 1950)", "(c. 1640)".
            return false;
        }
        if is_dotted(word) {
            return plain_start || stop.quote;
        }
        if word.bytes().all(|b| b.is_ascii_digit()) {
            let ordinal = word.len() <= 2 && follows_ordinal(follower.word);
            let item = at_start && word.len() <= 3;
            return !ordinal && !item;
        }
        true
    }

    /// The word that ends at `at`, without what opens before it; cut to its last characters if it is very long.
    fn word_before(&self, start: usize, at: usize) -> &str {
        let mut from = at;
        for (i, c) in self.text[start..at].char_indices().rev().take(LOOK_BACK) {
            if c.is_whitespace()
                || is_opener(c)
                || is_dash(c)
                || is_closer(c)
                || matches!(c, '/' | ',' | ':' | ';')
            {
                break;
            }
            from = start + i;
        }
        &self.text[from..at]
    }
}

/// What stands after a possible end of a sentence.
#[derive(Debug)]
struct Follower<'t> {
    /// The first character that is neither quote, bracket nor dash.
    first: char,
    /// The word that starts there, letters only; empty if it is no letter.
    word: &'t str,
    /// What follows, from that word on.
    rest: &'t str,
    /// Whether a quote or bracket opens, and whether a dash stands, before it.
    opened: bool,
    dash: bool,
}

impl<'t> Follower<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let (mut opened, mut dash, mut rest) = (false, false, text);
        for c in text.chars().take(MAX_OPENERS) {
            if is_dash(c) {
                dash = true;
            } else if is_opener(c) {
                opened = true;
            } else if !(dash && c == ' ') {
                break;
            }
            rest = &rest[c.len_utf8()..];
        }
        Some(Self { first: rest.chars().next()?, word: first_word(rest), rest, opened, dash })
    }

    fn is_cased(&self) -> bool {
        self.first.is_lowercase() || self.first.is_uppercase()
    }

    /// Whether it is but a name behind a dash, as under a motto: the short rest of a line without any mark.
    fn is_signature(&self) -> bool {
        self.rest.len() <= 60 && memchr3(b'.', b'!', b'?', self.rest.as_bytes()).is_none()
    }

    /// Whether it says who asked or shouted what was quoted: a name and a verb ("Smith asked", "Ann Smith said.").
    fn is_attribution(&self) -> bool {
        let mut words = self.rest.split(' ').take(5);
        if words.next().is_none_or(|word| is_starter(word) && word != "I") {
            return false;
        }
        for word in words {
            let bare = word.trim_end_matches([',', '.', ':']);
            match bare {
                "asked" | "asks" | "wondered" | "shouted" | "cried" | "screamed" | "exclaimed" | "yelled"
                | "howled" | "say" => {
                    return true;
                }
                "said" | "says" | "added" | "wrote" | "replied" | "recalled" => {
                    return bare.len() < word.len();
                }
                _ if word.starts_with(char::is_uppercase) => {}
                _ => return false,
            }
        }
        false
    }
}

/// The letters at the beginning of `text`, at most 24 bytes' worth; nothing if a hyphen goes on with the word, as
/// in "A-10", which is no typical first word.
fn first_word(text: &str) -> &str {
    let end = text.char_indices().find(|&(i, c)| i > 24 || !c.is_alphabetic()).map_or(text.len(), |(i, _)| i);
    if text[end..].starts_with('-') { "" } else { &text[..end] }
}

/// Whether a word is one capital letter.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '、' | '，' | '،' | ';' | '；')
}

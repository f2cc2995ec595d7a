//! Tokens: the words, numbers, symbols and punctuation marks of a text.
//!
//! What is one token, chosen for finding names and values later:
//! - A word keeps its inner hyphens, apostrophes, `&` and `_`: `Port-au-Prince`, `O'Brien`, `AT&T`, `20-year-old`.
//! - English endings come off as clitics, as in the Penn Treebank: `Carter's` is `Carter` `'s`, `don't` is
//!   `do` `n't`, `we'll` is `we` `'ll`. The apostrophe of `allies'` is punctuation.
//! - Abbreviations and initials keep their full stop (`U.S.`, `Gen.`, `Inc.`, `J.`), at the end of a sentence too;
//!   only an initial and a number word (`No.`) lose it to the end of the span, where it ends the sentence.
//! - A number keeps its inner `.`, `,`, `:` and `-` and its ending: `1,234.5`, `10:30`, `2-1`, `2016-07-20`, `1990s`,
//!   `20th`, `1.13bn`. Signs are symbols of their own: `$` `2`, `10` `%`.
//! - Web and e-mail addresses and @names are one token.
//! - Runs of full stops, dashes, stars, `=` and `_` are one token; every other mark is its own.
//! - Han and Kana are cut by Unicode's word rules (UAX 29), which mostly gives single Han characters. Thai, Lao,
//!   Khmer and Burmese, which need a dictionary, stay whole between two spaces.
//!
//! Laws: tokens ascend, do not overlap, and cover every character but white space. The iterator is lazy, and linear
//! on any input.

use std::ops::ControlFlow;

use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

use super::abbreviations::{Abbreviation, abbreviation, is_dotted};
use super::chars::{is_cjk, is_mark, is_symbol, is_word};
use super::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, possibly with digits and inner marks.
    Word,
    /// The ending of the word before it: `'s`, `n't`, `'ll`, ...
    Clitic,
    /// It starts with a digit.
    Number,
    /// A sign such as `$`, `%`, `+`, an emoji, a control character.
    Symbol,
    /// A punctuation mark or a run of one.
    Punctuation,
    /// A web or e-mail address or an @name.
    Address,
}

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// The token as written.
    pub fn text(self, text: &str) -> &str {
        self.span.text(text)
    }

    /// Whether a reader would count it as a word: a word, a number or an address. A clitic belongs to the word
    /// before it.
    pub fn is_counted(self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number | TokenKind::Address)
    }
}

/// The tokens of one stretch of a text, usually of a sentence.
pub fn tokens(text: &str, within: Span) -> Tokens<'_> {
    Tokens { text: &text[..within.end], from: within.start, at: within.start, cjk: None }
}

/// The iterator that [`tokens`] returns.
#[derive(Clone)]
pub struct Tokens<'t> {
    /// The text up to the end of the stretch.
    text: &'t str,
    from: usize,
    at: usize,
    /// A run of Han and Kana that is being cut, and where it starts.
    cjk: Option<(usize, UWordBoundIndices<'t>)>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(token) = self.next_cjk() {
            return Some(token);
        }
        let first = self.skip_space()?;
        let start = self.at;
        if let Some(end) = self.plain_word(start) {
            self.at = end;
            return Some(Token { span: Span::new(start, end), kind: TokenKind::Word });
        }
        if is_cjk(first) {
            let rest = &self.text[start..];
            let length = rest.find(|c| !is_cjk(c)).unwrap_or(rest.len());
            self.cjk = Some((start, rest[..length].split_word_bound_indices()));
            self.at = start + length;
            return self.next_cjk();
        }
        let kind = if is_word(first) && !is_mark(first) {
            self.word(first)
        } else if is_symbol(first) || is_mark(first) {
            self.symbol(first)
        } else {
            self.punctuation(first)
        };
        Some(Token { span: Span::new(start, self.at), kind })
    }
}

impl Tokens<'_> {
    fn next_cjk(&mut self) -> Option<Token> {
        let (start, words) = self.cjk.as_mut()?;
        let Some((offset, word)) = words.next() else {
            self.cjk = None;
            return None;
        };
        let start = *start + offset;
        Some(Token { span: Span::new(start, start + word.len()), kind: TokenKind::Word })
    }

    fn skip_space(&mut self) -> Option<char> {
        while let Some(c) = self.peek(self.at) {
            if !c.is_whitespace() {
                return Some(c);
            }
            self.at += c.len_utf8();
        }
        None
    }

    /// The end of the word at `at` if it is of ASCII letters alone and a mark follows that joins nothing: four words
    /// in five, and no other question need be asked about them.
    #[inline]
    fn plain_word(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let plain =
            matches!(rest.get(length), None | Some(b' ' | b'\n' | b',' | b';' | b')' | b'"' | b'?' | b'!'));
        (length > 0 && plain).then_some(at + length)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The character at `at`; the way for ASCII is short because nearly all are.
    #[inline]
    fn peek(&self, at: usize) -> Option<char> {
        match self.byte(at)? {
            b if b.is_ascii() => Some(char::from(b)),
            _ => self.text[at..].chars().next(),
        }
    }

    /// The character before `at`, inside the stretch.
    fn before(&self, at: usize) -> Option<char> {
        self.text[self.from..at].chars().next_back()
    }

    /// Moves on to the end of the letters, digits and marks at `at`.
    fn skip_word(&self, mut at: usize) -> usize {
        while let Some(c) = self.peek(at) {
            if !(c.is_ascii_alphanumeric() || (!c.is_ascii() && is_word(c))) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// Reads a word, number or address that starts with `first`.
    fn word(&mut self, first: char) -> TokenKind {
        let start = self.at;
        let number = first.is_numeric();
        if let Some(end) = self.negation(start) {
            self.at = end;
            return TokenKind::Clitic;
        }
        let mut kind = if number { TokenKind::Number } else { TokenKind::Word };
        let mut end = self.skip_word(start);
        while let ControlFlow::Continue(next) = self.join(start, end, number) {
            let part = self.skip_word(next);
            let letters = self.text.as_bytes()[next..part].iter().any(|b| !b.is_ascii_digit());
            if letters && matches!(self.byte(end), Some(b'-' | b'\'' | b'&' | b'_')) {
                kind = TokenKind::Word;
            }
            end = part;
        }
        if let Some(address) = self.address(start, end) {
            self.at = address;
            return TokenKind::Address;
        }
        // "don't": the n belongs to the clitic.
        if end - start > 1 && self.negation(end - 1).is_some() {
            end -= 1;
        } else if self.byte(end) == Some(b'.') && self.keeps_full_stop(start, end) {
            end += 1;
        }
        self.at = end;
        kind
    }

    /// Whether the mark at `end` joins the word from `start` with what follows; gives the place behind the mark.
    fn join(&self, start: usize, end: usize, number: bool) -> ControlFlow<(), usize> {
        let Some(mark) = self.peek(end) else { return ControlFlow::Break(()) };
        let next = end + mark.len_utf8();
        let follower = match self.peek(next) {
            Some(c) if is_word(c) && !is_mark(c) => c,
            _ => return ControlFlow::Break(()),
        };
        let joins = match mark {
            '-' | '\u{2010}' | '\u{2011}' | '_' => true,
            '\'' | '’' => self.clitic(end).is_none() && self.negation(end.saturating_sub(1)).is_none(),
            '&' => !number && follower.is_alphabetic(),
            '.' if number => follower.is_numeric(),
            '.' => {
                follower.is_lowercase()
                    || follower.is_numeric()
                    || is_letter_chain(&self.text[start..end]) && self.is_single_letter(next)
            }
            ',' | ':' => number && follower.is_numeric() && self.ends_with_digit(end),
            _ => false,
        };
        if joins { ControlFlow::Continue(next) } else { ControlFlow::Break(()) }
    }

    fn ends_with_digit(&self, end: usize) -> bool {
        end.checked_sub(1).and_then(|last| self.byte(last)).is_some_and(|b| b.is_ascii_digit())
    }

    /// Whether one or two letters stand at `at`, then a full stop or no letter: the next part of "U.S.".
    fn is_single_letter(&self, at: usize) -> bool {
        let mut letters = self.text[at..].chars();
        let mut count = 0;
        while letters.next().is_some_and(char::is_alphabetic) && count < 3 {
            count += 1;
        }
        (1..=2).contains(&count)
    }

    /// The end of the clitic that starts with the apostrophe at `at`: "'s", "'ll", "'re", "'ve", "'d", "'m".
    fn clitic(&self, at: usize) -> Option<usize> {
        let apostrophe = self.peek(at).filter(|c| matches!(c, '\'' | '’'))?;
        let letters = at + apostrophe.len_utf8();
        let length = match (self.byte(letters)?.to_ascii_lowercase(), self.byte(letters + 1)) {
            (b'l', Some(b'l' | b'L')) | (b'r' | b'v', Some(b'e' | b'E')) => 2,
            (b's' | b'd' | b'm', _) => 1,
            _ => return None,
        };
        let end = letters + length;
        let whole = self.peek(end).is_none_or(|c| !is_word(c));
        whole.then_some(end)
    }

    /// The end of "n't" at `at`, behind a letter.
    fn negation(&self, at: usize) -> Option<usize> {
        if !matches!(self.byte(at), Some(b'n' | b'N')) {
            return None;
        }
        let apostrophe = self.peek(at + 1).filter(|c| matches!(c, '\'' | '’'))?;
        let t = at + 1 + apostrophe.len_utf8();
        let whole = matches!(self.byte(t), Some(b't' | b'T')) && self.peek(t + 1).is_none_or(|c| !is_word(c));
        (whole && self.before(at).is_some_and(char::is_alphabetic)).then_some(t + 1)
    }

    /// Whether the full stop at `end` belongs to the word.
    fn keeps_full_stop(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        // "..." is a mark of its own.
        if self.byte(end + 1) == Some(b'.') {
            return false;
        }
        let last = end + 1 == self.text.len();
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(c), None) => c.is_uppercase() && !last,
            // "D-Mo.": the last part may be an abbreviation.
            _ => match abbreviation(word.rsplit('-').next().unwrap_or(word)) {
                Some(Abbreviation::Numbered) => !last,
                Some(_) => true,
                None => word.len() <= 16 && is_dotted(word),
            },
        }
    }

    /// The end of the web or e-mail address whose first word is `start..end`, if it is one.
    fn address(&self, start: usize, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let (skip, web) = if rest.starts_with("://") {
            (3, true)
        } else if rest.starts_with('@') {
            (1, false)
        } else if self.text[start..end].starts_with("www.") {
            (0, true)
        } else {
            return None;
        };
        let inside = |c: char| match c {
            '"' | '<' | '>' | '“' | '”' | '‘' | '’' | '«' | '»' => false,
            c if web => !c.is_whitespace() && !c.is_control(),
            c => c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'),
        };
        let tail = &rest[skip..];
        let tail = &tail[..tail.find(|c| !inside(c)).unwrap_or(tail.len())];
        let tail = tail.trim_end_matches(|c: char| !is_word(c) && !matches!(c, '/' | '=' | '#' | '&'));
        (skip == 0 || !tail.is_empty()).then_some(end + skip + tail.len())
    }

    fn symbol(&mut self, first: char) -> TokenKind {
        self.at += first.len_utf8();
        if first == '@' {
            let end = self.skip_word(self.at);
            if end > self.at && self.before(self.at - 1).is_none_or(|c| !is_word(c)) {
                self.at = end;
                while self.byte(self.at) == Some(b'_') {
                    self.at = self.skip_word(self.at + 1);
                }
                return TokenKind::Address;
            }
        }
        // An emoji takes its variation selectors and joiners along.
        while let Some(c) = self.peek(self.at).filter(|&c| !c.is_ascii() && is_mark(c)) {
            self.at += c.len_utf8();
        }
        TokenKind::Symbol
    }

    fn punctuation(&mut self, first: char) -> TokenKind {
        let start = self.at;
        if let Some(end) = self.clitic(start).filter(|_| self.before(start).is_some_and(is_word)) {
            self.at = end;
            return TokenKind::Clitic;
        }
        self.at += first.len_utf8();
        match first {
            // ".38", but not the end of a sentence that lost its space.
            '.' if self.peek(self.at).is_some_and(|c| c.is_ascii_digit())
                && self.before(start).is_none_or(|c| c.is_whitespace() || c == '$' || c == '(') =>
            {
                self.at = self.skip_word(self.at);
                return TokenKind::Number;
            }
            '.' | '-' | '–' | '—' | '*' | '=' | '_' | '…' => {
                while self.peek(self.at) == Some(first) {
                    self.at += first.len_utf8();
                }
            }
            _ => {}
        }
        TokenKind::Punctuation
    }
}

/// Whether the word so far is a chain of one or two letters each ("U", "Ph", "U.S"), so that a full stop and a
/// letter may go on with it. Longer words are asked about their end alone.
fn is_letter_chain(word: &str) -> bool {
    word.len() <= 16
        && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
}

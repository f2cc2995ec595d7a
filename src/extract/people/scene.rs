//! One sentence as a row of items: its names, each whole, and the words and marks between them.
//!
//! Rules about titles and pronouns are rules about such rows. Laws: items ascend and do not overlap; linear.

use crate::extract::names::{Name, NameKind};
use crate::extract::nations;
use crate::text::{Span, TokenKind, tokens};

use super::words::{Class, class};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A name of a person: its number among all names.
    Person(usize),
    /// A name of an organisation.
    Organization,
    /// A name of a place, with its country's code if it is a country.
    Place(Option<&'static str>),
    /// A nationality, with its country's code.
    Demonym(Option<&'static str>),
    /// Another word.
    Word,
    /// The 's of a possessive.
    Possessive,
    /// A number.
    Number,
    /// A comma.
    Comma,
    /// An opening or closing bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A dash between spaces, not a hyphen.
    Dash,
    /// A hyphen that joins a name to a word ("US-led").
    Hyphen,
    /// A quotation mark.
    Quote,
    /// A full stop, question or exclamation mark, colon or semicolon.
    Stop,
    /// Anything else.
    Other,
}

/// One item of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) class: Class,
    /// Whether it is a word that starts with a capital.
    pub(super) large: bool,
}

impl Item {
    pub(super) fn is_word(&self, class: Class) -> bool {
        self.kind == Kind::Word && self.class.is(class)
    }

    /// Whether it is a name of any kind.
    pub(super) fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Person(_) | Kind::Organization | Kind::Place(_))
    }
}

/// The items of a sentence.
#[derive(Debug)]
pub(super) struct Scene<'t> {
    pub(super) text: &'t str,
    pub(super) items: Vec<Item>,
}

impl<'t> Scene<'t> {
    /// A scene of no items over `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, items: Vec::new() }
    }

    /// Takes the items of `sentence` in place of those it had; `names` are all names that start in it, the first of
    /// them number `first` of the text.
    pub(super) fn read(&mut self, sentence: Span, names: &[Name], first: usize) {
        self.items.clear();
        let mut at = sentence.start;
        for (offset, name) in names.iter().enumerate() {
            self.words(Span::new(at.min(name.span.start), name.span.start));
            let words = name.span.text(self.text);
            let kind = match name.kind {
                NameKind::Person => Kind::Person(first + offset),
                NameKind::Organization => Kind::Organization,
                NameKind::Location => Kind::Place(nations::country(words).map(nations::Country::code)),
            };
            self.items.push(Item { span: name.span, kind, class: Class::default(), large: true });
            at = self.possessive(name.span.end);
        }
        if at < sentence.end {
            self.words(Span::new(at, sentence.end));
        }
    }

    /// Reads the 's behind a name, if there is one; gives where the rest starts.
    fn possessive(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’')).map_or(0, char::len_utf8);
        let after = &rest[mark..];
        let letters = match after.bytes().next() {
            _ if mark == 0 => return at,
            Some(b's') => 1,
            // "the Greens' leader": no quotation mark, for a name ends in s.
            _ if self.text[..at].ends_with('s') => 0,
            _ => return at,
        };
        if after[letters..].starts_with(|c: char| c.is_alphanumeric()) {
            return at;
        }
        let end = at + mark + letters;
        self.push(Span::new(at, end), Kind::Possessive);
        end
    }

    fn push(&mut self, span: Span, kind: Kind) {
        self.items.push(Item { span, kind, class: Class::default(), large: false });
    }

    fn words(&mut self, within: Span) {
        for token in tokens(self.text, within) {
            let word = token.text(self.text);
            match token.kind {
                TokenKind::Word => {
                    let large = word.starts_with(char::is_uppercase);
                    let class = class(word);
                    let (span, kind) = if large && class == Class::default() {
                        self.nationality(token.span)
                    } else {
                        (token.span, Kind::Word)
                    };
                    self.items.push(Item { span, kind, class, large });
                }
                TokenKind::Clitic if word.ends_with(['s', 'S']) => self.push(token.span, Kind::Possessive),
                TokenKind::Number => self.push(token.span, Kind::Number),
                TokenKind::Punctuation => self.push(token.span, mark(word, self.text, token.span)),
                _ => self.push(token.span, Kind::Other),
            }
        }
    }

    /// The word at `span` as a nationality, if it is one alone or with the word before it ("South Korean"), which is
    /// taken back then.
    fn nationality(&mut self, span: Span) -> (Span, Kind) {
        let code = |found: nations::Nationality| found.country.map(nations::Country::code);
        let before = self
            .items
            .last()
            .filter(|item| item.kind == Kind::Word && item.large && item.span.end < span.start);
        if let Some(two) = before.map(|item| Span::new(item.span.start, span.end))
            && let Some(found) = nations::demonym(two.text(self.text))
        {
            self.items.pop();
            return (two, Kind::Demonym(code(found)));
        }
        let kind =
            nations::demonym(span.text(self.text)).map_or(Kind::Word, |found| Kind::Demonym(code(found)));
        (span, kind)
    }

    /// The text of the items from `start` to before `end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.items[start].span.start, self.items[end - 1].span.end)
    }

    /// The words of one item.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.items[at].span.text(self.text)
    }

    /// Whether item `at` exists and is of this kind.
    pub(super) fn is(&self, at: usize, kind: Kind) -> bool {
        self.items.get(at).is_some_and(|item| item.kind == kind)
    }

    /// Whether item `at` exists and is this word, in small letters or with a capital.
    pub(super) fn is_text(&self, at: usize, word: &str) -> bool {
        self.items.get(at).is_some_and(|item| item.span.text(self.text).eq_ignore_ascii_case(word))
    }

    /// The kind of item `at`.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.items.get(at).map(|item| item.kind)
    }

    /// Whether item `at` exists and is a word of one of these classes.
    pub(super) fn is_word(&self, at: usize, class: Class) -> bool {
        self.items.get(at).is_some_and(|item| item.is_word(class))
    }
}

fn mark(word: &str, text: &str, span: Span) -> Kind {
    match word {
        "," => Kind::Comma,
        "(" | "[" => Kind::Open,
        ")" | "]" => Kind::Close,
        "-" => {
            let spaced = text[..span.start].ends_with(char::is_whitespace)
                && text[span.end..].starts_with(char::is_whitespace);
            if spaced { Kind::Dash } else { Kind::Hyphen }
        }
        "\"" | "“" | "”" | "„" | "«" | "»" | "''" | "``" | "'" | "‘" | "’" => Kind::Quote,
        _ if word.starts_with(['–', '—', '―', '-']) => Kind::Dash,
        _ if word.starts_with(['.', '?', '!', ':', ';', '…']) => Kind::Stop,
        _ => Kind::Other,
    }
}

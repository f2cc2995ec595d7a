//! Words of nationality and origin in a text ("Iraqi", "Western").

use super::super::names::Name;
use super::super::nations::{self, Country};
use crate::text::Span;

/// A word of nationality or origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundDemonym {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its country; none for "Arab", "Western" and the like.
    pub country: Option<Country>,
}

/// Words in the longest demonyms ("Turks and Caicos Islander" is let go).
const MOST_WORDS: usize = 3;
/// A longer word is none.
const LONGEST_WORD: usize = 24;

/// The words of nationality of `text`, capitalised, and outside of `names` (which ascend).
pub fn demonyms(text: &str, names: &[Name]) -> Vec<FoundDemonym> {
    let mut found = Vec::new();
    let mut names = names.iter().map(|name| name.span).peekable();
    let mut words = Capitals { text, at: 0 }.peekable();
    while let Some(first) = words.next() {
        while names.peek().is_some_and(|name| name.end <= first.start) {
            names.next();
        }
        let free_until = names.peek().map_or(text.len(), |name| name.start);
        if first.end > free_until || !nations::may_begin_demonym(first.text(text)) {
            continue;
        }
        // The words that go on with the first, with one space or hyphen between.
        let mut ends = [first.end; MOST_WORDS];
        let mut count = 1;
        let mut following = Capitals { text, at: first.end };
        while count < MOST_WORDS {
            let Some(next) = following.next() else { break };
            let joint = &text[ends[count - 1]..next.start];
            if !(joint == " " || joint == "-") || next.end > free_until {
                break;
            }
            ends[count] = next.end;
            count += 1;
        }
        let longest = (0..count).rev().find_map(|index| {
            let span = Span::new(first.start, ends[index]);
            let words = span.text(text);
            // "Czech Republic", "French Guiana": a country whose first word is a demonym.
            if index > 0 && nations::country(words).is_some() {
                return Some((span, None));
            }
            nations::demonym(words).map(|nationality| (span, Some(nationality.country)))
        });
        if let Some((span, demonym)) = longest {
            found.extend(demonym.map(|country| FoundDemonym { span, country }));
            while words.peek().is_some_and(|word| word.start < span.end) {
                words.next();
            }
        }
    }
    found
}

/// The words of a text that start with a capital: runs of letters with inner apostrophes.
struct Capitals<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Capitals<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        loop {
            // To the next letter.
            while bytes.get(self.at).is_some_and(|b| b.is_ascii() && !b.is_ascii_alphabetic()) {
                self.at += 1;
            }
            let start = self.at;
            let rest = self.text.get(start..)?;
            if rest.is_empty() {
                return None;
            }
            let length = match rest.bytes().position(|b| !b.is_ascii_alphabetic()) {
                Some(at) if rest.as_bytes()[at].is_ascii() => at,
                None => rest.len(),
                // A letter beyond ASCII, or another character.
                Some(_) => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            };
            if length == 0 {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            self.at = start + length;
            if (2..=LONGEST_WORD).contains(&length) && rest.starts_with(char::is_uppercase) {
                return Some(Span::new(start, self.at));
            }
        }
    }
}

//! Paragraphs: in the repaired text a paragraph is a line.

use memchr::memchr;

use super::Span;

/// The paragraphs of `text`: its lines, without the white space around them; blank lines are none.
pub fn paragraphs(text: &str) -> Paragraphs<'_> {
    lines(text, Span::of(text))
}

/// The paragraphs that lie in one stretch of a text.
pub(super) fn lines(text: &str, within: Span) -> Paragraphs<'_> {
    Paragraphs { text, rest: within }
}

/// The iterator that [`paragraphs`] returns.
#[derive(Debug, Clone)]
pub struct Paragraphs<'t> {
    text: &'t str,
    rest: Span,
}

impl Iterator for Paragraphs<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while !self.rest.is_empty() {
            let Span { start, end } = self.rest;
            let line = match memchr(b'\n', &self.text.as_bytes()[start..end]) {
                Some(length) => {
                    self.rest.start = start + length + 1;
                    Span::new(start, start + length)
                }
                None => {
                    self.rest.start = end;
                    Span::new(start, end)
                }
            };
            let line = line.trim(self.text);
            if !line.is_empty() {
                return Some(line);
            }
        }
        None
    }
}

//! A stretch of a text, in bytes.
//!
//! Inside the worker every place in a text is a byte span, because slicing by bytes is free; code points, which
//! the output promises, are counted once, on the way out (see [`CodePoints`](super::CodePoints)).

use std::ops::Range;

/// A half-open range of bytes of a text: `start` is inside, `end` is not. Both lie on character borders of the
/// text the span was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end` (exclusive), both in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The span of a whole text.
    pub const fn of(text: &str) -> Self {
        Self { start: 0, end: text.len() }
    }

    /// The stretch of `text` that the span names.
    ///
    /// # Panics
    /// If `text` is not the text the span was made from, and so the span leaves it or cuts a character.
    pub fn text(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies inside this span (its borders may be shared).
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without the white space at both its ends. A span of white space alone becomes empty, at its end.
    pub fn trim(self, text: &str) -> Self {
        let inner = self.text(text);
        let kept = inner.trim_start();
        let start = self.end - kept.len();
        Self { start, end: start + kept.trim_end().len() }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

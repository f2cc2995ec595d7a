//! How long a text is, in the units that readers and editors count.

use crate::text::{CodePoints, Segments, tokens};

/// The counts of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Unicode code points, line breaks between paragraphs included.
    pub chars: usize,
    /// Words, numbers and addresses; a possessive or a contraction counts once. Han and Kana count as Unicode's
    /// word rules cut them.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Paragraphs.
    pub paragraphs: usize,
}

/// Counts `text`, whose `segments` and `code_points` the caller has already.
pub fn stats(text: &str, segments: &Segments, code_points: &CodePoints<'_>) -> Stats {
    let words = segments
        .paragraphs()
        .iter()
        .map(|&paragraph| tokens(text, paragraph).filter(|token| token.is_counted()).count())
        .sum();
    Stats {
        chars: code_points.total(),
        words,
        sentences: segments.sentences().len(),
        paragraphs: segments.paragraphs().len(),
    }
}

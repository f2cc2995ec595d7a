//! The paragraphs and sentences of a whole text, cut once and shared by every extractor.

use std::ops::Range;

use super::{Span, paragraphs, push_sentences};

/// A text's paragraphs and sentences, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segments {
    paragraphs: Vec<Span>,
    sentences: Vec<Span>,
    /// For each paragraph, where its sentences end in `sentences`.
    ends: Vec<usize>,
}

impl Segments {
    /// Cuts `text` into paragraphs and these into sentences.
    pub fn new(text: &str) -> Self {
        let mut segments = Self::default();
        for paragraph in paragraphs(text) {
            segments.paragraphs.push(paragraph);
            push_sentences(text, paragraph, &mut segments.sentences);
            segments.ends.push(segments.sentences.len());
        }
        segments
    }

    /// All paragraphs.
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// All sentences; none crosses a paragraph's border.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// Which of [`sentences`](Self::sentences) make up paragraph number `paragraph` (from 0); an empty range for
    /// a number that is too high.
    pub fn sentences_of(&self, paragraph: usize) -> Range<usize> {
        let Some(&end) = self.ends.get(paragraph) else {
            return self.sentences.len()..self.sentences.len();
        };
        let start = paragraph.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..end
    }
}

//! The tagger: text in, names out.

use std::ops::Range;

use super::decode::Decoder;
use super::document::Document;
use super::features::{Features, Look, MARGIN};
use super::gazetteer::Gazetteer;
use super::harmony::{self, Found};
use super::labels::Label;
use super::model::{Model, Scores};
use super::runs::Links;
use super::words::{Sentence, Words};
use super::{Name, confidence};
use crate::text::{Segments, Span};

/// Finds names with a model and its lists.
#[derive(Debug)]
pub struct Tagger<'a> {
    model: Model<'a>,
    gazetteer: Gazetteer<'a>,
    links: Links,
}

impl<'a> Tagger<'a> {
    /// A tagger of a model and the lists that it was trained with.
    pub fn new(model: Model<'a>, gazetteer: Gazetteer<'a>) -> Self {
        Self { model, gazetteer, links: Links::default() }
    }

    /// What the model calls itself, for `provenance.models`.
    pub fn model_name(&self) -> &'a str {
        self.model.name()
    }

    /// The names of an article, ascending and not overlapping.
    pub fn names(&self, text: &str, segments: &Segments) -> Vec<Name> {
        let words = Words::new(text, segments, &self.gazetteer);
        self.found(text, &words)
            .iter()
            .map(|found| {
                let span =
                    Span::new(words.words[found.start].span.start, words.words[found.end - 1].span.end);
                Name { span, kind: found.kind, confidence: confidence::of(found) }
            })
            .collect()
    }

    /// The names of an article that has been cut into words.
    pub fn found(&self, text: &str, words: &Words) -> Vec<Found> {
        let document = Document::new(text, words);
        let mut decoder = Decoder::new(&self.model);
        let mut names = Vec::new();
        let (mut runs, mut looks, mut features) = (Vec::new(), Vec::new(), Vec::with_capacity(128));
        let (mut scores, mut labels, mut margins): (Vec<Scores>, Vec<Label>, Vec<i32>) = Default::default();
        for &sentence in &words.sentences {
            runs.clear();
            self.links.runs(words.of(sentence), &mut runs);
            for run in &runs {
                let view = look(text, words, sentence, run, &document, &mut looks);
                scores.clear();
                for at in run.clone() {
                    view.write(at, &mut features);
                    scores.push(self.model.scores(&features));
                }
                decoder.labels(&scores, &mut labels);
                if labels.iter().any(|label| label.name().is_some()) {
                    decoder.margins(&scores, &labels, &mut margins);
                    harmony::names_of(&labels, &margins, sentence.start + run.start, &mut names);
                }
            }
        }
        harmony::harmonise(text, words, &document, &mut names);
        names
    }
}

/// Looks at the words of a run and of its surroundings.
pub fn look<'w>(
    text: &str,
    words: &'w Words,
    sentence: Sentence,
    run: &Range<usize>,
    document: &'w Document,
    looks: &'w mut Vec<Look>,
) -> Features<'w> {
    let all = words.of(sentence);
    let from = run.start.saturating_sub(MARGIN);
    let to = (run.end + MARGIN).min(all.len());
    looks.clear();
    looks.extend(all[from..to].iter().map(|word| Look::new(text, word)));
    Features { words: all, looks, from, document, style: sentence.style }
}

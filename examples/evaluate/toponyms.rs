//! Toponym recognition: which of the gold place names does the tagger find, to the character?

use std::collections::BTreeSet;

use copydesk::extract::names::{NameKind, tagger};
use copydesk::extract::places::demonyms;
use copydesk::text::{Segments, Span};

/// Counts of exact spans.
#[derive(Default)]
pub struct Recognition {
    gold: usize,
    found: usize,
    right: usize,
}

impl Recognition {
    /// Takes in a text with its gold spans. With `nationalities`, words of nationality are toponyms, too (as in TR-News).
    pub fn add(&mut self, text: &str, gold: &BTreeSet<Span>, nationalities: bool) {
        let names = tagger().names(text, &Segments::new(text));
        let mut found: BTreeSet<Span> =
            names.iter().filter(|name| name.kind == NameKind::Location).map(|name| name.span).collect();
        if nationalities {
            found.extend(demonyms(text, &names).iter().map(|demonym| demonym.span));
        }
        self.gold += gold.len();
        self.found += found.len();
        self.right += found.intersection(gold).count();
    }
}

impl std::fmt::Display for Recognition {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |whole: usize| self.right as f64 / whole.max(1) as f64;
        let f1 = 2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64;
        write!(
            out,
            "{} toponyms, precision {:.3}, recall {:.3}, F1 {f1:.3}",
            self.gold,
            share(self.found),
            share(self.gold)
        )
    }
}

//! The only contact of the measuring tools with `copydesk::dedup`: what is handed in, and what is read out of a verdict.
//!
//! `benches/near` includes this file too, so a change of the engine's interface is made here once.

use std::sync::Arc;

use copydesk::article::Position;
use copydesk::dedup::{
    Entry, FEATURES, Place, Relation, Sketch, Verdict, Window, WindowSettings, encode, is_revision,
};

/// Greatest distance between the event times of two articles that are compared.
pub const HOURS: i64 = 72;

/// An article as the engine is given it.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    pub id: &'a str,
    /// Headline, in a field of its own; empty if there is none.
    pub title: &'a str,
    pub text: &'a str,
    /// Event time.
    pub seconds: i64,
    /// Its place in the stream.
    pub number: usize,
}

/// The sketch: everything that the window is told of an article.
pub fn entry_of(article: &Article<'_>) -> Entry {
    let title = Some(article.title).filter(|title| !title.is_empty());
    Entry {
        position: Position::new("raw", 0, article.number as i64),
        id: Arc::from(article.id),
        event_time: article.seconds * 1000,
        sketch: Sketch::of(article.text),
        revision: is_revision(title, article.text),
        terms: None,
    }
}

/// A window of so many articles and 72 hours.
pub fn new_window(articles: usize) -> Window {
    Window::new(WindowSettings { articles, event_span: HOURS * 3_600_000, append_span: None, stories: false })
}

/// The verdict on the next entry of the stream.
pub fn decide(window: &mut Window, entry: &Entry) -> Verdict {
    window.apply(entry, place(entry)).0
}

/// Whom the next entry would be compared with: their places in the stream, and the features of each comparison.
pub fn comparisons(window: &mut Window, entry: &Entry) -> Vec<(u64, [i32; FEATURES])> {
    window.comparisons(entry, place(entry))
}

fn place(entry: &Entry) -> Place {
    Place { offset: entry.position.offset as u64, append_time: entry.event_time }
}

/// Bytes of the entry in the sketch log.
pub fn encoded_len(entry: &Entry) -> usize {
    encode(entry).len()
}

/// The article that this one is called a copy of. A template bulletin may name another one, and is no copy of it.
pub fn copy_of(verdict: &Verdict) -> Option<&str> {
    match verdict.relation {
        Relation::Original | Relation::Template | Relation::Off => None,
        _ => verdict.of.as_deref(),
    }
}

/// What the verdict says of its reasons, on one line.
pub fn features(verdict: &Verdict) -> String {
    let share = |name: &str, value: Option<f64>| value.map_or(String::new(), |v| format!(" {name} {v:.3}"));
    format!(
        "{}{}{}{}{} novel numbers {} cluster {}",
        verdict.relation.as_str(),
        verdict.of.as_ref().map_or(String::new(), |of| format!(" of {of}")),
        share("similarity", verdict.similarity),
        share("covers", verdict.covers),
        share("covered", verdict.covered),
        verdict.novel_numbers,
        verdict.cluster,
    )
}

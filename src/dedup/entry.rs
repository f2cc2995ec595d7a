//! What the sketch log remembers of an article.

use std::fmt;
use std::sync::Arc;

use super::sketch::Sketch;
use super::story::Terms;
use crate::article::Position;

/// 128-bit hash of an article's normalised words. Equal hash: the same article, word for word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub u128);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// One entry of the sketch log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identity. A second entry with the same position is a replay and counts for nothing.
    pub position: Position,
    /// The `id` of the enriched article, as other articles refer to it.
    pub id: Arc<str>,
    /// Time of the article for the window, milliseconds since the epoch. Never the clock.
    pub event_time: i64,
    /// Fingerprint of the repaired text.
    pub sketch: Sketch,
    /// Whether the article calls itself a new version of an earlier one ("UPDATE 2", "CORRECTED").
    pub revision: bool,
    /// What the article is about; None where stories are off.
    pub terms: Option<Terms>,
}

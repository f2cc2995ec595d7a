//! What is read out of a clean text: its language, its dateline, its names, its summary, its counts.
//!
//! Laws: every function is pure, deterministic and linear, and never panics on any Unicode input. What is found is
//! named by byte spans of the text; code points are counted on the way out.

mod dateline;
mod entities;
pub mod folded;
pub mod known;
mod language;
mod language_tags;
mod language_words;
pub mod names;
pub mod nations;
pub mod organizations;
pub mod people;
pub mod places;
mod stats;
mod summary;

pub use dateline::{Dateline, FoundDateline, dateline};
pub use entities::{Attempt, Context, Entities, entities};
pub use language::{Language, detect};
pub use language_words::function_words;
pub use stats::{Stats, stats};
pub use summary::{Summary, summary};

//! Has the wire carried this article before?
//!
//! An article's [`Entry`] (what is remembered of it) is appended to a log that all workers share. The verdict on an
//! article is a pure function of the log up to its own entry, so every worker gives the same one, and gives it again
//! on replay. [`Window`] is that function; [`SketchLog`] is the way to the log, in memory or in Kafka.

mod entry;
mod log;
mod sketch;
mod verdict;
mod window;
mod wire;

pub use crate::article::enriched::Relation;
pub use entry::{ContentHash, Entry};
pub use log::{MemoryLog, SketchLog, Submitted};
pub use sketch::{ALGORITHM, content_hash};
pub use verdict::Verdict;
pub use window::{Window, WindowSettings};
pub use wire::{WireError, decode, encode};

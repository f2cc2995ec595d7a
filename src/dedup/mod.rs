//! Has the wire carried this article before?
//!
//! An article's [`Entry`] (its sketch, and whose it is) is appended to a log that all workers share. The verdict on an
//! article is a pure function of the log up to its own entry, so every worker gives the same one, and gives it again
//! on replay. [`Window`] is that function; [`SketchLog`] is the way to the log, in memory or in Kafka.

mod checkpoint;
mod decision;
mod entry;
mod fixed;
mod hash;
mod log;
mod reader;
mod revision;
mod sketch;
mod story;
mod verdict;
mod window;
mod wire;

pub use crate::article::enriched::Relation;
pub use checkpoint::Checkpoint;
pub use decision::{Cluster, CopyKind, Decision, Finding, Link, Reference, Share, Story};
pub use entry::{ContentHash, Entry};
pub use log::{MemoryLog, SketchLog, Submitted};
pub use reader::{LONGEST, LogReader, Pace, STRETCH, Writer};
pub use revision::is_revision;
pub use sketch::{ALGORITHM, Member, NAME_BITS, NAMES, SHINGLE_BITS, SHINGLES, Sample, Sketch, content_hash};
pub use story::{RARITY_STEPS, Term, Terms, word_key};
pub use verdict::Verdict;
pub use window::{FEATURE_NAMES, FEATURES, MOST_ENTRIES, Place, Window, WindowSettings};
pub use wire::{LogRecord, WireError, decode, decode_checkpoint, decode_record, encode, encode_checkpoint};

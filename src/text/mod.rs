//! The parts of a text: paragraphs, sentences and tokens, each as a [`Span`] of bytes into the very text that
//! leaves the worker.
//!
//! Laws: spans lie inside the text and on character borders, they ascend and do not overlap; every function
//! here is pure, deterministic, free of panics on any Unicode input, and linear in the length of its input.

mod abbreviations;
mod chars;
pub mod letters;
pub mod normal;
mod offsets;
mod paragraphs;
mod segments;
mod sentences;
mod span;
mod tokens;
pub(crate) mod words;

pub use offsets::CodePoints;
pub use paragraphs::{Paragraphs, paragraphs};
pub use segments::Segments;
pub use sentences::{push_sentences, sentences};
pub use span::Span;
pub use tokens::{Token, TokenKind, Tokens, tokens};

//! Text as a sequence of words, whatever the language.

pub mod letters;
pub mod normal;

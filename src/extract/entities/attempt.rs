//! How far names can be read in a text.

use crate::text::letters;

/// Letters that are looked at.
const SAMPLE: usize = 2000;

/// How far names are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// English, for which the tagger was made.
    Full,
    /// Another language in Latin letters: names look alike there, but the words around them say nothing to the tagger.
    Lowered,
    /// Another script: only names that are known by heart, of the user's above all.
    KnownOnly,
}

impl Attempt {
    /// What can be tried on a text in this language (a BCP-47 tag).
    pub fn of(text: &str, language: Option<&str>) -> Self {
        let primary = language.map(|tag| tag.split('-').next().unwrap_or(tag));
        if !is_latin(text) {
            Self::KnownOnly
        } else if matches!(primary, Some("en") | None) {
            // A text too short to tell its language is read as English.
            Self::Full
        } else {
            Self::Lowered
        }
    }

    /// What is left of a confidence.
    pub(super) fn trust(self) -> f64 {
        match self {
            Self::Full => 1.0,
            Self::Lowered => 0.6,
            Self::KnownOnly => 0.9,
        }
    }
}

/// Whether most of the first letters are Latin ones; a text without letters is.
fn is_latin(text: &str) -> bool {
    let (mut latin, mut other) = (0, 0);
    for c in text.chars().filter(|&c| letters::is_word(c) && !c.is_numeric()).take(SAMPLE) {
        if c.is_ascii() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}')
        {
            latin += 1;
        } else {
            other += 1;
        }
    }
    latin * 4 >= other * 16 || other == 0
}

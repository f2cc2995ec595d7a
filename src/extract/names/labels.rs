//! Labels of words: outside, or the first, an inner, the last or the only word of a name (BILOU), by kind.
//!
//! Names of no kind that is looked for (events, works, nationalities) have one label for all their words: it is
//! enough to know that they are there.

use super::NameKind;

/// How many labels there are.
pub const LABELS: usize = 14;

/// The label of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u8);

/// Which part of a name a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its first word, and others follow.
    Begin,
    /// One in the middle.
    Inside,
    /// Its last word, and others precede.
    Last,
    /// The only one.
    Unit,
}

impl Label {
    /// No name.
    pub const OUTSIDE: Self = Self(0);
    /// Part of another name.
    pub const OTHER: Self = Self(13);

    /// Every label, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LABELS as u8).map(Self)
    }

    /// The label of part of a name.
    pub const fn of(kind: NameKind, part: Part) -> Self {
        Self(1 + 4 * kind as u8 + part as u8)
    }

    /// Its number, below [`LABELS`].
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// The label with a number below [`LABELS`].
    pub const fn from_number(number: usize) -> Self {
        debug_assert!(number < LABELS);
        Self(number as u8)
    }

    /// The kind and part that it says.
    pub const fn name(self) -> Option<(NameKind, Part)> {
        if self.0 == 0 || self.0 == 13 {
            return None;
        }
        let part = match (self.0 - 1) % 4 {
            0 => Part::Begin,
            1 => Part::Inside,
            2 => Part::Last,
            _ => Part::Unit,
        };
        Some((NameKind::ALL[(self.0 as usize - 1) / 4], part))
    }

    /// Whether a name goes on behind it.
    pub const fn is_open(self) -> bool {
        matches!(self.name(), Some((_, Part::Begin | Part::Inside)))
    }

    /// Whether it goes on with a name.
    pub const fn continues(self) -> bool {
        matches!(self.name(), Some((_, Part::Inside | Part::Last)))
    }

    /// Whether `next` may follow.
    pub fn allows(self, next: Self) -> bool {
        match (self.is_open(), self.name(), next.name()) {
            (true, Some((kind, _)), Some((next_kind, _))) => next.continues() && kind == next_kind,
            (true, _, _) => false,
            (false, _, _) => !next.continues(),
        }
    }
}

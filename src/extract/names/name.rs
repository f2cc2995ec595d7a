//! What the tagger finds: a stretch of the text, what it names, and how sure that is.

use crate::text::Span;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person, or a family.
    Person,
    /// A company, party, body of a state, army, club, newspaper, ...
    Organization,
    /// A country, region, town, water, mountain, street or building.
    Location,
}

impl NameKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organization, Self::Location];
}

/// One name in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// How sure it is that exactly these words are a name of that kind, 0 to 1.
    pub confidence: f32,
}

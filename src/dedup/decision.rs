//! What was decided on an entry: all of it that later decisions, or a replay of the entry, can ask for.

use std::sync::Arc;

use super::verdict::Verdict;
use crate::article::enriched::Relation;

/// Another entry, as a decision refers to it. Its id is kept, since the entry may leave the window before this one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its offset in the log.
    pub offset: u64,
    /// Its article's id.
    pub id: Arc<str>,
}

/// What was decided on an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// What the article is.
    pub finding: Finding,
    /// Members of its sketch that it shares with articles of which it is no copy, ascending: first those of the shingles,
    /// then, counted on, those of the names. This is how the phrases of bulletins and footers are learned.
    pub shared: Vec<u8>,
    /// Its story; None where stories are off, and for an entry without terms.
    pub story: Option<Story>,
}

impl Decision {
    /// The verdict that this is, on the article with this id.
    pub fn verdict(&self, id: &Arc<str>) -> Verdict {
        let story = self.story.as_ref().map(|story| match story {
            Story::Own => id.clone(),
            Story::Of(first) => first.id.clone(),
        });
        Verdict { story, ..self.finding.verdict(id) }
    }
}

/// The story of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Story {
    /// The article begins one.
    Own,
    /// The one that an earlier article began.
    Of(Reference),
}

/// What an article is to those before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Finding {
    /// Nothing like it was carried before.
    #[default]
    Original,
    /// The form of earlier articles, with other facts.
    Template,
    /// A copy.
    Copy(Box<Link>),
}

/// How a copy hangs together with an earlier article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What kind of copy.
    pub kind: CopyKind,
    /// Of which article.
    pub of: Reference,
    /// In which cluster.
    pub cluster: Cluster,
    /// Share of the earlier text that this one has.
    pub covers: Share,
    /// Share of this text that the earlier one has.
    pub covered: Share,
    /// Numbers that the earlier text does not have; an estimate where they are many.
    pub novel_numbers: u16,
}

/// The cluster of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cluster {
    /// One of its own: it holds an earlier article, or a part of one, but is not of the same story as that one's first.
    Own,
    /// The one that the earlier article began.
    Of,
    /// The one that the earlier article is in.
    Other(Reference),
}

impl Cluster {
    /// That of a copy of `of`, in the cluster that `first` began.
    pub fn begun_by(first: Reference, of: &Reference) -> Self {
        if first.offset == of.offset { Self::Of } else { Self::Other(first) }
    }
}

/// The relations that are copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "as in Relation")]
pub enum CopyKind {
    Exact,
    Near,
    Contained,
    Contains,
    Updated,
}

impl CopyKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Exact, Self::Near, Self::Contained, Self::Contains, Self::Updated];

    /// As it is said in the output.
    pub fn relation(self) -> Relation {
        match self {
            Self::Exact => Relation::Exact,
            Self::Near => Relation::Near,
            Self::Contained => Relation::Contained,
            Self::Contains => Relation::Contains,
            Self::Updated => Relation::Updated,
        }
    }
}

/// A share of a whole, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Share(u16);

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self(1000);

    /// A share in thousandths; None above the whole.
    pub fn from_thousandths(thousandths: u64) -> Option<Self> {
        u16::try_from(thousandths).ok().map(Self).filter(|share| *share <= Self::WHOLE)
    }

    /// `part` of `whole`, nothing of nothing, rounded to the nearest.
    pub fn of(part: u32, whole: u32) -> Self {
        let (part, whole) = (u64::from(part.min(whole)), u64::from(whole));
        Self((part * 1000 + whole / 2).checked_div(whole).unwrap_or(0) as u16)
    }

    /// In thousandths.
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// As a number from 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Finding {
    /// The article that began the cluster; `own`: the one that this was found on.
    pub fn first(self, own: Reference) -> Reference {
        match self {
            Self::Original | Self::Template => own,
            Self::Copy(link) => match link.cluster {
                Cluster::Own => own,
                Cluster::Of => link.of,
                Cluster::Other(first) => first,
            },
        }
    }

    /// The verdict that this is, on the article with this id; it says nothing of a story.
    pub fn verdict(&self, id: &Arc<str>) -> Verdict {
        match self {
            Self::Original => Verdict::original(id.clone()),
            Self::Template => Verdict::template(id.clone()),
            Self::Copy(link) => Verdict {
                relation: link.kind.relation(),
                of: Some(link.of.id.clone()),
                cluster: match &link.cluster {
                    Cluster::Own => id.clone(),
                    Cluster::Of => link.of.id.clone(),
                    Cluster::Other(first) => first.id.clone(),
                },
                similarity: Some(link.covers.max(link.covered).value()),
                covers: Some(link.covers.value()),
                covered: Some(link.covered.value()),
                novel_numbers: link.novel_numbers.into(),
                story: None,
            },
        }
    }
}

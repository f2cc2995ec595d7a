//! What is said of an article against those before it.

use std::sync::Arc;

use crate::article::enriched::Relation;

/// The verdict on one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How it relates to an earlier article.
    pub relation: Relation,
    /// Id of that earlier article; None for an original.
    pub of: Option<Arc<str>>,
    /// Id of the first article of the cluster: its own for an original.
    pub cluster: Arc<str>,
    /// Share of the smaller text's shingles that the other one has, 0 to 1; None for an original.
    pub similarity: Option<f64>,
    /// Share of the earlier text that this one has, 0 to 1.
    pub covers: Option<f64>,
    /// Share of this text that the earlier one has, 0 to 1.
    pub covered: Option<f64>,
    /// Numbers and names that the earlier one does not have.
    pub novel_numbers: u32,
    /// Id of the article that began the story, its own for the first; None where stories are off.
    pub story: Option<Arc<str>>,
}

impl Verdict {
    /// Nothing like it in the window.
    pub fn original(id: Arc<str>) -> Self {
        Self::alone(Relation::Original, id)
    }

    /// Nothing was compared.
    pub fn off(id: Arc<str>) -> Self {
        Self::alone(Relation::Off, id)
    }

    /// The form of earlier articles, with other facts.
    pub fn template(id: Arc<str>) -> Self {
        Self::alone(Relation::Template, id)
    }

    fn alone(relation: Relation, id: Arc<str>) -> Self {
        Self {
            relation,
            of: None,
            cluster: id,
            similarity: None,
            covers: None,
            covered: None,
            novel_numbers: 0,
            story: None,
        }
    }
}

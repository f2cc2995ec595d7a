//! What repair did to an article. Paragraphs are counted from 1, in the order in which they came.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that repair took out or moved, so that nothing is lost without a trace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairReport {
    /// Paragraphs of the body as it came (empty lines are no paragraphs).
    pub paragraphs_in: usize,
    /// Paragraphs that were kept.
    pub paragraphs_out: usize,
    /// What was taken out, by paragraph number.
    pub removed: Vec<Removed>,
    /// The numbers of the kept paragraphs in the order in which they stand in `text`.
    pub order: Vec<usize>,
}

/// One passage that was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// Number of the paragraph that was taken out, or that lost a sentence.
    pub paragraph: usize,
    /// Why.
    pub reason: Reason,
    /// The kept paragraph that says the same; the paragraph itself for a sentence that it says twice; null for
    /// boilerplate.
    pub of: Option<usize>,
    /// The removed words, for boilerplate and for single sentences of a paragraph that stays; otherwise null.
    pub text: Option<String>,
}

/// Why a passage was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// The same words stand in a kept paragraph.
    Repeat,
    /// Nearly the same words, and the same numbers, stand in a kept paragraph.
    NearRepeat,
    /// Furniture of the page: a share bar, a newsletter plea, a link list's headline.
    Boilerplate,
    /// The cut-off beginning of a fuller paragraph.
    Teaser,
    /// A sentence of another paragraph, set out as a display quote.
    PullQuote,
}

impl Reason {
    /// The name in the output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Repeat => "repeat",
            Self::NearRepeat => "nearRepeat",
            Self::Boilerplate => "boilerplate",
            Self::Teaser => "teaser",
            Self::PullQuote => "pullQuote",
        }
    }
}

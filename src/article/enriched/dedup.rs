//! The verdict on whether the wire has carried an article before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an article is to those before it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// Nothing like it was carried before.
    Original,
    /// The same words as an earlier article.
    Exact,
    /// Nearly the same words as an earlier article.
    Near,
    /// An earlier, longer article says all that this one says.
    Contained,
    /// This article holds an earlier, shorter one.
    Contains,
    /// A newer version of an earlier article.
    Updated,
    /// The same form as earlier articles with other facts, such as a weather bulletin. No copy.
    Template,
    /// Articles are not compared.
    #[default]
    Off,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 8] = [
        Self::Original,
        Self::Exact,
        Self::Near,
        Self::Contained,
        Self::Contains,
        Self::Updated,
        Self::Template,
        Self::Off,
    ];

    /// The name in the output, in logs and in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Contained => "contained",
            Self::Contains => "contains",
            Self::Updated => "updated",
            Self::Template => "template",
            Self::Off => "off",
        }
    }

    /// Whether `dedup.copies` applies: every verdict but original, template and off.
    pub const fn is_copy(self) -> bool {
        !matches!(self, Self::Original | Self::Template | Self::Off)
    }
}

/// How an article stands to those before it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dedup {
    /// What the article is to those before it.
    pub verdict: Relation,
    /// Id of the earlier article that the verdict speaks of.
    pub of: Option<String>,
    /// Id of the first article of the group of copies that this one belongs to; its own id if it is the first.
    pub cluster: Option<String>,
    /// How alike the two are, 0 to 1.
    pub similarity: Option<f64>,
    /// Share of the earlier article that this one holds, 0 to 1.
    pub covers: Option<f64>,
    /// Share of this article that the earlier one holds, 0 to 1.
    pub covered: Option<f64>,
    /// How many numbers this article has that the earlier one lacks.
    pub novel_numbers: u32,
    /// Hash of the normalised text, 128 bits in hexadecimal; null where articles are not compared.
    pub content_hash: Option<String>,
    /// Id of the story: articles on the same event in other words share it.
    pub story: Option<String>,
}

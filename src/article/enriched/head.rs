//! The parts of an enriched article that speak of the article as a whole.

use crate::article::{Position, Record, date_from_epoch_millis};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The version of the schema: one value, so that a record of another version is refused when it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SchemaVersion {
    /// Schema 1.0.
    #[default]
    #[serde(rename = "1.0")]
    V1_0,
}

impl JsonSchema for SchemaVersion {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SchemaVersion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "const": super::SCHEMA_VERSION })
    }
}

/// The words before the first sentence of a wire story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dateline {
    /// The place as it is written.
    pub place: Option<String>,
    /// The agency as it is written.
    pub agency: Option<String>,
}

/// A word or phrase that tells what the article is about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Keyword {
    /// The words.
    pub text: String,
    /// How much they tell, 0 to 1.
    pub score: f64,
    /// Id of the person, organisation or place that they name.
    pub entity_id: Option<String>,
}

/// A subject by the IPTC Media Topics.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    /// The topic's code, `medtop:` and eight digits.
    pub code: String,
    /// The topic's English name.
    pub name: String,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
}

/// A summary made of sentences of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The sentences, joined by a space; null where no summary was made.
    pub text: Option<String>,
    /// Where each sentence stands in `text` of the article: start and end in code points.
    pub spans: Vec<[usize; 2]>,
}

/// Sizes of the repaired text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// Unicode code points.
    pub chars: usize,
    /// Words.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Paragraphs.
    pub paragraphs: usize,
}

/// Where a record came from and what made it. Together with the input record it is all that the output depends on,
/// except for the articles that went before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Provenance {
    /// Topic of the raw record, or a name that stands for a file.
    pub topic: String,
    /// Partition of the raw record.
    pub partition: i32,
    /// Offset of the raw record in its partition.
    pub offset: i64,
    /// The raw record's time in RFC 3339, UTC; null where it has none.
    pub timestamp: Option<String>,
    /// Name and version of the program.
    pub engine: String,
    /// Versions of the models and tables that were used, by what they are for.
    pub models: BTreeMap<String, String>,
}

impl Provenance {
    /// The provenance of what is made of `record` by this version of copydesk, without models.
    pub fn of(record: &Record) -> Self {
        let Position { topic, partition, offset } = &record.position;
        Self {
            topic: topic.to_string(),
            partition: *partition,
            offset: *offset,
            timestamp: record.timestamp.and_then(date_from_epoch_millis),
            engine: concat!("copydesk ", env!("CARGO_PKG_VERSION")).to_owned(),
            models: BTreeMap::new(),
        }
    }
}

//! What leaves: one enriched article, and the JSON Schema of it.
//!
//! Laws: every field is always written, in the order of these types; lists are empty rather than null, and a value that
//! is not known is null; offsets are Unicode code points into `text`, the start inclusive, the end exclusive; within one
//! schema version fields and values are only added. A reader therefore takes a kind that it does not know as "other".

mod dedup;
mod entities;
mod head;
mod schema;
mod statements;
mod values;

pub use dedup::{Dedup, Relation};
pub use entities::{
    Demonym, Gender, Location, LocationKind, Mention, Organization, OrganizationType, Person, Role,
};
pub use head::{Dateline, Keyword, Provenance, SchemaVersion, Stats, Summary, Topic};
pub use schema::{SCHEMA_VERSION, schema};
pub use statements::{Event, EventType, Participant, Quote, QuoteKind, Speaker};
pub use values::{Count, CountCategory, Date, DateType, Measure, Modifier, Money, Percent};

use super::{RawArticle, Source};
use crate::repair::RepairReport;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One news article, repaired, compared with those before it, and marked up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrichedArticle {
    /// Version of this schema. Within one version fields and values are only added.
    pub schema_version: SchemaVersion,
    /// Name of the article: the input's own id, or else one derived from its source position. The same record always
    /// has the same id.
    pub id: String,
    /// The article's address.
    pub url: Option<String>,
    /// Who published it.
    pub source: Source,
    /// The headline, on one line.
    pub title: Option<String>,
    /// The authors' names in their order.
    pub authors: Vec<String>,
    /// When it was published: RFC 3339 with the sender's offset; a date alone, or a time without an offset, where the
    /// sender gave no more.
    pub date_published: Option<String>,
    /// When it was last changed, in the same form.
    pub date_modified: Option<String>,
    /// The place and agency with which the text opens, such as "WESTMERE (Example Wire) -".
    pub dateline: Dateline,
    /// BCP-47 tag of the text's language.
    pub language: Option<String>,
    /// How sure the language is, 0 to 1; null where nothing was measured.
    pub language_confidence: Option<f64>,
    /// The repaired body; paragraphs are joined by `\n`. All offsets in this record count its Unicode code points.
    pub text: String,
    /// What repair took out or moved.
    pub repair: RepairReport,
    /// Whether the wire has carried this article before.
    pub dedup: Dedup,
    /// People who are named in the text.
    pub people: Vec<Person>,
    /// Organisations that are named in the text.
    pub organizations: Vec<Organization>,
    /// Places that are named in the text.
    pub locations: Vec<Location>,
    /// Adjectives and nouns of nationality or origin in the text.
    pub demonyms: Vec<Demonym>,
    /// What somebody is quoted as saying.
    pub quotes: Vec<Quote>,
    /// Dates, times and durations in the text.
    pub dates: Vec<Date>,
    /// Sums of money in the text.
    pub money: Vec<Money>,
    /// Numbers of people or things in the text.
    pub counts: Vec<Count>,
    /// Percentages in the text.
    pub percents: Vec<Percent>,
    /// Quantities with a unit in the text.
    pub measures: Vec<Measure>,
    /// The words that tell what the article is about, best first.
    pub keywords: Vec<Keyword>,
    /// Subjects by the IPTC Media Topics, best first.
    pub topics: Vec<Topic>,
    /// What happens in the text, in PLOVER terms.
    pub events: Vec<Event>,
    /// The sentences that say the most.
    pub summary: Summary,
    /// Sizes of the repaired text.
    pub stats: Stats,
    /// Where the record came from and what made it.
    pub provenance: Provenance,
    /// What was odd about the input, such as `noPublicationDate`, or about the way here (`dedupUnavailable`).
    pub warnings: Vec<String>,
    /// Fields of the input that copydesk does not know, untouched.
    pub extra: Map<String, Value>,
}

impl EnrichedArticle {
    /// An enriched article that has everything which a raw article knows, and nothing else yet: the text is the raw
    /// one, repair and dedup are as by default, and all lists are empty.
    pub fn from_raw(id: String, raw: RawArticle, provenance: Provenance) -> Self {
        Self {
            id,
            url: raw.url,
            source: raw.source,
            title: raw.title,
            authors: raw.authors,
            date_published: raw.date_published,
            date_modified: raw.date_modified,
            language: raw.language,
            text: raw.text,
            provenance,
            warnings: raw.warnings,
            extra: raw.extra,
            ..Self::default()
        }
    }
}

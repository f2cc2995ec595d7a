//! Who says what, and who does what to whom.

use super::Mention;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody is quoted as saying.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// The words, without quotation marks.
    pub text: String,
    /// Where the quote starts, in code points.
    pub start: usize,
    /// Where it ends, in code points, exclusive.
    pub end: usize,
    /// How the words are given.
    pub kind: QuoteKind,
    /// The word of saying, such as "said".
    pub cue: Option<String>,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// How sure it is that these are that speaker's words, 0 to 1.
    pub confidence: f64,
}

/// How quoted words are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum QuoteKind {
    /// In quotation marks.
    #[default]
    Direct,
    /// Partly in quotation marks.
    Mixed,
    /// Without quotation marks.
    Indirect,
}

/// Who says something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Speaker {
    /// Id of the person or organisation in this article.
    pub entity_id: Option<String>,
    /// The speaker's full name.
    pub name: Option<String>,
    /// The words with which the text names the speaker there, such as "he".
    pub surface: Option<String>,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// What happens.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The words that say so.
    pub trigger: Mention,
    /// Who does it.
    pub actor: Option<Participant>,
    /// To whom or what it is done.
    pub target: Option<Participant>,
    /// Ids of the places in this article where it happens.
    pub location_ids: Vec<String>,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
}

/// Somebody who takes part in an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    /// Id of the person, organisation or place in this article.
    pub entity_id: Option<String>,
    /// The words with which the text names it there.
    pub surface: String,
}

/// Types of events, named as in PLOVER (the Political Language Ontology for Verifiable Event Records).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventType {
    /// Agrees to do something.
    Agree,
    /// Meets, talks, visits.
    Consult,
    /// Praises, endorses, makes ties.
    Support,
    /// Gives in, eases, releases.
    Concede,
    /// Works together in fact: trade, military or judicial cooperation.
    Cooperate,
    /// Gives help.
    Aid,
    /// Withdraws, gives up ground.
    Retreat,
    /// Asks, demands.
    Request,
    /// Blames, investigates, charges.
    Accuse,
    /// Refuses, vetoes.
    Reject,
    /// Threatens.
    Threaten,
    /// Demonstrates, strikes.
    Protest,
    /// Cuts ties, bans, punishes by trade.
    Sanction,
    /// Calls up or moves forces.
    Mobilize,
    /// Arrests, expels, represses.
    Coerce,
    /// Attacks, kills, bombs.
    Assault,
}

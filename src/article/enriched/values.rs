//! Dates, sums and numbers in a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// A date, time or duration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Date {
    /// The words.
    pub text: String,
    /// Where they start, in code points.
    pub start: usize,
    /// Where they end, in code points, exclusive.
    pub end: usize,
    /// What sort of expression it is.
    #[serde(rename = "type")]
    pub date_type: DateType,
    /// The value in ISO 8601 / TIMEX3; null where it could not be resolved.
    pub value: Option<String>,
    /// The first day of a range, ISO 8601.
    pub from: Option<String>,
    /// The last day of a range, ISO 8601.
    pub to: Option<String>,
    /// Whether the words count from another date, as "today" does.
    pub relative: bool,
}

/// Sorts of expressions of time, as in TIMEX3.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DateType {
    /// A day, month, year or the like.
    #[default]
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    /// The words.
    pub text: String,
    /// Where they start, in code points.
    pub start: usize,
    /// Where they end, in code points, exclusive.
    pub end: usize,
    /// The sum, or the lower end of a range, in units of the currency.
    pub amount: Option<Number>,
    /// The upper end of a range.
    pub amount_max: Option<Number>,
    /// ISO 4217 code of the currency; null where it is not clear which one is meant.
    pub currency: Option<String>,
    /// What the words around it make of the sum.
    pub modifier: Option<Modifier>,
}

/// What words around a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Modifier {
    /// About, around, some, nearly.
    About,
    /// Up to, at most.
    UpTo,
    /// At least.
    AtLeast,
    /// More than, over.
    MoreThan,
    /// Less than, under.
    LessThan,
}

/// A number of people or things.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// The words.
    pub text: String,
    /// Where they start, in code points.
    pub start: usize,
    /// Where they end, in code points, exclusive.
    pub end: usize,
    /// The number, where the words give one.
    pub value: Option<u64>,
    /// The least that the words can mean.
    pub min: Option<u64>,
    /// The most that the words can mean.
    pub max: Option<u64>,
    /// What became of those who are counted.
    pub categories: Vec<CountCategory>,
    /// What is counted, such as "people".
    pub object: Option<String>,
}

/// What became of those who are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CountCategory {
    /// Dead.
    Killed,
    /// Hurt.
    Injured,
    /// Not found.
    Missing,
    /// Driven from their homes.
    Displaced,
    /// Brought away from danger.
    Evacuated,
    /// Saved.
    Rescued,
    /// Arrested or held by a state.
    Detained,
    /// Held by others.
    Abducted,
    /// Ill with an infection.
    Infected,
    /// Something else.
    Other,
}

/// A percentage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Percent {
    /// The words.
    pub text: String,
    /// Where they start, in code points.
    pub start: usize,
    /// Where they end, in code points, exclusive.
    pub end: usize,
    /// The number of hundredths: 10 for "10 percent".
    pub value: Option<f64>,
}

/// A quantity with a unit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// The words.
    pub text: String,
    /// Where they start, in code points.
    pub start: usize,
    /// Where they end, in code points, exclusive.
    pub end: usize,
    /// The number, in the unit of the words.
    pub value: Option<f64>,
    /// UCUM code of the unit, such as `km`.
    pub unit: Option<String>,
}

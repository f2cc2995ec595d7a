//! Who and what is named in a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One place in the text where something is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    /// Where it starts, in code points.
    pub start: usize,
    /// Where it ends, in code points, exclusive.
    pub end: usize,
    /// The words there.
    pub text: String,
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Name of the entity within this article, such as `p1`.
    pub id: String,
    /// The fullest name in the text.
    pub name: String,
    /// The other names in the text.
    pub aliases: Vec<String>,
    /// Offices and professions that the text gives.
    pub roles: Vec<Role>,
    /// Gender, where the text's words show it.
    pub gender: Option<Gender>,
    /// How much the article is about the person, 0 to 1.
    pub salience: f64,
    /// How sure it is that this is a person of that name, 0 to 1.
    pub confidence: f64,
    /// Where the person is named.
    pub mentions: Vec<Mention>,
}

/// What a person is or does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// The title as it is written.
    pub title: String,
    /// The organisation, as it is written.
    pub org: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
}

/// A gender that words of a text show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Gender {
    /// She, Mrs, actress.
    Female,
    /// He, Mr, actor.
    Male,
}

/// An organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Name of the entity within this article, such as `o1`.
    pub id: String,
    /// The fullest name in the text.
    pub name: String,
    /// The other names in the text.
    pub aliases: Vec<String>,
    /// What sort of organisation it is.
    pub org_type: Option<OrganizationType>,
    /// How much the article is about the organisation, 0 to 1.
    pub salience: f64,
    /// How sure it is that this is an organisation of that name, 0 to 1.
    pub confidence: f64,
    /// Where the organisation is named.
    pub mentions: Vec<Mention>,
}

/// Sorts of organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OrganizationType {
    /// A business.
    Company,
    /// A state's government, ministry, agency or parliament.
    Government,
    /// A body of several states.
    International,
    /// A political party or movement.
    Party,
    /// An army, a police force.
    SecurityForce,
    /// An armed group that is no state's.
    ArmedGroup,
    /// A court.
    Court,
    /// A newspaper, broadcaster or agency.
    Media,
    /// A club, team or league.
    Sport,
    /// A school, university or research institute.
    Education,
    /// A charity, union, church or association.
    Association,
    /// Another one.
    Other,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Name of the entity within this article, such as `l1`.
    pub id: String,
    /// The place's name.
    pub name: String,
    /// The other names in the text.
    pub aliases: Vec<String>,
    /// What sort of place it is.
    pub kind: LocationKind,
    /// ISO 3166-1 alpha-2 code of the country; null where the place was not resolved.
    pub country: Option<String>,
    /// Name of the first-level division (state, province) that the place is in.
    pub admin1: Option<String>,
    /// Latitude in degrees, north positive.
    pub lat: Option<f64>,
    /// Longitude in degrees, east positive.
    pub lon: Option<f64>,
    /// The place's number in GeoNames.
    pub geonames_id: Option<u32>,
    /// How much the article is about the place, 0 to 1.
    pub salience: f64,
    /// How sure it is that this is the place meant, 0 to 1.
    pub confidence: f64,
    /// Where the place is named.
    pub mentions: Vec<Mention>,
}

/// Sorts of places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LocationKind {
    /// A country.
    Country,
    /// A part of the world or of a country that is no administrative division.
    Region,
    /// A first-level administrative division.
    Admin1,
    /// A city, town or village.
    City,
    /// Another place: a river, a building, a street.
    #[default]
    Other,
}

/// A word of nationality or origin, such as "Iraqi".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Demonym {
    /// The word as it is written.
    pub text: String,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Where it starts, in code points.
    pub start: usize,
    /// Where it ends, in code points, exclusive.
    pub end: usize,
}

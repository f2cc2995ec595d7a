//! Who, which organisations and where: names, found, corrected by what is known, joined to entities, weighed.
//!
//! Laws: pure, deterministic, linear, no panic on any Unicode; every mention lies in the text, mentions of all entities
//! together do not overlap; salience of all entities of an article sums to one.

mod attempt;
mod salience;
mod users;

pub use attempt::Attempt;

use super::known::{Claimed, Knowledge, NameSet, claim};
use super::names::{Name, tagger};
use super::places::{self, FoundDemonym};
use super::{organizations, people};
use crate::article::enriched::{Demonym, Location, Mention, Organization, Person};
use crate::text::{CodePoints, Segments, Span};
use salience::Weights;

/// What an article says beside its text, as far as it helps to read names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The headline, where it is not in the text.
    pub title: Option<&'a str>,
    /// The place of the dateline.
    pub dateline: Option<&'a str>,
    /// The publisher's domain.
    pub domain: Option<&'a str>,
}

/// The entities of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entities {
    /// People, in the order of their first mention; so the others.
    pub people: Vec<Person>,
    /// Organisations.
    pub organizations: Vec<Organization>,
    /// Places.
    pub locations: Vec<Location>,
    /// Words of nationality.
    pub demonyms: Vec<Demonym>,
}

/// Reads the entities of a text. `attempt` says how far names can be read in its language.
pub fn entities(
    text: &str,
    segments: &Segments,
    code_points: &CodePoints<'_>,
    knowledge: &Knowledge,
    context: &Context<'_>,
    attempt: Attempt,
) -> Entities {
    let tagged = match attempt {
        Attempt::Full | Attempt::Lowered => tagger().names(text, segments),
        Attempt::KnownOnly => Vec::new(),
    };
    let claimed = claim(text, segments, knowledge, &tagged);
    let names = &claimed.names;
    let read = Read { text, code_points, title: context.title, attempt };
    let mut out = Entities { people: read.people(segments, &claimed, knowledge), ..Entities::default() };
    out.organizations = read.organizations(&claimed, knowledge);
    let demonyms = if attempt == Attempt::Full { places::demonyms(text, names) } else { Vec::new() };
    out.locations = read.locations(&claimed, &demonyms, knowledge, context);
    out.demonyms = read.demonyms(&demonyms);
    salience::share(&mut out);
    out
}

/// What the making of every entity needs.
struct Read<'a> {
    text: &'a str,
    code_points: &'a CodePoints<'a>,
    title: Option<&'a str>,
    attempt: Attempt,
}

impl Read<'_> {
    fn people(&self, segments: &Segments, claimed: &Claimed, knowledge: &Knowledge) -> Vec<Person> {
        users::join(people::people(self.text, segments, &claimed.names), claimed, knowledge)
            .into_iter()
            .enumerate()
            .map(|(number, person)| Person {
                id: format!("p{}", number + 1),
                salience: self.weight(
                    &person.name,
                    &person.aliases,
                    person.mentions.iter().map(|name| name.span),
                ),
                confidence: self.confidence(person.mentions.iter().map(|name| name.confidence)),
                mentions: self.mentions(person.mentions.iter().map(|name| name.span)),
                name: person.name,
                aliases: person.aliases,
                roles: person.roles,
                gender: person.gender,
            })
            .collect()
    }

    fn organizations(&self, claimed: &Claimed, knowledge: &Knowledge) -> Vec<Organization> {
        organizations::organizations(self.text, claimed, knowledge)
            .into_iter()
            .enumerate()
            .map(|(number, found)| {
                let names = || found.mentions.iter().map(|&at| claimed.names[at]);
                let aliases: Vec<String> = found.aliases.iter().map(|&alias| alias.to_owned()).collect();
                Organization {
                    id: format!("o{}", number + 1),
                    salience: self.weight(found.name, &aliases, names().map(|name| name.span)),
                    confidence: self.confidence(names().map(|name| name.confidence)),
                    mentions: self.mentions(names().map(|name| name.span)),
                    name: found.name.to_owned(),
                    aliases,
                    org_type: found.org_type,
                }
            })
            .collect()
    }

    fn locations(
        &self,
        claimed: &Claimed,
        demonyms: &[FoundDemonym],
        knowledge: &Knowledge,
        context: &Context<'_>,
    ) -> Vec<Location> {
        let hints = places::Hints {
            dateline: context.dateline,
            title: context.title,
            domain: context.domain,
            country: None,
        };
        let found = places::locations(self.text, &claimed.names, demonyms, &hints);
        users::join(found, claimed, knowledge)
            .into_iter()
            .enumerate()
            .map(|(number, found)| {
                let place = found.place;
                let sure =
                    self.confidence(found.mentions.iter().filter_map(|&span| name_at(&claimed.names, span)));
                let mut location = Location {
                    id: format!("l{}", number + 1),
                    salience: self.weight(&found.name, &found.aliases, found.mentions.iter().copied()),
                    confidence: rounded(sure * f64::from(found.confidence)),
                    mentions: self.mentions(found.mentions.iter().copied()),
                    name: found.name,
                    aliases: found.aliases,
                    kind: found.kind,
                    country: place.and_then(|place| place.country).map(|country| country.code().to_owned()),
                    admin1: place.and_then(|place| place.admin1).map(str::to_owned),
                    lat: place.map(|place| place.latitude),
                    lon: place.map(|place| place.longitude),
                    geonames_id: place.and_then(|place| place.geonames_id),
                };
                if let Some(set) = users::set_of(claimed, knowledge, found.mentions.iter().copied()) {
                    overrule(&mut location, knowledge.set(set), sure);
                }
                location
            })
            .collect()
    }

    fn demonyms(&self, found: &[FoundDemonym]) -> Vec<Demonym> {
        found
            .iter()
            .map(|found| {
                let (start, end) = self.code_points.span(found.span);
                Demonym {
                    text: found.span.text(self.text).to_owned(),
                    country: found.country.map(|country| country.code().to_owned()),
                    start,
                    end,
                }
            })
            .collect()
    }

    fn mentions(&self, spans: impl Iterator<Item = Span>) -> Vec<Mention> {
        spans
            .map(|span| {
                let (start, end) = self.code_points.span(span);
                Mention { start, end, text: span.text(self.text).to_owned() }
            })
            .collect()
    }

    fn weight(&self, name: &str, aliases: &[String], mentions: impl Iterator<Item = Span>) -> f64 {
        Weights { length: self.text.len(), title: self.title }.of(name, aliases, mentions)
    }

    /// The surest mention speaks for the entity.
    fn confidence(&self, mentions: impl Iterator<Item = f32>) -> f64 {
        rounded(f64::from(mentions.fold(0.0, f32::max)) * self.attempt.trust())
    }
}

/// What a user says about a place goes before what the tables say.
fn overrule(location: &mut Location, set: &NameSet, sure: f64) {
    let Some(place) = &set.place else { return };
    location.confidence = sure;
    location.country.clone_from(&place.country);
    location.admin1 = None;
    location.geonames_id = None;
    location.lat = place.coordinates.map(|(lat, _)| lat);
    location.lon = place.coordinates.map(|(_, lon)| lon);
    location.kind = place.kind.unwrap_or(location.kind);
}

fn name_at(names: &[Name], span: Span) -> Option<f32> {
    let at = names.partition_point(|name| name.span.start < span.start);
    names.get(at).map(|name| name.confidence)
}

/// Three digits say all that there is to say, and are the same on every machine.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

//! Places: which place in the world each name of a place means, and the words of nationality.
//!
//! [`locations`] takes the names that the tagger found and gives the places of the article, mentions and other names
//! joined: "US" and "United States" are one, "Raqa" keeps its spelling and gets its coordinates. A name that no table knows
//! stays, without a place. A town that stands for a government ("Baghdad needs the money") stays a town.
//!
//! Laws: pure, deterministic, linear in the text and the number of names, no panic on any Unicode; every mention is the
//! span of one of the given names, and every name of a place is a mention of exactly one location.

mod cues;
mod demonyms;
mod lookup;
pub mod table;
#[cfg(test)]
mod tests;
mod weigh;

use cues::{Cue, Room, cue};
pub use demonyms::{FoundDemonym, demonyms};
use lookup::{Cut, Sense, senses};
use table::{PlaceKind, Row, Table};
use weigh::{Chosen, CountryEvidence, Group, weigh};

use super::names::{Name, NameKind};
use super::nations::Country;
use crate::article::enriched::LocationKind;
use crate::text::Span;

/// What is known of an article beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The place of the dateline as written ("MOSUL, Iraq").
    pub dateline: Option<&'a str>,
    /// The title, where it is not in the text.
    pub title: Option<&'a str>,
    /// The publisher's domain ("example.co.uk"); its country counts a little.
    pub domain: Option<&'a str>,
    /// The country of the source, if it is known.
    pub country: Option<Country>,
}

/// A place in the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its country; none for seas and parts of the world.
    pub country: Option<Country>,
    /// Name of the first-level division that it lies in; none for a division itself.
    pub admin1: Option<&'static str>,
    /// Latitude in degrees, north positive.
    pub latitude: f64,
    /// Longitude in degrees, east positive.
    pub longitude: f64,
    /// Its number in GeoNames; none where the coordinates are those of a place near by or around ("northern Iraq").
    pub geonames_id: Option<u32>,
}

/// A place of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundLocation {
    /// The fullest name in the text.
    pub name: String,
    /// The other names in the text, in its order.
    pub aliases: Vec<String>,
    /// What sort of place it is.
    pub kind: LocationKind,
    /// Which place it is; none if no table knows the name.
    pub place: Option<Place>,
    /// Where it is named, in bytes, ascending.
    pub mentions: Vec<Span>,
    /// How sure it is that this is the place meant, 0 to 1; for an unknown place how sure it is that it is a place.
    pub confidence: f32,
}

/// Words of a title that are looked up.
const MOST_TITLE_WORDS: usize = 24;

/// The places that `text` names, in the order of their first mention. Names of other kinds than places are passed over.
/// `nationalities` are the [`demonyms`] of the text, which speak for their countries.
pub fn locations(
    text: &str,
    names: &[Name],
    nationalities: &[FoundDemonym],
    hints: &Hints<'_>,
) -> Vec<FoundLocation> {
    let names: Vec<&Name> = names
        .iter()
        .filter(|name| name.kind == NameKind::Location && text.get(name.span.start..name.span.end).is_some())
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let table = Table::shipped();
    let mut gathered = Gathered::default();
    let mut room = Room::default();
    for (index, name) in names.iter().enumerate() {
        let cue = cue(table, text, name.span.end, &mut room);
        gathered.add(table, name.span.text(text), cue, Some(index));
    }
    gathered.around(table, hints, &mut room);
    let evidence = evidence(nationalities, hints);
    let chosen = weigh(table, &gathered.groups, &evidence);
    join(text, table, &names, &gathered, &chosen)
}

/// The groups of mentions, by name and cue.
#[derive(Default)]
struct Gathered {
    groups: Vec<Group>,
    /// For each group, the names in it.
    members: Vec<Vec<usize>>,
    /// Groups by key; the keys ascend.
    keys: std::collections::BTreeMap<String, Vec<usize>>,
    key: String,
    senses: Vec<Sense>,
}

impl Gathered {
    /// Adds a mention to the group of its name. A name has one sense in an article, unless cues differ.
    fn add(&mut self, table: &Table, words: &str, cue: Option<Cue>, name: Option<usize>) {
        senses(table, words, &mut self.key, &mut self.senses);
        // An abbreviation has other senses than the word: "La." and "LA".
        if lookup::is_abbreviated(words) && words.len() <= 6 {
            self.key.push_str(if words.ends_with('.') { " ." } else { " A" });
        }
        let same_name = self.keys.entry(self.key.clone()).or_default();
        let agrees = |group: &&usize| match (&self.groups[**group].cue, &cue) {
            (Some(one), Some(other)) => one.within == other.within,
            _ => true,
        };
        let group = match same_name.iter().find(agrees) {
            Some(&group) => group,
            None => {
                let group = self.groups.len();
                self.groups.push(Group { senses: self.senses.clone(), cue: None, mentions: 0 });
                self.members.push(Vec::new());
                // A name with ever new cues: the work stays linear.
                if same_name.len() < 4 {
                    same_name.push(group);
                }
                group
            }
        };
        let held = &mut self.groups[group];
        held.mentions += usize::from(name.is_some());
        if held.cue.is_none() {
            held.cue = cue;
        }
        self.members[group].extend(name);
    }

    /// Adds the places around the text, which support others and are no mentions.
    fn around(&mut self, table: &Table, hints: &Hints<'_>, room: &mut Room) {
        if let Some(dateline) = hints.dateline {
            let place = dateline.split(',').next().unwrap_or_default().trim();
            let behind = dateline.find(',').and_then(|at| cue(table, dateline, at, room));
            self.add(table, place, behind, None);
        }
        let Some(title) = hints.title else { return };
        let words: Vec<&str> = title.split_whitespace().take(MOST_TITLE_WORDS).collect();
        let mut at = 0;
        while at < words.len() {
            at += (1..=3.min(words.len() - at))
                .rev()
                .find(|&count| self.title_words(table, &words[at..at + count]))
                .unwrap_or(1);
        }
    }

    /// Adds words of the title if they name a country, a division or a large town.
    fn title_words(&mut self, table: &Table, words: &[&str]) -> bool {
        if !words.iter().all(|word| word.starts_with(char::is_uppercase)) {
            return false;
        }
        let words = words.join(" ");
        let words = words.trim_end_matches([',', ':', ';', '?', '!']);
        let words = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
        senses(table, words, &mut self.key, &mut self.senses);
        let is_known = |sense: &Sense| {
            sense.cut == Cut::None
                && !sense.other_name
                && table.row(sense.place).is_some_and(|row| match row.kind {
                    PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Capital => true,
                    PlaceKind::City => row.weight >= 125,
                    PlaceKind::Admin2 => words.contains(' '),
                    _ => false,
                })
        };
        let known = self.senses.iter().any(is_known);
        if known {
            self.add(table, words, None, None);
        }
        known
    }
}

/// What nationalities, the publisher's domain and the source say about countries.
fn evidence(nationalities: &[FoundDemonym], hints: &Hints<'_>) -> CountryEvidence {
    let mut counts: Vec<(u32, f64)> = Vec::new();
    let mut found: Vec<u32> = nationalities
        .iter()
        .filter_map(|demonym| demonym.country)
        .map(|country| u32::from(country.index()))
        .collect();
    found.sort_unstable();
    for same in found.chunk_by(|a, b| a == b) {
        counts.push((same[0], 0.5 * (same.len().min(3) as f64).sqrt()));
    }
    let domain = hints.domain.and_then(domain_country);
    for country in hints.country.into_iter().chain(domain) {
        counts.push((u32::from(country.index()), 1.0));
    }
    counts
}

/// The country of a domain, unless it is one that the whole world registers in.
fn domain_country(domain: &str) -> Option<Country> {
    let last = domain.rsplit('.').next()?;
    match last {
        "uk" => Country::from_code("GB"),
        "ac" | "ag" | "ai" | "am" | "cc" | "co" | "fm" | "gg" | "im" | "io" | "is" | "la" | "ly" | "me"
        | "sh" | "st" | "to" | "tv" | "ws" => None,
        _ => Country::from_code(&last.to_ascii_uppercase()),
    }
}

/// Joins the groups that mean one place.
fn join(
    text: &str,
    table: &Table,
    names: &[&Name],
    gathered: &Gathered,
    chosen: &[Option<Chosen>],
) -> Vec<FoundLocation> {
    let mut joined: std::collections::BTreeMap<(u32, Cut, usize), Vec<usize>> = Default::default();
    for (group, (members, chosen)) in gathered.members.iter().zip(chosen).enumerate() {
        if members.is_empty() {
            continue;
        }
        let key = match chosen {
            Some(chosen) if chosen.sense.cut <= Cut::Kind => (chosen.sense.place, Cut::None, 0),
            // Parts of a place, and unknown places, are one only under one name.
            Some(chosen) => (chosen.sense.place, chosen.sense.cut, group),
            None => (u32::MAX, Cut::None, group),
        };
        joined.entry(key).or_default().push(group);
    }
    let mut found: Vec<FoundLocation> = joined
        .values()
        .map(|groups| {
            let mut members: Vec<usize> =
                groups.iter().flat_map(|&group| &gathered.members[group]).copied().collect();
            members.sort_unstable();
            // The group of most mentions says what the place is.
            let main = groups
                .iter()
                .copied()
                .max_by_key(|&group| (gathered.members[group].len(), usize::MAX - group));
            let chosen = main.and_then(|group| chosen[group]);
            entity(text, table, names, &members, chosen)
        })
        .collect();
    found.sort_by_key(|location| location.mentions.first().map(|span| span.start));
    found
}

/// One location from its mentions and its place.
fn entity(
    text: &str,
    table: &Table,
    names: &[&Name],
    members: &[usize],
    chosen: Option<Chosen>,
) -> FoundLocation {
    let mentions: Vec<Span> = members.iter().map(|&member| names[member].span).collect();
    let mut surfaces: Vec<&str> = Vec::new();
    for span in &mentions {
        // A name has few spellings; the bound keeps the search linear.
        if surfaces.len() < 16 && !surfaces.contains(&span.text(text)) {
            surfaces.push(span.text(text));
        }
    }
    // "Mosul" is fuller than "MOSUL", and "United States" than both "US" and "U.S.".
    let fullness = |name: &str| (name.chars().any(char::is_lowercase), name.chars().count());
    let mut best = 0;
    for (index, name) in surfaces.iter().enumerate() {
        if fullness(name) > fullness(surfaces[best]) {
            best = index;
        }
    }
    let name = surfaces.get(best).copied().unwrap_or_default().to_owned();
    let aliases =
        surfaces.iter().enumerate().filter(|&(index, _)| index != best).map(|(_, name)| (*name).to_owned());
    let tagged = members.iter().map(|&member| names[member].confidence).fold(0.0, f32::max);
    FoundLocation {
        aliases: aliases.collect(),
        kind: chosen.map_or(LocationKind::Other, kind),
        place: chosen.map(|chosen| place(table, &chosen)),
        confidence: (tagged * chosen.map_or(0.5, |chosen| certainty(&chosen))).clamp(0.0, 1.0),
        name,
        mentions,
    }
}

fn kind(chosen: Chosen) -> LocationKind {
    match chosen.sense.cut {
        Cut::Part => return LocationKind::Region,
        Cut::Near => return LocationKind::Other,
        Cut::None | Cut::Kind => {}
    }
    match chosen.row.kind {
        PlaceKind::Country => LocationKind::Country,
        PlaceKind::Region => LocationKind::Region,
        PlaceKind::Admin1 => LocationKind::Admin1,
        PlaceKind::City | PlaceKind::Capital => LocationKind::City,
        PlaceKind::Admin2 | PlaceKind::Other => LocationKind::Other,
    }
}

fn place(table: &Table, chosen: &Chosen) -> Place {
    let Row { country, latitude, longitude, geonames_id, division, kind, .. } = chosen.row;
    let is_division = kind == PlaceKind::Admin1 && chosen.sense.cut <= Cut::Kind;
    Place {
        country,
        admin1: table.division(division).filter(|_| !is_division),
        latitude,
        longitude,
        geonames_id: geonames_id.filter(|_| chosen.sense.cut <= Cut::Kind),
    }
}

/// The share of the vote, lowered where the name alone says little.
fn certainty(chosen: &Chosen) -> f32 {
    let cut = match chosen.sense.cut {
        Cut::None => 1.0,
        Cut::Kind => 0.95,
        Cut::Part => 0.9,
        Cut::Near => 0.6,
    };
    // A village that alone has the name is often another place of which the table knows nothing.
    let small = if chosen.row.kind.is_city() && chosen.row.weight < 88 { 0.8 } else { 1.0 };
    let other = if chosen.sense.other_name { 0.9 } else { 1.0 };
    (chosen.share * cut * small * other) as f32
}

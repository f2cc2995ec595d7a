//! Which of the places that a name may mean is meant: population, cues behind the name, and the article's other places.
//!
//! Each name spreads one vote over its places, by a score; a vote supports the other names' places in the same country,
//! division and county, and near by; then all scores are counted anew. Two such rounds let "Gainesville", "Ocala" and
//! "Alachua County" find Florida together though each alone has several places.
//!
//! The weights are round numbers on the scale of decimal logarithms of population. Every sum over the article is
//! bounded ([`MOST_WEIGHED`], [`MOST_ANCHORS`]), so the work is linear in the number of names.

use super::cues::{Cue, Within};
use super::lookup::Sense;
use super::table::{PlaceKind, Row, Table};

/// Places of one name that are weighed: the likeliest by themselves, and those that a cue names.
const MOST_WEIGHED: usize = 32;
/// Places of one name that vote.
const MOST_VOTES: usize = 8;
/// Places that others may be near to.
const MOST_ANCHORS: usize = 24;
/// A share of a name's vote that makes a town an anchor.
const ANCHOR: f64 = 0.6;
/// Near, in kilometres.
const NEAR: f64 = 150.0;
const ROUNDS: usize = 2;

/// The mentions of one name in one sense: what is resolved together.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) senses: Vec<Sense>,
    pub(super) cue: Option<Cue>,
    /// How often it is mentioned; 0 for names that are only known from around the text.
    pub(super) mentions: usize,
}

/// What is known of the article's countries beside its places.
pub(super) type CountryEvidence = Vec<(u32, f64)>;

/// The place that a group means, and the share of its vote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Chosen {
    pub(super) sense: Sense,
    pub(super) row: Row,
    pub(super) share: f64,
}

struct Weighed {
    sense: Sense,
    row: Row,
    /// The score that does not depend on other names.
    own: f64,
    score: f64,
    share: f64,
}

/// The place that each group means; none where the table has no place of that name.
pub(super) fn weigh(table: &Table, groups: &[Group], evidence: &CountryEvidence) -> Vec<Option<Chosen>> {
    let mut all: Vec<Vec<Weighed>> = groups.iter().map(|group| weighed(table, group)).collect();
    let known = Tally::new(evidence.clone());
    for places in &mut all {
        for place in places.iter_mut() {
            place.score = place.own + country_support(known.of(country_key(&place.row)), 2.0);
        }
        share(places);
    }
    for _ in 0..ROUNDS {
        round(groups, &mut all, evidence);
    }
    all.into_iter()
        .map(|places| {
            let best = places.into_iter().next()?;
            Some(Chosen { sense: best.sense, row: best.row, share: best.share })
        })
        .collect()
}

/// The places of a group with their own scores.
fn weighed(table: &Table, group: &Group) -> Vec<Weighed> {
    let rows = group.senses.iter().filter_map(|&sense| Some((sense, table.row(sense.place)?)));
    let mut places: Vec<Weighed> = rows
        .map(|(sense, row)| Weighed { sense, row, own: prior(sense, &row), score: 0.0, share: 0.0 })
        .collect();
    // "New York" alone is the city, and not its state.
    let metropolis =
        |place: &Weighed| place.row.kind.is_city() && !place.sense.other_name && place.row.weight > 165;
    if let Some(city) =
        places.iter().filter(|place| metropolis(place)).map(|place| place.own).reduce(f64::max)
    {
        for place in places.iter_mut().filter(|place| place.row.kind == PlaceKind::Admin1) {
            place.own = place.own.min(city - 0.3);
        }
    }
    if let Some(cue) = &group.cue {
        let has_country = places.iter().any(|place| place.row.kind == PlaceKind::Country);
        for place in &mut places {
            place.own += cue_support(cue, &place.row, has_country);
        }
    }
    places.sort_by(|a, b| b.own.total_cmp(&a.own).then(a.sense.place.cmp(&b.sense.place)));
    places.truncate(MOST_WEIGHED);
    places
}

/// What a place is worth by itself.
fn prior(sense: Sense, row: &Row) -> f64 {
    let people = f64::from(row.weight) / 25.0;
    let code = row.country.map_or("", |country| country.code());
    let known = match row.kind {
        PlaceKind::Country => 10.0,
        PlaceKind::Region => 8.5,
        PlaceKind::Admin1 => match code {
            "US" => 7.6,
            "GB" | "CA" | "AU" => 6.6,
            _ => (2.6 + 0.5 * people).min(6.2),
        },
        PlaceKind::Admin2 => 4.3,
        PlaceKind::City => people.max(1.0),
        // "Washington" alone is the capital, and not the state.
        PlaceKind::Capital if code == "US" => 8.4,
        PlaceKind::Capital => people.max(1.0) + 0.8,
        PlaceKind::Other => 7.0,
    };
    known - if sense.other_name { 1.0 } else { 0.0 }
}

/// What a cue adds to a place that lies where the cue says.
fn cue_support(cue: &Cue, row: &Row, has_country: bool) -> f64 {
    let part = if cue.doubtful { 0.5 } else { 1.0 };
    let country = row.country.map(|country| u32::from(country.index()));
    let lies = |within: &Within| match *within {
        // A list of countries, "Iraq, Iran and Syria", is no cue for the village of Iraq in Iran.
        Within::Country(place)
            if row.kind != PlaceKind::Country && !has_country && country == Some(place) =>
        {
            5.0
        }
        Within::Division(division) if row.kind != PlaceKind::Admin1 && row.division == division => 8.0,
        Within::County(county) if row.kind != PlaceKind::Admin2 && county != 0 && row.county == county => 8.0,
        _ => 0.0,
    };
    part * cue.within.iter().map(lies).fold(0.0, f64::max)
}

fn country_support(votes: f64, most: f64) -> f64 {
    support(1.2, votes, most)
}

/// What votes of others add: each doubling as much as the last, and never more than `most`.
fn support(weight: f64, votes: f64, most: f64) -> f64 {
    // Most places have no votes but their own; no logarithm for what rounding leaves of those.
    if votes < 1e-6 { 0.0 } else { (weight * (1.0 + votes).log2()).min(most) }
}

fn country_key(row: &Row) -> u32 {
    row.country.map_or(u32::MAX, |country| u32::from(country.index()))
}

/// Sorts the places by score and turns the scores of the first into shares of one vote.
fn share(places: &mut [Weighed]) {
    places.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sense.place.cmp(&b.sense.place)));
    let best = places.first().map_or(0.0, |place| place.score);
    let mut total = 0.0;
    for (index, place) in places.iter_mut().enumerate() {
        place.share = if index < MOST_VOTES { (place.score - best).exp() } else { 0.0 };
        total += place.share;
    }
    places.iter_mut().for_each(|place| place.share /= total);
}

/// One round: counts the votes and scores all places anew.
fn round(groups: &[Group], all: &mut [Vec<Weighed>], evidence: &CountryEvidence) {
    let mut countries = evidence.clone();
    let (mut divisions, mut counties) = (Vec::new(), Vec::new());
    let mut anchors: Vec<(usize, f64, f64)> = Vec::new();
    let mut own = Vec::with_capacity(all.len());
    for (index, (group, places)) in groups.iter().zip(all.iter()).enumerate() {
        let times = 1.0 + 0.25 * group.mentions.saturating_sub(1).min(3) as f64;
        let mut votes = Votes::default();
        for place in places.iter().take(MOST_VOTES) {
            let vote = place.share * times;
            votes.countries.push((country_key(&place.row), vote));
            let division = if place.row.kind == PlaceKind::Admin1 { 1.5 * vote } else { vote };
            votes.divisions.push((u32::from(place.row.division), division));
            votes.counties.push((u32::from(place.row.county), vote));
        }
        countries.extend(&votes.countries);
        divisions.extend(&votes.divisions);
        counties.extend(&votes.counties);
        own.push(votes);
        if let Some(place) = places.first().filter(|place| is_local(place.row.kind) && place.share > ANCHOR)
            && anchors.len() < MOST_ANCHORS
        {
            anchors.push((index, place.row.latitude, place.row.longitude));
        }
    }
    let (countries, divisions, counties) =
        (Tally::new(countries), Tally::new(divisions), Tally::new(counties));
    for (index, places) in all.iter_mut().enumerate() {
        let own = &own[index];
        for place in places.iter_mut() {
            let row = &place.row;
            let mut score = place.own;
            if row.country.is_some() {
                let key = country_key(row);
                score += country_support(countries.of(key) - mine(&own.countries, key), 3.5);
            }
            if row.division != 0 {
                let key = u32::from(row.division);
                score += support(1.6, divisions.of(key) - mine(&own.divisions, key), 4.0);
            }
            if row.county != 0 {
                let key = u32::from(row.county);
                score += support(0.8, counties.of(key) - mine(&own.counties, key), 2.0);
            }
            if is_local(row.kind) {
                let near = anchors
                    .iter()
                    .filter(|&&(other, latitude, longitude)| {
                        other != index && are_near(row.latitude, row.longitude, latitude, longitude)
                    })
                    .take(3)
                    .count();
                score += (0.8 * near as f64).min(2.0);
            }
            place.score = score;
        }
        share(places);
    }
}

fn is_local(kind: PlaceKind) -> bool {
    kind.is_city() || kind == PlaceKind::Admin2
}

/// Whether two places are within [`NEAR`] of each other, on a plane: exact enough at that distance.
fn are_near(latitude: f64, longitude: f64, other_latitude: f64, other_longitude: f64) -> bool {
    const DEGREE: f64 = 111.2;
    let north = (latitude - other_latitude) * DEGREE;
    if north.abs() > NEAR {
        return false;
    }
    let mut east = (longitude - other_longitude).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let east = east * DEGREE * latitude.to_radians().cos();
    north * north + east * east < NEAR * NEAR
}

#[derive(Default)]
struct Votes {
    countries: Vec<(u32, f64)>,
    divisions: Vec<(u32, f64)>,
    counties: Vec<(u32, f64)>,
}

/// A group's own votes for a key.
fn mine(votes: &[(u32, f64)], key: u32) -> f64 {
    votes.iter().filter(|vote| vote.0 == key).map(|vote| vote.1).sum()
}

/// Sums of votes by key.
struct Tally(Vec<(u32, f64)>);

impl Tally {
    fn new(mut votes: Vec<(u32, f64)>) -> Self {
        votes.sort_by_key(|vote| vote.0);
        votes.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
        Self(votes)
    }

    fn of(&self, key: u32) -> f64 {
        self.0.binary_search_by_key(&key, |vote| vote.0).map_or(0.0, |at| self.0[at].1)
    }
}

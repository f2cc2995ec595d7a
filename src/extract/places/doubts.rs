//! Which of the chosen places are not to be told: towns of a country of which an article that
//! names other countries says nothing, towns that lie
//! elsewhere than the words beside them say, and names that have "the" before them as no town has.

use super::super::names::Name;
use super::Gathered;
use super::cues::{Cue, Within};
use super::lookup::Cut;
use super::table::{PlaceKind, Row};
use super::weigh::{Chosen, CountryEvidence, LARGE, MIDDLING, country_key};

/// The weight of a town of 15,000 people.
const SMALL: u8 = 104;
/// A share of the vote that makes a place sure enough to speak for its country.
const SURE: f64 = 0.6;

/// What a group of mentions means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meant {
    /// A place.
    Place(Chosen),
    /// No place that can be told.
    Unknown,
    /// None, and it hardly is a place at all.
    Hardly,
}

impl Meant {
    pub(super) fn place(self) -> Option<Chosen> {
        match self {
            Self::Place(chosen) => Some(chosen),
            Self::Unknown | Self::Hardly => None,
        }
    }
}

/// What each group means, by the place chosen for it and its doubts.
pub(super) fn judge(
    text: &str,
    names: &[&Name],
    gathered: &Gathered,
    evidence: &CountryEvidence,
    chosen: &[Option<Chosen>],
) -> Vec<Meant> {
    let mut named: Vec<u32> = evidence.iter().map(|&(country, _)| country).collect();
    let speaks = |chosen: &&Chosen| chosen.share > SURE && !is_town_below(chosen, SMALL);
    named.extend(chosen.iter().flatten().filter(speaks).map(|chosen| country_key(&chosen.row)));
    named.sort_unstable();
    named.dedup();
    let one = |(group, chosen): (usize, &Option<Chosen>)| {
        let Some(chosen) = *chosen else { return Meant::Unknown };
        let held = &gathered.groups[group];
        if is_town_below(&chosen, LARGE) && is_mostly_with_article(text, names, &gathered.members[group]) {
            return Meant::Hardly;
        }
        let around = held.cue.as_ref().map(|cue| lies_in(cue, &chosen.row));
        let is_elsewhere = around == Some(false) && held.cue.as_ref().is_some_and(|cue| cue.is_owner);
        let is_known = around == Some(true)
            || held.is_dateline
            || held.senses.len() == 1
            || named.is_empty()
            || named.binary_search(&country_key(&chosen.row)).is_ok();
        if is_elsewhere && is_town_below(&chosen, MIDDLING) || !is_known && is_town_below(&chosen, SMALL) {
            Meant::Unknown
        } else {
            Meant::Place(chosen)
        }
    };
    chosen.iter().enumerate().map(one).collect()
}

/// Whether a group means the very town, and the town is small.
fn is_town_below(chosen: &Chosen, weight: u8) -> bool {
    chosen.row.kind == PlaceKind::City && chosen.row.weight < weight && chosen.sense.cut <= Cut::Kind
}

fn lies_in(cue: &Cue, row: &Row) -> bool {
    cue.within.iter().any(|within| match *within {
        Within::Country(country) => country == country_key(row),
        Within::Division(division) => division == row.division,
        Within::County(county) => county == row.county,
    })
}

/// Whether most mentions have "the" before them and none has a word that only a place has. "The Mosul offensive" is no such
/// mention: one at least must stand by itself.
fn is_mostly_with_article(text: &str, names: &[&Name], members: &[usize]) -> bool {
    let (mut with, mut alone) = (0, false);
    for &member in members {
        let span = names[member].span;
        let before = text[..span.start].trim_end_matches(' ');
        if ["in", "at", "near", "from"].iter().any(|word| ends_with_word(before, word)) {
            return false;
        }
        if ["the", "The"].iter().any(|word| ends_with_word(before, word)) {
            with += 1;
            let behind = &text[span.end..];
            let is_end = |c: char| !c.is_alphanumeric() && c != ' ' && c != '-' && c != '\'' && c != '’';
            alone |= behind.is_empty()
                || behind.starts_with(is_end)
                || BEHIND
                    .iter()
                    .any(|word| behind.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
        }
    }
    alone && with * 2 > members.len()
}

/// Words that begin no compound with the name before them.
const BEHIND: [&str; 14] = [
    " and", " are", " as", " at", " for", " from", " had", " has", " in", " is", " of", " on", " to", " was",
];

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric()))
}

//! Which places a name may mean, by the name alone: as it is, as an abbreviation, or without the words that narrow it
//! ("northern Iraq", "Baghdad International Airport").

use super::super::folded::fold_into;
use super::super::nations::{self, Country};
use super::table::{NameUse, PlaceKind, Table};

/// How a name was cut before the table knew it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// It was not.
    None,
    /// A word for what the place is came off ("Nineveh province", "city of Basra"): the place is the very one.
    Kind,
    /// A word for a part of it came off ("northern Iraq").
    Part,
    /// What is left is near or in the place ("Baghdad airport").
    Near,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sense {
    pub(super) place: u32,
    /// Whether the name is one of several that the place has.
    pub(super) other_name: bool,
    pub(super) cut: Cut,
}

/// More senses are not weighed: the table names them in the order of their numbers, and no name of one town has more.
const MOST_SENSES: usize = 160;
/// A longer name is no place's, in bytes.
const LONGEST: usize = 80;

/// Words before a name, and what they leave.
const BEFORE: [(&str, Cut); 44] = [
    ("north", Cut::Part),
    ("south", Cut::Part),
    ("east", Cut::Part),
    ("west", Cut::Part),
    ("northern", Cut::Part),
    ("southern", Cut::Part),
    ("eastern", Cut::Part),
    ("western", Cut::Part),
    ("central", Cut::Part),
    ("northeast", Cut::Part),
    ("northwest", Cut::Part),
    ("southeast", Cut::Part),
    ("southwest", Cut::Part),
    ("northeastern", Cut::Part),
    ("northwestern", Cut::Part),
    ("southeastern", Cut::Part),
    ("southwestern", Cut::Part),
    ("upper", Cut::Part),
    ("lower", Cut::Part),
    ("greater", Cut::Part),
    ("downtown", Cut::Part),
    ("midtown", Cut::Part),
    ("uptown", Cut::Part),
    ("metro", Cut::Part),
    ("metropolitan", Cut::Part),
    ("inner", Cut::Part),
    ("outer", Cut::Part),
    ("old", Cut::Part),
    ("rural", Cut::Part),
    ("suburban", Cut::Part),
    ("mainland", Cut::Part),
    ("occupied", Cut::Part),
    ("city of", Cut::Kind),
    ("town of", Cut::Kind),
    ("village of", Cut::Kind),
    ("township of", Cut::Kind),
    ("state of", Cut::Kind),
    ("county of", Cut::Kind),
    ("province of", Cut::Kind),
    ("district of", Cut::Kind),
    ("borough of", Cut::Kind),
    ("port of", Cut::Near),
    ("lake", Cut::Near),
    ("mount", Cut::Near),
];

/// Words behind a name, and what they leave.
const BEHIND: [(&str, Cut); 62] = [
    ("city", Cut::Kind),
    ("county", Cut::Kind),
    ("counties", Cut::Kind),
    ("province", Cut::Kind),
    ("state", Cut::Kind),
    ("region", Cut::Kind),
    ("district", Cut::Kind),
    ("township", Cut::Kind),
    ("borough", Cut::Kind),
    ("town", Cut::Kind),
    ("village", Cut::Kind),
    ("parish", Cut::Kind),
    ("prefecture", Cut::Kind),
    ("governorate", Cut::Kind),
    ("oblast", Cut::Kind),
    ("division", Cut::Kind),
    ("territory", Cut::Kind),
    ("island", Cut::Kind),
    ("islands", Cut::Kind),
    ("municipality", Cut::Kind),
    ("area", Cut::Part),
    ("metro area", Cut::Part),
    ("metropolitan area", Cut::Part),
    ("suburbs", Cut::Part),
    ("valley", Cut::Part),
    ("peninsula", Cut::Part),
    ("coast", Cut::Part),
    ("border", Cut::Part),
    ("strip", Cut::Part),
    ("airport", Cut::Near),
    ("international airport", Cut::Near),
    ("regional airport", Cut::Near),
    ("municipal airport", Cut::Near),
    ("river", Cut::Near),
    ("bay", Cut::Near),
    ("beach", Cut::Near),
    ("harbor", Cut::Near),
    ("harbour", Cut::Near),
    ("port", Cut::Near),
    ("lake", Cut::Near),
    ("mountain", Cut::Near),
    ("mountains", Cut::Near),
    ("hills", Cut::Near),
    ("park", Cut::Near),
    ("national park", Cut::Near),
    ("forest", Cut::Near),
    ("desert", Cut::Near),
    ("creek", Cut::Near),
    ("heights", Cut::Near),
    ("refugee camp", Cut::Near),
    ("camp", Cut::Near),
    ("air base", Cut::Near),
    ("airbase", Cut::Near),
    ("base", Cut::Near),
    ("prison", Cut::Near),
    ("stadium", Cut::Near),
    ("dam", Cut::Near),
    ("bridge", Cut::Near),
    ("zoo", Cut::Near),
    ("station", Cut::Near),
    ("falls", Cut::Near),
    ("reservation", Cut::Near),
];

/// The parts of the United Kingdom that `nations` takes for it: here they are places of their own.
const PARTS_OF_BRITAIN: [&str; 4] = ["england", "scotland", "wales", "northern ireland"];

/// Writes the places that `name` may mean into `senses`, and its key into `key`.
pub(super) fn senses(table: &Table, name: &str, key: &mut String, senses: &mut Vec<Sense>) {
    senses.clear();
    key.clear();
    if name.len() > LONGEST {
        return;
    }
    fold_into(name, key);
    if let Some(rest) = key.strip_prefix("the ") {
        *key = rest.to_owned();
    }
    if let Some(rest) = key.strip_suffix(" co") {
        *key = format!("{rest} county");
    }
    if let Some(country) = country(name, key) {
        senses.push(Sense { place: u32::from(country.index()), other_name: false, cut: Cut::None });
    } else if let Some(nationality) = nations::demonym(name) {
        senses.extend(nationality.country.map(|country| Sense {
            place: u32::from(country.index()),
            other_name: false,
            cut: Cut::None,
        }));
        return;
    }
    gather(table, key, is_abbreviated(name), Cut::None, senses);
    if !senses.is_empty() {
        return;
    }
    let (mut rest, mut cut) = (key.as_str(), Cut::None);
    for _ in 0..3 {
        let Some((shorter, by)) = shorten(rest) else { return };
        rest = shorter;
        cut = cut.max(by);
        if let Some(country) = capitalised_country(rest) {
            senses.push(Sense { place: u32::from(country.index()), other_name: false, cut });
        }
        gather(table, rest, false, cut, senses);
        if !senses.is_empty() {
            return;
        }
    }
}

/// The senses of an exact folded name.
fn gather(table: &Table, key: &str, abbreviated: bool, cut: Cut, senses: &mut Vec<Sense>) {
    let is_country = !senses.is_empty();
    let mut has_abbreviation = false;
    let first = senses.len();
    for candidate in table.candidates(key).take(MOST_SENSES) {
        let Some(row) = table.row(candidate.place) else { continue };
        let other_name = match candidate.usage {
            NameUse::Main => false,
            NameUse::Other => true,
            NameUse::Abbreviation if abbreviated => {
                has_abbreviation = true;
                false
            }
            NameUse::Abbreviation => continue,
        };
        // "Mexico" is a by-name of Mexico City, but nobody who writes it means the town.
        if is_country && other_name && row.kind.is_city() {
            continue;
        }
        senses.push(Sense { place: candidate.place, other_name, cut });
    }
    if has_abbreviation {
        let mut at = first;
        senses.retain(|sense| {
            at += 1;
            at <= first || table.row(sense.place).is_some_and(|row| row.kind == PlaceKind::Admin1)
        });
    }
}

fn country(name: &str, key: &str) -> Option<Country> {
    nations::country(name).filter(|_| !PARTS_OF_BRITAIN.contains(&key))
}

/// The country of a folded name.
fn capitalised_country(key: &str) -> Option<Country> {
    let mut letters = key.chars();
    let first = letters.next()?;
    let name: String = first.to_uppercase().chain(letters).collect();
    country(&name, key).or_else(|| nations::demonym(&name).and_then(|nationality| nationality.country))
}

/// Whether a name looks like an abbreviation: in capitals, or ending with a full stop.
pub(super) fn is_abbreviated(name: &str) -> bool {
    name.ends_with('.') || name.len() <= 8 && !name.chars().any(char::is_lowercase)
}

/// A folded name without one word that narrows it.
fn shorten(key: &str) -> Option<(&str, Cut)> {
    let before = BEFORE.iter().find_map(|&(word, cut)| {
        let rest = key.strip_prefix(word)?.strip_prefix(' ')?;
        (!rest.is_empty()).then_some((rest, cut))
    });
    // The longest word: of "Baghdad international airport" Baghdad is to be left.
    let behind = || {
        let rests = BEHIND.iter().filter_map(|&(word, cut)| {
            let rest = key.strip_suffix(word)?.strip_suffix(' ')?;
            (!rest.is_empty()).then_some((rest, cut))
        });
        rests.min_by_key(|(rest, _)| rest.len())
    };
    before.or_else(behind)
}

//! What stands right beside a place's name and says where it is: behind it ("Paris, Texas", "Portland, Ore.", "Mosul in
//! Iraq", "Smith (R-Ohio)", "White City in west London") or before it ("Norway's Bergen", "University of Alabama in
//! Huntsville").

use super::lookup::{Sense, is_abbreviated, senses};
use super::table::{PlaceKind, Table};
use super::weigh::LARGE;

/// A place that the words behind a name put it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    /// A country, by its row.
    Country(u32),
    /// A first-level division.
    Division(u16),
    /// A county.
    County(u16),
}

/// A cue: where the place may lie, all readings of the same words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cue {
    pub(super) within: Vec<Within>,
    /// Whether the words may as well be the next of a list ("Boston, New York and Chicago").
    pub(super) doubtful: bool,
    /// Whether the words say whose the place is ("Norway's Bergen").
    pub(super) is_owner: bool,
}

/// Room that is used again for each name.
#[derive(Default)]
pub(super) struct Room {
    key: String,
    senses: Vec<Sense>,
}

const MOST_WORDS: usize = 3;

/// The cue behind byte `end` of `text`.
pub(super) fn cue_behind(table: &Table, text: &str, end: usize, room: &mut Room) -> Option<Cue> {
    let rest = text.get(end..)?;
    let lead = [", in ", " in ", ", of ", " of ", ", ", " (", "("]
        .into_iter()
        .find(|lead| rest.starts_with(lead))?;
    let rest = &rest[lead.len()..];
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let rest = ["R-", "D-", "I-"].iter().find_map(|party| rest.strip_prefix(party)).unwrap_or(rest);
    let rest = DIRECTIONS
        .iter()
        .find_map(|direction| rest.strip_prefix(direction)?.strip_prefix(' '))
        .unwrap_or(rest);
    let ends = word_ends(rest);
    for count in (0..MOST_WORDS).rev() {
        let Some(end) = ends[count] else { continue };
        let words = &rest[..end];
        let (within, is_town) = places_around(table, words, lead.ends_with(" in "), room);
        if !within.is_empty() {
            let after = &rest[end..];
            let listed = after.starts_with(" and ") || after.starts_with(" or ");
            let doubtful = !is_abbreviated(words) && (listed || is_town && !after.starts_with(')'));
            return Some(Cue { within, doubtful, is_owner: false });
        }
    }
    None
}

/// The cue before byte `start` of `text`. It is always doubtful: "Australia's London embassy".
pub(super) fn cue_before(table: &Table, text: &str, start: usize, room: &mut Room) -> Option<Cue> {
    let before = text.get(..start)?;
    let owner = before.strip_suffix("'s ").or_else(|| before.strip_suffix("’s "));
    let words = match owner {
        Some(owner) => owner,
        None => before.strip_suffix(" in ").or_else(|| before.strip_suffix(" at "))?,
    };
    let mut begin = words.len();
    let mut longest = None;
    for _ in 0..MOST_WORDS {
        let word = words[..begin].rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next()?;
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        begin -= word.len();
        let of_school = owner.is_none() && words[..begin].ends_with("University of ");
        if owner.is_some() || of_school {
            let (within, _) = places_around(table, &words[begin..], owner.is_some(), room);
            if !within.is_empty() {
                longest = Some(Cue { within, doubtful: true, is_owner: owner.is_some() });
            }
        }
        match words[..begin].strip_suffix(' ') {
            Some(rest) => begin = rest.len(),
            None => break,
        }
    }
    longest
}

const DIRECTIONS: [&str; 10] =
    ["north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "downtown"];

/// Where a place may lie that lies in what `words` name, and whether they may also name a town. A large town stands for
/// its division if `towns` says so and it is nothing else.
fn places_around(table: &Table, words: &str, towns: bool, room: &mut Room) -> (Vec<Within>, bool) {
    senses(table, words, &mut room.key, &mut room.senses);
    let (mut within, mut is_town) = (Vec::new(), false);
    let mut largest: Option<(u8, u16)> = None;
    for sense in room.senses.iter().filter(|sense| !sense.other_name) {
        let Some(row) = table.row(sense.place) else { continue };
        match row.kind {
            PlaceKind::Country => within.push(Within::Country(sense.place)),
            PlaceKind::Admin1 => within.push(Within::Division(row.division)),
            PlaceKind::Admin2 => within.push(Within::County(row.county)),
            _ => is_town |= row.weight > 140,
        }
        if row.kind.is_city() && row.weight >= LARGE && row.division != 0 {
            largest = largest.max(Some((row.weight, row.division)));
        }
    }
    if let Some((_, division)) = largest.filter(|_| towns && within.is_empty()) {
        within.push(Within::Division(division));
    }
    (within, is_town)
}

/// Where the first, second and third word of `text` end, while they start with a capital and one space or hyphen is
/// between them.
fn word_ends(text: &str) -> [Option<usize>; MOST_WORDS] {
    let mut ends = [None; MOST_WORDS];
    let mut at = 0;
    for slot in &mut ends {
        let word = &text[at..];
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        let length = word.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(word.len());
        // "Iraq." at the end of a sentence is Iraq; "Ore." is looked up as it stands, and folding drops the full stop.
        at += length;
        *slot = Some(at);
        match text[at..].chars().next() {
            Some(' ' | '-') => at += 1,
            _ => break,
        }
        if at > 64 {
            break;
        }
    }
    ends
}

//! What stands right behind a place's name and says where it is: "Paris, Texas", "Portland, Ore.", "Mosul in Iraq",
//! "Smith (R-Ohio)".

use super::lookup::{Sense, is_abbreviated, senses};
use super::table::{PlaceKind, Table};

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
}

/// Room that is used again for each name.
#[derive(Default)]
pub(super) struct Room {
    key: String,
    senses: Vec<Sense>,
}

const MOST_WORDS: usize = 3;

/// The cue behind byte `end` of `text`.
pub(super) fn cue(table: &Table, text: &str, end: usize, room: &mut Room) -> Option<Cue> {
    let rest = text.get(end..)?;
    let rest = [", in ", " in ", ", of ", " of ", ", ", " (", "("]
        .iter()
        .find_map(|lead| rest.strip_prefix(lead))?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let rest = ["R-", "D-", "I-"].iter().find_map(|party| rest.strip_prefix(party)).unwrap_or(rest);
    let ends = word_ends(rest);
    for count in (0..MOST_WORDS).rev() {
        let Some(end) = ends[count] else { continue };
        let words = &rest[..end];
        senses(table, words, &mut room.key, &mut room.senses);
        let mut within = Vec::new();
        let mut is_town = false;
        for sense in room.senses.iter().filter(|sense| !sense.other_name) {
            let Some(row) = table.row(sense.place) else { continue };
            match row.kind {
                PlaceKind::Country => within.push(Within::Country(sense.place)),
                PlaceKind::Admin1 => within.push(Within::Division(row.division)),
                PlaceKind::Admin2 => within.push(Within::County(row.county)),
                _ => is_town |= row.weight > 140,
            }
        }
        if !within.is_empty() {
            let after = &rest[end..];
            let listed = after.starts_with(" and ") || after.starts_with(" or ");
            let doubtful = !is_abbreviated(words) && (listed || is_town && !after.starts_with(')'));
            return Some(Cue { within, doubtful });
        }
    }
    None
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

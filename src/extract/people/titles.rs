//! Titles directly before a name: "US Defence Secretary Ash Carter", "the mayor of Oslo Ann Lund", "senators A and B".

use super::phrase::Draft;
use super::said::Said;
use super::scene::{Kind, Scene};
use super::words::Class;

/// No title of two or more words with "of" is longer, in items.
const LONGEST: usize = 8;

/// Reads the title before the name that is item `at`; `floor` is the first item that may belong to it. What forms
/// of address say goes into `said`.
pub(super) fn before(scene: &Scene<'_>, at: usize, floor: usize, said: &mut Said) -> Option<Draft> {
    let mut end = at;
    while end > floor && scene.is_word(end - 1, Class::ADDRESS) {
        end -= 1;
        said.gendered(scene.items[end].class);
    }
    if end == floor {
        return None;
    }
    let last = scene.items[end - 1];
    if last.is_word(Class::KIN) && end < at + 1 {
        said.gendered(last.class);
        return None;
    }
    let head = if last.is_word(Class::OFFICE) {
        Some(end - 1)
    } else if end >= floor + 2
        && ["elect", "emeritus", "designate"].iter().any(|word| scene.is_text(end - 1, word))
        && scene.is_word(end - 2, Class::OFFICE)
    {
        Some(end - 2)
    } else {
        None
    };
    if let Some(head) = head {
        let mut draft = Draft::before(scene, head, floor, true);
        if !draft.is_supported(scene) {
            return None;
        }
        draft.behind(scene, end);
        return Some(draft);
    }
    of_phrase(scene, end, floor)
}

/// A title that ends in its "of ...": "Secretary of State John Kerry".
fn of_phrase(scene: &Scene<'_>, end: usize, floor: usize) -> Option<Draft> {
    let mut at = end;
    while at > floor && end - at < LONGEST {
        at -= 1;
        let item = scene.items[at];
        let inside = match item.kind {
            Kind::Organization | Kind::Place(_) | Kind::Demonym(_) => true,
            Kind::Word if ["of", "from", "to", "for"].iter().any(|word| scene.is_text(at, word)) => {
                let envoy = scene.is_text(at, "to") || scene.is_text(at, "for");
                let class = if envoy { Class::ENVOY } else { Class::OFFICE };
                if at > floor && at + 1 < end && scene.is_word(at - 1, class) {
                    let head = at - 1;
                    if scene.is_word(head, Class::PLURAL) {
                        return None;
                    }
                    let mut draft = Draft::before(scene, head, floor, true);
                    let all = draft.behind(scene, end) == end;
                    return (all && draft.is_supported(scene)).then_some(draft);
                }
                true
            }
            Kind::Word => {
                item.large && !item.class.is(Class::DETERMINER)
                    || item.class.is(Class::MODIFIER.and(Class::BODY))
                    || ["and", "the"].iter().any(|word| scene.is_text(at, word))
            }
            _ => false,
        };
        if !inside {
            return None;
        }
    }
    None
}

/// A list is read no further than this: a text may be one list, and every name in it asks for the rest.
const LONGEST_LIST: usize = 16;

/// The items of the names after item `at` that stand in one list with it: "A of Oslo, B and C".
pub(super) fn list(scene: &Scene<'_>, at: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut next = at + 1;
    loop {
        if scene.is_text(next, "of") && matches!(scene.kind(next + 1), Some(Kind::Place(_))) {
            next += 2;
        }
        if scene.is(next, Kind::Open) {
            let close = (next..scene.items.len().min(next + 8)).find(|&at| scene.is(at, Kind::Close));
            next = close.map_or(next, |close| close + 1);
        }
        let comma = scene.is(next, Kind::Comma);
        next += usize::from(comma);
        let and = scene.is_text(next, "and") || scene.is_text(next, "&") || scene.is_text(next, "or");
        next += usize::from(and);
        if !(comma || and) || !matches!(scene.kind(next), Some(Kind::Person(_))) {
            return found;
        }
        found.push(next);
        if and || found.len() == LONGEST_LIST {
            return found;
        }
        next += 1;
    }
}

//! What a title goes on with behind its head noun: a preposition and its noun phrase.

use crate::text::Span;

use super::scene::{Kind, Scene};
use super::words::Class;

/// Things that carry a name before them and are no employer: "author of the Zorvex report". In small letters.
const WORKS: &str = "report study survey poll book novel film play article essay memoir series blog paper podcast \
    album song bill plan index";

/// The organisation that a noun phrase without a tagged one names: "the mobile firm Zorvex" is Zorvex; "the Zorvex
/// report" is none. `content..end` are its items.
pub(super) fn employer(scene: &Scene<'_>, content: usize, end: usize) -> Option<Span> {
    let last = end.checked_sub(1).filter(|&last| last >= content)?;
    if WORKS.split_ascii_whitespace().any(|work| scene.is_text(last, work)) {
        return None;
    }
    let small = |at: usize| {
        let item = scene.items[at];
        item.kind == Kind::Word
            && !item.class.is(Class::FUNCTION.and(Class::DETERMINER))
            && !scene.word(at).contains(char::is_uppercase)
    };
    // Only a body's noun in front of a name says that the name is the body's.
    let noun = (content..last).rev().find(|&at| small(at));
    let noun = noun.filter(|&at| scene.is_word(at, Class::BODY) && scene.items[at + 1].large);
    Some(scene.span(noun.map_or(content, |at| at + 1), end))
}

/// The prepositions that a title goes on with, by what they add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preposition {
    Of,
    For,
    At,
    From,
    To,
    In,
}

/// The preposition at item `at`.
pub(super) fn preposition(scene: &Scene<'_>, at: usize) -> Option<Preposition> {
    if !scene.is_word(at, Class::FUNCTION) {
        return None;
    }
    Some(match scene.word(at) {
        "of" | "Of" | "OF" => Preposition::Of,
        "for" | "For" => Preposition::For,
        "at" | "with" => Preposition::At,
        "from" => Preposition::From,
        "to" => Preposition::To,
        "in" | "on" | "under" => Preposition::In,
        _ => return None,
    })
}

/// The noun phrase that starts with item `at`, without its determiner: its first item and the one behind it.
pub(super) fn content(scene: &Scene<'_>, at: usize, limit: usize) -> (usize, usize) {
    let start = if scene.is_word(at, Class::DETERMINER) { at + 1 } else { at };
    let mut end = start;
    while end < limit.min(scene.items.len()) {
        let item = scene.items[end];
        let inside = match item.kind {
            Kind::Organization | Kind::Place(_) | Kind::Demonym(_) | Kind::Possessive | Kind::Hyphen => true,
            Kind::Person(_) => true,
            Kind::Word if item.class.is(Class::FUNCTION.and(Class::DETERMINER)) => {
                let word = scene.word(end);
                let next = end + 1;
                match word {
                    // A nested "of" goes on, with its article.
                    "of" => end > start,
                    "the" => end > start && scene.is_text(end - 1, "of"),
                    "and" => {
                        // "of Trade and Industry", but not "of Lund Bank and a father of two".
                        let noun = |at: usize| {
                            scene.items.get(at).is_some_and(|item| {
                                matches!(item.kind, Kind::Word)
                                    && !item.class.is(Class::FUNCTION
                                        .and(Class::DETERMINER)
                                        .and(Class::OFFICE)
                                        .and(Class::VERB))
                            })
                        };
                        end > start && next < limit && noun(end - 1) && noun(next)
                    }
                    _ => false,
                }
            }
            Kind::Word if item.class.is(Class::VERB) && !item.large => false,
            Kind::Word => {
                item.large
                    || item.class != Class::default()
                    || !(scene.word(end).ends_with("ed") || scene.word(end).ends_with("ly"))
            }
            _ => false,
        };
        if !inside {
            break;
        }
        end += 1;
    }
    // A trailing "of" or "and" belongs to nothing.
    while end > start && scene.is_word(end - 1, Class::FUNCTION.and(Class::DETERMINER)) {
        end -= 1;
    }
    (start, end)
}

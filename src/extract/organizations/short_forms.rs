//! Short forms: the beginning of a longer name ("Goldman" of "Goldman Sachs"), a paper's last word ("the Times"), and a
//! state's body without the state ("the Senate" of "the US Senate").

use std::collections::{BTreeMap, BTreeSet};

use super::join::Groups;
use super::surface::Surface;
use super::words::{HEADS, ONE_OF_A_STATE, PAPERS, UNITS, has};
use crate::extract::names::{Name, NameKind};
use crate::extract::nations;

/// A short form may stand for a name that is longer by so many words.
const MOST_MORE: usize = 4;

/// What a short form may stand for: one group, or several, which is none.
#[derive(Clone, Copy)]
struct Candidate {
    surface: usize,
    root: usize,
    unique: bool,
}

/// Joins short forms with the one longer name that they can stand for.
pub(super) fn join(text: &str, names: &[Name], surfaces: &[Surface<'_>], groups: &mut Groups) {
    let places: BTreeSet<&str> = names
        .iter()
        .filter(|name| name.kind == NameKind::Location)
        .map(|name| name.span.text(text))
        .collect();
    let (mut beginnings, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for (number, surface) in surfaces.iter().enumerate() {
        let (words, root) = (&surface.words, groups.root(number));
        for shorter in words.len().saturating_sub(MOST_MORE).max(1)..words.len() {
            note(&mut beginnings, words[..shorter].join(" "), number, root);
        }
        if let [.., last] = words.as_slice()
            && words.len() > 1
            && has(PAPERS, last)
        {
            note(&mut ends, last.clone(), number, root);
        }
        for skipped in 1..words.len().min(3) {
            let state = surface.written[..skipped].join(" ");
            let rest = words[skipped..].join(" ");
            let stately = nations::country(&state).is_some() || nations::demonym(&state).is_some();
            if stately && has(ONE_OF_A_STATE, &rest) {
                note(&mut ends, rest, number, root);
            }
        }
        // "Supreme Court of Pakistan"
        if let Some(of) = words.iter().position(|word| word == "of" || word == "for").filter(|&of| of > 0) {
            let head = words[..of].join(" ");
            if has(ONE_OF_A_STATE, &head) {
                note(&mut ends, head, number, root);
            }
        }
    }
    for (number, surface) in surfaces.iter().enumerate() {
        let key = surface.words.join(" ");
        let by_end = ends.get(&key).filter(|found| found.unique).map(|found| found.surface);
        let by_beginning = || {
            let found = beginnings.get(&key).filter(|found| found.unique)?;
            let place = surface.texts.iter().any(|text| places.contains(text));
            is_beginning(surface, &surfaces[found.surface], place).then_some(found.surface)
        };
        if let Some(longer) = by_end.or_else(by_beginning) {
            groups.join(longer, number);
        }
    }
}

fn note(all: &mut BTreeMap<String, Candidate>, key: String, surface: usize, root: usize) {
    all.entry(key).and_modify(|found| found.unique &= found.root == root).or_insert(Candidate {
        surface,
        root,
        unique: true,
    });
}

/// Whether a name that begins a longer one may be its short form.
fn is_beginning(short: &Surface<'_>, long: &Surface<'_>, place: bool) -> bool {
    let [first, others @ ..] = short.words.as_slice() else { return false };
    let rest = &long.words[short.words.len()..];
    let (Some(next), Some(last)) = (rest.first(), rest.last()) else { return false };
    if others.is_empty() && has(HEADS, first) || short.words.iter().all(|word| has(HEADS, word)) {
        return false;
    }
    // "Bank of ..." has its name behind "of", and "University of Melby Orda" may be another than that of Melby.
    let joint = |word: &str| matches!(word, "of" | "for" | "and" | "in" | "de");
    if joint(next) || short.words.iter().any(|word| joint(word)) {
        return false;
    }
    let written = short.written.join(" ");
    let stately = nations::country(&written).is_some() || nations::demonym(&written).is_some();
    if place || stately {
        return false;
    }
    let unit = rest.iter().any(|word| has(UNITS, word));
    match (short.acronym().is_some(), unit) {
        // "Labour Party", "Harvard University": one word of the kind, and the name is that.
        (false, true) => rest.len() == 1 && has(UNITS, last),
        (true, true) => false,
        (_, false) => true,
    }
}

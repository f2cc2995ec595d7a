//! Short forms: the beginning of a longer name ("Goldman" of "Goldman Sachs"), a paper's last word ("the Times"), and a
//! state's body without the state ("the Senate" of "the US Senate").

use std::collections::{BTreeMap, BTreeSet};

use super::join::Groups;
use super::surface::Surface;
use super::words::{ENDINGS, HEADS, ONE_OF_A_STATE, PAPERS, UNITS, has};
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

type Candidates<'s> = BTreeMap<&'s str, Candidate>;

/// Joins short forms with the one longer name that they can stand for.
pub(super) fn join(text: &str, names: &[Name], surfaces: &[Surface<'_>], groups: &mut Groups) {
    let shorts: BTreeSet<&str> = surfaces.iter().map(|surface| surface.key.as_str()).collect();
    let (mut beginnings, mut ends, mut parts) = (Candidates::new(), Candidates::new(), Candidates::new());
    for (number, surface) in surfaces.iter().enumerate() {
        let root = groups.root(number);
        let mut border = surface.key.len();
        for _ in 0..MOST_MORE.min(surface.words.len().saturating_sub(1)) {
            border = surface.key[..border].rfind(' ').unwrap_or(0);
            let beginning = &surface.key[..border];
            if shorts.contains(beginning) {
                note(&mut beginnings, beginning, number, root);
            }
        }
        for end in ends_of(surface).into_iter().flatten() {
            if shorts.contains(end) {
                note(&mut ends, end, number, root);
            }
        }
        for part in last_parts(surface) {
            if shorts.contains(part) {
                note(&mut parts, part, number, root);
            }
        }
    }
    if beginnings.is_empty() && ends.is_empty() && parts.is_empty() {
        return;
    }
    let places: BTreeSet<&str> = names
        .iter()
        .filter(|name| name.kind == NameKind::Location)
        .map(|name| name.span.text(text))
        .collect();
    for (number, surface) in surfaces.iter().enumerate() {
        let unique =
            |all: &Candidates<'_>| all.get(surface.key.as_str()).filter(|found| found.unique).copied();
        let by_beginning = || {
            let found = unique(&beginnings)?;
            let place = surface.texts.iter().any(|text| places.contains(text));
            is_beginning(surface, &surfaces[found.surface], place).then_some(found)
        };
        // What may also be another name's short form is disputed.
        let disputed = |all: &Candidates<'_>| all.contains_key(surface.key.as_str());
        let by_part = || unique(&parts).filter(|_| !disputed(&ends) && !disputed(&beginnings));
        if let Some(longer) = unique(&ends).or_else(by_beginning).or_else(by_part) {
            groups.join(longer.surface, number);
        }
    }
}

/// The keys under which a longer name is known by its end or its inside: a paper's last word, a state's body without the
/// state in front or behind.
fn ends_of<'s>(surface: &'s Surface<'_>) -> [Option<&'s str>; 4] {
    let key = surface.key.as_str();
    let words = &surface.words;
    if words.len() < 2 {
        return [None; 4];
    }
    let paper = words.last().filter(|last| has(PAPERS, last)).map(String::as_str);
    // "Supreme Court of Pakistan"
    let head = |name: &'s str| {
        let of = name.find(" of ").or(name.find(" for "));
        of.map(|of| &name[..of]).filter(|head| has(ONE_OF_A_STATE, head))
    };
    // "United States Congress": a country may have two words.
    let body = (1..words.len().min(3)).find_map(|count| {
        let skipped: usize = words[..count].iter().map(|word| word.len() + 1).sum();
        let rest = &key[skipped..];
        let body = head(rest).or(Some(rest).filter(|rest| rest.contains(' ') || has(ONE_OF_A_STATE, rest)))?;
        let state = surface.written[..count].join(" ");
        let stately = nations::country(&state).is_some() || nations::demonym(&state).is_some();
        stately.then_some(body)
    });
    [paper, body, head(key), without_country(surface)]
}

/// "Orda" of "US Orda Corporation": what is left between a country and a company's ending.
fn without_country<'s>(surface: &'s Surface<'_>) -> Option<&'s str> {
    let [state, rest @ ..] = surface.words.as_slice() else { return None };
    let core = rest.iter().rposition(|word| !has(ENDINGS, word)).map(|last| &rest[..=last])?;
    if core.len() == rest.len() || core.iter().all(|word| has(HEADS, word)) {
        return None;
    }
    let stately =
        nations::country(&surface.written[0]).is_some() || nations::demonym(&surface.written[0]).is_some();
    let length = core.iter().map(|word| word.len() + 1).sum::<usize>() - 1;
    stately.then(|| &surface.key[state.len() + 1..][..length])
}

/// The last parts of a longer name that can stand for it: two words or more that end in a unit ("Police Prefecture" of
/// "Melby Police Prefecture"). Not those that many have and that "of" or "national" tell apart.
fn last_parts<'s>(surface: &'s Surface<'_>) -> impl Iterator<Item = &'s str> {
    let (key, words) = (surface.key.as_str(), &surface.words);
    let unit =
        words.last().is_some_and(|last| has(UNITS, last) && !matches!(last.as_str(), "party" | "union"));
    let most = if unit { words.len().saturating_sub(1).min(MOST_MORE) } else { 1 };
    // "National Research Council" and "Research Council" may be two; so may "Bank of Melby School" and its end.
    let plain =
        |word: &String| !has(HEADS, word) && !matches!(word.as_str(), "of" | "for" | "and" | "the" | "in");
    (1..most).filter(move |&count| words[..count].iter().all(plain)).map(move |count| {
        let skipped: usize = words[..count].iter().map(|word| word.len() + 1).sum();
        &key[skipped..]
    })
}

fn note<'s>(all: &mut Candidates<'s>, key: &'s str, surface: usize, root: usize) {
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
    // "Bank of ..." has its name behind "of", and "University of Melby Orda" may be another than that of Melby; but "Reed
    // Foundation" is the "Reed Foundation for the Arts".
    let joint = |word: &str| matches!(word, "of" | "for" | "and" | "in" | "de");
    let of = joint(next);
    if short.words.iter().any(|word| joint(word)) || of && (others.is_empty() || next == "and") {
        return false;
    }
    let written = short.written.join(" ");
    let stately = nations::country(&written).is_some() || nations::demonym(&written).is_some();
    if place || stately {
        return false;
    }
    let unit = rest.iter().any(|word| has(UNITS, word));
    match (short.acronym().is_some(), unit && !of) {
        // "Labour Party", "Harvard University": one word of the kind, and the name is that.
        (false, true) => rest.len() == 1 && has(UNITS, last),
        (true, true) => false,
        (_, false) => true,
    }
}

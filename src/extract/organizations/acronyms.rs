//! Acronyms and the names they stand for, in both directions.
//!
//! The pattern is that of Schwartz and Hearst ("A simple algorithm for identifying abbreviation definitions in biomedical
//! text", 2003): a name, a bracket, a short form. Names are marked here already, so that initials decide instead of a search
//! over letters.

use std::collections::BTreeMap;

use super::join::Groups;
use super::surface::{Surface, is_small};
use crate::extract::names::{Name, NameKind};
use crate::extract::nations;

/// Joins acronyms with full names.
pub(super) fn join(text: &str, names: &[Name], surfaces: &[Surface<'_>], groups: &mut Groups) {
    let acronyms: Vec<Option<String>> = surfaces.iter().map(Surface::acronym).collect();
    if acronyms.iter().all(Option::is_none) {
        return;
    }
    let initials: Vec<Vec<String>> = surfaces.iter().map(initials).collect();
    let mut by_initials: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, all) in initials.iter().enumerate() {
        for one in all {
            by_initials.entry(one).or_default().push(number);
        }
    }
    let mut defined = vec![false; surfaces.len()];
    for (long, short) in brackets(text, names, surfaces) {
        // "WHO (World Health Organization)" is the same pair turned round.
        let (long, short) = if acronyms[short].is_some() { (long, short) } else { (short, long) };
        let Some(acronym) = &acronyms[short] else { continue };
        if acronyms[long].is_some() || surfaces[long].words.len() < 2 {
            continue;
        }
        let fits = initials[long].iter().any(|one| one == acronym);
        // The letters may come from another language, unless they are another name's of this text.
        if (fits || !by_initials.contains_key(acronym.as_str())) && groups.join(long, short) {
            defined[short] = true;
        }
    }
    for (short, acronym) in acronyms.iter().enumerate().filter(|(short, _)| !defined[*short]) {
        let Some(candidates) = acronym.as_deref().and_then(|acronym| by_initials.get(acronym)) else {
            continue;
        };
        // Numbers follow the text, so the last name before the acronym, else the first behind it.
        let at = candidates.partition_point(|&long| long < short);
        let before = candidates[..at].iter().rev();
        let _ = before.chain(&candidates[at..]).any(|&long| groups.join(long, short));
    }
}

/// Pairs "X (Y)" of names, by the numbers of their surfaces.
fn brackets(text: &str, names: &[Name], surfaces: &[Surface<'_>]) -> Vec<(usize, usize)> {
    let mut surface_of = vec![usize::MAX; names.len()];
    for (number, surface) in surfaces.iter().enumerate() {
        for &mention in &surface.mentions {
            surface_of[mention] = number;
        }
    }
    let mut pairs = Vec::new();
    for (number, pair) in names.windows(2).enumerate() {
        let organizations = pair.iter().all(|name| name.kind == NameKind::Organization);
        if organizations
            && text[pair[0].span.end..pair[1].span.start].trim() == "("
            && text[pair[1].span.end..].starts_with(')')
        {
            pairs.push((surface_of[number], surface_of[number + 1]));
        }
    }
    pairs
}

/// The acronyms that the name's words give: with and without small words, endings, and a country in front.
fn initials(surface: &Surface<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let whole = surface.written.as_slice();
    let core = surface.core();
    let core = if core.len() < whole.len() && surface.words.starts_with(core) {
        &whole[..core.len()]
    } else {
        whole
    };
    let stately =
        whole.len() >= 3 && (nations::country(&whole[0]).is_some() || nations::demonym(&whole[0]).is_some());
    for words in [whole, core].into_iter().take(if core.len() < whole.len() { 2 } else { 1 }) {
        add_initials(words, &mut all);
        if stately && words.len() >= 3 {
            add_initials(&words[1..], &mut all);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn add_initials(words: &[String], all: &mut Vec<String>) {
    if words.len() < 2 {
        return;
    }
    let first = |word: &String| word.chars().next().map(|c| c.to_uppercase().next().unwrap_or(c));
    let every: String = words.iter().filter_map(first).collect();
    let large: String =
        words.iter().filter(|word| !is_small(&word.to_lowercase())).filter_map(first).collect();
    all.extend([every, large].into_iter().filter(|one| one.chars().nth(1).is_some()));
}

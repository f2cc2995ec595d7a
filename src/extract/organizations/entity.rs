//! From names to entities.

use std::collections::BTreeMap;

use super::beside::beside;
use super::join::Groups;
use super::listed::listed;
use super::surface::{Surface, surfaces};
use super::{acronyms, org_type, short_forms};
use crate::article::enriched::OrganizationType;
use crate::extract::known::{Claimed, Knowledge, SetId};

/// One organisation of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Organization<'a> {
    /// Its name: the set's, where a set of known names is about it; else the longest in the text.
    pub name: &'a str,
    /// The other names that the text has for it, in the order of the text.
    pub aliases: Vec<&'a str>,
    /// What sort of organisation; `None`: no rule knows.
    pub org_type: Option<OrganizationType>,
    /// Its mentions, by their numbers in the list of names, ascending.
    pub mentions: Vec<usize>,
    /// The set of known names that it belongs to.
    pub set: Option<SetId>,
}

/// The organisations of a text, by the names that claiming left, in the order of their first mention.
pub fn organizations<'a>(
    text: &'a str,
    claimed: &Claimed,
    knowledge: &'a Knowledge,
) -> Vec<Organization<'a>> {
    let surfaces = surfaces(text, &claimed.names, &claimed.sets);
    if surfaces.is_empty() {
        return Vec::new();
    }
    let mut groups = Groups::new(surfaces.iter().map(|surface| surface.set).collect());
    if surfaces.len() > 1 {
        join_same(&surfaces, &mut groups);
        acronyms::join(text, &claimed.names, &surfaces, &mut groups);
        short_forms::join(text, &claimed.names, &surfaces, &mut groups);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..surfaces.len() {
        members.entry(groups.root(number)).or_default().push(number);
    }
    members
        .into_iter()
        .map(|(root, numbers)| {
            let members: Vec<&Surface<'a>> = numbers.iter().map(|&number| &surfaces[number]).collect();
            let mut found = entity(&members, groups.set(root), knowledge);
            if found.org_type.is_none() {
                let mut spans = found.mentions.iter().map(|&mention| claimed.names[mention].span);
                found.org_type = spans.find_map(|span| beside(text, span));
            }
            found
        })
        .collect()
}

/// Names of one set, and names that are the same but for their endings.
fn join_same(surfaces: &[Surface<'_>], groups: &mut Groups) {
    let mut by_set: BTreeMap<SetId, usize> = BTreeMap::new();
    let mut by_core: BTreeMap<&[String], usize> = BTreeMap::new();
    for (number, surface) in surfaces.iter().enumerate() {
        if let Some(set) = surface.set {
            groups.join(*by_set.entry(set).or_insert(number), number);
        }
        groups.join(*by_core.entry(surface.core()).or_insert(number), number);
    }
}

fn entity<'a>(members: &[&Surface<'a>], set: Option<SetId>, knowledge: &'a Knowledge) -> Organization<'a> {
    // Of equal length the first; a line of capitals shows no right spelling.
    let longest = members.iter().rev().max_by_key(|surface| surface.length());
    let longest = longest.and_then(|surface| {
        let shouted = |text: &&&str| text.contains(' ') && !text.chars().any(char::is_lowercase);
        surface.texts.iter().find(|text| !shouted(text)).or(surface.texts.first())
    });
    let known = set.map(|set| knowledge.set(set));
    // A name that ships gives way to a longer one that is not its set's: "Red Cross" to "Zembian Red Cross".
    let ours = set.is_some_and(|set| !knowledge.is_users(set));
    let fuller = |known: &str| {
        let free = members.iter().filter(|surface| surface.set.is_none() && surface.words.len() > 1);
        let longer = free.filter(|surface| surface.length() > known.chars().count());
        longer.max_by_key(|surface| surface.length()).and_then(|surface| surface.texts.first().copied())
    };
    let known_name = known.map(|known| known.name.as_str());
    let known_name = known_name.map(|known| Some(known).filter(|_| ours).and_then(fuller).unwrap_or(known));
    let name = known_name.or(longest.copied()).unwrap_or_default();
    let mut written: Vec<(usize, &'a str)> = Vec::new();
    for surface in members {
        let first = surface.mentions.first().copied().unwrap_or_default();
        written.extend(surface.texts.iter().map(|text| (first, *text)));
    }
    written.sort_by_key(|(first, _)| *first);
    let is_name = |text: &str| text == name || text.len() > 4 && text.eq_ignore_ascii_case(name);
    let aliases = written.into_iter().map(|(_, text)| text).filter(|text| !is_name(text)).collect();
    let mut mentions: Vec<usize> =
        members.iter().flat_map(|surface| surface.mentions.iter().copied()).collect();
    mentions.sort_unstable();
    let mut by_length: Vec<&&Surface<'a>> = members.iter().collect();
    by_length.sort_by_key(|surface| std::cmp::Reverse(surface.length()));
    // A list knows better than a head word: "Zorvex Express" may be a bank.
    let of_surface = |surface: &&&Surface<'a>| {
        let by_list = surface.texts.iter().find_map(|text| listed(text));
        by_list.or_else(|| org_type(&surface.written.join(" ")))
    };
    let by_words = || by_length.iter().find_map(of_surface);
    let org_type = known.and_then(|known| known.org_type).or_else(by_words);
    Organization { name, aliases, org_type, mentions, set }
}

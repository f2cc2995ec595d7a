//! What the user's names say goes before what the text says: a person or a place that is named by one of a set has the
//! set's name, and all that one set names are one.

use std::collections::BTreeMap;

use crate::extract::known::{Claimed, Knowledge, SetId};
use crate::extract::people::FoundPerson;
use crate::extract::places::FoundLocation;
use crate::text::Span;

/// What names can be joined to.
pub(super) trait Joinable {
    /// Where it is named, ascending.
    fn spans(&self) -> impl Iterator<Item = Span>;
    /// Its name and its other names.
    fn names(&mut self) -> (&mut String, &mut Vec<String>);
    /// Takes in all but the names of another one, which is the same.
    fn absorb(&mut self, other: &mut Self);
}

/// The user's set that one of the mentions belongs to.
pub(super) fn set_of(
    claimed: &Claimed,
    knowledge: &Knowledge,
    mut mentions: impl Iterator<Item = Span>,
) -> Option<SetId> {
    mentions.find_map(|span| {
        let at = claimed.names.partition_point(|name| name.span.start < span.start);
        claimed.sets.get(at).copied().flatten().filter(|&set| knowledge.is_users(set))
    })
}

/// Names and joins what the user's sets are about. The order stays that of the first mention.
pub(super) fn join<T: Joinable>(found: Vec<T>, claimed: &Claimed, knowledge: &Knowledge) -> Vec<T> {
    if knowledge.user_sets().next().is_none() {
        return found;
    }
    let mut out: Vec<T> = Vec::with_capacity(found.len());
    let mut places: BTreeMap<SetId, usize> = BTreeMap::new();
    for mut entity in found {
        let Some(set) = set_of(claimed, knowledge, entity.spans()) else {
            out.push(entity);
            continue;
        };
        rename(&mut entity, &knowledge.set(set).name);
        match places.get(&set).and_then(|&at| out.get_mut(at)) {
            Some(same) => {
                let new = std::mem::take(entity.names().1);
                let aliases = same.names().1;
                for alias in new {
                    if !aliases.contains(&alias) {
                        aliases.push(alias);
                    }
                }
                same.absorb(&mut entity);
            }
            None => {
                places.insert(set, out.len());
                out.push(entity);
            }
        }
    }
    out
}

fn rename(entity: &mut impl Joinable, to: &str) {
    let (name, aliases) = entity.names();
    if name != to {
        let old = std::mem::replace(name, to.to_owned());
        aliases.retain(|alias| alias != to);
        aliases.insert(0, old);
    }
}

impl Joinable for FoundPerson {
    fn spans(&self) -> impl Iterator<Item = Span> {
        self.mentions.iter().map(|mention| mention.span)
    }

    fn names(&mut self) -> (&mut String, &mut Vec<String>) {
        (&mut self.name, &mut self.aliases)
    }

    fn absorb(&mut self, other: &mut Self) {
        self.mentions.append(&mut other.mentions);
        self.mentions.sort_unstable_by_key(|mention| mention.span.start);
        let new = other.roles.drain(..).filter(|role| !self.roles.contains(role)).collect::<Vec<_>>();
        self.roles.extend(new);
        self.gender = match (self.gender, other.gender) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => one.or(other),
        };
    }
}

impl Joinable for FoundLocation {
    fn spans(&self) -> impl Iterator<Item = Span> {
        self.mentions.iter().copied()
    }

    fn names(&mut self) -> (&mut String, &mut Vec<String>) {
        (&mut self.name, &mut self.aliases)
    }

    fn absorb(&mut self, other: &mut Self) {
        self.mentions.append(&mut other.mentions);
        self.mentions.sort_unstable_by_key(|mention| mention.start);
        if self.place.is_none() {
            (self.place, self.kind, self.confidence) = (other.place, other.kind, other.confidence);
        }
    }
}

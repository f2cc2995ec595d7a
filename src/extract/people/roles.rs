//! The roles of one person, each said once.

use crate::article::enriched::Role;

use super::words::{Class, class};

/// Words that carry nothing in a title.
const EMPTY: [&str; 4] = ["of", "the", "for", "and"];

/// No person has more roles in an article; what is more is a list that was misread.
const MOST: usize = 12;

/// Adds a role to those of a person, unless it is said already; of two ways to say it the fuller one stays.
pub(super) fn add(roles: &mut Vec<Role>, role: &Role) {
    for own in roles.iter_mut() {
        if !agree(&own.org, &role.org) || !agree(&own.country, &role.country) {
            continue;
        }
        let (old, new) = (covers(&own.title, &role.title), covers(&role.title, &own.title));
        if old || new {
            if new && !old {
                own.title.clone_from(&role.title);
            }
            if own.org.is_none() {
                own.org.clone_from(&role.org);
            }
            if own.country.is_none() {
                own.country.clone_from(&role.country);
            }
            return;
        }
    }
    if roles.len() < MOST {
        roles.push(role.clone());
    }
}

/// Whether two values can be one: equal without case, or one of them is not known.
fn agree(one: &Option<String>, other: &Option<String>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => true,
    }
}

/// Whether `long` says all that `short` says, and no more than its details: "Defence Minister" covers "minister", but
/// "former minister" does not.
fn covers(long: &str, short: &str) -> bool {
    let words = |title: &str| {
        title.split(' ').filter(|word| !EMPTY.contains(word)).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let (long, short) = (words(long), words(short));
    short.iter().all(|word| long.contains(word))
        && long.iter().all(|word| short.contains(word) || !class(word).is(Class::CHANGES))
        && long.iter().filter(|word| class(word).is(Class::OFFICE)).count()
            == short.iter().filter(|word| class(word).is(Class::OFFICE)).count()
}

//! What is no name, or too much of one, among the names that no set of known names claims.
//!
//! - "King" of "King Harald": an office or a form of address in front is no part of a person's name.
//! - "ZPA" of "the Zembia Power Act (ZPA)": a short form is what its long form is, and an act is no organisation.
//! - "PCs", "Mark 7:14": the plural of an acronym and a number with a colon are no organisations.
//!
//! Laws: names are only cut in front or left out; linear in the names and their length.

use std::collections::BTreeSet;

use super::claim::Claimed;
use crate::extract::names::{Name, NameKind};
use crate::text::Span;

/// Words in front of a person's name that are no part of it, in the order of the alphabet. Those that are also given names
/// or stage names ("Prince", "Lady", "Duke", "Earl", "Judge") need two words behind them.
const TITLES: &[(&str, usize)] = &[
    ("Archbishop", 1),
    ("Bishop", 1),
    ("Cardinal", 1),
    ("Chancellor", 1),
    ("Col.", 1),
    ("Colonel", 1),
    ("Dame", 1),
    ("Dr", 2),
    ("Dr.", 2),
    ("Emir", 1),
    ("Emperor", 1),
    ("Gen.", 1),
    ("General", 1),
    ("Governor", 1),
    ("King", 1),
    ("Lady", 2),
    ("Lord", 1),
    ("Mr", 1),
    ("Mr.", 1),
    ("Mrs", 1),
    ("Mrs.", 1),
    ("Ms", 1),
    ("Ms.", 1),
    ("Pope", 1),
    ("President", 1),
    ("Prince", 1),
    ("Princess", 1),
    ("Professor", 1),
    ("Queen", 1),
    ("Sen.", 1),
    ("Senator", 1),
    ("Sir", 1),
    ("Sultan", 1),
];

/// The last words of names that are no bodies. In order of the alphabet.
const NO_BODIES: &[&str] = &[
    "access",
    "act",
    "agreement",
    "algorithm",
    "bill",
    "code",
    "directive",
    "disease",
    "disorder",
    "index",
    "language",
    "law",
    "plan",
    "policy",
    "program",
    "programme",
    "protocol",
    "regulation",
    "specification",
    "standard",
    "strategy",
    "syndrome",
    "system",
    "treaty",
];

/// Words with which even a system or a programme is a body. In order of the alphabet.
const BODIES: &[&str] = &[
    "bank",
    "federal",
    "health",
    "hospital",
    "library",
    "national",
    "nations",
    "reserve",
    "school",
    "un",
    "united",
    "university",
    "world",
];

/// Cuts and drops names that no set claims.
pub(super) fn mend(text: &str, claimed: Claimed) -> Claimed {
    let none = no_organizations(text, &claimed);
    let singular = |word: &str| {
        claimed.names.iter().any(|name| name.kind == NameKind::Organization && name.span.text(text) == word)
    };
    let mut out = Claimed::default();
    for (&name, &set) in claimed.names.iter().zip(&claimed.sets) {
        let words = name.span.text(text);
        let dropped = set.is_none()
            && name.kind == NameKind::Organization
            && (none.contains(words) || numbered(words) || acronyms(words).is_some_and(|one| !singular(one)));
        if dropped {
            continue;
        }
        out.names.push(if set.is_none() { bare(text, name) } else { name });
        out.sets.push(set);
    }
    out
}

/// The name of a person without a title in front.
fn bare(text: &str, name: Name) -> Name {
    let words = name.span.text(text);
    let Some((first, rest)) = words.split_once(' ').filter(|_| name.kind == NameKind::Person) else {
        return name;
    };
    let Ok(at) = TITLES.binary_search_by(|(title, _)| (*title).cmp(first)) else { return name };
    let rest = rest.trim_start();
    if rest.split_whitespace().count() < TITLES[at].1 || !rest.starts_with(char::is_uppercase) {
        return name;
    }
    Name { span: Span::new(name.span.end - rest.len(), name.span.end), ..name }
}

/// The names of kind organisation that brackets show to be none: acts, plans and systems with their short forms.
fn no_organizations<'t>(text: &'t str, claimed: &Claimed) -> BTreeSet<&'t str> {
    let mut none = BTreeSet::new();
    for (number, name) in claimed.names.iter().enumerate() {
        if name.kind != NameKind::Organization || claimed.sets[number].is_some() {
            continue;
        }
        let short = name.span.text(text);
        let Some(before) = text[..name.span.start].strip_suffix(" (") else { continue };
        if !text[name.span.end..].starts_with(')') || !is_acronym(short) {
            continue;
        }
        let Some(long) = long_form(before, short) else { continue };
        let words = || long.split([' ', '-']).map(str::to_lowercase);
        let has = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
        if words().next_back().is_some_and(|last| has(NO_BODIES, &last))
            && !words().any(|word| has(BODIES, &word))
        {
            none.insert(short);
            none.insert(long);
        }
    }
    none
}

/// The words at the end of `before` whose first letters are those of the acronym.
fn long_form<'t>(before: &'t str, acronym: &str) -> Option<&'t str> {
    let mut letters = acronym.chars().rev().filter(|c| c.is_alphanumeric());
    let mut wanted = letters.next()?;
    let mut end = before.len();
    // Small words have no letter in the acronym.
    for _ in 0..2 * acronym.len() {
        let start = before[..end].rfind([' ', '-', '\n']).map_or(0, |at| at + 1);
        let first = before[start..end].chars().next()?;
        if first.to_uppercase().eq(wanted.to_uppercase()) {
            match letters.next() {
                Some(next) => wanted = next,
                None => return Some(&before[start..]),
            }
        } else if !matches!(&before[start..end], "of" | "for" | "and" | "the" | "in" | "on" | "to") {
            return None;
        }
        end = start.checked_sub(1)?;
    }
    None
}

/// Whether all letters are capitals, two of them or more.
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// The singular of "PCs".
fn acronyms(word: &str) -> Option<&str> {
    let singular = word.strip_suffix('s')?;
    let capitals = singular.len() > 1 && singular.bytes().all(|byte| byte.is_ascii_uppercase());
    capitals.then_some(singular)
}

/// Whether a digit, a colon and a digit stand in it: a verse, a time.
fn numbered(words: &str) -> bool {
    words
        .as_bytes()
        .windows(3)
        .any(|three| three[1] == b':' && three[0].is_ascii_digit() && three[2].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_search() {
        assert!(TITLES.is_sorted_by(|a, b| a.0 < b.0) && NO_BODIES.is_sorted() && BODIES.is_sorted());
    }

    #[test]
    fn a_long_form_has_the_letters_of_its_acronym() {
        assert_eq!(long_form("under the Zembia Power Act", "ZPA"), Some("Zembia Power Act"));
        assert_eq!(long_form("the Code of Honour for Melby", "CHM"), Some("Code of Honour for Melby"));
        assert_eq!(long_form("clean-water plan", "CWP"), Some("clean-water plan"));
        for (before, acronym) in
            [("Power Act", "ZPA"), ("", "A"), ("Zembia plant Power Act", "ZPA"), ("é", "É")]
        {
            assert_eq!(long_form(before, acronym).filter(|long| long.len() > 2), None, "{before}");
        }
    }
}

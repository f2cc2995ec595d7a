//! What sort of organisation the common noun beside a name says: "news agency Zorvex", "the Zorvex newspaper".
//!
//! Laws: only nouns that mean one sort are listed ("group" is none); only words in small letters are read, or the first
//! of a sentence; a fixed number of words is looked at.

use crate::article::enriched::OrganizationType::{self, *};
use crate::text::Span;

/// Nouns before a name, in the singular, one word or two. Sorted.
const BEFORE: &[(&str, OrganizationType)] = &[
    ("advocacy group", Association),
    ("air carrier", Company),
    ("airline", Company),
    ("armed group", ArmedGroup),
    ("automaker", Company),
    ("band", Other),
    ("bank", Company),
    ("brewer", Company),
    ("broadcaster", Media),
    ("broadsheet", Media),
    ("carmaker", Company),
    ("charity", Association),
    ("chipmaker", Company),
    ("company", Company),
    ("conglomerate", Company),
    ("consultancy", Company),
    ("cruise line", Company),
    ("daily", Media),
    ("drugmaker", Company),
    ("environmental group", Association),
    ("firm", Company),
    ("football club", Sport),
    ("insurer", Company),
    ("law firm", Company),
    ("lender", Company),
    ("magazine", Media),
    ("manufacturer", Company),
    ("militant group", ArmedGroup),
    ("militia", ArmedGroup),
    ("news agency", Media),
    ("news channel", Media),
    ("news site", Media),
    ("news website", Media),
    ("newspaper", Media),
    ("newswire", Media),
    ("operator", Company),
    ("political party", Party),
    ("publisher", Company),
    ("radio station", Media),
    ("rebel group", ArmedGroup),
    ("record label", Company),
    ("retailer", Company),
    ("rights group", Association),
    ("rugby club", Sport),
    ("social network", Company),
    ("startup", Company),
    ("supermarket chain", Company),
    ("tabloid", Media),
    ("television channel", Media),
    ("television station", Media),
    ("terrorist group", ArmedGroup),
    ("trade union", Association),
    ("tv channel", Media),
    ("tv station", Media),
    ("university", Education),
    ("weekly", Media),
];

/// Nouns behind a name. Fewer: "the Zorvex bank account", "the Zembia airline industry". Sorted.
const BEHIND: &[(&str, OrganizationType)] = &[
    ("broadsheet", Media),
    ("daily", Media),
    ("football club", Sport),
    ("magazine", Media),
    ("militia", ArmedGroup),
    ("news agency", Media),
    ("newspaper", Media),
    ("party", Party),
    ("radio station", Media),
    ("supermarket chain", Company),
    ("tabloid", Media),
    ("trade union", Association),
    ("tv channel", Media),
];

/// A word longer than this is no noun of the lists, in bytes.
const LONGEST: usize = 24;

/// The sort that the words beside the name at `name` say.
pub(super) fn beside(text: &str, name: Span) -> Option<OrganizationType> {
    before(&text[..name.start]).or_else(|| behind(&text[name.end..]))
}

fn before(text: &str) -> Option<OrganizationType> {
    let text = text.strip_suffix(['"', '“', '‘', '\'']).unwrap_or(text).strip_suffix(' ')?;
    let (rest, noun) = last_word(text)?;
    let single = find(BEFORE, noun);
    let two = || {
        let (_, first) = last_word(rest.strip_suffix(' ')?)?;
        find(BEFORE, &format!("{} {}", first.to_ascii_lowercase(), noun))
    };
    two().or(single)
}

fn behind(text: &str) -> Option<OrganizationType> {
    let text = text.strip_prefix(['"', '”', '’', '\'']).unwrap_or(text).strip_prefix(' ')?;
    let (noun, rest) = first_word(text)?;
    let two = || {
        let (second, _) = first_word(rest.strip_prefix(' ')?)?;
        find(BEHIND, &format!("{noun} {second}"))
    };
    find(BEHIND, noun).or_else(two)
}

/// The word at the end, and what is before it.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().rev().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
    (length > 0).then(|| text.split_at(text.len() - length))
}

/// The word at the beginning, and what is behind it.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
    (length > 0).then(|| text.split_at(length))
}

fn find(list: &[(&str, OrganizationType)], noun: &str) -> Option<OrganizationType> {
    list.binary_search_by(|(own, _)| (*own).cmp(noun)).ok().map(|at| list[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_search() {
        assert!(BEFORE.is_sorted_by(|a, b| a.0 < b.0) && BEHIND.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn the_noun_beside_a_name_tells_the_sort() {
        for (text, kind) in [
            ("the news agency Zorvex said", Some(Media)),
            ("News agency Zorvex said", Some(Media)),
            ("the boy band Zorvex sang", Some(Other)),
            ("the \"Zorvex\" newspaper wrote", Some(Media)),
            ("the Zorvex party won", Some(Party)),
            ("Zembia\u{2019}s largest carmaker Zorvex fell", Some(Company)),
            ("the militant group Zorvex fled", Some(ArmedGroup)),
            ("the rights group Zorvex asked", Some(Association)),
            // What says nothing of the name.
            ("the group Zorvex", None),
            ("the Zorvex bank account", None),
            ("he left the bank. Zorvex", None),
            ("the bank, Zorvex said", None),
            ("Zorvex", None),
        ] {
            let at = text.find("Zorvex").unwrap();
            assert_eq!(beside(text, Span::new(at, at + 6)), kind, "{text}");
        }
    }
}

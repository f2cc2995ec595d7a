//! Invented articles with their names marked, and laws on any text.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::article::enriched::OrganizationType;
use crate::extract::known::{Knowledge, claim};
use crate::extract::names::{Name, NameKind};
use crate::text::{Segments, Span};

/// `[Oslo|L]` marks a name that the tagger found; `[Zorvex]` is an organisation.
fn marked(source: &str) -> (String, Vec<Name>) {
    let (mut text, mut names, mut rest) = (String::new(), Vec::new(), source);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inner, after) = after.split_once(']').unwrap();
        let (words, kind) = match inner.rsplit_once('|') {
            Some((words, "P")) => (words, NameKind::Person),
            Some((words, _)) => (words, NameKind::Location),
            None => (inner, NameKind::Organization),
        };
        let start = text.len();
        text.push_str(words);
        names.push(Name { span: Span::new(start, text.len()), kind, confidence: 0.7 });
        rest = after;
    }
    text.push_str(rest);
    (text, names)
}

/// The entities as "name: alias, alias".
fn entities(source: &str) -> Vec<String> {
    let (text, names) = marked(source);
    let knowledge = Knowledge::default();
    let claimed = claim(&text, &Segments::new(&text), &knowledge, &names);
    let show = |found: Organization<'_>| match found.aliases.as_slice() {
        [] => found.name.to_owned(),
        aliases => format!("{}: {}", found.name, aliases.join(", ")),
    };
    organizations(&text, &claimed, &knowledge).into_iter().map(show).collect()
}

#[test]
fn an_acronym_joins_its_name_in_both_directions() {
    assert_eq!(
        entities("The [Zembian Postal Union] ([ZPU]) met. The [ZPU] left. The agency slept."),
        ["Zembian Postal Union: ZPU"]
    );
    assert_eq!(entities("[ZPU] ([Zembian Postal Union]) met."), ["Zembian Postal Union: ZPU"]);
    assert_eq!(
        entities("[NFW] said so. The [National Fund for Widows] did."),
        ["National Fund for Widows: NFW"]
    );
    assert_eq!(
        entities("The [US Office of River Safety] met. [ORS] left."),
        ["US Office of River Safety: ORS"]
    );
    assert_eq!(entities("[Union des Voiliers de Melby] ([MVU]) met."), ["Union des Voiliers de Melby: MVU"]);
}

#[test]
fn an_acronym_of_two_names_is_the_one_in_brackets_or_the_last_before_it() {
    assert_eq!(
        entities("[Melby Trade Union] ([MTU]) and [Melby Transport University] met. [MTU] left."),
        ["Melby Trade Union: MTU", "Melby Transport University"]
    );
    assert_eq!(
        entities("[Melby Trade Union] and [Melby Transport University] met. [MTU] left."),
        ["Melby Trade Union", "Melby Transport University: MTU"]
    );
    assert_eq!(
        entities("[Melby Trade Union] met [Orda Bank Oslo] ([MTU])."),
        ["Melby Trade Union: MTU", "Orda Bank Oslo"],
        "its letters are another name's"
    );
}

#[test]
fn endings_and_short_forms_join() {
    assert_eq!(
        entities("[Zorvex Co.] and [Zorvex] and [Zorvex Group]."),
        ["Zorvex Group: Zorvex Co., Zorvex"]
    );
    assert_eq!(entities("[Marlow Finch] fell. [Marlow] rose."), ["Marlow Finch: Marlow"]);
    assert_eq!(entities("[Melby Times] wrote. The [Times] asked."), ["Melby Times: Times"]);
    assert_eq!(entities("The [Iraqi Parliament] met. [Parliament] voted."), ["Iraqi Parliament: Parliament"]);
    assert_eq!(entities("[The Melby Post] and the [Melby Post]."), ["The Melby Post: Melby Post"]);
}

#[test]
fn a_last_part_and_a_name_without_its_country_join() {
    assert_eq!(
        entities("The [Melby Police Prefecture] met. The [Police Prefecture] slept."),
        ["Melby Police Prefecture: Police Prefecture"]
    );
    assert_eq!(entities("[US Orda Corporation] fell. [Orda] rose."), ["US Orda Corporation: Orda"]);
    assert_eq!(
        entities("[US Orda Glass Corporation] fell. [Orda Glass Corporation] rose. [Orda Glass] sat."),
        ["US Orda Glass Corporation: Orda Glass Corporation, Orda Glass"]
    );
}

#[test]
fn different_organisations_stay_apart() {
    for apart in [
        "[Ministry of Health] and [Ministry of Defence] and [Ministry of Defence Production].",
        "[Bank of Melby] and [Bank of Orda] and [Orda Bank].",
        "[Oslo Police] and [Oslo University] and [Oslo].",
        "[Supreme Court of Kenya] and [Indian Supreme Court] and the [Supreme Court].",
        "[University of Melby] and the [University].",
        "In [Melby|L], [Melby University] beat [Melby].",
        "[Orda Steel] and [Orda Glass] and [Orda].",
        "[ZPU] and [ZPU Research Institute].",
        "[Islamic State] and the [Taliban] and [Hamas].",
        "[Social Zembian Party] and [Zembian Party].",
        "[National Research Council] and [Research Council].",
        "[Melby Police Department] and [Orda Police Department] and the [Police Department].",
    ] {
        let marks = apart.matches('[').count() - apart.matches("|L]").count();
        assert_eq!(entities(apart).len(), marks, "{apart}: {:?}", entities(apart));
    }
}

#[test]
fn a_set_gives_its_name_even_where_the_text_has_a_longer_one() {
    assert_eq!(
        entities(
            "The [Islamic State] group fled. He called the IS \"mad\", [ISIL] and [Daesh|P]. The IS group won."
        ),
        ["Islamic State: Islamic State group, IS, ISIL, Daesh, IS group"]
    );
}

#[test]
fn mentions_are_numbers_of_names_and_every_sort_is_told() {
    let (text, names) = marked("[Oslo|L] and [Zorvex Inc.] sued [Melby Police]. [Zorvex] won.");
    let knowledge = Knowledge::default();
    let claimed = claim(&text, &Segments::new(&text), &knowledge, &names);
    let found = organizations(&text, &claimed, &knowledge);
    assert_eq!(found.iter().map(|found| found.mentions.clone()).collect::<Vec<_>>(), [vec![1, 3], vec![2]]);
    let sorts: Vec<_> = found.iter().map(|found| found.org_type).collect();
    assert_eq!(sorts, [Some(OrganizationType::Company), Some(OrganizationType::SecurityForce)]);
}

#[test]
fn the_words_beside_any_mention_tell_a_sort_that_the_name_does_not() {
    let (text, names) =
        marked("[Zorvex] met. The airline [Zorvex] fell, said the [Orda] newspaper and [Melby Sea].");
    let knowledge = Knowledge::default();
    let claimed = claim(&text, &Segments::new(&text), &knowledge, &names);
    let found = organizations(&text, &claimed, &knowledge);
    let sorts: Vec<_> = found.iter().map(|found| found.org_type).collect();
    assert_eq!(sorts, [Some(OrganizationType::Company), Some(OrganizationType::Media), None]);
}

proptest! {
    #[test]
    fn every_organisation_is_a_mention_of_one_entity(
        words in prop::collection::vec(
            (prop_oneof![
                Just("Zorvex".to_owned()), Just("Bank of".to_owned()), Just("UN".to_owned()), Just("(ZB)".to_owned()),
                Just("Police".to_owned()), Just("The".to_owned()), Just("Group".to_owned()), "\\PC{0,5}", "[A-Z]{1,3}",
            ], 0u8..4),
            0..40,
        ),
    ) {
        let (mut text, mut names) = (String::new(), Vec::<Name>::new());
        for (word, kind) in &words {
            let start = text.len();
            text.push_str(word);
            let span = Span::new(start, text.len());
            match kind {
                0 => {}
                1 => names.push(Name { span, kind: NameKind::Location, confidence: 0.5 }),
                2 => names.push(Name { span, kind: NameKind::Organization, confidence: 0.5 }),
                // The name before goes on.
                _ => match names.last_mut().filter(|last| last.span.end + 1 == start) {
                    Some(last) => last.span.end = text.len(),
                    None => names.push(Name { span, kind: NameKind::Organization, confidence: 0.5 }),
                },
            }
            text.push(' ');
        }
        names.retain(|name| !name.span.is_empty());
        let knowledge = Knowledge::default();
        let claimed = claim(&text, &Segments::new(&text), &knowledge, &names);
        let found = organizations(&text, &claimed, &knowledge);
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, entity) in found.iter().enumerate() {
            prop_assert!(entity.mentions.is_sorted() && !entity.mentions.is_empty());
            for &mention in &entity.mentions {
                prop_assert!(seen.insert(mention, number).is_none());
            }
        }
        let wanted: Vec<usize> = (0..claimed.names.len())
            .filter(|&number| claimed.names[number].kind == NameKind::Organization)
            .collect();
        prop_assert_eq!(seen.into_keys().collect::<Vec<_>>(), wanted);
        prop_assert!(found.windows(2).all(|pair| pair[0].mentions[0] < pair[1].mentions[0]));
    }
}

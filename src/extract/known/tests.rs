//! Claims on invented texts, and laws on any text.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::sets::{Grade, SHIPPED, read};
use super::*;
use crate::extract::names::{Name, NameKind};
use crate::text::{Segments, Span};

/// `[Oslo|L]` marks a name that the tagger found: P, O or L.
fn marked(source: &str) -> (String, Vec<Name>) {
    let (mut text, mut names, mut rest) = (String::new(), Vec::new(), source);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inner, after) = after.split_once(']').unwrap();
        let (words, kind) = inner.rsplit_once('|').unwrap();
        let kind = match kind {
            "P" => NameKind::Person,
            "O" => NameKind::Organization,
            "L" => NameKind::Location,
            other => panic!("no kind {other}"),
        };
        let start = text.len();
        text.push_str(words);
        names.push(Name { span: Span::new(start, text.len()), kind, confidence: 0.7 });
        rest = after;
    }
    text.push_str(rest);
    (text, names)
}

/// The names after claiming, as they would be marked, with the set's name.
fn claimed(knowledge: &Knowledge, source: &str) -> Vec<String> {
    let (text, names) = marked(source);
    let found = claim(&text, &Segments::new(&text), knowledge, &names);
    assert_eq!(found.names.len(), found.sets.len());
    let letter = |kind| match kind {
        NameKind::Person => "P",
        NameKind::Organization => "O",
        NameKind::Location => "L",
    };
    let show = |(name, set): (&Name, &Option<SetId>)| {
        let set = set.map(|id| format!("={}", knowledge.set(id).name)).unwrap_or_default();
        format!("{}|{}{set}", name.span.text(&text), letter(name.kind))
    };
    found.names.iter().zip(&found.sets).map(show).collect()
}

fn shipped(source: &str) -> Vec<String> {
    claimed(&Knowledge::default(), source)
}

fn user(sets: &[(&[&str], Option<NameKind>)]) -> Knowledge {
    let set = |(names, kind): &(&[&str], Option<NameKind>)| UserSet {
        names: names.iter().map(ToString::to_string).collect(),
        kind: *kind,
        place: None,
    };
    Knowledge::new(sets.iter().map(set).collect()).unwrap()
}

const IS: &str = "=Islamic State";

#[test]
fn names_of_one_set_are_found_whatever_the_tagger_saw() {
    let found = shipped(
        "Troops fought the [Islamic State|O] group near [Oslo|L]. He called the IS \"a ghost\" and said Da\u{2019}esh, \
         or ISIL, was gone. Anti-ISIS talks. The [IS|O] group fled.",
    );
    let is = |form: &str| format!("{form}|O{IS}");
    let expected = [
        is("Islamic State group"),
        "Oslo|L".into(),
        is("IS"),
        is("Da\u{2019}esh"),
        is("ISIL"),
        is("ISIS"),
        is("IS group"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn words_that_look_like_short_forms_need_a_sign() {
    assert!(shipped("\"This IS not over,\" she said. WHO did it? They use the PA system.").is_empty());
    assert!(shipped("WHO IS IT AND WHO SENT US\nHe left.").is_empty());
    assert_eq!(shipped("It was the IS militants."), [format!("IS|O{IS}")]);
    assert_eq!(shipped("The WHO said so."), ["WHO|O=World Health Organization"]);
    assert_eq!(
        shipped("The World Health Organization met. WHO doctors left."),
        ["World Health Organization|O=World Health Organization", "WHO|O=World Health Organization"]
    );
    assert_eq!(shipped("LONDON (AP) - Rain fell."), ["AP|O=Associated Press"]);
    assert!(shipped("They were Fed up.").is_empty());
    assert_eq!(shipped("The Fed raised rates."), ["Fed|O=Federal Reserve"]);
}

#[test]
fn a_form_of_two_sets_is_the_one_that_the_article_names() {
    let found = shipped("The Press Association asked. The [PA|O] wrote.");
    assert_eq!(found.last().unwrap(), "PA|O=Press Association");
    let found = shipped("The Palestinian Authority spoke. The [PA|O] agreed.");
    assert_eq!(found.last().unwrap(), "PA|O=Palestinian Authority");
    assert_eq!(shipped("The [PA|O] wrote."), ["PA|O"], "the tagger's name stays, without a set");
}

#[test]
fn a_wrong_kind_is_mended_and_a_longer_name_is_left_alone() {
    assert_eq!(shipped("[Hamas|P] agreed."), ["Hamas|O=Hamas"]);
    assert_eq!(shipped("[Hamas Square|L] was full."), ["Hamas Square|L"]);
    assert_eq!(shipped("He used Google Maps on a Boeing 737."), [""; 0], "products, most likely");
    assert_eq!(
        shipped("[The New York Times|O] and The [Guardian|O]."),
        ["The New York Times|O=New York Times", "Guardian|O=The Guardian"]
    );
    assert_eq!(shipped("The [Amazon|L] is long."), ["Amazon|L"]);
    assert_eq!(shipped("[Amazon|O] sold books."), ["Amazon|O=Amazon.com"]);
    assert_eq!(shipped("The Bank of [America|L] fell."), ["Bank of America|O=Bank of America"]);
    assert!(shipped("See www.bbc.com, BBC.com, a@BBC and @BBC.").is_empty());
}

#[test]
fn a_line_of_capitals_matches_without_case() {
    assert_eq!(shipped("ISLAMIC STATE TAKES TOWN\nText."), [format!("ISLAMIC STATE|O{IS}")]);
    assert_eq!(shipped("HAMAS AND BOKO HARAM"), ["HAMAS|O=Hamas", "BOKO HARAM|O=Boko Haram"]);
}

#[test]
fn a_users_name_wins_but_not_over_the_longer_one_it_is_part_of() {
    let orgs = user(&[(&["Ford"], Some(NameKind::Organization)), (&["Zorvex Bank", "Zorbank"], None)]);
    assert_eq!(claimed(&orgs, "[Ford|L] sold cars to [Henry Ford|P]."), ["Ford|O=Ford", "Henry Ford|P"]);
    assert_eq!(
        claimed(&orgs, "[Zorvex Bank Arena|L] and [Zorvex Bank of Oslo|O] know Zorbank."),
        ["Zorvex Bank|O=Zorvex Bank", "Zorvex Bank of Oslo|O", "Zorbank|O=Zorvex Bank"]
    );
}

#[test]
fn a_set_without_a_kind_takes_the_taggers() {
    let people = user(&[(&["Ana Silva", "La Silva"], None)]);
    assert_eq!(
        claimed(&people, "[Ana Silva|P] sang. La Silva left."),
        ["Ana Silva|P=Ana Silva", "La Silva|P=Ana Silva"]
    );
    assert_eq!(claimed(&people, "La Silva left."), ["La Silva|O=Ana Silva"]);
}

#[test]
fn a_users_set_takes_over_the_shipped_one_that_has_its_name() {
    let mine = user(&[(&["Welternährungsprogramm", "World Food Programme", "PAM"], None)]);
    let found = claimed(&mine, "World Food Programme (WFP), le PAM.");
    let name = "=Welternährungsprogramm";
    assert_eq!(found, ["World Food Programme", "WFP", "PAM"].map(|form| format!("{form}|O{name}")));
}

#[test]
fn aliases_join_the_gazetteer_entry_that_has_one_of_their_names() {
    let both =
        user(&[(&["Ana Silva", "A. Silva"], Some(NameKind::Person)), (&["La Silva", "Ana Silva"], None)]);
    assert_eq!(claimed(&both, "La Silva met A. Silva."), ["La Silva|P=La Silva", "A. Silva|P=La Silva"]);
}

#[test]
fn names_that_mean_nothing_or_two_things_are_refused() {
    let set = |names: &[&str], kind| UserSet {
        names: names.iter().map(ToString::to_string).collect(),
        kind,
        place: None,
    };
    let errors = Knowledge::new(vec![
        set(&["Zorvex", " -- "], Some(NameKind::Organization)),
        set(&["Zorvex"], Some(NameKind::Location)),
        set(&["Melby", "Melby"], None),
        set(&["Other", "Melby"], None),
    ])
    .unwrap_err();
    let expected = [
        KnowledgeError::Empty { set: 0, name: " -- ".into() },
        KnowledgeError::Repeated { name: "Zorvex".into(), first: 0, second: 1 },
        KnowledgeError::Repeated { name: "Melby".into(), first: 2, second: 3 },
    ];
    assert_eq!(errors, expected);
}

#[test]
fn names_in_any_script_are_found() {
    let any = user(&[(&["東京電力"], Some(NameKind::Organization)), (&["Ελλάδα"], Some(NameKind::Location))]);
    assert_eq!(claimed(&any, "昨日東京電力は。"), ["東京電力|O=東京電力"]);
    assert_eq!(claimed(&any, "στην Ελλάδα."), ["Ελλάδα|L=Ελλάδα"]);
}

/// What ships is held to its own rules.
#[test]
fn every_line_that_ships_is_a_set_and_no_safe_form_is_in_two() {
    let text = include_str!("../../../data/organizations.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut count = 0;
    for line in lines {
        let one = read(line);
        assert_eq!(one.sets.len(), 1, "{line}");
        assert!(one.sets[0].org_type.is_some() || line.starts_with("-:"), "{line}");
        assert!(matches!(one.forms[0].grade, Grade::Safe | Grade::JoinOnly), "{line}");
        count += 1;
    }
    assert_eq!(count, SHIPPED.sets.len());
    let mut owners: BTreeMap<&str, (usize, Grade)> = BTreeMap::new();
    for form in &SHIPPED.forms {
        if let Some((set, grade)) = owners.insert(&form.text, (form.set, form.grade)) {
            assert!(set != form.set, "{} is twice in its set", form.text);
            assert!(grade != Grade::Safe && form.grade != Grade::Safe, "{} is in two sets", form.text);
        }
    }
}

#[test]
fn a_title_in_front_is_no_part_of_a_persons_name() {
    let knowledge = Knowledge::default();
    for (source, left) in [
        ("[King Harald|P] met [Lord Lund|P].", &["Harald|P", "Lund|P"][..]),
        (
            "[Dr. Orda|P] met [Dr. Ann Orda|P] and [Lady Orda|P].",
            &["Dr. Orda|P", "Ann Orda|P", "Lady Orda|P"],
        ),
        (
            "[King|P] met [King Street|L] and [King of Melby|P].",
            &["King|P", "King Street|L", "King of Melby|P"],
        ),
    ] {
        assert_eq!(claimed(&knowledge, source), left, "{source}");
    }
}

#[test]
fn acts_plurals_and_verses_are_no_organisations() {
    let knowledge = Knowledge::default();
    for (source, left) in [
        ("The [Zembia Power Act|O] ([ZPA|O]) fell. The [ZPA|O] fell.", &[][..]),
        ("The clean-water plan ([CWP|O]) fell. [Orda|O] rose.", &["Orda|O"]),
        ("The [Zembian Health System|O] ([ZHS|O]) met.", &["Zembian Health System|O", "ZHS|O"]),
        ("The [Zembia Power Union|O] ([ZPU|O]) met.", &["Zembia Power Union|O", "ZPU|O"]),
        ("[PCs|O] and [ZPUs|O] of [ZPU|O] in [Mark 7:14|O]", &["ZPUs|O", "ZPU|O"]),
    ] {
        assert_eq!(claimed(&knowledge, source), left, "{source}");
    }
}

#[test]
fn a_known_name_of_a_country_is_the_one_that_the_article_names() {
    let knowledge = Knowledge::default();
    let alone = claimed(&knowledge, "The [Boko Haram of Norway|O] met.");
    assert_eq!(alone, ["Boko Haram of Norway|O"]);
    let named = claimed(&knowledge, "[Boko Haram|O] fled. The [Boko Haram of Norway|O] met.");
    assert!(named.iter().all(|name| name.ends_with("=Boko Haram")), "{named:?}");
}

proptest! {
    #[test]
    fn claims_ascend_and_lie_on_borders(
        words in prop::collection::vec(
            prop_oneof![
                Just("IS".to_owned()), Just("the".to_owned()), Just("Zorvex".to_owned()), Just("Bank of".to_owned()),
                Just("America".to_owned()), Just("US-led".to_owned()), Just("WHO's".to_owned()), Just("\n".to_owned()),
                Just("United".to_owned()), Just("Nations".to_owned()), Just("(AP)".to_owned()), "\\PC{0,6}",
            ],
            0..40,
        ),
        picks in prop::collection::vec((0usize..400, 1usize..30, 0usize..3), 0..12),
    ) {
        let text = words.join(" ");
        let mut names: Vec<Name> = Vec::new();
        let mut picks = picks;
        picks.sort_unstable();
        for (start, length, kind) in picks {
            let (start, end) = (start.min(text.len()), (start + length).min(text.len()));
            let free = names.last().is_none_or(|last| last.span.end <= start);
            if free && start < end && text.is_char_boundary(start) && text.is_char_boundary(end) {
                let kind = NameKind::ALL[kind];
                names.push(Name { span: Span::new(start, end), kind, confidence: 0.5 });
            }
        }
        let knowledge = user(&[(&["Zorvex", "Zorvex Bank of", "d'Or"], None), (&["America"], Some(NameKind::Location))]);
        let found = claim(&text, &Segments::new(&text), &knowledge, &names);
        let mut end = 0;
        for name in &found.names {
            prop_assert!(name.span.start >= end && name.span.start < name.span.end, "{:?}", found.names);
            prop_assert!(text.is_char_boundary(name.span.start) && text.is_char_boundary(name.span.end));
            end = name.span.end;
        }
        prop_assert!(end <= text.len());
        // A name that nothing overlaps is as the tagger left it.
        for name in &names {
            prop_assert!(found.names.iter().any(|other| other.span.overlaps(name.span)));
        }
    }
}

//! Invented articles with their names marked: `[Ann Lund|P]`, `[Fjord Bank|O]`, `[Oslo|L]`.

use proptest::prelude::*;

use super::{FoundPerson, people};
use crate::article::enriched::Gender;
use crate::extract::names::{Name, NameKind};
use crate::text::{Segments, Span};

/// The text without its marks, and the names.
fn marked(article: &str) -> (String, Vec<Name>) {
    let (mut text, mut names, mut rest) = (String::new(), Vec::new(), article);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inner, tail) = after.split_once(']').expect("a closing bracket");
        let (words, kind) = inner.split_once('|').expect("a kind");
        let kind = match kind {
            "P" => NameKind::Person,
            "O" => NameKind::Organization,
            _ => NameKind::Location,
        };
        let start = text.len();
        text.push_str(words);
        names.push(Name { span: Span::new(start, text.len()), kind, confidence: 0.9 });
        rest = tail;
    }
    text.push_str(rest);
    (text, names)
}

fn found(article: &str) -> Vec<FoundPerson> {
    let (text, names) = marked(article);
    people(&text, &Segments::new(&text), &names)
}

/// Each person as "name = alias, alias".
fn named(article: &str) -> Vec<String> {
    found(article).iter().map(|person| format!("{} = {}", person.name, person.aliases.join(", "))).collect()
}

/// The roles of the person of that name, each as "title / org / country".
fn roles(article: &str, name: &str) -> Vec<String> {
    let people = found(article);
    let person = people.iter().find(|person| person.name == name).expect("the person is found");
    let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    person
        .roles
        .iter()
        .map(|role| format!("{} / {} / {}", role.title, or(&role.org), or(&role.country)))
        .collect()
}

fn gender(article: &str) -> Option<Gender> {
    found(article)[0].gender
}

#[test]
fn a_last_name_joins_its_full_name() {
    for (article, people) in [
        ("[Ann Lund|P] spoke. [Lund|P]'s aides left.", &["Ann Lund = Lund"][..]),
        // A headline names first by the last name.
        ("[Lund|P] resigns\nOn Monday [Ann Lund|P] resigned.", &["Ann Lund = Lund"]),
        (
            "[Ann Lund|P] met [Jon Berg|P]. [Berg|P] left, then [Lund|P].",
            &["Ann Lund = Lund", "Jon Berg = Berg"],
        ),
        (
            "[Ola van der Moss|P] won. [Van der Moss|P] and [Moss|P]",
            &["Ola van der Moss = Van der Moss, Moss"],
        ),
        ("[Omar al-Tariq|P] left. [Tariq|P], [al-Tariq|P]", &["Omar al-Tariq = Tariq, al-Tariq"]),
        ("[Pedro Sánchez Robledo|P] won, and [Sánchez|P] smiled.", &["Pedro Sánchez Robledo = Sánchez"]),
        ("[Moon Tae-in|P] said. [Moon|P] left.", &["Moon Tae-in = Moon"]),
        ("[John F. Lund|P], [J. Lund|P], [John Lund Jr.|P]", &["John F. Lund = J. Lund, John Lund Jr."]),
        ("[William Lund|P] came. [Bill Lund|P] sat.", &["William Lund = Bill Lund"]),
        ("[Ann Sorenson|P] came. [Sorensen|P] sat.", &["Ann Sorenson = Sorensen"]),
        ("[ANN LUND|P] WINS\n[Ann Lund|P] won.", &["Ann Lund = ANN LUND"]),
        ("[Ronald Lund|P] wrote. [Ron|P]", &["Ronald Lund = Ron"]),
        ("[William Lund|P] wrote. [Bill|P]", &["William Lund = Bill"]),
        ("[Ronald Lund|P] met [Ronnie Berg|P]. [Ron|P]", &["Ronald Lund = ", "Ronnie Berg = ", "Ron = "]),
        ("[Björk|P] sang. [Björk|P] left.", &["Björk = "]),
    ] {
        assert_eq!(named(article), people, "{article}");
    }
}

#[test]
fn people_of_one_last_name_stay_apart() {
    for (article, people) in [
        ("[Ann Lund|P] came. [Jon Lund|P] came. [Lund|P] spoke.", &["Ann Lund = ", "Jon Lund = Lund"][..]),
        ("Mr [Lund|P] came. Mrs [Lund|P] left.", &["Lund = ", "Lund = "]),
        (
            "Mrs [Ann Lund|P] came with Mr [Jon Lund|P]. Mrs [Lund|P] spoke.",
            &["Ann Lund = Lund", "Jon Lund = "],
        ),
        (
            "President [Ann Lund|P] and actor [Jon Lund|P] met. President [Lund|P] spoke.",
            &["Ann Lund = Lund", "Jon Lund = "],
        ),
        ("[Jon Lund Jr.|P] met [Jon Lund Sr.|P]", &["Jon Lund Jr. = ", "Jon Lund Sr. = "]),
        ("[Ann Lund|P] came. The house of the [Lunds|P] burnt.", &["Ann Lund = ", "Lunds = "]),
        ("[Maria Lund|P] met [Marie Lund|P].", &["Maria Lund = ", "Marie Lund = "]),
        // Two are named later: neither is plain.
        ("[Lund|P] wins\n[Ann Lund|P] beat [Jon Lund|P].", &["Lund = ", "Ann Lund = ", "Jon Lund = "]),
        (
            "[Jon|P] and [Ann Lund|P] met [Jon Lund|P] of [Jon Berg|P].",
            &["Jon Lund = Jon", "Ann Lund = ", "Jon Berg = "],
        ),
    ] {
        assert_eq!(named(article), people, "{article}");
    }
}

#[test]
fn a_family_is_a_plural_or_called_one() {
    for (article, people) in [
        ("[Hatros|P] spoke. The [Hatros|P] researcher sat.", &["Hatros = "][..]),
        ("[Hatros|P] spoke. The [Hatros|P] said nothing.", &["Hatros = ", "Hatros = "]),
        ("[Ann Lund|P] spoke. The [Lund|P] family sat.", &["Ann Lund = ", "Lund = "]),
    ] {
        assert_eq!(named(article), people, "{article}");
    }
}

#[test]
fn the_one_who_has_the_last_name_keeps_it() {
    let article = "[Jon Lund|P] wrote. [Lund|P] read. [Lund|P] sat. [Lund|P] sang. His wife [Ann Lund|P] left. [Lund|P] cried.";
    assert_eq!(found(article)[0].mentions.len(), 5);
}

#[test]
fn titles_before_names_are_roles() {
    for (article, role) in [
        ("[US|L] Defence Secretary [Ann Lund|P] told reporters", "Defence Secretary / - / US"),
        ("[US|L] Secretary of State [Ann Lund|P] is meeting", "Secretary of State / - / US"),
        ("[Taliban|O] spokesperson [Ann Lund|P] said", "spokesperson / Taliban / -"),
        ("The former French president [Ann Lund|P] said", "former president / - / FR"),
        ("said South Korean Foreign Minister [Ann Lund|P].", "Foreign Minister / - / KR"),
        ("a talk with [Fjord Bank|O] chief executive [Ann Lund|P]", "chief executive / Fjord Bank / -"),
        ("Prime Minister [Ann Lund|P] of [Norway|L] said", "Prime Minister / - / NO"),
        ("Professor [Ann Lund|P] of the [University of Moss|O] said", "Professor / University of Moss / -"),
        ("said Gen. [Ann Lund|P]", "Gen. / - / -"),
        ("the mayor of [Oslo|L] [Ann Lund|P] said", "mayor of Oslo / - / -"),
        ("[US|L] Ambassador to [Norway|L] [Ann Lund|P] said", "Ambassador to Norway / - / US"),
        ("ex-president [Ann Lund|P] said", "ex-president / - / -"),
        (
            "[US|L] Special Representative for [Iran|L] [Ann Lund|P] said",
            "Special Representative for Iran / - / US",
        ),
        ("Melby Harbour spokesman [Ann Lund|P] said", "spokesman / Melby Harbour / -"),
    ] {
        assert_eq!(roles(article, "Ann Lund"), [role], "{article}");
    }
    for list in [
        "The two journalists, [Ann Lund|P] and [Jon Berg|P], left.",
        "[Ann Lund|P] and [Jon Berg|P], the two journalists, left.",
        "[Ann Lund|P] and [Jon Berg|P], both journalists, left.",
    ] {
        for name in ["Ann Lund", "Jon Berg"] {
            assert_eq!(roles(list, name), ["journalist / - / -"], "{list}");
        }
    }
    assert_eq!(roles("[Melby|L] stars [Ann Lund|P] and [Jon Berg|P] sang.", "Jon Berg"), ["star / - / -"]);
    let list = "[US|L] senators [Ann Lund|P] of [Ohio|L], [Jon Berg|P] and [Per Moss|P] voted.";
    for name in ["Ann Lund", "Jon Berg", "Per Moss"] {
        assert_eq!(roles(list, name), ["senator / - / US"]);
    }
}

#[test]
fn titles_behind_names_are_roles() {
    for (article, role) in [
        ("[Ann Lund|P], the [US|L] defence secretary, said", "defence secretary / - / US"),
        (
            "[Ann Lund|P], chancellor of the [University of Moss|O], said",
            "chancellor / University of Moss / -",
        ),
        ("[Ann Lund|P], 47, a baker from [Oslo|L], said", "baker / - / -"),
        ("[Ann Lund|P], spokesman for the Indonesian military, said", "spokesman / Indonesian military / ID"),
        ("[Ann Lund|P] (CEO of [Fjord Bank|O]) said", "CEO / Fjord Bank / -"),
        ("[Ann Lund|P], who is the president of [Norway|L], said", "president / - / NO"),
        ("said [Ann Lund|P], head of security at [Fjord Bank|O].", "head of security / Fjord Bank / -"),
        ("[Ann Lund|P], a lawyer representing the family, said", "lawyer / - / -"),
        ("The defence secretary, [Ann Lund|P], said", "defence secretary / - / -"),
        ("[Norway|L]'s Prime Minister, [Ann Lund|P] has said", "Prime Minister / - / NO"),
        ("As president, [Ann Lund|P] signed", "president / - / -"),
        ("[Ann Lund|P], a former finance minister said the bank fell.", "former finance minister / - / -"),
        ("\"No.\" [Ann Lund|P], president of [Fjord Bank|O] says it fell.", "president / Fjord Bank / -"),
        ("[Ann Lund|P], prosecutor general of [Melby|L], said", "prosecutor general of Melby / - / -"),
        ("[Ann Lund|P], a baker of [Melby|L], said", "baker / - / -"),
        ("[Ann Lund|P], the former minister of [Melby|L], said", "former minister of Melby / - / -"),
        ("[Ann Lund|P], head of the mobile music firm Orda, said", "head / Orda / -"),
        ("[Ann Lund|P], author of the [Fjord Bank|O] report, said", "author / - / -"),
        ("the head of [Fjord Bank|O], Dr [Ann Lund|P], said", "head / Fjord Bank / -"),
    ] {
        assert_eq!(roles(article, "Ann Lund"), [role], "{article}");
    }
    assert_eq!(
        roles("[Ann Lund|P], chairman and CEO of [Fjord Bank|O], left.", "Ann Lund"),
        ["chairman / Fjord Bank / -", "CEO / Fjord Bank / -"]
    );
}

#[test]
fn what_is_no_role_is_none() {
    for article in [
        "Mr [Ann Lund|P] said",
        "Dr. [Ann Lund|P] said",
        "According to [Ann Lund|P], the minister said nothing.",
        "[Ann Lund|P] is dead, minister says",
        "In a letter to the president, [Ann Lund|P] said no.",
        "A spokesman for the president, [Ann Lund|P], said",
        "We saw [Ann Lund|P], actor [Jon Berg|P] and others.",
        "He met [Jon Berg|P], the minister, [Ann Lund|P], and left.",
        "They will coach [Ann Lund|P] well.",
        "[Ann Lund|P], his wife, sang.",
        "the president's house, [Ann Lund|P] said",
        "[Ann Lund|P], the doctors' union said, is ill.",
        "[Ann Lund|P], the former finance minister said, is ill.",
        "According to [Ann Lund|P], a former finance minister said nothing.",
        "The three journalists, [Ann Lund|P] and [Jon Berg|P], left.",
    ] {
        assert_eq!(roles(article, "Ann Lund"), [""; 0], "{article}");
    }
}

#[test]
fn a_role_that_is_said_twice_is_one() {
    let article =
        "President [Ann Lund|P] came.\n[US|L] President [Lund|P] sat.\nFormer president [Lund|P] left.";
    assert_eq!(roles(article, "Ann Lund"), ["President / - / US", "Former president / - / -"]);
}

#[test]
fn gender_is_what_the_text_says() {
    let (male, female) = (Some(Gender::Male), Some(Gender::Female));
    for (article, expected) in [
        ("Mr [Lund|P] came.", male),
        ("Queen [Anna|P] came.", female),
        ("His wife [Ann Lund|P] came.", female),
        ("[Ann Lund|P], a mother of two, came.", female),
        ("Spokeswoman [Kim Lund|P] came.", female),
        ("Chairman [Kim Lund|P] came.", None),
        ("[Ann Lund|P] came.", None),
        ("Secretary [Kim Lund|P] told reporters about it.\nHe warned that it would not end.", male),
        ("\"It is far,\" [Lund|P] said.\n\"But it moves,\" he said, sitting down.", male),
        ("[Kim Lund|P] said she would resign.", female),
        ("[Kim Lund|P] and her husband left.", female),
        ("[Kim Lund|P] met [Jon Berg|P]. He left.", None),
        ("[Kim Lund|P]'s wife came. She left.", None),
        ("A doctor spoke to [Kim Lund|P]. She left.", None),
        ("Mr [Kim Lund|P] came. She left.", None),
    ] {
        assert_eq!(gender(article), expected, "{article}");
    }
}

#[test]
fn surfaces_are_written_with_single_spaces() {
    let people = found("[Ann\u{A0} Lund|P] came. [Ann Lund|P] left.");
    assert_eq!((people.len(), people[0].name.as_str(), people[0].aliases.len()), (1, "Ann Lund", 0));
}

proptest! {
    #[test]
    fn every_mention_has_one_person_and_nothing_panics(
        words in proptest::collection::vec(("[A-Za-zÅéß東 ,.'’()\"-]{0,12}|the |president |of |, |and |He said |US |'s | minister |his wife |\\PC{0,3}", 0u8..4), 0..60)
    ) {
        let (mut text, mut names) = (String::new(), Vec::new());
        for (word, kind) in words {
            let start = text.len();
            text.push_str(&word);
            if kind > 0 && !word.is_empty() {
                let kind = NameKind::ALL[usize::from(kind - 1)];
                names.push(Name { span: Span::new(start, text.len()), kind, confidence: 0.5 });
                text.push(' ');
            }
        }
        let people = people(&text, &Segments::new(&text), &names);
        let mut mentions: Vec<Span> = people.iter().flat_map(|person| person.mentions.iter().map(|name| name.span)).collect();
        mentions.sort();
        let given: Vec<Span> =
            names.iter().filter(|name| name.kind == NameKind::Person).map(|name| name.span).collect();
        prop_assert_eq!(mentions, given);
        prop_assert!(people.iter().all(|person| !person.aliases.contains(&person.name)));
        prop_assert!(people.windows(2).all(|pair| pair[0].mentions[0].span < pair[1].mentions[0].span));
    }
}

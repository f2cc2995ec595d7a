//! Plain names in plain news, all of it invented: what the shipped tagger must never lose.

use copydesk::extract::names::NameKind::{self, Location, Organization, Person};
use copydesk::extract::names::tagger;
use copydesk::text::Segments;

fn read(text: &str) -> Vec<(&str, NameKind)> {
    tagger().names(text, &Segments::new(text)).iter().map(|name| (name.span.text(text), name.kind)).collect()
}

/// Each text with all of its names, in order.
fn check(cases: &[(&str, &[(&str, NameKind)])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, names)| read(text) != *names)
        .map(|(text, names)| format!("{text}\n  found    {:?}\n  expected {names:?}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn people_are_found_behind_titles_and_alone() {
    check(&[
        (
            "Prime Minister Ingrid Solberg told reporters that the bridge would open in May.",
            &[("Ingrid Solberg", Person)],
        ),
        (
            "The bridge was closed after the storm, said Mr Thomas Keller, an engineer.",
            &[("Thomas Keller", Person)],
        ),
        (
            "Police spokeswoman Maria Gonzalez said that nobody had been arrested.",
            &[("Maria Gonzalez", Person)],
        ),
        (
            "Dr. James Whitfield, who led the study, said the results were clear.",
            &[("James Whitfield", Person)],
        ),
        ("Lawmaker Chan Man-kin said he would vote against the budget.", &[("Chan Man-kin", Person)]),
    ]);
}

#[test]
fn bodies_and_their_acronyms_are_found() {
    check(&[
        (
            "The World Health Organization (WHO) said on Monday that the outbreak was over.",
            &[("World Health Organization", Organization), ("WHO", Organization)],
        ),
        (
            "The European Commission fined the company on Tuesday, and the United Nations welcomed it.",
            &[("European Commission", Organization), ("United Nations", Organization)],
        ),
        (
            "Shares of Norvik Steel Ltd fell after the Ministry of Finance raised taxes.",
            &[("Norvik Steel Ltd", Organization), ("Ministry of Finance", Organization)],
        ),
    ]);
}

#[test]
fn places_are_found_with_what_is_tied_to_them() {
    check(&[
        ("The US-led coalition has left the town.", &[("US", Location)]),
        (
            "Floods hit northern Germany on Sunday, and trains to Berlin were late.",
            &[("Germany", Location), ("Berlin", Location)],
        ),
        (
            "Talks were held in Geneva, Switzerland, and in Paris.",
            &[("Geneva", Location), ("Switzerland", Location), ("Paris", Location)],
        ),
        (
            "The president flew from London to Tokyo and then to Australia.",
            &[("London", Location), ("Tokyo", Location), ("Australia", Location)],
        ),
    ]);
}

#[test]
fn a_dateline_is_a_place_and_an_agency() {
    check(&[
        (
            "NEW YORK (Reuters) - The harbour was closed on Tuesday after a crane fell on the quay.",
            &[("NEW YORK", Location), ("Reuters", Organization)],
        ),
        (
            "OSLO (Reuters) - The harbour was closed on Tuesday after a crane fell on the quay.",
            &[("OSLO", Location), ("Reuters", Organization)],
        ),
        (
            "BAGHDAD, Iraq — The harbour was closed on Tuesday after a crane fell on the quay.",
            &[("BAGHDAD", Location), ("Iraq", Location)],
        ),
        (
            "Oslo (AP) — The harbour was closed on Tuesday after a crane fell on the quay.",
            &[("Oslo", Location), ("AP", Organization)],
        ),
    ]);
}

/// What the article says elsewhere tells which of two things a word is.
#[test]
fn the_same_word_is_a_person_here_and_a_country_there() {
    check(&[
        (
            "Michael Jordan opened the school on Friday. \"It is a good day,\" Mr Jordan said.",
            &[("Michael Jordan", Person), ("Jordan", Person)],
        ),
        (
            "The refugees have lived in Jordan for six years. Camps in Jordan are full.",
            &[("Jordan", Location), ("Jordan", Location)],
        ),
    ]);
}

#[test]
fn a_headline_in_capitals_has_the_names_of_its_text() {
    let text = "ANGELA BRENNER MEETS MINISTERS IN BERLIN\nAngela Brenner met ministers in Berlin on Monday. \
                Brenner said that the talks in Berlin had been good.";
    let found = read(text);
    let count = |name: &str, kind| found.iter().filter(|(n, k)| *n == name && *k == kind).count();
    assert_eq!((count("ANGELA BRENNER", Person), count("BERLIN", Location)), (1, 1), "{found:?}");
    assert_eq!(
        (count("Angela Brenner", Person), count("Brenner", Person), count("Berlin", Location)),
        (1, 1, 2),
        "{found:?}"
    );
}

#[test]
fn prose_without_names_has_none() {
    check(&[
        ("The harbour was closed on Tuesday after a crane fell on the quay, and nobody was hurt.", &[]),
        ("\"We will not go back,\" he said. \"There is nothing left for us there.\"", &[]),
        ("In December, prices rose by 2.5 percent; on Friday they fell again.", &[]),
        ("", &[]),
    ]);
}

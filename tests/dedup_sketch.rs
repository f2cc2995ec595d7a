//! What the sketch is a function of: the words, and, for the names, the capitals inside sentences.
//!
//! Publishers set one text in many ways. These are the laws that users rely on, and where they end.

use copydesk::dedup::{Sample, Sketch, content_hash};
use proptest::prelude::*;

/// Letters whose capital and small forms belong to each other one to one.
const LETTERS: &str = "[a-zA-Zàéîõüçñøåæþšžłąδζψжщыю]";

fn word() -> impl Strategy<Value = String> {
    let letters = |times: &str| prop::string::string_regex(&format!("{LETTERS}{times}")).unwrap();
    prop_oneof![
        6 => letters("{1,8}"),
        1 => "[0-9]{1,3}(,[0-9]{3}|\\.[0-9]{1,2})?",
        1 => (letters("{1,5}"), letters("{1,2}")).prop_map(|(a, b)| format!("{a}'{b}")),
        1 => prop::sample::select(vec!["Orla", "Tennick", "Westmere", "Skarn", "the", "The", "of"]).prop_map(String::from),
    ]
}

/// Words, and what stands behind each.
fn text(most: usize) -> impl Strategy<Value = String> {
    let behind =
        prop_oneof![8 => Just(" "), 1 => Just(". "), 1 => Just("\n"), 1 => Just(" \""), 1 => Just("\" ")];
    prop::collection::vec((word(), behind), 0..most)
        .prop_map(|words| words.into_iter().map(|(word, behind)| word + behind).collect())
}

/// Every one of `from` is set as one of `to`, in turn.
fn set(text: &str, from: char, to: &[&str]) -> String {
    let mut turn = to.iter().cycle();
    text.chars()
        .map(|c| {
            if c == from {
                turn.next().map_or_else(String::new, |to| (*to).to_owned())
            } else {
                c.to_string()
            }
        })
        .collect()
}

fn hashes(sample: &Sample) -> Vec<u32> {
    sample.members().iter().map(|member| member.hash()).collect()
}

/// All of a sketch but the flags of its shingles, its names, and whether it has any.
fn check_same_words(one: &Sketch, other: &Sketch) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.content, other.content);
    prop_assert_eq!(one.size, other.size);
    prop_assert_eq!(one.shingles.level(), other.shingles.level());
    let members = |sketch: &Sketch| -> Vec<(u32, u8)> {
        sketch.shingles.members().iter().map(|member| (member.hash(), member.part())).collect()
    };
    prop_assert_eq!(members(one), members(other));
    prop_assert_eq!(&one.places, &other.places);
    Ok(())
}

proptest! {
    #[test]
    fn capitals_do_not_count_but_for_names(text in text(80)) {
        let as_is = Sketch::of(&text);
        let (upper, lower) = (Sketch::of(&text.to_uppercase()), Sketch::of(&text.to_lowercase()));
        check_same_words(&as_is, &upper)?;
        // Without a difference there are no names: the numbers alone are specific.
        prop_assert_eq!(&upper, &lower);
        prop_assert!(!upper.cased);
        prop_assert!(upper.names.members().iter().all(|member| member.flag()));
        prop_assert_eq!(content_hash(&text), upper.content);
    }

    #[test]
    fn quotes_apostrophes_and_spaces_do_not_count(text in text(80)) {
        let spaced = set(&text, ' ', &["  ", "\t", "\u{a0}", "\u{2009}", "&nbsp;", "&#32;", " - ", " \u{2014} ", ", ", " ("]);
        let quoted = set(&spaced, '"', &["\u{201c}", "\u{201d}", "&quot;", "\u{ab}", "\u{201e}", "&ldquo;", "&#x201D;"]);
        let all = set(&quoted, '\'', &["\u{2019}", "&rsquo;", "&#39;", "&apos;", "\u{2018}", ""]);
        prop_assert_eq!(Sketch::of(&all), Sketch::of(&text));
    }

    #[test]
    fn entities_and_invisible_characters_in_words_do_not_count(text in text(80)) {
        let entities = set(&text, 'é', &["&eacute;", "&#233;", "&#xE9;", "\u{ad}é", "\u{200b}é"]);
        let all = set(&entities, 'n', &["n", "\u{ad}n", "\u{2060}n", "\u{feff}\u{200d}n"]);
        prop_assert_eq!(Sketch::of(&all), Sketch::of(&text));
    }

    #[test]
    fn line_ends_are_what_spaces_are_but_that_a_word_behind_one_is_no_name(text in text(30), every in 1usize..8) {
        let mut spaces = 0;
        let wrapped: String = text
            .chars()
            .map(|c| {
                spaces += usize::from(c == ' ');
                if c == ' ' && spaces % every == 0 { '\n' } else { c }
            })
            .collect();
        let (plain, wrapped) = (Sketch::of(&text), Sketch::of(&wrapped));
        check_same_words(&plain, &wrapped)?;
        prop_assert_eq!(plain.cased, wrapped.cased);
        // Nothing new is a name or specific; what was, may be no longer. Numbers stay.
        let names = hashes(&plain.names);
        prop_assert!(hashes(&wrapped.names).iter().all(|name| names.contains(name)));
        let numbers = |sketch: &Sketch| sketch.names.members().iter().filter(|member| member.flag()).count();
        prop_assert_eq!(numbers(&plain), numbers(&wrapped));
        for (plain, wrapped) in plain.shingles.members().iter().zip(wrapped.shingles.members()) {
            prop_assert!(plain.flag() || !wrapped.flag());
        }
    }

    /// Kinds of line end, and how many, do not matter.
    #[test]
    fn line_ends_are_all_alike(text in text(60)) {
        let other = set(&text, '\n', &["\r\n", "\n\n\n", "\r", " \n ", "\u{2028}", "\u{2029}", ".\n", "!", "\u{2026}"]);
        prop_assert_eq!(Sketch::of(&other), Sketch::of(&text));
    }

    #[test]
    fn another_word_is_another_text(text in text(40), word in "[a-z]{2,9}", at in any::<prop::sample::Index>()) {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.insert(at.index(words.len() + 1), &word);
        prop_assert_ne!(content_hash(&words.join(" ")), content_hash(&text));
    }
}

/// Where "the same but for capitals" ends: letters whose forms are not one to one, and accents that stand apart.
#[test]
fn what_is_not_made_equal() {
    let same = |one: &str, other: &str| content_hash(one) == content_hash(other);
    for (one, other, why) in [
        ("Straße", "STRASSE", "sharp s is two letters in capitals"),
        ("λόγος", "ΛΌΓΟΣ", "final sigma"),
        ("ılık", "ILIK", "dotless i"),
        ("İzmir", "izmir", "capital I with a dot"),
        ("ﬁne", "fine", "ligature"),
        ("Ａnn", "Ann", "full width"),
        ("cafe\u{301}", "café", "accents apart; repair composes them"),
        ("1.234", "1234", "a point groups in German, and parts in English"),
        ("40\u{202f}000", "40000", "a space groups in French"),
        ("don\u{ad}'t", "don't", "an invisible character between a letter and an apostrophe"),
        ("don\u{2bc}t", "don't", "the modifier letter apostrophe is a letter"),
        ("well-known", "wellknown", "hyphens part words"),
        ("e-mail", "e\nmail 2", "another word"),
    ] {
        assert!(
            !same(one, other),
            "{one:?} and {other:?} are one now ({why}): update the documents, and ALGORITHM"
        );
    }
    assert!(same("Straße", "STRAẞE") && same("ΩΔΕ", "ωδε") && same("МОСТУ", "мосту") && same("٢٠٢٤", "2024"));
}

/// Texts without a word are told apart by their characters; there is nothing to compare in them.
#[test]
fn a_text_without_words_has_no_sketch_but_its_content() {
    for text in ["", "😀", "😀 😀", " -- \n", "…"] {
        let sketch = Sketch::of(text);
        assert_eq!((sketch.size, sketch.keys().count(), sketch.cased), (0, 0, false), "{text:?}");
    }
    assert_ne!(content_hash("😀"), content_hash("😢"));
    assert_ne!(content_hash(""), content_hash(" "));
}

#[test]
fn a_text_shorter_than_a_shingle_is_one_shingle() {
    for text in ["Flood", "Flood in", "Flood in Westmere", "Flood in Westmere today"] {
        let sketch = Sketch::of(text);
        assert_eq!((sketch.size, sketch.shingles.members().len()), (1, 1), "{text:?}");
        assert_eq!(sketch.keys().count(), 1, "{text:?}");
    }
    let keys = |text: &str| Sketch::of(text).keys().collect::<Vec<_>>();
    assert_ne!(keys("Flood in Westmere"), keys("Westmere in flood"), "order counts");
}

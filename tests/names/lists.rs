//! The lists of names and words: the longest listed name is found, and nothing else.

use copydesk::extract::names::gazetteer::{Builder, Gazetteer, LONGEST, NameList, WordList};
use copydesk::extract::names::words::{Words, exact_hash};
use copydesk::text::Segments;
use proptest::prelude::*;

/// Lists with nothing in them.
pub fn no_lists() -> Vec<u8> {
    Builder::default().bytes()
}

fn add(builder: &mut Builder, list: NameList, name: &str) {
    let words: Vec<u64> = name.split(' ').map(exact_hash).collect();
    builder.name(list, &words);
}

/// The words of a text that names of the list cover.
fn covered(bytes: &[u8], list: NameList, text: &str) -> Vec<String> {
    let words = Words::new(text, &Segments::new(text), &Gazetteer::from_bytes(bytes).expect("lists"));
    let inside = words.words.iter().filter(|word| word.lists.in_name(list));
    inside.map(|word| word.span.text(text).to_owned()).collect()
}

/// The words of a text that a list of words has.
fn listed(bytes: &[u8], list: WordList, text: &str) -> Vec<String> {
    let words = Words::new(text, &Segments::new(text), &Gazetteer::from_bytes(bytes).expect("lists"));
    words
        .words
        .iter()
        .filter(|word| word.lists.has(list))
        .map(|word| word.span.text(text).to_owned())
        .collect()
}

#[test]
fn the_longest_name_is_taken_and_a_beginning_is_none() {
    let mut builder = Builder::default();
    add(&mut builder, NameList::BigCity, "Norvik");
    add(&mut builder, NameList::Media, "Norvik Evening Post");
    add(&mut builder, NameList::Region, "Bay of Norvik");
    let bytes = builder.bytes();
    let read = |list, text| covered(&bytes, list, text);
    assert_eq!(
        read(NameList::Media, "He reads the Norvik Evening Post daily."),
        ["Norvik", "Evening", "Post"]
    );
    assert!(read(NameList::BigCity, "He reads the Norvik Evening Post daily.").is_empty());
    // "Norvik Evening" begins a name and is none: what is left is the city.
    assert_eq!(read(NameList::BigCity, "In Norvik Evening came early."), ["Norvik"]);
    assert!(read(NameList::Media, "In Norvik Evening came early.").is_empty());
    assert_eq!(read(NameList::Region, "Ships left the Bay of Norvik."), ["Bay", "of", "Norvik"]);
    assert!(read(NameList::Region, "Ships left the Bay of Melby.").is_empty());
    assert!(read(NameList::BigCity, "A norvik is no Norviken.").is_empty());
}

#[test]
fn a_place_in_capitals_is_that_place_and_an_abbreviation_stays_one() {
    let mut builder = Builder::default();
    add(&mut builder, NameList::BigCity, "Norvik");
    add(&mut builder, NameList::BigCity, "Aso");
    add(&mut builder, NameList::BigCity, "Vask");
    add(&mut builder, NameList::Body, "VASK");
    add(&mut builder, NameList::Person, "Melby");
    let bytes = builder.bytes();
    let read = |list| covered(&bytes, list, "NORVIK (Press) - He told ASO, VASK and MELBY that it is late.");
    assert_eq!(
        read(NameList::BigCity),
        ["NORVIK"],
        "three letters, a listed body and a person are left alone"
    );
    assert_eq!(read(NameList::Body), ["VASK"]);
    assert!(read(NameList::Person).is_empty());
}

#[test]
fn a_line_of_capitals_is_read_as_if_its_words_had_one() {
    let mut builder = Builder::default();
    add(&mut builder, NameList::Person, "Ada Lindqvist");
    builder.word(WordList::FirstName, "Ada");
    let bytes = builder.bytes();
    assert_eq!(covered(&bytes, NameList::Person, "ADA LINDQVIST LEAVES THE PORT"), ["ADA", "LINDQVIST"]);
    assert_eq!(listed(&bytes, WordList::FirstName, "ADA LINDQVIST LEAVES THE PORT"), ["ADA"]);
}

#[test]
fn names_of_people_keep_their_capitals_and_telling_words_do_not() {
    let mut builder = Builder::default();
    for list in WordList::ALL {
        builder.word(list, "Mark");
    }
    let bytes = builder.bytes();
    for list in WordList::ALL {
        let found = listed(&bytes, list, "We told Mark that a mark is left here.");
        let expected: &[&str] = if list.has_case() { &["Mark"] } else { &["Mark", "mark"] };
        assert_eq!(found, expected, "{list:?}");
    }
    let cased: Vec<WordList> = WordList::ALL.into_iter().filter(|list| list.has_case()).collect();
    assert_eq!(cased, [WordList::FirstName, WordList::Surname]);
}

#[test]
fn every_list_answers_for_itself_alone() {
    for list in NameList::ALL {
        let mut builder = Builder::default();
        add(&mut builder, list, "Melby");
        let bytes = builder.bytes();
        for other in NameList::ALL {
            assert_eq!(covered(&bytes, other, "They met in Melby again.").len(), usize::from(other == list));
        }
    }
}

#[test]
fn damaged_lists_are_refused() {
    let mut builder = Builder::default();
    add(&mut builder, NameList::Person, "Ada Lindqvist");
    builder.word(WordList::FirstName, "Ada");
    builder.word(WordList::Saying, "said");
    let bytes = builder.bytes();
    assert!(Gazetteer::from_bytes(&bytes).is_some());
    for end in 0..bytes.len() {
        assert!(Gazetteer::from_bytes(&bytes[..end]).is_none(), "cut at {end} of {}", bytes.len());
    }
    assert!(Gazetteer::from_bytes(&[&bytes[..], &[0]].concat()).is_none(), "one byte too many");
    for wrong in [1u64, 12, 24, u64::MAX] {
        let mut damaged = bytes.clone();
        damaged[..8].copy_from_slice(&wrong.to_le_bytes());
        assert!(Gazetteer::from_bytes(&damaged).is_none(), "a table of {wrong} bytes");
    }
}

const WORDS: &[&str] = &["Alba", "Berg", "Cora", "Dale", "Elm"];

fn name(longest: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(WORDS), 1..=longest)
}

/// Where the longest names lie, from left to right, by trying each of them.
fn by_hand(names: &[Vec<&str>], words: &[&str]) -> Vec<bool> {
    let mut covered = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let fits = names.iter().filter(|name| name.len() <= LONGEST && words[at..].starts_with(name));
        let longest = fits.map(Vec::len).max().unwrap_or(0);
        covered[at..at + longest].fill(true);
        at += longest.max(1);
    }
    covered
}

proptest! {
    #[test]
    fn lists_find_what_a_plain_search_finds(
        names in prop::collection::vec(name(LONGEST + 1), 0..8),
        words in name(20),
    ) {
        let mut builder = Builder::default();
        for name in &names {
            add(&mut builder, NameList::Other, &name.join(" "));
        }
        let bytes = builder.bytes();
        let text = format!("{} said so.", words.join(" "));
        let marked = Words::new(&text, &Segments::new(&text), &Gazetteer::from_bytes(&bytes).expect("lists"));
        let found: Vec<bool> =
            marked.words.iter().take(words.len()).map(|word| word.lists.in_name(NameList::Other)).collect();
        prop_assert_eq!(found, by_hand(&names, &words), "{:?} in {}", &names, &text);
        prop_assert_eq!(bytes, builder.bytes());
    }

    /// Bytes that are no lists are refused or read, never a panic.
    #[test]
    fn any_bytes_are_lists_or_are_not(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = Gazetteer::from_bytes(&bytes);
    }
}

//! Names and entities on large texts of one pattern: nothing is slower than linear, and nothing panics.

use copydesk::extract::known::Knowledge;
use copydesk::extract::{Attempt, Context, Entities, entities};
use copydesk::text::{CodePoints, Segments};

/// Bytes of a text.
const SIZE: usize = 2_500_000;

/// Everything on one text. No time is asserted: a step that is quadratic in words takes hours.
fn run(text: &str, title: Option<&str>) -> Entities {
    let context = Context { title, ..Context::default() };
    let code_points = CodePoints::new(text);
    let knowledge = Knowledge::default();
    entities(text, &Segments::new(text), &code_points, &knowledge, &context, Attempt::Full)
}

fn repeated(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len())
}

/// A name for each number.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            let first = word.remove(0).to_ascii_uppercase();
            return format!("{first}{word}q");
        }
    }
}

/// A text of sentences with ever new names.
fn counted(sentence: impl Fn(String) -> String) -> String {
    let mut text = String::with_capacity(SIZE);
    let mut number = 0;
    while text.len() < SIZE {
        text.push_str(&sentence(word(number)));
        number += 1;
    }
    text
}

#[test]
fn words_with_capitals_without_end_take_linear_time() {
    for unit in ["A ", "AB ", "Ab Cd ", "\nAB CD\n", "É "] {
        run(&repeated(unit, SIZE), Some("A title"));
    }
}

#[test]
fn marks_and_hyphens_without_end_take_linear_time() {
    for unit in ["Ab-", "al-", "A.B.", "(A) "] {
        run(&repeated(unit, SIZE), Some("A title"));
    }
    // One word without end, and one whose half is a name.
    run(&repeated("A", SIZE), None);
    run(&format!("Mr {}-{} said.", repeated("a", SIZE / 2), repeated("B", SIZE / 2)), None);
}

#[test]
fn names_in_one_sentence_without_end_take_linear_time() {
    for unit in [
        "Mr A said ",
        "Minister Bo Ho met ",
        "Bo Ho, the minister, ",
        "Senators Bo Ho, Al Ko and ",
        "World Health Organization (WHO) ",
    ] {
        run(&repeated(unit, SIZE), Some("A title"));
    }
}

/// What is said of one person behind a sentence that names him without end.
#[test]
fn pronouns_and_titles_without_end_take_linear_time() {
    for (names, behind) in [
        ("Bo Ho, ", "He left. "),
        ("Minister Thomas Keller met Minister Angela Keller. ", "Senator Keller left. "),
    ] {
        run(&format!("{}\n{}", repeated(names, SIZE / 2), repeated(behind, SIZE / 2)), None);
    }
}

#[test]
fn ever_new_names_take_linear_time() {
    let many =
        run(&counted(|word| format!("Mr Bo {word} said. ")), Some(&counted(|word| format!("{word} "))));
    assert!(many.people.len() > 10_000, "{} people", many.people.len());
    run(&counted(|word| format!("Mr {word} Ho said. ")), None);
    run(&counted(|word| format!("{word} Bank (B{}) said. ", word.to_uppercase())), None);
    run(&counted(|word| format!("They live in London, {word}. ")), None);
    run(&counted(|word| format!("Bo Ho, the {word} minister, said. ")), None);
}

//! Of the tagger on any text: where names may lie, how sure they may be, and that nothing but the text decides.

use copydesk::extract::names::gazetteer::Gazetteer;
use copydesk::extract::names::runs::Links;
use copydesk::extract::names::words::Words;
use copydesk::extract::names::{Name, tagger};
use copydesk::text::Segments;
use proptest::prelude::*;

use super::lists::no_lists;
use super::texts::{headed, mixed};

fn check(text: &str) -> Result<(), TestCaseError> {
    let segments = Segments::new(text);
    let names = tagger().names(text, &segments);
    let mut at = 0;
    for &Name { span, confidence, .. } in &names {
        prop_assert!(span.start >= at && span.start < span.end && span.end <= text.len(), "{names:?}");
        prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?}");
        let name = span.text(text);
        prop_assert!(!name.trim().is_empty() && name.trim() == name, "{name:?}");
        prop_assert!((0.0..=1.0).contains(&confidence), "{name:?}: {confidence}");
        at = span.end;
        let within = segments.sentences().iter().any(|s| s.start <= span.start && span.end <= s.end);
        prop_assert!(within, "{name:?} is in no sentence");
    }
    prop_assert_eq!(names, tagger().names(text, &Segments::new(text)));
    check_runs(text, &segments)
}

/// Runs ascend and do not overlap, and every word with a capital is in one of them.
fn check_runs(text: &str, segments: &Segments) -> Result<(), TestCaseError> {
    let lists = no_lists();
    let words = Words::new(text, segments, &Gazetteer::from_bytes(&lists).expect("empty lists"));
    let links = Links::default();
    let mut last = 0;
    for &sentence in &words.sentences {
        let words = words.of(sentence);
        for word in words {
            prop_assert!(
                word.span.start >= last && word.span.end > word.span.start && word.span.end <= text.len()
            );
            prop_assert!(!word.span.text(text).contains(char::is_whitespace), "{:?}", word.span.text(text));
            last = word.span.end;
        }
        let mut runs = Vec::new();
        links.runs(words, &mut runs);
        let mut at = 0;
        for run in &runs {
            prop_assert!(run.start >= at && run.start < run.end && run.end <= words.len(), "{runs:?}");
            prop_assert!(
                words[run.clone()].iter().any(|word| word.form.has_capital()),
                "{run:?} of {text:?}"
            );
            at = run.end;
        }
        for (i, word) in words.iter().enumerate() {
            let inside = runs.iter().filter(|run| run.contains(&i)).count();
            prop_assert!(inside <= 1);
            prop_assert!(!word.form.has_capital() || inside == 1, "{:?} is in no run", word.span.text(text));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn names_hold_their_laws_on_names_and_marks(text in mixed()) {
        check(&text)?;
    }

    #[test]
    fn names_hold_their_laws_below_a_line_of_capitals(text in headed()) {
        check(&text)?;
    }

    #[test]
    fn names_hold_their_laws_on_any_characters(text in any::<String>()) {
        check(&text)?;
    }

    /// What is before and behind it in other articles is no business of an article.
    #[test]
    fn a_tagger_remembers_nothing(first in mixed(), second in mixed()) {
        let read = |text: &str| tagger().names(text, &Segments::new(text));
        let alone = read(&second);
        read(&first);
        prop_assert_eq!(alone, read(&second));
    }
}

//! The laws of spans on any Unicode text, and that nothing is slower than linear.

use copydesk::extract::{dateline, detect, stats, summary};
use copydesk::text::{CodePoints, Segments, Span, paragraphs, sentences, tokens};
use proptest::prelude::*;

/// Texts that meet the rules more often than random characters do.
fn article() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,9}",
        2 => prop::sample::select(vec![
            " ", " ", " ", "\n", ". ", "? ", "! ", ".", "...", "…", ". . .", "\"", "”", "“", "'s", "n't", "’", "-", " — ",
            "--", ", ", ": ", "Gen. ", "U.S. ", "a.m.", "No. ", "J. ", "(AP)", "[1]", "[", "]", "$", "%", "1,234.5", "2016-07-20",
            "@", "://", "www.", "&", "_", "。", "」", "？", "؟", "।", "東京", "タワー", "서울", "\u{a0}", "\u{200b}", "\u{301}",
            "\u{200d}", "😀", "\u{fe0f}", "É", "ß", "\r\n", "\t", "The ", "said ", "asked", "「", "１．２", "n’t", "N'T",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Spans ascend, do not overlap, lie on character borders, are not empty; and leave out only white space.
fn check_cover(text: &str, within: Span, spans: &[Span]) -> Result<(), TestCaseError> {
    let mut at = within.start;
    for span in spans {
        prop_assert!(
            span.start >= at && span.end > span.start && span.end <= within.end,
            "{span:?} in {text:?}"
        );
        prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        prop_assert!(
            text[at..span.start].chars().all(char::is_whitespace),
            "lost {:?}",
            &text[at..span.start]
        );
        at = span.end;
    }
    prop_assert!(text[at..within.end].chars().all(char::is_whitespace), "lost {:?}", &text[at..within.end]);
    Ok(())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let whole: Vec<Span> = paragraphs(text).collect();
    check_cover(text, Span::of(text), &whole)?;
    for &paragraph in &whole {
        let cut = sentences(text, paragraph);
        check_cover(text, paragraph, &cut)?;
        for &sentence in &cut {
            prop_assert_eq!(sentence.trim(text), sentence);
            let found: Vec<Span> = tokens(text, sentence).map(|token| token.span).collect();
            check_cover(text, sentence, &found)?;
            for span in found {
                prop_assert!(!span.text(text).chars().any(char::is_whitespace), "{:?}", span.text(text));
            }
        }
        if let Some(found) = dateline(paragraph.text(text)) {
            prop_assert!(paragraph.text(text).is_char_boundary(found.end));
            prop_assert!(found.dateline.place.is_some() || found.dateline.agency.is_some());
        }
    }
    let segments = Segments::new(text);
    prop_assert_eq!(segments.paragraphs(), &whole[..]);
    prop_assert_eq!(segments.sentences_of(whole.len().saturating_sub(1)).end, segments.sentences().len());
    let offsets = CodePoints::new(text);
    for (points, (byte, _)) in text.char_indices().enumerate() {
        prop_assert_eq!(offsets.at(byte), points);
    }
    let counts = stats(text, &segments, &offsets);
    prop_assert_eq!(counts.chars, text.chars().count());
    prop_assert!(counts.sentences >= counts.paragraphs);
    if let Some(summary) = summary(text, &segments, None) {
        prop_assert!((1..=3).contains(&summary.spans.len()));
        let characters: Vec<char> = text.chars().collect();
        let again: Vec<String> = summary
            .code_points(&offsets)
            .iter()
            .map(|&[start, end]| characters[start..end].iter().collect())
            .collect();
        prop_assert_eq!(again.join(" "), summary.text(text));
    }
    let language = detect(text, None);
    prop_assert!((0.0..=1.0).contains(&language.confidence));
    prop_assert_eq!(language.tag.is_none(), language.confidence == 0.0);
    prop_assert_eq!(language, detect(text, None));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn spans_hold_their_laws_on_articles(text in article()) {
        check(&text)?;
    }

    #[test]
    fn spans_hold_their_laws_on_any_characters(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn a_declared_language_of_any_form_is_no_panic(text in article(), declared in any::<String>()) {
        let language = detect(&text, Some(&declared));
        prop_assert!((0.0..=1.0).contains(&language.confidence));
    }
}

/// Everything on one text. No time is asserted: a quadratic step on 5 MB takes hours, which no CI run outlives.
fn run(text: &str) {
    let segments = Segments::new(text);
    let offsets = CodePoints::new(text);
    let counts = stats(text, &segments, &offsets);
    assert_eq!(counts.chars, offsets.total());
    let _ = summary(text, &segments, Some("A title"));
    let _ = detect(text, Some("en"));
    let _ = dateline(text);
}

#[test]
fn large_monotonous_texts_take_linear_time() {
    for unit in [
        "\"", "'", "“", ".", ". ", ".\" ", "? \" ", "! “ ", "…", "... ", "a", "a.", "A. ", "a.b", "U.S. ",
        "(", "[1]", " [1]", ". [1] ", "-", "a-", "1,", "1.", "@", "a@", "a@.", "://", "a://", "a://(",
        "www.", "'s", "n't", "a'", "。", "」", "東", "カ", "\u{301}", "\u{200d}", "😀", "\n", " ", "\u{a0}",
        "? Smith ", "? - ", ". — ", "É. ", "१. ", "॥ ",
    ] {
        run(&unit.repeat(5_000_000 / unit.len()));
    }
}

#[test]
fn a_line_of_two_hundred_thousand_words_is_cut_whole() {
    let text = "Troops entered the old town of Norvik on Friday, Gen. Holm said. ".repeat(17_000);
    run(&text);
    let segments = Segments::new(&text);
    assert_eq!(segments.paragraphs().len(), 1);
    assert_eq!(segments.sentences().len(), 17_000);
}

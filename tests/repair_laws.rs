//! Laws of repair that hold for any body.

use std::collections::BTreeSet;

use copydesk::repair::{RepairReport, RepairSettings, repair};
use proptest::prelude::*;

const ALL: RepairSettings = RepairSettings { enabled: true, boilerplate: true, repeats: true };

fn paragraphs(text: &str) -> Vec<&str> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Numbers of paragraphs that went as a whole: all entries but those of sentences of a paragraph that stays.
fn gone(report: &RepairReport) -> Vec<usize> {
    report
        .removed
        .iter()
        .filter(|entry| entry.of != Some(entry.paragraph))
        .map(|entry| entry.paragraph)
        .collect()
}

fn check(body: &str) {
    let input = paragraphs(body);
    let repaired = repair(body, &ALL);
    let report = &repaired.report;
    let output = paragraphs(&repaired.text);

    assert_eq!((report.paragraphs_in, report.paragraphs_out), (input.len(), output.len()));
    let (gone, kept) = (gone(report), &report.order);
    let all: BTreeSet<usize> = gone.iter().chain(kept).copied().collect();
    assert_eq!(gone.len() + kept.len(), input.len(), "each paragraph is removed or kept, once");
    assert_eq!(all, (1..=input.len()).collect(), "each paragraph is removed or kept");
    assert_eq!(output.is_empty(), input.is_empty(), "something stays");

    for (&number, text) in kept.iter().zip(&output) {
        let cut: usize =
            report.removed.iter().filter(|e| e.of == Some(number) && e.paragraph == number).count();
        let source = input[number - 1];
        assert!(cut > 0 || source == *text, "a kept paragraph is as it came: {source:?} {text:?}");
        assert!(text.len() <= source.len());
    }
    for entry in &report.removed {
        assert!(entry.of.is_none_or(|of| kept.contains(&of)), "a repeat names a kept paragraph: {entry:?}");
    }
    let again = repair(&repaired.text, &ALL);
    assert_eq!(again.text, repaired.text, "repair of a repaired text changes nothing");
    assert!(again.report.removed.is_empty());
}

const SENTENCES: [&str; 18] = [
    "The harbour was closed at dawn after the storm had torn two ferries from their moorings.",
    "\"We will open again when the divers say so,\" the harbour master said on Tuesday morning.",
    "\"We will open again when the divers say so,\" the harbour master said on Wednesday morning.",
    "Sen. Ada Poe of the northern district asked for a report within 30 days of the storm.",
    "Sen. Ada Poe of the northern district asked for a report within 40 days of the storm.",
    "The harbour was closed at dawn after...",
    "He denies the charges.",
    "Q: What happens next?",
    "Advertisement",
    "Read more: Ferries back at sea",
    "Share Tweet Email",
    "Ost beat West 3-1.",
    "\u{6e2f}\u{53e3}\u{5728}\u{66b4}\u{98ce}\u{96e8}\u{540e}\u{5173}\u{95ed}\u{3002}\u{6e21}\u{8f6e}\u{505c}\u{822a}\u{3002}",
    "* * *",
    "\u{a0}",
    "Tickets for the seven ferries that did not sail are good for another three months, the line said.",
    "But the money - and there is little of it - has not come, the mayor told the town council, which sat until night.",
    "of the",
];

/// Bodies in which blocks come twice, sentences stand in other paragraphs, and words are dropped.
fn bodies() -> impl Strategy<Value = String> {
    let sentence = (0..SENTENCES.len(), 0..40usize).prop_map(|(which, drop)| {
        let words: Vec<&str> = SENTENCES[which].split(' ').collect();
        let kept = words.iter().enumerate().filter(|(at, _)| words.len() < 3 || *at != drop);
        kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    });
    let paragraph = prop::collection::vec(sentence, 1..5).prop_map(|sentences| sentences.join(" "));
    let block = prop::collection::vec(paragraph, 1..8);
    (prop::collection::vec(block, 1..5), prop::collection::vec(0..5usize, 1..8)).prop_map(
        |(blocks, order)| {
            let lines: Vec<String> =
                order.iter().filter_map(|&at| blocks.get(at % blocks.len())).flatten().cloned().collect();
            lines.join("\n")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_for_bodies_with_repeats(body in bodies()) {
        check(&body);
    }

    #[test]
    fn laws_hold_for_any_unicode(body in "(\\PC|\n|[\\x00-\\x20]|a|\u{2026}|\\.|\u{200b}|\u{6f22}){0,200}") {
        check(&body);
        check(&format!("{body}\n{body}"));
    }

    #[test]
    fn laws_hold_for_few_words(body in "([abA3. ]|\n|\\. A|b b b a a a ){0,120}") {
        check(&body);
    }

    #[test]
    fn off_means_untouched(body in "(\\PC|\n){0,80}") {
        let off = RepairSettings { enabled: false, ..ALL };
        let repaired = repair(&body, &off);
        prop_assert_eq!(&repaired.text, &body);
        prop_assert!(repaired.report.removed.is_empty());
    }
}

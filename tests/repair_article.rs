//! Whole articles through repair: an article in the shape that scrapers deliver, and bodies of unusual size.

use copydesk::repair::{Reason, RepairSettings, repair};

const ALL: RepairSettings = RepairSettings { enabled: true, boilerplate: true, repeats: true };

/// The article of 15 paragraphs, then its second copy without the first one, with a link list's headline and a new
/// paragraph between the second and the third repeat.
fn article_twice() -> String {
    let first = [
        "The coast guard gathered the masters of the five ferry lines today and agreed with them on a plan to reopen the northern strait.",
        "Harbour commissioner Ines Falk told reporters that the divers would soon have cleared the wrecks off Port Lenz and Marrow Point.",
        "She warned that lifting what she called the \"iron reef\" would not by itself make the strait safe, nor bring back the pilots who had left.",
        "\"Today we made the promises that will let people go home,\" Falk told reporters on the quay at Port Lenz.",
        "\"Let me be plain: they end with a ferry in Marrow Point before the first snow.\"",
        "Separately, transport minister Oto Brandt is meeting the mayors of the island towns to talk about the fares and the winter timetable.",
        "And the lines were set to lend what officials hoped would be up to 12 million crowns to families stranded on the islands.",
        "Lenz county needs the money to pay for the rooms in which it has put up those who could not return.",
        "\"The work against the ice is far from done, even as we move. Marrow is not yet open. Falling masts remain a daily danger,\" Brandt said.",
        "\"But the tide \u{2014} and nobody at this table would say that the tide has not turned \u{2014} it has turned,\" he said, next to the mayors.",
        "\"And the ice has been driven out of almost half of the strait that it once held,\" he said, using the islanders' name for the wrecks.",
        "The two days of talks were called as storms \u{2014} some of them the worst in forty years \u{2014} are following one another along the coast.",
        "The lines, and in particular the oldest of them, are keen to show the towns what they see as progress in the strait.",
        "But their task is made harder by the rust that eats the hulls in the docks, on the slips and in the yards of the south.",
        "In recent weeks gales have sunk boats in Port Lenz, Marrow Point, Tarn and Ellby, and left dozens of people without a home.",
    ];
    let mut lines = first.to_vec();
    lines.extend(&first[1..3]);
    lines.push("More From This Section");
    lines.push("But pilots from the northern and the southern stations now have a rota to bring the ferries in with the local tugs.");
    lines.extend(&first[3..]);
    lines.join("\n")
}

#[test]
fn the_second_copy_goes_and_its_new_paragraph_moves_to_its_place() {
    let body = article_twice();
    let repaired = repair(&body, &ALL);
    let report = &repaired.report;
    assert_eq!(report.order, [1, 2, 3, 19, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    assert_eq!((report.paragraphs_in, report.paragraphs_out, report.removed.len()), (31, 16, 15));
    for entry in &report.removed {
        if entry.paragraph == 18 {
            assert_eq!((entry.reason, entry.of), (Reason::Boilerplate, None));
            assert_eq!(entry.text.as_deref(), Some("More From This Section"));
        } else {
            let of = if entry.paragraph < 18 { entry.paragraph - 14 } else { entry.paragraph - 16 };
            assert_eq!((entry.reason, entry.of, &entry.text), (Reason::Repeat, Some(of), &None));
        }
    }
    let lines: Vec<&str> = body.lines().collect();
    let kept: Vec<&str> = report.order.iter().map(|&number| lines[number - 1]).collect();
    assert_eq!(repaired.text, kept.join("\n"));
}

#[test]
fn each_part_can_be_switched_off() {
    let body = article_twice();
    let only_boilerplate = repair(&body, &RepairSettings { repeats: false, ..ALL });
    assert_eq!(only_boilerplate.report.removed.len(), 1);
    let only_repeats = repair(&body, &RepairSettings { boilerplate: false, ..ALL });
    assert!(only_repeats.text.contains("More From This Section"));
    assert_eq!(only_repeats.report.paragraphs_out, 17);
}

#[test]
fn a_body_of_50_megabytes_is_done() {
    let article = article_twice();
    let body = vec![article.as_str(); 50 * 1024 * 1024 / article.len()].join("\n");
    let repaired = repair(&body, &ALL);
    assert_eq!(repaired.report.paragraphs_out, 16, "one copy is left");
}

#[test]
fn two_hundred_thousand_short_paragraphs_are_done() {
    let lines: Vec<String> =
        (0..200_000).map(|n| format!("Number {n} ran past the old town hall at noon.")).collect();
    assert_eq!(repair(&lines.join("\n"), &ALL).report.removed, []);
    let same =
        vec!["The bells of the old town hall rang for an hour at noon on Sunday, as every year."; 200_000];
    assert_eq!(repair(&same.join("\n"), &ALL).report.paragraphs_out, 1);
    // Under the limit for near repeats, with shingles that are everywhere.
    let alike: Vec<String> = (0..9_000)
        .map(|n| format!("So it went on and on and on and on and on and on {n} and on and on."))
        .collect();
    assert_eq!(repair(&alike.join("\n"), &ALL).report.removed, []);
}

#[test]
fn a_line_of_two_hundred_thousand_words_is_done() {
    let words = vec!["tide"; 200_000].join(" ");
    assert_eq!(repair(&words, &ALL).text, words);
    let sentences =
        vec!["The tide came in over the wall at noon and went out again by night."; 12_000].join(" ");
    let repaired = repair(&sentences, &ALL);
    assert_eq!(repaired.text, "The tide came in over the wall at noon and went out again by night.");
    let long: Vec<String> =
        (0..40).map(|n| format!("{} {n}", vec!["tide and ebb"; 3_000].join(" "))).collect();
    repair(&long.join("\n"), &ALL);
}

//! Does an article call itself a new version of an earlier one?

use crate::text::normal;

/// Words that begin the headline of a new version, with or without a number after them. Normalised.
const MARKS: &[&str] = &[
    "update",
    "updated",
    "updates",
    "correction",
    "corrected",
    "corrects",
    "refile",
    "refiles",
    "refiled",
    "recast",
    "recasts",
    "wrapup",
    "rewrite",
    "writethru",
    "actualización",
    "berichtigung",
    "korrektur",
    "correctif",
    "actualisation",
];

/// Whether the title, or the first line, begins or ends as a new version's does: "UPDATE 2-", "CORRECTED:", "(Lead)".
///
/// These words begin ordinary sentences, too ("Update your browser"), so at the beginning they count with a number, or
/// when a mark other than a space follows.
pub fn is_revision(title: Option<&str>, text: &str) -> bool {
    let first = text.split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default();
    title.is_some_and(is_marked) || is_marked(first)
}

fn is_marked(line: &str) -> bool {
    let line = line.trim();
    let mut words: Vec<(String, usize)> = Vec::new();
    // A headline's mark is among its first words.
    let mut cut = line.len().min(80);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    normal::visit_words(&line[..cut], |word| words.push((word.text.to_owned(), word.end)));
    let is_number =
        |at: usize| words.get(at).is_some_and(|(word, _)| word.starts_with(|c: char| c.is_ascii_digit()));
    let marked = |at: usize| words.get(at).is_some_and(|(word, _)| MARKS.contains(&word.as_str()));
    let closed = |at: usize| {
        words.get(at).is_some_and(|(_, end)| {
            line[*end..].trim_start().starts_with(['-', ':', ')', ']', '–', '—', '/'])
        })
    };
    let lead = line.to_ascii_lowercase();
    let in_brackets =
        ["(lead)", "(1st lead)", "(2nd lead)", "(3rd lead)", "(updated)", "(corrected)", "(recasts)"];
    // "UPDATE 2-...", "2ND UPDATE:", "CORRECTED-..."
    (marked(0) && (is_number(1) || closed(0)))
        || (is_number(0) && marked(1) && closed(1))
        || in_brackets.iter().any(|mark| lead.ends_with(mark) || lead.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_versions_say_so() {
        for title in [
            "UPDATE 2-Mill to close, 300 jobs go",
            "UPDATE 1 - Mill to close",
            "CORRECTED: Mill to close",
            "2ND UPDATE: Mill to close",
            "Correction-Mill to close in May",
            "Mill to close (Lead)",
            "WRAPUP 3-Markets fall",
            "[Updated] Mill to close",
        ] {
            assert!(is_revision(Some(title), "The mill will close."), "{title}");
            assert!(is_revision(None, &format!("{title}\nThe mill will close.")), "{title}");
        }
    }

    #[test]
    fn ordinary_headlines_do_not() {
        for title in [
            "Update your browser, watchdog says",
            "Corrections officers strike",
            "Rewrite of law sought",
            "Mill to close",
            "",
            "3 updates to the law, explained",
        ] {
            assert!(!is_revision(Some(title), "The mill will close."), "{title}");
        }
    }
}

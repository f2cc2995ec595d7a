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

/// Marks that stand at either end of a headline.
const IN_BRACKETS: &[&str] =
    &["(lead)", "(1st lead)", "(2nd lead)", "(3rd lead)", "(updated)", "(corrected)", "(recasts)"];

/// What one of the first words of a headline is.
#[derive(Debug, Clone, Copy, Default)]
struct Start {
    number: bool,
    mark: bool,
    /// A mark that ends a label follows.
    closed: bool,
}

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
    // A headline's mark is among its first words.
    let mut cut = line.len().min(80);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut words = [Start::default(); 2];
    let mut seen = 0;
    normal::visit_words(&line[..cut], |word| {
        if let Some(start) = words.get_mut(seen) {
            *start = Start {
                number: word.text.starts_with(|c: char| c.is_ascii_digit()),
                mark: MARKS.contains(&word.text),
                closed: line[word.end..].trim_start().starts_with(['-', ':', ')', ']', '–', '—', '/']),
            };
            seen += 1;
        }
    });
    let in_brackets = IN_BRACKETS.iter().any(|mark| {
        let (line, mark) = (line.as_bytes(), mark.as_bytes());
        let first = line.get(..mark.len()).is_some_and(|first| first.eq_ignore_ascii_case(mark));
        let last = line.len().checked_sub(mark.len()).map(|from| &line[from..]);
        first || last.is_some_and(|last| last.eq_ignore_ascii_case(mark))
    });
    let [first, second] = words;
    // "UPDATE 2-...", "2ND UPDATE:", "CORRECTED-..."
    (first.mark && (second.number || first.closed))
        || (first.number && second.mark && second.closed)
        || in_brackets
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

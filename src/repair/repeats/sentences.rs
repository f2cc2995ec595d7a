//! Where a sentence ends, well enough to find one that is said twice or set out as a quote. A wrong end only makes
//! the pieces shorter, and pieces must be equal to count.

use crate::text::normal::{Shape, Word};

/// The end of a sentence, or of a piece of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Bytes of the gap that still belong to the sentence: its full stop and closing quotes.
    pub close: usize,
    /// False if the full stop may belong to an abbreviation.
    pub sure: bool,
}

/// Whether a sentence ends in the `gap` between `before` (all text up to it) and the word `next`.
pub(super) fn ends_sentence(before: &str, gap: &str, next: &Word<'_>) -> Option<End> {
    if gap.len() < 2 {
        return None;
    }
    let at = gap.find(is_terminator)?;
    let stop = gap[at..].chars().next()?;
    let rest = gap[at..].trim_start_matches(|c| is_terminator(c) || is_closer(c));
    let close = gap.len() - rest.len();
    if !stop.is_ascii() && !matches!(stop, '\u{2026}') {
        return Some(End { close, sure: true });
    }
    let starts = match next.shape {
        Shape::Capital | Shape::Number | Shape::Pair => true,
        // Scripts without case begin behind Latin, Greek, Cyrillic and Armenian.
        Shape::Plain => next.text.chars().next().is_some_and(|c| c >= '\u{590}'),
    };
    (starts && rest.starts_with(char::is_whitespace))
        .then(|| End { close, sure: stop != '.' || !is_abbreviation(before) })
}

/// Whether a text ends as if it were cut off: in an ellipsis, maybe in brackets, maybe with a "read more" behind it.
pub(super) fn ends_with_ellipsis(text: &str) -> bool {
    let cut = |text: &str| {
        let text = text.trim_end_matches(|c: char| c.is_whitespace() || "])>\u{bb}\u{203a}".contains(c));
        text.ends_with('\u{2026}') || text.ends_with("...")
    };
    let last = text.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    if !text[last..].contains('\u{2026}') && !text[last..].contains("...") {
        return false;
    }
    let tail = text[last..].trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let more = ["read more", "continue reading", "full story", "more"];
    cut(text)
        || more.iter().any(|words| {
            tail.ends_with(words)
                && text.rfind(['.', '\u{2026}']).is_some_and(|at| {
                    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                    text[end..].trim().len() <= words.len() + 4 && cut(&text[..end])
                })
        })
}

fn is_terminator(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '\u{2026}'
            | '\u{3002}'
            | '\u{FF01}'
            | '\u{FF1F}'
            | '\u{61F}'
            | '\u{6D4}'
            | '\u{964}'
    )
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '\u{201D}' | '\u{2019}' | '\u{BB}' | '\u{300D}' | '\u{300F}')
}

/// A title or an initial before the full stop: the sentence goes on.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || TITLES.contains(&word)
}

const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Capt", "Sgt", "Maj", "Adm", "Prof",
    "Rev", "Hon", "St", "Mt", "vs", "No",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normal::visit_words;

    fn sentences(text: &str) -> Vec<&str> {
        let (mut ends, mut end) = (Vec::new(), 0);
        visit_words(text, |word| {
            if let Some(End { close, sure: true }) =
                ends_sentence(&text[..end], text.get(end..word.start).unwrap_or_default(), &word)
            {
                ends.push(end + close);
            }
            end = word.end;
        });
        ends.push(text.len());
        let mut from = 0;
        ends.into_iter().map(|end| text[std::mem::replace(&mut from, end)..end].trim()).collect()
    }

    #[test]
    fn full_stops_that_end_a_sentence_and_such_that_do_not() {
        assert_eq!(
            sentences("It rained. \u{201c}All night!\u{201d} He left."),
            ["It rained.", "\u{201c}All night!\u{201d}", "He left."]
        );
        assert_eq!(
            sentences("Mr. Poe met J. Doe of the U.S. Army at 3.5 p.m. today."),
            ["Mr. Poe met J. Doe of the U.S. Army at 3.5 p.m. today."]
        );
        assert_eq!(
            sentences("\u{6771}\u{4eac}\u{3002}\u{5927}\u{962a}"),
            ["\u{6771}\u{4eac}\u{3002}", "\u{5927}\u{962a}"]
        );
    }

    #[test]
    fn cut_off_ends() {
        for text in [
            "The mayor said\u{2026}",
            "The mayor said ...",
            "The mayor [...]",
            "The mayor said... Read more",
            "So he went\u{2026} More \u{bb}",
        ] {
            assert!(ends_with_ellipsis(text), "{text}");
        }
        for text in ["The mayor said.", "", "Wait... he said no more", "Read more"] {
            assert!(!ends_with_ellipsis(text), "{text}");
        }
    }
}

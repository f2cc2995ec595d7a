//! Pieces: what names are compared by. A piece is a run of letters and digits, so it is a token of
//! [`crate::text::tokens`] or a part of one: "US-led" holds the pieces `US` and `led`, "Daesh's" the pieces `Daesh` and
//! `s`. In scripts without spaces each character is a piece. What stands between two pieces, the gap, counts too, with
//! white space, apostrophes and hyphens made the same.
//!
//! Laws: pieces ascend, do not overlap and lie on character borders.

use crate::text::Span;
use crate::text::letters::{is_unspaced, is_word, lower};

/// A longer gap parts two names: ". " and ", " are the longest that names have.
const LONGEST_GAP: usize = 3;

/// The next piece at or behind `at`, which lies on a character border, and before `end`.
#[inline]
pub(super) fn next_piece(text: &str, mut at: usize, end: usize) -> Option<Span> {
    let bytes = &text.as_bytes()[..end];
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() {
            return Some(Span::new(at, piece_end(text, at, end)));
        }
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let c = text[at..end].chars().next()?;
        let next = at + c.len_utf8();
        if is_word(c) {
            let last = if is_unspaced(c) { next } else { piece_end(text, at, end) };
            return Some(Span::new(at, last));
        }
        at = next;
    }
    None
}

/// Where the run of letters and digits at `at` ends.
#[inline]
fn piece_end(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[..end];
    while at < end {
        if bytes[at].is_ascii_alphanumeric() {
            at += 1;
        } else if bytes[at].is_ascii() {
            break;
        } else {
            match text[at..end].chars().next() {
                Some(c) if is_word(c) && !is_unspaced(c) => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    at
}

/// The gap from `from` to `to`, made regular into `out`. `false`: too long, or over a line's end.
pub(super) fn gap(text: &str, from: usize, to: usize, out: &mut String) -> bool {
    out.clear();
    for c in text[from..to].chars() {
        match regular(c) {
            '\n' | '\r' => return false,
            ' ' if out.ends_with(' ') => {}
            c => out.push(c),
        }
        if out.chars().count() > LONGEST_GAP {
            return false;
        }
    }
    true
}

/// The name in the form in which names are compared: white space, apostrophes and hyphens made the same, and in lower
/// case if `folded`.
pub(super) fn regular_text(name: &str, folded: bool) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match regular(c) {
            ' ' if out.ends_with(' ') => {}
            c if folded => out.push(lower(c)),
            c => out.push(c),
        }
    }
    out
}

fn regular(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\n' | '\r' => c,
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether a line is written in capitals alone: two words or more, and no small letter.
pub(super) fn is_all_caps(line: &str) -> bool {
    let (mut large, mut words, mut inside) = (0, 0, false);
    for c in line.chars() {
        if c.is_lowercase() {
            return false;
        }
        let letter = c.is_uppercase();
        large += usize::from(letter);
        words += usize::from(letter && !inside);
        inside = letter;
    }
    words >= 2 && large >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let (mut at, mut all) = (0, Vec::new());
        while let Some(span) = next_piece(text, at, text.len()) {
            all.push(span.text(text));
            at = span.end;
        }
        all
    }

    #[test]
    fn hyphens_apostrophes_and_marks_part_pieces() {
        assert_eq!(
            pieces("the US-led Da\u{2019}esh's (U.N.) Zürich"),
            ["the", "US", "led", "Da", "esh", "s", "U", "N", "Zürich"]
        );
        assert_eq!(pieces("東京abc"), ["東", "京", "abc"]);
        assert!(pieces(" — … ").is_empty());
    }

    #[test]
    fn a_gap_is_regular_short_and_within_its_line() {
        let mut out = String::new();
        assert!(gap("a \u{a0} b", 1, 5, &mut out));
        assert_eq!(out, " ");
        assert!(!gap("a\nb", 1, 2, &mut out));
        assert!(!gap("a ... b", 1, 6, &mut out));
    }

    #[test]
    fn a_line_of_capitals_has_no_small_letter() {
        assert!(is_all_caps("ISLAMIC STATE HITS 3 TOWNS"));
        assert!(!is_all_caps("ISLAMIC STATE hits"));
        assert!(!is_all_caps("(AP)"));
    }
}

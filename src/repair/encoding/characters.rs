//! Line ends, spaces, control characters and invisible characters.
//!
//! Laws: the result has no line end but `\n`, no control character but `\n` and tab, no soft hyphen and no byte order
//! mark; letters, digits and marks stay; a second pass changes nothing.

use std::borrow::Cow;

/// What becomes of a character, whatever stands beside it.
enum Fate {
    Stays,
    Goes,
    LineEnd,
    Space,
    /// It joins or parts letters of some scripts, and is litter elsewhere.
    Joiner,
}

fn fate(c: char) -> Fate {
    match c {
        '\n' | '\t' | ' '..='~' => Fate::Stays,
        // CR is met here only where no LF follows; vertical tab and form feed part lines as well.
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::LineEnd,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Fate::Goes,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Fate::Space,
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Fate::Goes,
        // Marks of writing direction change no letter, but they would part equal words.
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Fate::Goes,
        '\u{200C}' | '\u{200D}' => Fate::Joiner,
        _ => Fate::Stays,
    }
}

/// Whether a joiner can mean something beside this character: scripts that join letters, and emoji.
fn takes_joiner(c: Option<char>) -> bool {
    c.is_some_and(|c| c >= '\u{600}' && !c.is_whitespace() && !matches!(c, '\u{2000}'..='\u{206F}'))
}

/// The text with every line end as `\n`, odd spaces as a space, and without control and invisible characters.
/// The joiners U+200C and U+200D stay where a script or an emoji needs them.
pub fn clean_characters(text: &str) -> Cow<'_, str> {
    let dirty = |c: char| !matches!(fate(c), Fate::Stays);
    let Some(first) = text.find(dirty) else { return Cow::Borrowed(text) };
    let mut clean = String::with_capacity(text.len());
    clean.push_str(&text[..first]);
    let mut chars = text[first..].chars().peekable();
    while let Some(c) = chars.next() {
        match fate(c) {
            Fate::Stays => clean.push(c),
            Fate::Goes => {}
            Fate::Space => clean.push(' '),
            Fate::LineEnd => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                clean.push('\n');
            }
            Fate::Joiner => {
                if takes_joiner(clean.chars().next_back()) && takes_joiner(chars.peek().copied()) {
                    clean.push(c);
                }
            }
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::clean_characters;

    #[test]
    fn every_line_end_is_a_line_feed() {
        assert_eq!(clean_characters("a\r\nb\rc\u{2028}d\u{2029}e\u{85}f\ng"), "a\nb\nc\nd\ne\nf\ng");
        assert_eq!(clean_characters("a\r\r\nb\n\rc"), "a\n\nb\n\nc");
    }

    #[test]
    fn invisible_characters_go_and_odd_spaces_become_spaces() {
        assert_eq!(clean_characters("co\u{AD}operate\u{200B} \u{FEFF}now\u{7}\0"), "cooperate now");
        assert_eq!(clean_characters("5\u{A0}km, 1\u{202F}000\tm"), "5 km, 1 000\tm");
    }

    #[test]
    fn joiners_stay_where_they_mean_something() {
        let persian = "می\u{200C}خواهم";
        let family = "👩\u{200D}👧";
        assert_eq!(clean_characters(persian), persian);
        assert_eq!(clean_characters(family), family);
        assert_eq!(clean_characters("pa\u{200C}per\u{200D} x"), "paper x");
    }
}

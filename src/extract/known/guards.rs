//! Whether a form that may be a word or another thing stands for its name here: "IS", "WHO", "AP", "Fed".

use super::pieces::next_piece;
use super::sets::Grade;
use crate::text::Span;

/// Behind such a form these words show a name: "the IS group", "IS militants". Sorted.
const GROUP_WORDS: &[&str] = &[
    "affiliate",
    "commander",
    "commanders",
    "extremists",
    "fighter",
    "fighters",
    "group",
    "gunmen",
    "insurgents",
    "jihadist",
    "jihadists",
    "leader",
    "leaders",
    "militant",
    "militants",
    "recruits",
    "supporters",
    "terrorists",
];

/// Behind an organisation's short form these words show that it acts or employs. Sorted.
const ACTING_WORDS: &[&str] = &[
    "announced",
    "chair",
    "chairman",
    "chief",
    "chiefs",
    "correspondent",
    "declared",
    "director",
    "member",
    "members",
    "officer",
    "official",
    "officials",
    "policymakers",
    "reported",
    "reporter",
    "reports",
    "said",
    "says",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "warned",
];

/// Titles that stand between an organisation and a person. Sorted.
const OFFICES: &[&str] = &[
    "Administrator",
    "Agent",
    "Ambassador",
    "Chairman",
    "Chairwoman",
    "Chief",
    "Commander",
    "Commissioner",
    "Constable",
    "Coordinator",
    "Director",
    "Envoy",
    "General",
    "Leader",
    "President",
    "Representative",
    "Secretary",
    "Special",
    "Spokesman",
    "Spokesperson",
    "Spokeswoman",
];

/// Whether the words around a form of this grade show that it is the name. Another name of the set in the article shows
/// it too; that is the caller's to know.
pub(super) fn context_shows(text: &str, line: Span, span: Span, grade: Grade) -> bool {
    let after = word_after(text, line, span);
    let group = || after.is_some_and(|word| GROUP_WORDS.binary_search(&word).is_ok());
    match grade {
        Grade::Safe => true,
        Grade::JoinOnly => false,
        Grade::Strict => group(),
        Grade::AfterArticle => {
            let the = || matches!(word_before(text, line, span), Some("the" | "The"));
            let acting = || after.is_some_and(|word| ACTING_WORDS.binary_search(&word).is_ok());
            in_brackets(text, line, span) || the() || acting() || group()
        }
    }
}

/// Whether a short form stands among words in capitals, where capitals say nothing: "WHO IS IT?".
pub(super) fn among_capitals(text: &str, line: Span, span: Span) -> bool {
    let shouted = |word: Option<&str>| {
        word.is_some_and(|word| word.len() >= 2 && word.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let (before, after) = (word_before(text, line, span), word_after(text, line, span));
    let long = |word: Option<&str>| shouted(word) && word.is_some_and(|word| word.len() >= 4);
    shouted(before) && shouted(after) || long(before) || long(after)
}

/// Whether a capitalised word or a number follows directly, so that the form may be part of a longer name.
pub(super) fn capital_follows(text: &str, line: Span, span: Span) -> bool {
    word_after(text, line, span)
        .and_then(|word| word.chars().next())
        .is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether an office follows: "FBI Director".
pub(super) fn office_follows(text: &str, line: Span, span: Span) -> bool {
    word_after(text, line, span).is_some_and(|word| OFFICES.binary_search(&word).is_ok())
}

/// Whether the form stands alone in brackets.
pub(super) fn in_brackets(text: &str, line: Span, span: Span) -> bool {
    text[line.start..span.start].ends_with('(') && text[span.end..line.end].starts_with(')')
}

/// The word behind one space.
fn word_after(text: &str, line: Span, span: Span) -> Option<&str> {
    let rest = &text[span.end..line.end];
    let start = span.end + rest.strip_prefix(' ').map(|_| 1)?;
    let piece = next_piece(text, start, line.end)?;
    (piece.start == start).then(|| piece.text(text))
}

/// The word before one space.
fn word_before(text: &str, line: Span, span: Span) -> Option<&str> {
    let before = text[line.start..span.start].strip_suffix(' ')?;
    let start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    Some(&before[start..]).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_search() {
        assert!(GROUP_WORDS.is_sorted() && ACTING_WORDS.is_sorted() && OFFICES.is_sorted());
    }
}

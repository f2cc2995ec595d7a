//! Does an article call itself a new version of an earlier one?
//!
//! The words that say so begin ordinary headlines, too ("Update your browser", "Update-Pflicht", "Rewrite: a life"), and a
//! false mark turns a copy or a follow-up into an update. So a word alone never counts: the signs that desks set around
//! it must be there.

use crate::text::normal;

/// What a mark's word needs besides standing in a mark's place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing.
    Nothing,
    /// Capitals, where a hyphen joins it to the next word: it forms compounds ("Update-Panne").
    CapitalsInCompound,
    /// Capitals: it is a common noun or verb of headlines.
    Capitals,
}

/// Words that begin the headline of a new version. Normalised.
const MARKS: &[(&str, Needs)] = {
    use Needs::{Capitals, CapitalsInCompound, Nothing};
    &[
        ("update", CapitalsInCompound),
        ("updated", Nothing),
        ("updates", CapitalsInCompound),
        ("correction", Nothing),
        ("corrected", Nothing),
        ("corrects", Nothing),
        ("refile", Nothing),
        ("refiles", Nothing),
        ("refiled", Nothing),
        ("recast", Capitals),
        ("recasts", Capitals),
        ("wrapup", Nothing),
        ("rewrite", Capitals),
        ("writethru", Nothing),
        ("actualización", CapitalsInCompound),
        ("actualizado", Nothing),
        ("actualizada", Nothing),
        ("aktualisiert", Nothing),
        ("aktualisierung", CapitalsInCompound),
        ("berichtigung", CapitalsInCompound),
        ("korrektur", CapitalsInCompound),
        ("korrigiert", Nothing),
        ("correctif", CapitalsInCompound),
        ("rectificatif", CapitalsInCompound),
        ("actualisation", CapitalsInCompound),
    ]
};

/// First letters of [`MARKS`].
const INITIALS: &str = "abckruw";

/// Signs behind a mark.
const CLOSERS: [char; 8] = ['-', ':', ')', ']', '–', '—', '/', '：'];

/// Bytes of a line in which a mark at its beginning stands.
const BEGINNING: usize = 80;

/// Whether the title, or the first line, begins or ends as a new version's does: "UPDATE 2-", "CORRECTED:", "(Lead)".
///
/// A mark at the beginning has a sign other than a space behind it ("Updated: ..."), or a version's number of one or two
/// digits ("UPDATE 2-", "Update 2: ...", and in capitals without a sign: "UPDATE 2 Mill"), or an ordinal before it
/// ("2ND UPDATE:"). A mark in brackets stands alone there or with a number, at either end of the line.
pub fn is_revision(title: Option<&str>, text: &str) -> bool {
    let first = text.split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default();
    title.is_some_and(is_marked) || is_marked(first)
}

fn is_marked(line: &str) -> bool {
    let line = line.trim();
    let brackets = [bracket_at_beginning(line), bracket_at_end(line)];
    begins_marked(line) || brackets.into_iter().flatten().any(is_mark_alone)
}

/// A normalised word, and what stands before and behind it.
struct Word<'l> {
    text: String,
    source: &'l str,
    behind: &'l str,
}

impl Word<'_> {
    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// The number of a version; "1.7m", "2024" and "300" are none.
    fn is_version(&self) -> bool {
        self.text.len() <= 2 && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// "2nd", "2e", and "2." as German has it.
    fn is_ordinal(&self) -> bool {
        self.is_number() && (self.text.ends_with(|c: char| c.is_alphabetic()) || self.behind.starts_with('.'))
    }

    fn is_capitals(&self) -> bool {
        !self.source.chars().any(char::is_lowercase)
    }

    /// A sign that closes a mark follows, with or without a space before it.
    fn is_closed(&self) -> bool {
        self.behind.trim_start().starts_with(CLOSERS)
    }

    /// A hyphen joins it to the next word.
    fn is_joined(&self) -> bool {
        let next = self.behind.strip_prefix('-').and_then(|rest| rest.chars().next());
        next.is_some_and(char::is_alphanumeric)
    }

    fn mark(&self) -> Option<Needs> {
        MARKS.iter().find(|(mark, _)| *mark == self.text).map(|(_, needs)| *needs)
    }

    fn is_mark(&self) -> bool {
        match self.mark() {
            None => false,
            Some(Needs::Nothing) => true,
            Some(Needs::CapitalsInCompound) => self.is_capitals() || !self.is_joined(),
            Some(Needs::Capitals) => self.is_capitals(),
        }
    }
}

/// "UPDATE 2-...", "2ND UPDATE:", "CORRECTED-..."
fn begins_marked(line: &str) -> bool {
    // Most lines are told by their first letter, for the price of nothing.
    if line.starts_with(|first: char| {
        first.is_ascii_alphabetic() && !INITIALS.contains(first.to_ascii_lowercase())
    }) {
        return false;
    }
    let words = words(line, 2);
    let (Some(first), second) = (words.first(), words.get(1)) else { return false };
    if first.is_mark() && first.is_closed() {
        return true;
    }
    let Some(second) = second else { return false };
    let numbered = first.is_mark() && second.is_version();
    // "Corrects 20-year error" and "Update 10-year plan" count years; where nothing has a capital, marks have none either.
    let caseless = !line.chars().any(char::is_uppercase);
    let signed = second.is_closed() && (caseless || !second.is_joined());
    (numbered && (first.is_capitals() || signed))
        || (first.is_ordinal() && second.is_mark() && second.is_closed())
}

/// A mark and nothing else, but for a number: "Lead", "2nd lead", "Update 2".
fn is_mark_alone(inside: &str) -> bool {
    let words = words(inside, 3);
    let is_mark = |word: &Word| word.text == "lead" || word.mark().is_some();
    match &words[..] {
        [mark] => is_mark(mark),
        [mark, number] if is_mark(mark) => number.is_version(),
        [number, mark] => number.is_ordinal() && is_mark(mark),
        _ => false,
    }
}

fn bracket_at_beginning(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['(', '['])?;
    rest.split_once([')', ']']).map(|(inside, _)| inside)
}

fn bracket_at_end(line: &str) -> Option<&str> {
    let rest = line.strip_suffix([')', ']'])?;
    rest.rsplit_once(['(', '[']).map(|(_, inside)| inside)
}

/// The first words of a line's beginning.
fn words(line: &str, most: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut end = line.len().min(BEGINNING);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    normal::visit_words(&line[..end], |word| {
        if words.len() < most {
            let (source, behind) = (&line[word.start..word.end], &line[word.end..]);
            words.push(Word { text: word.text.to_owned(), source, behind });
        }
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn initials_are_those_of_the_marks() {
        let mut initials: Vec<char> = MARKS.iter().filter_map(|(mark, _)| mark.chars().next()).collect();
        initials.sort_unstable();
        initials.dedup();
        assert_eq!(String::from_iter(initials), INITIALS);
    }

    #[test]
    fn new_versions_say_so() {
        for title in [
            "UPDATE 2-Mill to close, 300 jobs go",
            "UPDATE 1 - Mill to close",
            "UPDATE 12-MILL TO CLOSE",
            "UPDATE 2 Mill to close",
            "Update 2: Mill to close",
            "update 3 – mill to close",
            "update 2-mill to close",
            "CORRECTED: Mill to close",
            "CORRECTED-UPDATE 1-Mill to close",
            "2ND UPDATE: Mill to close",
            "2nd Update - Mill to close",
            "2. Update: Werk schließt",
            "Correction-Mill to close in May",
            "Correction : l\u{2019}usine ferme en mai",
            "CORRECTIF\u{a0}: l\u{2019}usine ferme en mai",
            "Rectificatif – L\u{2019}usine ferme en mai",
            "BERICHTIGUNG: Werk schließt",
            "Korrektur - Werk schließt",
            "KORREKTUR-Werk schließt",
            "Aktualisiert: Werk schließt",
            "ACTUALIZACIÓN: La fábrica cierra",
            "Actualización 2: La fábrica cierra",
            "UPDATE: 工場が閉鎖",
            "UPDATE：工場が閉鎖",
            "UPDATE/Werk schließt",
            "RECASTS-Mill to close",
            "REFILE-Mill to close",
            "REWRITE: Mill to close",
            "WRAPUP 3-Markets fall",
            "Mill to close (Lead)",
            "Mill to close (2nd Lead)",
            "(LEAD) Mill to close",
            "(4th LD) Mill to close (4th lead)",
            "Mill to close (update)",
            "Mill to close [Updated]",
            "Mill to close (Update 2)",
            "Mill (of Westmere) to close (corrected)",
            "[Updated] Mill to close",
            "(Update) Mill to close",
            "(Actualización) La fábrica cierra",
            "  UPDATE 2-Mill to close\r",
        ] {
            assert!(is_revision(Some(title), "The mill will close."), "{title}");
            assert!(is_revision(None, &format!("{title}\nThe mill will close.")), "{title}");
            assert!(is_revision(None, &format!("\n \r\n{title}\r\nThe mill will close.")), "{title}");
        }
    }

    #[test]
    fn ordinary_headlines_do_not() {
        for title in [
            "",
            "Mill to close",
            "Update your browser, watchdog says",
            "Update 3 million phones now, watchdog says",
            "Update 1.7m phones now: watchdog",
            "Update 2024: what changed",
            "Update 10-year plan, says mayor",
            "Update-resistant flaw found in phones",
            "Updates 2 years late, auditors say",
            "Updates to the law, explained",
            "3 updates to the law, explained",
            "3 Updates: what the law says now",
            "The latest update: mill to close",
            "Corrections officers strike",
            "Corrections: officers strike",
            "Corrects 20-year error",
            "Corrected vision is no excuse",
            "Rewrite of law sought",
            "Rewrite: a novelist's second life",
            "Recast: the bell that Westmere lost",
            "Lead: the metal in our pipes",
            "Lead in pipes",
            "Toxins found in pipes (lead and tin)",
            "Photos: mill to close (3 updates)",
            "Mill to close (update your bookmarks)",
            "Mill to close (an update)",
            "Update-Panne legt Flughafen lahm",
            "Update-Pflicht für Router kommt",
            "Korrektur-Phase an der Börse",
            "Korrekturen am Haushalt: Streit in Westmeer",
            "Berichtigungsantrag: Gericht lehnt ab",
            "2. Liga: Westmeer steigt auf",
            "Correction sévère pour Ouestmer",
            "Actualisation des tarifs : ce qui change",
            "Actualización de precios: lo que cambia",
            "Actualizado el censo: hay 300 menos",
            "Обновление: мост закрыт",
            "東京: 更新料の判決",
            "(c) Westmere News",
            "()",
            ")(",
            "(",
            "UPDATE",
            "UPDATE 2024",
        ] {
            assert!(!is_revision(Some(title), "The mill will close."), "{title}");
            assert!(
                !is_revision(None, &format!("{title}\nUPDATE 2-The mill will close.")) || title.is_empty(),
                "{title}"
            );
        }
    }

    #[test]
    fn a_mark_far_from_the_beginning_or_in_another_line_is_none() {
        assert!(!is_revision(None, "The mill will close.\nCORRECTED: in May"));
        assert!(!is_revision(Some(&format!("{} UPDATE: mill", "-".repeat(200))), ""));
    }

    proptest! {
        /// Letters of several bytes stand wherever a line is cut.
        #[test]
        fn no_line_makes_it_panic(
            pieces in prop::collection::vec(
                prop_oneof![
                    Just("UPDATE".to_owned()), Just("(Lead)".to_owned()), Just("&amp;".to_owned()), "[-:()\\[\\] 0-9.]{1,3}",
                    "[é東😀\u{301}\u{200b}]{1,4}", "\\PC{0,30}",
                ],
                0..20,
            ),
        ) {
            let line = pieces.concat();
            let _ = is_revision(Some(&line), &line);
        }

        /// A mark counts whatever follows it.
        #[test]
        fn what_follows_a_mark_does_not_matter(rest in "\\PC{0,120}") {
            let line = format!("CORRECTED: {rest}");
            prop_assert!(is_revision(Some(&line), ""), "{}", line);
        }
    }
}

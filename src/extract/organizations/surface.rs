//! The different names in a text, each with its words and its mentions.

use std::collections::BTreeMap;

use super::words::{CLUB_BEGINNINGS, ENDINGS, HEADS, SMALL_WORDS, has};
use crate::extract::known::SetId;
use crate::extract::names::{Name, NameKind};

/// Names have few words; what is longer is no name, and is compared by its beginning.
const MOST_WORDS: usize = 16;

/// One name, however often it stands there.
#[derive(Debug)]
pub(super) struct Surface<'t> {
    /// As written: each different spelling, in order.
    pub texts: Vec<&'t str>,
    /// Its words as written, without "The" in front, full stops taken out ("U.N."), compounds cut at the hyphen.
    pub written: Vec<String>,
    /// The same in lower case.
    pub words: Vec<String>,
    /// These joined by spaces.
    pub key: String,
    /// The numbers of its mentions in the list of names.
    pub mentions: Vec<usize>,
    /// The set of known names that it belongs to.
    pub set: Option<SetId>,
}

impl Surface<'_> {
    /// The words that tell it apart: without endings such as "Inc" and without "FC" in front.
    pub fn core(&self) -> &[String] {
        let mut core = self.words.as_slice();
        while let [rest @ .., last] = core {
            if rest.is_empty() || !has(ENDINGS, last) {
                break;
            }
            core = rest;
        }
        if let [first, rest @ ..] = core
            && !rest.is_empty()
            && has(CLUB_BEGINNINGS, first)
            // "AS" in front is written large; "as" is a word.
            && self.written[0].chars().all(char::is_uppercase)
        {
            core = rest;
        }
        match core {
            [one] if has(HEADS, one) => &self.words,
            core => core,
        }
    }

    /// The name as one acronym, in capitals: one word of two to eight letters, most of them large.
    pub fn acronym(&self) -> Option<String> {
        let [word] = self.written.as_slice() else { return None };
        let large = word.chars().filter(|c| c.is_uppercase()).count();
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        let fits = (2..=8).contains(&letters) && large >= 2 && 2 * large > letters;
        fits.then(|| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect())
    }

    /// The name's length in characters, which says which of several names is the fullest.
    pub fn length(&self) -> usize {
        self.texts.first().map_or(0, |text| text.chars().count())
    }
}

/// The names of kind organisation, in the order of their first mention. Names that differ in case, hyphens, full stops
/// or "The" alone are one; short ones must agree in case.
pub(super) fn surfaces<'t>(text: &'t str, names: &[Name], sets: &[Option<SetId>]) -> Vec<Surface<'t>> {
    let mut all: Vec<Surface<'t>> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_text: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, name) in names.iter().enumerate() {
        if name.kind != NameKind::Organization {
            continue;
        }
        let as_written = name.span.text(text);
        let set = sets.get(number).copied().flatten();
        let at = match by_text.get(as_written) {
            // "PA" may be in a set here and in none there; both are the same name.
            Some(&at) => at,
            None => {
                let written = split(as_written);
                let words: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
                let key = words.join(" ");
                let apart = if key.chars().count() <= 3 { written.join(" ") } else { key.clone() };
                let at = *by_key.entry(apart).or_insert(all.len());
                if at == all.len() {
                    all.push(Surface { texts: Vec::new(), written, words, key, mentions: Vec::new(), set });
                }
                all[at].texts.push(as_written);
                by_text.insert(as_written, at);
                at
            }
        };
        all[at].mentions.push(number);
        all[at].set = all[at].set.or(set);
    }
    all
}

/// The words of a name.
fn split(name: &str) -> Vec<String> {
    let part = |word: &str| -> String {
        let word = if word == "&" { "and" } else { word };
        word.chars().filter(|c| !matches!(c, '.' | ',' | '"' | '(' | ')' | '“' | '”')).collect()
    };
    let is_break = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '/');
    let mut words: Vec<String> =
        name.split(is_break).map(part).filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    if words.len() > 1 && words[0].eq_ignore_ascii_case("the") {
        words.remove(0);
    }
    words
}

/// Whether the word gives a name its initial when small words are left out.
pub(super) fn is_small(word: &str) -> bool {
    has(SMALL_WORDS, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn surface(name: &str) -> Surface<'_> {
        let names = [Name { span: Span::of(name), kind: NameKind::Organization, confidence: 1.0 }];
        surfaces(name, &names, &[None]).remove(0)
    }

    #[test]
    fn endings_come_off_but_never_all() {
        for (name, core) in [
            ("Boeing Co.", "boeing"),
            ("The Zorvex Group Holdings plc", "zorvex"),
            ("FC Melby", "melby"),
            ("Melby F.C.", "melby"),
            ("Bank Group", "bank group"),
            ("Group", "group"),
        ] {
            assert_eq!(surface(name).core().join(" "), core, "{name}");
        }
    }

    #[test]
    fn an_acronym_is_one_word_of_large_letters() {
        assert_eq!(surface("U.N.").acronym().as_deref(), Some("UN"));
        assert_eq!(surface("BoE").acronym().as_deref(), Some("BOE"));
        for name in ["Boeing", "BBC News", "A", "ZORVEXBANKS"] {
            assert_eq!(surface(name).acronym(), None, "{name}");
        }
    }
}

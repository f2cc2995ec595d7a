//! What "he" and "she" say about the gender of a person.
//!
//! A pronoun counts only where a reader has no choice: one person alone is named in the sentence before it (and in its
//! own), no wife, victim or unnamed official stands beside, and the pronoun is the subject.

use std::ops::Range;

use crate::article::enriched::Gender;
use crate::text::Span;

use super::scene::{Kind, Scene};
use super::words::{Class, class};

/// A pronoun that speaks of one person, if all of `mentions` are mentions of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vote {
    pub(super) mentions: Range<usize>,
    pub(super) gender: Gender,
}

/// Follows who is spoken of from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Pronouns {
    /// The mentions of the last sentence, if a pronoun in the next one can only mean their person.
    open: Option<Range<usize>>,
    pub(super) votes: Vec<Vote>,
}

/// Words with which a sentence may start before its subject.
const OPENERS: [&str; 8] = ["But", "And", "Then", "Later", "However", "Instead", "Yesterday", "Today"];

impl Pronouns {
    /// Takes in a sentence that names nobody.
    pub(super) fn nobody(&mut self, text: &str, sentence: Span) {
        let words = sentence.text(text);
        let gender = opening(words).or_else(|| after_quote(words));
        let kept = match (gender, &self.open) {
            (Some(gender), Some(open)) if !has_kin(words) => {
                self.votes.push(Vote { mentions: open.clone(), gender });
                true
            }
            _ => false,
        };
        if !kept {
            self.open = None;
        }
    }

    /// Takes in a sentence that names people, by the numbers of their mentions. `apart` tells whether it speaks of an
    /// official who is none of them.
    pub(super) fn somebody(
        &mut self,
        scene: &Scene<'_>,
        sentence: Span,
        mentions: &Range<usize>,
        apart: bool,
    ) {
        let kin = scene.items.iter().any(|item| item.is_word(Class::KIN));
        let before = self.open.take();
        if let (Some(gender), Some(open)) = (opening(sentence.text(scene.text)), &before)
            && !kin
        {
            self.votes.push(Vote { mentions: open.clone(), gender });
        }
        // The person before and the person here must be one, or nobody was open before.
        let start = before.map_or(mentions.start, |open| open.start);
        for (at, item) in scene.items.iter().enumerate() {
            let Kind::Person(_) = item.kind else { continue };
            if let Some(gender) = inside(scene, at, kin) {
                self.votes.push(Vote { mentions: start..mentions.end, gender });
            }
            break;
        }
        let owner = scene
            .items
            .windows(2)
            .any(|pair| matches!(pair[0].kind, Kind::Person(_)) && pair[1].kind == Kind::Possessive);
        if !kin && !apart && !owner {
            self.open = Some(mentions.clone());
        }
    }
}

fn gender(word: &str) -> Option<Gender> {
    match word {
        "he" | "He" => Some(Gender::Male),
        "she" | "She" => Some(Gender::Female),
        _ => None,
    }
}

/// The pronoun that is the subject at the start of a sentence.
fn opening(sentence: &str) -> Option<Gender> {
    let mut words = sentence.split([' ', '\u{A0}']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let first = if OPENERS.contains(&first.trim_end_matches(',')) { words.next()? } else { first };
    // "He, too, ..." is one, "He-Man" is none.
    gender(first.trim_end_matches(','))
}

/// The pronoun of `," he said`.
fn after_quote(sentence: &str) -> Option<Gender> {
    for mark in ["\" ", "” ", "'' "] {
        for (at, _) in sentence.match_indices(mark).take(4) {
            let mut words = sentence[at + mark.len()..].split([' ', ',', '.', ':']);
            if let (Some(pronoun), Some(verb)) = (words.next(), words.next())
                && let Some(gender) = gender(pronoun)
                && class(verb).is(Class::SPEECH)
            {
                return Some(gender);
            }
        }
    }
    None
}

fn has_kin(sentence: &str) -> bool {
    sentence.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| class(word).is(Class::KIN))
}

/// The pronoun behind the person who is item `at`: "Lund said she", "Lund and her husband", "Lund lost her seat".
fn inside(scene: &Scene<'_>, at: usize, kin: bool) -> Option<Gender> {
    let subject = |at: usize| scene.items.get(at).and_then(|_| gender(scene.word(at)));
    let owner = |at: usize| match scene.items.get(at).map(|_| scene.word(at)) {
        Some("his") => Some(Gender::Male),
        Some("her") if scene.items.get(at + 1).is_some_and(|item| item.kind == Kind::Word) => {
            Some(Gender::Female)
        }
        _ => None,
    };
    if scene.is_text(at + 1, "and") {
        return owner(at + 2);
    }
    if kin || !scene.is_word(at + 1, Class::VERB) {
        return None;
    }
    if scene.is_word(at + 1, Class::SPEECH) {
        // "said that she", "told reporters he", "said on Friday that he".
        for next in at + 2..at + 8 {
            let item = scene.items.get(next)?;
            if item.kind != Kind::Word && !item.is_name() {
                return None;
            }
            if let Some(gender) = subject(next) {
                return Some(gender);
            }
            if item.is_word(Class::KIN.and(Class::VERB)) || scene.is_text(next, "of") {
                return None;
            }
        }
        return None;
    }
    owner(at + 2)
}

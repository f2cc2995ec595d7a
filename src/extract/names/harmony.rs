//! One name, one kind within an article: mentions that the tagger read differently are brought together.
//!
//! A bare last word of a person's name is that person, an acronym is what its full name is, and a word that was
//! read as a name twice or more is one where it was overlooked, too.

use std::collections::HashMap;

use super::NameKind;
use super::document::{Document, Facts};
use super::labels::{Label, Part};
use super::words::{Words, lower_hash};

/// A name as a range of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its first word.
    pub start: usize,
    /// Behind its last word.
    pub end: usize,
    /// What it names.
    pub kind: NameKind,
    /// By how much its labels won, in the model's unit.
    pub margin: i32,
    /// Whether another mention decided on it, not its own sentence.
    pub by_others: bool,
}

/// Reads the names off the labels of a run that starts at word `from`.
pub fn names_of(labels: &[Label], margins: &[i32], from: usize, into: &mut Vec<Found>) {
    let mut start = None;
    for (i, label) in labels.iter().enumerate() {
        let Some((kind, part)) = label.name() else {
            start = None;
            continue;
        };
        if matches!(part, Part::Begin | Part::Unit) {
            start = Some(i);
        }
        if let (Part::Last | Part::Unit, Some(first)) = (part, start) {
            let margin = margins[first..=i].iter().copied().min().unwrap_or(0);
            into.push(Found { start: from + first, end: from + i + 1, kind, margin, by_others: false });
            start = None;
        }
    }
}

/// How often each kind was read.
type Votes = [u32; 3];

/// Brings the mentions of an article together. `names` ascend; so do they when it is done.
pub fn harmonise(text: &str, words: &Words, document: &Document, names: &mut Vec<Found>) {
    let all = &words.words;
    let mut last_of_person: HashMap<u64, u32> = HashMap::new();
    let mut first_of_body: HashMap<u64, u32> = HashMap::new();
    let mut acronyms: HashMap<u64, NameKind> = HashMap::new();
    let mut single: HashMap<u64, Votes> = HashMap::new();
    for name in names.iter() {
        let (first, last) = (&all[name.start], &all[name.end - 1]);
        if name.end - name.start == 1 {
            single.entry(first.lower).or_default()[name.kind as usize] += 1;
            continue;
        }
        match name.kind {
            NameKind::Person => *last_of_person.entry(last.lower).or_default() += 1,
            NameKind::Organization if !first.lists.in_names() && first.lists.word_bits() & 3 == 0 => {
                *first_of_body.entry(first.lower).or_default() += 1;
            }
            _ => {}
        }
        if name.kind != NameKind::Person {
            let initials: String = all[name.start..name.end]
                .iter()
                .filter_map(|word| word.span.text(text).chars().next())
                .filter(|c| c.is_uppercase())
                .collect();
            if initials.chars().count() >= 2 {
                acronyms.entry(lower_hash(&initials)).or_insert(name.kind);
            }
        }
    }
    for name in names.iter_mut().filter(|name| name.end - name.start == 1) {
        let word = &all[name.start];
        let person = last_of_person.contains_key(&word.lower);
        let body = first_of_body.contains_key(&word.lower);
        let kind = match acronyms.get(&word.lower) {
            Some(&kind) if word.form.is_all_capitals() && name.kind != NameKind::Location => kind,
            _ if person && !body && !word.lists.in_names() => NameKind::Person,
            _ if body && !person => NameKind::Organization,
            _ => name.kind,
        };
        if kind != name.kind {
            name.kind = kind;
            name.by_others = true;
        }
    }
    add_overlooked(words, document, names, |at| {
        let word = &all[at];
        if let Some(&kind) = acronyms.get(&word.lower)
            && word.form.is_all_capitals()
            && word.span.end - word.span.start >= 3
        {
            return Some(kind);
        }
        let person = last_of_person.contains_key(&word.lower);
        if person && !first_of_body.contains_key(&word.lower) && !word.lists.in_names() {
            return Some(NameKind::Person);
        }
        let votes = single.get(&word.lower)?;
        let most = votes.iter().copied().max()?;
        let kind = NameKind::ALL.into_iter().find(|&kind| votes[kind as usize] == most)?;
        (votes.iter().sum::<u32>() >= 2).then_some(kind)
    });
}

/// Adds single words that the tagger left outside and that `kind_of` knows.
fn add_overlooked(
    words: &Words,
    document: &Document,
    names: &mut Vec<Found>,
    kind_of: impl Fn(usize) -> Option<NameKind>,
) {
    let all = &words.words;
    let mut added = Vec::new();
    let mut next = 0;
    for &sentence in &words.sentences {
        for at in sentence.start..sentence.end {
            while names.get(next).is_some_and(|name| name.end <= at) {
                next += 1;
            }
            let word = &all[at];
            let inside = names.get(next).is_some_and(|name| name.start <= at);
            if inside || !word.form.is_capitalised() || !word.form.has_letter() {
                continue;
            }
            if document.facts(word).has(Facts::SMALL) {
                continue;
            }
            // Beside another word with a capital it may be part of a longer name of another kind.
            let left = at > sentence.start + 1 && all[at - 1].form.is_capitalised();
            let right = at + 1 < sentence.end && all[at + 1].form.is_capitalised();
            if left || right {
                continue;
            }
            if let Some(kind) = kind_of(at) {
                added.push(Found { start: at, end: at + 1, kind, margin: 0, by_others: true });
            }
        }
    }
    if !added.is_empty() {
        names.extend(added);
        names.sort_unstable_by_key(|name| name.start);
    }
}

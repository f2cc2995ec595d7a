//! One name, one kind within an article: mentions that the tagger read differently are brought together.
//!
//! A bare last word of a person's name is that person, an acronym is what its full name is, and a word that was
//! read as a name twice or more is one where it was overlooked, too.

use std::collections::HashMap;

use super::NameKind;
use super::document::{Document, Facts};
use super::gazetteer::LONGEST;
use super::labels::{Label, Part};
use super::words::{Word, Words, lower_hash, mix};

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

/// How clearly each kind was read, over all mentions of a name: the sum of their clearness.
type Votes = [f64; 3];

impl Found {
    /// How clearly its labels won: what its margin says, of which twice as much is not twice as telling.
    pub fn clearness(&self) -> f64 {
        (1.0 + f64::from(self.margin.max(0)) / 64.0).ln()
    }
}

/// A mention that won by less than this follows those that won by more.
const UNSURE: i32 = 256;

/// What is known of the names of an article, when all are read.
struct Known {
    /// Last words of people's names, first words of organisations' names.
    last_of_person: HashMap<u64, ()>,
    first_of_body: HashMap<u64, ()>,
    /// Initials of longer names.
    acronyms: HashMap<u64, NameKind>,
    /// By the hash of all words: votes, and how many mentions.
    names: HashMap<u64, (Votes, u32)>,
    /// Whether a word begins a name of several words.
    beginnings: HashMap<u64, ()>,
}

/// The hash of a name's words in small letters.
fn key(words: &[Word]) -> u64 {
    words.iter().fold(SEED, |hash, word| mix(hash, word.lower))
}

const SEED: u64 = 17;

impl Known {
    fn gather(text: &str, all: &[Word], names: &[Found]) -> Self {
        let mut known = Self {
            last_of_person: HashMap::new(),
            first_of_body: HashMap::new(),
            acronyms: HashMap::new(),
            names: HashMap::new(),
            beginnings: HashMap::new(),
        };
        for name in names {
            let words = &all[name.start..name.end];
            let (votes, count) = known.names.entry(key(words)).or_default();
            votes[name.kind as usize] += name.clearness();
            *count += 1;
            let [first, .., last] = words else { continue };
            known.beginnings.insert(first.lower, ());
            match name.kind {
                NameKind::Person => {
                    known.last_of_person.insert(last.lower, ());
                }
                NameKind::Organization if !first.lists.in_names() && first.lists.word_bits() & 3 == 0 => {
                    known.first_of_body.insert(first.lower, ());
                }
                _ => {}
            }
            if name.kind != NameKind::Person {
                let initials: String = words
                    .iter()
                    .filter_map(|word| word.span.text(text).chars().next())
                    .filter(|c| c.is_uppercase())
                    .collect();
                if initials.chars().count() >= 2 {
                    known.acronyms.entry(lower_hash(&initials)).or_insert(name.kind);
                }
            }
        }
        known
    }

    /// The kind that most of a name's mentions speak for, if they speak clearly.
    fn favourite(&self, words: &[Word], share: f64) -> Option<NameKind> {
        let (votes, _) = self.names.get(&key(words))?;
        let sum: f64 = votes.iter().sum();
        NameKind::ALL.into_iter().find(|&kind| votes[kind as usize] > sum * share)
    }

    /// What a mention of a single word should be.
    fn single(&self, word: &Word, kind: NameKind) -> NameKind {
        let person = self.last_of_person.contains_key(&word.lower);
        let body = self.first_of_body.contains_key(&word.lower);
        match self.acronyms.get(&word.lower) {
            Some(&kind_of_full) if word.form.is_all_capitals() && kind != NameKind::Location => kind_of_full,
            _ if person && !body && !word.lists.in_names() => NameKind::Person,
            _ if body && !person => NameKind::Organization,
            _ => kind,
        }
    }

    /// What a single word is that the tagger left outside.
    fn overlooked(&self, word: &Word) -> Option<NameKind> {
        let long = word.span.end - word.span.start >= 3;
        if let Some(&kind) = self.acronyms.get(&word.lower).filter(|_| long && word.form.is_all_capitals()) {
            return Some(kind);
        }
        let person = self.last_of_person.contains_key(&word.lower);
        if person && !self.first_of_body.contains_key(&word.lower) && !word.lists.in_names() {
            return Some(NameKind::Person);
        }
        let words = std::slice::from_ref(word);
        let (_, count) = self.names.get(&key(words))?;
        if *count < 2 { None } else { self.favourite(words, 0.5) }
    }

    /// A name of several words at the beginning of `words` that was read elsewhere: its length and kind.
    fn repeated(&self, words: &[Word]) -> Option<(usize, NameKind)> {
        self.beginnings.get(&words.first()?.lower)?;
        let mut hash = SEED;
        let mut found = None;
        for (i, word) in words.iter().take(LONGEST).enumerate() {
            hash = mix(hash, word.lower);
            if i > 0 && self.names.contains_key(&hash) && word.form.is_capitalised() {
                found = self.favourite(&words[..=i], 0.5).map(|kind| (i + 1, kind));
            }
        }
        found
    }
}

/// Brings the mentions of an article together. `names` ascend; so do they when it is done.
pub fn harmonise(text: &str, words: &Words, document: &Document, names: &mut Vec<Found>) {
    let all = &words.words;
    let known = Known::gather(text, all, names);
    for name in names.iter_mut() {
        let mut kind = name.kind;
        if name.margin < UNSURE
            && let Some(favourite) = known.favourite(&all[name.start..name.end], 0.7)
        {
            kind = favourite;
        }
        if name.end - name.start == 1 {
            kind = known.single(&all[name.start], kind);
        }
        if kind != name.kind {
            name.kind = kind;
            name.by_others = true;
        }
    }
    names.retain(|name| !is_seldom(&all[name.start..name.end], name, document, &known));
    add_overlooked(words, document, names, &known);
}

/// Whether a word that no list of names knows was read as a name in few of its many places, and never clearly.
fn is_seldom(words: &[Word], name: &Found, document: &Document, known: &Known) -> bool {
    let [word] = words else { return false };
    if word.lists.in_names() || name.margin >= UNSURE {
        return false;
    }
    let places = u32::from(document.facts(word).capitalised);
    known.names.get(&key(words)).is_some_and(|(_, read)| places >= 3 && read * 3 < places)
}

/// Adds names that the tagger left outside and that are known from elsewhere in the article.
fn add_overlooked(words: &Words, document: &Document, names: &mut Vec<Found>, known: &Known) {
    let all = &words.words;
    let mut added = Vec::new();
    let mut next = 0;
    for &sentence in &words.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            while names.get(next).is_some_and(|name| name.end <= at) {
                next += 1;
            }
            let here = at;
            at += 1;
            let word = &all[here];
            let free = names.get(next).map_or(sentence.end, |name| name.start.min(sentence.end));
            if here >= free || !word.form.is_capitalised() || !word.form.has_letter() {
                continue;
            }
            // Beside another word with a capital it may be part of a longer name of another kind.
            let beside =
                |at: usize| at > sentence.start && at < sentence.end && all[at].form.is_capitalised();
            if here > sentence.start && beside(here - 1) {
                continue;
            }
            if let Some((length, kind)) = known.repeated(&all[here..free]) {
                if !beside(here + length) {
                    added.push(Found { start: here, end: here + length, kind, margin: 0, by_others: true });
                    at = here + length;
                }
                continue;
            }
            if beside(here + 1) || document.facts(word).has(Facts::SMALL) {
                continue;
            }
            if let Some(kind) = known.overlooked(word) {
                added.push(Found { start: here, end: here + 1, kind, margin: 0, by_others: true });
            }
        }
    }
    if !added.is_empty() {
        names.extend(added);
        names.sort_unstable_by_key(|name| name.start);
    }
}

//! A title as a phrase around its head noun: what stands before the noun, and what "of", "for" and "at" add.
//!
//! Country and organisation are taken out of the phrase; what is left is the title as written. Words that no rule
//! knows end the phrase, so that a title is rather too short than wrong.

use crate::article::enriched::Role;
use crate::text::Span;

use super::prepositions::{Preposition, content, employer, preposition};
use super::scene::{Kind, Scene};
use super::words::{Class, class, singular};

/// What stands before the words of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Nothing that says anything.
    Bare,
    /// "the".
    Definite,
    /// "a", "an", "one".
    Indefinite,
    /// "his", "Norway's", "the club's".
    Owned,
}

/// A role that is being read.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The words of the title, in the order of the text.
    title: Vec<Span>,
    org: Option<Span>,
    pub(super) country: Option<&'static str>,
    /// The item with which the phrase starts, its determiner and owner included.
    pub(super) first: usize,
    pub(super) start: Start,
    /// The head noun's item.
    pub(super) head: usize,
    /// What the head noun is.
    pub(super) class: Class,
    /// Words that no list knows, passed over.
    pub(super) unknown: usize,
    /// Whether a place stands before the head noun: "Hollywood stars".
    placed: bool,
}

/// The heads whose "of ..." names a field, not an organisation.
const FIELDS: &str = "minister secretary undersecretary professor lecturer chancellor teacher scholar";

/// The heads before which another title is a title of its own: "Commandant Admiral Lund".
const SECOND: &str = "admiral colonel professor senator representative captain doctor bishop archbishop";

/// The heads before which a capitalised word is an organisation, where the tagger saw none.
const EMPLOYED: &str = "spokesman spokeswoman spokesperson official ceo chief chairman chairwoman director executive \
    leader editor analyst founder co-founder coach manager president";

impl Draft {
    /// Reads the title whose head noun is item `head`, leftward, down to item `floor`. With `strict`, a word that is
    /// not known ends it; otherwise it is passed over.
    pub(super) fn before(scene: &Scene<'_>, head: usize, floor: usize, strict: bool) -> Self {
        let items = &scene.items;
        let noun = items[head];
        let mut draft = Self {
            title: vec![noun.span],
            org: None,
            country: None,
            first: head,
            start: Start::Bare,
            head,
            class: noun.class,
            unknown: 0,
            placed: false,
        };
        let mut at = head;
        while at > floor {
            let item = items[at - 1];
            // At the start of a sentence a capital says nothing.
            let opens = at == 1
                || matches!(items[at - 2].kind, Kind::Quote | Kind::Stop | Kind::Dash | Kind::Open)
                || items[at - 2].is_word(Class::ADDRESS);
            match item.kind {
                Kind::Word if item.class.is(Class::DETERMINER) => {
                    at -= 1;
                    draft.start = match scene.word(at) {
                        "the" | "The" | "THE" | "this" | "This" | "that" => Start::Definite,
                        "a" | "an" | "A" | "An" | "one" | "another" => Start::Indefinite,
                        _ => Start::Owned,
                    };
                    break;
                }
                Kind::Word if item.class.is(Class::OFFICE) && !item.class.is(Class::MODIFIER) => {
                    // "police inspector general": one title; "candidate Senator": two.
                    let apart = SECOND.split(' ').any(|second| second.eq_ignore_ascii_case(scene.word(head)));
                    if item.large != noun.large || item.class.is(Class::PLURAL) || apart {
                        break;
                    }
                    draft.title.push(item.span);
                }
                // Behind a country or an organisation only a "former" belongs here: "a state of emergency US
                // President Lund declared".
                Kind::Word
                    if item.class.is(Class::MODIFIER)
                        && !item.class.is(Class::CHANGES)
                        && (draft.country.is_some() || draft.org.is_some()) =>
                {
                    break;
                }
                Kind::Word if item.class.is(Class::MODIFIER) => {
                    draft.title.push(item.span);
                    if item.class.is(Class::CHANGES) {
                        draft.class = draft.class.and(Class::CHANGES);
                    }
                }
                Kind::Word if item.class.is(Class::PRAISE) => {}
                Kind::Word if draft.joins(scene, at - 1, floor) => {
                    draft.title.push(item.span);
                }
                Kind::Word if item.class.is(Class::FUNCTION.and(Class::VERB).and(Class::ADDRESS)) => break,
                Kind::Word if item.large && item.class == Class::default() => {
                    // "Melby Harbour spokesman": at the start too, what touches the body's capital belongs to it.
                    let touches = draft.org.is_some_and(|org| org.start == items[at].span.start)
                        && items[at].kind == Kind::Word;
                    if opens && !touches {
                        break;
                    }
                    if noun.large && draft.country.is_none() && draft.org.is_none() {
                        draft.title.push(item.span);
                    } else if noun.large || !draft.has_employer(scene) {
                        break;
                    } else if draft.org.is_none_or(|org| org.start == items[at].span.start) {
                        let end = draft.org.map_or(item.span.end, |org| org.end);
                        draft.org = Some(Span::new(item.span.start, end));
                    } else {
                        break;
                    }
                }
                Kind::Word => {
                    let word = scene.word(at - 1);
                    let passes = ["-year-old", "-born", "-based", "-old", "-winning", "-elected"]
                        .iter()
                        .any(|end| word.ends_with(end));
                    if !passes {
                        if strict || draft.unknown == 3 {
                            break;
                        }
                        draft.unknown += 1;
                    }
                }
                Kind::Place(Some(code)) | Kind::Demonym(Some(code)) => {
                    if draft.country.is_some_and(|country| country != code) {
                        // "American Samoan delegate": of which?
                        if matches!(items[at].kind, Kind::Demonym(_)) {
                            draft.country = None;
                        }
                        break;
                    }
                    draft.country = Some(code);
                }
                Kind::Demonym(None) => {}
                Kind::Place(None) => {
                    draft.placed = true;
                    if draft.class.is(Class::OF_PLACE) {
                        draft.title.push(item.span);
                    }
                }
                Kind::Organization => {
                    if draft.org.is_some() {
                        break;
                    }
                    draft.org = Some(item.span);
                }
                Kind::Possessive => {
                    draft.start = Start::Owned;
                    at -= 1;
                    if at > floor {
                        at -= 1;
                        draft.owner(scene, at);
                    }
                    break;
                }
                // "Fjord Bank (FB) chairman".
                Kind::Close if draft.org.is_none() && at >= floor + 4 => {
                    let organization = scene.items[at - 4];
                    if scene.items[at - 3].kind != Kind::Open || organization.kind != Kind::Organization {
                        break;
                    }
                    draft.org = Some(organization.span);
                    at -= 3;
                }
                _ => break,
            }
            at -= 1;
        }
        draft.first = at;
        draft.title.reverse();
        draft
    }

    /// Whether capitalised words before the head noun are rather its organisation than a part of it.
    fn has_employer(&self, scene: &Scene<'_>) -> bool {
        let head = scene.word(self.head);
        EMPLOYED.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(head))
    }

    /// Whether item `at` is an "and" between two modifiers: "foreign and defence minister".
    fn joins(&self, scene: &Scene<'_>, at: usize, floor: usize) -> bool {
        let plain = |at: usize| {
            scene.is_word(at, Class::MODIFIER) && !scene.is_word(at, Class::OFFICE.and(Class::CHANGES))
        };
        (scene.is_text(at, "and") || scene.is_text(at, "&"))
            && at > floor
            && at + 1 < self.head
            && plain(at + 1)
            && plain(at - 1)
    }

    /// The owner of the title: "Norway's", "the UN's".
    fn owner(&mut self, scene: &Scene<'_>, at: usize) {
        match scene.items[at].kind {
            Kind::Place(Some(code)) | Kind::Demonym(Some(code)) => {
                self.country.get_or_insert(code);
            }
            Kind::Organization => {
                self.org.get_or_insert(scene.items[at].span);
            }
            Kind::Place(None) if self.class.is(Class::OF_PLACE) => self.title.push(scene.items[at].span),
            _ => {}
        }
    }

    /// Reads what stands behind the head noun, up to item `limit`; gives the item behind the phrase.
    pub(super) fn behind(&mut self, scene: &Scene<'_>, limit: usize) -> usize {
        let mut at = self.head + 1;
        for ending in ["emeritus", "elect", "designate"] {
            if at < limit && scene.is_text(at, ending) {
                self.title.push(scene.items[at].span);
                at += 1;
            }
        }
        if at + 1 < limit && scene.is_text(at, "in") && scene.is_text(at + 1, "chief") {
            self.title.push(scene.span(at, at + 2));
            at += 2;
        }
        for _ in 0..4 {
            let Some(preposition) = preposition(scene, at).filter(|_| at < limit) else { break };
            let (content, end) = content(scene, at + 1, limit);
            if content == end {
                break;
            }
            self.add(scene, preposition, at, content, end);
            at = end;
        }
        at
    }

    /// Takes in a phrase: its preposition is item `at`, its words are items `content..end`.
    fn add(&mut self, scene: &Scene<'_>, preposition: Preposition, at: usize, content: usize, end: usize) {
        let items = &scene.items[content..end];
        let organization = items.iter().find(|item| item.kind == Kind::Organization).map(|item| item.span);
        // "author of the Zorvex report": the report is no employer.
        let organization =
            organization.filter(|_| items.len() < 2 || employer(scene, content, end).is_some());
        let country = items.iter().find_map(|item| match item.kind {
            Kind::Place(Some(code)) | Kind::Demonym(Some(code)) => Some(code),
            _ => None,
        });
        let person = items.iter().any(|item| matches!(item.kind, Kind::Person(_)));
        let words = scene.span(at, end);
        match preposition {
            Preposition::To => {
                if self.class.is(Class::ENVOY) && !person {
                    self.title.push(words);
                } else if self.org.is_none() && !person {
                    self.org = organization;
                }
            }
            Preposition::At => {
                if self.org.is_none() && !person {
                    self.org = organization;
                }
            }
            Preposition::From => {
                if self.org.is_none() && organization.is_some() {
                    self.org = organization;
                } else if self.country.is_none() && items.len() == 1 {
                    self.country = country;
                }
            }
            Preposition::In => {}
            Preposition::Of | Preposition::For if person => {}
            Preposition::For if self.class.is(Class::ENVOY) && organization.is_none() => {
                self.title.push(words)
            }
            Preposition::Of | Preposition::For => {
                if let Some(organization) = organization {
                    self.org.get_or_insert(organization);
                    if let Some(Kind::Place(Some(code))) = scene.kind(content).filter(|_| items.len() > 1) {
                        self.country.get_or_insert(code);
                    }
                    return;
                }
                let place = items.iter().rev().find(|item| matches!(item.kind, Kind::Place(None)));
                // "prosecutor general": one of the words goes with a place.
                let of_place = self.class.is(Class::OF_PLACE)
                    || self.title.iter().any(|span| class(span.text(scene.text)).is(Class::OF_PLACE));
                if let Some(place) = place.filter(|_| of_place) {
                    self.title.push(scene.items[at].span);
                    self.title.push(place.span);
                    if self.country.is_none() {
                        self.country = country;
                    }
                    return;
                }
                let body = items.iter().any(|item| item.is_word(Class::BODY));
                let named = items.iter().any(|item| item.large || matches!(item.kind, Kind::Place(_)));
                if let Some(code) = country {
                    self.country.get_or_insert(code);
                    if body && self.org.is_none() {
                        self.org = employer(scene, content, end);
                    }
                } else if place.is_some() && body {
                    self.org = self.org.or(employer(scene, content, end));
                } else if place.is_some() && items.len() == 1 && !self.names_field(scene, 1) {
                    // A place employs nobody.
                } else if named && !self.names_field(scene, items.len()) {
                    if items.iter().any(|item| item.large && item.class == Class::default())
                        || items.len() > 1
                    {
                        self.org = self.org.or(employer(scene, content, end));
                    } else {
                        self.title.push(words);
                    }
                } else if items.len() <= 5 && (preposition == Preposition::Of || content == at + 1) {
                    self.title.push(words);
                }
            }
        }
    }

    /// Whether "of Education", "of History" behind this head is a field.
    fn names_field(&self, scene: &Scene<'_>, length: usize) -> bool {
        let head = scene.word(self.head);
        length <= 6 && FIELDS.split(' ').any(|field| field.eq_ignore_ascii_case(head))
    }

    /// "of the UN", "from Norway" behind the person's name: what the title does not say yet.
    pub(super) fn behind_name(&mut self, scene: &Scene<'_>, at: usize) {
        let Some(preposition) = preposition(scene, at) else { return };
        let at = if scene.is_text(at + 1, "the") { at + 2 } else { at + 1 };
        match (scene.kind(at), preposition) {
            (Some(Kind::Organization), Preposition::Of | Preposition::At | Preposition::From)
                if self.org.is_none() =>
            {
                self.org = Some(scene.items[at].span);
            }
            (Some(Kind::Place(Some(code))), Preposition::Of)
                if self.country.is_none() && !scene.is(at + 1, Kind::Possessive) =>
            {
                self.country = Some(code);
            }
            _ => {}
        }
    }

    /// Whether the words before the head noun are enough to take it for an office.
    pub(super) fn is_supported(&self, scene: &Scene<'_>) -> bool {
        !self.class.is(Class::WEAK)
            || scene.items[self.head].large
            || self.title.len() > 1
            || self.org.is_some()
            || self.country.is_some()
            || self.start != Start::Bare
            || self.placed
    }

    /// Whether the title has more than its head noun, or knows an organisation or a country.
    pub(super) fn is_rich(&self) -> bool {
        self.title.len() > 1 || self.org.is_some() || self.country.is_some()
    }

    /// Takes over the organisation and country that are said once for this title and the one that "and" joins to it:
    /// behind the second, or before the first.
    pub(super) fn share(&mut self, other: &Self, scene: &Scene<'_>) {
        let head = scene.items[other.head].span;
        let shared = other.org.filter(|org| (org.start > head.start) == (other.head > self.head));
        if self.org.is_none() && shared.is_some() {
            self.org = shared;
            self.country = self.country.or(other.country);
        }
    }

    /// The role in its output form.
    pub(super) fn role(&self, scene: &Scene<'_>) -> Role {
        let mut title = String::new();
        let head = scene.items[self.head].span;
        for &span in &self.title {
            if !title.is_empty() {
                title.push(' ');
            }
            let words = span.text(scene.text);
            if span == head && self.class.is(Class::PLURAL) {
                title.push_str(&singular(words));
            } else {
                push_words(&mut title, words);
            }
        }
        let org = self.org.map(|span| {
            let mut org = String::new();
            push_words(&mut org, span.text(scene.text));
            org
        });
        Role { title, org, country: self.country.map(str::to_owned) }
    }
}

/// Adds `words` with single spaces between them.
pub(super) fn push_words(to: &mut String, words: &str) {
    for (index, word) in words.split_whitespace().enumerate() {
        if index > 0 {
            to.push(' ');
        }
        to.push_str(word);
    }
}

//! Which mentions are one person.
//!
//! Full names come first: those that can be one person's are one person. Then, in the order of the text, each name that
//! stands alone ("Clinton") goes to the person it fits best among those named before it, the last one named in full if
//! several fit (or the one whom it has meant all along); if none is named before it, to the one person named later that it fits. A form of address that
//! contradicts ("Mrs Lund", "Mr Lund") keeps people apart.
//!
//! Laws: the result depends on the names and what is said at them alone; linear, since a name is compared with
//! [`CANDIDATES`] people at most.

use std::collections::HashMap;

use crate::article::enriched::Gender;

use super::alike::{alike, is_short_for, misspelt};
use super::form::Form;
use super::said::Said;

/// How many people a name is compared with: no article has more of one last name, and none may cost more.
const CANDIDATES: usize = 8;

/// Forms and offices of one person that are remembered: nobody has more in an article, and none may cost more.
const FORMS: usize = 64;
const OFFICES: usize = 64;

/// How often a last name alone must have meant a person to go on meaning them when a relative is named in full.
const OWNED: usize = 3;

/// A mention of a person as joining sees it.
#[derive(Debug)]
pub(super) struct Mention<'t> {
    /// The name as written.
    pub(super) surface: &'t str,
    pub(super) said: Said,
    /// Whether "and" and a full name follow, as in "Bill and Hillary Clinton".
    pub(super) paired: bool,
}

/// A person: the forms of the name and the mentions, both by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Joined {
    pub(super) forms: Vec<usize>,
    pub(super) mentions: Vec<usize>,
    female: bool,
    male: bool,
    family: bool,
    /// How often a last name alone has meant this person.
    alone: usize,
    /// The last mention by a full name.
    full_at: Option<usize>,
    /// Whether a full name is known.
    full: bool,
    /// The last words of the titles, in small letters.
    offices: Vec<String>,
}

impl Joined {
    fn contradicts(&self, gender: Option<Gender>) -> bool {
        match gender {
            Some(Gender::Female) => self.male && !self.female,
            Some(Gender::Male) => self.female && !self.male,
            None => false,
        }
    }

    fn remember(&mut self, form: usize) {
        if self.forms.len() < FORMS && !self.forms.contains(&form) {
            self.forms.push(form);
        }
    }

    fn take(&mut self, at: usize, form: usize, said: &Said) {
        self.mentions.push(at);
        self.remember(form);
        self.female |= said.female;
        self.male |= said.male;
    }
}

/// The people and the forms of their names.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) forms: Vec<Form>,
    pub(super) joined: Vec<Joined>,
    /// For each mention, its form and its person.
    pub(super) of: Vec<(usize, usize)>,
    /// For each word of a name, the people who have it.
    index: HashMap<String, Vec<usize>>,
}

/// Joins the mentions, which are in the order of the text.
pub(super) fn join(mentions: &[Mention<'_>]) -> People {
    let mut people = People::default();
    let forms = people.read(mentions);
    let mut person_of_form: Vec<Option<usize>> = vec![None; people.forms.len()];
    for &form in &forms {
        if !people.forms[form].is_single() && person_of_form[form].is_none() {
            person_of_form[form] = Some(people.full(form));
        }
    }
    for (at, mention) in mentions.iter().enumerate() {
        let person = person_of_form[forms[at]];
        if let Some(person) = person {
            let known = &mut people.joined[person].offices;
            for office in mention.said.roles.iter().filter_map(|role| office(&role.title)) {
                if known.len() < OFFICES && !known.contains(&office) {
                    known.push(office);
                }
            }
        }
    }
    let mut counts = vec![0usize; people.forms.len()];
    for &form in &forms {
        counts[form] += 1;
    }
    for (at, mention) in mentions.iter().enumerate() {
        let form = forms[at];
        let person = match person_of_form[form] {
            Some(person) => {
                people.joined[person].full_at = Some(at);
                person
            }
            None => {
                let paired =
                    mention.paired.then(|| people.paired(form, *forms.get(at + 1)?, counts[form])).flatten();
                paired.unwrap_or_else(|| people.single(form, &mention.said, counts[form]))
            }
        };
        people.joined[person].alone += usize::from(people.forms[form].is_single());
        people.joined[person].take(at, form, &mention.said);
        people.of.push((form, person));
    }
    people
}

/// The noun that a title ends with, in small letters.
fn office(title: &str) -> Option<String> {
    let front = title.split(" of ").next().unwrap_or(title);
    front.rsplit(' ').next().map(str::to_lowercase)
}

impl People {
    /// Reads each form once; gives the form of each mention.
    fn read(&mut self, mentions: &[Mention<'_>]) -> Vec<usize> {
        let mut known: HashMap<&str, usize> = HashMap::with_capacity(mentions.len());
        let mut key = String::new();
        let forms = &mut self.forms;
        mentions
            .iter()
            .map(|mention| {
                *known.entry(mention.surface).or_insert_with(|| {
                    forms.push(Form::new(mention.surface, &mut key));
                    forms.len() - 1
                })
            })
            .collect()
    }

    /// The person whose full name is `form`: one who is known already, or a new one.
    fn full(&mut self, form: usize) -> usize {
        let name = &self.forms[form];
        let found = [name.last(), name.first()].into_iter().find_map(|word| {
            let people = self.index.get(word)?;
            people.iter().copied().find(|&person| {
                self.joined[person].forms.iter().take(4).all(|&own| alike(name, &self.forms[own]))
            })
        });
        let person = found.unwrap_or_else(|| {
            self.joined.push(Joined { full: true, ..Joined::default() });
            self.joined.len() - 1
        });
        self.joined[person].remember(form);
        self.list(form, person);
        person
    }

    /// Enters a person under the words of a form.
    fn list(&mut self, form: usize, person: usize) {
        for word in &self.forms[form].words {
            if !self.index.contains_key(word) {
                self.index.insert(word.clone(), Vec::new());
            }
            if let Some(people) = self.index.get_mut(word)
                && people.len() < CANDIDATES
                && !people.contains(&person)
            {
                people.push(person);
            }
        }
    }

    /// How well a name alone fits a person.
    fn rank(&self, form: &Form, person: usize) -> u8 {
        let of = |own: &usize| {
            let own = &self.forms[*own];
            if form.words.len() > 1 && !own.ends_with(form) { 0 } else { own.rank(form.last()) }
        };
        self.joined[person].forms.iter().take(4).map(of).max().unwrap_or(0)
    }

    /// The person of "Bill" in "Bill and Hillary Clinton".
    fn paired(&self, form: usize, next: usize, count: usize) -> Option<usize> {
        let (given, whole) = (self.forms[form].last(), &self.forms[next]);
        if whole.is_single() || count > 1 && !self.index.contains_key(given) {
            return None;
        }
        let people = self.index.get(given)?;
        people.iter().copied().find(|&person| {
            self.joined[person].forms.iter().any(|&own| {
                let own = &self.forms[own];
                own.first() == given && own.last() == whole.last() && own.words.len() > 1
            })
        })
    }

    /// The person of a name that stands alone.
    fn single(&mut self, form: usize, said: &Said, count: usize) -> usize {
        let name = &self.forms[form];
        let gender = said.gender();
        let candidates: Vec<(usize, u8)> = self
            .index
            .get(name.last())
            .into_iter()
            .flatten()
            .map(|&person| (person, self.rank(name, person)))
            .filter(|&(person, rank)| {
                rank > 0
                    && !self.joined[person].contradicts(gender)
                    && (self.joined[person].family == said.family)
            })
            .collect();
        let named = |person: usize| !self.joined[person].mentions.is_empty();
        let found = self.best(candidates.iter().copied().filter(|&(person, _)| named(person)), said, false);
        let found = found.or_else(|| {
            self.best(candidates.iter().copied().filter(|&(person, _)| !named(person)), said, true)
        });
        let found = found.or_else(|| self.misspelt(name, gender, count).filter(|_| !said.family));
        let alone = said.roles.is_empty() && gender.is_none() && !said.family;
        let found = found.or_else(|| self.nickname(name).filter(|_| alone));
        found.unwrap_or_else(|| {
            self.joined.push(Joined { family: said.family, ..Joined::default() });
            let person = self.joined.len() - 1;
            self.joined[person].forms.push(form);
            self.list(form, person);
            person
        })
    }

    /// The best of the candidates: of the highest rank, with the title that is said here, last named in full. With
    /// `only`, several of the highest rank are none.
    fn best(
        &self,
        candidates: impl Iterator<Item = (usize, u8)> + Clone,
        said: &Said,
        only: bool,
    ) -> Option<usize> {
        let top = candidates.clone().map(|(_, rank)| rank).max()?;
        let best = candidates.filter(move |&(_, rank)| rank == top);
        if only {
            let mut best = best.map(|(person, _)| person);
            return best.next().filter(|_| best.next().is_none());
        }
        let titled = |person: usize| {
            let offices = &self.joined[person].offices;
            said.roles.iter().filter_map(|role| office(&role.title)).any(|office| offices.contains(&office))
        };
        let best: Vec<usize> = best.map(|(person, _)| person).collect();
        best.iter().copied().max_by_key(|&person| {
            let joined = &self.joined[person];
            (
                best.len() > 1 && titled(person),
                joined.alone >= OWNED,
                joined.full_at,
                joined.mentions.last().copied(),
            )
        })
    }

    /// The one person whose first name this is the short form of: "Ron" of "Ronald Lund".
    fn nickname(&self, name: &Form) -> Option<usize> {
        let [nickname] = name.words.as_slice() else { return None };
        let mut found = self.joined.iter().take(4 * CANDIDATES).enumerate().filter(|(_, joined)| {
            joined.full
                && joined.forms.iter().take(4).any(|&own| is_short_for(nickname, self.forms[own].first()))
        });
        let (person, _) = found.next()?;
        found.next().is_none().then_some(person)
    }

    /// The one person whose last name differs by a letter from a name that stands in the text but once.
    fn misspelt(&self, name: &Form, gender: Option<Gender>, count: usize) -> Option<usize> {
        if count > 1 || name.last().len() < 6 {
            return None;
        }
        let mut found = self.joined.iter().take(4 * CANDIDATES).enumerate().filter(|(_, joined)| {
            joined.full
                && !joined.contradicts(gender)
                && joined.forms.iter().take(4).any(|&own| misspelt(name.last(), self.forms[own].last(), 6))
        });
        let (person, _) = found.next()?;
        found.next().is_none().then_some(person)
    }
}

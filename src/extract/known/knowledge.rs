//! What is known before the text is read: the names that ship, and those that the user adds.

use std::collections::BTreeMap;
use std::fmt;

use super::dictionary::{Dictionary, NewEntry};
use super::pieces::{next_piece, regular_text};
use super::sets::{Grade, KnownPlace, NameSet, SHIPPED};
use crate::extract::names::NameKind;

/// Which set of names: valid within one [`Knowledge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId(pub(super) u32);

/// One thing that a user names, with all its names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UserSet {
    /// Its names; the first is the one to give it.
    pub names: Vec<String>,
    /// What it is. `None`: what the tagger or another set takes one of its names for, else an organisation.
    pub kind: Option<NameKind>,
    /// For a place: what is known about it.
    pub place: Option<KnownPlace>,
}

/// Why a user's sets cannot be used together. Sets are named by their index in what was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KnowledgeError {
    /// A name without a letter or digit, so that no text could hold it.
    #[error("a name must hold a letter or a digit, and {name:?} has none: take it out")]
    Empty {
        /// The set.
        set: usize,
        /// The name.
        name: String,
    },
    /// A name that stands in two sets: it can mean one thing only.
    #[error("{name:?} names two things: take it out of one, or put all names of one thing together")]
    Repeated {
        /// The name.
        name: String,
        /// The set that has it first.
        first: usize,
        /// The set that has it again.
        second: usize,
    },
}

/// All known names, ready for look-up. Read-only and shared by all articles.
#[derive(Clone, PartialEq)]
pub struct Knowledge {
    /// The user's sets, then those that ship.
    sets: Vec<NameSet>,
    users: usize,
    pub(super) dictionary: Dictionary,
}

// Coordinates are checked to be numbers, so equality is what it should be.
impl Eq for Knowledge {}

impl Default for Knowledge {
    /// The names that ship, and no others.
    fn default() -> Self {
        Self::build(Vec::new())
    }
}

impl fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Knowledge of {} user sets and {} others", self.users, self.sets.len() - self.users)
    }
}

impl Knowledge {
    /// The names that ship with those of the user, who wins. A set without a kind that shares a name with one that has a
    /// kind is about the same thing, and the two become one. So it is with a set that ships: its other names remain.
    ///
    /// # Errors
    /// All names that are empty or name two things.
    pub fn new(user: Vec<UserSet>) -> Result<Self, Vec<KnowledgeError>> {
        let mut errors = Vec::new();
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for (index, set) in user.iter().enumerate().filter(|(_, set)| set.kind.is_some()) {
            for name in &set.names {
                own(&mut owners, index, name, &mut errors);
            }
        }
        // Sets of aliases join the set that has one of their names.
        let mut target: Vec<usize> = (0..user.len()).collect();
        for (index, set) in user.iter().enumerate().filter(|(_, set)| set.kind.is_none()) {
            let owner = set.names.iter().find_map(|name| {
                owners.get(&regular_text(name, false)).copied().filter(|&owner| user[owner].kind.is_some())
            });
            target[index] = owner.unwrap_or(index);
            for name in &set.names {
                own(&mut owners, target[index], name, &mut errors);
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut merged = user.clone();
        for (index, set) in user.into_iter().enumerate() {
            let owner = target[index];
            if owner != index {
                // The name that the aliases are listed under is the one to give.
                let mut names = set.names;
                names.append(&mut merged[owner].names);
                merged[owner].names = names;
                merged[index].names.clear();
            }
        }
        merged.retain(|set| !set.names.is_empty());
        Ok(Self::build(merged))
    }

    fn build(user: Vec<UserSet>) -> Self {
        let shipped = &*SHIPPED;
        let users = user.len();
        // A user's set with a name of a shipped one takes that one's other names over.
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for form in shipped.forms.iter().filter(|form| form.grade == Grade::Safe) {
            names.entry(regular_text(&form.text, false)).or_insert(form.set);
        }
        let mut id: Vec<usize> = (users..users + shipped.sets.len()).collect();
        let mut sets = Vec::with_capacity(users + shipped.sets.len());
        for (index, set) in user.iter().enumerate() {
            let name = set.names.first().cloned().unwrap_or_default();
            let organization = set.kind.is_none_or(|kind| kind == NameKind::Organization);
            let same = set.names.iter().find_map(|name| names.get(&regular_text(name, false)).copied());
            let same = same.filter(|&same| organization && id[same] >= users);
            if let Some(same) = same {
                id[same] = index;
            }
            sets.push(NameSet {
                name,
                kind: set.kind.or(same.and(Some(NameKind::Organization))),
                org_type: same.and_then(|same| shipped.sets[same].org_type),
                place: set.place.clone(),
            });
        }
        sets.extend(shipped.sets.iter().cloned());
        let mut forms: Vec<NewEntry<'_>> = Vec::new();
        for (index, set) in user.iter().enumerate() {
            let entry = |text| NewEntry { text, set: index as u32, grade: Grade::Safe, user: true };
            forms.extend(set.names.iter().map(|name| entry(name.as_str())));
        }
        forms.extend(shipped.forms.iter().map(|form| NewEntry {
            text: &form.text,
            set: id[form.set] as u32,
            grade: form.grade,
            user: false,
        }));
        let dictionary = Dictionary::new(&forms);
        Self { sets, users, dictionary }
    }

    /// The set of this number.
    ///
    /// # Panics
    /// If the number is another `Knowledge`'s.
    pub fn set(&self, id: SetId) -> &NameSet {
        &self.sets[id.0 as usize]
    }

    /// Whether a user made this set.
    pub fn is_users(&self, id: SetId) -> bool {
        (id.0 as usize) < self.users
    }

    /// The user's sets, in the order given.
    pub fn user_sets(&self) -> impl Iterator<Item = (SetId, &NameSet)> {
        (0..).map(SetId).zip(&self.sets[..self.users])
    }
}

/// Notes who has the name; two owners are an error.
fn own(owners: &mut BTreeMap<String, usize>, set: usize, name: &str, errors: &mut Vec<KnowledgeError>) {
    let regular = regular_text(name, false);
    if next_piece(&regular, 0, regular.len()).is_none() {
        errors.push(KnowledgeError::Empty { set, name: name.to_owned() });
        return;
    }
    let first = *owners.entry(regular).or_insert(set);
    if first != set {
        errors.push(KnowledgeError::Repeated { name: name.to_owned(), first, second: set });
    }
}

//! What one sentence says about the people that it names: roles and the words that show a gender.

use crate::article::enriched::{Gender, Role};

use super::words::Class;

/// What the text says at one mention of a person.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// The roles, in the order of the rules that found them.
    pub(super) roles: Vec<Role>,
    /// Words that only a woman is called by: Mrs, queen, his wife.
    pub(super) female: bool,
    /// Words that only a man is called by.
    pub(super) male: bool,
    /// Whether the name stands alone for a family: "the Lunds", "the Lund family".
    pub(super) family: bool,
}

impl Said {
    /// Takes in what a title or a form of address says about gender.
    pub(super) fn gendered(&mut self, class: Class) {
        self.female |= class.is(Class::FEMALE);
        self.male |= class.is(Class::MALE);
    }

    /// The gender that is said, unless both are.
    pub(super) fn gender(&self) -> Option<Gender> {
        match (self.female, self.male) {
            (true, false) => Some(Gender::Female),
            (false, true) => Some(Gender::Male),
            _ => None,
        }
    }
}

//! Which names are one organisation: union-find over the different names, where two sets are never one.

use crate::extract::known::SetId;

/// Groups of names, by their numbers.
#[derive(Debug)]
pub(super) struct Groups {
    above: Vec<usize>,
    sets: Vec<Option<SetId>>,
}

impl Groups {
    /// Each name alone.
    pub fn new(sets: Vec<Option<SetId>>) -> Self {
        Self { above: (0..sets.len()).collect(), sets }
    }

    /// The name that stands for the group: the one with the lowest number.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    /// Makes two groups one, unless they belong to two sets.
    pub fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b || !self.may_join(a, b) {
            return a == b;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.above[high] = low;
        self.sets[low] = self.sets[low].or(self.sets[high]);
        true
    }

    /// Whether nothing speaks against it.
    pub fn may_join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        match (self.sets[a], self.sets[b]) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// The set that the group belongs to.
    pub fn set(&mut self, at: usize) -> Option<SetId> {
        let root = self.root(at);
        self.sets[root]
    }
}

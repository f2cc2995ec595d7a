//! How near an article is to a story: the cosine of its terms and of those of the story's latest articles together.
//!
//! A term that many alive articles have says less, whatever the shipped table holds of it: in the week of an election the
//! candidates' names tell no story from another. All arithmetic is on whole numbers.

use super::terms::{TERMS, Terms};
use crate::dedup::fixed::{ONE, ln};

/// The weight that every term keeps, of [`FULL`].
const LEAST: u64 = 13;
const FULL: u64 = 256;
/// With fewer articles nothing is common.
const FEW: u32 = 20;

/// How many of the alive articles have each term.
#[derive(Debug)]
pub struct Counts {
    counts: Vec<u32>,
    articles: u32,
}

impl Default for Counts {
    fn default() -> Self {
        Self { counts: vec![0; 1 << 16], articles: 0 }
    }
}

impl Counts {
    /// An article came.
    pub fn add(&mut self, hashes: &[u16]) {
        self.articles += 1;
        hashes.iter().for_each(|hash| self.counts[usize::from(*hash)] += 1);
    }

    /// An article that came has gone.
    pub fn remove(&mut self, hashes: &[u16]) {
        self.articles -= 1;
        hashes.iter().for_each(|hash| self.counts[usize::from(*hash)] -= 1);
    }

    /// How much a term says among the alive articles.
    fn factor(&self, hash: u16) -> u64 {
        if self.articles <= FEW {
            return FULL;
        }
        let log = |number: u32| (ln(number) - ln(1)) as u64;
        let (all, with) = (log(self.articles + 2), log(self.counts[usize::from(hash)] + 1));
        (all.saturating_sub(with) * FULL / all).max(LEAST)
    }
}

/// Terms with their weights, those of several articles added up. Sorted by hash.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    terms: Vec<(u16, u64)>,
    norm: u64,
}

impl Vector {
    /// The sum of what some articles have; `all`: hash and weight, a hash as often as articles have it.
    pub fn of(mut all: Vec<(u16, u64)>, counts: &Counts) -> Self {
        all.sort_unstable();
        let same = all.chunk_by(|a, b| a.0 == b.0);
        let sum = |same: &[(u16, u64)]| same.iter().map(|(_, weight)| weight).sum::<u64>();
        let terms: Vec<_> = same.map(|same| (same[0].0, sum(same) * counts.factor(same[0].0))).collect();
        let norm = terms.iter().map(|(_, weight)| weight * weight).sum();
        Self { terms, norm }
    }

    /// Of one article.
    pub fn of_terms(terms: &Terms, counts: &Counts) -> Self {
        debug_assert!(terms.all().len() <= TERMS, "more terms than there may be");
        Self::of(terms.all().iter().map(|term| (term.hash(), term.weight().into())).collect(), counts)
    }

    /// The cosine of two, with twelve binary places.
    pub fn cosine(&self, other: &Self) -> i32 {
        let dot: u64 = self
            .terms
            .iter()
            .filter_map(|(hash, weight)| {
                let at = other.terms.binary_search_by_key(hash, |(hash, _)| *hash).ok()?;
                Some(weight * other.terms[at].1)
            })
            .sum();
        let norms = u128::from(self.norm) * u128::from(other.norm);
        let square = (u128::from(dot) * u128::from(dot) * (ONE as u128 * ONE as u128)).checked_div(norms);
        square.unwrap_or(0).isqrt() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_that_of_the_real_numbers() {
        let counts = Counts::default();
        let a = Vector::of(vec![(7, 3), (9, 4)], &counts);
        assert_eq!(a.cosine(&a), ONE);
        assert_eq!(a.cosine(&Vector::of(vec![(9, 2), (9, 3)], &counts)), ONE * 4 / 5, "4 / 5, rounded down");
        assert_eq!(a.cosine(&Vector::of(vec![(1, 5)], &counts)), 0);
        assert_eq!(a.cosine(&Vector::default()), 0);
    }

    #[test]
    fn what_many_articles_have_says_less() {
        let mut counts = Counts::default();
        for article in 0..1000u16 {
            counts.add(&[1, 100 + article]);
        }
        let near = |shared: u16| {
            let vector = |own: u16| Vector::of(vec![(shared, 10), (own, 10)], &counts);
            vector(5000).cosine(&vector(5001))
        };
        assert!(near(1) < ONE / 20 && near(100) > ONE / 3, "{} {}", near(1), near(100));
        for article in 0..1000u16 {
            counts.remove(&[1, 100 + article]);
        }
        assert_eq!(counts.counts, Counts::default().counts);
    }
}

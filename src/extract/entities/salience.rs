//! How much an article is about each of its entities.
//!
//! What is named often, early and in the headline is what the article is about: the features that entity salience is
//! mostly explained by (Dunietz and Gillick, "A new entity salience task with millions of training examples", 2014).
//! Weights are shares: those of all entities of an article sum to one.

use super::Entities;
use crate::text::Span;

/// What a weight is made with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights<'a> {
    /// Bytes of the text.
    pub length: usize,
    /// The headline.
    pub title: Option<&'a str>,
}

impl Weights<'_> {
    /// The weight of an entity, before shares are made: mentions count less and less, a late first one counts half,
    /// one in the headline half as much again.
    pub fn of(self, name: &str, aliases: &[String], mentions: impl Iterator<Item = Span>) -> f64 {
        let (mut count, mut first) = (0u32, usize::MAX);
        for mention in mentions {
            count += 1;
            first = first.min(mention.start);
        }
        let place = first.min(self.length) as f64 / self.length.max(1) as f64;
        let told = self.title.is_some_and(|title| {
            std::iter::once(name).chain(aliases.iter().map(String::as_str)).any(|name| holds(title, name))
        });
        f64::from(count).sqrt() * (1.0 - 0.5 * place) * if told { 1.5 } else { 1.0 }
    }
}

/// Characters of a headline that are looked at, once for each entity: no headline is longer.
const HEADLINE: usize = 1000;

/// Whether a headline has a name as whole words.
fn holds(title: &str, name: &str) -> bool {
    let end = title.char_indices().nth(HEADLINE).map_or(title.len(), |(at, _)| at);
    let title = &title[..end];
    if name.is_empty() {
        return false;
    }
    title.match_indices(name).take(4).any(|(at, found)| {
        let before = title[..at].chars().next_back();
        let behind = title[at + found.len()..].chars().next();
        ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Turns the weights of all entities into shares.
pub(super) fn share(entities: &mut Entities) {
    let people = entities.people.iter_mut().map(|entity| &mut entity.salience);
    let organizations = entities.organizations.iter_mut().map(|entity| &mut entity.salience);
    let locations = entities.locations.iter_mut().map(|entity| &mut entity.salience);
    let mut all: Vec<&mut f64> = people.chain(organizations).chain(locations).collect();
    let sum: f64 = all.iter().map(|weight| **weight).sum();
    if sum > 0.0 {
        for weight in &mut all {
            **weight = super::rounded(**weight / sum);
        }
    }
}

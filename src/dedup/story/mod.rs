//! Stories: which articles tell of one event, in words of their own. Optional, and apart from copies.
//!
//! Two reports on one event by different hands share hardly a run of four words, so the sketch cannot tell. They share what
//! the event is about: names, places, the rarer words. An article's sixteen strongest [`Terms`] stand for it; it joins the
//! story whose latest articles are nearest, if they are near enough, and begins one of its own if none is.
//!
//! The story of an article is a function of the entries that are alive and of the decisions on them, as every other
//! decision is ([`super::Checkpoint`]), so that all workers that share a log agree. All of them must have stories on, or
//! all off: an entry without terms has no story and is in none.
//!
//! A copy is in the story of the article that it is a copy of. A bulletin of a known form is about something of its own.
//!
//! Source: the project's study of duplicates, section 4.4 (terms); single-pass clustering as in Allan et al., "On-line new
//! event detection and tracking" (1998).

mod cluster;
mod near;
mod rarity;
mod terms;
#[cfg(test)]
mod tests;

pub use cluster::Stories;
pub use rarity::{RARITY_STEPS, word_key};
pub use terms::{Term, Terms};

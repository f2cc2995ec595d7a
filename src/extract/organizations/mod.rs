//! Organisations: the names of one organisation in a text joined to one entity, with its type where a rule knows it.
//!
//! What joins: the same set of known names; the same words but for "Inc", "Group" and the like; an acronym and the name
//! that its letters come from or that it stands behind in brackets; the beginning of a longer name, where only one name
//! begins so and it names no place. What never joins: two names with a common head ("Ministry of Health", "Ministry of
//! Defence"), two sets, a bare head ("University").
//!
//! Laws: each name of kind organisation is a mention of exactly one entity; entities stand in the order of their first
//! mention; time grows with the number of names, not with its square.

mod acronyms;
mod beside;
mod entity;
mod join;
mod listed;
mod org_type;
mod short_forms;
mod surface;
#[cfg(test)]
mod tests;
mod words;

pub use entity::{Organization, organizations};
pub use org_type::org_type;

//! Known names: exact names that ship (`data/organizations.txt`) or that the user adds, found in a text and laid over
//! what the tagger found.
//!
//! Laws: names are matched whole (token by token, a compound's parts alone: "US-led"), with regard to case but in a line
//! of capitals; the result ascends, does not overlap, and lies on character borders; one pass over the text, however many
//! names there are; the same input gives the same output.

mod claim;
mod dictionary;
mod guards;
mod knowledge;
mod mend;
mod pieces;
mod sets;
#[cfg(test)]
mod tests;

pub use claim::{Claimed, claim};
pub use knowledge::{Knowledge, KnowledgeError, SetId, UserSet};
pub use sets::{KnownPlace, NameSet};

//! What an article is: as it arrives, as it leaves, and how it is named.

mod position;

pub use position::Position;

//! Names: which words of a text name a person, an organisation or a place.

mod name;

pub use name::{Name, NameKind};

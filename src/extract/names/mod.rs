//! Names: which words of a text name a person, an organisation or a place.
//!
//! The way of an article: [`words`] cuts it and asks the [`gazetteer`] about each word, [`document`] gathers what
//! the whole article says about each capitalised word, [`runs`] finds the stretches that may hold names,
//! [`features`] and [`model`] score the labels of their words, [`decode`] takes the best labelling, and [`harmony`]
//! brings the mentions of one article together.
//!
//! Laws: names lie in the text on character borders, ascend and do not overlap; the same text gives the same names;
//! time is linear in the text. `examples/train_names` makes the two files in `data/names` that are embedded here, the
//! same bytes each time.

mod confidence;
pub mod decode;
pub mod document;
pub mod features;
mod function_words;
pub mod gazetteer;
pub mod harmony;
pub mod labels;
pub mod model;
mod name;
pub mod runs;
mod shipped;
pub mod tagging;
pub mod words;

pub use name::{Name, NameKind};
pub use shipped::tagger;

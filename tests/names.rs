//! The laws of reading names: of the tagger on any text, and of each of its parts against a plain reading of what it
//! promises.

#[path = "names/decoding.rs"]
mod decoding;
#[path = "names/files.rs"]
mod files;
#[path = "names/lists.rs"]
mod lists;
#[path = "names/news.rs"]
mod news;
#[path = "names/spans.rs"]
mod spans;
#[path = "names/texts.rs"]
mod texts;

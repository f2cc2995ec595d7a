//! HTML: the text of a page or of a piece of one.
//!
//! Laws: no input panics, overflows the stack or takes more than time linear in its size (see `guard.rs`); one paragraph
//! per block element; no text of scripts, styles and forms.

mod blocks;
mod content;
mod guard;
mod metadata;

pub use content::{Page, read_page};
pub use metadata::Metadata;

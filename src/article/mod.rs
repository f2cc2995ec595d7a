//! What an article is: as it arrives, as it leaves, and how it is named.
//!
//! [`parse`] makes a [`RawArticle`] of a [`Record`], or says why it cannot ([`Reject`]). [`EnrichedArticle`] is what
//! leaves. Nothing here knows Kafka, a clock or a configuration file: the same record always gives the same article.

mod author;
mod date;
mod dialect;
pub mod enriched;
mod field;
mod format;
mod identity;
mod json;
mod language_tag;
mod page;
mod parse;
mod position;
mod raw;
mod record;
mod reject;
mod url;
mod warning;

pub use date::{date_from_epoch_millis, instant_millis, normal_date};
pub use dialect::Dialect;
pub use enriched::{EnrichedArticle, SCHEMA_VERSION, schema};
pub use field::Field;
pub use format::{Format, UnknownName};
pub use identity::{MAX_ID_BYTES, article_id, is_usable_id};
pub use json::MAX_DEPTH;
pub use language_tag::normal_language;
pub use parse::{InputSettings, Parsed, parse};
pub use position::Position;
pub use raw::{RawArticle, Source};
pub use record::Record;
pub use reject::{Reject, RejectKind};
pub use url::domain_of;
pub use warning::Warning;

//! Repair: one clean body out of what a scraper delivered.

pub mod encoding;
pub mod html;
mod report;

pub use report::{Reason, Removed, RepairReport};

//! Repair: one clean body out of what a scraper delivered.

mod report;

pub use report::{Reason, Removed, RepairReport};

//! All that touches Kafka.
//!
//! A record comes in through [`intake`] (the poll thread), is charged to a ledger ([`ledgers`], [`ledger`]), and leaves
//! as an outcome through [`delivery`], which settles it. Verdicts come from the [`sketch_log`]. [`embedded`] is a broker
//! inside the process, for the demo and the tests.

pub mod at_least_once;
pub mod client;
pub mod delivery;
pub mod embedded;
pub mod headers;
pub mod intake;
pub mod ledger;
pub mod ledgers;
pub mod rebalance;
pub mod resend;
pub mod route;
pub mod scan;
pub mod sketch_log;
pub mod topics;

//! copydesk reads raw news articles from a Kafka topic, repairs each one, decides whether the wire has
//! carried it before, and writes one enriched JSON record per article.
//!
//! # The house
//!
//! The domain is pure: no Kafka, no runtime, no clock.
//!
//! - [`article`]: what arrives and what leaves
//! - [`text`]: paragraphs, sentences, tokens, offsets
//! - [`repair`]: one clean body out of what a scraper delivered
//! - [`dedup`]: has the wire carried it before
//! - [`extract`]: what the article says
//! - [`stage`]: the domain as one stage, `prepare` → (verdict) → `finish`
//!
//! Around it:
//!
//! - [`kafka`]: consumer, ledger, delivery, sketch log, topics
//! - [`worker`]: the threads that move articles from Kafka through the stage and back
//! - [`http`]: health and metrics
//! - [`config`], [`telemetry`], [`metrics`], [`shutdown`]: settings, logs, numbers, the end
//! - [`cli`]: the commands
#![forbid(unsafe_code)]

pub mod article;
pub mod cli;
pub mod config;
pub mod dedup;
pub mod extract;
pub mod http;
pub mod kafka;
pub mod metrics;
pub mod repair;
pub mod samples;
pub mod shutdown;
pub mod stage;
pub mod telemetry;
pub mod text;
pub mod worker;

/// Version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

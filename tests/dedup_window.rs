//! The laws of deduplication, over random logs of invented articles with copies of every kind.
//!
//! A verdict is a function of the entries that are alive and of what was decided on them, and the log carries that: so every
//! reader of the log gives it, wherever it began, and whatever was stopped meanwhile.

#[path = "dedup_window/definition.rs"]
mod definition;
#[path = "dedup_window/history.rs"]
mod history;
#[path = "dedup_window/logs.rs"]
mod logs;
#[path = "dedup_window/pace.rs"]
mod pace;
#[path = "dedup_window/restart.rs"]
mod restart;
#[path = "dedup_window/rich.rs"]
mod rich;
#[path = "dedup_window/texts.rs"]
mod texts;

//! `copydesk samples feed`: puts the sample articles on the input topic of a real cluster.

use std::time::Duration;

use clap::Subcommand;

use super::error::CliError;
use super::print;
use crate::config::Settings;
use crate::kafka::resend::Resender;
use crate::samples::{Generated, Sample, samples};

/// The most that a topic takes with Kafka's own settings.
const USUAL_LIMIT: usize = 1_000_000;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum SamplesCommand {
    /// Put the samples on the input topic, in their order
    Feed,
    /// List the samples: what each is, and what becomes of it
    List,
}

/// Runs the command.
///
/// # Errors
/// When the cluster does not take them.
pub fn run(command: &SamplesCommand, settings: &Settings) -> Result<(), CliError> {
    let all = load(settings)?;
    if matches!(command, SamplesCommand::List) {
        return all.iter().try_for_each(|sample| print(&format!("{:<12} {}", sample.expect, sample.what)));
    }
    let (fitting, large): (Vec<Sample>, Vec<Sample>) =
        all.into_iter().partition(|sample| sample.record.size() < USUAL_LIMIT as u64);
    let resender = Resender::connect(&settings.kafka, &settings.input.topic)?;
    for sample in &fitting {
        resender.send(&sample.record)?;
    }
    resender.finish(Duration::from_secs(60))?;
    for sample in &large {
        print(&format!("left out: {} ({} bytes; most topics take 1 MB)", sample.what, sample.record.size()))?;
    }
    print(&format!("{} sample records fed to {}", fitting.len(), settings.input.topic))
}

/// The samples, with those that are made being just beyond what the settings allow.
pub fn load(settings: &Settings) -> Result<Vec<Sample>, CliError> {
    samples(Generated { large: settings.input.max_bytes + 1, deep: settings.input.max_depth + 1 })
        .map_err(CliError::Broken)
}

//! `copydesk check`: what is in force, whether the times fit together, and whether the topics fit.

use clap::Args;

use super::error::CliError;
use super::{print, topics};
use crate::config::{Loaded, TimeBudget};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Settings and time budgets only; no broker is asked
    #[arg(long)]
    offline: bool,
}

/// Runs the command.
///
/// # Errors
/// When the cluster does not answer, or the topics do not fit. Settings that do not fit are refused before.
pub fn run(args: &CheckArgs, loaded: &Loaded) -> Result<(), CliError> {
    crate::telemetry::init(&loaded.settings.log)?;
    print("# Effective settings")?;
    print(&loaded.effective.to_string())?;
    print("# Time budgets")?;
    print(&TimeBudget::of(&loaded.settings).to_string())?;
    if args.offline {
        return Ok(());
    }
    print(&format!("# Topics at {}", loaded.settings.kafka.bootstrap()))?;
    topics::run(&topics::TopicsCommand::Check, &loaded.settings)
}

//! `copydesk topics create|check`.

use std::time::Duration;

use clap::Subcommand;

use super::error::CliError;
use super::print;
use crate::config::Settings;
use crate::kafka::topics::{Finding, Topics, judge, wanted};

/// New topics take a moment to reach all brokers.
const SETTLE: Duration = Duration::from_secs(30);

/// What to do.
#[derive(Debug, Subcommand)]
pub enum TopicsCommand {
    /// Create what is missing; what is there is left as it is
    Create,
    /// Compare what is there with what the worker needs
    Check,
}

/// Runs the command.
///
/// # Errors
/// When the cluster does not answer, or the topics do not fit.
pub fn run(command: &TopicsCommand, settings: &Settings) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let topics = Topics::connect(settings)?;
        if matches!(command, TopicsCommand::Create) {
            let created = topics.create_missing(settings).await?;
            for topic in &created {
                print(&format!("created {topic}"))?;
            }
            if !created.is_empty() {
                until_visible(&topics, settings).await?;
            }
        }
        check(&topics, settings).await
    })
}

/// Waits until the cluster shows all topics; what is missing after that is found by the check.
pub async fn until_visible(topics: &Topics, settings: &Settings) -> Result<(), CliError> {
    let end = tokio::time::Instant::now() + SETTLE;
    while topics.find(settings).await?.len() < wanted(settings).len() && tokio::time::Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

async fn check(topics: &Topics, settings: &Settings) -> Result<(), CliError> {
    let found = topics.find(settings).await?;
    let findings = judge(settings, &found);
    for topic in wanted(settings) {
        let mine: Vec<_> = findings.iter().filter(|finding| finding.topic == topic.name).collect();
        if let (Some(there), true) = (found.get(&topic.name), mine.is_empty()) {
            let plural = if there.partitions == 1 { "" } else { "s" };
            print(&format!("  {}: fits ({} partition{plural})", topic.name, there.partitions))?;
        }
        for note in mine.iter().filter(|finding| !finding.fatal) {
            print(&line(note))?;
        }
    }
    refuse_unfit(&findings)
}

/// Topics that would break a promise are an error that names them all.
pub fn refuse_unfit(findings: &[Finding]) -> Result<(), CliError> {
    let fatal: Vec<String> = findings.iter().filter(|finding| finding.fatal).map(line).collect();
    if fatal.is_empty() { Ok(()) } else { Err(CliError::Unfit(fatal.join("\n"))) }
}

/// A finding as a line.
fn line(finding: &Finding) -> String {
    format!("  {}: {}", finding.topic, finding.message)
}

//! What a command can fail with, and the exit code of each.

use std::path::PathBuf;

use crate::config::SettingsErrors;
use crate::kafka::intake::IntakeError;
use crate::kafka::scan::ScanError;
use crate::kafka::topics::TopicError;
use crate::shutdown::Exit;
use crate::telemetry::TelemetryError;
use crate::worker::WorkerError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Settings are wrong.
    #[error(transparent)]
    Settings(#[from] SettingsErrors),
    /// Logs could not be set up.
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    /// The worker ended by itself.
    #[error(transparent)]
    Worker(#[from] WorkerError),
    /// The cluster could not be asked.
    #[error(transparent)]
    Topics(#[from] TopicError),
    /// A topic could not be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The topics do not fit.
    #[error("the topics do not fit:\n{0}")]
    Unfit(String),
    /// Standard output or an output file.
    #[error("cannot write: {0}")]
    Output(std::io::Error),
    /// A file.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The system.
    #[error("{0}")]
    System(#[from] std::io::Error),
    /// Kafka.
    #[error("Kafka: {0}")]
    Kafka(#[from] rdkafka::error::KafkaError),
    /// The command line asks for something that is not there.
    #[error("{0}")]
    Usage(String),
    /// Something promised did not hold.
    #[error("{0}")]
    Broken(String),
}

impl CliError {
    /// What the process exits with.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Settings(_) | Self::Unfit(_) | Self::Usage(_) => Exit::Usage,
            Self::Worker(WorkerError::DeadLetterRun { .. }) => Exit::DeadLetterRun,
            Self::Worker(WorkerError::Intake(IntakeError::Gap { .. })) => Exit::Gap,
            _ => Exit::Failed,
        }
    }
}

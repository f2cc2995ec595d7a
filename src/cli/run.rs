//! `copydesk run`: checks the topics, starts the worker and the HTTP endpoints, and waits for the end.

use tokio::net::TcpListener;

use super::error::CliError;
use crate::config::{Effective, Loaded, Settings};
use crate::kafka::topics::{Finding, Topics, judge};
use crate::shutdown::{Reason, Shutdown};
use crate::stage::Stage;
use crate::worker::Worker;

/// Runs the command.
///
/// # Errors
/// When the worker cannot start, or ends for an error.
pub fn run(loaded: &Loaded) -> Result<(), CliError> {
    let settings = &loaded.settings;
    crate::telemetry::init(&settings.log)?;
    tell(&loaded.effective);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let shutdown = Shutdown::new();
    {
        // Signals are heard on the runtime from here on, also while the topics are checked.
        let _inside = runtime.enter();
        shutdown.listen_to_signals()?;
    }
    runtime.block_on(prepare_topics(settings))?;
    let worker = Worker::start(settings, Stage::new(settings.stage()), shutdown.clone())?;
    let watched = worker.shared();
    if let Some(listen) = &settings.http.listen {
        let listener = runtime.block_on(TcpListener::bind(listen.to_string()));
        let listener = listener.map_err(|error| {
            shutdown.request(Reason::Failure);
            CliError::Usage(format!(
                "http.listen = {listen}: {error}. Choose a free address, or \"\" for no HTTP"
            ))
        })?;
        tracing::info!(address = %listener.local_addr()?, "serving /livez, /readyz, /metrics and /version");
        let serve = crate::http::serve(listener, watched, settings.worker.stall, shutdown.clone());
        runtime.spawn(async move {
            if let Err(error) = serve.await {
                tracing::error!(%error, "the HTTP endpoints are gone; the worker goes on");
            }
        });
    }
    let ended = worker.wait();
    shutdown.request(Reason::Finished);
    if ended.is_ok() {
        tracing::info!("done");
    }
    Ok(ended?)
}

fn tell(effective: &Effective) {
    tracing::info!(version = crate::VERSION, "copydesk starts");
    for key in effective.changed() {
        if let Some(value) = effective.value(key) {
            tracing::info!(key, value, origin = %effective.origin(key), "setting");
        }
    }
}

/// Refuses to start on topics that would break a promise, saying which and how to mend it.
async fn prepare_topics(settings: &Settings) -> Result<(), CliError> {
    let topics = Topics::connect(settings)?;
    if settings.topics.auto_create {
        for topic in topics.create_missing(settings).await? {
            tracing::info!(topic, "created");
        }
    }
    let findings = judge(settings, &topics.find(settings).await?);
    for finding in findings.iter().filter(|finding| !finding.fatal) {
        tracing::warn!(topic = finding.topic, "{}", finding.message);
    }
    let fatal: Vec<String> = findings.iter().filter(|f| f.fatal).map(line).collect();
    if fatal.is_empty() { Ok(()) } else { Err(CliError::Unfit(fatal.join("\n"))) }
}

/// A finding as a line.
pub fn line(finding: &Finding) -> String {
    format!("  {}: {}", finding.topic, finding.message)
}

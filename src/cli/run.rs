//! `copydesk run`: checks the topics, starts the worker and the HTTP endpoints, and waits for the end.

use std::time::Duration;

use tokio::net::TcpListener;

use super::error::CliError;
use super::topics::{refuse_unfit, until_visible};
use crate::config::{Effective, Loaded, Settings};
use crate::http::Limits;
use crate::kafka::topics::{Topics, judge};
use crate::shutdown::Shutdown;
use crate::stage::Stage;
use crate::worker::Worker;

/// For HTTP answers under way when all else has ended.
const GOODBYE: Duration = Duration::from_secs(1);

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
    let listener = runtime.block_on(listen(settings))?;
    let record_limit = runtime.block_on(prepare_topics(settings))?;
    let worker = Worker::start(settings, Stage::new(settings.stage()), record_limit, shutdown)?;
    // Dropped when the worker has ended: the endpoints answer until then, during a drain too.
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    if let Some(listener) = listener {
        tracing::info!(address = %listener.local_addr()?, "serving /livez, /readyz, /status, /metrics and /version");
        let limits = Limits { stall: settings.worker.stall, drain: settings.worker.drain };
        let serve = crate::http::serve(listener, worker.shared(), limits, async {
            let _ = end.await;
        });
        runtime.spawn(async move {
            if let Err(error) = serve.await {
                tracing::error!(%error, "the HTTP endpoints are gone; the worker goes on");
            }
        });
    }
    let result = worker.wait();
    drop(ended);
    runtime.shutdown_timeout(GOODBYE);
    if result.is_ok() {
        tracing::info!("done");
    }
    Ok(result?)
}

/// The socket is taken before anything else starts: an address that is not free is a setting to change.
async fn listen(settings: &Settings) -> Result<Option<TcpListener>, CliError> {
    let Some(address) = &settings.http.listen else { return Ok(None) };
    match TcpListener::bind(address.to_string()).await {
        Ok(listener) => Ok(Some(listener)),
        Err(error) => Err(CliError::Usage(format!(
            "http.listen = {address}: {error}. Choose a free address, or \"\" for no HTTP"
        ))),
    }
}

fn tell(effective: &Effective) {
    tracing::info!(version = crate::VERSION, "copydesk starts");
    for key in effective.changed() {
        if let Some(value) = effective.value(key) {
            tracing::info!(key, value, origin = %effective.origin(key), "setting");
        }
    }
}

/// Refuses to start on topics that would break a promise, saying which and how to mend it. Returns the largest record
/// that all topics of outcomes take, where the broker tells.
async fn prepare_topics(settings: &Settings) -> Result<Option<usize>, CliError> {
    let topics = Topics::connect(settings)?;
    if settings.topics.auto_create {
        for topic in topics.create_missing(settings).await? {
            tracing::info!(topic, "created");
        }
        // Created by this worker or, a moment before, by another one.
        until_visible(&topics, settings).await?;
    }
    let found = topics.find(settings).await?;
    let findings = judge(settings, &found);
    for finding in findings.iter().filter(|finding| !finding.fatal) {
        tracing::warn!(topic = finding.topic, "{}", finding.message);
    }
    refuse_unfit(&findings)?;
    let outcomes = [&settings.output.topic, &settings.dead_letters.topic];
    let limits = outcomes.iter().filter_map(|topic| found.get(*topic)?.largest_record());
    Ok(limits.min().and_then(|limit| usize::try_from(limit).ok()))
}

//! Logs: one line per event on standard error, as text or JSON, librdkafka's lines among them (target `librdkafka`).
//!
//! Laws: no text of an article is logged, by a panic neither, whose message may quote a string that was being cut;
//! a line that could come once per article goes through a [`RateLimit`]. Levels: ERROR means data loss or an operator is
//! needed; WARN, unexpected but nothing lost; INFO, lifecycle; DEBUG, per batch; TRACE, per article.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::{LogFormat, LogSettings};

/// Logs could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `log.filter` is not a filter. Checked settings do not come here.
    #[error("log.filter is not a filter as in RUST_LOG: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// The process has a subscriber already.
    #[error("logs were set up before in this process: {0}")]
    Twice(#[from] tracing::subscriber::SetGlobalDefaultError),
}

/// Sends the process's logs to standard error, and panics to the logs. To be called once, before any thread starts.
///
/// # Errors
/// If it was called before, or the filter is none.
pub fn init(settings: &LogSettings) -> Result<(), TelemetryError> {
    init_to(settings, std::io::stderr)
}

/// As [`init`], with another writer: one that steps around a progress bar, which also is on standard error.
///
/// # Errors
/// As [`init`].
pub fn init_to<W>(settings: &LogSettings, writer: W) -> Result<(), TelemetryError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let colours =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let filter = EnvFilter::try_new(&settings.filter)?;
    tracing::subscriber::set_global_default(subscriber(settings.format, filter, colours, writer))?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A subscriber that writes to `writer`; [`init`] installs one for standard error.
pub fn subscriber<W>(
    format: LogFormat,
    filter: EnvFilter,
    colours: bool,
    writer: W,
) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    match format {
        LogFormat::Text => Box::new(lines.with_ansi(colours).finish()),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).with_current_span(false).finish()),
    }
}

/// Logs a panic as one ERROR line: the thread and the place in the source. The message is left out, see the module.
pub fn log_panic(info: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    match info.location() {
        Some(place) => tracing::error!(thread, file = place.file(), line = place.line(), "panic"),
        None => tracing::error!(thread, "panic"),
    }
}

/// How long a kind of line is silent after it was logged.
pub const REPEAT_INTERVAL: Duration = Duration::from_secs(10);

/// Lets one line of each kind through per interval and counts the others.
///
/// ```
/// use copydesk::telemetry::RateLimit;
/// static LIMIT: RateLimit = RateLimit::new();
/// if let Some(suppressed) = LIMIT.admit("dead-letter") {
///     tracing::warn!(suppressed, "dead letter");
/// }
/// ```
#[derive(Debug)]
pub struct RateLimit<C = fn() -> Instant> {
    clock: C,
    interval: Duration,
    kinds: Mutex<BTreeMap<&'static str, Kind>>,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    logged: Instant,
    suppressed: u64,
}

impl RateLimit {
    /// One line of a kind per [`REPEAT_INTERVAL`].
    pub const fn new() -> Self {
        Self::with_clock(REPEAT_INTERVAL, Instant::now)
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Fn() -> Instant> RateLimit<C> {
    /// One line of a kind per interval, by this clock.
    pub const fn with_clock(interval: Duration, clock: C) -> Self {
        Self { clock, interval, kinds: Mutex::new(BTreeMap::new()) }
    }

    /// Whether a line of this kind is to be logged now; if so, how many were not since the last one. Kinds are static
    /// texts, so their number is bounded.
    pub fn admit(&self, kind: &'static str) -> Option<u64> {
        let now = (self.clock)();
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        match kinds.get_mut(kind) {
            Some(known) if now.saturating_duration_since(known.logged) < self.interval => {
                known.suppressed += 1;
                None
            }
            Some(known) => {
                let suppressed = known.suppressed;
                *known = Kind { logged: now, suppressed: 0 };
                Some(suppressed)
            }
            None => {
                kinds.insert(kind, Kind { logged: now, suppressed: 0 });
                Some(0)
            }
        }
    }

    /// The kinds of which lines were suppressed and not yet told, with their number, which starts again from 0. For a
    /// last line at shutdown.
    pub fn untold(&self) -> Vec<(&'static str, u64)> {
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        (kinds.iter_mut())
            .filter(|(_, known)| known.suppressed > 0)
            .map(|(kind, known)| (*kind, std::mem::take(&mut known.suppressed)))
            .collect()
    }
}

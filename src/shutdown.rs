//! The end of the process: the request to stop, which every thread and task can see and wait for; the codes it exits
//! with; and the watchdog that ends it when a call into librdkafka does not return.
//!
//! Laws: a request is made once and is never taken back; the first SIGTERM or SIGINT asks, the second ends the process
//! at once; nothing here waits for anything but the request itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use tokio::sync::watch;

/// What the process exits with. docs/OPERATIONS.md lists these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All is done; after a signal: drained and committed.
    Done = 0,
    /// The worker stopped on an error. Nothing acknowledged is lost.
    Failed = 1,
    /// The command line or the settings are wrong. Starting again does not help.
    Usage = 2,
    /// Too many dead letters in a row, `deadLetters.maxRun`. Starting again does not help before the input is mended.
    DeadLetterRun = 3,
    /// Input was lost to retention, and `input.onGap = "stop"`.
    Gap = 4,
    /// The watchdog ended a process that hung (`EX_TEMPFAIL`). Starting again helps; articles in work are repeated.
    Hung = 75,
    /// A second signal, SIGINT, ended the process before it was done.
    Interrupted = 130,
    /// A second signal, SIGTERM, ended the process before it was done.
    Terminated = 143,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// Why the process is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// A part of the worker failed, and the others are to stop with it.
    Failure,
    /// The work is done, as in `demo`.
    Finished,
}

impl Reason {
    /// What a second signal of this kind exits with.
    fn at_once(self) -> Exit {
        match self {
            Self::Interrupt => Exit::Interrupted,
            _ => Exit::Terminated,
        }
    }
}

/// The request to stop. Clones are the same request.
#[derive(Debug, Clone)]
pub struct Shutdown(Arc<Request>);

#[derive(Debug)]
struct Request {
    reason: Mutex<Option<(Reason, Instant)>>,
    made: Condvar,
    signalled: AtomicBool,
    tasks: watch::Sender<bool>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// Nobody has asked yet.
    pub fn new() -> Self {
        let (tasks, _) = watch::channel(false);
        Self(Arc::new(Request {
            reason: Mutex::new(None),
            made: Condvar::new(),
            signalled: AtomicBool::new(false),
            tasks,
        }))
    }

    /// Asks for a stop. `true`: this is the first request; the reason of a later one does not count.
    pub fn request(&self, reason: Reason) -> bool {
        let mut known = self.0.reason.lock().unwrap_or_else(PoisonError::into_inner);
        let first = known.is_none();
        if first {
            *known = Some((reason, Instant::now()));
            drop(known);
            self.0.made.notify_all();
            self.0.tasks.send_replace(true);
        }
        first
    }

    /// Whether a stop was asked for.
    pub fn is_requested(&self) -> bool {
        self.reason().is_some()
    }

    /// Why a stop was asked for first.
    pub fn reason(&self) -> Option<Reason> {
        self.known().map(|(reason, _)| reason)
    }

    /// How much of a period that began with the request is left; the whole period before the request.
    pub fn remaining(&self, period: Duration) -> Duration {
        self.known().map_or(period, |(_, since)| period.saturating_sub(since.elapsed()))
    }

    fn known(&self) -> Option<(Reason, Instant)> {
        *self.0.reason.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Blocks this thread until a stop is asked for or the time is over; `true` if it was asked for.
    pub fn wait_timeout(&self, timeout: Duration) -> bool {
        let known = self.0.reason.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.made.wait_timeout_while(known, timeout, |reason| reason.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.is_some()
    }

    /// Waits in a task until a stop is asked for.
    pub async fn requested(&self) {
        let mut request = self.0.tasks.subscribe();
        // The sender lives in `self`, so this ends with a request only.
        let _ = request.wait_for(|requested| *requested).await;
    }

    /// What a signal does: the first asks for a stop, the second says what the process is to exit with, at once. A
    /// request that was made otherwise, such as after a failure, does not count: that drain gets its time too.
    pub fn signal(&self, reason: Reason) -> Option<Exit> {
        if self.0.signalled.swap(true, Ordering::SeqCst) {
            return Some(reason.at_once());
        }
        self.request(reason);
        tracing::info!(?reason, "draining; a second signal ends the process at once");
        None
    }

    /// Makes SIGTERM and SIGINT ask for a stop, and a second one end the process at once. Within a tokio runtime.
    ///
    /// # Errors
    /// If the system does not let the process listen to signals.
    #[cfg(unix)]
    pub fn listen_to_signals(&self) -> std::io::Result<tokio::task::JoinHandle<()>> {
        use tokio::signal::unix::{SignalKind, signal};
        // Listening begins here and not in the task, so that no signal falls between.
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let shutdown = self.clone();
        Ok(tokio::spawn(async move {
            loop {
                let reason = tokio::select! {
                    Some(()) = terminate.recv() => Reason::Terminate,
                    Some(()) = interrupt.recv() => Reason::Interrupt,
                    else => return,
                };
                if let Some(exit) = shutdown.signal(reason) {
                    tracing::warn!(
                        code = exit.code(),
                        "second signal: the process ends, articles in work are repeated"
                    );
                    std::process::exit(i32::from(exit.code()));
                }
            }
        }))
    }
}

/// Ends the process when something that has no time limit of its own takes too long, such as a synchronous commit or
/// the drop of a consumer while the broker is frozen. Disarmed when dropped.
#[derive(Debug)]
#[must_use = "a watchdog that is dropped at once guards nothing"]
pub struct Watchdog {
    _disarm: Sender<()>,
}

impl Watchdog {
    /// Ends the process with [`Exit::Hung`] unless it is dropped within `deadline`. `what` is being done: "the final
    /// commit".
    pub fn arm(deadline: Duration, what: &'static str) -> Self {
        Self::arm_with(deadline, what, || std::process::exit(i32::from(Exit::Hung.code())))
    }

    /// As [`Watchdog::arm`], with another end. `bite` runs on the watchdog's own thread.
    pub fn arm_with(deadline: Duration, what: &'static str, bite: impl FnOnce() + Send + 'static) -> Self {
        let (disarm, disarmed) = bounded::<()>(0);
        let guard = move || {
            // Nothing is ever sent: the channel closes when the watchdog is dropped.
            if disarmed.recv_timeout(deadline) == Err(RecvTimeoutError::Timeout) {
                let millis = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
                tracing::error!(
                    what,
                    deadline_ms = millis,
                    "took too long: the process ends, articles in work are repeated"
                );
                bite();
            }
        };
        if let Err(error) = std::thread::Builder::new().name("watchdog".to_owned()).spawn(guard) {
            tracing::warn!(what, %error, "no thread for the watchdog: this step has no deadline");
        }
        Self { _disarm: disarm }
    }

    /// Says that it was done in time. The same as dropping it, in a word.
    pub fn disarm(self) {}
}

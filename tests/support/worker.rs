//! A worker process under test: its arguments and environment, its log lines, its end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::process::{Watchdog, freeze, signal};

/// Lines of standard output and standard error, in the order of arrival.
#[derive(Default)]
struct Log {
    state: Mutex<LogState>,
    changed: Condvar,
}

#[derive(Default)]
struct LogState {
    lines: Vec<Line>,
    closed_pipes: usize,
}

/// One line that the process wrote.
#[derive(Clone, Debug)]
pub struct Line {
    /// True for standard error, where the log goes.
    pub stderr: bool,
    /// The line without its end; bytes that are not UTF-8 are replaced.
    pub text: String,
}

/// A running (or ended) process. It is killed and reaped when it is dropped.
pub struct Worker {
    name: String,
    child: Child,
    status: Option<ExitStatus>,
    log: Arc<Log>,
    readers: Vec<JoinHandle<()>>,
    // Called off only after the process was reaped.
    watchdog: Option<Watchdog>,
}

impl Worker {
    /// Starts `program` (`env!("CARGO_BIN_EXE_copydesk")`) with arguments and further environment variables.
    /// `COPYDESK__...` variables of the surroundings are kept away from it.
    pub fn start(program: &str, args: &[&str], env: &[(&str, &str)]) -> Worker {
        let mut command = Command::new(program);
        for (key, _) in std::env::vars_os() {
            if key.to_string_lossy().starts_with("COPYDESK__") {
                command.env_remove(key);
            }
        }
        command.args(args).envs(env.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("cannot start {program}: {error}"));
        let watchdog = Watchdog::over(child.id(), None).expect("a shell is there");
        let log = Arc::new(Log::default());
        let stdout = child.stdout.take().map(|pipe| read_lines(pipe, false, &log));
        let stderr = child.stderr.take().map(|pipe| read_lines(pipe, true, &log));
        let readers = stdout.into_iter().chain(stderr).collect();
        let name = format!("{program} {}", args.join(" "));
        Worker { name, child, status: None, log, readers, watchdog: Some(watchdog) }
    }

    /// Process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// All lines so far, standard output and standard error.
    pub fn lines(&self) -> Vec<Line> {
        self.log.lock().lines.clone()
    }

    /// The lines so far as one text, for messages and for searching.
    pub fn log(&self) -> String {
        self.log.lock().lines.iter().map(|line| format!("{}\n", line.text)).collect()
    }

    /// Waits for a line for which `matches` holds, one that came already included. Panics with the whole log when the
    /// process ends without it or the deadline passes.
    pub fn wait_for_line(&self, deadline: Duration, what: &str, matches: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + deadline;
        let mut seen = 0;
        let mut state = self.log.lock();
        loop {
            if let Some(line) = state.lines[seen..].iter().find(|line| matches(&line.text)) {
                return line.text.clone();
            }
            seen = state.lines.len();
            let left = end.saturating_duration_since(Instant::now());
            let ended = state.closed_pipes == 2;
            if ended || left.is_zero() {
                drop(state);
                let why = if ended { "ended".into() } else { format!("ran for {deadline:?}") };
                panic!("{} {why} without the line: {what}\n--- its output\n{}", self.name, self.log());
            }
            state = self.log.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The exit status when the process has ended.
    pub fn try_exit(&mut self) -> Option<ExitStatus> {
        if self.status.is_none() {
            self.status = self.child.try_wait().expect("the process is this one's child");
        }
        self.status
    }

    /// Waits for the end of the process and of its output. Panics with the whole log after the deadline.
    pub fn wait_for_exit(&mut self, deadline: Duration) -> ExitStatus {
        let Some(status) = super::try_wait_for(deadline, || self.try_exit()) else {
            panic!("{} did not end within {deadline:?}\n--- its output\n{}", self.name, self.log());
        };
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
        status
    }

    /// Asks the process to end (SIGTERM). Nothing happens when it has ended already.
    pub fn terminate(&mut self) {
        self.signal("TERM");
    }

    /// Ends the process at once (SIGKILL) and reaps it.
    pub fn kill9(&mut self) -> ExitStatus {
        self.signal("KILL");
        self.wait_for_exit(super::PATIENCE)
    }

    /// Freezes the process (SIGSTOP). Nothing runs in it any more when this returns.
    pub fn pause(&mut self) {
        if self.try_exit().is_none() {
            let _ = freeze(self.pid());
        }
    }

    /// Lets a frozen process go on (SIGCONT).
    pub fn resume(&mut self) {
        self.signal("CONT");
    }

    /// Sends any signal, named as in `kill -s`. A process that was reaped gets none: its id may be another's by now.
    pub fn signal(&mut self, name: &str) {
        if self.try_exit().is_none() {
            // It may end between the look and the signal; it stays a zombie with this id until it is reaped here.
            let _ = signal(self.pid(), name);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if self.try_exit().is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        drop(self.watchdog.take());
        if thread::panicking() {
            eprintln!("--- output of {}\n{}---", self.name, self.log());
        }
    }
}

impl Log {
    fn lock(&self) -> MutexGuard<'_, LogState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_lines(pipe: impl Read + Send + 'static, stderr: bool, log: &Arc<Log>) -> JoinHandle<()> {
    let log = Arc::clone(log);
    thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n') {
            let Ok(line) = line else { break };
            let text = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
            log.lock().lines.push(Line { stderr, text });
            log.changed.notify_all();
        }
        log.lock().closed_pipes += 1;
        log.changed.notify_all();
    })
}

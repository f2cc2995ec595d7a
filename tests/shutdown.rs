//! The request to stop, signals and the watchdog. What ends a process is tested on a process of its own: this test
//! binary, started again with one of the ignored tests.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use copydesk::shutdown::{Exit, Reason, Shutdown, Watchdog};

const LONG: Duration = Duration::from_secs(600);

#[test]
fn a_request_is_made_once() {
    let shutdown = Shutdown::new();
    let other = shutdown.clone();
    assert!(!other.is_requested());
    assert!(!other.wait_timeout(Duration::ZERO));
    assert_eq!(other.remaining(LONG), LONG);
    assert!(shutdown.request(Reason::Failure));
    assert!(!shutdown.request(Reason::Terminate));
    assert_eq!(other.reason(), Some(Reason::Failure));
    assert!(other.wait_timeout(Duration::ZERO));
    assert!(other.remaining(LONG) <= LONG);
    assert_eq!(other.remaining(Duration::ZERO), Duration::ZERO);
}

#[test]
fn a_waiting_thread_is_woken() {
    let shutdown = Shutdown::new();
    let waiting = shutdown.clone();
    let (woken, result) = mpsc::channel();
    std::thread::spawn(move || woken.send(waiting.wait_timeout(LONG)).unwrap());
    shutdown.request(Reason::Finished);
    assert!(result.recv_timeout(Duration::from_secs(60)).unwrap());
}

#[tokio::test]
async fn waiting_tasks_are_woken() {
    let shutdown = Shutdown::new();
    let waiting = shutdown.clone();
    let task = tokio::spawn(async move { waiting.requested().await });
    tokio::task::yield_now().await;
    assert!(!task.is_finished());
    shutdown.request(Reason::Finished);
    task.await.unwrap();
    // A request that was made before is seen too.
    shutdown.requested().await;
}

#[test]
fn the_second_signal_and_not_the_first_ends_the_process() {
    let shutdown = Shutdown::new();
    assert_eq!(shutdown.signal(Reason::Terminate), None);
    assert_eq!(shutdown.reason(), Some(Reason::Terminate));
    assert_eq!(shutdown.signal(Reason::Interrupt), Some(Exit::Interrupted));
    // A drain after a failure gets its time, whatever the orchestrator does then.
    let failed = Shutdown::new();
    failed.request(Reason::Failure);
    assert_eq!(failed.signal(Reason::Terminate), None);
    assert_eq!(failed.signal(Reason::Terminate), Some(Exit::Terminated));
}

#[test]
fn a_watchdog_bites_after_its_deadline_only() {
    let (bitten, bites) = mpsc::channel();
    let watchdog = Watchdog::arm_with(Duration::from_millis(1), "a test", move || bitten.send(()).unwrap());
    bites.recv_timeout(LONG).unwrap();
    drop(watchdog);

    let (bitten, bites) = mpsc::channel::<()>();
    let watchdog = Watchdog::arm_with(LONG, "a test", move || bitten.send(()).unwrap());
    assert_eq!(bites.try_recv(), Err(mpsc::TryRecvError::Empty));
    drop(watchdog);
    // The thread ends and drops its end, without a bite.
    assert_eq!(bites.recv(), Err(mpsc::RecvError));
}

/// A process of this test binary that runs one of the ignored tests. It does not outlive the test.
struct Process(Child, std::io::Lines<BufReader<ChildStdout>>);

impl Process {
    fn start(test: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", test, "--ignored", "--nocapture"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self(child, lines)
    }

    fn wait_for(&mut self, text: &str) {
        let found = self.1.by_ref().map(Result::unwrap).any(|line| line.contains(text));
        assert!(found, "the process ended without {text:?}");
    }

    fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.0.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
    }

    fn exit_code(&mut self) -> Option<i32> {
        self.0.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn two_real_signals_end_a_process_with_the_code_of_the_second() {
    for (second, code) in [("INT", 130), ("TERM", 143)] {
        let mut process = Process::start("process_that_listens_to_signals");
        process.wait_for("listening");
        process.signal("TERM");
        process.wait_for("asked to stop: Terminate");
        process.signal(second);
        assert_eq!(process.exit_code(), Some(code));
    }
}

#[test]
fn a_process_that_hangs_is_ended() {
    assert_eq!(Process::start("process_that_hangs").exit_code(), Some(75));
}

#[test]
#[ignore = "runs as a process of its own, which another test starts"]
fn process_that_listens_to_signals() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let shutdown = Shutdown::new();
        shutdown.listen_to_signals().unwrap();
        println!("listening");
        shutdown.requested().await;
        println!("asked to stop: {:?}", shutdown.reason().unwrap());
        std::future::pending::<()>().await;
    });
}

#[test]
#[ignore = "runs as a process of its own, which another test starts"]
fn process_that_hangs() {
    let _watchdog = Watchdog::arm(Duration::from_millis(1), "a test that hangs");
    loop {
        std::thread::park();
    }
}

//! The harness itself, without any broker: worker processes, the watchdog, waiting.

mod support;

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use support::process::Watchdog;
use support::{PATIENCE, Worker, try_wait_for, unique};

#[test]
fn a_worker_hands_over_its_arguments_environment_and_lines() {
    let script = r#"echo "out $1 $COPYDESK__KAFKA__GROUP_ID"; echo err >&2; exit 3"#;
    let mut worker =
        Worker::start("sh", &["-c", script, "sh", "an argument"], &[("COPYDESK__KAFKA__GROUP_ID", "g")]);
    assert_eq!(worker.wait_for_line(PATIENCE, "out", |line| line.starts_with("out")), "out an argument g");
    assert_eq!(worker.wait_for_exit(PATIENCE).code(), Some(3));
    let lines = worker.lines();
    assert!(lines.iter().any(|line| line.stderr && line.text == "err"), "{lines:?}");
    assert_eq!(worker.try_exit().and_then(|status| status.code()), Some(3));
}

#[test]
fn a_worker_takes_signals() {
    let script = "trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    let mut worker = Worker::start("sh", &["-c", script], &[]);
    worker.wait_for_line(PATIENCE, "ready", |line| line == "ready");
    worker.pause();
    worker.terminate();
    let asked = |worker: &Worker| worker.log().contains("asked");
    assert!(!asked(&worker), "a frozen process does nothing");
    worker.resume();
    assert!(worker.wait_for_exit(PATIENCE).success());
    assert!(asked(&worker));

    let mut stubborn =
        Worker::start("sh", &["-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"], &[]);
    stubborn.wait_for_line(PATIENCE, "ready", |line| line == "ready");
    stubborn.terminate();
    assert_eq!(stubborn.kill9().signal(), Some(9));
}

#[test]
#[should_panic(expected = "ended without the line: something that never comes")]
fn a_line_that_never_comes_is_a_failure_at_once() {
    let worker = Worker::start("sh", &["-c", "echo other"], &[]);
    worker.wait_for_line(PATIENCE, "something that never comes", |line| line == "never");
}

#[test]
fn the_watchdog_ends_what_a_dead_test_leaves() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(unique("watched"));
    std::fs::create_dir_all(folder.join("data")).expect("a folder");
    // Reads a pipe that we hold: it runs until somebody kills it.
    let mut process = Command::new("cat").stdin(Stdio::piped()).spawn().expect("cat");
    Watchdog::over(process.id(), Some(&folder)).expect("a shell").act();
    let status = try_wait_for(PATIENCE, || process.try_wait().expect("our child"));
    assert_eq!(status.and_then(|status| status.signal()), Some(9));
    assert!(!folder.exists());
}

#[test]
fn a_watchdog_that_is_called_off_does_nothing() {
    let mut process = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("cat");
    drop(Watchdog::over(process.id(), None).expect("a shell"));
    // It still runs, and ends by the end of its input.
    assert_eq!(process.try_wait().expect("our child"), None);
    drop(process.stdin.take());
    process.stdout.take().expect("piped").read_to_end(&mut Vec::new()).expect("readable");
    assert!(process.wait().expect("our child").success());
}

#[test]
fn waiting_ends_with_the_condition_or_the_deadline() {
    let mut looks = 0;
    assert_eq!(
        try_wait_for(PATIENCE, || {
            looks += 1;
            (looks == 3).then_some("there")
        }),
        Some("there")
    );
    assert_eq!(try_wait_for(Duration::from_millis(5), || None::<()>), None);
    assert_ne!(unique("a"), unique("a"));
}

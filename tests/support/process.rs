//! Processes of tests: signals by process id, and a watchdog that ends a process when the test process is gone.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Sends a signal, named as in `kill -s` ("TERM", "KILL", "STOP", "CONT"), to one process that this test started and
/// has not reaped yet.
pub fn signal(pid: u32, name: &str) -> io::Result<()> {
    // The shell's own `kill`: a slim machine may lack the program of that name.
    let status = Command::new("sh")
        .args(["-c", "kill -s \"$1\" \"$2\"", "kill", name, &pid.to_string()])
        .stderr(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("no process {pid} to send {name} to")))
    }
}

/// Freezes a process (SIGSTOP) and waits until each of its threads stands still: the kernel stops the others only when
/// the first one has been scheduled, and on a busy machine they answer requests until then.
pub fn freeze(pid: u32) -> io::Result<()> {
    signal(pid, "STOP")?;
    super::wait_until(super::PATIENCE, &format!("all threads of process {pid} stand still"), || {
        // No /proc: no Linux, and nothing to look at.
        let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return true };
        threads.flatten().all(|thread| {
            let stat = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            // The state stands behind the name, which is in parentheses and may hold any; a thread that is gone has none.
            let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
            matches!(state, None | Some('T' | 't' | 'Z' | 'X'))
        })
    });
    Ok(())
}

/// Kills a process and removes its folder when the test process ends without having done so itself: by a panic that
/// aborts, `kill -9`, or simply by leaving `main` while the process sits in a `static`.
///
/// It is a shell that reads a pipe whose other end this process holds: a line means "called off", the end of the pipe
/// means that this process is gone, however that came about.
pub struct Watchdog {
    shell: Child,
}

impl Watchdog {
    /// Watches over the process `pid`, and over its folder if it has one.
    pub fn over(pid: u32, folder: Option<&Path>) -> io::Result<Watchdog> {
        let script = r#"if read -r called_off; then exit 0; fi
            kill -s KILL "$1" 2>/dev/null
            # Again when the dying process put another file in between.
            if [ -n "$2" ]; then rm -rf -- "$2" || rm -rf -- "$2"; fi"#;
        let shell = Command::new("sh")
            .args(["-c", script, "watchdog", &pid.to_string()])
            .arg(folder.unwrap_or(Path::new("")))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C at the terminal goes to the whole group; the watchdog must outlive the test.
            .process_group(0)
            .spawn()?;
        Ok(Watchdog { shell })
    }

    /// Lets the pipe end as it would if this process died, and waits until the watchdog has acted.
    pub fn act(mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        if let Some(mut pipe) = self.shell.stdin.take() {
            let _ = pipe.write_all(b"called off\n");
        }
        let _ = self.shell.wait();
    }
}

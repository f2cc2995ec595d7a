//! The commands of README.md, the Makefile, CI and scripts/install-tools: the reader's, ours and CI's are the same.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::read;
use super::support::package_file;

/// What `make` would run for a target.
fn recipe(target: &str) -> Vec<String> {
    let package = package_file("");
    let output = Command::new("make")
        .args(["--dry-run", "--no-print-directory", target])
        .current_dir(package)
        .output();
    let output = output.expect("make, which compiling librdkafka needs too");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

/// Lines of README.md's fenced code blocks that start with `make`.
fn readme_commands() -> Vec<String> {
    let (mut code, mut commands) = (false, Vec::new());
    for line in read("README.md").lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code && line.trim_start_matches("$ ").starts_with("make ") {
            let command = line.trim_start_matches("$ ").split('#').next().unwrap_or_default();
            commands.push(command.trim().to_owned());
        }
    }
    commands.sort();
    commands.dedup();
    commands
}

#[test]
fn the_readme_ci_and_the_makefile_agree() {
    assert_eq!(readme_commands(), ["make demo", "make test"]);
    // CI runs these strings themselves, and refuses a README that has others.
    assert!(read(".ci/run").contains("readme_commands=(\"make test\" \"make demo\")"));
    assert_eq!(recipe("demo"), ["scripts/install-tools build", "cargo run --release --locked -- demo"]);
    assert_eq!(recipe("test"), ["scripts/install-tools build kafka compose", "cargo test --locked"]);
}

#[test]
fn ci_runs_every_step_strictly() {
    let ci = read(".ci/run");
    // `make check` is what a developer runs before CI does.
    for check in recipe("check") {
        let command = check.trim_start_matches("RUSTDOCFLAGS=\"-D warnings\" ");
        assert!(ci.contains(command), "CI does not run: {command}");
    }
    for part in ["set -euo pipefail", "RUSTDOCFLAGS=\"-D warnings\" step", "COPYDESK_REQUIRE_KAFKA=1 step"] {
        assert!(ci.contains(part), "{part}");
    }
    for script in [".ci/run", "scripts/install-tools"] {
        let mode = fs::metadata(package_file(script)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{script} can be run");
    }
}

/// Runs scripts/install-tools on a machine that has these programs, `stubs`, and nothing else but a shell.
fn install_tools(purposes: &[&str], stubs: &[(&str, &str)]) -> (Output, String) {
    let machine = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let calls = machine.path().join("calls");
    fs::write(&calls, "").expect("a file");
    let bin = machine.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    for tool in ["sh", "env"] {
        symlink(find(tool), bin.join(tool)).expect("a link");
    }
    for (name, script) in stubs {
        let path = bin.join(name);
        let script = script.replace("LOG", &format!("echo \"$0 $*\" >> '{}'", calls.display()));
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("our own file");
    }
    let output = Command::new(package_file("scripts/install-tools"))
        .args(purposes)
        .env_clear()
        .env("PATH", &bin)
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let calls = fs::read_to_string(&calls).expect("the file").replace(&format!("{}/", bin.display()), "");
    (output, calls)
}

fn find(program: &str) -> std::path::PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.exists());
    found.unwrap_or_else(|| Path::new("/bin").join(program))
}

const RUST: (&str, &str) = ("cargo", "");
const APT: (&str, &str) = ("apt-get", "LOG");
const ROOT: (&str, &str) = ("id", "echo 0");
const USER: (&str, &str) = ("id", "echo 1000");
const JAVA_17: (&str, &str) = ("java", "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2");
const JAVA_11: (&str, &str) = ("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
const ALL: [&str; 3] = ["build", "kafka", "compose"];

#[test]
fn a_bare_machine_gets_what_it_lacks() {
    let (output, calls) = install_tools(&["build"], &[RUST, APT, ROOT]);
    assert!(output.status.success(), "{output:?}");
    let install = "apt-get install --yes --no-install-recommends build-essential perl\n";
    assert_eq!(calls, format!("apt-get update\n{install}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("build-essential is missing: compiles librdkafka"), "{said}");

    // The second machine is of a release that has no Java 17.
    for (apt_cache, java) in [("", "openjdk-17-jre-headless"), ("exit 100", "default-jre-headless")] {
        let (output, calls) = install_tools(&ALL, &[RUST, APT, ROOT, JAVA_11, ("apt-cache", apt_cache)]);
        assert!(output.status.success(), "{output:?}");
        let packages = format!("build-essential perl {java} maven python3-pip");
        assert!(calls.ends_with(&format!("install --yes --no-install-recommends {packages}\n")), "{calls}");
    }
}

#[test]
fn a_machine_that_has_all_is_left_alone() {
    let tools = [("cc", ""), ("c++", ""), ("make", ""), ("perl", ""), ("mvn", ""), ("python3", "")];
    let stubs = [[RUST, APT, ROOT, JAVA_17].as_slice(), &tools].concat();
    let (output, calls) = install_tools(&ALL, &stubs);
    assert!(output.status.success(), "{output:?}");
    assert_eq!((calls.as_str(), output.stderr.as_slice()), ("", b"".as_slice()));
}

#[test]
fn without_the_means_it_says_what_is_needed() {
    let refused = |stubs: &[(&str, &str)], what: &str| {
        let (output, calls) = install_tools(&["build"], stubs);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(what) && calls.is_empty(), "{said}{calls}");
    };
    refused(&[APT, ROOT], "Install Rust first");
    refused(
        &[RUST, ROOT],
        "no Debian or Ubuntu. Install what these packages hold, then try again: build-essential",
    );
    refused(&[RUST, APT, USER], "Run as root: apt-get install build-essential perl");
    let sudo = ("sudo", "LOG");
    let (output, calls) = install_tools(&["build"], &[RUST, APT, USER, sudo]);
    assert!(output.status.success(), "{output:?}");
    assert!(calls.starts_with("sudo apt-get update\nsudo env DEBIAN_FRONTEND="), "{calls}");
}

#[test]
fn no_file_of_the_packaging_names_a_registrys_host() {
    let files =
        [".ci/run", "Makefile", "Dockerfile", "docker-compose.yml", "scripts/install-tools", "Cargo.toml"];
    for file in files.into_iter().chain(["tests/kafka/pom.xml", "tests/compose/requirements.txt"]) {
        for word in read(file).split_whitespace() {
            // The namespace of a pom is a name, not an address.
            let address =
                word.contains("://") && !word.contains("maven.apache.org/POM") && !word.contains("0.1:");
            let listener = ["INTERNAL://", "HOST://", "CONTROLLER://"].iter().any(|name| word.contains(name));
            assert!(!address || listener, "{file}: {word}");
        }
    }
}

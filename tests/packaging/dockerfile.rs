//! Dockerfile and .dockerignore.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, thread};

use super::support::package_file;
use super::{compose, package, read};

/// The instructions in order, continued lines joined, comments left out.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile");
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let joined = lines.join("\n").replace("\\\n", " ");
    let instruction = |line: &str| {
        let (name, rest) = line.trim().split_once(' ')?;
        Some((name.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    joined.lines().filter_map(instruction).collect()
}

/// The instructions of the image that is shipped: those after the last FROM.
fn final_stage() -> Vec<(String, String)> {
    let all = instructions();
    let last = all.iter().rposition(|(name, _)| name == "FROM").expect("a FROM");
    all[last..].to_vec()
}

/// The one instruction of that name in the final stage.
fn only(name: &str) -> String {
    let found: Vec<_> =
        final_stage().into_iter().filter(|(key, _)| key == name).map(|(_, rest)| rest).collect();
    assert_eq!(found.len(), 1, "{name} in the final stage: {found:?}");
    found.into_iter().next().unwrap_or_default()
}

fn exec_form(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_else(|_| panic!("not in exec form: {text}"))
}

/// The command of HEALTHCHECK.
fn health_check() -> Vec<String> {
    let check = only("HEALTHCHECK");
    let (_, command) = check.split_once("CMD ").expect("HEALTHCHECK has a CMD");
    exec_form(command)
}

/// The port of the worker's HTTP server in the container.
pub fn http_port() -> u16 {
    only("EXPOSE").parse().expect("EXPOSE has one port")
}

#[test]
fn it_has_two_stages_on_pinned_images() {
    let from: Vec<_> =
        instructions().into_iter().filter(|(name, _)| name == "FROM").map(|(_, rest)| rest).collect();
    let [build, ship] = from.as_slice() else { panic!("two stages: {from:?}") };
    let (image, stage) = build.split_once(" AS ").expect("the first stage has a name");
    let (name, tag) = image.split_once(':').expect("a tag");
    assert_eq!((name, stage), ("rust", "build"));
    let version: Vec<u32> =
        tag.split('-').next().into_iter().flat_map(|v| v.split('.')).map(|n| n.parse().unwrap()).collect();
    let needed: Vec<u32> = package("rust-version").split('.').map(|n| n.parse().expect("a number")).collect();
    assert!(version >= needed, "the image has Rust {version:?}, Cargo.toml wants {needed:?}");
    // The binary links the C library of the first stage: the second must be of the same Debian.
    let (name, ship_tag) = ship.split_once(':').expect("a tag");
    assert_eq!(name, "debian");
    assert_eq!(tag.split('-').next_back(), ship_tag.split('-').next());
}

#[test]
fn it_builds_what_the_lock_file_says() {
    let built = instructions()
        .into_iter()
        .any(|(name, rest)| name == "RUN" && rest.contains("cargo build --release --locked --bin copydesk"));
    assert!(built);
    let copies: Vec<_> =
        final_stage().into_iter().filter(|(name, _)| name == "COPY").map(|(_, rest)| rest).collect();
    assert!(copies[0].starts_with("--from=build /usr/local/bin/copydesk "), "{copies:?}");
    assert!(copies[1..].iter().all(|copy| !copy.starts_with("--from")), "{copies:?}");
}

#[test]
fn it_runs_the_worker_as_nobody_in_particular() {
    assert_eq!(exec_form(&only("ENTRYPOINT")), ["copydesk"]);
    assert_eq!(exec_form(&only("CMD")), ["run"]);
    assert_eq!(only("STOPSIGNAL"), "SIGTERM");
    // A number, so that Kubernetes' runAsNonRoot can tell; and the user that was made.
    let user: u32 = only("USER").parse().expect("a number");
    assert_ne!(user, 0);
    let made = final_stage()
        .iter()
        .any(|(name, rest)| name == "RUN" && rest.contains(&format!("useradd --system --uid {user} ")));
    assert!(made, "user {user} is made");
    let (name, value) =
        only("ENV").split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("NAME=VALUE");
    assert_eq!(name, "COPYDESK__HTTP__LISTEN");
    assert!(compose::is_known(&name));
    assert_eq!(value, format!("0.0.0.0:{}", http_port()));
}

/// Runs the image's health check against a server that gives this answer.
fn check_against(answer: &'static str) -> bool {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let server = thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("the check connects");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            connection.read_exact(&mut byte).expect("a whole request");
            request.push(byte[0]);
        }
        connection.write_all(answer.as_bytes()).expect("the check listens");
        String::from_utf8(request).expect("text")
    });
    let healthy = run_check(port);
    let request = server.join().expect("the server ends");
    assert!(request.starts_with("GET /livez HTTP/1.1\r\nHost: "), "{request:?}");
    healthy
}

fn run_check(port: u16) -> bool {
    let command = health_check();
    let place = format!("/127.0.0.1/{}", http_port());
    assert!(command.iter().any(|word| word.contains(&place)), "{command:?} asks the port that is exposed");
    let words = command.iter().map(|word| word.replace(&place, &format!("/127.0.0.1/{port}")));
    let words: Vec<String> = words.collect();
    let check = Command::new(&words[0]).args(&words[1..]).stdin(Stdio::null()).stderr(Stdio::null()).status();
    check.expect("bash is there").success()
}

#[test]
fn the_health_check_follows_livez() {
    assert!(check_against("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
    assert!(!check_against("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 7\r\n\r\nstalled"));
    let unused =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port").local_addr().expect("an address");
    assert!(!run_check(unused.port()));
}

/// What .dockerignore lets through: it shuts everything out and then names what comes in.
fn let_through() -> Vec<String> {
    let text = read(".dockerignore");
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    assert_eq!(
        lines.next(),
        Some("*"),
        "nothing comes in unnamed: neither target/ nor .git nor a forgotten secret"
    );
    lines
        .map(|line| {
            line.strip_prefix('!').unwrap_or_else(|| panic!("{line} names nothing that comes in")).into()
        })
        .collect()
}

#[test]
fn the_build_gets_all_that_it_needs() {
    let names = let_through();
    for (_, copied) in
        final_stage().iter().filter(|(name, rest)| name == "COPY" && !rest.starts_with("--from"))
    {
        for source in copied.split(' ').rev().skip(1) {
            assert!(names.iter().any(|name| name == source), ".dockerignore keeps {source} out");
        }
    }
    // What the code embeds at compile time.
    let mut embedded = Vec::new();
    find_embedded(&package_file("src"), &mut embedded);
    assert!(!embedded.is_empty(), "src/ embeds at least config/copydesk.toml");
    for path in embedded {
        let first = path.split('/').next().unwrap_or_default();
        assert!(names.iter().any(|name| name == first), ".dockerignore keeps {path} out, which src/ embeds");
    }
    // Cargo accepts the package as it comes in.
    let context = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    for name in names.into_iter().filter(|name| package_file(name).exists()) {
        copy(&package_file(&name), &context.path().join(&name));
    }
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--locked", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(context.path().join("Cargo.toml"))
        .output()
        .expect("cargo");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
}

/// Paths from the package's root in `include_str!`, `include_bytes!` and `include_dir!`.
fn find_embedded(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            find_embedded(&entry, found);
            continue;
        }
        let text = fs::read_to_string(&entry).unwrap_or_default();
        for macro_name in ["include_str!(", "include_bytes!(", "include_dir!("] {
            for (_, rest) in text.match_indices(macro_name).map(|(at, _)| text.split_at(at)) {
                let Some(path) = rest.split('"').nth(1) else { continue };
                let path = path.trim_start_matches("$CARGO_MANIFEST_DIR/");
                let outside = path.strip_prefix("../").map(|path| path.trim_start_matches("../"));
                found.push(outside.map_or(format!("src/{path}"), str::to_owned));
            }
        }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            copy(&entry, &to.join(entry.file_name().expect("a name")));
        }
    } else {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

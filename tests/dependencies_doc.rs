//! docs/DEPENDENCIES.md gives a reason for every direct dependency in Cargo.toml, and for no other.

use std::collections::BTreeSet;

fn file(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The crates of a table of Cargo.toml.
fn declared(table: &str) -> BTreeSet<String> {
    let manifest: toml::Table = file("Cargo.toml").parse().expect("Cargo.toml is TOML");
    manifest[table].as_table().expect("a table").keys().cloned().collect()
}

/// The crates of the page's table below a heading.
fn documented(heading: &str) -> BTreeSet<String> {
    let page = file("docs/DEPENDENCIES.md");
    let below = page.lines().skip_while(|line| *line != heading).skip(1);
    let rows = below.take_while(|line| !line.starts_with('#')).filter(|line| line.starts_with("| `"));
    let mut crates = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, name, reason, _] = cells[..] else { panic!("two columns: {row}") };
        assert!(!reason.is_empty(), "no reason: {row}");
        assert!(crates.insert(name.trim_matches('`').to_owned()), "twice: {row}");
    }
    crates
}

#[test]
fn every_dependency_has_its_reason() {
    for (table, heading) in [
        ("dependencies", "## In the program"),
        ("dev-dependencies", "## In tests, examples and benches alone"),
    ] {
        assert_eq!(documented(heading), declared(table), "left: the page, right: Cargo.toml [{table}]");
    }
}

/// A crate that nothing uses is compile time and risk for nothing.
#[test]
fn every_dependency_is_used() {
    let mut code = String::new();
    for folder in ["src", "tests", "examples", "benches"] {
        read_code(&format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")), &mut code);
    }
    for name in declared("dependencies").iter().chain(&declared("dev-dependencies")) {
        let name = name.replace('-', "_");
        let is_used = [format!("{name}::"), format!("use {name};")].iter().any(|use_of| {
            // The name of a crate, `tokio::` or `::config::`; not the end of a longer name, nor a module of ours.
            code.match_indices(use_of.as_str()).any(|(at, _)| {
                let before = code[..at].strip_suffix("::").unwrap_or(&code[..at]);
                !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        });
        assert!(is_used, "{name} is in Cargo.toml and nothing uses it");
    }
}

fn read_code(folder: &str, code: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_code(path.to_str().expect("our own names are UTF-8"), code);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&std::fs::read_to_string(&path).expect("a file"));
        }
    }
}

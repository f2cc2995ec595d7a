//! The packaging: the compose file, the Dockerfile, and the commands that README.md, the Makefile and CI agree on.
//! No Docker engine is needed: what an engine would read is read here and compared with what it must fit.

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod compose;
mod dockerfile;
mod settings;

/// A file of the package as text.
fn read(path: &str) -> String {
    let file = support::package_file(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("cannot read {}: {error}", file.display()))
}

/// Cargo.toml.
fn manifest() -> toml::Table {
    read("Cargo.toml").parse().expect("Cargo.toml is TOML")
}

/// A text of Cargo.toml's `[package]`.
fn package(key: &str) -> String {
    manifest()["package"][key].as_str().unwrap_or_else(|| panic!("package.{key} is a text")).to_owned()
}

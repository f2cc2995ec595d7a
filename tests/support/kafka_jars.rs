//! The jars of Apache Kafka: fetched once with Maven into `target/kafka/<version>/`, found there by later runs.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{package_file, target_dir};

/// The version that tests/kafka/pom.xml names.
pub fn version() -> Result<String, String> {
    let path = package_file("tests/kafka/pom.xml");
    let pom =
        fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let value = pom.split_once("<kafka.version>").and_then(|(_, rest)| rest.split_once("</kafka.version>"));
    value
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| format!("no <kafka.version> in {}", path.display()))
}

/// The class path with Kafka's jars, fetched if they are not there yet. Several test processes may ask at once: one
/// fetches, the others wait for its lock. An error has Maven's whole output.
pub fn class_path() -> Result<OsString, String> {
    let folder = target_dir().join("kafka").join(version()?);
    // Fetched for another pom (a dependency was added, say): fetch again.
    let pom = fs::read(package_file("tests/kafka/pom.xml"))
        .map_err(|error| format!("cannot read the pom: {error}"))?;
    let complete = || fs::read(folder.join("pom.xml")).is_ok_and(|fetched_for| fetched_for == pom);
    if !complete() {
        let parent = target_dir().join("kafka");
        let at = |error: std::io::Error| format!("cannot prepare {}: {error}", parent.display());
        fs::create_dir_all(&parent).map_err(at)?;
        // The lock goes with the process, however that ends.
        let lock = File::create(parent.join("fetch.lock")).map_err(at)?;
        lock.lock().map_err(at)?;
        if !complete() {
            fetch(&parent, &folder)?;
        }
    }
    let mut jars = folder.into_os_string();
    jars.push("/*");
    Ok(jars)
}

/// Lets Maven copy the jars into a folder beside `folder` and renames it, so that a half-filled one never has its name.
fn fetch(parent: &Path, folder: &Path) -> Result<(), String> {
    let at = |error: std::io::Error| format!("cannot fill {}: {error}", folder.display());
    let unfinished = parent.join("unfinished");
    for old in [&unfinished, &folder.to_path_buf()] {
        if old.exists() {
            fs::remove_dir_all(old).map_err(at)?;
        }
    }
    let pom = package_file("tests/kafka/pom.xml");
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--no-transfer-progress", "--file"]).arg(&pom);
    maven.arg(option("-Dmaven.repo.local=", target_dir().join("maven")));
    maven.args(["dependency:copy-dependencies", "-DincludeScope=runtime"]);
    maven.arg(option("-DoutputDirectory=", unfinished.clone()));
    let output = maven.output().map_err(|error| {
        format!("cannot start Maven (`mvn`): {error}. It fetches Apache Kafka for these tests; `make test` installs it.")
    })?;
    if !output.status.success() {
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        return Err(format!(
            "Maven could not fetch Apache Kafka ({}):\n{maven:?}\n{out}{err}",
            output.status
        ));
    }
    fs::copy(&pom, unfinished.join("pom.xml")).map_err(at)?;
    fs::rename(&unfinished, folder).map_err(at)
}

fn option(name: &str, value: PathBuf) -> OsString {
    let mut option = OsString::from(name);
    option.push(value);
    option
}

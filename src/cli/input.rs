//! Articles from files: a `.jsonl` or `.ndjson` file holds one a line, any other file is one; each may be gzipped
//! (`.gz`). A folder is all its files in the order of their names. `-` is standard input: lines of JSON if its first line
//! is a whole JSON object, else one article.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::error::CliError;
use crate::article::{Position, Record};

/// The records of some paths, one after the other, read as they are asked for.
pub struct Articles {
    paths: std::vec::IntoIter<PathBuf>,
    open: Option<Open>,
    /// How often each name was opened: a file that is given twice holds two articles, not one and its replay.
    opened: BTreeMap<Arc<str>, i32>,
    /// Bytes read so far, as they stand in the files.
    read: Arc<std::sync::atomic::AtomicU64>,
}

struct Open {
    path: PathBuf,
    name: Arc<str>,
    lines: bool,
    /// How often this name was opened before.
    turn: i32,
    next: i64,
    reader: Box<dyn BufRead + Send>,
}

impl Articles {
    /// Finds all files. Nothing is read yet.
    ///
    /// # Errors
    /// When a path does not exist or a folder cannot be listed.
    pub fn of(paths: &[PathBuf]) -> Result<Self, CliError> {
        let mut files = Vec::new();
        for path in paths {
            find(path, &mut files)?;
        }
        Ok(Self { paths: files.into_iter(), open: None, opened: BTreeMap::new(), read: Arc::default() })
    }

    /// Bytes of all files; None with standard input among them.
    pub fn total_bytes(&self) -> Option<u64> {
        self.paths.as_slice().iter().map(|path| Some(path.metadata().ok()?.len())).sum()
    }

    /// Bytes read so far.
    pub fn read_bytes(&self) -> Arc<std::sync::atomic::AtomicU64> {
        self.read.clone()
    }

    fn open(&mut self, path: PathBuf) -> Result<Open, CliError> {
        let name: Arc<str> = if is_stdin(&path) { "stdin".into() } else { path.to_string_lossy().into() };
        let raw: Box<dyn Read + Send> = if is_stdin(&path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(&path).map_err(|error| CliError::File { path: path.clone(), error })?)
        };
        let counted = Counted { inner: raw, read: self.read.clone() };
        let plain = path.with_extension("");
        let gzipped = path.extension().is_some_and(|e| e == "gz");
        let mut reader: Box<dyn BufRead + Send> = if gzipped {
            Box::new(BufReader::new(MultiGzDecoder::new(counted)))
        } else {
            Box::new(BufReader::with_capacity(1 << 16, counted))
        };
        let inner = if gzipped { &plain } else { &path };
        let lines = if is_stdin(&path) {
            let mut first = Vec::new();
            let read = reader.read_until(b'\n', &mut first);
            read.map_err(|error| CliError::File { path: path.clone(), error })?;
            let whole = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&first).is_ok();
            reader = Box::new(BufReader::new(io::Cursor::new(first).chain(reader)));
            whole
        } else {
            inner.extension().is_some_and(|e| e == "jsonl" || e == "ndjson")
        };
        let turns = self.opened.entry(name.clone()).or_default();
        let turn = *turns;
        *turns += 1;
        Ok(Open { path, name, lines, turn, next: 0, reader })
    }
}

impl Iterator for Articles {
    type Item = Result<Record, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(open) = &mut self.open else {
                let path = self.paths.next()?;
                match self.open(path) {
                    Ok(open) => self.open = Some(open),
                    Err(error) => return Some(Err(error)),
                }
                continue;
            };
            match open.read() {
                Ok(Some(record)) => return Some(Ok(record)),
                Ok(None) => self.open = None,
                Err(error) => {
                    let path = open.path.clone();
                    self.open = None;
                    return Some(Err(CliError::File { path, error }));
                }
            }
        }
    }
}

impl Open {
    fn read(&mut self) -> io::Result<Option<Record>> {
        let mut value = Vec::new();
        if self.lines {
            // Blank lines separate nothing and are no articles.
            while value.trim_ascii().is_empty() {
                value.clear();
                if self.reader.read_until(b'\n', &mut value)? == 0 {
                    return Ok(None);
                }
            }
            while value.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
                value.pop();
            }
        } else {
            if self.next > 0 {
                return Ok(None);
            }
            self.reader.read_to_end(&mut value)?;
        }
        let position = Position::new(self.name.clone(), self.turn, self.next);
        self.next += 1;
        Ok(Some(Record { position, key: None, value: Some(value), headers: Vec::new(), timestamp: None }))
    }
}

struct Counted<R> {
    inner: R,
    read: Arc<std::sync::atomic::AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(n)
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn find(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), CliError> {
    if is_stdin(path) {
        files.push(path.to_owned());
        return Ok(());
    }
    let file_error = |error| CliError::File { path: path.to_owned(), error };
    if !path.metadata().map_err(file_error)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let listed: io::Result<Vec<PathBuf>> =
        path.read_dir().map_err(file_error)?.map(|entry| entry.map(|e| e.path())).collect();
    let mut entries = listed.map_err(file_error)?;
    entries.sort();
    for entry in entries {
        let hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden {
            find(&entry, files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn values(articles: Articles) -> Vec<String> {
        articles.map(|r| String::from_utf8(r.unwrap().value.unwrap()).unwrap()).collect()
    }

    #[test]
    fn a_folder_is_all_its_files_by_name_and_lines_are_articles() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.txt"), "one\ntwo\n").unwrap();
        std::fs::write(folder.path().join("a.jsonl"), "{\"n\":1}\r\n\n{\"n\":2}").unwrap();
        std::fs::write(folder.path().join(".hidden"), "no").unwrap();
        let gz = File::create(folder.path().join("c.ndjson.gz")).unwrap();
        let mut gz = flate2::write::GzEncoder::new(gz, flate2::Compression::fast());
        gz.write_all(b"{\"n\":3}\n{\"n\":4}\n").unwrap();
        gz.finish().unwrap();
        let articles = Articles::of(&[folder.path().to_owned()]).unwrap();
        assert_eq!(values(articles), ["{\"n\":1}", "{\"n\":2}", "one\ntwo\n", "{\"n\":3}", "{\"n\":4}"]);
    }

    #[test]
    fn positions_tell_the_articles_of_a_file_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{}\n{}\n").unwrap();
        let offsets: Vec<i64> = Articles::of(&[path]).unwrap().map(|r| r.unwrap().position.offset).collect();
        assert_eq!(offsets, [0, 1]);
    }

    #[test]
    fn an_empty_file_is_an_empty_article_not_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "").unwrap();
        assert_eq!(values(Articles::of(&[path]).unwrap()), [""]);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Articles::of(&["no/such/file".into()]).err().unwrap();
        assert!(error.to_string().starts_with("no/such/file: "), "{error}");
    }
}

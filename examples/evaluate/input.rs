//! Reads lines, of JSON and of text, gzipped or not.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

/// Every line of the file as a `T`; an error names the file and the line.
pub fn json_lines<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let mut all = Vec::new();
    for (index, line) in lines(path)?.enumerate() {
        let parsed = serde_json::from_str(&line?);
        all.push(parsed.map_err(|error| format!("{path}, line {}: {error}", index + 1))?);
    }
    Ok(all)
}

/// Every line of the file; an error names the file.
pub fn lines(path: &str) -> Result<impl Iterator<Item = io::Result<String>> + use<>, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("cannot open {path}: {error}"))?;
    let reader: Box<dyn Read> =
        if path.ends_with(".gz") { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    Ok(BufReader::new(reader).lines())
}

//! gaoya's links on a labelled bed, in the form that score.py and `evaluate near --beside` read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::{Outcome, articles, peer};

#[derive(Args)]
pub struct Options {
    /// A bed in the form of bed-train.jsonl[.gz]
    bed: String,
    /// Where the lines go
    predictions: PathBuf,
}

/// Each article is linked to its best match.
pub fn run(options: &Options) -> Outcome {
    let path = &options.predictions;
    let articles = articles::read(std::slice::from_ref(&options.bed))?;
    let file = File::create(path).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    let mut file = BufWriter::new(file);
    let mut index = peer::new();
    for (number, article) in articles.iter().enumerate() {
        let best = index.decide(number, &article.text);
        let of = best.map(|(of, _)| &articles[of].id);
        let line = json!({"id": article.id, "dup_of": of, "sim": best.map(|(_, similarity)| similarity)});
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}

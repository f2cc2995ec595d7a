//! Predictions as score.py reads them: `{"id", "dup_of", "sim", "rel"}` or `{"id", "cluster_pred"}` on each line.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use copydesk::dedup::Verdict;
use serde::Deserialize;
use serde_json::{Value, json};

use super::bed::BedArticle;
use super::score::Prediction;
use crate::{Outcome, input};

#[derive(Deserialize)]
struct Line {
    id: String,
    dup_of: Option<String>,
    cluster_pred: Option<Value>,
}

/// Writes links with similarity and relation.
pub fn write_links(path: &Path, bed: &[BedArticle], links: &Prediction, verdicts: &[Verdict]) -> Outcome {
    let Prediction::Links(links) = links else { return Err("clusters are no links".into()) };
    write(path, bed.iter().zip(links).zip(verdicts).map(|((article, link), verdict)| {
        let of = link.map(|link| &bed[link].id);
        json!({"id": article.id, "dup_of": of, "sim": verdict.similarity, "rel": verdict.relation.as_str()})
    }))
}

/// Writes the engine's clusters.
pub fn write_clusters(path: &Path, bed: &[BedArticle], verdicts: &[Verdict]) -> Outcome {
    write(
        path,
        bed.iter()
            .zip(verdicts)
            .map(|(article, verdict)| json!({"id": article.id, "cluster_pred": &*verdict.cluster})),
    )
}

fn write(path: &Path, lines: impl Iterator<Item = Value>) -> Outcome {
    let file = File::create(path).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    let mut file = BufWriter::new(file);
    for line in lines {
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}

/// Reads the predictions of another engine; `numbers` says where each id stands in the bed. An article without a line
/// is taken for an original.
pub fn read(path: &str, numbers: &HashMap<&str, usize>) -> Result<Prediction, Box<dyn Error>> {
    let number =
        |id: &str| numbers.get(id).copied().ok_or_else(|| format!("{path}: {id:?} is not in the bed"));
    let lines: Vec<Line> = input::json_lines(path)?;
    if lines.iter().any(|line| line.cluster_pred.is_some()) {
        // Labels of their own for articles without one: those from the length of the bed on are free.
        let mut clusters: Vec<usize> = (0..numbers.len()).collect();
        let mut labels = HashMap::new();
        for line in lines {
            let free = numbers.len() + labels.len();
            let label = line.cluster_pred.map(|name| name.to_string());
            clusters[number(&line.id)?] = *labels.entry(label).or_insert(free);
        }
        return Ok(Prediction::Clusters(clusters));
    }
    let mut links = vec![None; numbers.len()];
    for line in lines {
        let of = line.dup_of.filter(|of| !of.is_empty());
        links[number(&line.id)?] = of.map(|of| number(&of)).transpose()?;
    }
    Ok(Prediction::Links(links))
}

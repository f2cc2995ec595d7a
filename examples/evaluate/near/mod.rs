//! Near copies: the bed is fed through sketch and window in the order of its stream and the verdicts are scored; real
//! pairs are looked for among real articles.
//!
//! `engine` is the only file that knows the interface of `copydesk::dedup`.

mod bed;
mod engine;
mod errors;
mod features;
mod natural;
mod predictions;
mod rand_index;
mod run;
mod score;
mod sharded;
mod shingles;
mod stories;
mod table;

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Parser;

use crate::Outcome;
use bed::BedArticle;
use run::{Run, Source};
use score::Prediction;

pub use natural::run as run_pairs;
pub use sharded::run as run_sharded;
pub use stories::run as run_stories;

const WINDOW: i64 = engine::HOURS * 3600;

#[derive(Parser)]
#[command(name = "near", no_binary_name = true)]
struct Options {
    /// Beds in the form of bed-train.jsonl[.gz]
    #[arg(required = true, value_name = "BED.jsonl[.gz]")]
    beds: Vec<String>,
    /// Write the links as PRED lines of score.py
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Write the engine's clusters as PRED lines of score.py
    #[arg(long, value_name = "FILE")]
    clusters: Option<PathBuf>,
    /// Score PRED lines of another engine beside ours
    #[arg(long, value_name = "NAME=FILE")]
    beside: Vec<String>,
    /// Print so many false flags and so many misses
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Print errors of this edit or hard negative alone
    #[arg(long, value_name = "KIND")]
    only: Option<String>,
    /// Write the features of every comparison, for scripts/fit-score
    #[arg(long, value_name = "FILE")]
    features: Option<PathBuf>,
    /// Repair the text first, as a worker does
    #[arg(long)]
    repair: bool,
    /// Articles that the window holds
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    window: usize,
}

/// `BED.jsonl[.gz] ... [options]`
pub fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse_from(arguments);
    if options.beds.len() > 1 && !(options.beside.is_empty() && options.predictions.is_none()) {
        return Err("predictions belong to one bed: give one bed with --predictions and --beside".into());
    }
    for path in &options.beds {
        let bed = bed::read(path)?;
        println!("{path}: {} articles{}", bed.len(), if options.repair { ", repaired" } else { "" });
        report(&bed, &options)?;
    }
    Ok(())
}

fn report(bed: &[BedArticle], options: &Options) -> Outcome {
    let numbers = bed::numbers(bed)?;
    let sources: Vec<Source<'_>> = bed.iter().map(Source::from).collect();
    if let Some(path) = &options.features {
        return features::write(path, bed, options.window);
    }
    let run = run::run(&sources, options.window, options.repair);
    run.print();
    let (links, clusters) = ours(&run, &numbers)?;
    if let Some(path) = &options.predictions {
        predictions::write_links(path, bed, &links, &run.verdicts)?;
    }
    if let Some(path) = &options.clusters {
        predictions::write_clusters(path, bed, &run.verdicts)?;
    }
    let ours = score::score(bed, &links, WINDOW);
    let mut rows = vec![
        ("copydesk, links".to_owned(), ours.clone()),
        ("copydesk, clusters".to_owned(), score::score(bed, &clusters, WINDOW)),
    ];
    for beside in &options.beside {
        let (name, path) = beside.split_once('=').ok_or("--beside wants NAME=FILE")?;
        let theirs = predictions::read(path, &numbers)?;
        rows.push((name.to_owned(), score::score(bed, &theirs, WINDOW)));
    }
    table::print(&rows);
    errors::print(bed, &ours, &run, options.errors, options.only.as_deref());
    Ok(())
}

/// Our verdicts as links and as clusters.
fn ours(run: &Run, numbers: &HashMap<&str, usize>) -> Result<(Prediction, Prediction), String> {
    let number = |id: &str| {
        numbers.get(id).copied().ok_or_else(|| format!("a verdict names {id:?}, which is not in the bed"))
    };
    let links = run.verdicts.iter().map(|verdict| engine::copy_of(verdict).map(number).transpose());
    let clusters = run.verdicts.iter().map(|verdict| number(&verdict.cluster));
    Ok((
        Prediction::Links(links.collect::<Result<_, _>>()?),
        Prediction::Clusters(clusters.collect::<Result<_, _>>()?),
    ))
}

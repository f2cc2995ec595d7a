//! Trains the tagger of names: builds the lists, learns the weights, and writes both as the files that are embedded
//! in the program.
//!
//!     cargo run --release --example train_names -- --data ../shared/data
//!
//! The same data give the same bytes. `--try FILE` measures on a labelled set; with it nothing is written.

mod calibrate;
mod corpus;
mod lists;
mod perceptron;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use copydesk::extract::names::NameKind;
use copydesk::extract::names::gazetteer::Gazetteer;
use copydesk::extract::names::labels::LABELS;
use copydesk::extract::names::model::{self, Model};
use copydesk::extract::names::tagging::Tagger;
use copydesk::text::Segments;
use rayon::prelude::*;

#[derive(Parser)]
struct Arguments {
    /// The folder of training data and gazetteers.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Our own lists, and where the files are written.
    #[arg(long, default_value = "data/names")]
    out: PathBuf,
    /// Our own annotations.
    #[arg(long, default_value = "training/annotations")]
    annotations: PathBuf,
    /// A labelled set to measure on.
    #[arg(long = "try")]
    measure: Vec<PathBuf>,
    /// Leave out a source or document of the open mix.
    #[arg(long)]
    without: Vec<String>,
    /// Leave out share-alike rows.
    #[arg(long)]
    no_share_alike: bool,
    /// How often each run is seen.
    #[arg(long, default_value_t = 8)]
    epochs: usize,
    /// How many learners, each with an order of its own; their mean is kept.
    #[arg(long, default_value_t = 4)]
    seeds: u64,
    /// Features seen less often are left out.
    #[arg(long, default_value_t = 3)]
    least: u32,
    /// By how much a labelling must win for each wrong word of its rival.
    #[arg(long, default_value_t = 20.0)]
    margin: f32,
    /// The share of features that a step does without.
    #[arg(long, default_value_t = 0.3)]
    drop: f32,
    /// How often our own annotations count.
    #[arg(long, default_value_t = 2)]
    repeat: usize,
    /// The most rows of the model; a row takes 32 bytes of the file. Rows of small weights go first.
    #[arg(long, default_value_t = 60_000)]
    rows: usize,
    /// A labelled set on which the numbers of `names/confidence.rs` are fitted and printed.
    #[arg(long)]
    calibrate: Option<PathBuf>,
    #[arg(long)]
    errors: bool,
    #[arg(long)]
    write: bool,
}

fn main() {
    let args = Arguments::parse();
    let start = Instant::now();
    let table = lists::build(&args.data, &args.out);
    let gazetteer = Gazetteer::from_bytes(&table).expect("a table of lists");
    eprintln!("lists: {} bytes, {:.1} s", table.len(), start.elapsed().as_secs_f32());
    let mut leave_out: HashSet<String> = ["wikiann-silver", "re3d", "sec-filings"]
        .into_iter()
        .map(str::to_owned)
        .chain(args.without.iter().cloned())
        .collect();
    let texts = corpus::texts(&args.data);
    let mut own = Vec::new();
    for file in ["wikinews", "geovirus", "more"] {
        let path = args.annotations.join(format!("{file}.jsonl"));
        if path.exists() && !leave_out.contains(file) {
            own.extend(corpus::annotated(&path, &texts, &gazetteer));
        }
    }
    // What we annotated ourselves is not learnt twice, by two guidelines.
    for (id, _) in &own {
        if let Some(id) = id.strip_prefix("gum:GUM_") {
            leave_out.insert(format!("gum-{}:GUM_{id}", id.split('_').next().unwrap_or("")));
        }
    }
    let open = corpus::token_articles(
        &args.data.join("train/ner.jsonl.gz"),
        &leave_out,
        !args.no_share_alike,
        &gazetteer,
    );
    let mut articles: Vec<&corpus::Article> = open.iter().collect();
    for _ in 0..args.repeat {
        articles.extend(own.iter().map(|(_, article)| article));
    }
    let words: usize = articles.iter().map(|article| article.words.words.len()).sum();
    eprintln!(
        "{} articles, {} own, {words} words, {:.1} s",
        articles.len(),
        own.len(),
        start.elapsed().as_secs_f32()
    );
    let problem = perceptron::problem(&articles, args.least);
    eprintln!(
        "{} runs, {} features, {:.1} s",
        problem.runs.len(),
        problem.features.len(),
        start.elapsed().as_secs_f32()
    );
    let learners: Vec<_> = (0..args.seeds)
        .into_par_iter()
        .map(|seed| perceptron::learn(&problem, args.epochs, seed + 1, args.margin, args.drop))
        .collect();
    let weights = perceptron::mean(&learners);
    let (rows, transitions) = perceptron::compact(&problem, &weights, args.rows);
    let bytes = model::write(&version(&table, &rows), &transitions, &rows);
    eprintln!("model: {} bytes, {:.1} s", bytes.len(), start.elapsed().as_secs_f32());
    let tagger = Tagger::new(Model::from_bytes(&bytes).expect("a model"), gazetteer);
    for path in &args.measure {
        measure(&tagger, path, args.errors);
    }
    if let Some(path) = &args.calibrate {
        calibrate::print(&tagger, gazetteer, path);
    }
    if args.write {
        write(&args.out.join("lists.bin"), &table);
        write(&args.out.join("model.bin"), &bytes);
    }
}

/// What the model calls itself in records: the version of the features, and a digest of what was learnt and of the lists.
fn version(lists: &[u8], rows: &std::collections::BTreeMap<u64, [i32; LABELS]>) -> String {
    let mut bytes = lists.to_vec();
    for (feature, row) in rows {
        bytes.extend(feature.to_le_bytes());
        bytes.extend(row.iter().flat_map(|weight| weight.to_le_bytes()));
    }
    format!("names-1-{:08x}", xxhash_rust::xxh3::xxh3_64(&bytes) as u32)
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

fn measure(tagger: &Tagger<'_>, path: &Path, errors: bool) {
    let set = corpus::labelled(path);
    let mut counts = [[0usize; 3]; 3];
    let start = Instant::now();
    for (text, gold) in &set {
        let found = tagger.names(text, &Segments::new(text));
        let found: Vec<_> = found.iter().map(|name| (name.span, name.kind)).collect();
        for name in &found {
            counts[name.1 as usize][if gold.contains(name) { 0 } else { 1 }] += 1;
            if errors && !gold.contains(name) {
                show("FP", text, *name);
            }
        }
        for name in gold {
            if !found.contains(name) {
                counts[name.1 as usize][2] += 1;
                if errors {
                    show("FN", text, *name);
                }
            }
        }
    }
    let line = |counts: &[[usize; 3]]| {
        let [tp, fp, missed] = counts.iter().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        let p = 100.0 * tp as f64 / (tp + fp).max(1) as f64;
        let r = 100.0 * tp as f64 / (tp + missed).max(1) as f64;
        format!("{:.1} ({p:.1}/{r:.1})", 2.0 * p * r / (p + r).max(1e-9))
    };
    println!(
        "{}: F1 {} | PER {} ORG {} LOC {} | {:.2} s",
        path.file_name().unwrap_or_default().to_string_lossy(),
        line(&counts),
        line(&counts[..1]),
        line(&counts[1..2]),
        line(&counts[2..]),
        start.elapsed().as_secs_f32()
    );
}

fn show(what: &str, text: &str, (span, kind): (copydesk::text::Span, NameKind)) {
    let from = text[..span.start].char_indices().rev().nth(30).map_or(0, |(i, _)| i);
    let to = text[span.end..].char_indices().nth(30).map_or(text.len(), |(i, _)| span.end + i);
    println!("{what} {kind:?} [{}] :: {}", span.text(text), text[from..to].replace('\n', " / "));
}

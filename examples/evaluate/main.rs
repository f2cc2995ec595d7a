//! Measures parts of the stage against labelled sets; docs/QUALITY.md keeps the results.
//!
//! `cargo run --release --example evaluate -- <task> <files>`

mod boilerplate;
mod changes;
mod gold;
mod input;
mod names;
mod near;
mod orgs;
mod people;
mod places;
mod repeats;
mod specimen;
mod toponyms;

use std::error::Error;
use std::process::ExitCode;

type Outcome = Result<(), Box<dyn Error>>;

const USAGE: &str = "usage: evaluate TASK FILES
  repeats BED.jsonl[.gz] [PRED.jsonl]  score repair on articles with repeats inside; PRED: write the output paragraphs
  specimen ARTICLE.txt EXPECTED.json   compare what repair keeps with `dedup.keptParagraphs`, and the entities with theirs
  boilerplate LINES.jsonl[.gz] ...     score the boilerplate rule on labelled lines inside articles
  changes ARTICLES.jsonl[.gz] ...      how many real articles repair changes, and why; [--show N] prints some
  names SET.jsonl[.gz] ...             score the names that the tagger finds; --help
  near BED.jsonl[.gz] ...              score near copies on a labelled stream; --help says what else it prints
  near-pairs TEXTS.jsonl[.gz] PAIRS.tsv[.gz]  look for real pairs among real articles; --help
  near-sharded BED.jsonl[.gz] ...      near copies with several sketch logs in place of one: what is lost, what it costs
  places ARTICLES.jsonl[.gz] ...       score place resolution on gold toponyms, and recognition; [--bare] [--errors N]
  stories BED.jsonl[.gz] ...           score stories on a labelled stream; --help
  orgs SET.jsonl[.gz] ...              which named mentions of organisations are joined, against gold coreference; --errors
  orgs-show ARTICLES ANNOTATIONS FROM COUNT  print the organisations of annotated articles, and the time they take
  people SET.jsonl[.gz] ...            which named mentions of people are joined, against gold coreference; --errors
  people-show ARTICLES ANNOTATIONS FROM COUNT  print what is read about the people of annotated articles, and its time";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((task, files)) if !files.is_empty() => match task.as_str() {
            "repeats" => repeats::run(files),
            "specimen" => specimen::run(files),
            "boilerplate" => boilerplate::run(files),
            "changes" => changes::run(files),
            "names" => names::run(files),
            "near" => near::run(files),
            "near-sharded" => near::run_sharded(files),
            "places" => places::run(files),
            "people" => people::run(files),
            "people-show" => people::show(files),
            "orgs" => orgs::run(files),
            "orgs-show" => orgs::show(files),
            "stories" => near::run_stories(files),
            "near-pairs" => near::run_pairs(files),
            other => Err(format!("there is no task {other:?}\n{USAGE}").into()),
        },
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

//! What comes after one log: articles go to several, by language or by the keys of their text, and each log's workers see
//! only their own. How many copies are still found, and how many entries does each log carry?
//!
//! By key, an article goes to the log of each of its first few keys; the workers of each give their verdict, and the
//! one with the greatest similarity counts. A simulation: there is one process, and no Kafka.

use std::collections::BTreeSet;

use clap::Parser;
use copydesk::dedup::{Entry, Verdict};
use copydesk::extract;

use super::bed::{self, BedArticle};
use super::engine::{self, Article};
use super::score::{self, Prediction, f1};
use crate::Outcome;

#[derive(Parser)]
#[command(name = "near-sharded", no_binary_name = true)]
struct Options {
    /// Beds in the form of bed-train.jsonl[.gz]
    #[arg(required = true, value_name = "BED.jsonl[.gz]")]
    beds: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    One,
    Language,
    Keys(Which),
}

/// Keys that choose the logs: so many of the least of the whole text, so many of the least of the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Which {
    text: usize,
    lead: usize,
}

/// `BED.jsonl[.gz] ...`
pub fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse_from(arguments);
    for path in &options.beds {
        let bed = bed::read(path)?;
        println!("{path}: {} articles", bed.len());
        println!(
            "logs  chosen by                  entries each  decision F1  P       R       pair F1 of links"
        );
        report(&bed, 1, By::One)?;
        report(&bed, 8, By::Language)?;
        for logs in [2, 4, 16] {
            for (text, lead) in [(1, 0), (0, 1), (1, 1), (2, 1), (2, 2), (4, 2)] {
                report(&bed, logs, By::Keys(Which { text, lead }))?;
            }
        }
    }
    Ok(())
}

fn report(bed: &[BedArticle], logs: usize, by: By) -> Outcome {
    let numbers = bed::numbers(bed)?;
    let mut windows: Vec<_> = (0..logs).map(|_| engine::new_window(bed.len().max(1))).collect();
    let mut links = Vec::new();
    let mut entries = 0;
    for (number, article) in bed.iter().enumerate() {
        let BedArticle { id, title, text, ts, .. } = article;
        let entry = engine::entry_of(&Article { id, title, text, seconds: *ts, number });
        let chosen = chosen(&entry, text, logs, by);
        entries += chosen.len();
        let verdicts = chosen.iter().map(|log| engine::decide(&mut windows[*log], &entry));
        let best = verdicts.max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
        let of = best.as_ref().and_then(engine::copy_of).map(|id| numbers.get(id).copied());
        links.push(of.flatten());
    }
    let score = score::score(bed, &Prediction::Links(links), super::WINDOW);
    let (p, r) = (score.precision.share(), score.recall.share());
    let name = match by {
        By::One => "(one log)".to_owned(),
        By::Language => "language".to_owned(),
        By::Keys(which) => format!("{} least, {} of the lead", which.text, which.lead),
    };
    println!(
        "{logs:>4}  {name:<25}  {:>11.1} %  {:.4}       {p:.4}  {r:.4}  {:.4}",
        entries as f64 * 100.0 / (bed.len() * logs) as f64,
        f1(p, r),
        f1(score.pair_precision.share(), score.pair_recall.share()),
    );
    Ok(())
}

/// Nothing for what is no copy.
fn similarity(verdict: &Verdict) -> f64 {
    engine::copy_of(verdict).and(verdict.similarity).unwrap_or(-1.0)
}

fn chosen(entry: &Entry, text: &str, logs: usize, by: By) -> BTreeSet<usize> {
    let log_of = |hash: u64| (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % logs;
    match by {
        By::One => BTreeSet::from([0]),
        By::Language => {
            let tag = extract::detect(text, None).tag.unwrap_or_default();
            BTreeSet::from([log_of(tag.bytes().fold(7, |hash, byte| hash * 31 + u64::from(byte)))])
        }
        By::Keys(Which { text, lead }) => {
            let least = entry.sketch.shingles.members().iter().take(text).map(|member| member.hash());
            let lead = entry.sketch.places.iter().take(lead).copied();
            let keys: BTreeSet<usize> = least.chain(lead).map(|key| log_of(key.into())).collect();
            // Too short for keys: all such go to one log.
            if keys.is_empty() { BTreeSet::from([0]) } else { keys }
        }
    }
}

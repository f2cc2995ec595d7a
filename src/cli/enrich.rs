//! `copydesk enrich`: the stage without Kafka. Articles are prepared and finished on all cores in blocks; the
//! in-memory sketch log takes their entries in the order of the input, and the output has that order too.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::Args;
use crossbeam_channel::bounded;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::error::CliError;
use super::input::Articles;
use crate::article::Record;
use crate::config::Settings;
use crate::dedup::{MemoryLog, SketchLog, Submitted, Verdict};
use crate::stage::{Outcome, Prepared, PreparedArticle, Stage};

/// A block: enough articles to keep the cores busy, few enough bytes to keep memory small.
const BLOCK_ARTICLES: usize = 512;
const BLOCK_BYTES: usize = 16 * 1024 * 1024;

/// Arguments of `enrich`.
#[derive(Debug, Args)]
pub struct EnrichArgs {
    /// Files, folders, or - for standard input; .jsonl and .ndjson hold one article a line, .gz is unpacked
    #[arg(default_value = "-", value_name = "FILE|DIR|-")]
    paths: Vec<PathBuf>,
    /// Where enriched articles go, as JSON lines; standard output if absent
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where input goes that is no article: its bytes, one file each; it is reported on stderr in any case
    #[arg(long, value_name = "DIR")]
    dead_letters: Option<PathBuf>,
}

/// What was done, for the last line.
#[derive(Default)]
struct Tally {
    articles: u64,
    enriched: u64,
    verdicts: BTreeMap<&'static str, u64>,
    dead: BTreeMap<&'static str, u64>,
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read or written. Input that is no article is no error: it is reported and counted.
pub fn run(args: &EnrichArgs, settings: &Settings) -> Result<(), CliError> {
    crate::telemetry::init(&settings.log)?;
    let articles = Articles::of(&args.paths)?;
    let bar = progress_bar(articles.total_bytes());
    let read = articles.read_bytes();
    let stage = Stage::new(settings.stage());
    let log = settings.dedup.enabled.then(|| MemoryLog::new(settings.dedup.window_settings(None)));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.worker.thread_count().get())
        .build()
        .map_err(std::io::Error::other)?;
    let mut out = writer(args.output.as_ref())?;
    if let Some(folder) = &args.dead_letters {
        std::fs::create_dir_all(folder).map_err(|error| CliError::File { path: folder.clone(), error })?;
    }
    let mut tally = Tally::default();
    let start = Instant::now();

    // The next block is read while this one is worked on, and no further ahead.
    let (blocks, taken) = bounded::<Result<Vec<Record>, CliError>>(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for block in (Blocks { articles, error: None }) {
                if blocks.send(block).is_err() {
                    return;
                }
            }
        });
        for block in taken {
            let block = block?;
            let outcomes = pool.install(|| work(&stage, log.as_ref(), &block));
            for (record, (outcome, verdict)) in block.iter().zip(outcomes) {
                tally.articles += 1;
                if let Some(verdict) = verdict {
                    *tally.verdicts.entry(verdict).or_default() += 1;
                }
                write_outcome(&mut out, args, record, outcome, &mut tally, &bar)?;
            }
            bar.set_position(read.load(Ordering::Relaxed));
            bar.set_message(tally.articles.to_string());
        }
        Ok::<(), CliError>(())
    })?;
    out.flush().map_err(CliError::Output)?;
    bar.finish_and_clear();
    report(&tally, start);
    Ok(())
}

/// First halves, verdicts in order, second halves.
fn work(stage: &Stage, log: Option<&MemoryLog>, block: &[Record]) -> Vec<(Outcome, Option<&'static str>)> {
    let prepared: Vec<Prepared> = block.par_iter().map(|record| stage.prepare(record)).collect();
    let decided: Vec<Decided> = prepared.into_iter().map(|prepared| decide(log, prepared)).collect();
    (decided.into_par_iter().zip(block))
        .map(|(decided, record)| match decided {
            Decided::Early(outcome) => (outcome, None),
            Decided::Article(article, verdict) => {
                (stage.finish(record, article, &verdict), Some(verdict.relation.as_str()))
            }
        })
        .collect()
}

enum Decided {
    Early(Outcome),
    Article(Box<PreparedArticle>, Verdict),
}

fn decide(log: Option<&MemoryLog>, prepared: Prepared) -> Decided {
    let article = match prepared {
        Prepared::Article(article) => article,
        Prepared::Tombstone => return Decided::Early(Outcome::Tombstone),
        Prepared::Rejected(reject) => return Decided::Early(Outcome::Rejected(reject)),
    };
    let verdict = match log.map(|log| log.submit(article.entry(), ())) {
        Some(Submitted::Decided((), verdict)) => verdict,
        // The log in memory answers at once.
        Some(Submitted::Pending | Submitted::Full(())) | None => Verdict::off(article.entry().id.clone()),
    };
    Decided::Article(article, verdict)
}

fn write_outcome(
    out: &mut impl Write,
    args: &EnrichArgs,
    record: &Record,
    outcome: Outcome,
    tally: &mut Tally,
    bar: &ProgressBar,
) -> Result<(), CliError> {
    match outcome {
        Outcome::Enriched(enriched) => {
            tally.enriched += 1;
            out.write_all(&enriched.json).and_then(|()| out.write_all(b"\n")).map_err(CliError::Output)
        }
        Outcome::Rejected(reject) => {
            *tally.dead.entry(reject.kind.as_str()).or_default() += 1;
            bar.suspend(|| anstream::eprintln!("{}: {reject}", place(record)));
            let Some(folder) = &args.dead_letters else { return Ok(()) };
            let number: u64 = tally.dead.values().sum();
            let path = folder.join(format!("{number:06}.{}", reject.kind.as_str()));
            std::fs::write(&path, record.value.as_deref().unwrap_or_default())
                .map_err(|error| CliError::File { path, error })
        }
        // A file has no tombstones.
        Outcome::Dropped | Outcome::Tombstone => Ok(()),
    }
}

fn place(record: &Record) -> String {
    format!("{}, article {}", record.position.topic, record.position.offset + 1)
}

fn report(tally: &Tally, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    let list = |counts: &BTreeMap<&'static str, u64>| {
        counts.iter().map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>().join(", ")
    };
    let dead: u64 = tally.dead.values().sum();
    let mut line = format!("{} in, {} enriched", tally.articles, tally.enriched);
    if !tally.verdicts.is_empty() {
        line += &format!(" ({})", list(&tally.verdicts));
    }
    if dead > 0 {
        line += &format!(", {dead} not articles ({})", list(&tally.dead));
    }
    anstream::eprintln!("{line}; {seconds:.1} s, {:.0} articles/s", tally.articles as f64 / seconds);
}

fn writer(path: Option<&PathBuf>) -> Result<Box<dyn Write>, CliError> {
    Ok(match path {
        None => Box::new(BufWriter::new(std::io::stdout())),
        Some(path) => {
            let file = File::create(path).map_err(|error| CliError::File { path: path.clone(), error })?;
            Box::new(BufWriter::with_capacity(1 << 16, file))
        }
    })
}

/// Hidden by itself where stderr is no terminal.
pub fn progress_bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "{bar:30.cyan/dim} {percent:>3} %  {msg} articles  {binary_bytes_per_sec}  eta {eta}",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {msg} articles  {binary_bytes_per_sec}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Records in blocks. What was read before an error is worked on before the error is told.
struct Blocks {
    articles: Articles,
    error: Option<CliError>,
}

impl Iterator for Blocks {
    type Item = Result<Vec<Record>, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.error.take() {
            return Some(Err(error));
        }
        let mut block = Vec::new();
        let mut bytes = 0;
        while block.len() < BLOCK_ARTICLES && bytes < BLOCK_BYTES {
            match self.articles.next() {
                None => break,
                Some(Ok(record)) => {
                    bytes += record.value.as_ref().map_or(0, Vec::len);
                    block.push(record);
                }
                Some(Err(error)) => {
                    self.error = Some(error);
                    break;
                }
            }
        }
        match block.is_empty() {
            true => self.error.take().map(Err),
            false => Some(Ok(block)),
        }
    }
}

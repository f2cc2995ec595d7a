//! Bytes per article: growth of the resident memory of a fresh process that is fed so many articles.
//!
//! Each engine is measured in a process of its own (this program again), since memory that one has given back to the
//! allocator would hide what the other takes. The texts are in memory before the first reading; one text at a time is
//! made of them.

use std::error::Error;
use std::process::Command;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::articles::{self, Article};
use crate::{Outcome, engine, peer};

const STATUS: &str = "/proc/self/status";

#[derive(Args)]
pub struct Options {
    /// JSON lines with `id` and `text` or `body`
    files: Vec<String>,
    /// Articles that are fed, and that the window holds; those beyond the files are made of theirs
    #[arg(long, default_value_t = 100_000)]
    articles: usize,
    /// Measure this one, in this process
    #[arg(long)]
    engine: Option<Engine>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Engine {
    Copydesk,
    Gaoya,
    /// With the container for removals
    GaoyaRemovable,
}

impl Default for Options {
    fn default() -> Self {
        Self { files: Vec::new(), articles: 100_000, engine: None }
    }
}

/// One line for each engine.
pub fn run(options: &Options) -> Outcome {
    if let Some(engine) = options.engine {
        return measure(engine, options);
    }
    for engine in Engine::value_variants() {
        let name = name_of(*engine);
        let status = Command::new(std::env::current_exe()?)
            .args(["memory", "--engine", &name, "--articles", &options.articles.to_string()])
            .args(&options.files)
            .status()?;
        if !status.success() {
            return Err(format!("the process that measures {name} failed: {status}").into());
        }
    }
    Ok(())
}

/// As it is given to `--engine`.
fn name_of(engine: Engine) -> String {
    engine.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned())
}

fn measure(engine: Engine, options: &Options) -> Outcome {
    let articles = articles::read(&options.files)?;
    let count = options.articles;
    let name = name_of(engine);
    match engine {
        Engine::Copydesk => fill(
            &name,
            &articles,
            count,
            || engine::new_window(count),
            |window, number, article| {
                let entry = engine::entry_of(&article.at(number));
                engine::copy_of(&engine::decide(window, &entry)).is_some()
            },
        ),
        Engine::Gaoya => fill(&name, &articles, count, peer::new, |index, number, article| {
            index.decide(number, &article.text).is_some()
        }),
        Engine::GaoyaRemovable => {
            fill(&name, &articles, count, peer::new_removable, |index, number, article| {
                index.decide(number, &article.text).is_some()
            })
        }
    }
}

/// Feeds `count` articles to an engine that `make` makes, and prints what it took.
fn fill<E>(
    name: &str,
    articles: &[Article],
    count: usize,
    make: impl FnOnce() -> E,
    mut is_copy: impl FnMut(&mut E, usize, &Article) -> bool,
) -> Outcome {
    let before = resident_bytes()?;
    let mut engine = make();
    let mut copies = 0;
    let (last_tenth, mut spent) = (count - count / 10, Duration::ZERO);
    for number in 0..count {
        let article = articles::endless(articles, number);
        let start = Instant::now();
        copies += usize::from(is_copy(&mut engine, number, &article));
        if number >= last_tenth {
            spent += start.elapsed();
        }
    }
    let grown = resident_bytes()?.saturating_sub(before);
    // It must live until memory is read.
    drop(engine);
    println!(
        "{name:<15} {count} articles, {copies} of them called copies: {} MiB, {:.0} bytes per article; the last tenth at \
         {:.0} articles/s",
        grown >> 20,
        grown as f64 / count.max(1) as f64,
        (count - last_tenth) as f64 / spent.as_secs_f64().max(1e-9),
    );
    Ok(())
}

/// Resident memory of this process.
pub fn resident_bytes() -> Result<usize, Box<dyn Error>> {
    let status =
        std::fs::read_to_string(STATUS).map_err(|error| format!("{STATUS} (Linux only): {error}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")).ok_or("no VmRSS in kB")?;
    Ok(kib.parse::<usize>()? * 1024)
}

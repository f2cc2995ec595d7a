//! Articles per second. The engines take turns; each round feeds all articles to indexes that start empty.

use std::hint::black_box;
use std::time::{Duration, Instant};

use clap::Args;

use crate::articles::{self, Article};
use crate::{Outcome, engine, peer};

#[derive(Args)]
pub struct Options {
    /// JSON lines with `id` and `text` or `body`
    files: Vec<String>,
    /// Rounds that count, after one that does not
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Articles that the window holds; as many as are fed if not given, since gaoya keeps them all
    #[arg(long)]
    window: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { files: Vec::new(), rounds: 5, window: None }
    }
}

/// Feeds all articles, with a window of so many.
type Measure = fn(&[Article], usize) -> Duration;

/// What is timed, in the order of a round.
const ROWS: [(&str, Measure); 3] = [
    ("copydesk, sketch alone", sketch),
    ("copydesk, sketch + window", sketch_and_window),
    ("gaoya, shingles + signature + query + insert", gaoya),
];

/// Prints medians and the ratio of the last two rows.
pub fn run(options: &Options) -> Outcome {
    let articles = articles::read(&options.files)?;
    let window = options.window.unwrap_or(articles.len());
    let mut rates: [Vec<f64>; ROWS.len()] = Default::default();
    for round in 0..=options.rounds.max(1) {
        for (row, (_, measure)) in ROWS.iter().enumerate() {
            let rate = articles.len() as f64 / measure(&articles, window).as_secs_f64();
            // The first round pays for cold caches and for memory that the process never had.
            if round > 0 {
                rates[row].push(rate);
            }
        }
    }
    println!("articles/s on one thread, {} rounds in turns      median     least      most", rates[0].len());
    for ((name, _), rates) in ROWS.iter().zip(&rates) {
        let (least, most) = (fold(rates, f64::min), fold(rates, f64::max));
        println!("{name:<50} {:>9.0} {least:>9.0} {most:>9.0}", median(rates));
    }
    let ratios: Vec<f64> = rates[1].iter().zip(&rates[2]).map(|(ours, theirs)| ours / theirs).collect();
    let (least, most) = (fold(&ratios, f64::min), fold(&ratios, f64::max));
    println!("copydesk / gaoya, within a round {:>27.2} {least:>9.2} {most:>9.2}", median(&ratios));
    Ok(())
}

fn sketch(articles: &[Article], _: usize) -> Duration {
    let start = Instant::now();
    for (number, article) in articles.iter().enumerate() {
        black_box(engine::entry_of(&article.at(number)));
    }
    start.elapsed()
}

fn sketch_and_window(articles: &[Article], window: usize) -> Duration {
    let mut window = engine::new_window(window);
    let start = Instant::now();
    for (number, article) in articles.iter().enumerate() {
        let entry = engine::entry_of(&article.at(number));
        black_box(engine::decide(&mut window, &entry));
    }
    // The window is dropped after this, and not timed; nor is gaoya's index.
    start.elapsed()
}

fn gaoya(articles: &[Article], _: usize) -> Duration {
    let mut index = peer::new();
    let start = Instant::now();
    for (number, article) in articles.iter().enumerate() {
        black_box(index.decide(number, &article.text));
    }
    start.elapsed()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}

fn fold(values: &[f64], choose: fn(f64, f64) -> f64) -> f64 {
    values.iter().copied().reduce(choose).unwrap_or(f64::NAN)
}

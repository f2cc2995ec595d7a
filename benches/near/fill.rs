//! A full window, and more: memory, speed and recall at its size, with made-up sketches. The time is that of the window alone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use copydesk::dedup::{Entry, Place, Window};

use crate::made_up::{entry, id};
use crate::{Outcome, engine, memory};

/// Articles between two lines.
const LINES: u64 = 10;

#[derive(Args)]
pub struct Options {
    /// Articles that the window holds
    #[arg(long, default_value_t = 10_000_000)]
    window: u64,
    /// Articles that are fed, as a multiple of that
    #[arg(long, default_value_t = 1.3)]
    times: f64,
}

/// One line for every tenth.
pub fn run(options: &Options) -> Outcome {
    let all = (options.window as f64 * options.times) as u64;
    let before = memory::resident_bytes()?;
    let mut window = engine::new_window(options.window as usize);
    let (mut copies, mut found) = (0u64, 0u64);
    let mut spent = Duration::ZERO;
    let mut batch = Vec::new();
    for number in 0..all {
        batch.push(entry(number, options.window));
        // The clock is asked once for many articles: it would cost as much as some of them.
        if batch.len() == 1000 || number + 1 == all {
            let start = Instant::now();
            let verdicts: Vec<_> = batch.iter().map(|(entry, _)| decide(&mut window, entry)).collect();
            spent += start.elapsed();
            for ((_, base), of) in batch.drain(..).zip(verdicts) {
                copies += u64::from(base.is_some());
                found += u64::from(base.is_some_and(|base| of.as_deref() == Some(&*id(base))));
            }
        }
        if (number + 1) % (all / LINES).max(1) == 0 {
            let grown = memory::resident_bytes()?.saturating_sub(before);
            println!(
                "{:>10} articles: {:.3} GiB, {:.0} bytes for each that is held; {:.0} articles/s; {:.2} % of {copies} copies \
                 found as copies of the very article",
                number + 1,
                grown as f64 / (1u64 << 30) as f64,
                grown as f64 / window.len() as f64,
                (all / LINES) as f64 / spent.as_secs_f64(),
                found as f64 * 100.0 / copies.max(1) as f64,
            );
            (copies, found, spent) = (0, 0, Duration::ZERO);
        }
    }
    Ok(())
}

fn decide(window: &mut Window, entry: &Entry) -> Option<Arc<str>> {
    let place = Place { offset: entry.position.offset as u64, append_time: entry.event_time };
    window.apply(entry, place).0.of
}

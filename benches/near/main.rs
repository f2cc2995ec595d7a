//! copydesk's near copies beside gaoya's MinHash index: articles per second on one thread, and bytes per article.
//!
//! `cargo bench --bench near [-- speed|memory|predict ...]`
//!
//! No criterion: it measures one function after the other, so whatever else the machine does falls on one of the two;
//! here they take turns, round by round, and the ratio is taken within a round. A round is a whole stream through an
//! index that starts empty, which is no closure to be called a thousand times either.
//!
//! `cargo test --all-targets` runs this program too. It measures only if cargo says `--bench` or a task is named;
//! otherwise it feeds both engines three articles and is done.

mod articles;
#[path = "../../examples/evaluate/near/engine.rs"]
#[allow(dead_code, reason = "the evaluator needs the rest of it")]
mod engine;
mod fill;
#[path = "../../examples/evaluate/input.rs"]
mod input;
mod made_up;
mod memory;
mod peer;
mod predict;
mod smoke;
mod speed;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

type Outcome = Result<(), Box<dyn Error>>;

#[derive(Parser)]
#[command(name = "near")]
struct Options {
    /// Given by `cargo bench`
    #[arg(long, hide = true, global = true)]
    bench: bool,
    /// Both speed and memory if none is named
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Articles per second, one thread, in turns
    Speed(speed::Options),
    /// Bytes per article, each engine in a process of its own
    Memory(memory::Options),
    /// A full window of made-up sketches: memory, speed, recall
    Fill(fill::Options),
    /// Write what gaoya says of a bed, as PRED lines of score.py
    Predict(predict::Options),
}

const TASKS: [&str; 5] = ["speed", "memory", "fill", "predict", "help"];

fn main() -> ExitCode {
    // A test run may hand over arguments of the test harness, which are not for this program.
    let is_asked = std::env::args().skip(1).any(|a| a == "--bench" || TASKS.contains(&a.as_str()));
    let outcome = if is_asked { measure() } else { smoke::run() };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Outcome {
    match Options::parse().task {
        Some(Task::Speed(options)) => speed::run(&options),
        Some(Task::Memory(options)) => memory::run(&options),
        Some(Task::Fill(options)) => fill::run(&options),
        Some(Task::Predict(options)) => predict::run(&options),
        None => {
            speed::run(&speed::Options::default())?;
            memory::run(&memory::Options::default())
        }
    }
}

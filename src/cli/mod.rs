//! The command line. Each command is a file; [`run`] is the one place where errors become exit codes.

mod check;
mod dead_letters;
mod demo;
mod enrich;
mod error;
mod input;
mod run;
mod samples;
mod show;
mod topics;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use self::error::CliError;
use crate::config::{Loaded, Sources};
use crate::shutdown::Exit;

/// A copy desk for a Kafka topic: raw news articles in, repaired, deduplicated and enriched JSON out.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct SettingsArgs {
    /// Settings file (TOML); see config/copydesk.toml for all keys
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// One setting by its dotted name; may be repeated, and wins over file and environment
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the worker: read the input topic, write enriched articles and dead letters
    Run,
    /// Show the whole worker on a Kafka cluster inside this process; nothing to install
    Demo(demo::DemoArgs),
    /// Enrich articles from files, without Kafka; JSON lines out, in the order of the input
    Enrich(enrich::EnrichArgs),
    /// Check the settings, the time budgets and, if a broker answers, the topics
    Check(check::CheckArgs),
    /// Create or check the topics that the worker needs
    #[command(subcommand)]
    Topics(topics::TopicsCommand),
    /// Look at dead letters, and put them back on the input topic
    #[command(subcommand)]
    DeadLetters(dead_letters::DeadLettersCommand),
    /// Print the JSON Schema of the output
    Schema,
    /// Feed the sample articles to the input topic
    #[command(subcommand)]
    Samples(samples::SamplesCommand),
}

/// Parses the command line, runs the command, and says how it went: text on stderr, a code for the shell.
///
/// Codes: 0 done; 1 failed; 2 wrong command line or settings; 3 stopped by `deadLetters.maxRun`; 4 stopped by
/// `input.onGap = "stop"`; 75 ended by the watchdog; 130 and 143 ended by a second SIGINT or SIGTERM.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(()) => Exit::Done.into(),
        // The reader of our output is gone, such as `head`: nothing to report.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done.into(),
        Err(error) => {
            anstream::eprintln!("copydesk: {error}");
            error.exit().into()
        }
    }
}

fn dispatch(cli: Cli) -> Result<(), CliError> {
    let sources = sources(&cli.settings);
    match cli.command {
        Command::Run => run::run(&sources.load()?),
        Command::Demo(args) => demo::run(&args, &cli.settings),
        Command::Enrich(args) => enrich::run(&args, &sources.load()?.settings),
        Command::Check(args) => check::run(&args, &sources.load()?),
        Command::Topics(command) => topics::run(&command, &with_logs(sources.load()?)?.settings),
        Command::DeadLetters(command) => dead_letters::run(&command, &with_logs(sources.load()?)?.settings),
        Command::Schema => {
            print(&serde_json::to_string_pretty(&crate::article::schema()).map_err(std::io::Error::from)?)
        }
        Command::Samples(command) => samples::run(&command, &with_logs(sources.load()?)?.settings),
    }
}

fn sources(args: &SettingsArgs) -> Sources {
    Sources::new().file(args.config.as_ref()).environment(std::env::vars_os()).set(args.set.iter().cloned())
}

fn with_logs(loaded: Loaded) -> Result<Loaded, CliError> {
    crate::telemetry::init(&loaded.settings.log)?;
    Ok(loaded)
}

/// Writes to standard output, colours only where they are wanted.
fn print(text: &str) -> Result<(), CliError> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(CliError::Output)
}

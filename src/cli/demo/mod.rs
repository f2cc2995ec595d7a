//! `copydesk demo`: the whole worker, as `run` starts it, on a Kafka cluster inside this process.
//!
//! Only the surroundings differ from `run`: the broker is librdkafka's mock, and this module feeds the input topic and
//! reads the output topics, holding back so that the mock, which keeps 5 MiB a partition, never drops what was not read.

mod collect;
mod feed;
mod table;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use self::collect::Collector;
use self::feed::{Feeder, InFlight};
use super::error::CliError;
use super::{SettingsArgs, print, samples};
use crate::article::Record;
use crate::config::{Settings, Sources};
use crate::kafka::embedded::EmbeddedCluster;
use crate::shutdown::{Reason, Shutdown};
use crate::stage::Stage;
use crate::worker::{Shared, Worker};

/// How long nothing may happen before the demo says that it is stuck.
const STUCK: Duration = Duration::from_secs(60);

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Your own articles in place of the samples; .jsonl and .ndjson hold one a line, .gz is unpacked
    #[arg(long, value_name = "FILE|DIR|-")]
    input: Option<PathBuf>,
    /// Partitions of the input and output topics
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    partitions: u16,
    /// Where enriched articles go, as JSON lines
    #[arg(long, default_value = "copydesk-demo.jsonl", value_name = "FILE")]
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When anything that was fed has no outcome, or a file cannot be read or written.
pub fn run(args: &DemoArgs, settings_args: &SettingsArgs) -> Result<(), CliError> {
    let cluster = EmbeddedCluster::start()?;
    let settings = settings(settings_args, &cluster)?;
    crate::telemetry::init(&settings.log)?;
    for topic in [&settings.input.topic, &settings.output.topic, &settings.dead_letters.topic] {
        cluster.create_topic(topic, i32::from(args.partitions))?;
    }
    cluster.create_topic(&settings.dedup.log.topic, 1)?;

    let in_flight = Arc::new(InFlight::default());
    let collector = Collector::start(&settings, &args.output, in_flight.clone())?;
    let shutdown = Shutdown::new();
    let worker = Worker::start(&settings, Stage::new(settings.stage()), None, shutdown.clone())?;
    let shared = worker.shared();
    let (articles, total): (Box<dyn Iterator<Item = Result<Record, CliError>>>, Option<u64>) =
        match &args.input {
            Some(path) => (Box::new(super::input::Articles::of(std::slice::from_ref(path))?), None),
            None => {
                let all = samples::load(&settings)?;
                let total = all.len() as u64;
                (Box::new(all.into_iter().map(|sample| Ok(sample.record))), Some(total))
            }
        };
    let fed = until_ready(&shared).and_then(|()| {
        let started = Instant::now();
        let feeder = Feeder { settings: &settings, in_flight: &in_flight, worker: &shared };
        let fed = feeder.feed(articles, total)?;
        Ok((fed, started))
    });
    shutdown.request(Reason::Finished);
    worker.wait()?;
    let (fed, started) = fed?;
    let report = collector.finish()?;
    verify(fed, &report, &shared)?;
    let pace =
        in_flight.span().map(|(first, last)| table::Pace { warm_up: first - started, flow: last - first });
    print(&table::render(fed, pace, &report, &args.output))?;
    if let Some(shown) = &report.shown {
        print(&super::show::article(&shown.record, &shown.article, &settings.stage().input))?;
    }
    Ok(())
}

/// The user's settings, between those that make a good demo and those without which it is none.
fn settings(args: &SettingsArgs, cluster: &EmbeddedCluster) -> Result<Settings, CliError> {
    let presets = [
        "log.filter=off",
        "input.dialect=auto",
        // Small enough that a record beyond it fits into the mock.
        "input.maxBytes=1048576",
        "deadLetters.maxRun=0",
        "kafka.lingerMs=2",
        &format!("drill.panicMarker={}", crate::samples::PANIC_MARKER),
    ];
    let forced = [
        ("kafka.bootstrapServers", cluster.bootstrap()),
        // The mock joins a classic group only after three seconds.
        ("kafka.groupProtocol", "consumer".to_owned()),
        ("kafka.brokerAddressFamily", "v4".to_owned()),
        ("http.listen", String::new()),
    ];
    let sets = presets.iter().map(ToString::to_string).chain(args.set.iter().cloned());
    let sources = Sources::new().file(args.config.as_ref()).environment(std::env::vars_os()).set(sets);
    let sources = sources.fixed("demo", forced);
    Ok(sources.load()?.settings)
}

fn until_ready(worker: &Shared) -> Result<(), CliError> {
    let start = Instant::now();
    while !worker.is_ready() {
        if worker.is_ending() {
            return Err(CliError::Broken("the worker ended before it was ready".into()));
        }
        if start.elapsed() > STUCK {
            return Err(CliError::Broken("the worker was not ready within 60 s".into()));
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    Ok(())
}

/// The demo keeps the promises that it shows: an outcome for each record, and no gap.
fn verify(fed: u64, report: &collect::Report, worker: &Shared) -> Result<(), CliError> {
    let lost = worker.metrics.lost_offsets();
    if lost > 0 {
        return Err(CliError::Broken(format!(
            "{lost} records were dropped by the embedded broker before they were read"
        )));
    }
    let dropped = worker.metrics.outcome_count("dropped");
    let outcomes = report.enriched + report.tombstones + report.dead.values().sum::<u64>() + dropped;
    if outcomes == fed {
        return Ok(());
    }
    Err(CliError::Broken(format!("{fed} records in, but {outcomes} outcomes")))
}

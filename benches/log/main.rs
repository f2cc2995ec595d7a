//! The sketch log on a real Kafka of one broker on loopback: start-up, latency and throughput.
//!
//! `cargo bench --bench log -- start-up|latency|throughput`
//!
//! Starts its own broker as the tests do (Java and Maven), or uses the one of COPYDESK_TEST_BOOTSTRAP. Entries are made up.
//! `cargo test --all-targets` runs this program too; it does nothing unless a task is named.

#[path = "../near/made_up.rs"]
mod made_up;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use copydesk::config::{Settings, Sources};
use copydesk::dedup::{
    LogReader, Place, SketchLog, Submitted, WindowSettings, Writer, encode, encode_checkpoint,
};
use copydesk::kafka::ledgers::Ledgers;
use copydesk::kafka::sketch_log::{KafkaSketchLog, Patience, Replies};
use copydesk::metrics::Metrics;
use support::{RealKafka, unique};

#[derive(Parser)]
#[command(name = "log")]
struct Options {
    /// Given by `cargo bench`
    #[arg(long, hide = true, global = true)]
    bench: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// From the start to the last retained entry, with a window that is full
    StartUp {
        #[arg(long, default_value_t = 3_000_000)]
        entries: u64,
    },
    /// From handing an entry over to its verdict, one at a time
    Latency {
        #[arg(long, default_value_t = 1000)]
        entries: u64,
        /// Between two entries
        #[arg(long, default_value_t = 20)]
        pause_ms: u64,
    },
    /// Entries per second, with this many on their way
    Throughput {
        #[arg(long, default_value_t = 300_000)]
        entries: u64,
        #[arg(long, default_value_t = 5000)]
        under_way: u64,
    },
}

fn main() {
    let named = ["start-up", "latency", "throughput", "help"];
    if !std::env::args().skip(1).any(|argument| named.contains(&argument.as_str())) {
        println!("name a task: {}", named.join(", "));
        return;
    }
    let task = Options::parse().task;
    let kafka = RealKafka::start().unwrap_or_else(|why| panic!("no Kafka: {why}"));
    let topic = unique("sketches");
    kafka.create_topic(&topic, 1, &[("message.timestamp.type", "LogAppendTime")]);
    let desk = Desk { settings: settings(&kafka.bootstrap()), topic };
    match task {
        Task::StartUp { entries } => desk.start_up(entries),
        Task::Latency { entries, pause_ms } => desk.latency(entries, Duration::from_millis(pause_ms)),
        Task::Throughput { entries, under_way } => desk.throughput(entries, under_way),
    }
}

fn settings(bootstrap: &str) -> Settings {
    let set = [format!("kafka.bootstrapServers={bootstrap}")];
    let loaded = Sources::new().set(set.iter().map(String::as_str)).load();
    loaded.unwrap_or_else(|errors| panic!("{errors}")).settings
}

struct Desk {
    settings: Settings,
    topic: String,
}

struct Log {
    log: KafkaSketchLog<u64>,
    verdicts: Receiver<u64>,
}

fn window(entries: u64) -> WindowSettings {
    let hours = 72 * 3_600_000;
    WindowSettings { articles: entries as usize, event_span: hours, append_span: Some(hours), stories: false }
}

impl Desk {
    fn open(&self, entries: u64) -> Log {
        let (sender, verdicts) = channel();
        let replies = Replies {
            // Nobody listens any more at the end.
            verdict: Box::new(move |ticket, _| {
                let _ = sender.send(ticket);
            }),
            broken: Box::new(|error| panic!("{error}")),
        };
        let patience =
            Patience { limit: Duration::from_secs(60), then: copydesk::config::OnUnavailable::Pause };
        let metrics = Metrics::new(Arc::new(Ledgers::default()));
        let log = KafkaSketchLog::start(
            &self.settings.kafka,
            &self.topic,
            window(entries),
            patience,
            metrics,
            replies,
        );
        Log { log: log.unwrap_or_else(|error| panic!("{error}")), verdicts }
    }

    /// Fills the log as workers would, checkpoints among the entries, then lets a worker begin.
    fn start_up(&self, entries: u64) {
        let start = Instant::now();
        let mut reader = LogReader::new(window(entries), 0);
        reader.caught_up(|_, _| {});
        let (mut offset, mut bytes, mut checkpoints) = (0u64, 0u64, 0u64);
        let mut batch = Vec::new();
        for number in 0..entries {
            let (entry, _) = made_up::entry(number, entries);
            let record = encode(&entry);
            bytes += record.len() as u64;
            batch.push(support::ToSend::value(record).to(0));
            reader.entry(entry, Place { offset, append_time: 0 }, |_, _| {});
            offset += 1;
            if let Some(checkpoint) = reader.due(Writer::OfNewest) {
                reader.checkpoint(&checkpoint, offset, |_, _| {});
                let record = encode_checkpoint(&checkpoint);
                bytes += record.len() as u64;
                checkpoints += 1;
                offset += 1;
                batch.push(support::ToSend::value(record).to(0));
            }
            if batch.len() >= 50_000 || number + 1 == entries {
                support::produce_all(&self.settings.kafka.bootstrap(), &self.topic, &batch);
                batch.clear();
            }
        }
        println!(
            "{entries} entries and {checkpoints} checkpoints written: {:.1} bytes an entry, checkpoints included; {:.0} s",
            bytes as f64 / entries as f64,
            start.elapsed().as_secs_f64()
        );
        drop(reader);
        let before = resident();
        let start = Instant::now();
        let log = self.open(entries);
        while !log.log.status().progress.caught_up {
            std::thread::sleep(Duration::from_millis(10));
        }
        let seconds = start.elapsed().as_secs_f64();
        let status = log.log.status();
        println!(
            "start-up: {seconds:.1} s to {} entries in the window, {:.0} entries/s, {} MiB",
            status.entries,
            entries as f64 / seconds,
            (resident().saturating_sub(before)) >> 10,
        );
    }

    fn latency(&self, entries: u64, pause: Duration) {
        let log = self.open(1_000_000);
        let mut times = Vec::new();
        for number in 0..entries {
            let (entry, _) = made_up::entry(number, 1_000_000);
            let start = Instant::now();
            log.submit(&entry, number);
            let _ = log.verdicts.recv();
            // The first ones wait for the clients to connect.
            if number >= 20 {
                times.push(start.elapsed());
            }
            std::thread::sleep(pause);
        }
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!(
            "latency of {} verdicts, one each {} ms: p50 {:.1} ms, p90 {:.1}, p99 {:.1}, greatest {:.1}",
            times.len(),
            pause.as_millis(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0)
        );
    }

    fn throughput(&self, entries: u64, under_way: u64) {
        let log = self.open(1_000_000);
        let made: Vec<_> = (0..entries).map(|number| made_up::entry(number, 1_000_000).0).collect();
        let start = Instant::now();
        let mut done = 0;
        for (number, entry) in made.iter().enumerate() {
            while number as u64 - done >= under_way {
                done += u64::from(log.verdicts.recv().is_ok());
            }
            log.submit(entry, number as u64);
        }
        while done < entries {
            done += u64::from(log.verdicts.recv().is_ok());
        }
        let rate = entries as f64 / start.elapsed().as_secs_f64();
        println!(
            "throughput: {rate:.0} verdicts/s with {under_way} on their way, one worker, one broker, one machine"
        );
    }
}

impl Log {
    fn submit(&self, entry: &copydesk::dedup::Entry, ticket: u64) {
        loop {
            match self.log.submit(entry, ticket) {
                Submitted::Full(_) => std::thread::sleep(Duration::from_millis(1)),
                _ => return,
            }
        }
    }
}

/// Resident memory, KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}

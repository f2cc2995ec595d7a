//! A desk under test: its own topics, settings and group on any broker, and the worker inside this process.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod model;
pub mod process;
pub mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use copydesk::config::{Settings, Sources};
use copydesk::shutdown::{Reason, Shutdown};
use copydesk::stage::Stage;
use copydesk::worker::{Shared, Worker, WorkerError};
use serde_json::Value;

use crate::support::{Broker, PATIENCE, Received, ToSend, produce_all, read_to_end, unique, wait_until};

/// Topics and settings of one test.
pub struct Desk {
    /// Brokers.
    pub bootstrap: String,
    /// Raw articles.
    pub raw: String,
    /// Enriched articles.
    pub out: String,
    /// Dead letters.
    pub dead: String,
    /// The sketch log.
    pub log: String,
    /// Consumer group.
    pub group: String,
}

/// A worker of this desk in this process.
pub struct Running {
    worker: Option<Worker>,
    shutdown: Shutdown,
    /// What it lets others watch.
    pub shared: Arc<Shared>,
}

impl Desk {
    /// Another group on the same input and the same sketch log, with an output of its own, whose topic is still to be made.
    pub fn again(&self) -> Desk {
        Desk {
            out: format!("{}.again", self.out),
            group: format!("{}-again", self.group),
            bootstrap: self.bootstrap.clone(),
            raw: self.raw.clone(),
            dead: self.dead.clone(),
            log: self.log.clone(),
        }
    }

    /// Creates the topics: `partitions` for all but the sketch log.
    pub fn new(broker: &Broker, partitions: i32) -> Desk {
        let name = unique("desk");
        let desk = Desk {
            bootstrap: broker.bootstrap(),
            raw: format!("{name}.raw"),
            out: format!("{name}.out"),
            dead: format!("{name}.raw.dead-letters"),
            log: format!("{name}.sketches"),
            group: name,
        };
        let large = [("max.message.bytes", "115000000")];
        broker.create_topic(&desk.raw, partitions, &large);
        broker.create_topic(&desk.out, partitions, &large);
        broker.create_topic(&desk.dead, partitions, &large);
        let log = [("message.timestamp.type", "LogAppendTime"), ("retention.ms", "604800000")];
        broker.create_topic(&desk.log, 1, &log);
        desk
    }

    /// `--set` arguments without the switch.
    pub fn sets(&self) -> Vec<String> {
        [
            ("kafka.bootstrapServers", self.bootstrap.as_str()),
            ("kafka.groupId", &self.group),
            ("kafka.brokerAddressFamily", "v4"),
            ("kafka.groupProtocol", "consumer"),
            ("input.topic", &self.raw),
            ("output.topic", &self.out),
            ("dedup.log.topic", &self.log),
            ("http.listen", ""),
        ]
        .map(|(key, value)| format!("{key}={value}"))
        .to_vec()
    }

    /// Checked settings, `more` last.
    pub fn settings(&self, more: &[&str]) -> Settings {
        let all = self.sets().into_iter().chain(more.iter().map(ToString::to_string));
        Sources::new().set(all).load().unwrap_or_else(|errors| panic!("{errors}")).settings
    }

    /// Starts a worker in this process.
    pub fn begin(&self, more: &[&str]) -> Running {
        let settings = self.settings(more);
        let shutdown = Shutdown::new();
        let worker =
            Worker::start(&settings, Stage::new(settings.stage()), None, shutdown.clone()).expect("a worker");
        let shared = worker.shared();
        Running { worker: Some(worker), shutdown, shared }
    }

    /// Starts a worker in this process and waits until it is ready.
    pub fn start(&self, more: &[&str]) -> Running {
        let running = self.begin(more);
        let shared = &running.shared;
        wait_until(PATIENCE, "the worker is ready", || shared.is_ready() || shared.is_ending());
        running
    }

    /// Feeds the input topic; gives each record's partition and offset.
    pub fn feed(&self, records: &[ToSend]) -> Vec<(i32, i64)> {
        produce_all(&self.bootstrap, &self.raw, records)
    }

    /// All that is in the two output topics once `count` source records have an outcome there.
    pub fn outcomes(&self, count: usize) -> Outcomes {
        let mut outcomes = Outcomes::default();
        wait_until(PATIENCE * 2, &format!("{count} records have an outcome"), || {
            outcomes = self.outcomes_now();
            outcomes.sources().len() >= count
        });
        outcomes
    }

    /// All that is in the two output topics now.
    pub fn outcomes_now(&self) -> Outcomes {
        Outcomes {
            enriched: read_to_end(&self.bootstrap, &self.out, PATIENCE),
            dead: read_to_end(&self.bootstrap, &self.dead, PATIENCE),
        }
    }
}

impl Running {
    /// Asks for a stop and waits for it.
    pub fn stop(mut self) -> Result<(), WorkerError> {
        self.shutdown.request(Reason::Finished);
        self.worker.take().expect("stopped once").wait()
    }

    /// Waits until it ends by itself.
    pub fn end(mut self) -> Result<(), WorkerError> {
        self.worker.take().expect("stopped once").wait()
    }

    /// Waits until the broker has confirmed these offsets.
    pub fn until_committed(&self, ends: &BTreeMap<i32, i64>) {
        wait_until(PATIENCE, &format!("{ends:?} committed"), || {
            let standings = self.shared.standings();
            ends.iter().all(|(partition, end)| {
                standings.iter().any(|s| s.partition == *partition && s.confirmed >= Some(*end))
            })
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed must not leave threads that feed on its broker.
        self.shutdown.request(Reason::Finished);
        if let Some(worker) = self.worker.take() {
            let _ = worker.wait();
        }
    }
}

/// What came out.
#[derive(Default)]
pub struct Outcomes {
    /// Enriched articles and tombstones.
    pub enriched: Vec<Received>,
    /// Dead letters.
    pub dead: Vec<Received>,
}

impl Outcomes {
    /// Source positions with an outcome. Every record is expected to say where it came from, tombstones by a header
    /// `source` that the test has given it.
    pub fn sources(&self) -> BTreeSet<(i32, i64)> {
        self.enriched.iter().chain(&self.dead).map(source).collect()
    }

    /// Enriched articles by source position, as JSON.
    pub fn articles(&self) -> BTreeMap<(i32, i64), Value> {
        let with_value = self.enriched.iter().filter(|record| record.value.is_some());
        with_value.map(|record| (source(record), json(record))).collect()
    }

    /// Fails unless the outcomes of each source partition stand in the order of their offsets within each output
    /// partition, repeats of a crash left out.
    pub fn assert_order(&self) {
        for records in [&self.enriched, &self.dead] {
            let mut last: BTreeMap<(i32, i32), i64> = BTreeMap::new();
            let mut seen = BTreeSet::new();
            for record in records.iter() {
                let (partition, offset) = source(record);
                if !seen.insert((partition, offset)) {
                    continue;
                }
                let before = last.insert((record.partition, partition), offset);
                assert!(before < Some(offset), "{partition}/{offset} came after {before:?}");
            }
        }
    }

    /// Records that came more than once; fails when two of one source differ in a single byte.
    pub fn assert_repeats_are_identical(&self) -> usize {
        let mut first: BTreeMap<(i32, i64), &Received> = BTreeMap::new();
        let mut repeats = 0;
        for record in self.enriched.iter().chain(&self.dead) {
            let Some(known) = first.get(&source(record)) else {
                first.insert(source(record), record);
                continue;
            };
            repeats += 1;
            let bytes =
                |r: &Received| (r.key.clone(), r.value.clone(), r.headers.clone(), r.timestamp, r.partition);
            assert_eq!(bytes(known), bytes(record), "the repeat of {:?} differs", source(record));
        }
        repeats
    }
}

/// Where an outcome came from.
pub fn source(record: &Received) -> (i32, i64) {
    let number = |name: &str| record.header(name).map(|n| n.parse::<i64>().expect("a number"));
    if let (Some(partition), Some(offset)) =
        (number("copydesk-source-partition"), number("copydesk-source-offset"))
    {
        return (partition as i32, offset);
    }
    let place =
        record.header("ce_id").or(record.header("source")).expect("an outcome says where it came from");
    let (partition, offset) = place.split_once('/').expect("partition/offset");
    (partition.parse().expect("a partition"), offset.parse().expect("an offset"))
}

/// The value as JSON.
pub fn json(record: &Received) -> Value {
    serde_json::from_str(record.text()).expect("JSON")
}

/// A copydesk JSON article whose body is unlike any other's with another number.
pub fn article(number: usize) -> ToSend {
    let text = stories::Story::new(number as u64).lead();
    let value =
        serde_json::json!({ "id": format!("a{number}"), "title": format!("Port {number}"), "text": text });
    ToSend::value(value.to_string()).key(format!("publisher-{}", number % 7))
}

/// The ends of partitions that these places imply.
pub fn ends(places: &[(i32, i64)]) -> BTreeMap<i32, i64> {
    let mut ends = BTreeMap::new();
    for (partition, offset) in places {
        let end = ends.entry(*partition).or_insert(0);
        *end = (*end).max(offset + 1);
    }
    ends
}

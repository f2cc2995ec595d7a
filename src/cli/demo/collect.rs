//! Reads what the worker wrote, as any consumer downstream would, and counts it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::feed::{InFlight, NUMBER};
use crate::article::{EnrichedArticle, Record};
use crate::cli::error::CliError;
use crate::config::Settings;
use crate::kafka::client::{self, PlainContext};
use crate::kafka::headers;
use crate::kafka::intake::to_record;

const ASK: Duration = Duration::from_secs(10);

/// What came out.
#[derive(Default)]
pub struct Report {
    /// Enriched articles.
    pub enriched: u64,
    /// Tombstones.
    pub tombstones: u64,
    /// Enriched articles by verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// Dead letters by kind.
    pub dead: BTreeMap<String, u64>,
    /// Articles that repair changed, and what it took out, by reason.
    pub repaired: u64,
    /// Passages taken out.
    pub removed: BTreeMap<String, u64>,
    /// The article that shows repair best.
    pub shown: Option<Shown>,
}

/// An article before and after.
pub struct Shown {
    /// As it came.
    pub record: Record,
    /// As it left.
    pub article: EnrichedArticle,
}

/// The collector's thread.
pub struct Collector {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Result<Report, CliError>>,
}

struct Reading {
    consumer: BaseConsumer<PlainContext>,
    dead_letters: String,
    output: String,
    next: BTreeMap<(String, i32), i64>,
    file: BufWriter<File>,
    in_flight: Arc<InFlight>,
    report: Report,
}

impl Collector {
    /// Opens the output file and begins to read.
    ///
    /// # Errors
    /// When the file cannot be created, or the embedded broker does not answer.
    pub fn start(settings: &Settings, path: &Path, in_flight: Arc<InFlight>) -> Result<Self, CliError> {
        let file = File::create(path).map_err(|error| CliError::File { path: path.to_owned(), error })?;
        let consumer: BaseConsumer<PlainContext> =
            client::reader(&settings.kafka, "collect").create_with_context(PlainContext::default())?;
        let mut assignment = TopicPartitionList::new();
        for topic in [&settings.output.topic, &settings.dead_letters.topic] {
            let metadata = consumer.fetch_metadata(Some(topic), ASK)?;
            for partition in metadata.topics().iter().flat_map(|t| t.partitions()) {
                assignment.add_partition_offset(topic, partition.id(), Offset::Offset(0))?;
            }
        }
        consumer.assign(&assignment)?;
        let reading = Reading {
            consumer,
            dead_letters: settings.dead_letters.topic.clone(),
            output: settings.output.topic.clone(),
            next: BTreeMap::new(),
            file: BufWriter::new(file),
            in_flight,
            report: Report::default(),
        };
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::Builder::new()
            .name("demo-collector".into())
            .spawn(move || reading.read(|| stopped.load(Ordering::Acquire)))?;
        Ok(Self { stop, thread })
    }

    /// Ends the reading and returns what came out.
    ///
    /// # Errors
    /// What went wrong while reading or writing.
    pub fn finish(self) -> Result<Report, CliError> {
        self.stop.store(true, Ordering::Release);
        self.thread.join().map_err(|_| CliError::Broken("the demo's reader panicked".into()))?
    }
}

impl Reading {
    fn read(mut self, stopped: impl Fn() -> bool) -> Result<Report, CliError> {
        loop {
            // Asked first: what arrived before the stop is still read.
            let last = stopped();
            match self.consumer.poll(Duration::from_millis(if last { 0 } else { 50 })) {
                None if last => break,
                None => {}
                Some(Ok(message)) => {
                    let topic = message_topic(&message);
                    let record = to_record(&message, &topic.as_str().into());
                    drop(message);
                    self.take(&topic, record)?;
                }
                Some(Err(error)) => return Err(error.into()),
            }
        }
        self.file.flush().map_err(CliError::Output)?;
        Ok(self.report)
    }

    fn take(&mut self, topic: &str, record: Record) -> Result<(), CliError> {
        let place = (topic.to_owned(), record.position.partition);
        let due = self.next.insert(place, record.position.offset + 1).unwrap_or(0);
        if due != record.position.offset {
            return Err(CliError::Broken(format!("{}: a gap, {due} was due", record.position)));
        }
        let number = headers::find(&record.headers, NUMBER).and_then(|n| n.parse().ok());
        let raw = number.and_then(|number| self.in_flight.came_out(number));
        let Some(raw) = raw else {
            return Err(CliError::Broken(format!(
                "{}: an outcome of no record that was fed, or a second one",
                record.position
            )));
        };
        if topic == self.dead_letters {
            let kind = headers::find(&record.headers, "copydesk-error-kind").unwrap_or("?").to_owned();
            *self.report.dead.entry(kind).or_default() += 1;
            return Ok(());
        }
        debug_assert_eq!(topic, self.output);
        let Some(value) = &record.value else {
            self.report.tombstones += 1;
            return Ok(());
        };
        self.file.write_all(value).and_then(|()| self.file.write_all(b"\n")).map_err(CliError::Output)?;
        let article: EnrichedArticle = serde_json::from_slice(value).map_err(|error| {
            CliError::Broken(format!("{}: not an enriched article: {error}", record.position))
        })?;
        self.count(raw, article);
        Ok(())
    }

    fn count(&mut self, record: Record, article: EnrichedArticle) {
        self.report.enriched += 1;
        *self.report.verdicts.entry(article.dedup.verdict.as_str().to_owned()).or_default() += 1;
        for removed in &article.repair.removed {
            *self.report.removed.entry(removed.reason.as_str().to_owned()).or_default() += 1;
        }
        if !article.repair.removed.is_empty() {
            self.report.repaired += 1;
        }
        let is_better = match &self.report.shown {
            None => true,
            Some(shown) => merit(&article) > merit(&shown.article),
        };
        if is_better {
            self.report.shown = Some(Shown { record, article });
        }
    }
}

/// A paragraph that moved shows most, then the number of removed ones.
fn merit(article: &EnrichedArticle) -> (bool, usize) {
    (!article.repair.order.is_sorted(), article.repair.removed.len())
}

fn message_topic(message: &rdkafka::message::BorrowedMessage<'_>) -> String {
    use rdkafka::message::Message;
    message.topic().to_owned()
}

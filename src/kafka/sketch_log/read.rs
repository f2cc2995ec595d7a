//! The reader of the log: a thread that takes records in the log's order and settles what waits.
//!
//! Records are taken in batches, decoded without the lock and applied under it, so that restoring is not slowed by
//! whoever looks on. What a batch has settled is told after the lock is free, in the log's order.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::producer::Producer;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::context::{Ends, Sent};
use super::progress::Progress;
use super::waiting::{Article, Waiting};
use super::{ASK, LogError, PARTITION, POLL, Shared, State};
use crate::dedup::{
    Checkpoint, Entry, LogReader, LogRecord, Place, Verdict, Writer, decode_record, encode_checkpoint,
};

/// Most records that are applied under one lock: submitting waits no longer than this many take.
const BATCH: usize = 64;

/// Where the reader is.
struct Cursor {
    /// The offset that it reads next.
    next: i64,
    /// The end of the log when it began.
    high: i64,
}

/// What one look brought, after the records of the batch.
enum Then {
    /// Nothing more at the moment.
    Nothing,
    /// All that is in the log now was read.
    End,
    /// The client reports this.
    Error(KafkaError),
}

/// What the records of a batch have settled.
struct Settled<T> {
    verdicts: Vec<(Article<T>, Verdict)>,
    checkpoints: Vec<Checkpoint>,
    /// The last entry on which a checkpoint decides otherwise.
    disagreed: Option<u64>,
}

impl<T> Shared<T> {
    /// Reads until told to stop.
    pub(super) fn read(&self, consumer: &BaseConsumer<Ends>) -> Result<(), LogError> {
        let Some(mut cursor) = self.begin(consumer)? else { return Ok(()) };
        let mut batch = Vec::with_capacity(BATCH);
        while !self.stopped() {
            if let Some((_, reason)) = self.producer.client().fatal_error() {
                return Err(LogError::Producer(reason));
            }
            self.resend_lost();
            let then = self.gather(consumer, &mut cursor, &mut batch)?;
            if !batch.is_empty() {
                self.apply(&mut batch, cursor.high);
            }
            match then {
                Then::Nothing => {}
                Then::End => self.at_end(cursor.high),
                // Retention may take the first entries away between the question and the first fetch.
                Then::Error(error) if is_out_of_range(&error) && self.lock().progress.read == 0 => {
                    let Some(anew) = self.begin(consumer)? else { return Ok(()) };
                    cursor = anew;
                }
                Then::Error(error) => self.judge(error)?,
            }
        }
        Ok(())
    }

    /// Begins at the first record that is retained; None when told to stop.
    fn begin(&self, consumer: &BaseConsumer<Ends>) -> Result<Option<Cursor>, LogError> {
        let Some((low, high)) = self.extent(consumer) else { return Ok(None) };
        let retained = u64::try_from(high - low).unwrap_or(0);
        self.end.at_least(high);
        let mut state = self.lock();
        state.reader = LogReader::new(self.window.clone(), u64::try_from(low).unwrap_or(0));
        state.progress =
            Progress { retained: Some(retained), next: Some(low), end: Some(high), ..Progress::default() };
        state.moved = Instant::now();
        drop(state);
        if high <= low {
            self.at_end(high);
        }
        let mut assignment = TopicPartitionList::new();
        assignment.add_partition_offset(&self.topic, PARTITION, Offset::Offset(low))?;
        consumer.assign(&assignment)?;
        Ok(Some(Cursor { next: low, high }))
    }

    /// First and last-plus-one offset of the log; None when told to stop before the broker answered.
    fn extent(&self, consumer: &BaseConsumer<Ends>) -> Option<(i64, i64)> {
        while !self.stopped() {
            // Serves librdkafka's own log and errors, which tell more than a failed question. What else it brings is read again.
            let _ = consumer.poll(Duration::ZERO);
            if let Some(extent) = self.ask(consumer) {
                return Some(extent);
            }
        }
        None
    }

    /// As `extent`; None when the broker did not answer.
    fn ask(&self, consumer: &BaseConsumer<Ends>) -> Option<(i64, i64)> {
        match consumer.fetch_watermarks(&self.topic, PARTITION, ASK) {
            Ok(extent) => return Some(extent),
            Err(error) => self.complain(&error),
        }
        // Without this librdkafka answers for minutes out of its cache that the partition has no leader.
        let _ = consumer.fetch_metadata(Some(&self.topic), ASK);
        std::thread::park_timeout(POLL);
        None
    }

    /// Waits for a record, and takes what is there behind it.
    fn gather(
        &self,
        consumer: &BaseConsumer<Ends>,
        cursor: &mut Cursor,
        batch: &mut Vec<(Place, LogRecord)>,
    ) -> Result<Then, LogError> {
        while batch.len() < BATCH {
            let wait = if batch.is_empty() { POLL } else { Duration::ZERO };
            match consumer.poll(wait) {
                None => return Ok(Then::Nothing),
                Some(Err(KafkaError::PartitionEOF(_))) => return Ok(Then::End),
                Some(Err(error)) => return Ok(Then::Error(error)),
                Some(Ok(message)) => {
                    let offset = message.offset();
                    if offset < cursor.next {
                        continue;
                    }
                    if offset > cursor.next && !self.is_harmless(consumer, cursor.next) {
                        let (topic, from) = (self.topic.clone(), cursor.next);
                        return Err(LogError::Gap { topic, from, to: offset - 1 });
                    }
                    cursor.next = offset + 1;
                    batch.push(self.decode(&message)?);
                }
            }
        }
        Ok(Then::Nothing)
    }

    /// Whether the log still reaches back to an offset at which it has no record: then there never was one, but the marker
    /// of a transaction, or a record of one that was given up.
    fn is_harmless(&self, consumer: &BaseConsumer<Ends>, offset: i64) -> bool {
        while !self.stopped() {
            if let Some((low, _)) = self.ask(consumer) {
                return low <= offset;
            }
        }
        true
    }

    fn decode(&self, message: &BorrowedMessage<'_>) -> Result<(Place, LogRecord), LogError> {
        let offset = message.offset();
        let record = decode_record(message.payload().unwrap_or_default())
            .map_err(|error| LogError::Foreign { topic: self.topic.clone(), offset, error })?;
        let append_time = message.timestamp().to_millis().unwrap_or_default();
        // A record that was read has an offset.
        Ok((Place { offset: offset as u64, append_time }, record))
    }

    fn apply(&self, batch: &mut Vec<(Place, LogRecord)>, high: i64) {
        let mut settled = Settled::new();
        let mut state = self.lock();
        for (place, record) in batch.drain(..) {
            settled.take(&mut state, place, record, high);
        }
        state.moved = Instant::now();
        drop(state);
        self.answer(settled.verdicts);
        for checkpoint in settled.checkpoints {
            self.write(&checkpoint);
        }
        if let Some(offset) = settled.disagreed {
            self.disagree(offset);
        }
    }

    /// All that is in the log was read, be the last of it a record or a marker.
    fn at_end(&self, high: i64) {
        let mut settled = Settled::new();
        let mut state = self.lock();
        if !state.progress.caught_up {
            state.progress.next = state.progress.next.max(Some(high));
            settled.caught_up(&mut state);
        }
        drop(state);
        self.answer(settled.verdicts);
    }

    /// Answers those who waited.
    fn answer(&self, verdicts: Vec<(Article<T>, Verdict)>) {
        for (article, verdict) in verdicts {
            self.metrics.log_time(article.since.elapsed());
            for ticket in article.tickets {
                (self.replies.verdict)(ticket, verdict.clone());
            }
        }
    }

    /// Appends a checkpoint. Nobody waits for it, and a later one makes up for one that is lost.
    fn write(&self, checkpoint: &Checkpoint) {
        if let Err(error) = self.send(Sent::Checkpoint, &encode_checkpoint(checkpoint)) {
            self.complain(&error);
        }
    }

    fn disagree(&self, offset: u64) {
        self.metrics.log_disagreements.inc();
        if let Some(suppressed) = self.disagreements.admit("disagreement") {
            tracing::error!(
                topic = self.topic,
                offset,
                suppressed,
                "another worker has decided otherwise on this entry of the sketch log: it runs another version, or has other \
                 dedup or repair settings. Each goes on with its own decisions"
            );
        }
    }

    fn judge(&self, error: KafkaError) -> Result<(), LogError> {
        if is_out_of_range(&error) {
            return Err(LogError::Behind { topic: self.topic.clone(), reason: error.to_string() });
        }
        if matches!(error, KafkaError::MessageConsumptionFatal(_)) {
            return Err(error.into());
        }
        self.complain(&error);
        Ok(())
    }

    /// Entries whose delivery failed are sent again as long as somebody waits for them, or the end of an outage is to be
    /// told by them: an entry that arrives twice counts once.
    fn resend_lost(&self) {
        let lost = std::mem::take(&mut *self.lost.lock().unwrap_or_else(PoisonError::into_inner));
        for position in lost {
            let state = self.lock();
            let Some(bytes) = state.waiting.bytes(&position) else { continue };
            self.metrics.log_resends.inc();
            if let Err(error) = self.send(Sent::Entry(position.clone()), bytes) {
                drop(state);
                self.complain(&error);
                self.lost.lock().unwrap_or_else(PoisonError::into_inner).push(position);
            }
        }
    }
}

impl<T> Settled<T> {
    fn new() -> Self {
        Self { verdicts: Vec::new(), checkpoints: Vec::new(), disagreed: None }
    }

    /// Applies one record.
    fn take(&mut self, state: &mut State<T>, place: Place, record: LogRecord, high: i64) {
        let State { reader, waiting, progress, .. } = state;
        let before = self.verdicts.len();
        let decided = |entry: &Entry, verdict| self.verdicts.extend(settle(waiting, entry, verdict));
        let mut writer = Writer::Other;
        match record {
            LogRecord::Entry(entry) => {
                reader.entry(*entry, place, decided);
                // Somebody here waited for it, so it is ours. While the reader catches up none is due.
                if self.verdicts.len() > before {
                    writer = Writer::OfNewest;
                }
            }
            LogRecord::Checkpoint(checkpoint) => {
                let differs = reader.checkpoint(&checkpoint, place.offset, decided);
                self.disagreed = differs.or(self.disagreed);
                progress.checkpoints += 1;
            }
        }
        progress.read += 1;
        let next = place.offset as i64 + 1;
        progress.next = Some(next);
        if next >= high && !progress.caught_up {
            self.caught_up(state);
        }
        self.checkpoints.extend(state.reader.due(writer));
    }

    fn caught_up(&mut self, state: &mut State<T>) {
        let State { reader, waiting, progress, .. } = state;
        progress.caught_up = true;
        reader.caught_up(|entry, verdict| self.verdicts.extend(settle(waiting, entry, verdict)));
    }
}

/// The article that waits for an entry, with its verdict.
fn settle<T>(waiting: &mut Waiting<T>, entry: &Entry, verdict: Verdict) -> Option<(Article<T>, Verdict)> {
    let article = waiting.read_back(&entry.position)?;
    Some((article, verdict))
}

fn is_out_of_range(error: &KafkaError) -> bool {
    let codes = [RDKafkaErrorCode::OffsetOutOfRange, RDKafkaErrorCode::AutoOffsetReset];
    error.rdkafka_error_code().is_some_and(|code| codes.contains(&code))
}

//! The records of the sketch log as bytes: versioned, read by every worker of a desk.
//!
//! A record is one value of a Kafka record, nothing before and nothing behind it. An entry, in this order:
//!
//! | field | bytes |
//! |---|---|
//! | format (2), algorithm ([`ALGORITHM`]) | 1 + 1 |
//! | flags: 1 cased, 2 revision, 4 terms; no others | 1 |
//! | event time, ms since the epoch | signed number |
//! | content hash, little-endian | 16 |
//! | topic | number of bytes, then UTF-8 |
//! | partition, offset | signed numbers |
//! | id of the article | see [`fields`] |
//! | size of the sketch | number |
//! | shingles: hashes of 32 bits with 3 bits of part; names: hashes of 24 bits without | samples, see [`bits`] |
//! | keys of places, at most 10 | their number (1), then 4 each, little-endian, in the order of the sketch |
//! | terms of the story, with the flag alone | see [`terms`] |
//!
//! A checkpoint: see [`checkpoint`].
//!
//! A *number* is unsigned, of at most 64 bits, and takes seven bits a byte, the lowest first; the highest bit of a byte says
//! that another one follows, so there are at most ten. A *signed number* `n` is the number `2n`, or `-2n - 1` below zero.
//! Writers write the shortest form; readers also take longer ones.
//!
//! A reader refuses a format or an algorithm that it does not know: two workers that sketch differently would give
//! different verdicts and never notice. It refuses what is cut short, too long, above the bounds of its field, or out of
//! order, and allocates for no more than it was sent. A second writer, from this description, is tests/golden/records.py.

mod bits;
mod checkpoint;
mod fields;
mod link;
mod terms;

pub use checkpoint::{decode_checkpoint, encode_checkpoint};
pub(super) use fields::{put_id, put_number, take_id, take_number};
pub(super) use link::{put_finding, take_finding};

use super::checkpoint::Checkpoint;
use super::entry::{ContentHash, Entry};
use super::sketch::{ALGORITHM, NAME_BITS, NAMES, PART_BITS, PLACE_KEYS, SHINGLE_BITS, SHINGLES, Sketch};
use crate::article::Position;
use bits::{put_sample, take_sample};
use fields::{put_signed, put_text, take, take_signed, take_text};
use terms::{put_terms, take_terms};

const ENTRY: u8 = 2;
const CHECKPOINT: u8 = 3;
const CASED: u8 = 1;
const REVISION: u8 = 2;
const TERMS: u8 = 4;

/// Why bytes are no record of the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Written by another version.
    #[error(
        "record of format {format}, algorithm {algorithm}; this worker reads formats {ENTRY} and {CHECKPOINT}, algorithm \
         {ALGORITHM}: all workers that share a sketch log must run the same version; a new version needs a new log"
    )]
    Version {
        /// Format byte found.
        format: u8,
        /// Algorithm byte found.
        algorithm: u8,
    },
    /// Too short, too long, or not UTF-8 where text is due.
    #[error("record of {0} bytes is damaged, or was not written by copydesk")]
    Damaged(usize),
}

/// One record of the sketch log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogRecord {
    /// An article's entry.
    Entry(Box<Entry>),
    /// What was decided on earlier entries.
    Checkpoint(Checkpoint),
}

/// Reads a record of the log.
///
/// # Errors
/// [`WireError`] for bytes of another version and for bytes that are no record.
pub fn decode_record(bytes: &[u8]) -> Result<LogRecord, WireError> {
    match bytes.first() {
        Some(&CHECKPOINT) => decode_checkpoint(bytes).map(LogRecord::Checkpoint),
        _ => decode(bytes).map(|entry| LogRecord::Entry(Box::new(entry))),
    }
}

/// Writes an entry.
pub fn encode(entry: &Entry) -> Vec<u8> {
    let Entry { position, id, event_time, sketch, revision, terms } = entry;
    let mut out = Vec::with_capacity(320);
    let cased = if sketch.cased { CASED } else { 0 };
    let with_terms = if terms.is_some() { TERMS } else { 0 };
    out.extend([ENTRY, ALGORITHM, cased | with_terms | if *revision { REVISION } else { 0 }]);
    put_signed(&mut out, *event_time);
    out.extend(sketch.content.0.to_le_bytes());
    put_text(&mut out, &position.topic);
    put_signed(&mut out, position.partition.into());
    put_signed(&mut out, position.offset);
    put_id(&mut out, id);
    put_number(&mut out, sketch.size.into());
    put_sample(&mut out, SHINGLE_BITS, PART_BITS, &sketch.shingles);
    put_sample(&mut out, NAME_BITS, 0, &sketch.names);
    out.push(sketch.places.len() as u8);
    sketch.places.iter().for_each(|key| out.extend(key.to_le_bytes()));
    terms.iter().for_each(|terms| put_terms(&mut out, terms));
    out
}

/// Reads an entry.
///
/// # Errors
/// [`WireError`] for bytes of another version and for bytes that are no entry.
pub fn decode(bytes: &[u8]) -> Result<Entry, WireError> {
    let mut rest = header(bytes, ENTRY)?;
    body(&mut rest).filter(|_| rest.is_empty()).ok_or(WireError::Damaged(bytes.len()))
}

/// The bytes after the header, if it is of the format and of this algorithm.
fn header(bytes: &[u8], expected: u8) -> Result<&[u8], WireError> {
    let (&[format, algorithm], rest) = bytes.split_first_chunk().ok_or(WireError::Damaged(bytes.len()))?;
    if (format, algorithm) != (expected, ALGORITHM) {
        return Err(WireError::Version { format, algorithm });
    }
    Ok(rest)
}

fn body(rest: &mut &[u8]) -> Option<Entry> {
    let [flags] = take(rest)?;
    let event_time = take_signed(rest)?;
    let content = ContentHash(u128::from_le_bytes(take(rest)?));
    let topic = take_text(rest)?;
    let partition = i32::try_from(take_signed(rest)?).ok()?;
    let position = Position::new(topic, partition, take_signed(rest)?);
    let id = take_id(rest)?;
    let size = u32::try_from(take_number(rest)?).ok()?;
    let shingles = take_sample(rest, SHINGLE_BITS, PART_BITS, SHINGLES)?;
    let names = take_sample(rest, NAME_BITS, 0, NAMES)?;
    let [keys] = take(rest)?;
    if usize::from(keys) > PLACE_KEYS || flags > CASED | REVISION | TERMS {
        return None;
    }
    let places: Option<Vec<u32>> = (0..keys).map(|_| Some(u32::from_le_bytes(take(rest)?))).collect();
    let terms = if flags & TERMS != 0 { Some(take_terms(rest)?) } else { None };
    let sketch = Sketch { content, size, cased: flags & CASED != 0, shingles, names, places: places? };
    Some(Entry { position, id, event_time, sketch, revision: flags & REVISION != 0, terms })
}

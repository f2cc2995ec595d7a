//! From an outcome of the stage to the record that leaves.

use std::sync::Arc;

use crate::article::Record;
use crate::config::OutputKey;
use crate::kafka::delivery::{OutRecord, Parcel, ParcelKind};
use crate::kafka::headers;
use crate::kafka::ledgers::Lane;
use crate::stage::Outcome;

/// Where outcomes go, and under which key.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// Topic of enriched articles.
    pub output: Arc<str>,
    /// Topic of dead letters.
    pub dead_letters: Arc<str>,
    /// Key of enriched articles.
    pub key: OutputKey,
    /// Version of the program, for dead letters.
    pub version: &'static str,
}

/// The parcel of an outcome. A pure function of the raw record and the outcome, so that a repeat is byte for byte the same.
pub fn parcel_of(to: &Addresses, lane: Lane, source: Arc<Record>, outcome: Outcome) -> Parcel {
    let (kind, record) = match outcome {
        Outcome::Enriched(enriched) => {
            let key = match to.key {
                OutputKey::Input => source.key.clone(),
                OutputKey::Id => Some(enriched.id.as_bytes().to_vec()),
                OutputKey::Cluster => Some(enriched.cluster.as_bytes().to_vec()),
            };
            let headers = headers::enriched(&source);
            (ParcelKind::Enriched, Some((&to.output, key, Some(enriched.json), headers)))
        }
        Outcome::Tombstone => {
            let headers = headers::tombstone(&source);
            (ParcelKind::Tombstone, Some((&to.output, source.key.clone(), None, headers)))
        }
        Outcome::Rejected(reject) => {
            let headers = headers::dead_letter(&source, &reject, to.version);
            let dead = (&to.dead_letters, source.key.clone(), source.value.clone(), headers);
            (ParcelKind::DeadLetter, Some(dead))
        }
        Outcome::Dropped => (ParcelKind::Dropped, None),
    };
    let record = record.map(|(topic, key, value, headers)| OutRecord {
        topic: topic.clone(),
        key,
        value,
        headers,
        timestamp: source.timestamp,
    });
    Parcel { lane, source, record, kind }
}

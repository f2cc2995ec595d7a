//! Headers of what leaves: CloudEvents (binary mode) on enriched records, the reason and the source position on dead
//! letters. The producer's own headers are passed through.

use jiff::Timestamp;
use rdkafka::message::OwnedHeaders;

use crate::article::{Position, Record, Reject};

/// A header's name and value, as Kafka has it.
pub type Header = (String, Option<Vec<u8>>);

/// Prefix of the headers that a dead letter gets.
pub const PREFIX: &str = "copydesk-";
/// How often a raw record has become a dead letter; survives a replay.
pub const ATTEMPTS: &str = "copydesk-attempts";
/// A message is cut at this many bytes: headers are for reading, not for payload.
const MESSAGE_LIMIT: usize = 1024;

/// Headers of an enriched record. `ce_id` is the source position, because the same article id can come twice.
pub fn enriched(record: &Record) -> Vec<Header> {
    let Position { topic, partition, offset } = &record.position;
    let mut headers = vec![
        text("ce_specversion", "1.0"),
        text("ce_id", &format!("{partition}/{offset}")),
        text("ce_source", &format!("/copydesk/{topic}")),
        text("ce_type", "copydesk.article.enriched.v1"),
    ];
    if let Some(time) = record.timestamp.and_then(|ms| Timestamp::from_millisecond(ms).ok()) {
        headers.push(text("ce_time", &time.to_string()));
    }
    headers.push(text("content-type", "application/json"));
    let foreign = |(name, _): &&Header| {
        let name = name.to_ascii_lowercase();
        !(name.starts_with("ce_") || name.starts_with(PREFIX) || name == "content-type")
    };
    headers.extend(record.headers.iter().filter(foreign).cloned());
    headers
}

/// Headers of a tombstone that is passed on: the producer's own.
pub fn tombstone(record: &Record) -> Vec<Header> {
    record.headers.clone()
}

/// Headers of a dead letter: the producer's own, then why and where from.
pub fn dead_letter(record: &Record, reject: &Reject, version: &str) -> Vec<Header> {
    let Position { topic, partition, offset } = &record.position;
    let mut headers: Vec<Header> =
        record.headers.iter().filter(|(name, _)| !name.starts_with(PREFIX)).cloned().collect();
    headers.extend([
        text("copydesk-error-kind", reject.kind.as_str()),
        text("copydesk-error-stage", reject.stage),
        text("copydesk-error-message", cut(&reject.message)),
        text("copydesk-source-topic", topic),
        text("copydesk-source-partition", &partition.to_string()),
        text("copydesk-source-offset", &offset.to_string()),
    ]);
    if let Some(ms) = record.timestamp {
        headers.push(text("copydesk-source-timestamp", &ms.to_string()));
    }
    headers.push(text(ATTEMPTS, &(attempts(&record.headers) + 1).to_string()));
    headers.push(text("copydesk-version", version));
    headers
}

/// Headers of a dead letter that goes back to the input topic: the producer's own and the count of attempts.
pub fn replay(headers: &[Header]) -> Vec<Header> {
    headers.iter().filter(|(name, _)| !name.starts_with(PREFIX) || name == ATTEMPTS).cloned().collect()
}

/// Headers as the client wants them.
pub fn to_kafka(headers: &[Header]) -> OwnedHeaders {
    headers.iter().fold(OwnedHeaders::new_with_capacity(headers.len()), |out, (key, value)| {
        out.insert(rdkafka::message::Header { key, value: value.as_deref() })
    })
}

/// The text of a header, if it is there and is text.
pub fn find<'a>(headers: &'a [Header], name: &str) -> Option<&'a str> {
    let (_, value) = headers.iter().rev().find(|(key, _)| key == name)?;
    std::str::from_utf8(value.as_deref()?).ok()
}

fn attempts(headers: &[Header]) -> u32 {
    find(headers, ATTEMPTS).and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn text(name: &str, value: &str) -> Header {
    (name.to_owned(), Some(value.as_bytes().to_vec()))
}

fn cut(message: &str) -> &str {
    let mut end = message.len().min(MESSAGE_LIMIT);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    &message[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RejectKind;

    fn record(headers: Vec<Header>) -> Record {
        Record {
            position: Position::new("raw", 3, 1042),
            key: None,
            value: None,
            headers,
            timestamp: Some(1_767_225_600_000),
        }
    }

    fn reject(message: String) -> Reject {
        Reject { kind: RejectKind::Empty, stage: "parse", message }
    }

    #[test]
    fn an_enriched_record_is_a_cloud_event_and_keeps_the_producers_headers() {
        let headers = enriched(&record(vec![
            text("traceparent", "00-abc"),
            text("Content-Type", "text/html"),
            text("copydesk-attempts", "2"),
        ]));
        assert_eq!(find(&headers, "ce_id"), Some("3/1042"));
        assert_eq!(find(&headers, "ce_source"), Some("/copydesk/raw"));
        assert_eq!(find(&headers, "ce_time"), Some("2026-01-01T00:00:00Z"));
        assert_eq!(find(&headers, "content-type"), Some("application/json"));
        assert_eq!(find(&headers, "traceparent"), Some("00-abc"));
        assert_eq!(find(&headers, "Content-Type"), None);
        assert_eq!(find(&headers, "copydesk-attempts"), None);
    }

    #[test]
    fn a_dead_letter_says_why_and_where_from() {
        let headers = dead_letter(&record(vec![text("mine", "1")]), &reject("no body".into()), "9.9");
        for (name, value) in [
            ("mine", "1"),
            ("copydesk-error-kind", "empty"),
            ("copydesk-error-stage", "parse"),
            ("copydesk-error-message", "no body"),
            ("copydesk-source-topic", "raw"),
            ("copydesk-source-partition", "3"),
            ("copydesk-source-offset", "1042"),
            ("copydesk-source-timestamp", "1767225600000"),
            ("copydesk-attempts", "1"),
            ("copydesk-version", "9.9"),
        ] {
            assert_eq!(find(&headers, name), Some(value), "{name}");
        }
    }

    #[test]
    fn attempts_are_counted_over_replays_and_nothing_else_is_left_of_the_first_try() {
        let first = dead_letter(&record(vec![text("mine", "1")]), &reject("x".into()), "1");
        let again = replay(&first);
        assert_eq!(again, vec![text("mine", "1"), text("copydesk-attempts", "1")]);
        let second = dead_letter(&record(again), &reject("x".into()), "1");
        assert_eq!(find(&second, "copydesk-attempts"), Some("2"));
        assert_eq!(second.iter().filter(|(name, _)| name == ATTEMPTS).count(), 1);
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let headers = dead_letter(&record(vec![]), &reject("é".repeat(600)), "1");
        assert_eq!(find(&headers, "copydesk-error-message").map(str::len), Some(1024));
        let headers = dead_letter(&record(vec![]), &reject(format!("x{}", "é".repeat(600))), "1");
        assert_eq!(find(&headers, "copydesk-error-message").map(str::len), Some(1023));
    }
}

//! Logs: their form, what is left out of them, and the limit on repeated lines.

use std::cell::Cell;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use copydesk::config::LogFormat;
use copydesk::telemetry::{RateLimit, log_panic, subscriber};
use tracing_subscriber::EnvFilter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn logged(format: LogFormat, filter: &str, act: impl FnOnce()) -> Vec<String> {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = subscriber(format, EnvFilter::new(filter), false, move || writer.clone());
    tracing::subscriber::with_default(subscriber, act);
    let bytes = lines.0.lock().unwrap();
    String::from_utf8(bytes.clone()).unwrap().lines().map(ToOwned::to_owned).collect()
}

#[test]
fn text_lines_follow_the_filter() {
    let lines = logged(LogFormat::Text, "info,librdkafka=warn", || {
        tracing::info!(partition = 3, "assigned");
        tracing::debug!("not this one");
        tracing::info!(target: "librdkafka", "nor this one");
        tracing::warn!(target: "librdkafka", "broker down");
    });
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("INFO") && lines[0].ends_with("assigned partition=3"), "{lines:?}");
    assert!(lines[1].contains("WARN librdkafka: broker down"), "{lines:?}");
}

#[test]
fn json_lines_are_objects_with_flat_fields() {
    let lines =
        logged(LogFormat::Json, "info", || tracing::info!(partition = 3, "assigned \"it\"\nand more"));
    assert_eq!(lines.len(), 1, "{lines:?}");
    let event: serde_json::Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(event["message"], "assigned \"it\"\nand more");
    assert_eq!(event["partition"], 3);
    assert_eq!(event["level"], "INFO");
}

/// A slice of text in the wrong place panics with the text in its message.
#[test]
fn a_panic_is_one_line_without_the_text_of_an_article() {
    std::panic::set_hook(Box::new(log_panic));
    let lines = logged(LogFormat::Text, "info", || {
        let article = String::from("ééé a secret of the newsroom\nsecond line");
        let end = std::hint::black_box(1);
        assert!(std::panic::catch_unwind(|| article[..end].len()).is_err());
    });
    let _ = std::panic::take_hook();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("ERROR") && lines[0].contains("telemetry.rs"), "{lines:?}");
    assert!(!lines[0].contains("secret"), "{lines:?}");
}

#[test]
fn one_line_of_a_kind_per_interval_and_the_rest_is_counted() {
    let start = Instant::now();
    let now = Cell::new(start);
    let limit = RateLimit::with_clock(Duration::from_secs(10), || now.get());
    assert_eq!(limit.admit("a"), Some(0));
    assert_eq!(limit.admit("a"), None);
    assert_eq!(limit.admit("b"), Some(0), "kinds have nothing to do with each other");
    now.set(start + Duration::from_millis(9_999));
    assert_eq!(limit.admit("a"), None);
    now.set(start + Duration::from_secs(10));
    assert_eq!(limit.admit("a"), Some(2));
    assert_eq!(limit.admit("a"), None);
    assert_eq!(limit.untold(), [("a", 1)]);
    assert_eq!(limit.untold(), []);
    now.set(start + Duration::from_secs(21));
    assert_eq!(limit.admit("a"), Some(0), "what was told is not told again");
}

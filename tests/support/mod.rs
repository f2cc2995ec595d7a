//! What the integration tests share: brokers (librdkafka's mock cluster or a real Apache Kafka), records in and out of
//! them, and worker processes.
//!
//! Laws: nothing here sleeps to synchronise (a condition is polled under a deadline), no port is fixed, every process
//! is ended by its id, and also when the test process itself is killed.
#![allow(dead_code, unused_imports, unused_macros, reason = "each test binary uses a part of it")]

pub mod broker;
pub mod compose_schema;
pub mod kafka_jars;
pub mod process;
pub mod real_kafka;
pub mod records;
pub mod worker;

pub use broker::Broker;
pub use real_kafka::RealKafka;
pub use records::{Received, ToSend, produce_all, read_to_end, read_until};
pub use worker::Worker;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;

/// Patience for a step that takes well below a second on an idle machine: tests fail by it only when something hangs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A name that no other test and no other run uses: for topics, groups and files on a broker that is shared.
pub fn unique(name: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let run = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_millis());
    format!("{name}-{run:x}-{:x}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Waits until `condition` holds. Panics with `what` when it does not within `deadline`.
pub fn wait_until(deadline: Duration, what: &str, mut condition: impl FnMut() -> bool) {
    wait_for(deadline, what, || condition().then_some(()));
}

/// Waits until `attempt` gives a value. Panics with `what` when it does not within `deadline`.
pub fn wait_for<T>(deadline: Duration, what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    try_wait_for(deadline, &mut attempt).unwrap_or_else(|| panic!("waited {deadline:?} in vain: {what}"))
}

/// Waits until `attempt` gives a value; `None` after the deadline. Looks again after 1, 2, 4 ... 50 ms.
pub fn try_wait_for<T>(deadline: Duration, mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + deadline;
    let mut back_off = Duration::from_millis(1);
    loop {
        if let Some(value) = attempt() {
            return Some(value);
        }
        if Instant::now() >= end {
            return None;
        }
        thread::sleep(back_off);
        back_off = (back_off * 2).min(Duration::from_millis(50));
    }
}

/// Cargo's target folder, where everything that tests fetch is kept between runs.
pub fn target_dir() -> PathBuf {
    // Cargo makes CARGO_TARGET_TMPDIR as `tmp` inside the target folder, wherever that is.
    let tmp = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    tmp.parent().map_or(tmp.clone(), PathBuf::from)
}

/// A file of the package, by its path from the package's root.
pub fn package_file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// True where a missing Kafka (or a missing schema) must fail the test: `COPYDESK_REQUIRE_KAFKA=1`, as in CI.
pub fn strict() -> bool {
    std::env::var("COPYDESK_REQUIRE_KAFKA").is_ok_and(|value| !matches!(value.as_str(), "" | "0"))
}

/// Settings that every client of a test needs.
pub fn client_config(bootstrap: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", bootstrap);
    // All brokers of the tests listen on 127.0.0.1 only.
    config.set("broker.address.family", "v4");
    config
}

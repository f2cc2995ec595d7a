//! From raw settings to checked ones. A wrong value is noted and a harmless one put in its place, so that one load
//! reports all mistakes; whoever calls throws the result away when anything was noted.

use std::collections::{BTreeMap, BTreeSet};
use std::num::{NonZeroU16, NonZeroU32, NonZeroUsize};
use std::ops::RangeInclusive;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::address::HostPort;
use super::checked::*;
use super::choice::{Choice, GroupProtocolName};
use super::cross;
use super::effective::Effective;
use super::error::SettingsError;
use super::librdkafka::{self, Librdkafka, Wrong};
use super::raw::{RawInput, RawKafka, RawSettings, RawWorker};
use crate::dedup::MOST_ENTRIES;

const GIGABYTE: i64 = 1_000_000_000;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

impl Settings {
    /// Checks each setting, then those that depend on each other. What is wrong is added to `errors`.
    pub(super) fn check(raw: &RawSettings, effective: &Effective, errors: &mut Vec<SettingsError>) -> Self {
        let mut check = Checker::new(effective, errors);
        let settings = Self {
            kafka: kafka(&mut check, &raw.kafka),
            input: input(&mut check, &raw.input),
            output: OutputSettings {
                topic: check.topic("output.topic", &raw.output.topic),
                key: check.choice("output.key", &raw.output.key),
            },
            dead_letters: DeadLetterSettings {
                topic: match optional(&raw.dead_letters.topic) {
                    Some(topic) => check.topic("deadLetters.topic", &topic),
                    None => format!("{}.dead-letters", raw.input.topic),
                },
                max_run: NonZeroU32::new(check.whole(
                    "deadLetters.maxRun",
                    raw.dead_letters.max_run,
                    0..=GIGABYTE,
                )),
            },
            repair: RepairSwitches {
                enabled: raw.repair.enabled,
                boilerplate: raw.repair.boilerplate,
                repeats: raw.repair.repeats,
            },
            extract: ExtractSettings { knowledge: check.knowledge(&raw.extract) },
            dedup: DedupSettings {
                enabled: raw.dedup.enabled,
                copies: check.choice("dedup.copies", &raw.dedup.copies),
                stories: raw.dedup.stories,
                time: check.choice("dedup.time", &raw.dedup.time),
                unavailable: check.choice("dedup.unavailable", &raw.dedup.unavailable),
                unavailable_after: check.millis(
                    "dedup.unavailableMs",
                    raw.dedup.unavailable_ms,
                    1000..=HOUR_MS,
                ),
                window: WindowSettings {
                    articles: check.size(
                        "dedup.window.articles",
                        raw.dedup.window.articles,
                        1..=MOST_ENTRIES as i64,
                    ),
                    time: check.hours("dedup.window.hours", raw.dedup.window.hours, 1..=8760),
                },
                log: SketchLogSettings {
                    topic: check.topic("dedup.log.topic", &raw.dedup.log.topic),
                    retention: check.hours(
                        "dedup.log.retentionHours",
                        raw.dedup.log.retention_hours,
                        1..=87600,
                    ),
                },
            },
            worker: worker(&mut check, &raw.worker),
            topics: TopicSettings {
                auto_create: raw.topics.auto_create,
                partitions: check.count("topics.partitions", raw.topics.partitions, 1..=10_000),
                replication_factor: check.count(
                    "topics.replicationFactor",
                    raw.topics.replication_factor,
                    1..=100,
                ),
            },
            http: HttpSettings { listen: check.listen("http.listen", &raw.http.listen) },
            log: LogSettings {
                format: check.choice("log.format", &raw.log.format),
                filter: check.filter("log.filter", &raw.log.filter),
            },
            drill: DrillSettings { panic_marker: optional(&raw.drill.panic_marker) },
        };
        cross::check(&settings, &mut check);
        settings
    }
}

fn kafka(check: &mut Checker<'_>, raw: &RawKafka) -> KafkaSettings {
    let session = check.millis("kafka.sessionTimeoutMs", raw.session_timeout_ms, 1000..=HOUR_MS / 2);
    KafkaSettings {
        bootstrap_servers: check.servers("kafka.bootstrapServers", &raw.bootstrap_servers),
        group_id: check.text("kafka.groupId", &raw.group_id),
        client_id: check.text("kafka.clientId", &raw.client_id),
        group_instance_id: optional(&raw.group_instance_id),
        group_protocol: match check.choice("kafka.groupProtocol", &raw.group_protocol) {
            GroupProtocolName::Classic => GroupProtocol::Classic { session_timeout: session },
            GroupProtocolName::Consumer => GroupProtocol::Consumer,
        },
        broker_address_family: check.choice("kafka.brokerAddressFamily", &raw.broker_address_family),
        max_poll_interval: check.millis("kafka.maxPollIntervalMs", raw.max_poll_interval_ms, 1000..=DAY_MS),
        commit_interval: check.millis("kafka.commitIntervalMs", raw.commit_interval_ms, 10..=60_000),
        message_timeout: check.millis("kafka.messageTimeoutMs", raw.message_timeout_ms, 1000..=HOUR_MS),
        linger: check.millis("kafka.lingerMs", raw.linger_ms, 0..=60_000),
        compression: check.choice("kafka.compression", &raw.compression),
        max_message_bytes: check.whole("kafka.maxMessageBytes", raw.max_message_bytes, 1000..=GIGABYTE),
        librdkafka: check.librdkafka(raw.librdkafka.as_ref()),
    }
}

fn input(check: &mut Checker<'_>, raw: &RawInput) -> InputTopic {
    InputTopic {
        topic: check.topic("input.topic", &raw.topic),
        format: check.choice("input.format", &raw.format),
        dialect: check.choice("input.dialect", &raw.dialect),
        fields: check.fields(raw.fields.as_ref()),
        max_bytes: check.whole("input.maxBytes", raw.max_bytes, 1..=GIGABYTE),
        max_depth: check.whole("input.maxDepth", raw.max_depth, 1..=256),
        on_gap: check.choice("input.onGap", &raw.on_gap),
    }
}

fn worker(check: &mut Checker<'_>, raw: &RawWorker) -> WorkerSettings {
    WorkerSettings {
        threads: NonZeroUsize::new(check.whole("worker.threads", raw.threads, 0..=1024)),
        budget_articles: check.size("worker.budgetArticles", raw.budget_articles, 1..=10_000_000),
        budget_bytes: check.size("worker.budgetBytes", raw.budget_bytes, 1 << 20..=1 << 40),
        pause_after: check.millis("worker.pauseAfterMs", raw.pause_after_ms, 0..=60_000),
        drain: check.millis("worker.drainMs", raw.drain_ms, 100..=HOUR_MS),
        shutdown: check.millis("worker.shutdownMs", raw.shutdown_ms, 100..=HOUR_MS),
        stall: check.millis("worker.stallMs", raw.stall_ms, 1000..=DAY_MS),
    }
}

/// An empty string means "not set".
fn optional(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Notes what is wrong, with the origin of the value.
pub(super) struct Checker<'a> {
    pub effective: &'a Effective,
    pub errors: &'a mut Vec<SettingsError>,
    wrong: BTreeSet<String>,
}

impl<'a> Checker<'a> {
    fn new(effective: &'a Effective, errors: &'a mut Vec<SettingsError>) -> Self {
        let wrong = (errors.iter())
            .filter_map(|error| match error {
                SettingsError::Value { key, .. } | SettingsError::Twice { key, .. } => Some(key.clone()),
                _ => None,
            })
            .collect();
        Self { effective, errors, wrong }
    }

    /// Notes that a value is not what is allowed.
    pub fn wrong(&mut self, key: &str, allowed: impl Into<String>) {
        self.wrong.insert(key.to_owned());
        self.errors.push(SettingsError::Value {
            key: key.to_owned(),
            value: self.effective.value(key).unwrap_or_default(),
            origin: self.effective.origin(key),
            allowed: allowed.into(),
        });
    }

    /// Notes that two settings do not go together, unless one of them is wrong by itself.
    pub fn conflict(&mut self, first: &str, second: &str, problem: impl Into<String>) {
        if self.wrong.contains(first) || self.wrong.contains(second) {
            return;
        }
        let named = |key: &str| match self.effective.value(key) {
            Some(value) => format!("{key} = {value}"),
            None => key.to_owned(),
        };
        self.errors.push(SettingsError::Conflict {
            first: named(first),
            first_origin: self.effective.origin(first),
            second: named(second),
            second_origin: self.effective.origin(second),
            problem: problem.into(),
        });
    }

    fn in_range(&mut self, key: &str, value: i64, range: RangeInclusive<i64>) -> i64 {
        if range.contains(&value) {
            return value;
        }
        self.wrong(key, format!("from {} to {}", range.start(), range.end()));
        *range.start()
    }

    fn whole<T: TryFrom<i64> + Default>(&mut self, key: &str, value: i64, range: RangeInclusive<i64>) -> T {
        // Every range here fits its type but on machines of 32 bits, where the largest sizes do not.
        let checked = self.in_range(key, value, range);
        T::try_from(checked).unwrap_or_else(|_| {
            self.wrong(key, "a number that this machine can address");
            T::default()
        })
    }

    fn size(&mut self, key: &str, value: i64, range: RangeInclusive<i64>) -> NonZeroUsize {
        NonZeroUsize::new(self.whole(key, value, range)).unwrap_or(NonZeroUsize::MIN)
    }

    fn count(&mut self, key: &str, value: i64, range: RangeInclusive<i64>) -> NonZeroU16 {
        NonZeroU16::new(self.whole(key, value, range)).unwrap_or(NonZeroU16::MIN)
    }

    fn millis(&mut self, key: &str, value: i64, range: RangeInclusive<i64>) -> Duration {
        Duration::from_millis(self.in_range(key, value, range).unsigned_abs())
    }

    fn hours(&mut self, key: &str, value: i64, range: RangeInclusive<i64>) -> Duration {
        Duration::from_secs(self.in_range(key, value, range).unsigned_abs() * 3600)
    }

    fn choice<C: Choice>(&mut self, key: &str, name: &str) -> C {
        C::from_name(name).unwrap_or_else(|| {
            let all: Vec<&str> = C::ALL.iter().map(|choice| choice.as_str()).collect();
            self.wrong(key, format!("one of {}", all.join(", ")));
            C::ALL[0]
        })
    }

    fn text(&mut self, key: &str, text: &str) -> String {
        if text.trim().is_empty() {
            self.wrong(key, "a name, not empty");
        }
        text.to_owned()
    }

    fn topic(&mut self, key: &str, name: &str) -> String {
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if name.is_empty() || name.len() > 249 || matches!(name, "." | "..") || !name.chars().all(legal) {
            self.wrong(key, "a topic's name: 1 to 249 of a-z, A-Z, 0-9, `.`, `_` and `-`");
        }
        name.to_owned()
    }

    fn servers(&mut self, key: &str, list: &str) -> Vec<HostPort> {
        let servers: Result<Vec<HostPort>, _> = list.split(',').map(str::parse).collect();
        match servers {
            Ok(servers) if servers.iter().all(|server| server.port() > 0) => servers,
            _ => {
                self.wrong(key, "HOST:PORT, several separated by commas, such as kafka-1:9092,kafka-2:9092");
                Vec::new()
            }
        }
    }

    fn listen(&mut self, key: &str, address: &str) -> Option<HostPort> {
        let parsed = optional(address)?.parse();
        parsed.map_err(|_| self.wrong(key, "HOST:PORT, such as 0.0.0.0:8080, or empty for no HTTP")).ok()
    }

    fn filter(&mut self, key: &str, filter: &str) -> String {
        if let Err(error) = EnvFilter::try_new(filter) {
            self.wrong(key, format!("a filter as in RUST_LOG, such as info,librdkafka=warn ({error})"));
        }
        filter.to_owned()
    }

    fn fields(&mut self, fields: Option<&BTreeMap<String, String>>) -> BTreeMap<String, Vec<String>> {
        let mut split = BTreeMap::new();
        for (field, path) in fields.into_iter().flatten() {
            let parts: Vec<String> = path.split('.').map(ToOwned::to_owned).collect();
            if parts.iter().any(String::is_empty) {
                self.wrong(
                    &format!("input.fields.{field}"),
                    "the dotted path of a value, such as meta.headline",
                );
            }
            split.insert(field.clone(), parts);
        }
        split
    }

    fn librdkafka(&mut self, properties: Option<&BTreeMap<String, String>>) -> Librdkafka {
        for (name, value) in properties.into_iter().flatten() {
            let key = format!("kafka.librdkafka.{name}");
            let origin = self.effective.origin(&key);
            if let Some(reason) = librdkafka::owned(name) {
                self.errors.push(SettingsError::Refused { key, origin, reason: reason.to_owned() });
                continue;
            }
            match librdkafka::try_out(name, value) {
                Ok(()) => {}
                Err(Wrong::Value(allowed)) => self.wrong(&key, allowed),
                Err(Wrong::Name(near)) => {
                    let suggestion = match near {
                        Some(near) => format!("did you mean kafka.librdkafka.{near}?"),
                        None => "librdkafka has no such property".to_owned(),
                    };
                    self.errors.push(SettingsError::Unknown { key, origin, suggestion: Some(suggestion) });
                }
            }
        }
        Librdkafka::new(properties.cloned().unwrap_or_default())
    }
}

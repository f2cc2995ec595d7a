//! What must hold between settings. Each message names both settings and says how to mend it.

use super::budget::TimeBudget;
use super::check::Checker;
use super::checked::{GroupProtocol, Settings};

/// Checks all pairs of settings that depend on each other.
pub(super) fn check(settings: &Settings, check: &mut Checker<'_>) {
    topics_differ(settings, check);
    name_length(settings, check);
    sizes(settings, check);
    if settings.dedup.enabled {
        retention(settings, check);
    }
    if settings.kafka.group_protocol == GroupProtocol::Consumer {
        group_protocol(settings, check);
    }
    for line in TimeBudget::of(settings).violated() {
        let Some((first, _)) = line.left.last() else { continue };
        let problem = format!("{}: {}; lower the first or raise the second", line.rule(), line.reason);
        check.conflict(first, line.right.0, problem);
    }
}

fn topics_differ(settings: &Settings, check: &mut Checker<'_>) {
    let topics = [
        ("input.topic", &settings.input.topic),
        ("output.topic", &settings.output.topic),
        ("deadLetters.topic", &settings.dead_letters.topic),
        ("dedup.log.topic", &settings.dedup.log.topic),
    ];
    for (index, (second, name)) in topics.iter().enumerate() {
        for (first, other) in &topics[..index] {
            if name == other {
                let problem = format!(
                    "both are the topic {name}: the worker would read what it writes; give one another name"
                );
                check.conflict(first, second, problem);
            } else if name.replace('.', "_") == other.replace('.', "_") {
                let problem =
                    "Kafka refuses topics whose names differ only in `.` and `_`; give one another name";
                check.conflict(first, second, problem);
            }
        }
    }
}

/// A dead-letter topic that was named has been checked; one that is made from another name may be too long.
fn name_length(settings: &Settings, check: &mut Checker<'_>) {
    let length = settings.dead_letters.topic.len();
    if length > 249 {
        let problem = format!(
            "the name made from input.topic has {length} characters and Kafka takes 249; set deadLetters.topic"
        );
        check.conflict("deadLetters.topic", "input.topic", problem);
    }
}

fn sizes(settings: &Settings, check: &mut Checker<'_>) {
    if settings.kafka.max_message_bytes < settings.input.max_bytes {
        let problem = "an article that input.maxBytes lets in could not be fetched, or not be produced again; raise \
                       kafka.maxMessageBytes to at least input.maxBytes";
        check.conflict("kafka.maxMessageBytes", "input.maxBytes", problem);
    }
}

fn retention(settings: &Settings, check: &mut Checker<'_>) {
    let (window, retention) = (settings.dedup.window.time, settings.dedup.log.retention);
    if retention < 2 * window {
        let hours = 2 * window.as_secs() / 3600;
        let problem = format!(
            "half of the sketch log's retention must be no less than the window, or entries vanish that the window still \
             wants; raise dedup.log.retentionHours to {hours} (and the topic's retention.ms) or lower dedup.window.hours"
        );
        check.conflict("dedup.log.retentionHours", "dedup.window.hours", problem);
    }
}

fn group_protocol(settings: &Settings, check: &mut Checker<'_>) {
    if settings.kafka.librdkafka.get("heartbeat.interval.ms").is_some() {
        let problem = "with the consumer protocol the broker decides on heartbeats; take the property out";
        check.conflict("kafka.groupProtocol", "kafka.librdkafka.heartbeat.interval.ms", problem);
    }
}

//! Every rule for topics, one at a time: start from a cluster that is in order, spoil one thing, look at what is said.

use super::*;
use crate::config::Sources;

fn settings(set: &[&str]) -> Settings {
    let fixed =
        ["input.topic=raw", "output.topic=fine", "deadLetters.topic=dead", "dedup.log.topic=sketches"];
    let loaded = Sources::new().set(fixed.iter().chain(set).copied()).load();
    loaded.unwrap_or_else(|errors| panic!("{errors}")).settings
}

fn config(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A cluster as it should be. The log is kept for 30 days.
fn good() -> BTreeMap<String, Found> {
    let plain =
        config(&[("max.message.bytes", "1048588"), ("cleanup.policy", "delete"), ("retention.ms", "1000")]);
    let log = config(&[
        ("message.timestamp.type", "LogAppendTime"),
        ("cleanup.policy", "delete"),
        ("retention.ms", "2592000000"),
        ("retention.bytes", "-1"),
        ("max.message.bytes", "1048588"),
    ]);
    let outcomes = config(&[("max.message.bytes", "1114124"), ("message.timestamp.type", "LogAppendTime")]);
    BTreeMap::from([
        ("raw".to_owned(), Found { partitions: 6, config: plain }),
        ("fine".to_owned(), Found { partitions: 6, config: outcomes.clone() }),
        ("dead".to_owned(), Found { partitions: 6, config: outcomes }),
        ("sketches".to_owned(), Found { partitions: 1, config: log }),
    ])
}

/// The findings after one setting of one topic was changed.
fn spoilt(topic: &str, name: &str, value: &str) -> Vec<Finding> {
    let mut found = good();
    let there = found.get_mut(topic).unwrap_or_else(|| panic!("no topic {topic}"));
    there.config.insert(name.to_owned(), value.to_owned());
    judge(&settings(&[]), &found)
}

/// Exactly one finding, of that topic and weight, that says all of this.
fn only(findings: &[Finding], topic: &str, fatal: bool, says: &[&str]) {
    let [finding] = findings else { panic!("{findings:?}") };
    assert_eq!((finding.topic.as_str(), finding.fatal), (topic, fatal), "{finding:?}");
    for part in says {
        assert!(finding.message.contains(part), "{part:?} is not in {:?}", finding.message);
    }
}

#[test]
fn a_cluster_in_order_gives_no_finding() {
    assert_eq!(judge(&settings(&[]), &good()), []);
}

#[test]
fn a_missing_topic_is_fatal_and_the_message_says_how_to_make_it() {
    for topic in ["raw", "fine", "dead", "sketches"] {
        let mut found = good();
        found.remove(topic);
        only(&judge(&settings(&[]), &found), topic, true, &["does not exist", "copydesk topics create"]);
    }
    assert_eq!(judge(&settings(&[]), &BTreeMap::new()).len(), 4);
}

#[test]
fn the_sketch_log_has_one_partition() {
    for partitions in [0, 2, 12] {
        let mut found = good();
        if let Some(log) = found.get_mut("sketches") {
            log.partitions = partitions;
        }
        let says = [&*format!("has {partitions} partitions"), "exactly 1", "dedup.log.topic"];
        only(&judge(&settings(&[]), &found), "sketches", true, &says);
    }
}

#[test]
fn the_sketch_log_has_the_brokers_own_time() {
    let findings = spoilt("sketches", "message.timestamp.type", "CreateTime");
    only(&findings, "sketches", true, &["CreateTime", "message.timestamp.type=LogAppendTime"]);
    assert_eq!(spoilt("raw", "message.timestamp.type", "CreateTime"), [], "the input may have any");
}

#[test]
fn the_sketch_log_is_not_compacted() {
    for policy in ["compact", "compact,delete"] {
        let findings = spoilt("sketches", "cleanup.policy", policy);
        only(&findings, "sketches", true, &[policy, "cleanup.policy=delete"]);
    }
    assert_eq!(spoilt("raw", "cleanup.policy", "compact"), [], "the input may be");
}

#[test]
fn the_sketch_log_keeps_entries_for_as_long_as_the_settings_say() {
    let hour = 3_600_000_i64;
    let with = |kept: i64| {
        let mut found = good();
        if let Some(log) = found.get_mut("sketches") {
            log.config.insert("retention.ms".to_owned(), kept.to_string());
        }
        judge(&settings(&["dedup.window.hours=72", "dedup.log.retentionHours=200"]), &found)
    };
    only(&with(200 * hour - 1), "sketches", true, &["719999999", "retention.ms=720000000", "retentionHours"]);
    assert_eq!(with(200 * hour), []);
    assert_eq!(with(-1), [], "-1 keeps them for ever");
}

/// An outcome has the time of its raw record, which may be long ago.
#[test]
fn retention_of_outcomes_should_count_from_their_arrival() {
    for topic in ["fine", "dead"] {
        let findings = spoilt(topic, "message.timestamp.type", "CreateTime");
        only(&findings, topic, false, &["CreateTime", "message.timestamp.type=LogAppendTime"]);
    }
    assert_eq!(spoilt("raw", "message.timestamp.type", "CreateTime"), [], "the input is its producer's");
}

#[test]
fn the_sketch_log_is_not_cut_by_size() {
    let findings = spoilt("sketches", "retention.bytes", "1073741824");
    only(&findings, "sketches", true, &["1073741824", "retention.bytes=-1"]);
    assert_eq!(spoilt("raw", "retention.bytes", "1073741824"), [], "the input may be");
}

#[test]
fn the_sketch_log_should_take_full_batches() {
    let findings = spoilt("sketches", "max.message.bytes", "500000");
    only(&findings, "sketches", false, &["500000", "checkpoints", "max.message.bytes=1048588"]);
    assert_eq!(spoilt("sketches", "max.message.bytes", "1048588"), []);
}

#[test]
fn dead_letters_must_be_as_large_as_the_input() {
    let findings = spoilt("dead", "max.message.bytes", "1114123");
    // A raw record of the input's limit, and 64 KiB for the headers.
    only(&findings, "dead", false, &["1114123", "1048588", "Set it to 1114124"]);
    assert_eq!(spoilt("dead", "max.message.bytes", "1114124"), []);
    assert_eq!(spoilt("fine", "max.message.bytes", "1000"), [], "that becomes a dead letter");
}

/// A cluster may forbid to read settings; the number of partitions is still seen.
#[test]
fn settings_that_cannot_be_read_are_not_judged() {
    let mut found = good();
    found.values_mut().for_each(|topic| topic.config.clear());
    assert_eq!(judge(&settings(&[]), &found), []);
    if let Some(log) = found.get_mut("sketches") {
        log.partitions = 2;
    }
    assert_eq!(judge(&settings(&[]), &found).len(), 1);
}

#[test]
fn without_dedup_the_sketch_log_is_neither_wanted_nor_judged() {
    let off = settings(&["dedup.enabled=false"]);
    let names: Vec<String> = wanted(&off).into_iter().map(|topic| topic.name).collect();
    assert_eq!(names, ["raw", "fine", "dead"]);
    let mut found = good();
    found.remove("sketches");
    assert_eq!(judge(&off, &found), []);
    found.insert(
        "sketches".to_owned(),
        Found { partitions: 9, config: config(&[("cleanup.policy", "compact")]) },
    );
    assert_eq!(judge(&off, &found), []);
}

#[test]
fn several_faults_are_all_told() {
    let mut found = good();
    found.remove("fine");
    if let Some(log) = found.get_mut("sketches") {
        log.partitions = 3;
        log.config.insert("cleanup.policy".to_owned(), "compact".to_owned());
        log.config.insert("message.timestamp.type".to_owned(), "CreateTime".to_owned());
    }
    let findings = judge(&settings(&[]), &found);
    assert_eq!(findings.len(), 4, "{findings:?}");
    assert!(findings.iter().all(|finding| finding.fatal));
}

#[test]
fn wanted_topics_are_what_the_settings_say() {
    let topics =
        wanted(&settings(&["topics.partitions=7", "dedup.window.hours=24", "dedup.log.retentionHours=100"]));
    let shape: Vec<(Role, &str, i32)> =
        topics.iter().map(|t| (t.role, t.name.as_str(), t.partitions)).collect();
    let expected = [
        (Role::Input, "raw", 7),
        (Role::Output, "fine", 7),
        (Role::DeadLetters, "dead", 7),
        (Role::SketchLog, "sketches", 1),
    ];
    assert_eq!(shape, expected);
    assert!(topics[0].config.is_empty(), "the input is its producer's");
    for outcome in &topics[1..3] {
        assert_eq!(outcome.config.get("message.timestamp.type").map(String::as_str), Some("LogAppendTime"));
    }
    let log: Vec<(&str, &str)> =
        topics[3].config.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let expected = [
        ("cleanup.policy", "delete"),
        ("message.timestamp.type", "LogAppendTime"),
        ("retention.bytes", "-1"),
        ("retention.ms", "360000000"),
    ];
    assert_eq!(log, expected);
}

/// What copydesk creates is what copydesk accepts.
#[test]
fn what_is_created_passes_the_judge() {
    let settings = settings(&[]);
    let created = wanted(&settings).into_iter().map(|topic| {
        let config = topic.config.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        (topic.name, Found { partitions: topic.partitions as usize, config })
    });
    assert_eq!(judge(&settings, &created.collect()), []);
}

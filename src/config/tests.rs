//! Laws of the settings that need their private parts.

use std::collections::BTreeSet;

use super::librdkafka::{Wrong, owned, try_out};
use super::librdkafka_names::{CONSUMER, OWNED, PRODUCER, SHARED};
use super::names::{DEFAULTS, NAMES};
use super::raw::RawSettings;
use super::toml_text::leaves;
use super::value::{Given, Scalar};

/// serde refuses a key that no struct has, and misses one that the file has not: so the two sets are the same.
#[test]
fn the_file_and_the_raw_settings_have_the_same_keys() {
    toml::from_str::<RawSettings>(DEFAULTS).unwrap();

    for key in &NAMES.keys {
        let without: String = drop_key(DEFAULTS, &key.path);
        let error = toml::from_str::<RawSettings>(&without).unwrap_err().to_string();
        let last = key.path.last().unwrap();
        assert!(error.contains(&format!("missing field `{last}`")), "{} is not read: {error}", key.name());
    }
    let more = DEFAULTS.replace("[worker]", "[worker]\nfoo = 1");
    assert!(toml::from_str::<RawSettings>(&more).unwrap_err().to_string().contains("unknown field `foo`"));
}

fn drop_key(text: &str, path: &[String]) -> String {
    let line = leaves(text).unwrap().into_iter().find(|leaf| leaf.path == path).unwrap().line;
    text.lines()
        .enumerate()
        .filter(|(index, _)| index + 1 != line)
        .map(|(_, line)| format!("{line}\n"))
        .collect()
}

#[test]
fn every_key_of_the_file_has_a_comment() {
    assert!(NAMES.keys.len() > 40, "{} keys", NAMES.keys.len());
    for key in &NAMES.keys {
        assert!(
            key.comment.split_whitespace().count() >= 2,
            "{} has no comment: {:?}",
            key.name(),
            key.comment
        );
    }
}

/// A name that stands in two lists, or that librdkafka does not know, would mislead whoever reads a message.
#[test]
fn the_lists_of_properties_are_true() {
    let mut seen = BTreeSet::new();
    for name in SHARED.iter().chain(CONSUMER).chain(PRODUCER).chain(OWNED.iter().map(|(name, _)| name)) {
        assert!(seen.insert(name), "{name} is listed twice");
        // No value fits all, so a complaint about the value is well: the name is known.
        if let Err(Wrong::Name(_)) = try_out(name, "1") {
            panic!("librdkafka does not know {name}");
        }
    }
}

#[test]
fn callbacks_are_refused() {
    assert!(owned("rebalance_cb").is_some());
    assert!(owned("security.protocol").is_none());
}

#[test]
fn leaves_have_the_line_of_their_key() {
    let text =
        "# a\n[kafka]\n\ngroupId = \"x\"\n[kafka.librdkafka]\nsecurity.protocol = \"ssl\"\n\"a.b\" = 1.5\n";
    let found = leaves(text).unwrap();
    let places: Vec<(String, usize)> = found.iter().map(|leaf| (leaf.path.join("/"), leaf.line)).collect();
    let wanted =
        [("kafka/groupId", 4), ("kafka/librdkafka/security/protocol", 6), ("kafka/librdkafka/a.b", 7)];
    assert_eq!(places, wanted.map(|(name, line)| (name.to_owned(), line)));
    assert_eq!(found[0].value, Given::Typed(Scalar::Text("x".to_owned())));
    assert_eq!(found[2].value, Given::Float("1.5".to_owned()));
}

#[test]
fn a_syntax_error_names_the_line_and_quotes_nothing() {
    let wrong = leaves("[kafka]\n\"sasl.password\" = hunter2\n").unwrap_err();
    assert_eq!(wrong.line, Some(2));
    assert!(!wrong.problem.contains("hunter2"), "{}", wrong.problem);
}

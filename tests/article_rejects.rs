//! Every way in which a record can fail to be an article, and that its message helps.

mod article_support;

use article_support::{article, read_as, record, rejected, settings};
use copydesk::article::{Dialect, Format, InputSettings, Parsed, RejectKind, parse};

#[test]
fn a_null_value_is_a_tombstone() {
    let mut tombstone = record("");
    tombstone.value = None;
    assert_eq!(parse(&tombstone, &settings(Dialect::Copydesk)), Ok(Parsed::Tombstone));
}

#[test]
fn nothing_and_white_space_are_empty() {
    for value in ["", " ", "\r\n\t \n", "\u{FEFF}", "\u{FEFF} \n", "\u{200B}", "\u{A0}\n"] {
        assert_eq!(rejected(value).0, RejectKind::Empty, "{value:?}");
    }
}

#[test]
fn broken_json_is_named_with_its_place() {
    for (value, place) in [
        ("{\"text\": \"a\"\n, \"title\" \"b\"}", "line 2, column 11"),
        ("{\"text\": \"a\"} trailing", "line 1, column 15"),
        ("{\"text\": \"a\"}{\"text\": \"b\"}", "line 1, column 14"),
        ("{\"text\": NaN}", "line 1, column 10"),
        ("{\"text\": \"a\"", "line 1, column 12"),
        ("{\"text\": \"a\",}", "line 1, column 14"),
        ("{\"text\": \"a\nb\"}", "line 2, column 0"),
        ("{\"text\": \"a\",\n  \"text\": \"b\"}", "line 2, column 3"),
        ("{\"text\": \"\\ud800\"}", "line 1, column 17"),
        ("{", "line 1, column 1"),
        // The parser's own mark for numbers is no number when a sender writes it.
        ("{\"text\": \"a\", \"x\": {\"$serde_json::private::Number\": \"b\"}}", "line 1"),
    ] {
        let (kind, message) = rejected(value);
        assert_eq!(kind, RejectKind::InvalidJson, "{value}");
        assert!(message.starts_with(place), "{value}: {message}");
        assert!(!message.contains(" at line "), "the place stands once: {message}");
    }
    let (_, message) = rejected("{\"text\": \"a\", \"x\": {\"y\": 1, \"y\": 2}}");
    assert!(message.contains("\"y\" stands twice"), "{message}");
}

#[test]
fn json_without_text_is_missing_text() {
    for value in [
        "{}",
        "{\"title\": \"Only a title\"}",
        "{\"text\": \"  \"}",
        "{\"text\": null}",
        "{\"text\": \"\", \"html\": \"\"}",
        "{\"html\": \"<nav><a href=/>Home</a></nav>\"}",
        "{\"text\": \"\\u200b\\u0000\"}",
    ] {
        let (kind, message) = rejected(value);
        assert_eq!(kind, RejectKind::MissingText, "{value}");
        assert!(
            message.contains("text, body, content, html") && message.contains("input.dialect"),
            "{message}"
        );
    }
}

#[test]
fn a_page_without_main_content_is_missing_text() {
    for value in [
        "<html><head><title>Home</title></head><body></body></html>",
        "<html><body><nav><a href=/a>World news today</a> <a href=/b>Sport results today</a></nav></body></html>",
        "<!DOCTYPE html><script>var text = 'The port is open and ships may come in.';</script>",
        "<p></p>",
        "<ul><li><a href=/a>One headline of many words</a></li><li><a href=/b>Another headline</a></li></ul>",
    ] {
        assert_eq!(rejected(value).0, RejectKind::MissingText, "{value}");
    }
}

#[test]
fn a_wrong_type_is_named_with_its_field() {
    for (value, field, found) in [
        ("{\"text\": 5}", "\"text\"", "a number"),
        ("{\"text\": [\"a\"]}", "\"text\"", "an array"),
        ("{\"text\": {\"a\": 1}}", "\"text\"", "an object"),
        ("{\"text\": \"a\", \"title\": true}", "\"title\"", "a boolean"),
        ("{\"text\": \"a\", \"url\": 1}", "\"url\"", "a number"),
        ("{\"text\": \"a\", \"source\": 1}", "\"source\"", "a number"),
        ("{\"text\": \"a\", \"source\": {\"name\": []}}", "\"source.name\"", "an array"),
        ("{\"text\": \"a\", \"authors\": 1}", "\"authors\"", "a number"),
        ("{\"text\": \"a\", \"authors\": [\"b\", false]}", "\"authors\"", "a boolean"),
        ("{\"text\": \"a\", \"datePublished\": {}}", "\"datePublished\"", "an object"),
        ("{\"text\": \"a\", \"language\": []}", "\"language\"", "an array"),
        ("{\"text\": \"a\", \"id\": [1]}", "\"id\"", "an array"),
        ("{\"html\": 1}", "\"html\"", "a number"),
    ] {
        let (kind, message) = rejected(value);
        assert_eq!(kind, RejectKind::WrongType, "{value}");
        assert!(message.contains(field) && message.contains(found), "{value}: {message}");
    }
    assert_eq!(rejected("[{\"text\": \"a\"}, {\"text\": \"b\"}]").0, RejectKind::WrongType);
    let json = InputSettings { format: Format::Json, ..settings(Dialect::Copydesk) };
    for value in ["5", "\"text\"", "null", "[1]"] {
        let kind = read_as(value, &json).map_err(|reject| reject.kind);
        assert_eq!(kind.err(), Some(RejectKind::WrongType), "{value}");
    }
}

#[test]
fn a_large_value_is_too_large_whatever_it_holds() {
    let small = InputSettings { max_bytes: 20, ..settings(Dialect::Copydesk) };
    assert!(read_as("x".repeat(20), &small).is_ok());
    let reject = read_as("x".repeat(21), &small).err();
    let reject = reject.unwrap_or_else(|| panic!("it must be rejected"));
    assert_eq!(reject.kind, RejectKind::TooLarge);
    assert!(
        reject.message.contains("21 bytes") && reject.message.contains("input.maxBytes = 20"),
        "{reject}"
    );
}

#[test]
fn json_may_be_as_deep_as_the_setting_and_no_deeper() {
    let nested = |levels: usize| {
        let inner = levels - 1;
        format!("{{\"text\": \"a\", \"x\": {}{}}}", "[".repeat(inner), "]".repeat(inner))
    };
    assert_eq!(article(nested(128)).text, "a");
    assert_eq!(rejected(nested(129)).0, RejectKind::TooDeep);
    let deeper = InputSettings { max_depth: 1_000_000, ..settings(Dialect::Copydesk) };
    assert!(read_as(nested(256), &deeper).is_ok());
    assert_eq!(read_as(nested(257), &deeper).err().map(|reject| reject.kind), Some(RejectKind::TooDeep));
}

#[test]
fn no_depth_of_json_overflows_the_stack() {
    let large = InputSettings { max_bytes: usize::MAX, ..settings(Dialect::Copydesk) };
    for levels in [10_000, 1_000_000, 10_000_000] {
        for value in [
            "[".repeat(levels),
            format!("{{\"text\": \"a\", \"x\": {}", "[".repeat(levels)),
            "{\"a\":".repeat(levels),
            format!("{}{}", "[{\"a\":".repeat(levels / 2), "}]".repeat(levels / 2)),
        ] {
            let reject = read_as(value, &large).err().unwrap_or_else(|| panic!("{levels} levels were read"));
            assert_eq!(reject.kind, RejectKind::TooDeep, "{reject}");
            assert!(reject.message.contains("input.maxDepth = 128"), "{reject}");
        }
    }
}

#[test]
fn names_of_kinds_are_a_promise() {
    let names: Vec<&str> = RejectKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let promised = [
        "empty",
        "invalid-json",
        "missing-text",
        "wrong-type",
        "invalid-encoding",
        "too-large",
        "too-deep",
        "panic",
    ];
    assert_eq!(names, promised);
}

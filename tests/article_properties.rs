//! Laws of parsing that must hold for any input.

mod article_support;

use article_support::{read_record, record, record_of_type, settings};
use copydesk::article::{Dialect, Format, InputSettings, normal_date, normal_language, parse};
use copydesk::repair::encoding::{
    clean_characters, clean_line, clean_text, decode, decode_entities, undo_mojibake,
};
use copydesk::repair::html::read_page;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::{Map, Number, Value};

fn config() -> ProptestConfig {
    ProptestConfig {
        // PROPTEST_CASES may ask for more.
        cases: ProptestConfig::default().cases.max(400),
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

/// Any JSON value, with the names that dialects know among the keys.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        "-?[1-9][0-9]{0,30}(\\.[0-9]{1,20})?(e-?[1-9][0-9]?)?".prop_filter_map("a number", |digits| {
            serde_json::from_str::<Number>(&digits).ok().map(Value::Number)
        }),
        ".{0,12}".prop_map(Value::String),
        "[a-zA-ZÀ-ÿ&<>/;#0-9 ’”…\\n]{0,40}".prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 32] = [
        "id",
        "url",
        "source",
        "name",
        "domain",
        "title",
        "authors",
        "author",
        "datePublished",
        "language",
        "text",
        "body",
        "content",
        "html",
        "thread",
        "site",
        "uri",
        "headline",
        "headlines",
        "bodies",
        "value",
        "role",
        "contentType",
        "byline",
        "articleBody",
        "@graph",
        "@type",
        "@id",
        "publisher",
        "maintext",
        "date_publish",
        "publishedAt",
    ];
    prop_oneof![3 => prop::sample::select(&KNOWN[..]).prop_map(str::to_owned), 1 => "[a-z.]{1,4}"]
}

/// Text of good letters and of signs that may stand behind them, in any order.
fn clean_sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z]{1,8}",
        "[a-zß-öø-ÿ]{1,8}",
        "[а-яА-Я]{1,8}",
        "[α-ω]{1,6}",
        "[一-十]{1,4}",
        "[0-9]{1,4}",
        "[a-zà-ÿ]{0,4}\u{A0}[»!?:;]",
        "[«„“‘]\u{A0}?[a-zà-ÿ]{1,6}[’”»…™°]{0,3}",
        "[A-Z][A-ZÀ-ÖØ-Þ]{1,6}[’”…»]",
    ];
    prop::collection::vec(word, 1..12).prop_map(|words| words.join(" "))
}

/// Words that can be told from their misread form: a lone Chinese character cannot.
fn misreadable_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zß-öø-ÿ]{1,8}",
        "[а-яА-Я]{1,8}",
        "[α-ω]{2,6}",
        "[一-鿋]{2,4}",
        "[А-Яа-я]{2,8}[,.!…”]",
        "[0-9]{1,4}[€£°]",
        "[😀-😿]"
    ]
}

/// UTF-8 read as Windows-1252.
fn misread(text: &str) -> String {
    let (bytes, windows_1252) = (text.as_bytes(), encoding_rs::WINDOWS_1252);
    windows_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// Characters that repairs look at, in any order.
fn litter() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC",
        "[À-ÿ]",
        "[a-z0-9]",
        prop::sample::select(
            &[
                "€", "™", "’", "“", "”", "…", "–", "œ", "‚", "ƒ", "\u{A0}", "\u{AD}", "\u{81}", "\u{92}",
                "\u{9D}", "º"
            ][..]
        )
        .prop_map(str::to_owned),
        prop::sample::select(
            &[
                "&", "amp;", "#39;", "&lt;", "\r", "\n", "\0", "\u{85}", "\u{200B}", "\u{200C}", "\u{200D}",
                "ی"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn markup() -> impl Strategy<Value = String> {
    const NAMES: [&str; 38] = [
        "p",
        "div",
        "b",
        "a",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "script",
        "style",
        "svg",
        "math",
        "title",
        "head",
        "body",
        "html",
        "template",
        "select",
        "option",
        "button",
        "form",
        "br",
        "img",
        "h1",
        "article",
        "frameset",
        "noscript",
        "textarea",
        "pre",
        "font",
        "nobr",
        "plaintext",
        "x-y",
        "meta",
        "time",
        "ruby",
        "rt",
    ];
    let name = prop::sample::select(&NAMES[..]);
    let piece = prop_oneof![
        name.clone().prop_map(|name| format!("<{name}>")),
        name.clone().prop_map(|name| format!("</{name}>")),
        (name, "[a-z]{1,4}", ".{0,4}").prop_map(|(name, key, value)| format!("<{name} {key}=\"{value}\">")),
        "[a-zA-Z ,.]{0,60}",
        ".{0,6}",
        prop::sample::select(
            &["<!--", "-->", "<", ">", "</", "&amp;", "<![CDATA[", "]]>", "<?", "\"", "<!DOCTYPE html>"][..]
        )
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn parsing_any_bytes_gives_an_outcome(
        value in prop::collection::vec(any::<u8>(), 0..300),
        format in prop::sample::select(&Format::ALL[..]),
        charset in prop::sample::select(&["utf-8", "windows-1251", "utf-16le", "shift_jis", "nonsense", ""][..]),
    ) {
        let settings = InputSettings { format, ..settings(Dialect::Copydesk) };
        let record = record_of_type(value, &format!("x/y; charset={charset}"));
        prop_assert_eq!(parse(&record, &settings), parse(&record, &settings));
    }

    #[test]
    fn parsing_any_json_gives_an_outcome(
        value in json_value(),
        dialect in prop::sample::select(&Dialect::ALL[..]),
        cut in any::<prop::sample::Index>(),
    ) {
        let settings = InputSettings { format: Format::Json, ..settings(dialect) };
        let text = value.to_string();
        if let Ok(raw) = read_record(&record(text.as_str()), &settings) {
            prop_assert!(!raw.text.trim().is_empty());
            let unclean = raw.text.contains(['\r', '\0', '\u{AD}', '\u{2028}']);
            prop_assert!(!unclean);
        }
        let mut bytes = text.into_bytes();
        bytes.truncate(cut.index(bytes.len() + 1));
        drop(parse(&record(bytes), &settings));
    }

    #[test]
    fn unknown_fields_come_out_as_they_went_in(members in prop::collection::vec(("[xyz][a-z]{0,3}", json_value()), 0..6)) {
        let extra: Map<String, Value> = members.into_iter().collect();
        let mut whole = Map::new();
        whole.insert("text".to_owned(), Value::String("The port is open.".to_owned()));
        whole.extend(extra.clone());
        let written = Value::Object(whole).to_string();
        let raw = read_record(&record(written), &settings(Dialect::Copydesk));
        let raw = raw.map_err(|reject| TestCaseError::fail(reject.to_string()))?;
        prop_assert_eq!(Value::Object(raw.extra).to_string(), Value::Object(extra).to_string());
    }

    #[test]
    fn reading_any_markup_gives_an_outcome(html in markup()) {
        prop_assert_eq!(read_page(&html), read_page(&html));
        let whole = format!("<html><body>{html}");
        drop(parse(&record(whole), &settings(Dialect::Copydesk)));
    }

    #[test]
    fn clean_text_stays(text in clean_sentence()) {
        let undone = undo_mojibake(&text);
        prop_assert_eq!(&*undone, text.as_str());
    }

    #[test]
    fn misread_text_is_read_right(words in prop::collection::vec(misreadable_word(), 1..12)) {
        let text = format!("“{}” – naïve", words.join(" "));
        let once = misread(&text);
        prop_assert_eq!(&*undo_mojibake(&once), text.as_str());
        let twice = misread(&once);
        prop_assert_eq!(&*undo_mojibake(&twice), text.as_str());
    }

    #[test]
    fn repairs_are_done_once_for_all(text in litter()) {
        for repair in [
            |text: &str| undo_mojibake(text).into_owned(),
            |text: &str| decode_entities(text).into_owned(),
            |text: &str| clean_characters(text).into_owned(),
        ] {
            let once = repair(&text);
            prop_assert_eq!(repair(&once), once);
        }
        let line = clean_line(&text);
        prop_assert!(!line.contains(['\n', '\r']));
        prop_assert!(!clean_text(&text).contains('\r'));
    }

    #[test]
    fn any_text_in_utf_8_is_decoded_as_it_is(text in "\\PC{0,80}") {
        let decoded = decode(text.as_bytes(), None);
        // A byte order mark at the very beginning goes.
        let expected = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let decoded = decoded.map(|decoded| decoded.text.into_owned());
        prop_assert_eq!(decoded.as_deref(), Ok(expected));
    }

    #[test]
    fn dates_and_languages_are_stable(text in "[0-9a-zA-Z:+.TZ ,_-]{0,30}") {
        if let Some(date) = normal_date(&text) {
            prop_assert_eq!(normal_date(&date), Some(date.clone()));
        }
        if let Some(tag) = normal_language(&text) {
            prop_assert_eq!(normal_language(&tag), Some(tag.clone()));
        }
    }
}

//! Charsets, broken bytes, line ends and large bodies.

mod article_support;

use article_support::{article, read_as, read_record, record_of_type, rejected, settings};
use copydesk::article::{Dialect, InputSettings, RejectKind};

const RUSSIAN: &str = "Порт открыт, сообщили власти города. Суда могут снова заходить в гавань.";

fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match u32::from(c) {
        ascii @ 0..=0x7F => ascii as u8,
        cyrillic @ 0x410..=0x44F => (cyrillic - 0x410 + 0xC0) as u8,
        other => panic!("{other:x} is not in this table"),
    };
    text.chars().map(byte).collect()
}

#[test]
fn utf_8_with_and_without_a_mark() {
    assert_eq!(article("\u{FEFF}Café open").text, "Café open");
    assert_eq!(article("\u{FEFF}{\"text\": \"Café open\"}").text, "Café open");
    assert_eq!(article("\u{FEFF}<p>Café open again today</p>").text, "Café open again today");
}

#[test]
fn utf_16_with_and_without_a_mark() {
    let text = "{\"text\": \"Café – open, 日本 😀\"}";
    for (mark, bytes) in [
        (vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        (vec![0xFE, 0xFF], text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
        (vec![], text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        (vec![], text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
    ] {
        let raw = article([mark, bytes].concat());
        assert_eq!(raw.text, "Café – open, 日本 😀");
        assert_eq!(raw.warnings, ["noPublicationDate"]);
    }
    let odd =
        [vec![0xFF, 0xFE], "abc".encode_utf16().flat_map(u16::to_le_bytes).collect(), vec![0x41]].concat();
    let (kind, message) = rejected(odd);
    assert_eq!(kind, RejectKind::InvalidEncoding);
    assert!(message.contains("UTF-16LE") && message.contains("at byte 8"), "{message}");
}

#[test]
fn a_charset_in_the_header_is_believed_where_the_bytes_are_no_utf_8() {
    let copydesk = settings(Dialect::Copydesk);
    for content_type in ["text/plain; charset=windows-1251", "text/plain;Charset=\"CP1251\"; x=y"] {
        let raw = read_record(&record_of_type(windows_1251(RUSSIAN), content_type), &copydesk);
        assert_eq!(raw.map(|raw| raw.text), Ok(RUSSIAN.to_owned()), "{content_type}");
    }
    let utf_8 = read_record(&record_of_type(RUSSIAN, "text/plain; charset=windows-1251"), &copydesk);
    assert_eq!(utf_8.map(|raw| raw.text), Ok(RUSSIAN.to_owned()));
}

#[test]
fn an_undeclared_charset_is_found() {
    assert_eq!(article(windows_1251(RUSSIAN)).text, RUSSIAN);
    let latin_1 = b"{\"text\": \"Le caf\xE9 du port a rouvert \xE0 midi, a d\xE9clar\xE9 la mairie.\"}";
    let raw = article(&latin_1[..]);
    assert_eq!(raw.text, "Le café du port a rouvert à midi, a déclaré la mairie.");
    assert_eq!(raw.warnings, ["noPublicationDate"]);
    assert_eq!(
        article(&b"\x93It\x92s \xA35,\x94 he said, and the tea is good."[..]).text,
        "“It’s £5,” he said, and the tea is good."
    );
    assert_eq!(article(&b"Tea is \xA35 today"[..]).text, "Tea is £5 today");
    let declared = record_of_type(&latin_1[..], "application/json; charset=utf-8");
    let warnings = read_record(&declared, &settings(Dialect::Copydesk)).map(|raw| raw.warnings);
    assert_eq!(warnings, Ok(vec!["noPublicationDate".to_owned(), "wrongCharset".to_owned()]));
    let page = b"<html><head><meta charset=\"iso-8859-1\"><title>x</title></head><body><p>Le caf\xE9 du port a rouvert.</p></body></html>";
    assert_eq!(article(&page[..]).text, "Le café du port a rouvert.");
}

#[test]
fn bytes_that_no_charset_explains_are_rejected_with_their_place() {
    for (value, offset) in [
        (&b"{\"text\": \"caf\xC3\xA9 and \xE2\x28\xA1 caf\xC3\xA9\"}"[..], 20),
        (&b"\xEF\xBB\xBFabc \xFF def"[..], 7),
        (&b"{\"text\": \"a \xC3\xBF\xFD\xFE\xFF\xFC\xFB\xFA b\"}"[..], 14),
        (&b"{\"text\": \"The caf\xFF\xFE is open\"}"[..], 17),
        (&b"hello \xC0\xAF world"[..], 6),
        (&b"abc \x81\x8D\x8F\x90\x9D\x01 def"[..], 4),
    ] {
        let (kind, message) = rejected(value);
        assert_eq!(kind, RejectKind::InvalidEncoding, "{message}");
        assert!(message.contains(&format!("at byte {offset};")), "{message}");
    }
}

#[test]
fn binary_data_is_rejected_and_a_stray_nul_is_dropped() {
    let mut image = b"\x89PNG\r\n\x1a\n".to_vec();
    image.extend((0..4000_u32).flat_map(|i| (i * i % 251).to_be_bytes()));
    assert_eq!(rejected(image).0, RejectKind::InvalidEncoding);
    let zeros = rejected(vec![0; 100]);
    assert_eq!(zeros.0, RejectKind::InvalidEncoding);
    assert!(zeros.1.contains("100 NUL"), "{}", zeros.1);

    let raw = article("The po\0rt is open.\0");
    assert_eq!(raw.text, "The port is open.");
    assert!(raw.warnings.contains(&"nulBytes".to_owned()));
    let raw = article("{\"text\": \"The po\0rt\", \"x\": \"\\u0000\"}");
    assert_eq!(raw.text, "The port");
    assert!(raw.warnings.contains(&"nulBytes".to_owned()));
    assert_eq!(raw.extra["x"], "\0");
    let raw = article("{\"text\": \"The po\\u0000rt\"}");
    assert_eq!((raw.text.as_str(), raw.warnings[0].as_str()), ("The port", "nulBytes"));
}

#[test]
fn a_character_that_is_cut_off_at_the_end_is_left_out() {
    let raw = article(&b"Le caf\xC3\xA9 est ferm\xC3"[..]);
    assert_eq!(raw.text, "Le café est ferm");
    assert!(raw.warnings.contains(&"cutOffCharacter".to_owned()));
}

#[test]
fn line_ends_and_odd_characters_are_settled() {
    let raw = article("One\r\nTwo\rThree\u{2028}Four\u{85}Five\u{7}\u{AD} 5\u{A0}km\tx\u{200B}");
    assert_eq!(raw.text, "One\nTwo\nThree\nFour\nFive 5 km\tx");
    let raw = article("{\"text\": \"One\\r\\nTwo\\u2029Three\", \"title\": \"A\\r\\n  title\\u00a0here \"}");
    assert_eq!((raw.text.as_str(), raw.title.as_deref()), ("One\nTwo\nThree", Some("A title here")));
}

#[test]
fn mojibake_and_escapes_are_undone_in_every_field() {
    let raw = article(
        "{\"text\": \"The cafÃ© wonâ€™t open\", \"title\": \"Tom &amp;amp; Ann&#8217;s day\", \"authors\": [\"RenÃ©e Roux\"]}",
    );
    assert_eq!(raw.text, "The café won’t open");
    assert_eq!(raw.title.as_deref(), Some("Tom & Ann’s day"));
    assert_eq!(raw.authors, ["Renée Roux"]);
}

#[test]
fn large_bodies_are_read_whole() {
    let large = InputSettings { max_bytes: 64 << 20, ..settings(Dialect::Copydesk) };
    let line = "The port of Westmere is open, the café’s owner said on Tuesday.\n";
    for megabytes in [1, 50] {
        let body = line.repeat((megabytes << 20) / line.len());
        let text = read_as(body.as_str(), &large).unwrap_or_else(|reject| panic!("{reject}")).text;
        assert!(text == body, "plain text of {megabytes} MB");
        let json = serde_json::json!({ "text": body }).to_string();
        let text = read_as(json, &large).unwrap_or_else(|reject| panic!("{reject}")).text;
        assert!(text == body, "JSON of {megabytes} MB");
        let html = format!("<html><body><article>{}</article></body></html>", body.replace('\n', "</p><p>"));
        let text = read_as(html, &large).unwrap_or_else(|reject| panic!("{reject}")).text;
        assert!(text == body.trim_end(), "HTML of {megabytes} MB");
    }
}

#[test]
fn one_line_of_200_000_words_stays_one_line() {
    let line = "word ".repeat(200_000);
    assert_eq!(article(line.as_str()).text, line);
    assert_eq!(article(format!("<p>{line}</p>")).text, line.trim_end());
}

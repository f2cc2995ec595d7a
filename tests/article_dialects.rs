//! Articles in the shape of each dialect. All of them are invented.

mod article_support;

use article_support::{article, read_as, settings};
use copydesk::article::{Dialect, Field, InputSettings, RawArticle};
use serde_json::{Map, Value, json};

const BODY: &str = "The harbour of Westmere opened again on Tuesday.\nShips had waited for three days, the harbour master said.";

fn read(dialect: Dialect, value: &Value) -> RawArticle {
    read_as(value.to_string(), &settings(dialect)).unwrap_or_else(|reject| panic!("{dialect}: {reject}"))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("no object: {other}"),
    }
}

#[test]
fn copydesk() {
    let raw = read(
        Dialect::Copydesk,
        &json!({
            "id": 1042, "url": "https://www.westmere-post.example/harbour", "source": {"name": "Westmere Post", "tier": 2},
            "title": "Harbour opens", "authors": ["Ada Brook", {"name": "Tom Reed"}, null, "Ada Brook"],
            "datePublished": "2024-05-03T09:15:00+02:00", "dateModified": "2024-05-03 10:00:00", "language": "en_GB",
            "text": BODY, "body": "another", "html": "<p>markup</p>", "section": {"a": [1, 2.50, 1e300]},
        }),
    );
    assert_eq!(raw.id.as_deref(), Some("1042"));
    assert_eq!(raw.url.as_deref(), Some("https://www.westmere-post.example/harbour"));
    assert_eq!(raw.source.name.as_deref(), Some("Westmere Post"));
    assert_eq!(raw.source.domain.as_deref(), Some("westmere-post.example"));
    assert_eq!(raw.title.as_deref(), Some("Harbour opens"));
    assert_eq!(raw.authors, ["Ada Brook", "Tom Reed"]);
    assert_eq!(raw.date_published.as_deref(), Some("2024-05-03T09:15:00+02:00"));
    assert_eq!(raw.date_modified.as_deref(), Some("2024-05-03T10:00:00"));
    assert_eq!(raw.language.as_deref(), Some("en-GB"));
    assert_eq!(raw.text, BODY);
    let extra = json!({"source": {"tier": 2}, "body": "another", "section": {"a": [1, 2.50, 1e300]}});
    assert_eq!(raw.extra, object(extra));
    assert!(raw.warnings.is_empty(), "{:?}", raw.warnings);

    let raw = read(
        Dialect::Copydesk,
        &json!({"source": "Westmere Post", "content": BODY, "author": "By Ada Brook"}),
    );
    assert_eq!((raw.source.name.as_deref(), raw.text.as_str()), (Some("Westmere Post"), BODY));
    assert_eq!(raw.authors, ["Ada Brook"]);
    assert_eq!(raw.warnings, ["noPublicationDate"]);
}

#[test]
fn newsapi() {
    let raw = read(
        Dialect::NewsApi,
        &json!({
            "source": {"id": "westmere-post", "name": "Westmere Post"}, "author": "Ada Brook, Tom Reed",
            "title": "Harbour opens", "description": "Ships may come in.", "url": "https://westmere-post.example/h",
            "urlToImage": null, "publishedAt": "2024-05-03T09:15:00Z", "content": format!("{BODY} They… [+1234 chars]"),
        }),
    );
    assert_eq!(raw.id, None);
    assert_eq!(raw.source.name.as_deref(), Some("Westmere Post"));
    assert_eq!(raw.authors, ["Ada Brook", "Tom Reed"]);
    assert_eq!(raw.date_published.as_deref(), Some("2024-05-03T09:15:00Z"));
    assert_eq!(raw.text, format!("{BODY} They"));
    assert_eq!(raw.warnings, ["truncatedText"]);
    let extra =
        json!({"source": {"id": "westmere-post"}, "description": "Ships may come in.", "urlToImage": null});
    assert_eq!(raw.extra, object(extra));
}

#[test]
fn webz() {
    let raw = read(
        Dialect::Webz,
        &json!({
            "thread": {"uuid": "t1", "site": "westmere-post.example", "site_full": "www.westmere-post.example", "country": "GB"},
            "uuid": "8f14e45f", "url": "https://www.westmere-post.example/h", "ord_in_thread": 0, "author": "Ada Brook",
            "published": "2024-05-03T09:15:00.000+03:00", "title": "Harbour opens", "text": BODY, "highlightText": "",
            "language": "english", "entities": {"persons": []}, "rating": null, "crawled": "2024-05-03T09:20:00.000+03:00",
        }),
    );
    assert_eq!(raw.id.as_deref(), Some("8f14e45f"));
    assert_eq!(raw.source.domain.as_deref(), Some("westmere-post.example"));
    assert_eq!(raw.language.as_deref(), Some("en"));
    assert_eq!(raw.date_published.as_deref(), Some("2024-05-03T09:15:00+03:00"));
    assert_eq!((raw.text.as_str(), raw.authors.as_slice()), (BODY, &["Ada Brook".to_owned()][..]));
    assert_eq!(raw.extra["thread"]["country"], "GB");
    assert_eq!(raw.extra["crawled"], "2024-05-03T09:20:00.000+03:00");
    assert!(raw.warnings.is_empty(), "{:?}", raw.warnings);
}

#[test]
fn ninjs_1_and_2_and_3() {
    let old = read(
        Dialect::Ninjs,
        &json!({
            "uri": "urn:example:harbour:1", "type": "text", "versioncreated": "2024-05-03T10:00:00+0000",
            "firstcreated": "2024-05-03T09:15:00+0000", "headline": "Harbour opens", "byline": "By Ada Brook",
            "language": "en", "body_html": "<p>The harbour of Westmere opened again on Tuesday.</p><p>Ships had waited for three days, the harbour master said.</p>",
            "subject": [{"code": "a", "name": "b"}], "copyrightholder": "Example Wire",
        }),
    );
    assert_eq!(old.id.as_deref(), Some("urn:example:harbour:1"));
    assert_eq!(old.date_published.as_deref(), Some("2024-05-03T09:15:00+00:00"));
    assert_eq!(old.date_modified.as_deref(), Some("2024-05-03T10:00:00+00:00"));
    assert_eq!((old.text.as_str(), old.authors.as_slice()), (BODY, &["Ada Brook".to_owned()][..]));
    assert_eq!(old.source.name.as_deref(), Some("Example Wire"));
    assert_eq!(old.extra, object(json!({"type": "text", "subject": [{"code": "a", "name": "b"}]})));

    let new = read(
        Dialect::Ninjs,
        &json!({
            "uri": "https://wire.example/items/1", "versionCreated": "2024-05-03T09:15:00Z", "by": "Ada Brook and Tom Reed",
            "headlines": [{"role": "short", "value": "Open"}, {"role": "main", "value": "Harbour opens"}],
            "bodies": [
                {"role": "main", "contentType": "text/plain", "value": BODY.replace('\n', " ")},
                {"role": "rich", "contentType": "application/xhtml+xml", "value": format!("<p>{}</p>", BODY.replace('\n', "</p> <p>"))},
            ],
            "infoSources": [{"name": "Example Wire"}], "language": "en",
        }),
    );
    assert_eq!(new.title.as_deref(), Some("Harbour opens"));
    assert_eq!(new.authors, ["Ada Brook", "Tom Reed"]);
    assert_eq!(new.text, BODY, "the markup has the paragraphs");
    assert_eq!(new.date_published.as_deref(), Some("2024-05-03T09:15:00Z"));
    assert_eq!((new.date_modified, new.source.name.as_deref()), (None, Some("Example Wire")));
    assert_eq!(new.extra["headlines"], json!([{"role": "short", "value": "Open"}, {"role": "main"}]));
}

#[test]
fn schema_org() {
    let raw = read(
        Dialect::SchemaOrg,
        &json!({
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Harbour opens",
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://westmere-post.example/h"},
            "author": [{"@type": "Person", "name": "Ada Brook"}, {"@type": "Person", "name": "Tom Reed"}],
            "publisher": {"@type": "Organization", "name": "Westmere Post", "logo": {}}, "inLanguage": ["en-GB"],
            "datePublished": "2024-05-03", "articleBody": BODY, "image": ["a", "b"],
        }),
    );
    assert_eq!(raw.url.as_deref(), Some("https://westmere-post.example/h"));
    assert_eq!(raw.source.domain.as_deref(), Some("westmere-post.example"));
    assert_eq!(raw.source.name.as_deref(), Some("Westmere Post"));
    assert_eq!(raw.authors, ["Ada Brook", "Tom Reed"]);
    assert_eq!((raw.date_published.as_deref(), raw.language.as_deref()), (Some("2024-05-03"), Some("en-GB")));
    assert_eq!(raw.text, BODY);
    assert_eq!(raw.extra["@type"], "NewsArticle");

    let graph = read(
        Dialect::SchemaOrg,
        &json!({"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Westmere Post"},
            {"@type": ["Article", "ReportageNewsArticle"], "headline": "Harbour opens", "articleBody": BODY, "author": {"@id": "#ada"}},
            {"@type": "Person", "@id": "#ada", "name": "Ada Brook"},
        ]}),
    );
    assert_eq!((graph.title.as_deref(), graph.text.as_str()), (Some("Harbour opens"), BODY));
    assert_eq!(graph.authors, ["Ada Brook"]);
}

#[test]
fn news_please() {
    let raw = read(
        Dialect::NewsPlease,
        &json!({
            "authors": ["Ada Brook"], "date_download": "2024-05-03 12:00:00", "date_modify": null,
            "date_publish": "2024-05-03 09:15:00", "description": "Ships.", "filename": "h.json", "image_url": null,
            "language": "en", "localpath": null, "maintext": BODY, "source_domain": "www.westmere-post.example",
            "title": "Harbour opens", "title_page": null, "title_rss": null, "url": "https://www.westmere-post.example/h",
        }),
    );
    assert_eq!(raw.text, BODY);
    assert_eq!(raw.date_published.as_deref(), Some("2024-05-03T09:15:00"));
    assert_eq!(raw.source.domain.as_deref(), Some("westmere-post.example"));
    assert_eq!(raw.title.as_deref(), Some("Harbour opens"));
    assert_eq!(raw.extra["date_download"], "2024-05-03 12:00:00");
}

#[test]
fn own_names_win_over_the_dialect() {
    let path = |dotted: &str| dotted.split('.').map(str::to_owned).collect::<Vec<String>>();
    let mut own = settings(Dialect::NewsApi);
    own.fields.insert(Field::Text, path("story.parts.1.copy"));
    own.fields.insert(Field::Title, path("story.head"));
    own.fields.insert(Field::Source, path("desk"));
    own.fields.insert(Field::DatePublished, path("story.at"));
    let value = json!({
        "title": "not this", "content": "nor this", "desk": {"name": "Night desk", "domain": "desk.example", "x": 1},
        "story": {"head": "Harbour opens", "at": 1714727700, "parts": [{"copy": "a"}, {"copy": BODY, "by": "b"}]},
    });
    let raw = read_as(value.to_string(), &own).unwrap_or_else(|reject| panic!("{reject}"));
    assert_eq!((raw.title.as_deref(), raw.text.as_str()), (Some("Harbour opens"), BODY));
    assert_eq!(raw.source.name.as_deref(), Some("Night desk"));
    assert_eq!(raw.source.domain.as_deref(), Some("desk.example"));
    assert_eq!(raw.date_published.as_deref(), Some("2024-05-03T09:15:00Z"));
    let extra = json!({"title": "not this", "content": "nor this", "desk": {"x": 1}, "story": {"parts": [{"copy": "a"}, {"by": "b"}]}});
    assert_eq!(raw.extra, object(extra));
    assert_eq!("source_name".parse(), Ok(Field::SourceName));
    assert!("author".parse::<Field>().is_err());

    let fallback = read_as(json!({"title": "This", "content": BODY}).to_string(), &own);
    assert_eq!(fallback.map(|raw| raw.title), Ok(Some("This".to_owned())));
}

#[test]
fn what_cannot_be_read_stays_in_extra_with_a_warning() {
    let raw = read(
        Dialect::Copydesk,
        &json!({"id": "a\u{1}b", "text": BODY, "datePublished": "last week", "dateModified": 7, "language": "Klingonese"}),
    );
    assert_eq!((raw.date_published, raw.date_modified, raw.language), (None, None, None));
    let extra =
        json!({"id": "a\u{1}b", "datePublished": "last week", "dateModified": 7, "language": "Klingonese"});
    assert_eq!(raw.extra, object(extra));
    let warnings = ["invalidId", "invalidModificationDate", "invalidLanguage", "invalidPublicationDate"];
    assert_eq!(raw.warnings, warnings);
    assert_eq!(raw.id.as_deref(), Some("a\u{1}b"), "the id's hash is made of it");
}

#[test]
fn extra_keeps_order_and_numbers_as_they_were_written() {
    let raw = article(
        "{\"z\":1.10,\"text\":\"a b\",\"a\":123456789012345678901234567890,\"m\":{\"y\":-0.0,\"b\":1e-7},\"e\":[],\"o\":{}}",
    );
    let written = serde_json::to_string(&raw.extra).unwrap_or_default();
    assert_eq!(
        written,
        "{\"z\":1.10,\"a\":123456789012345678901234567890,\"m\":{\"y\":-0.0,\"b\":1e-7},\"e\":[],\"o\":{}}"
    );
}

#[test]
fn html_in_a_text_field_is_read_as_html() {
    let html = format!("<p>{}</p>", BODY.replace('\n', "</p><p class=\"x\">"));
    for text in
        [html.clone(), html.replace('<', "&lt;").replace('>', "&gt;"), BODY.replace('\n', "<br/><br/>")]
    {
        let raw = read(Dialect::Copydesk, &json!({ "text": text }));
        assert_eq!(raw.text, BODY, "{text}");
        assert!(raw.warnings.contains(&"htmlInText".to_owned()));
    }
    let plain = "If a < b and b > c, then the <b> tag is not closed.";
    assert_eq!(read(Dialect::Copydesk, &json!({ "text": plain })).text, plain);
}

#[test]
fn a_whole_page_in_an_html_field_fills_what_the_json_lacks() {
    let page = "<html lang=en><head><title>Page title</title><meta property=\"article:published_time\" content=\"2024-05-03\">\
                <link rel=canonical href=\"https://westmere-post.example/h\"></head><body><article><h1>Page title</h1>\
                <p>The harbour of Westmere opened again on Tuesday, and many ships came in.</p></article></body></html>";
    let raw = read(Dialect::Copydesk, &json!({"title": "Own title", "html": page}));
    assert_eq!(raw.title.as_deref(), Some("Own title"));
    assert_eq!(raw.date_published.as_deref(), Some("2024-05-03"));
    assert_eq!(raw.source.domain.as_deref(), Some("westmere-post.example"));
    assert!(raw.text.ends_with("many ships came in."), "{}", raw.text);
    let same = InputSettings { ..settings(Dialect::Copydesk) };
    assert!(read_as(json!({ "html": "<p>The harbour is open.</p>" }).to_string(), &same).is_ok());
}

//! An HTML page as an article.

use super::author::{add_author, split_byline};
use super::dialect::is_article;
use super::json::{Leniency, MAX_DEPTH, Reader, parse_json};
use super::{Dialect, RawArticle, Reject, RejectKind, Warning, domain_of, normal_date, normal_language};
use crate::repair::encoding::{clean_line, clean_text};
use crate::repair::html::{Metadata, read_page};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const TITLES: [&str; 6] =
    ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title"];
const PUBLISHED: [&str; 17] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "sailthru.date",
    "date",
];
const MODIFIED: [&str; 7] = [
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
];
const AUTHORS: [&str; 8] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "creator",
];
const LANGUAGES: [&str; 5] =
    ["content-language", "dc.language", "dcterms.language", "inlanguage", "og:locale"];

/// Makes an article of HTML text.
pub(crate) fn article_from_html(html: &str) -> Result<RawArticle, Reject> {
    let page = read_page(html);
    let mut raw = RawArticle::default();
    let stated = fill_from_page(&mut raw, &page.metadata);
    let text = clean_text(&page.text);
    raw.text = without_title(&text, raw.title.as_deref()).to_owned();
    if raw.text.trim().is_empty() {
        raw.text = stated.body;
    }
    if raw.text.trim().is_empty() {
        return Err(Reject::parse(
            RejectKind::MissingText,
            "no text: the page has no main content; is it an article, or does a script fetch the text?",
        ));
    }
    if raw.date_published.is_none() {
        raw.warn(if stated.date.is_some() {
            Warning::InvalidPublicationDate
        } else {
            Warning::NoPublicationDate
        });
        if let Some(date) = stated.date {
            raw.extra.insert("datePublished".to_owned(), Value::String(date));
        }
    }
    Ok(raw)
}

/// What a page states besides what a raw article takes.
pub(crate) struct Stated {
    /// The publication date that could not be read.
    date: Option<String>,
    /// The body in the page's JSON-LD.
    body: String,
}

/// Sets those fields of an article that are not set yet from what its page says of itself: from JSON-LD, else from
/// `meta` elements, else from marked-up elements.
pub(crate) fn fill_from_page(raw: &mut RawArticle, page: &Metadata) -> Stated {
    let (ld, body) = page.json_ld.iter().find_map(|script| article_in_json_ld(script)).unwrap_or_default();
    let line = |text: &str| Some(clean_line(text)).filter(|line| !line.is_empty());

    let title = || {
        let stated = page.meta(&TITLES).or_else(|| page.item(&["headline"])).or(page.title.as_deref());
        stated.and_then(line)
    };
    raw.title = raw.title.take().or(ld.title).or_else(title);

    let address = || {
        let stated =
            page.canonical.as_deref().or_else(|| page.meta(&["og:url", "twitter:url", "parsely-link"]));
        stated
            .map(str::trim)
            .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
            .map(str::to_owned)
    };
    raw.url = raw.url.take().or_else(address).or(ld.url);

    let site = || page.meta(&["og:site_name", "application-name", "dc.publisher"]).and_then(line);
    raw.source.name = raw.source.name.take().or(ld.source.name).or_else(site);
    raw.source.domain = raw.source.domain.take().or_else(|| raw.url.as_deref().and_then(domain_of));

    raw.title = raw.title.take().map(|title| without_site(&title, raw.source.name.as_deref()).to_owned());

    if raw.authors.is_empty() {
        raw.authors = ld.authors;
    }
    if raw.authors.is_empty() {
        let stated =
            page.meta.iter().filter(|(name, _)| AUTHORS.contains(&name.as_str())).map(|(_, value)| value);
        let marked = page.items.iter().filter(|(name, _)| name == "author").map(|(_, value)| value);
        let names = stated.chain(marked).chain(&page.authors);
        // "article:author" is an address more often than a name.
        for name in
            names.map(|name| clean_line(name)).filter(|name| !name.contains("://") && name.len() <= 200)
        {
            split_byline(&name).iter().for_each(|name| add_author(&mut raw.authors, name));
        }
    }

    let language = || {
        let stated = page.language.as_deref().and_then(normal_language);
        stated.or_else(|| page.meta(&LANGUAGES).and_then(normal_language))
    };
    raw.language = raw.language.take().or(ld.language).or_else(language);

    let mut published: Vec<&str> = PUBLISHED.iter().filter_map(|name| page.meta(&[name])).collect();
    published.extend(page.item(&["datepublished"]));
    published.extend(page.time.as_deref());
    let mut modified: Vec<&str> = MODIFIED.iter().filter_map(|name| page.meta(&[name])).collect();
    modified.extend(page.item(&["datemodified"]));
    let read = |dates: &[&str]| dates.iter().find_map(|date| normal_date(date));
    raw.date_published = raw.date_published.take().or(ld.date_published).or_else(|| read(&published));
    raw.date_modified = raw.date_modified.take().or(ld.date_modified).or_else(|| read(&modified));
    Stated { date: published.first().map(|date| (*date).to_owned()), body }
}

/// The article that a JSON-LD script describes, and its body.
fn article_in_json_ld(script: &str) -> Option<(RawArticle, String)> {
    let value = parse_json(script.trim(), MAX_DEPTH).ok()?;
    let documents = match value {
        Value::Array(documents) => documents,
        single => vec![single],
    };
    documents.into_iter().find_map(|document| {
        let in_graph = document
            .get("@graph")
            .and_then(Value::as_array)
            .is_some_and(|nodes| nodes.iter().any(is_article));
        let Value::Object(root) = document else { return None };
        if !in_graph && !is_article_map(&root) {
            return None;
        }
        let own = BTreeMap::new();
        let mut reader = Reader::new(root, Dialect::SchemaOrg, &own, Leniency::Lenient);
        let head = reader.head().ok()?;
        let body = reader.body();
        Some((head, body))
    })
}

fn is_article_map(root: &Map<String, Value>) -> bool {
    root.get("@type").is_some_and(|kind| is_article(&serde_json::json!({ "@type": kind })))
}

/// A headline without the site's name, which many pages put behind it: "Harbour opens | Westmere Post".
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let parted = site.and_then(|site| title.strip_suffix(site)).map(str::trim_end);
    let headline = parted.and_then(|title| title.strip_suffix(['|', '-', '–', '—', '·', ':', '•', '»']));
    headline.map(str::trim_end).filter(|headline| !headline.is_empty()).unwrap_or(title)
}

/// The text without the title, where it stands in the first lines: the headline is no part of the body.
pub(crate) fn without_title<'a>(text: &'a str, title: Option<&str>) -> &'a str {
    let Some(title) = title else { return text };
    match text.split_once('\n') {
        Some((first, rest)) if first.trim() == title => rest,
        _ => text,
    }
}

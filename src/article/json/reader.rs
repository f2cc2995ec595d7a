//! Reads the fields of an article out of a JSON object.

use super::path::{Path, lookup, take, type_of};
use crate::article::author::{add_author, split_byline};
use crate::article::date::{normal_date, normal_epoch};
use crate::article::page::{fill_from_page, without_title};
use crate::article::{Dialect, Field, RawArticle, Reject, RejectKind, Source, Warning};
use crate::article::{domain_of, is_usable_id, normal_language};
use crate::repair::encoding::{clean_line, clean_text, decode_entities};
use crate::repair::html::read_page;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What happens to a field of a wrong type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leniency {
    /// The record is rejected.
    Strict,
    /// The field counts as absent: metadata of a page, whose author nobody can ask.
    Lenient,
}

/// Reads one JSON object. What is read is taken out of it; the rest is `extra`.
pub(crate) struct Reader<'a> {
    root: Map<String, Value>,
    dialect: Dialect,
    own: &'a BTreeMap<Field, Path>,
    leniency: Leniency,
    /// Places that were read, to be taken out at the end: taking them at once would move the others.
    taken: Vec<Path>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        root: Map<String, Value>,
        dialect: Dialect,
        own: &'a BTreeMap<Field, Path>,
        leniency: Leniency,
    ) -> Self {
        Self { root, dialect, own, leniency, taken: Vec::new() }
    }

    /// The whole article.
    pub(crate) fn article(mut self) -> Result<RawArticle, Reject> {
        let mut raw = self.head()?;
        let text = self.place(Field::Text, false)?;
        let html = self.place(Field::Html, false)?;
        raw.text = match (text, html) {
            // Some ninjs senders put all paragraphs on one line of the plain body; the markup still has them.
            (Some(text), Some(html)) if self.dialect == Dialect::Ninjs && self.is_one_line(&text) => {
                self.taken.push(text);
                let html = self.take_string(&html);
                from_markup(&html, &mut raw)
            }
            (Some(text), html) => {
                // The markup of a text that is there is not worth carrying on.
                self.taken.extend(html);
                let text = self.take_string(&text);
                from_text(&text, &mut raw)
            }
            (None, Some(html)) => {
                let html = self.take_string(&html);
                from_markup(&html, &mut raw)
            }
            (None, None) => String::new(),
        };
        if raw.text.trim().is_empty() {
            return Err(Reject::parse(RejectKind::MissingText, self.missing_text()));
        }
        let surface = self.place(Field::DatePublished, true).ok().flatten();
        for path in std::mem::take(&mut self.taken) {
            take(&mut self.root, &path);
        }
        if raw.date_published.is_none() {
            raw.warn(match surface {
                Some(_) => Warning::InvalidPublicationDate,
                None => Warning::NoPublicationDate,
            });
        }
        raw.extra = self.root;
        Ok(raw)
    }

    /// All fields but the text.
    pub(crate) fn head(&mut self) -> Result<RawArticle, Reject> {
        let mut raw = RawArticle::default();
        raw.id = self.id(&mut raw)?;
        raw.url = self.line(Field::Url)?;
        raw.source = self.source(raw.url.as_deref())?;
        raw.title = self.line(Field::Title)?;
        raw.authors = self.authors()?;
        raw.date_published = self.date(Field::DatePublished)?;
        raw.date_modified = match self.date(Field::DateModified)? {
            // A ninjs item need not say when its first version was made.
            Some(date) if self.dialect == Dialect::Ninjs && raw.date_published.is_none() => {
                raw.date_published = Some(date);
                None
            }
            Some(date) => Some(date),
            None => {
                if self.place(Field::DateModified, true)?.is_some() {
                    raw.warn(Warning::InvalidModificationDate);
                }
                None
            }
        };
        if let Some(path) = self.place(Field::Language, false)? {
            raw.language = self.text_at(&path).and_then(|tag| normal_language(&tag));
            match raw.language {
                Some(_) => self.taken.push(path),
                None => raw.warn(Warning::InvalidLanguage),
            }
        }
        Ok(raw)
    }

    /// The body that a JSON-LD node gives, cleaned; empty where it gives none.
    pub(crate) fn body(&mut self) -> String {
        let path = self.place(Field::Text, false).ok().flatten();
        path.map(|path| self.take_string(&path)).map(|text| clean_text(&text)).unwrap_or_default()
    }

    fn id(&mut self, raw: &mut RawArticle) -> Result<Option<String>, Reject> {
        let Some(path) = self.place(Field::Id, true)? else { return Ok(None) };
        let id = self.text_at(&path).map(|id| id.trim().to_owned());
        if id.as_deref().is_some_and(is_usable_id) {
            self.taken.push(path);
        } else {
            raw.warn(Warning::InvalidId);
        }
        Ok(id)
    }

    fn source(&mut self, url: Option<&str>) -> Result<Source, Reject> {
        let name = self.line(Field::SourceName)?;
        let domain = match self.place(Field::SourceDomain, false)? {
            Some(path) => {
                let domain = self.text_at(&path).and_then(|domain| domain_of(&domain));
                if domain.is_some() {
                    self.taken.push(path);
                }
                domain
            }
            None => None,
        };
        Ok(Source { name, domain: domain.or_else(|| url.and_then(domain_of)) })
    }

    fn date(&mut self, field: Field) -> Result<Option<String>, Reject> {
        let Some(path) = self.place(field, true)? else { return Ok(None) };
        let date = match lookup(&self.root, &path) {
            Some(Value::Number(number)) => normal_epoch(&number.to_string()),
            _ => self.text_at(&path).and_then(|text| normal_date(&text)),
        };
        if date.is_some() {
            self.taken.push(path);
        }
        Ok(date)
    }

    /// A field that stands on one line.
    fn line(&mut self, field: Field) -> Result<Option<String>, Reject> {
        let Some(path) = self.place(field, false)? else { return Ok(None) };
        let line = self.text_at(&path).map(|text| clean_line(&text)).filter(|line| !line.is_empty());
        self.taken.push(path);
        Ok(line)
    }

    fn authors(&mut self) -> Result<Vec<String>, Reject> {
        let mut authors = Vec::new();
        for path in self.places(Field::Authors) {
            match lookup(&self.root, &path) {
                None | Some(Value::Null) => continue,
                Some(value) => self.names(value, &path, &mut authors)?,
            }
            self.taken.push(path);
            if !authors.is_empty() {
                break;
            }
        }
        Ok(authors)
    }

    /// The names in a string, an object with a name, or a list of these.
    fn names(&self, value: &Value, path: &[String], authors: &mut Vec<String>) -> Result<(), Reject> {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            let name = match item {
                Value::Null => continue,
                Value::String(name) => Some(name),
                Value::Object(map) => match map.get("name").or_else(|| self.name_in_graph(map)) {
                    Some(Value::String(name)) => Some(name),
                    _ => None,
                },
                other => {
                    self.wrong_type(path, "names", other)?;
                    None
                }
            };
            for name in name.map(|name| split_byline(&clean_line(name))).unwrap_or_default() {
                add_author(authors, &name);
            }
        }
        Ok(())
    }

    /// The name of a JSON-LD node that is only referred to, as `{"@id": "#author"}`.
    fn name_in_graph(&self, reference: &Map<String, Value>) -> Option<&Value> {
        let id = reference.get("@id")?;
        let nodes = self.root.get("@graph")?.as_array()?;
        nodes.iter().find(|node| node.get("@id") == Some(id))?.get("name")
    }

    /// The places of a field: the settings' own first, then the dialect's.
    fn places(&self, field: Field) -> Vec<Path> {
        let mut places: Vec<Path> = self.own.get(&field).cloned().into_iter().collect();
        let own_source = self.own.get(&Field::Source);
        let part = |name: &str| own_source.map(|path| [path.clone(), vec![name.to_owned()]].concat());
        match field {
            Field::SourceName => {
                places.extend(own_source.cloned());
                places.extend(part("name"));
                places.extend(self.dialect.places(Field::Source, &self.root));
            }
            Field::SourceDomain => places.extend(part("domain")),
            _ => {}
        }
        places.extend(self.dialect.places(field, &self.root));
        places
    }

    /// The first place of a field that has a value: a string that is not blank, or a number where `numbers` may stand.
    fn place(&mut self, field: Field, numbers: bool) -> Result<Option<Path>, Reject> {
        let places = self.places(field);
        for path in &places {
            let value = match lookup(&self.root, path) {
                // JSON-LD may wrap any value in a list.
                Some(Value::Array(items)) if self.dialect == Dialect::SchemaOrg => items.first(),
                value => value,
            };
            match value {
                None | Some(Value::Null) => {}
                Some(Value::String(text)) if text.trim().is_empty() => self.taken.push(path.clone()),
                Some(Value::String(_)) => return Ok(Some(path.clone())),
                Some(Value::Number(_)) if numbers => return Ok(Some(path.clone())),
                // An object whose members are places as well, such as a source with a name.
                Some(Value::Object(_))
                    if places.iter().any(|other| other.len() > path.len() && other.starts_with(path)) => {}
                Some(Value::Object(_)) if field == Field::SourceName => {}
                Some(other) => {
                    self.wrong_type(path, if numbers { "a string or a number" } else { "a string" }, other)?
                }
            }
        }
        Ok(None)
    }

    fn wrong_type(&self, path: &[String], wanted: &str, found: &Value) -> Result<(), Reject> {
        if self.leniency == Leniency::Lenient {
            return Ok(());
        }
        let message = format!("the field {:?} must be {wanted}, but is {}", path.join("."), type_of(found));
        Err(Reject::parse(RejectKind::WrongType, message))
    }

    fn text_at(&self, path: &[String]) -> Option<String> {
        match lookup(&self.root, path)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(items) => items.first()?.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// Takes a string that may be large out of its place without copying it.
    fn take_string(&mut self, path: &Path) -> String {
        match take(&mut self.root, path) {
            Some(Value::String(text)) => text,
            Some(Value::Array(items)) => items
                .into_iter()
                .find_map(|item| match item {
                    Value::String(text) => Some(text),
                    _ => None,
                })
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn is_one_line(&self, path: &[String]) -> bool {
        lookup(&self.root, path).and_then(Value::as_str).is_some_and(|text| !text.trim().contains('\n'))
    }

    fn missing_text(&self) -> String {
        let mut places = self.places(Field::Text);
        places.extend(self.places(Field::Html));
        let names: Vec<String> = places.iter().map(|path| path.join(".")).collect();
        format!(
            "no text: none of the fields {} holds any. Is input.dialect = \"{}\" right? Other names go into [input.fields]",
            names.join(", "),
            self.dialect
        )
    }
}

/// A body that should be plain text.
fn from_text(text: &str, raw: &mut RawArticle) -> String {
    if is_markup(text) {
        raw.warn(Warning::HtmlInText);
        return from_markup(text, raw);
    }
    let decoded = decode_entities(text);
    if is_markup(&decoded) {
        raw.warn(Warning::HtmlInText);
        return from_markup(&decoded, raw);
    }
    let cleaned = clean_body(&decoded, raw);
    match without_truncation_mark(&cleaned) {
        Some(kept) => {
            raw.warn(Warning::TruncatedText);
            kept.to_owned()
        }
        None => cleaned,
    }
}

fn from_markup(html: &str, raw: &mut RawArticle) -> String {
    let page = read_page(html);
    if page.whole {
        fill_from_page(raw, &page.metadata);
    }
    let text = clean_body(&page.text, raw);
    without_title(&text, raw.title.as_deref()).to_owned()
}

fn clean_body(text: &str, raw: &mut RawArticle) -> String {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        raw.warn(Warning::NulBytes);
    }
    clean_text(text)
}

/// Whether a text field plainly holds HTML: it begins with a tag and has an end tag, or it has paragraphs or line breaks.
fn is_markup(text: &str) -> bool {
    let has = |tag: &str| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some();
    has("<")
        && (has("</p>")
            || has("</P>")
            || has("<br>")
            || has("<br/>")
            || has("<br />")
            || has("<BR>")
            || (crate::article::format::starts_like_html(text.trim_start()) && has("</")))
}

/// The text before a mark such as "… [+1234 chars]", which NewsAPI.org puts where it cuts.
fn without_truncation_mark(text: &str) -> Option<&str> {
    let (kept, count) = text.trim_end().strip_suffix(" chars]")?.rsplit_once("[+")?;
    let digits = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| kept.trim_end().trim_end_matches('…').trim_end())
}

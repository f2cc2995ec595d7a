//! The names that senders of JSON give to the fields of an article.
//!
//! Each dialect lists the places of a field in order of preference. Sources: the sample articles and schemas of
//! NewsAPI.org, webz.io, IPTC (ninjs 1.x, 2.x and 3.x), schema.org, and the articles that news-please writes.

use super::Field;
use super::format::{UnknownName, by_name};
use super::json::{Path, lookup};
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// Whose names a JSON article uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Each article's own fields tell: the one dialect that has a field which no other dialect uses.
    Auto,
    /// copydesk's own.
    #[default]
    Copydesk,
    /// Articles of NewsAPI.org.
    NewsApi,
    /// Posts of webz.io (formerly webhose.io).
    Webz,
    /// IPTC ninjs, all versions.
    Ninjs,
    /// JSON-LD `NewsArticle` and its kin.
    SchemaOrg,
    /// What the crawler news-please writes.
    NewsPlease,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 7] = [
        Self::Auto,
        Self::Copydesk,
        Self::NewsApi,
        Self::Webz,
        Self::Ninjs,
        Self::SchemaOrg,
        Self::NewsPlease,
    ];

    /// The name in the settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Copydesk => "copydesk",
            Self::NewsApi => "newsapi",
            Self::Webz => "webz",
            Self::Ninjs => "ninjs",
            Self::SchemaOrg => "schema.org",
            Self::NewsPlease => "news-please",
        }
    }

    /// The dialect of one article: the setting, or with [`Dialect::Auto`] the one whose telling field the article has.
    /// Never `Auto`. Each telling field is one that no other dialect uses; without any of them it is copydesk's own.
    pub(crate) fn resolve(self, root: &Map<String, Value>) -> Self {
        if self != Self::Auto {
            return self;
        }
        let has = |names: &[&str]| names.iter().any(|name| root.contains_key(*name));
        if has(&["@context", "@type", "@graph", "articleBody"]) {
            Self::SchemaOrg
        } else if has(&["maintext"]) {
            Self::NewsPlease
        } else if root.get("thread").is_some_and(Value::is_object) {
            Self::Webz
        } else if has(&["body_text", "body_html", "body_xhtml", "bodies", "versioncreated", "versionCreated"])
        {
            Self::Ninjs
        } else if has(&["publishedAt", "urlToImage"]) {
            Self::NewsApi
        } else {
            Self::Copydesk
        }
    }

    /// The places of a field, best first.
    fn names(self, field: Field) -> &'static [&'static str] {
        use Field as F;
        match self {
            Self::Auto | Self::Copydesk => match field {
                F::Id => &["id"],
                F::Url => &["url"],
                F::Source => &["source"],
                F::SourceName => &["source.name"],
                F::SourceDomain => &["source.domain"],
                F::Title => &["title"],
                F::Authors => &["authors", "author"],
                F::DatePublished => &["datePublished"],
                F::DateModified => &["dateModified"],
                F::Language => &["language"],
                F::Text => &["text", "body", "content"],
                F::Html => &["html"],
            },
            Self::NewsApi => match field {
                F::Url => &["url"],
                F::Source => &["source"],
                F::SourceName => &["source.name"],
                F::Title => &["title"],
                F::Authors => &["author"],
                F::DatePublished => &["publishedAt"],
                F::Language => &["language"],
                F::Text => &["content"],
                F::Id | F::SourceDomain | F::DateModified | F::Html => &[],
            },
            Self::Webz => match field {
                F::Id => &["uuid"],
                F::Url => &["url", "thread.url"],
                F::SourceDomain => &["thread.site", "thread.site_full"],
                F::Title => &["title", "thread.title"],
                F::Authors => &["author"],
                F::DatePublished => &["published", "thread.published"],
                F::DateModified => &["updated"],
                F::Language => &["language"],
                F::Text => &["text"],
                F::Source | F::SourceName | F::Html => &[],
            },
            Self::Ninjs => match field {
                F::Id => &["uri", "guid", "altids.0.value"],
                F::Url => &["url", "link"],
                F::Source => &["source"],
                F::SourceName => &[
                    "source.name",
                    "infosource.0.name",
                    "infoSources.0.name",
                    "copyrightholder",
                    "copyrightHolder",
                ],
                F::Title => &["headline", "title", "name"],
                F::Authors => &["authors", "byline", "by"],
                F::DatePublished => &["firstcreated", "firstCreated", "contentcreated", "contentCreated"],
                F::DateModified => &["versioncreated", "versionCreated"],
                F::Language => &["language"],
                F::Text => &["body_text"],
                F::Html => &["body_html", "body_xhtml"],
                F::SourceDomain => &[],
            },
            Self::SchemaOrg => match field {
                F::Id => &["identifier", "identifier.value", "@id"],
                F::Url => &["url", "mainEntityOfPage", "mainEntityOfPage.@id", "mainEntityOfPage.url"],
                F::Source => &["publisher", "sourceOrganization", "provider"],
                F::SourceName => &["publisher.name", "sourceOrganization.name", "provider.name"],
                F::Title => &["headline", "name", "alternativeHeadline"],
                F::Authors => &["author", "creator"],
                F::DatePublished => &["datePublished", "dateCreated"],
                F::DateModified => &["dateModified"],
                F::Language => &["inLanguage", "inLanguage.alternateName", "inLanguage.name"],
                F::Text => &["articleBody", "text"],
                F::SourceDomain | F::Html => &[],
            },
            Self::NewsPlease => match field {
                F::Url => &["url"],
                F::SourceDomain => &["source_domain"],
                F::Title => &["title", "title_page", "title_rss"],
                F::Authors => &["authors"],
                F::DatePublished => &["date_publish"],
                F::DateModified => &["date_modify"],
                F::Language => &["language"],
                F::Text => &["maintext", "text"],
                F::Id | F::Source | F::SourceName | F::Html => &[],
            },
        }
    }

    /// The places of a field in one article, best first. Lists of ninjs and graphs of JSON-LD are searched.
    pub(crate) fn places(self, field: Field, root: &Map<String, Value>) -> Vec<Path> {
        let dotted = |name: &str| -> Path { name.split('.').map(str::to_owned).collect() };
        let names: Vec<Path> = self.names(field).iter().map(|name| dotted(name)).collect();
        match self {
            Self::Ninjs => {
                let mut places = names;
                match field {
                    Field::Title => {
                        places.extend(items(root, "headlines", |item| role(item) == Some("main")))
                    }
                    Field::Text => places.extend(items(root, "bodies", |item| !is_markup(item))),
                    Field::Html => places.extend(items(root, "bodies", is_markup)),
                    _ => {}
                }
                places
            }
            Self::SchemaOrg => match graph_article(root) {
                Some(prefix) => names.into_iter().map(|name| [prefix.clone(), name].concat()).collect(),
                None => names,
            },
            _ => names,
        }
    }
}

fn role(item: &Value) -> Option<&str> {
    item.get("role").and_then(Value::as_str)
}

fn is_markup(item: &Value) -> bool {
    let kind = ["contentType", "contenttype"].iter().find_map(|name| item.get(*name).and_then(Value::as_str));
    kind.is_some_and(|kind| kind.contains("html") || kind.contains("xml"))
}

/// The `value` of each item of a ninjs list: those that fit for a headline first, for a body only those.
fn items(root: &Map<String, Value>, list: &str, fits: fn(&Value) -> bool) -> Vec<Path> {
    let Some(Value::Array(items)) = root.get(list) else { return Vec::new() };
    let place = |index: usize| vec![list.to_owned(), index.to_string(), "value".to_owned()];
    let mut places: Vec<Path> =
        items.iter().enumerate().filter(|(_, item)| fits(item)).map(|(index, _)| place(index)).collect();
    if list == "headlines" {
        places
            .extend(items.iter().enumerate().filter(|(_, item)| !fits(item)).map(|(index, _)| place(index)));
    }
    places
}

/// Whether a JSON-LD node is an article.
pub(crate) fn is_article(node: &Value) -> bool {
    let names = match node.get("@type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => return false,
    };
    let plain = |name: &str| name.rsplit(['/', ':']).next().unwrap_or_default().to_owned();
    names.iter().any(|name| {
        let name = plain(name);
        name.ends_with("Article")
            || matches!(name.as_str(), "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting")
    })
}

/// Where in the `@graph` of a JSON-LD document its article is, unless the document itself is the article.
fn graph_article(root: &Map<String, Value>) -> Option<Path> {
    let nodes = lookup(root, &["@graph".to_owned()])?.as_array()?;
    let index = nodes.iter().position(is_article)?;
    Some(vec!["@graph".to_owned(), index.to_string()])
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        by_name("dialect", name, &Self::ALL, Self::as_str)
    }
}

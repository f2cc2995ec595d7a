//! What a page says of itself.

use dom_query::Document;

/// What a page says of itself, as it stands there; nothing is judged yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The text of `title` without the site's name where that can be told, else the first `h1`.
    pub title: Option<String>,
    /// `meta` elements: the name (`name`, `property`, `itemprop` or `http-equiv`) in lower case, and the content.
    pub meta: Vec<(String, String)>,
    /// Elements with `itemprop`: the property in lower case, and the machine-readable value or else the text.
    pub items: Vec<(String, String)>,
    /// The text of `script` elements of type `application/ld+json`.
    pub json_ld: Vec<String>,
    /// `link rel="canonical"`.
    pub canonical: Option<String>,
    /// `html lang`.
    pub language: Option<String>,
    /// Texts of `rel="author"`.
    pub authors: Vec<String>,
    /// `datetime` of the first `time` element.
    pub time: Option<String>,
}

impl Metadata {
    /// The first value of the first of these names that has one.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        first(&self.meta, names)
    }

    /// The first value of the first of these properties that has one.
    pub fn item(&self, names: &[&str]) -> Option<&str> {
        first(&self.items, names)
    }
}

fn first<'a>(pairs: &'a [(String, String)], names: &[&str]) -> Option<&'a str> {
    let find = |name: &&str| pairs.iter().find(|(known, value)| known == name && !value.trim().is_empty());
    names.iter().find_map(find).map(|(_, value)| value.as_str())
}

/// Values longer than this are no metadata.
const LONGEST: usize = 4096;

pub(super) fn metadata(doc: &Document, title: &str) -> Metadata {
    let mut data = Metadata { title: some(title), ..Metadata::default() };
    for node in doc.select("meta[content]").nodes() {
        let name =
            ["property", "name", "itemprop", "http-equiv"].iter().find_map(|attribute| node.attr(attribute));
        let content = node.attr("content").unwrap_or_default();
        if let Some(name) = name.filter(|_| content.len() <= LONGEST) {
            data.meta.push((name.trim().to_lowercase(), content.to_string()));
        }
    }
    for node in doc.select("[itemprop]").nodes().iter().filter(|node| !node.has_name("meta")) {
        let property = node.attr("itemprop").unwrap_or_default().trim().to_lowercase();
        // The article's body is an item as well, and no metadata.
        if !matches!(
            &*property,
            "datepublished" | "datemodified" | "headline" | "author" | "creator" | "name" | "url"
        ) {
            continue;
        }
        let value = ["content", "datetime", "href"].iter().find_map(|attribute| {
            if property == "author" && *attribute == "href" { None } else { node.attr(attribute) }
        });
        let value = value.map_or_else(|| node.text().to_string(), |value| value.to_string());
        if value.len() <= LONGEST {
            data.items.push((property, value));
        }
    }
    for node in doc.select("script[type]").nodes() {
        if node.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
            data.json_ld.push(node.text().to_string());
        }
    }
    data.canonical = attribute(doc, "link[rel=canonical][href]", "href");
    data.language = attribute(doc, "html[lang]", "lang");
    data.time = attribute(doc, "time[datetime]", "datetime");
    for node in doc.select("[rel=author]").nodes() {
        data.authors.extend(some(&node.text()).filter(|name| name.len() <= LONGEST));
    }
    data
}

fn attribute(doc: &Document, selector: &str, name: &str) -> Option<String> {
    doc.select_single(selector)
        .attr(name)
        .and_then(|value| some(&value))
        .filter(|value| value.len() <= LONGEST)
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

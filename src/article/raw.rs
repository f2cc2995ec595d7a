//! A parsed article, before repair.

use super::Warning;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Who published an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The publisher's name as the input gives it.
    pub name: Option<String>,
    /// The publisher's host name without `www.`, from the input or else from the article's URL.
    pub domain: Option<String>,
}

/// An article as its sender meant it: decoded and sorted into fields, its body not yet repaired.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawArticle {
    /// The identifier that the input gives, whatever it looks like; see [`super::article_id`].
    pub id: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// Who published it.
    pub source: Source,
    /// The headline, on one line.
    pub title: Option<String>,
    /// The authors' names in their order, each once.
    pub authors: Vec<String>,
    /// When it was published: RFC 3339 with the sender's offset, or, where the sender gave no more, an ISO 8601 date,
    /// or a date and time without an offset.
    pub date_published: Option<String>,
    /// When it was last changed, in the same form.
    pub date_modified: Option<String>,
    /// BCP-47 tag of the language that the input declares.
    pub language: Option<String>,
    /// The body: paragraphs are lines joined by `\n`.
    pub text: String,
    /// Fields of the input that copydesk does not know, and those whose value it could not read, untouched.
    pub extra: Map<String, Value>,
    /// What was odd about the input, each once, in the order in which it was noticed; see [`Warning`].
    pub warnings: Vec<String>,
}

impl RawArticle {
    /// Adds a warning, once.
    pub fn warn(&mut self, warning: Warning) {
        if !self.warnings.iter().any(|known| known == warning.as_str()) {
            self.warnings.push(warning.as_str().to_owned());
        }
    }
}

//! The labelled bed: articles in the order of their stream, with the cluster that each belongs to.

use std::collections::HashMap;
use std::error::Error;

use serde::Deserialize;

use crate::input;

/// One article of the bed.
#[derive(Debug, Clone, Deserialize)]
pub struct BedArticle {
    pub id: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub text: String,
    /// Event time, seconds.
    pub ts: i64,
    /// Gold: the story whose text it carries.
    pub cluster: String,
    /// Gold: other stories whose text it carries too, such as those of a roundup.
    pub also: Vec<String>,
    /// `base`, `near`, `contain` or `unique`.
    pub rel: String,
    /// The edit that is counted; `edits` has them all.
    pub primary: String,
    pub edits: Vec<String>,
    /// Kind of hard negative.
    pub hardneg: Option<String>,
    /// The event that it tells of, where that is labelled; or the name of its collection.
    #[serde(default)]
    pub event: Option<String>,
    /// Its collection.
    #[serde(default)]
    pub src: String,
}

impl BedArticle {
    /// The event that it tells of: a label that is no more than the collection's name says nothing.
    pub fn labelled_event(&self) -> Option<&str> {
        self.event.as_deref().filter(|event| *event != self.src)
    }

    /// Whether the article carries text of the story `cluster`.
    pub fn carries(&self, cluster: &str) -> bool {
        self.stories().any(|story| story == cluster)
    }

    /// Every story whose text it carries.
    pub fn stories(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.cluster).chain(&self.also).map(String::as_str)
    }

    /// Whether the two carry text of one story.
    pub fn shares_text_with(&self, other: &Self) -> bool {
        self.stories().any(|story| other.carries(story))
    }

    /// What the article is counted under if it is no copy.
    pub fn negative_kind(&self) -> &str {
        match &self.hardneg {
            Some(kind) => kind,
            None if self.edits.iter().any(|edit| edit == "late") => "late",
            None => "unique/base",
        }
    }
}

/// Reads a bed; the order of the file is the order of the stream.
pub fn read(path: &str) -> Result<Vec<BedArticle>, Box<dyn Error>> {
    input::json_lines(path)
}

/// Where each id stands in the bed.
///
/// # Errors
/// An id that stands there twice: predictions could not name it.
pub fn numbers(bed: &[BedArticle]) -> Result<HashMap<&str, usize>, String> {
    let mut numbers = HashMap::new();
    for (number, article) in bed.iter().enumerate() {
        if numbers.insert(article.id.as_str(), number).is_some() {
            return Err(format!("the id {} stands twice in the bed", article.id));
        }
    }
    Ok(numbers)
}

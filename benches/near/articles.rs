//! Articles to measure with: read from files, and made from them where more are needed.

use std::error::Error;
use std::path::Path;

use serde::Deserialize;

use crate::engine;
use crate::input;

/// Taken if no files are named, as far as they exist.
const USUAL: [&str; 4] = [
    "../shared/data/load/bbc-news.jsonl.gz",
    "../shared/data/load/wikinews.jsonl.gz",
    "../shared/data/load/fnc1-bodies.jsonl.gz",
    "../shared/data/neardup/bed-train.jsonl.gz",
];

/// An article; files name its text `body` or `text`.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    pub id: String,
    #[serde(default)]
    pub title: String,
    #[serde(alias = "body")]
    pub text: String,
}

impl Article {
    /// As the engine takes it, the `number`th of a stream. One a second: all of them stay within the window.
    pub fn at(&self, number: usize) -> engine::Article<'_> {
        engine::Article { id: &self.id, title: &self.title, text: &self.text, seconds: number as i64, number }
    }
}

/// All articles of the files, or of the usual ones.
///
/// # Errors
/// A file that cannot be read, and no article at all.
pub fn read(files: &[String]) -> Result<Vec<Article>, Box<dyn Error>> {
    let usual: Vec<String> =
        USUAL.iter().filter(|path| Path::new(path).exists()).map(|path| (*path).to_owned()).collect();
    let files = if files.is_empty() { &usual } else { files };
    let mut articles: Vec<Article> = Vec::new();
    for file in files {
        articles.extend(input::json_lines::<Article>(file)?);
    }
    if articles.is_empty() {
        let usual = USUAL.join(", ");
        return Err(
            format!("no articles: name JSON lines files with id and text or body (usual: {usual})").into()
        );
    }
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    println!("{} articles of {} bytes on average", articles.len(), bytes / articles.len());
    Ok(articles)
}

/// The `number`th article of an endless stream: first those that were read; then the same again with their words in
/// another order, which have the lengths and words of articles and share no passage with any of them.
pub fn endless(articles: &[Article], number: usize) -> Article {
    let article = &articles[number % articles.len()];
    if number < articles.len() {
        return article.clone();
    }
    let mut words: Vec<&str> = article.text.split_whitespace().collect();
    let mut state = number as u64;
    for at in (1..words.len()).rev() {
        words.swap(at, (next_random(&mut state) % (at as u64 + 1)) as usize);
    }
    Article { id: format!("{}/{number}", article.id), title: article.title.clone(), text: words.join(" ") }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same stream on every machine.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

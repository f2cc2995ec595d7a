//! The main content of a page, and all content of a piece of one.
//!
//! Pages go through `dom_smoothie`, a port of Mozilla's Readability, under its strict policy first; the looser ones come
//! in where that finds next to nothing. Pieces (the `html` of a feed, say) are taken whole: somebody has already cut them
//! out of their page, and Readability's rules would drop good parts of short ones.

use super::Metadata;
use super::blocks::{Block, CELL, blocks};
use super::guard::tame;
use super::metadata::metadata;
use dom_query::Document;
use dom_smoothie::{Config, ParsePolicy, Readability};
use std::borrow::Cow;

/// What was read from a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What the page says of itself.
    pub metadata: Metadata,
    /// The main content, one paragraph per line; empty where there is none.
    pub text: String,
    /// Whether it was a page with a head or body of its own, rather than a piece of one.
    pub whole: bool,
}

/// Strict rules that find this many bytes of prose have found the article.
const ENOUGH: usize = 250;

/// Reads a page, or a piece of one.
pub fn read_page(html: &str) -> Page {
    let html = tame(html);
    let doc = Document::from(html.as_str());
    let whole = is_whole_page(&html);
    let Ok(reader) = Readability::with_document(doc, None, None) else { return Page::default() };
    let title = if whole { reader.get_article_title().to_string() } else { String::new() };
    let metadata = metadata(&reader.doc, &title);
    let blocks = if whole { main_content(&html, &reader.doc) } else { all_content(&reader.doc) };
    Page { metadata, text: text_of(&blocks), whole }
}

fn is_whole_page(html: &str) -> bool {
    let head = html.trim_start().as_bytes();
    let head = head[..head.len().min(2048)].to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| memchr::memmem::find(&head, tag.as_bytes()).is_some())
}

fn all_content(doc: &Document) -> Vec<Block> {
    doc.body().map(blocks).unwrap_or_default()
}

fn main_content(html: &str, doc: &Document) -> Vec<Block> {
    let mut best: Vec<Block> = Vec::new();
    for policy in [ParsePolicy::Strict, ParsePolicy::Moderate] {
        let found = by_policy(html, policy);
        // What the stricter rules found stands unless the looser ones find twice as much.
        if prose(&found) > prose(&best) * 2 {
            best = found;
        }
        if prose(&best) >= ENOUGH {
            return best;
        }
    }
    if prose(&best) == 0 { all_content(doc) } else { best }
}

fn by_policy(html: &str, policy: ParsePolicy) -> Vec<Block> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article =
        Readability::new(html, None, Some(config)).and_then(|mut reader| reader.parse_with_policy(policy));
    let found = article.map(|article| {
        // The content comes as HTML, whose depth is already bounded.
        all_content(&Document::from(&*without_tables(&article.content)))
    });
    let mut blocks = found.unwrap_or_default();
    // A short line that is nothing but a link leads to another page.
    blocks.retain(|block| block.linked < block.text.len() || !block.is_links());
    blocks
}

/// Tables of the content as plain blocks. `dom_smoothie` renames a table that lays a page out, but not its rows and
/// cells, and a parser drops these where no table is around them.
fn without_tables(content: &str) -> Cow<'_, str> {
    if !content.contains("<td") && !content.contains("<th") {
        return Cow::Borrowed(content);
    }
    let mut out = content.to_owned();
    for (from, to) in
        [("table", "div"), ("tbody", "div"), ("thead", "div"), ("tr", "div"), ("td", CELL), ("th", CELL)]
    {
        for (open, close) in [("<", ">"), ("<", " "), ("</", ">")] {
            out = out.replace(&format!("{open}{from}{close}"), &format!("{open}{to}{close}"));
        }
    }
    Cow::Owned(out)
}

/// How many bytes of prose there are.
fn prose(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| block.is_prose()).map(|block| block.text.len() - block.linked).sum()
}

fn text_of(blocks: &[Block]) -> String {
    // Nothing but links is a menu.
    if blocks.iter().all(Block::is_links) {
        return String::new();
    }
    let mut text = String::with_capacity(blocks.iter().map(|block| block.text.len() + 1).sum());
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&block.text);
    }
    text
}

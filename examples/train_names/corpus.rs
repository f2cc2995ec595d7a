//! Labelled articles: read, cut into words, each word with its label.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use copydesk::extract::names::NameKind;
use copydesk::extract::names::gazetteer::Gazetteer;
use copydesk::extract::names::labels::{Label, Part};
use copydesk::extract::names::words::Words;
use copydesk::text::{Segments, Span, Token, TokenKind, tokens};
use flate2::read::GzDecoder;
use serde::Deserialize;

/// What an article's labels say about a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gold {
    /// Exactly this.
    Is(Label),
    /// No person, organisation or place; whether it is another name was not marked.
    NoneOfThree,
    /// Not annotated.
    Unknown,
}

/// An article with labels.
pub struct Article {
    pub text: String,
    pub words: Words,
    pub gold: Vec<Gold>,
}

/// A gold name: bytes of the text, and its kind; nothing for another name.
pub type Marked = (Span, Option<NameKind>);

/// Lines of a JSON lines file, plain or gzipped.
pub fn rows<T: for<'d> Deserialize<'d>>(path: &Path) -> Vec<T> {
    let file = File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let lines: Box<dyn BufRead> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(BufReader::new(GzDecoder::new(file)))
    } else {
        Box::new(BufReader::new(file))
    };
    lines
        .lines()
        .map(|line| {
            serde_json::from_str(&line.expect("readable"))
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        })
        .collect()
}

fn kind(name: &str) -> Option<NameKind> {
    match name {
        "PER" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organization),
        "LOC" | "FAC" => Some(NameKind::Location),
        _ => None,
    }
}

#[derive(Deserialize)]
struct TokenRow {
    id: String,
    source: String,
    licence: String,
    labels: Vec<String>,
    tokens: Vec<String>,
    tags: Vec<String>,
}

/// The sentences of the open mix, brought together by document where their ids tell it.
pub fn token_articles(
    path: &Path,
    leave_out: &HashSet<String>,
    share_alike: bool,
    gazetteer: &Gazetteer<'_>,
) -> Vec<Article> {
    let mut documents: BTreeMap<String, Vec<TokenRow>> = BTreeMap::new();
    for (number, row) in rows::<TokenRow>(path).into_iter().enumerate() {
        if leave_out.contains(&row.source) || !share_alike && row.licence.contains("SA") {
            continue;
        }
        let whole = row.source.starts_with("gum") || row.source.starts_with("uner");
        // Documents of the other sources cannot be told apart; a few neighbours share their words more often than not.
        let key = if whole {
            row.id.rsplit_once('-').map_or(row.id.clone(), |(document, _)| document.to_owned())
        } else {
            format!("{}#{:06}", row.source, number / 4)
        };
        if leave_out.contains(&key) {
            continue;
        }
        documents.entry(key).or_default().push(row);
    }
    documents.into_values().map(|rows| from_tokens(&rows, gazetteer)).collect()
}

fn from_tokens(rows: &[TokenRow], gazetteer: &Gazetteer<'_>) -> Article {
    let (mut text, mut words, mut marked) = (String::new(), Words::default(), Vec::new());
    let mut cut = Vec::new();
    let lenient = !rows[0].labels.iter().any(|label| label == "MISC");
    for row in rows {
        cut.clear();
        let mut open: Option<(usize, &str)> = None;
        for (token, tag) in row.tokens.iter().zip(&row.tags) {
            let starts = tag.starts_with("B-")
                || open.is_some_and(|(_, kind)| !tag.ends_with(kind) || !tag.starts_with("I-"));
            if starts && let Some((start, name)) = open.take() {
                marked.push((Span::new(start, text.trim_end().len()), kind(name)));
            }
            let start = text.len();
            text.push_str(token);
            let span = Span::new(start, text.len());
            text.push(' ');
            if tag.starts_with("B-") {
                open = Some((start, &tag[2..]));
            }
            let clitic = (token.contains('\'') || token.contains('’')) && token.chars().count() <= 3;
            if clitic {
                cut.push(Token { span, kind: TokenKind::Clitic });
            } else {
                cut.extend(tokens(&text, span));
            }
        }
        if let Some((start, name)) = open {
            marked.push((Span::new(start, text.trim_end().len()), kind(name)));
        }
        text.push('\n');
        words.push_sentence(&text, cut.iter().copied(), gazetteer);
    }
    let gold = label(&words, &marked, lenient, usize::MAX);
    Article { text, words, gold }
}

#[derive(Deserialize)]
struct Annotation {
    article: String,
    range: [usize; 2],
    mentions: Vec<(usize, usize, String)>,
}

/// Texts by the ids that annotations use.
pub fn texts(data: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut add = |file: &str, prefix: &str, text: fn(&serde_json::Value) -> String| {
        for row in rows::<serde_json::Value>(&data.join(file)) {
            texts.insert(format!("{prefix}{}", row["id"].as_str().expect("an id")), text(&row));
        }
    };
    add("load/wikinews.jsonl.gz", "", |row| {
        format!("{}\n{}", row["title"].as_str().unwrap_or(""), row["body"].as_str().unwrap_or(""))
    });
    add("train/meantime.jsonl.gz", "meantime:", |row| row["full_text"].as_str().unwrap_or("").to_owned());
    add("eval/places-geovirus.jsonl.gz", "", |row| row["text"].as_str().unwrap_or("").to_owned());
    for part in ["train", "dev", "test"] {
        add(&format!("train/gum-{part}.jsonl.gz"), "gum:", |row| {
            row["text"].as_str().unwrap_or("").to_owned()
        });
    }
    texts
}

/// Our own annotations.
pub fn annotated(
    path: &Path,
    texts: &BTreeMap<String, String>,
    gazetteer: &Gazetteer<'_>,
) -> Vec<(String, Article)> {
    rows::<Annotation>(path)
        .into_iter()
        .map(|row| {
            let text =
                texts.get(&row.article).unwrap_or_else(|| panic!("no text of {}", row.article)).clone();
            let bytes = byte_offsets(&text);
            let marked: Vec<Marked> = row
                .mentions
                .iter()
                .map(|(s, e, name)| (Span::new(bytes[*s], bytes[*e]), kind(name)))
                .collect();
            let end = bytes[row.range[1].min(bytes.len() - 1)];
            (row.article, from_text(text, &marked, false, end, gazetteer))
        })
        .collect()
}

/// An article of plain text with marked names.
pub fn from_text(
    text: String,
    marked: &[Marked],
    lenient: bool,
    end: usize,
    gazetteer: &Gazetteer<'_>,
) -> Article {
    let words = Words::new(&text, &Segments::new(&text), gazetteer);
    let gold = label(&words, marked, lenient, end);
    Article { text, words, gold }
}

/// Where each code point starts, and the end.
pub fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// The label of each word: a word belongs to the name that it overlaps.
fn label(words: &Words, marked: &[Marked], lenient: bool, end: usize) -> Vec<Gold> {
    let outside = if lenient { Gold::NoneOfThree } else { Gold::Is(Label::OUTSIDE) };
    let mut gold: Vec<Gold> =
        words.words.iter().map(|word| if word.span.end <= end { outside } else { Gold::Unknown }).collect();
    for (span, kind) in marked {
        let first = words.words.partition_point(|word| word.span.end <= span.start);
        let behind = words.words.partition_point(|word| word.span.start < span.end);
        for at in first..behind {
            gold[at] = Gold::Is(match kind {
                None => Label::OTHER,
                Some(kind) => Label::of(
                    *kind,
                    match (at == first, at + 1 == behind) {
                        (true, true) => Part::Unit,
                        (true, false) => Part::Begin,
                        (false, true) => Part::Last,
                        (false, false) => Part::Inside,
                    },
                ),
            });
        }
    }
    gold
}

#[derive(Deserialize)]
struct EvalRow {
    text: String,
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// Texts of a labelled set with the names of the three kinds.
pub fn labelled(path: &Path) -> Vec<(String, Vec<(Span, NameKind)>)> {
    rows::<EvalRow>(path)
        .into_iter()
        .map(|row| {
            let bytes = byte_offsets(&row.text);
            let names = row
                .entities
                .iter()
                .filter_map(|e| Some((Span::new(bytes[e.start], bytes[e.end]), kind(&e.kind)?)))
                .collect();
            (row.text, names)
        })
        .collect()
}

//! The summary: the lead of the article, one to three sentences in its own words.
//!
//! News tells the most important first, so its first sentences are the best extract that is known (lead-2 scores as
//! well as abstracts of large models on Wikinews). What this module adds is to find the true lead: behind the
//! headline, the byline, the date line, captions and notes of the editor, and without the dateline.

use super::dateline::dateline;
use crate::text::{CodePoints, Segments, Span};

/// A summary of so many characters needs no further sentence.
const ENOUGH: usize = 120;
/// A summary never grows beyond this many characters, but for a single first sentence.
const MOST: usize = 400;
/// A first sentence that is longer is cut, at a space.
const LONGEST: usize = 600;
/// Sentences at most.
const SENTENCES: usize = 3;
/// Paragraphs in which the lead is looked for; behind them an article without running text has none.
const PARAGRAPHS: usize = 12;
/// A lead sentence has so many letters or more, spaces not counted; Han characters say more and count thrice.
const MIN_LETTERS: usize = 25;

/// An extract of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Where its parts stand in the text, in bytes; ascending.
    pub spans: Vec<Span>,
}

impl Summary {
    /// The summary as one line: its parts joined by one space.
    pub fn text(&self, text: &str) -> String {
        self.spans.iter().map(|span| span.text(text)).collect::<Vec<_>>().join(" ")
    }

    /// Its spans in code points, `[start, end)`, as they go out.
    pub fn code_points(&self, code_points: &CodePoints<'_>) -> Vec<[usize; 2]> {
        self.spans.iter().map(|&span| code_points.span(span).into()).collect()
    }
}

/// The lead of `text`, or nothing if it has no running text near its beginning. `title` is not repeated.
pub fn summary(text: &str, segments: &Segments, title: Option<&str>) -> Option<Summary> {
    let lead = segments
        .paragraphs()
        .iter()
        .take(PARAGRAPHS)
        .position(|paragraph| is_running_text(paragraph.text(text), title))?;
    let mut spans: Vec<Span> = Vec::new();
    let mut length = 0;
    let last = segments.paragraphs().len().min(PARAGRAPHS);
    for number in lead..last {
        let paragraph = segments.paragraphs()[number];
        if number > lead && !is_running_text(paragraph.text(text), title) {
            continue;
        }
        let report = paragraph.start + dateline(paragraph.text(text)).map_or(0, |found| found.end);
        for &sentence in &segments.sentences()[segments.sentences_of(number)] {
            let sentence = Span::new(sentence.start.max(report), sentence.end);
            if sentence.is_empty() || !is_lead_sentence(sentence.text(text)) {
                continue;
            }
            let sentence = if spans.is_empty() { cut(text, sentence) } else { sentence };
            let added = sentence.text(text).chars().count();
            if !spans.is_empty() && length + 1 + added > MOST {
                return Some(Summary { spans });
            }
            length += added + usize::from(!spans.is_empty());
            spans.push(sentence);
            if length >= ENOUGH || spans.len() == SENTENCES {
                return Some(Summary { spans });
            }
        }
    }
    (!spans.is_empty()).then_some(Summary { spans })
}

/// Whether a paragraph is prose of the article: it ends like a sentence, and is no headline, byline or date line.
fn is_running_text(paragraph: &str, title: Option<&str>) -> bool {
    let ends = paragraph
        .trim_end_matches(|c: char| {
            matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』') || c.is_whitespace()
        })
        .ends_with(|c: char| {
            matches!(
                c,
                '.' | '!'
                    | '?'
                    | '…'
                    | ':'
                    | ','
                    | '—'
                    | '。'
                    | '！'
                    | '？'
                    | '؟'
                    | '۔'
                    | '।'
                    | '።'
                    | '။'
                    | '։'
            )
        })
        || !has_cased_letters(paragraph);
    ends && !is_caption(paragraph)
        && letters(paragraph) >= MIN_LETTERS
        && title.is_none_or(|title| !same_words(title, paragraph))
}

/// Whether a sentence can stand in a summary: long enough, and no note about the article.
fn is_lead_sentence(sentence: &str) -> bool {
    const NOTES: [&str; 28] = [
        "last updated",
        "update:",
        "updated:",
        "updated at",
        "updated on",
        "published:",
        "published on",
        "posted on",
        "this article was",
        "this article is",
        "this article has",
        "this story was",
        "this story has",
        "editor's note",
        "editor’s note",
        "correction:",
        "read more",
        "read also",
        "also read",
        "sign up",
        "subscribe to",
        "share this",
        "file photo",
        "click here",
        "copyright",
        "©",
        "all rights reserved",
        "we use cookies",
    ];
    let lower = sentence.chars().take(200).collect::<String>().to_lowercase();
    letters(sentence) >= MIN_LETTERS && !NOTES.iter().any(|note| lower.starts_with(note))
}

/// Whether a paragraph is the text under a picture: short, and it says whose picture it is.
fn is_caption(paragraph: &str) -> bool {
    const CREDITS: [&str; 7] =
        ["image:", "photo:", "photograph:", "picture:", "photo by ", "image credit", "photo credit"];
    if paragraph.len() > 300 {
        return false;
    }
    let lower = paragraph.to_lowercase();
    CREDITS.iter().any(|credit| lower.contains(credit))
}

/// Letters and digits up to a bound, a Han or Kana character for three.
fn letters(text: &str) -> usize {
    let mut count = 0;
    for c in text.chars() {
        if c.is_alphanumeric() {
            count += if c >= '\u{2E80}' { 3 } else { 1 };
        }
        if count >= MIN_LETTERS {
            break;
        }
    }
    count
}

/// Scripts without capitals often have no mark at the end of a sentence (Thai), so none can be asked for.
fn has_cased_letters(text: &str) -> bool {
    text.chars().take(200).any(|c| c.is_uppercase() || c.is_lowercase())
}

/// Whether two texts have the same letters and digits, whatever their case and marks.
fn same_words(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b))
}

/// The sentence itself, or its beginning if it is too long for a summary.
fn cut(text: &str, sentence: Span) -> Span {
    let inner = sentence.text(text);
    let Some((limit, _)) = inner.char_indices().nth(LONGEST) else { return sentence };
    let head = &inner[..limit];
    let end = head.rfind(char::is_whitespace).filter(|&at| at > limit / 2).unwrap_or(limit);
    Span::new(sentence.start, sentence.start + inner[..end].trim_end().len())
}

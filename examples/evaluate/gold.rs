//! Articles with gold names, and these names as the tagger would give them.

use copydesk::extract::names::{Name, NameKind};
use copydesk::text::Span;
use serde::Deserialize;

/// An article with gold names and coreference (MEANTIME, GUM).
#[derive(Deserialize)]
pub struct Row {
    pub id: String,
    #[serde(default)]
    pub genre: Option<String>,
    pub text: String,
    #[serde(default)]
    pub full_text: Option<String>,
    pub entities: Vec<Entity>,
    pub mentions: Vec<GoldMention>,
}

#[derive(Deserialize)]
pub struct Entity {
    pub start: usize,
    pub end: usize,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Deserialize)]
pub struct GoldMention {
    pub start: usize,
    pub end: usize,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub syntactic_type: Option<String>,
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(default)]
    pub core: Option<(usize, usize)>,
    #[serde(default)]
    pub id: Option<String>,
}

impl Row {
    /// The entity of the smallest gold mention that a name stands for. `gum` and `meantime` are what the two sets call
    /// its kind.
    pub fn entity_of(&self, gum: &str, meantime: &str, starts: &[usize], span: Span) -> Option<&str> {
        let byte = |at: usize| starts.get(at).copied();
        let stands_for = |mention: &&GoldMention| match mention.core {
            Some((start, end)) => {
                mention.kind == gum && byte(start) == Some(span.start) && byte(end) == Some(span.end)
            }
            None => {
                mention.kind == meantime
                    && mention.syntactic_type.as_deref() == Some("NAM")
                    && byte(mention.start).is_some_and(|start| start <= span.start)
                    && byte(mention.end) == Some(span.end)
            }
        };
        let smallest =
            self.mentions.iter().filter(stands_for).min_by_key(|mention| mention.end - mention.start)?;
        smallest.entity.as_deref().or(smallest.id.as_deref())
    }
}

/// An article of ../shared/data/load.
#[derive(Deserialize)]
pub struct Article {
    pub id: String,
    pub title: String,
    pub body: String,
}

/// Our own annotation of one.
#[derive(Deserialize)]
pub struct Annotation {
    pub article: String,
    pub range: (usize, usize),
    pub mentions: Vec<(usize, usize, String)>,
}

/// The kind that a label of a set says; nothing for one that is none of the three.
pub fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organization),
        // Some sets mark buildings apart; to us they are places.
        "LOC" | "FAC" => Some(NameKind::Location),
        _ => None,
    }
}

/// Where each code point starts, and the end.
pub fn starts(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// Names in bytes from gold spans in code points; of two that overlap the first.
pub fn names(starts: &[usize], gold: impl Iterator<Item = (usize, usize, NameKind)>) -> Vec<Name> {
    let mut names: Vec<Name> = gold
        .filter(|&(start, end, _)| start < end && end < starts.len())
        .map(|(start, end, kind)| Name { span: Span::new(starts[start], starts[end]), kind, confidence: 1.0 })
        .collect();
    names.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end)));
    let mut end = 0;
    names.retain(|name| {
        let apart = name.span.start >= end;
        end = if apart { name.span.end } else { end };
        apart
    });
    names
}

/// Pairs of mentions that are one entity in gold and were joined, that were joined, and that are one in gold. A
/// mention has its gold entity, the number of ours, and its span; `show` names each pair that differs.
pub fn pairs(article: &str, text: &str, mentions: &[(&str, usize, Span)], show: bool) -> [usize; 3] {
    let mut counts = [0; 3];
    for (at, one) in mentions.iter().enumerate() {
        for other in &mentions[at + 1..] {
            let (same, joined) = (one.0 == other.0, one.1 == other.1);
            counts[0] += usize::from(same && joined);
            counts[1] += usize::from(joined);
            counts[2] += usize::from(same);
            if show && same != joined {
                let what = if joined { "joined" } else { "apart" };
                let (a, b) = (one.2.text(text), other.2.text(text));
                println!("{article} {what}: {a:?} ({}) {b:?} ({})", one.0, other.0);
            }
        }
    }
    counts
}

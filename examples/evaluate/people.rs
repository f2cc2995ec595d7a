//! People: which mentions are joined, and what is read about them.
//!
//! `people` joins the gold names of a set with gold coreference (MEANTIME, GUM) and counts pairs of named mentions.
//! `people-show` prints what is read about the people of articles whose names are annotated, for reading by eye, and
//! how long that takes.

use std::collections::HashMap;
use std::time::Instant;

use copydesk::extract::people::{FoundPerson, people};
use copydesk::text::{Segments, Span};

use crate::Outcome;
use crate::gold::{self, Annotation, Article, Row, kind, names, starts};
use crate::input::json_lines;

/// `SET.jsonl[.gz] ...`
pub fn run(files: &[String]) -> Outcome {
    let mut totals: Vec<(String, [usize; 3])> = Vec::new();
    for file in files.iter().filter(|file| !file.starts_with("--")) {
        let name = file.rsplit('/').next().unwrap_or(file);
        for row in json_lines::<Row>(file)? {
            let group = format!("{name} {}", row.genre.as_deref().unwrap_or(""));
            let counts = pairs(&row, files.iter().any(|file| file == "--errors"));
            match totals.iter_mut().find(|(own, _)| *own == group) {
                Some((_, sums)) => (0..3).for_each(|at| sums[at] += counts[at]),
                None => totals.push((group, counts)),
            }
        }
    }
    println!("{:40} {:>6} {:>6} {:>6} {:>6} {:>6}", "set", "both", "ours", "gold", "P", "R");
    for (group, [both, ours, gold]) in totals {
        let share = |of: usize| if of == 0 { 1.0 } else { both as f64 / of as f64 };
        println!("{group:40} {both:>6} {ours:>6} {gold:>6} {:>6.3} {:>6.3}", share(ours), share(gold));
    }
    Ok(())
}

/// Pairs of named mentions: joined by both, by us, by the gold.
fn pairs(row: &Row, show: bool) -> [usize; 3] {
    let text = row.full_text.as_deref().unwrap_or(&row.text);
    let starts = starts(text);
    let names = names(
        &starts,
        row.entities.iter().filter_map(|entity| Some((entity.start, entity.end, kind(&entity.kind)?))),
    );
    let found = people(text, &Segments::new(text), &names);
    let mut all: Vec<(&str, usize, Span)> = Vec::new();
    for (number, person) in found.iter().enumerate() {
        for mention in &person.mentions {
            if let Some(entity) = row.entity_of("person", "PER", &starts, mention.span) {
                all.push((entity, number, mention.span));
            }
        }
    }
    gold::pairs(&row.id, text, &all, show)
}

/// `ARTICLES.jsonl[.gz] ANNOTATIONS.jsonl FROM COUNT`
pub fn show(files: &[String]) -> Outcome {
    let [articles, annotations, from, count] = files else {
        return Err("people-show takes ARTICLES.jsonl[.gz] ANNOTATIONS.jsonl FROM COUNT".into());
    };
    let (from, count): (usize, usize) = (from.parse()?, count.parse()?);
    let articles: HashMap<String, Article> =
        json_lines::<Article>(articles)?.into_iter().map(|article| (article.id.clone(), article)).collect();
    let mut bytes = 0;
    let mut named = 0;
    let mut time = std::time::Duration::ZERO;
    let mut shown = 0;
    for annotation in json_lines::<Annotation>(annotations)?.into_iter().skip(from) {
        let Some(article) = articles.get(&annotation.article) else { continue };
        if shown == count {
            break;
        }
        shown += 1;
        let text: String =
            format!("{}\n{}", article.title, article.body).chars().take(annotation.range.1).collect();
        let names = names(
            &starts(&text),
            annotation.mentions.iter().filter_map(|(start, end, label)| Some((*start, *end, kind(label)?))),
        );
        let segments = Segments::new(&text);
        let found = people(&text, &segments, &names);
        // The best of several runs: the machine is shared.
        let best = (0..5).map(|_| {
            let start = Instant::now();
            std::hint::black_box(people(&text, &segments, &names));
            start.elapsed()
        });
        time += best.min().unwrap_or_default();
        bytes += text.len();
        named += names.len();
        println!("=== {} {}", article.id, article.title);
        found.iter().for_each(|person| print(&text, &segments, person));
    }
    println!(
        "{shown} articles, {bytes} bytes, {named} names, {:.1} us an article",
        time.as_secs_f64() * 1e6 / shown.max(1) as f64
    );
    Ok(())
}

fn print(text: &str, segments: &Segments, person: &FoundPerson) {
    let gender = person.gender.map_or(String::new(), |gender| format!(" [{gender:?}]"));
    println!("{}{gender} x{} aka {:?}", person.name, person.mentions.len(), person.aliases);
    for role in &person.roles {
        println!(
            "    ROLE {:?} org {:?} country {}",
            role.title,
            role.org.as_deref().unwrap_or("-"),
            role.country.as_deref().unwrap_or("-")
        );
    }
    for mention in &person.mentions {
        let Some(sentence) = segments.sentences().iter().find(|sentence| sentence.contains(mention.span))
        else {
            continue;
        };
        let clip = |from: usize, to: usize| {
            let around = |mut at: usize, step: isize| {
                while !text.is_char_boundary(at) {
                    at = at.saturating_add_signed(step);
                }
                at
            };
            text[around(from, -1)..around(to, 1)].replace('\n', " ")
        };
        let start = sentence.start.max(mention.span.start.saturating_sub(90));
        let end = sentence.end.min(mention.span.end + 110);
        println!(
            "      .. {}[{}]{}",
            clip(start, mention.span.start),
            mention.span.text(text),
            clip(mention.span.end, end)
        );
    }
}

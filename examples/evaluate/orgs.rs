//! Organisations: which mentions are joined, what known names find, and what is read about them.
//!
//! `orgs` joins the gold names of a set with gold coreference (MEANTIME, GUM) and counts pairs of named mentions.
//! `orgs-show` prints the organisations of articles whose names are annotated, for reading by eye, how right the names
//! that ship are alone, and how long both steps take.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use copydesk::extract::known::{Claimed, Knowledge, claim};
use copydesk::extract::names::{Name, NameKind};
use copydesk::extract::organizations::{Organization, organizations};
use copydesk::text::{Segments, Span};

use crate::Outcome;
use crate::gold::{self, Annotation, Article, Row, kind, names, starts};
use crate::input::json_lines;

/// `SET.jsonl[.gz] ... [--errors]`
pub fn run(files: &[String]) -> Outcome {
    let knowledge = Knowledge::default();
    let errors = files.iter().any(|file| file == "--errors");
    println!("{:40} {:>6} {:>6} {:>6} {:>6} {:>6}", "set", "both", "ours", "gold", "P", "R");
    for file in files.iter().filter(|file| !file.starts_with("--")) {
        let name = file.rsplit('/').next().unwrap_or(file);
        let mut totals: Vec<(String, [usize; 3])> = Vec::new();
        for row in json_lines::<Row>(file)? {
            let group = format!("{name} {}", row.genre.as_deref().unwrap_or(""));
            let counts = pairs(&row, &knowledge, errors);
            match totals.iter_mut().find(|(own, _)| *own == group) {
                Some((_, sums)) => (0..3).for_each(|at| sums[at] += counts[at]),
                None => totals.push((group, counts)),
            }
        }
        for (group, [both, ours, gold]) in totals {
            let share = |of: usize| if of == 0 { 1.0 } else { both as f64 / of as f64 };
            println!("{group:40} {both:>6} {ours:>6} {gold:>6} {:>6.3} {:>6.3}", share(ours), share(gold));
        }
    }
    Ok(())
}

/// Pairs of named mentions: joined by both, by us, by the gold.
fn pairs(row: &Row, knowledge: &Knowledge, show: bool) -> [usize; 3] {
    let text = row.full_text.as_deref().unwrap_or(&row.text);
    let starts = starts(text);
    let gold_names = row.entities.iter().filter_map(|one| Some((one.start, one.end, kind(&one.kind)?)));
    let claimed = claim(text, &Segments::new(text), knowledge, &names(&starts, gold_names));
    let mut all: Vec<(&str, usize, Span)> = Vec::new();
    for (number, organization) in organizations(text, &claimed, knowledge).iter().enumerate() {
        for &mention in &organization.mentions {
            let span = claimed.names[mention].span;
            if let Some(entity) = row.entity_of("organization", "ORG", &starts, span) {
                all.push((entity, number, span));
            }
        }
    }
    gold::pairs(&row.id, text, &all, show)
}

/// `ARTICLES.jsonl[.gz] ANNOTATIONS.jsonl FROM COUNT`
pub fn show(files: &[String]) -> Outcome {
    let [articles, annotations, from, count] = files else {
        return Err("orgs-show takes ARTICLES.jsonl[.gz] ANNOTATIONS.jsonl FROM COUNT".into());
    };
    let (from, count): (usize, usize) = (from.parse()?, count.parse()?);
    let knowledge = Knowledge::default();
    let articles: HashMap<String, Article> =
        json_lines::<Article>(articles)?.into_iter().map(|article| (article.id.clone(), article)).collect();
    let (mut shown, mut bytes, mut time) = (0, 0, [Duration::ZERO; 2]);
    let mut alone = [0; 3];
    let annotations = json_lines::<Annotation>(annotations)?;
    let known = annotations.iter().filter_map(|one| Some((one, articles.get(&one.article)?)));
    for (annotation, article) in known.skip(from).take(count) {
        let text: String =
            format!("{}\n{}", article.title, article.body).chars().take(annotation.range.1).collect();
        let starts = starts(&text);
        let gold =
            annotation.mentions.iter().filter_map(|(start, end, label)| Some((*start, *end, kind(label)?)));
        let names = names(&starts, gold);
        let segments = Segments::new(&text);
        let claimed = claim(&text, &segments, &knowledge, &names);
        let found = organizations(&text, &claimed, &knowledge);
        (shown, bytes) = (shown + 1, bytes + text.len());
        // The best of several runs: the machine is shared.
        time[0] += best(|| claim(&text, &segments, &knowledge, &names));
        time[1] += best(|| organizations(&text, &claimed, &knowledge));
        println!("=== {} {}", article.id, article.title);
        let is_gold = |name: &Name| {
            names.iter().any(|gold| gold.span == name.span && gold.kind == NameKind::Organization)
        };
        let untagged = claim(&text, &segments, &knowledge, &[]);
        for name in &untagged.names {
            if !is_gold(name) {
                println!("  ALONE WRONG: {}", around(&text, name.span));
            }
        }
        alone[0] += untagged.names.iter().filter(|name| is_gold(name)).count();
        alone[1] += untagged.names.len();
        alone[2] += names.iter().filter(|name| name.kind == NameKind::Organization).count();
        for name in claimed.names.iter().filter(|name| !names.iter().any(|gold| gold.span == name.span)) {
            println!("  ADDED: {}", around(&text, name.span));
        }
        found.iter().for_each(|organization| print(&claimed, organization));
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(shown.max(1));
    let share = |of: usize| alone[0] as f64 / of.max(1) as f64;
    println!(
        "{shown} articles, {bytes} bytes; claim {:.1} us, organisations {:.1} us an article",
        micros(time[0]),
        micros(time[1])
    );
    println!(
        "known names alone: {alone:?} right, found, gold: P {:.3} R {:.3}",
        share(alone[1]),
        share(alone[2])
    );
    Ok(())
}

fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    (0..7).map(once).min().unwrap_or_default()
}

fn around(text: &str, span: Span) -> String {
    let before: String = text[..span.start].chars().rev().take(40).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[span.end..].chars().take(40).collect();
    format!("{before}[{}]{after}", span.text(text)).replace('\n', " ")
}

fn print(claimed: &Claimed, organization: &Organization<'_>) {
    let kind = organization.org_type.map_or("-".to_owned(), |kind| format!("{kind:?}"));
    let set = if organization.set.is_some() { " (set)" } else { "" };
    let count = organization.mentions.iter().filter(|&&mention| mention < claimed.names.len()).count();
    println!("  {kind:14} {} x{count}{set} {}", organization.name, organization.aliases.join(" | "));
}

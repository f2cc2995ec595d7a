//! What repair changes in real articles, for which nobody has said what is right: counts, and examples to judge.

use std::collections::BTreeMap;
use std::time::Instant;

use copydesk::repair::{Reason, RepairSettings, Repaired, repair};
use serde::Deserialize;

use crate::{Outcome, input};

#[derive(Deserialize)]
struct Article {
    id: String,
    body: String,
}

/// `ARTICLES.jsonl[.gz] ... [--show N]`: N examples for each reason and file, evenly spread
pub fn run(arguments: &[String]) -> Outcome {
    let at = arguments.iter().position(|argument| argument == "--show");
    let (files, show) = match at {
        Some(at) => (&arguments[..at], arguments.get(at + 1).map_or(Ok(3), |n| n.parse::<usize>())?),
        None => (arguments, 0),
    };
    for file in files {
        let articles: Vec<Article> = input::json_lines(file)?;
        let start = Instant::now();
        let repaired: Vec<Repaired> =
            articles.iter().map(|article| repair(&article.body, &RepairSettings::default())).collect();
        let each = start.elapsed() / articles.len().max(1) as u32;
        let changed = repaired.iter().filter(|repaired| is_changed(repaired)).count();
        let moved = repaired.iter().filter(|repaired| !repaired.report.order.is_sorted()).count();
        let mut reasons: BTreeMap<String, (usize, Vec<usize>)> = BTreeMap::new();
        for (index, repaired) in repaired.iter().enumerate() {
            for entry in &repaired.report.removed {
                let inside = entry.of == Some(entry.paragraph);
                let name = if inside { "sentence".into() } else { format!("{:?}", entry.reason) };
                let reason = reasons.entry(name).or_default();
                reason.0 += 1;
                if reason.1.last() != Some(&index) {
                    reason.1.push(index);
                }
            }
        }
        let share = changed as f64 / articles.len().max(1) as f64;
        println!(
            "{file}: changed {changed} of {} ({:.2} %), moved {moved}, {each:?} each",
            articles.len(),
            share * 100.0
        );
        for (reason, (passages, all)) in &reasons {
            println!("  {reason:<12} {passages:>5} passages in {:>5} articles", all.len());
            for pick in 0..show.min(all.len()) {
                let index = all[pick * all.len() / show.min(all.len())];
                print_change(&articles[index], &repaired[index], reason);
            }
        }
    }
    Ok(())
}

fn is_changed(repaired: &Repaired) -> bool {
    !repaired.report.removed.is_empty() || !repaired.report.order.is_sorted()
}

fn print_change(article: &Article, repaired: &Repaired, reason: &str) {
    let lines: Vec<&str> = article
        .body
        .split(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let cut = |n: usize| lines.get(n - 1).map_or(String::new(), |line| line.chars().take(400).collect());
    println!("    == {} of {} paragraphs in {}", repaired.report.removed.len(), lines.len(), article.id);
    for entry in repaired.report.removed.iter().take(8) {
        let inside = entry.of == Some(entry.paragraph);
        let name = if inside { "sentence".to_owned() } else { format!("{:?}", entry.reason) };
        let mark = if name == reason { "*" } else { " " };
        println!(
            "    {mark} {name} {}: {}",
            entry.paragraph,
            entry.text.clone().unwrap_or_else(|| cut(entry.paragraph))
        );
        if let (Some(of), false, true) = (entry.of, inside, entry.reason != Reason::Boilerplate) {
            println!("         of {of}: {}", cut(of));
        }
    }
}

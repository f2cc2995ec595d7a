//! Repeats inside an article, against gold paragraphs.
//!
//! `exact`: the output paragraphs equal gold in order. Kept precision and recall: output and gold paragraphs as
//! multisets. Paragraphs are compared by their lower-case letters and digits.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::time::Instant;

use copydesk::repair::{RepairSettings, repair};
use serde::Deserialize;

use crate::{Outcome, input};

#[derive(Deserialize)]
struct Item {
    id: String,
    paras: Vec<String>,
    tags: Vec<String>,
    gold: Vec<String>,
    ops: Vec<String>,
}

const REMOVABLE: [&str; 6] = ["repeat", "near_repeat", "teaser", "pull_quote", "boiler", "sent_repeat"];

#[derive(Default)]
struct Score {
    exact: usize,
    same_set: usize,
    both: usize,
    given: usize,
    gold: usize,
    /// By tag: paragraphs wrong (left in or lost), and all.
    tags: BTreeMap<String, (usize, usize)>,
    /// By kind of damage: articles exact, and all.
    ops: BTreeMap<String, (usize, usize)>,
}

/// `BED.jsonl[.gz] [PRED.jsonl]`
pub fn run(files: &[String]) -> Outcome {
    let items: Vec<Item> = input::json_lines(&files[0])?;
    let bodies: Vec<String> = items.iter().map(|item| item.paras.join("\n")).collect();
    let settings = RepairSettings::default();
    let start = Instant::now();
    let repaired: Vec<_> = bodies.iter().map(|body| repair(body, &settings)).collect();
    let each = start.elapsed() / items.len().max(1) as u32;
    let mut score = Score::default();
    let mut prediction = files.get(1).map(std::fs::File::create).transpose()?;
    for (item, repaired) in items.iter().zip(&repaired) {
        let paragraphs: Vec<&str> = repaired.text.split('\n').collect();
        score.add(item, &paragraphs);
        if let Some(file) = &mut prediction {
            writeln!(file, "{}", serde_json::json!({"id": item.id, "paras": paragraphs}))?;
        }
    }
    score.print(items.len());
    println!("{each:?} per article");
    Ok(())
}

impl Score {
    fn add(&mut self, item: &Item, output: &[&str]) {
        let output: Vec<String> = output.iter().map(|text| letters(text)).collect();
        let gold: Vec<String> = item.gold.iter().map(|text| letters(text)).collect();
        let (mut extra, mut missing) = (count(&output), count(&gold));
        let both: usize =
            missing.iter().map(|(text, n)| (*n).min(extra.get(text).copied().unwrap_or(0))).sum();
        for text in &gold {
            if let (Some(a), Some(b)) = (missing.get_mut(text.as_str()), extra.get_mut(text.as_str()))
                && *a > 0
                && *b > 0
            {
                *a -= 1;
                *b -= 1;
            }
        }
        let exact = output == gold;
        self.exact += usize::from(exact);
        self.same_set += usize::from(both == output.len() && both == gold.len());
        self.both += both;
        self.given += output.len();
        self.gold += gold.len();
        for op in &item.ops {
            let entry = self.ops.entry(op.clone()).or_default();
            entry.0 += usize::from(exact);
            entry.1 += 1;
        }
        for (text, tag) in item.paras.iter().zip(&item.tags) {
            let wrong = if REMOVABLE.contains(&tag.as_str()) { &mut extra } else { &mut missing };
            let entry = self.tags.entry(tag.clone()).or_default();
            entry.1 += 1;
            if let Some(left) = wrong.get_mut(letters(text).as_str()).filter(|left| **left > 0) {
                *left -= 1;
                entry.0 += 1;
            }
        }
    }

    fn print(&self, articles: usize) {
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        println!(
            "articles {articles}  exact {:.4}  same set {:.4}",
            share(self.exact, articles),
            share(self.same_set, articles)
        );
        println!(
            "kept paragraphs: precision {:.4}  recall {:.4}",
            share(self.both, self.given),
            share(self.both, self.gold)
        );
        for (tag, (wrong, all)) in &self.tags {
            let what = if REMOVABLE.contains(&tag.as_str()) { "left in" } else { "lost" };
            println!("  {tag:<16} {what:<8} {wrong:>4} of {all}");
        }
        for (op, (exact, all)) in &self.ops {
            println!("  {op:<16} exact {:.3} of {all}", share(*exact, *all));
        }
    }
}

fn count(texts: &[String]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    texts.iter().for_each(|text| *counts.entry(text.as_str()).or_default() += 1);
    counts
}

fn letters(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

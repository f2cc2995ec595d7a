//! Measures sentences, tokens, language and summary on data of the command line, and prints a table.
//!
//! `evaluate_text sentences FILE...`: files of documents with `tokens`, `sent_ends`, `text`, `genre` (JSON lines, gzip):
//! precision, recall and F1 of the sentence boundaries inside lines, by genre. `--errors GENRE` prints the errors.
//! `evaluate_text load FILE...`: articles with `body`, all English: speed of each step, and languages found by length.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use copydesk::extract::{dateline, detect, stats, summary};
use copydesk::text::{CodePoints, Segments, paragraphs, push_sentences, sentences, tokens};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, files): (Vec<&str>, Vec<&str>) =
        arguments.iter().skip(1).map(String::as_str).partition(|argument| argument.starts_with("--"));
    let option = |name: &str| options.iter().find_map(|option| option.strip_prefix(name));
    match arguments.first().map(String::as_str) {
        Some("sentences") => evaluate_sentences(&files, option("--errors=")),
        Some("load") => evaluate_load(&files, option("--show=")),
        _ => Err("usage: evaluate_text sentences|load FILE.jsonl.gz... [--errors=GENRE] [--show=language|dateline|summary]".into()),
    }
}

fn rows(files: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for file in files {
        let reader =
            BufReader::new(MultiGzDecoder::new(File::open(file).map_err(|e| format!("{file}: {e}"))?));
        for line in reader.lines() {
            rows.push(serde_json::from_str(&line?)?);
        }
    }
    Ok(rows)
}

#[derive(Default, Clone, Copy)]
struct Score {
    right: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn row(self) -> String {
        let ratio = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let (p, r) = (ratio(self.right, self.found), ratio(self.right, self.gold));
        let f = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        format!("{:>6} {:>6} {p:>7.3} {r:>7.3} {f:>7.3}", self.gold, self.found)
    }
}

/// The gold boundaries inside lines, as byte offsets of the first character of the next sentence.
fn gold_boundaries(row: &Value, text: &str) -> Vec<usize> {
    let strings = row["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let (mut starts, mut at) = (Vec::new(), 0);
    for token in strings {
        let start = text[at..].find(token).map_or(at, |found| at + found);
        starts.push(start);
        at = start + token.len();
    }
    row["sent_ends"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .filter_map(|end| starts.get(end as usize).copied())
        .filter(|&start| !text[..start].trim_end_matches([' ', '\u{a0}']).ends_with('\n'))
        .collect()
}

fn evaluate_sentences(files: &[&str], errors: Option<&str>) -> Result<(), Box<dyn Error>> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for row in rows(files)? {
        let (Some(text), Some(genre)) = (row["text"].as_str(), row["genre"].as_str()) else { continue };
        let gold = gold_boundaries(&row, text);
        let found: Vec<usize> = paragraphs(text)
            .flat_map(|paragraph| sentences(text, paragraph).into_iter().skip(1).map(|s| s.start))
            .collect();
        for name in [genre, "all"] {
            let score = scores.entry(name.to_owned()).or_default();
            score.gold += gold.len();
            score.found += found.len();
            score.right += found.iter().filter(|start| gold.binary_search(start).is_ok()).count();
        }
        if errors == Some(genre) {
            let (left, right): (Vec<usize>, Vec<usize>) = (
                gold.iter().copied().filter(|start| found.binary_search(start).is_err()).collect(),
                found.iter().copied().filter(|start| gold.binary_search(start).is_err()).collect(),
            );
            for (name, places) in [("missed", left), ("wrong", right)] {
                for at in places {
                    let before: String =
                        text[..at].chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
                    let after: String = text[at..].chars().take(30).collect();
                    println!("{name:>7}  {before:?} | {after:?}");
                }
            }
        }
    }
    println!("{:<14} {:>6} {:>6} {:>7} {:>7} {:>7}", "boundaries", "gold", "found", "P", "R", "F1");
    for (genre, score) in scores {
        println!("{genre:<14} {}", score.row());
    }
    Ok(())
}

fn evaluate_load(files: &[&str], show: Option<&str>) -> Result<(), Box<dyn Error>> {
    let texts: Vec<(String, Option<String>)> = rows(files)?
        .iter()
        .filter_map(|row| Some((row["body"].as_str()?.to_owned(), row["title"].as_str().map(str::to_owned))))
        .collect();
    speed(&texts);
    summaries(&texts);
    if let Some(what) = show {
        show_some(&texts, what);
    }
    languages(&texts, show == Some("language"));
    Ok(())
}

/// The best of several runs over all texts on one core.
fn speed(texts: &[(String, Option<String>)]) {
    let bytes: usize = texts.iter().map(|(text, _)| text.len()).sum();
    println!("{} texts, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    println!("{:<22} {:>9} {:>12}", "step, one core", "MB/s", "µs per text");
    let report = |name: &str, run: &mut dyn FnMut()| {
        let best = (0..5)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed()
            })
            .min()
            .unwrap_or(Duration::ZERO);
        let seconds = best.as_secs_f64();
        println!(
            "{name:<22} {:>9.0} {:>12.2}",
            bytes as f64 / 1e6 / seconds,
            seconds * 1e6 / texts.len() as f64
        );
    };
    let each = |step: &dyn Fn(&str)| {
        for (text, _) in texts {
            step(black_box(text));
        }
    };
    report("code points", &mut || each(&|text| drop(black_box(CodePoints::new(text)))));
    report("paragraphs", &mut || {
        each(&|text| {
            black_box(paragraphs(text).count());
        })
    });
    let mut buffer = Vec::new();
    report("sentences", &mut || {
        for (text, _) in texts {
            buffer.clear();
            for paragraph in paragraphs(text) {
                push_sentences(text, paragraph, &mut buffer);
            }
            black_box(&buffer);
        }
    });
    report("segments", &mut || each(&|text| drop(black_box(Segments::new(text)))));
    report("tokens", &mut || {
        each(&|text| {
            for paragraph in paragraphs(text) {
                black_box(tokens(text, paragraph).fold(0, |sum, token| sum + token.span.end));
            }
        });
    });
    report("language", &mut || each(&|text| drop(black_box(detect(text, None)))));
    report("dateline", &mut || each(&|text| drop(black_box(dateline(text)))));
    report("segments, summary", &mut || {
        each(&|text| drop(black_box(summary(text, &Segments::new(text), None))));
    });
    report("segments, stats", &mut || {
        each(&|text| {
            black_box(stats(text, &Segments::new(text), &CodePoints::new(text)));
        });
    });
}

/// How many texts have a summary and a dateline, and how long the summaries are.
fn summaries(texts: &[(String, Option<String>)]) {
    let (mut lengths, mut parts, mut datelines) = (Vec::new(), [0; 4], 0);
    for (text, title) in texts {
        let segments = Segments::new(text);
        let first = segments.paragraphs().first().map_or("", |span| span.text(text));
        datelines += usize::from(dateline(first).is_some());
        let found = summary(text, &segments, title.as_deref());
        parts[found.as_ref().map_or(0, |summary| summary.spans.len().min(3))] += 1;
        lengths.extend(found.map(|summary| summary.text(text).chars().count()));
    }
    lengths.sort_unstable();
    let at = |share: usize| lengths.get(lengths.len() * share / 100).copied().unwrap_or(0);
    println!("summaries of 0, 1, 2, 3 sentences: {parts:?}; datelines: {datelines}");
    println!(
        "summary characters: 5 % {}, median {}, 95 % {}, longest {}",
        at(5),
        at(50),
        at(95),
        lengths.last().unwrap_or(&0)
    );
}

fn show_some(texts: &[(String, Option<String>)], what: &str) {
    let mut datelines = 0;
    for (i, (text, title)) in texts.iter().enumerate() {
        let segments = Segments::new(text);
        match what {
            "dateline" => {
                let first = segments.paragraphs().first().map_or("", |span| span.text(text));
                if let Some(found) = dateline(first) {
                    datelines += 1;
                    let start: String = first.chars().take(80).collect();
                    println!("{:?} {:?} <- {start:?}", found.dateline.place, found.dateline.agency);
                }
            }
            "summary" if i % (texts.len() / 60).max(1) == 0 => {
                let summary = summary(text, &segments, title.as_deref());
                println!("{title:?}\n    {:?}", summary.map(|summary| summary.text(text)));
            }
            _ => {}
        }
    }
    println!("datelines shown: {datelines}");
}

/// What is called something else than English, by length of what is looked at.
fn languages(texts: &[(String, Option<String>)], show: bool) {
    println!("{:<22} {:>7} {:>8} {:>8} {:>9}", "cut to characters", "texts", "other", "none", "other %");
    for length in [20, 40, 80, 160, 320, 1000, usize::MAX] {
        let (mut all, mut other, mut none) = (0, 0, 0);
        for (text, _) in texts.iter().filter(|(text, _)| length == usize::MAX || text.len() >= length) {
            let piece: String = text.chars().take(length).collect();
            let found = detect(&piece, None);
            all += 1;
            match found.tag.as_deref() {
                Some("en") => {}
                Some(tag) => {
                    other += 1;
                    if show {
                        println!(
                            "    {tag} {:.2} {:?}",
                            found.confidence,
                            piece.chars().take(100).collect::<String>()
                        );
                    }
                }
                None => none += 1,
            }
        }
        let name = if length == usize::MAX { "whole".to_owned() } else { length.to_string() };
        println!(
            "{name:<22} {all:>7} {other:>8} {none:>8} {:>9.2}",
            100.0 * f64::from(other) / f64::from(all.max(1))
        );
    }
}

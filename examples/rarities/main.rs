//! Makes `src/dedup/story/rarity.bin`: how rare words are, counted in openly licensed documents.
//!
//! `cargo run --release --example rarities -- FOLDER OUT`, where FOLDER holds `load/wikinews.jsonl.gz` and `train/`. Only what
//! NOTICE names is read: licences that ask for attribution alone. What is written are facts about words, and no text.

#[path = "../evaluate/input.rs"]
mod input;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use copydesk::dedup::{RARITY_STEPS, word_key};
use copydesk::extract::function_words;
use copydesk::text::normal;
use serde_json::Value;

/// Words in a document: longer ones are cut, sentences without one are put together.
const DOCUMENT: usize = 400;
/// Shorter ends are left out.
const SHORTEST: usize = 60;
/// Words in fewer documents are as rare as unknown ones.
const LEAST: u32 = 3;
/// A function word of some language that is in so many of these documents, which are English, is a word of English.
const ENGLISH: u32 = 8;
/// Sources of `ner.jsonl` whose licence is CC-BY.
const SENTENCES: [&str; 4] = ["wikigold", "wnut17", "broad-twitter", "sec-filings"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = &arguments[..] else { return Err("usage: rarities FOLDER OUT".into()) };
    let read = |name: &str| input::json_lines::<Value>(&format!("{folder}/{name}"));
    let mut counted = Counted::default();
    for row in read("load/wikinews.jsonl.gz")? {
        counted.add(row["body"].as_str().unwrap_or_default());
    }
    for row in read("train/meantime.jsonl.gz")? {
        counted.add(row["text"].as_str().unwrap_or_default());
    }
    for part in ["dev", "test", "train"] {
        for row in read(&format!("train/gum-{part}.jsonl.gz"))? {
            let licence = row["licence"].as_str().unwrap_or_default();
            if licence.starts_with("CC-BY-2.5") || licence.starts_with("CC-BY-4.0") {
                counted.add(&tokens(&row));
            }
        }
    }
    let mut sentences: BTreeMap<&str, String> = BTreeMap::new();
    for row in read("train/ner.jsonl.gz")? {
        if let Some(source) = SENTENCES.iter().find(|source| row["source"] == **source) {
            *sentences.entry(source).or_default() += &format!("{}\n", tokens(&row));
        }
    }
    sentences.values().for_each(|text| counted.add(text));
    let bytes = counted.table();
    println!("{} documents, {} words, {} bytes", counted.documents, counted.words.len(), bytes.len());
    Ok(std::fs::write(out, bytes)?)
}

fn tokens(row: &Value) -> String {
    let tokens = row["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str);
    tokens.collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Counted {
    documents: u32,
    words: BTreeMap<String, u32>,
}

impl Counted {
    fn add(&mut self, text: &str) {
        for (number, part) in normal::words(text).chunks(DOCUMENT).enumerate() {
            if number > 0 && part.len() < SHORTEST {
                break;
            }
            self.documents += 1;
            for word in part.iter().collect::<BTreeSet<_>>() {
                *self.words.entry(word.clone()).or_default() += 1;
            }
        }
    }

    fn table(&self) -> Vec<u8> {
        let all = f64::from(self.documents + 1);
        // Made once, by one machine: what ships are whole numbers.
        let rarity =
            |count: u32| (f64::from(RARITY_STEPS) * (all / f64::from(count + 1)).log2()).round() as u8;
        let mut table: BTreeMap<u32, u8> = BTreeMap::new();
        for (word, count) in self.words.iter().filter(|(_, count)| **count >= LEAST) {
            let kept = table.entry(word_key(word)).or_insert(u8::MAX);
            *kept = rarity(*count).min(*kept);
        }
        let common = |word: &str| self.words.get(word).is_some_and(|count| *count >= ENGLISH);
        for word in function_words().flat_map(normal::words).filter(|word| !common(word)) {
            table.insert(word_key(&word), 0);
        }
        // A single letter or digit is an initial, a list mark or a stray.
        for single in ('a'..='z').chain('0'..='9') {
            table.insert(word_key(&single.to_string()), 0);
        }
        // Of English, what half of all documents have.
        let half = self.words.iter().filter(|(_, count)| **count * 2 >= self.documents);
        half.for_each(|(word, _)| {
            table.insert(word_key(word), 0);
        });
        let mut bytes = vec![rarity(0)];
        for (key, rarity) in table {
            bytes.extend(key.to_le_bytes());
            bytes.push(rarity);
        }
        bytes
    }
}

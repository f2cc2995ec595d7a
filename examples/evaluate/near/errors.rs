//! False flags and misses to read, evenly spread over the bed.

use super::bed::BedArticle;
use super::engine;
use super::run::Run;
use super::score::{Fate, Score};

/// Characters of each text.
const SHOWN: usize = 300;

/// Prints `count` of each, all of them of one edit or hard negative if `only` says so.
pub fn print(bed: &[BedArticle], score: &Score, run: &Run, count: usize, only: Option<&str>) {
    if count == 0 {
        return;
    }
    let is_asked = |number: &usize| {
        let article = &bed[*number];
        only.is_none_or(|kind| article.primary == kind || article.negative_kind() == kind)
    };
    let list = |is_error: fn(&Fate) -> bool| -> Vec<usize> {
        (0..bed.len()).filter(|number| is_error(&score.fates[*number])).filter(is_asked).collect()
    };
    let false_flags = list(|fate| fate.link.is_some() && !fate.is_right);
    println!("\n== false flags: {}", false_flags.len());
    for number in spread(&false_flags, count) {
        show(bed, run, number, "flagged as a copy of", score.fates[number].link);
    }
    let misses = list(|fate| fate.gold.is_some() && !fate.is_right);
    println!("\n== misses: {}", misses.len());
    for number in spread(&misses, count) {
        show(bed, run, number, "should be a copy of", score.fates[number].gold);
    }
}

/// `count` items with equal distances.
pub fn spread<T: Copy>(items: &[T], count: usize) -> impl Iterator<Item = T> {
    let count = count.min(items.len());
    (0..count).map(move |pick| items[pick * items.len() / count])
}

/// The first characters of a text on one line.
pub fn beginning(text: &str) -> String {
    text.chars().take(SHOWN).map(|c| if c == '\n' { '¶' } else { c }).collect()
}

fn show(bed: &[BedArticle], run: &Run, number: usize, how: &str, other: Option<usize>) {
    let article = &bed[number];
    let kind = article.hardneg.as_ref().map_or(String::new(), |kind| format!(", {kind}"));
    println!("\n-- {} ({}{kind})", article.id, article.edits.join("+"));
    println!("   verdict: {}", engine::features(&run.verdicts[number]));
    println!("   {}", beginning(&article.text));
    if let Some(other) = other {
        let earlier = &bed[other];
        let hours = (article.ts - earlier.ts) as f64 / 3600.0;
        println!("   {how} {} ({}), {hours:.1} h before", earlier.id, earlier.edits.join("+"));
        println!("   its verdict: {}", engine::features(&run.verdicts[other]));
        println!("   {}", beginning(&earlier.text));
    }
}

//! Stories: the bed is fed through the window with stories on, and its articles on labelled events are scored.
//!
//! An event's label is trusted where it is not just the name of its collection. Half of the events (by a hash of their
//! names) are for tuning; the other half is what to report.

use std::collections::BTreeMap;
use std::time::Instant;

use clap::Parser;
use copydesk::dedup::{Entry, Place, Relation, Terms, Verdict, Window, WindowSettings, word_key};

use super::bed::{self, BedArticle};
use super::engine::{self, Article};
use super::rand_index::adjusted_rand_index;
use super::score::f1;
use crate::Outcome;

#[derive(Parser)]
#[command(name = "stories", no_binary_name = true)]
struct Options {
    /// Beds in the form of bed-train.jsonl[.gz], with `event` and `src`
    #[arg(required = true, value_name = "BED.jsonl[.gz]")]
    beds: Vec<String>,
    /// Print so many articles outside any labelled event with the article that began the story they joined
    #[arg(long, value_name = "N", default_value_t = 0)]
    joins: usize,
    /// Print joins of this collection alone
    #[arg(long, value_name = "SRC")]
    only: Option<String>,
    /// Articles that the window holds
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    window: usize,
}

/// `BED.jsonl[.gz] ... [options]`
pub fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse_from(arguments);
    for path in &options.beds {
        report(&bed::read(path)?, &options)?;
    }
    Ok(())
}

fn report(bed: &[BedArticle], options: &Options) -> Outcome {
    let numbers = bed::numbers(bed)?;
    let mut entries: Vec<Entry> =
        bed.iter().enumerate().map(|(number, article)| entry(number, article)).collect();
    let (_, without) = decide(&entries, options.window, false);
    let start = Instant::now();
    for (entry, article) in entries.iter_mut().zip(bed) {
        entry.terms = Some(Terms::of(&article.text));
    }
    let micros = |nanos: u128| nanos as f64 / 1000.0 / bed.len().max(1) as f64;
    let terms = micros(start.elapsed().as_nanos());
    let (verdicts, with) = decide(&entries, options.window, true);
    println!(
        "microseconds per article: terms {terms:.1}, window {:.1} with stories and {:.1} without",
        micros(with),
        micros(without)
    );
    let stories: Vec<usize> = verdicts
        .iter()
        .map(|verdict| {
            verdict
                .story
                .as_deref()
                .and_then(|id| numbers.get(id))
                .copied()
                .ok_or("an article without a story")
        })
        .collect::<Result<_, _>>()?;
    for (name, half) in [("tuned on", 0), ("the others", 1)] {
        let chosen =
            |number: &usize| bed[*number].labelled_event().is_some_and(|event| word_key(event) % 2 == half);
        let items: Vec<usize> = (0..bed.len()).filter(chosen).collect();
        let gold: Vec<&str> = items.iter().filter_map(|item| bed[*item].labelled_event()).collect();
        let found: Vec<usize> = items.iter().map(|item| stories[*item]).collect();
        let (precision, recall) = b_cubed(&gold, &found);
        println!(
            "{name:<10} {} articles, {} events: B-cubed P {precision:.3} R {recall:.3} F1 {:.3}, ARI {:.3}",
            items.len(),
            gold.iter().collect::<std::collections::BTreeSet<_>>().len(),
            f1(precision, recall),
            adjusted_rand_index(&gold, &found)
        );
    }
    outside(bed, &verdicts, &stories, options);
    Ok(())
}

/// Articles without a labelled event that joined a story of others' without being copies.
fn outside(bed: &[BedArticle], verdicts: &[Verdict], stories: &[usize], options: &Options) {
    let mut sources: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut joins = Vec::new();
    for (number, article) in bed.iter().enumerate() {
        if article.labelled_event().is_some() || verdicts[number].relation.is_copy() {
            continue;
        }
        let counts = sources.entry(&article.src).or_default();
        let joined = stories[number] != number;
        counts[0] += 1;
        counts[1] += usize::from(joined);
        counts[2] += usize::from(joined && bed[stories[number]].src != article.src);
        if joined && options.only.as_ref().is_none_or(|only| *only == article.src) {
            joins.push(number);
        }
    }
    println!(
        "outside labelled events: collection, articles that are no copies, in a story of others', of another collection"
    );
    for (source, [all, joined, foreign]) in sources {
        println!(
            "  {source:<10} {all:>6} {joined:>6} ({:.1} %) {foreign:>4}",
            100.0 * joined as f64 / all as f64
        );
    }
    // Spread over the bed by their hash, the same in each run.
    joins.sort_by_key(|number| word_key(&bed[*number].id));
    let lead = |article: &BedArticle| article.text.chars().take(260).collect::<String>().replace('\n', " / ");
    for number in joins.into_iter().take(options.joins) {
        let (article, first) = (&bed[number], &bed[stories[number]]);
        let template = if verdicts[number].relation == Relation::Template { " (template)" } else { "" };
        println!("{}{template}: {}\n    joined {}: {}", article.id, lead(article), first.id, lead(first));
    }
}

fn entry(number: usize, article: &BedArticle) -> Entry {
    let BedArticle { id, title, text, ts, .. } = article;
    engine::entry_of(&Article { id, title, text, seconds: *ts, number })
}

/// The verdicts in order, and the nanoseconds that they took.
fn decide(entries: &[Entry], articles: usize, stories: bool) -> (Vec<Verdict>, u128) {
    let event_span = engine::HOURS * 3_600_000;
    let mut window = Window::new(WindowSettings { articles, event_span, append_span: None, stories });
    let start = Instant::now();
    let place = |entry: &Entry| Place { offset: entry.position.offset as u64, append_time: entry.event_time };
    let verdicts = entries.iter().map(|entry| window.apply(entry, place(entry)).0).collect();
    (verdicts, start.elapsed().as_nanos())
}

/// B-cubed precision and recall of a clustering: for each item, how much of its found cluster is of its true one, and how
/// much of its true one is in the found one; the means. Source: Bagga and Baldwin (1998).
fn b_cubed<A: Ord, B: Ord>(gold: &[A], found: &[B]) -> (f64, f64) {
    let (mut golds, mut founds, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in gold.iter().zip(found) {
        *golds.entry(a).or_insert(0u32) += 1;
        *founds.entry(b).or_insert(0u32) += 1;
        *both.entry((a, b)).or_insert(0u32) += 1;
    }
    let items = gold.len().min(found.len()).max(1) as f64;
    let sum = |whole: &dyn Fn(&A, &B) -> u32| {
        let shares = both.iter().map(|((a, b), count)| f64::from(count * count) / f64::from(whole(a, b)));
        shares.sum::<f64>() / items
    };
    (sum(&|_, b| founds[b]), sum(&|a, _| golds[a]))
}

#[cfg(test)]
mod tests {
    use super::b_cubed;

    /// By hand: items 1 2 3 | 4 in truth, 1 2 | 3 4 as found.
    #[test]
    fn as_computed_by_hand() {
        let (precision, recall) = b_cubed(&["a", "a", "a", "b"], &[0, 0, 1, 1]);
        assert!((precision - (1.0 + 1.0 + 0.5 + 0.5) / 4.0).abs() < 1e-12, "{precision}");
        assert!((recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-12, "{recall}");
    }
}

//! Real pairs of real articles: lists of all pairs with a 5-shingle Jaccard of at least 0.4 or a containment of at least
//! 0.8, by exact comparison. High overlap is not always a copy, so the list measures recall; what is flagged beyond it is
//! for reading.
//!
//! The texts have no times: they are taken in the order of their file, one a second.

use std::collections::HashMap;
use std::error::Error;

use clap::Parser;
use serde::Deserialize;

use super::run::{self, Run, Source};
use super::score::{Of, closure};
use super::shingles::{Overlap, overlap, shingles};
use super::{engine, errors};
use crate::{Outcome, input};

/// Lower ends of the bands of Jaccard.
const BANDS: [f64; 6] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
/// From here on a text counts as contained in the other.
const CONTAINED: f64 = 0.8;

#[derive(Parser)]
#[command(name = "near-pairs", no_binary_name = true)]
struct Options {
    /// Articles with `id` and `body`, such as load/bbc-news.jsonl.gz
    #[arg(value_name = "TEXTS.jsonl[.gz]")]
    texts: String,
    /// Pairs of their ids, such as neardup/natural-bbc-news.pairs.tsv.gz
    #[arg(value_name = "PAIRS.tsv[.gz]")]
    pairs: String,
    /// Print so many flagged pairs that share little
    #[arg(long = "false", value_name = "N", default_value_t = 0)]
    false_flags: usize,
    /// Print so many listed pairs that were not found
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,
    /// Repair the text first, as a worker does
    #[arg(long)]
    repair: bool,
    /// Articles that the window holds
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    window: usize,
}

#[derive(Deserialize)]
struct Text {
    id: String,
    #[serde(default)]
    title: String,
    body: String,
}

/// Two articles of the list.
struct Pair {
    left: usize,
    right: usize,
    overlap: Overlap,
}

/// `TEXTS.jsonl[.gz] PAIRS.tsv[.gz] [options]`
pub fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse_from(arguments);
    let texts: Vec<Text> = input::json_lines(&options.texts)?;
    let numbers: HashMap<&str, usize> =
        texts.iter().enumerate().map(|(number, text)| (text.id.as_str(), number)).collect();
    let pairs = read_pairs(&options.pairs, &numbers)?;
    let sources: Vec<Source<'_>> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| Source {
            id: &text.id,
            title: &text.title,
            text: &text.body,
            seconds: number as i64,
        })
        .collect();
    println!("{}: {} articles, {} pairs", options.texts, texts.len(), pairs.len());
    let run = run::run(&sources, options.window, options.repair);
    run.print();
    let links: Vec<Option<usize>> = run
        .verdicts
        .iter()
        .map(|verdict| engine::copy_of(verdict).and_then(|of| numbers.get(of).copied()))
        .collect();
    let missed = print_recall(&pairs, &links, &run);
    print_flags(&texts, &links, &run, options.false_flags);
    for pair in errors::spread(&missed, options.misses) {
        show("missed", &texts, &run, pair.left, pair.right, pair.overlap);
    }
    Ok(())
}

/// Lines of `id1 id2 jaccard5 containment5`, below a heading.
fn read_pairs(path: &str, numbers: &HashMap<&str, usize>) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for (index, line) in input::lines(path)?.enumerate().skip(1) {
        let line = line?;
        let fault = |what: &str| format!("{path}, line {}: {what}", index + 1);
        let [left, right, jaccard, containment] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(fault("four fields are due: id, id, Jaccard, containment").into());
        };
        let number =
            |id: &str| numbers.get(id).copied().ok_or_else(|| fault(&format!("{id} is no id of the texts")));
        let share = |text: &str| text.parse::<f64>().map_err(|error| fault(&format!("{text}: {error}")));
        let overlap = Overlap { jaccard: share(jaccard)?, containment: share(containment)? };
        pairs.push(Pair { left: number(left)?, right: number(right)?, overlap });
    }
    Ok(pairs)
}

/// A pair is found if its articles are in one of the engine's clusters, or one is linked to the other. The second figure
/// is found by the transitive closure of the links. Returns the pairs that were not found.
fn print_recall<'a>(pairs: &'a [Pair], links: &[Option<usize>], run: &Run) -> Vec<&'a Pair> {
    let components = closure(links);
    let mut bands = [(Of::default(), Of::default()); BANDS.len() + 1];
    let mut missed = Vec::new();
    for pair in pairs {
        let (a, b) = (pair.left, pair.right);
        let is_linked = links[a] == Some(b) || links[b] == Some(a);
        let is_found = is_linked || run.verdicts[a].cluster == run.verdicts[b].cluster;
        let (found, joined) = &mut bands[band(pair.overlap.jaccard)];
        found.count(is_found);
        joined.count(components[a] == components[b]);
        if !is_found {
            missed.push(pair);
        }
    }
    println!(
        "\nJaccard      pairs   found            joined by links   (containment: >= {CONTAINED} with Jaccard < .4)"
    );
    for (band, (found, joined)) in bands.iter().enumerate() {
        let name = match BANDS.get(band) {
            Some(from) => format!("{from:.1}-{:.1}", from + 0.1),
            None => "containment".to_owned(),
        };
        let percent = |of: &Of| if of.all == 0 { 100.0 } else { 100.0 * of.share() };
        println!(
            "{name:<12} {:>5}   {:>5} {:>6.1} %   {:>5} {:>6.1} %",
            found.all,
            found.hits,
            percent(found),
            joined.hits,
            percent(joined)
        );
    }
    missed
}

/// The band of a Jaccard; below the last one, pairs are listed for their containment.
fn band(jaccard: f64) -> usize {
    BANDS.iter().position(|from| jaccard >= *from).unwrap_or(BANDS.len())
}

/// Flagged articles, and those that share little with the article they are linked to.
fn print_flags(texts: &[Text], links: &[Option<usize>], run: &Run, shown: usize) {
    let mut little = Vec::new();
    let mut flagged = 0;
    for (number, link) in links.iter().enumerate() {
        let Some(link) = *link else { continue };
        flagged += 1;
        let overlap = overlap(&shingles(&texts[number].body), &shingles(&texts[link].body));
        if overlap.jaccard < BANDS[BANDS.len() - 1] && overlap.containment < CONTAINED {
            little.push((number, link, overlap));
        }
    }
    let below_tenth = little.iter().filter(|(_, _, overlap)| overlap.containment < 0.1).count();
    println!(
        "\nflagged {flagged}, {} of them with Jaccard < .4 and containment < .8, {below_tenth} with containment < .1",
        little.len()
    );
    for (number, link, overlap) in errors::spread(&little, shown) {
        show("flagged", texts, run, number, link, overlap);
    }
}

fn show(what: &str, texts: &[Text], run: &Run, left: usize, right: usize, overlap: Overlap) {
    println!("\n-- {what}: Jaccard {:.3}, containment {:.3}", overlap.jaccard, overlap.containment);
    for number in [left, right] {
        println!("   {}: {}", texts[number].id, engine::features(&run.verdicts[number]));
        println!("   {}", errors::beginning(&texts[number].body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_hold_their_lower_end() {
        let bands: Vec<usize> = [1.0, 0.9, 0.8999, 0.4, 0.3999].into_iter().map(band).collect();
        assert_eq!(bands, [0, 0, 1, 5, 6]);
    }
}

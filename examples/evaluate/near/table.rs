//! The figures of several predictions side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::score::{Of, Score, f1};

/// One row each in the first table, one column each in the two below it.
pub fn print(rows: &[(String, Score)]) {
    println!("\n{:<20} decision               flagged    pairs                near-only       ARI", "");
    println!("{:<20} F1     P      R       of gold    F1     P      R      F1     R", "");
    for (name, score) in rows {
        let (p, r) = (score.precision.share(), score.recall.share());
        let (pair_p, pair_r) = (score.pair_precision.share(), score.pair_recall.share());
        let near_r = score.near_recall.share();
        println!(
            "{name:<20} {:.4} {p:.4} {r:.4} {:>5}/{:<5} {:.4} {pair_p:.4} {pair_r:.4} {:.4} {near_r:.4} {:>7.4}",
            f1(p, r),
            score.precision.all,
            score.recall.all,
            f1(pair_p, pair_r),
            f1(pair_p, near_r),
            score.rand_index,
        );
    }
    columns("recall per edit", rows, |score| &score.edits, |of| format!("{:.3}", of.share()));
    columns("false flags", rows, |score| &score.negatives, |of| of.hits.to_string());
}

fn columns(
    title: &str,
    rows: &[(String, Score)],
    counts: impl Fn(&Score) -> &BTreeMap<String, Of>,
    cell: impl Fn(Of) -> String,
) {
    print!("\n{title:<20} {:>6}", "of");
    rows.iter().for_each(|(name, _)| print!("  {name:>18}"));
    println!();
    let kinds: BTreeSet<&String> = rows.iter().flat_map(|(_, score)| counts(score).keys()).collect();
    for kind in kinds {
        let of = |score| counts(score).get(kind).copied().unwrap_or_default();
        print!("{kind:<20} {:>6}", rows.iter().map(|(_, score)| of(score).all).max().unwrap_or(0));
        rows.iter().for_each(|(_, score)| print!("  {:>18}", cell(of(score))));
        println!();
    }
}

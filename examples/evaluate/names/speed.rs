//! How fast one core goes from text to names.

use std::hint::black_box;
use std::time::Instant;

use copydesk::extract::names::tagger;
use copydesk::text::{Segments, tokens};

use super::Labelled;

const ROUNDS: usize = 7;

/// Prints the median and the best of some rounds over all texts; sentences and words are cut anew in each.
pub fn print(set: &[Labelled]) {
    let mut words = 0;
    let mut bytes = 0;
    for article in set {
        let segments = Segments::new(&article.text);
        words += segments
            .sentences()
            .iter()
            .map(|&sentence| tokens(&article.text, sentence).count())
            .sum::<usize>();
        bytes += article.text.len();
    }
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for article in set {
                black_box(tagger().names(&article.text, &Segments::new(&article.text)));
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_unstable_by(f64::total_cmp);
    let rate = |seconds: f64| words as f64 / seconds / 1e6;
    println!(
        "{words} words, {:.1} MB: {:.2} million words/s (median of {ROUNDS}), best {:.2}; {:.0} us an article of {:.0} bytes",
        bytes as f64 / 1e6,
        rate(seconds[ROUNDS / 2]),
        rate(seconds[0]),
        1e6 * seconds[ROUNDS / 2] / set.len() as f64,
        bytes as f64 / set.len() as f64,
    );
}

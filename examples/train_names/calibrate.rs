//! Fits how sure a name is to how clearly its labels won: a logistic curve of the logarithm of the margin, with a
//! beginning of its own for each kind.

use std::path::Path;

use copydesk::extract::names::NameKind;
use copydesk::extract::names::gazetteer::Gazetteer;
use copydesk::extract::names::tagging::Tagger;
use copydesk::extract::names::words::Words;
use copydesk::text::{Segments, Span};

use crate::corpus;

const STEPS: usize = 4000;
const RATE: f64 = 0.5;

/// Prints the numbers that `names/confidence.rs` holds.
pub fn print(tagger: &Tagger<'_>, gazetteer: Gazetteer<'_>, path: &Path) {
    let mut points: Vec<(usize, f64, bool)> = Vec::new();
    let (mut by_others, mut by_others_right) = (0, 0);
    for (text, gold) in corpus::labelled(path) {
        let words = Words::new(&text, &Segments::new(&text), &gazetteer);
        for found in tagger.found(&text, &words) {
            let span = Span::new(words.words[found.start].span.start, words.words[found.end - 1].span.end);
            let right = gold.contains(&(span, found.kind));
            if found.by_others {
                by_others += 1;
                by_others_right += usize::from(right);
            } else {
                points.push((found.kind as usize, found.clearness(), right));
            }
        }
    }
    let mut bias = [0f64; 3];
    let mut slope = 1f64;
    for _ in 0..STEPS {
        let (mut by_bias, mut by_slope) = ([0f64; 3], 0f64);
        for &(kind, x, right) in &points {
            let error = f64::from(u8::from(right)) - 1.0 / (1.0 + (-(bias[kind] + slope * x)).exp());
            by_bias[kind] += error;
            by_slope += error * x;
        }
        let step = RATE / points.len() as f64;
        for kind in 0..3 {
            bias[kind] += step * 3.0 * by_bias[kind];
        }
        slope += step * by_slope;
    }
    for kind in NameKind::ALL {
        println!("{kind:?}: {:.2}", bias[kind as usize]);
    }
    println!("slope {slope:.2}; decided by other mentions: {by_others_right} of {by_others} right");
}

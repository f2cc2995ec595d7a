//! Counts of right, wrong and missed names, and of how often a confidence was right.

use std::fmt;

use copydesk::extract::names::{Name, NameKind};
use copydesk::text::Span;

/// Right, wrong and missed names of each kind.
#[derive(Default)]
pub struct Score {
    counts: [[usize; 3]; 3],
}

impl Score {
    /// Adds one text: a name is right if its span and kind are exactly those of a gold name.
    pub fn add(&mut self, gold: &[(Span, NameKind)], found: &[Name]) {
        let found: Vec<(Span, NameKind)> = found.iter().map(|name| (name.span, name.kind)).collect();
        for name in &found {
            self.counts[name.1 as usize][usize::from(!gold.contains(name))] += 1;
        }
        for name in gold.iter().filter(|name| !found.contains(name)) {
            self.counts[name.1 as usize][2] += 1;
        }
    }
}

/// Precision, recall and F1 in percent.
pub fn rates([right, wrong, missed]: [usize; 3]) -> (f64, f64, f64) {
    let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * right as f64 / of as f64 };
    let (precision, recall) = (share(right + wrong), share(right + missed));
    let both = precision + recall;
    (precision, recall, if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 })
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:14} {:>6} {:>6} {:>6} {:>7} {:>7}", "", "P", "R", "F1", "gold", "found")?;
        let mut line = |label: &str, counts: [usize; 3]| {
            let (precision, recall, f1) = rates(counts);
            let [right, wrong, missed] = counts;
            writeln!(
                f,
                "{label:14} {precision:6.1} {recall:6.1} {f1:6.1} {:7} {:7}",
                right + missed,
                right + wrong
            )
        };
        for kind in NameKind::ALL {
            line(&format!("{kind:?}"), self.counts[kind as usize])?;
        }
        let sum = self.counts.iter().fold([0; 3], |sum, counts| std::array::from_fn(|i| sum[i] + counts[i]));
        line("all three", sum)
    }
}

/// How often names of a confidence are right, in ten bands.
#[derive(Default)]
pub struct Reliability {
    bands: [(usize, usize, f64); 10],
}

impl Reliability {
    /// Adds the names of one text.
    pub fn add(&mut self, gold: &[(Span, NameKind)], found: &[Name]) {
        for name in found {
            let band = &mut self.bands[((name.confidence * 10.0) as usize).min(9)];
            band.0 += 1;
            band.1 += usize::from(gold.contains(&(name.span, name.kind)));
            band.2 += f64::from(name.confidence);
        }
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:10} {:>7} {:>10} {:>7}", "confidence", "names", "mean", "right")?;
        let (mut gap, mut all) = (0.0, 0);
        for (number, &(names, right, sum)) in self.bands.iter().enumerate() {
            if names == 0 {
                continue;
            }
            let (mean, share) = (sum / names as f64, right as f64 / names as f64);
            gap += (mean - share).abs() * names as f64;
            all += names;
            writeln!(
                f,
                "{:.1}-{:.1}    {names:7} {mean:10.2} {share:7.2}",
                number as f64 / 10.0,
                (number + 1) as f64 / 10.0
            )?;
        }
        write!(f, "expected calibration error {:.3} over {all} names", gap / all.max(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_the_wrong_kind_is_wrong_and_missed() {
        let span = Span::new(0, 4);
        let found = [Name { span, kind: NameKind::Person, confidence: 0.9 }];
        let mut score = Score::default();
        score.add(&[(span, NameKind::Location)], &found);
        assert_eq!(score.counts, [[0, 1, 0], [0, 0, 0], [0, 0, 1]]);
    }

    #[test]
    fn rates_of_nothing_are_zero_and_not_none() {
        assert_eq!(rates([0, 0, 0]), (0.0, 0.0, 0.0));
        assert_eq!(rates([1, 1, 0]), (50.0, 100.0, 200.0 / 3.0));
    }
}

//! How likely it is that two articles are copies: boosted decision trees on a comparison.
//!
//! The trees are oblivious: all nodes of one depth ask the same question, so an answer is four comparisons and one look-up,
//! without a branch. They are data (`copies.model`, made by `scripts/fit-score`), in whole numbers, so that all machines
//! agree. Source: Prokhorenkova et al., "CatBoost" (2018).

use std::sync::LazyLock;

use super::compare::{Comparison, FEATURE_NAMES, FEATURES};
use crate::dedup::fixed::ONE;
use crate::dedup::sketch::ALGORITHM;

const DEPTH: usize = 4;
const LEAVES: usize = 1 << DEPTH;
const PADDED: usize = FEATURES.next_power_of_two();

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    // A test reads the same bytes, so this holds in every build that passed it.
    Model::read(include_str!("copies.model")).unwrap_or_else(|why| panic!("copies.model: {why}"))
});

/// A logit: the logarithm of the odds, twelve binary places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub i32);

impl Score {
    /// From here on an article is a copy: odds of three to one.
    pub const COPY: Self = Self(4500);
    /// From here on a copy may belong to the cluster of the article that began it: odds of three to seven.
    pub const CLUSTER: Self = Self(-3470);
    /// No copy at all.
    pub const NONE: Self = Self(i32::MIN);

    /// Of a comparison.
    pub fn of(comparison: &Comparison) -> Self {
        if comparison.all < LEAST { Self::NONE } else { MODEL.score(&comparison.features()) }
    }
}

/// Below this share two articles are not compared further: two reports on one event, by other hands, share as much.
const LEAST: i32 = ONE * 12 / 100;

struct Model {
    bias: i32,
    trees: Vec<Tree>,
}

/// One tree: four questions "is this feature greater than that", and an answer for every combination.
struct Tree {
    features: [u8; DEPTH],
    thresholds: [i32; DEPTH],
    leaves: [i32; LEAVES],
}

impl Model {
    fn score(&self, features: &[i32; FEATURES]) -> Score {
        // Room for every number that fits the mask: so no look-up needs a check.
        let mut padded = [0; PADDED];
        padded[..FEATURES].copy_from_slice(features);
        let answer = |tree: &Tree| {
            let questions = tree.features.iter().zip(tree.thresholds).enumerate();
            let leaf = questions.fold(0, |leaf, (bit, (feature, threshold))| {
                leaf | usize::from(padded[usize::from(*feature) % PADDED] > threshold) << bit
            });
            tree.leaves[leaf % LEAVES]
        };
        Score(self.bias + self.trees.iter().map(answer).sum::<i32>())
    }

    /// Reads `copies.model`: a line for the algorithm and one with the names of the features, so that a model of other
    /// features is refused; then the bias, and a line for each tree: four times feature and threshold, sixteen leaves.
    fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut next = |what: &str| lines.next().ok_or_else(|| format!("no line for {what}"));
        let algorithm = next("the algorithm")?;
        if algorithm != format!("algorithm {ALGORITHM}") {
            return Err(format!("{algorithm:?}, but this is algorithm {ALGORITHM}: fit it again"));
        }
        if next("the features")? != FEATURE_NAMES.join(" ") {
            return Err("it was fitted on other features: fit it again".into());
        }
        let number = |text: &str| text.parse::<i32>().map_err(|error| format!("{text:?}: {error}"));
        let bias = number(next("the bias")?)?;
        let tree = |line: &str| {
            let numbers = line.split(' ').map(number).collect::<Result<Vec<_>, _>>()?;
            let Some((questions, leaves)) = numbers.split_at_checked(2 * DEPTH) else {
                return Err(format!("{line:?} is no tree"));
            };
            let mut features = [0; DEPTH];
            let mut thresholds = [0; DEPTH];
            for (depth, question) in questions.chunks(2).enumerate() {
                let feature = u8::try_from(question[0]).ok().filter(|f| usize::from(*f) < FEATURES);
                features[depth] = feature.ok_or_else(|| format!("no feature {}", question[0]))?;
                thresholds[depth] = question[1];
            }
            let leaves = leaves.try_into().map_err(|_| format!("{} leaves", leaves.len()))?;
            Ok(Tree { features, thresholds, leaves })
        };
        Ok(Self { bias, trees: lines.map(tree).collect::<Result<_, _>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_in_the_binary_is_read() {
        assert!(MODEL.trees.len() > 50, "{} trees", MODEL.trees.len());
    }

    #[test]
    fn a_model_of_another_algorithm_or_of_other_features_is_refused() {
        let head = format!("algorithm {ALGORITHM}\n{}\n", FEATURE_NAMES.join(" "));
        let tree = "0 5 1 6 2 7 3 8 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15";
        let model =
            Model::read(&format!("# by hand\n{head}-7\n{tree}\n")).unwrap_or_else(|why| panic!("{why}"));
        let mut features = [0; FEATURES];
        features[..4].copy_from_slice(&[6, 6, 8, 8]);
        assert_eq!(model.score(&features), Score(5 - 7), "greater than 5 and than 7: bits 0 and 2");
        for broken in [
            "algorithm 0\n".to_owned(),
            head.replace("all", "most") + "0\n",
            format!("{head}x\n"),
            format!("{head}0\n{}\n", &tree[..30]),
            format!("{head}0\n{}\n", tree.replacen('0', "99", 1)),
        ] {
            assert!(Model::read(&broken).is_err(), "{broken}");
        }
    }
}

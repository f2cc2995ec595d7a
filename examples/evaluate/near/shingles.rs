//! What two texts truly share: exact sets of 5-word shingles.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

const WORDS: usize = 5;

/// What two texts share of their shingles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Shared of all.
    pub jaccard: f64,
    /// Shared of the smaller one's.
    pub containment: f64,
}

/// The 5-word shingles of a text, hashed. Words are the lower-case runs of ASCII letters and digits, as in the lists of
/// natural pairs.
pub fn shingles(text: &str) -> HashSet<u64> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words
        .windows(WORDS)
        .map(|shingle| {
            let mut hasher = DefaultHasher::new();
            shingle.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

/// Compares two sets of shingles.
pub fn overlap(left: &HashSet<u64>, right: &HashSet<u64>) -> Overlap {
    let shared = left.intersection(right).count();
    let share = |of: usize| shared as f64 / of.max(1) as f64;
    Overlap {
        jaccard: share(left.len() + right.len() - shared),
        containment: share(left.len().min(right.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_counts_shingles_of_five_words() {
        // 3 shingles and 2; "b c d e f" is in both.
        let (left, right) = (shingles("A b, c d e f g"), shingles("b C d e f x"));
        assert_eq!((left.len(), right.len()), (3, 2));
        assert_eq!(overlap(&left, &right), Overlap { jaccard: 0.25, containment: 0.5 });
    }

    #[test]
    fn a_text_of_four_words_shares_nothing() {
        let short = shingles("one two three four");
        assert_eq!(overlap(&short, &short), Overlap { jaccard: 0.0, containment: 0.0 });
    }
}

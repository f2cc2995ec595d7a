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

/// The 5-word shingles of a text, hashed; a shorter text is one shingle, so that it equals its copies alone. Words are the lower-case runs of ASCII letters and digits, as in the lists of
/// natural pairs.
pub fn shingles(text: &str) -> HashSet<u64> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let size = WORDS.min(words.len()).max(1);
    // A text without words has no window at all.
    let shingles = if words.is_empty() { vec![&words[..]] } else { words.windows(size).collect() };
    shingles
        .into_iter()
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
    fn a_short_text_equals_its_copies_alone() {
        for short in ["one two three four", ""] {
            let copy = overlap(&shingles(short), &shingles(short));
            assert_eq!(copy, Overlap { jaccard: 1.0, containment: 1.0 });
            let other = overlap(&shingles(short), &shingles("one two three"));
            assert_eq!(other, Overlap { jaccard: 0.0, containment: 0.0 });
        }
    }
}

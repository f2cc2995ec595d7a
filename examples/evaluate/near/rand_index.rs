//! Agreement of two clusterings.

use std::collections::HashMap;
use std::hash::Hash;

/// Adjusted Rand index of two labellings of the same items: 1 for the same clusters, about 0 for chance.
///
/// Source: Hubert and Arabie, Comparing Partitions, 1985, in the form of scikit-learn's `adjusted_rand_score` (counts of
/// ordered pairs), so that figures agree with it.
pub fn adjusted_rand_index<A: Hash + Eq, B: Hash + Eq>(left: &[A], right: &[B]) -> f64 {
    let (mut rows, mut columns, mut cells) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (a, b) in left.iter().zip(right) {
        *rows.entry(a).or_insert(0i128) += 1;
        *columns.entry(b).or_insert(0i128) += 1;
        *cells.entry((a, b)).or_insert(0i128) += 1;
    }
    let items = left.len().min(right.len()) as i128;
    let (same_left, same_right) = (squares(rows.values()), squares(columns.values()));
    let same_both = squares(cells.values());
    // Ordered pairs: together in both, in the right one alone, in the left one alone, in neither.
    let (both, only_right, only_left) = (same_both - items, same_right - same_both, same_left - same_both);
    let neither = items * items - only_left - only_right - same_both;
    if only_left == 0 && only_right == 0 {
        return 1.0;
    }
    let above = 2 * (both * neither - only_left * only_right);
    let below = (both + only_left) * (only_left + neither) + (both + only_right) * (only_right + neither);
    above as f64 / below as f64
}

fn squares<'a>(counts: impl Iterator<Item = &'a i128>) -> i128 {
    counts.map(|count| count * count).sum()
}

#[cfg(test)]
mod tests {
    use super::adjusted_rand_index;

    /// By hand, over unordered pairs: (together in both - expected) / (mean of the two totals - expected), where
    /// expected = total left x total right / all pairs.
    #[test]
    fn as_computed_by_hand() {
        for (left, right, by_hand) in [
            // 1 pair together in both, 2 left, 1 right, 6 in all: (1 - 2/6) / (3/2 - 2/6).
            (vec![0, 0, 1, 1], vec![0, 0, 1, 2], 4.0 / 7.0),
            // None in both, 2 and 2 of 6: (0 - 4/6) / (2 - 4/6).
            (vec![0, 0, 1, 1], vec![0, 1, 0, 1], -0.5),
            // 2 in both, 4 and 4 of 15: (2 - 16/15) / (4 - 16/15).
            (vec![0, 0, 0, 1, 1, 2], vec![5, 5, 6, 7, 7, 7], 14.0 / 44.0),
            // The same clusters under other names.
            (vec![0, 0, 1, 2], vec![9, 9, 4, 7], 1.0),
            // Nothing together on one side: chance.
            (vec![0, 0, 0], vec![0, 1, 2], 0.0),
        ] {
            let index = adjusted_rand_index(&left, &right);
            assert!((index - by_hand).abs() < 1e-12, "{left:?} {right:?}: {index}, not {by_hand}");
        }
    }

    #[test]
    fn of_nothing_it_is_one() {
        assert_eq!(adjusted_rand_index::<u8, u8>(&[], &[]), 1.0);
    }
}

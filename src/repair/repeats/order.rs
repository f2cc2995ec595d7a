//! The order of what stays.

use super::Fate;
use super::matching::follows;
use crate::repair::report::Reason;

/// New paragraphs between two repeats that move into the kept copy; more of them are a passage of their own.
const MAX_MOVED: usize = 4;

/// Indexes of the kept paragraphs in the order of the first copy. New paragraphs between two repeats of one block
/// stand behind the paragraph that the repeat before them repeats; all others stay where they were.
pub(super) fn arrange(fates: &[Fate]) -> Vec<usize> {
    let mut moved_behind: Vec<(usize, usize)> = Vec::new();
    let mut j = 0;
    while j < fates.len() {
        if fates[j] != Fate::Keep {
            j += 1;
            continue;
        }
        let before = (0..j).rev().take_while(|&p| fates[p] != Fate::Keep).find_map(|p| repeated(fates[p]));
        let end = (j..fates.len()).find(|&e| repeated(fates[e]).is_some()).unwrap_or(fates.len());
        let after = fates.get(end).and_then(|&fate| repeated(fate));
        let new = (j..end).filter(|&q| fates[q] == Fate::Keep);
        if let (Some(a), Some(b)) = (before, after)
            && follows(a, b)
            // Behind an earlier paragraph only, so that nothing can move behind itself.
            && a < j
            && new.clone().count() <= MAX_MOVED
        {
            moved_behind.extend(new.map(|q| (a, q)));
        }
        j = end;
    }
    // Stable: what moves behind one paragraph keeps its own order.
    moved_behind.sort_by_key(|&(anchor, _)| anchor);
    emit(fates, &moved_behind)
}

fn emit(fates: &[Fate], moved_behind: &[(usize, usize)]) -> Vec<usize> {
    let mut moved = vec![false; fates.len()];
    for &(_, q) in moved_behind {
        moved[q] = true;
    }
    let mut order = Vec::with_capacity(fates.len());
    let mut stack = Vec::new();
    for j in (0..fates.len()).filter(|&j| fates[j] == Fate::Keep && !moved[j]) {
        stack.push(j);
        // Something may have moved behind a paragraph that itself moved.
        while let Some(next) = stack.pop() {
            order.push(next);
            let from = moved_behind.partition_point(|&(anchor, _)| anchor < next);
            let behind = moved_behind[from..].iter().take_while(|&&(anchor, _)| anchor == next);
            stack.extend(behind.map(|&(_, q)| q).collect::<Vec<_>>().into_iter().rev());
        }
    }
    order
}

/// The paragraph that a repeat repeats.
fn repeated(fate: Fate) -> Option<usize> {
    match fate {
        Fate::Remove { reason: Reason::Repeat | Reason::NearRepeat, of } => Some(of),
        _ => None,
    }
}

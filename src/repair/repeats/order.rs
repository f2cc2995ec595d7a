//! The order of what stays.

use super::Fate;
use super::matching::follows;
use crate::repair::report::Reason;

/// New paragraphs between two repeats that move into the kept copy; more of them are a passage of their own.
const MAX_MOVED: usize = 4;

/// New paragraphs behind the last repeat of a stacked copy that move; see [`arrange`].
const MAX_TAIL: usize = 2;
/// Repeats that make a stacked copy.
const MIN_STACKED: usize = 3;

/// Indexes of the kept paragraphs in the order of the first copy. New paragraphs between two repeats of one block
/// stand behind the paragraph that the repeat before them repeats, and behind the formulas (refrains, prompts) that
/// follow it there. So do one or two new paragraphs that end the article after a copy that began it anew. All others
/// stay where they were.
pub(super) fn arrange(fates: &[Fate], is_formula: &[bool]) -> Vec<usize> {
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
        // Behind an earlier paragraph only, so that nothing can move behind itself.
        if let Some(a) = before.filter(|&a| a < j) {
            let count = new.clone().count();
            let inside = after.is_some_and(|b| follows(a, b)) && count <= MAX_MOVED;
            let tail = after.is_none() && count <= MAX_TAIL && ends_stacked_copy(&fates[..j]);
            if inside || tail {
                let until = after.unwrap_or(a + 1).min(j);
                let formulas = (a + 1..until).take_while(|&q| fates[q] != Fate::Keep || is_formula[q]);
                let anchor = formulas.filter(|&q| fates[q] == Fate::Keep).last().unwrap_or(a);
                moved_behind.extend(new.map(|q| (anchor, q)));
            }
        }
        j = end;
    }
    // Stable: what moves behind one paragraph keeps its own order.
    moved_behind.sort_by_key(|&(anchor, _)| anchor);
    emit(fates, &moved_behind)
}

/// The repeats at the end of `fates` are a block that begins with the first or second paragraph of the article and
/// covers most of what stands before it.
fn ends_stacked_copy(fates: &[Fate]) -> bool {
    let (mut first, mut count) = (usize::MAX, 0);
    let kept = fates.iter().filter(|&&fate| fate == Fate::Keep).count();
    for of in fates.iter().rev().filter_map(|&fate| repeated(fate)) {
        if of >= first {
            break;
        }
        first = of;
        count += 1;
    }
    first <= 1 && count >= MIN_STACKED && count * 4 >= kept * 3
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

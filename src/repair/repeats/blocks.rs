//! Chains of repeats, and what is too short to count outside of one.

use super::matching::{Link, REACH, follows};
use super::paragraph::Analysis;
use crate::repair::report::Reason;

/// A repeat shorter than this counts only within a block.
const SHORT: usize = 13;
/// Words of all repeats in a block that lets short ones count.
const BLOCK_WORDS: usize = 20;
/// Repeats that make a block even if all are short.
const BLOCK_PARAGRAPHS: usize = 4;

/// Turns repeats that may be meant (refrains, prompts, formulas, templates) back into text that stays.
pub(super) fn spare_short(all: &Analysis, links: &mut [Link]) {
    let mut chain: Vec<usize> = Vec::new();
    for j in 0..links.len() {
        let Some(found) = links[j].filter(|found| is_repeat(found.reason)) else { continue };
        let continues = chain.last().is_some_and(|&last| {
            j - last <= REACH && links[last].is_some_and(|before| follows(before.of, found.of))
        });
        if !continues {
            spare(all, links, &chain);
            chain.clear();
        }
        chain.push(j);
    }
    spare(all, links, &chain);
}

fn is_repeat(reason: Reason) -> bool {
    matches!(reason, Reason::Repeat | Reason::NearRepeat)
}

fn spare(all: &Analysis, links: &mut [Link], chain: &[usize]) {
    let sure = |j: &&usize| links[**j].is_some_and(|found| found.sure);
    let words: usize = chain.iter().map(|&j| all.length(j)).sum();
    let longest = chain.iter().filter(sure).map(|&j| all.length(j)).max().unwrap_or(0);
    let many = chain.iter().filter(sure).count() >= BLOCK_PARAGRAPHS;
    let block = chain.len() >= 2 && words >= BLOCK_WORDS && (longest >= SHORT || many);
    for &j in chain {
        let lone = all.length(j) >= SHORT && links[j].is_some_and(|found| found.sure);
        if !block && !lone {
            links[j] = None;
        }
    }
}

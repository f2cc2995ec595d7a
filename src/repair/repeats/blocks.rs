//! Chains of repeats, and what is too short to count outside of one.

use std::collections::HashMap;

use super::Fate;
use super::hashing::Fixed;
use super::matching::{Link, REACH, follows};
use super::paragraph::Analysis;
use crate::repair::report::Reason;

/// A repeat shorter than this counts only within a block.
const SHORT: usize = 13;
/// Words of all repeats in a block that lets short ones count.
const BLOCK_WORDS: usize = 20;
/// Words and repeats that make a block even if all are short, when nothing stands between them in either copy.
const ROW_WORDS: usize = 18;
/// See [`ROW_WORDS`].
const ROW_PARAGRAPHS: usize = 2;
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
    let chain = trim(all, links, chain);
    let sure = |j: &&usize| links[**j].is_some_and(|found| found.sure);
    let words: usize = chain.iter().map(|&j| weight(all, j)).sum();
    let longest = chain.iter().filter(sure).map(|&j| all.length(j)).max().unwrap_or(0);
    let count = chain.iter().filter(sure).count();
    let row =
        count >= ROW_PARAGRAPHS && words >= ROW_WORDS && chain.windows(2).all(|w| is_row(links, w[0], w[1]));
    let block =
        chain.len() >= 2 && words >= BLOCK_WORDS && (longest >= SHORT || count >= BLOCK_PARAGRAPHS) || row;
    for &j in chain {
        // Two questions in nearly the same words are two questions.
        let asked = all.paragraphs[j].question;
        let edited = |reason| reason == Reason::NearRepeat;
        let lone = all.length(j) >= SHORT
            && links[j].is_some_and(|found| found.sure && !(asked && edited(found.reason)));
        if !block && !lone {
            links[j] = None;
        }
    }
}

/// Takes short repeats off both ends of a chain if other text stands between them and the rest of it: a refrain
/// near a block, not a part of it.
fn trim<'c>(all: &Analysis, links: &mut [Link], chain: &'c [usize]) -> &'c [usize] {
    let mut rest = chain;
    while let [first, second, ..] = *rest
        && all.length(first) < SHORT
        && second - first > 1
    {
        links[first] = None;
        rest = &rest[1..];
    }
    while let [.., second, last] = *rest
        && all.length(last) < SHORT
        && last - second > 1
    {
        links[last] = None;
        rest = &rest[..rest.len() - 1];
    }
    rest
}

/// Words of a paragraph; figures count for more, so that rows of a table make a block.
fn weight(all: &Analysis, j: usize) -> usize {
    all.length(j) + 2 * all.paragraphs[j].figures as usize
}

/// Two repeats stand next to each other, and what they repeat does too.
fn is_row(links: &[Link], j: usize, next: usize) -> bool {
    let of = |j: usize| links[j].map(|found| found.of);
    next == j + 1 && of(next) == of(j).map(|of| of + 1)
}

/// The short paragraphs that stay and stand in the article more than once: refrains, prompts, formulas.
pub(super) fn formulas(all: &Analysis, fates: &[Fate]) -> Vec<bool> {
    let stays = |index: &usize| fates[*index] == Fate::Keep && all.length(*index) < SHORT;
    let mut counts: HashMap<u64, u32, Fixed> = HashMap::with_hasher(Fixed);
    for index in (0..fates.len()).filter(stays) {
        *counts.entry(all.paragraphs[index].key).or_default() += 1;
    }
    (0..fates.len()).map(|index| stays(&index) && counts[&all.paragraphs[index].key] > 1).collect()
}

//! Repeated passages, found by aligning blocks and not by hashing lines.
//!
//! Rules, in order (source: the project's study of duplicates, section 5.2):
//!
//! 1. A sentence of 8 words or more that its own paragraph has said before is cut out.
//! 2. A paragraph repeats an earlier one if the normalised words are equal, or if it has the same numbers in the same
//!    order and shares enough shingles and words with it. Text whose numbers differ is never a repeat.
//! 3. Of a cut-off beginning and its fuller text, the fuller text stays at its own place. A paragraph whose words all
//!    stand in a row in another one is a pull quote and goes.
//! 4. Repeats are chained into blocks. A short repeat (under 13 words) counts only within a block: refrains, prompts
//!    and formulas ("He denies the charges.") stay. So does a template in which only a name changes.
//! 5. In a body whose lines are not paragraphs (hard-wrapped mail, code) only equal lines are compared.
//! 6. A new paragraph between two repeats of one block moves to its place in the kept copy.
//!
//! Laws: every paragraph is either removed or in the order, once; nothing is removed but for another paragraph that
//! is kept; the cost is near linear. In a body of more than [`NEAR_LIMIT`] bytes only whole equal paragraphs are
//! compared, and of more than [`EXACT_LIMIT`] paragraphs none: no article is that long, and memory must be bounded.

use std::collections::HashMap;

mod blocks;
pub(super) mod hashing;
mod index;
mod matching;
mod number_words;
mod order;
mod paragraph;
mod sentences;
mod similar;
#[cfg(test)]
mod tests;

use super::report::Reason;
use hashing::Fixed;
use paragraph::Analysis;
pub(super) use paragraph::Cut;

/// Above this many bytes only whole equal paragraphs are compared.
pub const NEAR_LIMIT: usize = 1 << 20;
/// Above this many paragraphs nothing is compared.
pub const EXACT_LIMIT: usize = 1 << 20;

/// What becomes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Keep,
    /// It goes, since the paragraph `of` (an index) says it.
    Remove {
        /// Why.
        reason: Reason,
        /// The kept paragraph.
        of: usize,
    },
}

/// What is to be done with the paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// One for each paragraph.
    pub fates: Vec<Fate>,
    /// Indexes of the kept paragraphs, in their new order.
    pub order: Vec<usize>,
    /// Repeated sentences inside paragraphs.
    pub cuts: Vec<Cut>,
}

impl Plan {
    /// Everything stays.
    fn keep(count: usize) -> Self {
        Self { fates: vec![Fate::Keep; count], order: (0..count).collect(), cuts: Vec::new() }
    }
}

/// Finds the repeats among the paragraphs of an article.
pub(super) fn plan(paragraphs: &[&str]) -> Plan {
    let bytes: usize = paragraphs.iter().map(|p| p.len()).sum();
    if paragraphs.len() > EXACT_LIMIT {
        return Plan::keep(paragraphs.len());
    }
    let near = bytes <= NEAR_LIMIT;
    let mut all = Analysis::of(paragraphs, near);
    let mut fates = if near && !all.is_hard_wrapped() {
        matching::find(&all, paragraphs)
    } else {
        matching::find_equal(&all)
    };
    blocks::spare_short(&all, &mut fates);
    let fates = resolve(&fates);
    let order = order::arrange(&fates, &blocks::formulas(&all, &fates));
    let mut cuts = std::mem::take(&mut all.cuts);
    cuts.retain(|cut| fates[cut.paragraph] == Fate::Keep);
    Plan { fates, order, cuts }
}

/// Follows "says the same as" to a paragraph that is kept.
fn resolve(links: &[matching::Link]) -> Vec<Fate> {
    let mut fates = vec![Fate::Keep; links.len()];
    let mut kept: HashMap<u64, usize, Fixed> = HashMap::with_hasher(Fixed);
    for (index, link) in links.iter().enumerate() {
        let Some(found) = link else { continue };
        let mut path = vec![index];
        let mut of = found.of;
        while let Some(next) = &links[of] {
            if let Some(&known) = kept.get(&(of as u64)) {
                of = known;
                break;
            }
            path.push(of);
            of = next.of;
        }
        for step in path {
            kept.insert(step as u64, of);
        }
        fates[index] = Fate::Remove { reason: found.reason, of };
    }
    fates
}

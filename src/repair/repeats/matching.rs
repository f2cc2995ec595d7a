//! Which paragraph says the same as which: one pass over the article, each paragraph against the kept ones before it.

use super::index::{Hit, Index, ShingleIndex};
use super::paragraph::Analysis;
use super::similar::{Pair, SHINGLES_IN_BLOCK, Strength, Teaser, is_misspelt_copy};
use crate::repair::report::Reason;

/// A whole sentence of this many words may be a pull quote ...
const MIN_PULL_SENTENCE: usize = 8;
/// ... and so may any row of this many.
const MIN_PULL_ROW: usize = 12;
/// Kept paragraphs with the same words that are looked at; a refrain has many.
const MAX_EQUAL: usize = 64;
/// How far two repeats of one block may be apart, in both copies: two paragraphs may be missing or new.
pub(super) const REACH: usize = 3;

/// A paragraph that says the same as an earlier or later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Why it goes.
    pub reason: Reason,
    /// The paragraph that stays (it may in turn have been found to repeat another).
    pub of: usize,
    /// False: only a repeat within a block of sure ones.
    pub sure: bool,
}

/// What was found for a paragraph.
pub(super) type Link = Option<Found>;

/// Only whole equal paragraphs.
pub(super) fn find_equal(all: &Analysis) -> Vec<Link> {
    let count = all.paragraphs.len();
    let mut keys = Index::with_capacity(count);
    let mut links: Vec<Link> = vec![None; count];
    for j in 0..count {
        links[j] = equal(all, &keys, &links, j);
        if links[j].is_none() {
            keys.insert(all.paragraphs[j].key, j, 0);
        }
    }
    align_back(all, &keys, &mut links);
    links
}

/// Equal and near repeats, teasers and pull quotes.
pub(super) fn find(all: &Analysis, paragraphs: &[&str]) -> Vec<Link> {
    let count = paragraphs.len();
    let mut search = Search {
        all,
        paragraphs,
        links: vec![None; count],
        keys: Index::with_capacity(count),
        sentences: Index::with_capacity(all.sentences.len()),
        shingles: ShingleIndex::new(all.tokens.len(), count),
    };
    let mut hits = Vec::new();
    for j in 0..count {
        search.place(j, &mut hits);
    }
    let Search { keys, mut links, .. } = search;
    align_back(all, &keys, &mut links);
    links
}

struct Search<'a> {
    all: &'a Analysis,
    paragraphs: &'a [&'a str],
    links: Vec<Link>,
    keys: Index,
    sentences: Index,
    shingles: ShingleIndex,
}

impl Search<'_> {
    /// Finds what paragraph `j` repeats; if nothing, later ones are compared with it.
    fn place(&mut self, j: usize, hits: &mut Vec<Hit>) {
        let words = self.all.words(j);
        if let Some(found) = equal(self.all, &self.keys, &self.links, j) {
            self.links[j] = Some(found);
            return;
        }
        if words.is_empty() {
            self.keys.insert(self.all.paragraphs[j].key, j, 0);
            return;
        }
        self.shingles.count(j, words, hits);
        let found =
            self.similar(j, hits).or_else(|| self.pull_quote(j, hits)).or_else(|| self.misspelt_copy(j));
        if let Some(found) = found {
            self.links[j] = Some(found);
            self.shingles.forget(j, words);
            return;
        }
        self.drop_quotes_of(j);
        let paragraph = &self.all.paragraphs[j];
        self.keys.insert(paragraph.key, j, 0);
        for &sentence in &self.all.sentences[paragraph.sentences.clone()] {
            self.sentences.insert(sentence, j, 0);
        }
    }

    /// The kept paragraph that is most like `j`. A teaser of `j` that was kept is dropped on the way.
    fn similar(&mut self, j: usize, hits: &[Hit]) -> Link {
        let mut best: Option<(f64, Found)> = None;
        for hit in hits {
            let kept = hit.paragraph;
            if self.links[kept].is_some() {
                continue;
            }
            let pair = Pair {
                all: self.all,
                paragraphs: self.paragraphs,
                new: j,
                kept,
                new_shared: f64::from(hit.shared) / f64::from(self.shingles.sizes[j].max(1)),
                kept_shared: f64::from(hit.shared) / f64::from(self.shingles.sizes[kept].max(1)),
            };
            if pair.is_display_quote_of_new() {
                self.links[kept] = Some(Found { reason: Reason::PullQuote, of: j, sure: true });
                continue;
            }
            match pair.teaser() {
                Some(Teaser::Kept) => {
                    self.links[kept] = Some(Found { reason: Reason::Teaser, of: j, sure: true });
                    continue;
                }
                Some(Teaser::New) => return Some(Found { reason: Reason::Teaser, of: kept, sure: true }),
                None => {}
            }
            let mutual = pair.mutual();
            if mutual < SHINGLES_IN_BLOCK || best.as_ref().is_some_and(|b| mutual <= b.0) {
                continue;
            }
            if let Some(strength) = pair.near(self.continues_block(j, kept)) {
                let sure = strength == Strength::Sure;
                best = Some((mutual, Found { reason: Reason::NearRepeat, of: kept, sure }));
            }
        }
        best.map(|b| b.1)
    }

    /// The paragraph before `j` repeats one shortly before `kept`.
    fn continues_block(&self, j: usize, kept: usize) -> bool {
        (1..=REACH.min(j))
            .find_map(|back| self.links[j - back])
            .is_some_and(|before| follows(before.of, kept))
    }

    /// `j` is the next paragraph of a running block but for misspelt words; too short to share shingles.
    fn misspelt_copy(&self, j: usize) -> Link {
        let before = (1..=REACH.min(j)).find_map(|back| self.links[j - back])?;
        let near = (before.of + 1..=before.of + REACH).filter(|&kept| kept < j && self.links[kept].is_none());
        let of = near.into_iter().find(|&kept| is_misspelt_copy(self.all, self.paragraphs, j, kept))?;
        Some(Found { reason: Reason::NearRepeat, of, sure: true })
    }

    /// `j` is a sentence, or a long row of words, of a kept paragraph.
    fn pull_quote(&self, j: usize, hits: &[Hit]) -> Link {
        let words = self.all.words(j);
        // A question that is asked again, with more, is a prompt.
        if words.len() < MIN_PULL_SENTENCE || self.all.paragraphs[j].question {
            return None;
        }
        let quote = |of| Some(Found { reason: Reason::PullQuote, of, sure: true });
        let alive = |kept: &usize| self.links[*kept].is_none();
        if let Some(of) = self.sentences.get(self.all.paragraphs[j].key).map(|s| s.0).find(alive) {
            return quote(of);
        }
        if words.len() < MIN_PULL_ROW {
            return None;
        }
        let holds = |hit: &&Hit| {
            let kept = self.all.words(hit.paragraph);
            let from = hit.first_at.map_or(kept.len(), |at| at as usize);
            alive(&hit.paragraph)
                && kept[from..].len() >= words.len()
                && kept[from..].iter().zip(words).all(|(a, b)| a.hash == b.hash)
        };
        hits.iter().find(holds).and_then(|hit| quote(hit.paragraph))
    }

    /// Kept paragraphs that are a sentence of `j` go: the quote stood before its text.
    fn drop_quotes_of(&mut self, j: usize) {
        for &sentence in &self.all.sentences[self.all.paragraphs[j].sentences.clone()] {
            let quotes: Vec<usize> = self.keys.get(sentence).map(|k| k.0).take(MAX_EQUAL).collect();
            for quote in quotes {
                let asked = self.all.paragraphs[quote].question;
                if self.links[quote].is_none() && self.all.length(quote) >= MIN_PULL_SENTENCE && !asked {
                    self.links[quote] = Some(Found { reason: Reason::PullQuote, of: j, sure: true });
                }
            }
        }
    }
}

/// A kept paragraph with the same words: the one that continues the block before, else the first.
fn equal(all: &Analysis, keys: &Index, links: &[Link], j: usize) -> Link {
    let mut first = None;
    for (kept, _) in keys.get(all.paragraphs[j].key).take(MAX_EQUAL) {
        if links[kept].is_some() || !same_words(all, kept, j) {
            continue;
        }
        first = Some(kept);
    }
    let before = (1..=REACH.min(j)).find_map(|back| links[j - back]);
    let next = before.and_then(|before| {
        let candidates = keys.get(all.paragraphs[j].key).take(MAX_EQUAL).map(|k| k.0);
        candidates.filter(|&k| follows(before.of, k) && links[k].is_none() && same_words(all, k, j)).min()
    });
    next.or(first).map(|of| Found { reason: Reason::Repeat, of, sure: true })
}

fn same_words(all: &Analysis, a: usize, b: usize) -> bool {
    let (x, y) = (all.words(a), all.words(b));
    all.length(a) == all.length(b) && x.len() == y.len() && x.iter().zip(y).all(|(x, y)| x.hash == y.hash)
}

/// `later` may stand behind `earlier` in one block.
pub(super) fn follows(earlier: usize, later: usize) -> bool {
    later > earlier && later - earlier <= REACH
}

/// A repeat of a text that is kept several times (a refrain) is taken as the one that the block behind it continues.
fn align_back(all: &Analysis, keys: &Index, links: &mut [Link]) {
    for j in (0..links.len()).rev() {
        let Some(Found { reason: Reason::Repeat, of, .. }) = links[j] else { continue };
        let after = (1..=REACH).find_map(|ahead| links.get(j + ahead).copied().flatten());
        let before = (1..=REACH.min(j)).find_map(|back| links[j - back]);
        let Some(after) = after else { continue };
        if follows(of, after.of) || before.is_some_and(|before| follows(before.of, of)) {
            continue;
        }
        let better = keys
            .get(all.paragraphs[j].key)
            .take(MAX_EQUAL)
            .map(|k| k.0)
            .find(|&k| follows(k, after.of) && links[k].is_none() && same_words(all, k, j));
        if let (Some(better), Some(found)) = (better, links[j].as_mut()) {
            found.of = better;
        }
    }
}

//! The decision on an entry: candidates from the index, compared one by one, and what follows from the best.

use super::compare::{Comparison, FEATURES, Matched, Query, compare};
use super::document::short;
use super::forms::FULL;
use super::score::Score;
use super::{Place, Window};
use crate::dedup::decision::{Cluster, CopyKind, Decision, Finding, Link, Reference, Share};
use crate::dedup::entry::Entry;
use crate::dedup::fixed::ONE;
use crate::dedup::sketch::{PLACE_KEYS, SHINGLES};

/// So many candidates are compared.
const COMPARED: usize = 16;
/// Texts with fewer shingles are copies only if they are the same, word for word: a sentence stands in many articles.
const LEAST_SIZE: u32 = 12;
/// Two articles of which one has so much of the other, specific shingles too, are copies when phrases are counted.
const STRONG: i32 = ONE * 7 / 10;
/// With this resemblance an article is in the cluster of the other even when the one that began it is gone.
const RESEMBLANCE: i32 = ONE * 45 / 100;
/// Below this share of sizes, a whole in a larger whole: contained, contains.
const MUCH_SMALLER: i32 = ONE * 6 / 10;
/// What must be shared of the smaller one for that.
const WITHIN: i32 = ONE * 7 / 10;

/// An entry that was compared.
#[derive(Debug)]
struct Candidate {
    offset: u64,
    score: Score,
    comparison: Comparison,
}

impl Window {
    /// The decision on an entry that is not in the window yet. A function of what is alive, and of what was decided on it.
    pub(super) fn decide(&self, entry: &Entry, offset: u64) -> Decision {
        if let Some(link) = self.same_words(entry) {
            return Decision { finding: Finding::Copy(Box::new(link)), shared: Vec::new(), story: None };
        }
        if entry.sketch.size < LEAST_SIZE {
            return Decision::default();
        }
        let query = Query::new(&entry.sketch, &self.forms);
        let candidates = self.candidates(entry, &query, offset);
        let finding = match self.best(entry, &query, &candidates) {
            Some(link) => Finding::Copy(Box::new(link)),
            None if candidates.iter().any(|candidate| is_template(&candidate.comparison)) => {
                Finding::Template
            }
            None => Finding::Original,
        };
        Decision { finding, shared: shared(&candidates).members(), story: None }
    }

    /// The offsets of the entries that this one would be compared with at a place, and the features of each comparison; for
    /// fitting the score.
    pub fn comparisons(&mut self, entry: &Entry, place: Place) -> Vec<(u64, [i32; FEATURES])> {
        self.advance(place);
        let query = Query::new(&entry.sketch, &self.forms);
        let candidates = self.candidates(entry, &query, place.offset);
        candidates.into_iter().map(|candidate| (candidate.offset, candidate.comparison.features)).collect()
    }

    /// A copy, word for word. The newest with the same words knows the first of them.
    fn same_words(&self, entry: &Entry) -> Option<Link> {
        let content = short(entry.sketch.content);
        let newest = self.by_content.find(super::content_hash(entry.sketch.content), |offset| {
            self.document(offset).is_some_and(|document| document.content() == content)
        })?;
        if !self.in_time(newest, entry.event_time) {
            return None;
        }
        let (finding, id) = self.document(newest)?.finding(newest)?;
        let newest = Reference { offset: newest, id };
        let alive = |other: &Reference| {
            self.document(other.offset).is_some() && self.in_time(other.offset, entry.event_time)
        };
        let (of, cluster) = match finding {
            Finding::Original | Finding::Template => (newest, Cluster::Of),
            Finding::Copy(link) => match (link.kind, link.cluster) {
                (CopyKind::Exact, cluster) if alive(&link.of) => (link.of, cluster),
                (_, Cluster::Own) => (newest, Cluster::Of),
                (_, Cluster::Of) => (newest, Cluster::Other(link.of)),
                (_, Cluster::Other(first)) => (newest, Cluster::Other(first)),
            },
        };
        let whole = Share::WHOLE;
        Some(Link { kind: CopyKind::Exact, of, cluster, covers: whole, covered: whole, novel_numbers: 0 })
    }

    /// The entries with the most of the query's keys, compared; newer ones first where they have equally many.
    fn candidates(&self, entry: &Entry, query: &Query<'_>, offset: u64) -> Vec<Candidate> {
        let mut keys: Vec<u32> = Vec::with_capacity(SHINGLES + PLACE_KEYS);
        keys.extend(entry.sketch.shingles.members().iter().map(|member| member.hash()));
        let sampled = keys.len();
        for key in &entry.sketch.places {
            if !keys[..sampled].contains(key) {
                keys.push(*key);
            }
        }
        // Age and weight of every hit, in one number: sorting brings those of one entry together, the newest first.
        let mut hits: Vec<u64> = Vec::with_capacity(128);
        let alive = offset - self.oldest;
        self.keys.find(&keys, offset, |key, age| {
            if age <= alive {
                let weight = if key < sampled { query.weight(key) } else { FULL };
                hits.push(age << 16 | u64::from(weight));
            }
        });
        hits.sort_unstable();
        let groups = hits.chunk_by(|a, b| a >> 16 == b >> 16);
        let mut found: Vec<(u64, u64, u32)> = groups
            .map(|group| (group.iter().map(|hit| hit & 0xffff).sum(), group[0] >> 16, group.len() as u32))
            .filter(|(_, age, _)| self.in_time(offset - age, entry.event_time))
            .collect();
        found.sort_unstable_by_key(|(weight, age, _)| (u64::MAX - weight, *age));
        found.truncate(COMPARED);
        let compared =
            found.into_iter().filter_map(|(_, age, hits)| self.candidate(query, offset - age, hits));
        compared.collect()
    }

    fn candidate(&self, query: &Query<'_>, offset: u64, hits: u32) -> Option<Candidate> {
        let document = self.document(offset)?;
        if document.size() < LEAST_SIZE {
            return None;
        }
        let comparison = compare(query, document, hits);
        Some(Candidate { offset, score: Score::of(&comparison), comparison })
    }

    /// The copy that the entry is, if it is one: of the likeliest candidate, or of the one that began its cluster.
    fn best(&self, entry: &Entry, query: &Query<'_>, candidates: &[Candidate]) -> Option<Link> {
        let copies = candidates.iter().filter(|candidate| candidate.score >= Score::COPY);
        let joined = copies.map(|candidate| (candidate, self.join(entry, query, candidates, candidate)));
        let (best, join) =
            joined.max_by_key(|(candidate, join)| (join.is_some(), candidate.score, candidate.offset))?;
        match join {
            // The one that began the cluster is a better original than any of its copies.
            Some(Join { first, compared: Some(comparison) }) if comparison.0 >= Score::COPY => {
                Some(link(entry, first, Cluster::Of, &comparison.1))
            }
            Some(Join { first, .. }) if first.offset != best.offset => {
                let of = self.reference(best.offset)?;
                Some(link(entry, of, Cluster::Other(first), &best.comparison))
            }
            Some(Join { first, .. }) => Some(link(entry, first, Cluster::Of, &best.comparison)),
            None => Some(link(entry, self.reference(best.offset)?, Cluster::Own, &best.comparison)),
        }
    }

    /// Whether the entry is in the cluster of a candidate: only if it is like the one that began it, too. So a roundup
    /// of two stories does not make one cluster of them.
    fn join(
        &self,
        entry: &Entry,
        query: &Query<'_>,
        candidates: &[Candidate],
        candidate: &Candidate,
    ) -> Option<Join> {
        let (finding, id) = self.document(candidate.offset)?.finding(candidate.offset)?;
        let first = match finding {
            Finding::Copy(link) => match link.cluster {
                Cluster::Own => Reference { offset: candidate.offset, id },
                Cluster::Of => link.of,
                Cluster::Other(first) => first,
            },
            Finding::Original | Finding::Template => Reference { offset: candidate.offset, id },
        };
        if first.offset == candidate.offset {
            return Some(Join { first, compared: None });
        }
        if self.document(first.offset).is_none() || !self.in_time(first.offset, entry.event_time) {
            let like = candidate.comparison.resemblance() >= RESEMBLANCE;
            return like.then_some(Join { first, compared: None });
        }
        let compared = match candidates.iter().find(|other| other.offset == first.offset) {
            Some(other) => (other.score, other.comparison.clone()),
            None => {
                let other = self.candidate(query, first.offset, 0)?;
                (other.score, other.comparison)
            }
        };
        (compared.0 >= Score::CLUSTER).then_some(Join { first, compared: Some(compared) })
    }

    fn reference(&self, offset: u64) -> Option<Reference> {
        let (_, id) = self.document(offset)?.finding(offset)?;
        Some(Reference { offset, id })
    }
}

/// The cluster that an entry may join.
struct Join {
    first: Reference,
    compared: Option<(Score, Comparison)>,
}

/// What the entry shares with articles of which it is surely no copy.
fn shared(candidates: &[Candidate]) -> Matched {
    let others = candidates
        .iter()
        .filter(|candidate| candidate.comparison.all < STRONG || candidate.comparison.specific < STRONG);
    others.fold(Matched::default(), |all, candidate| all.or(candidate.comparison.matched))
}

/// The same phrases about other facts.
fn is_template(comparison: &Comparison) -> bool {
    let form = comparison.generic >= STRONG && comparison.specific < ONE / 2;
    let known = comparison.all >= ONE / 2 && comparison.weight < ONE / 2;
    form || known
}

fn link(entry: &Entry, of: Reference, cluster: Cluster, comparison: &Comparison) -> Link {
    Link {
        kind: kind(entry, comparison),
        of,
        cluster,
        covers: Share::of(comparison.both, comparison.old),
        covered: Share::of(comparison.both, comparison.new),
        novel_numbers: u16::try_from(comparison.novel_numbers).unwrap_or(u16::MAX),
    }
}

fn kind(entry: &Entry, comparison: &Comparison) -> CopyKind {
    if comparison.sizes < MUCH_SMALLER && comparison.all >= WITHIN {
        return if comparison.new_is_smaller { CopyKind::Contained } else { CopyKind::Contains };
    }
    let covers = Share::of(comparison.both, comparison.old).thousandths();
    // Most of the old text, and news in it.
    let newer = covers >= 600 && comparison.novel_names >= ONE * 15 / 100;
    if entry.revision || newer { CopyKind::Updated } else { CopyKind::Near }
}

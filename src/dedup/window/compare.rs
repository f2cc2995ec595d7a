//! Two articles side by side: what they share, and what that says.
//!
//! All shares are of the smaller of the two, as a brief is a copy of a story however long that is. A phrase that many
//! articles share which are no copies of each other weighs less ([`super::forms`]). All arithmetic is on whole numbers.

use super::document::Document;
use super::forms::FULL;
use super::query::{Matched, Query, Tally};
use crate::dedup::fixed::{self, ONE, share, times};
use crate::dedup::sketch::{NAME_BITS, SHINGLE_BITS};

/// The new one counts as the smaller up to this size, as a share of the other, in quarters.
const SMALLER_QUARTERS: u32 = 5;

/// What a comparison found. Shares have twelve binary places.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// What is shared.
    pub matched: Matched,
    /// Shingles of the new one, of the other, and of both, at the common level.
    pub new: u32,
    /// See `new`.
    pub old: u32,
    /// See `new`.
    pub both: u32,
    /// Whether the new one is the smaller.
    pub new_is_smaller: bool,
    /// Numbers of the new one that the other lacks, estimated.
    pub novel_numbers: u32,
    /// Share of the new one's names and numbers that the other lacks.
    pub novel_names: i32,
    /// Share of shingles.
    pub all: i32,
    /// Share of specific shingles.
    pub specific: i32,
    /// Share of the others.
    pub generic: i32,
    /// Mean weight of what is shared.
    pub weight: i32,
    /// The smaller size as a share of the larger.
    pub sizes: i32,
    counted: Counted,
}

/// What the features are made of.
#[derive(Debug, Clone, Default)]
struct Counted {
    shared: Tally,
    total: Tally,
    names: Tally,
    total_names: Tally,
    /// The new one's shingles by parts.
    parts: u64,
    hits: u32,
    cased: bool,
    /// Of the smaller sketch.
    size: u32,
}

/// How many features a comparison has.
pub const FEATURES: usize = 24;

/// Their names, for training.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "all",
    "specific",
    "generic",
    "weighted",
    "weightedSpecific",
    "weightedGeneric",
    "names",
    "weightedNames",
    "numbers",
    "otherNames",
    "lnShingles",
    "lnNames",
    "lnWeight",
    "lnHits",
    "sizes",
    "lnSize",
    "resemblance",
    "weightedByNames",
    "specificByNames",
    "lnAll",
    "lnWeighted",
    "lnSpecific",
    "weight",
    "dispersion",
];

/// Compares. `hits`: under how many of its keys the index gave the other one.
pub fn compare(query: &Query<'_>, other: Document<'_>, hits: u32) -> Comparison {
    let sketch = query.sketch;
    let level = query.shingles.level().max(other.shingle_level());
    let name_level = query.names.level().max(other.name_level());
    let new = query.shingles.at_level(level, SHINGLE_BITS);
    let new_names = query.names.at_level(name_level, NAME_BITS);
    let (old, old_names) = (other.shingles(level), other.names(name_level));
    let new_is_smaller = sketch.size * 4 <= other.size() * SMALLER_QUARTERS;

    let matched = Matched {
        shingles: query.shingles.find(old) & lowest(new),
        names: query.names.find(old_names) & lowest(new_names),
    };
    let (shared, names) = (query.shingles.tally(matched.shingles), query.names.tally(matched.names));
    let (own, own_names) = (query.shingles.sum(new), query.names.sum(new_names));
    // The weights of what the other one has alone are not known any more.
    let (total, total_names) =
        if new_is_smaller { (own, own_names) } else { (shared.with_rest(old), names.with_rest(old_names)) };
    let lacking = own_names.specific.saturating_sub(names.specific);
    let mut result = Comparison {
        matched,
        new: new as u32,
        old: old.len() as u32,
        both: shared.count(),
        new_is_smaller,
        novel_numbers: lacking << name_level.min(16),
        novel_names: share(own_names.count() - names.count(), own_names.count()),
        sizes: share(sketch.size.min(other.size()), sketch.size.max(other.size())),
        weight: share(shared.weight(), shared.count() * FULL),
        counted: Counted {
            shared,
            total,
            names,
            total_names,
            parts: own.parts,
            hits,
            cased: sketch.cased && other.cased(),
            size: sketch.size.min(other.size()),
        },
        ..Comparison::default()
    };
    result.judge();
    result
}

/// How much of what is shared stands in one piece: nothing where every part of the new text shares alike, as in a copy with
/// errors, and one where some parts are shared whole and others not at all, as in an article that quotes an older one. It is
/// the chi-squared statistic of the parts as a share of its greatest value.
fn dispersion(of: u64, shared_of: u64) -> i32 {
    let parts = || of.to_le_bytes().into_iter().map(u64::from).zip(shared_of.to_le_bytes().map(u64::from));
    let all: u64 = parts().map(|(all, _)| all).sum();
    let shared: u64 = parts().map(|(_, shared)| shared).sum();
    let most = all * shared * (all - shared);
    let sum: u64 = parts()
        .filter(|(of_part, _)| *of_part > 0)
        .map(|(of_part, shared_of_part)| {
            let difference = (shared_of_part * all).abs_diff(shared * of_part);
            ((difference * difference) << 12) / of_part
        })
        .sum();
    sum.checked_div(most).unwrap_or(0) as i32
}

impl Comparison {
    /// The shares that decide whether the two are compared further.
    fn judge(&mut self) {
        let Counted { shared, total, .. } = self.counted;
        self.all = part(shared.count(), total.count());
        // Where nothing is specific, or capitals tell nothing, the whole speaks for the part.
        self.specific = or(self.specific_there(), part(shared.specific, total.specific), self.all);
        self.generic = or(self.generic_there(), part(shared.generic, total.generic), self.all);
    }

    fn specific_there(&self) -> bool {
        self.counted.cased && self.counted.total.specific > 0
    }

    fn generic_there(&self) -> bool {
        self.counted.cased && self.counted.total.generic > 0
    }

    /// What the score is made of.
    pub fn features(&self) -> [i32; FEATURES] {
        let Counted { shared, total, names, total_names, parts, hits, cased, size } = self.counted;
        let weighted = part_weight(shared.weight(), total.weight());
        let weighted_specific =
            or(self.specific_there(), part_weight(shared.specific_weight, total.specific_weight), weighted);
        let weighted_generic =
            or(self.generic_there(), part_weight(shared.generic_weight, total.generic_weight), weighted);
        let names_there = cased && total_names.count() > 0;
        let all_names = or(names_there, part(names.count(), total_names.count()), self.all);
        let weighted_names = or(names_there, part_weight(names.weight(), total_names.weight()), weighted);
        // Of names, the flag says number.
        let numbers = or(
            names_there && total_names.specific > 0,
            part(names.specific, total_names.specific),
            all_names,
        );
        let others =
            or(names_there && total_names.generic > 0, part(names.generic, total_names.generic), all_names);
        let ln_count = |count: u32| fixed::ln((count + 1) << 12);
        // A little more than nothing: the logarithm of a share of nothing.
        let ln_share = |share: i32| fixed::ln((share + ONE * 3 / 100) as u32);
        [
            self.all,
            self.specific,
            self.generic,
            weighted,
            weighted_specific,
            weighted_generic,
            all_names,
            weighted_names,
            numbers,
            others,
            ln_count(total.count()),
            ln_count(total_names.count()),
            fixed::ln((1 << 12) + shared.weight() * (4096 / FULL)),
            ln_count(hits),
            self.sizes,
            ln_count(size) / 7,
            self.resemblance(),
            times(weighted, weighted_names),
            times(weighted_specific, weighted_names),
            ln_share(self.all),
            ln_share(weighted),
            ln_share(weighted_specific),
            self.weight,
            dispersion(parts, shared.parts),
        ]
    }

    /// Shingles of both as a share of those of either.
    pub fn resemblance(&self) -> i32 {
        share(self.both, self.new + self.old - self.both)
    }
}

/// A share of shingles or names. Half of a "no match" keeps tiny samples honest.
fn part(part: u32, whole: u32) -> i32 {
    share(2 * part, 2 * whole + 1)
}

/// The same of their weights.
fn part_weight(part: u32, whole: u32) -> i32 {
    share(2 * part, 2 * whole + FULL)
}

fn or(there: bool, part: i32, whole: i32) -> i32 {
    if there { part } else { whole }
}

/// So many of the lowest bits.
fn lowest(bits: usize) -> u64 {
    1u64.checked_shl(bits as u32).map_or(u64::MAX, |next| next - 1)
}

#[cfg(test)]
mod tests {
    use super::super::document::pack;
    use super::super::forms::Forms;
    use super::super::invented::{FERRY, MILL, entry, first_words, words};
    use super::super::query::phrases;
    use super::*;
    use crate::dedup::decision::Finding;
    use crate::dedup::sketch::{PARTS, Sketch};

    /// Compares two texts, nothing having been counted.
    fn compared(new: &str, old: &str) -> Comparison {
        let mut record = Vec::new();
        pack(&mut record, &entry(0, old), 0, 0, &Finding::Original);
        let sketch = Sketch::of(new);
        compare(&Query::new(&sketch, &Forms::new(10)), Document::new(&record), 3)
    }

    fn feature(comparison: &Comparison, name: &str) -> i32 {
        let at = FEATURE_NAMES.iter().position(|other| *other == name);
        at.map_or_else(|| panic!("no feature {name}"), |at| comparison.features()[at])
    }

    #[test]
    fn a_text_has_all_of_itself() {
        let same = compared(MILL, MILL);
        let sketch = Sketch::of(MILL);
        let (shingles, names) = (sketch.shingles.members().len(), sketch.names.members().len());
        assert_eq!([same.new, same.old, same.both], [shingles as u32; 3]);
        assert_eq!(same.matched.shingles.count_ones() as usize, shingles);
        assert_eq!(same.matched.names.count_ones() as usize, names);
        assert_eq!((same.resemblance(), same.sizes, same.weight), (ONE, ONE, ONE));
        assert_eq!((same.novel_numbers, same.novel_names), (0, 0));
        assert!(same.all > ONE * 95 / 100 && same.specific > ONE * 9 / 10 && same.generic > ONE * 9 / 10);
        assert_eq!(feature(&same, "dispersion"), 0, "every part shares alike");
        let members: Vec<u8> = (0..shingles as u8).chain((0..names as u8).map(|name| 48 + name)).collect();
        assert_eq!(same.matched.members(), members);
        assert_eq!(phrases(&sketch, &members).len(), shingles + names);
    }

    #[test]
    fn texts_with_nothing_in_common_share_nothing() {
        let other = compared(MILL, &words(1, 300));
        assert_eq!((other.both, other.matched, other.all), (0, Matched::default(), 0));
        assert_eq!((other.specific, other.generic, other.resemblance(), other.weight), (0, 0, 0, 0));
        assert_eq!(other.novel_names, ONE);
        assert_eq!(feature(&other, "dispersion"), 0);
    }

    /// The text is in samples of ever higher levels; what both have is compared at the higher one.
    #[test]
    fn a_brief_is_all_in_its_story_however_long_that_is() {
        let mut levels = std::collections::BTreeSet::new();
        for length in [100, 200, 400, 800, 1500] {
            let story = words(2, length);
            let brief = first_words(&story, 60);
            let level = Sketch::of(&story).shingles.level();
            levels.insert(level);
            let [new, old] = [compared(&brief, &story), compared(&story, &brief)];
            assert!(new.both > 0 && new.both == new.new && new.new_is_smaller, "{length}: {new:?}");
            assert!(old.both == old.old && !old.new_is_smaller, "{length}: {old:?}");
            assert_eq!((new.both, new.new, new.old), (old.both, old.old, old.new), "{length}");
            assert_eq!(new.novel_names, 0, "{length}: a brief has no name of its own");
            // The half of a "no match" weighs more in a smaller sample.
            assert!(new.all >= ONE * 2 / 3 && old.all >= ONE * 2 / 3, "{length}: {} {}", new.all, old.all);
            assert_eq!(feature(&old, "dispersion") > 0, old.both < old.new, "{length}: the beginning alone");
        }
        assert!(levels.len() >= 4, "levels {levels:?}");
    }

    #[test]
    fn new_facts_are_counted() {
        let changed = MILL.replace("312", "298").replace("218", "231").replace("Okonjo", "Vane");
        let newer = compared(&changed, MILL);
        assert!((2..=4).contains(&newer.novel_numbers), "two numbers: {}", newer.novel_numbers);
        assert!(newer.novel_names > 0 && newer.specific < newer.generic, "{newer:?}");
        assert!(newer.generic > ONE * 9 / 10, "every phrase stands: {newer:?}");
    }

    #[test]
    fn without_case_the_whole_speaks_for_names_and_phrases() {
        for (new, old) in [(MILL.to_uppercase(), MILL.to_owned()), (MILL.to_owned(), MILL.to_lowercase())] {
            let caseless = compared(&new, &old);
            assert!(caseless.all > ONE * 95 / 100, "{caseless:?}");
            assert_eq!((caseless.specific, caseless.generic), (caseless.all, caseless.all));
            for name in ["names", "numbers", "otherNames"] {
                assert_eq!(feature(&caseless, name), caseless.all, "{name}");
            }
        }
    }

    /// Phrases that were counted weigh less, and the share of all counts them as before.
    #[test]
    fn what_bulletins_share_weighs_less() {
        let mut record = Vec::new();
        pack(&mut record, &entry(0, FERRY), 0, 0, &Finding::Original);
        let sketch = Sketch::of(FERRY);
        let mut forms = Forms::new(10);
        let every: Vec<u8> = (0..48).chain(48..80).collect();
        (0..9).for_each(|offset| forms.count(offset, &phrases(&sketch, &every)));
        let known = compare(&Query::new(&sketch, &forms), Document::new(&record), 3);
        let fresh = compared(FERRY, FERRY);
        assert_eq!((known.all, known.both), (fresh.all, fresh.both));
        assert!(known.weight < ONE / 2 && fresh.weight == ONE, "{} {}", known.weight, fresh.weight);
        assert!(feature(&known, "weighted") < feature(&fresh, "weighted"));
    }

    #[test]
    fn what_stands_in_one_piece_is_dispersed() {
        let parts =
            |shared: [u8; PARTS]| dispersion(u64::from_le_bytes([6; PARTS]), u64::from_le_bytes(shared));
        assert_eq!(parts([3; PARTS]), 0);
        assert_eq!(parts([6, 6, 0, 0, 0, 0, 0, 0]), ONE);
        let between = parts([5, 4, 1, 0, 1, 0, 1, 0]);
        assert!(between > ONE / 3 && between < ONE, "{between}");
        assert_eq!((parts([0; PARTS]), parts([6; PARTS]), dispersion(0, 0)), (0, 0, 0));
    }
}

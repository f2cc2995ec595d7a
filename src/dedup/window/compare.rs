//! Two articles side by side: what they share, and what that says.
//!
//! All shares are of the smaller of the two, as a brief is a copy of a story however long that is. A phrase that many
//! articles share which are no copies of each other weighs less ([`super::forms`]). All arithmetic is on whole numbers.

use super::document::{Document, fingerprint};
use super::forms::{FULL, Forms};
use crate::dedup::fixed::{self, ONE, share, times};
use crate::dedup::sketch::{Member, NAME_BITS, PARTS, SHINGLE_BITS, SHINGLES, Sketch, bound};

/// The new one counts as the smaller up to this size, as a share of the other, in quarters.
const SMALLER_QUARTERS: u32 = 5;
/// Names of a name sample among the phrases: apart from the shingles.
const NAME_PHRASE: u32 = 0x9e37_79b9;

/// The new article, with the weights of its phrases.
#[derive(Debug)]
pub struct Query<'s> {
    sketch: &'s Sketch,
    shingles: Vec<u16>,
    weights: Vec<u32>,
    names: Vec<u16>,
    name_weights: Vec<u32>,
}

/// The phrase that a member of the names is.
fn name_phrase(member: Member) -> u32 {
    member.hash() ^ NAME_PHRASE
}

impl<'s> Query<'s> {
    /// Weighs the phrases of an article.
    pub fn new(sketch: &'s Sketch, forms: &Forms) -> Self {
        let (shingles, names) = (sketch.shingles.members(), sketch.names.members());
        Self {
            sketch,
            shingles: shingles.iter().map(|member| fingerprint(*member) | 1).collect(),
            weights: shingles.iter().map(|member| forms.weight(member.hash())).collect(),
            names: names.iter().map(|member| fingerprint(*member) | 1).collect(),
            name_weights: names.iter().map(|member| forms.weight(name_phrase(*member))).collect(),
        }
    }

    /// Weight of a shingle of the sample.
    pub fn weight(&self, shingle: usize) -> u32 {
        self.weights[shingle]
    }

    /// The phrases that these members are, as [`crate::dedup::decision::Decision::shared`] numbers them.
    pub fn phrases(sketch: &Sketch, shared: &[u8]) -> Vec<u32> {
        let (shingles, names) = (sketch.shingles.members(), sketch.names.members());
        let phrase = |member: &u8| {
            let at = usize::from(*member);
            if at < SHINGLES {
                shingles.get(at).map(|member| member.hash())
            } else {
                names.get(at - SHINGLES).map(|member| name_phrase(*member))
            }
        };
        shared.iter().filter_map(phrase).collect()
    }
}

/// Which members of the new article the other one has, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matched {
    /// Shingles.
    pub shingles: u64,
    /// Names.
    pub names: u64,
}

impl Matched {
    /// What one of the two has.
    pub fn or(self, other: Self) -> Self {
        Self { shingles: self.shingles | other.shingles, names: self.names | other.names }
    }

    /// The numbers of the members, ascending.
    pub fn members(self) -> Vec<u8> {
        let bits = |bits: u64, first: usize| {
            (0..64).filter(move |at| bits >> at & 1 == 1).map(move |at| (first + at) as u8)
        };
        bits(self.shingles, 0).chain(bits(self.names, SHINGLES)).collect()
    }
}

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
    /// What the score is made of.
    pub features: [i32; FEATURES],
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
    let (members, names) = (sketch.shingles.members(), sketch.names.members());
    let level = sketch.shingles.level().max(other.shingle_level());
    let name_level = sketch.names.level().max(other.name_level());
    let new = at_level(members, bound(SHINGLE_BITS, level));
    let new_names = at_level(names, bound(NAME_BITS, name_level));
    let (old, old_names) = (other.shingles(level), other.names(name_level));
    let new_is_smaller = sketch.size * 4 <= other.size() * SMALLER_QUARTERS;

    let mut shared = Tally::default();
    let mut total = Tally::default();
    let mut matched = Matched::default();
    let mut parts = [(0u32, 0u32); PARTS];
    for (at, member) in new.iter().enumerate() {
        let weight = query.weights[at];
        let part = &mut parts[usize::from(member.part())];
        part.0 += 1;
        if has(old, query.shingles[at]) {
            part.1 += 1;
            matched.shingles |= 1 << at;
            shared.add(member.flag(), weight);
        }
        if new_is_smaller {
            total.add(member.flag(), weight);
        }
    }
    let mut shared_names = Tally::default();
    let mut own_names = Tally::default();
    for (at, member) in new_names.iter().enumerate() {
        let weight = query.name_weights[at];
        own_names.add(member.flag(), weight);
        if has(old_names, query.names[at]) {
            matched.names |= 1 << at;
            shared_names.add(member.flag(), weight);
        }
    }
    let total_names = if new_is_smaller { own_names } else { shared_names.with_rest(old_names) };
    if !new_is_smaller {
        // The weights of what the other one has alone are not known any more.
        total = shared.with_rest(old);
    }
    let both = shared.count();
    let lacking = own_names.specific.saturating_sub(shared_names.specific);
    let mut result = Comparison {
        matched,
        new: new.len() as u32,
        old: old.len() as u32,
        both,
        new_is_smaller,
        novel_numbers: lacking << sketch.names.level().max(other.name_level()).min(16),
        novel_names: share(own_names.count() - shared_names.count(), own_names.count()),
        sizes: share(sketch.size.min(other.size()), sketch.size.max(other.size())),
        ..Comparison::default()
    };
    let cased = sketch.cased && other.cased();
    result.judge(shared, total, shared_names, total_names, hits, cased, sketch.size.min(other.size()));
    result.features[FEATURES - 1] = dispersion(&parts);
    result
}

/// How much of what is shared stands in one piece: nothing where every part of the new text shares alike, as in a copy with
/// errors, and one where some parts are shared whole and others not at all, as in an article that quotes an older one. It is
/// the chi-squared statistic of the parts as a share of its greatest value.
fn dispersion(parts: &[(u32, u32); PARTS]) -> i32 {
    let all: u64 = parts.iter().map(|(all, _)| u64::from(*all)).sum();
    let shared: u64 = parts.iter().map(|(_, shared)| u64::from(*shared)).sum();
    let most = all * shared * (all - shared);
    let sum: u64 = parts
        .iter()
        .filter(|(of_part, _)| *of_part > 0)
        .map(|(of_part, shared_of_part)| {
            let difference = (u64::from(*shared_of_part) * all).abs_diff(shared * u64::from(*of_part));
            ((difference * difference) << 12) / u64::from(*of_part)
        })
        .sum();
    sum.checked_div(most).unwrap_or(0) as i32
}

impl Comparison {
    /// Fills in the shares and the features.
    #[allow(clippy::too_many_arguments, reason = "all that a comparison counted, once")]
    fn judge(
        &mut self,
        shared: Tally,
        total: Tally,
        names: Tally,
        total_names: Tally,
        hits: u32,
        cased: bool,
        size: u32,
    ) {
        // Half of a "no match" keeps tiny samples honest.
        let part = |part: u32, whole: u32| share(2 * part, 2 * whole + 1);
        let part_weight = |part: u32, whole: u32| share(2 * part, 2 * whole + FULL);
        self.all = part(shared.count(), total.count());
        let weighted = part_weight(shared.weight(), total.weight());
        // Where nothing is specific, or capitals tell nothing, the whole speaks for the part.
        let or = |there: bool, part: i32, whole: i32| if there { part } else { whole };
        let specific_there = cased && total.specific > 0;
        let generic_there = cased && total.generic > 0;
        self.specific = or(specific_there, part(shared.specific, total.specific), self.all);
        self.generic = or(generic_there, part(shared.generic, total.generic), self.all);
        let weighted_specific =
            or(specific_there, part_weight(shared.specific_weight, total.specific_weight), weighted);
        let weighted_generic =
            or(generic_there, part_weight(shared.generic_weight, total.generic_weight), weighted);
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
        self.weight = share(shared.weight(), shared.count() * FULL);
        let resemblance = share(self.both, self.new + self.old - self.both);
        let ln_count = |count: u32| fixed::ln((count + 1) << 12);
        // A little more than nothing: the logarithm of a share of nothing.
        let ln_share = |share: i32| fixed::ln((share + ONE * 3 / 100) as u32);
        self.features = [
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
            resemblance,
            times(weighted, weighted_names),
            times(weighted_specific, weighted_names),
            ln_share(self.all),
            ln_share(weighted),
            ln_share(weighted_specific),
            self.weight,
            0,
        ];
    }

    /// Shingles of both as a share of those of either.
    pub fn resemblance(&self) -> i32 {
        share(self.both, self.new + self.old - self.both)
    }
}

/// Counts and weights, of those with the flag and of those without.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    specific: u32,
    generic: u32,
    specific_weight: u32,
    generic_weight: u32,
}

impl Tally {
    fn add(&mut self, flag: bool, weight: u32) {
        if flag {
            self.specific += 1;
            self.specific_weight += weight;
        } else {
            self.generic += 1;
            self.generic_weight += weight;
        }
    }

    fn count(self) -> u32 {
        self.specific + self.generic
    }

    fn weight(self) -> u32 {
        self.specific_weight + self.generic_weight
    }

    /// These, and with full weight all others of `all`.
    fn with_rest(self, all: &[u16]) -> Self {
        let specific = (all.iter().filter(|kept| **kept & 1 == 1).count() as u32).max(self.specific);
        let generic =
            (all.len() as u32 - all.iter().filter(|kept| **kept & 1 == 1).count() as u32).max(self.generic);
        Self {
            specific,
            generic,
            specific_weight: self.specific_weight + (specific - self.specific) * FULL,
            generic_weight: self.generic_weight + (generic - self.generic) * FULL,
        }
    }
}

fn at_level(members: &[Member], bound: u64) -> &[Member] {
    &members[..members.partition_point(|member| u64::from(member.hash()) < bound)]
}

/// Whether a fingerprint, its flag set, is among others. All are looked at: that is quicker than to stop early.
#[inline]
fn has(all: &[u16], fingerprint: u16) -> bool {
    all.iter().fold(false, |found, kept| found | (kept | 1 == fingerprint))
}

#[cfg(test)]
mod tests {
    use super::super::document::pack;
    use super::super::invented::{FERRY, MILL, entry, first_words, words};
    use super::*;
    use crate::dedup::decision::Finding;

    /// Compares two texts, nothing having been counted.
    fn compared(new: &str, old: &str) -> Comparison {
        let mut record = Vec::new();
        pack(&mut record, &entry(0, old), 0, 0, &Finding::Original);
        let sketch = Sketch::of(new);
        compare(&Query::new(&sketch, &Forms::new(10)), Document::new(&record), 3)
    }

    fn feature(comparison: &Comparison, name: &str) -> i32 {
        let at = FEATURE_NAMES.iter().position(|other| *other == name);
        at.map_or_else(|| panic!("no feature {name}"), |at| comparison.features[at])
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
        assert_eq!(Query::phrases(&sketch, &members).len(), shingles + names);
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
        (0..9).for_each(|offset| forms.count(offset, &Query::phrases(&sketch, &every)));
        let known = compare(&Query::new(&sketch, &forms), Document::new(&record), 3);
        let fresh = compared(FERRY, FERRY);
        assert_eq!((known.all, known.both), (fresh.all, fresh.both));
        assert!(known.weight < ONE / 2 && fresh.weight == ONE, "{} {}", known.weight, fresh.weight);
        assert!(feature(&known, "weighted") < feature(&fresh, "weighted"));
    }

    #[test]
    fn what_stands_in_one_piece_is_dispersed() {
        let parts = |shared: [u32; PARTS]| dispersion(&shared.map(|shared| (6, shared)));
        assert_eq!(parts([3; PARTS]), 0);
        assert_eq!(parts([6, 6, 0, 0, 0, 0, 0, 0]), ONE);
        let between = parts([5, 4, 1, 0, 1, 0, 1, 0]);
        assert!(between > ONE / 3 && between < ONE, "{between}");
        assert_eq!((parts([0; PARTS]), parts([6; PARTS]), dispersion(&[(0, 0); PARTS])), (0, 0, 0));
    }
}

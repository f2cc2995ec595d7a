//! The new article, made ready to be compared with many others.

use super::document::fingerprint;
use super::forms::{FULL, Forms};
use crate::dedup::sketch::{Member, SHINGLES, Sample, Sketch, bound};

/// Names of a name sample among the phrases: apart from the shingles.
const NAME_PHRASE: u32 = 0x9e37_79b9;

/// The phrase that a member of the names is.
fn name_phrase(member: Member) -> u32 {
    member.hash() ^ NAME_PHRASE
}

/// See the module.
#[derive(Debug)]
pub struct Query<'s> {
    /// The article's sketch.
    pub sketch: &'s Sketch,
    /// Its shingles.
    pub shingles: Phrases<'s>,
    /// Its names.
    pub names: Phrases<'s>,
}

impl<'s> Query<'s> {
    /// Weighs the phrases of an article.
    pub fn new(sketch: &'s Sketch, forms: &Forms) -> Self {
        Self {
            sketch,
            shingles: Phrases::new(&sketch.shingles, |member| forms.weight(member.hash())),
            names: Phrases::new(&sketch.names, |member| forms.weight(name_phrase(member))),
        }
    }
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

/// Slots of the table of fingerprints: so many that few fall together.
const SLOTS: usize = 2048;

/// The members of a sample, their weights, and a table in which a fingerprint of another article is found by one look: most
/// of them are not there.
#[derive(Debug)]
pub struct Phrases<'s> {
    sample: &'s Sample,
    members: Vec<Phrase>,
    /// By fingerprint: one more than the number of a member, or 0.
    slots: [u8; SLOTS],
    /// Of the first so many members.
    sums: Vec<Tally>,
}

#[derive(Debug, Clone, Copy)]
struct Phrase {
    fingerprint: u16,
    /// The next member with the same slot, as in the slots.
    next: u8,
    weight: u32,
}

impl<'s> Phrases<'s> {
    fn new(sample: &'s Sample, weight: impl Fn(Member) -> u32) -> Self {
        let mut slots = [0; SLOTS];
        let mut members = Vec::with_capacity(sample.members().len());
        let mut sums = Vec::with_capacity(sample.members().len() + 1);
        let mut sum = Tally::default();
        sums.push(sum);
        for (at, member) in sample.members().iter().enumerate() {
            let fingerprint = fingerprint(*member) | 1;
            let slot = &mut slots[slot(fingerprint)];
            let weight = weight(*member);
            members.push(Phrase { fingerprint, next: *slot, weight });
            // A sample has far fewer than 256 members.
            *slot = at as u8 + 1;
            sum.add(*member, weight);
            sums.push(sum);
        }
        Self { sample, members, slots, sums }
    }

    /// Level of the sample.
    pub fn level(&self) -> u8 {
        self.sample.level()
    }

    /// How many members are in the sample of this level, which is not below its own. `width`: bits of a hash.
    pub fn at_level(&self, level: u8, width: u32) -> usize {
        let members = self.sample.members();
        if level == self.level() {
            return members.len();
        }
        let bound = bound(width, level);
        members.partition_point(|member| u64::from(member.hash()) < bound)
    }

    /// All of the first so many members.
    pub fn sum(&self, members: usize) -> Tally {
        self.sums[members]
    }

    /// Which members have one of these fingerprints, a bit each.
    pub fn find(&self, fingerprints: &[u16]) -> u64 {
        let mut found = 0;
        for fingerprint in fingerprints {
            let fingerprint = fingerprint | 1;
            let mut next = self.slots[slot(fingerprint)];
            while let Some(at) = next.checked_sub(1) {
                let phrase = &self.members[usize::from(at)];
                found |= u64::from(phrase.fingerprint == fingerprint) << at;
                next = phrase.next;
            }
        }
        found
    }

    /// What these members add up to.
    pub fn tally(&self, found: u64) -> Tally {
        let mut tally = Tally::default();
        for at in bits(found) {
            tally.add(self.sample.members()[at], self.members[at].weight);
        }
        tally
    }
}

/// Its highest bits; the lowest is the flag.
fn slot(fingerprint: u16) -> usize {
    usize::from(fingerprint) / ((1 << u16::BITS) / SLOTS)
}

/// The numbers of the bits that are set, ascending.
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(at)
    })
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
        let names = bits(self.names).map(|at| SHINGLES + at);
        bits(self.shingles).chain(names).map(|at| at as u8).collect()
    }
}

/// Counts and weights, of those with the flag and of those without.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// With the flag: of shingles the specific ones, of names the numbers.
    pub specific: u32,
    /// The others.
    pub generic: u32,
    /// Weight of those with the flag.
    pub specific_weight: u32,
    /// Weight of the others.
    pub generic_weight: u32,
    /// How many stand in each part of the text, a byte for each.
    pub parts: u64,
}

impl Tally {
    fn add(&mut self, member: Member, weight: u32) {
        let (specific, generic) = (u32::from(member.flag()), u32::from(!member.flag()));
        self.specific += specific;
        self.generic += generic;
        self.specific_weight += specific * weight;
        self.generic_weight += generic * weight;
        self.parts += 1 << (u8::BITS * u32::from(member.part()));
    }

    /// With and without the flag.
    pub fn count(self) -> u32 {
        self.specific + self.generic
    }

    /// With and without the flag.
    pub fn weight(self) -> u32 {
        self.specific_weight + self.generic_weight
    }

    /// These, and with full weight all others of `all`.
    pub fn with_rest(self, all: &[u16]) -> Self {
        let flagged: u16 = all.iter().map(|kept| kept & 1).sum();
        let specific = u32::from(flagged).max(self.specific);
        let generic = (all.len() as u32 - u32::from(flagged)).max(self.generic);
        Self {
            specific,
            generic,
            specific_weight: self.specific_weight + (specific - self.specific) * FULL,
            generic_weight: self.generic_weight + (generic - self.generic) * FULL,
            parts: self.parts,
        }
    }
}

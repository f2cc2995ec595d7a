//! FracMinHash samples: of a set of hashes, those below a threshold that halves until few enough are left.
//!
//! Two samples of different levels compare at the higher one: there both hold every hash of their sets below the same
//! threshold, so the shares of one set in the other are estimated without bias, whatever the sizes of the two. MinHash, which
//! keeps a fixed number, cannot do that.
//!
//! Source: Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash" (sourmash, 2022), with
//! thresholds that are powers of two and adapt to the size of the set.

/// A hash of a set, with the part of the text in which it first stands, and one flag. Ordered by hash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member(u64);

/// Bits of a member's part.
pub const PART_BITS: u32 = 3;
/// Parts that a text is counted in.
pub const PARTS: usize = 1 << PART_BITS;

impl Member {
    /// A member in the first part.
    #[inline]
    pub const fn new(hash: u32, flag: bool) -> Self {
        Self((hash as u64) << (PART_BITS + 1) | flag as u64)
    }

    /// The same in another part, of eight.
    #[inline]
    pub const fn in_part(self, part: u8) -> Self {
        let parts = ((PARTS as u64) - 1) << 1;
        Self(self.0 & !parts | ((part as u64) << 1) & parts)
    }

    /// The hash.
    #[inline]
    pub const fn hash(self) -> u32 {
        (self.0 >> (PART_BITS + 1)) as u32
    }

    /// The part.
    #[inline]
    pub const fn part(self) -> u8 {
        (self.0 >> 1) as u8 & (PARTS as u8 - 1)
    }

    /// The flag.
    #[inline]
    pub const fn flag(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The members of a set below 2^(width - level), in ascending order, each once: with its first part, and with the flag if it
/// has it anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample {
    level: u8,
    members: Vec<Member>,
}

impl Sample {
    /// Samples `all` at the least level that leaves at most `most` members. `width`: bits of the hashes.
    pub fn of(all: &[Member], width: u32, most: usize) -> Self {
        // A level too low at first, as the number of different members is not known; sorting a few hundred is cheap.
        let mut level = 0u8;
        while all.len() >> level > most {
            level += 1;
        }
        let mut level = level.saturating_sub(1);
        let mut members = Vec::with_capacity(all.len());
        loop {
            gather(all, bound(width, level), &mut members);
            if level == 0 || members.len() > most {
                break;
            }
            // Members that stand there often: a lower level holds few enough, too, perhaps.
            level -= 1;
        }
        while members.len() > most {
            level += 1;
            let bound = bound(width, level);
            members.truncate(members.partition_point(|member| u64::from(member.hash()) < bound));
        }
        members.shrink_to_fit();
        Self { level, members }
    }

    /// A sample that was made elsewhere; None if it breaks a law of the type.
    pub fn from_parts(width: u32, level: u8, members: Vec<Member>) -> Option<Self> {
        let ascending = members.windows(2).all(|pair| pair[0].hash() < pair[1].hash());
        let within = members.last().is_none_or(|last| u64::from(last.hash()) < bound(width, level));
        (ascending && within && u32::from(level) <= width).then_some(Self { level, members })
    }

    /// How often the threshold was halved.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// All members.
    pub fn members(&self) -> &[Member] {
        &self.members
    }
}

/// First hash that is not in a sample of this level.
pub fn bound(width: u32, level: u8) -> u64 {
    1u64 << (width - u32::from(level).min(width))
}

/// The different members below a bound, in ascending order.
fn gather(all: &[Member], bound: u64, into: &mut Vec<Member>) {
    // Each is written, and some are written over: no branch, as nothing could predict it.
    into.clear();
    into.resize(all.len(), Member::default());
    let mut below = 0;
    for member in all {
        into[below] = *member;
        below += usize::from(u64::from(member.hash()) < bound);
    }
    into.truncate(below);
    into.sort_unstable();
    into.dedup_by(|later, kept| {
        let same = later.hash() == kept.hash();
        if same && later.flag() {
            *kept = Member::new(kept.hash(), true).in_part(kept.part());
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The definition.
    fn defined(all: &[Member], width: u32, most: usize) -> (u8, Vec<Member>) {
        let mut set: BTreeMap<u32, (bool, u8)> = BTreeMap::new();
        for member in all {
            let (flag, part) = set.entry(member.hash()).or_insert((false, u8::MAX));
            (*flag, *part) = (*flag | member.flag(), member.part().min(*part));
        }
        for level in 0.. {
            let below = set.iter().filter(|(hash, _)| (**hash as u64) < 1 << (width - level));
            let members: Vec<Member> =
                below.map(|(hash, (flag, part))| Member::new(*hash, *flag).in_part(*part)).collect();
            if members.len() <= most {
                return (level as u8, members);
            }
        }
        unreachable!()
    }

    proptest! {
        #[test]
        fn a_sample_is_what_is_defined(
            all in prop::collection::vec((prop_oneof![any::<u32>(), 0u32..40], any::<bool>(), 0u8..8), 0..600), most in 1usize..70,
        ) {
            let all: Vec<Member> =
                all.into_iter().map(|(hash, flag, part)| Member::new(hash, flag).in_part(part)).collect();
            let (level, members) = defined(&all, 32, most);
            let sample = Sample::of(&all, 32, most);
            prop_assert_eq!(sample.level(), level);
            prop_assert_eq!(sample.members(), &members[..]);
            prop_assert_eq!(Sample::from_parts(32, level, members), Some(sample));
        }
    }

    #[test]
    fn parts_that_are_no_sample_are_refused() {
        let members = |hashes: &[u32]| hashes.iter().map(|hash| Member::new(*hash, false)).collect();
        assert!(Sample::from_parts(24, 4, members(&[1, 2, (1 << 20) - 1])).is_some());
        assert_eq!(Sample::from_parts(24, 4, members(&[1, 1 << 20])), None, "above the threshold");
        assert_eq!(Sample::from_parts(24, 0, members(&[2, 1])), None, "out of order");
        assert_eq!(Sample::from_parts(24, 0, members(&[2, 2])), None, "twice");
        assert_eq!(Sample::from_parts(24, 25, members(&[])), None, "no such level");
    }
}

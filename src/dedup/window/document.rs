//! An entry as the window keeps it: a record of 16-bit words.
//!
//! | words | |
//! |---|---|
//! | 0 | size of the sketch, at most 65,535 |
//! | 1 | level of the shingles (5 bits) and of the names (5), cased (1) |
//! | 2 | number of shingles (8 bits) and of names (8) |
//! | 3-5 | how many shingles are in the sample 1, 2, 3, 4 and 5 levels higher (6 bits each), how many names 1, 2 and 3 (6 each) |
//! | 6-7 | 32 bits of the content hash |
//! | then | the shingles, the names: 15 bits of the hash above the flag |
//! | then | bytes: lane, source offset, finding, id |
//!
//! Fifteen bits are enough to compare two articles: of two times 48 shingles, 0.07 fall together by chance.

use std::sync::Arc;

use crate::dedup::decision::Finding;
use crate::dedup::entry::{ContentHash, Entry};
use crate::dedup::sketch::{Member, NAME_BITS, SHINGLE_BITS, Sample, bound};
use crate::dedup::wire::{put_finding, put_id, put_number, take_finding, take_id, take_number};

const HEAD: usize = 8;
const SHINGLE_STEPS: u8 = 5;
const NAME_STEPS: u8 = 3;
const COUNT_BITS: u32 = 6;
const COUNT: u64 = (1 << COUNT_BITS) - 1;
const LEVEL_BITS: u16 = 5;
const LEVEL: u16 = (1 << LEVEL_BITS) - 1;
const CASED: u16 = 1 << (2 * LEVEL_BITS);

/// A member as it is kept: the lowest 15 bits of its hash above its flag.
#[inline]
pub fn fingerprint(member: Member) -> u16 {
    ((member.hash() & 0x7fff) as u16) << 1 | u16::from(member.flag())
}

/// Writes the record of an entry into `words`. `lane` stands for topic and partition.
pub fn pack(words: &mut Vec<u16>, entry: &Entry, lane: u32, log_offset: u64, finding: &Finding) {
    let sketch = &entry.sketch;
    let (shingles, names) = (&sketch.shingles, &sketch.names);
    words.clear();
    words.push(u16::try_from(sketch.size).unwrap_or(u16::MAX));
    let cased = if sketch.cased { CASED } else { 0 };
    words.push(u16::from(shingles.level()) | u16::from(names.level()) << LEVEL_BITS | cased);
    words.push(shingles.members().len() as u16 | (names.members().len() as u16) << 8);
    let mut counts = 0u64;
    for step in (1..=NAME_STEPS).rev() {
        counts = counts << COUNT_BITS | above(names, NAME_BITS, step);
    }
    for step in (1..=SHINGLE_STEPS).rev() {
        counts = counts << COUNT_BITS | above(shingles, SHINGLE_BITS, step);
    }
    words.extend([counts as u16, (counts >> 16) as u16, (counts >> 32) as u16]);
    let content = short(entry.sketch.content);
    words.extend([content as u16, (content >> 16) as u16]);
    words.extend(shingles.members().iter().chain(names.members()).map(|member| fingerprint(*member)));
    let mut tail = Vec::with_capacity(64);
    put_number(&mut tail, lane.into());
    put_number(&mut tail, entry.position.offset as u64);
    put_finding(&mut tail, log_offset, finding);
    put_id(&mut tail, &entry.id);
    words.extend(tail.chunks(2).map(|pair| u16::from(pair[0]) | u16::from(*pair.get(1).unwrap_or(&0)) << 8));
}

/// The part of a content hash that is kept.
pub fn short(content: ContentHash) -> u32 {
    content.0 as u32
}

/// Members of a sample that would be in it `step` levels higher.
fn above(sample: &Sample, width: u32, step: u8) -> u64 {
    let bound = bound(width, sample.level() + step);
    sample.members().partition_point(|member| u64::from(member.hash()) < bound) as u64
}

/// Reads a record.
#[derive(Debug, Clone, Copy)]
pub struct Document<'w> {
    words: &'w [u16],
}

impl<'w> Document<'w> {
    /// The record that begins here.
    pub fn new(words: &'w [u16]) -> Self {
        Self { words }
    }

    /// Size of the sketch.
    pub fn size(self) -> u32 {
        self.words[0].into()
    }

    /// Whether capital letters tell names.
    pub fn cased(self) -> bool {
        self.words[1] & CASED != 0
    }

    /// Level of the shingles.
    pub fn shingle_level(self) -> u8 {
        (self.words[1] & LEVEL) as u8
    }

    /// Level of the names.
    pub fn name_level(self) -> u8 {
        (self.words[1] >> LEVEL_BITS & LEVEL) as u8
    }

    /// Fingerprints of the shingles that are in the sample of this level.
    pub fn shingles(self, level: u8) -> &'w [u16] {
        let all = usize::from(self.words[2] & 0xff);
        let count = self.count(level, self.shingle_level(), all, SHINGLE_STEPS, 0);
        &self.words[HEAD..HEAD + count]
    }

    /// Fingerprints of the names that are in the sample of this level.
    pub fn names(self, level: u8) -> &'w [u16] {
        let first = HEAD + usize::from(self.words[2] & 0xff);
        let all = usize::from(self.words[2] >> 8);
        let count =
            self.count(level, self.name_level(), all, NAME_STEPS, u32::from(SHINGLE_STEPS) * COUNT_BITS);
        &self.words[first..first + count]
    }

    /// 32 bits of the content hash.
    pub fn content(self) -> u32 {
        u32::from(self.words[6]) | u32::from(self.words[7]) << 16
    }

    /// Lane and offset of the source.
    pub fn source(self) -> (u32, i64) {
        let tail = self.tail();
        let mut rest = &tail[..];
        let lane = take_number(&mut rest).unwrap_or_default();
        (lane as u32, take_number(&mut rest).unwrap_or_default() as i64)
    }

    /// What was found, and the article's id. `log_offset`: the entry's own.
    pub fn finding(self, log_offset: u64) -> Option<(Finding, Arc<str>)> {
        let tail = self.tail();
        let mut rest = &tail[..];
        take_number(&mut rest)?;
        take_number(&mut rest)?;
        Some((take_finding(&mut rest, log_offset)?, take_id(&mut rest)?))
    }

    fn count(self, level: u8, own: u8, all: usize, steps: u8, shift: u32) -> usize {
        match level.saturating_sub(own) {
            0 => all,
            step if step <= steps => {
                let counts = u64::from(self.words[3])
                    | u64::from(self.words[4]) << 16
                    | u64::from(self.words[5]) << 32;
                (counts >> (shift + u32::from(step - 1) * COUNT_BITS) & COUNT) as usize
            }
            _ => 0,
        }
    }

    /// The bytes after the names. The record's end is not known here, so what follows it may be among them.
    fn tail(self) -> Vec<u8> {
        const MOST: usize = 1024;
        let first = HEAD + usize::from(self.words[2] & 0xff) + usize::from(self.words[2] >> 8);
        let words = &self.words[first..];
        words[..words.len().min(MOST)].iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Position;
    use crate::dedup::decision::{Cluster, CopyKind, Link, Reference, Share};
    use crate::dedup::sketch::{NAMES, SHINGLES, Sketch};
    use proptest::prelude::*;

    fn id() -> impl Strategy<Value = Arc<str>> {
        let hex = any::<u128>().prop_map(|id| format!("{id:032x}"));
        let plain = prop_oneof!["[a-z:/0-9]{1,40}", "[a-zé]{200,256}"];
        prop_oneof![hex, plain].prop_map(Into::into)
    }

    fn reference() -> impl Strategy<Value = Reference> {
        (0u64..LOG_OFFSET, id()).prop_map(|(offset, id)| Reference { offset, id })
    }

    fn finding() -> impl Strategy<Value = Finding> {
        let cluster =
            prop_oneof![Just(Cluster::Own), Just(Cluster::Of), reference().prop_map(Cluster::Other)];
        let kind = prop::sample::select(CopyKind::ALL.to_vec());
        let share = (0u32..=1000).prop_map(|part| Share::of(part, 1000));
        let link = (kind, reference(), cluster, share.clone(), share, any::<u16>()).prop_map(
            |(kind, of, cluster, covers, covered, novel_numbers)| {
                Finding::Copy(Box::new(Link { kind, of, cluster, covers, covered, novel_numbers }))
            },
        );
        prop_oneof![1 => Just(Finding::Original), 1 => Just(Finding::Template), 4 => link]
    }

    fn sample(width: u32, most: usize, all: usize) -> impl Strategy<Value = Sample> {
        let hash = any::<u32>().prop_map(move |hash| hash >> (32 - width));
        let member = (hash, any::<bool>(), 0u8..8)
            .prop_map(|(hash, flag, part)| Member::new(hash, flag).in_part(part));
        prop::collection::vec(member, 0..all).prop_map(move |all| Sample::of(&all, width, most))
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let shingles = prop_oneof![
            sample(SHINGLE_BITS, SHINGLES, 60).boxed(),
            sample(SHINGLE_BITS, SHINGLES, 3000).boxed()
        ];
        let names = prop_oneof![sample(NAME_BITS, NAMES, 40).boxed(), sample(NAME_BITS, NAMES, 400).boxed()];
        let rest = (any::<u128>(), any::<u32>(), any::<bool>(), 0i64.., id());
        (shingles, names, rest).prop_map(|(shingles, names, (content, size, cased, offset, id))| Entry {
            position: Position::new("raw", 0, offset),
            id,
            event_time: 0,
            sketch: Sketch {
                content: ContentHash(content),
                size,
                cased,
                shingles,
                names,
                places: Vec::new(),
            },
            revision: false,
            terms: None,
        })
    }

    const LOG_OFFSET: u64 = 1 << 40;

    /// The fingerprints of a sample that has been thinned to a level.
    fn thinned(sample: &Sample, width: u32, level: u8) -> Vec<u16> {
        let below = sample.members().iter().filter(|member| u64::from(member.hash()) < bound(width, level));
        below.map(|member| fingerprint(*member)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_record_is_read_as_it_was_written(entry in entry(), finding in finding(), lane in any::<u32>(), after in any::<u16>()) {
            let mut words = vec![1; 9];
            pack(&mut words, &entry, lane, LOG_OFFSET, &finding);
            // The next record.
            words.extend([after; 50]);
            let (document, sketch) = (Document::new(&words), &entry.sketch);
            prop_assert_eq!(document.size(), sketch.size.min(65_535));
            prop_assert_eq!(document.cased(), sketch.cased);
            prop_assert_eq!(document.shingle_level(), sketch.shingles.level());
            prop_assert_eq!(document.name_level(), sketch.names.level());
            prop_assert_eq!(document.content(), sketch.content.0 as u32);
            prop_assert_eq!(document.source(), (lane, entry.position.offset));
            prop_assert_eq!(document.finding(LOG_OFFSET), Some((finding, entry.id.clone())));
        }

        /// A sample of a higher level is the beginning of this one; beyond the levels that are counted, nothing is compared.
        #[test]
        fn at_a_higher_level_it_has_what_a_sample_of_that_level_has(entry in entry(), above in 0u8..9) {
            let mut words = Vec::new();
            pack(&mut words, &entry, 0, LOG_OFFSET, &Finding::Original);
            let (document, sketch) = (Document::new(&words), &entry.sketch);
            let level = sketch.shingles.level() + above;
            let expected = if above <= 5 { thinned(&sketch.shingles, SHINGLE_BITS, level) } else { Vec::new() };
            prop_assert_eq!(document.shingles(level), &expected[..]);
            let level = sketch.names.level() + above;
            let expected = if above <= 3 { thinned(&sketch.names, NAME_BITS, level) } else { Vec::new() };
            prop_assert_eq!(document.names(level), &expected[..]);
            let all = document.shingles(0).len();
            prop_assert_eq!(all, sketch.shingles.members().len(), "below its own level: all that there is");
        }
    }

    #[test]
    fn the_longest_ids_fit() {
        let id: Arc<str> = "x".repeat(crate::article::MAX_ID_BYTES).into();
        let reference = |offset| Reference { offset, id: id.clone() };
        let finding = Finding::Copy(Box::new(Link {
            kind: CopyKind::Near,
            of: reference(0),
            cluster: Cluster::Other(reference(1)),
            covers: Share::WHOLE,
            covered: Share::WHOLE,
            novel_numbers: u16::MAX,
        }));
        let entry = Entry {
            position: Position::new("raw", i32::MAX, i64::MAX),
            id: id.clone(),
            event_time: i64::MAX,
            sketch: Sketch::of("The quiet mill at Lower Tarn will close in May."),
            revision: false,
            terms: None,
        };
        let mut words = Vec::new();
        pack(&mut words, &entry, u32::MAX, u64::MAX >> 1, &finding);
        assert_eq!(Document::new(&words).finding(u64::MAX >> 1), Some((finding, id)));
    }
}

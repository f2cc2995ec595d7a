//! Bits, and sorted hashes in few of them.
//!
//! A sample: its level (1 byte), the number of its members (1), then their bits, ascending, the first bit in the lowest place
//! of the first byte, the last byte filled up with zeros. For each member:
//!
//! - the gap: its hash less the one after the hash before it (for the first one: its hash). It is written as a Rice code of
//!   `p` plain bits, `p = floor(log2(max(1, 2^(width - level) / (members + 1))))` with the division rounded down: `gap >> p`
//!   ones, a zero, and then the lowest `p` bits of the gap, the lowest first;
//! - its flag, one bit;
//! - its part, the lowest bit first: three bits for shingles, none for names.
//!
//! Hashes of a sample are spread evenly below its threshold, so the gaps between them follow a geometric distribution,
//! for which Rice codes are nearly the shortest. Source: Rice and Plaunt, "Adaptive variable-length coding" (1971).

use crate::dedup::sketch::{Member, Sample, bound};

/// Writes bits, the first one into the lowest place of the first byte.
#[derive(Debug, Default)]
struct BitWriter {
    bytes: Vec<u8>,
    used: u32,
}

impl BitWriter {
    fn bit(&mut self, bit: bool) {
        if self.used.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.used % 8);
        }
        self.used += 1;
    }

    fn bits(&mut self, value: u64, count: u32) {
        for place in 0..count {
            self.bit(value >> place & 1 == 1);
        }
    }
}

struct BitReader<'b> {
    bytes: &'b [u8],
    read: usize,
}

impl BitReader<'_> {
    fn bit(&mut self) -> Option<bool> {
        let byte = *self.bytes.get(self.read / 8)?;
        let bit = byte >> (self.read % 8) & 1 == 1;
        self.read += 1;
        Some(bit)
    }

    fn bits(&mut self, count: u32) -> Option<u64> {
        let mut value = 0;
        for place in 0..count {
            value |= u64::from(self.bit()?) << place;
        }
        Some(value)
    }
}

/// Bits of a gap that are written as they are; the rest of it is counted out.
fn plain_bits(width: u32, level: u8, members: usize) -> u32 {
    let gap = bound(width, level) / (members as u64 + 1);
    gap.max(1).ilog2()
}

/// Appends a sample: level, number of members, then the gaps, each followed by the member's flag and, in `part_bits`, its
/// part.
pub fn put_sample(out: &mut Vec<u8>, width: u32, part_bits: u32, sample: &Sample) {
    let members = sample.members();
    // A sample holds far fewer than 256 members.
    out.extend([sample.level(), members.len() as u8]);
    let plain = plain_bits(width, sample.level(), members.len());
    let mut bits = BitWriter::default();
    let mut next = 0u64;
    for member in members {
        let gap = u64::from(member.hash()) - next;
        for _ in 0..gap >> plain {
            bits.bit(true);
        }
        bits.bit(false);
        bits.bits(gap, plain);
        bits.bit(member.flag());
        bits.bits(member.part().into(), part_bits);
        next = u64::from(member.hash()) + 1;
    }
    out.extend(bits.bytes);
}

/// Reads a sample with at most `most` members; None if there is none.
pub fn take_sample(rest: &mut &[u8], width: u32, part_bits: u32, most: usize) -> Option<Sample> {
    let (&[level, count], bytes) = rest.split_first_chunk()?;
    if usize::from(count) > most || u32::from(level) > width {
        return None;
    }
    let plain = plain_bits(width, level, usize::from(count));
    let mut bits = BitReader { bytes, read: 0 };
    let mut members = Vec::with_capacity(usize::from(count));
    let mut next = 0u64;
    for _ in 0..count {
        let mut gap = 0u64;
        while bits.bit()? {
            gap += 1;
        }
        let hash = next.checked_add(gap << plain | bits.bits(plain)?)?;
        let member = Member::new(u32::try_from(hash).ok()?, bits.bit()?);
        members.push(member.in_part(bits.bits(part_bits)? as u8));
        next = hash + 1;
    }
    *rest = &bytes[bits.read.div_ceil(8)..];
    Sample::from_parts(width, level, members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(
            all in prop::collection::vec((any::<u32>(), any::<bool>(), 0u8..8), 0..300), width in 24u32..=32, most in 1usize..64,
        ) {
            let member = |(hash, flag, part): (u32, bool, u8)| {
                Member::new((u64::from(hash) % bound(width, 0)) as u32, flag).in_part(part)
            };
            let all: Vec<Member> = all.into_iter().map(member).collect();
            let sample = Sample::of(&all, width, most);
            let mut bytes = Vec::new();
            put_sample(&mut bytes, width, 3, &sample);
            bytes.push(7);
            let mut rest = &bytes[..];
            prop_assert_eq!(take_sample(&mut rest, width, 3, most), Some(sample));
            prop_assert_eq!(rest, &[7]);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), width in 24u32..=32) {
            let _ = take_sample(&mut &bytes[..], width, 3, 48);
        }
    }

    #[test]
    fn a_member_of_a_long_text_takes_less_than_four_bytes() {
        let all: Vec<Member> =
            (0u32..800).map(|n| Member::new(n.wrapping_mul(2_654_435_769), false)).collect();
        let sample = Sample::of(&all, 32, 48);
        let mut bytes = Vec::new();
        put_sample(&mut bytes, 32, 0, &sample);
        assert!(
            bytes.len() < 4 * sample.members().len(),
            "{} bytes, {}",
            bytes.len(),
            sample.members().len()
        );
    }
}

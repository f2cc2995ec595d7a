//! Hashing that nothing can change: multiply and fold, written out here, so that neither a toolchain nor a crate update
//! alters a sketch that lies in a log. Golden tests hold it.
//!
//! Of some bytes, two numbers, little-endian, are taken, and then folded with the length: of up to 3 bytes the first, the
//! middle (at half the length, rounded down) and the last one as one number of 24 bits, and 0; of up to 8 and up to 16 the
//! first and the last 4 and 8, which may overlap; of more the last 16, after blocks of 16 from the beginning, as long as
//! any byte is left behind them, were folded into a seed for the first number.
//!
//! Source: the folded multiplication of wyhash (Wang Yi, public domain), with our own constants and layout. It spreads
//! well and is quick on words; it is no defence against somebody who looks for collisions.

use std::hint::select_unpredictable;

const K: [u64; 4] =
    [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];

/// The two halves of a 128-bit product, folded into one.
#[inline]
pub fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Spreads a value over all 64 bits.
#[inline]
pub fn mix(value: u64) -> u64 {
    fold(value ^ K[0], K[1])
}

/// What [`bytes`] gives for one to eight bytes, which come as a number, the first one lowest: without a branch, as nothing
/// could predict the length of a word.
#[inline]
pub fn short(head: u64, length: usize) -> u64 {
    let from = |place: usize| head >> (8 * place);
    let three = head & 0xff | (from(length / 2) & 0xff) << 8 | (from(length - 1) & 0xff) << 16;
    let few = length < 4;
    let a = select_unpredictable(few, three, head & 0xffff_ffff);
    let b = select_unpredictable(few, 0, from(length.max(4) - 4) & 0xffff_ffff);
    finish(a, b, length)
}

/// Hash of some bytes, such as one word.
pub fn bytes(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    let (a, b) = match length {
        0 => (0, 0),
        // First, middle and last: with the length, all that there is.
        1..=3 => {
            let middle = u64::from(bytes[length / 2]) << 8;
            (u64::from(bytes[0]) | middle | u64::from(bytes[length - 1]) << 16, 0)
        }
        4..=8 => (u64::from(four(bytes, 0)), u64::from(four(bytes, length - 4))),
        9..=16 => (eight(bytes, 0), eight(bytes, length - 8)),
        _ => {
            let mut seed = K[2];
            let mut at = 0;
            while at + 16 < length {
                seed = fold(eight(bytes, at) ^ K[1] ^ seed, eight(bytes, at + 8) ^ K[3]);
                at += 16;
            }
            (eight(bytes, length - 16) ^ seed, eight(bytes, length - 8))
        }
    };
    finish(a, b, length)
}

#[inline]
fn finish(a: u64, b: u64, length: usize) -> u64 {
    fold(fold(a ^ K[0], b ^ K[1] ^ length as u64) ^ K[2], K[3])
}

#[inline]
fn four(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |chunk| u32::from_le_bytes(*chunk))
}

#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

/// Hash of a sequence of hashes, 128 bits, in order. The first chain is the upper half.
#[derive(Debug, Clone)]
pub struct Sequence {
    a: u64,
    b: u64,
    length: u64,
}

impl Sequence {
    /// An empty sequence.
    pub fn new() -> Self {
        Self { a: K[2], b: K[3], length: 0 }
    }

    /// The next hash.
    #[inline]
    pub fn push(&mut self, hash: u64) {
        // Two chains that differ in all constants; what collides in one does not in the other.
        self.a = fold(self.a ^ hash, K[0]);
        self.b = fold(self.b.rotate_left(23) ^ hash, K[1]);
        self.length += 1;
    }

    /// The hash of all that was pushed.
    pub fn finish(&self) -> u128 {
        let a = fold(self.a ^ self.length, K[1] ^ self.b);
        let b = fold(self.b ^ K[0], self.a.wrapping_add(K[2]) ^ self.length);
        u128::from(a) << 64 | u128::from(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Golden: sketches of these hashes lie in logs. The values are those of another program:
    /// `python3 tests/golden/sketch.py --hashes`.
    #[test]
    fn golden_hashes() {
        for (text, hash) in GOLDEN {
            assert_eq!(format!("{:016x}", bytes(text.as_bytes())), *hash, "{text:?}");
        }
        let mut sequence = Sequence::new();
        assert_eq!(format!("{:032x}", sequence.finish()), SEQUENCES[0]);
        for (number, expected) in SEQUENCES.iter().enumerate().skip(1) {
            sequence.push(number as u64);
            assert_eq!(format!("{:032x}", sequence.finish()), *expected);
        }
    }

    const GOLDEN: &[(&str, &str)] = &[
        ("", "2afa3043c0fbb4d2"),
        ("a", "0bb077d5733479b9"),
        ("ab", "76566a29a69e9b0a"),
        ("abc", "2f298f9ae8c75dad"),
        ("flood", "cdf1cbe8b50c2491"),
        ("3.5", "2b336c922de50f72"),
        ("2024", "1ff1c8a4f170f872"),
        ("eightlet", "8a60148871b7dcc3"),
        ("nineteenx", "b2805e7a63287344"),
        ("sixteenletters16", "db5968e3416b22e5"),
        ("seventeenletters7", "7e38625fe4b1b709"),
        ("twenty-four-letters-long", "11490202865775c1"),
        ("thirty-two-letters-are-two-block", "d4dc96d627f0f20e"),
        ("thirty-three-letters-are-one-more", "30cc5b182f0f5f04"),
        ("a-word-that-is-far-longer-than-all-words-of-all-texts-that-were-ever-written", "14362eb4ce77302d"),
        ("überschwemmung", "371cfc1f815cbb1e"),
        ("москва", "2eba0f57bdc99914"),
        ("東京", "e59254fc52d3ae5c"),
    ];

    /// Of nothing, of 1, of 1 and 2, and so on.
    const SEQUENCES: &[&str] = &[
        "7a00e3a3e49feaebbd5a7ec10cbbe376",
        "2ce251ba78876a913d1cddbd9b11ca8f",
        "13a222c5a4b02b46397c76887d128d7a",
        "a769383f700eb4e4f41cf326c9cd42f2",
        "55450ea3bcb930bc0f106e663a630738",
    ];

    #[test]
    fn a_short_word_has_one_hash_however_it_comes() {
        for length in 1..=8 {
            let text = &b"q1zx8mvb"[..length];
            let head = text.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte));
            assert_eq!(short(head, length), bytes(text), "{length} bytes");
        }
    }

    #[test]
    fn every_byte_and_the_length_count() {
        let text = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ";
        let mut seen = BTreeSet::new();
        for length in 0..=text.len() {
            assert!(seen.insert(bytes(&text.as_bytes()[..length])), "length {length}");
            for at in 0..length {
                let mut other = text.as_bytes()[..length].to_vec();
                other[at] ^= 0x80;
                assert!(seen.insert(bytes(&other)), "length {length}, byte {at}");
            }
        }
    }

    #[test]
    fn order_and_number_count_in_a_sequence() {
        let hash = |hashes: &[u64]| {
            let mut sequence = Sequence::new();
            hashes.iter().for_each(|hash| sequence.push(*hash));
            sequence.finish()
        };
        let all = [
            hash(&[]),
            hash(&[0]),
            hash(&[0, 0]),
            hash(&[1, 2]),
            hash(&[2, 1]),
            hash(&[1]),
            hash(&[1, 2, 0]),
        ];
        assert_eq!(BTreeSet::from(all).len(), all.len());
    }
}

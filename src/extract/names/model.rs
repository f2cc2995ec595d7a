//! The tagger's weights, as one table of hashes that is used where it lies in the binary.
//!
//! A row holds fourteen weights of one feature, one for each label, in eight bits each with a scale in common, and
//! fourteen bits of the feature's hash: sixteen bytes, four rows to a cache line. A feature without a row has no
//! weight; one in some ten thousand is taken for another's.

use std::fmt;

use super::labels::{LABELS, Label};

/// Bytes of a row.
const ROW: usize = 16;
/// What a file of weights begins with; the last byte is the format's version.
const MAGIC: [u8; 8] = *b"cdnames\x01";
/// Bytes of the version's name in the head.
const NAME: usize = 40;

/// Scores of one word, by label; the last two are nothing.
pub type Scores = [i32; ROW];

/// The weights.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    name: &'a str,
    transitions: &'a [[u8; 2]],
    /// A bit for each feature that may have a row; most features of a text have none, and are told so by a table that
    /// stays in a core's own cache.
    sieve: &'a [[u8; 8]],
    rows: &'a [[u8; ROW]],
}

impl fmt::Debug for Model<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("name", &self.name).field("rows", &self.rows.len()).finish()
    }
}

impl<'a> Model<'a> {
    /// The weights in the bytes that [`write`] made; nothing if they are not such bytes.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (name, rest) = rest.split_at_checked(NAME)?;
        let (transitions, rest) = rest.split_at_checked(2 * LABELS * LABELS)?;
        let (head, rest) = rest.split_first_chunk::<8>()?;
        let (sieve, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*head)).ok()?)?;
        let (sieve, odd) = sieve.as_chunks::<8>();
        let (rows, rest) = rest.as_chunks::<ROW>();
        if !odd.is_empty() || !sieve.len().is_power_of_two() || !rest.is_empty() || rows.len() < 2 {
            return None;
        }
        let name = std::str::from_utf8(name).ok()?.trim_end_matches('\0');
        Some(Self { name, transitions: transitions.as_chunks::<2>().0, sieve, rows })
    }

    /// What the weights call themselves.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The weight of one label behind another; nothing if it may not stand there.
    pub fn transition(&self, from: Label, to: Label) -> Option<i32> {
        let bytes = self.transitions[from.number() * LABELS + to.number()];
        from.allows(to).then(|| i32::from(i16::from_le_bytes(bytes)))
    }

    /// Whether a feature may have a row.
    #[inline]
    fn passes(&self, feature: u64) -> bool {
        let bit = sieve_bit(feature, self.sieve.len());
        u64::from_le_bytes(self.sieve[bit / 64 & (self.sieve.len() - 1)]) >> (bit % 64) & 1 != 0
    }

    /// The sums of the weights of some features, which it sifts on the way.
    #[inline]
    pub fn scores(&self, features: &mut Vec<u64>) -> Scores {
        features.retain(|&feature| self.passes(feature));
        let mut sums = [0i32; ROW];
        for &feature in features.iter() {
            if let Some(row) = self.row(feature) {
                let shift = 2 * (row[LABELS] & 3);
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(weight as i8) << shift;
                }
            }
        }
        sums[LABELS..].fill(0);
        sums
    }

    #[inline]
    fn row(&self, feature: u64) -> Option<&[u8; ROW]> {
        let mark = mark(feature);
        let mut at = slot(feature, self.rows.len());
        loop {
            let row = &self.rows[at];
            let found = u16::from_le_bytes([row[LABELS], row[LABELS + 1]]);
            if (found ^ mark) & !3 == 0 {
                return Some(row);
            }
            if found == 0 {
                return None;
            }
            at += 1;
            if at == self.rows.len() {
                at = 0;
            }
        }
    }
}

/// The bits of a feature that its row keeps; never zero. The last two are left for the scale.
fn mark(feature: u64) -> u16 {
    (feature as u16 | 4) & !3
}

/// Where a feature's row is looked for first: its high bits, scaled to the number of rows.
fn slot(feature: u64, rows: usize) -> usize {
    ((u128::from(feature.wrapping_mul(0xD6E8_FEB8_6659_FD93)) * rows as u128) >> 64) as usize
}

/// The bit of a sieve of so many words that stands for a feature.
fn sieve_bit(feature: u64, words: usize) -> usize {
    (feature >> 20) as usize & (64 * words - 1)
}

/// The largest weight that a row can hold.
pub const LARGEST: i32 = 127 << 6;

/// Writes weights as a file: `transitions[from][to]` and the rows of features, as integers of at most [`LARGEST`];
/// the smaller weights of a row lose what its largest one does not leave room for. The same input gives the same
/// bytes.
pub fn write(
    name: &str,
    transitions: &[[i16; LABELS]; LABELS],
    features: &std::collections::BTreeMap<u64, [i32; LABELS]>,
) -> Vec<u8> {
    // One row in six stays empty: the sieve keeps away most searches that find nothing.
    let size = features.len() * 6 / 5 + 2;
    let mut sieve = vec![0u64; (features.len() / 8).next_power_of_two()];
    let words = sieve.len();
    for &feature in features.keys() {
        let bit = sieve_bit(feature, words);
        sieve[bit / 64] |= 1 << (bit % 64);
    }
    let mut rows = vec![[0u8; ROW]; size];
    for (&feature, weights) in features {
        let mut at = slot(feature, size);
        while rows[at][LABELS..] != [0, 0] {
            at = (at + 1) % size;
        }
        let largest = weights.iter().map(|weight| weight.abs()).max().unwrap_or(0);
        let scale = (0..3).find(|scale| largest <= 127 << (2 * scale)).unwrap_or(3);
        for (to, weight) in rows[at].iter_mut().zip(weights) {
            let unit = f64::from(1 << (2 * scale));
            *to = (f64::from(*weight) / unit).round().clamp(-127.0, 127.0) as i8 as u8;
        }
        rows[at][LABELS..].copy_from_slice(&(mark(feature) | scale as u16).to_le_bytes());
    }
    let mut bytes = MAGIC.to_vec();
    let mut head = [0; NAME];
    let length = name.len().min(NAME);
    head[..length].copy_from_slice(&name.as_bytes()[..length]);
    bytes.extend(head);
    bytes.extend(transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
    bytes.extend((8 * sieve.len() as u64).to_le_bytes());
    bytes.extend(sieve.iter().flat_map(|word| word.to_le_bytes()));
    bytes.extend(rows.iter().flatten());
    bytes
}

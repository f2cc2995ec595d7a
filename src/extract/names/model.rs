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
/// Rows behind those that searches begin at, for the searches that begin at the last of these; the last stays empty.
const SPARE: usize = 256;
/// Bytes of the version's name in the head.
const NAME: usize = 40;

/// Scores of one word, by label; the last two are nothing.
pub type Scores = [i32; ROW];

/// The weights.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    name: &'a str,
    transitions: &'a [[u8; 2]],
    rows: &'a [[u8; ROW]],
}

impl fmt::Debug for Model<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("name", &self.name).field("rows", &self.rows.len()).finish()
    }
}

impl<'a> Model<'a> {
    /// The weights in the bytes that [`write()`] made; nothing if they are not such bytes.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (name, rest) = rest.split_at_checked(NAME)?;
        let (transitions, rest) = rest.split_at_checked(2 * LABELS * LABELS)?;
        let (count, rest) = rest.split_first_chunk::<8>()?;
        let (rows, rest) = rest.as_chunks::<ROW>();
        // The last row is empty, so that every search ends.
        let ends = rows.last().is_some_and(|row| row[LABELS..] == [0, 0]);
        if !rest.is_empty() || u64::from_le_bytes(*count) != rows.len() as u64 || rows.len() <= SPARE || !ends
        {
            return None;
        }
        let name = std::str::from_utf8(name).ok()?.trim_end_matches('\0');
        Some(Self { name, transitions: transitions.as_chunks::<2>().0, rows })
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

    /// The sums of the weights of some features. They stop at what sixteen bits hold, far above what decides.
    #[inline]
    pub fn scores(&self, features: &[u64]) -> Scores {
        let mut sums = [0i16; ROW];
        for &feature in features {
            if let Some(row) = self.row(feature) {
                let shift = 2 * (row[LABELS] & 3);
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum = sum.saturating_add(i16::from(weight as i8) << shift);
                }
            }
        }
        sums[LABELS..].fill(0);
        sums.map(i32::from)
    }

    #[inline]
    fn row(&self, feature: u64) -> Option<&[u8; ROW]> {
        let mark = mark(feature);
        for row in &self.rows[slot(feature, self.rows.len())..] {
            let found = u16::from_le_bytes([row[LABELS], row[LABELS + 1]]);
            if (found ^ mark) & !3 == 0 {
                return Some(row);
            }
            if found == 0 {
                break;
            }
        }
        None
    }
}

/// The bits of a feature that its row keeps; never zero. The last two are left for the scale.
fn mark(feature: u64) -> u16 {
    (feature as u16 | 4) & !3
}

/// Where a feature's row is looked for first: its high bits, scaled to the number of rows.
fn slot(feature: u64, rows: usize) -> usize {
    let room = (rows - SPARE) as u128;
    ((u128::from(feature.wrapping_mul(0xD6E8_FEB8_6659_FD93)) * room) >> 64) as usize
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
    // Half of the rows stay empty, so that most searches end at once.
    let size = features.len() * 2 + 1 + SPARE;
    let mut rows = vec![[0u8; ROW]; size];
    for (&feature, weights) in features {
        let mut at = slot(feature, size);
        while rows[at][LABELS..] != [0, 0] {
            at += 1;
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
    bytes.extend((rows.len() as u64).to_le_bytes());
    bytes.extend(rows.iter().flatten());
    bytes
}

//! The fingerprint of an article: a pure, versioned function of the repaired text.
//!
//! | part | of what | for what |
//! |---|---|---|
//! | content hash | all normalised words in order | exact copies |
//! | shingles | runs of [`SHINGLE`] words, sampled | how much of one text is in another |
//! | names | numbers and capitalised words, sampled | rewritten and misread copies keep them, bulletins of one form do not |
//! | places | the least shingles of the lead, and of each part of the text | briefs and quotations are one piece of a story |
//!
//! A shingle is *specific* if it holds a number or a name: what two bulletins of one form share is not specific, and what
//! two copies of a story share is. Source: the project's study of duplicates, section 4.1.

mod sample;
mod words;

pub use sample::{Member, PART_BITS, PARTS, Sample, bound};
pub(super) use words::Words;

use super::entry::ContentHash;

/// Number of the algorithm: normalisation, hashes, samples, and what is decided from them. It changes whenever any of
/// them does, since entries of two algorithms cannot be compared.
pub const ALGORITHM: u8 = 2;

/// Words in a shingle.
pub const SHINGLE: usize = 4;
/// Most shingles in a sample.
pub const SHINGLES: usize = 48;
/// Bits of a shingle's hash.
pub const SHINGLE_BITS: u32 = 32;
/// Most numbers and names in a sample.
pub const NAMES: usize = 32;
/// Bits of a name's hash.
pub const NAME_BITS: u32 = 24;
/// So many of the least shingles of a text are its keys in the index.
pub const KEYS: usize = 4;
/// So many of the least shingles of the lead are keys besides, and one of each part.
const LEAD_KEYS: usize = 2;
/// Most keys of places.
pub const PLACE_KEYS: usize = LEAD_KEYS + PARTS;
/// The lead, in shingles.
const LEAD: usize = 60;

/// The fingerprint of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of the normalised words.
    pub content: ContentHash,
    /// How many different shingles the text has, estimated from the sample where they are many.
    pub size: u32,
    /// Whether capital letters tell names in this text: not so in one that is all upper or all lower case, nor in scripts
    /// without case.
    pub cased: bool,
    /// Sampled shingles; the flag says that one is specific.
    pub shingles: Sample,
    /// Sampled numbers and names; the flag says that it is a number.
    pub names: Sample,
    /// Keys of the lead and of the parts, of those that are no keys of the whole text.
    pub places: Vec<u32>,
}

impl Sketch {
    /// The sketch of a repaired text. Takes time linear in its length.
    pub fn of(text: &str) -> Self {
        let words = Words::of(text);
        let all = words.shingles();
        let shingles = Sample::of(&all, SHINGLE_BITS, SHINGLES);
        Self {
            content: words.content(),
            size: size(all.len(), &shingles),
            cased: words.cased(),
            places: places(&all, &shingles),
            shingles,
            names: Sample::of(&words.names(), NAME_BITS, NAMES),
        }
    }

    /// Hashes under which the article is found: those of the text, and those of its places.
    pub fn keys(&self) -> impl Iterator<Item = u32> {
        let text = self.shingles.members().iter().take(KEYS).map(|member| member.hash());
        text.chain(self.places.iter().copied())
    }
}

/// Different shingles: all are in a sample of level 0; else the sample tells, but no more than there are.
fn size(occurrences: usize, sample: &Sample) -> u32 {
    let estimate = (sample.members().len() as u64) << sample.level();
    u32::try_from(estimate.min(occurrences as u64)).unwrap_or(u32::MAX)
}

/// `all`: every shingle, in the order of the text.
fn places(all: &[Member], shingles: &Sample) -> Vec<u32> {
    let mut keys = Vec::with_capacity(KEYS + PLACE_KEYS);
    keys.extend(shingles.members().iter().take(KEYS).map(|member| member.hash()));
    let text = keys.len();
    for _ in 0..LEAD_KEYS {
        keys.extend(least_other(&all[..all.len().min(LEAD)], &keys));
    }
    for part in all.chunk_by(|a, b| a.part() == b.part()) {
        let least = part.iter().map(|member| member.hash()).min();
        keys.extend(least.filter(|hash| !keys.contains(hash)));
    }
    keys.split_off(text)
}

/// The least hash that is no key yet. Keys are among the least, so a few rounds are quicker than to look every hash up.
fn least_other(members: &[Member], keys: &[u32]) -> Option<u32> {
    let mut from = 0;
    loop {
        let rest = members.iter().map(|member| u64::from(member.hash())).filter(|hash| *hash >= from);
        let least = rest.min()?;
        if !keys.contains(&(least as u32)) {
            return Some(least as u32);
        }
        from = least + 1;
    }
}

/// Hash of the normalised words of a text: case, punctuation, spacing and entities do not count. 128 bits.
///
/// A text without a single word (only emoji, say) is hashed as it is, so that such texts are not all the same.
pub fn content_hash(text: &str) -> ContentHash {
    Words::of(text).content()
}

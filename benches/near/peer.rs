//! gaoya 0.2 as its documentation uses it: lower case, its own tokens, 32-bit MinHash, an index of 25 bands of 5 rows,
//! threshold 0.6 (the best of its settings on the bed by precision; 5-word shingles).
//!
//! Where it offers a choice, it gets what is best for it here: shingles are hashed as slices of tokens, without making
//! strings, and ids are kept in the container that its documentation names for indexes without removals. It has no
//! window: it keeps everything. A window made around it would have to remove what is too old, for which its
//! documentation names the other container, its default: [`new_removable`], for the memory that takes.

use gaoya::minhash::{
    HashSetContainer, IdContainer, MinHashIndex, MinHasher, MinHasher32, SmallVecContainer,
};
use gaoya::text::whitespace_split;

const BANDS: usize = 25;
const ROWS: usize = 5;
const THRESHOLD: f64 = 0.6;
const WORDS: usize = 5;

/// The hasher and the index.
pub struct Gaoya<H, C: IdContainer<u32>> {
    hasher: H,
    index: MinHashIndex<u32, u32, C>,
}

/// An empty index that is fastest and smallest.
pub fn new() -> Gaoya<impl MinHasher<V = u32>, SmallVecContainer<u32, 2>> {
    with_container()
}

/// An empty index that articles can be removed from fast.
pub fn new_removable() -> Gaoya<impl MinHasher<V = u32>, HashSetContainer<u32>> {
    with_container()
}

fn with_container<C: IdContainer<u32>>() -> Gaoya<impl MinHasher<V = u32>, C> {
    Gaoya { hasher: MinHasher32::new(BANDS * ROWS), index: MinHashIndex::new_index(BANDS, ROWS, THRESHOLD) }
}

impl<H: MinHasher<V = u32>, C: IdContainer<u32>> Gaoya<H, C> {
    /// The most similar earlier article and its similarity, then takes this one in. Among equally similar ones the
    /// earliest, so that the answer does not hang on the order of a hash set.
    pub fn decide(&mut self, number: usize, text: &str) -> Option<(usize, f64)> {
        let signature = self.signature(text);
        let best = self
            .index
            .query_owned_return_similarity(&signature)
            .into_iter()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        // An index of 4 billion articles would not fit anyway.
        self.index.insert(number as u32, signature);
        best.map(|(of, similarity)| (of as usize, similarity))
    }

    fn signature(&self, text: &str) -> Vec<u32> {
        let lower = text.to_lowercase();
        let tokens: Vec<&str> = whitespace_split(&lower).collect();
        // A shorter text is one shingle.
        self.hasher.create_signature(tokens.windows(WORDS.min(tokens.len()).max(1)))
    }
}

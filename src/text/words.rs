//! A small fixed table from words to values, for lists that are asked about once per sentence or per word.
//!
//! A word of up to 16 bytes is packed into one integer, so a look-up is a multiplication and, nearly always, one
//! comparison. The layout depends on the words alone, never on a random state.

/// The longest word a table can hold, in bytes.
const LONGEST: usize = 16;

/// A map from lower-case words of at most 16 bytes to values.
#[derive(Debug)]
pub(crate) struct WordTable<V> {
    slots: Vec<(u128, V)>,
    mask: usize,
}

impl<V: Copy + Default> WordTable<V> {
    /// Builds the table. A word given twice keeps what `merge` makes of its values; a word that is empty or too
    /// long is left out, since nothing can ask for it.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = (&'w str, V)>, merge: impl Fn(V, V) -> V) -> Self {
        let words: Vec<(u128, V)> =
            words.into_iter().filter_map(|(word, value)| Some((key(word.as_bytes())?, value))).collect();
        // At most a quarter full: then a look-up that finds nothing mostly ends at its first slot.
        let size = (words.len() * 4).next_power_of_two().max(4);
        let mut table = Self { slots: vec![(0, V::default()); size], mask: size - 1 };
        for (key, value) in words {
            let slot = table.slot(key);
            let old = table.slots[slot];
            table.slots[slot] = (key, if old.0 == key { merge(old.1, value) } else { value });
        }
        table
    }

    /// The value of a word, with ASCII capitals read as small letters.
    pub(crate) fn get(&self, word: &[u8]) -> Option<V> {
        let key = key(word)?;
        let (found, value) = self.slots[self.slot(key)];
        (found == key).then_some(value)
    }

    /// The slot that holds `key`, or the free one where it belongs.
    fn slot(&self, key: u128) -> usize {
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        let mut slot = (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & self.mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & self.mask;
        }
        slot
    }
}

/// A word as an integer that is never 0.
fn key(word: &[u8]) -> Option<u128> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let mut bytes = [0; LONGEST];
    for (to, from) in bytes.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    match u128::from_le_bytes(bytes) {
        0 => None,
        key => Some(key),
    }
}

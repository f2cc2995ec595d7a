//! `data/nations.txt`, and a hash table of its names.

use std::sync::LazyLock;

use super::super::folded::{fold_into, key_hash};
use super::Country;

const TEXT: &str = include_str!("../../../data/nations.txt");

/// Slots of the table: a power of two, about three times the names in it.
const SLOTS: usize = 1 << 13;
/// A longer name is no country's, in bytes.
const LONGEST: usize = 80;

/// Which sort of name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Names of countries.
    Countries,
    /// Words of nationality.
    Demonyms,
}

/// One country.
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) geonames_id: u32,
}

struct Entry {
    key: String,
    names: Names,
    country: Option<Country>,
    /// Whether it is right in capitals alone.
    capitals: bool,
}

/// The list, read.
pub(super) struct List {
    rows: Vec<Row>,
    entries: Vec<Entry>,
    /// For each slot, one more than the number of an entry; 0 is free.
    slots: Vec<u16>,
    /// For each three letters, whether a word of nationality starts with them.
    beginnings: Vec<bool>,
}

/// The number of the first three letters of a word, if they are ASCII.
fn beginning(word: &str) -> Option<usize> {
    word.as_bytes().get(..3)?.iter().try_fold(0, |all, byte| {
        byte.is_ascii_alphabetic().then(|| all * 26 + usize::from(byte.to_ascii_lowercase() - b'a'))
    })
}

static LIST: LazyLock<List> = LazyLock::new(List::read);

impl List {
    /// The list that ships.
    pub(super) fn get() -> &'static Self {
        &LIST
    }

    /// How many countries there are.
    pub(super) fn len(&self) -> u16 {
        self.rows.len() as u16
    }

    pub(super) fn row(&self, index: u16) -> &Row {
        &self.rows[usize::from(index)]
    }

    /// The row of a code; rows are sorted by it.
    pub(super) fn by_code(&self, code: &str) -> Option<u16> {
        let at = self.rows.binary_search_by(|row| row.code.cmp(code)).ok()?;
        u16::try_from(at).ok()
    }

    /// Whether a word of nationality may start with `word`: a quick no for most words.
    pub(super) fn may_begin_demonym(&self, word: &str) -> bool {
        beginning(word).is_none_or(|beginning| self.beginnings[beginning])
    }

    /// The entry for `words`; within it, `None` where the words stand for no one country.
    pub(super) fn find(&self, names: Names, words: &str) -> Option<Option<Country>> {
        let words = words.trim();
        let words = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        if words.len() > LONGEST || !words.starts_with(char::is_uppercase) {
            return None;
        }
        let capitals = !words.chars().any(char::is_lowercase);
        let mut key = String::with_capacity(words.len() + 8);
        fold_into(words, &mut key);
        if let Some(found) = self.entry(names, &key, capitals) {
            return Some(found);
        }
        if names == Names::Countries || !key.ends_with('s') {
            return None;
        }
        key.pop();
        self.entry(names, &key, capitals)
    }

    fn entry(&self, names: Names, key: &str, capitals: bool) -> Option<Option<Country>> {
        let mut slot = key_hash(key) as usize % SLOTS;
        loop {
            let index = usize::from(self.slots[slot].checked_sub(1)?);
            let entry = &self.entries[index];
            if entry.names == names && entry.key == key && (capitals || !entry.capitals) {
                return Some(entry.country);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// Reads the text that ships; a line that is not in order is left out, and a test finds it.
    fn read() -> Self {
        let mut list = Self {
            rows: Vec::new(),
            entries: Vec::new(),
            slots: vec![0; SLOTS],
            beginnings: vec![false; 26 * 26 * 26],
        };
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            list.read_line(line);
        }
        list
    }

    fn read_line(&mut self, line: &'static str) -> Option<()> {
        let mut parts = line.split('|');
        let mut head = parts.next()?.trim().splitn(5, ' ');
        let code = head.next()?;
        let country = if code == "-" {
            None
        } else {
            let geonames_id = head.next()?.parse().ok()?;
            let latitude = head.next()?.parse().ok()?;
            let longitude = head.next()?.parse().ok()?;
            let name = head.next()?;
            let country = Country(u16::try_from(self.rows.len()).ok()?);
            self.rows.push(Row { code, name, latitude, longitude, geonames_id });
            self.add(Names::Countries, name, Some(country));
            Some(country)
        };
        for (names, part) in [Names::Countries, Names::Demonyms].into_iter().zip(parts) {
            for name in part.split(';').map(str::trim).filter(|name| !name.is_empty()) {
                self.add(names, name, country);
            }
        }
        Some(())
    }

    /// Adds a name; the first of two entries alike is found.
    fn add(&mut self, names: Names, name: &str, country: Option<Country>) {
        let mut key = String::new();
        fold_into(name, &mut key);
        if let (Names::Demonyms, Some(beginning)) = (names, beginning(&key)) {
            self.beginnings[beginning] = true;
        }
        let capitals = !name.chars().any(char::is_lowercase);
        let mut slot = key_hash(&key) as usize % SLOTS;
        // One slot stays free, so that looking for a name ends.
        if self.entries.len() + 1 >= SLOTS {
            return;
        }
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.entries.push(Entry { key, names, country, capitals });
        self.slots[slot] = self.entries.len() as u16;
    }

    /// How many lines were read, and of how many.
    #[cfg(test)]
    pub(super) fn count(&self) -> (usize, usize) {
        (self.rows.len(), TEXT.lines().filter(|line| !line.starts_with(['#', '-'])).count())
    }

    /// Names of countries that stand in two rows.
    #[cfg(test)]
    pub(super) fn doubles(&self) -> Vec<&str> {
        let mut keys: Vec<_> =
            self.entries.iter().map(|entry| (entry.names as u8, &entry.key, entry.country)).collect();
        keys.sort();
        keys.dedup();
        keys.windows(2)
            .filter(|two| (two[0].0, two[0].1) == (two[1].0, two[1].1))
            .map(|two| two[0].1.as_str())
            .collect()
    }
}

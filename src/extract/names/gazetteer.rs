//! Lists of names and of telling words, as one table of hashes that is searched where it lies in the binary.
//!
//! A name is a sequence of words; the table holds the hash of each whole name and of each beginning of one, so that
//! the longest name at a word is found by walking on while a beginning is known. `examples/train_names` builds it.
//!
//! Source of the idea: gazetteer features of Ratinov and Roth, "Design challenges and misconceptions in named entity
//! recognition" (2009).

use std::collections::BTreeMap;
use std::fmt;

use super::words::{Word, exact_hash, lower_hash, mix};

/// A list of names of one or more words, matched with their capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum NameList {
    /// Countries.
    Country,
    /// Nationalities and peoples.
    Demonym,
    /// Cities of 200,000 or more.
    BigCity,
    /// Smaller places.
    SmallCity,
    /// Other names of cities.
    OtherCity,
    /// Regions, seas, rivers, mountains.
    Region,
    /// States, provinces, counties.
    Division,
    /// Companies.
    Company,
    /// Universities and schools.
    University,
    /// Parties, bodies of states and of several states, armed groups, clubs.
    Body,
    /// Newspapers, broadcasters, agencies, networks.
    Media,
    /// People known by their full names.
    Person,
    /// Events, works, products, laws: names of nothing that is looked for.
    Other,
}

impl NameList {
    /// Every list.
    pub const ALL: [Self; 13] = [
        Self::Country,
        Self::Demonym,
        Self::BigCity,
        Self::SmallCity,
        Self::OtherCity,
        Self::Region,
        Self::Division,
        Self::Company,
        Self::University,
        Self::Body,
        Self::Media,
        Self::Person,
        Self::Other,
    ];
}

/// A list of single words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum WordList {
    /// First names, with a capital.
    FirstName,
    /// Family names, with a capital.
    Surname,
    /// Heads of names of organisations: "Ministry", "Inc".
    OrganizationHead,
    /// Titles and offices.
    Title,
    /// Heads of names of places: "River", "Province".
    PlaceHead,
    /// Verbs of saying.
    Saying,
    /// Months and days.
    Calendar,
    /// Words that are common in small letters.
    Common,
}

impl WordList {
    /// Every list.
    pub const ALL: [Self; 8] = [
        Self::FirstName,
        Self::Surname,
        Self::OrganizationHead,
        Self::Title,
        Self::PlaceHead,
        Self::Saying,
        Self::Calendar,
        Self::Common,
    ];

    /// Whether it is matched with capitals as they are; the others are matched without.
    pub const fn has_case(self) -> bool {
        matches!(self, Self::FirstName | Self::Surname)
    }
}

/// Where a word stands in a listed name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Place {
    Only = 1,
    First = 2,
    Inner = 3,
    Last = 4,
}

/// What the lists say about a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lists {
    /// Four bits for each [`NameList`]: 0, or the [`Place`].
    names: u64,
    /// A bit for each [`WordList`].
    words: u8,
}

impl Lists {
    /// Whether any list of names knows it.
    pub fn in_names(self) -> bool {
        self.names != 0
    }

    /// Whether a name of this list covers it.
    pub fn in_name(self, list: NameList) -> bool {
        self.names >> (4 * list as u8) & 15 != 0
    }

    /// Whether a list of words has it.
    pub fn has(self, list: WordList) -> bool {
        self.words >> list as u8 & 1 != 0
    }

    /// Each list of names that covers it, as a number that also says where the word stands in the name.
    #[inline]
    pub fn places(self) -> impl Iterator<Item = u64> {
        let mut rest = self.names;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let list = u64::from(rest.trailing_zeros() / 4);
            let place = rest >> (4 * list) & 15;
            rest &= !(15 << (4 * list));
            Some(list * 16 + place)
        })
    }

    /// The bits of the word lists.
    pub fn word_bits(self) -> u64 {
        u64::from(self.words)
    }

    /// Which lists cover it, places left out, as one number.
    pub fn code(self) -> u64 {
        let any = (self.names | self.names >> 1 | self.names >> 2) & 0x1111_1111_1111_1111;
        mix(any, u64::from(self.words))
    }

    fn cover(&mut self, lists: u32, place: Place) {
        let mut rest = lists;
        while rest != 0 {
            let list = rest.trailing_zeros();
            self.names |= (place as u64) << (4 * list);
            rest &= rest - 1;
        }
    }
}

/// A slot: the low bits say which lists, the high bits are those of the hash. Zero is empty.
const VALUE_BITS: u32 = 20;
const BEGINNING: u64 = 1 << (VALUE_BITS - 1);
const VALUE: u64 = (1 << VALUE_BITS) - 1;
/// No listed name has more words.
pub const LONGEST: usize = 8;
const SEED: u64 = 17;

/// An open-addressing table of hashes, in the little-endian bytes of a file.
#[derive(Clone, Copy)]
struct Table<'a> {
    slots: &'a [[u8; 8]],
}

impl Table<'_> {
    #[inline]
    fn get(&self, hash: u64) -> u64 {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = u64::from_le_bytes(self.slots[at & mask]);
            if slot == 0 || (slot ^ hash) & !VALUE == 0 {
                return slot & VALUE;
            }
            at += 1;
        }
    }

    fn build(entries: &BTreeMap<u64, u64>) -> Vec<u8> {
        let size = (entries.len() * 4 / 3 + 2).next_power_of_two();
        let mut slots = vec![0u64; size];
        for (&hash, &value) in entries {
            let mut at = hash as usize & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = hash & !VALUE | value;
        }
        slots.iter().flat_map(|slot| slot.to_le_bytes()).collect()
    }
}

/// The lists of names and words.
#[derive(Clone, Copy)]
pub struct Gazetteer<'a> {
    names: Table<'a>,
    /// Words matched with their capitals; only those with one are looked up.
    cased: Table<'a>,
    /// Words matched without; small enough to stay in a core's own cache, since every word is looked up.
    lower: Table<'a>,
}

impl fmt::Debug for Gazetteer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gazetteer")
            .field("name_slots", &self.names.slots.len())
            .field("cased_slots", &self.cased.slots.len())
            .field("lower_slots", &self.lower.slots.len())
            .finish()
    }
}

impl<'a> Gazetteer<'a> {
    /// The lists in the bytes that [`Builder::bytes`] made; nothing if they are not such bytes.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut table = || {
            let (head, behind) = rest.split_first_chunk::<8>()?;
            let (slots, behind) =
                behind.split_at_checked(usize::try_from(u64::from_le_bytes(*head)).ok()?)?;
            rest = behind;
            let (slots, odd) = slots.as_chunks::<8>();
            (odd.is_empty() && slots.len().is_power_of_two()).then_some(Table { slots })
        };
        let lists = Self { names: table()?, cased: table()?, lower: table()? };
        rest.is_empty().then_some(lists)
    }

    /// Tells each word of a sentence which lists know it.
    pub fn mark(&self, words: &mut [Word]) {
        for word in words.iter_mut() {
            if word.form.has_letter() {
                word.lists.words = self.lower.get(word.lower) as u8;
                if word.form.has_capital() {
                    word.lists.words |= self.cased.get(word.exact) as u8;
                }
            }
        }
        let mut at = 0;
        while at < words.len() {
            let word = &words[at];
            // A name may begin with a small particle ("al-Shabaab", "de Gaulle"), but not any small word does.
            let particle = || {
                let next = words.get(at + 1);
                word.form.has_letter()
                    && word.span.end - word.span.start <= 3
                    && next.is_some_and(|next| next.form.has_capital() || next.span.start == word.span.end)
            };
            let starts = word.form.has_capital() || word.form.has_digit() || particle();
            let (length, lists) = if starts { self.longest(&words[at..]) } else { (0, 0) };
            for (i, word) in words[at..at + length].iter_mut().enumerate() {
                let place = match (i, length) {
                    (_, 1) => Place::Only,
                    (0, _) => Place::First,
                    (i, length) if i + 1 == length => Place::Last,
                    _ => Place::Inner,
                };
                word.lists.cover(lists, place);
            }
            at += length.max(1);
        }
    }

    /// Whether a word is known as a country, a large city or a region, if only its first letter is taken for a capital.
    pub fn is_place_without_capitals(&self, word: &Word) -> bool {
        const PLACES: u64 =
            1 << NameList::Country as u8 | 1 << NameList::BigCity as u8 | 1 << NameList::Region as u8;
        let value = |exact: u64| self.names.get(mix(SEED, exact)) & (BEGINNING - 1);
        value(word.exact) == 0 && value(mix(word.lower, 1)) & PLACES != 0
    }

    /// The longest listed name at the beginning of `words`: its length and the bits of its lists.
    fn longest(&self, words: &[Word]) -> (usize, u32) {
        let (mut hash, mut found) = (SEED, (0, 0));
        for (i, word) in words.iter().take(LONGEST).enumerate() {
            hash = mix(hash, word.exact);
            let value = self.names.get(hash);
            let lists = value & (BEGINNING - 1);
            if lists != 0 {
                found = (i + 1, lists as u32);
            }
            if value & BEGINNING == 0 {
                break;
            }
        }
        found
    }
}

/// Gathers lists and writes them as a table.
#[derive(Debug, Default)]
pub struct Builder {
    names: BTreeMap<u64, u64>,
    cased: BTreeMap<u64, u64>,
    lower: BTreeMap<u64, u64>,
}

impl Builder {
    /// Adds a name, as the exact hashes of its words. Names that are too long are left out.
    pub fn name(&mut self, list: NameList, words: &[u64]) {
        if words.is_empty() || words.len() > LONGEST {
            return;
        }
        let mut hash = SEED;
        for (i, &word) in words.iter().enumerate() {
            hash = mix(hash, word);
            let last = i + 1 == words.len();
            *self.names.entry(hash).or_default() |= if last { 1 << list as u8 } else { BEGINNING };
        }
    }

    /// Adds a single word.
    pub fn word(&mut self, list: WordList, word: &str) {
        let bit = 1 << list as u8;
        if list.has_case() {
            *self.cased.entry(exact_hash(word)).or_default() |= bit;
        } else {
            *self.lower.entry(lower_hash(word)).or_default() |= bit;
        }
    }

    /// The table, the same bytes for the same lists.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entries in [&self.names, &self.cased, &self.lower] {
            let table = Table::build(entries);
            bytes.extend((table.len() as u64).to_le_bytes());
            bytes.extend(table);
        }
        bytes
    }
}

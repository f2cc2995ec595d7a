//! Nations: the names of countries, and the words for what comes from them ("Iraqi", "Dutchman", "Arab").
//!
//! The list is `data/nations.txt`. It is read once, on first use, in well under a millisecond; a lookup is one hash.
//! Laws: pure, no panic on any input, and nothing but words that start with a capital is ever a country or a nationality
//! ("turkey" is a bird, "us" a pronoun, "polish" a verb).

mod list;
#[cfg(test)]
mod tests;

use list::{List, Names};

/// A country or territory with an ISO 3166-1 code (or XK, Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

impl Country {
    /// The country with an ISO 3166-1 alpha-2 code in capitals, such as `IQ`.
    pub fn from_code(code: &str) -> Option<Self> {
        List::get().by_code(code).map(Self)
    }

    /// Every country, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..List::get().len()).map(Self)
    }

    /// Its place in the order of the codes, from 0.
    pub(crate) fn index(self) -> u16 {
        self.0
    }

    /// ISO 3166-1 alpha-2 code; `XK` for Kosovo.
    pub fn code(self) -> &'static str {
        List::get().row(self.0).code
    }

    /// The usual short name in English.
    pub fn name(self) -> &'static str {
        List::get().row(self.0).name
    }

    /// Latitude of its middle in degrees, north positive.
    pub fn latitude(self) -> f64 {
        List::get().row(self.0).latitude
    }

    /// Longitude of its middle in degrees, east positive.
    pub fn longitude(self) -> f64 {
        List::get().row(self.0).longitude
    }

    /// Its number in GeoNames.
    pub fn geonames_id(self) -> u32 {
        List::get().row(self.0).geonames_id
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}

/// What a word of nationality or origin says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nationality {
    /// The country; none for origins such as "Arab", "Western", "Kurdish", or "Korean", which may be of either Korea.
    pub country: Option<Country>,
}

/// The country that `words` name, in whatever usual form: "Iraq", "the U.S.", "Burma", "DR Congo", "FRANCE".
///
/// Only names of whole countries (and of England, Scotland, Wales and Northern Ireland, which stand for the United
/// Kingdom); a capital or a region is no country. Acronyms must be in capitals.
pub fn country(words: &str) -> Option<Country> {
    List::get().find(Names::Countries, words).flatten()
}

/// The nationality or origin that a word (or some words, such as "South Korean") stand for, in the singular or plural:
/// "Iraqi", "Dutch", "Frenchmen", "Palestinians", "Arab". Capitalised words alone; `None` for any other word.
pub fn demonym(word: &str) -> Option<Nationality> {
    List::get().find(Names::Demonyms, word).map(|country| Nationality { country })
}

/// Whether a word of nationality, or several, may start with `word`: a quick no for most words of a text.
pub(crate) fn may_begin_demonym(word: &str) -> bool {
    List::get().may_begin_demonym(word)
}

//! The table of places: from the key of a name to the places that bear it.
//!
//! `data/places.bin` is made by `examples/build_places`, is part of the program, and is searched where it lies: nothing is
//! read in at start. All numbers are little-endian:
//!
//! | part | bytes |
//! |---|---|
//! | [`MAGIC`] | 8 |
//! | numbers of places, of names, of divisions, of country codes, of bytes in division names | 5 × 4 |
//! | country codes | 2 each |
//! | for each division, where its name starts; then the end of the last | 4 each, and 4 |
//! | names of divisions | as they are |
//! | for each upper half (16 bits) of a key's 40 bits, which name is its first; then the number of names | 65,537 × 4 |
//! | places | 19 each: latitude and longitude × 10^5, GeoNames number, country, division, county (0: none), kind, weight |
//! | names, ascending | 6 each: lower 24 bits of the key's 40, then place (20 bits) and flags |
//!
//! The key of a name is the upper 40 bits of the hash of its folded form, so one unknown name in three million is taken
//! for a known one.
//!
//! Law: no input makes it panic; a table that is damaged answers nothing.

use std::sync::LazyLock;

use super::super::folded::key_hash;
use super::super::nations::Country;

/// The first bytes of a table.
pub const MAGIC: [u8; 8] = *b"CDPLACE1";

const PLACE_BYTES: usize = 19;
const NAME_BYTES: usize = 6;
const BUCKETS: usize = 1 << 16;
/// Bits of a place's number in a name.
const PLACE_BITS: u32 = 20;

static SHIPPED: LazyLock<Table> =
    LazyLock::new(|| Table::new(include_bytes!("../../../data/places.bin")).unwrap_or_default());

/// Sorts of places in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PlaceKind {
    /// A country; the first rows are the countries in the order of [`Country::all`].
    Country,
    /// A part of the world or of a country that is no division.
    Region,
    /// A first-level division: state, province.
    Admin1,
    /// A second-level division: county, district.
    Admin2,
    /// A city, town or village.
    City,
    /// The capital of a country.
    Capital,
    /// Water, a mountain, a building.
    Other,
}

impl PlaceKind {
    const ALL: [Self; 7] =
        [Self::Country, Self::Region, Self::Admin1, Self::Admin2, Self::City, Self::Capital, Self::Other];

    /// Whether it is a city, town or village.
    pub fn is_city(self) -> bool {
        matches!(self, Self::City | Self::Capital)
    }
}

/// One place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// What it is.
    pub kind: PlaceKind,
    /// Its country.
    pub country: Option<Country>,
    /// Latitude in degrees, of five decimals.
    pub latitude: f64,
    /// Longitude in degrees, of five decimals.
    pub longitude: f64,
    /// Its number in GeoNames, where it has one.
    pub geonames_id: Option<u32>,
    /// The first-level division that it is or lies in: a number from 1 for [`Table::division`]; 0 for none.
    pub division: u16,
    /// The county that it is or lies in: a number that only equals itself; 0 for none.
    pub county: u16,
    /// 25 times the decimal logarithm of its population, more for places of fame; 0 if unknown.
    pub weight: u8,
}

/// How a name belongs to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameUse {
    /// It is the place's name.
    Main,
    /// It is another name of it.
    Other,
    /// It is an abbreviation, good in capitals or before a full stop.
    Abbreviation,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The number of the place.
    pub place: u32,
    /// How the name belongs to it.
    pub usage: NameUse,
}

/// A table of places.
#[derive(Debug, Clone, Default)]
pub struct Table {
    countries: Vec<Option<Country>>,
    division_starts: &'static [u8],
    division_names: &'static [u8],
    buckets: &'static [u8],
    places: &'static [u8],
    names: &'static [u8],
}

impl Table {
    /// The table that ships.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The table in `bytes`, unless its parts do not fit them.
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (counts, rest) = rest.split_at_checked(20)?;
        let count = |index: usize| word(counts, index).map(|count| count as usize);
        let (places, names, divisions) = (count(0)?, count(1)?, count(2)?);
        let (codes, rest) = rest.split_at_checked(count(3)?.checked_mul(2)?)?;
        let (division_starts, rest) = rest.split_at_checked((divisions + 1) * 4)?;
        let (division_names, rest) = rest.split_at_checked(count(4)?)?;
        let (buckets, rest) = rest.split_at_checked((BUCKETS + 1) * 4)?;
        let (places, rest) = rest.split_at_checked(places * PLACE_BYTES)?;
        let (names, rest) = rest.split_at_checked(names * NAME_BYTES)?;
        let countries = codes
            .chunks_exact(2)
            .map(|code| std::str::from_utf8(code).ok().and_then(Country::from_code))
            .collect();
        rest.is_empty().then_some(Self { countries, division_starts, division_names, buckets, places, names })
    }

    /// How many places it holds.
    pub fn len(&self) -> usize {
        self.places.len() / PLACE_BYTES
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The places that a folded name may mean, by number, the names that are theirs in earnest not before others.
    pub fn candidates(&self, key: &str) -> impl Iterator<Item = Candidate> + use<> {
        let names = self.names;
        let (low, range) = self.bucket(key).unwrap_or((0, 0..0));
        let entry = move |index: usize| -> Option<u64> {
            let bytes = names.get(index * NAME_BYTES..(index + 1) * NAME_BYTES)?;
            Some(bytes.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte)))
        };
        let mut from = range.start;
        while from < range.end && entry(from).is_some_and(|entry| entry >> 24 < low) {
            from += 1;
        }
        (from..range.end).map_while(entry).take_while(move |entry| entry >> 24 == low).map(|entry| {
            let place = entry as u32 & ((1 << PLACE_BITS) - 1);
            let usage = match entry >> PLACE_BITS & 3 {
                0 => NameUse::Main,
                1 => NameUse::Other,
                _ => NameUse::Abbreviation,
            };
            Candidate { place, usage }
        })
    }

    /// The lower 24 bits of a key, and the names that share the upper 16.
    fn bucket(&self, key: &str) -> Option<(u64, std::ops::Range<usize>)> {
        let bits = key_bits(key);
        let bucket = (bits >> 24) as usize;
        let range = word(self.buckets, bucket)? as usize..word(self.buckets, bucket + 1)? as usize;
        Some((bits & 0xFF_FFFF, range))
    }

    /// The place with a number.
    pub fn row(&self, place: u32) -> Option<Row> {
        let start = place as usize * PLACE_BYTES;
        let bytes: &[u8; PLACE_BYTES] = self.places.get(start..start + PLACE_BYTES)?.try_into().ok()?;
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Some(Row {
            kind: *PlaceKind::ALL.get(usize::from(bytes[17]))?,
            country: self.countries.get(usize::from(bytes[12])).copied().flatten(),
            latitude: f64::from(number(0) as i32) / 1e5,
            longitude: f64::from(number(4) as i32) / 1e5,
            geonames_id: Some(number(8)).filter(|&id| id != 0),
            division: u16::from_le_bytes([bytes[13], bytes[14]]),
            county: u16::from_le_bytes([bytes[15], bytes[16]]),
            weight: bytes[18],
        })
    }

    /// The name of a first-level division.
    pub fn division(&self, division: u16) -> Option<&'static str> {
        let index = usize::from(division).checked_sub(1)?;
        let start = word(self.division_starts, index)? as usize;
        let end = word(self.division_starts, index + 1)? as usize;
        std::str::from_utf8(self.division_names.get(start..end)?).ok()
    }
}

/// The 40 bits of a folded name by which the table is searched.
pub fn key_bits(key: &str) -> u64 {
    key_hash(key) >> 24
}

fn word(bytes: &[u8], index: usize) -> Option<u32> {
    let bytes = bytes.get(index * 4..index * 4 + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// The bytes of a table. `names` are folded names, each with the number of a place in `places`; a name given twice to one
/// place keeps the first of its uses in the order of [`NameUse`]. Division `n` of a row is `divisions[n - 1]`.
///
/// # Errors
/// Says which part is too large for the format.
pub fn encode(
    places: &[Row],
    names: &[(String, u32, NameUse)],
    divisions: &[String],
) -> Result<Vec<u8>, String> {
    if places.len() > 1 << PLACE_BITS {
        return Err(format!("{} places; the format holds {}", places.len(), 1 << PLACE_BITS));
    }
    let mut codes: Vec<&str> = places.iter().filter_map(|row| row.country).map(Country::code).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() > 255 || divisions.len() > usize::from(u16::MAX) {
        return Err(format!(
            "{} countries and {} divisions; the format holds fewer",
            codes.len(),
            divisions.len()
        ));
    }
    let mut keys: Vec<(u64, u32, NameUse)> =
        names.iter().map(|(name, place, usage)| (key_bits(name), *place, *usage)).collect();
    keys.sort_unstable();
    keys.dedup_by_key(|&mut (key, place, _)| (key, place));

    let mut out = MAGIC.to_vec();
    let blob: usize = divisions.iter().map(String::len).sum();
    for count in [places.len(), keys.len(), divisions.len(), codes.len(), blob] {
        out.extend((count as u32).to_le_bytes());
    }
    codes.iter().for_each(|code| out.extend(code.bytes().take(2)));
    let mut start = 0_u32;
    for name in divisions {
        out.extend(start.to_le_bytes());
        start += name.len() as u32;
    }
    out.extend(start.to_le_bytes());
    divisions.iter().for_each(|name| out.extend(name.bytes()));
    let mut first = 0;
    for bucket in 0..=BUCKETS as u64 {
        while first < keys.len() && keys[first].0 >> 24 < bucket {
            first += 1;
        }
        out.extend((first as u32).to_le_bytes());
    }
    for row in places {
        out.extend(((row.latitude * 1e5).round() as i32).to_le_bytes());
        out.extend(((row.longitude * 1e5).round() as i32).to_le_bytes());
        out.extend(row.geonames_id.unwrap_or(0).to_le_bytes());
        let code = row.country.and_then(|country| codes.binary_search(&country.code()).ok());
        out.push(code.map_or(u8::MAX, |code| code as u8));
        out.extend(row.division.to_le_bytes());
        out.extend(row.county.to_le_bytes());
        out.push(row.kind as u8);
        out.push(row.weight);
    }
    for (key, place, usage) in keys {
        let entry = (key & 0xFF_FFFF) << 24 | u64::from(usage as u8) << PLACE_BITS | u64::from(place);
        out.extend(&entry.to_le_bytes()[..NAME_BYTES]);
    }
    Ok(out)
}

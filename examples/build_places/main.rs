//! Makes `data/places.bin`, the table of places: `cargo run --release --example build_places -- FOLDER DATA`, where FOLDER
//! is what `scripts/fetch-places` fetched and DATA holds `places.txt`, our own list, and takes the table.
//!
//! From GeoNames: towns with their other names, divisions of the first and second level (each in the middle of its
//! towns), continents; from `data/nations.txt` the countries; from `data/places.txt` regions, waters and other spellings. The
//! same files give the same bytes.

mod own;
mod sources;

use std::collections::BTreeMap;
use std::error::Error;

use copydesk::extract::folded::fold;
use copydesk::extract::nations::Country;
use copydesk::extract::places::table::{NameUse, PlaceKind, Row, encode};

use sources::{Sources, Town};

/// In countries where English is written, every town of the source (500 people and more) stays, elsewhere those of
/// this many: the others are hardly ever meant, and their names are often other words.
const LEAST_PEOPLE: u64 = 1_000;
const ENGLISH: [&str; 6] = ["US", "GB", "CA", "AU", "NZ", "IE"];
/// Smaller towns have no other names: the lists of these are full of transliterations.
const LEAST_FOR_OTHER_NAMES: u64 = 5_000;
/// Words behind the name of a division that are often left out.
const DIVISION_WORDS: [&str; 22] = [
    " province",
    " governorate",
    " oblast",
    " region",
    " state",
    " prefecture",
    " district",
    " department",
    " county",
    " republic",
    " municipality",
    " parish",
    " voivodeship",
    " krai",
    " council",
    " shi",
    " sheng",
    " metropolitan city",
    " borough",
    " census area",
    " kray",
    " wilaya",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, data] = &arguments[..] else { return Err("usage: build_places FOLDER DATA".into()) };
    let sources = Sources::read(folder)?;
    let mut made = Made::default();
    made.countries();
    made.towns(&sources);
    made.divisions(&sources);
    made.counties(&sources);
    made.continents(&sources);
    own::add(&mut made, &format!("{data}/places.txt"))?;
    let bytes = encode(&made.rows, &made.names, &made.division_names)?;
    println!(
        "{} places, {} names, {} divisions, {} bytes",
        made.rows.len(),
        made.names.len(),
        made.division_names.len(),
        bytes.len()
    );
    Ok(std::fs::write(format!("{data}/places.bin"), bytes)?)
}

/// The table as it grows.
#[derive(Default)]
pub struct Made {
    rows: Vec<Row>,
    names: Vec<(String, u32, NameUse)>,
    division_names: Vec<String>,
    /// Numbers of the divisions by code, from 1.
    division_numbers: BTreeMap<String, u16>,
    county_numbers: BTreeMap<String, u16>,
    /// Towns of each division and county.
    members: BTreeMap<String, Members>,
    /// Rows of towns by their number in GeoNames, and of divisions by their code.
    by_id: BTreeMap<u32, u32>,
    by_code: BTreeMap<String, u32>,
}

#[derive(Default, Clone, Copy)]
struct Members {
    latitude: f64,
    longitude: f64,
    count: f64,
    people: u64,
}

impl Made {
    fn add(&mut self, row: Row) -> u32 {
        self.rows.push(row);
        (self.rows.len() - 1) as u32
    }

    /// Gives a name to a place; names that fold to nothing are left out.
    fn name(&mut self, name: &str, place: u32, usage: NameUse) {
        let key = fold(name);
        if !key.is_empty() {
            self.names.push((key, place, usage));
        }
    }

    /// The same, and without the word for a division behind it.
    fn division_name(&mut self, name: &str, place: u32, usage: NameUse, bare: NameUse) {
        let key = fold(name);
        if let Some(short) = DIVISION_WORDS.iter().find_map(|word| key.strip_suffix(word)) {
            self.name(short, place, bare.max(usage));
        }
        self.name(name, place, usage);
    }

    /// The countries, first, because their rows have their numbers; their names are found by `nations`.
    fn countries(&mut self) {
        for country in Country::all() {
            self.add(Row {
                kind: PlaceKind::Country,
                country: Some(country),
                latitude: country.latitude(),
                longitude: country.longitude(),
                geonames_id: Some(country.geonames_id()),
                division: 0,
                county: 0,
                weight: 0,
            });
        }
    }

    fn towns(&mut self, sources: &Sources) {
        for town in &sources.towns {
            let number = |numbers: &mut BTreeMap<String, u16>, code: &str| {
                let next = (numbers.len() + 1) as u16;
                *numbers.entry(code.to_owned()).or_insert(next)
            };
            let division = match sources.divisions.get(&town.division) {
                Some(name) => {
                    let known = self.division_numbers.len();
                    let number = number(&mut self.division_numbers, &town.division);
                    if self.division_numbers.len() > known {
                        self.division_names.push(name.clone());
                    }
                    number
                }
                None => 0,
            };
            let county = match &town.county {
                Some(code) if sources.counties.contains_key(code) => number(&mut self.county_numbers, code),
                _ => 0,
            };
            for code in [Some(&town.division), town.county.as_ref()].into_iter().flatten() {
                let members = self.members.entry(code.clone()).or_default();
                members.latitude += town.latitude;
                members.longitude += town.longitude;
                members.count += 1.0;
                members.people += town.people;
            }
            let Some(country) = Country::from_code(&town.country) else { continue };
            if town.people < LEAST_PEOPLE && !ENGLISH.contains(&country.code()) && !town.capital {
                continue;
            }
            let place = self.add(town_row(town, country, division, county));
            self.by_id.insert(town.id, place);
            self.name(&town.name, place, NameUse::Main);
            if town.people >= LEAST_FOR_OTHER_NAMES {
                for name in town.other_names.iter().filter(|name| is_plain(name)) {
                    self.name(name, place, NameUse::Other);
                }
            }
        }
    }

    fn divisions(&mut self, sources: &Sources) {
        for (code, name) in &sources.divisions {
            let (Some(members), Some(&division)) =
                (self.members.get(code).copied(), self.division_numbers.get(code))
            else {
                continue;
            };
            let about = sources.subdivisions.get(code);
            let row = members.row(PlaceKind::Admin1, code, about.map(|about| about.id), division, 0);
            let place = self.add(row);
            self.by_code.insert(code.clone(), place);
            self.division_name(name, place, NameUse::Main, NameUse::Main);
            for other in about.into_iter().flat_map(|about| &about.other_names).filter(|name| is_plain(name))
            {
                self.division_name(other, place, NameUse::Other, NameUse::Other);
            }
        }
    }

    fn counties(&mut self, sources: &Sources) {
        for (code, name) in &sources.counties {
            let (Some(members), Some(&county)) =
                (self.members.get(code).copied(), self.county_numbers.get(code))
            else {
                continue;
            };
            let division =
                code.rsplit_once('.').and_then(|(division, _)| self.division_numbers.get(division));
            let about = sources.subdivisions.get(code);
            let division = division.copied().unwrap_or(0);
            let place =
                self.add(members.row(PlaceKind::Admin2, code, about.map(|about| about.id), division, county));
            self.division_name(name, place, NameUse::Main, NameUse::Other);
        }
    }

    fn continents(&mut self, sources: &Sources) {
        for continent in &sources.continents {
            let place = self.add(Row {
                kind: PlaceKind::Region,
                country: None,
                latitude: continent.latitude,
                longitude: continent.longitude,
                geonames_id: Some(continent.id),
                division: 0,
                county: 0,
                weight: 0,
            });
            self.name(&continent.name, place, NameUse::Main);
        }
    }
}

impl Members {
    fn row(self, kind: PlaceKind, code: &str, id: Option<u32>, division: u16, county: u16) -> Row {
        Row {
            kind,
            country: Country::from_code(&code[..2]),
            latitude: self.latitude / self.count,
            longitude: self.longitude / self.count,
            geonames_id: id,
            division,
            county,
            weight: weight(self.people),
        }
    }
}

fn town_row(town: &Town, country: Country, division: u16, county: u16) -> Row {
    Row {
        kind: if town.capital { PlaceKind::Capital } else { PlaceKind::City },
        country: Some(country),
        latitude: town.latitude,
        longitude: town.longitude,
        geonames_id: Some(town.id),
        division,
        county,
        weight: weight(town.people),
    }
}

/// 25 times the decimal logarithm of a number of people.
fn weight(people: u64) -> u8 {
    ((people.max(1) as f64).log10() * 25.0).round().min(255.0) as u8
}

/// Whether a name is written in Latin letters and is no code: others cannot stand in the text, or are other words.
fn is_plain(name: &str) -> bool {
    let letters = |c: char| {
        c.is_ascii_alphabetic()
            || matches!(c, '\'' | '’' | '‘' | '.' | '-' | ' ')
            || ('À'..='ɏ').contains(&c)
            || ('Ḁ'..='ỿ').contains(&c)
    };
    name.chars().count() > 3 && name.chars().all(letters) && name.chars().any(char::is_lowercase)
}

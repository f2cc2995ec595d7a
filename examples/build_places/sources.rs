//! The files that `scripts/fetch-places` fetches.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use copydesk::extract::folded::fold;
use serde_json::Value;

/// The capital of the United States is "Washington" to everybody and "Washington, D.C." to the list of countries.
const WASHINGTON: u32 = 4_140_963;

/// A town.
pub struct Town {
    pub id: u32,
    pub name: String,
    pub other_names: Vec<String>,
    pub country: String,
    /// Code of its first-level division, such as `US.OH`.
    pub division: String,
    /// Code of its second-level division, such as `US.OH.049`.
    pub county: Option<String>,
    pub latitude: f64,
    pub longitude: f64,
    pub people: u64,
    pub capital: bool,
}

/// What GeoNames says of a division beside its name.
pub struct About {
    pub id: u32,
    pub other_names: Vec<String>,
}

/// A continent.
pub struct Continent {
    pub id: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
}

/// All of them.
pub struct Sources {
    /// By their number in GeoNames.
    pub towns: Vec<Town>,
    pub divisions: BTreeMap<String, String>,
    pub counties: BTreeMap<String, String>,
    pub subdivisions: BTreeMap<String, About>,
    pub continents: Vec<Continent>,
}

impl Sources {
    /// Reads the files in `folder`.
    pub fn read(folder: &str) -> Result<Self, Box<dyn Error>> {
        let json = |name: &str| -> Result<Value, Box<dyn Error>> {
            let path = format!("{folder}/{name}");
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read {path}: {error}; run scripts/fetch-places first"))?;
            Ok(serde_json::from_str(&text)?)
        };
        let names = |value: Value| -> BTreeMap<String, String> {
            list(&value).map(|entry| (text(entry, "code"), text(entry, "name"))).collect()
        };
        let mut counties_of = BTreeMap::new();
        for entry in list(&json("counties.json")?) {
            if !text(entry, "admin2").is_empty() {
                let place = (
                    text(entry, "name"),
                    text(entry, "country"),
                    rounded(entry, "lat"),
                    rounded(entry, "lng"),
                );
                let code = format!("{}.{}.{}", place.1, text(entry, "admin1"), text(entry, "admin2"));
                counties_of.insert(place, code);
            }
        }
        let mut towns: Vec<Town> =
            list(&json("cities.json")?).map(|entry| town(entry, &counties_of)).collect();
        towns.sort_by_key(|town| town.id);
        let capitals = capitals(&towns, &json("countries.json")?);
        towns.iter_mut().for_each(|town| town.capital = capitals.contains(&town.id));
        let continents = list(&json("continents.json")?)
            .map(|entry| Continent {
                id: entry["geonameId"].as_u64().unwrap_or(0) as u32,
                name: text(entry, "name"),
                latitude: number(entry, "lat"),
                longitude: number(entry, "lng"),
            })
            .filter(|continent| continent.name != "Antarctica")
            .collect();
        Ok(Self {
            towns,
            divisions: names(json("admin1.json")?),
            counties: names(json("admin2.json")?),
            subdivisions: subdivisions(&std::fs::read_to_string(format!("{folder}/subdivisions.tsv"))?),
            continents,
        })
    }
}

fn town(entry: &Value, counties: &BTreeMap<(String, String, i64, i64), String>) -> Town {
    let country = text(entry, "countrycode");
    let name = text(entry, "name");
    let county = counties
        .get(&(name.clone(), country.clone(), rounded(entry, "latitude"), rounded(entry, "longitude")))
        .cloned();
    Town {
        id: entry["geonameid"].as_u64().unwrap_or(0) as u32,
        other_names: list(&entry["alternatenames"]).filter_map(Value::as_str).map(str::to_owned).collect(),
        division: format!("{country}.{}", text(entry, "admin1code")),
        county,
        latitude: number(entry, "latitude"),
        longitude: number(entry, "longitude"),
        people: entry["population"].as_u64().unwrap_or(0),
        capital: false,
        country,
        name,
    }
}

/// The largest town of each country that has the name of its capital.
fn capitals(towns: &[Town], countries: &Value) -> BTreeSet<u32> {
    let names: BTreeMap<String, String> =
        list(countries).map(|entry| (text(entry, "iso"), fold(&text(entry, "capital")))).collect();
    let mut best: BTreeMap<&str, &Town> = BTreeMap::new();
    for town in towns {
        let is_capital =
            names.get(&town.country).is_some_and(|name| !name.is_empty() && *name == fold(&town.name));
        if is_capital && town.country != "US" {
            let held = best.entry(&town.country).or_insert(town);
            if held.people < town.people {
                *held = town;
            }
        }
    }
    best.values().map(|town| town.id).chain([WASHINGTON]).collect()
}

/// Columns: name, ISO code, GeoNames code, GeoNames number, type, other names (with `|` between them), ... Only what is
/// GeoNames' is taken.
fn subdivisions(table: &str) -> BTreeMap<String, About> {
    let mut all = BTreeMap::new();
    for line in table.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, _, code, id, _, names, ..] = columns[..] else { continue };
        let Ok(id) = id.parse() else { continue };
        let other_names = names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        all.insert(code.to_owned(), About { id, other_names });
    }
    all
}

fn list(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(entries) => Box::new(entries.iter()),
        Value::Object(entries) => Box::new(entries.values()),
        _ => Box::new(std::iter::empty()),
    }
}

fn text(entry: &Value, field: &str) -> String {
    entry[field].as_str().unwrap_or_default().to_owned()
}

fn number(entry: &Value, field: &str) -> f64 {
    let value = &entry[field];
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(0.0)
}

fn rounded(entry: &Value, field: &str) -> i64 {
    (number(entry, field) * 1e4).round() as i64
}

//! Our own list, `data/places.txt`.

use std::error::Error;

use copydesk::extract::nations::Country;
use copydesk::extract::places::table::{NameUse, PlaceKind, Row};

use crate::Made;

/// Weight of a town or building of our own list: known all over the world.
const FAME: u8 = 175;

/// Adds what the list says.
pub fn add(made: &mut Made, path: &str) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    for (index, line) in text.lines().enumerate() {
        if !line.is_empty() && !line.starts_with('#') {
            read(made, line).ok_or_else(|| format!("{path}, line {}: not in order: {line}", index + 1))?;
        }
    }
    Ok(())
}

fn read(made: &mut Made, line: &str) -> Option<()> {
    let (head, names) = line.split_once('|').unwrap_or((line, ""));
    let head: Vec<&str> = head.split_whitespace().collect();
    let names = names.split(';').map(str::trim).filter(|name| !name.is_empty());
    match head[..] {
        ["=", id] => {
            let place = *made.by_id.get(&id.parse().ok()?)?;
            names.for_each(|name| made.name(name, place, NameUse::Main));
        }
        ["&", code] => {
            let place = *made.by_code.get(code)?;
            names.for_each(|name| made.name(name, place, NameUse::Abbreviation));
        }
        ["@", code, latitude, longitude] => {
            let place = *made.by_code.get(code)?;
            let row = made.rows.get_mut(place as usize)?;
            (row.latitude, row.longitude) = (latitude.parse().ok()?, longitude.parse().ok()?);
        }
        [kind, country, latitude, longitude] => {
            let kind = match kind {
                "region" => PlaceKind::Region,
                "other" => PlaceKind::Other,
                "city" => PlaceKind::City,
                _ => return None,
            };
            let country = if country == "-" { None } else { Some(Country::from_code(country)?) };
            let place = made.add(Row {
                kind,
                country,
                latitude: latitude.parse().ok()?,
                longitude: longitude.parse().ok()?,
                geonames_id: None,
                division: 0,
                county: 0,
                weight: FAME,
            });
            names.for_each(|name| made.name(name.strip_prefix("the ").unwrap_or(name), place, NameUse::Main));
        }
        _ => return None,
    }
    Some(())
}

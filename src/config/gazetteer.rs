//! Files of names: one thing a line, its names separated by `|`; of a place, more fields behind tabs.

use crate::article::enriched::LocationKind;
use crate::extract::known::{KnownPlace, UserSet};
use crate::extract::names::NameKind;
use crate::extract::nations::Country;

/// A longer name is a line without its breaks, most likely.
const LONGEST_NAME: usize = 200;

/// One thing of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// From 1.
    pub number: usize,
    /// Its names and what is known about it.
    pub set: UserSet,
}

/// Reads a file's text. `kind` is the file's; a location may have more fields.
///
/// # Errors
/// For each line that does not fit: its number, what is wrong, and what to do.
pub(super) fn read(text: &str, kind: NameKind) -> (Vec<Line>, Vec<(usize, String)>) {
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        // "#1 Cochran" is a name; a comment begins its line or stands behind a space.
        let end = if line.starts_with('#') { Some(0) } else { line.find(" #").or(line.find("\t#")) };
        let line = &line[..end.unwrap_or(line.len())];
        if line.trim().is_empty() {
            continue;
        }
        match one(line, kind) {
            Ok(set) => lines.push(Line { number: index + 1, set }),
            Err(problem) => errors.push((index + 1, problem)),
        }
    }
    (lines, errors)
}

fn one(line: &str, kind: NameKind) -> Result<UserSet, String> {
    let mut fields = line.trim_end().split('\t').map(str::trim);
    let mut names = Vec::new();
    for name in fields.next().unwrap_or_default().split('|').map(str::trim) {
        if name.is_empty() {
            return Err("a name is empty: take out the `|` that nothing stands behind".to_owned());
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(format!(
                "a name has more than {LONGEST_NAME} characters: put one thing on each line"
            ));
        }
        names.push(name.to_owned());
    }
    let fields: Vec<&str> = fields.collect();
    let place = match kind {
        NameKind::Location => Some(place(&fields)?),
        _ if fields.is_empty() => None,
        _ => return Err("a tab: only places have further fields; separate names by `|`".to_owned()),
    };
    Ok(UserSet { names, kind: Some(kind), place })
}

fn place(fields: &[&str]) -> Result<KnownPlace, String> {
    if fields.len() > 4 {
        return Err("more than four fields behind the name: country, latitude, longitude and kind".to_owned());
    }
    let field = |at: usize| fields.get(at).copied().filter(|field| !field.is_empty());
    let country = match field(0) {
        Some(code) => {
            Some(Country::from_code(code).map(|country| country.code().to_owned()).ok_or_else(|| {
                format!("{code:?} is no country's code: two capitals of ISO 3166-1, such as KE, or nothing")
            })?)
        }
        None => None,
    };
    let degrees = |at: usize, most: f64, what: &str| match field(at) {
        None => Ok(None),
        Some(text) => match text.parse::<f64>() {
            Ok(number) if number.abs() <= most => Ok(Some(number)),
            _ => Err(format!("{text:?} is no {what}: degrees from -{most} to {most}, such as 59.91")),
        },
    };
    let (latitude, longitude) = (degrees(1, 90.0, "latitude")?, degrees(2, 180.0, "longitude")?);
    let coordinates = match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => Some((latitude, longitude)),
        (None, None) => None,
        _ => return Err("latitude and longitude go together: give both or none".to_owned()),
    };
    let kind = match field(3) {
        None => None,
        Some("country") => Some(LocationKind::Country),
        Some("region") => Some(LocationKind::Region),
        Some("admin1") => Some(LocationKind::Admin1),
        Some("city") => Some(LocationKind::City),
        Some("other") => Some(LocationKind::Other),
        Some(other) => {
            return Err(format!("{other:?} is no kind of place: country, region, admin1, city or other"));
        }
    };
    Ok(KnownPlace { country, coordinates, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_names_comments_and_for_places_more() {
        let text = "\u{feff}# our people\n\nAna Silva | La Silva # singer\r\n#1 nothing\nBo #2\n";
        let (lines, errors) = read(text, NameKind::Person);
        assert!(errors.is_empty());
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(lines[0].set.names, ["Ana Silva", "La Silva"]);
        assert_eq!(lines[1].set.names, ["Bo"]);

        let text = "Melby | Mellby\tNO\t59.5\t-10.25\tcity\nOrda\t\t\t\tregion\nLund\tSE\n";
        let (lines, errors) = read(text, NameKind::Location);
        assert!(errors.is_empty(), "{errors:?}");
        let places: Vec<KnownPlace> = lines.into_iter().map(|line| line.set.place.unwrap()).collect();
        assert_eq!(places[0].coordinates, Some((59.5, -10.25)));
        assert_eq!((places[0].country.as_deref(), places[0].kind), (Some("NO"), Some(LocationKind::City)));
        assert_eq!((places[1].country.as_deref(), places[1].kind), (None, Some(LocationKind::Region)));
        assert_eq!(places[2].country.as_deref(), Some("SE"));
    }

    #[test]
    fn a_line_that_does_not_fit_says_why() {
        for (line, kind, problem) in [
            ("A||B", NameKind::Person, "a name is empty"),
            ("A |", NameKind::Person, "a name is empty"),
            ("A\tB", NameKind::Organization, "only places"),
            ("A\tXQ", NameKind::Location, "no country's code"),
            ("A\tNO\t91\t0", NameKind::Location, "no latitude"),
            ("A\tNO\t1\teast", NameKind::Location, "no longitude"),
            ("A\tNO\tNaN\t1", NameKind::Location, "no latitude"),
            ("A\tNO\t1", NameKind::Location, "give both"),
            ("A\tNO\t1\t1\ttown", NameKind::Location, "no kind of place"),
            ("A\tNO\t1\t1\tcity\t9", NameKind::Location, "more than four"),
        ] {
            let (lines, errors) = read(&format!("\n{line}\n"), kind);
            assert!(lines.is_empty() && errors[0].0 == 2 && errors[0].1.contains(problem), "{errors:?}");
        }
        let long = "x".repeat(LONGEST_NAME + 1);
        assert!(read(&long, NameKind::Person).1[0].1.contains("more than 200"));
    }
}

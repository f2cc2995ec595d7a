//! Place resolution on articles with gold toponyms: is the place that each gold name gets near the gold one?
//!
//! `places FILE... [--bare] [--errors N]`; `--bare` gives neither title nor domain as a hint.

use std::collections::BTreeMap;
use std::time::Instant;

use copydesk::article::enriched::LocationKind;
use copydesk::extract::names::{Name, NameKind};
use copydesk::extract::places::{FoundLocation, Hints, Place, demonyms, locations};
use copydesk::text::Span;
use serde::Deserialize;

use crate::{Outcome, input};

/// Right: within this distance, in kilometres (100 miles, the measure of the field).
const RIGHT: f64 = 161.0;
/// A country is right if its middle is within this of the gold point, a division within the next: gazetteers differ in
/// what they take for the middle. The strict count does without.
const COUNTRY: f64 = 2200.0;
const DIVISION: f64 = 400.0;
/// How often the articles are read again to measure time.
const ROUNDS: u32 = 20;

#[derive(Deserialize)]
struct Article {
    text: String,
    title: Option<String>,
    domain: Option<String>,
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    surface: String,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Default)]
struct Score {
    gold: usize,
    right: usize,
    strict: usize,
    without: usize,
    distances: Vec<f64>,
    wrong: BTreeMap<String, usize>,
}

/// See the module.
pub fn run(arguments: &[String]) -> Outcome {
    let bare = arguments.iter().any(|argument| argument == "--bare");
    let errors = arguments.iter().position(|argument| argument == "--errors");
    let show: usize = match errors.and_then(|at| arguments.get(at + 1)) {
        Some(number) => number.parse()?,
        None => 0,
    };
    let is_file = |(index, argument): &(usize, &String)| {
        !argument.starts_with("--") && errors.is_none_or(|at| *index != at + 1)
    };
    for (_, file) in arguments.iter().enumerate().filter(is_file) {
        let articles: Vec<Article> = input::json_lines(file)?;
        let mut score = Score::default();
        let prepared: Vec<(&Article, Vec<Name>)> = articles
            .iter()
            .map(|article| Ok((article, gold_names(article)?)))
            .collect::<Result<_, String>>()?;
        for (article, names) in &prepared {
            score.article(article, names, &found(article, names, bare));
        }
        let begun = Instant::now();
        for _ in 0..ROUNDS {
            for (article, names) in &prepared {
                std::hint::black_box(found(article, names, bare));
            }
        }
        let micros = begun.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS) / prepared.len().max(1) as f64;
        let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
        score.print(file, show);
        println!("  {micros:.1} us an article of {} bytes on average", bytes / articles.len().max(1));
    }
    Ok(())
}

/// The article's places, with its words of nationality outside of names as evidence, as in the worker.
fn found(article: &Article, names: &[Name], bare: bool) -> Vec<FoundLocation> {
    let nationalities = demonyms(&article.text, names);
    locations(&article.text, names, &nationalities, &hints(article, bare))
}

fn hints(article: &Article, bare: bool) -> Hints<'_> {
    if bare {
        return Hints::default();
    }
    Hints { title: article.title.as_deref(), domain: article.domain.as_deref(), ..Hints::default() }
}

/// The gold names that have coordinates, as the tagger would give them; overlapping ones are an error of the data.
fn gold_names(article: &Article) -> Result<Vec<Name>, String> {
    let borders: Vec<usize> =
        article.text.char_indices().map(|(at, _)| at).chain([article.text.len()]).collect();
    let mut names = Vec::new();
    for entity in article.entities.iter().filter(|entity| entity.lat.is_some()) {
        let (Some(&start), Some(&end)) = (borders.get(entity.start), borders.get(entity.end)) else {
            return Err(format!("{:?} lies outside its text", entity.surface));
        };
        names.push(Name { span: Span::new(start, end), kind: NameKind::Location, confidence: 1.0 });
    }
    names.sort_by_key(|name| name.span);
    Ok(names)
}

impl Score {
    fn article(&mut self, article: &Article, names: &[Name], found: &[FoundLocation]) {
        let mut places: BTreeMap<Span, &FoundLocation> = BTreeMap::new();
        for location in found {
            places.extend(location.mentions.iter().map(|&span| (span, location)));
        }
        let mut golds: Vec<&Entity> = article.entities.iter().filter(|entity| entity.lat.is_some()).collect();
        golds.sort_by_key(|entity| (entity.start, entity.end));
        for (gold, name) in golds.iter().zip(names) {
            self.gold += 1;
            let (Some(latitude), Some(longitude)) = (gold.lat, gold.lon) else { continue };
            let Some((location, place)) =
                places.get(&name.span).and_then(|found| Some((found, found.place?)))
            else {
                self.without += 1;
                self.distances.push(f64::INFINITY);
                *self.wrong.entry(format!("{} (no place)", gold.surface)).or_default() += 1;
                continue;
            };
            let distance = kilometres(&place, latitude, longitude);
            self.strict += usize::from(distance <= RIGHT);
            let allowed = match location.kind {
                LocationKind::Country => COUNTRY,
                LocationKind::Admin1 => DIVISION,
                _ => RIGHT,
            };
            self.right += usize::from(distance <= allowed);
            self.distances.push(distance);
            if distance > allowed {
                let country = place.country.map_or("-", |country| country.code());
                let line = format!(
                    "{} -> {:?} {country} {:.1} {:.1}, gold {latitude:.1} {longitude:.1}",
                    gold.surface, location.kind, place.latitude, place.longitude
                );
                *self.wrong.entry(line).or_default() += 1;
            }
        }
    }

    fn print(mut self, file: &str, show: usize) {
        self.distances.sort_by(f64::total_cmp);
        let share = |count: usize| count as f64 / self.gold.max(1) as f64;
        let median = self.distances.get(self.distances.len() / 2).copied().unwrap_or(0.0);
        println!(
            "{file}: {} toponyms, accuracy {:.3} (strict {:.3}), no place {:.3}, median {median:.0} km",
            self.gold,
            share(self.right),
            share(self.strict),
            share(self.without)
        );
        let mut wrong: Vec<(String, usize)> = self.wrong.into_iter().collect();
        wrong.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        wrong.iter().take(show).for_each(|(line, count)| println!("  {count} {line}"));
    }
}

/// The distance on the sphere.
fn kilometres(place: &Place, latitude: f64, longitude: f64) -> f64 {
    let (from, to) = (place.latitude.to_radians(), latitude.to_radians());
    let half = |difference: f64| (difference / 2.0).sin().powi(2);
    let chord = half(to - from) + from.cos() * to.cos() * half((longitude - place.longitude).to_radians());
    12_742.0 * chord.min(1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_sphere() {
        let place =
            Place { country: None, admin1: None, latitude: 52.52, longitude: 13.405, geonames_id: None };
        assert!((kilometres(&place, 48.8566, 2.3522) - 878.0).abs() < 3.0);
        assert!(kilometres(&place, 52.52, 13.405) < 1e-6);
    }
}

use super::table::{NameUse, PlaceKind, Row, Table, encode};
use super::{FoundLocation, Hints, demonyms, locations};
use crate::article::enriched::LocationKind;
use crate::extract::folded::fold;
use crate::extract::names::{Name, NameKind};
use crate::extract::nations::Country;
use crate::text::Span;
use proptest::prelude::*;

/// The text without the marks, and a place for each `[name]` and a person for each `{name}`.
fn marked(text: &str) -> (String, Vec<Name>) {
    let (mut plain, mut names, mut start) = (String::new(), Vec::new(), 0);
    for c in text.chars() {
        match c {
            '[' | '{' => start = plain.len(),
            ']' | '}' => names.push(Name {
                span: Span::new(start, plain.len()),
                kind: if c == ']' { NameKind::Location } else { NameKind::Person },
                confidence: 0.9,
            }),
            _ => plain.push(c),
        }
    }
    (plain, names)
}

fn read(text: &str) -> Vec<FoundLocation> {
    let (text, names) = marked(text);
    locations(&text, &names, &demonyms(&text, &names), &Hints::default())
}

/// The location with a name, its country and the division that it lies in.
fn find<'f>(found: &'f [FoundLocation], name: &str) -> &'f FoundLocation {
    found
        .iter()
        .find(|location| location.name == name || location.aliases.iter().any(|alias| alias == name))
        .unwrap_or_else(|| panic!("{name} is not in {found:?}"))
}

fn country(location: &FoundLocation) -> Option<&'static str> {
    location.place.and_then(|place| place.country).map(Country::code)
}

fn admin1(location: &FoundLocation) -> Option<&'static str> {
    location.place.and_then(|place| place.admin1)
}

#[test]
fn towns_and_countries_get_their_facts() {
    let found = read(
        "Troops left [Mosul] in [Iraq] for [Raqa] in [Syria], officials in the [US] said. The [United States] agreed.",
    );
    let mosul = find(&found, "Mosul");
    let place = mosul.place.expect("known");
    assert_eq!(
        (mosul.kind, place.geonames_id, admin1(mosul)),
        (LocationKind::City, Some(99_072), Some("Nineveh"))
    );
    assert!((place.latitude - 36.335).abs() < 0.001 && (place.longitude - 43.11889).abs() < 0.001);
    assert_eq!((country(find(&found, "Raqa")), find(&found, "Raqa").kind), (Some("SY"), LocationKind::City));
    let us = find(&found, "United States");
    assert_eq!(
        (us.name.as_str(), us.aliases.as_slice(), us.kind),
        ("United States", &["US".to_owned()][..], LocationKind::Country)
    );
    assert_eq!(us.mentions.len(), 2);
    assert_eq!(us.place.map(|place| (place.latitude, place.longitude)), Some((38.0, -97.0)));
    assert_eq!(us.place.and_then(|place| place.geonames_id), Some(6_252_001));
    let order: Vec<&str> = found.iter().map(|location| location.name.as_str()).collect();
    assert_eq!(order, ["Mosul", "Iraq", "Raqa", "Syria", "United States"]);
}

#[test]
fn a_cue_behind_the_name_decides() {
    for (text, name, expected) in [
        ("A fire in [Paris], Texas, hurt two.", "Paris", Some("Texas")),
        ("A fire in [Portland], Ore., hurt two.", "Portland", Some("Oregon")),
        ("A fire in [Portland], Maine, hurt two.", "Portland", Some("Maine")),
        ("A fire in [Springfield] (Ohio) hurt two.", "Springfield", Some("Ohio")),
        ("A fire in [London], Ont., hurt two.", "London", Some("Ontario")),
        ("A fire in [Birmingham] in Alabama hurt two.", "Birmingham", Some("Alabama")),
    ] {
        assert_eq!(admin1(find(&read(text), name)), expected, "{text}");
    }
    assert_eq!(country(find(&read("He was born in [Valencia], Venezuela."), "Valencia")), Some("VE"));
}

#[test]
fn without_a_cue_the_large_town_is_meant() {
    let found = read("Talks in [Paris] and [London] ended, and [Birmingham] waits.");
    assert_eq!(country(find(&found, "Paris")), Some("FR"));
    assert_eq!(country(find(&found, "London")), Some("GB"));
    assert_eq!(country(find(&found, "Birmingham")), Some("GB"));
}

#[test]
fn a_country_does_not_take_the_cities_of_the_world() {
    let found = read(
        "[U.S.] officials met in [Vienna]. The [U.S.] team left [Athens] for [Paris] and [Rome]. [U.S.] envoys flew to [Birmingham] and [Manchester].",
    );
    for (name, code) in [
        ("Vienna", "AT"),
        ("Athens", "GR"),
        ("Paris", "FR"),
        ("Rome", "IT"),
        ("Birmingham", "GB"),
        ("Manchester", "GB"),
    ] {
        assert_eq!(country(find(&found, name)), Some(code), "{name}");
    }
    let more = "Americans, the [U.S.], the [US] and [America]: the American view of [Amsterdam] is American.";
    assert_eq!(country(find(&read(more), "Amsterdam")), Some("NL"));
    let state = "Officials of [Texas] flew to [Paris] on Monday, and [Texas] paid.";
    assert_eq!(country(find(&read(state), "Paris")), Some("FR"));
}

#[test]
fn several_sure_neighbours_take_a_name_from_a_city_of_the_world() {
    let local = "The road from [Paris] to [Bonham] in [Lamar County] was shut; [Sulphur Springs] and [Texas] sent help.";
    assert_eq!(admin1(find(&read(local), "Paris")), Some("Texas"));
    let (text, names) = marked("A bus burned out on the road to [Naples].");
    let hints = Hints { dateline: Some("FORT MYERS, Fla."), ..Hints::default() };
    assert_eq!(admin1(&locations(&text, &names, &[], &hints)[0]), Some("Florida"));
}

#[test]
fn a_cue_before_the_name_decides() {
    for (text, name, expected) in [
        (
            "He studied at the University of Alabama in [Huntsville] for a year.",
            "Huntsville",
            Some("Alabama"),
        ),
        ("A fire in Texas's [Paris] hurt two.", "Paris", Some("Texas")),
        ("Norway’s [Moss] waits for rain.", "Moss", Some("Østfold")),
        ("The hall stands in [Kensington] in west London.", "Kensington", Some("England")),
    ] {
        assert_eq!(admin1(find(&read(text), name)), expected, "{text}");
    }
    let embassy = "The guards of Australia's [London] embassy left.";
    assert_eq!(country(find(&read(embassy), "London")), Some("GB"));
}

#[test]
fn a_city_comes_before_the_division_that_it_names() {
    for (name, kind) in [
        ("Zurich", LocationKind::City),
        ("Utrecht", LocationKind::City),
        ("New York", LocationKind::City),
        ("Utrecht province", LocationKind::Admin1),
        ("Quebec", LocationKind::Admin1),
        ("Oklahoma", LocationKind::Admin1),
    ] {
        let found = read(&format!("They met in [{name}] on Friday."));
        assert_eq!(found[0].kind, kind, "{name}");
    }
}

#[test]
fn a_small_town_needs_its_country_in_the_article() {
    let vague = "The firm of [Millersburg] sells to [Peru] and [Chile].";
    assert_eq!(find(&read(vague), "Millersburg").place, None);
    let named = "The firm of [Millersburg] sells to [Peru] and the [United States].";
    assert_eq!(country(find(&read(named), "Millersburg")), Some("US"));
    let by_people = "The American firm of [Millersburg] sells to [Peru].";
    assert_eq!(country(find(&read(by_people), "Millersburg")), Some("US"));
    // No other place has the name.
    assert_eq!(country(find(&read("The firm of [Cuyo] sells to [Peru]."), "Cuyo")), Some("PH"));
    // The words beside it say that it is not the one of Melbourne.
    assert_eq!(
        find(&read("A fire in London's [Docklands] hurt two in [Australia]."), "Docklands").place,
        None
    );
}

#[test]
fn a_small_town_that_has_an_article_is_none() {
    let found = read(
        "The [Aurora] sank off [Norway]. Divers reached the [Aurora], and the ill-fated [Aurora] moved.",
    );
    let aurora = find(&found, "Aurora");
    assert_eq!(aurora.place, None);
    assert!(aurora.confidence < 0.35, "{}", aurora.confidence);
    let police = read("The [Mosul] offensive and the [Mosul] police: all of it in [Mosul], [Iraq].");
    assert_eq!(country(find(&police, "Mosul")), Some("IQ"));
    assert_eq!(
        country(&read("He went to the [Netherlands], and the [Netherlands] took him.")[0]),
        Some("NL")
    );
}

#[test]
fn other_places_of_the_article_decide() {
    let local = "The county bought land near [Gainesville] on Monday. Deputies of [Alachua County] drove from [Ocala] to help.";
    assert_eq!(admin1(find(&read(local), "Gainesville")), Some("Florida"));
    let caucasus = "Border guards of [Georgia] met those of [Armenia] in [Tbilisi].";
    assert_eq!(
        (find(&read(caucasus), "Georgia").kind, country(find(&read(caucasus), "Georgia"))),
        (LocationKind::Country, Some("GE"))
    );
    let south =
        "Storms crossed [Georgia] and [Alabama]; in [Atlanta], [Macon] and [Savannah] the power failed.";
    assert_eq!(
        (find(&read(south), "Georgia").kind, country(find(&read(south), "Georgia"))),
        (LocationKind::Admin1, Some("US"))
    );
}

#[test]
fn one_name_can_mean_two_places_where_cues_say_so() {
    let found = read(
        "From [Springfield], Ill., he moved to [Springfield], Mo., last year. [Springfield] was kind to him.",
    );
    let of: Vec<_> = found.iter().map(|location| (admin1(location), location.mentions.len())).collect();
    assert_eq!(of, [(Some("Illinois"), 2), (Some("Missouri"), 1)]);
}

#[test]
fn names_that_are_narrowed_are_reduced() {
    let found = read(
        "Fighting in [northern Iraq] closed [Baghdad International Airport]; [Nineveh province] and the [city of Basra] were calm.",
    );
    let north = find(&found, "northern Iraq");
    assert_eq!((north.kind, country(north)), (LocationKind::Region, Some("IQ")));
    assert_eq!(
        north.place.and_then(|place| place.geonames_id),
        None,
        "the number of Iraq is not that of its north"
    );
    let airport = find(&found, "Baghdad International Airport");
    assert_eq!((airport.kind, country(airport)), (LocationKind::Other, Some("IQ")));
    assert_eq!(
        (find(&found, "Nineveh province").kind, country(find(&found, "Nineveh province"))),
        (LocationKind::Admin1, Some("IQ"))
    );
    assert_eq!(find(&found, "city of Basra").kind, LocationKind::City);
}

#[test]
fn old_and_other_spellings_are_known() {
    for (name, code) in [
        ("Kiev", "UA"),
        ("Bombay", "IN"),
        ("Peking", "CN"),
        ("Rangoon", "MM"),
        ("Saigon", "VN"),
        ("Burma", "MM"),
        ("West Bank", "PS"),
        ("Gaza", "PS"),
        ("Crimea", "UA"),
        ("Helmand", "AF"),
        ("KIEV", "UA"),
        ("England", "GB"),
        ("New England", "US"),
        ("Holland", "NL"),
        ("Washington", "US"),
        ("Mexico", "MX"),
        ("Fallujah", "IQ"),
    ] {
        let found = read(&format!("They met in [{name}] on Friday."));
        assert_eq!(country(&found[0]), Some(code), "{name}");
    }
    assert_eq!(read("All of the [Middle East] waits.")[0].kind, LocationKind::Region);
    assert_eq!(read("He lives in [Mexico].")[0].kind, LocationKind::Country);
    assert_eq!(read("He works in [Washington].")[0].kind, LocationKind::City);
    assert_eq!(read("He works in [New York].")[0].kind, LocationKind::City);
    let state = "Fires burn in [Washington] near [Seattle], [Spokane], [Tacoma] and [Yakima].";
    assert_eq!(read(state)[0].kind, LocationKind::Admin1);
    assert_eq!(read("He works in [England].")[0].kind, LocationKind::Admin1);
}

#[test]
fn a_name_that_nobody_knows_stays_without_a_place() {
    let found = read("The caravan reached [Qxyzzara] at noon. [Qxyzzara] slept.");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].place, found[0].mentions.len(), found[0].kind), (None, 2, LocationKind::Other));
    assert!(found[0].confidence < 0.5);
}

#[test]
fn hints_count() {
    let (text, names) = marked("A bus burned out in [Newcastle].");
    let place = |hints: &Hints<'_>| country(&locations(&text, &names, &demonyms(&text, &names), hints)[0]);
    assert_eq!(place(&Hints { dateline: Some("SYDNEY, Australia"), ..Hints::default() }), Some("AU"));
    assert_eq!(place(&Hints { domain: Some("news.example.co.uk"), ..Hints::default() }), Some("GB"));
    assert_eq!(
        locations(
            &text,
            &names,
            &demonyms(&text, &names),
            &Hints { title: Some("Cape Town bus burns"), ..Hints::default() }
        )
        .len(),
        1
    );
}

#[test]
fn names_of_persons_are_no_places() {
    assert_eq!(read("{Paris} spoke to {Jordan}."), []);
}

#[test]
fn demonyms_are_found_outside_of_names() {
    let (text, names) = marked(
        "Iraqi and South Korean troops met Western envoys. The {Iraqi Khan} spoke, and pro-Kurdish Frenchmen cheered the Czech Republic. Polish it.",
    );
    let found: Vec<(&str, Option<&str>)> = demonyms(&text, &names)
        .iter()
        .map(|found| (found.span.text(&text), found.country.map(Country::code)))
        .collect();
    assert_eq!(
        found,
        [
            ("Iraqi", Some("IQ")),
            ("South Korean", Some("KR")),
            ("Western", None),
            ("Kurdish", None),
            ("Frenchmen", Some("FR")),
            ("Polish", Some("PL")),
        ]
    );
}

#[test]
fn a_demonym_leaves_its_article() {
    let text = "The Malagasy singer met The German and The Turkish envoy. The Iraqis slept. The Dutch Republic fell.";
    let found: Vec<&str> = demonyms(text, &[]).iter().map(|found| found.span.text(text)).collect();
    assert_eq!(found, ["Malagasy", "German", "Turkish", "Iraqis", "Dutch"]);
}

#[test]
fn the_table_that_ships_fits_the_countries() {
    let table = Table::shipped();
    assert!(table.len() > 100_000, "{} places", table.len());
    for country in Country::all() {
        let row = table.row(u32::from(country.index())).expect("a row for each country");
        assert_eq!(
            (row.kind, row.country, row.geonames_id),
            (PlaceKind::Country, Some(country), Some(country.geonames_id()))
        );
    }
}

#[test]
fn a_table_gives_back_what_was_put_in() {
    let row = |kind, code, latitude, division, county| Row {
        kind,
        country: Country::from_code(code),
        latitude,
        longitude: -12.34567,
        geonames_id: Some(7),
        division,
        county,
        weight: 99,
    };
    let rows = [
        row(PlaceKind::City, "IQ", 1.0, 1, 3),
        row(PlaceKind::Other, "", -2.0, 0, 0),
        row(PlaceKind::Admin1, "US", 3.0, 2, 0),
    ];
    let names = [
        (fold("Alpha"), 0, NameUse::Main),
        (fold("Alpha"), 2, NameUse::Other),
        (fold("Alpha"), 2, NameUse::Main),
        (fold("Beta"), 1, NameUse::Abbreviation),
    ];
    let divisions = ["Ösel".to_owned(), "Nord".to_owned()];
    let bytes: &'static [u8] = encode(&rows, &names, &divisions).expect("small").leak();
    let table = Table::new(bytes).expect("whole");
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(table.row(number as u32), Some(*row));
    }
    assert_eq!(table.row(3), None);
    assert_eq!(
        (table.division(1), table.division(2), table.division(0), table.division(3)),
        (Some("Ösel"), Some("Nord"), None, None)
    );
    let of = |name: &str| {
        table.candidates(&fold(name)).map(|found| (found.place, found.usage)).collect::<Vec<_>>()
    };
    assert_eq!(of("ALPHA"), [(0, NameUse::Main), (2, NameUse::Main)]);
    assert_eq!(of("beta"), [(1, NameUse::Abbreviation)]);
    assert_eq!(of("gamma"), []);
    for end in 0..bytes.len() {
        assert!(Table::new(&bytes[..end]).is_none(), "cut at {end}");
    }
}

#[test]
fn a_hundred_thousand_names_are_taken() {
    // With work on all pairs this would take minutes.
    let towns =
        ["Springfield", "Gainesville", "Paris", "Salem", "Clinton", "Georgia", "Victoria", "San Jose"];
    let text: String =
        (0..100_000).map(|n| format!("In [{} {}] it rained. ", towns[n % 8], n / 16)).collect();
    let (text, names) = marked(&text);
    let found = locations(&text, &names, &demonyms(&text, &names), &Hints::default());
    assert_eq!(found.iter().map(|location| location.mentions.len()).sum::<usize>(), 100_000);
}

proptest! {
    #[test]
    fn any_names_in_any_text_are_taken(
        text in "(\\PC{0,6}(Paris|Georgia|US|Iraqi|, Texas|[ ,.(])?){0,20}",
        cuts in prop::collection::vec(0usize..400, 0..12),
        kinds in prop::collection::vec(0usize..3, 6),
    ) {
        let mut borders: Vec<usize> = cuts.into_iter().filter(|&cut| text.is_char_boundary(cut)).collect();
        borders.sort_unstable();
        let names: Vec<Name> = borders
            .chunks_exact(2)
            .filter(|two| two[0] < two[1])
            .zip(kinds)
            .map(|(two, kind)| Name { span: Span::new(two[0], two[1]), kind: NameKind::ALL[kind], confidence: 0.5 })
            .collect();
        let hints = Hints { title: Some(&text), dateline: Some(&text), domain: Some("example.fr"), country: None };
        let found = locations(&text, &names, &demonyms(&text, &names), &hints);
        let mut mentions: Vec<Span> = found.iter().flat_map(|location| location.mentions.clone()).collect();
        mentions.sort_unstable();
        let places: Vec<Span> =
            names.iter().filter(|name| name.kind == NameKind::Location).map(|name| name.span).collect();
        prop_assert_eq!(mentions, places);
        for location in &found {
            prop_assert!((0.0..=1.0).contains(&location.confidence));
            if let Some(place) = location.place {
                prop_assert!(place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0);
            }
        }
        for demonym in demonyms(&text, &names) {
            prop_assert!(!demonym.span.text(&text).is_empty());
            prop_assert!(names.iter().all(|name| !name.span.overlaps(demonym.span)));
        }
    }
}

use super::list::List;
use super::{Country, country, demonym};
use proptest::prelude::*;

fn code(words: &str) -> Option<&'static str> {
    country(words).map(Country::code)
}

#[test]
fn every_line_is_read_and_no_name_stands_for_two() {
    let (read, lines) = List::get().count();
    assert_eq!(read, lines);
    assert_eq!(List::get().doubles(), Vec::<&str>::new());
}

#[test]
fn countries_have_many_names() {
    for (words, expected) in [
        ("US", "US"),
        ("U.S.", "US"),
        ("the U.S.", "US"),
        ("USA", "US"),
        ("United States of America", "US"),
        ("UNITED STATES", "US"),
        ("America", "US"),
        ("UK", "GB"),
        ("Britain", "GB"),
        ("England", "GB"),
        ("Northern Ireland", "GB"),
        ("Burma", "MM"),
        ("Myanmar", "MM"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("DR Congo", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Kosovo", "XK"),
        ("Palestine", "PS"),
        ("Taiwan", "TW"),
        ("Hong Kong", "HK"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("TURKEY", "TR"),
        ("Türkiye", "TR"),
        ("St. Lucia", "LC"),
        ("UAE", "AE"),
    ] {
        assert_eq!(code(words), Some(expected), "{words}");
    }
}

#[test]
fn other_words_are_no_country() {
    for words in ["us", "turkey", "Us", "Uae", "Paris", "", "the", "The ", "Middle East", "Africa", "Car"] {
        assert_eq!(code(words), None, "{words}");
    }
}

#[test]
fn a_country_knows_its_facts() {
    let iraq = Country::from_code("IQ").expect("listed");
    assert_eq!((iraq.code(), iraq.name(), iraq.geonames_id()), ("IQ", "Iraq", 99_237));
    assert_eq!((iraq.latitude(), iraq.longitude()), (33.0, 44.0));
    assert_eq!(Country::from_code("ZZ"), None);
    assert_eq!(Country::from_code("iq"), None);
}

#[test]
fn nationalities_in_every_form() {
    for (word, expected) in [
        ("Iraqi", Some("IQ")),
        ("Iraqis", Some("IQ")),
        ("British", Some("GB")),
        ("Dutch", Some("NL")),
        ("Frenchman", Some("FR")),
        ("Frenchmen", Some("FR")),
        ("Palestinians", Some("PS")),
        ("Swiss", Some("CH")),
        ("Filipinas", Some("PH")),
        ("SYRIAN", Some("SY")),
        ("South Korean", Some("KR")),
        ("New Zealanders", Some("NZ")),
        ("Korean", None),
        ("Arab", None),
        ("Arabs", None),
        ("Western", None),
        ("Kurdish", None),
        ("Kurds", None),
        ("African", None),
    ] {
        let found = demonym(word).unwrap_or_else(|| panic!("{word} is a nationality"));
        assert_eq!(found.country.map(Country::code), expected, "{word}");
    }
    for word in ["polish", "turkish", "Iraq", "Table", "Christian", "", "s", "S"] {
        assert_eq!(demonym(word), None, "{word}");
    }
}

proptest! {
    #[test]
    fn any_words_are_taken(words in "\\PC{0,90}") {
        let _ = (country(&words), demonym(&words));
    }
}

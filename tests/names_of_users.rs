//! `copydesk enrich` with names that the user adds: what the files say is what the entities say, and a wrong file stops
//! the start with its place.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

const SETTINGS: &str = "[extract.aliases]\n\
\"Fond for Hav\" = [\"FFH\", \"Havfond\"]\n\
[extract.gazetteers]\n\
people = [\"people.txt\"]\n\
organizations = [\"organizations.txt\"]\n\
places = [\"places.txt\"]\n";

const ARTICLE: &str = "The council of Melbyvik sold the old pier to Zorvex on Monday, and La Silva signed for the buyers. \
Havfond had bid as well.\nThe pier will be torn down, said the council, and a new one will be built for Zorvex. In \
Melbyvik few were glad.";

fn files<'a>(people: &'a str, organizations: &'a str, places: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("desk.toml", SETTINGS),
        ("article.txt", ARTICLE),
        ("people.txt", people),
        ("organizations.txt", organizations),
        ("places.txt", places),
    ]
}

/// Runs `copydesk enrich` in a folder with these files.
fn enrich(folder: &Path, files: &[(&str, &str)], settings: bool) -> Output {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.arg("enrich").arg(folder.join("article.txt"));
    if settings {
        command.arg("--config").arg(folder.join("desk.toml"));
    }
    for (key, _) in std::env::vars_os() {
        if key.to_string_lossy().starts_with("COPYDESK") {
            command.env_remove(key);
        }
    }
    command.output().expect("the program ends")
}

fn article(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one article")
}

fn entity<'a>(article: &'a Value, key: &str, name: &str) -> Option<&'a Value> {
    article[key].as_array().into_iter().flatten().find(|entity| entity["name"] == name)
}

const PEOPLE: &str = "# our people\nAna Silva | La Silva\n";
const ORGANIZATIONS: &str = "Zorvex\n";
const PLACES: &str = "Melbyvik\tNO\t59.5\t10.25\tcity\n";

#[test]
fn what_the_files_say_is_in_the_entities() {
    let folder = tempfile::tempdir().expect("a folder");
    let with = article(&enrich(folder.path(), &files(PEOPLE, ORGANIZATIONS, PLACES), true));
    let texts = |entity: &Value| -> Vec<String> {
        let mentions = entity["mentions"].as_array().into_iter().flatten();
        mentions.filter_map(|mention| mention["text"].as_str()).map(str::to_owned).collect()
    };

    let silva = entity(&with, "people", "Ana Silva").unwrap_or_else(|| panic!("{}", with["people"]));
    assert_eq!((texts(silva), &silva["aliases"]), (vec!["La Silva".to_owned()], &json!(["La Silva"])));
    let zorvex = entity(&with, "organizations", "Zorvex").unwrap_or_else(|| panic!("{with}"));
    assert_eq!(texts(zorvex), ["Zorvex", "Zorvex"]);
    // An alias does not say what it names: the tagger may take this one for a person.
    let fund = ["people", "organizations", "locations"].into_iter();
    let fund = fund.filter_map(|key| entity(&with, key, "Fond for Hav")).next();
    assert_eq!(fund.map(&texts), Some(vec!["Havfond".to_owned()]), "{with}");
    let melbyvik = entity(&with, "locations", "Melbyvik").unwrap_or_else(|| panic!("{with}"));
    assert_eq!(texts(melbyvik), ["Melbyvik", "Melbyvik"]);
    for (key, value) in
        [("country", json!("NO")), ("lat", json!(59.5)), ("lon", json!(10.25)), ("kind", json!("city"))]
    {
        assert_eq!(melbyvik[key], value, "{key}");
    }
    assert_eq!(melbyvik["geonamesId"], Value::Null, "a place of the user's is none of GeoNames");

    let without = article(&enrich(folder.path(), &[], false));
    let place = entity(&without, "locations", "Melbyvik");
    assert!(place.is_none_or(|place| place["lat"].is_null()), "{place:?} is known without the file");
}

/// Names of one set are one, whatever the text alone would make of them.
#[test]
fn names_of_a_set_are_one_person_and_one_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = files("Ana Silva | Nina Brandt\n", ORGANIZATIONS, "Melbyvik | Fjordholm\tNO\n");
    files[1].1 =
        "Nina Brandt came to Fjordholm on Monday. Ana Silva left Melbyvik, and Brandt said that it was late.";
    let article = article(&enrich(folder.path(), &files, true));
    let mentions = |entity: Option<&Value>| {
        let all = entity.and_then(|entity| entity["mentions"].as_array()).into_iter().flatten();
        all.filter_map(|mention| mention["text"].as_str()).map(str::to_owned).collect::<Vec<_>>()
    };
    let silva = entity(&article, "people", "Ana Silva");
    assert_eq!(mentions(silva), ["Nina Brandt", "Ana Silva", "Brandt"], "{}", article["people"]);
    assert_eq!(article["people"].as_array().map(Vec::len), Some(1));
    let place = entity(&article, "locations", "Melbyvik");
    assert_eq!(mentions(place), ["Fjordholm", "Melbyvik"], "{}", article["locations"]);
    assert_eq!(
        place.map(|place| (&place["country"], &place["aliases"])),
        Some((&json!("NO"), &json!(["Fjordholm"])))
    );
    assert_eq!(article["locations"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_wrong_file_stops_the_start_and_is_named_with_its_line() {
    for (people, organizations, places, wanted) in [
        ("Ana Silva\n\nBo||\n", ORGANIZATIONS, PLACES, "people.txt:3: "),
        (PEOPLE, "Zorvex\nAna Silva\n", PLACES, "organizations.txt:2: "),
        (PEOPLE, ORGANIZATIONS, "# ours\nMelbyvik\tNorway\n", "places.txt:2: "),
        (PEOPLE, ORGANIZATIONS, "Melbyvik\tNO\t159.5\t10.25\n", "places.txt:1: "),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let output = enrich(folder.path(), &files(people, organizations, places), true);
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{wanted}: {report}");
        assert!(report.contains(wanted), "{wanted}: {report}");
        assert!(output.stdout.is_empty(), "{wanted}: something was written");
    }
}

#[test]
fn a_file_that_is_not_there_stops_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = enrich(folder.path(), &files(PEOPLE, ORGANIZATIONS, PLACES)[..3], true);
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{report}");
    assert!(report.contains("organizations.txt") && report.contains("places.txt"), "{report}");
}

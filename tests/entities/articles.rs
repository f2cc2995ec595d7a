//! Articles of our own with what a reader finds in them.

use super::*;

/// Of the shape of a wire report: a plan, two ministers, an armed group with several names, and many places.
pub const COALITION: &str = "The United States gathered its allies in Berlin on Monday and agreed on a plan to drive the Islamic \
State group out of its last towns.\n\
US Defence Secretary Martin Holt told reporters that the group would soon be pushed back to Mosul in Iraq.\n\
\"Daesh is losing ground, and it knows it,\" Holt said. He warned that the fight was not over.\n\
Separately, German Foreign Minister Clara Weiss met envoys from France and Turkey. Weiss said she hoped that ISIL would be \
beaten within a year, and the IS group has lost half of its land in Syria.\n\
The World Health Organization (WHO) will send doctors to Baghdad. WHO has asked for money.\n\
Holt flies to Paris on Friday, where Iraqi and French officials wait for him.";

fn texts(entity: &Value, key: &str) -> Vec<String> {
    list(entity, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn mentions(entity: &Value) -> Vec<String> {
    let all = list(entity, "mentions").iter();
    all.filter_map(|mention| mention["text"].as_str()).map(str::to_owned).collect()
}

#[test]
fn people_are_joined_and_have_their_offices() {
    let value = enriched(&stage(&[]), &text(COALITION));
    assert_eq!(names(&value, "people"), ["Martin Holt", "Clara Weiss"]);
    let holt = named(&value, "people", "Martin Holt");
    assert_eq!(texts(holt, "aliases"), ["Holt"]);
    assert_eq!(mentions(holt), ["Martin Holt", "Holt", "Holt"]);
    assert_eq!(holt["roles"], json!([{"title": "Defence Secretary", "org": null, "country": "US"}]));
    assert_eq!(holt["gender"], "male");
    let weiss = named(&value, "people", "Clara Weiss");
    assert_eq!(mentions(weiss), ["Clara Weiss", "Weiss"]);
    assert_eq!(weiss["roles"], json!([{"title": "Foreign Minister", "org": null, "country": "DE"}]));
    assert_eq!(weiss["gender"], "female");
}

#[test]
fn names_of_one_organisation_are_joined() {
    let value = enriched(&stage(&[]), &text(COALITION));
    let group = list(&value, "organizations")
        .iter()
        .find(|entity| mentions(entity).iter().any(|mention| mention == "Daesh"))
        .unwrap_or_else(|| panic!("{}", value["organizations"]));
    let found = mentions(group);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found[0].starts_with("Islamic State") && found[2] == "ISIL" && found[3].starts_with("IS"),
        "{found:?}"
    );
    assert_eq!(group["orgType"], "armedGroup");
    let health = named(&value, "organizations", "World Health Organization");
    assert_eq!(mentions(health), ["World Health Organization", "WHO", "WHO"]);
    assert_eq!(texts(health, "aliases"), ["WHO"]);
    assert_eq!(health["orgType"], "international");
    assert_eq!(list(&value, "organizations").len(), 2, "{}", value["organizations"]);
}

#[test]
fn places_have_their_countries_and_coordinates() {
    let value = enriched(&stage(&[]), &text(COALITION));
    let places = [
        ("United States", "US", "country", None),
        ("Berlin", "DE", "city", Some((52.5, 13.4))),
        ("Mosul", "IQ", "city", Some((36.3, 43.1))),
        ("Iraq", "IQ", "country", None),
        ("France", "FR", "country", None),
        ("Turkey", "TR", "country", None),
        ("Syria", "SY", "country", None),
        ("Baghdad", "IQ", "city", Some((33.3, 44.4))),
        ("Paris", "FR", "city", Some((48.9, 2.35))),
    ];
    assert_eq!(names(&value, "locations"), places.map(|(name, ..)| name));
    for (name, country, kind, coordinates) in places {
        let place = named(&value, "locations", name);
        assert_eq!((&place["country"], &place["kind"]), (&json!(country), &json!(kind)), "{name}");
        if let Some((lat, lon)) = coordinates {
            let off = (number(&place["lat"]) - lat).abs().max((number(&place["lon"]) - lon).abs());
            assert!(off < 0.5, "{name} is {off} degrees off");
            assert!(place["geonamesId"].is_u64(), "{place}");
        }
    }
    assert_eq!(mentions(named(&value, "locations", "United States")), ["United States", "US"]);
    let demonyms: Vec<(&Value, &Value)> =
        list(&value, "demonyms").iter().map(|demonym| (&demonym["text"], &demonym["country"])).collect();
    assert_eq!(
        demonyms,
        [(&json!("German"), &json!("DE")), (&json!("Iraqi"), &json!("IQ")), (&json!("French"), &json!("FR"))]
    );
}

/// The town's name is a word, too: only the place is one.
#[test]
fn words_that_are_also_names_of_places_are_left_alone() {
    let value = enriched(
        &stage(&[]),
        &text(
            "It was a nice day for reading a book, and mobile phones were left at home. The turkey was eaten cold. \
             Later there were talks in Nice, Istanbul and Paris, and the family drove across Turkey.",
        ),
    );
    assert_eq!(names(&value, "locations"), ["Nice", "Istanbul", "Paris", "Turkey"]);
    assert_eq!(named(&value, "locations", "Nice")["country"], "FR");
    assert_eq!((names(&value, "people").len(), names(&value, "organizations").len()), (0, 0), "{value}");
}

#[test]
fn the_main_figure_is_the_most_salient() {
    let value = enriched(
        &stage(&[]),
        &json!({
            "id": "a",
            "title": "Ingrid Solberg wins vote",
            "text": "Prime Minister Ingrid Solberg won a vote of confidence on Tuesday after a long debate. Solberg said that she \
                     was glad. \"We have work to do,\" Solberg told reporters.\nHer rival, Thomas Keller, said that he would go \
                     on. The debate in Oslo had lasted two days, and Solberg had spoken three times.",
        }),
    );
    let first = entities(&value)
        .into_iter()
        .max_by(|one, other| number(&one["salience"]).total_cmp(&number(&other["salience"])));
    assert_eq!(first.map(|entity| &entity["name"]), Some(&json!("Ingrid Solberg")), "{value}");
    let sum: f64 = entities(&value).iter().map(|entity| number(&entity["salience"])).sum();
    assert!((sum - 1.0).abs() < 0.01, "{sum}");
    let salience = |name: &str| number(&named(&value, "people", name)["salience"]);
    assert!(salience("Ingrid Solberg") > 2.0 * salience("Thomas Keller"));
}

/// The title says nothing that the text does not name, but it tells what an article is about.
#[test]
fn a_headline_makes_its_names_more_salient() {
    let share = |title: &str| {
        let article = "Thomas Keller met Ingrid Solberg in Berlin on Monday, an aide said.";
        let value = enriched(&stage(&[]), &json!({"id": "a", "title": title, "text": article}));
        number(&named(&value, "people", "Ingrid Solberg")["salience"])
    };
    assert!(share("Solberg and Ingrid Solberg in Berlin") > share("Talks held on Monday"));
    assert!(share("Ingrid Solbergsen") <= share("Talks held on Monday"), "a name is a whole word");
}

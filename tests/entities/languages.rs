//! Other languages and scripts: a warning, and never garbage.

use super::*;
use copydesk::article::enriched::Relation;

const FRENCH: &str = "Le président de la République a rencontré mardi à Paris la chancelière Angela Brenner, qui avait \
demandé cette réunion depuis plusieurs semaines. Les deux dirigeants ont parlé du budget de l'Union européenne et de \
l'accueil des réfugiés, selon un communiqué publié dans la soirée. « Nous avons bien travaillé », a déclaré Mme Brenner \
devant les journalistes, avant de repartir pour Berlin.\nUne autre réunion est prévue au mois de juin, mais la date n'est \
pas encore connue.";

const CHINESE: &str = "北京——外交部发言人周二表示，两国领导人将在下个月举行会谈，讨论贸易和气候问题。会谈将在日内瓦举行，\
为期两天。联合国秘书长对此表示欢迎。发言人说，双方已经就议程达成一致，并希望会谈取得成果。";

const ARABIC: &str = "قال وزير الخارجية يوم الثلاثاء إن المحادثات بين البلدين ستبدأ الشهر المقبل في جنيف. وأضاف الوزير أن \
الجانبين اتفقا على جدول الأعمال، وأن الأمم المتحدة ترحب بهذه الخطوة. ومن المتوقع أن تستمر المحادثات يومين.";

fn warnings(value: &Value) -> Vec<&str> {
    list(value, "warnings").iter().filter_map(Value::as_str).collect()
}

#[test]
fn english_has_no_warning_about_names() {
    let value = enriched(&stage(&[]), &text(articles::COALITION));
    assert_eq!(value["language"], "en");
    assert!(!warnings(&value).iter().any(|warning| warning.starts_with("names")), "{}", value["warnings"]);
}

#[test]
fn another_language_in_latin_letters_is_less_sure() {
    let value = enriched(&stage(&[]), &text(FRENCH));
    assert_eq!(value["language"], "fr");
    assert!(warnings(&value).contains(&"namesLessSure"), "{}", value["warnings"]);
    assert!(!warnings(&value).contains(&"namesNotRead"));
    let brenner = named(&value, "people", "Angela Brenner");
    for entity in entities(&value) {
        assert!(number(&entity["confidence"]) < 0.7, "{entity}");
    }
    assert!(!list(brenner, "mentions").is_empty());
    assert_eq!(named(&value, "locations", "Berlin")["country"], "DE");
    assert_eq!(value["demonyms"], json!([]), "words of nationality are read in English alone");
}

#[test]
fn another_script_has_a_warning_and_no_garbage() {
    for (language, article) in [("zh", CHINESE), ("ar", ARABIC)] {
        let value = enriched(&stage(&[]), &text(article));
        assert_eq!(value["language"].as_str().and_then(|tag| tag.split('-').next()), Some(language));
        assert!(warnings(&value).contains(&"namesNotRead"), "{language}: {}", value["warnings"]);
        assert!(!warnings(&value).contains(&"namesLessSure"));
        assert!(entities(&value).is_empty(), "{language}: {:?}", entities(&value));
        assert_eq!(value["demonyms"], json!([]));
    }
}

/// The names that are known by heart are found in any script.
#[test]
fn a_name_that_the_user_adds_is_found_in_another_script() {
    let value =
        enriched(&stage(&["extract.aliases.United Nations=联合国秘书长|الأمم المتحدة"]), &text(ARABIC));
    assert!(warnings(&value).contains(&"namesNotRead"));
    let found = named(&value, "organizations", "United Nations");
    assert_eq!(found["mentions"][0]["text"], "الأمم المتحدة");
}

#[test]
fn the_models_name_is_in_every_whole_record() {
    for article in [articles::COALITION, FRENCH, CHINESE] {
        let value = enriched(&stage(&[]), &text(article));
        let model = value["provenance"]["models"]["names"].as_str().unwrap_or_default();
        assert!(!model.is_empty(), "{}", value["provenance"]);
    }
}

/// A link says whose copy it is, and nothing that was read out of its text.
#[test]
fn a_copy_that_is_only_linked_has_no_entities() {
    let copy = |id: &str| Verdict {
        relation: Relation::Exact,
        of: Some("first".into()),
        similarity: Some(1.0),
        ..Verdict::original(id.into())
    };
    let article = text(articles::COALITION);
    let whole = finished(&stage(&["dedup.copies=annotate"]), &article, copy);
    assert!(!entities(&whole).is_empty());
    let link = finished(&stage(&["dedup.copies=link"]), &article, copy);
    for key in ["people", "organizations", "locations", "demonyms"] {
        assert_eq!(link[key], json!([]), "{key}");
    }
    assert_eq!(link["dedup"]["of"], "first");
}

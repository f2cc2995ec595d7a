//! Names that the user adds: `[extract.aliases]` and the files of `[extract.gazetteers]`.

use std::path::Path;

use copydesk::article::enriched::LocationKind;
use copydesk::config::*;
use copydesk::extract::known::{Knowledge, claim};
use copydesk::extract::names::NameKind;
use copydesk::text::Segments;

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// Loads `desk.toml` of a folder that holds these files.
fn load(files: &[(&str, &str)]) -> Result<Loaded, String> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let loaded = Sources::new().file(Some(folder.path().join("desk.toml"))).load();
    loaded.map_err(|errors| errors.to_string().replace(&folder.path().display().to_string(), "F"))
}

/// What the names of a text are known as.
fn known(knowledge: &Knowledge, text: &str) -> Vec<(String, NameKind)> {
    let found = claim(text, &Segments::new(text), knowledge, &[]);
    let name = |set: &Option<_>| set.map(|set| knowledge.set(set).name.clone()).unwrap_or_default();
    found.sets.iter().map(name).zip(found.names.iter().map(|name| name.kind)).collect()
}

#[test]
fn aliases_and_files_are_read_at_the_start() {
    let loaded = load(&[
        (
            "desk.toml",
            "[extract.aliases]\n\"Fond for Hav\" = [\"FFH\", \"Havfond\"]\n\
             [extract.gazetteers]\npeople = [\"people.txt\"]\norganizations = [\"orgs.txt\"]\nplaces = [\"places.txt\"]\n",
        ),
        ("people.txt", "# people\nAna Silva | La Silva\n"),
        ("orgs.txt", "Zorvex\n"),
        ("places.txt", "Melby\tNO\t59.5\t10.25\tcity\n"),
    ])
    .unwrap();
    let knowledge = &loaded.settings.extract.knowledge;
    let named = |name: &str, kind| (name.to_owned(), kind);
    assert_eq!(
        known(knowledge, "La Silva left Zorvex in Melby for the Havfond."),
        [
            named("Ana Silva", NameKind::Person),
            named("Zorvex", NameKind::Organization),
            named("Melby", NameKind::Location),
            named("Fond for Hav", NameKind::Organization),
        ]
    );
    let melby = knowledge.user_sets().find(|(_, set)| set.name == "Melby").unwrap().1;
    let place = melby.place.as_ref().unwrap();
    assert_eq!((place.country.as_deref(), place.coordinates), (Some("NO"), Some((59.5, 10.25))));
    assert_eq!(place.kind, Some(LocationKind::City));
    assert_eq!(loaded.settings.stage().knowledge, *knowledge);
}

#[test]
fn the_environment_and_set_separate_names_by_a_bar() {
    let loaded = Sources::new()
        .environment([("COPYDESK__EXTRACT__ALIASES__ZORVEX", "Zorvex Ltd | ZX")])
        .set(["extract.aliases.Fond for Hav, Bergen=FFH|Havfond"])
        .load()
        .unwrap();
    let found = known(&loaded.settings.extract.knowledge, "Zorvex Ltd met the Havfond.");
    assert_eq!(
        found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["ZORVEX", "Fond for Hav, Bergen"]
    );
}

#[test]
fn a_path_in_set_is_relative_to_the_working_directory() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("p.txt", "Ana Silva\n")]);
    let path = folder.path().join("p.txt");
    let set = format!("extract.gazetteers.people={}", path.display());
    let loaded = Sources::new().set([set]).load().unwrap();
    assert_eq!(known(&loaded.settings.extract.knowledge, "Ana Silva").len(), 1);
    let missing =
        Sources::new().set(["extract.gazetteers.people=no-such-file.txt"]).load().unwrap_err().to_string();
    assert!(missing.contains("no-such-file.txt: cannot be read") && missing.contains("--set"), "{missing}");
}

#[test]
fn what_is_wrong_names_the_file_and_the_line() {
    let settings = "[extract.gazetteers]\npeople = [\"p.txt\"]\nplaces = [\"l.txt\"]\n";
    for (people, places, wanted) in [
        ("Ana\n\nBo||\n", "", "F/p.txt:3: a name is empty"),
        ("Ana\n", "Melby\tNorway\n", "F/l.txt:1: \"Norway\" is no country's code"),
        ("Ana\nBo | Ana\n...\n", "", "F/p.txt:3: a name must hold a letter or a digit"),
        ("Ana\n", "Ana\tNO\n", "F/l.txt:1: \"Ana\" names two things"),
    ] {
        let wrong = load(&[("desk.toml", settings), ("p.txt", people), ("l.txt", places)]).unwrap_err();
        assert!(wrong.contains(wanted) && wrong.contains("F/desk.toml:"), "{wrong}");
    }
    let both = load(&[("desk.toml", settings), ("p.txt", "Ana\n"), ("l.txt", "Ana\n")]).unwrap_err();
    assert!(both.contains("(the other one: F/p.txt:1)"), "{both}");
}

#[test]
fn wrong_files_and_wrong_aliases_are_in_one_report() {
    let errors = Sources::new()
        .set(["extract.gazetteers.people=no-such-file.txt", "extract.aliases.A=B", "extract.aliases.C=B"])
        .load()
        .unwrap_err();
    assert_eq!(errors.errors().len(), 2, "{errors}");
}

#[test]
fn a_file_that_is_no_text_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.txt");
    std::fs::write(&path, b"Ana\nB\xf8rge\n").unwrap();
    let set = format!("extract.gazetteers.organizations={}", path.display());
    let wrong = Sources::new().set([set]).load().unwrap_err().to_string();
    assert!(wrong.contains("p.txt:2: not UTF-8"), "{wrong}");
}

#[test]
fn aliases_that_do_not_fit_are_refused() {
    for (text, wanted) in [
        ("A = [\"B\"]\nC = [\"B\"]\n", "extract.aliases.C (F/desk.toml:3): \"B\" names two things"),
        ("A = [\"\"]\n", "extract.aliases.A (F/desk.toml:2): a name must hold a letter"),
        ("A = []\n", "extract.aliases.A = [] (F/desk.toml:2): must be a list of other names"),
        ("A = \"B\"\n", "extract.aliases.A = \"B\" (F/desk.toml:2): must be a list of texts"),
        ("A = [1]\n", "must be a list of texts"),
    ] {
        let wrong = load(&[("desk.toml", &format!("[extract.aliases]\n{text}"))]).unwrap_err();
        assert!(wrong.contains(wanted), "{wrong}");
    }
}

#[test]
fn printed_aliases_are_settings_again() {
    let loaded =
        Sources::new().set(["extract.aliases.J.P. \"Zorvex\" Bank=JPZ|Zorvex, Bank"]).load().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("printed.toml");
    std::fs::write(&path, loaded.effective.to_string()).unwrap();
    let again = Sources::new().file(Some(path)).load().unwrap();
    assert_eq!(again.settings, loaded.settings);
    assert_eq!(known(&again.settings.extract.knowledge, "The JPZ fell.").len(), 1);
}

//! Sets of names that stand for one thing, and the sets that ship (`data/organizations.txt`).

use std::sync::LazyLock;

use crate::article::enriched::OrganizationType;
use crate::extract::names::NameKind;

/// Names for one thing: what the text cannot show, that "Daesh" is "Islamic State".
#[derive(Debug, Clone, PartialEq)]
pub struct NameSet {
    /// The name to give the thing.
    pub name: String,
    /// What it is; `None`: whatever the tagger takes one of its names for, else an organisation.
    pub kind: Option<NameKind>,
    /// What sort of organisation, where that is known.
    pub org_type: Option<OrganizationType>,
    /// For a place that a user describes: where it is.
    pub place: Option<KnownPlace>,
}

/// What a user says about a place, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnownPlace {
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Latitude and longitude in degrees, north and east positive.
    pub coordinates: Option<(f64, f64)>,
    /// What sort of place it is.
    pub kind: Option<crate::article::enriched::LocationKind>,
}

/// How far one form of a name may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// It is this name wherever it stands.
    Safe,
    /// Also something else: it needs another name of the set in the article, an article before it, or company such as
    /// "said" or a bracket (`?` in the file).
    AfterArticle,
    /// Also a common word: it needs another name of the set in the article, or a word such as "group" behind it (`!`).
    Strict,
    /// Nearly always something else: it only joins what the tagger found to be an organisation (`~`).
    JoinOnly,
}

/// One form of a set's name.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// The set's place in its list.
    pub set: usize,
    /// The form as written.
    pub text: String,
    /// How far to trust it.
    pub grade: Grade,
}

/// Sets with their forms.
#[derive(Debug, Clone, Default)]
pub(super) struct Sets {
    pub sets: Vec<NameSet>,
    pub forms: Vec<Form>,
}

/// The sets that ship. About 300 lines: read at the first use, in well under a millisecond.
pub(super) static SHIPPED: LazyLock<Sets> =
    LazyLock::new(|| read(include_str!("../../../data/organizations.txt")));

/// Reads `type: name | form | ...`, one set a line. A line that does not fit is left out; a test holds the file to have
/// none.
pub(super) fn read(text: &str) -> Sets {
    let mut all = Sets::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((label, names)) = line.split_once(':') else { continue };
        let org_type = org_type(label.trim());
        let set = all.sets.len();
        let mut first = None;
        for name in names.split('|').map(str::trim).filter(|name| !name.is_empty()) {
            let (grade, text) = match name.split_at_checked(1) {
                Some(("?", rest)) => (Grade::AfterArticle, rest),
                Some(("!", rest)) => (Grade::Strict, rest),
                Some(("~", rest)) => (Grade::JoinOnly, rest),
                _ => (Grade::Safe, name),
            };
            first.get_or_insert(text);
            all.forms.push(Form { set, text: text.to_owned(), grade });
        }
        let Some(name) = first else { continue };
        let kind = Some(NameKind::Organization);
        all.sets.push(NameSet { name: name.to_owned(), kind, org_type, place: None });
    }
    all
}

/// The type of this name in the file; "-": not said.
pub(super) fn org_type(label: &str) -> Option<OrganizationType> {
    use OrganizationType::*;
    Some(match label {
        "company" => Company,
        "government" => Government,
        "international" => International,
        "party" => Party,
        "securityForce" => SecurityForce,
        "armedGroup" => ArmedGroup,
        "court" => Court,
        "media" => Media,
        "sport" => Sport,
        "education" => Education,
        "association" => Association,
        "other" => Other,
        _ => return None,
    })
}

//! What sort of organisation a name's words say.

use super::words::{PAPERS, has};
use crate::article::enriched::OrganizationType::{self, *};

/// Groups of words that decide, wherever they stand; of two the first in the name. In order of the alphabet.
const PHRASES: &[(&str, OrganizationType)] = &[
    ("african union", International),
    ("air force", SecurityForce),
    ("arab league", International),
    ("armed forces", SecurityForce),
    ("athletic club", Sport),
    ("attorney general", Government),
    ("awami league", Party),
    ("border guard", SecurityForce),
    ("borough council", Government),
    ("central bank", Government),
    ("chamber of commerce", Association),
    ("city council", Government),
    ("coast guard", SecurityForce),
    ("county council", Government),
    ("credit union", Company),
    ("cricket board", Sport),
    ("cricket club", Sport),
    ("defence force", SecurityForce),
    ("defence forces", SecurityForce),
    ("defense forces", SecurityForce),
    ("development bank", International),
    ("district attorney", Government),
    ("district council", Government),
    ("election commission", Government),
    ("electoral commission", Government),
    ("european commission", International),
    ("european union", International),
    ("federal reserve", Government),
    ("fire brigade", Government),
    ("fire department", Government),
    ("fire service", Government),
    ("football association", Sport),
    ("football club", Sport),
    ("football federation", Sport),
    ("football league", Sport),
    ("foreign affairs committee", Government),
    ("foreign office", Government),
    ("general assembly", International),
    ("geological survey", Government),
    ("health service", Government),
    ("high school", Education),
    ("home office", Government),
    ("house of assembly", Government),
    ("house of commons", Government),
    ("house of lords", Government),
    ("house of representatives", Government),
    ("intelligence committee", Government),
    ("judiciary committee", Government),
    ("legislative assembly", Government),
    ("legislative council", Government),
    ("liberation army", ArmedGroup),
    ("liberation front", ArmedGroup),
    ("marine corps", SecurityForce),
    ("met office", Government),
    ("national assembly", Government),
    ("national guard", SecurityForce),
    ("news agency", Media),
    ("olympic committee", Sport),
    ("oversight and reform committee", Government),
    ("police department", SecurityForce),
    ("police prefecture", SecurityForce),
    ("premier league", Sport),
    ("presidential guard", SecurityForce),
    ("press agency", Media),
    ("privy council", Government),
    ("racing team", Sport),
    ("red crescent", Association),
    ("red cross", Association),
    ("republican guard", SecurityForce),
    ("research center", Education),
    ("research centre", Education),
    ("reserve bank", Government),
    ("revolutionary guard", SecurityForce),
    ("revolutionary guards", SecurityForce),
    ("rugby league", Sport),
    ("rugby union", Sport),
    ("security council", International),
    ("security forces", SecurityForce),
    ("select committee", Government),
    ("sheriff s department", SecurityForce),
    ("sheriff s office", SecurityForce),
    ("special forces", SecurityForce),
    ("state department", Government),
    ("stock exchange", Company),
    ("town council", Government),
    ("trade union", Association),
    ("united nations", International),
    ("weather service", Government),
    ("white house", Government),
];

/// Words that decide as the head of a name: its last word, or the last before "of", "for", "in". In order of the alphabet.
const HEADS: &[(&str, OrganizationType)] = &[
    ("academy", Education),
    ("administration", Government),
    ("aerospace", Company),
    ("ag", Company),
    ("agencia", Government),
    ("agency", Government),
    ("airline", Company),
    ("airlines", Company),
    ("airways", Company),
    ("archdiocese", Association),
    ("army", SecurityForce),
    ("assembly", Government),
    ("association", Association),
    ("athletic", Sport),
    ("authority", Government),
    ("automotive", Company),
    ("banco", Company),
    ("bank", Company),
    ("banque", Company),
    ("battalion", SecurityForce),
    ("brewery", Company),
    ("brigade", SecurityForce),
    ("brigades", ArmedGroup),
    ("broadcaster", Media),
    ("broadcasting", Media),
    ("brotherhood", Association),
    ("brothers", Company),
    ("bulletin", Media),
    ("bundestag", Government),
    ("bureau", Government),
    ("cabinet", Government),
    ("capital", Company),
    ("carabinieri", SecurityForce),
    ("cf", Sport),
    ("charity", Association),
    ("chronicle", Media),
    ("church", Association),
    ("clinic", Other),
    ("club", Sport),
    ("co", Company),
    ("college", Education),
    ("commission", Government),
    ("communications", Company),
    ("company", Company),
    ("congress", Government),
    ("conservatives", Party),
    ("constabulary", SecurityForce),
    ("construction", Company),
    ("consultants", Company),
    ("consulting", Company),
    ("corp", Company),
    ("corporation", Company),
    ("council", Government),
    ("court", Court),
    ("courts", Court),
    ("cruises", Company),
    ("daily", Media),
    ("democrats", Party),
    ("department", Government),
    ("diocese", Association),
    ("division", SecurityForce),
    ("electric", Company),
    ("electronics", Company),
    ("embassy", Government),
    ("energy", Company),
    ("entertainment", Company),
    ("examiner", Media),
    ("express", Media),
    ("faculty", Education),
    ("fc", Sport),
    ("federation", Association),
    ("foods", Company),
    ("foundation", Association),
    ("fund", Association),
    ("gazette", Media),
    ("gendarmerie", SecurityForce),
    ("globe", Media),
    ("gmbh", Company),
    ("government", Government),
    ("greens", Party),
    ("group", Company),
    ("guardian", Media),
    ("guild", Association),
    ("herald", Media),
    ("holding", Company),
    ("holdings", Company),
    ("hospital", Other),
    ("inc", Company),
    ("industries", Company),
    ("institute", Education),
    ("institution", Education),
    ("insurance", Company),
    ("international", Company),
    ("investments", Company),
    ("journal", Media),
    ("kft", Company),
    ("knesset", Government),
    ("lab", Education),
    ("laboratories", Education),
    ("laboratory", Education),
    ("labs", Education),
    ("league", Sport),
    ("legislature", Government),
    ("liberals", Party),
    ("limited", Company),
    ("lions", Sport),
    ("llc", Company),
    ("llp", Company),
    ("logistics", Company),
    ("ltd", Company),
    ("magazine", Media),
    ("mail", Media),
    ("marines", SecurityForce),
    ("media", Media),
    ("militia", ArmedGroup),
    ("mining", Company),
    ("ministerio", Government),
    ("ministry", Government),
    ("ministère", Government),
    ("mirror", Media),
    ("motor", Company),
    ("motors", Company),
    ("museum", Association),
    ("navy", SecurityForce),
    ("network", Media),
    ("networks", Company),
    ("news", Media),
    ("newspaper", Media),
    ("nv", Company),
    ("observatory", Education),
    ("observer", Media),
    ("office", Government),
    ("oil", Company),
    ("orchestra", Association),
    ("parliament", Government),
    ("partei", Party),
    ("parti", Party),
    ("partido", Party),
    ("partners", Company),
    ("party", Party),
    ("petroleum", Company),
    ("pharma", Company),
    ("pharmaceuticals", Company),
    ("pictures", Company),
    ("plc", Company),
    ("police", SecurityForce),
    ("polizei", SecurityForce),
    ("polytechnic", Education),
    ("post", Media),
    ("prefecture", Government),
    ("press", Media),
    ("radio", Media),
    ("railway", Company),
    ("railways", Company),
    ("rebels", ArmedGroup),
    ("records", Company),
    ("regiment", SecurityForce),
    ("republicans", Party),
    ("restaurants", Company),
    ("rovers", Sport),
    ("school", Education),
    ("securities", Company),
    ("senate", Government),
    ("shipyard", Company),
    ("society", Association),
    ("software", Company),
    ("solutions", Company),
    ("standard", Media),
    ("steel", Company),
    ("stores", Company),
    ("studios", Company),
    ("sun", Media),
    ("supermarkets", Company),
    ("systems", Company),
    ("team", Sport),
    ("technologies", Company),
    ("telecom", Company),
    ("telegraph", Media),
    ("telekom", Company),
    ("television", Media),
    ("textiles", Company),
    ("times", Media),
    ("treasury", Government),
    ("tribunal", Court),
    ("tribune", Media),
    ("trust", Association),
    ("tv", Media),
    ("union", Association),
    ("universidad", Education),
    ("universidade", Education),
    ("universiteit", Education),
    ("universitet", Education),
    ("university", Education),
    ("università", Education),
    ("universität", Education),
    ("université", Education),
    ("verein", Association),
    ("verlag", Media),
    ("wanderers", Sport),
    ("watch", Association),
    ("weekly", Media),
    ("wireless", Company),
];

/// Departments of a university, not of a government.
const SUBJECTS: &[&str] = &[
    "anthropology",
    "astronomy",
    "biology",
    "chemistry",
    "engineering",
    "geography",
    "geology",
    "history",
    "linguistics",
    "mathematics",
    "medicine",
    "neuroscience",
    "philosophy",
    "physics",
    "psychology",
    "sciences",
    "sociology",
    "studies",
    "zoology",
];

/// A body "for" one of these is one of several states.
const CONTINENTS: &[&str] = &["africa", "asia", "caribbean", "europe", "oceania", "pacific"];

const PREPOSITIONS: &[&str] =
    &["at", "de", "del", "der", "des", "di", "do", "du", "for", "für", "in", "of", "on"];

/// The sort that the words of a name say; `None`: no rule knows.
///
/// ```
/// use copydesk::article::enriched::OrganizationType;
/// use copydesk::extract::organizations::org_type;
/// assert_eq!(org_type("University of Bergen"), Some(OrganizationType::Education));
/// assert_eq!(org_type("Zorvex"), None);
/// ```
pub fn org_type(name: &str) -> Option<OrganizationType> {
    let mut words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '/'))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let joined = words.join(" ");
    let mut start = 0;
    for word in &words {
        // The greatest phrase that is not behind the rest of the name is the one that the rest may begin with.
        let rest = &joined[start..];
        let at = PHRASES.partition_point(|(phrase, _)| *phrase <= rest);
        if let Some((phrase, kind)) = at.checked_sub(1).map(|at| PHRASES[at])
            && rest.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            return Some(kind);
        }
        start += word.len() + 1;
    }
    // "Radio 4": a number is no head.
    while words.len() > 1 && words.last().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())) {
        words.pop();
    }
    let first = words.first()?.as_str();
    let of = words.iter().skip(1).position(|word| PREPOSITIONS.contains(&word.as_str())).map(|at| at + 1);
    let head = &words[of.unwrap_or(words.len()) - 1];
    let last = words.last()?;
    // Endings of companies stand last, whatever is before them.
    let ends = matches!(last.as_str(), "inc" | "ltd" | "plc" | "gmbh" | "llc" | "corp" | "co" | "nv");
    if ends && words.len() > 1 {
        return Some(Company);
    }
    if matches!(first, "un" | "eu") && words.len() > 1 {
        return Some(International);
    }
    if matches!(first, "house" | "senate") && last == "committee" {
        return Some(Government);
    }
    if first == "uc" && words.len() > 1 {
        return Some(Education);
    }
    if matches!(head.as_str(), "department" | "school" | "faculty" | "institute")
        && words.iter().any(|word| SUBJECTS.contains(&word.as_str()))
    {
        return Some(Education);
    }
    let worldwide = matches!(first, "international" | "world" | "european" | "african" | "inter");
    match head.as_str() {
        "organization" | "organisation" => {
            return worldwide.then_some(International).or(of.map(|_| International));
        }
        // A bare head word is not known to be anything.
        _ if words.len() == 1
            && !matches!(head.as_str(), "parliament" | "congress" | "senate" | "knesset") =>
        {
            return single(head);
        }
        "center" | "centre"
            if of.is_some() && words.iter().any(|word| matches!(word.as_str(), "studies" | "research")) =>
        {
            return Some(Education);
        }
        "commission" | "council" | "agency"
            if of.is_some_and(|of| words[of..].iter().any(|word| CONTINENTS.contains(&word.as_str()))) =>
        {
            return Some(International);
        }
        "commission" | "parliament" | "council" | "agency" if worldwide => return Some(International),
        "international" if words.len() == 1 => return None,
        "group" | "fund" | "division" if of.is_some() => return None,
        _ => {}
    }
    let by_head = HEADS.binary_search_by(|(word, _)| (*word).cmp(head.as_str())).ok().map(|at| HEADS[at].1);
    // "Imperial College London"
    by_head
        .or_else(|| words.iter().any(|word| word == "university" || word == "college").then_some(Education))
}

/// Single words that name one sort of body.
fn single(word: &str) -> Option<OrganizationType> {
    Some(match word {
        "navy" | "marines" | "police" | "gendarmerie" => SecurityForce,
        "treasury" | "bundestag" | "house" | "cabinet" => Government,
        word if has(PAPERS, word) => Media,
        "democrats" | "republicans" | "conservatives" | "liberals" | "greens" => Party,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_search() {
        assert!(HEADS.is_sorted_by(|a, b| a.0 < b.0) && PHRASES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(SUBJECTS.is_sorted() && PREPOSITIONS.is_sorted() && CONTINENTS.is_sorted());
    }

    #[test]
    fn every_phrase_is_found_within_a_name() {
        for (phrase, kind) in PHRASES {
            assert_eq!(org_type(&format!("Zorvex {phrase} zembia")), Some(*kind), "{phrase}");
            assert_eq!(org_type(phrase), Some(*kind), "{phrase}");
        }
    }

    #[test]
    fn words_tell_the_sort() {
        for (name, kind) in [
            ("Ministry of Health", Some(Government)),
            ("Chinese Foreign Ministry", Some(Government)),
            ("Supreme Court of Zembia", Some(Court)),
            ("Zorvex Energy Inc.", Some(Company)),
            ("Melby Times", Some(Media)),
            ("Melby Police Department", Some(SecurityForce)),
            ("Zembian Air Force", Some(SecurityForce)),
            ("Melby FC", Some(Sport)),
            ("Zembia Liberation Front", Some(ArmedGroup)),
            ("Department of Physics", Some(Education)),
            ("Department of Transport", Some(Government)),
            ("Green Party of Zembia", Some(Party)),
            ("Teachers' Union", Some(Association)),
            ("World Postal Organization", Some(International)),
            ("Parliament", Some(Government)),
            ("The Times", Some(Media)),
            ("Imperial College Melby", Some(Education)),
            ("Melby Radio 7", Some(Media)),
            ("Melby Centre for Harbour Studies", Some(Education)),
            ("Trade Commission for Africa and Asia", Some(International)),
            ("Trade Commission of Zembia", Some(Government)),
            ("Melby Police Prefecture", Some(SecurityForce)),
            ("Melby Prefecture", Some(Government)),
            ("Orda Wireless", Some(Company)),
            ("Group", None),
            ("Zorvex", None),
            ("", None),
        ] {
            assert_eq!(org_type(name), kind, "{name}");
        }
    }
}

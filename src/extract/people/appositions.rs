//! Titles behind a name or set off by a comma before it: "Ash Carter, the US defence secretary,", "Malaysia's Prime
//! Minister, Najib Razak", "As president, Lund ...", "Ann Lund (CEO of Fjord Bank)", "Ann Lund, who is a baker".
//!
//! A wrong role is worse than none: a phrase counts only if all its words were read and it ends where such phrases
//! end, so that "According to Lund, the minister said" says nothing about Lund.

use super::phrase::{Draft, Start};
use super::said::Said;
use super::scene::{Kind, Scene};
use super::words::Class;

/// The longest title before its head noun, in items.
const LONGEST: usize = 12;

/// How a title behind a name is joined to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// A comma or a dash.
    Comma,
    /// A bracket.
    Bracket,
    /// "who is", "is".
    Verb,
    /// A comma behind the place or the organisation that is said of the person.
    Place,
}

/// Reads the titles behind the name that is item `at`.
pub(super) fn behind(scene: &Scene<'_>, at: usize, said: &mut Said) -> Vec<Draft> {
    let Some((link, start)) = link(scene, at) else { return Vec::new() };
    if kin(scene, start, said) {
        return Vec::new();
    }
    let Some((mut draft, end)) = noun_phrase(scene, start, scene.items.len()) else { return Vec::new() };
    // "Ann Lund, a former minister said it was late.": the name opens its clause, and the comma behind the phrase is
    // forgotten.
    if link == Link::Comma && opens_clause(scene, at) && draft.is_rich() && speaks(scene, end) {
        return vec![draft];
    }
    let indefinite = draft.start == Start::Indefinite;
    // "Lund of Fjord Games, a developer of toys": the company is.
    let of_company = ["publisher", "producer", "developer", "broadcaster", "contractor", "owner", "manager"];
    if link == Link::Place && of_company.iter().any(|word| scene.is_text(draft.head, word)) {
        return Vec::new();
    }
    if link == Link::Verb && draft.start == Start::Owned {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    let mut end = end;
    if scene.is_text(end, "and") || scene.is_text(end, "&") {
        if let Some((mut second, after)) = noun_phrase(scene, end + 1, scene.items.len())
            && !matches!(scene.kind(after), Some(Kind::Person(_)))
            && (second.head == end + 1 || second.start != Start::Definite || !draft.is_rich())
        {
            if ends(scene, after, link, indefinite) {
                draft.share(&second, scene);
                second.share(&draft, scene);
                drafts.push(second);
                end = after;
            }
        } else if matches!(scene.kind(end + 1), Some(Kind::Person(_))) || !indefinite {
            return Vec::new();
        }
    }
    if !ends(scene, end, link, indefinite) || !is_plain(scene, &draft, link) {
        return Vec::new();
    }
    drafts.insert(0, draft);
    drafts
}

/// Whether the name at item `at` starts a sentence or a clause, so that a verb behind its apposition is its own.
fn opens_clause(scene: &Scene<'_>, at: usize) -> bool {
    let mut first = at;
    while first > 0 && scene.is_word(first - 1, Class::ADDRESS) {
        first -= 1;
    }
    first == 0
        || matches!(scene.kind(first - 1), Some(Kind::Quote | Kind::Stop))
        || scene.is_text(first - 1, "but")
}

/// Whether item `at` is a verb of speech that a comma does not set off: "Lund, the minister said, is ill".
fn speaks(scene: &Scene<'_>, at: usize) -> bool {
    scene.is_word(at, Class::SPEECH)
        && !scene.items[at].large
        && !matches!(scene.kind(at + 1), None | Some(Kind::Comma | Kind::Stop | Kind::Dash))
}

/// Finds where a title behind the name may start: behind a comma, a bracket, an age, "who is".
fn link(scene: &Scene<'_>, at: usize) -> Option<(Link, usize)> {
    let mut next = at + 1;
    // "Lund of Fjord University, a shipping researcher,".
    if ["of", "from", "at"].iter().any(|word| scene.is_text(next, word)) {
        next += 1 + usize::from(scene.is_text(next + 1, "the"));
        if !matches!(scene.kind(next), Some(Kind::Organization | Kind::Place(_)))
            || !scene.is(next + 1, Kind::Comma)
        {
            return None;
        }
        return Some((Link::Place, next + 2));
    }
    let link = match scene.kind(next)? {
        Kind::Comma | Kind::Dash => Link::Comma,
        Kind::Open => Link::Bracket,
        Kind::Word if copula(scene, next) => {
            let next = next + 1;
            let article = ["a", "an", "the"].iter().any(|word| scene.is_text(next, word));
            return article.then_some((Link::Verb, next));
        }
        _ => return None,
    };
    next += 1;
    if scene.is_text(next, "aged") {
        next += 1;
    }
    if scene.is(next, Kind::Number) && scene.is(next + 1, Kind::Comma) {
        next += 2;
    }
    if scene.is_text(next, "currently") || scene.is_text(next, "now") {
        next += 1;
    }
    if scene.is_text(next, "who") {
        next += 1;
        if copula(scene, next) {
            next += 1;
        } else if scene.is_text(next, "served") && scene.is_text(next + 1, "as") {
            next += 2;
        } else {
            return None;
        }
        let now = ["now", "currently", "also", "then"].iter().any(|word| scene.is_text(next, word));
        return Some((Link::Verb, next + usize::from(now)));
    }
    Some((link, next))
}

fn copula(scene: &Scene<'_>, at: usize) -> bool {
    scene.is_text(at, "is") || scene.is_text(at, "was")
}

/// "his wife", "a mother of two": says a gender, and no role.
fn kin(scene: &Scene<'_>, start: usize, said: &mut Said) -> bool {
    let determined = scene.is_word(start, Class::DETERMINER);
    let owned = matches!(scene.kind(start), Some(Kind::Person(_))) && scene.is(start + 1, Kind::Possessive);
    let noun = start + if owned { 2 } else { usize::from(determined) };
    if !scene.is_word(noun, Class::KIN) {
        return false;
    }
    let next = noun + 1;
    // "Lund, his mother, and his brother": a list.
    if scene.is(next, Kind::Comma)
        && (scene.is_text(next + 1, "and") || scene.is_word(next + 1, Class::DETERMINER.and(Class::KIN)))
    {
        return true;
    }
    let set_off =
        matches!(scene.kind(next), None | Some(Kind::Comma | Kind::Stop | Kind::Close | Kind::Dash))
            || ["of", "who", "from"].iter().any(|word| scene.is_text(next, word));
    if set_off {
        said.gendered(scene.items[noun].class);
    }
    true
}

/// A title that starts with item `start`, and the item behind it. None if a word stands in it that has no place in a
/// title, or if it is no title of one person.
fn noun_phrase(scene: &Scene<'_>, start: usize, limit: usize) -> Option<(Draft, usize)> {
    let head = head(scene, start, limit)?;
    let mut draft = Draft::before(scene, head, start, false);
    let owned_outside = draft.start == Start::Owned && scene.is(draft.first + 1, Kind::Possessive);
    if draft.first != start && !owned_outside {
        return None;
    }
    if !draft.is_supported(scene) && !scene.is_text(head + 1, "of") && !scene.is_text(head + 1, "for") {
        return None;
    }
    let end = draft.behind(scene, limit);
    // "Lund, actor Jon Berg": the title belongs to the name that follows.
    if matches!(scene.kind(end), Some(Kind::Person(_) | Kind::Organization | Kind::Place(_))) {
        return None;
    }
    Some((draft, end))
}

/// The head noun of the noun phrase that starts with item `start`.
fn head(scene: &Scene<'_>, start: usize, limit: usize) -> Option<usize> {
    let mut found = None;
    let mut at = start;
    while at < limit.min(start + LONGEST) {
        let Some(item) = scene.items.get(at) else { break };
        let word = scene.word(at);
        let participle = item.class == Class::default() && (word.ends_with("ing") || word.ends_with("ed"));
        let inside = match item.kind {
            Kind::Word if found.is_some() && !item.large && participle => false,
            Kind::Organization | Kind::Place(_) | Kind::Demonym(_) | Kind::Hyphen | Kind::Possessive => true,
            Kind::Person(_) => scene.is(at + 1, Kind::Possessive) && at == start,
            Kind::Word if item.class.is(Class::DETERMINER) => at == start,
            Kind::Word if item.class.is(Class::OFFICE.and(Class::MODIFIER).and(Class::PRAISE)) => true,
            Kind::Word if scene.is_text(at, "and") || scene.is_text(at, "&") => {
                at > start
                    && scene.is_word(at - 1, Class::MODIFIER)
                    && !scene.is_word(at - 1, Class::OFFICE)
                    && scene.is_word(at + 1, Class::MODIFIER)
            }
            Kind::Word => {
                item.large && item.class == Class::default()
                    || !item.class.is(Class::FUNCTION.and(Class::VERB).and(Class::ADDRESS).and(Class::KIN))
            }
            _ => false,
        };
        if !inside {
            break;
        }
        if item.is_word(Class::OFFICE) && !item.class.is(Class::PLURAL) {
            found = Some(at);
        }
        at += 1;
    }
    // The last noun of the phrase is its head: "the doctor group" is no doctor.
    let head = found?;
    let ending = ["emeritus", "elect", "designate"].iter().any(|word| scene.is_text(head + 1, word));
    (head + 1 + usize::from(ending) == at).then_some(head)
}

/// Whether a title behind a name may end before item `at`.
fn ends(scene: &Scene<'_>, at: usize, link: Link, indefinite: bool) -> bool {
    match scene.kind(at) {
        None | Some(Kind::Stop | Kind::Close | Kind::Dash | Kind::Quote) => true,
        Some(Kind::Comma) => !matches!(link, Link::Comma | Link::Place) || !opens_other(scene, at),
        Some(Kind::Word) => {
            let clause = [
                "who", "whose", "which", "that", "when", "since", "until", "where", "and", "but", "between",
                "during", "from", "based", "before", "after", "while", "as",
            ];
            let item = scene.items[at];
            if clause.iter().any(|word| scene.is_text(at, word)) {
                return link == Link::Verb
                    || link == Link::Bracket
                    || indefinite
                    || !scene.is_text(at, "and");
            }
            if link == Link::Verb {
                return item.is_word(Class::FUNCTION);
            }
            // "a lawyer representing the family", "an officer accused of theft", but not "the minister resigned".
            let word = scene.word(at);
            !item.class.is(Class::VERB) && (word.ends_with("ing") || indefinite && word.ends_with("ed"))
        }
        Some(Kind::Number) => link == Link::Verb,
        _ => false,
    }
}

/// Whether the comma at item `at` may set off the next name instead: "met Lund, the minister, Jon Berg, and left".
fn opens_other(scene: &Scene<'_>, at: usize) -> bool {
    if !matches!(scene.kind(at + 1), Some(Kind::Person(_))) {
        return false;
    }
    // A list of people with their titles goes on with a title behind the next name.
    let listed = scene.is(at + 2, Kind::Comma) && head(scene, at + 3, scene.items.len()).is_some();
    !listed
}

/// A bare noun must be rich or end its clause: "Lund, president, said"; "Lund, minister says" is a headline's source.
fn is_plain(scene: &Scene<'_>, draft: &Draft, link: Link) -> bool {
    if link == Link::Verb {
        return true;
    }
    // "in brackets": anything with an office in it.
    link == Link::Bracket
        || draft.start != Start::Bare
        || draft.is_rich()
        || !scene.items[draft.head].class.is(Class::WEAK)
}

/// Reads the title that a comma sets off before the name that is item `at`.
pub(super) fn before(scene: &Scene<'_>, at: usize, said: &mut Said) -> Option<Draft> {
    let mut comma = at.checked_sub(1)?;
    while comma > 0 && scene.is_word(comma, Class::ADDRESS) {
        comma -= 1;
    }
    if !scene.is(comma, Kind::Comma) {
        return None;
    }
    if !closes(scene, at) {
        return None;
    }
    let floor = floor(scene, comma);
    let mut found: Option<(Draft, bool)> = None;
    for head in floor..comma {
        let item = scene.items[head];
        if item.is_word(Class::KIN)
            && head + 1 == comma
            && scene.is_word(head.wrapping_sub(1), Class::DETERMINER)
        {
            said.gendered(item.class);
            return None;
        }
        if !item.is_word(Class::OFFICE) || item.class.is(Class::PLURAL) {
            continue;
        }
        let mut draft = Draft::before(scene, head, floor, false);
        if draft.behind(scene, comma) != comma {
            continue;
        }
        let first = draft.first;
        let as_role = first > 0 && scene.is_text(first - 1, "as") && first == 1 && draft.unknown == 0;
        let fits = match draft.start {
            Start::Definite | Start::Owned => true,
            Start::Bare => as_role || draft.unknown == 0 && draft.country.is_some(),
            Start::Indefinite => as_role || scene.is(at + 1, Kind::Comma) || scene.is(at + 1, Kind::Stop),
        };
        // "Ann Lund, the minister, Jon Berg": whose?
        let disputed = first > 1
            && (scene.is(first - 1, Kind::Comma) || scene.is_text(first - 1, "and"))
            && matches!(scene.kind(first - 2), Some(Kind::Person(_)));
        if !fits || disputed {
            return None;
        }
        if found.is_some() {
            // "a spokesman for the president, Ann Lund": either.
            return None;
        }
        found = Some((draft, as_role || first == 0));
    }
    let (draft, subject) = found?;
    // "In a letter to the president, Lund said": the comma ends a clause.
    let verb = scene.items.get(at + 1).is_some_and(|item| item.kind == Kind::Word);
    (subject || !verb || scene.is_text(at + 1, "who")).then_some(draft)
}

/// Whether what follows the name at item `at` lets it stand apart from a title before it.
fn closes(scene: &Scene<'_>, at: usize) -> bool {
    match scene.kind(at + 1) {
        Some(Kind::Comma) => !matches!(scene.kind(at + 2), Some(Kind::Person(_) | Kind::Organization)),
        Some(Kind::Word) => !["and", "or", "&"].iter().any(|word| scene.is_text(at + 1, word)),
        None | Some(Kind::Stop | Kind::Close | Kind::Dash | Kind::Quote | Kind::Open | Kind::Possessive) => {
            true
        }
        _ => false,
    }
}

/// The first item of the clause that ends before item `end`, at most [`LONGEST`] and a half back.
fn floor(scene: &Scene<'_>, end: usize) -> usize {
    let mut at = end;
    while at > 0 && end - at < LONGEST * 3 / 2 {
        let item = scene.items[at - 1];
        let border = match item.kind {
            Kind::Comma | Kind::Stop | Kind::Quote | Kind::Open | Kind::Close | Kind::Dash => true,
            Kind::Word => item.class.is(Class::VERB) && !item.class.is(Class::MODIFIER),
            _ => false,
        };
        if border {
            break;
        }
        at -= 1;
    }
    at
}

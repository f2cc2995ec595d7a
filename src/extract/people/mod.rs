//! People: which names are one person, what that person is, and the gender that the text's words show.
//!
//! Everything is read from the text: titles before names and behind them, forms of address, pronouns where they can
//! mean only one person. Nothing is known of anybody beforehand, and no gender is guessed from a first name. What is
//! doubtful is left out, because a wrong role is worse than none.
//!
//! Laws: pure, deterministic, linear in the text and the names; no panic on any Unicode input; spans are those of the
//! names that were given.

mod alike;
mod appositions;
mod counted;
mod form;
mod join;
mod phrase;
mod prepositions;
mod pronouns;
mod roles;
mod said;
mod scene;
#[cfg(test)]
mod tests;
mod titles;
mod words;

use std::collections::HashMap;

use crate::article::enriched::{Gender, Role};
use crate::text::{Segments, Span};

use super::names::{Name, NameKind};
use join::{Joined, Mention, People};
use phrase::Draft;
use pronouns::{Pronouns, Vote};
use said::Said;
use scene::{Kind, Scene};
use words::Class;

/// A person of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPerson {
    /// The fullest form of the name in the text.
    pub name: String,
    /// The other forms, in the order of the text, without the name itself.
    pub aliases: Vec<String>,
    /// Offices and professions, in the order of the text, each once.
    pub roles: Vec<Role>,
    /// Gender, where the text's words show it and none contradicts.
    pub gender: Option<Gender>,
    /// Where the person is named, in the order of the text; never empty. Each with the tagger's confidence.
    pub mentions: Vec<Name>,
}

/// The people among `names`, which are all names of `text` in its order; `segments` are its sentences. People come in
/// the order of their first mention.
pub fn people(text: &str, segments: &Segments, names: &[Name]) -> Vec<FoundPerson> {
    let persons: Vec<usize> = (0..names.len()).filter(|&at| names[at].kind == NameKind::Person).collect();
    if persons.is_empty() {
        return Vec::new();
    }
    let (mut mentions, votes) = read(text, segments, names, &persons);
    mentions.iter_mut().zip(&persons).for_each(|(mention, &at)| mention.surface = names[at].span.text(text));
    let people = join::join(&mentions);
    let mut gendered = vec![(0usize, 0usize); people.joined.len()];
    let ends = ends_of_runs(&people);
    for Vote { mentions, gender } in votes {
        let Some(&(_, person)) = people.of.get(mentions.start) else { continue };
        if ends[mentions.start] >= mentions.end {
            match gender {
                Gender::Female => gendered[person].0 += 1,
                Gender::Male => gendered[person].1 += 1,
            }
        }
    }
    let mut order: Vec<usize> =
        (0..people.joined.len()).filter(|&at| !people.joined[at].mentions.is_empty()).collect();
    order.sort_by_key(|&at| people.joined[at].mentions[0]);
    order
        .into_iter()
        .map(|at| {
            let joined = &people.joined[at];
            let said = joined.mentions.iter().map(|&at| &mentions[at].said);
            let (name, aliases) = naming(&people, joined);
            let mut roles = Vec::new();
            said.clone().flat_map(|said| &said.roles).for_each(|role| roles::add(&mut roles, role));
            let female = gendered[at].0 > 0 || said.clone().any(|said| said.female);
            let male = gendered[at].1 > 0 || said.clone().any(|said| said.male);
            FoundPerson {
                name,
                aliases,
                roles,
                gender: Said { female, male, ..Said::default() }.gender(),
                mentions: joined.mentions.iter().map(|&at| names[persons[at]]).collect(),
            }
        })
        .collect()
}

/// For each mention, behind the last one of the same person that follows it without another's between them. Many votes
/// may be about the same mentions, which must not be walked for each.
fn ends_of_runs(people: &People) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=people.of.len()).collect();
    for at in (1..people.of.len()).rev() {
        if people.of[at - 1].1 == people.of[at].1 {
            ends[at - 1] = ends[at];
        }
    }
    ends
}

/// The fullest form of a person's name, and the others.
fn naming(people: &People, joined: &Joined) -> (String, Vec<String>) {
    let forms: Vec<usize> = joined.mentions.iter().map(|&at| people.of[at].0).collect();
    let mut distinct: Vec<(usize, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for form in forms {
        let at = *places.entry(&people.forms[form].surface).or_insert(distinct.len());
        match distinct.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => distinct.push((form, 1)),
        }
    }
    let fullest = distinct.iter().enumerate().max_by_key(|&(at, &(form, count))| {
        let form = &people.forms[form];
        (form.words.len(), !form.shouts(), count, form.surface.len(), std::cmp::Reverse(at))
    });
    let best = fullest.map_or(0, |(at, _)| at);
    let name = distinct.get(best).map_or_else(String::new, |&(form, _)| people.forms[form].surface.clone());
    let others = distinct.iter().enumerate().filter(|&(at, _)| at != best);
    let aliases = others.map(|(_, &(form, _))| people.forms[form].surface.clone()).collect();
    (name, aliases)
}

/// Reads what each sentence says about the people in it, and its pronouns.
fn read<'t>(
    text: &'t str,
    segments: &Segments,
    names: &[Name],
    persons: &[usize],
) -> (Vec<Mention<'t>>, Vec<Vote>) {
    let mut mentions: Vec<Mention<'t>> =
        persons.iter().map(|_| Mention { surface: "", said: Said::default(), paired: false }).collect();
    let mut pronouns = Pronouns::default();
    let mut scene = Scene::new(text);
    let (mut at, mut person, mut taken) = (0, 0, 0);
    for &sentence in segments.sentences() {
        let first = at;
        while names.get(at).is_some_and(|name| name.span.start < sentence.end) {
            at += 1;
        }
        let from = person;
        while persons.get(person).is_some_and(|&name| name < at) {
            person += 1;
        }
        let start = sentence.start.max(taken);
        taken = names[..at].last().map_or(taken, |name| name.span.end);
        if from == person {
            pronouns.nobody(text, sentence);
            continue;
        }
        scene.read(Span::new(start, sentence.end.max(start)), &names[first..at], first);
        let apart = titles(&scene, from, &mut mentions);
        pronouns.somebody(&scene, sentence, &(from..person), apart);
    }
    (mentions, pronouns.votes)
}

/// Reads the titles of the people of one sentence, whose first mention is number `from`. Tells whether the sentence
/// speaks of an official whom it does not name.
fn titles(scene: &Scene<'_>, from: usize, mentions: &mut [Mention<'_>]) -> bool {
    let numbers: Vec<usize> =
        (0..scene.items.len()).filter(|&at| matches!(scene.items[at].kind, Kind::Person(_))).collect();
    let mut heads: Vec<usize> = Vec::new();
    let mut floor = 0;
    for (offset, &at) in numbers.iter().enumerate() {
        let Some(mention) = mentions.get_mut(from + offset) else { break };
        let said = &mut mention.said;
        let mut drafts: Vec<Draft> = Vec::new();
        let mut listed = None;
        if let Some(mut draft) = titles::before(scene, at, floor, said) {
            if draft.class.is(Class::PLURAL) {
                listed = Some(draft);
            } else {
                draft.behind_name(scene, at + 1);
                // "former presidential candidate Senator Lund": a title before the title.
                if let Some(more) = titles::before(scene, draft.first, floor, said)
                    .filter(|more| !more.class.is(Class::PLURAL))
                {
                    drafts.push(more);
                }
                drafts.push(draft);
            }
        } else if let Some(draft) = appositions::before(scene, at, said) {
            drafts.push(draft);
        }
        drafts.extend(appositions::behind(scene, at, said));
        for draft in &drafts {
            said.gendered(draft.class);
            heads.push(draft.head);
        }
        said.roles.extend(drafts.iter().map(|draft| draft.role(scene)));
        said.family = family(scene, at);
        mention.paired = scene.is_text(at + 1, "and")
            && scene.items.get(at + 2).is_some_and(|next| matches!(next.kind, Kind::Person(_)));
        let others = titles::list(scene, at);
        if listed.is_none() && drafts.is_empty() && !others.is_empty() {
            let all: Vec<usize> = std::iter::once(at).chain(others.iter().copied()).collect();
            listed = counted::counted(scene, &all);
        }
        if let Some(draft) = listed {
            heads.push(draft.head);
            if !others.is_empty() {
                let role = draft.role(scene);
                for item in std::iter::once(at).chain(others) {
                    let number = numbers.binary_search(&item).ok();
                    if let Some(mention) = number.and_then(|number| mentions.get_mut(from + number)) {
                        mention.said.gendered(draft.class);
                        mention.said.roles.push(role.clone());
                    }
                }
            }
        }
        floor = at + 1;
    }
    heads.sort_unstable();
    scene.items.iter().enumerate().any(|(at, item)| {
        item.is_word(Class::OFFICE)
            && !item.class.is(Class::PLURAL.and(Class::WEAK).and(Class::MODIFIER))
            && heads.binary_search(&at).is_err()
            && (at == 0 || scene.items[at - 1].kind != Kind::Comma)
    })
}

/// Whether the name at item `at` is a family's: "the Lunds", "the Lund family".
fn family(scene: &Scene<'_>, at: usize) -> bool {
    let words = ["family", "families", "brothers", "sisters", "siblings", "couple", "dynasty", "clan"];
    if words.iter().any(|word| scene.is_text(at + 1, word)) {
        return true;
    }
    let name = scene.word(at);
    // "The Lunds left", but "the Hatros researcher" is another noun's.
    let noun = scene.items.get(at + 1).is_some_and(|next| {
        next.kind == Kind::Word && !next.large && !next.class.is(Class::FUNCTION.and(Class::VERB))
    });
    let plural = name.ends_with('s') && !name.contains(char::is_whitespace);
    at > 0 && scene.is_text(at - 1, "the") && plural && !noun
}

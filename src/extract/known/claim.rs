//! Known names claim their places in a text: the tagger's names, added to and corrected.

use std::collections::BTreeMap;

use super::dictionary::Found;
use super::guards::{among_capitals, capital_follows, context_shows, office_follows};
use super::knowledge::{Knowledge, SetId};
use super::mend::mend;
use super::pieces::is_all_caps;
use super::sets::Grade;
use crate::extract::names::{Name, NameKind};
use crate::extract::nations;
use crate::text::{Segments, Span};

/// How sure a user's name is.
const BY_USER: f32 = 0.99;
/// How sure a name is that ships and that nothing speaks against.
const BY_US: f32 = 0.9;
/// How sure it is when the words around it or another name of its set had to show it.
const BY_CONTEXT: f32 = 0.8;

/// The names of a text after known names have claimed theirs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claimed {
    /// The names: ascending, not overlapping.
    pub names: Vec<Name>,
    /// For each name, the set it belongs to, if any.
    pub sets: Vec<Option<SetId>>,
}

/// A found name and the line it stands in.
#[derive(Clone, Copy)]
struct Hit {
    found: Found,
    line: Span,
    folded: bool,
}

/// A claim that was let in: it replaces the names that it overlaps.
struct Claim {
    name: Name,
    set: SetId,
}

/// Adds known names to the tagger's `names` (ascending, not overlapping) and corrects these.
///
/// - A user's name wins over whatever it overlaps, unless a longer name of the same kind contains it ("Acme Bank" of
///   "Acme Bank of Oslo"). A single word also gives way to a longer name of another kind ("Ford" in "Henry Ford").
/// - A name that ships gives its set to the tagger's name of the same span, and mends its kind; it takes in shorter names
///   ("IS" in "IS group"); it is added where the tagger saw nothing; it gives way to a longer name.
/// - A form that may be something else needs a sign that it is the name: see `data/organizations.txt`.
/// - What no set claims is mended: titles come off people's names, and what shows itself to be no organisation goes.
///
/// Linear in the length of the text.
pub fn claim(text: &str, segments: &Segments, knowledge: &Knowledge, names: &[Name]) -> Claimed {
    let (mut user, mut shipped) = (Vec::new(), Vec::new());
    let (mut by_user, mut by_us) = (Vec::new(), Vec::new());
    for &line in segments.paragraphs() {
        let folded = is_all_caps(line.text(text));
        knowledge.dictionary.find(text, line, folded, &mut user, &mut shipped);
        by_user.extend(user.drain(..).map(|found| Hit { found, line, folded }));
        by_us.extend(shipped.drain(..).map(|found| Hit { found, line, folded }));
    }
    let ours = Ours { text, knowledge, names };
    let present = ours.present(&by_user, &by_us);
    let free = ours.free(&by_us);
    let kinds = ours.kinds(&by_user);
    let user_claims: Vec<Claim> =
        by_user.iter().filter_map(|&hit| ours.user_claim(hit, &kinds, &by_us)).collect();
    let shipped_claims: Vec<Claim> =
        by_us.iter().filter_map(|&hit| ours.shipped_claim(hit, &present, &free)).collect();
    mend(text, merge(names, &user_claims, &shipped_claims))
}

struct Ours<'a> {
    text: &'a str,
    knowledge: &'a Knowledge,
    names: &'a [Name],
}

impl Ours<'_> {
    /// The tagger's names that share a byte with the span.
    fn overlapped(&self, span: Span) -> &[Name] {
        let first = self.names.partition_point(|name| name.span.end <= span.start);
        let count = self.names[first..].partition_point(|name| name.span.start < span.end);
        &self.names[first..first + count]
    }

    fn tagged(&self, span: Span) -> Option<NameKind> {
        let found = self.overlapped(span).iter().find(|name| name.span == span);
        found.map(|name| name.kind)
    }

    /// The sets that the article certainly names: in a safe form, or where the tagger saw an organisation.
    fn present(&self, by_user: &[Hit], by_us: &[Hit]) -> Vec<SetId> {
        let mut present: Vec<SetId> = Vec::new();
        for hit in by_user {
            present.extend(self.knowledge.dictionary.entries(hit.found).first().map(|e| SetId(e.set)));
        }
        for hit in by_us {
            let [entry] = self.knowledge.dictionary.entries(hit.found) else { continue };
            let tagged = || self.tagged(hit.found.span) == Some(NameKind::Organization);
            if entry.grade == Grade::Safe || tagged() {
                present.push(SetId(entry.set));
            }
        }
        present.sort_unstable();
        present.dedup();
        present
    }

    /// The sets that the article names in a safe form that is no part of a longer name.
    fn free(&self, by_us: &[Hit]) -> Vec<SetId> {
        let mut free: Vec<SetId> = Vec::new();
        for hit in by_us {
            let [entry] = self.knowledge.dictionary.entries(hit.found) else { continue };
            let part = self.overlapped(hit.found.span).iter().any(|name| !hit.found.span.contains(name.span));
            if entry.grade == Grade::Safe && !part {
                free.push(SetId(entry.set));
            }
        }
        free.sort_unstable();
        free
    }

    /// Whether the longer name is the known one with "of" and a country behind it.
    fn of_country(&self, known: Span, longer: Span) -> bool {
        let starts = matches!(self.text.get(longer.start..known.start), Some("" | "The " | "the "));
        let rest = self.text.get(known.end..longer.end).and_then(|rest| rest.strip_prefix(" of "));
        let rest = rest.map(|rest| rest.strip_prefix("the ").unwrap_or(rest));
        starts && rest.is_some_and(|rest| nations::country(rest).is_some())
    }

    /// For the user's sets without a kind: what the tagger takes most of their names for.
    fn kinds(&self, by_user: &[Hit]) -> BTreeMap<SetId, NameKind> {
        let mut votes: BTreeMap<SetId, [u32; NameKind::ALL.len()]> = BTreeMap::new();
        for hit in by_user {
            let Some(entry) = self.knowledge.dictionary.entries(hit.found).first() else { continue };
            let set = SetId(entry.set);
            if self.knowledge.set(set).kind.is_some() {
                continue;
            }
            let votes = votes.entry(set).or_default();
            if let Some(kind) = self.tagged(hit.found.span) {
                votes[kind as usize] += 1;
            }
        }
        let most = |votes: [u32; 3]| {
            let best = votes.iter().copied().max().unwrap_or(0);
            let kind = NameKind::ALL.into_iter().find(|kind| votes[*kind as usize] == best);
            kind.filter(|_| best > 0).unwrap_or(NameKind::Organization)
        };
        votes.into_iter().map(|(set, votes)| (set, most(votes))).collect()
    }

    fn user_claim(&self, hit: Hit, kinds: &BTreeMap<SetId, NameKind>, by_us: &[Hit]) -> Option<Claim> {
        let entry = self.knowledge.dictionary.entries(hit.found).first()?;
        let set = SetId(entry.set);
        let voted = || kinds.get(&set).copied();
        let kind = self.knowledge.set(set).kind.or_else(voted).unwrap_or(NameKind::Organization);
        let span = hit.found.span;
        let longer = |other: Span| other.contains(span) && other != span;
        let outdone = self
            .overlapped(span)
            .iter()
            .any(|name| longer(name.span) && (name.kind == kind || entry.pieces == 1));
        // "Bank of America" in a text is no place of the user's named "America".
        let first = by_us.partition_point(|other| other.found.span.end <= span.start);
        let ours = by_us.get(first).filter(|other| longer(other.found.span)).is_some_and(|other| {
            let entries = self.knowledge.dictionary.entries(other.found);
            let safe = entries.first().is_some_and(|entry| entry.grade == Grade::Safe);
            safe && (entry.pieces == 1 || kind == NameKind::Organization)
        });
        (!outdone && !ours).then_some(Claim { name: Name { span, kind, confidence: BY_USER }, set })
    }

    fn shipped_claim(&self, hit: Hit, present: &[SetId], free: &[SetId]) -> Option<Claim> {
        let (span, line) = (hit.found.span, hit.line);
        let overlapped = self.overlapped(span);
        let entries = self.knowledge.dictionary.entries(hit.found);
        // A form of several sets is the one that the article names elsewhere.
        let is_present = |set: u32| present.binary_search(&SetId(set)).is_ok();
        let known = entries.iter().find(|entry| is_present(entry.set));
        let entry = known.or_else(|| {
            // Else the one that needs no other name, if there is only one.
            let mut open = entries.iter().filter(|entry| entries.len() == 1 || entry.grade != Grade::Strict);
            open.next().filter(|_| open.next().is_none())
        })?;
        let set = SetId(entry.set);
        // "The" may be part of the tagger's name, or of ours: the tagger decides.
        let same = |name: &&Name| {
            let (first, second) = (name.span.start.min(span.start), name.span.start.max(span.start));
            name.span.end == span.end && matches!(self.text.get(first..second), Some("" | "The " | "the "))
        };
        let exact = overlapped.iter().find(same);
        if let Some(name) = exact.filter(|name| name.kind == NameKind::Organization) {
            return Some(Claim { name: *name, set });
        }
        // "Zembian Guard Corps of Zembia" is the "Zembian Guard Corps" that the article names beside it.
        if let [name] = overlapped
            && name.kind == NameKind::Organization
            && entry.pieces > 1
            && free.binary_search(&SetId(entry.set)).is_ok()
            && self.of_country(span, name.span)
        {
            return Some(Claim { name: *name, set });
        }
        let shown = match entry.grade {
            Grade::Safe => true,
            Grade::JoinOnly => false,
            _ if hit.folded || among_capitals(self.text, line, span) => false,
            grade => is_present(entry.set) || context_shows(self.text, line, span, grade),
        };
        if !shown || overlapped.iter().any(|name| !span.contains(name.span)) {
            return None;
        }
        if overlapped.is_empty() && entry.pieces == 1 && !hit.folded {
            // The tagger saw no name here: it may be a product ("Google Maps", "Boeing 737").
            let acronym = !self.text[span.start..span.end].bytes().any(|b| b.is_ascii_lowercase());
            if capital_follows(self.text, line, span) && !(acronym && office_follows(self.text, line, span)) {
                return None;
            }
        }
        let confidence = if entry.grade == Grade::Safe { BY_US } else { BY_CONTEXT };
        let confidence = overlapped.iter().map(|name| name.confidence).fold(confidence, f32::max);
        Some(Claim { name: Name { span, kind: NameKind::Organization, confidence }, set })
    }
}

/// The names that no claim overlaps, and the claims: the user's first, then those that overlap none of these.
fn merge(names: &[Name], user: &[Claim], shipped: &[Claim]) -> Claimed {
    let mut claims: Vec<&Claim> = Vec::with_capacity(user.len() + shipped.len());
    let mut at = 0;
    for claim in shipped {
        while at < user.len() && user[at].name.span.end <= claim.name.span.start {
            claims.push(&user[at]);
            at += 1;
        }
        if user.get(at).is_none_or(|user| !user.name.span.overlaps(claim.name.span)) {
            claims.push(claim);
        }
    }
    claims.extend(&user[at..]);
    let mut out = Claimed {
        names: Vec::with_capacity(names.len() + claims.len()),
        sets: Vec::with_capacity(names.len() + claims.len()),
    };
    let mut next = 0;
    for name in names {
        while next < claims.len() && claims[next].name.span.end <= name.span.start {
            out.push(claims[next].name, Some(claims[next].set));
            next += 1;
        }
        if claims.get(next).is_none_or(|claim| !claim.name.span.overlaps(name.span)) {
            out.push(*name, None);
        }
    }
    for claim in &claims[next..] {
        out.push(claim.name, Some(claim.set));
    }
    out
}

impl Claimed {
    fn push(&mut self, name: Name, set: Option<SetId>) {
        self.names.push(name);
        self.sets.push(set);
    }
}

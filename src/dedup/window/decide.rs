//! The decision on an entry: candidates from the index, compared one by one, and what follows from the best.

use std::cmp::Reverse;

use super::compare::{Comparison, FEATURES, compare};
use super::document::short;
use super::forms::FULL;
use super::query::{Matched, Query};
use super::score::Score;
use super::{Place, Window};
use crate::dedup::decision::{Cluster, CopyKind, Decision, Finding, Link, Reference, Share};
use crate::dedup::entry::Entry;
use crate::dedup::fixed::ONE;
use crate::dedup::sketch::{PLACE_KEYS, SHINGLES};

/// So many candidates are compared.
const COMPARED: usize = 16;
/// Texts with fewer shingles are copies only if they are the same, word for word: a sentence stands in many articles.
const LEAST_SIZE: u32 = 12;
/// Two articles of which one has so much of the other, specific shingles too, are copies when phrases are counted.
const STRONG: i32 = ONE * 7 / 10;
/// With this resemblance an article is in the cluster of the other even when the one that began it is gone.
const RESEMBLANCE: i32 = ONE * 45 / 100;
/// Below this share of sizes, a whole in a larger whole: contained, contains.
const MUCH_SMALLER: i32 = ONE * 6 / 10;
/// What must be shared of the smaller one for that.
const WITHIN: i32 = ONE * 7 / 10;

/// An entry that the index gave.
#[derive(Debug)]
struct Found {
    offset: u64,
    /// Under how many keys.
    hits: u32,
    /// What they weigh.
    weight: u64,
}

/// An entry that was compared.
#[derive(Debug)]
struct Candidate {
    offset: u64,
    score: Score,
    comparison: Comparison,
}

impl Window {
    /// The decision on an entry that is not in the window yet. A function of what is alive, and of what was decided on it.
    pub(super) fn decide(&self, entry: &Entry, offset: u64) -> Decision {
        if let Some(link) = self.same_words(entry) {
            return Decision { finding: Finding::Copy(Box::new(link)), shared: Vec::new(), story: None };
        }
        if entry.sketch.size < LEAST_SIZE {
            return Decision::default();
        }
        let found = self.find(entry, offset);
        if found.is_empty() {
            // As for most articles of a stream: nothing needs to be made ready.
            return Decision::default();
        }
        let query = Query::new(&entry.sketch, &self.forms);
        let candidates = self.candidates(&query, &found);
        let finding = match self.best(entry, &query, &candidates) {
            Some(link) => Finding::Copy(Box::new(link)),
            None if candidates.iter().any(|candidate| is_template(&candidate.comparison)) => {
                Finding::Template
            }
            None => Finding::Original,
        };
        Decision { finding, shared: shared(&candidates).members(), story: None }
    }

    /// The offsets of the entries that this one would be compared with at a place, and the features of each comparison; for
    /// fitting the score.
    pub fn comparisons(&mut self, entry: &Entry, place: Place) -> Vec<(u64, [i32; FEATURES])> {
        self.advance(place);
        let query = Query::new(&entry.sketch, &self.forms);
        let candidates = self.candidates(&query, &self.find(entry, place.offset));
        candidates.into_iter().map(|candidate| (candidate.offset, candidate.comparison.features())).collect()
    }

    /// A copy, word for word. The newest with the same words knows the first of them.
    fn same_words(&self, entry: &Entry) -> Option<Link> {
        let content = short(entry.sketch.content);
        let newest = self.by_content.find(super::content_hash(entry.sketch.content), |offset| {
            self.document(offset).is_some_and(|document| document.content() == content)
        })?;
        if !self.in_time(newest, entry.event_time) {
            return None;
        }
        let (finding, id) = self.document(newest)?.finding(newest)?;
        let newest = Reference { offset: newest, id };
        let alive = |other: &Reference| {
            self.document(other.offset).is_some() && self.in_time(other.offset, entry.event_time)
        };
        let (of, cluster) = match finding {
            Finding::Copy(link) if link.kind == CopyKind::Exact && alive(&link.of) => (link.of, link.cluster),
            finding => {
                let cluster = Cluster::begun_by(finding.first(newest.clone()), &newest);
                (newest, cluster)
            }
        };
        let whole = Share::WHOLE;
        Some(Link { kind: CopyKind::Exact, of, cluster, covers: whole, covered: whole, novel_numbers: 0 })
    }

    /// The entries with the most of an entry's keys, newer ones first where they have equally many.
    fn find(&self, entry: &Entry, offset: u64) -> Vec<Found> {
        let mut keys: Vec<u32> = Vec::with_capacity(SHINGLES + PLACE_KEYS);
        keys.extend(entry.sketch.shingles.members().iter().map(|member| member.hash()));
        let sampled = keys.len();
        for key in &entry.sketch.places {
            if !keys[..sampled].contains(key) {
                keys.push(*key);
            }
        }
        // Age and weight of every hit, in one number: sorting brings those of one entry together, the newest first.
        let mut hits: Vec<u64> = Vec::with_capacity(128);
        let alive = offset - self.oldest;
        self.keys.find(&keys, offset, |key, age| {
            if age <= alive {
                let weight = if key < sampled { self.forms.weight(keys[key]) } else { FULL };
                hits.push(age << 16 | u64::from(weight));
            }
        });
        hits.sort_unstable();
        let groups = hits.chunk_by(|a, b| a >> 16 == b >> 16);
        let mut found: Vec<Found> = groups
            .map(|group| Found {
                weight: group.iter().map(|hit| hit & 0xffff).sum(),
                offset: offset - (group[0] >> 16),
                hits: group.len() as u32,
            })
            .filter(|found| self.in_time(found.offset, entry.event_time))
            .collect();
        found.sort_unstable_by_key(|found| Reverse((found.weight, found.offset)));
        found.truncate(COMPARED);
        found
    }

    fn candidates(&self, query: &Query<'_>, found: &[Found]) -> Vec<Candidate> {
        found.iter().filter_map(|found| self.candidate(query, found.offset, found.hits)).collect()
    }

    fn candidate(&self, query: &Query<'_>, offset: u64, hits: u32) -> Option<Candidate> {
        let document = self.document(offset)?;
        if document.size() < LEAST_SIZE {
            return None;
        }
        let comparison = compare(query, document, hits);
        Some(Candidate { offset, score: Score::of(&comparison), comparison })
    }

    /// The copy that the entry is, if it is one: of the likeliest candidate, or of the one that began its cluster.
    fn best(&self, entry: &Entry, query: &Query<'_>, candidates: &[Candidate]) -> Option<Link> {
        let copies = candidates.iter().filter(|candidate| candidate.score >= Score::COPY);
        let joined = copies.map(|candidate| (candidate, self.join(entry, query, candidates, candidate)));
        let (best, join) =
            joined.max_by_key(|(candidate, join)| (join.is_some(), candidate.score, candidate.offset))?;
        match join {
            // The one that began the cluster is a better original than any of its copies.
            Some(Join { first, compared: Some(comparison) }) if comparison.0 >= Score::COPY => {
                Some(link(entry, first, Cluster::Of, &comparison.1))
            }
            Some(Join { first, .. }) => {
                let of = self.reference(best.offset)?;
                let cluster = Cluster::begun_by(first, &of);
                Some(link(entry, of, cluster, &best.comparison))
            }
            None => Some(link(entry, self.reference(best.offset)?, Cluster::Own, &best.comparison)),
        }
    }

    /// Whether the entry is in the cluster of a candidate: only if it is like the one that began it, too. So a roundup
    /// of two stories does not make one cluster of them.
    fn join(
        &self,
        entry: &Entry,
        query: &Query<'_>,
        candidates: &[Candidate],
        candidate: &Candidate,
    ) -> Option<Join> {
        let (finding, id) = self.document(candidate.offset)?.finding(candidate.offset)?;
        let first = finding.first(Reference { offset: candidate.offset, id });
        if first.offset == candidate.offset {
            return Some(Join { first, compared: None });
        }
        if self.document(first.offset).is_none() || !self.in_time(first.offset, entry.event_time) {
            let like = candidate.comparison.resemblance() >= RESEMBLANCE;
            return like.then_some(Join { first, compared: None });
        }
        let compared = match candidates.iter().find(|other| other.offset == first.offset) {
            Some(other) => (other.score, other.comparison.clone()),
            None => {
                let other = self.candidate(query, first.offset, 0)?;
                (other.score, other.comparison)
            }
        };
        (compared.0 >= Score::CLUSTER).then_some(Join { first, compared: Some(compared) })
    }

    fn reference(&self, offset: u64) -> Option<Reference> {
        let (_, id) = self.document(offset)?.finding(offset)?;
        Some(Reference { offset, id })
    }
}

/// The cluster that an entry may join.
struct Join {
    first: Reference,
    compared: Option<(Score, Comparison)>,
}

/// What the entry shares with articles of which it is surely no copy.
fn shared(candidates: &[Candidate]) -> Matched {
    let others = candidates
        .iter()
        .filter(|candidate| candidate.comparison.all < STRONG || candidate.comparison.specific < STRONG);
    others.fold(Matched::default(), |all, candidate| all.or(candidate.comparison.matched))
}

/// The same phrases about other facts.
fn is_template(comparison: &Comparison) -> bool {
    let form = comparison.generic >= STRONG && comparison.specific < ONE / 2;
    let known = comparison.all >= ONE / 2 && comparison.weight < ONE / 2;
    form || known
}

fn link(entry: &Entry, of: Reference, cluster: Cluster, comparison: &Comparison) -> Link {
    Link {
        kind: kind(entry, comparison),
        of,
        cluster,
        covers: Share::of(comparison.both, comparison.old),
        covered: Share::of(comparison.both, comparison.new),
        novel_numbers: u16::try_from(comparison.novel_numbers).unwrap_or(u16::MAX),
    }
}

fn kind(entry: &Entry, comparison: &Comparison) -> CopyKind {
    if comparison.sizes < MUCH_SMALLER && comparison.all >= WITHIN {
        return if comparison.new_is_smaller { CopyKind::Contained } else { CopyKind::Contains };
    }
    let covers = Share::of(comparison.both, comparison.old).thousandths();
    // Most of the old text, and news in it.
    let newer = covers >= 600 && comparison.novel_names >= ONE * 22 / 100;
    if entry.revision || newer { CopyKind::Updated } else { CopyKind::Near }
}

#[cfg(test)]
mod tests {
    use super::super::WindowSettings;
    use super::super::invented::{FERRY, MILL, ORCHARD, entry, first_words, place, touched, words};
    use super::*;
    use crate::article::enriched::Relation;
    use crate::dedup::sketch::Sketch;
    use crate::dedup::verdict::Verdict;

    /// The verdicts on these articles in a log of their own; their ids are a0, a1 and so on.
    fn verdicts(texts: &[&str]) -> Vec<Verdict> {
        let mut window = window();
        let texts = (0u64..).zip(texts);
        texts.map(|(number, text)| window.apply(&entry(number, text), place(number)).0).collect()
    }

    fn window() -> Window {
        Window::new(WindowSettings {
            articles: 100,
            event_span: 3_600_000,
            append_span: None,
            stories: false,
        })
    }

    /// The verdict on the second of two articles.
    fn second(first: &str, then: &str) -> Verdict {
        verdicts(&[first, then]).pop().unwrap_or_else(|| panic!("two were read"))
    }

    #[track_caller]
    fn assert_copy(verdict: &Verdict, relation: Relation) {
        assert_eq!(
            (verdict.relation, verdict.of.as_deref(), &*verdict.cluster),
            (relation, Some("a0"), "a0"),
            "{verdict:?}"
        );
    }

    #[track_caller]
    fn assert_alone(verdict: &Verdict, relation: Relation) {
        assert_eq!((verdict.relation, verdict.of.as_deref()), (relation, None), "{verdict:?}");
    }

    #[test]
    fn an_article_about_something_else_is_an_original() {
        assert_alone(&second(MILL, FERRY), Relation::Original);
        assert_alone(&verdicts(&[MILL])[0], Relation::Original);
    }

    #[test]
    fn the_same_words_are_an_exact_copy() {
        let copy = second(MILL, &MILL.replace(". ", ".\n\n").replace(',', " -"));
        assert_copy(&copy, Relation::Exact);
        assert_eq!((copy.covers, copy.covered, copy.novel_numbers), (Some(1.0), Some(1.0), 0));
    }

    #[test]
    fn some_other_words_make_a_near_copy() {
        let copy = second(MILL, &touched(MILL, 25));
        assert_copy(&copy, Relation::Near);
        assert!(copy.covers > Some(0.5) && copy.covers < Some(1.0), "{copy:?}");
    }

    #[test]
    fn the_beginning_of_a_story_is_contained_in_it() {
        let copy = second(MILL, &first_words(MILL, 55));
        assert_copy(&copy, Relation::Contained);
        assert!(copy.covered > Some(0.9) && copy.covers < Some(0.6), "{copy:?}");
    }

    #[test]
    fn a_long_text_contains_the_story_that_stands_in_it() {
        let copy = second(MILL, &format!("{ORCHARD}\n{MILL}"));
        assert_copy(&copy, Relation::Contains);
        assert!(copy.covers > Some(0.9) && copy.covered < Some(0.6), "{copy:?}");
    }

    #[test]
    fn new_facts_in_most_of_the_old_text_are_an_update() {
        let facts = [
            ("312", "298"),
            ("4 percent", "7 percent"),
            ("218", "231"),
            ("Okonjo", "Vane"),
            ("Dela Marsh", "Ines Toller"),
            ("two mills in Sorrel Bay and Pendle Cross", "mill in Upper Fenn"),
        ];
        let newer = facts.iter().fold(MILL.to_owned(), |text, (old, new)| text.replace(old, new));
        let copy = second(MILL, &newer);
        assert_copy(&copy, Relation::Updated);
        assert!(copy.novel_numbers >= 2, "{copy:?}");
    }

    #[test]
    fn a_near_copy_that_calls_itself_a_new_version_is_an_update() {
        let mut window = window();
        window.apply(&entry(0, MILL), place(0));
        let revised = Entry { revision: true, ..entry(1, &touched(MILL, 25)) };
        assert_copy(&window.apply(&revised, place(1)).0, Relation::Updated);
    }

    /// Two stories, and what says both; then a copy of each.
    #[test]
    fn a_roundup_of_two_stories_does_not_join_their_clusters() {
        let roundup = format!("{MILL}\n{FERRY}");
        let [mill, ferry] = [touched(MILL, 30), touched(FERRY, 30)];
        let said = verdicts(&[MILL, FERRY, &roundup, &mill, &ferry]);
        assert_eq!(said[2].relation, Relation::Contains, "{:?}", said[2]);
        let clusters: Vec<&str> = said.iter().map(|verdict| &*verdict.cluster).collect();
        assert_eq!((clusters[0], clusters[1], clusters[3], clusters[4]), ("a0", "a1", "a0", "a1"));
        let said = verdicts(&[&roundup, MILL, FERRY, &mill, &ferry]);
        let clusters: Vec<&str> = said.iter().map(|verdict| &*verdict.cluster).collect();
        assert_eq!(clusters[0], "a0", "{said:?}");
    }

    /// What is in the roundup alone brings the two together with nothing else.
    #[test]
    fn a_copy_of_what_a_roundup_adds_is_in_no_cluster_of_its_parts() {
        let roundup = format!("{MILL}\n{ORCHARD}");
        let said = verdicts(&[MILL, &roundup, ORCHARD]);
        assert_copy(&said[1], Relation::Contains);
        assert_eq!((said[2].relation, said[2].of.as_deref()), (Relation::Contained, Some("a1")), "{said:?}");
        assert_eq!(&*said[2].cluster, "a2", "it has nothing of the mill");
    }

    #[test]
    fn a_shared_footer_makes_no_copies() {
        let footer = "About this newsletter: the Anning Valley Courier is written by volunteers and sent to subscribers \
            every weekday morning at seven. To change your address, to stop the delivery, or to read earlier numbers in \
            the archive, sign in with the name and the password that you chose when you joined, and follow the links at \
            the foot of the page. Nothing in this letter is advice on money, health or law. Letters to the editor may be \
            shortened before they are printed.";
        let reports = [MILL, FERRY, ORCHARD].map(|text| first_words(text, 75));
        let reports = reports.into_iter().chain((0..20).map(|seed| words(seed, 75)));
        let texts: Vec<String> = reports.map(|report| format!("{report}.\n{footer}")).collect();
        let said = verdicts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        for (number, verdict) in said.iter().enumerate() {
            assert_eq!(verdict.of, None, "article {number}: {verdict:?}");
        }
    }

    #[test]
    fn bulletins_of_one_form_are_templates() {
        let bulletin = |number: usize| {
            let town = ["Elland", "Tolsay", "Brannoch", "Greenfold", "Sorrel", "Pendle"][number % 6];
            let (low, high, wind) = (3 + number % 5, 11 + number * 3 % 8, 14 + number * 7 % 40);
            let (rain, sun) = (number * 13 % 29, 2 + number * 5 % 9);
            format!(
                "Forecast for {town} until midnight: mostly cloudy at first with some brighter spells later in the day, and \
                 a risk of showers near the coast. Lowest temperature {low} degrees, highest {high} degrees. Winds from the \
                 west at {wind} kilometres an hour, easing towards the evening. Expected rain {rain} millimetres, hours of \
                 sunshine {sun}. Visibility is good outside showers. People with asthma should carry their medicine when \
                 they go out, as there is a moderate amount of pollen in the air. The next forecast will be issued at the \
                 usual time."
            )
        };
        let texts: Vec<String> = (0..24).map(bulletin).collect();
        let said = verdicts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        for (number, verdict) in said.iter().enumerate() {
            let relation = if number == 0 { Relation::Original } else { Relation::Template };
            assert_alone(verdict, relation);
            assert_eq!(*verdict.cluster, *format!("a{number}"));
        }
    }

    /// Fourteen words (the dash is none) are eleven shingles.
    #[test]
    fn a_text_of_eleven_shingles_is_a_copy_only_word_for_word() {
        let sentence = first_words(FERRY, 15);
        assert_eq!(Sketch::of(&sentence).size, 11);
        assert_copy(&second(&sentence, &sentence.to_lowercase()), Relation::Exact);
        assert_alone(&second(&sentence, &sentence.replace("84", "85")), Relation::Original);
        assert_alone(&second(FERRY, &sentence), Relation::Original);
        assert_alone(&second(&sentence, FERRY), Relation::Original);
        let longer = first_words(FERRY, 40);
        assert_copy(&second(FERRY, &longer), Relation::Contained);
    }

    #[test]
    fn a_copy_of_a_copy_is_of_the_one_that_began_the_cluster() {
        let said = verdicts(&[MILL, &touched(MILL, 25), &touched(MILL, 40), &first_words(MILL, 60)]);
        said[1..].iter().for_each(|verdict| assert_eq!(verdict.of.as_deref(), Some("a0"), "{verdict:?}"));
        let said = verdicts(&[MILL, &touched(MILL, 25), &touched(MILL, 25)]);
        assert_eq!(
            (said[2].relation, said[2].of.as_deref(), &*said[2].cluster),
            (Relation::Exact, Some("a1"), "a0")
        );
    }

    #[test]
    fn a_cluster_outlives_the_article_that_began_it() {
        let mut window = Window::new(WindowSettings {
            articles: 2,
            event_span: 3_600_000,
            append_span: None,
            stories: false,
        });
        let texts =
            [MILL.to_owned(), touched(MILL, 40), touched(MILL, 35), touched(MILL, 45), touched(MILL, 50)];
        let mut said = Vec::new();
        for (number, text) in (0u64..).zip(&texts) {
            said.push(window.apply(&entry(number, text), place(number)).0);
        }
        assert_eq!(said[2].of.as_deref(), Some("a0"));
        assert!(said[3].of.is_some() && said[3].of.as_deref() != Some("a0"), "{:?}", said[3]);
        assert!(said[1..].iter().all(|verdict| &*verdict.cluster == "a0"), "{said:?}");
    }
}

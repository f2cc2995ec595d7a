//! The laws of stories, through the window that holds them.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Term, Terms};
use crate::article::Position;
use crate::article::enriched::Relation;
use crate::dedup::{
    Checkpoint, Decision, Entry, Place, Sketch, Verdict, Window, WindowSettings, decode, decode_checkpoint,
    encode, encode_checkpoint,
};

fn settings(articles: usize) -> WindowSettings {
    WindowSettings { articles, event_span: 72 * 3_600_000, append_span: None, stories: true }
}

fn entry(number: usize, text: &str, terms: Option<Terms>, seconds: i64) -> Entry {
    Entry {
        position: Position::new("raw", 0, number as i64),
        id: format!("a{number}").into(),
        event_time: seconds * 1000,
        sketch: Sketch::of(text),
        revision: false,
        terms,
    }
}

fn apply(window: &mut Window, entry: &Entry) -> (Verdict, Option<Decision>) {
    let place = Place { offset: entry.position.offset as u64, append_time: entry.event_time };
    window.apply(entry, place)
}

fn stories(texts: &[&str]) -> Vec<(Relation, Option<Arc<str>>)> {
    let mut window = Window::new(settings(100));
    let entries = texts.iter().enumerate();
    entries
        .map(|(number, text)| {
            let verdict = apply(&mut window, &entry(number, text, Some(Terms::of(text)), 0)).0;
            (verdict.relation, verdict.story)
        })
        .collect()
}

/// Two events, three reports of each by other hands, a copy of one of them, and something else.
const FERRY: [&str; 3] = [
    "The ferry Aurelia ran aground off Port Sorrel on Tuesday night. All 214 people on board were taken off by lifeboats, \
     the coastguard said. Nobody was hurt when the ferry struck the rocks in thick fog.",
    "Passengers spoke of their fright after lifeboats brought them ashore from the stranded Aurelia. The ferry had left \
     Port Sorrel with 214 people when it hit rocks in fog, and the captain called the coastguard at once.",
    "Investigators boarded the Aurelia, the ferry that grounded near Port Sorrel, to learn why it left its course. The \
     coastguard said that its lifeboats had needed three hours to rescue everybody in the fog.",
];
const MILL: [&str; 3] = [
    "Hartwell Paper will close its mill at Dunmore in May, with the loss of 300 jobs, the company said. Union leaders called \
     the closure of the mill a betrayal of the workers of Dunmore.",
    "Workers at the Dunmore paper mill learned on Monday that Hartwell is to shut it. The union said that 300 jobs would go and \
     that it would fight the closure.",
    "The minister for industry met the union over the closure of the Hartwell mill. Dunmore would lose 300 jobs, and the \
     paper company refused to talk, she said.",
];
const OTHER: &str = "A museum in Velden has bought a lost painting by Ilse Brandt for two million crowns. Curators found it in \
    an attic, where it had hung behind a wardrobe since the artist died.";

#[test]
fn articles_on_one_event_share_a_story_in_whatever_order_they_come() {
    let texts =
        [FERRY[0], MILL[0], FERRY[1], OTHER, MILL[1], &FERRY[1].to_uppercase(), MILL[2], FERRY[2], FERRY[2]];
    let events = ["ferry", "mill", "ferry", "other", "mill", "ferry", "mill", "ferry", "ferry"];
    for turn in 0..texts.len() {
        let order = |at: usize| (at + turn) % texts.len();
        let found = stories(&(0..texts.len()).map(|at| texts[order(at)]).collect::<Vec<_>>());
        for (at, (_, story)) in found.iter().enumerate() {
            let first = (0..=at).find(|other| events[order(*other)] == events[order(at)]).unwrap_or(at);
            assert_eq!(story.as_deref(), Some(&*format!("a{first}")), "{turn}: {}", texts[order(at)]);
        }
    }
}

#[test]
fn a_copy_is_in_the_story_of_what_it_copies_and_a_replay_gets_the_same_answer() {
    let mut window = Window::new(settings(100));
    let with = |number, text: &str| entry(number, text, Some(Terms::of(text)), 0);
    let entries = [with(0, FERRY[0]), with(1, FERRY[1]), with(2, FERRY[1])];
    let first: Vec<Verdict> = entries.iter().map(|entry| apply(&mut window, entry).0).collect();
    assert_eq!((first[1].relation, first[2].relation), (Relation::Original, Relation::Exact));
    assert_eq!((&*first[2].cluster, first[2].story.as_deref()), ("a1", Some("a0")), "a story is no cluster");
    for (entry, verdict) in entries.iter().zip(&first) {
        assert_eq!(window.known(&entry.position).as_ref(), Some(verdict));
    }
}

#[test]
fn without_terms_or_with_stories_off_there_is_no_story() {
    let mut off = Window::new(WindowSettings { stories: false, ..settings(100) });
    let (verdict, decision) = apply(&mut off, &entry(0, OTHER, Some(Terms::of(OTHER)), 0));
    assert_eq!((verdict.story, decision.and_then(|decision| decision.story)), (None, None));
    let mut on = Window::new(settings(100));
    assert_eq!(apply(&mut on, &entry(0, FERRY[0], None, 0)).0.story, None);
    let verdict = apply(&mut on, &entry(1, FERRY[1], Some(Terms::of(FERRY[1])), 0)).0;
    assert_eq!(verdict.story.as_deref(), Some("a1"), "nobody joins an entry without terms");
}

fn terms(hashes: &[u16]) -> Terms {
    let all = hashes.iter().filter_map(|hash| Term::new(*hash, 9)).collect();
    Terms::from_parts(all).unwrap_or_else(|| panic!("{hashes:?}"))
}

#[test]
fn of_two_stories_that_are_equally_near_the_younger_is_joined() {
    let mut window = Window::new(settings(100));
    let texts = ["one", "two", "three"];
    let all = [[1, 2, 3, 10, 11], [1, 2, 3, 20, 21], [1, 2, 3, 30, 31]];
    let each = texts.iter().zip(all).enumerate();
    let found: Vec<_> = each
        .map(|(number, (text, hashes))| {
            apply(&mut window, &entry(number, text, Some(terms(&hashes)), 0)).0.story
        })
        .collect();
    // The first two are near each other, so they are one story; a third that is as near to both is in it.
    assert!(found.iter().all(|story| story.as_deref() == Some("a0")), "{found:?}");
    let mut window = Window::new(settings(100));
    let all = [[1, 2, 3, 4, 10, 11, 12, 13], [5, 6, 7, 8, 20, 21, 22, 23], [1, 2, 3, 4, 5, 6, 7, 8]];
    let each = texts.iter().zip(all).enumerate();
    let found: Vec<_> = each
        .map(|(number, (text, hashes))| {
            apply(&mut window, &entry(number, text, Some(terms(&hashes)), 0)).0.story
        })
        .collect();
    assert_eq!(
        found.iter().map(|story| story.as_deref()).collect::<Vec<_>>(),
        [Some("a0"), Some("a1"), Some("a1")]
    );
}

#[test]
fn what_is_too_old_is_joined_by_nobody() {
    let with = |number, text: &str, seconds| entry(number, text, Some(Terms::of(text)), seconds);
    let mut window = Window::new(settings(100));
    apply(&mut window, &with(0, FERRY[0], 0));
    assert_eq!(apply(&mut window, &with(1, FERRY[1], 72 * 3600 + 1)).0.story.as_deref(), Some("a1"));
    assert_eq!(
        apply(&mut window, &with(2, FERRY[2], 72 * 3600)).0.story.as_deref(),
        Some("a0"),
        "in time for both"
    );
    let mut window = Window::new(settings(1));
    apply(&mut window, &with(0, FERRY[0], 0));
    apply(&mut window, &with(1, OTHER, 0));
    assert_eq!(apply(&mut window, &with(2, FERRY[1], 0)).0.story.as_deref(), Some("a2"));
}

/// Entries of few terms, so that there are stories; few texts, so that there are copies; some have no terms.
fn log() -> impl Strategy<Value = Vec<Entry>> {
    let hashes = prop::collection::btree_set(0u16..24, 4..9);
    let one = (prop::option::weighted(0.95, hashes), 0usize..200, 0i64..400);
    prop::collection::vec(one, 1..150).prop_map(|all| {
        let each = all.into_iter().enumerate();
        each.map(|(number, (hashes, text, late))| {
            let terms = hashes.map(|hashes| terms(&hashes.into_iter().collect::<Vec<_>>()));
            entry(number, &format!("text {text}"), terms, 10 * number as i64 + 1000 - late)
        })
        .collect()
    })
}

proptest! {
    /// A reader that begins later, with the decisions of a checkpoint on what is alive, decides as one that read it all.
    #[test]
    fn a_late_reader_agrees(log in log(), articles in 1usize..40, span in 0i64..800, cut in any::<prop::sample::Index>()) {
        let settings = WindowSettings { event_span: span * 1000, ..settings(articles) };
        let mut window = Window::new(settings.clone());
        let read: Vec<_> = log.iter().map(|entry| apply(&mut window, entry)).collect();
        let first = cut.index(log.len());
        let live = (first + articles).min(log.len());
        let decisions = (first..live).filter_map(|at| Some((at as u64, read[at].1.clone()?))).collect();
        let checkpoint = Checkpoint::new(first as u64, live as u64, decisions);
        let bytes = encode_checkpoint(&checkpoint.unwrap_or_else(|| panic!("no checkpoint")));
        let checkpoint = decode_checkpoint(&bytes).unwrap_or_else(|error| panic!("{error}"));
        let mut late = Window::new(settings);
        for (offset, decision) in checkpoint.decisions() {
            let entry = &log[*offset as usize];
            late.restore(entry, Place { offset: *offset, append_time: entry.event_time }, decision);
        }
        for at in live..log.len() {
            prop_assert_eq!(apply(&mut late, &log[at]), read[at].clone(), "entry {}", at);
        }
    }

    /// A story is what some entry began, and every article that says it is in it says so under that entry's id.
    #[test]
    fn every_story_is_begun_by_an_article_of_its_own(log in log(), articles in 1usize..40) {
        let mut window = Window::new(settings(articles));
        let mut begun = std::collections::BTreeSet::new();
        for entry in &log {
            let story = apply(&mut window, entry).0.story;
            prop_assert_eq!(story.is_some(), entry.terms.is_some());
            if let Some(story) = story {
                prop_assert!(begun.contains(&story) || story == entry.id, "{} in {}", entry.id, story);
                begun.insert(story);
            }
        }
    }

    #[test]
    fn the_terms_of_an_entry_survive_the_log(log in log()) {
        for entry in log {
            let without = Entry { terms: None, ..entry.clone() };
            let bytes = encode(&entry);
            let flag = if entry.terms.is_some() { 4 } else { 0 };
            prop_assert_eq!(bytes[2], encode(&without)[2] | flag);
            prop_assert_eq!(&bytes[3..encode(&without).len()], &encode(&without)[3..], "terms come last");
            prop_assert_eq!(decode(&bytes).ok(), Some(entry));
        }
    }
}

/// The logs above hold what they are for; else the laws would hold for nothing.
#[test]
fn the_random_logs_are_rich() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut joined, mut own, mut copies) = (0, 0, 0);
    for _ in 0..50 {
        let tree = log().new_tree(&mut runner).unwrap_or_else(|error| panic!("{error}"));
        let mut window = Window::new(settings(20));
        for entry in tree.current() {
            let verdict = apply(&mut window, &entry).0;
            let is_own = verdict.story.as_ref() == Some(&entry.id);
            own += usize::from(is_own);
            joined += usize::from(!is_own && verdict.story.is_some());
            copies += usize::from(verdict.relation.is_copy());
        }
    }
    assert!(joined > 300 && own > 300 && copies > 20, "{joined} {own} {copies}");
}

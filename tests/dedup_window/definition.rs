//! What a verdict is, said without an index: on what it depends, to whom it points, and what is an exact copy.

use std::collections::BTreeMap;
use std::sync::Arc;

use copydesk::article::Position;
use copydesk::dedup::{
    Decision, Entry, MemoryLog, Place, Relation, SketchLog, Submitted, Verdict, Window, WindowSettings,
};
use proptest::prelude::*;

use super::history::{History, Writing, writing};
use super::logs::{Arrival, log, settings};

fn logs() -> impl Strategy<Value = (Writing, Vec<Arrival>)> {
    (writing(settings()), log(110))
}

/// An article that was new: its place in the list, itself, and what was said of it.
struct New<'h> {
    at: usize,
    entry: &'h Entry,
    verdict: &'h Verdict,
    decision: &'h Decision,
}

/// All that were new.
fn new_articles(history: &History) -> impl Iterator<Item = New<'_>> {
    history
        .articles()
        .filter_map(|(at, entry, verdict, decision)| Some(New { at, entry, verdict, decision: decision? }))
}

/// Another article at the same place of the log: one of the same log, under another name.
fn another(history: &History, at: usize) -> Option<Entry> {
    let all = history.records.len();
    let (entry, ..) = (1..all).find_map(|step| history.article((at + step * 37) % all))?;
    Some(Entry {
        position: Position::new("another", 0, at as i64),
        id: format!("another{at}").into(),
        ..entry.clone()
    })
}

/// The exact copy that an article is, and its cluster. It is one if its words are those of an article that is alive, and the
/// newest of these is near enough in time: the first of them, as long as that one is alive and near enough, too.
fn exact_copy(history: &History, new: &New<'_>) -> Option<(Arc<str>, Arc<str>)> {
    let same = |at: &usize| {
        history.article(*at).is_some_and(|(other, ..)| other.sketch.content == new.entry.sketch.content)
    };
    let alive = history.alive(new.at);
    let newest = alive.iter().copied().rfind(same).filter(|at| history.in_time(new.at, *at))?;
    let (entry, verdict, _) = history.article(newest)?;
    let first = alive.iter().copied().find(|at| {
        verdict.relation == Relation::Exact
            && history.article(*at).is_some_and(|(first, ..)| Some(&first.id) == verdict.of.as_ref())
    });
    let first = first.filter(|at| history.in_time(new.at, *at)).and_then(|at| history.article(at));
    let of = first.map_or(&entry.id, |(first, ..)| &first.id);
    Some((of.clone(), verdict.cluster.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_verdict_depends_on_alive_entries_and_their_decisions_alone((writing, log) in logs(), pick in any::<prop::sample::Index>()) {
        let history = History::write(writing, log);
        let all: Vec<New<'_>> = new_articles(&history).collect();
        prop_assume!(!all.is_empty());
        let query = &all[pick.index(all.len())];
        let oldest = history.oldest_alive(query.at);
        let mut window = Window::new(history.writing.settings.clone());
        for (at, entry, _, decision) in history.articles().take_while(|(at, ..)| *at < query.at) {
            let place = history.records[at].0;
            match decision {
                Some(decision) if place.offset >= oldest => window.restore(entry, place, decision),
                Some(_) => {
                    let another = another(&history, at);
                    another.iter().for_each(|entry| { window.apply(entry, place); });
                }
                None => { window.replay(&entry.position, place); }
            }
        }
        let (verdict, decision) = window.apply(query.entry, history.records[query.at].0);
        prop_assert_eq!(&verdict, query.verdict);
        prop_assert_eq!(decision.as_ref(), Some(query.decision));
    }

    #[test]
    fn what_a_verdict_points_to_is_alive_and_knows_its_cluster((writing, log) in logs()) {
        let history = History::write(writing, log);
        let mut clusters: BTreeMap<&str, &str> = BTreeMap::new();
        for new in new_articles(&history) {
            let (own, cluster) = (&*new.entry.id, &*new.verdict.cluster);
            // It came before, and has left the window since: then its own name may be that of an older cluster.
            let again = clusters.contains_key(own);
            match &new.verdict.of {
                None => {
                    prop_assert!(matches!(new.verdict.relation, Relation::Original | Relation::Template));
                    prop_assert_eq!(cluster, own);
                }
                Some(of) => {
                    prop_assert_ne!(&**of, own, "a copy of itself");
                    let is_it = |at: &usize| history.article(*at).is_some_and(|(other, ..)| other.id == *of);
                    let alive = history.alive(new.at).into_iter().find(is_it);
                    prop_assert!(alive.is_some_and(|at| history.in_time(new.at, at)), "{} is a copy of {}", own, of);
                    prop_assert!(cluster == own || Some(&cluster) == clusters.get(&**of), "{} of {}: {}", own, of, cluster);
                    let two = [new.verdict.covers, new.verdict.covered].map(Option::unwrap_or_default);
                    prop_assert_eq!(new.verdict.similarity, Some(two[0].max(two[1])));
                    if new.verdict.relation == Relation::Exact {
                        prop_assert_eq!((two, new.verdict.novel_numbers), ([1.0, 1.0], 0));
                        prop_assert!(again || cluster != own, "an exact copy is in the cluster of what it repeats");
                    }
                }
            }
            // A cluster is named after the article that began it.
            prop_assert!(cluster == own || clusters.get(cluster) == Some(&cluster), "{} in {}", own, cluster);
            if again && cluster != own {
                // What it began is not told by its name any more.
                return Ok(());
            }
            clusters.insert(own, cluster);
        }
    }

    #[test]
    fn exact_copies_are_those_of_the_definition((writing, log) in logs()) {
        let history = History::write(writing, log);
        for new in new_articles(&history) {
            let said = new.verdict.of.clone().filter(|_| new.verdict.relation == Relation::Exact);
            let said = said.map(|of| (of, new.verdict.cluster.clone()));
            prop_assert_eq!(said, exact_copy(&history, &new), "article {}", new.at);
        }
    }

    /// An article comes again exactly if one from the same place of the source is alive, and the first verdict stands.
    #[test]
    fn replays_get_the_first_verdict((writing, log) in logs()) {
        let history = History::write(writing, log);
        for (at, entry, verdict, decision) in history.articles() {
            let same = |other: &usize| history.article(*other).is_some_and(|(e, ..)| e.position == entry.position);
            let first = history.alive(at).into_iter().find(same).and_then(|at| history.article(at));
            prop_assert_eq!(decision.is_none(), first.is_some());
            if let Some((_, first, _)) = first {
                prop_assert_eq!(verdict, first);
            }
        }
    }

    /// The holes of a log are filled with replays.
    #[test]
    fn replays_change_no_later_verdict((writing, log) in logs(), backs in prop::collection::vec(1usize..30, 1..9)) {
        let (mut plain, mut filled) = (Window::new(writing.settings.clone()), Window::new(writing.settings));
        let mut backs = backs.into_iter().cycle();
        let mut next = 0;
        let mut said: Vec<(&Entry, Verdict)> = Vec::new();
        for Arrival { entry, hole, append_time, .. } in &log {
            for _ in 0..(*hole).min(20) {
                let back = backs.next().unwrap_or(1);
                let Some((again, _)) = said.len().checked_sub(back).map(|at| &said[at]) else { break };
                let stands = said.iter().rfind(|(entry, _)| entry.position == again.position);
                let place = Place { offset: next, append_time: *append_time };
                // Of one that has left the window there is no replay: it would be new.
                if filled.replay(&again.position, place).is_some() {
                    let length = filled.len();
                    let first = stands.map(|(_, verdict)| (verdict.clone(), None));
                    prop_assert_eq!(Some(filled.apply(again, place)), first);
                    prop_assert_eq!(filled.len(), length);
                }
                next += 1;
            }
            let place = Place { offset: next + hole.saturating_sub(20), append_time: *append_time };
            next = place.offset + 1;
            let expected = plain.apply(entry, place);
            prop_assert_eq!(&filled.apply(entry, place), &expected);
            said.push((entry, expected.0));
        }
    }

    #[test]
    fn the_window_holds_what_is_alive_and_the_newest((writing, log) in logs()) {
        let history = History::write(writing, log);
        let articles = history.writing.settings.articles;
        let mut window = Window::new(history.writing.settings.clone());
        prop_assert!(window.is_empty());
        for (at, entry, _, decision) in history.articles() {
            window.apply(entry, history.records[at].0);
            prop_assert_eq!(window.len(), history.alive(at).len() + usize::from(decision.is_some()));
            prop_assert!(window.len() <= articles + 1);
        }
    }

    #[test]
    fn the_log_in_memory_is_a_window_whose_entries_do_not_expire((writing, log) in logs()) {
        let settings = WindowSettings { append_span: None, ..writing.settings.clone() };
        let memory = MemoryLog::new(writing.settings);
        let mut window = Window::new(settings);
        for (offset, Arrival { entry, .. }) in log.iter().enumerate() {
            let place = Place { offset: offset as u64, append_time: 0 };
            let (verdict, _) = window.apply(entry, place);
            prop_assert_eq!(memory.submit(entry, offset), Submitted::Decided(offset, verdict));
        }
    }
}

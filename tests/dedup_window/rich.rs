//! The random logs hold what they are for; else the laws would hold for nothing.

use std::collections::BTreeMap;

use copydesk::dedup::{Relation, WindowSettings};

use super::history::{History, Record, writing};
use super::logs::{log, samples, settings};

#[test]
fn the_random_logs_are_rich() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = |what: &'static str, times: usize| *counts.entry(what).or_default() += times;
    for (writing, arrivals) in samples(100, (writing(settings()), log(150))) {
        let endless =
            WindowSettings { event_span: i64::MAX / 4, append_span: None, ..writing.settings.clone() };
        let whole = History::write(
            super::history::Writing { settings: endless, ..writing.clone() },
            arrivals.clone(),
        );
        let history = History::write(writing, arrivals);
        let mut members: BTreeMap<&str, usize> = BTreeMap::new();
        let mut holes = 0;
        for (at, entry, verdict, decision) in history.articles() {
            if decision.is_none() {
                count("replays", 1);
                continue;
            }
            count(name(verdict.relation), 1);
            *members.entry(&verdict.cluster).or_default() += 1;
            let alive = history.alive(at);
            let is_first =
                |other: &usize| history.article(*other).is_some_and(|(e, ..)| e.id == verdict.cluster);
            if verdict.cluster != entry.id && !alive.iter().any(is_first) {
                count("copies in a cluster whose first has left", 1);
            }
            holes += usize::from(at > 0 && history.offset(at) > history.offset(at - 1) + 1);
            if alive.iter().any(|other| !history.in_time(at, *other)) {
                count("articles with an alive one out of time", 1);
            }
            if history.writing.settings.append_span.is_some()
                && history.oldest_alive(at) + history.writing.settings.articles as u64 > history.offset(at)
            {
                count("articles before which some have expired", 1);
            }
        }
        count("holes", holes);
        count("clusters of three and more", members.values().filter(|members| **members >= 3).count());
        let checkpoints =
            history.records.iter().filter(|(_, record)| matches!(record, Record::Checkpoint(_)));
        count("checkpoints", checkpoints.count());
        let timeless = whole.articles().map(|(_, _, verdict, _)| verdict);
        let timely = history.articles().map(|(_, _, verdict, _)| verdict);
        count("verdicts that times change", timeless.zip(timely).filter(|(a, b)| a != b).count());
    }
    for (what, number) in &counts {
        println!("{number:6} {what}");
    }
    let least = [
        ("original", 2000),
        ("exact", 300),
        ("near", 600),
        ("contained", 120),
        ("contains", 250),
        ("updated", 300),
        ("template", 600),
        ("replays", 400),
        ("holes", 400),
        ("checkpoints", 1000),
        ("clusters of three and more", 300),
        ("copies in a cluster whose first has left", 150),
        ("articles with an alive one out of time", 1000),
        ("articles before which some have expired", 500),
        ("verdicts that times change", 300),
    ];
    for (what, least) in least {
        assert!(
            counts.get(what).is_some_and(|number| *number >= least),
            "{what}: {:?} of {least}",
            counts.get(what)
        );
    }
}

fn name(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "exact",
        Relation::Near => "near",
        Relation::Contained => "contained",
        Relation::Contains => "contains",
        Relation::Updated => "updated",
        Relation::Template => "template",
        _ => "original",
    }
}

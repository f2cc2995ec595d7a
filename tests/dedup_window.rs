//! The laws of the window: a verdict is a function of the entries that are alive, so every reader of the log gives it.
//!
//! The model is the definition itself, by a scan of the whole log for each entry.

use copydesk::article::Position;
use copydesk::dedup::{
    ContentHash, Entry, MemoryLog, Relation, SketchLog, Submitted, Verdict, Window, WindowSettings,
};
use proptest::prelude::*;

/// One record of the log: an entry, and the time that the log gave it.
type Logged = (Entry, i64);

fn entry(number: usize, content: u128, event_time: i64) -> Entry {
    Entry {
        position: Position::new("raw", (number % 3) as i32, number as i64),
        id: format!("a{number}").into(),
        event_time,
        content: ContentHash(content),
    }
}

/// A log without replays: few contents, so that there are copies; time runs, and now and then it leaps.
fn log() -> impl Strategy<Value = Vec<Logged>> {
    let one = (0u128..6, 0i64..300, prop_oneof![6 => 0i64..20, 1 => 50i64..400]);
    prop::collection::vec(one, 0..60).prop_map(|entries| {
        let mut now = 1000;
        let logged = entries.into_iter().enumerate().map(|(number, (content, late, step))| {
            now += step;
            // News is on the wire when it is written, or some time after.
            (entry(number, content, now - late), now)
        });
        logged.collect()
    })
}

/// Puts replays into a log: each repeats one of the last `reach` records, at the time of the record before it.
fn with_replays(log: &[Logged], picks: &[(prop::sample::Index, usize)], reach: usize) -> Vec<(Logged, bool)> {
    let mut all: Vec<(Logged, bool)> = log.iter().map(|logged| (logged.clone(), false)).collect();
    for (place, back) in picks.iter().filter(|_| !log.is_empty()) {
        let at = place.index(all.len()) + 1;
        let what = at - 1 - (back % reach).min(at - 1);
        let again = (all[what].0.0.clone(), all[at - 1].0.1);
        all.insert(at, (again, true));
    }
    all
}

fn picks() -> impl Strategy<Value = Vec<(prop::sample::Index, usize)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..50), 0..15)
}

fn settings() -> impl Strategy<Value = WindowSettings> {
    (1usize..20, 0i64..400, prop::option::of(0i64..400))
        .prop_map(|(articles, event_span, append_span)| WindowSettings { articles, event_span, append_span })
}

fn read(settings: &WindowSettings, log: &[Logged]) -> Vec<Verdict> {
    let mut window = Window::new(settings.clone());
    log.iter().map(|(entry, at)| window.apply(entry, *at)).collect()
}

/// The places of the log that are alive at `query`: of those that were new, the last ones, not too long ago.
fn alive(settings: &WindowSettings, log: &[Logged], new: &[bool], query: usize) -> Vec<usize> {
    let all: Vec<usize> = (0..query).filter(|at| new[*at]).collect();
    let last = all.len().saturating_sub(settings.articles);
    let young = |at: &usize| settings.append_span.is_none_or(|span| log[query].1 - log[*at].1 <= span);
    all[last..].iter().copied().filter(young).collect()
}

/// The definition.
fn defined(settings: &WindowSettings, log: &[Logged]) -> Vec<Verdict> {
    let (mut verdicts, mut new): (Vec<Verdict>, Vec<bool>) = (Vec::new(), Vec::new());
    for (query, (entry, _)) in log.iter().enumerate() {
        let alive = alive(settings, log, &new, query);
        if let Some(first) = alive.iter().find(|at| log[**at].0.position == entry.position) {
            verdicts.push(verdicts[*first].clone());
            new.push(false);
            continue;
        }
        let near = |other: &Entry| (other.event_time - entry.event_time).abs() <= settings.event_span;
        let same =
            alive.iter().map(|at| &log[*at].0).find(|other| other.content == entry.content && near(other));
        verdicts.push(match same {
            Some(oldest) => Verdict::exact(oldest.id.clone(), oldest.id.clone()),
            None => Verdict::original(entry.id.clone()),
        });
        new.push(true);
    }
    verdicts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// With replays from anywhere, also of entries that the window has forgotten.
    #[test]
    fn the_window_gives_the_verdicts_of_the_definition(settings in settings(), log in log(), picks in picks()) {
        let log: Vec<Logged> = with_replays(&log, &picks, 50).into_iter().map(|(logged, _)| logged).collect();
        prop_assert_eq!(read(&settings, &log), defined(&settings, &log));
    }

    #[test]
    fn a_verdict_depends_on_alive_entries_alone(
        settings in settings(), log in log(), foreign in prop::collection::vec((0u128..6, 0i64..2000), 60),
    ) {
        let Some(query) = log.len().checked_sub(1) else { return Ok(()) };
        let alive = alive(&settings, &log, &vec![true; log.len()], query);
        let mut other = log.clone();
        for (at, (content, event_time)) in (0..query).zip(foreign) {
            let near = (log[at].0.event_time - log[query].0.event_time).abs() <= settings.event_span;
            let changed = &mut other[at].0;
            if !alive.contains(&at) {
                (changed.content, changed.event_time) = (ContentHash(content), event_time);
            } else if !near {
                changed.content = ContentHash(content);
            } else {
                continue;
            }
            changed.id = "another".into();
        }
        prop_assert_eq!(read(&settings, &log).pop(), read(&settings, &other).pop());
    }

    #[test]
    fn a_reader_that_starts_later_agrees_once_it_has_read_a_window_of_articles(
        settings in settings(), log in log(), start in any::<prop::sample::Index>(),
    ) {
        let settings = WindowSettings { append_span: None, ..settings };
        let start = start.index(log.len() + 1);
        let (whole, late) = (read(&settings, &log), read(&settings, &log[start..]));
        for at in start + settings.articles..log.len() {
            prop_assert_eq!(&late[at - start], &whole[at], "entry {} read from {}", at, start);
        }
    }

    #[test]
    fn a_reader_that_starts_later_agrees_once_the_append_span_is_over(
        settings in settings(), log in log(), start in any::<prop::sample::Index>(),
    ) {
        let Some(span) = settings.append_span else { return Ok(()) };
        let start = start.index(log.len() + 1);
        let (whole, late) = (read(&settings, &log), read(&settings, &log[start..]));
        let missed = start.checked_sub(1).map_or(i64::MIN, |at| log[at].1);
        for at in start..log.len() {
            if log[at].1.saturating_sub(missed) > span {
                prop_assert_eq!(&late[at - start], &whole[at], "entry {} read from {}", at, start);
            }
        }
    }

    /// A replay can stand after the reader's start, and what it repeats before it. So with replays it takes longer: a
    /// span until those are gone, and the distance between the two, twice.
    #[test]
    fn with_replays_a_later_reader_agrees_after_the_span_and_twice_their_distance(
        settings in settings(), log in log(), picks in picks(), start in any::<prop::sample::Index>(),
    ) {
        let Some(span) = settings.append_span else { return Ok(()) };
        let settings = WindowSettings { articles: 1000, ..settings };
        let log: Vec<Logged> = with_replays(&log, &picks, 4).into_iter().map(|(logged, _)| logged).collect();
        let first = |at: usize| log.iter().position(|(e, _)| e.position == log[at].0.position).unwrap_or(at);
        let distance = (0..log.len()).map(|at| log[at].1 - log[first(at)].1).max().unwrap_or(0);
        prop_assume!(distance <= span);
        let start = start.index(log.len() + 1);
        let (whole, late) = (read(&settings, &log), read(&settings, &log[start..]));
        let missed = start.checked_sub(1).map_or(i64::MIN, |at| log[at].1);
        for at in start..log.len() {
            if log[at].1.saturating_sub(missed) > span + 2 * distance {
                prop_assert_eq!(&late[at - start], &whole[at], "entry {} read from {}", at, start);
            }
        }
    }

    /// Of entries that are still in the window; one that was forgotten is a new entry to every reader alike.
    #[test]
    fn replays_change_no_later_verdict_and_get_the_first_one(settings in settings(), log in log(), picks in picks()) {
        let verdicts = read(&settings, &log);
        let first = |entry: &Entry| log.iter().position(|(e, _)| e.position == entry.position);
        let mut window = Window::new(settings.clone());
        let mut again = Vec::new();
        for ((entry, at), replay) in with_replays(&log, &picks, 50) {
            if !replay {
                again.push(window.apply(&entry, at));
            } else if window.known(&entry.position).is_some() {
                let size = window.len();
                let expected = first(&entry).map(|at| verdicts[at].clone());
                // By its time the log may have let the first one go; then it is no replay to anybody.
                let kept = settings.append_span.is_none_or(|span| first(&entry).is_some_and(|f| at - log[f].1 <= span));
                if kept {
                    prop_assert_eq!(Some(window.apply(&entry, at)), expected);
                    prop_assert!(window.len() <= size);
                }
            }
        }
        prop_assert_eq!(again, verdicts);
    }

    #[test]
    fn an_article_is_never_a_copy_of_itself(settings in settings(), log in log(), picks in picks()) {
        let log: Vec<Logged> = with_replays(&log, &picks, 50).into_iter().map(|(logged, _)| logged).collect();
        for ((entry, _), verdict) in log.iter().zip(read(&settings, &log)) {
            prop_assert_ne!(verdict.of.as_ref(), Some(&entry.id));
            prop_assert_eq!(verdict.of.is_none(), verdict.relation == Relation::Original);
            let own = verdict.relation == Relation::Original;
            prop_assert_eq!(own, verdict.cluster == entry.id, "{:?}", verdict);
        }
    }

    #[test]
    fn the_window_is_bounded(settings in settings(), log in log()) {
        let mut window = Window::new(settings.clone());
        for (number, (entry, at)) in log.iter().enumerate() {
            window.apply(entry, *at);
            prop_assert!(window.len() <= settings.articles);
            let whole = alive(&settings, &log, &vec![true; log.len()], number);
            prop_assert_eq!(window.len(), (whole.len() + 1).min(settings.articles));
        }
    }

    #[test]
    fn the_log_in_memory_gives_the_same_verdicts(settings in settings(), log in log(), picks in picks()) {
        let log: Vec<Logged> = with_replays(&log, &picks, 50).into_iter().map(|(logged, _)| logged).collect();
        let memory = MemoryLog::new(settings.clone());
        let without_expiry = WindowSettings { append_span: None, ..settings };
        let expected = defined(&without_expiry, &log);
        for (number, ((entry, _), verdict)) in log.iter().zip(expected).enumerate() {
            prop_assert_eq!(memory.submit(entry, number), Submitted::Decided(number, verdict));
        }
    }
}

/// The logs above hold what they are for; else the laws would hold for nothing.
#[test]
fn the_random_logs_are_rich() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut copies, mut out_of_time, mut replays) = (0, 0, 0);
    for _ in 0..200 {
        let tree = (settings(), log(), picks()).new_tree(&mut runner);
        let (settings, log, picks) = tree.unwrap_or_else(|error| panic!("{error}")).current();
        let endless = WindowSettings { event_span: i64::MAX, append_span: None, ..settings.clone() };
        let (verdicts, all) = (read(&settings, &log), read(&endless, &log));
        copies += verdicts.iter().filter(|v| v.relation == Relation::Exact).count();
        out_of_time += verdicts.iter().zip(&all).filter(|(a, b)| a != b).count();
        replays += with_replays(&log, &picks, 50).iter().filter(|(_, replay)| *replay).count();
    }
    assert!(copies > 500 && out_of_time > 500 && replays > 500, "{copies} {out_of_time} {replays}");
}

//! docs/METRICS.md and the program name the same metrics, of the same type.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use copydesk::kafka::ledgers::Ledgers;
use copydesk::metrics::Metrics;

/// What `/metrics` exposes, with every family touched so that it appears: name as Prometheus stores it, and type.
fn exposed() -> BTreeMap<String, String> {
    let ledgers = Arc::new(Ledgers::default());
    let lane = ledgers.assign(0);
    ledgers.saw_end(0, 9);
    ledgers.charge(0, 0, 1);
    ledgers.settle(lane, 0, |_| {});
    ledgers.confirm(0, 1);
    let metrics = Metrics::new(ledgers);
    metrics.outcome("enriched");
    metrics.verdict("original");
    metrics.dead_letter("empty");
    metrics.gaps("lost", 1);
    metrics.commits("ok");
    metrics.rebalances("assigned");
    metrics.stage_time("prepare", Duration::ZERO);
    metrics.log_time(Duration::ZERO);
    metrics.sketch_log_watched(Some(0), Duration::ZERO, false);

    let text = metrics.render();
    let mut found = BTreeMap::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let (family, kind) = line.split_once(' ').expect("a name and a type");
        // OpenMetrics names a counter's family without the suffix that its samples have.
        let name = if kind == "counter" { format!("{family}_total") } else { family.to_owned() };
        let sample = if kind == "histogram" { format!("{name}_count") } else { name.clone() };
        assert!(text.lines().any(|line| line.starts_with(&sample)), "no sample of {name}:\n{text}");
        assert_eq!(found.insert(name, kind.to_owned()), None, "{family} is there twice");
    }
    found
}

/// The rows of the page's tables that begin with a metric: name and type.
fn documented() -> BTreeMap<String, String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/METRICS.md");
    let page = std::fs::read_to_string(path).expect("docs/METRICS.md");
    let mut found = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `copydesk_")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, kind, _labels, meaning, _] = cells[..] else { panic!("four columns: {line}") };
        assert!(!meaning.is_empty(), "no meaning: {line}");
        let name = name.trim_matches('`').to_owned();
        assert_eq!(found.insert(name, kind.to_owned()), None, "twice: {line}");
    }
    found
}

#[test]
fn the_page_has_all_metrics_and_no_others() {
    let exposed = exposed();
    assert!(exposed.len() > 20, "{exposed:?}");
    assert_eq!(documented(), exposed, "left: docs/METRICS.md, right: what /metrics shows");
}

/// Queries in the docs must not ask for a metric that is not there: Prometheus answers those with nothing, so an alert
/// on one never fires.
#[test]
fn no_page_names_a_metric_that_is_not_there() {
    let exposed = exposed();
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");
    let mut pages: Vec<_> =
        std::fs::read_dir(docs).expect("docs").map(|entry| entry.expect("an entry").path()).collect();
    pages.push(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md").into());
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    let mut named = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).expect("a page");
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        for word in words.filter(|word| word.starts_with("copydesk_")) {
            named += 1;
            let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| word.strip_suffix(end));
            let is_known = exposed.contains_key(word)
                || family.is_some_and(|family| exposed.get(family).is_some_and(|kind| kind == "histogram"));
            assert!(is_known, "{}: there is no metric {word}", page.display());
        }
    }
    assert!(named > 20, "only {named} found");
}

//! Cases small enough to be counted by hand. Window: 100 seconds.

use super::*;

fn article(cluster: &str, rel: &str, primary: &str, ts: i64) -> BedArticle {
    BedArticle {
        id: format!("{cluster}-{ts}"),
        title: String::new(),
        text: String::new(),
        ts,
        cluster: cluster.into(),
        also: Vec::new(),
        rel: rel.into(),
        primary: primary.into(),
        edits: vec![primary.into()],
        hardneg: None,
        event: None,
        src: String::new(),
    }
}

/// 0 harbour, 1 its copy, 2 a brief of it, 3 bakery, 4 a roundup of harbour that also carries bakery, 5 and 6 bulletins,
/// 7 a copy of bakery that comes too late for 3, but not for 4.
fn bed() -> Vec<BedArticle> {
    let mut bed = vec![
        article("harbour", "base", "base", 0),
        article("harbour", "near", "headline", 10),
        article("harbour", "contain", "brief", 20),
        article("bakery", "base", "base", 30),
        article("harbour", "near", "merged", 40),
        article("rain", "unique", "template", 50),
        article("snow", "unique", "template", 60),
        article("bakery", "near", "headline", 135),
    ];
    bed[4].also = vec!["bakery".into()];
    bed[5].hardneg = Some("template".into());
    bed[6].hardneg = Some("template".into());
    bed
}

fn of(hits: usize, all: usize) -> Of {
    Of { hits, all }
}

#[test]
fn links_are_scored_by_story_and_window() {
    // 1 right, 2 missed, 4 right (through `also`), 6 a false flag, 7 right.
    let links = vec![None, Some(0), None, None, Some(3), None, Some(5), Some(4)];
    let score = score(&bed(), &Prediction::Links(links), 100);
    assert_eq!((score.precision, score.recall), (of(3, 4), of(3, 4)));
    assert_eq!(score.edits["headline"], of(2, 2));
    assert_eq!(score.edits["brief"], of(0, 1));
    assert_eq!(score.edits["merged"], of(1, 1));
    assert_eq!(score.negatives["template"], of(1, 2));
    assert_eq!(score.negatives["unique/base"], of(0, 2));
    // Closure: {0 1} {2} {3 4 7} {5 6}. Gold pairs: the six of harbour; 3 and 7 are 105 s apart.
    assert_eq!(score.pair_recall, of(1, 6));
    // Pairs of the closure: 0-1 right; 3-4 and 4-7 share text through `also`; 3-7 too far apart; 5-6 wrong.
    assert_eq!(score.pair_precision, of(1, 2));
    // Without the brief: 0-1, 0-4, 1-4.
    assert_eq!(score.near_recall, of(1, 3));
    assert_eq!(score.fates[2], Fate { link: None, gold: Some(0), is_right: false });
    assert_eq!(score.fates[7].gold, Some(4), "3 is too old, 4 carries the story too");
}

#[test]
fn clusters_link_to_their_first_article_in_the_window() {
    // {0 1 2 4} {3 7} {5 6}
    let labels = vec![1, 1, 1, 2, 1, 3, 3, 2];
    let score = score(&bed(), &Prediction::Clusters(labels), 100);
    let links: Vec<Option<usize>> = score.fates.iter().map(|fate| fate.link).collect();
    assert_eq!(links, [None, Some(0), Some(0), None, Some(0), None, Some(5), None]);
    assert_eq!((score.precision, score.recall), (of(3, 4), of(3, 4)));
    assert_eq!((score.pair_precision, score.pair_recall), (of(6, 7), of(6, 6)));
    // Pairs without a window, of 28: gold 6 + 1, predicted 6 + 1 + 1, in both 6 + 1.
    let expected = 7.0 * 8.0 / 28.0;
    let by_hand = (7.0 - expected) / (7.5 - expected);
    assert!((score.rand_index - by_hand).abs() < 1e-12);
}

#[test]
fn a_late_copy_is_no_copy_and_a_link_to_its_story_is_no_false_flag() {
    let mut bed = vec![article("harbour", "base", "base", 0), article("harbour", "near", "headline", 500)];
    bed[1].edits.push("late".into());
    let score = score(&bed, &Prediction::Links(vec![None, Some(0)]), 100);
    assert_eq!(score.recall, of(0, 0));
    assert_eq!(score.precision, of(1, 1));
    assert_eq!(score.negatives["late"], of(0, 1));
}

#[test]
fn closure_joins_chains() {
    let links = [None, None, Some(1), Some(0), Some(3), Some(2), None];
    assert_eq!(closure(&links), [0, 1, 1, 0, 0, 1, 6]);
    assert_eq!(closure(&[None, Some(0), Some(1)]), [0, 0, 0]);
}

#[test]
fn f1_is_the_harmonic_mean() {
    assert!((f1(0.5, 1.0) - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(f1(0.0, 0.0), 0.0);
}

//! Scores predictions on the bed, figure by figure as `score.py` of the bed does.
//!
//! - decision: an article is a copy if an earlier one of its stories (`cluster` and `also`) lies within the window.
//!   Precision: flagged articles whose link goes to one of the same story. Recall: copies that are flagged so.
//! - pairs: two articles in one cluster, within the window. Pairs related through `also` alone count for nothing.
//! - near recall: the same without pairs in which one side is a containment edit.
//! - adjusted Rand index over all articles, without a window.

use std::collections::{BTreeMap, HashMap};

use super::bed::BedArticle;
use super::rand_index::adjusted_rand_index;

/// What an engine said of each article of the bed, in its order.
#[derive(Debug, Clone)]
pub enum Prediction {
    /// The number of the article that this one is a copy of. Clusters are the transitive closure.
    Links(Vec<Option<usize>>),
    /// A label. The link of an article is the first earlier one of its cluster within the window.
    Clusters(Vec<usize>),
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Of {
    pub hits: usize,
    pub all: usize,
}

impl Of {
    pub fn share(self) -> f64 {
        self.hits as f64 / self.all.max(1) as f64
    }

    pub fn count(&mut self, hit: bool) {
        self.all += 1;
        self.hits += usize::from(hit);
    }
}

/// How one article fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// What it was linked to.
    pub link: Option<usize>,
    /// The first earlier article of its stories within the window, if it is a copy.
    pub gold: Option<usize>,
    /// The link goes to an article of the same story.
    pub is_right: bool,
}

/// The figures of one prediction.
#[derive(Debug, Clone)]
pub struct Score {
    /// Of the flagged articles, those flagged rightly.
    pub precision: Of,
    /// Of the copies, those flagged rightly.
    pub recall: Of,
    pub pair_precision: Of,
    pub pair_recall: Of,
    pub near_recall: Of,
    pub rand_index: f64,
    /// Recall per edit.
    pub edits: BTreeMap<String, Of>,
    /// False flags per kind of hard negative.
    pub negatives: BTreeMap<String, Of>,
    pub fates: Vec<Fate>,
}

/// Harmonic mean of precision and recall.
pub fn f1(precision: f64, recall: f64) -> f64 {
    2.0 * precision * recall / (precision + recall).max(1e-9)
}

/// Scores a prediction; `window` is in seconds.
pub fn score(bed: &[BedArticle], prediction: &Prediction, window: i64) -> Score {
    let labels = match prediction {
        Prediction::Links(links) => closure(links),
        Prediction::Clusters(labels) => labels.clone(),
    };
    let links = match prediction {
        Prediction::Links(links) => links.clone(),
        Prediction::Clusters(labels) => first_of_cluster(bed, labels, window),
    };
    let gold = gold_links(bed, window);
    let (mut precision, mut recall) = (Of::default(), Of::default());
    let (mut edits, mut negatives) = (BTreeMap::<String, Of>::new(), BTreeMap::<String, Of>::new());
    let mut fates = Vec::with_capacity(bed.len());
    for ((article, link), gold) in bed.iter().zip(links).zip(gold) {
        let is_right = link.is_some_and(|link| article.shares_text_with(&bed[link]));
        if link.is_some() {
            precision.count(is_right);
        }
        if gold.is_some() {
            recall.count(is_right);
            edits.entry(article.primary.clone()).or_default().count(is_right);
        } else {
            let is_false = link.is_some() && !is_right;
            negatives.entry(article.negative_kind().to_owned()).or_default().count(is_false);
        }
        fates.push(Fate { link, gold, is_right });
    }
    let (pair_precision, pair_recall, near_recall) = score_pairs(bed, &labels, window);
    let gold_labels: Vec<&str> = bed.iter().map(|article| article.cluster.as_str()).collect();
    let rand_index = adjusted_rand_index(&gold_labels, &labels);
    Score { precision, recall, pair_precision, pair_recall, near_recall, rand_index, edits, negatives, fates }
}

/// For each copy the first earlier article of one of its stories within the window.
fn gold_links(bed: &[BedArticle], window: i64) -> Vec<Option<usize>> {
    let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut gold = Vec::with_capacity(bed.len());
    for (number, article) in bed.iter().enumerate() {
        let earlier = article.stories().filter_map(|story| members.get(story)).flatten();
        gold.push(earlier.copied().filter(|e| article.ts - bed[*e].ts <= window).min());
        for story in article.stories() {
            members.entry(story).or_default().push(number);
        }
    }
    gold
}

fn first_of_cluster(bed: &[BedArticle], labels: &[usize], window: i64) -> Vec<Option<usize>> {
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut links = Vec::with_capacity(bed.len());
    for (number, (article, label)) in bed.iter().zip(labels).enumerate() {
        let earlier = members.entry(*label).or_default();
        links.push(earlier.iter().copied().find(|e| article.ts - bed[*e].ts <= window));
        earlier.push(number);
    }
    links
}

/// The least number of each article's connected component.
pub fn closure(links: &[Option<usize>]) -> Vec<usize> {
    fn root(parents: &mut [usize], mut item: usize) -> usize {
        while parents[item] != item {
            parents[item] = parents[parents[item]];
            item = parents[item];
        }
        item
    }
    let mut parents: Vec<usize> = (0..links.len()).collect();
    for (number, link) in links.iter().enumerate() {
        if let Some(link) = link {
            let (a, b) = (root(&mut parents, number), root(&mut parents, *link));
            parents[a.max(b)] = a.min(b);
        }
    }
    (0..links.len()).map(|number| root(&mut parents, number)).collect()
}

/// Precision, recall, and recall without containment edits.
fn score_pairs(bed: &[BedArticle], labels: &[usize], window: i64) -> (Of, Of, Of) {
    let (mut precision, mut recall, mut near) = (Of::default(), Of::default(), Of::default());
    let gold: Vec<&str> = bed.iter().map(|article| article.cluster.as_str()).collect();
    for_pairs(bed, &gold, window, |a, b| {
        let is_found = labels[a] == labels[b];
        recall.count(is_found);
        if bed[a].rel != "contain" && bed[b].rel != "contain" {
            near.count(is_found);
        }
    });
    for_pairs(bed, labels, window, |a, b| {
        let is_right = bed[a].cluster == bed[b].cluster;
        if is_right || !bed[a].shares_text_with(&bed[b]) {
            precision.count(is_right);
        }
    });
    (precision, recall, near)
}

/// Every two articles with one label, within the window.
fn for_pairs<L: std::hash::Hash + Eq>(
    bed: &[BedArticle],
    labels: &[L],
    window: i64,
    mut visit: impl FnMut(usize, usize),
) {
    let mut members: HashMap<&L, Vec<usize>> = HashMap::new();
    for (number, label) in labels.iter().enumerate() {
        let earlier = members.entry(label).or_default();
        earlier
            .iter()
            .filter(|e| (bed[number].ts - bed[**e].ts).abs() <= window)
            .for_each(|e| visit(*e, number));
        earlier.push(number);
    }
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;

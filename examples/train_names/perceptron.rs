//! The averaged structured perceptron (Collins 2002) over candidate runs.

use std::collections::{BTreeMap, HashMap};

use copydesk::extract::names::document::Document;
use copydesk::extract::names::labels::{LABELS, Label};
use copydesk::extract::names::model;
use copydesk::extract::names::runs::Links;
use copydesk::extract::names::tagging::look;

use crate::corpus::{Article, Gold};

const NEVER: f32 = -1e9;
/// Steps to a weight of one, at most.
const UNIT: f32 = 12.0;
type Row = [f32; LABELS];

/// A run ready for learning: the rows of each word's features, and what its labels may be.
pub struct Run {
    features: Vec<Vec<u32>>,
    gold: Vec<Gold>,
}

/// Runs and the features that they have in common.
pub struct Problem {
    pub runs: Vec<Run>,
    pub features: Vec<u64>,
}

/// Gathers the runs of all articles. Features seen less than `least` times are left out.
pub fn problem(articles: &[&Article], least: u32) -> Problem {
    let links = Links::default();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let (mut keys, mut looks, mut ranges) = (Vec::new(), Vec::new(), Vec::new());
    let mut each = |article: &Article, visit: &mut dyn FnMut(Vec<Vec<u64>>, Vec<Gold>)| {
        let document = Document::new(&article.text, &article.words);
        for &sentence in &article.words.sentences {
            ranges.clear();
            links.runs(article.words.of(sentence), &mut ranges);
            for run in &ranges {
                let gold = article.gold[sentence.start + run.start..sentence.start + run.end].to_vec();
                if gold.contains(&Gold::Unknown) {
                    continue;
                }
                let view = look(&article.text, &article.words, sentence, run, &document, &mut looks);
                let features = run
                    .clone()
                    .map(|at| {
                        view.write(at, &mut keys);
                        keys.clone()
                    })
                    .collect();
                visit(features, gold);
            }
        }
    };
    for article in articles {
        each(article, &mut |features, _| {
            for key in features.into_iter().flatten() {
                *counts.entry(key).or_default() += 1;
            }
        });
    }
    let mut features: Vec<u64> =
        counts.iter().filter(|(_, count)| **count >= least).map(|(key, _)| *key).collect();
    features.sort_unstable();
    drop(counts);
    let index: HashMap<u64, u32> = features.iter().enumerate().map(|(i, &key)| (key, i as u32)).collect();
    let mut runs = Vec::new();
    for article in articles {
        each(article, &mut |found, gold| {
            let features = found
                .into_iter()
                .map(|keys| keys.iter().filter_map(|key| index.get(key).copied()).collect())
                .collect();
            runs.push(Run { features, gold });
        });
    }
    Problem { runs, features }
}

/// Weights of every feature, and of each label behind another.
pub struct Weights {
    pub rows: Vec<Row>,
    pub transitions: [Row; LABELS],
}

struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// Learns from the runs, in an order that `seed` shuffles.
pub fn learn(problem: &Problem, epochs: usize, seed: u64, margin: f32, drop: f32) -> Weights {
    let allowed = allowed();
    let mut rows = vec![[0f32; LABELS]; problem.features.len()];
    let mut sums = vec![[0f32; LABELS]; problem.features.len()];
    let mut transitions = [[0f32; LABELS]; LABELS];
    let mut transition_sums = [[0f32; LABELS]; LABELS];
    let mut order: Vec<usize> = (0..problem.runs.len()).collect();
    let mut rng = Rng(0x9E37_79B9_7F4A_7C15 ^ seed.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    let mut step = 1f32;
    for _ in 0..epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, (rng.next() % (i as u64 + 1)) as usize);
        }
        for &number in &order {
            let whole = &problem.runs[number];
            let threshold = (f64::from(drop) * u64::MAX as f64) as u64;
            let kept: Vec<Vec<u32>> = whole
                .features
                .iter()
                .map(|features| features.iter().copied().filter(|_| rng.next() >= threshold).collect())
                .collect();
            let run = Run { features: kept, gold: whole.gold.clone() };
            let mut scores: Vec<Row> = run
                .features
                .iter()
                .map(|features| {
                    let mut sum = [0f32; LABELS];
                    for &feature in features {
                        for (sum, weight) in sum.iter_mut().zip(&rows[feature as usize]) {
                            *sum += weight;
                        }
                    }
                    sum
                })
                .collect();
            // What the labels allow: one labelling, or the best of those that they leave open.
            let open = run.gold.contains(&Gold::NoneOfThree);
            let target: Vec<Label> = if open {
                let masked: Vec<Row> =
                    scores.iter().zip(&run.gold).map(|(score, gold)| masked(score, *gold)).collect();
                best(&masked, &transitions, &allowed)
            } else {
                run.gold
                    .iter()
                    .map(|gold| if let Gold::Is(label) = gold { *label } else { Label::OUTSIDE })
                    .collect()
            };
            // A labelling that wins by less than this for each wrong word counts as lost.
            for (score, label) in scores.iter_mut().zip(&target) {
                for (number, value) in score.iter_mut().enumerate() {
                    if number != label.number() {
                        *value += margin;
                    }
                }
            }
            let guess = best(&scores, &transitions, &allowed);
            if guess != target {
                for ((features, &right), &wrong) in run.features.iter().zip(&target).zip(&guess) {
                    if right == wrong {
                        continue;
                    }
                    for &feature in features {
                        let feature = feature as usize;
                        rows[feature][right.number()] += 1.0;
                        rows[feature][wrong.number()] -= 1.0;
                        sums[feature][right.number()] += step;
                        sums[feature][wrong.number()] -= step;
                    }
                }
                let mut before = (Label::OUTSIDE, Label::OUTSIDE);
                for (&right, &wrong) in
                    target.iter().chain([&Label::OUTSIDE]).zip(guess.iter().chain([&Label::OUTSIDE]))
                {
                    if before != (before.1, before.0) || right != wrong {
                        transitions[before.0.number()][right.number()] += 1.0;
                        transitions[before.1.number()][wrong.number()] -= 1.0;
                        transition_sums[before.0.number()][right.number()] += step;
                        transition_sums[before.1.number()][wrong.number()] -= step;
                    }
                    before = (right, wrong);
                }
            }
            step += 1.0;
        }
    }
    for (row, sums) in rows.iter_mut().zip(&sums).chain(transitions.iter_mut().zip(&transition_sums)) {
        for (weight, sum) in row.iter_mut().zip(sums) {
            *weight -= sum / step;
        }
    }
    Weights { rows, transitions }
}

fn allowed() -> [[bool; LABELS]; LABELS] {
    let mut allowed = [[false; LABELS]; LABELS];
    for from in Label::all() {
        for to in Label::all() {
            allowed[from.number()][to.number()] = from.allows(to);
        }
    }
    allowed
}

fn masked(score: &Row, gold: Gold) -> Row {
    let mut masked = [NEVER; LABELS];
    match gold {
        Gold::Is(label) => masked[label.number()] = score[label.number()],
        _ => {
            for label in [Label::OUTSIDE, Label::OTHER] {
                masked[label.number()] = score[label.number()];
            }
        }
    }
    masked
}

fn best(scores: &[Row], transitions: &[Row; LABELS], allowed: &[[bool; LABELS]; LABELS]) -> Vec<Label> {
    let mut current = [NEVER; LABELS];
    current[0] = 0.0;
    let mut from = Vec::with_capacity(scores.len());
    for score in scores {
        let mut next = [NEVER * 2.0; LABELS];
        let mut back = [0u8; LABELS];
        for label in 0..LABELS {
            for to in 0..LABELS {
                let value = current[label] + transitions[label][to];
                if allowed[label][to] && value > next[to] {
                    next[to] = value;
                    back[to] = label as u8;
                }
            }
        }
        for (value, score) in next.iter_mut().zip(score) {
            *value += score;
        }
        from.push(back);
        current = next;
    }
    let mut label = 0;
    let mut top = NEVER * 4.0;
    for (number, value) in current.iter().enumerate() {
        let value = value + transitions[number][0];
        if allowed[number][0] && value > top {
            top = value;
            label = number;
        }
    }
    let mut labels = vec![Label::OUTSIDE; scores.len()];
    for (at, back) in from.iter().enumerate().rev() {
        labels[at] = Label::from_number(label);
        label = usize::from(back[label]);
    }
    labels
}

/// The mean of several learners.
pub fn mean(all: &[Weights]) -> Weights {
    let count = all.len() as f32;
    let mut rows = vec![[0f32; LABELS]; all[0].rows.len()];
    let mut transitions = [[0f32; LABELS]; LABELS];
    for weights in all {
        for (to, from) in
            rows.iter_mut().zip(&weights.rows).chain(transitions.iter_mut().zip(&weights.transitions))
        {
            for (to, from) in to.iter_mut().zip(from) {
                *to += from / count;
            }
        }
    }
    Weights { rows, transitions }
}

/// In eight bits: the rows of the largest weights, no more than `most`, and the transitions.
pub fn compact(
    problem: &Problem,
    weights: &Weights,
    most: usize,
) -> (BTreeMap<u64, [i32; LABELS]>, [[i16; LABELS]; LABELS]) {
    let top = weights.rows.iter().flatten().fold(0f32, |top, w| top.max(w.abs()));
    let scale = (model::LARGEST as f32 / top).min(UNIT);
    let small = |weight: f32| (weight * scale).round() as i32;
    let mut rows: Vec<(f32, u64, [i32; LABELS])> = problem
        .features
        .iter()
        .zip(&weights.rows)
        .filter_map(|(&feature, row)| {
            let small = row.map(small);
            let largest = row.iter().fold(0f32, |a, b| a.max(b.abs()));
            small.iter().any(|&w| w != 0).then_some((largest, feature, small))
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    eprintln!("{} rows with weights, largest {top:.1}, scale {scale:.2}", rows.len());
    rows.truncate(most);
    let transitions =
        weights.transitions.map(|row| row.map(|w| (w * scale).round().clamp(-30000.0, 30000.0) as i16));
    (rows.into_iter().map(|(_, feature, row)| (feature, row)).collect(), transitions)
}

//! From the scores of a run's words to its best labels (Viterbi), and how clearly they won.

use super::labels::{LABELS, Label};
use super::model::{Model, Scores};

/// Less than any sum of a run's scores can be; sums are kept from falling below it, so that two of them fit in 32 bits.
const NEVER: i32 = -(1 << 29);
const WIDTH: usize = 16;

/// Finds the best labels of a run. Keeps its memory from run to run.
#[derive(Debug)]
pub struct Decoder {
    /// By the label before.
    forward: [Scores; WIDTH],
    /// By the label behind.
    backward: [Scores; WIDTH],
    /// For each word and label, the best sum up to there and from there on; each less the best of its word, so that
    /// sums stay small in the longest run.
    before: Vec<Scores>,
    behind: Vec<Scores>,
}

impl Decoder {
    /// A decoder with a model's transitions.
    pub fn new(model: &Model<'_>) -> Self {
        let mut forward = [[NEVER; WIDTH]; WIDTH];
        let mut backward = [[NEVER; WIDTH]; WIDTH];
        for from in Label::all() {
            for to in Label::all() {
                if let Some(weight) = model.transition(from, to) {
                    forward[from.number()][to.number()] = weight;
                    backward[to.number()][from.number()] = weight;
                }
            }
        }
        Self { forward, backward, before: Vec::new(), behind: Vec::new() }
    }

    /// The best labels of a run with these scores; words before and behind it are outside.
    pub fn labels(&mut self, scores: &[Scores], into: &mut Vec<Label>) {
        into.clear();
        self.before.clear();
        let Some(last) = scores.len().checked_sub(1) else { return };
        let mut reached = self.forward[Label::OUTSIDE.number()];
        for score in scores {
            add(&mut reached, score);
            self.before.push(reached);
            reached = step(&reached, &self.forward);
        }
        into.resize(scores.len(), Label::OUTSIDE);
        // From the end back: which label led to the one behind it.
        let mut next = Label::OUTSIDE;
        for at in (0..=last).rev() {
            next = best(&self.before[at], &self.backward[next.number()]);
            into[at] = next;
        }
    }

    /// By how much each word's label beats the best labelling that gives the word another one. To be called behind
    /// [`labels`](Self::labels), with the same scores and what it found.
    pub fn margins(&mut self, scores: &[Scores], labels: &[Label], into: &mut Vec<i32>) {
        into.clear();
        self.behind.clear();
        self.behind.resize(scores.len(), [NEVER; WIDTH]);
        let mut rest = self.backward[Label::OUTSIDE.number()];
        for (score, behind) in scores.iter().zip(&mut self.behind).rev() {
            *behind = rest;
            add(&mut rest, score);
            rest = step(&rest, &self.backward);
        }
        for ((before, behind), label) in self.before.iter().zip(&self.behind).zip(labels) {
            let (mut mine, mut other) = (NEVER, NEVER);
            for number in 0..LABELS {
                let through = before[number] + behind[number];
                if number == label.number() {
                    mine = through;
                } else {
                    other = other.max(through);
                }
            }
            into.push(mine.max(NEVER) - other);
        }
    }
}

/// Adds the scores of a word; what cannot be reached stays so.
fn add(sums: &mut Scores, score: &Scores) {
    for (sum, score) in sums.iter_mut().zip(score) {
        *sum = if *sum > NEVER { *sum + score } else { NEVER };
    }
}

/// The best sums one word further, less the best of them.
#[inline]
fn step(sums: &Scores, transitions: &[Scores; WIDTH]) -> Scores {
    let mut next = [2 * NEVER; WIDTH];
    for (sum, row) in sums.iter().zip(transitions).take(LABELS) {
        for (next, transition) in next.iter_mut().zip(row) {
            *next = (*next).max(sum + transition);
        }
    }
    let top = next.iter().copied().fold(NEVER, i32::max);
    next.map(|sum| if sum > NEVER { (sum - top).max(NEVER) } else { NEVER })
}

/// The label with the best sum before a given one; the first of several.
fn best(sums: &Scores, transitions: &Scores) -> Label {
    let mut top = (2 * NEVER, 0);
    for number in 0..LABELS {
        let sum = sums[number] + transitions[number];
        if sum > top.0 {
            top = (sum, number);
        }
    }
    Label::from_number(top.1)
}

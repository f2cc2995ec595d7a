//! From the scores of a run's words to its best labels (Viterbi), and how clearly they won.

use super::labels::{LABELS, Label};
use super::model::{Model, Scores};

const NEVER: i32 = i32::MIN / 4;
const WIDTH: usize = 16;

/// Finds the best labels of a run. Keeps its memory from run to run.
#[derive(Debug)]
pub struct Decoder {
    transitions: [[i32; WIDTH]; WIDTH],
    backward: [[i32; WIDTH]; WIDTH],
    best: Vec<Scores>,
    from: Vec<[u8; WIDTH]>,
    rest: Vec<Scores>,
}

impl Decoder {
    /// A decoder with a model's transitions.
    pub fn new(model: &Model<'_>) -> Self {
        let mut transitions = [[NEVER; WIDTH]; WIDTH];
        let mut backward = [[NEVER; WIDTH]; WIDTH];
        for from in Label::all() {
            for to in Label::all() {
                if let Some(weight) = model.transition(from, to) {
                    transitions[from.number()][to.number()] = weight;
                    backward[to.number()][from.number()] = weight;
                }
            }
        }
        Self { transitions, backward, best: Vec::new(), from: Vec::new(), rest: Vec::new() }
    }

    /// The best labels of a run with these scores; words before and behind it are outside.
    pub fn labels(&mut self, scores: &[Scores], into: &mut Vec<Label>) {
        into.clear();
        if scores.is_empty() {
            return;
        }
        self.best.clear();
        self.from.clear();
        let mut current = [NEVER; WIDTH];
        current[Label::OUTSIDE.number()] = 0;
        for score in scores {
            let mut next = [NEVER; WIDTH];
            let mut from = [0; WIDTH];
            for (label, &sum) in current.iter().enumerate().take(LABELS) {
                for to in 0..WIDTH {
                    let value = sum.saturating_add(self.transitions[label][to]);
                    if value > next[to] {
                        next[to] = value;
                        from[to] = label as u8;
                    }
                }
            }
            for (value, score) in next.iter_mut().zip(score) {
                *value = value.saturating_add(*score);
            }
            self.best.push(next);
            self.from.push(from);
            current = next;
        }
        let mut label = (0..LABELS)
            .max_by_key(|&label| (current[label].saturating_add(self.transitions[label][0]), std::cmp::Reverse(label)))
            .unwrap_or(0);
        into.resize(scores.len(), Label::OUTSIDE);
        for at in (0..scores.len()).rev() {
            into[at] = Label::from_number(label);
            label = usize::from(self.from[at][label]);
        }
    }

    /// By how much each word's label beats the best labelling that gives the word another one. To be called behind
    /// [`labels`](Self::labels), with the same scores and what it found.
    pub fn margins(&mut self, scores: &[Scores], labels: &[Label], into: &mut Vec<i32>) {
        into.clear();
        self.rest.clear();
        self.rest.resize(scores.len(), [NEVER; WIDTH]);
        let mut current = [NEVER; WIDTH];
        for (label, value) in current.iter_mut().enumerate().take(LABELS) {
            *value = self.transitions[label][0];
        }
        for at in (0..scores.len()).rev() {
            self.rest[at] = current;
            let mut next = [NEVER; WIDTH];
            for label in 0..LABELS {
                let sum = current[label].saturating_add(scores[at][label]);
                for from in 0..WIDTH {
                    next[from] = next[from].max(sum.saturating_add(self.backward[label][from]));
                }
            }
            current = next;
        }
        for (at, label) in labels.iter().enumerate() {
            let through = |label: usize| self.best[at][label].saturating_add(self.rest[at][label]);
            let mine = through(label.number());
            let other = (0..LABELS).filter(|&other| other != label.number()).map(through).max().unwrap_or(NEVER);
            into.push(mine.saturating_sub(other.max(NEVER)));
        }
    }
}

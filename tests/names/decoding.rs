//! Labels, and the best ones of a run, against every labelling there is.

use std::collections::BTreeMap;

use copydesk::extract::names::NameKind;
use copydesk::extract::names::decode::Decoder;
use copydesk::extract::names::labels::{LABELS, Label, Part};
use copydesk::extract::names::model::{Model, Scores, write};
use proptest::prelude::*;

#[test]
fn labels_have_their_numbers_and_say_their_names() {
    let all: Vec<Label> = Label::all().collect();
    assert_eq!(all.len(), LABELS);
    for (number, &label) in all.iter().enumerate() {
        assert_eq!((label.number(), Label::from_number(number)), (number, label));
        if let Some((kind, part)) = label.name() {
            assert_eq!(Label::of(kind, part), label);
        }
    }
    let named = all.iter().filter(|label| label.name().is_some()).count();
    assert_eq!(named, NameKind::ALL.len() * 4);
    assert!(Label::OUTSIDE.name().is_none() && Label::OTHER.name().is_none());
    assert_ne!(Label::OUTSIDE, Label::OTHER);
}

/// A sequence that the rules allow, from outside to outside, is a row of whole names, each of one kind.
#[test]
fn allowed_labels_are_whole_names_of_one_kind() {
    for first in Label::all() {
        for second in Label::all() {
            let opens = |label: Label| matches!(label.name(), Some((_, Part::Begin | Part::Inside)));
            let goes_on = |label: Label| matches!(label.name(), Some((_, Part::Inside | Part::Last)));
            let same = first.name().map(|(kind, _)| kind) == second.name().map(|(kind, _)| kind);
            let sound = if opens(first) { goes_on(second) && same } else { !goes_on(second) };
            assert_eq!(first.allows(second), sound, "{first:?} {second:?}");
            assert_eq!(first.is_open(), opens(first));
            assert_eq!(second.continues(), goes_on(second));
        }
    }
    for label in Label::all() {
        assert_eq!(Label::OUTSIDE.allows(label), !label.continues(), "a run begins with no half name");
        assert_eq!(label.allows(Label::OUTSIDE), !label.is_open(), "a run ends with no half name");
    }
}

type Transitions = [[i16; LABELS]; LABELS];

/// Every allowed labelling of a run with its sum.
fn every(transitions: &Transitions, scores: &[Scores]) -> Vec<(Vec<Label>, i64)> {
    let mut all = vec![(vec![], 0i64)];
    for score in scores {
        let mut longer = Vec::new();
        for (labels, sum) in &all {
            let before = labels.last().copied().unwrap_or(Label::OUTSIDE);
            for next in Label::all().filter(|&next| before.allows(next)) {
                let mut labels = labels.clone();
                labels.push(next);
                let step = i64::from(transitions[before.number()][next.number()]);
                longer.push((labels, sum + step + i64::from(score[next.number()])));
            }
        }
        all = longer;
    }
    let end = |labels: &[Label]| labels.last().copied().unwrap_or(Label::OUTSIDE);
    all.retain(|(labels, _)| end(labels).allows(Label::OUTSIDE));
    for (labels, sum) in &mut all {
        if !labels.is_empty() {
            *sum += i64::from(transitions[end(labels).number()][Label::OUTSIDE.number()]);
        }
    }
    all
}

/// Small weights meet ties and near ties, which large ones never do.
fn lattice() -> impl Strategy<Value = (Vec<i16>, Vec<Vec<i32>>)> {
    let weights = |width: i16| {
        let transitions = prop::collection::vec(-width..=width, LABELS * LABELS);
        let width = i32::from(width) * 3;
        let scores = prop::collection::vec(prop::collection::vec(-width..=width, LABELS), 0..5);
        (transitions, scores)
    };
    prop_oneof![weights(2), weights(300), weights(8000)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_best_labels_and_their_margins_are_those_of_brute_force((weights, rows) in lattice()) {
        let mut transitions: Transitions = [[0; LABELS]; LABELS];
        for (to, from) in transitions.iter_mut().flatten().zip(weights) {
            *to = from;
        }
        let scores: Vec<Scores> = rows
            .iter()
            .map(|row| {
                let mut score = Scores::default();
                score.iter_mut().zip(row).for_each(|(to, from)| *to = *from);
                score
            })
            .collect();
        let bytes = write("test", &transitions, &BTreeMap::new());
        let mut decoder = Decoder::new(&Model::from_bytes(&bytes).expect("a model"));
        let (mut labels, mut margins) = (Vec::new(), Vec::new());
        // The memory of another run must not show.
        decoder.labels(&scores.repeat(2), &mut labels);
        decoder.margins(&scores.repeat(2), &labels, &mut margins);

        decoder.labels(&scores, &mut labels);
        decoder.margins(&scores, &labels, &mut margins);
        let all = every(&transitions, &scores);
        let best = all.iter().map(|(_, sum)| *sum).max().expect("there is one");
        let found = all.iter().find(|(other, _)| *other == labels);
        prop_assert_eq!(found.map(|(_, sum)| *sum), Some(best), "{:?}", &labels);
        prop_assert_eq!(margins.len(), labels.len());
        for (at, &margin) in margins.iter().enumerate() {
            let others = all.iter().filter(|(other, _)| other[at] != labels[at]);
            let second = others.map(|(_, sum)| *sum).max().expect("there is another one");
            prop_assert_eq!(i64::from(margin), best - second, "word {} of {:?}", at, &labels);
        }
    }
}

//! Weights, as written and as read back.

use std::collections::BTreeMap;

use copydesk::extract::names::labels::{LABELS, Label};
use copydesk::extract::names::model::{LARGEST, Model, write};
use proptest::prelude::*;

type Row = [i32; LABELS];

/// Hashes that look random and are the same each time (SplitMix64).
fn hash(number: u64) -> u64 {
    let mut x = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// A row whose largest weight is `largest`.
fn row(seed: u64, largest: i32) -> Row {
    let width = 2 * u64::from(largest.unsigned_abs()) + 1;
    let mut row: Row =
        std::array::from_fn(|label| (hash(seed * 100 + label as u64) % width) as i32 - largest);
    row[(seed % LABELS as u64) as usize] = largest;
    row
}

fn features(count: u64) -> BTreeMap<u64, Row> {
    let sizes = [1, 5, 127, 128, 500, 508, 600, 2032, 2100, LARGEST];
    (0..count).map(|n| (hash(n), row(n, sizes[(n % 10) as usize]))).collect()
}

fn transitions() -> [[i16; LABELS]; LABELS] {
    std::array::from_fn(|from| std::array::from_fn(|to| (from as i16 - 7) * 900 + to as i16))
}

#[test]
fn weights_come_back_within_the_rounding_of_their_row() {
    let features = features(20_000);
    let bytes = write("names-test-1", &transitions(), &features);
    let model = Model::from_bytes(&bytes).expect("a model");
    assert_eq!(model.name(), "names-test-1");
    let mut taken_for_others = 0;
    for (&feature, row) in &features {
        let found = model.scores(&[feature]);
        let largest = row.iter().map(|weight| weight.abs()).max().unwrap_or(0);
        // Eight bits: what the largest needs is what the others lose.
        let step = [1, 4, 16, 64].into_iter().find(|step| largest <= 127 * step).expect("no larger one");
        let close = row.iter().zip(found).all(|(weight, found)| (weight - found).abs() <= step / 2);
        taken_for_others += usize::from(!close);
    }
    assert!(taken_for_others <= 20, "{taken_for_others} of {}", features.len());
}

#[test]
fn features_that_were_not_learnt_weigh_nothing() {
    let features = features(20_000);
    let bytes = write("test", &transitions(), &features);
    let model = Model::from_bytes(&bytes).expect("a model");
    let strangers = (1_000_000..1_020_000).map(hash).filter(|feature| !features.contains_key(feature));
    let taken = strangers.filter(|&feature| model.scores(&[feature]).iter().any(|&sum| sum != 0));
    let taken = taken.count();
    assert!(taken <= 20, "{taken} of 20000");
    assert!(model.scores(&[]).iter().all(|&sum| sum == 0));
}

#[test]
fn the_transitions_that_the_labels_allow_come_back() {
    let transitions = transitions();
    let bytes = write("test", &transitions, &BTreeMap::new());
    let model = Model::from_bytes(&bytes).expect("a model");
    for from in Label::all() {
        for to in Label::all() {
            let expected = from.allows(to).then(|| i32::from(transitions[from.number()][to.number()]));
            assert_eq!(model.transition(from, to), expected, "{from:?} {to:?}");
        }
    }
}

#[test]
fn damaged_weights_are_refused() {
    let bytes = write("test", &transitions(), &features(3));
    assert!(Model::from_bytes(&bytes).is_some());
    assert!((0..bytes.len()).all(|end| Model::from_bytes(&bytes[..end]).is_none()), "a file that is cut");
    for at in 0..8 {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(Model::from_bytes(&damaged).is_none(), "byte {at} of the magic number or the version");
    }
    assert!(Model::from_bytes(&[&bytes[..], &[0]].concat()).is_none(), "one byte too many");
    assert!(Model::from_bytes(b"").is_none());
    let mut name = bytes;
    name[8] = 0xff;
    assert!(Model::from_bytes(&name).is_none(), "a name that is not UTF-8");
}

#[test]
fn a_long_name_is_cut() {
    for length in 30..60 {
        let name = "n".repeat(length);
        let bytes = write(&name, &transitions(), &BTreeMap::new());
        let model = Model::from_bytes(&bytes).unwrap_or_else(|| panic!("a name of {length} bytes"));
        assert!(name.starts_with(model.name()) && model.name().len() >= 30, "{}", model.name());
    }
}

proptest! {
    /// The order in which features are asked for is not a part of the answer, and their weights add up.
    #[test]
    fn scores_are_sums(chosen in prop::collection::vec(0u64..200, 0..4)) {
        let features = features(200);
        let bytes = write("test", &transitions(), &features);
        let model = Model::from_bytes(&bytes).expect("a model");
        let mut asked: Vec<u64> = chosen.iter().map(|&n| hash(n)).collect();
        let mut sums = model.scores(&[]);
        for &feature in &asked {
            let one = model.scores(&[feature]);
            sums.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
        }
        prop_assert_eq!(model.scores(&asked), sums);
        asked.reverse();
        prop_assert_eq!(model.scores(&asked), sums);
    }

    #[test]
    fn any_bytes_are_weights_or_are_not(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let magic = b"cdnames\x01";
        prop_assert!(bytes.starts_with(magic) || Model::from_bytes(&bytes).is_none());
        let _ = Model::from_bytes(&[&magic[..], &bytes].concat());
    }
}

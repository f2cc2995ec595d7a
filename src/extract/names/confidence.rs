//! How sure a name is, from how clearly its labels won.
//!
//! The curve is fitted on labelled news that no weight was learnt from (`examples/train_names --calibrate`); what it
//! is worth on other news, docs/quality/names.md says in a table.

use super::NameKind;
use super::harmony::Found;

/// The curve's beginning for a person, an organisation and a place.
const BIAS: [f64; 3] = [-0.82, -1.45, -1.14];
/// How steep it is.
const SLOPE: f64 = 1.05;
/// For names that another mention of the article decided on.
const BY_OTHERS: f32 = 0.43;

/// The confidence of a name, 0 to 1.
pub fn of(found: &Found) -> f32 {
    if found.by_others {
        return BY_OTHERS;
    }
    let sure = 1.0 / (1.0 + (-(bias(found.kind) + SLOPE * found.clearness())).exp());
    // Three digits, so that machines whose exponentials differ in the last bit agree.
    ((sure * 1000.0).round() / 1000.0) as f32
}

const fn bias(kind: NameKind) -> f64 {
    BIAS[kind as usize]
}

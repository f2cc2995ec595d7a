//! The terms of a story as bytes: their number; their hashes, the strongest first; their weights, four bits each.

use super::fields::take;
use crate::dedup::story::{Term, Terms};

/// Appends terms.
pub fn put_terms(out: &mut Vec<u8>, terms: &Terms) {
    let all = terms.all();
    // There are 16 at most.
    out.push(all.len() as u8);
    all.iter().for_each(|term| out.extend(term.hash().to_le_bytes()));
    out.extend(
        all.chunks(2).map(|two| two[0].weight() | two.get(1).map_or(0, |second| second.weight() << 4)),
    );
}

/// Reads terms.
pub fn take_terms(rest: &mut &[u8]) -> Option<Terms> {
    let [count] = take(rest)?;
    let hashes: Option<Vec<u16>> = (0..count).map(|_| Some(u16::from_le_bytes(take(rest)?))).collect();
    let (weights, tail) = rest.split_at_checked(usize::from(count).div_ceil(2))?;
    *rest = tail;
    let weights = weights.iter().flat_map(|two| [two & 15, two >> 4]);
    let terms: Option<Vec<Term>> =
        hashes?.into_iter().zip(weights).map(|(hash, weight)| Term::new(hash, weight)).collect();
    Terms::from_parts(terms?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn what_was_written_is_read(all in prop::collection::btree_map(any::<u16>(), 1u8..16, 0..17)) {
            let all: BTreeMap<u16, u8> = all;
            let mut terms: Vec<Term> = all.into_iter().filter_map(|(hash, weight)| Term::new(hash, weight)).collect();
            terms.sort_by_key(|term| u8::MAX - term.weight());
            let terms = Terms::from_parts(terms).unwrap_or_else(|| panic!("no terms"));
            let mut bytes = Vec::new();
            put_terms(&mut bytes, &terms);
            bytes.push(7);
            let mut rest = &bytes[..];
            prop_assert_eq!(take_terms(&mut rest), Some(terms));
            prop_assert_eq!(rest, &[7]);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = take_terms(&mut &bytes[..]);
        }
    }
}

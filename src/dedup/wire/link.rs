//! What was found on an entry, as bytes; in checkpoints, and in the memory of the window.
//!
//! One byte: 0 an original, 1 a template. A copy has its kind in the lower half (2 exact, 3 near, 4 contained, 5 contains,
//! 6 updated) and its cluster in the upper one (0 its own, 1 that which the article that it copies began, 2 another's). Then
//! come, of a copy alone:
//!
//! | field | bytes |
//! |---|---|
//! | the article that it copies | reference |
//! | where the cluster is another's: the article that began it | reference |
//! | share of the earlier text that is in this one, of this text that is in the earlier one, thousandths | numbers up to 1000 |
//! | numbers that the earlier text does not have | number up to 65,535 |
//!
//! A reference is how many offsets before this entry the other one stands (a number), and its article's id
//! ([`super::fields`]).

use super::fields::{put_id, put_number, take_id, take_number};
use crate::dedup::decision::{Cluster, CopyKind, Finding, Link, Reference, Share};

const ORIGINAL: u8 = 0;
const TEMPLATE: u8 = 1;
const FIRST_COPY: u8 = 2;
/// The cluster stands above the finding in its byte.
const CLUSTER: u32 = 4;

/// Appends what was decided on the entry at `offset`: a byte for the finding, and the link of a copy.
pub fn put_finding(out: &mut Vec<u8>, offset: u64, finding: &Finding) {
    let link = match finding {
        Finding::Original => return out.push(ORIGINAL),
        Finding::Template => return out.push(TEMPLATE),
        Finding::Copy(link) => link,
    };
    let cluster = match link.cluster {
        Cluster::Own => 0u8,
        Cluster::Of => 1,
        Cluster::Other(_) => 2,
    };
    out.push((FIRST_COPY + link.kind as u8) | cluster << CLUSTER);
    put_reference(out, offset, &link.of);
    if let Cluster::Other(first) = &link.cluster {
        put_reference(out, offset, first);
    }
    put_number(out, link.covers.thousandths().into());
    put_number(out, link.covered.thousandths().into());
    put_number(out, link.novel_numbers.into());
}

/// Reads what was decided on the entry at `offset`.
pub fn take_finding(rest: &mut &[u8], offset: u64) -> Option<Finding> {
    let (&head, tail) = rest.split_first()?;
    *rest = tail;
    let kind = match head & ((1 << CLUSTER) - 1) {
        ORIGINAL => return (head == ORIGINAL).then_some(Finding::Original),
        TEMPLATE => return (head == TEMPLATE).then_some(Finding::Template),
        copy => *CopyKind::ALL.get(usize::from(copy - FIRST_COPY))?,
    };
    let of = take_reference(rest, offset)?;
    let cluster = match head >> CLUSTER {
        0 => Cluster::Own,
        1 => Cluster::Of,
        2 => Cluster::Other(take_reference(rest, offset)?),
        _ => return None,
    };
    let covers = Share::from_thousandths(take_number(rest)?)?;
    let covered = Share::from_thousandths(take_number(rest)?)?;
    let novel_numbers = u16::try_from(take_number(rest)?).ok()?;
    Some(Finding::Copy(Box::new(Link { kind, of, cluster, covers, covered, novel_numbers })))
}

/// What is referred to stands before, so its distance says where.
pub(super) fn put_reference(out: &mut Vec<u8>, offset: u64, to: &Reference) {
    put_number(out, offset.saturating_sub(to.offset));
    put_id(out, &to.id);
}

pub(super) fn take_reference(rest: &mut &[u8], offset: u64) -> Option<Reference> {
    let offset = offset.checked_sub(take_number(rest)?)?;
    Some(Reference { offset, id: take_id(rest)? })
}

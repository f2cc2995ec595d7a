//! A checkpoint as bytes.
//!
//! | field | bytes |
//! |---|---|
//! | format (3), algorithm ([`ALGORITHM`]) | 1 + 1 |
//! | first offset that is covered | number |
//! | how many offsets are covered | number |
//! | how many entries are among them | number |
//! | then for each entry, in the order of the log: | |
//! | offsets passed over since the entry before (for the first one: since the first offset) | number |
//! | what was found | see [`super::link`] |
//! | shared members, ascending, each below 80 | their number, 128 more if a story follows (1), then 1 each |
//! | story, if one follows | how many offsets before the entry it began (number); if any, the id of the article that began it |
//!
//! Numbers are those of [`super`]. All entries are within the covered offsets. A shared member is a place in the entry's own
//! sample of shingles, from 0, or, from 48 on ([`SHINGLES`]), in that of its names.

use super::fields::{put_number, take_number};
use super::link::{put_finding, put_reference, take_finding, take_reference};
use super::{CHECKPOINT, WireError, header};
use crate::dedup::checkpoint::Checkpoint;
use crate::dedup::decision::{Decision, Story};
use crate::dedup::sketch::{ALGORITHM, NAMES, SHINGLES};

/// The flag of a story, above the number of shared members.
const STORY: u8 = 0x80;

/// Writes a checkpoint.
pub fn encode_checkpoint(checkpoint: &Checkpoint) -> Vec<u8> {
    let mut out = vec![CHECKPOINT, ALGORITHM];
    let (first, end) = checkpoint.range();
    put_number(&mut out, first);
    put_number(&mut out, end - first);
    put_number(&mut out, checkpoint.decisions().len() as u64);
    let mut next = first;
    for (offset, decision) in checkpoint.decisions() {
        put_number(&mut out, offset - next);
        next = offset + 1;
        put_finding(&mut out, *offset, &decision.finding);
        // There are 80 members at most.
        out.push(decision.shared.len() as u8 | if decision.story.is_some() { STORY } else { 0 });
        out.extend(&decision.shared);
        match &decision.story {
            None => {}
            Some(Story::Own) => put_number(&mut out, 0),
            Some(Story::Of(first)) => put_reference(&mut out, *offset, first),
        }
    }
    out
}

/// Reads a checkpoint.
///
/// # Errors
/// [`WireError`] for bytes of another version and for bytes that are no checkpoint.
pub fn decode_checkpoint(bytes: &[u8]) -> Result<Checkpoint, WireError> {
    let mut rest = header(bytes, CHECKPOINT)?;
    body(&mut rest).filter(|_| rest.is_empty()).ok_or(WireError::Damaged(bytes.len()))
}

fn body(rest: &mut &[u8]) -> Option<Checkpoint> {
    let first = take_number(rest)?;
    let end = first.checked_add(take_number(rest)?)?;
    let entries = take_number(rest)?;
    let mut decisions = Vec::new();
    let mut next = first;
    for _ in 0..entries {
        let offset = next.checked_add(take_number(rest)?)?;
        next = offset.checked_add(1)?;
        let finding = take_finding(rest, offset)?;
        let (&count, tail) = rest.split_first()?;
        let (shared, tail) = tail.split_at_checked(usize::from(count & !STORY))?;
        *rest = tail;
        let known = shared.iter().all(|member| usize::from(*member) < SHINGLES + NAMES);
        let ascending = shared.windows(2).all(|pair| pair[0] < pair[1]);
        if !known || !ascending {
            return None;
        }
        let story = if count & STORY != 0 { Some(take_story(rest, offset)?) } else { None };
        decisions.push((offset, Decision { finding, shared: shared.to_vec(), story }));
    }
    Checkpoint::new(first, end, decisions)
}

fn take_story(rest: &mut &[u8], offset: u64) -> Option<Story> {
    // An article stands at no distance from itself alone.
    if let Some((0, tail)) = rest.split_first() {
        *rest = tail;
        return Some(Story::Own);
    }
    take_reference(rest, offset).map(Story::Of)
}

//! Repair: one clean body out of what a scraper delivered.
//!
//! Boilerplate lines and repeated passages go; new paragraphs inside a repeated block move to their place. Everything
//! that goes is in the [`RepairReport`], so nothing is lost without a trace.
//!
//! Laws (property tests in `tests/repair_laws.rs`):
//! - a pure function: the same body and settings give the same result, on every machine;
//! - every paragraph is in `order`, or in `removed` as a whole, and not in both;
//! - kept paragraphs are paragraphs of the input, but for sentences recorded in `removed`;
//! - idempotent: a repaired text is not changed again;
//! - a body with any paragraph keeps at least one;
//! - near-linear time, memory bounded by a multiple of the body (see `repeats` for the limits).

use std::borrow::Cow;

mod boilerplate;
pub mod encoding;
pub mod html;
mod repeats;
mod report;

pub use report::{Reason, Removed, RepairReport};

use boilerplate::Detector;
use repeats::{Fate, Plan};

/// Which parts of repair are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairSettings {
    /// False: the body is passed on as it came.
    pub enabled: bool,
    /// Take out furniture lines such as "Advertisement" or "Read more:".
    pub boilerplate: bool,
    /// Take out passages that stand in the article twice.
    pub repeats: bool,
}

impl Default for RepairSettings {
    fn default() -> Self {
        Self { enabled: true, boilerplate: true, repeats: true }
    }
}

/// A repaired body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The kept paragraphs, joined by `\n`.
    pub text: String,
    /// What was taken out or moved.
    pub report: RepairReport,
}

/// Most passes over one article. Each pass but the last takes something out; articles need two.
const MAX_PASSES: usize = 24;

/// A paragraph with its number in the body as it came.
#[derive(Debug, Clone)]
struct Piece<'a> {
    number: usize,
    /// As it came.
    source: &'a str,
    /// Without the sentences that were cut out.
    text: Cow<'a, str>,
}

/// Repairs the body of an article. Paragraphs are its lines; empty ones do not count.
pub fn repair(body: &str, settings: &RepairSettings) -> Repaired {
    let mut pieces: Vec<Piece<'_>> = paragraphs(body)
        .enumerate()
        .map(|(index, line)| Piece { number: index + 1, source: line, text: Cow::Borrowed(line) })
        .collect();
    let paragraphs_in = pieces.len();
    if !settings.enabled {
        let order = (1..=paragraphs_in).collect();
        let report =
            RepairReport { paragraphs_in, paragraphs_out: paragraphs_in, removed: Vec::new(), order };
        return Repaired { text: body.to_owned(), report };
    }
    let mut removed = Vec::new();
    for _ in 0..MAX_PASSES {
        let before = removed.len();
        if settings.boilerplate {
            drop_boilerplate(&mut pieces, &mut removed);
        }
        if settings.repeats {
            drop_repeats(&mut pieces, &mut removed);
        }
        if removed.len() == before {
            break;
        }
    }
    if !removed.is_empty() {
        forget_cuts(&mut removed, &pieces, paragraphs_in);
        follow(&mut removed, &pieces, &paragraphs(body).collect::<Vec<_>>());
        removed.sort_by_key(|entry| entry.paragraph);
    }
    let order: Vec<usize> = pieces.iter().map(|piece| piece.number).collect();
    let report = RepairReport { paragraphs_in, paragraphs_out: order.len(), removed, order };
    Repaired { text: join(&pieces), report }
}

/// The paragraphs of a body: its lines without white space around them, but for empty ones.
fn paragraphs(body: &str) -> impl Iterator<Item = &str> {
    lines(body).map(str::trim).filter(|line| !line.is_empty())
}

/// The lines of a body, broken at line feeds, carriage returns and the line and paragraph separators of Unicode.
fn lines(body: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(body);
    std::iter::from_fn(move || {
        let text = rest?;
        let (end, next) = memchr::memchr3_iter(b'\n', b'\r', 0xE2, text.as_bytes())
            .find_map(|at| match text.as_bytes()[at..] {
                [b'\n' | b'\r', ..] => Some((at, at + 1)),
                [0xE2, 0x80, 0xA8 | 0xA9, ..] => Some((at, at + 3)),
                _ => None,
            })
            .unzip();
        rest = next.map(|at| &text[at..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Takes furniture lines out, unless nothing else is there: then they are the article.
fn drop_boilerplate(pieces: &mut Vec<Piece<'_>>, removed: &mut Vec<Removed>) {
    let mut detector = Detector::default();
    let furniture: Vec<bool> = pieces.iter().map(|piece| detector.is_boilerplate(&piece.text)).collect();
    if furniture.iter().all(|&is| is) {
        return;
    }
    let mut marks = furniture.into_iter();
    pieces.retain(|piece| {
        let is_furniture = marks.next().unwrap_or(false);
        if is_furniture {
            let text = Some(piece.source.to_owned());
            removed.push(Removed { paragraph: piece.number, reason: Reason::Boilerplate, of: None, text });
        }
        !is_furniture
    });
}

/// Takes repeated passages out and puts what stays in order.
fn drop_repeats<'a>(pieces: &mut Vec<Piece<'a>>, removed: &mut Vec<Removed>) {
    if pieces.len() > repeats::EXACT_LIMIT {
        return;
    }
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_ref()).collect();
    let Plan { fates, order, cuts } = repeats::plan(&texts);
    if cuts.is_empty() && order.len() == pieces.len() {
        return;
    }
    for (piece, fate) in pieces.iter().zip(&fates) {
        if let Fate::Remove { reason, of } = *fate {
            let of = Some(pieces[of].number);
            removed.push(Removed { paragraph: piece.number, reason, of, text: None });
        }
    }
    // From the back, so that the ranges before stay right.
    for cut in cuts.iter().rev() {
        let piece = &mut pieces[cut.paragraph];
        let text = Some(piece.text[cut.range.clone()].trim().to_owned());
        let of = Some(piece.number);
        removed.push(Removed { paragraph: piece.number, reason: Reason::Repeat, of, text });
        piece.text.to_mut().replace_range(cut.range.clone(), "");
    }
    *pieces = order.into_iter().map(|index| pieces[index].clone()).collect();
}

/// A sentence that was cut out of a paragraph which went as a whole later needs no entry of its own.
fn forget_cuts(removed: &mut Vec<Removed>, pieces: &[Piece<'_>], paragraphs: usize) {
    let mut stays = vec![false; paragraphs + 1];
    pieces.iter().for_each(|piece| stays[piece.number] = true);
    removed.retain(|entry| entry.of != Some(entry.paragraph) || stays[entry.paragraph]);
}

/// Lets every `of` name a paragraph that is kept, also when the one found first went in a later pass. If that one went
/// as boilerplate, so did its repeats.
fn follow(removed: &mut [Removed], pieces: &[Piece<'_>], sources: &[&str]) {
    let mut target: Vec<usize> = (0..=sources.len()).collect();
    for entry in removed.iter() {
        if let (Some(of), true) = (entry.of, entry.of != Some(entry.paragraph)) {
            target[entry.paragraph] = of;
        }
    }
    let mut stays = vec![false; sources.len() + 1];
    pieces.iter().for_each(|piece| stays[piece.number] = true);
    for entry in removed.iter_mut() {
        let Some(mut of) = entry.of else { continue };
        // A paragraph goes once and for one that is kept at the time, so this ends.
        while target[of] != of {
            of = target[of];
        }
        if stays[of] {
            entry.of = Some(of);
        } else {
            let text = Some(sources[entry.paragraph - 1].to_owned());
            *entry = Removed { paragraph: entry.paragraph, reason: Reason::Boilerplate, of: None, text };
        }
    }
}

fn join(pieces: &[Piece<'_>]) -> String {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.text.len() + 1).sum());
    for piece in pieces {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&piece.text);
    }
    text
}

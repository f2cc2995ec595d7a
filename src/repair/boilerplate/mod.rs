//! Boilerplate: lines that belong to the page and not to the article.
//!
//! The rule looks at one line at a time and at nothing else, so the same line gets the same answer anywhere. It knows
//! four shapes (lists in `furniture.rs` and `phrases.rs`):
//!
//! 1. a line made wholly of furniture: "Advertisement", "Share Tweet Email", "Print this article Email this article";
//! 2. a line start with a mark behind it: "Read more: ...", "Photo: ...";
//! 3. a plea or note in the words of a page to its visitor: "Sign up for our newsletter ...", "Reporting by ...";
//! 4. the credit of a photo: "Ann Poe/Reuters".
//!
//! Law: body text stays. A line that tells something ("Follow us, he said"), that is quoted, or that is long is no plea.

use std::sync::LazyLock;

mod furniture;
mod phrases;
mod table;
#[cfg(test)]
mod tests;

use crate::text::normal::{Shape, visit_words};
use table::{Kinds, Table};

/// A longer line (bytes) is body text without a look at its words.
const MAX_BYTES: usize = 420;
/// Most words of a line made wholly of furniture.
const MAX_FURNITURE: usize = 30;
/// Most words of a line with a marked start.
const MAX_MARKED: usize = 30;
/// Most words of a line that begins like the credit of a photo.
const MAX_CREDIT_LINE: usize = 18;
/// Most words of a plea or note.
const MAX_PLEA: usize = 36;
/// Most words of a photo credit.
const MAX_CREDIT: usize = 9;

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Decides on lines; keeps its buffers from line to line.
#[derive(Debug, Default)]
pub(super) struct Detector {
    words: Vec<LineWord>,
    /// The line begins with a lower-case letter.
    lower: bool,
}

#[derive(Debug, Clone, Copy)]
struct LineWord {
    hash: u64,
    start: usize,
    end: usize,
}

impl Detector {
    /// Whether the line is furniture of the page.
    pub fn is_boilerplate(&mut self, line: &str) -> bool {
        if line.len() > MAX_BYTES || line.bytes().filter(|&byte| byte == b' ').count() > MAX_PLEA + 8 {
            return false;
        }
        self.words.clear();
        visit_words(line, |word| {
            let hash = if word.shape == Shape::Number { table::NUMBER } else { word.hash() };
            self.words.push(LineWord { hash, start: word.start, end: word.end });
        });
        let first = self.words.first().and_then(|word| line[word.start..].chars().next());
        self.lower = first.is_some_and(char::is_lowercase);
        if self.words.is_empty() {
            return false;
        }
        let continued = self.is_continued(line);
        !continued && self.is_furniture()
            || self.has_marked_start(line)
            || !continued && self.is_plea(line)
            || self.is_credit(line)
    }

    /// Wholly made of furniture, share targets and fillers, with at least one piece of furniture or two targets.
    fn is_furniture(&self) -> bool {
        if self.words.len() > MAX_FURNITURE {
            return false;
        }
        // For each word, the best that a split of the words before it can do: pieces of furniture and targets.
        let mut best: [Option<(u8, u8)>; MAX_FURNITURE + 1] = [None; MAX_FURNITURE + 1];
        best[0] = Some((0, 0));
        for from in 0..self.words.len() {
            let Some((pieces, targets)) = best[from] else { continue };
            TABLE.phrases_at(&self.words[from..], |length, kinds| {
                let gain = if kinds.has(Kinds::FURNITURE) {
                    (1, 0)
                } else if kinds.has(Kinds::TARGET) {
                    (0, 1)
                } else if kinds.has(Kinds::FILLER) {
                    (0, 0)
                } else {
                    return;
                };
                let sum = (pieces + gain.0, targets + gain.1);
                let slot = &mut best[from + length];
                if slot.is_none_or(|old| sum > old) {
                    *slot = Some(sum);
                }
            });
        }
        let alone = self.words.len() <= 2;
        best[self.words.len()]
            .is_some_and(|(pieces, targets)| pieces > 0 || targets > usize::from(!alone) as u8)
    }

    /// The line begins lower-case and ends in a mark: part of a sentence that the source broke into lines.
    fn is_continued(&self, line: &str) -> bool {
        let end = line.trim_end_matches(['"', '\'', ')', ']', '\u{2019}', '\u{201d}']);
        self.lower && (end.len() < line.len() || end.ends_with(['.', ',', ';', ':', '?', '!']))
    }

    fn has_marked_start(&self, line: &str) -> bool {
        let count = self.words.len();
        let mut found = false;
        TABLE.phrases_at(&self.words, |length, kinds| {
            let next = self.words.get(length).map_or(line.len(), |word| word.start);
            let marked = is_mark(between(line, self.words[length - 1].end, next));
            // "(read: ...)" within a sentence is no line start.
            let inside = self.lower && length == 1;
            let link = kinds.has(Kinds::MARKED) && count <= MAX_MARKED;
            let credit = kinds.has(Kinds::CREDIT) && count <= MAX_CREDIT_LINE && !is_quoted(line);
            found |= marked && !inside && (link || credit);
        });
        found
    }

    fn is_plea(&self, line: &str) -> bool {
        if self.words.len() > MAX_PLEA || self.lower || is_quoted(line) {
            return false;
        }
        let mut start = 0;
        let mut sure = false;
        TABLE.phrases_at(&self.words, |length, kinds| {
            sure |= kinds.has(Kinds::SURE);
            if kinds.has(Kinds::PLEA) {
                start = start.max(length);
            }
        });
        let rest = || self.words.iter().skip(1).map(|word| TABLE.word(word.hash));
        let about_page = start > 0 && rest().any(|kinds| kinds.has(Kinds::OBJECT));
        let anywhere = || {
            (1..self.words.len()).any(|from| {
                let mut found = false;
                TABLE.phrases_at(&self.words[from..], |_, kinds| found |= kinds.has(Kinds::ANYWHERE));
                found
            })
        };
        let mut at_start = false;
        TABLE.phrases_at(&self.words, |_, kinds| at_start |= kinds.has(Kinds::ANYWHERE));
        let note = sure || at_start || anywhere();
        let tells = |kind| rest().any(|kinds| kinds.has(kind));
        !tells(Kinds::SPEAKING) && (note || about_page && !tells(Kinds::TELLING))
    }

    /// A short line that ends in the name of a photo agency behind a slash or in brackets.
    fn is_credit(&self, line: &str) -> bool {
        let [.., before, last] = self.words.as_slice() else { return false };
        let agency = |word: &LineWord| TABLE.word(word.hash).has(Kinds::AGENCY);
        if self.words.len() > MAX_CREDIT {
            return false;
        }
        let slash = |from: usize, to: usize| matches!(between(line, from, to).trim(), "/" | "|");
        let pairs = self.words.windows(2);
        let slashed = pairs.clone().any(|w| slash(w[0].end, w[1].start) && (agency(&w[0]) || agency(&w[1])));
        let via = agency(last) && TABLE.word(before.hash).has(Kinds::VIA);
        let images = TABLE.word(last.hash).has(Kinds::IMAGES) && agency(before);
        (slashed || via || images) && !self.words.iter().any(|w| TABLE.word(w.hash).has(Kinds::SPEAKING))
    }
}

/// A colon, bar, arrow or dash stands between a line start and what it announces, or ends the line.
fn is_mark(gap: &str) -> bool {
    let mark = gap.trim();
    // A hyphen within a word ("Read-only") is no dash.
    let dash = mark == "-" && gap.starts_with(char::is_whitespace) && gap.len() > 1;
    mark.starts_with([':', '|', '>', '\u{bb}', '\u{203a}', '\u{2192}', '\u{ff1a}', '\u{2013}', '\u{2014}'])
        || mark.starts_with("- ")
        || dash
}

/// What stands between two words; nothing between overlapping pairs of characters.
fn between(line: &str, from: usize, to: usize) -> &str {
    line.get(from..to).unwrap_or_default()
}

/// Speech stands in the line.
fn is_quoted(line: &str) -> bool {
    line.contains(['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}'])
}

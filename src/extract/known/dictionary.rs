//! A dictionary of exact names: finds the longest known name at each place of a line, in one pass.
//!
//! A name is a chain of pieces and gaps; each prefix of a chain has a hash, and a table says what ends there and whether
//! it goes on. A word that begins no name costs one look at its first two bytes; one that does, a look-up for each piece.
//! What is found by hash is compared with the name itself, so that no collision makes a name.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::pieces::{gap, next_piece, regular_text};
use super::sets::Grade;
use crate::text::Span;

const EXACT: u64 = 0x6b6e_6f77_6e5f_6578;
const FOLDED: u64 = 0x6b6e_6f77_6e5f_666f;

/// The keys are hashes already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only u64 keys are used; this is here because the trait wants it.
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Node {
    /// The forms that end here, as a range of `forms`.
    first: u32,
    count: u32,
    /// Whether a longer form goes on from here.
    more: bool,
}

/// A form in the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The set: user's sets come first.
    pub set: u32,
    /// How far to trust it.
    pub grade: Grade,
    /// Whether a user gave it.
    pub user: bool,
    /// Of how many pieces it is.
    pub pieces: u32,
    /// The regular form without marks at its beginning.
    text: Box<str>,
    /// The marks behind the last piece that belong to it: the full stop of "U.N.".
    tail: Box<str>,
}

/// Where a known name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub span: Span,
    /// The first of its entries.
    pub first: u32,
    /// How many sets have a name of this form.
    pub count: u32,
}

/// See the module.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Dictionary {
    nodes: HashMap<u64, Node, BuildHasherDefault<Ready>>,
    entries: Vec<Entry>,
    /// A bit for each two first bytes of a name.
    starts: Vec<u64>,
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dictionary of {} forms", self.entries.len())
    }
}

/// A form to be put in.
#[derive(Debug, Clone)]
pub(super) struct NewEntry<'a> {
    pub text: &'a str,
    pub set: u32,
    pub grade: Grade,
    pub user: bool,
}

/// The chain of a form: the hash behind each piece.
struct Chain {
    hashes: Vec<u64>,
    text: String,
    tail: String,
}

impl Chain {
    /// `None`: the form has no piece, or gaps that no text is read with.
    fn new(form: &str, folded: bool) -> Option<Self> {
        let text = regular_text(form, folded);
        let first = next_piece(&text, 0, text.len())?;
        let mut hashes = Vec::new();
        let (mut hash, mut at, mut between) = (seed(folded), first, String::new());
        loop {
            hash = piece_hash(hash, at.text(&text).as_bytes());
            hashes.push(hash);
            let Some(next) = next_piece(&text, at.end, text.len()) else { break };
            if !gap(&text, at.end, next.start, &mut between) {
                return None;
            }
            hash = gap_hash(hash, &between);
            at = next;
        }
        let tail = text[at.end..].to_owned();
        Some(Self { hashes, text: text[first.start..at.end].to_owned(), tail })
    }
}

fn seed(folded: bool) -> u64 {
    if folded { FOLDED } else { EXACT }
}

fn piece_hash(before: u64, piece: &[u8]) -> u64 {
    xxh3_64_with_seed(piece, before)
}

fn gap_hash(before: u64, gap: &str) -> u64 {
    xxh3_64_with_seed(gap.as_bytes(), before.rotate_left(17) ^ 1)
}

impl Dictionary {
    /// A dictionary of these forms. One that has no letter or digit is left out: no text could hold it.
    pub fn new(forms: &[NewEntry<'_>]) -> Self {
        // Forms with one chain lie side by side: sorted by the chain's last hash.
        let mut sorted: Vec<(u64, Vec<u64>, Entry)> = Vec::with_capacity(forms.len() * 2);
        for form in forms {
            for folded in [false, true] {
                let Some(chain) = Chain::new(form.text, folded) else { continue };
                let pieces = chain.hashes.len();
                if folded && !(form.grade == Grade::Safe && may_fold(form.text, pieces)) {
                    continue;
                }
                let Some(&last) = chain.hashes.last() else { continue };
                let entry = Entry {
                    set: form.set,
                    grade: form.grade,
                    user: form.user,
                    pieces: pieces as u32,
                    text: chain.text.into(),
                    tail: chain.tail.into(),
                };
                sorted.push((last, chain.hashes, entry));
            }
        }
        let rank = |entry: &Entry| (!entry.user, entry.text.clone(), entry.tail.clone(), entry.set);
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| rank(&a.2).cmp(&rank(&b.2))));
        let mut dictionary = Self { starts: vec![0; 1024], ..Self::default() };
        for (last, hashes, entry) in sorted {
            let bytes = entry.text.as_bytes();
            dictionary.set_start(bytes[0], bytes.get(1).copied());
            // In a line of capitals the folded form begins with a large letter.
            let large: String = entry.text.chars().take(2).flat_map(char::to_uppercase).collect();
            dictionary.set_start(large.as_bytes()[0], large.as_bytes().get(1).copied());
            for hash in &hashes[..hashes.len() - 1] {
                dictionary.nodes.entry(*hash).or_default().more = true;
            }
            let at = dictionary.entries.len() as u32;
            let node = dictionary.nodes.entry(last).or_default();
            if node.count == 0 {
                node.first = at;
            }
            node.count += 1;
            dictionary.entries.push(entry);
        }
        dictionary
    }

    /// The entries of a found name.
    pub fn entries(&self, found: Found) -> &[Entry] {
        &self.entries[found.first as usize..(found.first + found.count) as usize]
    }

    fn set_start(&mut self, first: u8, second: Option<u8>) {
        match second {
            Some(second) => self.set_bit(first, second),
            // A name of one letter: whatever follows.
            None => (0..=255).for_each(|second| self.set_bit(first, second)),
        }
    }

    fn set_bit(&mut self, first: u8, second: u8) {
        let bit = usize::from(first) << 8 | usize::from(second);
        self.starts[bit / 64] |= 1 << (bit % 64);
    }

    #[inline]
    fn may_start(&self, bytes: &[u8], at: usize) -> bool {
        let second = bytes.get(at + 1).copied().unwrap_or(b' ');
        let bit = usize::from(bytes[at]) << 8 | usize::from(second);
        self.starts.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    /// The known names of one line, the longest at each place, without overlap: a user's names in `user`, those that ship
    /// in `shipped`.
    pub fn find(
        &self,
        text: &str,
        line: Span,
        folded: bool,
        user: &mut Vec<Found>,
        shipped: &mut Vec<Found>,
    ) {
        let bytes = text.as_bytes();
        let (mut user_free, mut shipped_free) = (line.start, line.start);
        let mut at = line.start;
        while let Some(piece) = next_piece(text, at, line.end) {
            at = piece.end;
            if !self.may_start(bytes, piece.start) || !begins(bytes, line.start, piece.start) {
                continue;
            }
            let (by_user, by_us) = self.longest(text, line, piece, folded);
            if let Some(found) = by_user.filter(|found| found.span.start >= user_free) {
                user_free = found.span.end;
                user.push(found);
            }
            if let Some(found) = by_us.filter(|found| found.span.start >= shipped_free) {
                shipped_free = found.span.end;
                shipped.push(found);
            }
        }
    }

    fn longest(&self, text: &str, line: Span, first: Span, folded: bool) -> (Option<Found>, Option<Found>) {
        let (mut by_user, mut by_us) = (None, None);
        let (mut hash, mut piece, mut between) = (seed(folded), first, String::new());
        loop {
            let written = piece.text(text);
            hash = if folded {
                piece_hash(hash, regular_text(written, true).as_bytes())
            } else {
                piece_hash(hash, written.as_bytes())
            };
            let Some(node) = self.nodes.get(&hash) else { break };
            if node.count > 0 {
                self.ends(
                    text,
                    line,
                    Span::new(first.start, piece.end),
                    folded,
                    *node,
                    &mut by_user,
                    &mut by_us,
                );
            }
            if !node.more {
                break;
            }
            let Some(next) = next_piece(text, piece.end, line.end) else { break };
            if !gap(text, piece.end, next.start, &mut between) {
                break;
            }
            hash = gap_hash(hash, &between);
            piece = next;
        }
        (by_user, by_us)
    }

    /// Notes the forms that really end here. Those with a longer tail are longer.
    #[allow(clippy::too_many_arguments)]
    fn ends(
        &self,
        text: &str,
        line: Span,
        body: Span,
        folded: bool,
        node: Node,
        by_user: &mut Option<Found>,
        by_us: &mut Option<Found>,
    ) {
        let written = regular_text(body.text(text), folded);
        let rest = &text[body.end..line.end];
        for (index, entry) in (node.first..).zip(&self.entries[node.first as usize..][..node.count as usize])
        {
            if *entry.text != *written || !rest.starts_with(&*entry.tail) {
                continue;
            }
            let span = Span::new(body.start, body.end + entry.tail.len());
            if entry.tail.is_empty() && goes_on(rest) {
                continue;
            }
            let slot = if entry.user { &mut *by_user } else { &mut *by_us };
            match slot {
                // Forms with one chain lie side by side; a tail makes another form of it.
                Some(found) if found.span == span && found.first + found.count == index => found.count += 1,
                Some(found) if found.span.end >= span.end => {}
                _ => *slot = Some(Found { span, first: index, count: 1 }),
            }
        }
    }
}

/// In lines of capitals case says nothing, so a short form could be any word.
fn may_fold(form: &str, pieces: usize) -> bool {
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    pieces >= 2 || letters >= 5 || letters >= 3 && !form.chars().any(char::is_lowercase)
}

/// Not inside an address, an @name or behind "&".
fn begins(bytes: &[u8], line: usize, at: usize) -> bool {
    match at.checked_sub(1).filter(|&before| before >= line).map(|before| bytes[before]) {
        Some(b'@' | b'_' | b'&') => false,
        Some(b'/') => at < line + 2 || bytes[at - 2] != b'/',
        // "example.com/hamas" goes on; "ended.Hamas said" has lost a space.
        Some(b'.') => {
            bytes[at].is_ascii_uppercase() || at < line + 2 || !bytes[at - 2].is_ascii_alphanumeric()
        }
        _ => true,
    }
}

/// Whether the word goes on behind its piece: "BBC" in "BBC.com", "AT" in "AT&T", "info" in "info@".
fn goes_on(rest: &str) -> bool {
    let mut next = rest.chars();
    match (next.next(), next.next()) {
        (Some('@' | '_'), _) => true,
        (Some('&'), Some(c)) => c.is_alphanumeric(),
        (Some('.'), Some(c)) => c.is_lowercase() || c.is_numeric(),
        _ => false,
    }
}

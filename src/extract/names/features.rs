//! The features of a word: each is one number, made of what it asks and what the answer is.
//!
//! They ask about the word and its neighbours (words, beginnings, ends, shapes), about the lists that know them, and
//! about the rest of the article. Sources: Ratinov and Roth (2009) for gazetteers and document context; Zhang and
//! Johnson (2003) for shapes and affixes.

use super::document::{Document, Facts};
use super::words::{Style, Word, mix};

/// A word before the sentence, and one behind it.
const BEFORE: u64 = 0xB05;
const BEHIND: u64 = 0xE05;

/// What the features of a word need that its neighbours need, too: made once for each word of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// The word in small letters with its digits as zeros.
    lower: u64,
    exact: u64,
    /// Its first one to four characters' bytes, and its last.
    prefixes: [u64; 4],
    suffixes: [u64; 4],
    /// Capitals, small letters, digits: the first eight, and without repeats.
    shape: u64,
    short_shape: u64,
    /// Lists and capital, as one number.
    code: u64,
    form: u64,
}

impl Look {
    /// Looks at a word.
    pub fn new(text: &str, word: &Word) -> Self {
        let folded = word.form.is_folded();
        let surface = word.span.text(text);
        let mut look = Self { exact: word.exact, lower: word.lower, form: word.form.bits(), ..Self::default() };
        let (mut shape, mut short, mut last) = (1u64, 1u64, 0u64);
        let mut digits = 0u64;
        let mut buffer = ['\0'; 4];
        let mut count = 0;
        let mut prefix = 7u64;
        let (mut capitals, mut smalls) = (false, false);
        for (i, c) in surface.chars().enumerate() {
            let c = if folded && i > 0 { lower(c) } else { c };
            let class = class(c);
            capitals |= class == 1;
            smalls |= class == 2;
            if class == 3 {
                digits = mix(digits, i as u64 + 1);
            }
            if i < 8 {
                shape = shape * 8 + class;
            }
            if class != last {
                short = (short * 8 + class) & 0xFFFF_FFFF;
                last = class;
            }
            if i < 4 {
                prefix = mix(prefix, c as u64);
                look.prefixes[i] = prefix;
            }
            buffer[i % 4] = c;
            count = i + 1;
        }
        for i in count..4 {
            look.prefixes[i] = prefix;
        }
        let mut suffix = 11u64;
        for i in 0..4 {
            if i < count {
                suffix = mix(suffix, buffer[(count - 1 - i) % 4] as u64);
            }
            look.suffixes[i] = suffix;
        }
        if digits != 0 {
            look.lower = if capitals || smalls { mix(shape, prefix) } else { mix(shape, 5) };
        }
        look.shape = shape;
        look.short_shape = short;
        look.code = mix(word.lists.code(), u64::from(word.form.is_capitalised()) * 2 + 1);
        look
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn class(c: char) -> u64 {
    match c {
        'A'..='Z' => 1,
        'a'..='z' => 2,
        '0'..='9' => 3,
        '-' => 4,
        '.' => 5,
        '&' => 6,
        c if c.is_uppercase() => 1,
        c if c.is_alphabetic() => 2,
        c if c.is_numeric() => 3,
        _ => 7,
    }
}

/// Writes the features of one word.
pub struct Features<'a> {
    /// The words of the sentence.
    pub words: &'a [Word],
    /// A look at each word from `from` on.
    pub looks: &'a [Look],
    /// The number of the first word that was looked at.
    pub from: usize,
    /// What the article says about its words.
    pub document: &'a Document,
    /// How the line is written.
    pub style: Style,
}

/// How many words around a run are looked at.
pub const MARGIN: usize = 2;

/// How far a phrase of words with capitals is followed, to each side.
const REACH: usize = 6;

impl Features<'_> {
    /// The features of word number `at`, in place of what `out` held.
    pub fn write(&self, at: usize, out: &mut Vec<u64>) {
        out.clear();
        let mut template = 0u64;
        let mut put = |value: u64| {
            template += 1;
            out.push(mix(value, template.wrapping_mul(0x5851_F42D_4C95_7F2D)));
        };
        let look = |distance: isize| -> Option<&Look> {
            let place = (at as isize + distance).checked_sub(self.from as isize)?;
            usize::try_from(place).ok().and_then(|place| self.looks.get(place))
        };
        let border = |distance: isize| if distance < 0 { BEFORE } else { BEHIND };
        let lower = |distance: isize| look(distance).map_or(border(distance), |look| look.lower);
        let short = |distance: isize| look(distance).map_or(border(distance), |look| look.short_shape);
        let code = |distance: isize| look(distance).map_or(7, |look| look.code);
        let Some(me) = look(0).copied() else { return };
        let (l2, l1, r1, r2) = (lower(-2), lower(-1), lower(1), lower(2));
        let style = self.style as u64;

        put(1);
        put(me.lower);
        put(me.exact);
        put(l1);
        put(r1);
        put(l2);
        put(r2);
        put(mix(l1, me.lower));
        put(mix(me.lower, r1));
        put(mix(l1, r1));
        put(mix(l1, me.short_shape));
        put(mix(r1, me.short_shape));
        put(mix(mix(l2, l1), me.short_shape));
        put(mix(mix(r1, r2), me.short_shape));
        for i in 0..4 {
            put(me.prefixes[i]);
            put(me.suffixes[i]);
        }
        put(me.shape);
        put(me.short_shape);
        put(mix(short(-1), me.short_shape));
        put(mix(me.short_shape, short(1)));
        put(mix(mix(short(-1), me.short_shape), short(1)));
        put(mix(mix(short(-2), short(-1)), mix(me.short_shape, short(1))));
        let affixes = |distance: isize| look(distance).map_or((BEFORE, BEHIND), |look| (look.suffixes[2], look.prefixes[2]));
        let (left, right) = (affixes(-1), affixes(1));
        put(left.0);
        put(left.1);
        put(right.0);
        put(right.1);
        put(mix(u64::from(at == 0), mix(me.form, style)));

        let (code_left, code_me, code_right) = (code(-1), code(0), code(1));
        put(code_me);
        put(mix(code_left, code_me));
        put(mix(code_me, code_right));
        put(mix(mix(code_left, code_me), code_right));
        put(mix(code_me, l1));
        put(mix(code_me, r1));
        put(mix(code_me, style));

        // The phrase of words with capitals that this one stands in, its ends, and what stands around it.
        let capital = |place: usize| self.words.get(place).is_some_and(|word| word.form.has_capital());
        let floor = at.saturating_sub(REACH);
        let first = (floor..at).rev().take_while(|&place| capital(place)).last().unwrap_or(at);
        let last = (at + 1..=at + REACH).take_while(|&place| capital(place)).last().unwrap_or(at);
        let place = u64::from(at == first) * 2 + u64::from(at == last);
        let length = (last - first).min(4) as u64;
        let about = |place: Option<usize>, border: u64| place.and_then(|place| self.words.get(place)).map_or((border, 7), |word| {
            (word.lower, mix(word.lists.code(), word.form.bits()))
        });
        let (head, head_code) = about(Some(last), BEHIND);
        let (opening, opening_code) = about(Some(first), BEFORE);
        let (before, before_code) = about(first.checked_sub(1), BEFORE);
        let (behind, behind_code) = about(Some(last + 1), BEHIND);
        put(mix(place, length));
        put(mix(head, place));
        put(mix(head_code, place));
        put(mix(opening, place));
        put(mix(opening_code, place));
        put(mix(before, mix(place, length.min(2))));
        put(mix(before_code, mix(place, length.min(2))));
        put(mix(behind, mix(place, length.min(2))));
        put(mix(behind_code, mix(place, length.min(2))));
        put(mix(mix(opening_code, head_code), mix(place, length)));
        put(mix(mix(before_code, head_code), mix(behind_code, place)));

        let word = &self.words[at];
        let facts = self.document.facts(word);
        let small = u64::from(facts.has(Facts::SMALL));
        let mid = u64::from(facts.has(Facts::MID));
        if word.form.is_capitalised() {
            let seen = small * 2 + mid + u64::from(at == 0) * 4;
            put(mix(seen, 100));
            put(mix(seen, mix(style, 101)));
            let telling = facts.bits() & !u64::from(Facts::SMALL | Facts::MID | Facts::POSSESSIVE);
            put(mix(telling, code_me));
            put(u64::from(facts.capitalised.min(4)));
            put(mix(seen, code_me));
        }
        let mut rest = facts.bits() & !u64::from(Facts::SMALL | Facts::MID);
        while rest != 0 {
            out.push(mix(u64::from(rest.trailing_zeros()) + 0x9900, 0x31));
            rest &= rest - 1;
        }
        for distance in -2..=2isize {
            let Some(neighbour) = at.checked_add_signed(distance).and_then(|place| self.words.get(place)) else { continue };
            let salt = (distance + 3) as u64;
            for place in neighbour.lists.places() {
                out.push(mix(mix(place, 0x77), salt << 3));
            }
            let mut bits = neighbour.lists.word_bits();
            while bits != 0 {
                out.push(mix(mix(u64::from(bits.trailing_zeros()) + 1000, 0x78), salt << 3));
                bits &= bits - 1;
            }
        }
    }
}

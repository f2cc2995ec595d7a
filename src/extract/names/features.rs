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

/// What the features of a word and of its neighbours ask about it: made once for each word of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// The word in small letters; one with digits is as any of its shape.
    lower: u64,
    exact: u64,
    /// Its first three and four characters, and its last.
    prefixes: [u64; 2],
    suffixes: [u64; 2],
    /// Which sorts of characters follow each other in it.
    shape: u64,
    /// Lists and capital, as one number.
    code: u64,
    form: u64,
}

impl Look {
    /// Looks at a word.
    pub fn new(text: &str, word: &Word) -> Self {
        let folded = word.form.is_folded();
        let (mut shape, mut last) = (1u64, 0u64);
        // The first four characters, and the last four, in a ring.
        let (mut first, mut ring, mut count) = ([0u64; 4], [0u64; 4], 0);
        for c in word.span.text(text).chars() {
            let c = if folded && count > 0 { lower(c) } else { c };
            let class = class(c);
            if class != last {
                shape = (shape * 8 + class) & 0xFFFF_FFFF;
                last = class;
            }
            if let Some(place) = first.get_mut(count) {
                *place = u64::from(c);
            }
            ring[count % 4] = u64::from(c);
            count += 1;
        }
        let begin = mix(mix(first[0], first[1]), first[2]);
        let back = |distance: usize| if distance <= count { ring[(count - distance) % 4] } else { 0 };
        let end = mix(mix(back(1), back(2)), back(3));
        let number = word
            .form
            .has_digit()
            .then(|| mix(shape, if word.form.has_letter() { begin } else { count as u64 }));
        Self {
            lower: number.unwrap_or(word.lower),
            exact: word.exact,
            prefixes: [begin, mix(begin, first[3])],
            suffixes: [end, mix(end, back(4))],
            shape,
            code: mix(word.lists.code(), u64::from(word.form.is_capitalised()) * 2 + 1),
            form: word.form.bits(),
        }
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn class(c: char) -> u64 {
    match c {
        'a'..='z' => 2,
        'A'..='Z' => 1,
        '0'..='9' => 3,
        '-' => 4,
        '.' => 5,
        '&' => 6,
        c if c.is_ascii() => 7,
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
pub const MARGIN: usize = 1;
/// How far lists are asked about, to each side.
const REACH: isize = 2;

impl Features<'_> {
    /// The features of word number `at`, in place of what `out` held.
    pub fn write(&self, at: usize, out: &mut Vec<u64>) {
        out.clear();
        let mut template = 0u64;
        let mut put = |value: u64| {
            template += 1;
            out.push(mix(value, template.wrapping_mul(0x5851_F42D_4C95_7F2D)));
        };
        let look =
            |place: Option<usize>| place?.checked_sub(self.from).and_then(|place| self.looks.get(place));
        let Some(me) = look(Some(at)) else { return };
        let (left, right) = (look(at.checked_sub(1)), look(Some(at + 1)));
        let lower_left = left.map_or(BEFORE, |look| look.lower);
        let lower_right = right.map_or(BEHIND, |look| look.lower);
        let shape_left = left.map_or(BEFORE, |look| look.shape);
        let shape_right = right.map_or(BEHIND, |look| look.shape);
        let code_left = left.map_or(BEFORE, |look| look.code);
        let code_right = right.map_or(BEHIND, |look| look.code);
        let style = self.style as u64;

        put(1);
        put(me.lower);
        put(me.exact);
        put(lower_left);
        put(lower_right);
        put(mix(lower_left, me.lower));
        put(mix(me.lower, lower_right));
        for affix in me.prefixes.into_iter().chain(me.suffixes) {
            put(affix);
        }
        put(mix(shape_left, me.shape));
        put(mix(me.shape, shape_right));
        put(mix(mix(shape_left, me.shape), shape_right));
        put(mix(u64::from(at == 0), mix(me.form, style)));

        put(me.code);
        put(mix(code_left, me.code));
        put(mix(me.code, code_right));
        put(mix(mix(code_left, me.code), code_right));
        put(mix(me.code, lower_left));
        put(mix(me.code, lower_right));
        put(mix(me.code, style));

        let word = &self.words[at];
        let facts = self.document.facts(word);
        if word.form.is_capitalised() {
            let small = u64::from(facts.has(Facts::SMALL));
            let mid = u64::from(facts.has(Facts::MID));
            let seen = small * 2 + mid + u64::from(at == 0) * 4;
            put(mix(seen, 100));
            put(mix(seen, mix(style, 101)));
            let telling = facts.bits() & !u64::from(Facts::SMALL | Facts::MID | Facts::POSSESSIVE);
            put(mix(telling, me.code));
            put(u64::from(facts.capitalised.min(4)));
            put(mix(seen, me.code));
        }
        let mut rest = facts.bits() & !u64::from(Facts::SMALL | Facts::MID);
        while rest != 0 {
            out.push(mix(u64::from(rest.trailing_zeros()) + 0x9900, 0x31));
            rest &= rest - 1;
        }
        for distance in -REACH..=REACH {
            let neighbour = at.checked_add_signed(distance).and_then(|place| self.words.get(place));
            let Some(neighbour) = neighbour else { continue };
            let salt = (distance + REACH + 1) as u64;
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

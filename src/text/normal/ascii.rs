//! ASCII by bytes: of most texts it is all, or nearly all, so that characters need not be decoded.

use super::Shape;

/// What a byte can be: bits, as some are two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    const LOWER: u8 = 1;
    const UPPER: u8 = 2;
    const DIGIT: u8 = 4;
    const WORD: u8 = Self::LOWER | Self::UPPER | Self::DIGIT;
    /// Ends a line or a sentence.
    const BREAK: u8 = 8;
    /// Stands in numbers.
    const POINT: u8 = 16;
    const APOSTROPHE: u8 = 32;
    /// Begins an entity, or a character outside of ASCII.
    const OTHER: u8 = 64;

    #[inline]
    pub(super) fn of(byte: u8) -> Self {
        Self(CLASSES[usize::from(byte)])
    }

    /// A letter or a digit.
    #[inline]
    pub(super) fn is_word(self) -> bool {
        self.0 & Self::WORD != 0
    }

    /// Ends a line or a sentence.
    #[inline]
    pub(super) fn is_break(self) -> bool {
        self.0 & Self::BREAK != 0
    }

    /// Not to be told by this byte alone.
    #[inline]
    pub(super) fn is_other(self) -> bool {
        self.0 == Self::OTHER
    }

    /// The shape of a word that begins with this letter or digit.
    #[inline]
    pub(super) fn shape(self) -> Shape {
        match self.0 {
            Self::DIGIT => Shape::Number,
            Self::UPPER => Shape::Capital,
            _ => Shape::Plain,
        }
    }

    /// Whether a word of this shape may go on behind this byte, or with it, though it is no letter or digit.
    #[inline]
    pub(super) fn may_join(self, shape: Shape) -> bool {
        let point = if shape == Shape::Number { Self::POINT } else { 0 };
        self.0 & (Self::APOSTROPHE | Self::OTHER | point) != 0
    }
}

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => Class::LOWER,
            b'A'..=b'Z' => Class::UPPER,
            b'0'..=b'9' => Class::DIGIT,
            b'\n' | b'\r' | b'!' | b'?' => Class::BREAK,
            b'.' => Class::BREAK | Class::POINT,
            b',' => Class::POINT,
            b'\'' => Class::APOSTROPHE,
            b'&' | 0x80.. => Class::OTHER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// The text with its ASCII letters in lower case, and zeros behind it, so that eight bytes can be read from any place.
pub(super) fn lower_padded(text: &str) -> String {
    let mut lower = String::with_capacity(text.len() + 8);
    lower.push_str(text);
    lower.make_ascii_lowercase();
    lower.push_str("\0\0\0\0\0\0\0\0");
    lower
}

/// The run of ASCII letters and digits from `at` in a text as [`lower_padded`] makes it: where it ends, and [`head`] of it.
///
/// Eight bytes at a time, as most words are shorter: there is no branch that depends on the length, which nothing could
/// predict.
#[inline]
pub(super) fn run(lower: &[u8], at: usize) -> (usize, u64) {
    let first = eight(lower, at);
    let others = others(first);
    if others != 0 {
        let before = (others & others.wrapping_neg()) >> 7;
        return (at + length(others), first & (before - 1));
    }
    let mut end = at + 8;
    loop {
        let others = self::others(eight(lower, end));
        if others != 0 {
            return (end + length(others), first);
        }
        end += 8;
    }
}

/// The first eight bytes as a number, the first one lowest; zeros behind fewer.
pub(super) fn head(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

/// Eight bytes of a padded text.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// Bytes before the first one that is marked.
#[inline]
fn length(marked: u64) -> usize {
    marked.trailing_zeros() as usize / 8
}

const fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of those of eight bytes that are neither lower-case ASCII letters nor digits.
#[inline]
fn others(bytes: u64) -> u64 {
    let low = bytes & all(0x7f);
    let inside = within(low, b'0', b'9') | within(low, b'a', b'z');
    (!inside | bytes) & all(0x80)
}

/// The highest bit of those of eight bytes below 128 that are from `first` to `last`; other bits say nothing. No sum is
/// greater than its byte.
#[inline]
fn within(bytes: u64, first: u8, last: u8) -> u64 {
    (bytes + all(0x80 - first)) & !(bytes + all(0x7f - last))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every ASCII byte, and one above, at every place among letters and digits.
    #[test]
    fn a_run_ends_where_the_definition_says() {
        let others = (0..128u8).map(char::from).chain(['\u{e9}']);
        for other in others {
            for (length, fill) in (0..20).flat_map(|length| [(length, "z"), (length, "0")]) {
                for place in 0..=length {
                    let text = format!("{}{other}{}", fill.repeat(place), fill.repeat(length - place));
                    let lower = lower_padded(&text);
                    let end = if other.is_ascii_alphanumeric() { length + 1 } else { place };
                    let found = run(lower.as_bytes(), 0);
                    assert_eq!(found, (end, head(&lower.as_bytes()[..end])), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_byte_is_the_lowest() {
        assert_eq!((head(b""), head(b"a"), head(b"ab")), (0, 0x61, 0x6261));
        assert_eq!(head(b"abcdefghij"), u64::from_le_bytes(*b"abcdefgh"));
    }
}

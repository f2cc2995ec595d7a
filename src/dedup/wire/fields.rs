//! The parts that entries and checkpoints are made of.
//!
//! An id is a number that says what follows: 0, the 16 bytes that 32 lower-case hexadecimal digits stand for; 1, the same of
//! a UUID in lower case (hyphens after 8, 12, 16 and 20 digits); from 2 on, so many bytes of UTF-8 less 2.

use std::sync::Arc;

/// Appends a number, seven bits a byte, the lowest first.
pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number.
pub fn take_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for place in 0..10 {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        let bits = u64::from(byte & 0x7f);
        if place == 9 && bits > 1 {
            return None;
        }
        number |= bits << (7 * place);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Appends a number that may be negative: the sign goes into the lowest bit.
pub fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_number(out, ((number << 1) ^ (number >> 63)) as u64);
}

/// Reads a number that may be negative.
pub fn take_signed(rest: &mut &[u8]) -> Option<i64> {
    let number = take_number(rest)?;
    Some((number >> 1) as i64 ^ -((number & 1) as i64))
}

/// Reads a fixed number of bytes.
pub fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// Appends a text with its length.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// Reads a text.
pub fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::try_from(take_number(rest)?).ok()?;
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    std::str::from_utf8(head).ok()
}

/// An id of 32 lower-case hexadecimal digits, as copydesk derives them.
const HEX: u8 = 0;
/// The same with the hyphens of a UUID.
const UUID: u8 = 1;
/// Any other id, with its length plus this before it.
const PLAIN: u64 = 2;
/// Digits between the hyphens of a UUID.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// Appends an id. The two usual forms take half their length.
pub fn put_id(out: &mut Vec<u8>, id: &str) {
    if let Some(value) = hex(id) {
        out.push(HEX);
        out.extend(value.to_be_bytes());
    } else if let Some(value) = uuid(id) {
        out.push(UUID);
        out.extend(value.to_be_bytes());
    } else {
        put_number(out, id.len() as u64 + PLAIN);
        out.extend(id.as_bytes());
    }
}

/// Reads an id.
pub fn take_id(rest: &mut &[u8]) -> Option<Arc<str>> {
    match take_number(rest)? {
        0 => Some(format!("{:032x}", u128::from_be_bytes(take(rest)?)).into()),
        1 => {
            let digits = format!("{:032x}", u128::from_be_bytes(take(rest)?));
            let mut left = &digits[..];
            let groups = GROUPS.map(|length| {
                let (group, rest) = left.split_at(length);
                left = rest;
                group
            });
            Some(groups.join("-").into())
        }
        length => {
            let length = usize::try_from(length - PLAIN).ok()?;
            let (head, tail) = rest.split_at_checked(length)?;
            *rest = tail;
            std::str::from_utf8(head).ok().map(Into::into)
        }
    }
}

fn hex(id: &str) -> Option<u128> {
    let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (id.len() == 32 && id.bytes().all(plain)).then(|| u128::from_str_radix(id, 16).ok())?
}

fn uuid(id: &str) -> Option<u128> {
    let groups: Vec<&str> = id.split('-').collect();
    if groups.len() != GROUPS.len() || !groups.iter().zip(GROUPS).all(|(group, length)| group.len() == length)
    {
        return None;
    }
    hex(&groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(number: u64, signed: i64) {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            put_signed(&mut bytes, signed);
            let mut rest = &bytes[..];
            prop_assert_eq!((take_number(&mut rest), take_signed(&mut rest)), (Some(number), Some(signed)));
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn ids_are_read_as_they_were_written(
            id in prop_oneof!["[0-9a-f]{32}", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "[0-9A-Fa-f-]{30,38}", ".{0,60}"],
        ) {
            let mut bytes = Vec::new();
            put_id(&mut bytes, &id);
            let mut rest = &bytes[..];
            let read = take_id(&mut rest);
            prop_assert_eq!(read.as_deref(), Some(&*id));
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = (take_number(&mut &bytes[..]), take_id(&mut &bytes[..]), take_text(&mut &bytes[..]));
        }
    }

    #[test]
    fn the_usual_ids_take_seventeen_bytes() {
        for id in ["97d717309a7345f1359eca8349a56992", "97d71730-9a73-45f1-359e-ca8349a56992"] {
            let mut bytes = Vec::new();
            put_id(&mut bytes, id);
            assert_eq!(bytes.len(), 17, "{id}");
        }
    }
}

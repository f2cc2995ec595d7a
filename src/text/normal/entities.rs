//! HTML entities that survive in the text of scraped articles.

/// Decodes the entity at the start of `bytes` (which begin with `&`): the character and the bytes that it takes.
/// `None` if no known entity stands there.
pub(super) fn decode_entity(bytes: &[u8]) -> Option<(char, usize)> {
    let length = 1 + bytes.iter().skip(1).take(9).position(|&b| b == b';')?;
    let name = std::str::from_utf8(&bytes[1..length]).ok()?;
    let c = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(name)?,
    };
    Some((c, length + 1))
}

fn numeric(number: &str) -> Option<char> {
    let digits = number.strip_prefix(['x', 'X']);
    let (text, radix) = digits.map_or((number, 10), |hex| (hex, 16));
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(text, radix).ok().and_then(char::from_u32)
}

fn named(name: &str) -> Option<char> {
    NAMED.binary_search_by_key(&name, |&(known, _)| known).ok().map(|at| NAMED[at].1)
}

/// Sorted by name.
#[rustfmt::skip]
const NAMED: &[(&str, char)] = &[
    ("Aacute", '\u{c1}'), ("Agrave", '\u{c0}'), ("Auml", '\u{c4}'), ("Ccedil", '\u{c7}'), ("Eacute", '\u{c9}'),
    ("Ntilde", '\u{d1}'), ("Oslash", '\u{d8}'), ("Ouml", '\u{d6}'), ("Uuml", '\u{dc}'), ("aacute", '\u{e1}'),
    ("acirc", '\u{e2}'), ("aelig", '\u{e6}'), ("agrave", '\u{e0}'), ("amp", '&'), ("apos", '\''), ("aring", '\u{e5}'),
    ("atilde", '\u{e3}'), ("auml", '\u{e4}'), ("bull", '\u{2022}'), ("ccedil", '\u{e7}'), ("copy", '\u{a9}'),
    ("eacute", '\u{e9}'), ("ecirc", '\u{ea}'), ("egrave", '\u{e8}'), ("euml", '\u{eb}'), ("euro", '\u{20ac}'),
    ("gt", '>'), ("hellip", '\u{2026}'), ("iacute", '\u{ed}'), ("icirc", '\u{ee}'), ("iuml", '\u{ef}'),
    ("laquo", '\u{ab}'), ("ldquo", '\u{201c}'), ("lsquo", '\u{2018}'), ("lt", '<'), ("mdash", '\u{2014}'),
    ("nbsp", '\u{a0}'), ("ndash", '\u{2013}'), ("ntilde", '\u{f1}'), ("oacute", '\u{f3}'), ("ocirc", '\u{f4}'),
    ("oslash", '\u{f8}'), ("otilde", '\u{f5}'), ("ouml", '\u{f6}'), ("pound", '\u{a3}'), ("quot", '"'),
    ("raquo", '\u{bb}'), ("rdquo", '\u{201d}'), ("reg", '\u{ae}'), ("rsquo", '\u{2019}'), ("shy", '\u{ad}'),
    ("szlig", '\u{df}'), ("trade", '\u{2122}'), ("uacute", '\u{fa}'), ("ugrave", '\u{f9}'), ("uuml", '\u{fc}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_decimal_and_hexadecimal() {
        assert_eq!(decode_entity(b"&amp; x"), Some(('&', 5)));
        assert_eq!(decode_entity(b"&#8217;s"), Some(('\u{2019}', 7)));
        assert_eq!(decode_entity(b"&#x27;s"), Some(('\'', 6)));
        assert!(NAMED.is_sorted());
    }

    #[test]
    fn what_is_no_entity_is_left_alone() {
        for text in ["& x;", "&", "&;", "&#;", "&#x;", "&#+5;", "&#1114112;", "&#xD800;", "&nosuch;", "&amp"]
        {
            assert_eq!(decode_entity(text.as_bytes()), None, "{text}");
        }
    }
}

//! HTML character references in plain text.
//!
//! A JSON text field should hold no `&amp;` or `&#8217;`; where it does, the sender escaped once too often.

use std::borrow::Cow;

/// A reference is no longer than this between `&` and `;`.
const LONGEST: usize = 10;

/// The text with every character reference that ends in `;` decoded, also where it was escaped several times over.
/// A `&` that begins no known reference stays.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    // A text that holds "&amp;" only as such becomes shorter with every round, so this ends.
    while let Some(decoded) = decode_once(&text) {
        text = Cow::Owned(decoded);
    }
    text
}

fn decode_once(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut copied = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let after = &text.as_bytes()[at + 1..];
        let Some(length) = memchr::memchr(b';', &after[..after.len().min(LONGEST + 1)]) else { continue };
        let Some(c) = text.get(at + 1..at + 1 + length).and_then(character) else { continue };
        decoded.push_str(&text[copied..at]);
        decoded.push(c);
        copied = at + length + 2;
    }
    if copied == 0 {
        return None;
    }
    decoded.push_str(&text[copied..]);
    Some(decoded)
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|index| NAMED[index].1);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16).ok()?
        }
        None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    // Numbers 128 to 159 mean Windows-1252, as browsers read them.
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        return Some(super::mojibake::windows_1252(byte)).filter(|c| !c.is_control());
    }
    char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

/// Names of HTML 4 that news text uses, in byte order.
#[rustfmt::skip]
const NAMED: [(&str, char); 127] = [
    ("AElig", 'Æ'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Agrave", 'À'), ("Aring", 'Å'), ("Atilde", 'Ã'),
    ("Auml", 'Ä'), ("Ccedil", 'Ç'), ("ETH", 'Ð'), ("Eacute", 'É'), ("Ecirc", 'Ê'), ("Egrave", 'È'),
    ("Euml", 'Ë'), ("Iacute", 'Í'), ("Icirc", 'Î'), ("Igrave", 'Ì'), ("Iuml", 'Ï'), ("Ntilde", 'Ñ'),
    ("OElig", 'Œ'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'), ("Ograve", 'Ò'), ("Oslash", 'Ø'), ("Otilde", 'Õ'),
    ("Ouml", 'Ö'), ("Prime", '″'), ("Scaron", 'Š'), ("THORN", 'Þ'), ("Uacute", 'Ú'), ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'), ("Uuml", 'Ü'), ("Yacute", 'Ý'), ("Yuml", 'Ÿ'), ("aacute", 'á'), ("acirc", 'â'),
    ("acute", '´'), ("aelig", 'æ'), ("agrave", 'à'), ("amp", '&'), ("apos", '\''), ("aring", 'å'),
    ("atilde", 'ã'), ("auml", 'ä'), ("bdquo", '„'), ("brvbar", '¦'), ("bull", '•'), ("ccedil", 'ç'),
    ("cent", '¢'), ("copy", '©'), ("curren", '¤'), ("dagger", '†'), ("deg", '°'), ("divide", '÷'),
    ("eacute", 'é'), ("ecirc", 'ê'), ("egrave", 'è'), ("emsp", '\u{2003}'), ("ensp", '\u{2002}'),
    ("eth", 'ð'), ("euml", 'ë'), ("euro", '€'), ("frac12", '½'), ("frac14", '¼'), ("frac34", '¾'),
    ("gt", '>'), ("hellip", '…'), ("iacute", 'í'), ("icirc", 'î'), ("iexcl", '¡'), ("igrave", 'ì'),
    ("iquest", '¿'), ("iuml", 'ï'), ("laquo", '«'), ("ldquo", '“'), ("lsaquo", '‹'), ("lsquo", '‘'),
    ("lt", '<'), ("mdash", '—'), ("micro", 'µ'), ("middot", '·'), ("minus", '−'), ("nbsp", '\u{A0}'),
    ("ndash", '–'), ("ntilde", 'ñ'), ("oacute", 'ó'), ("ocirc", 'ô'), ("oelig", 'œ'), ("ograve", 'ò'),
    ("ordf", 'ª'), ("ordm", 'º'), ("oslash", 'ø'), ("otilde", 'õ'), ("ouml", 'ö'), ("para", '¶'),
    ("permil", '‰'), ("plusmn", '±'), ("pound", '£'), ("prime", '′'), ("quot", '"'), ("raquo", '»'),
    ("rdquo", '”'), ("reg", '®'), ("rsaquo", '›'), ("rsquo", '’'), ("sbquo", '‚'), ("scaron", 'š'),
    ("sect", '§'), ("shy", '\u{AD}'), ("sup1", '¹'), ("sup2", '²'), ("sup3", '³'), ("szlig", 'ß'),
    ("thinsp", '\u{2009}'), ("thorn", 'þ'), ("times", '×'), ("trade", '™'), ("uacute", 'ú'), ("ucirc", 'û'),
    ("ugrave", 'ù'), ("uml", '¨'), ("uuml", 'ü'), ("yacute", 'ý'), ("yen", '¥'), ("yuml", 'ÿ'),
    ("zwj", '\u{200D}'), ("zwnj", '\u{200C}'),
];

#[cfg(test)]
mod tests {
    use super::{NAMED, decode_entities};

    #[test]
    fn the_table_is_in_order() {
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn references_are_decoded_however_often_they_were_escaped() {
        assert_eq!(
            decode_entities("Tom &amp; Ann&#8217;s &quot;caf&eacute;&quot; &#x2014; open"),
            "Tom & Ann’s \"café\" — open"
        );
        assert_eq!(decode_entities("Tom &amp;amp;amp; Ann"), "Tom & Ann");
        assert_eq!(decode_entities("it&#146;s"), "it’s");
    }

    #[test]
    fn other_ampersands_stay() {
        for text in [
            "AT&T; M&S",
            "a & b",
            "x &madeup; y",
            "&",
            "&;",
            "&#;",
            "&#x;",
            "&#0;",
            "&#xD800;",
            "&#99999999;",
            "&amp",
            "&日本;",
        ] {
            assert_eq!(decode_entities(text), text);
        }
    }
}

//! The form under which a gazetteer knows a name: small ASCII letters, without marks, with one space between words.
//!
//! `Côte d'Ivoire`, `COTE D’IVOIRE` and `Cote d'Ivoire` are one key, as are `St. Louis` and `Saint Louis`, `U.S.` and `US`.
//! Laws: folding is pure and linear, folding a folded key changes nothing, and letters of other scripts stay what they
//! are (in lower case).

use xxhash_rust::xxh3::xxh3_64;

use crate::text::letters::{is_word, lower};

/// Writes the key of `name` into `key`, whose old content is thrown away.
pub fn fold_into(name: &str, key: &mut String) {
    key.clear();
    let mut word = 0;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if let Some(base) = base_letters(lower(c)) {
            key.push_str(base);
        } else if c == '.' {
            // "U.S." is one word, "St.Louis" is two.
            if key.len() - word > 1 {
                end_word(key, &mut word);
                if key.len() > word {
                    key.push(' ');
                    word = key.len();
                }
            }
        } else if is_silent(c) {
        } else if c == '&' {
            end_word(key, &mut word);
            key.push_str("and ");
            word = key.len();
        } else if is_word(c) {
            key.push(lower(c));
        } else {
            end_word(key, &mut word);
        }
    }
    end_word(key, &mut word);
    if key.ends_with(' ') {
        key.pop();
    }
}

/// The key of `name`.
pub fn fold(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    fold_into(name, &mut key);
    key
}

/// The hash of a folded key: XXH3, 64 bits.
pub fn key_hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// Ends the word that starts at `word`, if there is one, and spells it out if it is a usual abbreviation.
fn end_word(key: &mut String, word: &mut usize) {
    if key.len() == *word {
        return;
    }
    let full = match &key[*word..] {
        "st" => "saint",
        "ste" => "sainte",
        "mt" => "mount",
        "ft" => "fort",
        _ => "",
    };
    if !full.is_empty() {
        key.truncate(*word);
        key.push_str(full);
    }
    key.push(' ');
    *word = key.len();
}

/// Marks that stand inside words and count for nothing.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ' | '"' | '\u{300}'..='\u{36F}')
}

/// The ASCII letters of a Latin letter with a mark, in lower case.
fn base_letters(c: char) -> Option<&'static str> {
    let code = c as u32;
    if !(0xC0..=0x1EFF).contains(&code) || matches!(code, 0xD7 | 0xF7) {
        return None;
    }
    let at = BASES.partition_point(|&(_, last, _)| last < code);
    BASES.get(at).filter(|&&(first, _, _)| first <= code).map(|&(_, _, base)| base)
}

/// First and last code point of the letters that fold to each base.
#[rustfmt::skip]
const BASES: &[(u32, u32, &str)] = &[
    (0xC0, 0xC5, "a"), (0xC6, 0xC6, "ae"), (0xC7, 0xC7, "c"), (0xC8, 0xCB, "e"), (0xCC, 0xCF, "i"), (0xD0, 0xD0, "d"),
    (0xD1, 0xD1, "n"), (0xD2, 0xD8, "o"), (0xD9, 0xDC, "u"), (0xDD, 0xDD, "y"), (0xDE, 0xDE, "th"), (0xDF, 0xDF, "ss"),
    (0xE0, 0xE5, "a"), (0xE6, 0xE6, "ae"), (0xE7, 0xE7, "c"), (0xE8, 0xEB, "e"), (0xEC, 0xEF, "i"), (0xF0, 0xF0, "d"),
    (0xF1, 0xF1, "n"), (0xF2, 0xF8, "o"), (0xF9, 0xFC, "u"), (0xFD, 0xFD, "y"), (0xFE, 0xFE, "th"), (0xFF, 0xFF, "y"),
    (0x100, 0x105, "a"), (0x106, 0x10D, "c"), (0x10E, 0x111, "d"), (0x112, 0x11B, "e"), (0x11C, 0x123, "g"),
    (0x124, 0x127, "h"), (0x128, 0x131, "i"), (0x132, 0x133, "ij"), (0x134, 0x135, "j"), (0x136, 0x138, "k"),
    (0x139, 0x142, "l"), (0x143, 0x14B, "n"), (0x14C, 0x151, "o"), (0x152, 0x153, "oe"), (0x154, 0x159, "r"),
    (0x15A, 0x161, "s"), (0x162, 0x167, "t"), (0x168, 0x173, "u"), (0x174, 0x175, "w"), (0x176, 0x178, "y"),
    (0x179, 0x17E, "z"), (0x17F, 0x17F, "s"), (0x18F, 0x18F, "a"), (0x1A0, 0x1A1, "o"), (0x1AF, 0x1B0, "u"),
    (0x1CD, 0x1CE, "a"), (0x1CF, 0x1D0, "i"), (0x1D1, 0x1D2, "o"), (0x1D3, 0x1DC, "u"), (0x1E6, 0x1E7, "g"),
    (0x218, 0x219, "s"), (0x21A, 0x21B, "t"), (0x259, 0x259, "a"),
    (0x1E00, 0x1E01, "a"), (0x1E02, 0x1E07, "b"), (0x1E08, 0x1E09, "c"), (0x1E0A, 0x1E13, "d"), (0x1E14, 0x1E1D, "e"),
    (0x1E1E, 0x1E1F, "f"), (0x1E20, 0x1E21, "g"), (0x1E22, 0x1E2B, "h"), (0x1E2C, 0x1E2F, "i"), (0x1E30, 0x1E35, "k"),
    (0x1E36, 0x1E3D, "l"), (0x1E3E, 0x1E43, "m"), (0x1E44, 0x1E4B, "n"), (0x1E4C, 0x1E53, "o"), (0x1E54, 0x1E57, "p"),
    (0x1E58, 0x1E5F, "r"), (0x1E60, 0x1E69, "s"), (0x1E6A, 0x1E71, "t"), (0x1E72, 0x1E7B, "u"), (0x1E7C, 0x1E7F, "v"),
    (0x1E80, 0x1E89, "w"), (0x1E8A, 0x1E8D, "x"), (0x1E8E, 0x1E8F, "y"), (0x1E90, 0x1E95, "z"), (0x1E9E, 0x1E9E, "ss"),
    (0x1EA0, 0x1EB7, "a"),
    (0x1EB8, 0x1EC7, "e"), (0x1EC8, 0x1ECB, "i"), (0x1ECC, 0x1EE3, "o"), (0x1EE4, 0x1EF1, "u"), (0x1EF2, 0x1EF9, "y"),
];

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (name, key) in [
            ("Côte d'Ivoire", "cote divoire"),
            ("COTE D’IVOIRE", "cote divoire"),
            ("U.S.", "us"),
            ("St. Louis", "saint louis"),
            ("St.Louis", "saint louis"),
            ("Mt Kenya", "mount kenya"),
            ("Port-au-Prince", "port au prince"),
            ("Bosnia & Herzegovina", "bosnia and herzegovina"),
            ("Đà Nẵng", "da nang"),
            ("  Raqa ", "raqa"),
            ("D.C.", "dc"),
            ("STRAẞE", "strasse"),
            ("\u{212B}land", "aland"),
            ("Москва", "москва"),
            ("St", "saint"),
            ("...", ""),
        ] {
            assert_eq!(fold(name), key, "{name}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in "\\PC{0,40}") {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' '));
        }
    }
}

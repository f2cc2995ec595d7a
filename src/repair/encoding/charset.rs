//! The charset of a value.
//!
//! In this order: a byte order mark; UTF-8 where the bytes are valid UTF-8; the charset that the sender declared; the
//! one that the bytes themselves suggest (chardetng, the detector of Firefox). A guess is accepted only if it makes a
//! plausible text, for nearly every byte sequence is valid in some one-byte charset.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Text that was decoded, and what was odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark and without NUL characters.
    pub text: Cow<'a, str>,
    /// The declared charset did not fit.
    pub wrong_charset: bool,
    /// The bytes end in the middle of a character, which is left out.
    pub cut_off: bool,
    /// NUL characters were dropped.
    pub nul_bytes: bool,
}

/// Bytes that are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} at byte {offset}")]
pub struct Undecodable {
    /// The first byte that does not fit, counted from 0.
    pub offset: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// The detector looks at so many bytes from the first one that is not ASCII; more do not change its mind.
const DETECTED_BYTES: usize = 256 * 1024;

/// A text may have this many NUL characters by accident, or one in [`CHARS_PER_NUL`] if that is more.
const STRAY_NULS: usize = 8;
const CHARS_PER_NUL: usize = 1000;

/// The charset in a `content-type`, such as `text/html; charset="utf-8"`.
pub fn charset_of_content_type(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    let charset = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = charset.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches(['"', '\'']).trim()).filter(|charset| !charset.is_empty())
}

/// The charset that an HTML page declares in its first 4096 bytes, in a `meta` element or an XML declaration.
pub fn charset_of_markup(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(4096)];
    let head = match std::str::from_utf8(head) {
        Ok(head) => head,
        // What stands before the first byte that is not ASCII is all that can be read without knowing the charset.
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let lower = head.to_ascii_lowercase();
    let from = lower.find("<meta").or_else(|| lower.find("<?xml"))?;
    let mut at = from;
    loop {
        let found = ["charset", "encoding"]
            .iter()
            .filter_map(|word| Some((lower[at..].find(word)?, word.len())))
            .min()?;
        at += found.0 + found.1;
        let Some(value) = head[at..].trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end =
            value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
        return Some(&value[..end]).filter(|charset| !charset.is_empty());
    }
}

/// Decodes the bytes of a value. `declared` is the charset that the sender names, by any of its labels.
///
/// # Errors
/// [`Undecodable`] with the first byte that does not fit, where no charset explains the bytes, and for binary data.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, Undecodable> {
    let mut decoded = decode_charset(bytes, declared)?;
    let nuls = memchr::memchr_iter(0, decoded.text.as_bytes()).count();
    if nuls > STRAY_NULS.max(decoded.text.len() / CHARS_PER_NUL) {
        let offset = memchr::memchr(0, bytes).unwrap_or_default();
        return Err(Undecodable { offset, reason: format!("binary data: {nuls} NUL characters, the first") });
    }
    if nuls > 0 {
        decoded.nul_bytes = true;
        decoded.text = Cow::Owned(decoded.text.replace('\0', ""));
    }
    Ok(decoded)
}

fn decode_charset<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, Undecodable> {
    let clean = |text| Decoded { text, wrong_charset: false, cut_off: false, nul_bytes: false };
    let declared = declared.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    if let Some((encoding, mark)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return whole(encoding, &bytes[mark..]).map(|text| clean(Cow::Owned(text))).map_err(|offset| {
            Undecodable {
                offset: mark + offset,
                reason: format!("the value begins as {}, but is broken", encoding.name()),
            }
        });
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let bytes = &bytes[mark..];
    // Charsets whose bytes can be valid UTF-8 and mean something else.
    let hidden = declared.or_else(|| bare_utf_16(bytes)).filter(|encoding| !encoding.is_ascii_compatible());
    if let Some(text) = hidden.and_then(|encoding| whole(encoding, bytes).ok()) {
        return Ok(clean(Cow::Owned(text)));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { wrong_charset: hidden.is_some(), ..clean(Cow::Borrowed(text)) }),
        Err(error) => error,
    };
    if let Some(text) =
        declared.filter(|encoding| *encoding != UTF_8).and_then(|encoding| whole(encoding, bytes).ok())
    {
        return Ok(clean(Cow::Owned(text)));
    }
    let (characters, broken) = utf_8_runs(bytes);
    if error.error_len().is_none() && (characters > 0 || declared == Some(UTF_8)) {
        // The only fault is that the value ends too soon.
        if let Ok(text) = std::str::from_utf8(&bytes[..error.valid_up_to()]) {
            return Ok(Decoded { cut_off: true, ..clean(Cow::Borrowed(text)) });
        }
    }
    let undecodable = |reason: String| Undecodable { offset: mark + error.valid_up_to(), reason };
    if mark > 0 || (characters > 0 && characters * 2 >= broken) {
        // Any other charset would spoil all the characters that are right.
        return Err(undecodable(format!("UTF-8 with {broken} broken places, the first")));
    }
    let guess = detect(&bytes[error.valid_up_to()..]);
    match whole(guess, bytes).ok().filter(|text| is_plausible(text)) {
        Some(text) => Ok(Decoded { wrong_charset: declared.is_some(), ..clean(Cow::Owned(text)) }),
        None => Err(undecodable(format!(
            "neither UTF-8 nor {}, which is the nearest guess, explains the byte",
            guess.name()
        ))),
    }
}

/// All of the bytes in one encoding, or the offset of the first byte that does not fit.
fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => {
            text.shrink_to_fit();
            Ok(text)
        }
        (DecoderResult::Malformed(bad, pushed_back), read) => {
            Err(read.saturating_sub(usize::from(bad) + usize::from(pushed_back)))
        }
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

/// UTF-16 without a byte order mark shows by its NUL bytes, which stand at one side of nearly every pair.
fn bare_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nuls = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, pairs) = (nuls(0), nuls(1), head.len() / 2);
    if second * 10 >= pairs * 6 && first * 10 <= pairs {
        Some(UTF_16LE)
    } else if first * 10 >= pairs * 6 && second * 10 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How many characters of more than one byte the bytes hold in UTF-8, and in how many places they are broken.
fn utf_8_runs(bytes: &[u8]) -> (usize, usize) {
    let (mut characters, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // Bytes from 0xC0 on begin a character of more than one byte.
        characters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (characters, broken)
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let only_signs = high * 5 < bytes.len() && bytes.iter().all(|byte| *byte < 0xC0);
    if high < 3 || only_signs {
        // Too little for the detector. A lone é, or quotation marks and £ among ASCII, are most likely western European.
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(DETECTED_BYTES)], bytes.len() <= DETECTED_BYTES);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether a guess can be right. It cannot be if it makes control characters, signs that news text does not use, four or
/// more accented Latin letters in a row, a capital right behind a small letter, or a single word of another script.
fn is_plausible(text: &str) -> bool {
    let (mut accents, mut word, mut words, mut ideographs) = (0, 0, 0, 0);
    let mut previous = ' ';
    for c in text.chars() {
        if c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}' | '\0') {
            return false;
        }
        // The last byte, 0xFF, is ÿ or ˙ in the Latin charsets; the others are relics of typewriters.
        if matches!(c, 'ÿ' | '˙' | '¯' | '¬' | '¤' | '¦' | '¨' | '¸') {
            return false;
        }
        let accented = matches!(c, '\u{C0}'..='\u{24F}');
        accents = if accented { accents + 1 } else { 0 };
        if accents == 4 || (accented && c.is_uppercase() && previous.is_ascii_lowercase()) {
            return false;
        }
        let foreign = c >= '\u{370}' && c.is_alphabetic();
        word = if foreign { word + 1 } else { 0 };
        words += usize::from(word == 2);
        ideographs += usize::from(foreign && c >= '\u{3040}');
        previous = c;
    }
    words == 0 || words >= 2 || ideographs >= 4
}

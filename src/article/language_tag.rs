//! Language tags as people write them, made into BCP 47.

/// English names of languages, as some feeds give them.
#[rustfmt::skip]
const NAMES: [(&str, &str); 62] = [
    ("afrikaans", "af"), ("albanian", "sq"), ("amharic", "am"), ("arabic", "ar"), ("armenian", "hy"), ("azerbaijani", "az"),
    ("basque", "eu"), ("belarusian", "be"), ("bengali", "bn"), ("bosnian", "bs"), ("bulgarian", "bg"), ("burmese", "my"),
    ("catalan", "ca"), ("chinese", "zh"), ("croatian", "hr"), ("czech", "cs"), ("danish", "da"), ("dutch", "nl"),
    ("english", "en"), ("estonian", "et"), ("farsi", "fa"), ("finnish", "fi"), ("french", "fr"), ("georgian", "ka"),
    ("german", "de"), ("greek", "el"), ("gujarati", "gu"), ("hebrew", "he"), ("hindi", "hi"), ("hungarian", "hu"),
    ("icelandic", "is"), ("indonesian", "id"), ("irish", "ga"), ("italian", "it"), ("japanese", "ja"), ("kannada", "kn"),
    ("korean", "ko"), ("latvian", "lv"), ("lithuanian", "lt"), ("macedonian", "mk"), ("malay", "ms"), ("malayalam", "ml"),
    ("marathi", "mr"), ("norwegian", "no"), ("persian", "fa"), ("polish", "pl"), ("portuguese", "pt"), ("punjabi", "pa"),
    ("romanian", "ro"), ("russian", "ru"), ("serbian", "sr"), ("slovak", "sk"), ("slovenian", "sl"), ("spanish", "es"),
    ("swahili", "sw"), ("swedish", "sv"), ("tamil", "ta"), ("telugu", "te"), ("thai", "th"), ("turkish", "tr"),
    ("ukrainian", "uk"), ("vietnamese", "vi"),
];

/// ISO 639-2 codes for languages that have a shorter one, which BCP 47 demands.
#[rustfmt::skip]
const LONG_CODES: [(&str, &str); 62] = [
    ("afr", "af"), ("alb", "sq"), ("ara", "ar"), ("arm", "hy"), ("baq", "eu"), ("bel", "be"), ("ben", "bn"), ("bos", "bs"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("chi", "zh"), ("cym", "cy"), ("cze", "cs"), ("dan", "da"), ("deu", "de"),
    ("dut", "nl"), ("ell", "el"), ("eng", "en"), ("est", "et"), ("eus", "eu"), ("fas", "fa"), ("fin", "fi"), ("fra", "fr"),
    ("fre", "fr"), ("geo", "ka"), ("ger", "de"), ("gle", "ga"), ("gre", "el"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"),
    ("hrv", "hr"), ("hun", "hu"), ("ice", "is"), ("ind", "id"), ("isl", "is"), ("ita", "it"), ("jpn", "ja"), ("kat", "ka"),
    ("kor", "ko"), ("lav", "lv"), ("lit", "lt"), ("mkd", "mk"), ("msa", "ms"), ("nld", "nl"), ("nor", "no"), ("per", "fa"),
    ("pol", "pl"), ("por", "pt"), ("ron", "ro"), ("rum", "ro"), ("rus", "ru"), ("slk", "sk"), ("slv", "sl"), ("spa", "es"),
    ("sqi", "sq"), ("srp", "sr"), ("swe", "sv"), ("tur", "tr"), ("ukr", "uk"), ("zho", "zh"),
];

/// The BCP-47 tag for what a feed calls a language: "English", "en_US.UTF-8", "EN-us", "zh-hant-tw", "deu".
/// `None` for what is no language, such as "und" or "unknown".
pub fn normal_language(declared: &str) -> Option<String> {
    let plain = declared.trim().split(['.', '@']).next().unwrap_or_default().to_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == plain) {
        return Some((*code).to_owned());
    }
    let mut parts = plain.split(['-', '_']);
    let primary = parts.next()?;
    let is_code = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_lowercase());
    if !is_code || matches!(primary, "und" | "zxx" | "mul" | "mis") {
        return None;
    }
    let primary = LONG_CODES.iter().find(|(long, _)| *long == primary).map_or(primary, |(_, short)| short);
    let mut tag = primary.to_owned();
    let mut private = false;
    for part in parts {
        if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        let letters = part.bytes().all(|b| b.is_ascii_lowercase());
        if private || !letters || !matches!(part.len(), 2 | 4) {
            tag.push_str(part);
        } else if part.len() == 2 {
            tag.push_str(&part.to_uppercase());
        } else {
            tag.push_str(&part[..1].to_uppercase());
            tag.push_str(&part[1..]);
        }
        private |= part.len() == 1;
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::normal_language;

    #[test]
    fn names_and_codes_become_tags() {
        for (declared, tag) in [
            ("en", Some("en")),
            ("English", Some("en")),
            (" GERMAN ", Some("de")),
            ("en_US", Some("en-US")),
            ("EN-us", Some("en-US")),
            ("en_GB.UTF-8", Some("en-GB")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("deu", Some("de")),
            ("sl-rozaj", Some("sl-rozaj")),
            ("en-x-AB-copy", Some("en-x-ab-copy")),
            ("und", None),
            ("unknown", None),
            ("e", None),
            ("12", None),
            ("en--US", None),
            ("en us", None),
            ("", None),
        ] {
            assert_eq!(normal_language(declared).as_deref(), tag, "{declared}");
        }
    }
}

//! Names of languages: what publishers write, as BCP-47 tags.

/// ISO 639-3 codes and English names of languages, with their BCP-47 primary tag.
const NAMES: &str = "eng en english|fra fr french|fre fr french|deu de german|ger de german|spa es spanish|por pt portuguese|\
    ita it italian|nld nl dutch|dut nl dutch|swe sv swedish|dan da danish|nob nb norwegian|nor no norwegian|fin fi finnish|\
    pol pl polish|ces cs czech|cze cs czech|slk sk slovak|slo sk slovak|slv sl slovenian|slv sl slovene|hrv hr croatian|\
    srp sr serbian|bos bs bosnian|mkd mk macedonian|bul bg bulgarian|ron ro romanian|rum ro romanian|hun hu hungarian|\
    ell el greek|gre el greek|tur tr turkish|rus ru russian|ukr uk ukrainian|bel be belarusian|lit lt lithuanian|\
    lav lv latvian|est et estonian|cat ca catalan|afr af afrikaans|epo eo esperanto|lat la latin|heb he hebrew|\
    yid yi yiddish|ara ar arabic|pes fa persian|fas fa farsi|per fa persian|urd ur urdu|hin hi hindi|mar mr marathi|\
    nep ne nepali|ben bn bengali|pan pa punjabi|guj gu gujarati|ori or oriya|tam ta tamil|tel te telugu|kan kn kannada|\
    mal ml malayalam|sin si sinhala|tha th thai|khm km khmer|mya my burmese|bur my burmese|lao lo lao|vie vi vietnamese|\
    ind id indonesian|msa ms malay|may ms malay|jav jv javanese|tgl tl tagalog|fil fil filipino|cmn zh mandarin|\
    zho zh chinese|chi zh chinese|jpn ja japanese|kor ko korean|kat ka georgian|geo ka georgian|hye hy armenian|\
    arm hy armenian|aze az azerbaijani|uzb uz uzbek|tuk tk turkmen|kaz kk kazakh|amh am amharic|aka ak akan|sna sn shona|\
    zul zu zulu|swa sw swahili|som so somali|hau ha hausa|yor yo yoruba|ibo ig igbo|cym cy welsh|gle ga irish|\
    isl is icelandic|ice is icelandic|sqi sq albanian|alb sq albanian|eus eu basque|glg gl galician|mlt mt maltese";

/// Languages so near each other that a detector takes one for the other; a declared one of them stands.
const NEAR: [&[&str]; 4] = [&["no", "nb", "nn"], &["sr", "hr", "bs", "sh"], &["id", "ms"], &["tl", "fil"]];

/// The BCP-47 tag of an ISO 639-3 code or an English name, in small letters.
pub(super) fn known_tag(name: &str) -> Option<&'static str> {
    NAMES.split('|').find_map(|row| {
        let mut fields = row.split(' ');
        let (code, tag, english) = (fields.next()?, fields.next()?, fields.next()?);
        (code == name || english == name).then_some(tag)
    })
}

/// A declared language as a BCP-47 tag in its usual letters ("pt_br" is "pt-BR", "eng" and "English" are "en"), or
/// nothing if it is no tag or says that the language is unknown.
pub(super) fn normal_tag(declared: &str) -> Option<String> {
    let declared = declared.trim();
    // The longest tag that BCP 47 asks software to take (RFC 5646, 4.4.1) has 35 characters.
    if declared.len() > 35 {
        return None;
    }
    let mut parts = declared.split(['-', '_']);
    let primary = parts.next()?.to_ascii_lowercase();
    let mut tag = match known_tag(&primary) {
        Some(tag) => tag.to_owned(),
        None if matches!(primary.as_str(), "und" | "mul" | "zxx" | "mis") => return None,
        None if matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_lowercase()) => primary,
        None => return None,
    };
    for part in parts {
        if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if !part.starts_with(|c: char| c.is_ascii_digit()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

/// Whether two tags name one language, or two that a detector cannot tell apart.
pub(super) fn same_language(found: &str, declared: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().map(str::to_owned);
    let (found, declared) = (primary(found), primary(declared));
    found == declared
        || NEAR.iter().any(|group| {
            [&found, &declared].iter().all(|tag| tag.as_deref().is_some_and(|tag| group.contains(&tag)))
        })
}

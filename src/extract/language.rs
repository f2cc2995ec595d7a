//! The language of a text.
//!
//! Three steps, cheapest first. The script is counted over the beginning of the text; Han, Kana and Hangul settle
//! it at once. A text in Latin letters is put to a vote of function words ("the", "nicht", "della"), which is fast
//! and sure on running text. What is left goes to trigrams (whatlang: Cavnar & Trenkle 1994), held to the languages
//! that news is written in, and trusted the less the shorter the text is.
//!
//! A language that the publisher declares wins unless a sure detection contradicts it.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::language_tags::{known_tag, normal_tag, same_language};
use super::language_words::{LANGUAGES, vote_table};

/// Bytes of the text that are looked at: some 200 words, more do not change the verdict.
const SAMPLE: usize = 1280;
/// Bytes that the slow trigrams look at.
const TRIGRAM_SAMPLE: usize = 800;
/// Fewer letters say nothing.
const MIN_LETTERS: usize = 20;
/// Fewer letters never outvote a declared language.
const MIN_LETTERS_AGAINST: usize = 80;
/// From here on a detection is named when nothing is declared.
const LIKELY: f64 = 0.6;
/// From here on a detection outvotes a declared language.
const SURE: f64 = 0.8;
/// The most that is believed of a text in two languages.
const MIXED: f64 = 0.6;

/// What a text is written in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Language {
    /// A BCP-47 tag, such as "en" or, if the publisher says so, "pt-BR"; none if it cannot be told.
    pub tag: Option<String>,
    /// How likely the tag is right, from 0 to 1; 0 without a tag.
    pub confidence: f64,
}

/// Tells the language of `text`, given what its publisher declares ("en", "en_US", "eng", "English").
pub fn detect(text: &str, declared: Option<&str>) -> Language {
    let found = from_text(text);
    let Some(declared) = declared.and_then(normal_tag) else {
        let likely = found.filter(|found| found.confidence >= LIKELY);
        return likely.map_or_else(Language::default, |found| Language {
            tag: Some(found.tag.to_owned()),
            confidence: found.confidence,
        });
    };
    let (tag, confidence) = match found {
        Some(found) if same_language(found.tag, &declared) => (declared, found.confidence.max(0.9)),
        Some(found) if found.confidence >= SURE && found.letters >= MIN_LETTERS_AGAINST => {
            (found.tag.to_owned(), found.confidence)
        }
        _ => (declared, 0.5),
    };
    Language { tag: Some(tag), confidence }
}

/// What the text alone says.
struct Found {
    tag: &'static str,
    confidence: f64,
    letters: usize,
    /// Whether a good part of it is in another language.
    mixed: bool,
}

/// Letters of the sample by script.
#[derive(Default)]
struct Scripts {
    latin: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    other: usize,
}

impl Scripts {
    fn count(sample: &str) -> Self {
        let mut scripts = Self::default();
        for c in sample.chars() {
            let script = match c {
                'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => &mut scripts.latin,
                _ if c.is_ascii() || !c.is_alphabetic() => continue,
                '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => &mut scripts.kana,
                '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}' => {
                    &mut scripts.han
                }
                '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => {
                    &mut scripts.hangul
                }
                _ => &mut scripts.other,
            };
            *script += 1;
        }
        scripts
    }

    fn letters(&self) -> usize {
        self.latin + self.cjk() + self.other
    }

    /// Letters of the scripts that settle the language; one of them says as much as three others.
    fn cjk(&self) -> usize {
        self.han + self.kana + self.hangul
    }
}

fn from_text(text: &str) -> Option<Found> {
    let sample = cut(text, SAMPLE);
    let scripts = Scripts::count(sample);
    let letters = scripts.letters();
    if letters + 2 * scripts.cjk() < MIN_LETTERS {
        return None;
    }
    let share = |part: usize| part as f64 / letters as f64;
    // Names and figures in Latin letters are usual in any text; the rest must be of one script.
    if share(scripts.cjk()) >= 0.4 {
        return Some(east_asian(&scripts, letters));
    }
    if share(scripts.latin) >= 0.6 {
        let voted = by_function_words(sample, letters);
        return match voted {
            Some(found) if found.confidence >= SURE || found.mixed => Some(found),
            unsure => by_trigrams(sample, letters, unsure),
        };
    }
    let mut found = by_trigrams(sample, letters, None)?;
    found.confidence *= share(scripts.other).min(1.0);
    Some(found)
}

fn east_asian(scripts: &Scripts, letters: usize) -> Found {
    let cjk = scripts.cjk();
    let (tag, part) = if scripts.hangul * 2 > cjk {
        ("ko", scripts.hangul)
    } else if scripts.kana * 20 > cjk {
        // Headlines of Japanese papers are mostly Han; running Chinese has no Kana at all.
        ("ja", scripts.kana + scripts.han)
    } else {
        ("zh", scripts.han)
    };
    let confidence = 0.99 * (part as f64 / letters as f64).sqrt() * short_text_trust(letters * 3);
    Found { tag, confidence, letters, mixed: false }
}

/// Every function word gives its languages a vote, which they share if there are several.
fn by_function_words(sample: &str, letters: usize) -> Option<Found> {
    /// One vote, divisible by the number of languages that may share it.
    const VOTE: u32 = 60;
    let table = vote_table();
    let mut scores = [0; LANGUAGES.len()];
    let mut own = [0; LANGUAGES.len()];
    let mut words = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        let Some(languages) = table.get(word.as_bytes()) else { continue };
        let share = VOTE / languages.count_ones().clamp(1, 6);
        if languages.is_power_of_two() {
            own[languages.trailing_zeros() as usize] += 1;
        }
        let mut rest = languages;
        while rest != 0 {
            scores[rest.trailing_zeros() as usize] += share;
            rest &= rest - 1;
        }
    }
    let best = (0..LANGUAGES.len()).max_by_key(|&i| (scores[i], LANGUAGES.len() - i))?;
    let second = (0..LANGUAGES.len()).filter(|&i| i != best).map(|i| scores[i]).max()?;
    if scores[best] < 2 * VOTE {
        return None;
    }
    let margin = 1.0 - f64::from(second) / f64::from(scores[best]);
    // Running text has a function word in every third word or so; lists of names and tables do not.
    let density = (f64::from(scores[best]) / f64::from(VOTE) / f64::from(words) * 8.0).min(1.0);
    let votes = f64::from(scores[best]) / f64::from(VOTE);
    let evidence = 1.0 - (-votes / 2.5).exp();
    let confidence = (0.99 * (margin * 2.0).min(1.0) * density.sqrt() * evidence).min(0.99);
    // Words of one language alone do not turn up in numbers in another's text: such a text has two.
    let strange = (0..LANGUAGES.len()).filter(|&i| i != best).map(|i| own[i]).max().unwrap_or(0);
    let mixed = strange >= 4 && strange * 3 > own[best];
    Some(Found {
        tag: LANGUAGES[best],
        confidence: if mixed { confidence.min(MIXED) } else { confidence },
        letters,
        mixed,
    })
}

/// Asks the trigrams; `voted` is what the function words say, unsure as it is.
fn by_trigrams(sample: &str, letters: usize, voted: Option<Found>) -> Option<Found> {
    static NEWS: LazyLock<Detector> = LazyLock::new(|| Detector::with_denylist(RARE_IN_NEWS.to_vec()));
    let Some(info) = NEWS.detect(cut(sample, TRIGRAM_SAMPLE)) else { return voted };
    let Some(tag) = known_tag(info.lang().code()) else { return voted };
    // A script that one language alone uses needs no length.
    let trust = if info.script().langs().len() == 1 { 1.0 } else { short_text_trust(letters) };
    let confidence = 0.97 * info.confidence() * trust;
    Some(match voted {
        Some(voted) if voted.tag == tag => {
            // Two methods that agree: each leaves the other's doubt only.
            let doubt = (1.0 - voted.confidence) * (1.0 - confidence);
            Found { tag, confidence: (1.0 - doubt).min(0.99), letters, mixed: false }
        }
        Some(voted) if voted.confidence >= confidence => {
            Found { confidence: voted.confidence * 0.8, ..voted }
        }
        Some(_) => Found { tag, confidence: confidence * 0.8, letters, mixed: false },
        None => Found { tag, confidence, letters, mixed: false },
    })
}

/// How far a text of so many letters can be trusted: half at 20, nine tenths at 60.
fn short_text_trust(letters: usize) -> f64 {
    let letters = letters as f64;
    letters * letters / (letters * letters + 400.0)
}

/// The beginning of `text`, at most `length` bytes.
fn cut(text: &str, length: usize) -> &str {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Languages that trigrams see in short texts of other languages far more often than news is written in them.
const RARE_IN_NEWS: [Lang; 7] = [Lang::Epo, Lang::Lat, Lang::Jav, Lang::Sna, Lang::Zul, Lang::Tuk, Lang::Yid];

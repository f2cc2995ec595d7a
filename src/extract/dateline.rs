//! The dateline: where a report was filed, and by which agency ("MOSUL, Iraq (Reuters) - ...").
//!
//! A dateline is believed only in its usual forms: a place in capitals, or any place with a known agency, before a
//! dash (or before a colon, if an agency or a date stands there). What is doubtful is no dateline, because a wrong
//! place is worse than none.

/// Where and by whom a report was filed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline {
    /// The place as written, with its region: "MOSUL, Iraq".
    pub place: Option<String>,
    /// The agency as written: "AP".
    pub agency: Option<String>,
}

/// A dateline and where the report itself begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDateline {
    /// What it says.
    pub dateline: Dateline,
    /// Bytes of the paragraph up to the first character of the report.
    pub end: usize,
}

/// No dateline is longer, in bytes.
const LONGEST: usize = 160;

const AGENCIES: &str = "AP|Associated Press|The Associated Press|AFP|Agence France-Presse|Reuters|REUTERS|UPI|dpa|DPA|\
    dpa-AFX|ANSA|EFE|Xinhua|TASS|Itar-Tass|Interfax|RIA Novosti|Kyodo|Jiji|Yonhap|PTI|IANS|ANI|PA|PA Media|\
    Press Association|Bloomberg|CNN|CNS|CP|Canadian Press|The Canadian Press|AAP|Bernama|Anadolu|AA|IRNA|MENA|SANA|\
    KUNA|WAM|SPA|QNA|NAN|GNA|APS|APP|BSS|UNB|Antara|CNA|JTA|RNS|IPS|IRIN|VOA|RFE/RL|BelTA|Ukrinform|Agerpres|PAP|\
    CTK|MTI|NTB|TT|Ritzau|STT|Belga|ANP|Lusa|Cihan|DHA|Dow Jones|MarketWatch|PRNewswire|PR Newswire|Business Wire|\
    BUSINESS WIRE|GLOBE NEWSWIRE|Globe Newswire|Marketwired|ACCESSWIRE|Newsfile Corp.|CNW|Canada NewsWire|\
    Thomson Reuters Foundation|Sputnik|UrduPoint|BNO News|McClatchy|Tribune News Service|TNS|States Newsroom";

/// Words in capitals that open a line as a label, and bodies that are no place.
const NO_PLACES: &str = "UPDATE UPDATED WATCH BREAKING EXCLUSIVE VIDEO PHOTOS PHOTO GALLERY ANALYSIS OPINION EDITORIAL \
    COMMENT NOTE CORRECTION CORRECTED LIVE POLL REVIEW INTERVIEW FACTBOX EXPLAINER TIMELINE PROFILE FEATURE COLUMN \
    SUMMARY HEADLINES ADVERTISEMENT SPONSORED RELATED READ MORE LISTEN PODCAST SPORT SPORTS NEWS BUSINESS POLITICS \
    WORLD TECH HEALTH MARKETS WEATHER NATO UNESCO UNICEF OPEC INTERPOL NASA COVID ISIL ISIS FIFA UEFA ASEAN \
    ATTENTION WARNING ALERT IMPORTANT QUESTION ANSWER PART CHAPTER STEP FIRST SECOND THIRD WHO WHAT WHEN WHERE WHY HOW \
    THE THIS THAT AND BUT NOT YES SPOILER EDITOR STORY HIGHLIGHTS BACKGROUND WRAPUP URGENT FLASH ADVISORY";

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads the dateline at the beginning of a report's first paragraph.
pub fn dateline(paragraph: &str) -> Option<FoundDateline> {
    let mut length = paragraph.len().min(LONGEST);
    while !paragraph.is_char_boundary(length) {
        length -= 1;
    }
    let head = &paragraph[..length];
    // The first dashes only: a dateline with a hyphen in its region has one before its own.
    head.char_indices().filter(|&(_, c)| matches!(c, '-' | '–' | '—' | '―' | ':')).take(5).find_map(
        |(at, mark)| {
            let after = paragraph[at..].trim_start_matches(mark);
            let spaced = after.starts_with(char::is_whitespace) || after.is_empty();
            let before = &head[..at];
            let apart = before.ends_with(|c: char| c.is_whitespace() || c == ')' || c == '/');
            let is_border = match mark {
                '-' => apart && (spaced || before.ends_with(')')),
                ':' => spaced,
                _ => true,
            };
            if !is_border {
                return None;
            }
            let report = after.trim_start();
            let dateline = read(before.trim(), mark == ':', report)?;
            Some(FoundDateline { dateline, end: paragraph.len() - report.len() })
        },
    )
}

/// Reads what stands before the dash.
fn read(head: &str, colon: bool, report: &str) -> Option<Dateline> {
    let (head, late_date) = strip_date(head);
    let (head, agency) = match strip_agency(head) {
        Some((rest, agency)) => (rest, Some(agency)),
        None => (head, None),
    };
    let (place, early_date) = strip_date(head);
    let place = strip_byline(place);
    let dated = late_date || early_date;
    let known = agency.is_some_and(is_agency);
    if place.is_empty() {
        return known.then(|| Dateline { place: None, agency: agency.map(str::to_owned) });
    }
    if agency.is_none() && is_agency(place) {
        return Some(Dateline { place: None, agency: Some(place.to_owned()) });
    }
    if agency.is_some_and(|name| !known && !is_plausible_agency(name))
        || (colon && agency.is_none() && !dated)
    {
        return None;
    }
    let mut parts = place.split(',').map(str::trim);
    let city = parts.next()?;
    let mut regions = 0;
    for region in parts {
        regions += 1;
        if regions > 2 || !is_region(region) {
            return None;
        }
    }
    let capitals = is_capitals(city);
    let backed = known || dated || regions > 0;
    let believed = if capitals {
        !is_label(city) && (backed || city.len() >= 4 && starts_sentence(report))
    } else {
        known && is_region(city)
    };
    believed.then(|| Dateline { place: Some(place.to_owned()), agency: agency.map(str::to_owned) })
}

/// Takes an agency in brackets or slashes off the end.
fn strip_agency(head: &str) -> Option<(&str, &str)> {
    let (close, open) = if head.ends_with(')') { (')', '(') } else { ('/', '/') };
    let inner = head.strip_suffix(close)?;
    let at = inner.rfind(open)?;
    let name = inner[at + 1..].trim();
    (!name.is_empty()).then(|| (inner[..at].trim_end().trim_end_matches(',').trim_end(), name))
}

/// Takes a byline off the beginning, if capitals follow it: "By Ada Lind LAGOS".
fn strip_byline(place: &str) -> &str {
    if !place.starts_with("By ") {
        return place;
    }
    let city = place.split(',').next().unwrap_or(place);
    let start =
        city.rmatch_indices(' ').map(|(at, _)| at + 1).take_while(|&at| is_capitals(&city[at..])).last();
    start.map_or(place, |at| &place[at..])
}

/// Takes a date off the end: ", July 20, 2016", ", 20 July", ", Wednesday". Says whether there was one.
fn strip_date(head: &str) -> (&str, bool) {
    let (mut rest, mut found) = (head.trim_end_matches(',').trim_end(), false);
    for _ in 0..3 {
        let at = rest.rfind(',').map_or(0, |comma| comma + 1);
        if !is_date(rest[at..].trim()) {
            break;
        }
        found = true;
        rest = rest[..at].trim_end_matches(',').trim_end();
    }
    // A year alone is no date: "SPACE, 2016".
    (rest, found)
}

fn is_date(part: &str) -> bool {
    let mut words = 0;
    let all = part.split_whitespace().all(|word| {
        words += 1;
        let bare = word.trim_end_matches('.').to_ascii_lowercase();
        let number = bare.len() <= 4 && bare.starts_with(|c: char| c.is_ascii_digit());
        number || is_calendar_word(&bare)
    });
    all && (1..=4).contains(&words)
}

/// A month or weekday, whole or cut to three letters or more.
fn is_calendar_word(word: &str) -> bool {
    const LONG: [&str; 19] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    word.len() >= 3
        && (MONTHS.iter().chain(&WEEKDAYS).any(|short| word.starts_with(short)))
        && LONG.iter().any(|long| long.starts_with(word))
}

fn is_agency(name: &str) -> bool {
    AGENCIES.split('|').any(|agency| agency == name)
}

/// An agency we do not know, such as "(KNA)" or "(Baltic News Service)": short, capitalised, no figures.
fn is_plausible_agency(name: &str) -> bool {
    name.len() <= 30
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '/' | '-' | '&'))
        && name.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// A city in capitals, of up to five words: "PORT-AU-PRINCE", "ST. LOUIS", "WASHINGTON/LONDON", "CAIRO and GAZA".
fn is_capitals(city: &str) -> bool {
    let mut letters = 0;
    let all = city.split_whitespace().all(|word| {
        matches!(word, "and" | "de" | "la")
            || word.chars().all(|c| {
                letters += usize::from(c.is_uppercase());
                c.is_uppercase()
                    || matches!(c, '.' | '-' | '/' | '\'' | '’')
                    || (c.is_alphabetic() && !c.is_lowercase())
            })
    });
    all && letters >= 3 && city.split_whitespace().count() <= 5
}

fn is_label(city: &str) -> bool {
    city.split([' ', '/', '-', '\'', '’']).any(|word| NO_PLACES.split(' ').any(|label| label == word))
}

/// A region or a city as it is usually written: up to four capitalised words.
fn is_region(part: &str) -> bool {
    let words = part.split_whitespace().count();
    !part.starts_with("By ")
        && (1..=4).contains(&words)
        && part.len() <= 40
        && part.split_whitespace().all(|word| {
            matches!(word, "of" | "the" | "and" | "de" | "la" | "du" | "del") || word.starts_with("al-") || {
                word.starts_with(char::is_uppercase)
                    && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '/'))
            }
        })
}

fn starts_sentence(report: &str) -> bool {
    report
        .chars()
        .find(|c| !matches!(c, '"' | '“' | '‘' | '\'' | '(' | '«'))
        .is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

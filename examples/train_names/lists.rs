//! Gathers the lists of names: our own files and the open tables of ../shared/data/gazetteers.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;

use copydesk::extract::names::gazetteer::Gazetteer;
use copydesk::extract::names::gazetteer::{Builder, NameList, WordList};
use copydesk::extract::names::words::{Words, exact_hash};
use copydesk::text::{Span, tokens};
use flate2::read::GzDecoder;

/// Adds a name, cut into words as a text is.
pub fn add(builder: &mut Builder, list: NameList, name: &str, empty: &Gazetteer<'_>) {
    let name = name.trim();
    if name.chars().count() < 2 {
        return;
    }
    let mut words = Words::default();
    // Behind a small word, so that no line of capitals is seen.
    words.push_sentence(name, tokens(name, Span::new(0, name.len())), empty);
    let hashes: Vec<u64> = words.words.iter().map(|word| exact_hash(word.span.text(name))).collect();
    builder.name(list, &hashes);
}

fn unzip(path: &Path) -> String {
    let mut text = String::new();
    let file = fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    GzDecoder::new(file).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The lines of a list file without remarks; nothing if there is no such file.
pub fn lines(path: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// Without its marks above letters, as many papers write it.
pub fn plain(name: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for c in name.chars() {
        let base = match c {
            'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => 'A',
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'Ç' | 'Ć' | 'Č' => 'C',
            'ç' | 'ć' | 'č' => 'c',
            'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => 'E',
            'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
            'Ì'..='Ï' | 'İ' => 'I',
            'ì'..='ï' | 'ī' | 'ı' => 'i',
            'Ñ' | 'Ń' => 'N',
            'ñ' | 'ń' | 'ň' => 'n',
            'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => 'O',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'Ù'..='Ü' | 'Ū' | 'Ů' => 'U',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
            'Ý' => 'Y',
            'ý' | 'ÿ' => 'y',
            'Š' | 'Ś' | 'Ş' | 'Ș' => 'S',
            'š' | 'ś' | 'ş' | 'ș' => 's',
            'Ž' | 'Ź' | 'Ż' => 'Z',
            'ž' | 'ź' | 'ż' => 'z',
            'ğ' => 'g',
            'Ł' => 'L',
            'ł' => 'l',
            'ř' => 'r',
            'ț' | 'ţ' => 't',
            'Ț' => 'T',
            'đ' => 'd',
            'Đ' => 'D',
            '’' => '\'',
            c => c,
        };
        let _ = out.write_char(base);
    }
    out
}

fn is_latin(name: &str) -> bool {
    name.chars().all(|c| {
        c.is_ascii_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’') || ('À'..='ɏ').contains(&c)
    })
}

/// Builds the table of all lists.
pub fn build(data: &Path, own: &Path) -> Vec<u8> {
    let mut builder = Builder::default();
    let empty_bytes = Builder::default().bytes();
    let empty = Gazetteer::from_bytes(&empty_bytes).expect("an empty table");
    let mut name = |list: NameList, name: &str| {
        add(&mut builder, list, name, &empty);
        let bare = plain(name);
        if bare != name {
            add(&mut builder, list, &bare, &empty);
        }
    };
    let folder = data.join("gazetteers");
    let surnames: BTreeSet<String> =
        unzip(&folder.join("surnames.us.txt.gz")).lines().take(40000).map(str::to_owned).collect();
    for line in unzip(&folder.join("cities.geonames.tsv.gz")).lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [city, _, state, county, population, ..] = fields[..] else { continue };
        let population: u64 = population.parse().unwrap_or(0);
        if is_latin(city) && city.chars().count() > 2 {
            if population >= 200_000 {
                name(NameList::BigCity, city);
            } else if population >= 15_000 || !surnames.contains(city) {
                name(NameList::SmallCity, city);
            }
        }
        for division in [state, county] {
            if is_latin(division) && division.chars().count() > 3 {
                name(NameList::Division, division);
            }
        }
    }
    for line in unzip(&folder.join("factbook.jsonl.gz")).lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let field = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        for key in ["short", "long", "former", "local_short"] {
            for part in field(key).split([';', ',', '/']) {
                let part = part.split('(').next().unwrap_or("").trim();
                if part.chars().count() > 3 && part.starts_with(char::is_uppercase) && part != "None" {
                    name(NameList::Country, part);
                }
            }
        }
        for key in ["nationality_noun", "nationality_adj"] {
            let text = field(key).replace("(s)", "").replace(" or ", ",").replace(" and ", ",");
            for part in text.split([',', ';']) {
                let part = part.split('(').next().unwrap_or("").trim();
                if part.starts_with(char::is_uppercase) {
                    name(NameList::Demonym, part);
                    name(NameList::Demonym, &format!("{part}s"));
                }
            }
        }
        for part in field("intl_orgs").split([',', ';']) {
            let part = part.split('(').next().unwrap_or("").trim();
            if part.len() > 2 && part.starts_with(char::is_uppercase) {
                name(NameList::Body, part);
            }
        }
        for key in ["chief_of_state", "head_of_government"] {
            for person in heads(&field(key)) {
                name(NameList::Person, &person);
            }
        }
    }
    for line in unzip(&folder.join("universities.tsv.gz")).lines() {
        let university = line.split('\t').next().unwrap_or("");
        if university.chars().count() > 5 && is_latin(university) {
            name(NameList::University, university);
        }
    }
    for line in unzip(&folder.join("companies.tsv.gz")).lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let full = fields[0].split(" - ").next().unwrap_or("").trim();
        let fund = ["ETF", "Trust", "iShares", "Fund"].iter().any(|word| fields[0].contains(word));
        if fields.get(2) == Some(&"nasdaq") && fund || full.is_empty() {
            continue;
        }
        name(NameList::Company, full);
        let bare = bare_company(full);
        if bare.contains(' ') || fields.get(2) == Some(&"sp500") && bare.len() > 3 && !is_common(bare) {
            name(NameList::Company, bare);
        }
    }
    for file in ["us_legislators.jsonl.gz", "us_executive.jsonl.gz"] {
        for line in unzip(&folder.join(file)).lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            name(NameList::Person, row["full"].as_str().unwrap_or(""));
        }
    }
    for (file, list) in [
        ("bodies", NameList::Body),
        ("companies", NameList::Company),
        ("media", NameList::Media),
        ("other", NameList::Other),
        ("people", NameList::Person),
        ("regions", NameList::Region),
    ] {
        for line in lines(&own.join(format!("{file}.txt"))) {
            name(list, &line);
        }
    }
    for extra in [
        "US",
        "U.S.",
        "USA",
        "U.S.A.",
        "UK",
        "U.K.",
        "Britain",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "America",
        "Holland",
        "Burma",
        "Soviet Union",
        "USSR",
        "Yugoslavia",
        "Czechoslovakia",
        "West Germany",
        "East Germany",
        "Zaire",
        "Bosnia",
        "Kosovo",
        "Palestine",
        "Gaza",
        "Taiwan",
        "Tibet",
        "Hong Kong",
        "Ivory Coast",
        "South Korea",
        "North Korea",
        "Macedonia",
        "Korea",
        "DRC",
        "DR Congo",
        "UAE",
        "Swaziland",
        "East Timor",
        "Cape Verde",
        "Vatican",
        "South Sudan",
    ] {
        name(NameList::Country, extra);
    }
    for extra in [
        "Arab",
        "Arabs",
        "European",
        "Europeans",
        "African",
        "Africans",
        "Asian",
        "Asians",
        "Western",
        "Kurdish",
        "Kurd",
        "Kurds",
        "Palestinian",
        "Palestinians",
        "Jewish",
        "Jew",
        "Jews",
        "Muslim",
        "Muslims",
        "Christian",
        "Christians",
        "Latino",
        "Hispanic",
        "Scottish",
        "Welsh",
        "English",
        "British",
        "Briton",
        "Britons",
        "Irish",
        "Dutch",
        "French",
        "Soviet",
        "Tibetan",
        "Uyghur",
        "Chechen",
        "Basque",
        "Catalan",
        "Sunni",
        "Shia",
        "Shiite",
        "Hindu",
        "Buddhist",
        "Sikh",
        "Catholic",
        "Protestant",
        "Nordic",
    ] {
        name(NameList::Demonym, extra);
    }
    for first in unzip(&folder.join("first_names.us.txt.gz"))
        .lines()
        .map(str::to_owned)
        .chain(lines(&own.join("first-names.txt")))
    {
        for form in [first.clone(), plain(&first)] {
            for part in form.split('-') {
                builder.word(WordList::FirstName, part);
            }
        }
    }
    for last in surnames.into_iter().chain(lines(&own.join("surnames.txt"))) {
        for form in [last.clone(), plain(&last)] {
            builder.word(WordList::Surname, &form);
        }
    }
    for (file, list) in [
        ("org-heads", WordList::OrganizationHead),
        ("titles", WordList::Title),
        ("place-heads", WordList::PlaceHead),
        ("sayings", WordList::Saying),
        ("common", WordList::Common),
    ] {
        for line in lines(&own.join(format!("{file}.txt"))) {
            builder.word(list, &line.to_lowercase());
        }
    }
    for word in [
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
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
        "jan",
        "feb",
        "mar",
        "apr",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ] {
        builder.word(WordList::Calendar, word);
    }
    builder.bytes()
}

fn is_common(name: &str) -> bool {
    [
        "Target",
        "Visa",
        "Ball",
        "Crown",
        "Progress",
        "First",
        "Next",
        "Open",
        "Alliance",
        "Global",
        "Universal",
        "National",
        "American",
        "General",
        "United",
        "Sun",
        "Carnival",
        "Principal",
        "Block",
        "Public",
        "Energy",
        "Power",
        "Life",
        "Tree",
        "Edison",
        "Apollo",
        "Franklin",
        "Lincoln",
        "Stanley",
        "Parker",
        "Harris",
        "Nelson",
        "Republic",
        "Progressive",
        "Southern",
        "Western",
        "Eastern",
        "Northern",
        "Pacific",
        "Columbia",
        "Dominion",
        "Equity",
        "Realty",
        "Discover",
        "Match",
        "Pool",
        "Hess",
        "Masco",
        "Regions",
        "Citizens",
        "Travelers",
        "Fortune",
        "Key",
        "News",
    ]
    .contains(&name)
}

fn bare_company(full: &str) -> &str {
    let mut name = full;
    loop {
        let trimmed = name.trim_end_matches([' ', ',', '.']);
        let cut = [
            " Inc",
            " Corp",
            " Corporation",
            " Ltd",
            " Limited",
            " plc",
            " PLC",
            " N.V",
            " S.A",
            " LLC",
            " L.P",
            " Co",
            " Company",
            " Holdings",
            " Holding",
            " Group",
            " AG",
            " SE",
            " Incorporated",
            " Companies",
            " (The)",
            " (Class A)",
            " Class A",
            " Common Stock",
            " Ordinary Shares",
            " American Depositary Shares",
            " International",
            " Technologies",
            " Warrants",
            " Unit",
            " Units",
            " Right",
        ]
        .iter()
        .find_map(|tail| trimmed.strip_suffix(tail));
        match cut {
            Some(rest) if rest.len() > 2 => name = rest,
            _ => return trimmed,
        }
    }
}

/// "President Abdelmadjid TEBBOUNE (since ...)" -> "Abdelmadjid Tebboune".
fn heads(text: &str) -> Vec<String> {
    const TITLES: &str = "President Prime Minister King Queen Chancellor Vice Governor General Sultan Amir Prince Crown Deputy First \
        Sheikh Emperor Lieutenant Acting Interim Captain Grand Duke Federal Head State Premier Supreme Leader Dr Sir Dame";
    let mut found = Vec::new();
    for part in text.split([';', '(']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        if let Some(last) = words.iter().position(|w| {
            w.chars().filter(|c| c.is_uppercase()).count() >= 3 && w.chars().all(|c| !c.is_lowercase())
        }) {
            let mut first = last;
            while first > 0
                && words[first - 1].starts_with(char::is_uppercase)
                && !TITLES.contains(words[first - 1])
            {
                first -= 1;
            }
            if first < last {
                let mut name: Vec<String> = words[first..last].iter().map(|w| (*w).to_owned()).collect();
                let upper: Vec<char> = words[last].trim_end_matches([',', '.']).chars().collect();
                let title: String = upper
                    .iter()
                    .enumerate()
                    .map(|(i, c)| {
                        let starts = i == 0 || matches!(upper[i - 1], '-' | '\'' | ' ');
                        if starts { c.to_string() } else { c.to_lowercase().to_string() }
                    })
                    .collect();
                name.push(title);
                found.push(name.join(" "));
            }
        }
    }
    found
}

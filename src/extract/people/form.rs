//! A person's name as its parts: given names, last name, particles and what only tells two people apart.

use crate::extract::folded::fold_into;

use super::phrase::push_words;

/// Words before a last name that belong to it and can be left out: van der Bellen, bin Laden.
#[rustfmt::skip]
const PARTICLES: [&str; 35] = [
    "van", "von", "der", "den", "de", "di", "da", "do", "dos", "das", "del", "della", "la", "le", "el",
    "bin", "bint", "ibn", "ben", "abu", "af", "av", "zu", "zur", "ter", "ten", "du", "des", "dal", "dello",
    "y", "e", "st", "saint", "san",
];

/// Articles that come and go in spelling: al-Sisi, Sisi.
const ARTICLES: [&str; 6] = ["al", "el", "ul", "as", "ash", "an"];

/// Last names that are written first: Xi Jinping, Moon Jae-in, Nguyen Phu Trong.
#[rustfmt::skip]
const FAMILY_FIRST: [&str; 93] = [
    "kim", "lee", "park", "choi", "jung", "jeong", "kang", "cho", "yoon", "jang", "lim", "moon", "ahn",
    "ban", "shin", "han", "roh", "chung", "hwang", "xi", "li", "wang", "zhang", "liu", "chen", "yang",
    "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin", "he", "guo", "ma", "luo",
    "liang", "song", "zheng", "xie", "tang", "feng", "yu", "dong", "xiao", "cheng", "cao", "yuan", "deng",
    "fu", "shen", "zeng", "peng", "lu", "su", "jiang", "cai", "jia", "ding", "wei", "xue", "ye", "yan",
    "pan", "du", "dai", "xia", "zhong", "wen", "bo", "mao", "qin", "hou", "tsai", "tsang", "leung", "lam",
    "tung", "nguyen", "tran", "pham", "hoang", "phan", "vu", "vo", "dang", "bui", "ngo", "duong",
];

/// What tells a son from his father.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    Junior,
    Senior,
    Number(u8),
}

/// One written form of a name.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// As written, with single spaces.
    pub(super) surface: String,
    /// The words of the name in small ASCII letters, without articles ("al-") and what tells generations apart.
    pub(super) words: Vec<String>,
    pub(super) generation: Option<Generation>,
}

impl Form {
    /// Reads a name. `key` is a buffer.
    pub(super) fn new(words: &str, key: &mut String) -> Self {
        let mut surface = String::with_capacity(words.len());
        push_words(&mut surface, bare(words));
        fold_into(&surface, key);
        let mut parts: Vec<&str> = key.split(' ').filter(|part| !part.is_empty()).collect();
        let mut generation = None;
        while parts.len() > 1 {
            let read = match parts[parts.len() - 1] {
                "jr" | "junior" => Generation::Junior,
                "sr" => Generation::Senior,
                "ii" => Generation::Number(2),
                "iii" => Generation::Number(3),
                "iv" => Generation::Number(4),
                "vi" => Generation::Number(6),
                "xvi" => Generation::Number(16),
                _ => break,
            };
            generation = Some(read);
            parts.pop();
        }
        let last = parts.len().saturating_sub(1);
        let hyphen = surface.contains(['-', '\u{2010}', '\u{2011}', '\'', '’']);
        let words = parts
            .iter()
            .enumerate()
            .filter(|&(at, &part)| {
                let article = ARTICLES.contains(&part)
                    && (matches!(part, "al" | "el") || hyphen)
                    && (at > 0 || hyphen || part == "al");
                at == last || !article
            })
            .map(|(_, part)| (*part).to_owned())
            .collect();
        Self { surface, words, generation }
    }

    /// The last word.
    pub(super) fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The first word.
    pub(super) fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// Whether the form is one name alone (with its particles), which may be short for a longer one.
    pub(super) fn is_single(&self) -> bool {
        self.words.len() < 2 || self.words[..self.words.len() - 1].iter().all(|word| is_particle(word))
    }

    /// How well one name alone stands for this one: 3 as its last name, 2 as a name in the middle, 1 as its first
    /// name, 0 not at all.
    pub(super) fn rank(&self, word: &str) -> u8 {
        let Some(at) = self.words.iter().rposition(|own| own == word) else { return 0 };
        if at + 1 == self.words.len() {
            3
        } else if at > 0 {
            2
        } else if FAMILY_FIRST.contains(&word) {
            3
        } else {
            1
        }
    }

    /// Whether the words of `other` end this name.
    pub(super) fn ends_with(&self, other: &Self) -> bool {
        self.words.ends_with(&other.words)
    }

    /// Whether all letters are capitals: the name stands in a headline.
    pub(super) fn shouts(&self) -> bool {
        self.surface.chars().count() > 3 && !self.surface.chars().any(char::is_lowercase)
    }
}

/// The name without marks at its ends and without a possessive.
fn bare(words: &str) -> &str {
    let words = words.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | ',' | ';' | ':' | '(' | ')' | '‘')
    });
    for end in ["'s", "’s", "'", "’"] {
        if let Some(name) = words.strip_suffix(end).filter(|name| !name.is_empty()) {
            return name;
        }
    }
    words
}

/// Whether `word` is a particle.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

//! Invented articles over a small vocabulary: stories, what wires do to them, and what only looks like a copy.

/// Numbers from a seed; the same everywhere (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }
}

const SYLLABLES: [&str; 12] = ["ba", "le", "mi", "ro", "tu", "ka", "so", "ven", "dor", "pil", "gra", "nes"];
const PLAIN_WORDS: u64 = 200;
const NAMES: u64 = 60;

fn word(number: u64) -> String {
    let syllable = |at: u64| SYLLABLES[(at % 12) as usize];
    format!("{}{}{}", syllable(number), syllable(number / 12), syllable(number * 7 + 5))
}

fn plain(dice: &mut Dice) -> String {
    word(dice.roll(PLAIN_WORDS))
}

/// A number or a name.
fn specific(dice: &mut Dice) -> String {
    if dice.roll(2) == 0 {
        return (10 + dice.roll(990)).to_string();
    }
    let name = word(1000 + dice.roll(NAMES));
    name[..1].to_uppercase() + &name[1..]
}

fn is_specific(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
}

/// One article's words, sentence marks with the word before.
pub type Words = Vec<String>;

/// A text of its own: every sixth word, about, is specific.
pub fn story(seed: u64, length: usize) -> Words {
    let mut dice = Dice(seed);
    let mut words: Words =
        (0..length).map(|_| if dice.roll(6) == 0 { specific(&mut dice) } else { plain(&mut dice) }).collect();
    punctuate(&mut words);
    words
}

fn punctuate(words: &mut Words) {
    for word in words.iter_mut().skip(10).step_by(11) {
        word.push('.');
    }
}

/// What a bulletin says: one form's phrases, with its own facts in them.
pub fn bulletin(form: u64, seed: u64) -> Words {
    let (mut phrases, mut facts) = (Dice(90_000 + form), Dice(seed));
    let mut words: Words =
        (0..80).map(|at| if at % 9 == 4 { specific(&mut facts) } else { plain(&mut phrases) }).collect();
    punctuate(&mut words);
    words
}

/// A short report above a publisher's long footer.
pub fn with_footer(publisher: u64, seed: u64) -> Words {
    [story(seed, 40), story(80_000 + publisher, 60)].concat()
}

/// What is done to a text on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Other spacing: the same words.
    Same,
    /// Some words replaced.
    Touched,
    /// Many words misread.
    Misread,
    /// The beginning alone.
    Brief,
    /// In a long text.
    Embedded,
    /// Other facts, and a sentence about them.
    Updated,
    /// With a second story.
    Roundup,
}

/// The words after an edit. `other`: the second story of a roundup.
pub fn edited(words: &Words, edit: Edit, seed: u64, other: &Words) -> Words {
    let mut dice = Dice(seed);
    match edit {
        Edit::Same => words.clone(),
        Edit::Touched => replaced(words, &mut dice, |_, dice| dice.roll(30) == 0),
        Edit::Misread => replaced(words, &mut dice, |_, dice| dice.roll(9) == 0),
        Edit::Brief => words[..words.len().min(48)].to_vec(),
        Edit::Embedded => {
            [story(seed, words.len() / 2), words.clone(), story(seed + 1, words.len())].concat()
        }
        Edit::Updated => {
            let rest = replaced(words, &mut dice, |word, dice| is_specific(word) && dice.roll(3) == 0);
            [story(seed, 12), rest].concat()
        }
        Edit::Roundup => [words.clone(), other.clone()].concat(),
    }
}

fn replaced(words: &Words, dice: &mut Dice, which: impl Fn(&str, &mut Dice) -> bool) -> Words {
    let one = |word: &String| match which(word, dice) {
        true if is_specific(word) => specific(dice),
        true => plain(dice),
        false => word.clone(),
    };
    words.iter().map(one).collect()
}

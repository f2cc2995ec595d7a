//! Words that end in a full stop without ending a sentence, and words that start sentences.
//!
//! The lists are our own, of what English-language news writes; some German, French and Spanish titles with them.

use std::sync::LazyLock;

use super::words::WordTable;

/// What an abbreviation says about the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Abbreviation {
    /// A title before a name ("Gen."): never ends a sentence.
    Title,
    /// Stands before a number ("No. 5"); before anything else it is a common word.
    Numbered,
    /// A clock ("a.m."): ends a sentence unless a day or a time zone follows.
    Clock,
    /// Ends a sentence only before a word that typically starts one ("Inc. The").
    #[default]
    Usual,
    /// Never before the end of a sentence ("e.g.").
    Inner,
}

const TITLES: &str = "mr mrs ms mx dr drs prof profs gen gens col cols lt lts sgt capt maj gov govs sen sens rep \
    reps rev hon messrs mme mlle pres supt cmdr comdr adm brig cpl pvt pfc det insp amb atty sra srta dipl \
    fr br lieut sec-gen v.adm r.adm";

const NUMBERED: &str = "no nos nr art fig figs vol vols pp p ch sec para est";

const USUAL: &str = "inc corp co cos ltd bros plc llc jr sr st ste mt ft ave blvd rd dept univ assn assoc intl natl \
    govt approx etc al jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri \
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa \
    penn tenn tex va vt wash wis wyo ont que alta sask bldg cent esq hosp hwy pkwy mfg tel ext nee ca bzw usw \
    ggf evtl ca mio mrd ph.d dist op cit ibid";

/// Abbreviations that are also written with a small first letter; all others must have a capital, so that "no.",
/// "miss." and "gen." at the end of a sentence stay words.
const SMALL: &str = "etc al est approx bzw usw ggf evtl mio mrd pp p fig vol nos ext tel op cit";

const INNER: &str = "vs v cf e.g i.e viz resp z.b d.h u.a";

const STARTERS: &str = "the a an he she it they we i you his her its their our my your this that these those there \
    here but and or so yet for in on at by to from with after before when while if as since because although \
    though however meanwhile also then now what who why where how not some many most several another each every \
    both more only still even once until among during over about according despite instead earlier later last \
    today yesterday such other others nobody nothing none critics however moreover nevertheless asked speaking";

const AFTER_CLOCK: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat \
    sun january february march april may june july august september october november december jan feb mar apr jun \
    jul aug sept sep oct nov dec est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest ist eastern \
    central pacific mountain local greenwich";

const AFTER_ORDINAL: &str = "januar februar märz april mai juni juli august september oktober november dezember \
    jahrhundert januari februari";

fn table<V: Copy + Default>(lists: &[(&'static str, V)]) -> WordTable<V> {
    WordTable::new(
        lists.iter().flat_map(|&(list, value)| list.split_whitespace().map(move |word| (word, value))),
        |first, _| first,
    )
}

/// What the word before a full stop abbreviates, if it is a known abbreviation. The word comes without its last
/// full stop.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    static KINDS: LazyLock<WordTable<Abbreviation>> = LazyLock::new(|| {
        table(&[
            (TITLES, Abbreviation::Title),
            (NUMBERED, Abbreviation::Numbered),
            (USUAL, Abbreviation::Usual),
            (INNER, Abbreviation::Inner),
            ("a.m p.m", Abbreviation::Clock),
        ])
    });
    static SMALLS: LazyLock<WordTable<()>> = LazyLock::new(|| table(&[(SMALL, ())]));
    let kind = KINDS.get(word.as_bytes())?;
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    let may_be_small = matches!(kind, Abbreviation::Inner | Abbreviation::Clock);
    (capital || may_be_small || SMALLS.get(word.as_bytes()).is_some()).then_some(kind)
}

/// Whether a sentence typically starts with this word ("The", "He", "But"). Two capitals ("IT", "IN") are more
/// often an abbreviation or a state than such a word.
pub(super) fn is_starter(word: &str) -> bool {
    static STARTER: LazyLock<WordTable<()>> = LazyLock::new(|| table(&[(STARTERS, ())]));
    let two_capitals = word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    !two_capitals && STARTER.get(word.as_bytes()).is_some()
}

/// Whether the word goes on with a time of day: a weekday, a month or a time zone.
pub(super) fn follows_clock(word: &str) -> bool {
    static WORDS: LazyLock<WordTable<()>> = LazyLock::new(|| table(&[(AFTER_CLOCK, ())]));
    WORDS.get(word.as_bytes()).is_some()
}

/// Whether the word goes on after an ordinal number, which German and its neighbours write with a full stop
/// ("20. Juli").
pub(super) fn follows_ordinal(word: &str) -> bool {
    static WORDS: LazyLock<WordTable<()>> = LazyLock::new(|| table(&[(AFTER_ORDINAL, ())]));
    WORDS.get(word.as_bytes()).is_some()
}

/// Whether the word is written with inner full stops, in parts of one or two letters: "U.S", "a.m", "Ph.D". As
/// above, its last full stop is not part of it.
pub(super) fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_short_letters)
}

fn is_short_letters(part: &str) -> bool {
    let mut letters = 0;
    part.chars().all(|c| {
        letters += 1;
        letters <= 2 && c.is_alphabetic()
    }) && letters > 0
}

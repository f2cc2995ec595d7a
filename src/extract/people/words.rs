//! What single words say about people: offices, their modifiers, forms of address, kin, and the function words that
//! end a title.
//!
//! Offices and modifiers are lists of our own in `data/people`; the short closed classes stand here.

use std::sync::LazyLock;

use crate::text::words::WordTable;

/// What a word may be, as a set of bits: many words are several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class(u32);

impl Class {
    /// The head noun of a title: minister.
    pub(super) const OFFICE: Self = Self(1);
    /// An office in the plural: ministers.
    pub(super) const PLURAL: Self = Self(1 << 1);
    /// An office that is often another word.
    pub(super) const WEAK: Self = Self(1 << 2);
    /// What it says holds only when it is written large.
    pub(super) const LARGE: Self = Self(1 << 3);
    /// Says that the person is a woman.
    pub(super) const FEMALE: Self = Self(1 << 4);
    /// Says that the person is a man.
    pub(super) const MALE: Self = Self(1 << 5);
    /// An office that goes with a place: mayor.
    pub(super) const OF_PLACE: Self = Self(1 << 6);
    /// An envoy.
    pub(super) const ENVOY: Self = Self(1 << 7);
    /// An office that says little without its "of ...": head.
    pub(super) const BARE: Self = Self(1 << 8);
    /// Belongs to the title before the head noun: foreign.
    pub(super) const MODIFIER: Self = Self(1 << 9);
    /// A modifier that makes it another office: former, vice.
    pub(super) const CHANGES: Self = Self(1 << 10);
    /// A form of address, no role: Mr, Dr, Sir.
    pub(super) const ADDRESS: Self = Self(1 << 11);
    /// An article, a possessive pronoun, a number word before a noun.
    pub(super) const DETERMINER: Self = Self(1 << 12);
    /// Another function word: ends a phrase.
    pub(super) const FUNCTION: Self = Self(1 << 13);
    /// A finite verb: what stood before it was its subject.
    pub(super) const VERB: Self = Self(1 << 14);
    /// A verb of speech, finite.
    pub(super) const SPEECH: Self = Self(1 << 15);
    /// Kin or another person without a name: wife, woman.
    pub(super) const KIN: Self = Self(1 << 16);
    /// A body that a nationality stands before: military, government.
    pub(super) const BODY: Self = Self(1 << 17);
    /// Praise: no part of a title.
    pub(super) const PRAISE: Self = Self(1 << 18);

    /// Whether the word is at least one of `other`.
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without `other`.
    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

const OFFICES: &str = include_str!("../../../data/people/offices.txt");
const MODIFIERS: &str = include_str!("../../../data/people/modifiers.txt");

const DETERMINERS: &str = "the a an his her its their our my your this that one another every each";

const FUNCTION: &str = "and or but nor of in on at by to from with for as after before when while if since because \
    although though however meanwhile also who whom whose which what where why how not no some many most several \
    both either neither more less few much such only just even still once until till among amid during about \
    despite instead earlier later last next today yesterday tomorrow now here there i he she it we they him them \
    us me than against into over under between through within without out up down off then yet so per via like \
    unlike including following monday tuesday wednesday thursday friday saturday sunday january february march \
    april may june july august september october november december all any other others says because asked \
    according two three four five six seven eight nine ten fellow whether would could should will can shall might \
    must never ever always often already again meanwhile thus hence perhaps";

const VERBS: &str = "is was are were be been being am has had have having does did do said says say told tells tell \
    added adds warned warns announced announces insisted insists claimed claims argued argues stated states noted \
    notes explained explains declared declares confirmed confirms denied denies admitted admits replied replies \
    wrote writes asked asks urged urges vowed vows promised pledged suggested suggests revealed believes believed \
    thinks thought knows knew wants wanted called calls made makes took takes gave gives went goes came comes got \
    gets left leaves led leads won wins lost loses met meets held holds became becomes began begins saw sees found \
    finds hit hits put puts set sets ran runs stood stands spoke speaks kept keeps paid pays sent sends arrived \
    arrives died dies resigned resigns remains remained visited visits attended attends expressed joined joins \
    would could should will can may might must tweeted remarked commented testified reported reports accused \
    accuses condemned condemns criticized criticised welcomed welcomes refused refuses signed signs voted votes \
    plans planned agreed agrees decided decides returned returns received receives played plays scored scores \
    beat beats fell falls broke breaks brought brings bought buys built builds chose chooses drew draws drove \
    fled flew flies fought grew hopes hoped needs needed seeks sought shot sold sells spent taught threw threatened \
    threatens understood wore backed backs faces faced appeared appears seemed seems showed shows tried tries used \
    ordered orders opened opens offered offers rejected rejects responded responds served serves started starts \
    stepped steps stopped stops succeeded supported supports thanked thanks turned turns walked worked works";

const SPEECH: &str = "said says say told tells added adds warned warns announced announces insisted insists claimed \
    claims argued argues stated states noted notes explained explains declared declares confirmed confirms denied \
    denies admitted admits replied replies wrote writes vowed vows promised pledged suggested suggests revealed \
    believes believed thinks thought hopes hoped tweeted remarked commented testified reported reports";

const KIN_FEMALE: &str = "wife mother daughter sister widow aunt niece grandmother granddaughter girlfriend mum mom \
    bride stepmother stepdaughter mother-in-law ex-wife woman girl lady grandma fiancée half-sister";
const KIN_MALE: &str = "husband father son brother uncle nephew grandfather grandson boyfriend dad widower groom \
    stepfather stepson father-in-law ex-husband man boy gentleman grandpa fiancé half-brother";
const KIN_OTHER: &str = "victim suspect child cousin friend partner colleague patient witness resident";

const BODIES: &str = "military army navy police government administration parliament ministry embassy party team \
    side club federation union association committee council agency department authority authorities office \
    bureau court force forces commission delegation mission senate congress assembly cabinet company bank \
    university newspaper magazine broadcaster institute group movement organisation organization foundation \
    society squad militia opposition church hospital museum centre center service station airline \
    intelligence presidency secretariat coalition alliance network firm";

const PRAISE: &str = "prominent leading well-known famous popular renowned noted respected influential outspoken \
    controversial longtime long-time celebrated acclaimed award-winning powerful wealthy young old \
    beloved legendary successful experienced distinguished eminent notorious hardline embattled charismatic \
    fiery key local hard-line moderate great good best greatest longest-serving current present new same newly elected appointed";

/// Forms of address, with what they say.
const ADDRESSES: &[(&str, Class)] = &[
    ("mr", Class::MALE),
    ("mr.", Class::MALE),
    ("messrs", Class::MALE),
    ("sir", Class::MALE),
    ("lord", Class::MALE),
    ("señor", Class::MALE),
    ("herr", Class::MALE),
    ("monsieur", Class::MALE),
    ("mrs", Class::FEMALE),
    ("mrs.", Class::FEMALE),
    ("ms", Class::FEMALE),
    ("ms.", Class::FEMALE),
    ("miss", Class::FEMALE),
    ("mme", Class::FEMALE),
    ("mme.", Class::FEMALE),
    ("madame", Class::FEMALE),
    ("lady", Class::FEMALE),
    ("dame", Class::FEMALE),
    ("baroness", Class::FEMALE),
    ("señora", Class::FEMALE),
    ("frau", Class::FEMALE),
    ("baron", Class::MALE),
    ("dr", Class(0)),
    ("dr.", Class(0)),
    ("drs", Class(0)),
    ("mx", Class(0)),
    ("hon.", Class(0)),
    ("st.", Class(0)),
    ("saint", Class(0)),
];

static TABLE: LazyLock<WordTable<Class>> = LazyLock::new(|| {
    let mut words: Vec<(String, Class)> = Vec::new();
    for (word, flags) in lines(OFFICES) {
        let class = Class::OFFICE.and(flags);
        words.push((plural(word), class.without(Class::LARGE).and(Class::PLURAL)));
        words.push((word.to_owned(), class));
    }
    words.extend(lines(MODIFIERS).map(|(word, flags)| (word.to_owned(), Class::MODIFIER.and(flags))));
    let lists = [
        (DETERMINERS, Class::DETERMINER),
        (FUNCTION, Class::FUNCTION),
        (VERBS, Class::VERB),
        (SPEECH, Class::SPEECH),
        (KIN_FEMALE, Class::KIN.and(Class::FEMALE)),
        (KIN_MALE, Class::KIN.and(Class::MALE)),
        (KIN_OTHER, Class::KIN),
        (BODIES, Class::BODY),
        (PRAISE, Class::PRAISE),
    ];
    for (list, class) in lists {
        words.extend(list.split_whitespace().map(|word| (word.to_owned(), class)));
    }
    words.extend(ADDRESSES.iter().map(|&(word, class)| (word.to_owned(), class.and(Class::ADDRESS))));
    WordTable::new(words.iter().map(|(word, class)| (word.as_str(), *class)), Class::and)
});

/// The words of a list with the bits that their letters stand for.
fn lines(list: &'static str) -> impl Iterator<Item = (&'static str, Class)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (word, letters) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let bits = letters.chars().map(|letter| match letter {
            'w' => Class::WEAK,
            'c' => Class::LARGE,
            'f' => Class::FEMALE,
            'm' => Class::MALE,
            'p' => Class::OF_PLACE,
            'e' => Class::ENVOY,
            'a' => Class::BARE,
            't' => Class::CHANGES,
            _ => Class::default(),
        });
        (!word.is_empty()).then(|| (word, bits.fold(Class::default(), Class::and)))
    })
}

/// The plural of an office.
fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("man") {
        format!("{stem}men")
    } else if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if word.ends_with(['s', 'x']) || word.ends_with("ch") || word.ends_with("sh") {
        format!("{word}es")
    } else {
        format!("{}s", word.trim_end_matches('.'))
    }
}

/// The singular of an office in the plural, written as the plural is.
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("men") {
        format!("{stem}man")
    } else if let Some(stem) = word.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = word.strip_suffix("es").filter(|s| s.ends_with("ch") || s.ends_with("ss")) {
        stem.to_owned()
    } else {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }
}

/// What a word of the text may be.
pub(super) fn class(word: &str) -> Class {
    let found = look_up(word);
    if found != Class::default() {
        return found;
    }
    // "ex-president", "vice-captain", "secretary-general", "president-elect".
    if let Some((front, back)) = word.rsplit_once('-') {
        let (first, last) = (look_up(front), look_up(back));
        let passed = front.eq_ignore_ascii_case("then") || front.eq_ignore_ascii_case("ex");
        let first = if passed { Class::MODIFIER.and(Class::CHANGES) } else { first };
        if last.is(Class::OFFICE) && (first.is(Class::MODIFIER) || front.eq_ignore_ascii_case("co")) {
            return last.and(first.without(Class::OFFICE).without(Class::MODIFIER));
        }
        // "Ex-Prime Minister".
        if passed && last.is(Class::MODIFIER) {
            return last.and(first);
        }
        if first.is(Class::OFFICE)
            && ["general", "elect", "designate", "chief"].iter().any(|end| back.eq_ignore_ascii_case(end))
        {
            return first.without(Class::WEAK);
        }
    }
    Class::default()
}

fn look_up(word: &str) -> Class {
    let class = TABLE.get(word.as_bytes()).unwrap_or_default();
    if class.is(Class::LARGE) && !word.starts_with(|c: char| c.is_uppercase()) {
        // What else the word is stays: "major" before an office.
        return class.without(
            Class::OFFICE
                .and(Class::LARGE)
                .and(Class::FEMALE)
                .and(Class::MALE)
                .and(if class.is(Class::OFFICE) { Class::default() } else { Class::MODIFIER }),
        );
    }
    class
}

//! Invented wire stories, what desks make of them, and bulletins of one form. The same seed gives the same text.

use crate::support::ToSend;

const NOUNS: [&str; 60] = [
    "harbour",
    "ledger",
    "quarry",
    "signal",
    "barge",
    "orchard",
    "turbine",
    "council",
    "archive",
    "lantern",
    "viaduct",
    "granary",
    "ferry",
    "chapel",
    "furnace",
    "meadow",
    "tribunal",
    "aquifer",
    "foundry",
    "jetty",
    "caravan",
    "reservoir",
    "cannery",
    "observatory",
    "tannery",
    "causeway",
    "pavilion",
    "kiln",
    "weir",
    "tollhouse",
    "almshouse",
    "brewery",
    "culvert",
    "derrick",
    "embankment",
    "forge",
    "glasshouse",
    "hangar",
    "inlet",
    "junction",
    "keep",
    "lighthouse",
    "mill",
    "nursery",
    "outpost",
    "pier",
    "quay",
    "refinery",
    "sawmill",
    "tramway",
    "uplands",
    "vineyard",
    "wharf",
    "yard",
    "zeppelin",
    "bursary",
    "cistern",
    "dockyard",
    "estuary",
    "fairground",
];
const VERBS: [&str; 40] = [
    "repaired",
    "surveyed",
    "sold",
    "flooded",
    "reopened",
    "financed",
    "condemned",
    "restored",
    "leased",
    "searched",
    "painted",
    "dismantled",
    "insured",
    "mapped",
    "guarded",
    "emptied",
    "widened",
    "photographed",
    "auctioned",
    "inspected",
    "drained",
    "fenced",
    "heated",
    "moved",
    "renamed",
    "sealed",
    "taxed",
    "towed",
    "visited",
    "weighed",
    "measured",
    "abandoned",
    "bought",
    "cleared",
    "defended",
    "extended",
    "filmed",
    "graded",
    "hired",
    "listed",
];
const ADJECTIVES: [&str; 40] = [
    "rusting",
    "northern",
    "narrow",
    "disputed",
    "wooden",
    "ancient",
    "crowded",
    "silent",
    "flooded",
    "profitable",
    "steep",
    "windy",
    "unlit",
    "public",
    "private",
    "costly",
    "hidden",
    "broken",
    "vaulted",
    "brick",
    "coastal",
    "distant",
    "empty",
    "famous",
    "gated",
    "humid",
    "idle",
    "joint",
    "leaky",
    "modern",
    "noisy",
    "open",
    "painted",
    "quiet",
    "remote",
    "shallow",
    "tidal",
    "urban",
    "vacant",
    "western",
];
const SYLLABLES: [&str; 24] = [
    "bar", "cor", "del", "fen", "gal", "hol", "jar", "kel", "lor", "mor", "nes", "ost", "pel", "quin", "ros",
    "sel", "tor", "ul", "ver", "wyn", "yar", "zan", "bri", "cal",
];

/// Numbers that look random and are the same each time (splitmix64; Steele, Lea and Flood, 2014).
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn name(&mut self) -> String {
        let name: String = (0..2 + self.below(2)).map(|_| self.pick(&SYLLABLES)).collect();
        name[..1].to_uppercase() + &name[1..]
    }

    /// Puts the items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// What a desk makes of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Nothing.
    None,
    /// Its lead alone.
    Brief,
    /// Another headline, and a line of its own above the text.
    Headline,
    /// Other numbers in two places.
    Numbers,
    /// Two words with a slip.
    Typos,
    /// All of it, between sentences about something else.
    Embedded,
}

impl Edit {
    /// All but none.
    pub const ALL: [Edit; 5] = [Edit::Brief, Edit::Headline, Edit::Numbers, Edit::Typos, Edit::Embedded];
}

/// A story: fourteen sentences with names and numbers.
pub struct Story {
    title: String,
    sentences: Vec<String>,
}

impl Story {
    /// The story with this number.
    pub fn new(number: u64) -> Story {
        let mut random = Random(number.wrapping_mul(0xd134_2543_de82_ef95) + 7);
        let title = format!("{} {} of {}", random.name(), random.pick(&NOUNS), random.name());
        Story { title, sentences: (0..14).map(|_| sentence(&mut random)).collect() }
    }

    /// The first three sentences.
    pub fn lead(&self) -> String {
        self.sentences[..3].join(" ")
    }

    /// The story as this desk prints it.
    pub fn edited(&self, edit: Edit, seed: u64) -> (String, String) {
        let mut random = Random(seed);
        let mut title = self.title.clone();
        let mut sentences = self.sentences.clone();
        match edit {
            Edit::None => {}
            Edit::Brief => sentences.truncate(5),
            Edit::Headline => {
                title = format!("{} and the {}", random.name(), random.pick(&NOUNS));
                sentences.insert(0, sentence(&mut random));
            }
            Edit::Numbers => {
                for place in [3, 9] {
                    let digits = |c: char| if c.is_ascii_digit() { '7' } else { c };
                    sentences[place] = sentences[place].chars().map(digits).collect();
                }
            }
            Edit::Typos => {
                for place in [2 + random.below(5), 8 + random.below(5)] {
                    let at = sentences[place].rfind(' ').map_or(0, |at| at + 1);
                    sentences[place].insert(at + 1, 'x');
                }
            }
            Edit::Embedded => {
                let more = |random: &mut Random| (0..4).map(|_| sentence(random)).collect::<Vec<_>>();
                let before = more(&mut random);
                sentences.splice(0..0, before);
                sentences.extend(more(&mut random));
            }
        }
        (title, sentences.chunks(4).map(|part| part.join(" ")).collect::<Vec<_>>().join("\n\n"))
    }

    /// The same as a raw record.
    pub fn record(&self, id: &str, edit: Edit, seed: u64) -> ToSend {
        let (title, text) = self.edited(edit, seed);
        record(id, &title, &text)
    }
}

/// A bulletin: one form, other facts.
pub fn bulletin(number: u64) -> ToSend {
    let mut random = Random(number.wrapping_mul(31) + 5);
    let place = random.name();
    let text = format!(
        "Air quality in {place} was measured at {} stations of the regional network on day {number}. The index stood at {} \
         in the morning and at {} in the evening.\n\nValues below the first limit mean that all residents may stay outdoors \
         as long as they like. Values above the second limit mean that sensitive groups should avoid long or heavy exertion \
         outdoors. {} of the stations near {} reported above the limit, the highest being {} with {} units.",
        3 + random.below(40),
        random.below(400),
        random.below(400),
        random.below(30),
        random.name(),
        random.name(),
        random.below(900)
    );
    record(&format!("bulletin-{number}"), &format!("Air quality in {place}"), &text)
}

fn record(id: &str, title: &str, text: &str) -> ToSend {
    ToSend::value(serde_json::json!({ "id": id, "title": title, "text": text }).to_string())
}

fn sentence(random: &mut Random) -> String {
    let (who, place) = (random.name(), random.name());
    let number = 10 + random.below(9000);
    let (adjective, other) = (random.pick(&ADJECTIVES), random.pick(&ADJECTIVES));
    let (noun, second, third) = (random.pick(&NOUNS), random.pick(&NOUNS), random.pick(&NOUNS));
    let (verb, again) = (random.pick(&VERBS), random.pick(&VERBS));
    match random.below(4) {
        0 => format!(
            "{who} {verb} the {adjective} {noun} near {place}, where {number} {second} workers {again} a {other} {third}."
        ),
        1 => format!(
            "In {place} a {adjective} {noun} {verb} by {who} cost {number} crowns more than the {other} {second} {again} before."
        ),
        2 => format!(
            "The {other} {second} of {place} was {verb} after {number} days, and {who} {again} its {adjective} {noun} and {third}."
        ),
        _ => format!(
            "\"We {verb} every {noun}, and {number} of them were {adjective},\" said {who} of the {other} {second} {again} at {place}."
        ),
    }
}

//! Invented articles for the tests of the window's parts.

use std::sync::Arc;

use super::Place;
use crate::article::Position;
use crate::dedup::entry::Entry;
use crate::dedup::sketch::Sketch;

/// A report of about 150 words.
pub const MILL: &str = "LOWER TARN, March 3 - The paper mill at Lower Tarn will close at the end of May with the loss of \
    312 jobs, its owner Harrow Board said on Tuesday, blaming the price of electricity and a fall in orders from \
    newspaper publishers. The mill has made newsprint since 1921 and is the largest employer in the valley. Harrow \
    Board said it had looked for a buyer for 14 months and had talked to two, both of whom withdrew after seeing the \
    accounts. Union officer Dela Marsh called the decision a betrayal of people who had accepted a cut in wages of 6 \
    percent two years ago to keep the machines running. The county's leader, Piers Okonjo, said he would ask the \
    government in Westhaven for help with training, and for a rail link that had been promised since 2009. Shares in \
    Harrow Board rose 4 percent to 218 pence in early trading, their highest since October. The company said that it \
    would keep its two mills in Sorrel Bay and Pendle Cross, which make board for packaging.";

/// Another one, about something else.
pub const FERRY: &str = "PORT ELLAND, March 3 - A ferry with 84 passengers on board ran aground in thick fog off Skerry \
    Head early on Tuesday and was freed by the tide five hours later, the coast guard said. Nobody was hurt. The Maid \
    of Orran had left Port Elland at 6.15 for the crossing to Tolsay when it struck a sandbank that lies 300 metres \
    outside the marked channel. Captain Ruth Aldane told passengers that the radar had failed shortly before, according \
    to a teacher on board, Ewan Pryce, who was taking 22 pupils to a music festival. Lifeboats from Tolsay and Brannoch \
    stood by while engineers checked the hull. The operator, Northern Isles Lines, has suspended the service until \
    divers have examined the propellers, and has chartered a smaller boat from Thursday. An inquiry has been opened by \
    the marine accident branch, whose inspector said that it was the third grounding at Skerry Head since 2015.";

/// A third one.
pub const ORCHARD: &str = "GREENFOLD, March 3 - Growers in the Anning valley expect the smallest apple harvest for 30 years \
    after frost on 9 nights in April killed blossom in most orchards, their association said on Tuesday. Chairwoman \
    Lotte Brandis said that members would pick about 41,000 tonnes this autumn, against 97,000 tonnes last year, and \
    that some farms at the head of the valley would not open their stores at all. Cider maker Old Crofter, which buys a \
    third of the crop, said it would bring in juice from Valmont and raise the price of a bottle by 20 cents. Insurance \
    pays for hail but not for frost, and only 60 of the 430 growers have bought the candles and fans that keep cold air \
    off the trees. The ministry in Westhaven said it was studying a request for loans without interest, as there were \
    after the floods of 1998, and would answer before the end of June.";

/// The first words of a text.
pub fn first_words(text: &str, words: usize) -> String {
    text.split_whitespace().take(words).collect::<Vec<_>>().join(" ")
}

/// A text with every so-manieth word replaced by one that stands nowhere else.
pub fn touched(text: &str, every: usize) -> String {
    let word = |(at, word): (usize, &str)| match (at + 1) % every {
        0 => format!("quill{}ing", ["er", "iv", "on", "ast", "um"][at % 5]),
        _ => word.to_owned(),
    };
    text.split_whitespace().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// So many plain words, always the same ones for a seed, with a name or a number now and then.
pub fn words(seed: u64, count: usize) -> String {
    const SYLLABLES: [&str; 8] = ["ba", "lem", "mi", "ro", "tun", "ka", "sor", "vel"];
    let mut state = seed;
    let mut roll = |sides: u64| {
        state = crate::dedup::hash::mix(state.wrapping_add(0x9e37_79b9));
        state % sides
    };
    let mut word = || {
        let plain: String = (0..3).map(|_| SYLLABLES[roll(8) as usize]).collect();
        match roll(9) {
            0 => roll(5000).to_string(),
            1 => plain[..1].to_uppercase() + &plain[1..],
            _ => plain,
        }
    };
    (0..count).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// The entry of the article with this number.
pub fn entry(number: u64, text: &str) -> Entry {
    Entry {
        position: Position::new("raw", 0, number as i64),
        id: Arc::from(format!("a{number}")),
        event_time: 1_700_000_000_000,
        sketch: Sketch::of(text),
        revision: false,
        terms: None,
    }
}

/// Its place in a log of nothing else.
pub fn place(number: u64) -> Place {
    Place { offset: number, append_time: 0 }
}

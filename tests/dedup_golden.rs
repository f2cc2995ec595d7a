//! Golden: the sketches that lie in logs, and the bytes that they lie there as.
//!
//! What is expected stands in `golden/sketches.json` and comes from a second implementation, in Python, that was written
//! from the documentation; the Rust code never writes it. After a change on purpose (see `ALGORITHM` in src/dedup/sketch):
//!
//!     python3 tests/golden/sketch.py --write

use copydesk::article::Position;
use copydesk::dedup::{
    ALGORITHM, Checkpoint, Cluster, CopyKind, Decision, Entry, Finding, Link, LogRecord, NAMES, Reference,
    SHINGLES, Sample, Share, Sketch, decode_record, encode, encode_checkpoint,
};
use copydesk::text::normal;
use serde_json::Value;

#[test]
fn the_stored_values_are_of_this_algorithm() {
    assert_eq!(golden()["algorithm"], ALGORITHM);
}

#[test]
fn words_are_the_golden_ones() {
    for golden in list(&golden()["entries"]).iter().filter(|golden| golden["words"].is_array()) {
        let words = normal::words(&text(golden));
        assert_eq!(serde_json::json!(words), golden["words"], "{}", golden["name"]);
    }
}

#[test]
fn sketches_are_the_golden_ones() {
    let golden = golden();
    let entries = list(&golden["entries"]);
    assert!(entries.len() >= 20, "{} texts", entries.len());
    for golden in entries {
        assert_eq!(shown(&Sketch::of(&text(golden))), golden["sketch"], "{}", golden["name"]);
    }
}

#[test]
fn entries_are_the_golden_bytes() {
    for golden in list(&golden()["entries"]) {
        let name = &golden["name"];
        let entry = Entry {
            position: Position::new(
                string(&golden["topic"]),
                number(&golden["partition"]),
                number(&golden["offset"]),
            ),
            id: string(&golden["id"]).into(),
            event_time: number(&golden["eventTime"]),
            sketch: Sketch::of(&text(golden)),
            revision: golden["revision"].as_bool().unwrap(),
            terms: None,
        };
        let bytes = encode(&entry);
        assert_eq!(hex(&bytes), string(&golden["record"]), "{name}");
        assert_eq!(decode_record(&bytes), Ok(LogRecord::Entry(Box::new(entry))), "{name}");
    }
}

#[test]
fn checkpoints_are_the_golden_bytes() {
    for golden in list(&golden()["checkpoints"]) {
        let name = &golden["name"];
        let decisions =
            list(&golden["decisions"]).iter().map(|golden| (number(&golden["offset"]), decision(golden)));
        let checkpoint =
            Checkpoint::new(number(&golden["first"]), number(&golden["end"]), decisions.collect()).unwrap();
        let bytes = encode_checkpoint(&checkpoint);
        assert_eq!(hex(&bytes), string(&golden["record"]), "{name}");
        assert_eq!(decode_record(&bytes), Ok(LogRecord::Checkpoint(checkpoint)), "{name}");
    }
}

/// The golden texts reach what they are there for: samples that were thinned, full ones, and every part and flag.
#[test]
fn the_golden_texts_reach_every_part_of_a_sketch() {
    let sketches: Vec<Sketch> =
        list(&golden()["entries"]).iter().map(|golden| Sketch::of(&text(golden))).collect();
    let any = |law: &dyn Fn(&Sketch) -> bool| sketches.iter().any(law);
    assert!(any(&|sketch| sketch.shingles.level() > 3 && sketch.shingles.members().len() > SHINGLES / 2));
    assert!(any(&|sketch| sketch.names.level() > 1 && sketch.names.members().len() > NAMES / 2));
    assert!(any(&|sketch| sketch.places.len() > 4));
    assert!(any(&|sketch| sketch.cased) && any(&|sketch| !sketch.cased));
    assert!(any(&|sketch| sketch.names.members().iter().any(|member| !member.flag())));
    assert!(any(&|sketch| (0..8).all(|part| sketch
        .shingles
        .members()
        .iter()
        .any(|member| member.part() == part))));
}

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/sketches.json")).unwrap()
}

/// The text of an entry; the long one is made here and in golden/texts.py by the same formula.
fn text(golden: &Value) -> String {
    golden["text"].as_str().map_or_else(by_formula, String::from)
}

fn by_formula() -> String {
    const SYLLABLES: [&str; 8] = ["ka", "to", "mir", "sel", "and", "vo", "ren", "ul"];
    let mut text = String::new();
    let mut state = 1u64;
    for number in 0..3000 {
        state = (state * 1_103_515_245 + 12_345) % (1 << 31);
        let mut word = match number % 17 {
            5 => (state % 10_000).to_string(),
            _ => [8, 13, 18].map(|shift| SYLLABLES[(state >> shift & 7) as usize]).concat(),
        };
        if number % 11 == 3 {
            word[..1].make_ascii_uppercase();
        }
        text += &word;
        text += match number {
            _ if number % 97 == 96 => ".\n",
            _ if number % 13 == 12 => ". ",
            _ => " ",
        };
    }
    text
}

/// A sketch as golden/sketch.py shows it.
fn shown(sketch: &Sketch) -> Value {
    let Sketch { content, size, cased, shingles, names, places } = sketch;
    let places: Vec<String> = places.iter().map(|key| format!("{key:08x}")).collect();
    serde_json::json!({
        "content": content.to_string(), "size": size, "cased": cased,
        "shingles": shown_sample(shingles, 8), "names": shown_sample(names, 6), "places": places.join(" "),
    })
}

fn shown_sample(sample: &Sample, digits: usize) -> Value {
    let members = sample.members().iter().map(|member| {
        let flag = if member.flag() { '*' } else { '-' };
        format!("{:0digits$x}{flag}{}", member.hash(), member.part())
    });
    serde_json::json!({ "level": sample.level(), "members": members.collect::<Vec<_>>().join(" ") })
}

fn decision(golden: &Value) -> Decision {
    let finding = match string(&golden["finding"]) {
        "original" => Finding::Original,
        "template" => Finding::Template,
        "exact" => link(CopyKind::Exact, golden),
        "near" => link(CopyKind::Near, golden),
        "contained" => link(CopyKind::Contained, golden),
        "contains" => link(CopyKind::Contains, golden),
        "updated" => link(CopyKind::Updated, golden),
        other => panic!("finding {other}"),
    };
    Decision { finding, shared: list(&golden["shared"]).iter().map(number).collect(), story: None }
}

fn link(kind: CopyKind, golden: &Value) -> Finding {
    let cluster = match string(&golden["cluster"]) {
        "own" => Cluster::Own,
        "of" => Cluster::Of,
        "other" => Cluster::Other(reference(&golden["first"])),
        other => panic!("cluster {other}"),
    };
    let share = |name: &str| Share::from_thousandths(number(&golden[name])).unwrap();
    Finding::Copy(Box::new(Link {
        kind,
        of: reference(&golden["of"]),
        cluster,
        covers: share("covers"),
        covered: share("covered"),
        novel_numbers: number(&golden["novelNumbers"]),
    }))
}

fn reference(golden: &Value) -> Reference {
    Reference { offset: number(&golden["offset"]), id: string(&golden["id"]).into() }
}

fn list(golden: &Value) -> &[Value] {
    golden.as_array().unwrap_or_else(|| panic!("no list: {golden}"))
}

fn string(golden: &Value) -> &str {
    golden.as_str().unwrap_or_else(|| panic!("no string: {golden}"))
}

/// A number of the type that is asked for, none of it lost.
fn number<N: std::str::FromStr>(golden: &Value) -> N {
    golden.to_string().parse().unwrap_or_else(|_| panic!("no such number: {golden}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

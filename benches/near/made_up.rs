//! Made-up entries: ten million real articles are not here.
//!
//! Sizes follow those of news (log-normal, median 250 shingles); three shingles of each come from a few thousand common
//! ones; a fifth of the articles are copies that keep 35 to 100 % of the shingles of one of the last 200,000. Ids are UUIDs.

use std::sync::Arc;

use copydesk::article::Position;
use copydesk::dedup::{ContentHash, Entry, Member, NAME_BITS, NAMES, SHINGLE_BITS, SHINGLES, Sample, Sketch};

/// Copies are of one of so many articles before.
const REACH: u64 = 200_000;
/// An article, and of which one it is a copy. The window's articles spread over 72 hours.
pub fn entry(number: u64, window: u64) -> (Entry, Option<u64>) {
    let base = base(number);
    let mut sketch = original(base.unwrap_or(number));
    if base.is_some() {
        edit(&mut sketch, number);
    }
    sketch.content = ContentHash(u128::from(mix(number)) << 64 | u128::from(mix(!number)));
    let entry = Entry {
        position: Position::new("raw", 0, number as i64),
        id: id(number),
        event_time: (number as f64 * 72.0 * 3_600_000.0 / window as f64) as i64,
        sketch,
        revision: false,
        terms: None,
    };
    (entry, base)
}

fn base(number: u64) -> Option<u64> {
    let mut dice = Dice(mix(number));
    if number < 1000 || dice.unit() >= 0.2 {
        return None;
    }
    let mut base = number - 1 - dice.next() % REACH.min(number - 1).max(1);
    while base >= 1000 && Dice(mix(base)).unit() < 0.2 {
        base -= 1;
    }
    Some(base)
}

fn original(number: u64) -> Sketch {
    let mut dice = Dice(mix(number ^ 0x5eed));
    let normal = (0..12).map(|_| dice.unit()).sum::<f64>() - 6.0;
    let size = (5.5 + 0.7 * normal).exp().clamp(30.0, 4000.0);
    let mut shingles = members(&mut dice, size, SHINGLES, SHINGLE_BITS);
    let level = shingles.1;
    let bound = 1u64 << (SHINGLE_BITS - u32::from(level));
    for _ in 0..3 {
        let common = mix((dice.unit().powi(3) * 5000.0) as u64) % bound;
        shingles.0.push(Member::new(common as u32, false));
    }
    let names = members(&mut dice, (size * 0.1).max(3.0), NAMES, NAME_BITS);
    let shingles = sample(SHINGLE_BITS, shingles, SHINGLES);
    let places = shingles.members().iter().skip(4).step_by(4).take(6).map(|member| member.hash()).collect();
    Sketch {
        content: ContentHash(0),
        size: size as u32,
        cased: true,
        shingles,
        names: sample(NAME_BITS, names, NAMES),
        places,
    }
}

/// Keeps some of the shingles and of the names, and puts others in place of the rest.
fn edit(sketch: &mut Sketch, number: u64) {
    let mut dice = Dice(mix(number ^ 0xed17));
    let keep = 0.35 + 0.65 * dice.unit();
    let mut edited = |old: &Sample, width: u32, keep: f64, most: usize| {
        let bound = 1u64 << (width - u32::from(old.level()));
        let members = old.members().iter().map(|member| match dice.unit() < keep {
            true => *member,
            false => Member::new((dice.next() % bound) as u32, member.flag()).in_part(member.part()),
        });
        sample(width, (members.collect(), old.level()), most)
    };
    sketch.shingles = edited(&sketch.shingles, SHINGLE_BITS, keep, SHINGLES);
    sketch.names = edited(&sketch.names, NAME_BITS, 0.5 + keep / 2.0, NAMES);
}

/// Members of a set of this size, at the level where at most `most` of it are left.
fn members(dice: &mut Dice, size: f64, most: usize, width: u32) -> (Vec<Member>, u8) {
    let mut level = 0u8;
    while size / f64::from(1u32 << level) > most as f64 {
        level += 1;
    }
    let bound = 1u64 << (width - u32::from(level));
    let count = (size / f64::from(1u32 << level)) as u64;
    let member = |at: u64, dice: &mut Dice| {
        Member::new((dice.next() % bound) as u32, dice.unit() < 0.3).in_part((at * 8 / count.max(1)) as u8)
    };
    ((0..count).map(|at| member(at, dice)).collect(), level)
}

fn sample(width: u32, (mut members, level): (Vec<Member>, u8), most: usize) -> Sample {
    members.sort_unstable();
    members.dedup_by_key(|member| member.hash());
    members.truncate(most);
    Sample::from_parts(width, level, members).unwrap_or_default()
}

/// A UUID.
pub fn id(number: u64) -> Arc<str> {
    let digits = format!("{:016x}{:016x}", mix(number), number);
    let groups = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    groups.join("-").into()
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

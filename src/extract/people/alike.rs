//! Whether two full names can be one person's.

use super::form::{Form, is_particle};

/// Short forms of given names that share no beginning, or too little of one.
const SHORT: &[(&str, &str)] = &[
    ("bill", "william"),
    ("billy", "william"),
    ("bob", "robert"),
    ("bobby", "robert"),
    ("jim", "james"),
    ("jimmy", "james"),
    ("mike", "michael"),
    ("mick", "michael"),
    ("dick", "richard"),
    ("rick", "richard"),
    ("ted", "edward"),
    ("ted", "theodore"),
    ("tony", "anthony"),
    ("jack", "john"),
    ("joe", "joseph"),
    ("larry", "lawrence"),
    ("jerry", "gerald"),
    ("liz", "elizabeth"),
    ("beth", "elizabeth"),
    ("peggy", "margaret"),
    ("meg", "margaret"),
    ("tom", "thomas"),
    ("steve", "stephen"),
    ("steve", "steven"),
    ("dave", "david"),
    ("hank", "henry"),
    ("harry", "harold"),
    ("chuck", "charles"),
    ("charlie", "charles"),
    ("andy", "andrew"),
    ("drew", "andrew"),
    ("kate", "katherine"),
    ("kathy", "katherine"),
    ("bernie", "bernard"),
    ("mitch", "mitchell"),
    ("pat", "patrick"),
    ("gerry", "gerard"),
];

/// Whether the two names, each of two words or more, can be one person's.
pub(super) fn alike(one: &Form, other: &Form) -> bool {
    if one.generation.is_some() && other.generation.is_some() && one.generation != other.generation {
        return false;
    }
    let (short, long) = if one.words.len() <= other.words.len() { (one, other) } else { (other, one) };
    if short.words == long.words {
        return true;
    }
    // "Moon Jae-in", "Moon Jaein"; "al-Assad", "Alassad".
    if same_letters(short, long) {
        return true;
    }
    if short.words.len() < 2 {
        return false;
    }
    let (a, b) = (&short.words, &long.words);
    let equal = a.len() == b.len();
    if short.last() == long.last() {
        // "Garcia Marquez" of "Gabriel Garcia Marquez", "Van Persie" of "Robin van Persie".
        if long.ends_with(short) {
            return true;
        }
        if given(short.first(), long.first()) {
            return middle(&a[1..a.len() - 1], &b[1..b.len() - 1]);
        }
        return equal && a[1..] == b[1..] && misspelt(short.first(), long.first(), 6);
    }
    if short.first() == long.first() {
        // "Pedro Sánchez" of "Pedro Sánchez Castejón".
        if !equal && in_order(a, b) {
            return true;
        }
        return equal && a[..a.len() - 1] == b[..b.len() - 1] && misspelt(short.last(), long.last(), 5);
    }
    // "Abe Shinzo", "Shinzo Abe".
    equal && a.len() == 2 && a[0] == b[1] && a[1] == b[0]
}

fn same_letters(one: &Form, other: &Form) -> bool {
    let letters = |form: &Form| form.words.iter().map(String::len).sum::<usize>();
    letters(one) == letters(other)
        && one.words.iter().flat_map(|word| word.bytes()).eq(other.words.iter().flat_map(|word| word.bytes()))
}

/// Whether two given names can be one person's: equal, an initial, a short form.
fn given(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long
        || short.chars().count() == 1 && long.starts_with(short)
        // "Chris", "Christopher"; not "Jo", "John", nor "Paul", "Paula".
        || short.len() >= 3 && long.starts_with(short) && long.len() >= short.len() + 2
        || SHORT.contains(&(short, long))
}

/// Whether a given name that stands alone is the short form of another.
pub(super) fn is_short_for(short: &str, long: &str) -> bool {
    // Christ is no Christian for short.
    short.chars().count() > 2
        && short != "christ"
        && short != long
        && short.len() < long.len() + 2
        && given(short, long)
}

/// Whether the names in the middle do not contradict each other: one has all that the other has.
fn middle(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut rest = long.iter();
    short.iter().all(|word| is_particle(word) || rest.any(|own| given(word, own)))
}

/// Whether all words of `short` stand in `long` in the same order.
fn in_order(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|own| own == word))
}

/// Whether one of the words is the other with one letter wrong, missing, added or swapped with its neighbour. The
/// first letters agree; so do the last ones, which tell Marie from Maria.
pub(super) fn misspelt(one: &str, other: &str, shortest: usize) -> bool {
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a.len() < shortest || b.len() > a.len() + 1 || a[0] != b[0] || a == b {
        return false;
    }
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| x == y).count();
    if back == 0 {
        return false;
    }
    let (left_a, left_b) = (&a[front..a.len() - back], &b[front..b.len() - back]);
    match (left_a, left_b) {
        ([_], [_]) | ([], [_]) => true,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}

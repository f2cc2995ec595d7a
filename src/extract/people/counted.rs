//! Titles in the plural of exactly so many people as are named beside them: "the two journalists, A and B", "A and B, both
//! lawyers,".

use super::phrase::Draft;
use super::scene::{Kind, Scene};
use super::words::Class;

const COUNTS: [(&str, usize); 6] =
    [("two", 2), ("both", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6)];

/// No phrase between the number and the head noun is longer, in items.
const LONGEST: usize = 6;

/// The title of the names at the items `listed`, the first of which has none of its own; they stand in one list.
pub(super) fn counted(scene: &Scene<'_>, listed: &[usize]) -> Option<Draft> {
    let (&first, &last) = (listed.first()?, listed.last()?);
    let count = |at: usize| COUNTS.iter().find(|(word, _)| scene.is_text(at, word)).map(|(_, count)| *count);
    let set_off = |at: usize| {
        matches!(scene.kind(at), None | Some(Kind::Comma | Kind::Stop | Kind::Dash | Kind::Close))
            || ["who", "were", "are"].iter().any(|word| scene.is_text(at, word))
    };
    // Before the names, behind "the" and the number.
    if first >= 3 && scene.is(first - 1, Kind::Comma) {
        let head = first - 2;
        let floor = (head.saturating_sub(LONGEST)..head).rev().find(|&at| count(at).is_some());
        let floor =
            floor.filter(|&at| count(at) == Some(listed.len()) && at > 0 && scene.is_text(at - 1, "the"));
        if let Some(draft) = floor.and_then(|floor| title(scene, head, floor + 1)) {
            return Some(draft);
        }
    }
    // Behind them: "the two", or "both" and a number alone.
    if !scene.is(last + 1, Kind::Comma) {
        return None;
    }
    let number = last + 2 + usize::from(scene.is_text(last + 2, "the"));
    if count(number) != Some(listed.len()) {
        return None;
    }
    let floor = number + 1;
    let head = (floor..floor + LONGEST)
        .find(|&at| scene.is_word(at, Class::OFFICE) && scene.is_word(at, Class::PLURAL))?;
    let mut draft = title(scene, head, floor)?;
    let end = draft.behind(scene, scene.items.len());
    set_off(end).then_some(draft)
}

/// The title in the plural whose head is item `head`, and all of whose words stand at or behind item `floor`.
fn title(scene: &Scene<'_>, head: usize, floor: usize) -> Option<Draft> {
    if !scene.is_word(head, Class::PLURAL) {
        return None;
    }
    let draft = Draft::before(scene, head, floor, true);
    (draft.first == floor).then_some(draft)
}

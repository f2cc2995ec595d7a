//! Mojibake: UTF-8 that was read as Windows-1252 or Latin-1, once or several times ("donâ€™t", "cafÃ©").
//!
//! The undoing is local: each group of characters that can only be a misread UTF-8 character is replaced, whatever
//! stands elsewhere in the text. The danger is a clean text that looks misread: French `é`, a no-break space and `»`
//! would make a Chinese character, Portuguese `AMANHÃ”` an `Ô`. So a group counts only if the character that it makes
//! is one that news text uses, and if its own characters cannot stand side by side in good text. A group that could be
//! good text is replaced only where the same text holds groups that cannot.
//!
//! Laws: text without misread groups stays as it is; the work is linear in each round, and every round makes the text
//! shorter; a second call changes nothing. The idea of weighing the result against the text is that of the Python
//! library ftfy by Robyn Speer; the rules are our own.

use std::borrow::Cow;

/// The characters of Windows-1252 from 0x80 to 0x9F; the five that are not assigned stand for themselves.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The character that a byte is in Windows-1252.
pub(super) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte that a character is in Windows-1252 or Latin-1, if it is not ASCII.
fn byte_of(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{FF}' => u8::try_from(c).ok(),
        '\u{152}'..='\u{2122}' => {
            let index = WINDOWS_1252.iter().position(|known| *known == c)?;
            u8::try_from(0x80 + index).ok()
        }
        _ => None,
    }
}

/// The text with misread groups replaced by the characters that they were.
pub fn undo_mojibake(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    while let Some(mended) = mend_once(&text) {
        text = Cow::Owned(mended);
    }
    text
}

/// How sure it is that a group is misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// Its characters cannot stand side by side in good text.
    Sure,
    /// Good text could hold it.
    WithEvidence,
}

/// A group that may be misread.
struct Group {
    start: usize,
    end: usize,
    character: char,
    certainty: Certainty,
}

fn mend_once(text: &str) -> Option<String> {
    let groups = find_groups(text);
    let evidence = groups.iter().any(|group| group.certainty == Certainty::Sure);
    if !evidence {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut copied = 0;
    for group in groups {
        mended.push_str(&text[copied..group.start]);
        mended.push(group.character);
        copied = group.end;
    }
    mended.push_str(&text[copied..]);
    Some(mended)
}

/// The groups of a text in their order; no two overlap.
fn find_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut previous = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii() {
            // ASCII is most of the text: step over it as bytes.
            let rest = &text.as_bytes()[at..];
            let run = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            at += run;
            previous = Some(char::from(rest[run - 1]));
            continue;
        }
        let end = match group_at(text, at, previous, groups.last()) {
            Some(group) => {
                let end = group.end;
                groups.push(group);
                end
            }
            None => at + c.len_utf8(),
        };
        previous = text[at..end].chars().next_back();
        at = end;
    }
    // A three-byte letter alone may be French: é, no-break space, ». It counts only beside another one.
    let beside = |a: Option<&Group>, b: &Group| {
        a.is_some_and(|a| is_long_script(a.character) && (a.end == b.start || b.end == a.start))
    };
    let keep: Vec<bool> = (0..groups.len())
        .map(|i| {
            let before = i.checked_sub(1).and_then(|i| groups.get(i));
            !is_long_script(groups[i].character)
                || beside(before, &groups[i])
                || beside(groups.get(i + 1), &groups[i])
        })
        .collect();
    let mut keep = keep.into_iter();
    groups.retain(|_| keep.next().unwrap_or(true));
    groups
}

/// The group that begins at byte `at`, if one does.
fn group_at(text: &str, at: usize, previous: Option<char>, last: Option<&Group>) -> Option<Group> {
    let mut chars = text[at..].char_indices();
    let (_, lead) = chars.next()?;
    let lead_byte = byte_of(lead)?;
    if (0x80..0xA0).contains(&u32::from(lead))
        && !matches!(u32::from(lead), 0x81 | 0x85 | 0x8D | 0x8F | 0x90 | 0x9D)
    {
        // A lone C1 control is Windows-1252 read as Latin-1. U+0085 is left: it is a line end as well.
        let end = at + lead.len_utf8();
        return Some(Group {
            start: at,
            end,
            character: windows_1252(lead_byte),
            certainty: Certainty::Sure,
        });
    }
    let length = match lead_byte {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [lead_byte, 0, 0, 0];
    let mut followers = ['\0'; 3];
    for i in 1..length {
        let (_, c) = chars.next()?;
        bytes[i] = byte_of(c).filter(|byte| (0x80..0xC0).contains(byte))?;
        followers[i - 1] = c;
    }
    let followers = &followers[..length - 1];
    let character = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    let (end, next) = chars.next().map_or((text.len(), None), |(offset, c)| (at + offset, Some(c)));
    let in_a_row = last.is_some_and(|group| group.end == at);
    let certainty = match lead_byte {
        // "Â" hardly ever ends a word other than one in capitals, so signs such as ° or » do not follow it.
        0xC2 if bytes[1] >= 0xA0 => {
            let ends_capitals = previous.is_some_and(char::is_uppercase) && may_follow_a_letter(followers[0]);
            if ends_capitals { Certainty::WithEvidence } else { Certainty::Sure }
        }
        0xC2..=0xC5 => {
            let inside_a_word = previous.is_some_and(char::is_lowercase)
                || (next.is_some_and(|c| c.is_ascii_lowercase()) && !matches!(followers[0], '’' | '‘'));
            if inside_a_word || !may_follow_a_letter(followers[0]) {
                Certainty::Sure
            } else {
                Certainty::WithEvidence
            }
        }
        // Greek, Cyrillic, Hebrew and Arabic come in words: one letter is no word.
        0xC6..=0xDF if in_a_row && followers.iter().any(|c| !may_follow_a_letter(*c)) => Certainty::Sure,
        0xC6..=0xDF => Certainty::WithEvidence,
        // No word is followed by "€", "‚" or "„" without a space.
        0xE2 if matches!(bytes[1], 0x80 | 0x82 | 0x84) => Certainty::Sure,
        0xE2 if followers.iter().any(|c| !may_follow_a_letter(*c)) => Certainty::Sure,
        0xE2 => Certainty::WithEvidence,
        0xEF..=0xF4 => Certainty::Sure,
        _ if in_a_row && followers.iter().any(|c| !may_follow_a_letter(*c)) => Certainty::Sure,
        _ => Certainty::WithEvidence,
    };
    is_used_in_news(character, length).then_some(Group { start: at, end, character, certainty })
}

/// Signs that good text may put right behind a letter: quotation marks, dashes, a no-break space and the like.
fn may_follow_a_letter(c: char) -> bool {
    matches!(
        c,
        '‘' | '’'
            | '“'
            | '”'
            | '„'
            | '…'
            | '–'
            | '—'
            | '‹'
            | '›'
            | '«'
            | '»'
            | '™'
            | '•'
            | '†'
            | '‡'
            | '€'
            | '‰'
            | '\u{A0}'
            | '\u{AD}'
            | '®'
            | '©'
            | '°'
            | '¹'
            | '²'
            | '³'
            | 'º'
            | 'ª'
            | '·'
            | '£'
            | '¥'
            | '§'
            | '¶'
            | '´'
            | '¨'
            | '¸'
            | '¡'
            | '¿'
            | '\u{85}'
    )
}

/// Letters of scripts that UTF-8 writes with three bytes, other than punctuation and signs.
fn is_long_script(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{1FFF}' | '\u{3000}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FFEF}')
}

/// Whether a character that a group makes is one that news text uses.
fn is_used_in_news(c: char, length: usize) -> bool {
    match length {
        2 => matches!(
            c,
            // Latin letters and signs; Greek; Cyrillic; Hebrew; Arabic. The first three are in Windows-1252, so text that
            // was misread twice has them.
            '\u{192}' | '\u{2C6}' | '\u{2DC}' |
            '\u{80}'..='\u{17F}' | '\u{218}'..='\u{21B}' | '\u{386}'..='\u{3CE}' | '\u{400}'..='\u{45F}'
                | '\u{490}'..='\u{491}' | '\u{5D0}'..='\u{5EA}' | '\u{600}'..='\u{6FF}'
        ),
        3 => {
            is_long_script(c)
                || matches!(
                    c,
                    '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{22FF}' | '\u{2500}'..='\u{27BF}'
                        | '\u{FB01}'..='\u{FB02}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFFD}'
                )
        }
        _ => matches!(c, '\u{1F000}'..='\u{1FAFF}'),
    }
}

#[cfg(test)]
mod tests {
    use super::{undo_mojibake, windows_1252};

    /// What a program makes of UTF-8 that takes it for Windows-1252.
    fn misread(text: &str) -> String {
        text.bytes().map(windows_1252).collect()
    }

    const CLEAN: [&str; 12] = [
        "The café’s owner said: “We don’t know — yet…”",
        "Il a dit : «\u{A0}Le blessé\u{A0}» et «\u{A0}le marché\u{A0}»… voilà\u{A0}!",
        "L’ÉTÉ… À BIENTÔT\u{A0}! CAFÉ’S, CAFÉ” et «\u{A0}ÉTÉ\u{A0}»",
        "“ATÉ AMANHÃ”, disse a IRMÃ… São João não é só isso.",
        "Die Größe der Straße: 20 °C, 5 µm, „Österreich“, 3 × 4 ½",
        "På vei til Å… og så til Ålesund, “Å” er en bokstav",
        "Příliš žluťoučký kůň úpěl ďábelské ódy",
        "El Niño llegó a España: ¿cuándo? ¡Ya! Nº 1, 1ª",
        "Привет, мир — как дела?",
        "日本の首相は「はい」と述べた。",
        "Ελληνικά νέα",
        "Smørrebrød, naïve, façade, Łódź, Iași, İstanbul €5 £3",
    ];

    #[test]
    fn clean_text_stays() {
        for text in CLEAN {
            assert_eq!(undo_mojibake(text), text);
        }
    }

    #[test]
    fn misread_text_is_read_right_once_and_twice() {
        for text in CLEAN {
            assert_eq!(undo_mojibake(&misread(text)), text, "once");
            assert_eq!(undo_mojibake(&misread(&misread(text))), text, "twice");
        }
    }

    #[test]
    fn one_misread_word_among_clean_ones_is_mended() {
        assert_eq!(
            undo_mojibake("The café at FranÃ§ois’s, donâ€™t you know"),
            "The café at François’s, don’t you know"
        );
        assert_eq!(undo_mojibake("日本 and cafÃ©"), "日本 and café");
        assert_eq!(undo_mojibake("itÂ’s Â« 5Â½ Â»"), "it’s « 5½ »");
        assert_eq!(undo_mojibake("It\u{92}s \u{93}fine\u{94}"), "It’s “fine”");
        assert_eq!(undo_mojibake("ï»¿Hello ðŸ˜€, 20Â°C, Â£5, Â© 2020"), "\u{FEFF}Hello 😀, 20°C, £5, © 2020");
    }
}

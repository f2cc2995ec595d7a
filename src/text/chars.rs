//! What kind of character it is, as far as sentences and tokens need to know.

/// Marks that may stand between a full stop and the end of its sentence: closing quotes and brackets. A straight
/// quote counts, since it can only close when no space stands before it.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '＂'
    )
}

/// Closing quotation marks among the closers.
pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | '」' | '』' | '＂')
}

/// Marks that may stand before the first word of a sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '「'
            | '『'
            | '（'
            | '【'
            | '*'
            | '•'
    )
}

/// Dashes of running text (a hyphen with space around it is used as one).
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

/// Full stops, question and exclamation marks that end a sentence whatever follows, space or not: those of
/// scripts that have no capitals or no spaces.
/// Source: Unicode's Sentence_Terminal property, the marks of living scripts.
pub(super) fn is_hard_terminator(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '．'
            | '｡'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '፧'
            | '။'
            | '។'
            | '៕'
            | '᠃'
            | '᠉'
    )
}

/// Letters of scripts that write words without spaces and for which Unicode's word rules need help or give
/// single characters: Han, Hiragana, Katakana.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Whether the character belongs to a word: a letter, a digit, or a mark that sits on one. The marks are given
/// by block, because the standard library has no table of them.
pub(super) fn is_word(c: char) -> bool {
    !is_cjk(c) && (c.is_alphanumeric() || is_mark(c))
}

/// Combining marks, joiners and the soft hyphen: they continue a word and never end it.
pub(super) fn is_mark(c: char) -> bool {
    match c {
        '\u{AD}' | '\u{200C}' | '\u{200D}' => true,
        '\u{300}'..='\u{36F}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5BD}'
        | '\u{5BF}'
        | '\u{5C1}'..='\u{5C2}' => true,
        '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' => true,
        // The Indic blocks: vowel signs and viramas; their punctuation is the danda and the sign of abbreviation.
        '\u{900}'..='\u{DFF}' => {
            !matches!(c, '\u{964}' | '\u{965}' | '\u{970}' | '\u{9F2}'..='\u{9FB}' | '\u{DF4}')
        }
        '\u{E31}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{EB1}'..='\u{EBC}' | '\u{EC8}'..='\u{ECE}' => true,
        '\u{F71}'..='\u{F84}' | '\u{F86}'..='\u{FBC}' | '\u{102B}'..='\u{103E}' | '\u{17B4}'..='\u{17D3}' => {
            true
        }
        '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' => true,
        _ => false,
    }
}

/// Signs that are not punctuation: money, percent, arithmetic, degrees, arrows, emoji and the like.
pub(super) fn is_symbol(c: char) -> bool {
    match c {
        '$' | '%' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '#' | '@' => true,
        '\u{A2}'..='\u{A9}' | '\u{AC}' | '\u{AE}'..='\u{B4}' | '\u{B8}' | '\u{D7}' | '\u{F7}' => true,
        '‰' | '‱' | '\u{60B}' | '\u{66A}' | '\u{E3F}' | '\u{20A0}'..='\u{20CF}' => true,
        '\u{2100}'..='\u{2BFF}' | '\u{FF04}' | '\u{FF05}' | '\u{FF0B}' | '\u{FFE0}'..='\u{FFE6}' => true,
        '\u{FFFC}' | '\u{FFFD}' | '\u{1F000}'..='\u{1FAFF}' => true,
        c => c.is_control(),
    }
}

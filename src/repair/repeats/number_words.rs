//! Words that are numbers. Two texts that differ in one of them do not say the same.

/// Whether a normalised word is a number. "one", "first" and "second" are left out: as pronoun, adverb and unit of
/// time they come and go when a sentence is edited.
pub(super) fn is_number_word(word: &str) -> bool {
    matches!(word.len(), 3..=9) && NUMBER_WORDS.binary_search(&word).is_ok()
}

#[rustfmt::skip]
const NUMBER_WORDS: &[&str] = &[
    "billion", "dozen", "dozens", "eight", "eighteen", "eighth", "eighty", "eleven", "fifteen", "fifth", "fifty",
    "five", "forty", "four", "fourteen", "fourth", "half", "hundred", "hundreds", "million", "millions", "nine",
    "nineteen", "ninety", "ninth", "quarter", "seven", "seventeen", "seventh", "seventy", "six", "sixteen", "sixth",
    "sixty", "ten", "tenth", "third", "thirteen", "thirty", "thousand", "thousands", "three", "trillion", "twelve",
    "twenty", "twice", "two", "zero",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_are_found() {
        assert!(NUMBER_WORDS.is_sorted());
        assert!(is_number_word("three") && is_number_word("zero") && is_number_word("billion"));
        assert!(!is_number_word("one") && !is_number_word("threefold") && !is_number_word(""));
    }
}

//! Small words of English that a headline in capitals writes large, too, and that are no part of a name by
//! themselves.

const WORDS: &[&str] = &[
    "a", "about", "after", "against", "all", "also", "am", "amid", "among", "an", "and", "any", "are", "as",
    "at", "be", "been", "before", "being", "between", "but", "by", "can", "could", "did", "do", "does",
    "during", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "if", "in", "into",
    "is", "it", "its", "may", "more", "most", "must", "no", "not", "of", "off", "on", "one", "or", "our",
    "out", "over", "said", "says", "she", "should", "so", "some", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "to", "under", "until", "up", "was", "we", "were", "what",
    "when", "where", "which", "while", "who", "whose", "why", "will", "with", "would", "you", "your",
];

/// Whether a word in small letters is one of them.
pub fn is_function_word(lower: &str) -> bool {
    WORDS.binary_search(&lower).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_sorted_for_binary_search() {
        assert!(super::WORDS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

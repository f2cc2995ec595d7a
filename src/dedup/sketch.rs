//! The fingerprint of an article: a pure, versioned function of the repaired text.
//!
//! This version holds the hash for exact copies. The similarity sketch joins it here, under a new [`ALGORITHM`].

use xxhash_rust::xxh3::Xxh3;

use super::entry::ContentHash;
use crate::text::normal;

/// Number of the algorithm: normalisation, hash, and what is hashed. It changes whenever any of them does, since entries
/// of two algorithms cannot be compared.
pub const ALGORITHM: u8 = 1;

/// Hash of the normalised words of a text: case, punctuation, spacing and entities do not count.
///
/// Source: XXH3-128 (seed 0) over the words, each followed by a zero byte, so that word borders count. A text without
/// a single word (only emoji, say) is hashed as it is, so that such texts are not all the same.
pub fn content_hash(text: &str) -> ContentHash {
    let mut hasher = Xxh3::new();
    let mut words = 0u64;
    normal::visit_words(text, |word| {
        hasher.update(word.text.as_bytes());
        hasher.update(&[0]);
        words += 1;
    });
    if words == 0 {
        hasher.update(text.as_bytes());
    }
    ContentHash(hasher.digest128())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_copies_vary_in_does_not_count() {
        let text = "“We don’t know,” she said.\nIt cost $1,234.";
        for copy in [
            "\"We don't know,\" SHE SAID. It cost $1234.",
            "&ldquo;We don&rsquo;t know,&rdquo; she said.  It cost $1,234",
        ] {
            assert_eq!(content_hash(copy), content_hash(text), "{copy}");
        }
    }

    #[test]
    fn another_word_number_or_border_counts() {
        let text = "two men were held";
        for other in ["two men were hold", "two men were held 2", "twomen were held", "men two were held", ""]
        {
            assert_ne!(content_hash(other), content_hash(text), "{other}");
        }
    }

    #[test]
    fn texts_without_words_are_told_apart() {
        assert_ne!(content_hash("🙂"), content_hash("🙃"));
        assert_ne!(content_hash(""), content_hash("…"));
    }

    /// Golden: entries of this algorithm lie in logs for days. A change here needs a new [`ALGORITHM`]. The hashes were
    /// computed by another implementation of XXH3 (PyPI's xxhash) over the normalised words.
    #[test]
    fn golden_vectors() {
        for (text, hash) in [
            ("", "99aa06d3014798d86001c324468d497f"),
            ("word", "4b4892fcdebef5005f53d6bccea609e9"),
            ("Die Straße in Köln", "475b9e0646cc3715f1f44b4be0efa541"),
            ("東京で会議", "18ae9b68d3f23beb6e22d527be69e503"),
            ("قال الوزير", "5fd7d4ec942068e0250c05aa03c35cae"),
        ] {
            assert_eq!(content_hash(text).to_string(), hash, "{text}");
        }
    }
}

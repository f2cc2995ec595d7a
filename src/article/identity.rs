//! The name of an article in the output.
//!
//! Laws: the same record always gets the same id; two records get the same id only when their sender gave them the
//! same one; an id is printable, on one line, and at most [`MAX_ID_BYTES`] long, so that it can be a Kafka key.

use super::Position;
use xxhash_rust::xxh3::xxh3_128;

/// A declared id may be this long, in bytes.
pub const MAX_ID_BYTES: usize = 512;

/// Whether a declared id can serve as it is: not empty, at most [`MAX_ID_BYTES`] long, without control characters.
pub fn is_usable_id(id: &str) -> bool {
    !id.trim().is_empty() && id.len() <= MAX_ID_BYTES && !id.contains(char::is_control)
}

/// The id of an article.
///
/// It is the declared id without the white space around it. A declared id that is too long or has control characters
/// is replaced by its hash, so that all records which carry it still share one id. Where the input declares none, it is
/// the hash of the source position. Hashes are 128-bit XXH3, written as 32 hexadecimal digits.
pub fn article_id(declared: Option<&str>, position: &Position) -> String {
    match declared.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) if is_usable_id(id) => id.to_owned(),
        Some(id) => format!("{:032x}", xxh3_128(id.as_bytes())),
        None => {
            let mut bytes = Vec::with_capacity(position.topic.len() + 13);
            bytes.extend_from_slice(position.topic.as_bytes());
            // A topic's name has no NUL, so two positions never give the same bytes.
            bytes.push(0);
            bytes.extend_from_slice(&position.partition.to_le_bytes());
            bytes.extend_from_slice(&position.offset.to_le_bytes());
            format!("{:032x}", xxh3_128(&bytes))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_id_stands() {
        let position = Position::new("articles.raw", 3, 1042);
        assert_eq!(article_id(Some(" urn:example:7 \n"), &position), "urn:example:7");
    }

    #[test]
    fn a_position_gives_the_same_id_for_ever() {
        let position = Position::new("articles.raw", 3, 1042);
        assert_eq!(article_id(None, &position), "97d717309a7345f1359eca8349a56992");
        assert_eq!(article_id(Some("  "), &position), article_id(None, &position));
        let others = [("articles.raw", 3, 1043), ("articles.raw", 4, 1042), ("articles.ra", 3, 1042)];
        for (topic, partition, offset) in others {
            let other = Position::new(topic, partition, offset);
            assert_ne!(article_id(None, &other), article_id(None, &position), "{other}");
        }
    }

    #[test]
    fn an_unusable_id_becomes_its_hash_wherever_it_stands() {
        for id in ["x".repeat(513), "a\u{0}b".to_owned(), "a\nb".to_owned()] {
            let here = article_id(Some(&id), &Position::new("a", 0, 1));
            assert_eq!(here, article_id(Some(&id), &Position::new("b", 9, 2)));
            assert!(here.len() == 32 && here.chars().all(|c| c.is_ascii_hexdigit()), "{here}");
        }
        assert_eq!(article_id(Some(&"x".repeat(512)), &Position::new("a", 0, 1)), "x".repeat(512));
    }
}

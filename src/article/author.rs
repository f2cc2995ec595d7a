//! Bylines: names out of one line.

/// Words before the names of a byline.
const OPENINGS: [&str; 4] = ["written by ", "reported by ", "story by ", "by "];

/// The names in a byline: "By Ada Brook and Tom Reed" is two. Where the parts do not all look like names ("Ada Brook,
/// Example Wire Service correspondent in Westmere"), the byline is one name.
pub(crate) fn split_byline(byline: &str) -> Vec<String> {
    let line = without_opening(byline.trim());
    if line.is_empty() {
        return Vec::new();
    }
    let parts: Vec<&str> = line
        .split([',', ';', '|', '\n'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|part| part.trim().strip_prefix("and ").unwrap_or(part.trim()))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| looks_like_name(part)) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        vec![line.to_owned()]
    }
}

fn without_opening(line: &str) -> &str {
    let opening = OPENINGS
        .iter()
        .find(|opening| line.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)));
    opening.map_or(line, |opening| line[opening.len()..].trim_start())
}

/// Two to four words, each but "de", "van" and the like with a capital letter.
fn looks_like_name(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            let capital = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
            capital
                || matches!(
                    *word,
                    "de" | "da" | "di" | "del" | "la" | "van" | "von" | "der" | "den" | "bin" | "al"
                )
        })
}

/// Adds a name if it is not there yet.
pub(crate) fn add_author(authors: &mut Vec<String>, name: &str) {
    let name = name.trim();
    if !name.is_empty() && !authors.iter().any(|known| known == name) {
        authors.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::split_byline;

    #[test]
    fn names_are_parted_only_where_all_parts_are_names() {
        for (byline, names) in [
            ("By Ada Brook", vec!["Ada Brook"]),
            ("BY ADA BROOK AND SONS", vec!["ADA BROOK AND SONS"]),
            ("Ada Brook and Tom Reed", vec!["Ada Brook", "Tom Reed"]),
            ("Ada Brook, Tom van der Reed, and Li Na", vec!["Ada Brook", "Tom van der Reed", "Li Na"]),
            ("Ada Brook, correspondent in Westmere", vec!["Ada Brook, correspondent in Westmere"]),
            ("Example Wire", vec!["Example Wire"]),
            ("Reed, Tom", vec!["Reed, Tom"]),
            ("  by  ", vec!["by"]),
            ("", vec![]),
        ] {
            assert_eq!(split_byline(byline), names, "{byline}");
        }
    }
}

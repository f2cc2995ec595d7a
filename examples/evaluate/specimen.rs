//! One article against the paragraphs that it must keep.

use copydesk::repair::{RepairSettings, repair};

use crate::Outcome;

/// `ARTICLE.txt EXPECTED.json`
pub fn run(files: &[String]) -> Outcome {
    let [article, expected] = files else {
        return Err("specimen takes ARTICLE.txt and EXPECTED.json".into());
    };
    let body = std::fs::read_to_string(article)?;
    let expected: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(expected)?)?;
    let want: Vec<usize> = serde_json::from_value(expected["dedup"]["keptParagraphs"].clone())?;
    let repaired = repair(&body, &RepairSettings::default());
    println!("kept    {:?}", repaired.report.order);
    for entry in &repaired.report.removed {
        println!("removed {:>3} {:?} of {:?} {:?}", entry.paragraph, entry.reason, entry.of, entry.text);
    }
    if repaired.report.order == want {
        println!("as expected");
        Ok(())
    } else {
        Err(format!("expected {want:?}").into())
    }
}

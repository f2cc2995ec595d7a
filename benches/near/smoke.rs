//! What `cargo test --all-targets` runs: both engines on three articles, nothing measured.

use crate::articles::Article;
use crate::{Outcome, engine, peer};

const STORY: &str = "The ferry to Orlo was held in port on Tuesday after its crew found a crack in the ramp, the \
    company said. About 210 passengers were taken across in two smaller boats.";
const OTHER: &str = "Farmers in the Tessen valley expect the best apple harvest in nine years, although hail in May \
    cost some of them a third of their blossoms.";

/// Both find the copy and nothing else.
pub fn run() -> Outcome {
    let texts = [STORY, OTHER, STORY];
    let articles: Vec<Article> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| Article {
            id: format!("a{number}"),
            title: String::new(),
            text: (*text).to_owned(),
        })
        .collect();
    let (mut window, mut index) = (engine::new_window(10), peer::new());
    let mut found = (Vec::new(), Vec::new());
    for (number, article) in articles.iter().enumerate() {
        let verdict = engine::decide(&mut window, &engine::entry_of(&article.at(number)));
        found.0.push(engine::copy_of(&verdict).map(str::to_owned));
        found.1.push(index.decide(number, &article.text).map(|(of, _)| format!("a{of}")));
    }
    let due = [None, None, Some("a0".to_owned())];
    if found.0 != due || found.1 != due {
        return Err(format!("copies found by copydesk and by gaoya: {found:?}; due: {due:?}").into());
    }
    println!("both engines work; `cargo bench --bench near` measures them");
    Ok(())
}

//! Names: exact spans and kinds against labelled sets, how honest the confidence is, and how fast it goes.

mod score;
mod speed;

use copydesk::extract::names::{Name, NameKind, tagger};
use copydesk::text::{Segments, Span};
use serde::Deserialize;

use crate::Outcome;
use crate::gold::{Entity, kind, starts};
use crate::input;
use score::{Reliability, Score};

const HELP: &str = "names [--errors] [--speed] SET.jsonl[.gz] ...
  --errors  prints each wrong and each missed name
  --speed   how many words a second one core reads, from text to names";

#[derive(Deserialize)]
struct Row {
    text: String,
    entities: Vec<Entity>,
}

/// A text and its names.
pub struct Labelled {
    text: String,
    names: Vec<(Span, NameKind)>,
}

/// `[--errors] [--speed] SET ...`
pub fn run(arguments: &[String]) -> Outcome {
    let (options, files): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.starts_with("--"));
    if let Some(other) = options.iter().find(|option| !["--errors", "--speed"].contains(&option.as_str())) {
        return Err(format!("names does not know {other}\n{HELP}").into());
    }
    let errors = options.iter().any(|option| *option == "--errors");
    println!("model {}", tagger().model_name());
    let mut reliability = Reliability::default();
    for file in &files {
        let set = read(file)?;
        let mut score = Score::default();
        for article in &set {
            let found = tagger().names(&article.text, &Segments::new(&article.text));
            score.add(&article.names, &found);
            reliability.add(&article.names, &found);
            if errors {
                show(article, &found);
            }
        }
        println!("\n{file}: {} texts\n{score}", set.len());
        if options.iter().any(|option| *option == "--speed") {
            speed::print(&set);
        }
    }
    println!("\nconfidence, all sets together\n{reliability}");
    Ok(())
}

fn read(file: &str) -> Result<Vec<Labelled>, Box<dyn std::error::Error>> {
    let rows: Vec<Row> = input::json_lines(file)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let bytes = starts(&row.text);
            let names = row
                .entities
                .iter()
                .filter_map(|entity| {
                    Some((Span::new(*bytes.get(entity.start)?, *bytes.get(entity.end)?), kind(&entity.kind)?))
                })
                .collect();
            Labelled { text: row.text, names }
        })
        .collect())
}

fn show(article: &Labelled, found: &[Name]) {
    let have: Vec<(Span, NameKind)> = found.iter().map(|name| (name.span, name.kind)).collect();
    let wrong = have.iter().filter(|name| !article.names.contains(name)).map(|name| ("wrong", name));
    let missed = article.names.iter().filter(|name| !have.contains(name)).map(|name| ("missed", name));
    for (what, (span, kind)) in wrong.chain(missed) {
        let text = &article.text;
        let from = text[..span.start].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
        let to = text[span.end..].char_indices().nth(30).map_or(text.len(), |(at, _)| span.end + at);
        println!("{what} {kind:?} [{}] in {:?}", span.text(text), &text[from..to]);
    }
}

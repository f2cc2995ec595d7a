//! The boilerplate rule on labelled lines inside articles: between the first and the last content line of a page.
//!
//! Positive: a line that is no content (`y` 0). Lines without words and lines of readers' comments (`y` 2) are left out.

use copydesk::repair::{Reason, RepairSettings, repair};
use serde::Deserialize;

use crate::{Outcome, input};

#[derive(Deserialize)]
struct Page {
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    t: String,
    y: Option<u8>,
    /// L3S-GN1 only: 1 headline, 2 full text, 3 supplement (captions, credits, copyright notices).
    sel: Option<i8>,
}

/// `LINES.jsonl[.gz] ...`, `--errors` prints the wrong ones
pub fn run(files: &[String]) -> Outcome {
    let show = files.iter().any(|file| file == "--errors");
    for file in files.iter().filter(|file| *file != "--errors") {
        let pages: Vec<Page> = input::json_lines(file)?;
        let (mut hit, mut wrong, mut missed, mut content, mut supplement) = (0, 0, 0, 0, 0);
        for page in &pages {
            for line in inside(&page.lines) {
                let removed = is_removed(&line.t);
                match (line.y, removed) {
                    (Some(0), true) => {
                        hit += 1;
                        if show {
                            println!("HIT {}", line.t);
                        }
                    }
                    (Some(0), false) => missed += 1,
                    (Some(1), _) => {
                        content += 1;
                        wrong += usize::from(removed);
                        supplement += usize::from(removed && line.sel == Some(3));
                        if removed && show {
                            println!("WRONG {}", line.t);
                        }
                    }
                    _ => {}
                }
                if show && line.y == Some(0) && !removed {
                    println!("MISSED {}", line.t);
                }
            }
        }
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        println!(
            "{file}: pages {}, lines of boilerplate {}, of content {content}",
            pages.len(),
            hit + missed
        );
        println!(
            "  precision {:.4} ({wrong} wrong)  recall {:.4}  content lost {:.5}",
            share(hit, hit + wrong),
            share(hit, hit + missed),
            share(wrong, content)
        );
        if supplement > 0 {
            println!(
                "  {supplement} of the wrong lines are marked as supplement; without them precision {:.4}",
                share(hit, hit + wrong - supplement)
            );
        }
    }
    Ok(())
}

fn inside(lines: &[Line]) -> &[Line] {
    let content = |line: &Line| line.y == Some(1);
    match (lines.iter().position(content), lines.iter().rposition(content)) {
        (Some(first), Some(last)) => &lines[first..=last],
        _ => &[],
    }
}

/// Whether repair takes the line out of a body in which another paragraph stays.
fn is_removed(line: &str) -> bool {
    let settings = RepairSettings { enabled: true, boilerplate: true, repeats: false };
    let body = format!("The bridge over the river was closed on Monday.\n{}", line.replace('\n', " "));
    repair(&body, &settings).report.removed.iter().any(|entry| entry.reason == Reason::Boilerplate)
}

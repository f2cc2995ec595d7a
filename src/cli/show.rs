//! One article as a person would like to see it: the repaired text, with what was taken out struck through at its
//! place, and what moved marked.

use std::collections::BTreeMap;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::article::{EnrichedArticle, InputSettings, Parsed, Record, parse};
use crate::repair::Removed;

const WIDTH: usize = 100;

/// Renders an article. `record` is where it came from: the words that were taken out stand only there.
pub fn article(record: &Record, article: &EnrichedArticle, input: &InputSettings) -> String {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mut out = String::new();
    let title = article.title.as_deref().unwrap_or("(no title)");
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(out, "\n{bold}{title}{bold:#}");
    let mut head: Vec<String> = Vec::new();
    head.extend(article.source.name.clone().or(article.source.domain.clone()));
    head.extend(article.date_published.clone());
    head.extend(article.language.clone());
    head.push(format!("{} words", article.stats.words));
    head.push(format!("verdict: {}", article.dedup.verdict.as_str()));
    head.push(format!("{}@{}", article.provenance.partition, article.provenance.offset));
    let _ = writeln!(out, "{dim}{}{dim:#}\n", head.join("  ·  "));
    let body = match parse(record, input) {
        Ok(Parsed::Article(raw)) => raw.text,
        // It was parsed once already, so this is not reached; the repaired text is there in any case.
        _ => String::new(),
    };
    let original: Vec<&str> = body.lines().filter(|line| !line.trim().is_empty()).collect();
    body_of(&mut out, article, &original);
    if let Some(summary) = &article.summary.text {
        let _ = writeln!(out, "{bold}Summary{bold:#}  {}", wrap(summary, 9));
    }
    let repair = &article.repair;
    let _ = writeln!(
        out,
        "{dim}{} paragraphs in, {} out; order {:?}{dim:#}",
        repair.paragraphs_in, repair.paragraphs_out, repair.order
    );
    out
}

fn body_of(out: &mut String, article: &EnrichedArticle, original: &[&str]) {
    let removed: BTreeMap<usize, &Removed> = article
        .repair
        .removed
        .iter()
        .filter(|r| !article.repair.order.contains(&r.paragraph))
        .map(|r| (r.paragraph, r))
        .collect();
    let struck = Style::new().strikethrough().dimmed();
    let mark = Style::new().fg_color(Some(AnsiColor::Yellow.into()));
    let moved = Style::new().fg_color(Some(AnsiColor::Green.into()));
    let strike_until = |out: &mut String, from: &mut usize, to: usize| {
        while *from < to {
            if let Some(removed) = removed.get(from) {
                let reason = match removed.of {
                    Some(of) => format!("{} of {of}", removed.reason.as_str()),
                    None => removed.reason.as_str().to_owned(),
                };
                let text = original.get(*from - 1).copied().unwrap_or_default();
                let text = shorten(text, WIDTH - 30);
                let _ =
                    writeln!(out, "{mark}{from:>3}{mark:#} {struck}{text}{struck:#} {mark}{reason}{mark:#}");
            }
            *from += 1;
        }
    };
    let mut next = 1;
    for (number, text) in article.repair.order.iter().zip(article.text.lines()) {
        // A paragraph that stands before one with a smaller number was moved up; the others pull the removed ones along.
        let is_moved =
            *number > next && article.repair.order.iter().skip_while(|n| *n != number).any(|n| n < number);
        if is_moved {
            let _ = writeln!(out, "{moved}{number:>3} {}  (moved here){moved:#}", wrap(text, 4));
            continue;
        }
        strike_until(out, &mut next, *number);
        next = next.max(number + 1);
        let _ = writeln!(out, "{number:>3} {}", wrap(text, 4));
    }
    strike_until(out, &mut next, article.repair.paragraphs_in + 1);
    out.push('\n');
}

fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let cut: String = text.chars().take(width - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Breaks lines at spaces; all but the first are indented.
fn wrap(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > indent && column + 1 + width > WIDTH {
            let _ = write!(out, "\n{:indent$}", "");
            column = indent;
        } else if column > indent {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

//! The demo's result as a table.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anstyle::Style;
use comfy_table::{ContentArrangement, Table, presets};

use super::collect::Report;

/// Fits where the article below it fits.
const WIDTH: u16 = 104;

/// How fast it went.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// From the first record fed to the first outcome read: clients connect, the producer gets its id.
    pub warm_up: Duration,
    /// From the first outcome to the last.
    pub flow: Duration,
}

/// Renders the table.
pub fn render(fed: u64, pace: Option<Pace>, report: &Report, output: &Path) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    let mut row = |name: &str, value: String| {
        table.add_row([name.to_owned(), value]);
    };
    row("raw records in", fed.to_string());
    row("enriched out", report.enriched.to_string());
    row("verdicts", list(&report.verdicts));
    row("repaired articles", report.repaired.to_string());
    row("passages taken out", list(&report.removed));
    row("dead letters", format!("{} ({})", report.dead.values().sum::<u64>(), list(&report.dead)));
    row("tombstones", report.tombstones.to_string());
    if let Some(Pace { warm_up, flow }) = pace {
        let rate = fed.saturating_sub(1) as f64 / flow.as_secs_f64().max(0.001);
        row("articles/s", format!("{rate:.0} (the first outcome came after {} ms)", warm_up.as_millis()));
    }
    row("enriched JSON", output.display().to_string());
    let bold = Style::new().bold();
    format!("{bold}copydesk demo: every record has its outcome{bold:#}\n{table}")
}

fn list(counts: &BTreeMap<String, u64>) -> String {
    if counts.is_empty() {
        return "none".into();
    }
    counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}

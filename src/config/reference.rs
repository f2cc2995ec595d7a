//! docs/SETTINGS.md, written from `config/copydesk.toml`.

use std::fmt::Write;

use super::names::NAMES;
use super::sources::environment_name;

/// The page of all settings: name, default, environment variable and meaning, in Markdown.
pub fn reference() -> String {
    let mut page = String::from(
        "# Settings\n\n\
         This page is written from `config/copydesk.toml`, which is built into the binary; a test keeps the two the same.\n\n\
         Later sources win: the defaults < `--config FILE` (or the file that `COPYDESK_CONFIG` names) < environment < \
         `--set KEY=VALUE`. Names are matched without regard to case, `_` and `-`. A name that is not here is refused. \
         `copydesk check` prints what is in force, and where each value came from.\n\n\
         `RUST_LOG` stands in for `COPYDESK__LOG__FILTER` when that is not set.\n",
    );
    for (table, comment) in &NAMES.tables {
        // Writing to a String cannot fail.
        let _ = write!(page, "\n## {table}\n\n");
        if !comment.is_empty() {
            let _ = write!(page, "{comment}\n\n");
        }
        let keys: Vec<_> =
            (NAMES.keys.iter()).filter(|key| key.path[..key.path.len() - 1].join(".") == *table).collect();
        if keys.is_empty() {
            let path: Vec<String> = table.split('.').map(ToOwned::to_owned).collect();
            let _ = writeln!(page, "Any name: `{table}.NAME`, `{}__NAME`.", environment_name(&path));
            continue;
        }
        page.push_str("| Setting | Default | Meaning | Environment |\n|---|---|---|---|\n");
        for key in keys {
            let meaning = key.comment.replace('|', "\\|");
            let variable = environment_name(&key.path);
            let _ = writeln!(page, "| `{}` | `{}` | {meaning} | `{variable}` |", key.name(), key.default);
        }
    }
    page
}

//! From settings to what the domain takes: it knows nothing of settings files, so its own types are filled here.

use std::collections::BTreeMap;
use std::time::Duration;

use super::checked::{DedupSettings, Settings};
use super::choice::{ArticleTime, Copies, InputDialect, InputFormat};
use crate::article::{Dialect, Field, Format, InputSettings};
use crate::dedup::WindowSettings;
use crate::repair::RepairSettings;
use crate::stage::{self, StageSettings};

impl Settings {
    /// What the stage is to do.
    pub fn stage(&self) -> StageSettings {
        StageSettings {
            input: InputSettings {
                format: format(self.input.format),
                dialect: dialect(self.input.dialect),
                fields: fields(&self.input.fields),
                max_bytes: self.input.max_bytes,
                max_depth: self.input.max_depth,
            },
            repair: RepairSettings {
                enabled: self.repair.enabled,
                boilerplate: self.repair.boilerplate,
                repeats: self.repair.repeats,
            },
            knowledge: self.extract.knowledge.clone(),
            time: match self.dedup.time {
                ArticleTime::Record => stage::ArticleTime::Record,
                ArticleTime::Published => stage::ArticleTime::Published,
            },
            stories: self.dedup.stories,
            copies: match self.dedup.copies {
                Copies::Annotate => stage::Copies::Annotate,
                Copies::Link => stage::Copies::Link,
                Copies::Drop => stage::Copies::Drop,
            },
            panic_marker: self.drill.panic_marker.as_ref().map(|marker| marker.clone().into_bytes()),
        }
    }
}

fn format(format: InputFormat) -> Format {
    match format {
        InputFormat::Auto => Format::Auto,
        InputFormat::Json => Format::Json,
        InputFormat::Text => Format::Text,
        InputFormat::Html => Format::Html,
    }
}

fn dialect(dialect: InputDialect) -> Dialect {
    match dialect {
        InputDialect::Auto => Dialect::Auto,
        InputDialect::Copydesk => Dialect::Copydesk,
        InputDialect::NewsApi => Dialect::NewsApi,
        InputDialect::Webz => Dialect::Webz,
        InputDialect::Ninjs => Dialect::Ninjs,
        InputDialect::SchemaOrg => Dialect::SchemaOrg,
        InputDialect::NewsPlease => Dialect::NewsPlease,
    }
}

/// Names were checked against the same list, which a test below compares.
fn fields(fields: &BTreeMap<String, Vec<String>>) -> BTreeMap<Field, Vec<String>> {
    fields.iter().filter_map(|(name, path)| Some((name.parse().ok()?, path.clone()))).collect()
}

impl DedupSettings {
    /// The window. `append_span` bounds it by the log's own time, where there is a log that expires.
    pub fn window_settings(&self, append_span: Option<Duration>) -> WindowSettings {
        let millis = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        WindowSettings {
            articles: self.window.articles.get(),
            event_span: millis(self.window.time),
            append_span: append_span.map(millis),
            stories: self.stories,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_that_settings_take_is_one_that_parsing_knows() {
        let known: BTreeSet<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
        assert_eq!(crate::config::INPUT_FIELDS.iter().copied().collect::<BTreeSet<_>>(), known);
    }
}

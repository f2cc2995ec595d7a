//! From settings to what the domain takes: it knows nothing of settings files, so its own types are filled here.

use std::time::Duration;

use super::checked::{DedupSettings, Settings};
use super::choice::{ArticleTime, Copies};
use crate::article::InputSettings;
use crate::dedup::WindowSettings;
use crate::repair::RepairSettings;
use crate::stage::{self, StageSettings};

impl Settings {
    /// What the stage is to do.
    pub fn stage(&self) -> StageSettings {
        StageSettings {
            input: InputSettings {
                format: self.input.format,
                dialect: self.input.dialect,
                fields: self.input.fields.clone(),
                max_bytes: self.input.max_bytes,
                max_depth: self.input.max_depth,
            },
            repair: RepairSettings {
                enabled: self.repair.enabled,
                boilerplate: self.repair.boilerplate,
                repeats: self.repair.repeats,
            },
            time: match self.dedup.time {
                ArticleTime::Record => stage::ArticleTime::Record,
                ArticleTime::Published => stage::ArticleTime::Published,
            },
            copies: match self.dedup.copies {
                Copies::Annotate => stage::Copies::Annotate,
                Copies::Link => stage::Copies::Link,
                Copies::Drop => stage::Copies::Drop,
            },
            panic_marker: self.drill.panic_marker.as_ref().map(|marker| marker.clone().into_bytes()),
        }
    }
}

impl DedupSettings {
    /// The window. `append_span` bounds it by the log's own time, where there is a log that expires.
    pub fn window_settings(&self, append_span: Option<Duration>) -> WindowSettings {
        let millis = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        WindowSettings {
            articles: self.window.articles.get(),
            event_span: millis(self.window.time),
            append_span: append_span.map(millis),
        }
    }
}

//! `copydesk dead-letters list|show|replay`.

use std::ops::ControlFlow;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, Subcommand};
use comfy_table::{ContentArrangement, Table, presets};

use super::error::CliError;
use super::print;
use crate::article::Record;
use crate::config::Settings;
use crate::kafka::headers;
use crate::kafka::resend::Resender;
use crate::kafka::scan::{From, scan};

/// What to do.
#[derive(Debug, Subcommand)]
pub enum DeadLettersCommand {
    /// List dead letters, oldest first
    List(Filter),
    /// Show one dead letter: its headers and its value
    Show {
        /// Where it stands in the dead-letter topic
        #[arg(value_name = "PARTITION/OFFSET")]
        place: Place,
        /// The value's bytes alone, as they are
        #[arg(long)]
        raw: bool,
    },
    /// Put dead letters back on the input topic, with their key, value and own headers
    Replay {
        /// Which; none with --all or --kind
        #[arg(value_name = "PARTITION/OFFSET", required_unless_present_any = ["all", "kind"])]
        places: Vec<Place>,
        /// All of them
        #[arg(long, conflicts_with = "places")]
        all: bool,
        #[command(flatten)]
        filter: Filter,
        /// Say what would be done
        #[arg(long)]
        dry_run: bool,
    },
}

/// Which dead letters.
#[derive(Debug, Args)]
pub struct Filter {
    /// Only those of this error kind, such as invalid-json
    #[arg(long)]
    kind: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// A place in the dead-letter topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    partition: i32,
    offset: i64,
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (partition, offset) = text.split_once('/')?;
            Some(Self { partition: partition.parse().ok()?, offset: offset.parse().ok()? })
        };
        parse().ok_or_else(|| {
            format!("{text:?} is not PARTITION/OFFSET, such as 0/17; `dead-letters list` shows them")
        })
    }
}

/// Runs the command.
///
/// # Errors
/// When the topic cannot be read or written.
pub fn run(command: &DeadLettersCommand, settings: &Settings) -> Result<(), CliError> {
    match command {
        DeadLettersCommand::List(filter) => list(filter, settings),
        DeadLettersCommand::Show { place, raw } => show(*place, *raw, settings),
        DeadLettersCommand::Replay { places, filter, dry_run, .. } => {
            replay(places, filter, *dry_run, settings)
        }
    }
}

fn list(filter: &Filter, settings: &Settings) -> Result<(), CliError> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["place", "kind", "stage", "source", "tries", "bytes", "message"]);
    let mut count = 0;
    each(settings, filter, |record| {
        let header = |name| headers::find(&record.headers, name).unwrap_or("?");
        count += 1;
        table.add_row([
            format!("{}/{}", record.position.partition, record.position.offset),
            header("copydesk-error-kind").into(),
            header("copydesk-error-stage").into(),
            format!("{}/{}", header("copydesk-source-partition"), header("copydesk-source-offset")),
            header(headers::ATTEMPTS).into(),
            record.value.as_ref().map_or(0, Vec::len).to_string(),
            header("copydesk-error-message").into(),
        ]);
        Ok(())
    })?;
    if count > 0 {
        print(&table.to_string())?;
    }
    print(&format!("{count} dead letters in {}", settings.dead_letters.topic))
}

fn show(place: Place, raw: bool, settings: &Settings) -> Result<(), CliError> {
    let record = at(place, settings)?;
    let value = record.value.as_deref().unwrap_or_default();
    if raw {
        use std::io::Write;
        let mut out = std::io::stdout().lock();
        return out.write_all(value).and_then(|()| out.flush()).map_err(CliError::Output);
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    print(&format!("key: {}", record.key.as_deref().map_or("(none)".into(), text)))?;
    for (name, value) in &record.headers {
        print(&format!("{name}: {}", value.as_deref().map_or("(null)".into(), text)))?;
    }
    print(&format!("\n{}", text(value)))
}

fn replay(places: &[Place], filter: &Filter, dry_run: bool, settings: &Settings) -> Result<(), CliError> {
    let resender = Resender::connect(&settings.kafka, &settings.input.topic)?;
    let mut count = 0;
    let mut one = |record: Record| {
        count += 1;
        if dry_run {
            return print(&format!("would replay {}/{}", record.position.partition, record.position.offset));
        }
        let headers = headers::replay(&record.headers);
        resender.send(&Record { headers, ..record }).map_err(CliError::from)
    };
    if places.is_empty() {
        each(settings, filter, &mut one)?;
    } else {
        for place in places {
            one(at(*place, settings)?)?;
        }
    }
    resender.finish(Duration::from_secs(60))?;
    let verb = if dry_run { "would be put" } else { "put" };
    print(&format!("{count} dead letters {verb} back on {}", settings.input.topic))
}

fn at(place: Place, settings: &Settings) -> Result<Record, CliError> {
    let topic = &settings.dead_letters.topic;
    let mut found = None;
    scan(&settings.kafka, topic, From::At(place.partition, place.offset), |record| {
        found = (record.position.offset == place.offset).then_some(record);
        ControlFlow::Break(())
    })?;
    let Place { partition, offset } = place;
    found
        .ok_or_else(|| CliError::Usage(format!("there is no dead letter at {partition}/{offset} in {topic}")))
}

fn each(
    settings: &Settings,
    filter: &Filter,
    mut then: impl FnMut(Record) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let (mut left, mut failed) = (filter.limit.unwrap_or(usize::MAX), None);
    if left == 0 {
        return Ok(());
    }
    scan(&settings.kafka, &settings.dead_letters.topic, From::Oldest, |record| {
        let kind = headers::find(&record.headers, "copydesk-error-kind");
        if filter.kind.as_deref().is_some_and(|wanted| kind != Some(wanted)) {
            return ControlFlow::Continue(());
        }
        left -= 1;
        if let Err(error) = then(record) {
            failed = Some(error);
        }
        if left == 0 || failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    failed.map_or(Ok(()), Err)
}

//! The dedup-and-extract stage: `prepare` → (verdict) → `finish`. The only seam between the domain and Kafka.
//!
//! Both halves are pure: the same record and verdict give the same bytes. A panic in either is caught here and makes
//! the article a dead letter; it never stops the stream and never loses the article.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::article::enriched::{Dateline, Dedup, Provenance, Relation, Stats, Summary};
use crate::article::{
    self, EnrichedArticle, InputSettings, Parsed, RawArticle, Record, Reject, RejectKind, Warning,
};
use crate::dedup::{self, Entry, Sketch, Terms, Verdict};
use crate::extract;
use crate::extract::known::Knowledge;
use crate::repair::{self, RepairSettings, Repaired};
use crate::text::{CodePoints, Segments};

/// What is done to articles.
#[derive(Debug, Clone)]
pub struct StageSettings {
    /// How raw records are read.
    pub input: InputSettings,
    /// What repair takes out.
    pub repair: RepairSettings,
    /// The names that are known before a text is read.
    pub knowledge: Arc<Knowledge>,
    /// Which time of an article counts for the window.
    pub time: ArticleTime,
    /// Whether articles are grouped in stories.
    pub stories: bool,
    /// What is made of copies.
    pub copies: Copies,
    /// Bytes that make the stage panic, for drills.
    pub panic_marker: Option<Vec<u8>>,
}

/// Which time of an article counts for the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ArticleTime {
    /// The record's timestamp.
    #[default]
    Record,
    /// `datePublished`; the record's timestamp where there is none.
    Published,
}

/// What is made of an article that is a copy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Copies {
    /// The whole record.
    #[default]
    Annotate,
    /// Head, repair and dedup only.
    Link,
    /// Nothing.
    Drop,
}

/// The stage with its settings.
#[derive(Debug, Clone)]
pub struct Stage {
    settings: StageSettings,
}

/// What the first half made of a record.
#[derive(Debug)]
pub enum Prepared {
    /// An article with its entry for the sketch log.
    Article(Box<PreparedArticle>),
    /// A null value, to be passed on.
    Tombstone,
    /// Not an article.
    Rejected(Reject),
}

/// An article between the two halves.
#[derive(Debug)]
pub struct PreparedArticle {
    raw: RawArticle,
    repaired: Repaired,
    entry: Entry,
}

impl PreparedArticle {
    /// What the sketch log is to remember.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Adds a warning to what parsing has found, once.
    pub fn warn(&mut self, warning: Warning) {
        self.raw.warn(warning);
    }
}

/// What becomes of a record.
#[derive(Debug)]
pub enum Outcome {
    /// An enriched article.
    Enriched(Enriched),
    /// A tombstone for the output topic.
    Tombstone,
    /// A dead letter.
    Rejected(Reject),
    /// A copy that is not wanted.
    Dropped,
}

/// An enriched article, ready to leave.
#[derive(Debug)]
pub struct Enriched {
    /// The record's value: JSON, UTF-8.
    pub json: Vec<u8>,
    /// The article's id.
    pub id: Arc<str>,
    /// Id of the first article of its cluster.
    pub cluster: Arc<str>,
}

impl Stage {
    /// A stage with these settings.
    pub fn new(settings: StageSettings) -> Self {
        Self { settings }
    }

    /// Parse, repair, sketch.
    pub fn prepare(&self, record: &Record) -> Prepared {
        caught(|| self.prepare_or_panic(record)).unwrap_or_else(Prepared::Rejected)
    }

    /// Extract, and write the record.
    pub fn finish(&self, record: &Record, article: Box<PreparedArticle>, verdict: &Verdict) -> Outcome {
        if verdict.relation.is_copy() && self.settings.copies == Copies::Drop {
            return Outcome::Dropped;
        }
        caught(|| self.finish_or_panic(record, *article, verdict)).unwrap_or_else(Outcome::Rejected)
    }

    fn prepare_or_panic(&self, record: &Record) -> Prepared {
        self.drill(record);
        let raw = match article::parse(record, &self.settings.input) {
            Ok(Parsed::Article(raw)) => *raw,
            Ok(Parsed::Tombstone) => return Prepared::Tombstone,
            Err(reject) => return Prepared::Rejected(reject),
        };
        let repaired = repair::repair(&raw.text, &self.settings.repair);
        let entry = Entry {
            id: article::article_id(raw.id.as_deref(), &record.position).into(),
            position: record.position.clone(),
            event_time: self.event_time(record, &raw),
            sketch: Sketch::of(&repaired.text),
            revision: dedup::is_revision(raw.title.as_deref(), &repaired.text),
            terms: self.settings.stories.then(|| Terms::of(&repaired.text)),
        };
        // The body is not needed twice.
        let raw = RawArticle { text: String::new(), ..raw };
        Prepared::Article(Box::new(PreparedArticle { raw, repaired, entry }))
    }

    fn finish_or_panic(&self, record: &Record, article: PreparedArticle, verdict: &Verdict) -> Outcome {
        let PreparedArticle { raw, repaired, entry } = article;
        let extract = !(verdict.relation.is_copy() && self.settings.copies == Copies::Link);
        let enriched =
            enrich(record, raw, repaired, &entry, verdict, extract.then_some(&*self.settings.knowledge));
        match serde_json::to_vec(&enriched) {
            Ok(json) => Outcome::Enriched(Enriched { json, id: entry.id, cluster: verdict.cluster.clone() }),
            // Only a map with keys that are no strings, or a number that is none, could do that: a bug, and the article is kept.
            Err(error) => Outcome::Rejected(Reject {
                kind: RejectKind::Panic,
                stage: "output",
                message: format!("the enriched article could not be written as JSON: {error}"),
            }),
        }
    }

    /// No time at all is the epoch: such articles are compared with each other, never with a clock.
    fn event_time(&self, record: &Record, raw: &RawArticle) -> i64 {
        let published = || article::instant_millis(raw.date_published.as_deref()?);
        match self.settings.time {
            ArticleTime::Record => record.timestamp,
            ArticleTime::Published => published().or(record.timestamp),
        }
        .unwrap_or(0)
    }

    fn drill(&self, record: &Record) {
        let (Some(marker), Some(value)) = (&self.settings.panic_marker, &record.value) else { return };
        assert!(
            memchr::memmem::find(value, marker).is_none(),
            "drill: this article holds the text of drill.panicMarker"
        );
    }
}

/// Runs one half of the stage; a panic becomes a dead letter.
fn caught<T>(half: impl FnOnce() -> T) -> Result<T, Reject> {
    // What a panic leaves half done is dropped with the article: nothing is shared between articles.
    catch_unwind(AssertUnwindSafe(half)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)");
        Reject {
            kind: RejectKind::Panic,
            stage: "stage",
            message: format!(
                "a bug in copydesk {}: {text}. The article is kept; please report it",
                crate::VERSION
            ),
        }
    })
}

fn enrich(
    record: &Record,
    raw: RawArticle,
    repaired: Repaired,
    entry: &Entry,
    verdict: &Verdict,
    extract: Option<&Knowledge>,
) -> EnrichedArticle {
    let Repaired { text, report } = repaired;
    let declared = raw.language.clone();
    let mut out = EnrichedArticle::from_raw(entry.id.to_string(), raw, Provenance::of(record));
    out.repair = report;
    out.dedup = dedup_of(entry, verdict);
    let language = extract::detect(&text, declared.as_deref());
    // Three digits say all that there is to say, and are the same on every machine.
    let rounded = (language.confidence * 1000.0).round() / 1000.0;
    out.language_confidence = language.tag.is_some().then_some(rounded);
    out.language = language.tag;
    if let Some(knowledge) = extract {
        read(&mut out, &text, knowledge);
    }
    out.text = text;
    out
}

/// What the text says, as far as this version reads it.
fn read(out: &mut EnrichedArticle, text: &str, knowledge: &Knowledge) {
    let segments = Segments::new(text);
    let code_points = CodePoints::new(text);
    let extract::Stats { chars, words, sentences, paragraphs } =
        extract::stats(text, &segments, &code_points);
    out.stats = Stats { chars, words, sentences, paragraphs };
    let first = segments.paragraphs().first().map(|span| span.text(text));
    if let Some(found) = first.and_then(extract::dateline) {
        out.dateline = Dateline { place: found.dateline.place, agency: found.dateline.agency };
    }
    if let Some(summary) = extract::summary(text, &segments, out.title.as_deref()) {
        out.summary = Summary { text: Some(summary.text(text)), spans: summary.code_points(&code_points) };
    }
    read_names(out, text, &segments, &code_points, knowledge);
}

/// Who, which organisations and where.
fn read_names(
    out: &mut EnrichedArticle,
    text: &str,
    segments: &Segments,
    code_points: &CodePoints<'_>,
    knowledge: &Knowledge,
) {
    let attempt = extract::Attempt::of(text, out.language.as_deref());
    let warning = match attempt {
        extract::Attempt::Full => None,
        extract::Attempt::Lowered => Some(Warning::NamesLessSure),
        extract::Attempt::KnownOnly => Some(Warning::NamesNotRead),
    };
    out.warnings.extend(warning.map(|warning| warning.as_str().to_owned()));
    let context = extract::Context {
        title: out.title.as_deref(),
        dateline: out.dateline.place.as_deref(),
        domain: out.source.domain.as_deref(),
    };
    let found = extract::entities(text, segments, code_points, knowledge, &context, attempt);
    out.people = found.people;
    out.organizations = found.organizations;
    out.locations = found.locations;
    out.demonyms = found.demonyms;
    out.provenance.models.insert("names".to_owned(), extract::names::tagger().model_name().to_owned());
}

fn dedup_of(entry: &Entry, verdict: &Verdict) -> Dedup {
    Dedup {
        verdict: verdict.relation,
        of: verdict.of.as_deref().map(str::to_owned),
        cluster: Some(verdict.cluster.to_string()),
        similarity: verdict.similarity,
        covers: verdict.covers,
        covered: verdict.covered,
        novel_numbers: verdict.novel_numbers,
        content_hash: (verdict.relation != Relation::Off).then(|| entry.sketch.content.to_string()),
        story: verdict.story.as_deref().map(str::to_owned),
    }
}

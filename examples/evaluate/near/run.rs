//! Feeds articles through repair, sketch and window, and takes the time of each.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use copydesk::dedup::Verdict;
use copydesk::repair::{RepairSettings, repair};

use super::bed::BedArticle;
use super::engine::{self, Article};

/// An article before repair.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    pub seconds: i64,
}

impl<'a> From<&'a BedArticle> for Source<'a> {
    fn from(article: &'a BedArticle) -> Self {
        Self { id: &article.id, title: &article.title, text: &article.text, seconds: article.ts }
    }
}

/// What came of it.
pub struct Run {
    /// In the order of the articles.
    pub verdicts: Vec<Verdict>,
    repair: Option<Duration>,
    sketch: Duration,
    window: Duration,
    /// Bytes of all entries in the sketch log.
    encoded: usize,
}

/// Decides on every article, one thread, in order.
pub fn run(sources: &[Source<'_>], window: usize, with_repair: bool) -> Run {
    let settings = RepairSettings::default();
    let start = Instant::now();
    let texts: Vec<Cow<'_, str>> = sources
        .iter()
        .map(|source| match with_repair {
            true => Cow::Owned(repair(source.text, &settings).text),
            false => Cow::Borrowed(source.text),
        })
        .collect();
    let repair = with_repair.then(|| start.elapsed());
    let start = Instant::now();
    let entries: Vec<_> = sources
        .iter()
        .zip(&texts)
        .enumerate()
        .map(|(number, (source, text))| {
            let Source { id, title, seconds, .. } = *source;
            engine::entry_of(&Article { id, title, text, seconds, number })
        })
        .collect();
    let sketch = start.elapsed();
    let mut state = engine::new_window(window);
    let start = Instant::now();
    let verdicts = entries.iter().map(|entry| engine::decide(&mut state, entry)).collect();
    let window = start.elapsed();
    let encoded = entries.iter().map(engine::encoded_len).sum();
    Run { verdicts, repair, sketch, window, encoded }
}

impl Run {
    /// Speed, size and relations.
    pub fn print(&self) {
        let articles = self.verdicts.len();
        let rate = |time: Duration| articles as f64 / time.as_secs_f64().max(1e-9);
        println!(
            "articles/s on one thread: {:.0}  (sketch {:.0}, window {:.0}{})",
            rate(self.sketch + self.window),
            rate(self.sketch),
            rate(self.window),
            self.repair.map_or(String::new(), |time| format!("; repair before it {:.0}", rate(time))),
        );
        println!("entry in the log: {:.1} bytes on average", self.encoded as f64 / articles.max(1) as f64);
        let mut relations: BTreeMap<_, usize> = BTreeMap::new();
        for verdict in &self.verdicts {
            *relations.entry(verdict.relation).or_default() += 1;
        }
        let relations: Vec<String> =
            relations.iter().map(|(relation, count)| format!("{} {count}", relation.as_str())).collect();
        println!("relations: {}", relations.join(", "));
    }
}

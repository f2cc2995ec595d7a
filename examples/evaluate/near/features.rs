//! The features of every comparison on a bed, for fitting the score.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use copydesk::dedup::FEATURE_NAMES;

use super::bed::BedArticle;
use super::engine::{self, Article};
use crate::Outcome;

/// Writes one line for each comparison: whether the two carry text of one story, where the new and the old one stand, which
/// story the new one is of (so that folds do not share stories), and the features.
pub fn write(path: &Path, bed: &[BedArticle], window: usize) -> Outcome {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "same\tnew\told\tstory\tkind\t{}", FEATURE_NAMES.join("\t"))?;
    let mut window = engine::new_window(window);
    for (number, article) in bed.iter().enumerate() {
        let BedArticle { id, title, text, ts, .. } = article;
        let entry = engine::entry_of(&Article { id, title, text, seconds: *ts, number });
        for (old, features) in engine::comparisons(&mut window, &entry) {
            let old = usize::try_from(old)?;
            let same = u8::from(article.shares_text_with(&bed[old]));
            let kind = if same == 1 { &article.primary } else { article.negative_kind() };
            write!(out, "{same}\t{number}\t{old}\t{}\t{kind}", article.cluster)?;
            for feature in features {
                write!(out, "\t{feature}")?;
            }
            writeln!(out)?;
        }
        engine::decide(&mut window, &entry);
    }
    Ok(out.flush()?)
}

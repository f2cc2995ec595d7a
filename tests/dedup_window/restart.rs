//! Readers that begin in the middle of a log.

use std::collections::{BTreeMap, VecDeque};

use copydesk::dedup::{Checkpoint, Decision, Entry, LogReader, Verdict, Window, Writer};
use proptest::prelude::*;

use super::history::{History, Record, Writing, writing};
use super::logs::{Arrival, log, samples, settings};

/// A reader that began at a place of the list and was caught up at another one, and what came of it.
struct Restarted {
    reader: LogReader,
    /// The verdicts that it gave, by the article's place in the list.
    verdicts: Vec<(usize, Verdict)>,
    /// The first article that it decided on without a checkpoint.
    own: Option<usize>,
    /// Offsets on which a checkpoint decided otherwise.
    differing: Vec<u64>,
    /// The checkpoints that it would have written.
    due: Vec<Checkpoint>,
}

impl Restarted {
    /// Reads the log from `cut` on; at `caught_up` the reader has all that was in the log when it began.
    fn read(history: &History, cut: usize, caught_up: usize) -> Self {
        let Writing { settings, pace, .. } = &history.writing;
        let mut this = Self {
            reader: LogReader::with_pace(settings.clone(), history.offset(cut), *pace),
            verdicts: Vec::new(),
            own: None,
            differing: Vec::new(),
            due: Vec::new(),
        };
        // What a reader that catches up has to hold, by the rule.
        let mut held: VecDeque<usize> = VecDeque::new();
        let mut live = false;
        for at in cut..history.records.len() {
            if at == caught_up {
                live = true;
                let mut told = Vec::new();
                this.reader.caught_up(|entry, verdict| told.push((entry.clone(), verdict)));
                this.take(history, held.drain(..).map(|at| (at, true)).collect(), told);
            }
            let (place, record) = &history.records[at];
            let (mut told, mut expected) = (Vec::new(), Vec::new());
            let mut tell = |entry: &Entry, verdict: Verdict| told.push((entry.clone(), verdict));
            match record {
                Record::Article(entry, ..) => {
                    this.reader.entry(Entry::clone(entry), *place, &mut tell);
                    held.push_back(at);
                    let most = if live { 0 } else { pace.held };
                    expected
                        .extend((held.len() > most).then(|| held.pop_front()).flatten().map(|at| (at, true)));
                }
                Record::Checkpoint(checkpoint) => {
                    this.differing.extend(this.reader.checkpoint(checkpoint, place.offset, &mut tell));
                    let (first, end) = checkpoint.range();
                    while let Some(at) = held.front().copied().filter(|at| history.offset(*at) < end) {
                        held.pop_front();
                        assert!(
                            history.offset(at) >= first,
                            "a checkpoint leaves nothing before it uncovered"
                        );
                        expected.push((at, false));
                    }
                }
            }
            this.take(history, expected, told);
            // With every record, as if it were this worker's own: the earliest that it may be.
            this.due.extend(this.reader.due(Writer::OfNewest));
        }
        this
    }

    /// Puts the verdicts that were told to the articles on which they had to be, and which the reader decided itself.
    fn take(&mut self, history: &History, expected: Vec<(usize, bool)>, told: Vec<(Entry, Verdict)>) {
        // From the last: of two with one position in a batch the first may be the one that is passed over.
        let mut told = told.into_iter().rev().peekable();
        for (at, own) in expected.into_iter().rev() {
            let Some((entry, _, decision)) = history.article(at) else { continue };
            if own {
                self.own = Some(self.own.map_or(at, |first| first.min(at)));
            }
            match told.next_if(|(told, _)| told.position == entry.position) {
                Some((_, verdict)) => self.verdicts.push((at, verdict)),
                // A replay of what stands before the cut.
                None => assert!(!own && decision.is_none(), "article {at} was passed over"),
            }
        }
        assert!(told.next().is_none(), "a verdict on nothing that was held");
    }
}

/// The first place from `cut` on, not before `wish`, at which a reader that began at the cut may be caught up by the law:
/// nothing before the cut is alive for the first article that no checkpoint before that place covers.
fn first_lawful(history: &History, cut: usize, wish: usize) -> Option<usize> {
    let mut covered = history.offset(cut);
    let mut own = cut;
    for caught_up in cut..history.records.len() {
        if let Some((_, Record::Checkpoint(checkpoint))) =
            caught_up.checked_sub(1).filter(|at| *at >= cut).map(|at| &history.records[at])
        {
            covered = covered.max(checkpoint.range().1);
        }
        while own < history.records.len() && (history.offset(own) < covered || history.article(own).is_none())
        {
            own += 1;
        }
        let fine = own >= history.records.len() || history.oldest_alive(own) >= history.offset(cut);
        if caught_up >= wish && fine {
            return Some(caught_up);
        }
    }
    None
}

/// What a worker that reads the whole log decides, by offset.
fn decisions(history: &History) -> BTreeMap<u64, &Decision> {
    history.articles().filter_map(|(at, _, _, decision)| Some((history.offset(at), decision?))).collect()
}

/// Whether the law speaks of this reader: nothing before the cut was alive for the first article on which it decided.
fn is_lawful(history: &History, cut: usize, restarted: &Restarted) -> bool {
    restarted.own.is_none_or(|own| history.oldest_alive(own) >= history.offset(cut))
}

/// Where a reader begins, and where it is caught up.
type Cut = (prop::sample::Index, prop::sample::Index);

fn logs() -> impl Strategy<Value = (Writing, Vec<Arrival>, Vec<Cut>)> {
    (writing(settings()), log(150), prop::collection::vec(any::<Cut>(), 4))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// The law of [`LogReader`], and what it writes: exactly what was decided on the entries in the range.
    #[test]
    fn a_reader_that_begins_anywhere_says_what_one_says_that_read_all((writing, log, cuts) in logs()) {
        let history = History::write(writing, log);
        let decisions = decisions(&history);
        let length = history.records.len();
        prop_assume!(length > 0);
        for (cut, caught_up) in cuts {
            let cut = cut.index(length);
            let wish = cut + caught_up.index(length - cut);
            let Some(caught_up) = first_lawful(&history, cut, wish) else { continue };
            let restarted = Restarted::read(&history, cut, caught_up);
            // Where more had to be held than may be, the reader decided too early.
            if !is_lawful(&history, cut, &restarted) {
                continue;
            }
            for (at, verdict) in &restarted.verdicts {
                let expected = history.article(*at).map(|(_, verdict, _)| verdict);
                prop_assert_eq!(Some(verdict), expected, "article {}, cut at {}, caught up at {}", at, cut, caught_up);
            }
            prop_assert!(restarted.differing.is_empty(), "cut at {}, caught up at {}", cut, caught_up);
            for checkpoint in &restarted.due {
                let (first, end) = checkpoint.range();
                let made = checkpoint.decisions().iter().map(|(offset, decision)| (*offset, decision));
                let all = decisions.range(first..end).map(|(offset, decision)| (*offset, *decision));
                prop_assert_eq!(made.collect::<Vec<_>>(), all.collect::<Vec<_>>());
            }
        }
    }
}

/// On logs like those above, readers without checkpoints come to other verdicts, also where nothing before their beginning is
/// alive. So the law above is not kept by chance; and its readers come so far that they decide, and write, themselves.
#[test]
fn without_checkpoints_a_reader_that_begins_later_goes_wrong() {
    const LOGS: usize = 120;
    let (mut wrong, mut own, mut same) = (0, 0, 0);
    for (writing, log, cuts) in samples(LOGS, logs()) {
        let history = History::write(writing, log);
        let cut = cuts[0].0.index(history.records.len()) / 2;
        wrong += usize::from(goes_wrong(&history, cut));
        let Some(caught_up) = first_lawful(&history, cut, cut) else { continue };
        let restarted = Restarted::read(&history, cut, caught_up);
        own += usize::from(is_lawful(&history, cut, &restarted) && restarted.own.is_some());
        let written = |due: &&Checkpoint| {
            history
                .records
                .iter()
                .any(|(_, record)| matches!(record, Record::Checkpoint(theirs) if theirs == *due))
        };
        same += restarted.due.iter().filter(written).count();
    }
    println!(
        "{wrong} of {LOGS} logs need checkpoints; {own} readers decided in the end; they wrote {same} the same"
    );
    assert!(wrong >= LOGS / 6, "only {wrong} logs need checkpoints");
    assert!(own >= LOGS / 2, "only {own} readers decided themselves");
    assert!(same >= LOGS, "only {same} checkpoints that a late reader would write are those in the log");
}

/// Whether a reader that begins at `cut`, and knows no checkpoints, gives another verdict where nothing before is alive.
fn goes_wrong(history: &History, cut: usize) -> bool {
    let mut window = Window::new(history.writing.settings.clone());
    (cut..history.records.len()).any(|at| {
        let Some((entry, expected, _)) = history.article(at) else { return false };
        let (verdict, _) = window.apply(entry, history.records[at].0);
        history.oldest_alive(at) >= history.offset(cut) && verdict != *expected
    })
}

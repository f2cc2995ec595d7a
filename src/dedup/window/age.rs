//! When which entries were appended: which of them are too old is a question to the log's own time.
//!
//! An entry has expired when a later one was appended more than the span after it, and with it all that stand before it. So
//! whether it has depends on what follows it alone, and a reader that begins at any place before it agrees with all others,
//! also where the log's time goes back, as it does when a leader with a slower clock takes over.

use std::collections::VecDeque;

/// Append times in whole seconds, one mark for each second at most.
#[derive(Debug, Default)]
pub struct Ages {
    /// The last offset of a second, and the second; only where no later offset has the same or a lower one. Both ascend.
    marks: VecDeque<(u64, i64)>,
    oldest: u64,
}

impl Ages {
    /// Takes the append time of the next offset, in milliseconds; the first offset that has not expired. `span` in seconds.
    pub fn oldest(&mut self, offset: u64, append_time: i64, span: i64) -> u64 {
        let now = append_time.div_euclid(1000);
        // This one expires before them, or with them, and takes them along.
        while self.marks.back().is_some_and(|(_, second)| *second >= now) {
            self.marks.pop_back();
        }
        self.marks.push_back((offset, now));
        while let Some((last, _)) = self.marks.front().filter(|(_, second)| now - second > span) {
            self.oldest = last + 1;
            self.marks.pop_front();
        }
        self.oldest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition: the offset after the last one before which, or at which, an entry is too old for a later one.
    fn defined(log: &[(u64, i64)], span: i64) -> u64 {
        let second = |at: usize| log[at].1.div_euclid(1000);
        let expired = |at: &usize| (at + 1..log.len()).any(|later| second(later) - second(*at) > span);
        (0..log.len()).rev().find(expired).map_or(0, |at| log[at].0 + 1)
    }

    /// A log whose time goes on, leaps, and goes back now and then; with holes in the offsets.
    fn log() -> impl Strategy<Value = Vec<(u64, i64)>> {
        let step = prop_oneof![6 => 0i64..3000, 2 => -20_000i64..0, 1 => 5000i64..60_000];
        prop::collection::vec((1u64..4, step), 1..80).prop_map(|steps| {
            let (mut offset, mut time) = (0, -30_000);
            steps
                .into_iter()
                .map(|(hole, step)| {
                    (offset, time) = (offset + hole, time + step);
                    (offset, time)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn what_has_expired_is_what_is_defined(log in log(), span in 0i64..30) {
            let mut ages = Ages::default();
            for end in 1..=log.len() {
                let (offset, time) = log[end - 1];
                prop_assert_eq!(ages.oldest(offset, time, span), defined(&log[..end], span));
                prop_assert!(ages.marks.len() as i64 <= span + 1);
            }
        }

        /// Of the entries that both have read, the same ones have expired.
        #[test]
        fn a_reader_that_begins_later_agrees(log in log(), span in 0i64..30, cut in any::<prop::sample::Index>()) {
            let cut = cut.index(log.len());
            let (mut whole, mut late) = (Ages::default(), Ages::default());
            for (at, (offset, time)) in log.iter().enumerate() {
                let oldest = whole.oldest(*offset, *time, span);
                if at >= cut {
                    prop_assert_eq!(late.oldest(*offset, *time, span).max(log[cut].0), oldest.max(log[cut].0));
                }
            }
        }
    }
}

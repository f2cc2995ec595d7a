//! When which entries were appended: which of them are too old is a question to the log's own time.

use std::collections::VecDeque;

/// Append times in whole seconds, with one mark for each second in which entries came.
#[derive(Debug, Default)]
pub struct Ages {
    /// First offset and its second.
    marks: VecDeque<(u64, i64)>,
    now: i64,
}

impl Ages {
    /// Takes the append time of the next offset, in milliseconds. A time that goes back counts as no time passed: the
    /// leader's clock may, and what has expired must stay so.
    pub fn push(&mut self, offset: u64, append_time: i64) {
        let second = append_time.div_euclid(1000);
        self.now = if self.marks.is_empty() { second } else { self.now.max(second) };
        if self.marks.back().is_none_or(|(_, last)| *last < self.now) {
            self.marks.push_back((offset, self.now));
        }
    }

    /// The first offset that is not more than `span` seconds older than the newest; forgets what is before it.
    pub fn oldest(&mut self, span: i64) -> u64 {
        while self.marks.len() > 1 && self.now - self.marks[0].1 > span {
            self.marks.pop_front();
        }
        self.marks.front().map_or(0, |(offset, _)| *offset)
    }
}

use std::fmt;
use std::sync::Arc;

/// Where a record stands in Kafka. It names an article for ever: a record that is read again after a crash
/// has the same position, so the sketch log can tell a replay from a copy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The topic's name; for input without Kafka, a name that stands for the source.
    pub topic: Arc<str>,
    /// The partition's number.
    pub partition: i32,
    /// The record's offset in that partition.
    pub offset: i64,
}

impl Position {
    /// The position of one record.
    pub fn new(topic: impl Into<Arc<str>>, partition: i32, offset: i64) -> Self {
        Self { topic: topic.into(), partition, offset }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}@{}", self.topic, self.partition, self.offset)
    }
}

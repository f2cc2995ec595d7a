//! Numbers for source partitions. Few, and none is forgotten.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::article::Position;

/// See the module.
#[derive(Debug, Default)]
pub struct Lanes {
    topics: BTreeMap<Arc<str>, BTreeMap<i32, u32>>,
    next: u32,
}

impl Lanes {
    /// The number of a position's partition, if it has one.
    pub fn find(&self, position: &Position) -> Option<u32> {
        self.topics.get(&position.topic)?.get(&position.partition).copied()
    }

    /// The number of a position's partition.
    pub fn intern(&mut self, position: &Position) -> u32 {
        if let Some(lane) = self.find(position) {
            return lane;
        }
        let lane = self.next;
        self.next += 1;
        self.topics.entry(position.topic.clone()).or_default().insert(position.partition, lane);
        lane
    }
}

//! The same desk, run by `copydesk` processes.

use std::collections::BTreeMap;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::Desk;
use crate::support::{PATIENCE, Worker, client_config};

const COPYDESK: &str = env!("CARGO_BIN_EXE_copydesk");

impl Desk {
    /// Starts a command on this desk.
    pub fn spawn(&self, command: &[&str], more: &[&str]) -> Worker {
        let sets = self.sets().into_iter().chain(more.iter().map(ToString::to_string));
        let switches = sets.flat_map(|set| ["--set".to_owned(), set]);
        let args: Vec<String> = command.iter().map(ToString::to_string).chain(switches).collect();
        Worker::start(COPYDESK, &args.iter().map(String::as_str).collect::<Vec<_>>(), &[])
    }

    /// A worker process that has joined the group.
    pub fn join(&self, more: &[&str]) -> Worker {
        let worker = self.spawn(&["run"], more);
        worker.wait_for_line(PATIENCE, "an assignment", |line| line.contains("partitions assigned"));
        worker
    }

    /// What the group has committed, as the broker tells a stranger.
    pub fn committed(&self) -> BTreeMap<i32, i64> {
        let consumer: BaseConsumer =
            client_config(&self.bootstrap).set("group.id", &self.group).create().expect("valid settings");
        let metadata = consumer.fetch_metadata(Some(&self.raw), PATIENCE).expect("an answer");
        let mut list = TopicPartitionList::new();
        for partition in metadata.topics()[0].partitions() {
            list.add_partition(&self.raw, partition.id());
        }
        let list = consumer.committed_offsets(list, PATIENCE).expect("an answer");
        let offsets = list.elements().iter().map(|e| (e.partition(), e.offset())).collect::<Vec<_>>();
        offsets
            .into_iter()
            .filter_map(|(p, o)| if let Offset::Offset(o) = o { Some((p, o)) } else { None })
            .collect()
    }
}

/// Waits for the end of a process: its code and all that it wrote.
pub fn output(worker: &mut Worker) -> (Option<i32>, String) {
    let status = worker.wait_for_exit(PATIENCE);
    (status.code(), worker.log())
}

/// Asks a worker to stop, which it must do cleanly.
pub fn stop(mut worker: Worker) {
    worker.terminate();
    let (code, log) = output(&mut worker);
    assert_eq!(code, Some(0), "{log}");
}

//! The desk on its own thread, as the worker runs it, with a log and a broker that answer from other threads.

use super::*;

/// Takes everything, and answers from the caller's thread.
struct PromptBroker {
    events: Sender<Event>,
    taken: Sender<(Lane, i64)>,
}

impl Delivery for PromptBroker {
    fn submit(&self, parcel: Parcel) -> Result<(), Box<Parcel>> {
        let (lane, offset, kind) = (parcel.lane, parcel.source.position.offset, parcel.kind);
        let _ = self.taken.send((lane, offset));
        // The answer is there before `submit` returns.
        let _ = self.events.send(Event::Delivered(Delivered::Settled { lane, offset, kind }));
        Ok(())
    }

    fn flush(&self, _: Duration) -> usize {
        0
    }
}

/// Answers from a thread of its own, a handful at a time, the last one first.
struct ShufflingLog {
    entries: Sender<(WorkId, Verdict)>,
}

impl SketchLog<WorkId> for ShufflingLog {
    fn submit(&self, entry: &Entry, id: WorkId) -> Submitted<WorkId> {
        let _ = self.entries.send((id, Verdict::original(entry.id.clone())));
        Submitted::Pending
    }
}

fn answer(entries: &Receiver<(WorkId, Verdict)>, events: &Sender<Event>) {
    while let Ok(first) = entries.recv() {
        let mut handful = vec![first];
        handful.extend(entries.try_iter().take(15));
        for (id, verdict) in handful.into_iter().rev() {
            let _ = events.send(Event::Verdict(id, verdict));
        }
    }
}

#[test]
fn a_whole_life_on_threads() {
    const RECORDS: i64 = 300;
    let (entries, asked) = unbounded();
    let (taken, left) = unbounded();
    let (failing, fatal) = unbounded();
    // The broker needs the desk's sender, and the desk needs the broker: the events take the way round.
    let (reports, reported) = unbounded();
    let broker = Arc::new(PromptBroker { events: reports, taken });
    let (desk, events) = desk(&Options::default(), broker, Some(Arc::new(ShufflingLog { entries })), failing);
    let forward = events.clone();
    let reporter = std::thread::spawn(move || reported.iter().for_each(|event| drop(forward.send(event))));
    let verdicts = events.clone();
    let log = std::thread::spawn(move || answer(&asked, &verdicts));
    let running = std::thread::spawn(move || desk.run());

    let lanes = [0, 1].map(|partition| Lane { partition, epoch: 1 + partition as u64 });
    let send = |event| events.send(event).unwrap_or_else(|_| panic!("the desk is gone"));
    send(Event::Change(Change::Assigned(lanes.to_vec())));
    for offset in 0..RECORDS {
        for lane in lanes {
            send(Event::Record(lane, article(lane, offset)));
        }
    }
    let mut next = [0, 0];
    for _ in 0..2 * RECORDS {
        let (lane, offset) =
            left.recv_timeout(DEADLINE).unwrap_or_else(|error| panic!("{error} at {next:?}"));
        assert_eq!(offset, next[lane.partition as usize], "{lane:?}");
        next[lane.partition as usize] += 1;
    }
    let (drained, wait) = bounded(0);
    send(Event::Change(Change::Revoked { partitions: vec![1], drained }));
    assert_eq!(wait.recv_timeout(DEADLINE), Err(RecvTimeoutError::Disconnected), "given back");
    let (done, wait) = bounded(1);
    send(Event::Drain(done));
    assert_eq!(wait.recv_timeout(DEADLINE), Ok(()));
    send(Event::End);
    assert!(running.join().is_ok(), "the end is heard");
    // The desk is gone, and with it the broker and the log: their threads run out.
    assert!(reporter.join().is_ok() && log.join().is_ok());
    assert_eq!(left.try_iter().count(), 0);
    assert!(fatal.try_iter().next().is_none());
}

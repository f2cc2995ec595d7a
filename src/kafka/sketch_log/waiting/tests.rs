use super::*;

const LIMIT: Duration = Duration::from_secs(10);

/// Articles and a clock that goes as the test says.
struct Bench {
    waiting: Waiting<i64>,
    start: Instant,
    /// Seconds since the start.
    now: u64,
    reading: Reading,
}

impl Bench {
    fn new(then: OnUnavailable) -> Self {
        let start = Instant::now();
        let reading = Reading { caught_up: true, moved: start };
        Self { waiting: Waiting::new(Patience { limit: LIMIT, then }), start, now: 0, reading }
    }

    fn at(mut self, now: u64) -> Self {
        self.now = now;
        self
    }

    fn instant(&self) -> Instant {
        self.start + Duration::from_secs(self.now)
    }

    fn submit(&mut self, offset: i64) {
        let article = Article {
            tickets: vec![offset],
            id: format!("a{offset}").into(),
            bytes: vec![1],
            since: self.instant(),
        };
        self.waiting.add(position(offset), article);
    }

    fn read_back(&mut self, offset: i64) -> Vec<i64> {
        self.waiting.read_back(&position(offset)).map(|article| article.tickets).unwrap_or_default()
    }

    fn look(&mut self, now: u64) -> Turn<i64> {
        self.now = now;
        self.waiting.look(self.instant(), self.reading)
    }

    fn look_at_nothing(&mut self, now: u64) {
        let turn = self.look(now);
        assert!(matches!(turn, Turn::None), "at {now}: {turn:?}");
    }

    /// The tickets that are given up by an outage that begins now.
    fn look_at_the_beginning(&mut self, now: u64) -> Vec<i64> {
        match self.look(now) {
            Turn::Began { passed, .. } => passed.into_iter().flat_map(|article| article.tickets).collect(),
            other => panic!("at {now}: {other:?}"),
        }
    }

    /// How many had passed by the end of an outage that ends now.
    fn look_at_the_end(&mut self, now: u64) -> u64 {
        match self.look(now) {
            Turn::Ended { passed, .. } => passed,
            other => panic!("at {now}: {other:?}"),
        }
    }
}

fn position(offset: i64) -> Position {
    Position::new("raw", 0, offset)
}

#[test]
fn verdicts_that_come_are_no_outage_however_long_the_desk_runs() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    for offset in 0..100 {
        bench.submit(offset);
        bench.look_at_nothing(offset as u64 * 9 + 9);
        assert_eq!(bench.read_back(offset), [offset]);
    }
    assert_eq!(bench.waiting.longest(bench.instant()), None);
}

#[test]
fn what_waits_too_long_passes_in_order_and_its_late_entry_finds_nobody() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    (0..50).for_each(|offset| bench.submit(offset));
    bench.look_at_nothing(9);
    assert_eq!(bench.look_at_the_beginning(10), (0..50).collect::<Vec<_>>());
    assert_eq!((bench.waiting.len(), bench.waiting.passes()), (0, true));
    assert!(bench.read_back(7).is_empty());
}

#[test]
fn only_the_return_of_an_entry_ends_an_outage() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    (0..3).for_each(|offset| bench.submit(offset));
    bench.look_at_the_beginning(10);
    bench.waiting.pass(&position(3), Some(vec![9]));
    bench.look_at_nothing(1000);
    // An entry of another worker.
    assert!(bench.read_back(77).is_empty());
    bench.look_at_nothing(1001);
    assert_eq!(
        bench.waiting.bytes(&position(0)),
        Some([1].as_slice()),
        "the probe is sent again if it is lost"
    );
    assert_eq!(bench.waiting.bytes(&position(1)), None, "what passed is not");
    bench.read_back(0);
    assert_eq!(bench.look_at_the_end(1002), 4);
    assert!(!bench.waiting.passes());
    bench.submit(5);
    bench.look_at_nothing(1011);
    assert_eq!(bench.read_back(5), [5]);
}

#[test]
fn articles_that_pause_keep_waiting_and_have_their_time_again_when_the_log_is_back() {
    let mut bench = Bench::new(OnUnavailable::Pause);
    (0..50).for_each(|offset| bench.submit(offset));
    assert!(bench.look_at_the_beginning(10).is_empty());
    assert_eq!((bench.waiting.len(), bench.waiting.passes()), (50, false));
    bench.look_at_nothing(5000);
    assert_eq!(bench.read_back(0), [0]);
    assert_eq!(bench.look_at_the_end(5000), 0);
    bench.look_at_nothing(5009);
    (1..50).for_each(|offset| assert_eq!(bench.read_back(offset), [offset]));
    bench.look_at_nothing(6000);
}

#[test]
fn a_log_that_takes_no_entries_is_unavailable_though_nobody_waits_in_it() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    for now in 0..=20 {
        bench.now = now / 2;
        bench.waiting.refused(bench.instant() + Duration::from_millis(now % 2 * 500));
    }
    assert!(bench.look_at_the_beginning(10).is_empty());
    bench.look_at_nothing(20);
    bench.waiting.pass(&position(1), None);
    bench.waiting.pass(&position(2), Some(vec![2]));
    bench.read_back(1);
    bench.look_at_nothing(21);
    bench.read_back(2);
    assert_eq!(bench.look_at_the_end(22), 2);
}

#[test]
fn a_refusal_long_ago_is_none() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    bench.waiting.refused(bench.instant());
    bench.look_at_nothing(100);
}

#[test]
fn a_start_that_reads_is_patient_and_one_that_stands_still_is_not() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    bench.reading.caught_up = false;
    for now in 0..100 {
        bench.reading.moved = bench.start + Duration::from_secs(now);
        bench.look_at_nothing(now + 9);
    }
    bench.look_at_the_beginning(109);
    // It reads again, and something of ours is in what it reads: not before all is read.
    bench.waiting.pass(&position(4), Some(vec![4]));
    bench.read_back(4);
    bench.look_at_nothing(110);
    bench.reading.caught_up = true;
    assert_eq!(bench.look_at_the_end(111), 1);
}

#[test]
fn a_start_that_sent_nothing_is_over_when_the_log_is_read() {
    let mut bench = Bench::new(OnUnavailable::Pause).at(0);
    bench.reading.caught_up = false;
    bench.look_at_the_beginning(10);
    bench.look_at_nothing(50);
    bench.reading.caught_up = true;
    assert_eq!(bench.look_at_the_end(51), 0);
}

#[test]
fn every_ticket_of_an_article_is_answered() {
    let mut bench = Bench::new(OnUnavailable::Pass);
    bench.submit(1);
    assert_eq!(bench.waiting.join(&position(1), 100), Ok(()));
    assert_eq!(bench.waiting.join(&position(2), 200), Err(200));
    assert_eq!(bench.look_at_the_beginning(10), [1, 100]);
}

//! The way to the sketch log.

use super::entry::Entry;
use super::verdict::Verdict;
use super::window::{Place, Window, WindowSettings};

/// A log that gives every entry a place in one order and a verdict that depends on what stands before it alone.
pub trait SketchLog<Ticket> {
    /// Hands an entry over. The verdict comes at once ([`Submitted::Decided`]) or later, with the ticket, by the way
    /// that the implementation was made with.
    fn submit(&self, entry: &Entry, ticket: Ticket) -> Submitted<Ticket>;
}

/// What came of handing an entry over.
#[derive(Debug, PartialEq)]
pub enum Submitted<Ticket> {
    /// The verdict is known.
    Decided(Ticket, Verdict),
    /// The verdict follows.
    Pending,
    /// The log takes no more at the moment: hand the entry over again later.
    Full(Ticket),
}

/// A log in memory, for one process without Kafka. Entries are ordered as they are handed over.
#[derive(Debug)]
pub struct MemoryLog {
    state: std::sync::Mutex<(Window, u64)>,
}

impl MemoryLog {
    /// An empty log. Nothing expires in memory, so `append_span` has no meaning here.
    pub fn new(settings: WindowSettings) -> Self {
        let settings = WindowSettings { append_span: None, ..settings };
        Self { state: std::sync::Mutex::new((Window::new(settings), 0)) }
    }
}

impl<Ticket> SketchLog<Ticket> for MemoryLog {
    fn submit(&self, entry: &Entry, ticket: Ticket) -> Submitted<Ticket> {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (window, next) = &mut *state;
        let place = Place { offset: *next, append_time: 0 };
        *next += 1;
        Submitted::Decided(ticket, window.apply(entry, place).0)
    }
}

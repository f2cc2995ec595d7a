//! The time budget: the inequalities between deadlines without which a worker is thrown out of its group while it does
//! what it was told. They are checked when settings are loaded, and `copydesk check` prints them.

use std::fmt;
use std::time::Duration;

use super::checked::{GroupProtocol, Settings};
use super::choice::OnUnavailable;

/// All inequalities between deadlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeBudget {
    lines: Vec<BudgetLine>,
    shutdown: Duration,
}

/// One inequality: the sum of the left is less than the right, or equal to it where that is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// Settings by name, with their values; the sum counts.
    pub left: Vec<(&'static str, Duration)>,
    /// The setting that must be larger.
    pub right: (&'static str, Duration),
    /// Whether the two sides may be equal.
    pub or_equal: bool,
    /// Whether the worker refuses to start without it. The others are advice.
    pub binding: bool,
    /// What happens otherwise.
    pub reason: &'static str,
}

impl BudgetLine {
    /// Whether the inequality is true.
    pub fn holds(&self) -> bool {
        let sum: Duration = self.left.iter().map(|(_, time)| *time).sum();
        sum < self.right.1 || self.or_equal && sum == self.right.1
    }

    /// The inequality in names.
    pub(super) fn rule(&self) -> String {
        let names: Vec<&str> = self.left.iter().map(|(name, _)| *name).collect();
        let relation = if self.or_equal { "must not be more than" } else { "must be less than" };
        format!("{} {relation} {}", names.join(" + "), self.right.0)
    }
}

impl fmt::Display for BudgetLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, time)) in self.left.iter().enumerate() {
            let plus = if index == 0 { "" } else { " + " };
            write!(f, "{plus}{name} {}", time.as_millis())?;
        }
        let relation = if self.or_equal { "<=" } else { "<" };
        let state = match (self.holds(), self.binding) {
            (true, _) => "ok",
            (false, true) => "VIOLATED",
            (false, false) => "ADVICE",
        };
        write!(f, " {relation} {} {}: {state}", self.right.0, self.right.1.as_millis())?;
        if self.holds() { Ok(()) } else { write!(f, " ({})", self.reason) }
    }
}

impl TimeBudget {
    /// The time budget of these settings.
    pub fn of(settings: &Settings) -> Self {
        let (kafka, worker) = (&settings.kafka, &settings.worker);
        let drain = ("worker.drainMs", worker.drain);
        let poll = ("kafka.maxPollIntervalMs", kafka.max_poll_interval);
        let line = |left, right, reason| BudgetLine { left, right, or_equal: false, binding: true, reason };
        let mut lines = Vec::new();
        if let GroupProtocol::Classic { session_timeout } = kafka.group_protocol {
            let session = ("kafka.sessionTimeoutMs", session_timeout);
            lines.push(line(
                vec![drain],
                session,
                "the broker would take the partitions away while the worker drains them",
            ));
            lines.push(BudgetLine {
                or_equal: true,
                ..line(vec![session], poll, "librdkafka refuses a session that outlives the poll interval")
            });
        }
        lines.push(line(
            vec![("worker.pauseAfterMs", worker.pause_after), drain],
            poll,
            "the worker would be out of the group before a rebalance has drained it",
        ));
        lines.push(line(
            vec![drain],
            ("worker.shutdownMs", worker.shutdown),
            "shutdown would end before articles in work are done, and they would be repeated",
        ));
        lines.push(line(
            vec![("kafka.commitIntervalMs", kafka.commit_interval)],
            ("worker.stallMs", worker.stall),
            "/livez would fail between two commits of a healthy worker",
        ));
        if settings.dedup.enabled && settings.dedup.unavailable == OnUnavailable::Pass {
            lines.push(line(
                vec![("dedup.unavailableMs", settings.dedup.unavailable_after)],
                ("worker.stallMs", worker.stall),
                "/livez would fail while articles still wait for the sketch log, before they pass",
            ));
        }
        lines.push(line(
            vec![("kafka.lingerMs", kafka.linger)],
            ("kafka.messageTimeoutMs", kafka.message_timeout),
            "an outcome would time out before it is sent",
        ));
        lines.push(BudgetLine {
            or_equal: true,
            binding: false,
            ..line(
                vec![("kafka.messageTimeoutMs", kafka.message_timeout)],
                ("worker.stallMs", worker.stall),
                "/livez would fail before the worker itself reports that the broker acknowledges nothing",
            )
        });
        Self { lines, shutdown: worker.shutdown }
    }

    /// The inequalities.
    pub fn lines(&self) -> &[BudgetLine] {
        &self.lines
    }

    /// Those that the worker refuses to start without and that are not true.
    pub fn violated(&self) -> impl Iterator<Item = &BudgetLine> {
        self.lines.iter().filter(|line| line.binding && !line.holds())
    }
}

impl fmt::Display for TimeBudget {
    /// One line for each inequality, and one about the orchestrator's grace period.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        writeln!(
            f,
            "worker.shutdownMs {} < the orchestrator's grace period: for you to see to (terminationGracePeriodSeconds, \
             stop_grace_period)",
            self.shutdown.as_millis()
        )
    }
}

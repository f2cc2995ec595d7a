//! Is the worker alive, and may it be sent work? The answers say why.

use std::time::{Duration, Instant};

use super::Limits;
use crate::kafka::ledgers::Standing;
use crate::worker::Shared;

/// The poll thread ticks twenty times a second, but for questions to the broker, and for rebalances.
const SILENCE: Duration = Duration::from_secs(60);

/// Live: the poll thread ticks and every partition with work moves.
pub fn live(worker: &Shared, limits: Limits) -> Result<String, String> {
    judge(worker.metrics.since_poll(), &worker.standings(), limits, Instant::now())
}

fn judge(
    since_poll: Duration,
    standings: &[Standing],
    limits: Limits,
    now: Instant,
) -> Result<String, String> {
    if since_poll > SILENCE + limits.drain {
        return Err(format!("the poll thread has been silent for {} s", since_poll.as_secs()));
    }
    for standing in standings {
        let Some(since) = standing.waiting_since else { continue };
        let waiting = now.saturating_duration_since(since);
        if waiting > limits.stall {
            return Err(format!(
                "partition {}: {} articles are not committed, and no offset has moved for {} s",
                standing.partition,
                standing.uncommitted.articles,
                waiting.as_secs()
            ));
        }
    }
    Ok("live".into())
}

/// Ready: assigned, and the sketch log read, or not waited for.
pub fn ready(worker: &Shared) -> Result<String, String> {
    let log = worker.log_status();
    if worker.is_ready() {
        let partitions = worker.standings().len();
        let passes = log.is_some_and(|log| log.passes);
        let without = if passes { ", without verdicts: the sketch log gives none" } else { "" };
        return Ok(format!("ready: {partitions} partitions{without}"));
    }
    if worker.is_ending() {
        return Err("not ready: the worker is ending".into());
    }
    match log {
        Some(log) if !log.is_ready() => {
            let of = log.progress.retained.map_or("?".to_owned(), |n| n.to_string());
            Err(format!("not ready: reading the sketch log, {} of {of} entries", log.progress.read))
        }
        _ => Err("not ready: no assignment from the group yet".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kafka::ledger::Load;

    const LIMITS: Limits = Limits { stall: Duration::from_secs(120), drain: Duration::from_secs(10) };

    fn standing(waiting_since: Option<Instant>) -> Standing {
        Standing {
            partition: 4,
            frontier: None,
            confirmed: None,
            lag: None,
            open: 2,
            uncommitted: Load::default(),
            waiting_since,
        }
    }

    #[test]
    fn idle_partitions_are_alive_however_long_they_are_idle() {
        let now = Instant::now();
        assert!(judge(Duration::ZERO, &[standing(None)], LIMITS, now).is_ok());
    }

    #[test]
    fn work_that_does_not_move_is_not_life() {
        let since = Instant::now();
        let stall = LIMITS.stall;
        assert!(judge(Duration::ZERO, &[standing(Some(since))], LIMITS, since + stall).is_ok());
        let error = judge(Duration::ZERO, &[standing(Some(since))], LIMITS, since + stall * 2).unwrap_err();
        assert!(error.contains("partition 4") && error.contains("240 s"), "{error}");
    }

    #[test]
    fn a_silent_poll_thread_is_not_life() {
        assert!(judge(SILENCE + LIMITS.drain * 2, &[], LIMITS, Instant::now()).is_err());
        assert!(
            judge(SILENCE + LIMITS.drain, &[], LIMITS, Instant::now()).is_ok(),
            "a rebalance may take its time"
        );
    }
}

//! What happens by the clock: once each time, however many workers hear it strike.

use std::time::Duration;

use novashop_services::{
    Context, Result,
    jobs::{self, Job},
};
use novashop_types::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How often a worker looks at the clock.
const LOOK: Duration = Duration::from_secs(1);

/// Something that happens again and again.
#[derive(Debug, Clone, Copy)]
struct Schedule {
    /// How often, in seconds.
    every: i64,
    /// How long after midnight in UTC the first time of a day is, in seconds.
    at: i64,
    /// What happens then.
    job: fn(Timestamp) -> Job,
}

const SCHEDULES: [Schedule; 6] = [
    Schedule { every: MINUTE, at: 0, job: |_| Job::ExpireOrders },
    Schedule { every: 5 * MINUTE, at: 0, job: |_| Job::NoticeLowStock },
    Schedule { every: 10 * MINUTE, at: 0, job: |_| Job::AdoptImports },
    Schedule { every: HOUR, at: 0, job: |_| Job::ForgetOldRows },
    Schedule { every: DAY, at: 3 * HOUR, job: |_| Job::ForgetCarts },
    Schedule { every: DAY, at: 6 * HOUR, job: |due| Job::ReportSales { until: due.plus_seconds(-6 * HOUR) } },
];

impl Schedule {
    /// When it last struck. What struck before that while no worker ran is not caught up: one run does the work of all.
    fn last(self, now: Timestamp) -> Timestamp {
        let (every, at) = (self.every.saturating_mul(1000), self.at.saturating_mul(1000));
        let rounds = now.0.saturating_sub(at).div_euclid(every.max(1));
        Timestamp(rounds.saturating_mul(every).saturating_add(at))
    }
}

/// A worker's view of the clock: what it wrote itself it does not try to write again.
#[derive(Debug, Default)]
pub struct Clock {
    heard: [Option<Timestamp>; SCHEDULES.len()],
}

impl Clock {
    /// Writes a job for everything that has struck since somebody last looked; how many this worker was the first to write.
    ///
    /// The name and the instant are the job's key: of all workers one writes it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn look(&mut self, ctx: &Context) -> Result<u64> {
        let mut written = 0;
        for (schedule, heard) in SCHEDULES.iter().zip(&mut self.heard) {
            let due = schedule.last(ctx.now());
            if *heard == Some(due) {
                continue;
            }
            let job = (schedule.job)(due);
            let key = format!("{}@{}", job.kind(), due.0);
            if jobs::enqueue_once(ctx, ctx.db.writer(), job, &key).await? {
                written += 1;
            }
            *heard = Some(due);
        }
        Ok(written)
    }
}

/// Runs until the process is asked to end.
pub async fn run(ctx: &Context) {
    let mut clock = Clock::default();
    while !ctx.stopping.is_asked() {
        if let Err(error) = clock.look(ctx).await {
            tracing::error!(%error, "the clock struck and the job could not be written; it will be tried again");
        }
        ctx.stopping.sleep(LOOK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn it_strikes_on_the_round_instant_and_not_before() {
        let daily = Schedule { every: DAY, at: 6 * HOUR, job: |_| Job::ForgetCarts };
        assert_eq!(daily.last(at("2026-03-02T06:00:00Z")), at("2026-03-02T06:00:00Z"));
        assert_eq!(daily.last(at("2026-03-02T05:59:59.999Z")), at("2026-03-01T06:00:00Z"));
        let often = Schedule { every: 5 * MINUTE, at: 0, job: |_| Job::ForgetCarts };
        assert_eq!(often.last(at("2026-03-02T15:04:59Z")), at("2026-03-02T15:00:00Z"));
    }

    #[test]
    fn the_report_of_the_morning_is_of_the_day_before() {
        let reports = SCHEDULES.iter().map(|schedule| (schedule.job)(schedule.last(at("2026-03-02T06:00:01Z"))));
        let untils: Vec<_> = reports.filter_map(|job| if let Job::ReportSales { until } = job { Some(until) } else { None }).collect();
        assert_eq!(untils, [at("2026-03-02")]);
    }
}

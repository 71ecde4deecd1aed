//! One job from a ticket to its end: taken up, done, and the outcome written down.

use std::time::Duration;

use novashop_db::{
    jobs::{Taken, Ticket},
    patiently,
};
use novashop_services::{
    Context, Result, housekeeping, import_files,
    jobs::{self, Job, LEASE_SECONDS, Run},
    low_stock, orders,
    panics::caught,
    sales_report,
};
use tokio::time::Instant;

use crate::metrics::{Metrics, Outcome};

/// How often a worker says that it lives: one sign may get lost.
const SIGN: Duration = Duration::from_secs(LEASE_SECONDS.unsigned_abs() / 3);
/// How long a statement of a job may take: files of many thousand rows, tables that are swept.
const A_STATEMENT: Duration = Duration::from_secs(60);
/// The same for what is swept out in one statement, however much has gathered: given up, it would have to begin anew.
const A_SWEEP: Duration = Duration::from_secs(30 * 60);
/// So many orders are looked for at once.
const ORDERS_AT_ONCE: u32 = 100;

/// Does what a ticket stands for; nothing where it is void.
///
/// # Errors
/// Those of the database: whoever finds the job later does it again.
pub async fn run(ctx: &Context, ticket: Ticket, metrics: &Metrics) -> Result<()> {
    let Some(taken) = jobs::take(ctx, ticket).await? else { return Ok(()) };
    let from = Instant::now();
    let outcome = tokio::select! {
        done = caught(patiently(A_STATEMENT, Box::pin(perform(ctx, &taken)))) => {
            let done = done.map_err(|panicked| panicked.to_string());
            write_down(ctx, &taken, done.and_then(|done| done.map_err(|error| error.to_string()))).await?
        }
        () = signs_of_life(ctx, &taken) => {
            tracing::warn!(job.id = %taken.id, job.kind = taken.kind, "another worker has taken the job up");
            Outcome::Lost
        }
    };
    metrics.end(&taken.kind, outcome, from.elapsed());
    Ok(())
}

/// The table of contents: what each kind of job does. Whatever is done here twice must come to the same.
async fn perform(ctx: &Context, taken: &Taken) -> Result<Run> {
    match Job::read(taken)? {
        Job::Import { import_id } => return import_files::run(ctx, import_id).await,
        Job::ExpireOrders => drop(orders::cancel_expired(ctx, ORDERS_AT_ONCE).await?),
        Job::ForgetCarts => drop(housekeeping::forget_carts(ctx).await?),
        Job::NoticeLowStock => drop(low_stock::notice(ctx).await?),
        Job::ReportSales { until } => sales_report::write(ctx, taken.id, until).await?,
        Job::ForgetOldRows => patiently(A_SWEEP, housekeeping::forget_old_rows(ctx)).await?,
        Job::AdoptImports => import_files::adopt(ctx).await?,
    }
    Ok(Run::Done)
}

async fn write_down(ctx: &Context, taken: &Taken, done: std::result::Result<Run, String>) -> Result<Outcome> {
    match done {
        Ok(Run::Done) => {
            jobs::finish(ctx, taken).await?;
            Ok(Outcome::Done)
        }
        Ok(Run::Later(at)) => {
            jobs::put_off(ctx, taken, at).await?;
            Ok(Outcome::Later)
        }
        Err(error) => {
            if jobs::fail(ctx, taken, &error).await? {
                tracing::warn!(job.id = %taken.id, job.kind = taken.kind, job.attempts = taken.attempts, %error, "a job failed; it will be tried again");
                Ok(Outcome::Failed)
            } else {
                tracing::error!(job.id = %taken.id, job.kind = taken.kind, job.attempts = taken.attempts, %error, "a job is dead: see `novashop jobs list`");
                Ok(Outcome::Dead)
            }
        }
    }
}

/// Says again and again that this worker lives, until somebody else has taken the job up.
async fn signs_of_life(ctx: &Context, taken: &Taken) {
    loop {
        tokio::time::sleep(SIGN).await;
        // A sign that does not come through takes nothing away: whether the job is still ours, its end will show.
        match jobs::extend(ctx, taken).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(job.id = %taken.id, %error, "a sign of life was lost"),
        }
    }
}

/// Does everything that is due, one after the other, without a queue: for tests and for commands. How many jobs that were.
///
/// # Errors
/// Those of the database.
pub async fn drain(ctx: &Context, metrics: &Metrics) -> Result<u64> {
    let mut done: u64 = 0;
    loop {
        let tickets = jobs::hand_out(ctx, 10).await?;
        if tickets.is_empty() {
            return Ok(done);
        }
        for ticket in tickets {
            run(ctx, ticket, metrics).await?;
            done = done.saturating_add(1);
        }
    }
}

//! Work for the background: rows that are written in the transaction of their cause, and what becomes of them.
//!
//! A worker takes a job up for a while and says again and again that it lives. One that dies stops saying so, and another takes the job up
//! again: so whatever a job does, it must do no harm to do it twice.

use novashop_db::{
    self as db, ConnectionTrait,
    jobs::{New, Taken, Ticket},
};
use novashop_types::{
    ErrorCode, ImportId, JobId, Page, Timestamp,
    audit::AuditAction,
    jobs::{JobRecord, JobStatus},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{Actor, Context, Error, Result, audit};

/// A ticket that no worker took in this time got lost on its way: the job is handed out again.
const ON_ITS_WAY_SECONDS: i64 = 30;
/// After so long without a sign of life a worker counts as dead.
pub const LEASE_SECONDS: i64 = 30;
/// A job that failed so often is dead: with the pauses between, after more than two hours.
pub const MAX_ATTEMPTS: i64 = 12;
/// The pause after the first attempt; it doubles with each.
const FIRST_PAUSE_SECONDS: i64 = 4;
/// The longest pause.
const LONGEST_PAUSE_SECONDS: i64 = 3600;
/// As much of an error is kept.
const MAX_ERROR: usize = 500;

/// Something to be done in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Brings in a file of products.
    Import {
        /// Which one.
        import_id: ImportId,
    },
    /// Cancels orders whose time to be paid is over.
    ExpireOrders,
    /// Forgets carts of guests who did not come back.
    ForgetCarts,
    /// Tells staff of variants of which there are few.
    NoticeLowStock,
    /// Tells staff what was sold the day before.
    ReportSales {
        /// The instant at which that day ended.
        until: Timestamp,
    },
    /// Forgets rows that nobody needs any more.
    ForgetOldRows,
    /// Has imports brought in that no job stands for.
    AdoptImports,
}

/// What came of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// It is done.
    Done,
    /// It cannot be done before an instant, and that is no failure.
    Later(Timestamp),
}

impl Job {
    /// Every kind.
    pub const KINDS: [&str; 7] = ["import", "expire_orders", "forget_carts", "notice_low_stock", "report_sales", "forget_old_rows", "adopt_imports"];

    /// The word for what kind of work it is.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Import { .. } => "import",
            Self::ExpireOrders => "expire_orders",
            Self::ForgetCarts => "forget_carts",
            Self::NoticeLowStock => "notice_low_stock",
            Self::ReportSales { .. } => "report_sales",
            Self::ForgetOldRows => "forget_old_rows",
            Self::AdoptImports => "adopt_imports",
        }
    }

    /// Reads what a row says.
    ///
    /// # Errors
    /// Where it is of a newer version of the program, or no job.
    pub fn read(taken: &Taken) -> Result<Self> {
        serde_json::from_value(taken.payload.clone()).map_err(|error| Error::internal(format!("a job of the kind {}", taken.kind), error))
    }
}

/// Writes a job in the transaction of its cause.
///
/// # Errors
/// Those of the database.
pub async fn enqueue(ctx: &Context, tx: &impl ConnectionTrait, job: Job) -> Result<()> {
    insert(ctx, tx, job, None).await?;
    Ok(())
}

/// Writes a job unless there is one with this key; whether it did.
///
/// # Errors
/// Those of the database.
pub async fn enqueue_once(ctx: &Context, tx: &impl ConnectionTrait, job: Job, key: &str) -> Result<bool> {
    insert(ctx, tx, job, Some(key)).await
}

async fn insert(ctx: &Context, tx: &impl ConnectionTrait, job: Job, unique_key: Option<&str>) -> Result<bool> {
    let payload = serde_json::to_value(job).map_err(|error| Error::internal("writing a job", error))?;
    let new = New { id: ctx.new_id(), kind: job.kind(), payload, unique_key, max_attempts: MAX_ATTEMPTS, now: ctx.now().0 };
    Ok(db::jobs::insert(tx, new).await?)
}

/// Hands out up to `limit` jobs that are due; nobody else hands them out for a while.
///
/// # Errors
/// Those of the database.
pub async fn hand_out(ctx: &Context, limit: u32) -> Result<Vec<Ticket>> {
    let now = ctx.now();
    if limit == 0 || !db::jobs::is_due(ctx.db.reader(), now.0).await? {
        return Ok(Vec::new());
    }
    Ok(db::jobs::hand_out(ctx.db.writer(), now.0, now.plus_seconds(ON_ITS_WAY_SECONDS).0, limit).await?)
}

/// Takes a job up; `None` where the ticket is void, or the job is dead because its workers died over it.
///
/// # Errors
/// Those of the database.
pub async fn take(ctx: &Context, ticket: Ticket) -> Result<Option<Taken>> {
    let now = ctx.now();
    let Some(taken) = db::jobs::take(ctx.db.writer(), ticket, now.0, now.plus_seconds(LEASE_SECONDS).0).await? else { return Ok(None) };
    if taken.attempts > taken.max_attempts {
        db::jobs::fail(ctx.db.writer(), &taken, "the worker ended in its middle each time", None, now.0).await?;
        return Ok(None);
    }
    Ok(Some(taken))
}

/// Says that the worker lives; `false` where another one has taken the job up.
///
/// # Errors
/// Those of the database.
pub async fn extend(ctx: &Context, taken: &Taken) -> Result<bool> {
    Ok(db::jobs::extend(ctx.db.writer(), taken, ctx.now().plus_seconds(LEASE_SECONDS).0).await?)
}

/// Says that a job is done.
///
/// # Errors
/// Those of the database: the job is done again then.
pub async fn finish(ctx: &Context, taken: &Taken) -> Result<()> {
    db::jobs::finish(ctx.db.writer(), taken, ctx.now().0).await?;
    Ok(())
}

/// Gives a job back untried until an instant.
///
/// # Errors
/// Those of the database.
pub async fn put_off(ctx: &Context, taken: &Taken, at: Timestamp) -> Result<()> {
    Ok(db::jobs::put_off(ctx.db.writer(), taken, at.0).await?)
}

/// Says that an attempt failed. The job is tried again after a pause, or it is dead: then `false`.
///
/// # Errors
/// Those of the database.
pub async fn fail(ctx: &Context, taken: &Taken, error: &str) -> Result<bool> {
    let now = ctx.now();
    let next = (taken.attempts < taken.max_attempts).then(|| now.plus_seconds(pause_seconds(taken.attempts)).0);
    let error: String = error.chars().filter(|c| !c.is_control()).take(MAX_ERROR).collect();
    db::jobs::fail(ctx.db.writer(), taken, &error, next, now.0).await?;
    Ok(next.is_some())
}

/// 4, 8, 16 … seconds, at most an hour.
fn pause_seconds(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    FIRST_PAUSE_SECONDS.saturating_mul(2_i64.saturating_pow(doublings)).min(LONGEST_PAUSE_SECONDS)
}

/// Jobs from newest to oldest, those of one status or all.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, status: Option<JobStatus>, cursor: Option<&str>, limit: u32, include_total: bool) -> Result<Page<JobRecord>> {
    let word = status.map(JobStatus::as_str);
    let query = format!("jobs:{}", word.unwrap_or("all"));
    let after = cursor.map(|cursor| ctx.cursors.open(&query, cursor)).transpose()?;
    let rows = db::jobs::list(ctx.db.reader(), word, after, limit + 1).await?;
    let total = if include_total { Some(db::jobs::count(ctx.db.reader(), word).await?) } else { None };
    Ok(ctx.cursors.page(&query, rows, limit, total, |row| (row.created_at, row.id)).map(record))
}

/// Has a dead job tried again, at once and as often as a new one. `actor` is who asked, or nobody for the command line.
///
/// # Errors
/// `not_found`; `conflict` where it is not dead.
pub async fn retry(ctx: &Context, actor: Option<&Actor>, id: &str) -> Result<JobRecord> {
    let missing = || Error::not_found("job");
    let id: JobId = id.parse().map_err(|_| missing())?;
    ctx.db
        .write(async |tx| {
            let before = db::jobs::find(tx, id.0).await?.ok_or_else(missing)?;
            if !db::jobs::revive(tx, id.0, MAX_ATTEMPTS, ctx.now().0).await? {
                return Err(Error::refused(ErrorCode::Conflict, format!("The job is {}: only a dead one can be tried again.", before.status)));
            }
            audit::record(ctx, tx, actor, AuditAction::JobRetried, ("job", id), json!({"kind": before.kind})).await?;
            Ok(record(db::jobs::find(tx, id.0).await?.ok_or_else(missing)?))
        })
        .await
}

fn record(row: db::jobs::Job) -> JobRecord {
    let status = JobStatus::parse(&row.status).unwrap_or(JobStatus::Queued);
    let mut payload: Map<String, Value> = row.payload.as_object().cloned().unwrap_or_default();
    payload.remove("kind");
    JobRecord {
        id: JobId(row.id),
        kind: row.kind,
        payload,
        status,
        attempts: u64::try_from(row.attempts).unwrap_or_default(),
        last_error: row.last_error,
        created_at: Timestamp(row.created_at),
        due_at: (status == JobStatus::Queued).then_some(Timestamp(row.due_at)),
        started_at: row.started_at.map(Timestamp),
        finished_at: row.finished_at.map(Timestamp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_double_up_to_an_hour() {
        assert_eq!([1, 2, 3, 10, 11, 50].map(pause_seconds), [4, 8, 16, 2048, 3600, 3600]);
        assert_eq!([0, -1].map(pause_seconds), [4, 4]);
    }

    #[test]
    fn every_kind_is_written_as_its_word_and_read_again() {
        let all = [
            Job::Import { import_id: ImportId(uuid::Uuid::nil()) },
            Job::ExpireOrders,
            Job::ForgetCarts,
            Job::NoticeLowStock,
            Job::ReportSales { until: Timestamp(1_768_435_200_000) },
            Job::ForgetOldRows,
            Job::AdoptImports,
        ];
        assert_eq!(all.map(|job| job.kind()), Job::KINDS);
        for job in all {
            let payload = serde_json::to_value(job).unwrap();
            assert_eq!(payload["kind"], job.kind());
            let taken = Taken { id: uuid::Uuid::nil(), kind: job.kind().into(), payload, attempts: 1, max_attempts: 1 };
            assert_eq!(Job::read(&taken).unwrap(), job);
        }
    }
}

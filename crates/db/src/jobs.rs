//! What is to be done in the background.
//!
//! A job goes from hand to hand by conditional updates: its number of attempts tells whose it is, and `available_at` until when nobody else may have it.

use sea_orm::{
    ConnectionTrait, FromQueryResult,
    prelude::{Json, Uuid},
};

use serde::{Deserialize, Serialize};

use crate::{
    Error,
    entities::shop::job,
    sql::{Sql, picked},
};

/// A job with all that is known of it.
pub type Job = job::Model;

/// A job to be written.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// Its id.
    pub id: Uuid,
    /// What kind of work it is.
    pub kind: &'a str,
    /// What to do.
    pub payload: Json,
    /// Where there is a row with it already, this one is not written.
    pub unique_key: Option<&'a str>,
    /// How often it is tried.
    pub max_attempts: i64,
    /// Now: it is due at once.
    pub now: i64,
}

/// What travels to a worker: a job as it was when it was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
pub struct Ticket {
    /// The job.
    pub id: Uuid,
    /// How often it had been taken up then: whoever takes it up first makes the ticket void.
    pub attempts: i64,
}

/// A job in a worker's hands.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Taken {
    /// The job.
    pub id: Uuid,
    /// What kind of work it is.
    pub kind: String,
    /// What to do.
    pub payload: Json,
    /// Which attempt this is, from 1: it marks everything that this worker writes.
    pub attempts: i64,
    /// It is not tried more often than that.
    pub max_attempts: i64,
}

/// How many jobs are in a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Depth {
    /// The state.
    pub status: String,
    /// How many.
    pub count: i64,
    /// When the first of them was, or will be, to run.
    pub first: Option<i64>,
}

/// Writes a job; `false` where its key is taken.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, new: New<'_>) -> Result<bool, Error> {
    let sql = "insert into jobs (id, kind, payload, unique_key, status, attempts, max_attempts, due_at, available_at, created_at) \
               values ($1, $2, $3, $4, 'queued', 0, $5, $6, $6, $6) on conflict (unique_key) do nothing";
    let key = new.unique_key.map(str::to_owned);
    let values = [new.id.into(), new.kind.into(), new.payload.into(), key.into(), new.max_attempts.into(), new.now.into()];
    Ok(Sql::new(sql, values).execute(conn).await? > 0)
}

/// Whether any job is due: a look that stands in nobody's way.
///
/// # Errors
/// What the database says.
pub async fn is_due(conn: &impl ConnectionTrait, now: i64) -> Result<bool, Error> {
    let sql = "select available_at as value from jobs where finished_at is null and available_at <= $1 order by available_at limit 1";
    Ok(Sql::new(sql, [now.into()]).number(conn).await?.is_some())
}

/// Hands out what is due, oldest first: until `until` nobody else hands it out.
///
/// # Errors
/// What the database says.
pub async fn hand_out(conn: &impl ConnectionTrait, now: i64, until: i64, limit: u32) -> Result<Vec<Ticket>, Error> {
    let due = format!("select id from jobs where finished_at is null and available_at <= $2 order by available_at, id limit {limit}");
    let sql = format!("update jobs set available_at = $1 where id {} returning id, attempts", picked(conn, &due));
    Sql::new(sql, [until.into(), now.into()]).all(conn).await
}

/// Takes a job up until `until`; `None` where the ticket is void.
///
/// # Errors
/// What the database says.
pub async fn take(conn: &impl ConnectionTrait, ticket: Ticket, now: i64, until: i64) -> Result<Option<Taken>, Error> {
    let sql = "update jobs set status = 'running', attempts = attempts + 1, available_at = $1, started_at = $2 \
               where id = $3 and attempts = $4 and finished_at is null returning id, kind, payload, attempts, max_attempts";
    Sql::new(sql, [until.into(), now.into(), ticket.id.into(), ticket.attempts.into()]).one(conn).await
}

/// Says that a worker lives; `false` where another one has taken the job up.
///
/// # Errors
/// What the database says.
pub async fn extend(conn: &impl ConnectionTrait, taken: &Taken, until: i64) -> Result<bool, Error> {
    let sql = "update jobs set available_at = $1 where id = $2 and attempts = $3 and status = 'running'";
    Ok(Sql::new(sql, [until.into(), taken.id.into(), taken.attempts.into()]).execute(conn).await? > 0)
}

/// Says that a job is done; `false` where another worker has taken it up.
///
/// # Errors
/// What the database says.
pub async fn finish(conn: &impl ConnectionTrait, taken: &Taken, now: i64) -> Result<bool, Error> {
    let sql = "update jobs set status = 'done', last_error = null, finished_at = $1 where id = $2 and attempts = $3 and status = 'running'";
    Ok(Sql::new(sql, [now.into(), taken.id.into(), taken.attempts.into()]).execute(conn).await? > 0)
}

/// Says that an attempt failed: the next one is due at `next`, without one the job is dead.
///
/// # Errors
/// What the database says.
pub async fn fail(conn: &impl ConnectionTrait, taken: &Taken, error: &str, next: Option<i64>, now: i64) -> Result<bool, Error> {
    let (status, finished) = if next.is_some() { ("queued", None) } else { ("dead", Some(now)) };
    let sql = "update jobs set status = $1, last_error = $2, due_at = $3, available_at = $3, finished_at = $4 where id = $5 and attempts = $6 and status = 'running'";
    let values = [status.into(), error.into(), next.unwrap_or(now).into(), finished.into(), taken.id.into(), taken.attempts.into()];
    Ok(Sql::new(sql, values).execute(conn).await? > 0)
}

/// Gives a job back untried, due at `at`: this attempt does not count.
///
/// # Errors
/// What the database says.
pub async fn put_off(conn: &impl ConnectionTrait, taken: &Taken, at: i64) -> Result<(), Error> {
    let sql = "update jobs set status = 'queued', max_attempts = max_attempts + 1, due_at = $1, available_at = $1 \
               where id = $2 and attempts = $3 and status = 'running'";
    Sql::new(sql, [at.into(), taken.id.into(), taken.attempts.into()]).execute(conn).await?;
    Ok(())
}

/// Wakes a dead job: it is due at once and has `more` attempts; `false` where it is not dead.
///
/// # Errors
/// What the database says.
pub async fn revive(conn: &impl ConnectionTrait, id: Uuid, more: i64, now: i64) -> Result<bool, Error> {
    let sql = "update jobs set status = 'queued', max_attempts = attempts + $1, due_at = $2, available_at = $2, finished_at = null where id = $3 and status = 'dead'";
    Ok(Sql::new(sql, [more.into(), now.into(), id.into()]).execute(conn).await? > 0)
}

/// A job.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<Job>, Error> {
    Sql::new("select * from jobs where id = $1", [id.into()]).one(conn).await
}

/// Jobs from newest to oldest, after a position.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, status: Option<&str>, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Job>, Error> {
    let mut sql = Sql::new("select * from jobs where 1 = 1", []);
    if let Some(status) = status {
        sql.push(" and status = ").bind(status);
    }
    if let Some((at, id)) = after {
        sql.push(" and (created_at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by created_at desc, id desc").limit(limit);
    sql.all(conn).await
}

/// How many there are.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, status: Option<&str>) -> Result<u64, Error> {
    let mut sql = Sql::new("select count(*) as value from jobs", []);
    if let Some(status) = status {
        sql.push(" where status = ").bind(status);
    }
    Ok(sql.number(conn).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

/// How many wait, run and are dead.
///
/// # Errors
/// What the database says.
pub async fn depths(conn: &impl ConnectionTrait) -> Result<Vec<Depth>, Error> {
    let sql = "select status, count(*) as count, min(due_at) as first from jobs where status in ('queued', 'running', 'dead') group by status";
    Sql::new(sql, []).all(conn).await
}

/// Forgets jobs that were done before an instant, and those that died before another.
///
/// # Errors
/// What the database says.
pub async fn delete_old(conn: &impl ConnectionTrait, done_before: i64, dead_before: i64) -> Result<u64, Error> {
    let done = Sql::new("delete from jobs where status = 'done' and finished_at < $1", [done_before.into()]).execute(conn).await?;
    let dead = Sql::new("delete from jobs where status = 'dead' and finished_at < $1", [dead_before.into()]).execute(conn).await?;
    Ok(done.saturating_add(dead))
}

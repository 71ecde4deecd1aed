//! Files of products that wait to be brought in, and what became of them.

use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult,
    prelude::{Json, Uuid},
};

use crate::{
    Error,
    entities::shop::import,
    sql::{Sql, insert_all},
};

/// A file with all that is known of it.
pub type Row = import::Model;

/// A file without its bytes.
#[derive(Debug, Clone, FromQueryResult)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct Import {
    pub id: Uuid,
    pub status: String,
    pub file_name: String,
    pub size: i64,
    pub format: Option<String>,
    pub rows_total: i64,
    pub rows_done: i64,
    pub products_created: i64,
    pub products_updated: i64,
    pub products_unchanged: i64,
    pub error_count: i64,
    pub errors: Json,
    pub failure: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

const SHOWN: &str = "id, status, file_name, size, format, rows_total, rows_done, products_created, products_updated, products_unchanged, error_count, \
                     failure, created_at, finished_at";

/// A file that a worker has taken up.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Claimed {
    /// The import.
    pub id: Uuid,
    /// The file's name.
    pub file_name: String,
    /// What is in it.
    pub content: Option<Vec<u8>>,
    /// Which try this is, from 1: it marks everything that this worker writes.
    pub attempts: i64,
}

/// How an import ended.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct End {
    pub status: &'static str,
    pub format: Option<String>,
    pub rows_total: i64,
    pub products_created: i64,
    pub products_updated: i64,
    pub products_unchanged: i64,
    pub error_count: i64,
    pub errors: Json,
    pub failure: Option<String>,
}

/// Writes a file that waits.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, row: Row) -> Result<(), Error> {
    insert_all::<import::Entity, _>(conn, vec![row]).await
}

/// An import with its bad rows.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<Import>, Error> {
    Sql::new(format!("select {SHOWN}, errors from imports where id = $1"), [id.into()]).one(conn).await
}

/// Imports from newest to oldest, after a position; without their bad rows.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Import>, Error> {
    let none = if conn.get_database_backend() == DbBackend::Postgres { "'[]'::jsonb" } else { "'[]'" };
    let mut sql = Sql::new(format!("select {SHOWN}, {none} as errors from imports"), []);
    if let Some((at, id)) = after {
        sql.push(" where (created_at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by created_at desc, id desc limit ").bind(i64::from(limit));
    sql.all(conn).await
}

/// How many there are.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait) -> Result<u64, Error> {
    let count = Sql::new("select count(*) as value from imports", []).number(conn).await?;
    Ok(count.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

/// How many are not over.
///
/// # Errors
/// What the database says.
pub async fn count_waiting(conn: &impl ConnectionTrait) -> Result<u64, Error> {
    let count = Sql::new("select count(*) as value from imports where finished_at is null", []).number(conn).await?;
    Ok(count.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

/// Those that can be taken up, the one that has waited longest first.
///
/// # Errors
/// What the database says.
pub async fn list_due(conn: &impl ConnectionTrait, now: i64, limit: u32) -> Result<Vec<Uuid>, Error> {
    #[derive(FromQueryResult)]
    struct Due {
        id: Uuid,
    }
    let mut sql = Sql::new("select id from imports where finished_at is null and claimed_until <= ", []);
    sql.bind(now).push(" order by claimed_until, created_at, id").limit(limit);
    Ok(sql.all::<Due>(conn).await?.into_iter().map(|due| due.id).collect())
}

/// Takes a file up until `until`: one that is new, or one whose worker died. `None` where it is over or some worker's.
///
/// # Errors
/// What the database says.
pub async fn claim(conn: &impl ConnectionTrait, id: Uuid, now: i64, until: i64) -> Result<Option<Claimed>, Error> {
    let sql = "update imports set status = 'running', claimed_until = $1, attempts = attempts + 1 \
               where id = $2 and finished_at is null and claimed_until <= $3 returning id, file_name, content, attempts";
    Sql::new(sql, [until.into(), id.into(), now.into()]).one(conn).await
}

/// Until when a file is some worker's; `None` where it is over, or there is none.
///
/// # Errors
/// What the database says.
pub async fn claimed_until(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<i64>, Error> {
    Sql::new("select claimed_until as value from imports where id = $1 and finished_at is null", [id.into()]).number(conn).await
}

/// Forgets imports that were over before an instant.
///
/// # Errors
/// What the database says.
pub async fn delete_old(conn: &impl ConnectionTrait, before: i64) -> Result<u64, Error> {
    Sql::new("delete from imports where finished_at < $1", [before.into()]).execute(conn).await
}

/// Says how far a worker is, and that it lives; `false` where another one has taken the file up.
///
/// # Errors
/// What the database says.
pub async fn update_progress(conn: &impl ConnectionTrait, claimed: &Claimed, done: i64, total: i64, until: i64) -> Result<bool, Error> {
    let sql = "update imports set rows_done = $1, rows_total = $2, claimed_until = $3 where id = $4 and attempts = $5 and finished_at is null";
    Ok(Sql::new(sql, [done.into(), total.into(), until.into(), claimed.id.into(), claimed.attempts.into()]).execute(conn).await? > 0)
}

/// Gives a file back untried: the worker is asked to end.
///
/// # Errors
/// What the database says.
pub async fn release(conn: &impl ConnectionTrait, claimed: &Claimed) -> Result<(), Error> {
    let sql =
        "update imports set status = 'queued', claimed_until = 0, attempts = attempts - 1 where id = $1 and attempts = $2 and finished_at is null";
    Sql::new(sql, [claimed.id.into(), claimed.attempts.into()]).execute(conn).await?;
    Ok(())
}

/// Ends an import; its bytes go. Nothing happens where another worker has taken the file up.
///
/// # Errors
/// What the database says.
pub async fn finish(conn: &impl ConnectionTrait, claimed: &Claimed, end: End, now: i64) -> Result<(), Error> {
    let mut sql = Sql::new("update imports set content = null, status = ", []);
    sql.bind(end.status).push(", format = ").bind(end.format).push(", rows_total = ").bind(end.rows_total);
    sql.push(", rows_done = ").bind(end.rows_total).push(", products_created = ").bind(end.products_created);
    sql.push(", products_updated = ").bind(end.products_updated).push(", products_unchanged = ").bind(end.products_unchanged);
    sql.push(", error_count = ").bind(end.error_count).push(", errors = ").bind(end.errors).push(", failure = ").bind(end.failure);
    sql.push(", finished_at = ").bind(now).push(" where id = ").bind(claimed.id);
    sql.push(" and attempts = ").bind(claimed.attempts).push(" and finished_at is null");
    sql.execute(conn).await?;
    Ok(())
}

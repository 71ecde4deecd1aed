//! The outbox.

use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error,
    entities::shop::outbox,
    sql::{Sql, insert_all},
};

/// How much waits to be handed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Backlog {
    /// Rows that were not handed on yet.
    pub waiting: i64,
    /// Those of them whose last attempt failed.
    pub failing: i64,
    /// When the oldest of them was written.
    pub oldest: Option<i64>,
}

/// Something that waits to be handed on.
pub type Waiting = outbox::Model;

/// Writes a row that is due at once.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, id: Uuid, kind: &str, payload: Json, now: i64) -> Result<(), Error> {
    let row =
        outbox::Model { id, kind: kind.to_owned(), payload, created_at: now, available_at: now, attempts: 0, last_error: None, delivered_at: None };
    insert_all::<outbox::Entity, _>(conn, vec![row]).await
}

/// Writes several rows that are due at once, in one statement: id, kind and payload.
///
/// # Errors
/// What the database says.
pub async fn insert_many(conn: &impl ConnectionTrait, rows: Vec<(Uuid, String, Json)>, now: i64) -> Result<(), Error> {
    let waiting = |(id, kind, payload): (Uuid, String, Json)| outbox::Model {
        id,
        kind,
        payload,
        created_at: now,
        available_at: now,
        attempts: 0,
        last_error: None,
        delivered_at: None,
    };
    insert_all::<outbox::Entity, _>(conn, rows.into_iter().map(waiting).collect()).await
}

/// The rows that are due, oldest first.
///
/// # Errors
/// What the database says.
pub async fn list_due(conn: &impl ConnectionTrait, now: i64, limit: u64) -> Result<Vec<Waiting>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Sql::new(
        "select id, kind, payload, created_at, available_at, attempts, last_error, delivered_at from outbox \
         where delivered_at is null and available_at <= $1 order by available_at, id limit $2",
        [now.into(), limit.into()],
    )
    .all(conn)
    .await
}

/// How much waits. It reads the rows that wait and no others: the index holds nothing else.
///
/// # Errors
/// What the database says.
pub async fn backlog(conn: &impl ConnectionTrait) -> Result<Backlog, Error> {
    let sql = "select count(*) as waiting, count(last_error) as failing, min(created_at) as oldest from outbox where delivered_at is null";
    Ok(Sql::new(sql, []).one(conn).await?.unwrap_or_default())
}

/// Claims a row for this relay until `until`; `false` where another relay was first or it is delivered.
///
/// # Errors
/// What the database says.
pub async fn claim(conn: &impl ConnectionTrait, row: &Waiting, until: i64) -> Result<bool, Error> {
    let sql = "update outbox set available_at = $1, attempts = attempts + 1 where id = $2 and delivered_at is null and available_at = $3";
    Ok(Sql::new(sql, [until.into(), row.id.into(), row.available_at.into()]).execute(conn).await? == 1)
}

/// Marks a row as handed on. What it said is forgotten: it may name a person.
///
/// # Errors
/// What the database says.
pub async fn mark_delivered(conn: &impl ConnectionTrait, id: Uuid, now: i64) -> Result<(), Error> {
    Sql::new(
        "update outbox set delivered_at = $1, last_error = null, payload = $2 where id = $3",
        [now.into(), serde_json::json!({}).into(), id.into()],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a row off after a failure.
///
/// # Errors
/// What the database says.
pub async fn mark_failed(conn: &impl ConnectionTrait, id: Uuid, error: &str, available_at: i64) -> Result<(), Error> {
    Sql::new("update outbox set last_error = $1, available_at = $2 where id = $3", [error.into(), available_at.into(), id.into()])
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets rows that were handed on before an instant.
///
/// # Errors
/// What the database says.
pub async fn delete_delivered(conn: &impl ConnectionTrait, before: i64) -> Result<u64, Error> {
    Sql::new("delete from outbox where delivered_at < $1", [before.into()]).execute(conn).await
}

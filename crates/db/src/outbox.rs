//! The outbox.

use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error,
    entities::shop::outbox,
    sql::{Sql, insert_all, picked},
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

/// Writes a row whose id follows from its cause, unless it is there.
///
/// # Errors
/// What the database says.
pub async fn insert_once(conn: &impl ConnectionTrait, id: Uuid, kind: &str, payload: Json, now: i64) -> Result<bool, Error> {
    let sql = "insert into outbox (id, kind, payload, created_at, available_at, attempts) values ($1, $2, $3, $4, $4, 0) on conflict (id) do nothing";
    Ok(Sql::new(sql, [id.into(), kind.into(), payload.into(), now.into()]).execute(conn).await? > 0)
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

/// What has to be handed on, by the beginning of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// For those who listen.
    Event,
    /// The same, as long as nobody tried to hand it on.
    NewEvent,
    /// To be written to somebody.
    Mail,
}

/// How much waits. It reads the rows that wait and no others: the index holds nothing else.
///
/// # Errors
/// What the database says.
pub async fn backlog(conn: &impl ConnectionTrait) -> Result<Backlog, Error> {
    let sql = "select count(*) as waiting, count(last_error) as failing, min(created_at) as oldest from outbox where delivered_at is null";
    Ok(Sql::new(sql, []).one(conn).await?.unwrap_or_default())
}

impl Sort {
    const fn pattern(self) -> &'static str {
        match self {
            Self::Event | Self::NewEvent => "event.%",
            Self::Mail => "mail.%",
        }
    }

    const fn further(self) -> &'static str {
        match self {
            Self::NewEvent => " and attempts = 0",
            Self::Event | Self::Mail => "",
        }
    }
}

/// Whether anything of a sort is due: a look that stands in nobody's way.
///
/// # Errors
/// What the database says.
pub async fn is_due(conn: &impl ConnectionTrait, sort: Sort, now: i64) -> Result<bool, Error> {
    let further = sort.further();
    let sql = format!(
        "select available_at as value from outbox \
         where delivered_at is null and available_at <= $1 and kind like $2{further} order by available_at limit 1"
    );
    Ok(Sql::new(sql, [now.into(), sort.pattern().into()]).number(conn).await?.is_some())
}

/// Claims what is due of a sort, oldest first, for this relay until `until`, and gives it in the order in which it was written.
///
/// # Errors
/// What the database says.
pub async fn claim(conn: &impl ConnectionTrait, sort: Sort, now: i64, until: i64, limit: u32) -> Result<Vec<Waiting>, Error> {
    let further = sort.further();
    let due = format!(
        "select id from outbox where delivered_at is null and available_at <= $2 and kind like $3{further} order by available_at, id limit {limit}"
    );
    let sql = format!(
        "update outbox set available_at = $1, attempts = attempts + 1 where id {} \
         returning id, kind, payload, created_at, available_at, attempts, last_error, delivered_at",
        picked(conn, &due)
    );
    let values = [until.into(), now.into(), sort.pattern().into()];
    let mut rows: Vec<Waiting> = Sql::new(sql, values).all(conn).await?;
    rows.sort_by_key(|row| (row.created_at, row.id));
    Ok(rows)
}

/// Marks rows as handed on, in one statement. What they said is forgotten: it may name a person.
///
/// # Errors
/// What the database says.
pub async fn mark_delivered(conn: &impl ConnectionTrait, ids: &[Uuid], now: i64) -> Result<(), Error> {
    let mut sql =
        Sql::new("update outbox set delivered_at = $1, last_error = null, payload = $2 where id in ", [now.into(), serde_json::json!({}).into()]);
    sql.bind_list(ids.iter().copied());
    sql.execute(conn).await?;
    Ok(())
}

/// Marks a row as handed on, in the transaction of its effect; `false` where that was done already: then the effect is there too.
///
/// # Errors
/// What the database says.
pub async fn finish(conn: &impl ConnectionTrait, id: Uuid, now: i64) -> Result<bool, Error> {
    let sql = "update outbox set delivered_at = $1, last_error = null, payload = $2 where id = $3 and delivered_at is null";
    Ok(Sql::new(sql, [now.into(), serde_json::json!({}).into(), id.into()]).execute(conn).await? > 0)
}

/// Puts rows back that could not be handed on: they are due again at once, and before all that came after them.
///
/// # Errors
/// What the database says.
pub async fn give_back(conn: &impl ConnectionTrait, ids: &[Uuid], error: &str) -> Result<(), Error> {
    let mut sql = Sql::new("update outbox set available_at = created_at, last_error = $1 where id in ", [error.into()]);
    sql.bind_list(ids.iter().copied());
    sql.execute(conn).await?;
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

//! The audit log.

use sea_orm::ConnectionTrait;
use sea_orm::prelude::{Json, Uuid};

use crate::{
    Error,
    entities::shop::audit,
    sql::{Sql, insert_all},
};

/// Something that somebody changed.
pub type Entry = audit::Model;

/// Writes an entry.
///
/// # Errors
/// What the database says.
#[expect(clippy::too_many_arguments, reason = "one argument a column")]
pub async fn insert(
    conn: &impl ConnectionTrait,
    id: Uuid,
    actor_id: Option<Uuid>,
    action: &str,
    subject_kind: &str,
    subject_id: &str,
    details: Json,
    now: i64,
) -> Result<(), Error> {
    let row = audit::Model {
        id,
        actor_id,
        action: action.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id: subject_id.to_owned(),
        details,
        created_at: now,
    };
    insert_all::<audit::Entity, _>(conn, vec![row]).await
}

/// Entries from newest to oldest, after a position.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Entry>, Error> {
    let mut sql = Sql::new("select * from audit", []);
    if let Some((at, id)) = after {
        sql.push(" where (created_at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by created_at desc, id desc").limit(limit);
    sql.all(conn).await
}

/// How many there are.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait) -> Result<u64, Error> {
    let count = Sql::new("select count(*) as value from audit", []).number(conn).await?;
    Ok(count.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

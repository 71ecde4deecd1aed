//! Mails that were written.

use sea_orm::{ConnectionTrait, prelude::Uuid};

use crate::{
    Error,
    entities::shop::mail,
    sql::{Sql, insert_all},
};

/// An e-mail.
pub type Mail = mail::Model;

/// Writes a mail.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, row: Mail) -> Result<(), Error> {
    insert_all::<mail::Entity, _>(conn, vec![row]).await
}

/// A mail.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<Mail>, Error> {
    Sql::new("select * from mails where id = $1", [id.into()]).one(conn).await
}

/// Mails from newest to oldest, after a position.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Mail>, Error> {
    let mut sql = Sql::new("select * from mails", []);
    if let Some((at, id)) = after {
        sql.push(" where (created_at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by created_at desc, id desc").limit(limit);
    sql.all(conn).await
}

/// The mails to one account, newest first.
///
/// # Errors
/// What the database says.
pub async fn list_for_user(conn: &impl ConnectionTrait, user: Uuid) -> Result<Vec<Mail>, Error> {
    Sql::new("select * from mails where user_id = $1 order by created_at desc, id desc", [user.into()]).all(conn).await
}

/// Whether a mail of a kind went from one account to an address after an instant.
///
/// # Errors
/// What the database says.
pub async fn has_since(conn: &impl ConnectionTrait, user: Uuid, kind: &str, recipient: &str, since: i64) -> Result<bool, Error> {
    let sql = "select count(*) as value from mails where user_id = $1 and kind = $2 and lower(recipient) = lower($3) and created_at > $4";
    Ok(Sql::new(sql, [user.into(), kind.into(), recipient.into(), since.into()]).number(conn).await?.unwrap_or(0) > 0)
}

/// How many there are.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait) -> Result<u64, Error> {
    let count = Sql::new("select count(*) as value from mails", []).number(conn).await?;
    Ok(count.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

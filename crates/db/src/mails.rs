//! Mails: what was written to whom, and what is still to be sent.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    entities::shop::mail,
    sql::{Sql, insert_all, picked},
};

/// An e-mail.
pub type Mail = mail::Model;

/// How much waits to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    /// Mails that wait for their turn or are being sent.
    pub mails: i64,
    /// When the oldest of them was written.
    pub oldest: Option<i64>,
}

/// Writes a mail.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, row: Mail) -> Result<(), Error> {
    insert_many(conn, vec![row]).await
}

/// Writes several mails in one statement.
///
/// # Errors
/// What the database says.
pub async fn insert_many(conn: &impl ConnectionTrait, rows: Vec<Mail>) -> Result<(), Error> {
    insert_all::<mail::Entity, _>(conn, rows).await
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

/// How much waits. It reads the mails that wait and no others: the index holds nothing else.
///
/// # Errors
/// What the database says.
pub async fn waiting(conn: &impl ConnectionTrait) -> Result<Waiting, Error> {
    let sql = "select count(*) as mails, min(created_at) as oldest from mails where next_at is not null";
    Ok(Sql::new(sql, []).one(conn).await?.unwrap_or_default())
}

/// Whether any mail is due: a look that stands in nobody's way.
///
/// # Errors
/// What the database says.
pub async fn is_due(conn: &impl ConnectionTrait, now: i64) -> Result<bool, Error> {
    Ok(Sql::new("select next_at as value from mails where next_at <= $1 order by next_at limit 1", [now.into()]).number(conn).await?.is_some())
}

/// Takes the mail that has been due longest; until `until` it is this worker's. Also one whose worker died with it in hand.
///
/// # Errors
/// What the database says.
pub async fn claim(conn: &impl ConnectionTrait, now: i64, until: i64) -> Result<Option<Mail>, Error> {
    let due = picked(conn, "select id from mails where next_at <= $2 order by next_at, id limit 1");
    let sql = format!("update mails set status = 'sending', attempts = attempts + 1, next_at = $1 where id {due} and next_at <= $2 returning *");
    Sql::new(sql, [until.into(), now.into()]).one(conn).await
}

/// What became of a mail that was claimed. Where the claim ran out and somebody else has it, or staff sent it again, nothing is written.
async fn settle(conn: &impl ConnectionTrait, claimed: &Mail, mut sql: Sql) -> Result<bool, Error> {
    sql.push(" where id = ").bind(claimed.id).push(" and status = 'sending' and attempts = ").bind(claimed.attempts);
    sql.push(" and resent = ").bind(claimed.resent);
    Ok(sql.execute(conn).await? > 0)
}

/// The mail server has it. Its one-time link is forgotten; `false` where it was no longer ours.
///
/// # Errors
/// What the database says.
pub async fn mark_sent(conn: &impl ConnectionTrait, claimed: &Mail, now: i64) -> Result<bool, Error> {
    let sql = "update mails set status = 'sent', sent_at = $1, next_at = null, last_error = null, secret_link = null";
    settle(conn, claimed, Sql::new(sql, [now.into()])).await
}

/// It is tried again later.
///
/// # Errors
/// What the database says.
pub async fn put_off(conn: &impl ConnectionTrait, claimed: &Mail, why: &str, next_at: i64) -> Result<bool, Error> {
    settle(conn, claimed, Sql::new("update mails set status = 'queued', last_error = $1, next_at = $2", [why.into(), next_at.into()])).await
}

/// It is tried no more.
///
/// # Errors
/// What the database says.
pub async fn mark_failed(conn: &impl ConnectionTrait, claimed: &Mail, why: &str) -> Result<bool, Error> {
    settle(conn, claimed, Sql::new("update mails set status = 'failed', last_error = $1, next_at = null, secret_link = null", [why.into()])).await
}

/// Says with every mail that is due and bears no reason why it waits: the mail server is away. Each is written once.
///
/// # Errors
/// What the database says.
pub async fn mark_waiting(conn: &impl ConnectionTrait, why: &str, now: i64) -> Result<u64, Error> {
    Sql::new("update mails set last_error = $1 where next_at <= $2 and last_error is null", [why.into(), now.into()]).execute(conn).await
}

/// Has a mail sent again that is not on its way; `false` where it is.
///
/// # Errors
/// What the database says.
pub async fn requeue(conn: &impl ConnectionTrait, id: Uuid, secret_link: Option<String>, now: i64) -> Result<bool, Error> {
    let sql = "update mails set status = 'queued', attempts = 0, resent = resent + 1, last_error = null, next_at = $1, secret_link = $2 \
               where id = $3 and next_at is null";
    Ok(Sql::new(sql, [now.into(), secret_link.into(), id.into()]).execute(conn).await? > 0)
}

/// Forgets mails that were written before an instant and are not on their way; how many.
///
/// # Errors
/// What the database says.
pub async fn delete_old(conn: &impl ConnectionTrait, before: i64) -> Result<u64, Error> {
    Sql::new("delete from mails where created_at < $1 and next_at is null", [before.into()]).execute(conn).await
}

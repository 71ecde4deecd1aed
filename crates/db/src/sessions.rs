//! Sessions, refresh tokens and the tokens of links in mails.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    entities::accounts::{one_time_token, refresh_token, session},
    sql::{Sql, insert_all},
};

/// A place where an account is signed in.
pub type Session = session::Model;
/// A refresh token, as its hash.
pub type RefreshToken = refresh_token::Model;
/// The token of a link, as its hash.
pub type OneTimeToken = one_time_token::Model;

/// What every signed-in request must know.
#[derive(Debug, FromQueryResult)]
pub struct Standing {
    /// The session's version; a token of another one is void.
    pub version: i64,
    /// When the session ended.
    pub ended_at: Option<i64>,
    /// When the session ends by itself.
    pub expires_at: i64,
    /// What the account may do now.
    pub role: String,
    /// Whether the account may do anything.
    pub active: bool,
}

/// How a session and its account stand; one statement by primary key.
///
/// # Errors
/// What the database says.
pub async fn find_standing(conn: &impl ConnectionTrait, session: Uuid, user: Uuid) -> Result<Option<Standing>, Error> {
    let sql = "select s.version, s.ended_at, s.expires_at, u.role, u.active from sessions s join users u on u.id = s.user_id where s.id = $1 and s.user_id = $2";
    Sql::new(sql, [session.into(), user.into()]).one(conn).await
}

/// Writes a new session.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, row: Session) -> Result<(), Error> {
    insert_all::<session::Entity, _>(conn, vec![row]).await
}

/// A session.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<Session>, Error> {
    Sql::new("select * from sessions where id = $1", [id.into()]).one(conn).await
}

/// The open sessions of an account, newest first.
///
/// # Errors
/// What the database says.
pub async fn list_open(conn: &impl ConnectionTrait, user: Uuid, now: i64) -> Result<Vec<Session>, Error> {
    let sql = "select * from sessions where user_id = $1 and ended_at is null and expires_at > $2 order by created_at desc, id desc limit 200";
    Sql::new(sql, [user.into(), now.into()]).all(conn).await
}

/// Ends a session of an account; `false` where it has no such open session.
///
/// # Errors
/// What the database says.
pub async fn end(conn: &impl ConnectionTrait, user: Uuid, id: Uuid, because: &str, now: i64) -> Result<bool, Error> {
    let sql = "update sessions set ended_at = $1, ended_because = $2, version = version + 1 where id = $3 and user_id = $4 and ended_at is null";
    Ok(Sql::new(sql, [now.into(), because.into(), id.into(), user.into()]).execute(conn).await? == 1)
}

/// Ends every session of an account but one, or all.
///
/// # Errors
/// What the database says.
pub async fn end_all(conn: &impl ConnectionTrait, user: Uuid, but: Option<Uuid>, because: &str, now: i64) -> Result<u64, Error> {
    let mut sql = Sql::new("update sessions set version = version + 1, ended_at = ", []);
    sql.bind(now).push(", ended_because = ").bind(because).push(" where ended_at is null and user_id = ").bind(user);
    if let Some(but) = but {
        sql.push(" and id <> ").bind(but);
    }
    sql.execute(conn).await
}

/// Notes that a session was used, and moves its end.
///
/// # Errors
/// What the database says.
pub async fn touch(conn: &impl ConnectionTrait, id: Uuid, now: i64, expires_at: i64) -> Result<(), Error> {
    Sql::new("update sessions set last_used_at = $1, expires_at = $2 where id = $3", [now.into(), expires_at.into(), id.into()])
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a refresh token.
///
/// # Errors
/// What the database says.
pub async fn insert_refresh(conn: &impl ConnectionTrait, row: RefreshToken) -> Result<(), Error> {
    insert_all::<refresh_token::Entity, _>(conn, vec![row]).await
}

/// A refresh token by its hash.
///
/// # Errors
/// What the database says.
pub async fn find_refresh(conn: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<RefreshToken>, Error> {
    Sql::new("select * from refresh_tokens where token_hash = $1", [hash.to_vec().into()]).one(conn).await
}

/// Spends a refresh token: `true` for the one caller that spends it.
///
/// # Errors
/// What the database says.
pub async fn spend_refresh(conn: &impl ConnectionTrait, hash: &[u8], now: i64) -> Result<bool, Error> {
    let sql = "update refresh_tokens set used_at = $1 where token_hash = $2 and used_at is null and expires_at > $1";
    Ok(Sql::new(sql, [now.into(), hash.to_vec().into()]).execute(conn).await? == 1)
}

/// Writes the token of a link; earlier ones for the same purpose are void from now on.
///
/// # Errors
/// What the database says.
pub async fn insert_one_time(conn: &impl ConnectionTrait, row: OneTimeToken) -> Result<(), Error> {
    delete_one_time(conn, row.user_id, &row.purpose).await?;
    insert_all::<one_time_token::Entity, _>(conn, vec![row]).await
}

/// Makes every link of an account for a purpose void.
///
/// # Errors
/// What the database says.
pub async fn delete_one_time(conn: &impl ConnectionTrait, user: Uuid, purpose: &str) -> Result<(), Error> {
    Sql::new("delete from one_time_tokens where user_id = $1 and purpose = $2", [user.into(), purpose.into()]).execute(conn).await?;
    forget_links(conn, user, purpose).await
}

/// A void link need not stand in a mail any longer.
async fn forget_links(conn: &impl ConnectionTrait, user: Uuid, purpose: &str) -> Result<(), Error> {
    Sql::new("update mails set secret_link = null where user_id = $1 and kind = $2 and secret_link is not null", [user.into(), purpose.into()])
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether a link for a purpose was made after an instant and still works.
///
/// # Errors
/// What the database says.
pub async fn has_one_time_since(conn: &impl ConnectionTrait, user: Uuid, purpose: &str, since: i64) -> Result<bool, Error> {
    let sql = "select count(*) as value from one_time_tokens where user_id = $1 and purpose = $2 and used_at is null and created_at > $3";
    Ok(Sql::new(sql, [user.into(), purpose.into(), since.into()]).number(conn).await?.unwrap_or(0) > 0)
}

/// A link's token that could still be used.
///
/// # Errors
/// What the database says.
pub async fn find_one_time(conn: &impl ConnectionTrait, hash: &[u8], purpose: &str, now: i64) -> Result<Option<OneTimeToken>, Error> {
    let sql = "select * from one_time_tokens where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3";
    Sql::new(sql, [hash.to_vec().into(), purpose.into(), now.into()]).one(conn).await
}

/// Uses a link's token: `true` for the one caller that uses it.
///
/// # Errors
/// What the database says.
pub async fn use_one_time(conn: &impl ConnectionTrait, token: &OneTimeToken, now: i64) -> Result<bool, Error> {
    let sql = "update one_time_tokens set used_at = $1 where id = $2 and used_at is null";
    let used = Sql::new(sql, [now.into(), token.id.into()]).execute(conn).await? == 1;
    forget_links(conn, token.user_id, &token.purpose).await?;
    Ok(used)
}

/// Forgets what ended or expired before an instant.
///
/// # Errors
/// What the database says.
pub async fn delete_old(conn: &impl ConnectionTrait, before: i64) -> Result<u64, Error> {
    let gone = Sql::new("delete from sessions where expires_at < $1 or ended_at < $1", [before.into()]).execute(conn).await?;
    let links = Sql::new("delete from one_time_tokens where expires_at < $1", [before.into()]).execute(conn).await?;
    let spent = Sql::new("delete from refresh_tokens where expires_at < $1", [before.into()]).execute(conn).await?;
    Ok(gone + links + spent)
}

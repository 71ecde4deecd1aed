//! Requests that were answered, kept so that a repeat gets the same answer.

use sea_orm::{ConnectionTrait, DbBackend, Value, prelude::Json};

use crate::{Error, entities::shop::idempotency_key, sql::Sql};

/// A request and its answer.
pub type Answered = idempotency_key::Model;

/// Claims a key for this transaction: `true` where it is ours, `false` where a living answer is kept under it.
///
/// Where another transaction is just using it, PostgreSQL waits for that one, for up to five seconds; on SQLite only one writes anyway. A transaction
/// of whose process nothing is heard for four seconds is ended by PostgreSQL: a process that hangs in the middle of an order holds what every order
/// takes, its number.
///
/// # Errors
/// [`Error::LockTimeout`] where the other one takes longer.
pub async fn claim(conn: &impl ConnectionTrait, scope: &str, key: &str, fingerprint: &[u8], now: i64, expires_at: i64) -> Result<bool, Error> {
    // Set in the statement that may have to wait, so that it costs no statement of its own. Once the key is ours the transaction waits as others do:
    // whatever holds it up then is no twin.
    let (patient, as_before) = match conn.get_database_backend() {
        DbBackend::Postgres => (
            "set_config('lock_timeout', '5s', true) is not null and set_config('idle_in_transaction_session_timeout', '4s', true) is not null",
            "returning set_config('lock_timeout', '0', true)",
        ),
        _ => ("true", ""),
    };
    let sql = format!(
        "insert into idempotency_keys (scope, key, fingerprint, status, body, headers, created_at, expires_at) \
         select $1, $2, $3, 0, '', $4, $5, $6 where {patient} \
         on conflict (scope, key) do update set fingerprint = excluded.fingerprint, status = 0, body = '', headers = excluded.headers, \
         created_at = excluded.created_at, expires_at = excluded.expires_at where idempotency_keys.expires_at <= excluded.created_at {as_before}"
    );
    let values =
        [scope.into(), key.into(), fingerprint.to_vec().into(), Value::from(Json::Object(serde_json::Map::new())), now.into(), expires_at.into()];
    Ok(Sql::new(sql, values).execute(conn).await? == 1)
}

/// What is kept under a key.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, scope: &str, key: &str) -> Result<Option<Answered>, Error> {
    Sql::new("select * from idempotency_keys where scope = $1 and key = $2", [scope.into(), key.into()]).one(conn).await
}

/// Keeps the answer under a key that was claimed in the same transaction.
///
/// # Errors
/// What the database says.
pub async fn keep(conn: &impl ConnectionTrait, scope: &str, key: &str, status: i32, body: &str, headers: Json) -> Result<(), Error> {
    let sql = "update idempotency_keys set status = $1, body = $2, headers = $3 where scope = $4 and key = $5";
    Sql::new(sql, [status.into(), body.into(), Value::from(headers), scope.into(), key.into()]).execute(conn).await?;
    Ok(())
}

/// Forgets answers that were kept long enough.
///
/// # Errors
/// What the database says.
pub async fn delete_expired(conn: &impl ConnectionTrait, now: i64) -> Result<u64, Error> {
    Sql::new("delete from idempotency_keys where expires_at <= $1", [now.into()]).execute(conn).await
}

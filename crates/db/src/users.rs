//! Accounts.

use sea_orm::{ConnectionTrait, DbBackend, Value, prelude::Uuid};

use crate::{
    Error,
    entities::accounts::user,
    sql::{Sql, insert_all},
};

/// An account.
pub type User = user::Model;

/// Writes a new account.
///
/// # Errors
/// [`Error::Unique`] on `username_key` or `email_key`.
pub async fn insert(conn: &impl ConnectionTrait, row: User) -> Result<(), Error> {
    insert_all::<user::Entity, _>(conn, vec![row]).await
}

async fn find_where(conn: &impl ConnectionTrait, condition: &str, value: Value) -> Result<Option<User>, Error> {
    Sql::new(format!("select * from users where deleted_at is null and {condition}"), [value]).one(conn).await
}

/// An account by its id.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<User>, Error> {
    find_where(conn, "id = $1", id.into()).await
}

/// An account, kept from other transactions until this one ends: what is read here may be written back whole.
/// On SQLite a transaction that writes is alone anyway.
///
/// # Errors
/// What the database says.
pub async fn find_locked(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<User>, Error> {
    let lock = if conn.get_database_backend() == DbBackend::Postgres { " for no key update" } else { "" };
    find_where(conn, &format!("id = $1{lock}"), id.into()).await
}

/// An account by its username, or by its address where the text has an `@`; both in lower case.
///
/// # Errors
/// What the database says.
pub async fn find_by_login(conn: &impl ConnectionTrait, key: &str) -> Result<Option<User>, Error> {
    let condition = if key.contains('@') { "email_key = $1" } else { "username_key = $1" };
    find_where(conn, condition, key.into()).await
}

/// Accounts from newest to oldest; `q` is part of a username, an address or a name.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, q: Option<&str>, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<User>, Error> {
    let mut sql = Sql::new("select * from users where deleted_at is null", []);
    search(&mut sql, q);
    if let Some((at, id)) = after {
        sql.push(" and (created_at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by created_at desc, id desc").limit(limit);
    sql.all(conn).await
}

/// How many accounts the search finds.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, q: Option<&str>) -> Result<u64, Error> {
    let mut sql = Sql::new("select count(*) as value from users where deleted_at is null", []);
    search(&mut sql, q);
    Ok(sql.number(conn).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

fn search(sql: &mut Sql, q: Option<&str>) {
    let Some(q) = q else { return };
    let pattern = format!("%{}%", escape_like(&q.to_lowercase()));
    // SQLite's `lower` knows ASCII only: a name with other capitals is found as it is written.
    let as_written = format!("%{}%", escape_like(q));
    sql.push(" and (username_key like ").bind(pattern.clone()).push(" escape '\\' or email_key like ").bind(pattern.clone());
    sql.push(" escape '\\' or lower(first_name || ' ' || last_name) like ")
        .bind(pattern)
        .push(" escape '\\' or first_name || ' ' || last_name like ")
        .bind(as_written)
        .push(" escape '\\')");
}

/// A text whose `%`, `_` and `\` mean themselves in `like … escape '\'`.
#[must_use]
pub fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Everybody who runs the shop and may sign in, the oldest account first.
///
/// # Errors
/// What the database says.
pub async fn list_staff(conn: &impl ConnectionTrait) -> Result<Vec<User>, Error> {
    let sql = "select * from users where role in ('staff', 'admin') and active = $1 and deleted_at is null order by created_at, id";
    Sql::new(sql, [true.into()]).all(conn).await
}

/// Writes every column of an account that can change.
///
/// # Errors
/// [`Error::Unique`] on `username_key` or `email_key`.
pub async fn update(conn: &impl ConnectionTrait, row: &User) -> Result<(), Error> {
    let mut sql = Sql::new("update users set username = ", []);
    sql.bind(row.username.clone()).push(", username_key = ").bind(row.username_key.clone());
    sql.push(", email = ").bind(row.email.clone()).push(", email_key = ").bind(row.email_key.clone());
    sql.push(", password_hash = ").bind(row.password_hash.clone());
    sql.push(", first_name = ").bind(row.first_name.clone()).push(", last_name = ").bind(row.last_name.clone());
    sql.push(", city = ").bind(row.city.clone()).push(", address = ").bind(row.address.clone());
    sql.push(", language = ").bind(row.language.clone());
    sql.push(", role = ").bind(row.role.clone()).push(", active = ").bind(row.active);
    sql.push(", email_verified_at = ").bind(row.email_verified_at).push(", updated_at = ").bind(row.updated_at);
    sql.push(", deleted_at = ").bind(row.deleted_at).push(" where id = ").bind(row.id);
    sql.execute(conn).await?;
    Ok(())
}

/// How many active administrators there are besides one account. Keeps all of them from other transactions,
/// so that two who resign at once do not each count on the other.
///
/// # Errors
/// What the database says.
pub async fn count_other_admins(conn: &impl ConnectionTrait, id: Uuid) -> Result<i64, Error> {
    if conn.get_database_backend() == DbBackend::Postgres {
        let all = "select id from users where role = 'admin' and active and deleted_at is null order by id for no key update";
        Sql::new(all, []).execute(conn).await?;
    }
    let sql = "select count(*) as value from users where role = 'admin' and active and deleted_at is null and id <> $1";
    Ok(Sql::new(sql, [id.into()]).number(conn).await?.unwrap_or(0))
}

/// Removes what is personal around an account: sessions, tokens, cart, wishlist, mails; takes its name off reviews and orders.
/// The orders' figures stay.
///
/// # Errors
/// What the database says.
pub async fn erase_traces(conn: &impl ConnectionTrait, id: Uuid, address: sea_orm::prelude::Json) -> Result<(), Error> {
    for sql in [
        "delete from sessions where user_id = $1",
        "delete from one_time_tokens where user_id = $1",
        "delete from carts where user_id = $1",
        "delete from wishlist_items where user_id = $1",
        "delete from mails where user_id = $1",
        "update reviews set user_id = null where user_id = $1",
        // What staff wrote down about somebody is about somebody.
        "delete from order_events where kind = 'note' and order_id in (select id from orders where user_id = $1)",
    ] {
        Sql::new(sql, [id.into()]).execute(conn).await?;
    }
    let sql = "update orders set email = 'deleted@example.invalid', shipping_address = $1, billing_address = $1 where user_id = $2";
    Sql::new(sql, [address.into(), id.into()]).execute(conn).await?;
    // What waits to be written names the address that is to be forgotten.
    let waiting = "delete from outbox where delivered_at is null and kind like 'mail.%' \
                   and (payload ->> 'user_id' = $1 or payload ->> 'email' = (select email_key from users where id = $2))";
    Sql::new(waiting, [id.to_string().into(), id.into()]).execute(conn).await?;
    let scope = format!("user:{id} %");
    Sql::new("delete from idempotency_keys where scope like $1", [scope.into()]).execute(conn).await?;
    // Answers about somebody's orders tell of them too, whoever asked.
    let order = if conn.get_database_backend() == DbBackend::Postgres { "replace(cast(id as text), '-', '')" } else { "lower(hex(id))" };
    let answers = format!(
        "delete from idempotency_keys where scope like 'order:%' \
         and replace(substr(scope, 7, 36), '-', '') in (select {order} from orders where user_id = $1)"
    );
    Sql::new(&answers, [id.into()]).execute(conn).await?;
    Ok(())
}

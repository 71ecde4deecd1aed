//! How many there are of each variant, and the ledger of why.
//!
//! Every change is one statement that looks and changes at once, so that two rivals never both get the last unit. A statement that
//! changes several rows holds them in the order of their ids before it changes any: so two of them never wait for each other.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    entities::catalogue::stock_movement,
    sql::{Sql, insert_all},
};

/// A line of the stock ledger.
pub type Movement = stock_movement::Model;

/// How many there are of a variant.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Level {
    /// The variant.
    pub id: Uuid,
    /// Its product.
    pub product_id: Uuid,
    /// How many.
    pub stock: i64,
    /// When the variant was taken off the shop, where it was.
    pub deleted_at: Option<i64>,
}

/// Takes as many of each variant as is asked; what is left, in the order of the ids. Those of which there are too few, or that are no longer
/// sold, stay as they are and are missing in the answer. One statement.
///
/// # Errors
/// What the database says.
pub async fn take(conn: &impl ConnectionTrait, wanted: &BTreeMap<Uuid, i64>) -> Result<Vec<Level>, Error> {
    move_many(conn, wanted.iter().map(|(id, n)| (*id, n.saturating_neg())), " and held.deleted_at is null and held.was + held.n >= 0").await
}

/// Gives variants back, also those that are no longer sold; how many there are now, in the order of the ids. One statement.
///
/// # Errors
/// What the database says.
pub async fn give_back(conn: &impl ConnectionTrait, given: &BTreeMap<Uuid, i64>) -> Result<Vec<Level>, Error> {
    move_many(conn, given.iter().map(|(id, n)| (*id, *n)), "").await
}

async fn move_many(conn: &impl ConnectionTrait, by: impl Iterator<Item = (Uuid, i64)>, only: &str) -> Result<Vec<Level>, Error> {
    let Some(mut sql) = held(conn, "variants", "r.stock as was, r.deleted_at", by) else { return Ok(Vec::new()) };
    sql.push("update variants set stock = held.was + held.n from held where variants.id = held.id").push(only);
    sql.push(" returning variants.id, variants.product_id, variants.stock, variants.deleted_at");
    let mut levels: Vec<Level> = sql.all(conn).await?;
    levels.sort_unstable_by_key(|level| level.id);
    Ok(levels)
}

/// The beginning of a statement that changes each row of a table by its own number: `held` has their ids, these columns and the number `n`.
/// Nothing where there are no rows.
///
/// PostgreSQL takes the rows' locks in the order of the ids, and gives the columns as they are once the lock is had: what a rival committed
/// while we waited counts. Whoever changes the row must begin with these, because `update` by itself begins with what the row was before the
/// wait, and would fail a check that the row as it is now passes. SQLite has one writer anyway.
fn held(conn: &impl ConnectionTrait, table: &str, columns: &str, by: impl Iterator<Item = (Uuid, i64)>) -> Option<Sql> {
    let mut by = by.peekable();
    by.peek()?;
    let mut sql = Sql::new("with asked (id, n) as (values ", []);
    sql.bind_pairs(by)
        .push(&format!("), held as materialized (select r.id, asked.n, {columns} from asked join {table} r on r.id = asked.id order by r.id"));
    if conn.get_database_backend() == DbBackend::Postgres {
        sql.push(" for no key update of r");
    }
    sql.push(") ");
    Some(sql)
}

/// Changes the stock of a variant that is sold by `delta`; nothing where it would go below zero.
///
/// # Errors
/// What the database says.
pub async fn change(conn: &impl ConnectionTrait, variant_id: Uuid, delta: i64) -> Result<Option<Level>, Error> {
    let sql =
        "update variants set stock = stock + $1 where id = $2 and deleted_at is null and stock + $1 >= 0 returning id, product_id, stock, deleted_at";
    Sql::new(sql, [delta.into(), variant_id.into()]).one(conn).await
}

/// The stock of a variant that is sold, held until the transaction ends: nobody else changes it meanwhile.
///
/// # Errors
/// What the database says.
pub async fn hold(conn: &impl ConnectionTrait, variant_id: Uuid) -> Result<Option<Level>, Error> {
    let sql = "update variants set stock = stock where id = $1 and deleted_at is null returning id, product_id, stock, deleted_at";
    Sql::new(sql, [variant_id.into()]).one(conn).await
}

/// A variant's stock, also where it is no longer sold.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, variant_id: Uuid) -> Result<Option<Level>, Error> {
    Sql::new("select id, product_id, stock, deleted_at from variants where id = $1", [variant_id.into()]).one(conn).await
}

/// The stock of several variants.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, variants: impl IntoIterator<Item = Uuid>) -> Result<Vec<Level>, Error> {
    let mut sql = Sql::new("select id, product_id, stock, deleted_at from variants where id in ", []);
    sql.bind_list(variants);
    sql.all(conn).await
}

/// Counts how many variants of each product can be sold: so many more, or with a minus fewer. One statement.
///
/// # Errors
/// What the database says.
pub async fn adjust_sellable(conn: &impl ConnectionTrait, by: &BTreeMap<Uuid, i64>) -> Result<(), Error> {
    let Some(mut sql) = held(conn, "products", "r.sellable_variants as was", by.iter().map(|(id, n)| (*id, *n))) else { return Ok(()) };
    sql.push("update products set sellable_variants = held.was + held.n from held where products.id = held.id");
    sql.execute(conn).await?;
    Ok(())
}

/// Writes lines of the ledger.
///
/// # Errors
/// What the database says.
pub async fn insert_movements(conn: &impl ConnectionTrait, rows: Vec<Movement>) -> Result<(), Error> {
    insert_all::<stock_movement::Entity, _>(conn, rows).await
}

/// A variant's ledger from newest to oldest, after a position.
///
/// # Errors
/// What the database says.
pub async fn list_movements(conn: &impl ConnectionTrait, variant_id: Uuid, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Movement>, Error> {
    let mut sql = Sql::new("select * from stock_movements where variant_id = $1", [variant_id.into()]);
    if let Some((at, id)) = after {
        sql.push(" and (created_at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by created_at desc, id desc").limit(limit);
    sql.all(conn).await
}

/// How many lines a variant's ledger has.
///
/// # Errors
/// What the database says.
pub async fn count_movements(conn: &impl ConnectionTrait, variant_id: Uuid) -> Result<i64, Error> {
    let sql = Sql::new("select count(*) as value from stock_movements where variant_id = $1", [variant_id.into()]);
    Ok(sql.number(conn).await?.unwrap_or(0))
}

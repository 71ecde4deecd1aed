//! How many there are of each variant, and the ledger of why.
//!
//! Every change is one statement that looks and changes at once, so that two rivals never both get the last unit.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

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

/// Takes `n` of a variant where there are so many; the product and what is left, or nothing where there are too few.
///
/// # Errors
/// What the database says.
pub async fn take(conn: &impl ConnectionTrait, variant_id: Uuid, n: i64) -> Result<Option<(Uuid, i64)>, Error> {
    let sql =
        "update variants set stock = stock - $1 where id = $2 and deleted_at is null and stock >= $1 returning id, product_id, stock, deleted_at";
    let level = Sql::new(sql, [n.into(), variant_id.into()]).one::<Level>(conn).await?;
    Ok(level.map(|level| (level.product_id, level.stock)))
}

/// Gives `n` of a variant back, also where it is no longer sold.
///
/// # Errors
/// What the database says.
pub async fn give_back(conn: &impl ConnectionTrait, variant_id: Uuid, n: i64) -> Result<Option<Level>, Error> {
    let sql = "update variants set stock = stock + $1 where id = $2 returning id, product_id, stock, deleted_at";
    Sql::new(sql, [n.into(), variant_id.into()]).one(conn).await
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

/// Counts how many variants of a product can be sold: `by` more, or with a minus fewer.
///
/// # Errors
/// What the database says.
pub async fn adjust_sellable(conn: &impl ConnectionTrait, product_id: Uuid, by: i64) -> Result<(), Error> {
    Sql::new("update products set sellable_variants = sellable_variants + $1 where id = $2", [by.into(), product_id.into()]).execute(conn).await?;
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
    sql.push(" order by created_at desc, id desc limit ").bind(i64::from(limit));
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

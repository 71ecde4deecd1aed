//! Products as staff list them, and changes of many at a time.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, prelude::Uuid};

use crate::{Error, sql::Sql};

/// Pairs of an id and a number that surely fit one statement on both databases.
const MANY: usize = 10_000;

/// What staff see of a product beside its summary.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Standing {
    /// The product.
    pub id: Uuid,
    /// Whether shoppers see it.
    pub status: String,
    /// Grows with every change.
    pub version: i64,
    /// When it was changed last.
    pub updated_at: i64,
    /// The stock of all its variants.
    pub stock: i64,
    /// How many variants it has.
    pub variant_count: i64,
}

/// A variant and its price.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Priced {
    /// The variant.
    pub id: Uuid,
    /// Its product.
    pub product_id: Uuid,
    /// What it costs.
    pub price_amount: i64,
}

/// A product and its status.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Status {
    /// The product.
    pub id: Uuid,
    /// Whether shoppers see it.
    pub status: String,
}

/// What staff see of these products, in no order.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<Vec<Standing>, Error> {
    let mut sql = Sql::new(
        "select p.id, p.status, p.version, p.updated_at, \
         (select cast(coalesce(sum(v.stock), 0) as bigint) from variants v where v.product_id = p.id and v.deleted_at is null) as stock, \
         (select count(*) from variants v where v.product_id = p.id and v.deleted_at is null) as variant_count from products p where p.id in ",
        [],
    );
    sql.bind_list(products.iter().copied());
    sql.all(conn).await
}

/// The prices of these products' variants, locked in the order of their ids.
///
/// # Errors
/// What the database says.
pub async fn list_prices_locked(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<Vec<Priced>, Error> {
    let mut sql = Sql::new("select id, product_id, price_amount from variants where deleted_at is null and product_id in ", []);
    sql.bind_list(products.iter().copied()).push(" order by id").push(lock(conn));
    sql.all(conn).await
}

/// The status of these products, locked in the order of their ids; those that are not there are missing.
///
/// # Errors
/// What the database says.
pub async fn list_locked(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<Vec<Status>, Error> {
    let mut sql = Sql::new("select id, status from products where id in ", []);
    sql.bind_list(products.iter().copied()).push(" order by id").push(lock(conn));
    sql.all(conn).await
}

/// On SQLite the transaction has the whole database already.
fn lock(conn: &impl ConnectionTrait) -> &'static str {
    if conn.get_database_backend() == DbBackend::Postgres { " for no key update" } else { "" }
}

/// Gives each variant its own new price. The rows must be locked.
///
/// # Errors
/// What the database says.
pub async fn update_prices(conn: &impl ConnectionTrait, prices: &[(Uuid, i64)], now: i64) -> Result<(), Error> {
    for some in prices.chunks(MANY) {
        let mut sql = Sql::new("with asked (id, n) as (values ", []);
        sql.bind_pairs(some.iter().copied()).push(") update variants set price_amount = asked.n, updated_at = ").bind(now);
        sql.push(" from asked where variants.id = asked.id");
        sql.execute(conn).await?;
    }
    Ok(())
}

/// Gives products a status, or only a new version where it is `None`.
///
/// # Errors
/// What the database says.
pub async fn update(conn: &impl ConnectionTrait, products: &[Uuid], status: Option<&str>, now: i64) -> Result<(), Error> {
    let mut sql = Sql::new("update products set version = version + 1, updated_at = ", []);
    sql.bind(now);
    if let Some(status) = status {
        sql.push(", status = ").bind(status);
    }
    sql.push(" where id in ").bind_list(products.iter().copied());
    sql.execute(conn).await?;
    Ok(())
}

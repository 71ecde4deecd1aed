//! The shop's figures: sums over what was sold, and counts of what waits.

use sea_orm::{
    ConnectionTrait, FromQueryResult,
    prelude::{Json, Uuid},
};

use crate::{Error, sql::Sql};

/// What counts as sold, in the words of the indexes `orders_sold` (SQLite) and `orders_sold_placed` (PostgreSQL).
const SOLD: &str = "o.status in ('paid', 'fulfilled', 'delivered') and o.placed_at >= $1 and o.placed_at < $2";

/// What was sold on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Day {
    /// In days since 1970-01-01, in UTC.
    pub day: i64,
    /// The sum of its orders.
    pub revenue: i64,
    /// How many orders.
    pub orders: i64,
}

/// What was sold on each day from an instant until another; days without an order are left out.
///
/// # Errors
/// What the database says.
pub async fn list_days(conn: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<Day>, Error> {
    let sql = format!(
        "select o.placed_at / 86400000 as day, cast(sum(o.total) as bigint) as revenue, count(*) as orders \
         from orders o where {SOLD} group by o.placed_at / 86400000 order by day"
    );
    Sql::new(sql, [from.into(), to.into()]).all(conn).await
}

/// How much was sold of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Seller {
    /// The product.
    pub product_id: Uuid,
    /// How many pieces.
    pub quantity: i64,
    /// What they came to.
    pub revenue: i64,
    /// How many pieces of all products.
    pub quantity_of_all: i64,
}

/// The products of which most was sold from an instant until another.
///
/// # Errors
/// What the database says.
pub async fn list_best_sellers(conn: &impl ConnectionTrait, from: i64, to: i64, limit: u32) -> Result<Vec<Seller>, Error> {
    let sql = format!(
        "select i.product_id, cast(sum(i.quantity) as bigint) as quantity, cast(sum(i.line_amount) as bigint) as revenue, \
         cast(sum(sum(i.quantity)) over () as bigint) as quantity_of_all \
         from orders o join order_items i on i.order_id = o.id where {SOLD} \
         group by i.product_id order by quantity desc, revenue desc, i.product_id limit $3"
    );
    Sql::new(sql, [from.into(), to.into(), i64::from(limit).into()]).all(conn).await
}

/// A variant of which there are few.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Low {
    /// The variant.
    pub id: Uuid,
    /// Its product.
    pub product_id: Uuid,
    /// The product's name.
    pub name: String,
    /// The variant's SKU.
    pub sku: String,
    /// Its options.
    pub options: Json,
    /// How many there are.
    pub stock: i64,
}

/// Variants on sale of which there are five or fewer, as the index `variants_low` has it; the fewest first.
///
/// # Errors
/// What the database says.
pub async fn list_low_stock(conn: &impl ConnectionTrait, limit: u32) -> Result<Vec<Low>, Error> {
    // SQLite reads a cross join in the order in which it is written: the few variants first, and not every product.
    let sql = "select v.id, v.product_id, p.name, v.sku, v.options, v.stock from variants v cross join products p \
               where p.id = v.product_id and v.stock <= 5 and v.deleted_at is null and p.status = 'published' order by v.stock, v.id limit $1";
    Sql::new(sql, [i64::from(limit).into()]).all(conn).await
}

/// A variant with its product's name, unless it was taken off the shop.
///
/// # Errors
/// What the database says.
pub async fn find_low(conn: &impl ConnectionTrait, variant: Uuid) -> Result<Option<Low>, Error> {
    let sql = "select v.id, v.product_id, p.name, v.sku, v.options, v.stock from variants v join products p on p.id = v.product_id \
               where v.id = $1 and v.deleted_at is null";
    Sql::new(sql, [variant.into()]).one(conn).await
}

/// How many orders are in a state.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Waiting {
    /// The state.
    pub status: String,
    /// How many.
    pub count: i64,
}

/// How many orders wait to be paid, and how many to be sent.
///
/// # Errors
/// What the database says.
pub async fn count_waiting(conn: &impl ConnectionTrait) -> Result<Vec<Waiting>, Error> {
    Sql::new("select status, count(*) as count from orders where status in ('pending_payment', 'paid') group by status", []).all(conn).await
}

/// How many people registered from an instant until another, and are still there.
///
/// # Errors
/// What the database says.
pub async fn count_new_customers(conn: &impl ConnectionTrait, from: i64, to: i64) -> Result<i64, Error> {
    let sql = "select count(*) as value from users where deleted_at is null and role = 'customer' and created_at >= $1 and created_at < $2";
    Ok(Sql::new(sql, [from.into(), to.into()]).number(conn).await?.unwrap_or(0))
}

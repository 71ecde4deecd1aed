//! Counts over a whole list: what one could narrow it to.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    product_filters::{Filter, begin, narrow},
    sql::Sql,
};

/// More categories than this are no help.
const MAX_CATEGORIES: i64 = 100;
/// More values than this are no help.
const MAX_VALUES: i64 = 500;

/// How many products lie in a category or below it.
#[derive(Debug, Clone, FromQueryResult)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct CategoryCount {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub count: i64,
}

/// How many products have a variant with a value.
#[derive(Debug, Clone, FromQueryResult)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct ValueCount {
    pub name: String,
    pub value: String,
    pub count: i64,
}

/// How many products have a price of this band and this many whole stars.
#[derive(Debug, Clone, FromQueryResult)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct PriceAndRatingCount {
    pub band: i64,
    pub stars: i64,
    pub count: i64,
}

/// A statement that has the products of the list as `found`.
fn found(conn: &impl ConnectionTrait, filter: &Filter) -> Sql {
    let (mut sql, next) = begin(filter, false, conn.get_database_backend());
    sql.push(next).push("found (id, category_id, price_amount, rating_score) as materialized ");
    sql.push("(select p.id, p.category_id, p.price_amount, p.rating_score");
    narrow(&mut sql, filter, conn.get_database_backend());
    sql.push(")");
    sql
}

/// By category; a category counts what lies in everything below it too, as the filter does.
///
/// # Errors
/// What the database says.
pub async fn categories(conn: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<CategoryCount>, Error> {
    let mut sql = found(conn, filter);
    sql.push(
        ", line (leaf, id, parent_id) as (select id, id, parent_id from categories \
         union select l.leaf, c.id, c.parent_id from line l join categories c on c.id = l.parent_id) \
         select c.id, c.slug, c.name, cast(sum(n.own) as bigint) as count \
         from (select category_id, count(*) as own from found where category_id is not null group by category_id) n \
         join line l on l.leaf = n.category_id join categories c on c.id = l.id \
         group by c.id, c.slug, c.name order by count desc, c.name, c.id limit ",
    );
    sql.bind(MAX_CATEGORIES);
    sql.all(conn).await
}

/// By price and rating at once. Band `n` ends below `limits[n]`; the last one has no end.
///
/// # Errors
/// What the database says.
pub async fn prices_and_ratings(conn: &impl ConnectionTrait, filter: &Filter, limits: &[i64]) -> Result<Vec<PriceAndRatingCount>, Error> {
    let mut sql = found(conn, filter);
    sql.push(" select band, stars, count(*) as count from (select cast(case");
    for (n, limit) in limits.iter().enumerate() {
        sql.push(" when price_amount < ").bind(*limit).push(&format!(" then {n}"));
    }
    sql.push(&format!(" else {} end as bigint) as band, rating_score / 100 as stars from found) b group by band, stars", limits.len()));
    sql.all(conn).await
}

/// By the values of options.
///
/// # Errors
/// What the database says.
pub async fn options(conn: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<ValueCount>, Error> {
    let mut sql = found(conn, filter);
    sql.push(" select o.name, o.value, count(distinct o.product_id) as count from found f join variant_options o on o.product_id = f.id ");
    // Choosing the value asks for a variant that has it and is in stock: count what that would leave.
    if filter.in_stock == Some(true) {
        sql.push("join variants v on v.id = o.variant_id and v.stock > 0 ");
    }
    sql.push("group by o.name, o.value order by o.name, count desc, o.value");
    sql.limit(MAX_VALUES);
    sql.all(conn).await
}

//! Counts over a whole list: what one could narrow it to.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    product_filters::{Filter, begin, narrow},
    sql::Sql,
};

/// More categories than this are no help.
const MAX_CATEGORIES: i64 = 100;
/// More values than this are no help.
const MAX_VALUES: i64 = 500;
/// Of so many products of a list at most it is counted what the list could be narrowed to: beyond, a number helps nobody, and costs as much as
/// the shop is large.
pub const MAX_COUNTED: i64 = 10_000;

/// What a list could be narrowed to, counted.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// How many products the list has in all.
    pub total: i64,
    /// By category, the largest first; a category counts what lies in everything below it too, as the filter does.
    pub categories: Vec<CategoryCount>,
    /// By price and rating at once.
    pub prices_and_ratings: Vec<PriceAndRatingCount>,
    /// By the values of options, by the option's name, and then the value that most have first.
    pub options: Vec<ValueCount>,
}

/// How many products lie in a category or below it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct CategoryCount {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub count: i64,
}

/// How many products have a variant with a value.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct ValueCount {
    pub name: String,
    pub value: String,
    pub count: i64,
}

/// How many products have a price of this band and this many whole stars.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct PriceAndRatingCount {
    pub band: i64,
    pub stars: i64,
    pub count: i64,
}

/// The band of the row that tells how many products there are in all.
const ALL: i64 = -1;

/// One count of any kind.
#[derive(FromQueryResult)]
struct Row {
    /// A category's, or nothing.
    id: Option<Uuid>,
    /// The category's slug, the option's name, or nothing.
    one: Option<String>,
    /// The category's name, the option's value, or nothing.
    other: Option<String>,
    band: i64,
    stars: i64,
    count: i64,
}

/// Counts a list, and by what it could be narrowed up to [`MAX_COUNTED`] of its products, in one statement. Band `n` ends below `limits[n]`; the last one has no end.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, filter: &Filter, limits: &[i64]) -> Result<Counts, Error> {
    let backend = conn.get_database_backend();
    let mut sql = found(filter, backend);
    sql.push(
        ", line (leaf, id, parent_id) as (select id, id, parent_id from categories \
         union select up.leaf, c.id, c.parent_id from line up join categories c on c.id = up.parent_id)",
    );
    sql.push(" select id, one, other, cast(0 as bigint) as band, cast(0 as bigint) as stars, count from (");
    by_category(&mut sql);
    sql.push(") by_category union all select null, one, other, cast(0 as bigint), cast(0 as bigint), count from (");
    by_value(&mut sql, filter, backend);
    sql.push(") by_value union all select null, null, null, band, stars, count from (");
    by_price_and_rating(&mut sql, limits);
    sql.push(&format!(") by_price union all select null, null, null, cast({ALL} as bigint), cast(0 as bigint), n from size"));
    let mut counts = Counts::default();
    for Row { id, one, other, band, stars, count } in sql.all(conn).await? {
        match (id, one, other) {
            (Some(id), Some(slug), Some(name)) => counts.categories.push(CategoryCount { id, slug, name, count }),
            (_, Some(name), Some(value)) => counts.options.push(ValueCount { name, value, count }),
            _ if band == ALL => counts.total = count,
            _ => counts.prices_and_ratings.push(PriceAndRatingCount { band, stars, count }),
        }
    }
    // What is put together has no order.
    counts.categories.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.name, a.id).cmp(&(&b.name, b.id))));
    counts.options.sort_by(|a, b| a.name.cmp(&b.name).then(b.count.cmp(&a.count)).then_with(|| a.value.cmp(&b.value)));
    Ok(counts)
}

/// A statement that has the products of the list as `found`, up to [`MAX_COUNTED`] of them, and how many it has in all as `size`.
fn found(filter: &Filter, backend: DbBackend) -> Sql {
    let (mut sql, next) = begin(filter, false, backend);
    sql.push(next);
    let shared = filter.category.is_some() && filter.words.is_none();
    if shared {
        sql.push("size (n) as materialized (select count(*)");
        narrow(&mut sql, filter, None, backend);
        sql.push("), ");
    }
    sql.push("found (id, category_id, price_amount, rating_score) as materialized ");
    sql.push("(select p.id, p.category_id, p.price_amount, p.rating_score");
    // Of a list that is counted in part, each category has an equal part.
    let share = format!(
        " order by p.created_at desc, p.id desc limit (select case when n > {MAX_COUNTED} then 1 + ({MAX_COUNTED} - 1) / \
         (select count(*) from tree where exists (select 1 from products x where x.category_id = tree.id)) else {MAX_COUNTED} end from size)"
    );
    narrow(&mut sql, filter, Some(&share), backend);
    if filter.words.is_none() && !shared {
        sql.push(order(filter));
    }
    sql.limit(MAX_COUNTED).push(")");
    if !shared {
        let counted = "(select count(*) from found)";
        sql.push(&format!(", size (n) as materialized (select case when {counted} < {MAX_COUNTED} then {counted} else (select count(*)"));
        narrow(&mut sql, filter, None, backend);
        sql.push(") end)");
    }
    sql
}

/// Which products of a large list are counted, along their index so that it is the same ones each time: those at one end of the range that is
/// asked for, else the newest.
const fn order(filter: &Filter) -> &'static str {
    match filter {
        Filter { min_price: None, max_price: None, min_rating: None, .. } => " order by p.created_at desc, p.id desc",
        Filter { min_price: None, max_price: None, .. } => " order by p.rating_score desc, p.id desc",
        _ => " order by p.price_amount, p.id",
    }
}

fn by_category(sql: &mut Sql) {
    sql.push(
        "select c.id, c.slug as one, c.name as other, cast(sum(n.own) as bigint) as count \
         from (select category_id, count(*) as own from found where category_id is not null group by category_id) n \
         join line up on up.leaf = n.category_id join categories c on c.id = up.id \
         group by c.id, c.slug, c.name order by count desc, c.name, c.id",
    );
    sql.limit(MAX_CATEGORIES);
}

fn by_value(sql: &mut Sql, filter: &Filter, backend: DbBackend) {
    sql.push("select o.name as one, o.value as other, count(distinct f.id) as count from found f ");
    // Looked up one by one: either database would rather read the options of the whole shop. SQLite takes `cross join` for an order to obey.
    sql.push(match backend {
        DbBackend::Postgres => "cross join lateral (select variant_id, name, value from variant_options where product_id = f.id offset 0) o ",
        _ => "cross join variant_options o on o.product_id = f.id ",
    });
    // Choosing the value asks for a variant that has it and is in stock: count what that would leave.
    if filter.in_stock == Some(true) {
        sql.push("join variants v on v.id = o.variant_id and v.stock > 0 ");
    }
    sql.push("group by o.name, o.value order by o.name, count desc, o.value").limit(MAX_VALUES);
}

fn by_price_and_rating(sql: &mut Sql, limits: &[i64]) {
    sql.push("select band, stars, count(*) as count from (select cast(case");
    for (n, limit) in limits.iter().enumerate() {
        sql.push(" when price_amount < ").bind(*limit).push(&format!(" then {n}"));
    }
    sql.push(&format!(" else {} end as bigint) as band, rating_score / 100 as stars from found) b group by band, stars", limits.len()));
}

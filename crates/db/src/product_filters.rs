//! Lists of products: filters, orders, pages.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, QueryResult, prelude::Uuid};

use crate::{
    Error,
    categories::Key,
    product_search::{match_all, match_in_name},
    product_summaries::{SUMMARY_COLUMNS, Summary, summary_joins},
    sql::Sql,
};

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words that must all be there, as `product_search::words` gives them.
    pub words: Option<Vec<String>>,
    /// A category and everything below it.
    pub category: Option<Key>,
    /// The lowest price, included.
    pub min_price: Option<i64>,
    /// The highest price, included.
    pub max_price: Option<i64>,
    /// Whether it can be bought now.
    pub in_stock: Option<bool>,
    /// The lowest rating, in hundredths.
    pub min_rating: Option<i64>,
    /// For each option's name the values that will do; one variant must have them all.
    pub options: Vec<(String, Vec<String>)>,
    /// The state; any where it is `None`.
    pub status: Option<&'static str>,
}

/// The orders a list can have. The product's id always comes second, so that no two stand in the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Best match first.
    Relevance,
    /// Newest first.
    Newest,
    /// Cheapest first.
    Price,
    /// Dearest first.
    PriceDescending,
    /// A to Z.
    Name,
    /// Best rated first.
    Rating,
}

impl Order {
    /// What is compared, and whether the largest comes first. `page` is the inner select of the page.
    const fn column(self) -> (&'static str, bool) {
        match self {
            Self::Relevance => ("h.score", true),
            Self::Newest => ("p.created_at", true),
            Self::Price => ("p.price_amount", false),
            Self::PriceDescending => ("p.price_amount", true),
            Self::Name => ("p.name_key", false),
            Self::Rating => ("p.rating_score", true),
        }
    }

    /// Where a product stands in this order.
    #[must_use]
    pub fn place(self, row: &Listed) -> Place {
        match self {
            Self::Relevance => Place::Number(row.score),
            Self::Newest => Place::Number(row.summary.created_at),
            Self::Price | Self::PriceDescending => Place::Number(row.summary.price_amount),
            Self::Name => Place::Text(row.name_key.clone().unwrap_or_default()),
            Self::Rating => Place::Number(row.summary.rating_score),
        }
    }
}

/// A place in an order.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// By date, price, rating or score.
    Number(i64),
    /// By name.
    Text(String),
}

/// A product of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// What is shown.
    pub summary: Summary,
    /// How well it fits the words; 0 where the list has another order.
    pub score: i64,
    /// Where it stands by name; nothing where the list has another order.
    pub name_key: Option<String>,
}

impl FromQueryResult for Listed {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let (summary, behind) = Summary::take(row)?;
        Ok(Self { summary, score: row.try_get_by(behind)?, name_key: None })
    }
}

/// A product of a list by name.
struct Named(Listed);

impl FromQueryResult for Named {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self(Listed { name_key: row.try_get(prefix, "name_key")?, ..Listed::from_query_result(row, prefix)? }))
    }
}

/// A page of products, and one more where there is one: a single statement.
///
/// The inner select finds the page along an index; category and picture are looked up for its rows only.
///
/// # Errors
/// What the database says.
pub async fn list(
    conn: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    after: Option<&(Place, Uuid)>,
    limit: u32,
) -> Result<Vec<Listed>, Error> {
    let backend = conn.get_database_backend();
    let (column, descending) = order.column();
    let way = if descending { " desc" } else { "" };
    let (mut sql, _) = begin(filter, order == Order::Relevance, backend);
    sql.push(" select ").push(SUMMARY_COLUMNS).push(if order == Order::Name { ", page.score, p.name_key from (" } else { ", page.score from (" });
    let limit = i64::from(limit).saturating_add(1);
    if filter.category.is_some() && filter.words.is_none() {
        page_of_tree(&mut sql, filter, order, after, limit, backend);
    } else {
        let score = if order == Order::Relevance { "h.score" } else { "0" };
        sql.push("select p.id, cast(").push(score).push(" as bigint) as score");
        page(&mut sql, filter, ANY_OF_TREE, order, after, limit, backend);
    }
    sql.push(") page join products p on p.id = page.id").push(summary_joins(backend));
    sql.push(&format!(" order by {}{way}, p.id{way}", column.replace("h.", "page.")));
    if order == Order::Name {
        return Ok(sql.all::<Named>(conn).await?.into_iter().map(|Named(row)| row).collect());
    }
    sql.all(conn).await
}

/// The category of `p` is any one of the tree.
const ANY_OF_TREE: &str = "in (select id from tree)";

/// From `from` to the end of a page.
fn page(sql: &mut Sql, filter: &Filter, category: &str, order: Order, after: Option<&(Place, Uuid)>, limit: i64, backend: DbBackend) {
    let (column, descending) = order.column();
    let (way, beyond) = if descending { (" desc", " < ") } else { ("", " > ") };
    narrow_within(sql, filter, category, backend);
    if let Some((place, id)) = after {
        sql.push(" and (").push(column).push(", p.id)").push(beyond).push("(");
        match place {
            Place::Number(number) => sql.bind(*number),
            Place::Text(text) => sql.bind(text.as_str()),
        };
        sql.push(", ").bind(*id).push(")");
    }
    sql.push(&format!(" order by {column}{way}, p.id{way}")).limit(limit);
}

/// The page of a category and all below it: the first ones of each category, along an index that begins with the category, and the first
/// ones of these. So a small category of a large shop costs what it holds, and a large one no more than its page.
fn page_of_tree(sql: &mut Sql, filter: &Filter, order: Order, after: Option<&(Place, Uuid)>, limit: i64, backend: DbBackend) {
    let (column, descending) = order.column();
    let way = if descending { " desc" } else { "" };
    sql.push("select m.id, cast(0 as bigint) as score from tree t ");
    // PostgreSQL looks into one category after the other when it is told `lateral`; SQLite knows only `in` for that, and does it anyway.
    if backend == DbBackend::Postgres {
        sql.push("cross join lateral (select p.id, ").push(column);
    } else {
        sql.push("join products m on m.id in (select p.id");
    }
    page(sql, filter, "= t.id", order, after, limit, backend);
    sql.push(if backend == DbBackend::Postgres { ") m" } else { ")" });
    sql.push(&format!(" order by {}{way}, m.id{way}", column.replace("p.", "m."))).limit(limit);
}

/// How many products there are in all.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, filter: &Filter) -> Result<u64, Error> {
    let (mut sql, _) = begin(filter, false, conn.get_database_backend());
    sql.push(" select count(*) as value");
    narrow(&mut sql, filter, None, conn.get_database_backend());
    Ok(sql.number(conn).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

/// A statement that begins with the named selects which [`narrow`] refers to, and what to write before one more of them.
pub(crate) fn begin(filter: &Filter, scored: bool, backend: DbBackend) -> (Sql, &'static str) {
    let mut sql = Sql::roomy();
    let mut next = "with recursive ";
    if let Some(key) = &filter.category {
        sql.push(next).push("tree (id) as (select id from categories where ").push(key.column()).push(" = ").bind(key);
        sql.push(" union select c.id from categories c join tree t on c.parent_id = t.id)");
        next = ", ";
    }
    if let Some(words) = &filter.words {
        sql.push(next).push("hits (product_id, score) as materialized (");
        hits(&mut sql, words, scored, backend);
        sql.push(")");
        next = ", ";
    }
    (sql, next)
}

/// What a word in the name counts for: more than anything that a database says of how well the texts fit, which is below 10⁹.
const IN_THE_NAME: i64 = 1_000_000_000_000;

/// The products that have all the words, with a score as a whole number so that a page can go on from it: first by how many of the words
/// are in the name, the same on both databases, then as each of them sees it.
fn hits(sql: &mut Sql, words: &[String], scored: bool, backend: DbBackend) {
    let query = match_all(words, backend);
    let scored_words = if scored { words } else { &[] };
    if words.is_empty() {
        sql.push("select id, cast(0 as bigint) from products where 1 = 0");
    } else if backend == DbBackend::Postgres {
        sql.push("select s.product_id, cast(0");
        for n in 0..scored_words.len() {
            sql.push(&format!(" + case when s.words @@ n{n}.query then {IN_THE_NAME} else 0 end"));
        }
        if scored {
            sql.push(" + ts_rank('{0, 0.1, 0.1, 1}', s.words, q.query) * 1000000");
        }
        sql.push(" as bigint) from product_search s cross join to_tsquery('simple', ").bind(query).push(") as q (query)");
        for (n, word) in scored_words.iter().enumerate() {
            sql.push(" cross join to_tsquery('simple', ").bind(match_in_name(word, backend)).push(&format!(") as n{n} (query)"));
        }
        sql.push(" where s.words @@ q.query");
    } else {
        sql.push("select s.product_id, cast(0");
        for word in scored_words {
            sql.push(" + (product_fts.rowid in (select rowid from product_fts where product_fts match ").bind(match_in_name(word, backend));
            sql.push(&format!(")) * {IN_THE_NAME}"));
        }
        if scored {
            // bm25 is better the lower it is.
            sql.push(" + bm25(product_fts, 10.0, 1.0) * -1000000");
        }
        sql.push(" as bigint) from product_fts join product_search s on s.doc = product_fts.rowid where product_fts match ").bind(query);
    }
}

/// From `from` on: all the products `p` that the filter leaves, to be counted: their id, category, price and rating. The categories of a tree are
/// read one after the other, along an index that begins with the category; either database would rather read the whole shop. `share` ends what is
/// read of each of them, where not all of it is.
pub(crate) fn narrow(sql: &mut Sql, filter: &Filter, share: Option<&str>, backend: DbBackend) {
    if filter.category.is_none() || filter.words.is_some() {
        return narrow_within(sql, filter, ANY_OF_TREE, backend);
    }
    match (backend, share) {
        (DbBackend::Postgres, _) => {
            sql.push(" from tree t cross join lateral (select p.id, p.category_id, p.price_amount, p.rating_score from products p");
            conditions(sql, filter, "= t.id");
            sql.push(share.unwrap_or(" offset 0")).push(") p");
        }
        (_, None) => {
            sql.push(" from tree t cross join products p");
            conditions(sql, filter, "= t.id");
        }
        (_, Some(share)) => {
            sql.push(" from tree t cross join products p on p.id in (select p.id from products p");
            conditions(sql, filter, "= t.id");
            sql.push(share).push(")");
        }
    }
}

fn narrow_within(sql: &mut Sql, filter: &Filter, category: &str, backend: DbBackend) {
    sql.push(match (&filter.words, backend) {
        (None, _) => " from products p",
        // PostgreSQL takes the hits for many, and would read every product for a few of them: so they are looked up one by one.
        (Some(_), DbBackend::Postgres) => " from hits h cross join lateral (select * from products where id = h.product_id limit 1) p",
        (Some(_), _) => " from hits h join products p on p.id = h.product_id",
    });
    conditions(sql, filter, category);
}

/// From `where` on. `category` is what the category has to be, where one is asked for.
fn conditions(sql: &mut Sql, filter: &Filter, category: &str) {
    match filter.status {
        Some(status) => sql.push(" where p.status = ").bind(status),
        None => sql.push(" where p.status in ('draft', 'published', 'archived')"),
    };
    if filter.category.is_some() {
        sql.push(" and p.category_id ").push(category);
    }
    if let Some(amount) = filter.min_price {
        sql.push(" and p.price_amount >= ").bind(amount);
    }
    if let Some(amount) = filter.max_price {
        sql.push(" and p.price_amount <= ").bind(amount);
    }
    if let Some(score) = filter.min_rating {
        sql.push(" and p.rating_score >= ").bind(score);
    }
    match filter.in_stock {
        Some(true) => {
            sql.push(" and p.sellable_variants > 0");
        }
        Some(false) => {
            sql.push(" and p.sellable_variants = 0");
        }
        None => {}
    }
    if !filter.options.is_empty() {
        sql.push(" and exists (");
        matching_variant(sql, filter);
        sql.push(")");
    }
}

/// A variant of the product that has every option; where stock is asked for, that very variant must have some.
/// Looked up for one product after the other: a page along an index then stops as soon as it is full.
fn matching_variant(sql: &mut Sql, filter: &Filter) {
    sql.push("select 1 from variant_options o0");
    for n in 1..filter.options.len() {
        sql.push(&format!(" join variant_options o{n} on o{n}.variant_id = o0.variant_id"));
    }
    if filter.in_stock == Some(true) {
        sql.push(" join variants v on v.id = o0.variant_id and v.stock > 0");
    }
    for (n, (name, values)) in filter.options.iter().enumerate() {
        sql.push(if n == 0 { " where o0.product_id = p.id and " } else { " and " }).push(&format!("o{n}.name = ")).bind(name.as_str());
        sql.push(&format!(" and o{n}.value in ")).bind_list(values.iter().map(String::as_str));
    }
}

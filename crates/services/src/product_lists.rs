//! Lists of products: search, filters, orders, pages and counts.

use std::collections::BTreeMap;

use novashop_db::{
    self as db, ConnectionTrait,
    product_filters::{Filter, Listed, Order, Place},
    product_search::words,
    products::Key,
};
use novashop_types::{
    CategoryId, ErrorCode,
    catalogue::{
        CategoryFacet, CategoryRef, Facets, OptionFacet, OptionValueFacet, PriceFacet, ProductPage, ProductSort, ProductStatus, RatingFacet,
    },
};
use serde::Serialize;
use uuid::Uuid;

use crate::{Context, Error, Result, products};

/// More text than this is no search.
const MAX_QUERY: usize = 200;
/// More than this is no slug.
const MAX_CATEGORY: usize = 120;
/// A list can be narrowed by this many options, each with this many values.
const MAX_OPTIONS: usize = 10;
const MAX_VALUES: usize = 50;
/// Where the price bands end, in minor units: below 25, 50, 100 and 200.
const BANDS: [i64; 4] = [2_500, 5_000, 10_000, 20_000];

/// What somebody asks of a list. Its order is the one of the query string's documentation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListQuery {
    /// Words.
    pub q: Option<String>,
    /// The id or slug of a category, which stands for everything below it too.
    pub category: Option<String>,
    /// The lowest price in minor units, included.
    pub min_price: Option<i64>,
    /// The highest price in minor units, included.
    pub max_price: Option<i64>,
    /// Whether it can be bought now.
    pub in_stock: Option<bool>,
    /// The lowest average rating, in hundredths.
    pub min_rating: Option<i64>,
    /// Values by the names of options.
    pub options: BTreeMap<String, Vec<String>>,
    /// `None` for any state.
    pub status: Option<ProductStatus>,
    /// The order; the best match first with `q`, the newest first without.
    pub sort: Option<ProductSort>,
}

/// Which page of a list, and what with it.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery<'a> {
    /// How many products.
    pub limit: u32,
    /// Where the last page ended.
    pub cursor: Option<&'a str>,
    /// Whether to count the whole list.
    pub total: bool,
    /// Whether to count what it could be narrowed to.
    pub facets: bool,
}

/// A list that can be asked for: its query, checked.
#[derive(Debug)]
pub struct List {
    filter: Filter,
    order: Order,
    scope: String,
}

impl List {
    /// Checks a query.
    ///
    /// # Errors
    /// `invalid_parameter`.
    pub fn new(query: &ListQuery) -> Result<Self> {
        let filter = filter(query)?;
        let order = order(query)?;
        let scope = scope(query, &filter, order);
        Ok(Self { filter, order, scope })
    }

    /// A page of it in one text, however its query was spelled.
    #[must_use]
    pub fn page_name(&self, page: PageQuery<'_>) -> String {
        let PageQuery { limit, cursor, total, facets } = page;
        // An empty cursor is a wrong one, not none.
        format!("{} {limit} {total} {facets} {cursor:?}", self.scope)
    }
}

/// A page of products. One statement, and one more for facets or the total.
///
/// # Errors
/// `invalid_cursor`, those of the database.
pub async fn list(ctx: &Context, list: &List, page: PageQuery<'_>) -> Result<ProductPage> {
    let List { filter, order, scope } = list;
    let after: Option<(Place, Uuid)> = page.cursor.map(|cursor| ctx.cursors.open(scope, cursor)).transpose()?;
    let conn = ctx.db.reader();
    let nothing_to_find = filter.words.as_ref().is_some_and(Vec::is_empty);
    let rows = if nothing_to_find { Vec::new() } else { db::product_filters::list(conn, filter, *order, after.as_ref(), page.limit).await? };
    let facets = if page.facets { Some(facets(conn, filter).await?) } else { None };
    let total = match (page.total, &facets) {
        (false, _) => None,
        (true, _) if nothing_to_find => Some(0),
        (true, Some((_, all))) => Some(*all),
        (true, None) => Some(db::product_filters::count(conn, filter).await?),
    };
    let page = ctx.cursors.page(scope, rows, page.limit, total, |row: &Listed| (order.place(row), row.summary.id));
    Ok(ProductPage { page: page.map(|row| products::summary(ctx, row.summary)), facets: facets.map(|(facets, _)| facets) })
}

/// What the list is narrowed to.
fn filter(query: &ListQuery) -> Result<Filter> {
    if let (Some(min), Some(max)) = (query.min_price, query.max_price)
        && min > max
    {
        return Err(refused("`min_price` must not be higher than `max_price`."));
    }
    for (name, price) in [("min_price", query.min_price), ("max_price", query.max_price)] {
        if price.is_some_and(i64::is_negative) {
            return Err(refused(format!("`{name}` must be 0 or more, in minor units.")));
        }
    }
    if query.min_rating.is_some_and(|score| !(0..=500).contains(&score)) {
        return Err(refused("`min_rating` must be from 0 to 5."));
    }
    if query.q.as_ref().is_some_and(|q| q.chars().count() > MAX_QUERY) {
        return Err(refused("`q` may have up to 200 characters."));
    }
    if query.category.as_ref().is_some_and(|category| category.chars().count() > MAX_CATEGORY) {
        return Err(refused("`category` may have up to 120 characters."));
    }
    if query.options.len() > MAX_OPTIONS || query.options.values().any(|values| values.len() > MAX_VALUES) {
        return Err(refused("A list can be narrowed by up to 10 options with up to 50 values each."));
    }
    Ok(Filter {
        words: query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()).map(words),
        category: query.category.as_deref().map(Key::parse),
        min_price: query.min_price,
        max_price: query.max_price,
        in_stock: query.in_stock,
        min_rating: query.min_rating,
        options: query.options.iter().map(|(name, values)| (name.clone(), values.clone())).collect(),
        status: query.status.map(ProductStatus::as_str),
    })
}

fn order(query: &ListQuery) -> Result<Order> {
    let searching = query.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    Ok(match query.sort {
        Some(ProductSort::Relevance) if !searching => return Err(refused("`sort=relevance` needs `q`.")),
        Some(ProductSort::Relevance) => Order::Relevance,
        None if searching => Order::Relevance,
        Some(ProductSort::Newest) | None => Order::Newest,
        Some(ProductSort::Price) => Order::Price,
        Some(ProductSort::PriceDescending) => Order::PriceDescending,
        Some(ProductSort::Name) => Order::Name,
        Some(ProductSort::Rating) => Order::Rating,
    })
}

/// The list in one text, however its query was spelled.
fn scope(query: &ListQuery, filter: &Filter, order: Order) -> String {
    let q = filter.words.as_ref().map(|words| words.join(" "));
    let mut normal = ListQuery { q, sort: None, ..query.clone() };
    for values in normal.options.values_mut() {
        values.sort();
        values.dedup();
    }
    format!("products {order:?} {}", serde_json::to_string(&normal).unwrap_or_default())
}

fn refused(detail: impl Into<String>) -> Error {
    Error::refused(ErrorCode::InvalidParameter, detail)
}

/// What the list could be narrowed to, and how many products it has in all.
async fn facets(conn: &impl ConnectionTrait, filter: &Filter) -> Result<(Facets, u64)> {
    let counts = db::facets::count(conn, filter, &BANDS).await?;
    let by_price_and_rating = counts.prices_and_ratings;
    let mut options: Vec<OptionFacet> = Vec::new();
    for row in counts.options {
        let value = OptionValueFacet { value: row.value, count: row.count };
        match options.last_mut() {
            Some(option) if option.name == row.name => option.values.push(value),
            _ => options.push(OptionFacet { name: row.name, values: vec![value] }),
        }
    }
    let mut prices = Vec::new();
    let mut min = 0;
    for (band, limit) in (0_i64..).zip(BANDS.into_iter().map(Some).chain([None])) {
        let count = by_price_and_rating.iter().filter(|row| row.band == band).map(|row| row.count).sum();
        prices.push(PriceFacet { min, max: limit.map(|limit| limit - 1), count });
        min = limit.unwrap_or(min);
    }
    let rated = |min: i64| RatingFacet { min, count: by_price_and_rating.iter().filter(|row| row.stars >= min).map(|row| row.count).sum() };
    let facets = Facets {
        complete: counts.total <= db::facets::MAX_COUNTED,
        categories: counts
            .categories
            .into_iter()
            .map(|row| CategoryFacet { category: CategoryRef { id: CategoryId(row.id), slug: row.slug, name: row.name }, count: row.count })
            .collect(),
        prices,
        ratings: [4, 3, 2, 1].map(rated).to_vec(),
        options,
    };
    Ok((facets, u64::try_from(counts.total).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_list_has_one_scope_however_it_is_spelled() {
        let of = |q: &str, sort| {
            let query = ListQuery { q: Some(q.into()), sort, ..ListQuery::default() };
            scope(&query, &filter(&query).unwrap(), order(&query).unwrap())
        };
        assert_eq!(of("Blue  mug", None), of("blue mug ", Some(ProductSort::Relevance)));
        assert_ne!(of("blue mug", None), of("blue mug", Some(ProductSort::Newest)));
        assert_ne!(of("blue mug", None), of("mug", None));
        let in_sizes = |sizes: &[&str]| {
            let options = BTreeMap::from([("Size".to_owned(), sizes.iter().map(|size| (*size).to_owned()).collect())]);
            let list = List::new(&ListQuery { options, ..ListQuery::default() }).unwrap();
            list.page_name(PageQuery { limit: 20, cursor: None, total: false, facets: false })
        };
        assert_eq!(in_sizes(&["M", "S"]), in_sizes(&["S", "M", "S"]));
        assert_ne!(in_sizes(&["M", "S"]), in_sizes(&["M"]));
        let from = |cursor| List::new(&ListQuery::default()).unwrap().page_name(PageQuery { limit: 20, cursor, total: false, facets: false });
        assert_ne!(from(None), from(Some("")));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let relevance = ListQuery { sort: Some(ProductSort::Relevance), ..ListQuery::default() };
        assert!(order(&relevance).is_err());
        let prices = ListQuery { min_price: Some(2), max_price: Some(1), ..ListQuery::default() };
        assert!(filter(&prices).is_err());
    }
}

//! Products for the people who run the shop: a table, and changes of many at once.

use novashop_services::{
    product_lists::{List, ListQuery, PageQuery},
    product_table,
};
use novashop_types::{
    Page, Problem,
    catalogue::{AdminProduct, BulkResults, ProductSort, ProductsBulk},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx,
    extract::{Input, Staff},
    respond,
    routes::{Route, products::StatusFilter},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/admin/products", get => list_admin_products), route!("/admin/products/bulk", post => change_products)]
}

/// What the table of products can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TableQuery {
    /// Words; all of them must be there.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The id or slug of a category, with everything below it.
    #[param(max_length = 120)]
    category: Option<String>,
    /// Only those in this state; all of them where it is left out.
    #[param(inline)]
    status: Option<StatusFilter>,
    /// Only those that can be bought now, or only those that cannot.
    in_stock: Option<bool>,
    /// The order; `relevance` with `q` and `newest` without where it is left out.
    #[param(inline)]
    sort: Option<ProductSort>,
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// All products
///
/// Drafts and archived ones too, with what only staff see of them.
#[utoipa::path(get, path = "/api/v1/admin/products", tag = "administration", operation_id = "list_admin_products", params(TableQuery),
    responses((status = 200, description = "A page", body = Page<AdminProduct>)), security(("bearer" = ["staff"])))]
pub async fn list_admin_products(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: TableQuery = input.query()?;
    let page =
        PageQuery { limit: input.limit(query.limit)?, cursor: query.cursor.as_deref(), total: query.include_total.unwrap_or(false), facets: false };
    let list = List::new(&ListQuery {
        q: query.q,
        category: query.category,
        status: query.status.and_then(StatusFilter::status),
        in_stock: query.in_stock,
        sort: query.sort,
        ..ListQuery::default()
    })?;
    Ok(respond::page(&input, &product_table::list(&ctx, &list, page).await?))
}

/// Change many products
///
/// One change to up to 100 products, in one transaction. Each answers for itself: one that cannot be changed says why and stops no other.
/// With an `Idempotency-Key` a repeat changes nothing more: a percentage is not the same twice.
#[utoipa::path(post, path = "/api/v1/admin/products/bulk", tag = "administration", operation_id = "change_products",
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; the same request with the same key happens once, for 24 hours")),
    request_body = ProductsBulk,
    responses((status = 200, description = "What became of each, in the order of the request", body = BulkResults, headers(("Idempotency-Replayed" = String, description = "`true` where it is the answer of an earlier request"))),
        (status = 409, description = "`idempotency_in_progress`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn change_products(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let request = input.repeatable()?;
    let bulk: ProductsBulk = input.json()?;
    Ok(respond::repeatable(product_table::change(&ctx, &actor, &bulk, &request).await?))
}

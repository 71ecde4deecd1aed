//! Stock: changes by hand, and the ledger of all changes.

use novashop_services::stock;
use novashop_types::{
    Page, Problem,
    catalogue::{StockChange, StockMovement},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx,
    extract::{Input, Staff},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/variants/{id}/stock", post => change_stock, get => list_stock_movements)]
}

/// What a ledger can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LedgerQuery {
    /// Lines on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// Change a stock
///
/// Either by `delta` or to `set`, with a reason for the ledger. Sales and cancellations write their own lines.
#[utoipa::path(post, path = "/api/v1/variants/{id}/stock", tag = "catalogue", operation_id = "change_stock",
    params(("id" = novashop_types::VariantId, Path, description = "The variant's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; the same request with the same key happens once, for 24 hours")),
    request_body = StockChange,
    responses((status = 201, description = "The new line of the ledger", body = StockMovement, headers(("Location" = String, description = "The ledger"), ("Idempotency-Replayed" = String, description = "`true` where it is the answer of an earlier request"))),
        (status = 409, description = "`stock_not_available`: it would go below zero; `idempotency_in_progress`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn change_stock(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = stock::find_variant(&ctx, input.path("id")).await?;
    let request = input.repeatable()?;
    let change: StockChange = input.json()?;
    Ok(respond::repeatable(stock::change(&ctx, &actor, id, &change, &request).await?))
}

/// The ledger of a variant
///
/// Every change of its stock, newest first; the deltas add up to the stock.
#[utoipa::path(get, path = "/api/v1/variants/{id}/stock", tag = "catalogue", operation_id = "list_stock_movements",
    params(("id" = novashop_types::VariantId, Path, description = "The variant's id"), LedgerQuery),
    responses((status = 200, description = "A page, newest first", body = Page<StockMovement>)),
    security(("bearer" = ["staff"])))]
pub async fn list_stock_movements(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let id = stock::find_variant(&ctx, input.path("id")).await?;
    let query: LedgerQuery = input.query()?;
    let limit = input.limit(query.limit)?;
    let page = stock::list_movements(&ctx, id, limit, query.cursor.as_deref(), query.include_total.unwrap_or(false)).await?;
    Ok(respond::page(&input, &page))
}

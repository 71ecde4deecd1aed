//! Orders for the people who run the shop.

use novashop_services::orders::{self, Part, Search};
use novashop_types::{
    ErrorCode, Page, Problem, Timestamp,
    orders::{Order, OrderNote, OrderStatus, OrderTransition},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx, Failure,
    extract::{Input, Staff},
    respond,
    routes::{Route, categories::NoQuery},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/admin/orders", get => search_orders),
        route!("/admin/orders/{id}", get => get_admin_order),
        route!("/admin/orders/{id}/transitions", post => move_order),
        route!("/admin/orders/{id}/notes", post => add_order_note),
    ]
}

/// What the list of all orders can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Only those in this state.
    status: Option<OrderStatus>,
    /// A number, or a part of an e-mail address or of the customer's name.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Placed at this time or later: an RFC 3339 time, or a date for its midnight in UTC.
    from: Option<Timestamp>,
    /// Placed before this time.
    to: Option<Timestamp>,
    /// Orders on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// All orders
#[utoipa::path(get, path = "/api/v1/admin/orders", tag = "administration", operation_id = "search_orders", params(SearchQuery),
    responses((status = 200, description = "A page, newest first", body = Page<Order>)), security(("bearer" = ["staff"])))]
pub async fn search_orders(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: SearchQuery = input.query()?;
    if query.q.as_ref().is_some_and(|q| q.chars().count() > 100) {
        return Err(Failure::new(ErrorCode::InvalidParameter, "`q` may have up to 100 characters."));
    }
    let part = Part { limit: input.limit(query.limit)?, cursor: query.cursor.as_deref(), total: query.include_total.unwrap_or(false) };
    let search = Search { status: query.status, q: query.q, from: query.from, to: query.to };
    Ok(respond::page(&input, &orders::search(&ctx, &search, part).await?))
}

/// An order, with the notes
///
/// Any order. Its events hold the notes of staff, which its customer never sees.
#[utoipa::path(get, path = "/api/v1/admin/orders/{id}", tag = "administration", operation_id = "get_admin_order",
    params(("id" = String, Path, description = "The order's id or number"), ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "The order", body = Order, headers(("ETag" = String, description = "For `If-Match`"))), (status = 304, description = "You have it already")),
    security(("bearer" = ["staff"])))]
pub async fn get_admin_order(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let order = orders::find_for_staff(&ctx, input.path("id")).await?;
    let NoQuery {} = input.query()?;
    respond::versioned(&input, &order, order.version)
}

/// Write a note about an order
///
/// For the people who run the shop alone. It changes nothing of the order.
#[utoipa::path(post, path = "/api/v1/admin/orders/{id}/notes", tag = "administration", operation_id = "add_order_note",
    params(("id" = String, Path, description = "The order's id or number"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; the same request with the same key happens once, for 24 hours")),
    request_body = OrderNote,
    responses((status = 201, description = "The order with its notes", body = Order, headers(("Location" = String, description = "The order"), ("Idempotency-Replayed" = String, description = "`true` where it is the answer of an earlier request"))),
        (status = 409, description = "`idempotency_in_progress`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn add_order_note(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = orders::find_any(&ctx, input.path("id")).await?;
    let request = input.repeatable()?;
    let note: OrderNote = input.json()?;
    Ok(respond::repeatable(orders::note(&ctx, &actor, id, &note, &request).await?))
}

/// Move an order on
///
/// `pending_payment` → `paid` → `fulfilled` (with `tracking`) → `delivered`; `pending_payment` or `paid` → `cancelled`, which gives the stock back.
#[utoipa::path(post, path = "/api/v1/admin/orders/{id}/transitions", tag = "administration", operation_id = "move_order",
    params(("id" = String, Path, description = "The order's id or number"), ("If-Match" = Option<String>, Header, description = "The ETag of the order you read")),
    request_body = OrderTransition,
    responses((status = 200, description = "The order as it is now", body = Order, headers(("ETag" = String, description = "For `If-Match`"))),
        (status = 409, description = "`transition_not_allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn move_order(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = orders::find_any(&ctx, input.path("id")).await?;
    let transition: OrderTransition = input.json()?;
    let order = orders::transition(&ctx, &actor, id, input.if_match()?, &transition).await?;
    respond::versioned(&input, &order, order.version)
}

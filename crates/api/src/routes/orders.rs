//! Orders for those who place them: people with an account, and guests who come back with their order's token.

use novashop_services::orders::{self, Access, Part};
use novashop_types::{
    Page, Problem,
    orders::{Order, OrderCancel, OrderCreate, OrderStatus, Payment, PaymentCreate},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx,
    extract::{Caller, Customer, Input},
    limits::MailQuota,
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/orders", post => place_order, get => list_orders),
        route!("/orders/{id}", get => get_order),
        route!("/orders/{id}/cancel", post => cancel_order),
        route!("/orders/{id}/payments", post => pay_order),
    ]
}

/// What a list of one's own orders can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// Only those in this state.
    status: Option<OrderStatus>,
    /// Orders on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// How a guest shows that the order is theirs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TokenQuery {
    /// The order's `access_token`, as links in mails carry it; `X-Order-Token` says the same.
    #[serde(rename = "token")]
    _token: Option<String>,
}

fn access(caller: &Caller, input: &Input) -> Access {
    Access { actor: caller.0, token: input.order_token() }
}

/// Place an order
///
/// For what is in the cart: the stock is taken, the prices are fixed, the cart is emptied; or nothing of it happens.
/// A cart becomes one order at most. A guest is told an `access_token` to see the order again.
#[utoipa::path(post, path = "/api/v1/orders", tag = "orders", operation_id = "place_order",
    params(("X-Cart-Token" = Option<String>, Header, description = "A guest's cart"),
        ("Accept-Language" = Option<String>, Header, description = "The language of mails about the order: `en` or `es`"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; the same request with the same key happens once, for 24 hours")),
    request_body = OrderCreate,
    responses((status = 201, description = "The order", body = Order, headers(("Location" = String, description = "Its address"), ("Idempotency-Replayed" = String, description = "`true` where it is the answer of an earlier request"))),
        (status = 409, description = "`out_of_stock` with every short line, `idempotency_in_progress`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `empty_cart`, `idempotency_key_reused`", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn place_order(ctx: Ctx, Caller(actor): Caller, input: Input) -> Answer {
    let request = input.repeatable()?;
    let order: OrderCreate = input.json()?;
    let mails = MailQuota::of(input.request());
    let placed = orders::place(&ctx, actor.as_ref(), input.cart_token().as_deref(), &request, &order, input.language(), &mails).await;
    Ok(respond::repeatable(placed.map_err(|error| mails.failure(error))?))
}

/// My orders
#[utoipa::path(get, path = "/api/v1/orders", tag = "orders", operation_id = "list_orders", params(OrdersQuery),
    responses((status = 200, description = "A page, newest first", body = Page<Order>)), security(("bearer" = [])))]
pub async fn list_orders(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let query: OrdersQuery = input.query()?;
    let part = Part { limit: input.limit(query.limit)?, cursor: query.cursor.as_deref(), total: query.include_total.unwrap_or(false) };
    Ok(respond::page(&input, &orders::list_own(&ctx, actor.user_id, query.status, part).await?))
}

/// An order
///
/// For its owner and for staff. A guest sends the order's `access_token` as `X-Order-Token`.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "orders", operation_id = "get_order",
    params(("id" = String, Path, description = "The order's id or number"), TokenQuery,
        ("X-Order-Token" = Option<String>, Header, description = "A guest order's `access_token`"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "The order", body = Order, headers(("ETag" = String, description = "For `If-Match`"))),
        (status = 304, description = "It is as you have it")),
    security((), ("bearer" = [])))]
pub async fn get_order(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let order = orders::find(&ctx, &access(&caller, &input), input.path("id")).await?;
    input.no_query()?;
    let _: TokenQuery = input.query()?;
    respond::versioned(&input, &order, order.version)
}

/// Call an order off
///
/// While it is not on its way. Its stock is given back.
#[utoipa::path(post, path = "/api/v1/orders/{id}/cancel", tag = "orders", operation_id = "cancel_order",
    params(("id" = String, Path, description = "The order's id or number"), TokenQuery,
        ("X-Order-Token" = Option<String>, Header, description = "A guest order's `access_token`")),
    request_body(content = Option<OrderCancel>, description = "May be left out"),
    responses((status = 200, description = "The order as it is now", body = Order),
        (status = 409, description = "`transition_not_allowed`: it is on its way, or cancelled already", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn cancel_order(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let id = orders::find_own(&ctx, &access(&caller, &input), input.path("id")).await?;
    let _: TokenQuery = input.query()?;
    let cancel: OrderCancel = input.json_or_default()?;
    let order = orders::cancel(&ctx, caller.0.as_ref(), id, &cancel).await?;
    respond::versioned(&input, &order, order.version)
}

/// Pay an order
///
/// Starts a payment with its provider, or gives the one that waits already.
#[utoipa::path(post, path = "/api/v1/orders/{id}/payments", tag = "orders", operation_id = "pay_order",
    params(("id" = String, Path, description = "The order's id or number"), TokenQuery,
        ("X-Order-Token" = Option<String>, Header, description = "A guest order's `access_token`"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; the same request with the same key happens once, for 24 hours")),
    request_body = PaymentCreate,
    responses((status = 201, description = "The payment that waits", body = Payment, headers(("Location" = String, description = "The order"), ("Idempotency-Replayed" = String, description = "`true` where it is the answer of an earlier request"))),
        (status = 409, description = "`conflict`: there is nothing to pay; `idempotency_in_progress`", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn pay_order(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let id = orders::find_own(&ctx, &access(&caller, &input), input.path("id")).await?;
    let request = input.repeatable()?;
    let _: TokenQuery = input.query()?;
    let payment: PaymentCreate = input.json()?;
    Ok(respond::repeatable(orders::pay(&ctx, id, &payment, &request).await?))
}

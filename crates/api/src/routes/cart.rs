//! The cart: the person's with a bearer token, else the guest's whose `X-Cart-Token` comes with every answer.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use novashop_services::carts::{self, Versioned, Visitor};
use novashop_types::{
    Problem,
    cart::{Cart, CartItemCreate, CartItemPatch},
};

use crate::{
    Answer, Ctx,
    extract::{Caller, Input},
    respond,
    routes::{Route, categories::NoQuery},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/cart", get => get_cart, delete => clear_cart),
        route!("/cart/items", post => add_cart_item),
        route!("/cart/items/{id}", patch => update_cart_item, delete => delete_cart_item),
    ]
}

/// Whose cart the request is about.
fn visitor(ctx: &Ctx, caller: &Caller, input: &Input) -> Visitor {
    carts::visitor(ctx, caller.0.as_ref(), input.cart_token())
}

/// A cart with its `ETag`, and for a guest the token to come back with.
fn answer(input: &Input, visitor: &Visitor, cart: &Versioned) -> Answer {
    let mut response: HttpResponse = respond::versioned(input, &cart.cart, cart.version)?;
    if let Some(token) = visitor.token.as_deref().and_then(|token| HeaderValue::from_str(token).ok()) {
        response.headers_mut().insert(HeaderName::from_static("x-cart-token"), token);
    }
    Ok(response)
}

/// The cart
///
/// Prices and availability as of now; `warnings` says what changed since the lines were added. A guest is told the `X-Cart-Token` to send back.
#[utoipa::path(get, path = "/api/v1/cart", tag = "cart", operation_id = "get_cart",
    params(("X-Cart-Token" = Option<String>, Header, description = "A guest's token, as an earlier answer gave it"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "The cart", body = Cart, headers(("ETag" = String, description = "For `If-Match`"), ("X-Cart-Token" = String, description = "For guests: send it back"))),
        (status = 304, description = "It is as you have it")),
    security((), ("bearer" = [])))]
pub async fn get_cart(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let visitor = visitor(&ctx, &caller, &input);
    let NoQuery {} = input.query()?;
    answer(&input, &visitor, &carts::show(&ctx, &visitor.owner).await?)
}

/// Put something in the cart
///
/// Adding the same variant adds up. With `product_id` the product must have one variant.
#[utoipa::path(post, path = "/api/v1/cart/items", tag = "cart", operation_id = "add_cart_item",
    params(("X-Cart-Token" = Option<String>, Header, description = "A guest's token, as an earlier answer gave it"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the cart you read")),
    request_body = CartItemCreate,
    responses((status = 201, description = "The cart as it is now", body = Cart, headers(("ETag" = String, description = "For `If-Match`"), ("Location" = String, description = "The cart"), ("X-Cart-Token" = String, description = "For guests: send it back"))),
        (status = 404, description = "`not_found`: nothing on sale has this id", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`out_of_stock` with `available`, `variant_choice_needed`, `cart_full`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: the cart changed meanwhile", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn add_cart_item(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let visitor = visitor(&ctx, &caller, &input);
    let item: CartItemCreate = input.json()?;
    let cart = carts::add(&ctx, &visitor.owner, input.if_match()?, &item).await?;
    let mut response = answer(&input, &visitor, &cart)?;
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/api/v1/cart"));
    Ok(response)
}

/// Change the quantity of a line
#[utoipa::path(patch, path = "/api/v1/cart/items/{id}", tag = "cart", operation_id = "update_cart_item",
    params(("id" = novashop_types::CartItemId, Path, description = "The line's id"),
        ("X-Cart-Token" = Option<String>, Header, description = "A guest's token, as an earlier answer gave it"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the cart you read")),
    request_body = CartItemPatch,
    responses((status = 200, description = "The cart as it is now", body = Cart, headers(("ETag" = String, description = "For `If-Match`"))),
        (status = 409, description = "`out_of_stock` with `available`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: the cart changed meanwhile", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn update_cart_item(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let visitor = visitor(&ctx, &caller, &input);
    let id = carts::find_item(&ctx, &visitor.owner, input.path("id")).await?;
    let patch: CartItemPatch = input.json()?;
    let cart = carts::update_item(&ctx, &visitor.owner, input.if_match()?, id, &patch).await?;
    answer(&input, &visitor, &cart)
}

/// Take a line out of the cart
#[utoipa::path(delete, path = "/api/v1/cart/items/{id}", tag = "cart", operation_id = "delete_cart_item",
    params(("id" = novashop_types::CartItemId, Path, description = "The line's id"),
        ("X-Cart-Token" = Option<String>, Header, description = "A guest's token, as an earlier answer gave it"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the cart you read")),
    responses((status = 200, description = "The cart as it is now", body = Cart, headers(("ETag" = String, description = "For `If-Match`"))),
        (status = 412, description = "`precondition_failed`: the cart changed meanwhile", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn delete_cart_item(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    input.no_query()?;
    let visitor = visitor(&ctx, &caller, &input);
    let id = carts::find_item(&ctx, &visitor.owner, input.path("id")).await?;
    let cart = carts::delete_item(&ctx, &visitor.owner, input.if_match()?, id).await?;
    answer(&input, &visitor, &cart)
}

/// Empty the cart
#[utoipa::path(delete, path = "/api/v1/cart", tag = "cart", operation_id = "clear_cart",
    params(("X-Cart-Token" = Option<String>, Header, description = "A guest's token, as an earlier answer gave it"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the cart you read")),
    responses((status = 204, description = "The cart is empty"),
        (status = 412, description = "`precondition_failed`: the cart changed meanwhile", body = Problem, content_type = "application/problem+json")),
    security((), ("bearer" = [])))]
pub async fn clear_cart(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    input.no_query()?;
    let visitor = visitor(&ctx, &caller, &input);
    carts::clear(&ctx, &visitor.owner, input.if_match()?).await?;
    Ok(respond::no_content())
}

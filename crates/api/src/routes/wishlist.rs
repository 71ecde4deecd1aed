//! What somebody wishes for.

use novashop_services::{products, wishlist};
use novashop_types::{Page, catalogue::ProductSummary};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx,
    extract::{Customer, Input},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/wishlist", get => get_wishlist), route!("/wishlist/{product_id}", put => add_to_wishlist, delete => remove_from_wishlist)]
}

/// What a wishlist can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WishlistQuery {
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// My wishlist
///
/// What was added last comes first. A product that is not on sale is left out for as long.
#[utoipa::path(get, path = "/api/v1/wishlist", tag = "wishlist", operation_id = "get_wishlist", params(WishlistQuery),
    responses((status = 200, description = "A page, newest first", body = Page<ProductSummary>)), security(("bearer" = [])))]
pub async fn get_wishlist(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let query: WishlistQuery = input.query()?;
    let limit = input.limit(query.limit)?;
    let page = wishlist::list(&ctx, &actor, query.cursor.as_deref(), limit, query.include_total.unwrap_or(false)).await?;
    Ok(respond::page(&input, &page))
}

/// Put a product on my wishlist
///
/// Doing it again changes nothing.
#[utoipa::path(put, path = "/api/v1/wishlist/{product_id}", tag = "wishlist", operation_id = "add_to_wishlist",
    params(("product_id" = String, Path, description = "The product's id or slug")),
    responses((status = 204, description = "It is there")), security(("bearer" = [])))]
pub async fn add_to_wishlist(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let product = products::find(&ctx, input.path("product_id"), false).await?;
    input.no_query()?;
    wishlist::add(&ctx, &actor, product).await?;
    Ok(respond::no_content())
}

/// Take a product from my wishlist
///
/// Doing it again changes nothing.
#[utoipa::path(delete, path = "/api/v1/wishlist/{product_id}", tag = "wishlist", operation_id = "remove_from_wishlist",
    params(("product_id" = String, Path, description = "The product's id or slug")),
    responses((status = 204, description = "It is not there any more")), security(("bearer" = [])))]
pub async fn remove_from_wishlist(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    wishlist::remove(&ctx, &actor, input.path("product_id")).await?;
    Ok(respond::no_content())
}

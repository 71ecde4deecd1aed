//! How orders can be sent.

use novashop_services::shipping;
use novashop_types::shipping::ShippingMethods;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{Answer, Ctx, extract::Input, respond, routes::Route};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/shipping-methods", get => list_shipping_methods)]
}

/// Where to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShippingQuery {
    /// ISO 3166-1 alpha-2.
    #[param(example = "PT", pattern = "^[A-Z]{2}$")]
    country: Option<String>,
}

/// Ways to send an order
///
/// With prices; the usual one first.
#[utoipa::path(get, path = "/api/v1/shipping-methods", tag = "orders", operation_id = "list_shipping_methods", params(ShippingQuery),
    responses((status = 200, description = "The ways", body = ShippingMethods)))]
pub async fn list_shipping_methods(ctx: Ctx, input: Input) -> Answer {
    let query: ShippingQuery = input.query()?;
    Ok(respond::json(&shipping::list(&ctx, query.country.as_deref())?))
}

//! The catalogue and the orders as files.

use std::future::Future;

use actix_web::{HttpResponse, http::header};
use bytes::Bytes;
use futures_util::stream;
use novashop_services::{
    Result as Served,
    exports::{self, Piece},
    orders::Search,
};
use novashop_types::{Timestamp, orders::OrderStatus};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx,
    extract::{Input, Staff},
    routes::{Route, categories::NoQuery},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/admin/exports/products.csv", get => export_products), route!("/admin/exports/orders.csv", get => export_orders)]
}

/// Which orders are exported.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// Only those in this state.
    status: Option<OrderStatus>,
    /// Placed at this time or later: an RFC 3339 time, or a date for its midnight in UTC.
    from: Option<Timestamp>,
    /// Placed before this time.
    to: Option<Timestamp>,
}

/// All products as a file
///
/// CSV with the columns of Shopify's and a few more, a row for each variant. `POST /admin/imports/products` takes it. Pictures and reviews are
/// not in it. What a spreadsheet would run as a formula has an apostrophe before it, which the import takes away.
#[utoipa::path(get, path = "/api/v1/admin/exports/products.csv", tag = "administration", operation_id = "export_products",
    responses((status = 200, description = "The file", body = String, content_type = "text/csv", headers(("Content-Disposition" = String, description = "The file's name")))),
    security(("bearer" = ["staff"])))]
pub async fn export_products(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let NoQuery {} = input.query()?;
    file("products.csv", move |after| {
        let ctx = ctx.clone();
        async move { exports::products(&ctx, after).await }
    })
    .await
}

/// Orders as a file
///
/// CSV, newest first, a row for each line of an order.
#[utoipa::path(get, path = "/api/v1/admin/exports/orders.csv", tag = "administration", operation_id = "export_orders", params(OrdersQuery),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv", headers(("Content-Disposition" = String, description = "The file's name")))),
    security(("bearer" = ["staff"])))]
pub async fn export_orders(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: OrdersQuery = input.query()?;
    let search = Search { status: query.status, q: None, from: query.from, to: query.to };
    file("orders.csv", move |after| {
        let (ctx, search) = (ctx.clone(), search.clone());
        async move { exports::orders(&ctx, &search, after).await }
    })
    .await
}

/// Sends a file piece by piece: the next one is read when the last one is on its way. A failure in the middle breaks the connection off, so
/// that nobody takes half a file for a whole one; the first piece is read before the answer begins.
async fn file<At: 'static, Reading>(name: &str, read: impl Fn(Option<At>) -> Reading + 'static) -> Answer
where
    Reading: Future<Output = Served<Piece<At>>> + 'static,
{
    let first = read(None).await?;
    let pieces = stream::try_unfold((Some(first), None, read), async |(ready, next, read)| {
        let piece = match (ready, next) {
            (Some(piece), _) => piece,
            (None, Some(at)) => read(Some(at)).await.inspect_err(|error| tracing::error!(%error, "an export broke off"))?,
            (None, None) => return Ok::<_, novashop_services::Error>(None),
        };
        Ok(Some((Bytes::from(piece.csv), (None, piece.next, read))))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(pieces))
}

//! How the shop does.

use novashop_services::stats;
use novashop_types::{Timestamp, stats::Stats};
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
    vec![route!("/admin/stats", get => get_stats)]
}

/// Of which time the figures are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatsQuery {
    /// Placed at this time or later: an RFC 3339 time, or a date for its midnight in UTC. Left out: 30 days before `to`.
    from: Option<Timestamp>,
    /// Placed before this time. Left out: the end of today in UTC. At most 366 days after `from`.
    to: Option<Timestamp>,
}

/// Figures of the shop
///
/// Sold is what was placed in that time and is paid, fulfilled or delivered now. Low stock and orders to handle are as of now.
#[utoipa::path(get, path = "/api/v1/admin/stats", tag = "administration", operation_id = "get_stats", params(StatsQuery),
    responses((status = 200, description = "The figures", body = Stats)), security(("bearer" = ["staff"])))]
pub async fn get_stats(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: StatsQuery = input.query()?;
    Ok(respond::json(&stats::read(&ctx, query.from, query.to).await?))
}

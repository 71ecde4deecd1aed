//! Whether the program is alive, and whether it can work.

use actix_web::HttpResponse;
use serde_json::json;

use crate::{Answer, Ctx, routes::Route};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/healthz", get => alive), route!("/readyz", get => ready)]
}

/// Is the program alive?
#[utoipa::path(get, path = "/healthz", tag = "operations", operation_id = "healthz", responses((status = 200, description = "It is", body = serde_json::Value, example = json!({"status": "ok"}))))]
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// Can the program work?
#[utoipa::path(get, path = "/readyz", tag = "operations", operation_id = "readyz", responses((status = 200, description = "It can: the database answers", body = serde_json::Value, example = json!({"status": "ok", "database": "ok"}))))]
pub async fn ready(ctx: Ctx) -> Answer {
    ctx.db.ping().await?;
    Ok(HttpResponse::Ok().json(json!({"status": "ok", "database": "ok"})))
}

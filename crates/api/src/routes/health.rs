//! Whether the program is alive, and whether it can work.

use actix_web::{HttpResponse, http::header, web};
use novashop_links::Link;
use novashop_services::{Error, error::Refusal, vitals::Watch};
use novashop_types::{ErrorCode, FieldError};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    Answer, Ctx, Failure,
    routes::{Route, admin_system::Process},
};

/// The outbox is behind when its oldest row has waited so long.
const BEHIND_SECONDS: i64 = 60;

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/healthz", get => alive), route!("/readyz", get => ready)]
}

/// How the parts of the shop are.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ready {
    /// `ok`, or `degraded` where a part is not but requests are answered all the same.
    #[schema(example = "ok")]
    status: &'static str,
    /// `ok`: without it nothing can be answered.
    #[schema(example = "ok")]
    database: &'static str,
    /// `ok`, or `behind` where mails, events or jobs wait for more than a minute: is a worker running, does it find the queue?
    #[schema(example = "ok")]
    queue: &'static str,
    /// How long the oldest of them has waited.
    #[schema(example = 0)]
    queue_lag_seconds: i64,
    /// `ok`: it is in this process.
    #[schema(example = "ok")]
    cache: &'static str,
    /// `ok`; `away` where processes share nothing just now, and each sells by itself; `none` where one process does everything;
    /// `missing` where this one is a part of several and was told of no Redis: what happens in the shop reaches none of its sockets.
    #[schema(example = "none")]
    redis: &'static str,
    /// `ok`, or `away` where pictures cannot be stored.
    #[schema(example = "ok")]
    media: &'static str,
}

/// Is the program alive?
#[utoipa::path(get, path = "/healthz", tag = "operations", operation_id = "healthz", responses((status = 200, description = "It is", body = serde_json::Value, example = json!({"status": "ok"}))))]
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// Can the program work?
///
/// 503 while the database does not answer or the program is ending; its `errors` name the parts. The database is asked once a second at most, the other parts every five seconds.
#[utoipa::path(get, path = "/readyz", tag = "operations", operation_id = "readyz", responses((status = 200, description = "It can", body = Ready)))]
pub async fn ready(ctx: Ctx, process: web::Data<Process>, watch: web::Data<Watch>, link: Option<web::Data<Link>>) -> Answer {
    if ctx.stopping.is_leaving() {
        return Err(away("status", "is stopping: ask another process"));
    }
    if !watch.database_answers(&ctx).await {
        return Err(away("database", "does not answer"));
    }
    let vitals = watch.look(&ctx).await;
    let queue_lag_seconds = vitals.lag_seconds(ctx.now()).max(vitals.jobs_lag_seconds(ctx.now()));
    let behind = vitals.backlog.is_none() || vitals.jobs.is_none() || queue_lag_seconds > BEHIND_SECONDS;
    let either = |well: bool, otherwise: &'static str| if well { "ok" } else { otherwise };
    let redis = match &link {
        Some(link) if link.is_up() && ctx.events.hearing().is_up() => "ok",
        Some(_) => "away",
        None if process.hears_nobody(false) => "missing",
        None => "none",
    };
    let ready = Ready {
        status: either(vitals.media && !behind && matches!(redis, "ok" | "none"), "degraded"),
        database: "ok",
        queue: either(!behind, "behind"),
        queue_lag_seconds,
        cache: "ok",
        redis,
        media: either(vitals.media, "away"),
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(ready))
}

fn away(part: &str, how: &str) -> Failure {
    let error = FieldError::new(format!("/{part}"), "away", how);
    let refusal = Refusal { code: ErrorCode::Unavailable, detail: format!("Not ready: {part} {how}."), errors: vec![error], lines: Vec::new() };
    Error::Refused(Box::new(refusal)).into()
}

//! How the program and its parts are, for the people who run the shop.

use actix_web::web;
use novashop_links::Link;
use novashop_services::vitals::{self, Watch};
use novashop_types::{
    Timestamp,
    system::{System, SystemCache, SystemDatabase, SystemQueue, SystemRedis},
};

use crate::{
    Answer, Ctx,
    cache::Reader,
    extract::{Input, Staff},
    respond,
    routes::{Route, categories::NoQuery},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/admin/system", get => get_system)]
}

/// What a process knows of itself.
#[derive(Debug, Clone, Default)]
pub struct Process {
    /// What it does: `api`, `worker`, `web`.
    pub roles: Vec<&'static str>,
    /// When it began.
    pub started_at: Timestamp,
}

impl Process {
    /// Whether nobody tells it what happens: workers hand events on, to their own process, or by Redis to all.
    #[must_use]
    pub fn hears_nobody(&self, linked: bool) -> bool {
        !linked && self.roles.contains(&"api") && !self.roles.contains(&"worker")
    }
}

/// The program and its parts
///
/// Of the process that answers: there may be others.
#[utoipa::path(get, path = "/api/v1/admin/system", tag = "administration", operation_id = "get_system",
    responses((status = 200, description = "How they are", body = System)), security(("bearer" = ["staff"])))]
pub async fn get_system(
    ctx: Ctx,
    _: Staff,
    input: Input,
    process: web::Data<Process>,
    watch: web::Data<Watch>,
    reader: web::Data<Reader>,
    link: Option<web::Data<Link>>,
) -> Answer {
    let NoQuery {} = input.query()?;
    let vitals = watch.look(&ctx).await;
    let database = vitals::database(&ctx).await;
    let cache = reader.cache.as_ref().map(|cache| {
        let stats = cache.stats();
        SystemCache { entries: stats.entries, bytes: stats.bytes, hits: stats.hits, misses: stats.misses }
    });
    let queue = SystemQueue {
        outbox_waiting: vitals.backlog.and_then(|backlog| u64::try_from(backlog.waiting).ok()),
        outbox_oldest_seconds: u64::try_from(vitals.lag_seconds(ctx.now())).unwrap_or_default(),
        imports_waiting: database.imports_waiting,
    };
    let redis = link.map(|link| {
        let pulse = link.pulse();
        SystemRedis { reachable: pulse.up, events_published: pulse.published, events_heard: pulse.heard, errors: pulse.errors }
    });
    Ok(respond::json(&System {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        roles: process.roles.iter().map(|role| (*role).to_owned()).collect(),
        started_at: process.started_at,
        memory_bytes: resident_memory(),
        database: SystemDatabase { kind: database.kind.to_owned(), reachable: database.reachable, schema_version: database.schema_version },
        cache,
        queue,
        redis,
        media_writable: vitals.media,
    }))
}

/// What Linux says that the process holds; nothing elsewhere.
fn resident_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

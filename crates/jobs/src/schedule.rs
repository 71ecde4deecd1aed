//! What happens by the clock. Several workers may run it at once: each step takes its rows by a conditional update.

use std::time::Duration;

use novashop_db as db;
use novashop_services::{Context, Result, orders};

const AT_ONCE: u64 = 100;
const EVERY: Duration = Duration::from_secs(20);
const DAY_SECONDS: i64 = 24 * 3600;

/// One round: unpaid orders expire, and what nobody needs any more is forgotten.
///
/// # Errors
/// Those of the database.
pub async fn run_once(ctx: &Context) -> Result<()> {
    loop {
        let expired = orders::cancel_expired(ctx, AT_ONCE).await?;
        if expired > 0 {
            tracing::info!(expired, "unpaid orders were cancelled and gave their stock back");
        }
        if expired < AT_ONCE || ctx.stopping.is_asked() {
            break;
        }
    }
    let now = ctx.now();
    db::outbox::delete_delivered(ctx.db.writer(), now.plus_seconds(-7 * DAY_SECONDS).0).await?;
    db::sessions::delete_old(ctx.db.writer(), now.plus_seconds(-30 * DAY_SECONDS).0).await?;
    db::idempotency::delete_expired(ctx.db.writer(), now.0).await?;
    Ok(())
}

/// Runs until the process is asked to end; the round at hand is finished.
pub async fn run(ctx: Context) {
    while !ctx.stopping.is_asked() {
        if let Err(error) = run_once(&ctx).await {
            tracing::error!(%error, "a scheduled job failed; it will run again");
        }
        ctx.stopping.sleep(EVERY).await;
    }
}

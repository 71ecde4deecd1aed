//! The outbox relay: hands on what committed changes asked for, at least once.

use std::time::Duration;

use novashop_db::{self as db, outbox::Waiting};
use novashop_services::{Context, Result, mails};

const BATCH: u64 = 100;
/// While a row is being handed on no other relay takes it; after this long it counts as left behind by a crash.
const CLAIM_SECONDS: i64 = 30;
/// How long the relay sleeps when there is nothing to do.
const PAUSE: Duration = Duration::from_millis(250);

/// Hands on everything that is due; how many rows that were.
///
/// # Errors
/// Those of the database. What one row's handler says is kept with the row, which is tried again later.
pub async fn run_once(ctx: &Context) -> Result<u64> {
    let due = db::outbox::list_due(ctx.db.reader(), ctx.now().0, BATCH).await?;
    let mut handed_on = 0;
    for row in due {
        if ctx.stopping.is_asked() {
            break;
        }
        if !db::outbox::claim(ctx.db.writer(), &row, ctx.now().plus_seconds(CLAIM_SECONDS).0).await? {
            continue;
        }
        match hand_on(ctx, &row).await {
            Ok(()) => handed_on += 1,
            Err(error) => {
                tracing::warn!(outbox.id = %row.id, outbox.kind = %row.kind, outbox.attempts = row.attempts, %error, "handing on failed; it will be tried again");
                let later = ctx.now().plus_seconds(back_off_seconds(row.attempts)).0;
                db::outbox::mark_failed(ctx.db.writer(), row.id, &error.to_string(), later).await?;
            }
        }
    }
    Ok(handed_on)
}

async fn hand_on(ctx: &Context, row: &Waiting) -> Result<()> {
    if row.kind.starts_with("mail.") {
        return mails::write(ctx, row).await;
    }
    ctx.events.publish(row.payload.clone());
    db::outbox::mark_delivered(ctx.db.writer(), row.id, ctx.now().0).await?;
    Ok(())
}

/// 2, 4, 8 … seconds, at most an hour.
fn back_off_seconds(attempts: i32) -> i64 {
    let exponent = u32::try_from(attempts.clamp(0, 11)).unwrap_or(0) + 1;
    2_i64.saturating_pow(exponent).min(3600)
}

/// Runs until the process is asked to end; the row at hand is finished.
pub async fn run(ctx: Context) {
    while !ctx.stopping.is_asked() {
        match run_once(&ctx).await {
            Ok(0) => ctx.stopping.sleep(PAUSE).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "the relay cannot reach the outbox");
                ctx.stopping.sleep(Duration::from_secs(5)).await;
            }
        }
    }
}

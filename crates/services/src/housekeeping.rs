//! What nobody needs any more is forgotten.

use novashop_db as db;

use crate::{Context, Result};

const DAY_SECONDS: i64 = 24 * 3600;
/// A guest who did not come back in this time has lost the cookie too.
const CART_DAYS: i64 = 60;
/// So many carts are forgotten at once: each statement is short, and on SQLite nobody waits long for it.
const CARTS_AT_ONCE: u32 = 500;
const OUTBOX_DAYS: i64 = 7;
const SESSION_DAYS: i64 = 30;
const IMPORT_DAYS: i64 = 90;
/// Mails name people, and what they bought: what they say stands with the order or the account too.
const MAIL_DAYS: i64 = 90;
const DONE_JOB_DAYS: i64 = 2;
const DEAD_JOB_DAYS: i64 = 90;

/// Forgets carts of guests who did not come back; how many.
///
/// # Errors
/// Those of the database.
pub async fn forget_carts(ctx: &Context) -> Result<u64> {
    let before = ctx.now().plus_seconds(-CART_DAYS * DAY_SECONDS).0;
    let mut gone: u64 = 0;
    loop {
        let ids = db::abandoned_carts::list(ctx.db.reader(), before, CARTS_AT_ONCE).await?;
        if ids.is_empty() || ctx.stopping.is_asked() {
            return Ok(gone);
        }
        gone = gone.saturating_add(db::abandoned_carts::delete(ctx.db.writer(), &ids, before).await?);
    }
}

/// Forgets what was handed on, ended, expired or done long ago.
///
/// # Errors
/// Those of the database.
pub async fn forget_old_rows(ctx: &Context) -> Result<()> {
    let (writer, now) = (ctx.db.writer(), ctx.now());
    let ago = |days: i64| now.plus_seconds(-days * DAY_SECONDS).0;
    db::outbox::delete_delivered(writer, ago(OUTBOX_DAYS)).await?;
    db::sessions::delete_old(writer, ago(SESSION_DAYS)).await?;
    db::idempotency::delete_expired(writer, now.0).await?;
    db::import_files::delete_old(writer, ago(IMPORT_DAYS)).await?;
    db::mails::delete_old(writer, ago(MAIL_DAYS)).await?;
    db::jobs::delete_old(writer, ago(DONE_JOB_DAYS), ago(DEAD_JOB_DAYS)).await?;
    Ok(())
}

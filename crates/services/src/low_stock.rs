//! Staff is told once when there are few of a variant, and again only after there were enough in between. Of what an import or the demo brought in with
//! few or none, staff is not told: that is how things stood, and a first catalogue would be a heap of mails.

use novashop_db as db;
use serde_json::json;

use crate::{Context, Result};

/// So many variants are told of at once. The others follow with the next round: nobody reads a thousand mails in one morning.
const AT_ONCE: u32 = 20;

/// Writes a notice for each variant of which there are few and staff does not know; how many.
///
/// # Errors
/// Those of the database.
pub async fn notice(ctx: &Context) -> Result<u64> {
    db::low_stock::forget_notices(ctx.db.writer()).await?;
    let few = db::low_stock::list_unnoticed(ctx.db.reader(), AT_ONCE).await?;
    let mut told = 0;
    for variant in few {
        // The notice and its mail are one: whoever writes the first writes the second.
        let written = ctx
            .db
            .write(async |tx| {
                let now = ctx.now().0;
                if !db::low_stock::insert_notice(tx, variant.variant_id, now).await? {
                    return Ok(false);
                }
                let payload = json!({"variant_id": variant.variant_id, "product_id": variant.product_id, "stock": variant.stock});
                db::outbox::insert(tx, ctx.new_id(), "mail.low_stock", payload, now).await?;
                Ok::<_, crate::Error>(true)
            })
            .await?;
        told += u64::from(written);
    }
    Ok(told)
}

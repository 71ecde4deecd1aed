//! What a new shop still needs, told whenever it opens without it.

use novashop_db::imports::has_products;
use novashop_services::Context;

use crate::{Failed, accounts};

/// Says how to make an administrator where there is none, and how to fill the catalogue where it is empty. A shop that cannot look opens all the same.
pub(crate) async fn tell(ctx: &Context) {
    if let Err(Failed(why)) = look(ctx).await {
        tracing::debug!(why, "nobody looked what the shop still needs");
    }
}

async fn look(ctx: &Context) -> Result<(), Failed> {
    if !accounts::has_admin(ctx).await? {
        tracing::warn!("nobody can run the shop yet: `novashop user create-admin USERNAME EMAIL` makes an administrator, also while it is open");
    }
    if !has_products(ctx.db.reader()).await? {
        tracing::info!("the shop is empty: `novashop demo` fills it with a demo catalogue, `novashop import FILE` or the back office with yours");
    }
    Ok(())
}

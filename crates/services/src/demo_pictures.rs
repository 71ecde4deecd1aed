//! The pictures of the demo shop's categories: they come in the right size, so they are kept as they are.

use bytes::Bytes;
use novashop_db::{DatabaseTransaction, sql::Sql};
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{Context, Error, Result, imports::Files, outbox};

/// Gives every category without a picture the one of its name (`pictures/category-<slug>.webp`), where there is one; how many.
///
/// # Errors
/// Those of the database and of the store.
pub async fn categories(ctx: &Context, files: &dyn Files) -> Result<usize> {
    let rows = novashop_db::imports::list_categories(ctx.db.reader()).await?;
    let mut kept = Vec::new();
    for row in rows.iter().filter(|row| row.image_key.is_none()) {
        let Ok(bytes) = files.read(&format!("pictures/category-{}.webp", row.slug)) else { continue };
        kept.push((row.id, keep(ctx, &row.slug, bytes).await?));
    }
    let write = async |tx: &DatabaseTransaction| {
        for (id, key) in &kept {
            Sql::new("update categories set image_key = $1 where id = $2", [key.as_str().into(), (*id).into()]).execute(tx).await?;
        }
        outbox::event(ctx, tx, "catalogue.imported", json!({"banners": kept.len()})).await
    };
    ctx.db.write(write).await?;
    Ok(kept.len())
}

/// Stores a picture under a name that changes with its content; that name.
async fn keep(ctx: &Context, slug: &str, bytes: Bytes) -> Result<String> {
    let hash: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let key = format!("categories/{slug}-{hash}/640.webp");
    let stored = ctx.media.store.put(&Path::from(key.as_str()), PutPayload::from_bytes(bytes)).await;
    stored.map_err(|error| Error::internal("keeping a category's picture", error))?;
    Ok(key)
}

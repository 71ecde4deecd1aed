//! Pictures: judged by content, re-encoded, kept in several widths. The files come before their row and go after it,
//! so that no row ever points at nothing.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use novashop_db::{self as db, ConnectionTrait};
use novashop_types::{
    ErrorCode, ImageId, ProductId,
    audit::AuditAction,
    catalogue::{Image, ImagePatch, ImageSource},
};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use crate::picture_encoding::{Encoded, MAX_BYTES, encode};
use crate::{Actor, Context, Error, Result, audit, outbox};

/// Where pictures are kept.
#[derive(Clone, Debug)]
pub struct Media {
    /// The store: a folder, or a bucket of S3.
    pub store: Arc<dyn ObjectStore>,
    uploads: Arc<Semaphore>,
    doubtful: Arc<AtomicBool>,
}

/// How many pictures may be on their way in at once: each is in memory until it is stored, 120 MiB in all.
pub const UPLOADS: usize = 12;

impl Media {
    /// Pictures in this store.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, uploads: Arc::new(Semaphore::new(UPLOADS)), doubtful: Arc::default() }
    }

    /// Something could not be written: whoever watches the store should see for themselves.
    fn doubt(&self) {
        self.doubtful.store(true, Ordering::Relaxed);
    }

    /// Whether something could not be written since this was last asked.
    pub(crate) fn was_doubted(&self) -> bool {
        self.doubtful.swap(false, Ordering::Relaxed)
    }

    /// A place for a picture on its way in; taken before its first byte is read, and kept until it is stored.
    ///
    /// # Errors
    /// `unavailable` where all are taken.
    pub fn begin_upload(&self) -> Result<OwnedSemaphorePermit> {
        let full = |_| Error::refused(ErrorCode::Unavailable, "Too many files are being sent at this moment. Try again in a few seconds.");
        Arc::clone(&self.uploads).try_acquire_owned().map_err(full)
    }
}

/// The largest width of a picture whose widths are `widths`, with an address for each.
#[must_use]
pub fn wire(id: ImageId, folder: &str, alt: &str, width: i32, height: i32, widths: &serde_json::Value) -> Image {
    let widths = numbers(widths);
    let url = |width: i32| format!("/media/{folder}/{width}.webp");
    Image {
        id,
        url: url(widths.iter().copied().max().unwrap_or(width)),
        alt: alt.to_owned(),
        width,
        height,
        sources: widths.iter().map(|w| ImageSource { url: url(*w), width: *w }).collect(),
    }
}

pub(crate) fn numbers(widths: &Value) -> Vec<i32> {
    widths.as_array().into_iter().flatten().filter_map(|w| w.as_i64().and_then(|w| i32::try_from(w).ok())).collect()
}

fn wire_row(row: &db::images::Image) -> Image {
    wire(ImageId(row.id), &row.folder, &row.alt, row.width, row.height, &row.widths)
}

/// Adds a picture to a product, at a place or after the others. `source` is the address it was fetched from, where it was.
///
/// # Errors
/// Those of [`encode`]; `not_found` where the product is gone; `unavailable` where the store is away.
pub async fn store_new(
    ctx: &Context,
    actor: Option<&Actor>,
    product: ProductId,
    bytes: Bytes,
    alt: &str,
    position: Option<i32>,
    source: Option<&str>,
) -> Result<Image> {
    store_encoded(ctx, actor, product, encode(bytes).await?, alt, position, source).await
}

/// The same for a picture that is in the shop's widths already.
///
/// # Errors
/// `not_found` where the product is gone; `unavailable` where the store is away.
pub async fn store_encoded(
    ctx: &Context,
    actor: Option<&Actor>,
    product: ProductId,
    encoded: Encoded,
    alt: &str,
    position: Option<i32>,
    source: Option<&str>,
) -> Result<Image> {
    let id = ImageId(ctx.new_id());
    let folder = format!("products/{id}");
    let widths: Vec<i32> = encoded.files.iter().map(|(width, _)| *width).collect();
    let row = db::images::Image {
        id: id.0,
        product_id: product.0,
        position: 0,
        folder: folder.clone(),
        alt: alt.trim().to_owned(),
        width: encoded.width,
        height: encoded.height,
        widths: json!(widths),
        source: source.map(str::to_owned),
        created_at: ctx.now().0,
    };
    let stored = match put_files(ctx, &folder, encoded.files).await {
        Ok(()) => insert(ctx, actor, product, &row, position).await,
        Err(error) => Err(error),
    };
    if stored.is_err() {
        delete_files(ctx, &folder, &widths).await;
    }
    stored.map(|()| wire_row(&row))
}

async fn insert(ctx: &Context, actor: Option<&Actor>, product: ProductId, row: &db::images::Image, position: Option<i32>) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let mut others = lock_and_list(tx, product).await?;
            let last = others.iter().map(|other| other.position).max().map_or(0, |last| last.saturating_add(1));
            db::images::insert(tx, db::images::Image { position: last, ..row.clone() }).await?;
            if let Some(place) = position {
                others.push(row.clone());
                reorder(tx, &others, ImageId(row.id), place).await?;
            }
            note(ctx, tx, actor, product, AuditAction::ImageCreated, ImageId(row.id)).await
        })
        .await
}

/// Changes what a picture says, or its place.
///
/// # Errors
/// `not_found`.
pub async fn update(ctx: &Context, actor: &Actor, product: ProductId, id: ImageId, patch: ImagePatch) -> Result<Image> {
    let patch = &patch;
    ctx.db
        .write(async |tx| {
            let images = lock_and_list(tx, product).await?;
            let mut row = images.iter().find(|image| image.id == id.0).cloned().ok_or_else(|| Error::not_found("image"))?;
            if let Some(alt) = &patch.alt {
                row.alt = alt.trim().to_owned();
                db::images::update_alt(tx, id, &row.alt).await?;
            }
            if let Some(place) = patch.position {
                reorder(tx, &images, id, place).await?;
            }
            note(ctx, tx, Some(actor), product, AuditAction::ImageUpdated, id).await?;
            Ok(wire_row(&row))
        })
        .await
}

/// Deletes a picture: its row at once, its files as soon as may be.
///
/// # Errors
/// `not_found`.
pub async fn delete(ctx: &Context, actor: &Actor, product: ProductId, id: ImageId) -> Result<()> {
    let row = ctx
        .db
        .write(async |tx| {
            let images = lock_and_list(tx, product).await?;
            let row = images.into_iter().find(|image| image.id == id.0).ok_or_else(|| Error::not_found("image"))?;
            db::images::delete(tx, id).await?;
            note(ctx, tx, Some(actor), product, AuditAction::ImageDeleted, id).await?;
            Ok::<_, Error>(row)
        })
        .await?;
    delete_files(ctx, &row.folder, &numbers(&row.widths)).await;
    Ok(())
}

/// The picture of a product.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Context, product: ProductId, id: &str) -> Result<ImageId> {
    let id: ImageId = id.parse().map_err(|_| Error::not_found("image"))?;
    let row = db::images::find(ctx.db.reader(), product, id).await?;
    row.map(|row| ImageId(row.id)).ok_or_else(|| Error::not_found("image"))
}

async fn lock_and_list(tx: &impl ConnectionTrait, product: ProductId) -> Result<Vec<db::images::Image>> {
    db::images::lock_product(tx, product).await?.ok_or_else(|| Error::not_found("product"))?;
    Ok(db::images::list(tx, product).await?)
}

/// Puts a picture at a place among the others and numbers them all anew.
async fn reorder(tx: &impl ConnectionTrait, images: &[db::images::Image], id: ImageId, place: i32) -> Result<()> {
    let mut order: Vec<ImageId> = images.iter().map(|image| ImageId(image.id)).filter(|other| *other != id).collect();
    let place = usize::try_from(place).unwrap_or(0).min(order.len());
    order.insert(place, id);
    Ok(db::images::update_order(tx, &order).await?)
}

async fn note(ctx: &Context, tx: &impl ConnectionTrait, actor: Option<&Actor>, product: ProductId, action: AuditAction, id: ImageId) -> Result<()> {
    db::images::touch_product(tx, product, ctx.now().0).await?;
    outbox::event(ctx, tx, "product.updated", json!({"product_id": product})).await?;
    audit::record(ctx, tx, actor, action, ("product", product), json!({"image_id": id})).await
}

pub(crate) fn path(folder: &str, width: i32) -> Path {
    Path::from(format!("{folder}/{width}.webp"))
}

async fn put_files(ctx: &Context, folder: &str, files: Vec<(i32, Bytes)>) -> Result<()> {
    for (width, file) in files {
        ctx.media.store.put(&path(folder, width), file.into()).await.inspect_err(|_| ctx.media.doubt()).map_err(|error| away(&error))?;
    }
    Ok(())
}

async fn delete_files(ctx: &Context, folder: &str, widths: &[i32]) {
    for width in widths {
        match ctx.media.store.delete(&path(folder, *width)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => tracing::warn!(folder, width, %error, "a picture's file was left behind"),
        }
    }
}

fn away(error: &object_store::Error) -> Error {
    tracing::error!(%error, "the store of pictures failed");
    Error::refused(ErrorCode::Unavailable, "Pictures cannot be stored or read just now. Try again in a few seconds.")
}

/// A file that is served.
pub struct File {
    /// How long it is.
    pub size: u64,
    /// What changes when the file does; letters and digits.
    pub tag: String,
    /// Its bytes, read as they are asked for.
    pub bytes: BoxStream<'static, std::io::Result<Bytes>>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").field("size", &self.size).field("tag", &self.tag).finish_non_exhaustive()
    }
}

/// A file of the store: only a WebP that the shop wrote, whatever else may lie there.
///
/// # Errors
/// `not_found`; `unavailable` where the store is away.
pub async fn open(ctx: &Context, name: &str) -> Result<File> {
    if !is_ours(name) {
        return Err(Error::not_found("picture"));
    }
    let path = Path::parse(name).map_err(|_| Error::not_found("picture"))?;
    let found = match ctx.media.store.get(&path).await {
        Ok(found) => found,
        Err(object_store::Error::NotFound { .. }) => return Err(Error::not_found("picture")),
        Err(error) => return Err(away(&error)),
    };
    let state = found.meta.e_tag.clone().unwrap_or_else(|| found.meta.last_modified.to_string());
    let digest = Sha256::new().chain_update(name).chain_update(b"\0").chain_update(state).finalize();
    let tag = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(File { size: found.meta.size, tag, bytes: found.into_stream().map_err(std::io::Error::from).boxed() })
}

/// `products/0198c0de-…/640.webp`: lower-case letters, digits, hyphens, and a width.
fn is_ours(name: &str) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else { return false };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let width = file.strip_suffix(".webp").is_some_and(|width| (1..=5).contains(&width.len()) && width.bytes().all(|b| b.is_ascii_digit()));
    name.len() <= 200 && width && folder.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_the_shop_writes_are_served() {
        assert!(is_ours("products/0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5/640.webp"));
        assert!(is_ours("categories/tableware/320.webp"));
        for bad in [
            "640.webp",
            "/640.webp",
            "../640.webp",
            "a/../640.webp",
            "a//640.webp",
            "a/640.png",
            "a/.webp",
            "a/x.webp",
            "A/640.webp",
            "a/%2e/1.webp",
            "",
        ] {
            assert!(!is_ours(bad), "{bad}");
        }
    }
}

//! Wishlists.

use novashop_db::{self as db, ConnectionTrait, wishlist::Item};
use novashop_types::{Page, ProductId, UserId, catalogue::ProductSummary};
use uuid::Uuid;

use crate::{Actor, Context, Error, Result, products};

/// What somebody wishes for, newest first; what is not on sale is left out for as long. Two statements, three with a total.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, actor: &Actor, cursor: Option<&str>, limit: u32, include_total: bool) -> Result<Page<ProductSummary>> {
    let described = format!("wishlist {}", actor.user_id);
    let after: Option<(i64, Uuid)> = cursor.map(|cursor| ctx.cursors.open(&described, cursor)).transpose()?;
    let conn = ctx.db.reader();
    let items = db::wishlist::list(conn, actor.user_id, after, limit.saturating_add(1)).await?;
    let total = match include_total {
        true => Some(u64::try_from(db::wishlist::count(conn, actor.user_id).await?).unwrap_or_default()),
        false => None,
    };
    let page = ctx.cursors.page(&described, items, limit, total, |item| (item.created_at, item.product_id));
    let products = summaries(ctx, conn, &page.items, true).await?;
    Ok(Page { items: products, next_cursor: page.next_cursor, total: page.total })
}

/// Everything on a wishlist, on sale or not.
///
/// # Errors
/// Those of the database.
pub async fn list_for_export(ctx: &Context, user: UserId) -> Result<Vec<ProductSummary>> {
    let conn = ctx.db.reader();
    let items = db::wishlist::list_all(conn, user).await?;
    let mut products = Vec::with_capacity(items.len());
    // So many at a time as a statement takes values.
    for some in items.chunks(1000) {
        products.extend(summaries(ctx, conn, some, false).await?);
    }
    Ok(products)
}

async fn summaries(ctx: &Context, conn: &impl ConnectionTrait, items: &[Item], published_only: bool) -> Result<Vec<ProductSummary>> {
    let ids: Vec<ProductId> = items.iter().map(|item| ProductId(item.product_id)).collect();
    let mut found = products::summaries(ctx, conn, &ids, published_only).await?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Puts a product on somebody's wishlist; nothing changes where it is there already.
///
/// # Errors
/// `not_found` where no such product is on sale.
pub async fn add(ctx: &Context, actor: &Actor, product: ProductId) -> Result<()> {
    let now = ctx.now().0;
    ctx.db
        .write(async |tx| match db::wishlist::insert(tx, actor.user_id, product, now).await {
            Err(db::Error::ForeignKey(_)) => Err(Error::not_found("product")),
            outcome => Ok(outcome?),
        })
        .await
}

/// Takes a product, by its id or slug, from somebody's wishlist; nothing changes where it is not there.
///
/// # Errors
/// Those of the database.
pub async fn remove(ctx: &Context, actor: &Actor, id_or_slug: &str) -> Result<()> {
    ctx.db.write(async |tx| Ok::<_, Error>(db::wishlist::delete(tx, actor.user_id, id_or_slug).await?)).await
}

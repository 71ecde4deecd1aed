//! Products as staff work with them: in a table, and many at a time.

use std::collections::{BTreeMap, HashMap, HashSet};

use novashop_db::{self as db, DatabaseTransaction};
use novashop_domain::prices::by_percent;
use novashop_types::{
    ErrorCode, Page, ProductId, Timestamp,
    audit::AuditAction,
    catalogue::{AdminProduct, BulkAction, BulkOutcome, BulkResult, BulkResults, Percent, ProductStatus, ProductsBulk},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Actor, Context, Result, audit,
    idempotency::{self, Answer, Repeatable},
    outbox,
    product_lists::{self, List, PageQuery},
};

/// A page of the table: the list of the shop, and one statement more for what only staff see.
///
/// # Errors
/// `invalid_cursor`, those of the database.
pub async fn list(ctx: &Context, list: &List, page: PageQuery<'_>) -> Result<Page<AdminProduct>> {
    let page = product_lists::list(ctx, list, page).await?.page;
    let ids: Vec<Uuid> = page.items.iter().map(|product| product.id.0).collect();
    let mut standing: HashMap<Uuid, _> =
        db::product_table::list(ctx.db.reader(), &ids).await?.into_iter().map(|standing| (standing.id, standing)).collect();
    let row = |summary: novashop_types::catalogue::ProductSummary| {
        let standing = standing.remove(&summary.id.0)?;
        Some(AdminProduct {
            summary,
            status: ProductStatus::parse(&standing.status).unwrap_or(ProductStatus::Draft),
            stock: standing.stock,
            variant_count: standing.variant_count,
            version: standing.version,
            updated_at: Timestamp(standing.updated_at),
        })
    };
    Ok(Page { items: page.items.into_iter().filter_map(row).collect(), next_cursor: page.next_cursor, total: page.total })
}

/// Changes several products in one transaction. A product that cannot be changed is named and stays; the others are changed.
///
/// A percentage is not the same twice: so the request can be repeated with its key.
///
/// # Errors
/// Those of the database and of [`idempotency::once`]; nothing is changed then.
pub async fn change(ctx: &Context, actor: &Actor, bulk: &ProductsBulk, request: &Repeatable) -> Result<Answer> {
    let scope = idempotency::user_scope(actor.user_id, "POST /api/v1/admin/products/bulk");
    idempotency::once(ctx, &scope, request, async |tx| {
        let ids: Vec<Uuid> = bulk.ids.iter().map(|id| id.0).collect();
        let outcomes = match bulk.action {
            BulkAction::Publish => set_status(ctx, tx, actor, &ids, ProductStatus::Published).await?,
            BulkAction::Archive => set_status(ctx, tx, actor, &ids, ProductStatus::Archived).await?,
            BulkAction::Draft => set_status(ctx, tx, actor, &ids, ProductStatus::Draft).await?,
            BulkAction::PricePercent(percent) => reprice(ctx, tx, actor, &ids, percent).await?,
        };
        let result = |id: &ProductId| outcomes.get(&id.0).cloned().unwrap_or_else(|| refused(*id, ErrorCode::NotFound, "There is no such product."));
        Answer::ok(&BulkResults { items: bulk.ids.iter().map(result).collect() })
    })
    .await
}

type Outcomes = HashMap<Uuid, BulkResult>;

async fn set_status(ctx: &Context, tx: &DatabaseTransaction, actor: &Actor, ids: &[Uuid], status: ProductStatus) -> Result<Outcomes> {
    let rows = db::product_table::list_locked(tx, ids).await?;
    let changed: Vec<Uuid> = rows.iter().filter(|row| row.status != status.as_str()).map(|row| row.id).collect();
    db::product_table::update(tx, &changed, Some(status.as_str()), ctx.now().0).await?;
    note(ctx, tx, actor, &changed, &json!({"status": status})).await?;
    let changed: HashSet<Uuid> = changed.into_iter().collect();
    Ok(rows.iter().map(|row| (row.id, done(row.id, changed.contains(&row.id)))).collect())
}

/// Changes the price of every variant; a product one of whose prices would be too high is left as it is.
async fn reprice(ctx: &Context, tx: &DatabaseTransaction, actor: &Actor, ids: &[Uuid], Percent(percent): Percent) -> Result<Outcomes> {
    // Variants before products, as everywhere, so that no two transactions wait for each other.
    let mut by_product: BTreeMap<Uuid, Vec<(Uuid, i64, Option<i64>)>> = BTreeMap::new();
    for row in db::product_table::list_prices_locked(tx, ids).await? {
        by_product.entry(row.product_id).or_default().push((row.id, row.price_amount, by_percent(row.price_amount, percent)));
    }
    let (mut outcomes, mut changed, mut prices) = (Outcomes::new(), Vec::new(), Vec::new());
    for row in db::product_table::list_locked(tx, ids).await? {
        let variants = by_product.remove(&row.id).unwrap_or_default();
        let Some(wanted) = variants.iter().map(|(id, _, price)| price.map(|price| (*id, price))).collect::<Option<Vec<_>>>() else {
            outcomes.insert(row.id, refused(row.id.into(), ErrorCode::Invalid, "A price would be above 100000000000 minor units."));
            continue;
        };
        let differs = variants.iter().any(|(_, before, price)| *price != Some(*before));
        outcomes.insert(row.id, done(row.id, differs));
        if differs {
            changed.push(row.id);
            prices.extend(wanted);
        }
    }
    let now = ctx.now().0;
    db::product_table::update_prices(tx, &prices, now).await?;
    db::product_table::update(tx, &changed, None, now).await?;
    db::products::refresh_prices_of(tx, &changed).await?;
    note(ctx, tx, actor, &changed, &json!({"price_percent": percent})).await?;
    Ok(outcomes)
}

/// Tells everybody who must know, and the audit log.
async fn note(ctx: &Context, tx: &DatabaseTransaction, actor: &Actor, changed: &[Uuid], details: &Value) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    outbox::events(ctx, tx, changed.iter().map(|id| ("product.updated", json!({"product_id": id}))).collect()).await?;
    for id in changed {
        audit::record(ctx, tx, Some(actor), AuditAction::ProductUpdated, ("product", id), details.clone()).await?;
    }
    Ok(())
}

fn done(id: Uuid, changed: bool) -> BulkResult {
    let outcome = if changed { BulkOutcome::Changed } else { BulkOutcome::Unchanged };
    BulkResult { id: ProductId(id), outcome, code: None, detail: None }
}

fn refused(id: ProductId, code: ErrorCode, detail: &str) -> BulkResult {
    BulkResult { id, outcome: BulkOutcome::Refused, code: Some(code), detail: Some(detail.to_owned()) }
}

//! Stock: how many there are of each variant, and the ledger of why.
//!
//! In every transaction variants come first, in the order of their ids, then products in the order of theirs: so two never wait for each other.

use std::collections::BTreeMap;

use novashop_db::{self as db, ConnectionTrait, DatabaseTransaction};
use novashop_types::{
    ErrorCode, OrderId, Page, StockMovementId, Timestamp, UserId, VariantId,
    audit::AuditAction,
    catalogue::{StockChange, StockMovement, StockMovementKind},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Actor, Context, Error, Result, audit,
    idempotency::{self, Answer, Repeatable},
    outbox,
};

/// A stock that was just changed in this transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Changed {
    pub variant_id: Uuid,
    pub product_id: Uuid,
    pub delta: i64,
    /// How many there are now.
    pub stock: i64,
    /// Whether the variant is still sold.
    pub sold: bool,
}

impl Changed {
    fn new(level: &db::stock::Level, delta: i64) -> Self {
        Self { variant_id: level.id, product_id: level.product_id, delta, stock: level.stock, sold: level.deleted_at.is_none() }
    }

    /// How many more variants of the product can be sold now: 1, 0 or -1.
    fn sellable(&self) -> i64 {
        let before = self.stock.saturating_sub(self.delta);
        if !self.sold { 0 } else { i64::from(self.stock > 0) - i64::from(before > 0) }
    }
}

/// Why stocks changed, for the ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Why<'a> {
    pub kind: StockMovementKind,
    pub reason: &'a str,
    pub order_id: Option<Uuid>,
    pub actor_id: Option<UserId>,
}

/// Writes the stock that variants begin with into the ledger: the variants were just inserted with it.
///
/// # Errors
/// Those of the database.
pub async fn record_initial(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: Option<&Actor>,
    variants: &[(VariantId, i64)],
    kind: StockMovementKind,
) -> Result<()> {
    let why = Why { kind, reason: "", order_id: None, actor_id: actor.map(|actor| actor.user_id) };
    let rows = variants.iter().map(|(id, stock)| movement(ctx, id.0, *stock, *stock, &why)).collect();
    Ok(db::stock::insert_movements(tx, rows).await?)
}

/// The variant whose id this is, also one that is no longer sold: its ledger stays.
///
/// # Errors
/// `not_found`.
pub async fn find_variant(ctx: &Context, id: &str) -> Result<VariantId> {
    let id: VariantId = id.parse().map_err(|_| Error::not_found("variant"))?;
    db::stock::find(ctx.db.reader(), id.0).await?.map(|level| VariantId(level.id)).ok_or_else(|| Error::not_found("variant"))
}

/// Changes a stock by hand, either by `delta` or to `set`.
///
/// # Errors
/// `stock_not_available` where it would go below zero, `invalid` where not exactly one of both is given, those of [`idempotency::once`].
pub async fn change(ctx: &Context, actor: &Actor, variant_id: VariantId, change: &StockChange, request: &Repeatable) -> Result<Answer> {
    if change.delta.is_some() == change.set.is_some() {
        return Err(Error::invalid_field("", "exactly_one", "must have either delta or set"));
    }
    let scope = idempotency::user_scope(actor.user_id, "POST /api/v1/variants/{id}/stock");
    idempotency::once(ctx, &scope, request, async |tx| {
        let changed = match (change.delta, change.set) {
            (Some(delta), _) => change_by(tx, variant_id, delta).await?,
            (None, set) => change_to(tx, variant_id, set.unwrap_or_default()).await?,
        };
        let why = Why { kind: StockMovementKind::Adjusted, reason: change.reason.trim(), order_id: None, actor_id: Some(actor.user_id) };
        adjust_products(tx, &[changed]).await?;
        let line = write_ledger(ctx, tx, &[changed], &why).await?;
        outbox::events(ctx, tx, events(&[changed])).await?;
        let details = json!({"delta": changed.delta, "stock": changed.stock, "reason": why.reason});
        audit::record(ctx, tx, Some(actor), AuditAction::StockChanged, ("variant", variant_id), details).await?;
        let line = line.into_iter().next().ok_or_else(|| Error::internal("the ledger", "a change without its line"))?;
        Answer::created(format!("/api/v1/variants/{variant_id}/stock"), &wire(line))
    })
    .await
}

/// Sets a stock inside a transaction of the caller's, with its line in the ledger and its event: for imports.
///
/// # Errors
/// `not_found` where the variant is not sold, those of the database.
pub async fn set_to(
    ctx: &Context,
    tx: &DatabaseTransaction,
    actor: Option<&Actor>,
    variant_id: VariantId,
    stock: i64,
    kind: StockMovementKind,
) -> Result<()> {
    let changed = change_to(tx, variant_id, stock).await?;
    if changed.delta == 0 {
        return Ok(());
    }
    let why = Why { kind, reason: "", order_id: None, actor_id: actor.map(|actor| actor.user_id) };
    adjust_products(tx, &[changed]).await?;
    write_ledger(ctx, tx, &[changed], &why).await?;
    outbox::events(ctx, tx, events(&[changed])).await
}

async fn change_by(tx: &DatabaseTransaction, variant_id: VariantId, delta: i64) -> Result<Changed> {
    if let Some(level) = db::stock::change(tx, variant_id.0, delta).await? {
        return Ok(Changed::new(&level, delta));
    }
    let level = db::stock::find(tx, variant_id.0).await?.filter(|level| level.deleted_at.is_none()).ok_or_else(|| Error::not_found("variant"))?;
    let detail = format!("There are {} in stock: the change by {delta} would go below zero.", level.stock);
    Err(Error::refused(ErrorCode::StockNotAvailable, detail))
}

async fn change_to(tx: &DatabaseTransaction, variant_id: VariantId, stock: i64) -> Result<Changed> {
    let before = db::stock::hold(tx, variant_id.0).await?.ok_or_else(|| Error::not_found("variant"))?;
    let delta = stock.saturating_sub(before.stock);
    if delta != 0 {
        db::stock::change(tx, variant_id.0, delta).await?;
    }
    Ok(Changed { variant_id: before.id, product_id: before.product_id, delta, stock, sold: true })
}

/// A variant's ledger, newest first.
///
/// # Errors
/// `invalid_cursor`, those of the database.
pub async fn list_movements(ctx: &Context, variant_id: VariantId, limit: u32, cursor: Option<&str>, total: bool) -> Result<Page<StockMovement>> {
    let query = format!("stock {variant_id}");
    let after: Option<(i64, Uuid)> = cursor.map(|cursor| ctx.cursors.open(&query, cursor)).transpose()?;
    let rows = db::stock::list_movements(ctx.db.reader(), variant_id.0, after, limit.saturating_add(1)).await?;
    let total = if total { u64::try_from(db::stock::count_movements(ctx.db.reader(), variant_id.0).await?).ok() } else { None };
    Ok(ctx.cursors.page(&query, rows, limit, total, |row| (row.created_at, row.id)).map(wire))
}

/// Takes variants, in one statement; those that are missing in the answer are short.
///
/// # Errors
/// Those of the database.
pub(crate) async fn take_all(tx: &impl ConnectionTrait, wanted: &BTreeMap<Uuid, i64>) -> Result<Vec<Changed>> {
    let levels = db::stock::take(tx, wanted).await?;
    Ok(levels.iter().filter_map(|level| Some(Changed::new(level, wanted.get(&level.id)?.saturating_neg()))).collect())
}

/// Gives variants back, in one statement.
///
/// # Errors
/// Those of the database.
pub(crate) async fn give_back_all(tx: &impl ConnectionTrait, given: &BTreeMap<Uuid, i64>) -> Result<Vec<Changed>> {
    let levels = db::stock::give_back(tx, given).await?;
    Ok(levels.iter().filter_map(|level| Some(Changed::new(level, *given.get(&level.id)?))).collect())
}

/// Counts anew what can be sold of the products, in one statement at most; after all variants.
///
/// # Errors
/// Those of the database.
pub(crate) async fn adjust_products(tx: &impl ConnectionTrait, changed: &[Changed]) -> Result<()> {
    let mut products: BTreeMap<Uuid, i64> = BTreeMap::new();
    for change in changed {
        *products.entry(change.product_id).or_default() += change.sellable();
    }
    products.retain(|_, by| *by != 0);
    Ok(db::stock::adjust_sellable(tx, &products).await?)
}

/// Writes a line a change into the ledger.
///
/// # Errors
/// Those of the database.
pub(crate) async fn write_ledger(ctx: &Context, tx: &impl ConnectionTrait, changed: &[Changed], why: &Why<'_>) -> Result<Vec<db::stock::Movement>> {
    let rows: Vec<_> = changed.iter().map(|change| movement(ctx, change.variant_id, change.delta, change.stock, why)).collect();
    db::stock::insert_movements(tx, rows.clone()).await?;
    Ok(rows)
}

/// The events of changed stocks, for the outbox.
pub(crate) fn events(changed: &[Changed]) -> Vec<(&'static str, Value)> {
    let event = |change: &Changed| {
        // Lists tell whether there is some, not how much: most sales are none of their business.
        let availability_changed = change.sellable() != 0;
        let data = json!({
            "variant_id": change.variant_id, "product_id": change.product_id, "stock": change.stock, "availability_changed": availability_changed,
        });
        ("product.stock", data)
    };
    changed.iter().map(event).collect()
}

fn movement(ctx: &Context, variant_id: Uuid, delta: i64, stock: i64, why: &Why<'_>) -> db::stock::Movement {
    db::stock::Movement {
        id: ctx.new_id(),
        variant_id,
        delta,
        stock_after: stock,
        kind: why.kind.as_str().to_owned(),
        reason: why.reason.to_owned(),
        order_id: why.order_id,
        actor_id: why.actor_id.map(|id| id.0),
        created_at: ctx.now().0,
    }
}

fn wire(row: db::stock::Movement) -> StockMovement {
    StockMovement {
        id: StockMovementId(row.id),
        variant_id: VariantId(row.variant_id),
        delta: row.delta,
        stock_after: row.stock_after,
        kind: StockMovementKind::parse(&row.kind).unwrap_or(StockMovementKind::Adjusted),
        reason: row.reason,
        order_id: row.order_id.map(OrderId),
        actor_id: row.actor_id.map(UserId),
        created_at: Timestamp(row.created_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_counts_a_variant_when_its_stock_crosses_zero() {
        let change = |delta, stock, sold| Changed { variant_id: Uuid::nil(), product_id: Uuid::nil(), delta, stock, sold }.sellable();
        assert_eq!([change(-2, 0, true), change(-2, 1, true), change(2, 2, true), change(2, 3, true)], [-1, 0, 1, 0]);
        assert_eq!([change(2, 2, false), change(0, 0, true), change(0, 5, true)], [0, 0, 0]);
    }
}

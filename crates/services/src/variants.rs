//! Variants: what is bought and counted. Every change of one is a change of its product.

use novashop_db::{self as db, ConnectionTrait, product_variants::Row};
use novashop_domain::variants::{add_values, check_options, in_order, options_key};
use novashop_types::{
    ErrorCode, ProductId, VariantId,
    audit::AuditAction,
    catalogue::{Options, ProductOption, StockMovementKind, Variant, VariantCreate, VariantPatch},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Actor, Context, Error, Result,
    catalogue::given,
    product_changes::{check_prices, gone_or_changed, note},
    products, stock,
};

/// So many variants a product can have.
const MAX_VARIANTS: usize = 250;
/// So many values an option can have.
pub(crate) const MAX_VALUES: usize = 100;

/// The id of a variant of a product that is on offer. A draft's or an archived product's too: only staff ask.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Context, product_id: ProductId, id: &str) -> Result<VariantId> {
    let id: VariantId = id.parse().map_err(|_| Error::not_found("variant"))?;
    let rows = db::product_variants::list(ctx.db.reader(), product_id.0).await?;
    rows.iter().find(|row| row.id == id.0).map(|row| VariantId(row.id)).ok_or_else(|| Error::not_found("variant"))
}

/// Adds a variant; with `version` only if the product still has that one. Also gives the product's new version.
///
/// # Errors
/// `precondition_failed`, `sku_taken`, `options_taken`; options that are not the product's.
pub async fn create(ctx: &Context, actor: &Actor, product_id: ProductId, version: Option<i64>, create: VariantCreate) -> Result<(Variant, i64)> {
    check_prices(ctx, Some(create.price), create.compare_at_price)?;
    ctx.db.write(async |tx| create_in(ctx, tx, actor, product_id.0, version, &create).await).await
}

async fn create_in(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: &Actor,
    product_id: Uuid,
    version: Option<i64>,
    create: &VariantCreate,
) -> Result<(Variant, i64)> {
    let (siblings, version) = begin(ctx, tx, product_id, version).await?;
    if siblings.len() >= MAX_VARIANTS {
        return Err(Error::refused(ErrorCode::Conflict, format!("A product has up to {MAX_VARIANTS} variants.")));
    }
    let product = db::products::find(tx, product_id).await?.ok_or_else(|| Error::not_found("product"))?;
    let options = fit_options(tx, product_id, &create.options).await?;
    check_skus(tx, create.sku.as_deref()).await?;
    let position = siblings.iter().map(|row| row.position).max().unwrap_or(-1).saturating_add(1);
    let row = row(ctx, product_id, &product.slug, position, &options, create);
    db::product_variants::insert(tx, vec![row.clone()]).await.map_err(write_error)?;
    if row.stock > 0 {
        stock::record_initial(ctx, tx, Some(actor), &[(VariantId(row.id), row.stock)], StockMovementKind::Initial).await?;
    }
    finish(ctx, tx, actor, AuditAction::VariantCreated, &row, json!({"sku": row.sku})).await?;
    Ok((products::variant(ctx, &options, &row), version))
}

/// Changes a variant; with `version` only if the product still has that one. Also gives the product's new version.
///
/// # Errors
/// `not_found`, `precondition_failed`, `sku_taken`, `options_taken`; options that are not the product's.
pub async fn update(
    ctx: &Context,
    actor: &Actor,
    product_id: ProductId,
    id: VariantId,
    version: Option<i64>,
    patch: VariantPatch,
) -> Result<(Variant, i64)> {
    check_prices(ctx, patch.price, patch.compare_at_price.flatten())?;
    ctx.db.write(async |tx| update_in(ctx, tx, actor, (product_id.0, id.0), version, &patch).await).await
}

async fn update_in(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: &Actor,
    (product_id, id): (Uuid, Uuid),
    version: Option<i64>,
    patch: &VariantPatch,
) -> Result<(Variant, i64)> {
    let (siblings, version) = begin(ctx, tx, product_id, version).await?;
    let mut row = siblings.into_iter().find(|row| row.id == id).ok_or_else(|| Error::not_found("variant"))?;
    let options = match &patch.options {
        Some(chosen) => fit_options(tx, product_id, chosen).await?,
        None => db::products::list_options(tx, product_id).await?.iter().map(products::option).collect(),
    };
    if let Some(chosen) = &patch.options {
        row.options_key = options_key(chosen);
        row.options = Value::Object(in_order(&options, chosen));
    }
    if let Some(sku) = patch.sku.as_ref().filter(|sku| **sku != row.sku) {
        check_skus(tx, [sku.as_str()]).await?;
        row.sku.clone_from(sku);
    }
    if let Some(price) = patch.price {
        row.price_amount = price.amount;
    }
    if let Some(before) = patch.compare_at_price {
        row.compare_at_amount = before.map(|price| price.amount);
    }
    db::product_variants::update(tx, &row, ctx.now().0).await.map_err(write_error)?;
    if patch.options.is_some() {
        db::product_variants::replace_filter_values(tx, &row).await?;
    }
    finish(ctx, tx, actor, AuditAction::VariantUpdated, &row, given(patch)).await?;
    Ok((products::variant(ctx, &options, &row), version))
}

/// Takes a variant off sale and out of every cart; with `version` only if the product still has that one.
///
/// # Errors
/// `not_found`, `precondition_failed`, `last_variant`.
pub async fn delete(ctx: &Context, actor: &Actor, product_id: ProductId, id: VariantId, version: Option<i64>) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let (siblings, _) = begin(ctx, tx, product_id.0, version).await?;
            let row = siblings.iter().find(|row| row.id == id.0).ok_or_else(|| Error::not_found("variant"))?;
            if siblings.len() == 1 {
                return Err(Error::code(ErrorCode::LastVariant));
            }
            db::product_variants::retire(tx, id.0, ctx.now().0).await?;
            finish(ctx, tx, actor, AuditAction::VariantDeleted, row, json!({"sku": row.sku})).await
        })
        .await
}

/// Holds the variants of a product, then the product itself, and counts its version up; gives both.
async fn begin(ctx: &Context, tx: &impl ConnectionTrait, product_id: Uuid, version: Option<i64>) -> Result<(Vec<Row>, i64)> {
    let siblings = db::product_variants::list_locked(tx, product_id).await?;
    let written = db::products::update(tx, product_id, version, db::products::Changes::default(), ctx.now().0).await?;
    Ok((siblings, written.ok_or_else(|| gone_or_changed(version))?))
}

/// What follows from every change of a variant.
async fn finish(ctx: &Context, tx: &impl ConnectionTrait, actor: &Actor, action: AuditAction, row: &Row, details: Value) -> Result<()> {
    db::products::refresh_prices(tx, row.product_id).await?;
    db::products::refresh_search(tx, row.product_id).await?;
    note(ctx, tx, actor, action, row.product_id, json!({"variant_id": row.id, "changes": details})).await
}

/// The product's options, with the values that a variant brings written into them.
async fn fit_options(tx: &impl ConnectionTrait, product_id: Uuid, chosen: &Options) -> Result<Vec<ProductOption>> {
    let rows = db::products::list_options(tx, product_id).await?;
    let mut options: Vec<ProductOption> = rows.iter().map(products::option).collect();
    check_options(&options, chosen, "/options").map_err(Error::invalid)?;
    let before = options.clone();
    add_values(&mut options, chosen);
    for ((row, option), before) in rows.iter().zip(&options).zip(&before) {
        if option.values.len() > MAX_VALUES && option != before {
            return Err(Error::invalid_field("/options", "length", format!("“{}” would have more than {MAX_VALUES} values", option.name)));
        }
        if option != before {
            db::products::update_choices(tx, product_id, row.position, option.values.iter().map(String::as_str).collect()).await?;
        }
    }
    Ok(options)
}

/// Refuses SKUs that other variants have, by name.
pub(crate) async fn check_skus(tx: &impl ConnectionTrait, skus: impl IntoIterator<Item = &str>) -> Result<()> {
    let skus: Vec<&str> = skus.into_iter().collect();
    match db::product_variants::list_taken_skus(tx, &skus).await?.as_slice() {
        [] => Ok(()),
        [sku] => Err(Error::refused(ErrorCode::SkuTaken, format!("The SKU “{sku}” is taken."))),
        taken => Err(Error::refused(ErrorCode::SkuTaken, format!("These SKUs are taken: {}.", taken.join(", ")))),
    }
}

/// A new variant as it is stored.
pub(crate) fn row(ctx: &Context, product_id: Uuid, slug: &str, position: i32, options: &[ProductOption], create: &VariantCreate) -> Row {
    let (id, now) = (ctx.new_id(), ctx.now().0);
    Row {
        id,
        product_id,
        sku: create.sku.clone().unwrap_or_else(|| made_up_sku(slug, id)),
        options: Value::Object(in_order(options, &create.options)),
        options_key: options_key(&create.options),
        position,
        price_amount: create.price.amount,
        compare_at_amount: create.compare_at_price.map(|price| price.amount),
        stock: create.stock,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}

/// `STO-MUG-3F9A2C` for `stoneware-mug`: readable, and with the random end of an id so that none comes twice.
fn made_up_sku(slug: &str, id: Uuid) -> String {
    let parts: Vec<String> = slug.split('-').take(4).map(|part| part.chars().take(3).collect::<String>().to_ascii_uppercase()).collect();
    format!("{}-{:06X}", parts.join("-"), id.as_u128() & 0x00ff_ffff)
}

/// What a unique key means to who sent the variant.
pub(crate) fn write_error(error: db::Error) -> Error {
    if error.is_unique("variants", "sku") {
        // Those that were asked for are checked before: this is somebody else at the same moment, or a made-up one.
        return Error::code(ErrorCode::SkuTaken);
    }
    if error.is_unique("variants", "product_id") || error.is_unique("variants", "options") {
        return Error::code(ErrorCode::OptionsTaken);
    }
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_sku_tells_what_it_is() {
        assert_eq!(made_up_sku("stoneware-mug-350-ml-grey", Uuid::from_u128(0x00ab_cdef)), "STO-MUG-350-ML-ABCDEF");
    }
}

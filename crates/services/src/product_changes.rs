//! How staff change products: making, changing and archiving them.

use std::collections::HashSet;

use novashop_db::{
    self as db, ConnectionTrait,
    old_slugs::Named,
    products::{Changes, Key, Row},
};
use novashop_domain::{
    slugs,
    variants::{add_values, check_options, options_key},
};
use novashop_types::{
    ErrorCode, FieldError, Money, ProductId, VariantId,
    audit::AuditAction,
    catalogue::{Product, ProductCreate, ProductOption, ProductPatch, ProductStatus, StockMovementKind, VariantCreate},
    money::MAX_PRICE,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Actor, Context, Error, Result, audit,
    catalogue::{free_slug, given, slug_error},
    outbox, product_options, products, stock, variants,
};

/// Makes a product with its variants.
///
/// # Errors
/// `slug_taken`, `sku_taken`; what does not fit together in the body.
pub async fn create(ctx: &Context, actor: &Actor, create: ProductCreate) -> Result<Product> {
    let (options, offers) = plan(ctx, &create)?;
    ctx.db.write(async |tx| create_in(ctx, tx, actor, &create, &options, &offers).await).await
}

async fn create_in(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: &Actor,
    create: &ProductCreate,
    options: &[ProductOption],
    offers: &[VariantCreate],
) -> Result<Product> {
    let category_id = category(tx, create.category.as_deref()).await?;
    variants::check_skus(tx, offers.iter().filter_map(|offer| offer.sku.as_deref())).await?;
    let slug = match &create.slug {
        Some(slug) => slug.clone(),
        None => {
            let wanted = slugs::from_name(&create.name, "product");
            db::categories::lock_name(tx, &wanted).await?;
            free_slug(&wanted, &db::products::list_slugs(tx, &wanted).await?)
        }
    };
    let id = ctx.new_id();
    let rows: Vec<_> = (0..).zip(offers).map(|(position, offer)| variants::row(ctx, id, &slug, position, options, offer)).collect();
    let begun: Vec<(VariantId, i64)> = rows.iter().filter(|row| row.stock > 0).map(|row| (VariantId(row.id), row.stock)).collect();
    db::products::insert(tx, product_row(ctx, id, slug, category_id, create), product_options::rows(id, options))
        .await
        .map_err(|error| write_error(error, create.slug.as_deref()))?;
    db::product_variants::insert(tx, rows).await.map_err(variants::write_error)?;
    if !begun.is_empty() {
        stock::record_initial(ctx, tx, Some(actor), &begun, StockMovementKind::Initial).await?;
    }
    db::products::refresh_prices(tx, id).await?;
    db::products::refresh_search(tx, id).await?;
    note(ctx, tx, actor, AuditAction::ProductCreated, id, json!({"name": create.name.trim()})).await?;
    products::read(ctx, tx, &Key::Id(id), true).await
}

/// The options and variants of a new product, checked: either one variant of the plain fields, or those that are listed.
fn plan(ctx: &Context, create: &ProductCreate) -> Result<(Vec<ProductOption>, Vec<VariantCreate>)> {
    let mut errors = Vec::new();
    let mut offers = create.variants.clone();
    if create.options.is_empty() && create.variants.is_empty() {
        match create.price {
            None => errors.push(FieldError::new("/price", "required", "is missing; a product has either a price or variants")),
            Some(price) => offers.push(VariantCreate {
                sku: create.sku.clone(),
                options: serde_json::Map::new(),
                price,
                compare_at_price: create.compare_at_price,
                stock: create.stock.unwrap_or(0),
            }),
        }
        check_currency(ctx, "/price", create.price, &mut errors);
        check_currency(ctx, "/compare_at_price", create.compare_at_price, &mut errors);
    } else {
        let plain = [
            ("/price", create.price.is_some()),
            ("/compare_at_price", create.compare_at_price.is_some()),
            ("/stock", create.stock.is_some()),
            ("/sku", create.sku.is_some()),
        ];
        let unwanted = plain.into_iter().filter(|(_, there)| *there);
        errors.extend(unwanted.map(|(pointer, _)| FieldError::new(pointer, "excluded", "must be left out where there are options or variants")));
        if create.variants.is_empty() {
            errors.push(FieldError::new("/variants", "required", "must have at least one variant where there are options"));
        }
    }
    let mut options = create.options.clone();
    check_offers(ctx, create, &mut options, &mut errors);
    if errors.is_empty() { Ok((options, offers)) } else { Err(Error::invalid(errors)) }
}

/// Checks the listed variants against the options and against each other, and adds to the options the values that are new.
fn check_offers(ctx: &Context, create: &ProductCreate, options: &mut [ProductOption], errors: &mut Vec<FieldError>) {
    errors.extend(product_options::repeated(&create.options));
    let (mut skus, mut keys) = (HashSet::new(), HashSet::new());
    for (n, offer) in create.variants.iter().enumerate() {
        let at = format!("/variants/{n}");
        check_currency(ctx, &format!("{at}/price"), Some(offer.price), errors);
        check_currency(ctx, &format!("{at}/compare_at_price"), offer.compare_at_price, errors);
        if let Err(wrong) = check_options(&create.options, &offer.options, &format!("{at}/options")) {
            errors.extend(wrong);
        } else if !keys.insert(options_key(&offer.options)) {
            errors.push(FieldError::new(format!("{at}/options"), "duplicate", "are those of another variant already"));
        }
        if offer.sku.as_ref().is_some_and(|sku| !skus.insert(sku)) {
            errors.push(FieldError::new(format!("{at}/sku"), "duplicate", "is the SKU of another variant already"));
        }
        add_values(options, &offer.options);
    }
    for (n, option) in options.iter().enumerate().filter(|(_, option)| option.values.len() > variants::MAX_VALUES) {
        let message = format!("“{}” would have more than {} values", option.name, variants::MAX_VALUES);
        errors.push(FieldError::new(format!("/options/{n}/values"), "length", message));
    }
}

/// Prices are in the currency of the shop.
pub(crate) fn check_currency(ctx: &Context, pointer: &str, money: Option<Money>, errors: &mut Vec<FieldError>) {
    let currency = ctx.shop.currency;
    if money.is_some_and(|money| money.currency != currency) {
        errors.push(FieldError::new(format!("{pointer}/currency"), "currency", format!("must be {currency}, the currency of the shop")));
    }
}

/// Checks the prices of a patch. What it cost before is checked here whole: the body's own check does not reach into what may be `null`.
pub(crate) fn check_prices(ctx: &Context, price: Option<Money>, before: Option<Money>) -> Result<()> {
    let mut errors = Vec::new();
    check_currency(ctx, "/price", price, &mut errors);
    check_currency(ctx, "/compare_at_price", before, &mut errors);
    if before.is_some_and(|money| !(0..=MAX_PRICE).contains(&money.amount)) {
        errors.push(FieldError::new("/compare_at_price", "range", format!("must be from 0 to {MAX_PRICE} minor units")));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::invalid(errors)) }
}

fn product_row(ctx: &Context, id: Uuid, slug: String, category_id: Option<Uuid>, create: &ProductCreate) -> Row {
    let now = ctx.now().0;
    let name = create.name.trim().to_owned();
    Row {
        id,
        category_id,
        slug,
        name_key: name.to_lowercase(),
        name,
        description: create.description.clone(),
        status: create.status.unwrap_or(ProductStatus::Published).as_str().to_owned(),
        attributes: Value::Object(create.attributes.clone()),
        price_amount: 0,
        compare_at_amount: None,
        sellable_variants: 0,
        rating_sum: 0,
        rating_count: 0,
        rating_score: 0,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Changes a product; with `version` only if it still has that one.
///
/// # Errors
/// `not_found`, `precondition_failed`, `slug_taken`; a category that is not there; a price where there are several variants;
/// options where there are some.
pub async fn update(ctx: &Context, actor: &Actor, id: ProductId, version: Option<i64>, patch: ProductPatch) -> Result<Product> {
    check_prices(ctx, patch.price, patch.compare_at_price.flatten())?;
    let repeated = product_options::repeated(patch.options.as_deref().unwrap_or_default());
    if !repeated.is_empty() {
        return Err(Error::invalid(repeated));
    }
    ctx.db.write(async |tx| update_in(ctx, tx, actor, id.0, version, &patch).await).await
}

async fn update_in(ctx: &Context, tx: &impl ConnectionTrait, actor: &Actor, id: Uuid, version: Option<i64>, patch: &ProductPatch) -> Result<Product> {
    let now = ctx.now().0;
    // Variants before products, as everywhere, so that no two transactions wait for each other.
    let on_the_variant = patch.price.is_some() || patch.compare_at_price.is_some() || patch.options.is_some();
    let variants = if on_the_variant { db::product_variants::list_locked(tx, id).await? } else { Vec::new() };
    let category_id = match &patch.category {
        Some(named) => Some(category(tx, named.as_deref()).await?),
        None => None,
    };
    let changes = Changes {
        slug: patch.slug.clone(),
        name: patch.name.as_ref().map(|name| name.trim().to_owned()),
        description: patch.description.clone(),
        category_id,
        status: patch.status.map(ProductStatus::as_str),
        attributes: patch.attributes.clone().map(Value::Object),
    };
    if let Some(slug) = &patch.slug {
        db::old_slugs::remember(tx, Named::Product, id, slug).await?;
    }
    let written = db::products::update(tx, id, version, changes, now).await;
    written.map_err(|error| write_error(error, patch.slug.as_deref()))?.ok_or_else(|| gone_or_changed(version))?;
    if on_the_variant {
        let mut variant = only(variants, patch)?;
        if let Some(options) = &patch.options {
            product_options::give(tx, options, &mut variant).await?;
        }
        variant.price_amount = patch.price.map_or(variant.price_amount, |price| price.amount);
        if let Some(before) = patch.compare_at_price {
            variant.compare_at_amount = before.map(|price| price.amount);
        }
        db::product_variants::update(tx, &variant, now).await?;
        db::products::refresh_prices(tx, id).await?;
    }
    db::products::refresh_search(tx, id).await?;
    note(ctx, tx, actor, AuditAction::ProductUpdated, id, given(patch)).await?;
    products::read(ctx, tx, &Key::Id(id), true).await
}

/// The variant whose price the product's price is, and which its first options are for.
fn only(mut variants: Vec<db::product_variants::Row>, patch: &ProductPatch) -> Result<db::product_variants::Row> {
    match (variants.pop(), variants.is_empty()) {
        (Some(only), true) => Ok(only),
        _ if patch.options.is_some() => Err(product_options::has_some()),
        _ => {
            let pointer = if patch.price.is_some() { "/price" } else { "/compare_at_price" };
            Err(Error::invalid_field(pointer, "excluded", "belongs to the variants, of which this product has several"))
        }
    }
}

/// Takes a product off sale. What was sold of it stays in the orders.
///
/// # Errors
/// `not_found`, `precondition_failed`.
pub async fn archive(ctx: &Context, actor: &Actor, id: ProductId, version: Option<i64>) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let changes = Changes { status: Some(ProductStatus::Archived.as_str()), ..Changes::default() };
            let written = db::products::update(tx, id.0, version, changes, ctx.now().0).await?;
            written.ok_or_else(|| gone_or_changed(version))?;
            note(ctx, tx, actor, AuditAction::ProductArchived, id.0, json!({})).await
        })
        .await
}

/// Why no row was written.
pub(crate) fn gone_or_changed(version: Option<i64>) -> Error {
    if version.is_some() { Error::code(ErrorCode::PreconditionFailed) } else { Error::not_found("product") }
}

fn write_error(error: db::Error, slug: Option<&str>) -> Error {
    match error {
        // The category was there a moment ago.
        db::Error::ForeignKey(_) => unknown_category(),
        error => slug_error(error, "products", slug),
    }
}

fn unknown_category() -> Error {
    Error::invalid_field("/category", "unknown", "must be the id or slug of a category")
}

async fn category(tx: &impl ConnectionTrait, named: Option<&str>) -> Result<Option<Uuid>> {
    let Some(named) = named else { return Ok(None) };
    let row = db::categories::find(tx, &Key::parse(named)).await?;
    row.map(|row| Some(row.id)).ok_or_else(unknown_category)
}

/// Tells everybody who must know that a product changed, and the audit log who did it.
pub(crate) async fn note(ctx: &Context, tx: &impl ConnectionTrait, actor: &Actor, action: AuditAction, id: Uuid, details: Value) -> Result<()> {
    outbox::event(ctx, tx, "product.updated", json!({"product_id": id})).await?;
    audit::record(ctx, tx, Some(actor), action, ("product", id), details).await
}

//! Products as shoppers and staff read them. Changes are in `product_changes` and `variants`, lists in `product_lists`.

use std::collections::HashMap;

use novashop_db::{
    self as db, ConnectionTrait,
    old_slugs::Named,
    product_variants::Row as VariantRow,
    products::{Detail, Key, OptionRow, Picture, Summary},
};
use novashop_domain::variants::in_order;
use novashop_types::{
    CategoryId, ImageId, ProductId, Timestamp, VariantId,
    catalogue::{CategoryRef, Image, Product, ProductOption, ProductStatus, ProductSummary, Rating, Variant},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{Context, Error, Result, images};

/// The id of a product, also by a slug that it had before. Drafts and archived products are there for staff only.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Context, id_or_slug: &str, staff: bool) -> Result<ProductId> {
    let (conn, key) = (ctx.db.reader(), Key::parse(id_or_slug));
    let id = match db::products::find_id(conn, &key, staff).await? {
        Some(id) => Some(id),
        None => db::products::find_id(conn, &by_old_slug(conn, &key).await?, staff).await?,
    };
    id.map(ProductId).ok_or_else(|| Error::not_found("product"))
}

/// A product with everything its page shows, also by a slug that it had before. Two statements, two more for an old slug.
/// Drafts and archived products are there for staff only.
///
/// # Errors
/// `not_found`.
pub async fn get(ctx: &Context, id_or_slug: &str, staff: bool) -> Result<Product> {
    let (conn, key) = (ctx.db.reader(), Key::parse(id_or_slug));
    let detail = match db::products::find_detail(conn, &key, staff).await? {
        Some(detail) => Some(detail),
        None => db::products::find_detail(conn, &by_old_slug(conn, &key).await?, staff).await?,
    };
    complete(ctx, conn, detail).await
}

async fn by_old_slug(conn: &impl ConnectionTrait, key: &Key) -> Result<Key> {
    let id = match key {
        Key::Slug(slug) => db::old_slugs::find(conn, Named::Product, slug).await?,
        Key::Id(_) => None,
    };
    id.map(Key::Id).ok_or_else(|| Error::not_found("product"))
}

/// Products as lists show them, by id; those that are not there (or not published, where that is asked for) are missing. One statement.
///
/// # Errors
/// Those of the database.
pub async fn summaries(
    ctx: &Context,
    conn: &impl ConnectionTrait,
    ids: &[ProductId],
    published_only: bool,
) -> Result<HashMap<ProductId, ProductSummary>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = db::products::list_summaries(conn, &ids, published_only).await?;
    Ok(rows.into_iter().map(|row| (ProductId(row.id), summary(ctx, row))).collect())
}

/// A product in a transaction or outside.
pub(crate) async fn read(ctx: &Context, conn: &impl ConnectionTrait, key: &Key, staff: bool) -> Result<Product> {
    complete(ctx, conn, db::products::find_detail(conn, key, staff).await?).await
}

async fn complete(ctx: &Context, conn: &impl ConnectionTrait, detail: Option<Detail>) -> Result<Product> {
    let detail = detail.ok_or_else(|| Error::not_found("product"))?;
    let id = detail.summary.id;
    let variants = db::product_variants::list(conn, id).await?;
    wire(ctx, detail, &variants)
}

fn wire(ctx: &Context, detail: Detail, variants: &[VariantRow]) -> Result<Product> {
    let images: Vec<Picture> =
        serde_json::from_value(detail.images).map_err(|error| Error::internal("a product's pictures as the database gives them", error))?;
    let options: Vec<ProductOption> = detail.options.as_array().into_iter().flatten().map(option_of_detail).collect();
    let created_at = Timestamp(detail.summary.created_at);
    Ok(Product {
        summary: summary(ctx, detail.summary),
        description: detail.description,
        images: images.iter().map(image).collect(),
        variants: variants.iter().map(|row| variant(ctx, &options, row)).collect(),
        options,
        attributes: detail.attributes.as_object().cloned().unwrap_or_default(),
        status: ProductStatus::parse(&detail.status).unwrap_or(ProductStatus::Draft),
        version: detail.version,
        created_at,
        updated_at: Timestamp(detail.updated_at),
    })
}

fn image(row: &Picture) -> Image {
    images::wire(ImageId(row.id), &row.folder, &row.alt, row.width, row.height, &row.widths)
}

/// An option as it is stored, on the wire.
pub(crate) fn option(row: &OptionRow) -> ProductOption {
    ProductOption { name: row.name.clone(), values: choices(&row.choices) }
}

fn option_of_detail(option: &Value) -> ProductOption {
    let text = |name: &str| option.get(name).and_then(Value::as_str).unwrap_or_default();
    ProductOption { name: text("name").to_owned(), values: option.get("choices").map(choices).unwrap_or_default() }
}

fn choices(json: &Value) -> Vec<String> {
    json.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A variant as it is stored, on the wire; its options in the order of the product's.
pub(crate) fn variant(ctx: &Context, options: &[ProductOption], row: &VariantRow) -> Variant {
    Variant {
        id: VariantId(row.id),
        sku: row.sku.clone(),
        options: row.options.as_object().map(|chosen| in_order(options, chosen)).unwrap_or_default(),
        price: ctx.money(row.price_amount),
        compare_at_price: row.compare_at_amount.map(|amount| ctx.money(amount)),
        stock: row.stock,
        in_stock: row.stock > 0,
    }
}

/// A product as it is stored, as lists show it.
pub(crate) fn summary(ctx: &Context, row: Summary) -> ProductSummary {
    let category = row.category.map(|category| CategoryRef { id: CategoryId(category.id), slug: category.slug, name: category.name });
    ProductSummary {
        id: ProductId(row.id),
        slug: row.slug,
        name: row.name,
        price: ctx.money(row.price_amount),
        compare_at_price: row.compare_at_amount.map(|amount| ctx.money(amount)),
        in_stock: row.sellable_variants > 0,
        image: row.image.as_deref().map(image),
        rating: rating(row.rating_score, row.rating_count),
        category,
    }
}

/// The mean is kept in hundredths.
fn rating(score: i64, count: i64) -> Rating {
    Rating { average: f64::from(i32::try_from(score).unwrap_or_default()) / 100.0, count }
}

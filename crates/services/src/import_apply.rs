//! Bringing the products of a file into the shop, some two hundred in a transaction.

use std::collections::{HashMap, HashSet};

use novashop_db::{self as db, ConnectionTrait, entities::catalogue::category, sql::insert_all};
use novashop_types::{ProductId, audit::AuditAction};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Context, Error, Result, audit,
    import_pictures::{self, Files, Wanted},
    import_plan::{self, Present},
    import_write::{self, Rows},
    imports::{ImportCategory, ImportProduct, Parsed, RowError, name_of_slug},
    outbox,
};

/// Told how far it is: what is being done, how many of how many.
pub type Progress<'a> = dyn Fn(&str, usize, usize) + Send + Sync + 'a;

/// Products of one transaction, and variants: what a batch holds in memory and locks stays small.
const BATCH: usize = 200;
const BATCH_VARIANTS: usize = 4_000;

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Products that are new.
    pub created: usize,
    /// Products that were changed.
    pub updated: usize,
    /// Products that were just so already.
    pub unchanged: usize,
    /// Rows that were refused, those of the reading included.
    pub refused: Vec<RowError>,
    /// Reviews that came with new products.
    pub reviews: usize,
    /// Pictures that were added.
    pub pictures: usize,
    /// Pictures that are only addresses and were not fetched.
    pub remote_images: usize,
    /// Second reviews of the same person that were left out.
    pub reviews_left_out: usize,
}

/// What one transaction did.
#[derive(Default)]
pub(crate) struct Batch {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub reviews: usize,
    pub refused: Vec<RowError>,
    pub pictures: Vec<Wanted>,
}

/// Brings a file in. `name` is the file's, for the audit.
///
/// # Errors
/// Those of the database. What was written by then stays, and a second run goes on from there.
pub async fn apply(ctx: &Context, name: &str, parsed: Parsed, files: &dyn Files, progress: &Progress<'_>) -> Result<Outcome> {
    let total = parsed.products.len();
    let mut outcome = Outcome { refused: parsed.refused, ..Outcome::default() };
    (outcome.remote_images, outcome.reviews_left_out) = (parsed.remote_images, parsed.reviews_left_out);
    outcome.refused.extend(categories(ctx, &parsed.categories).await?);
    let mut pictures = Vec::new();
    let mut done = 0;
    for some in batches(&parsed.products) {
        for batch in write_batch(ctx, some).await? {
            outcome.created += batch.created;
            outcome.updated += batch.updated;
            outcome.unchanged += batch.unchanged;
            outcome.reviews += batch.reviews;
            outcome.refused.extend(batch.refused);
            pictures.extend(batch.pictures);
        }
        done += some.len();
        progress("products", done, total);
    }
    let wanted = pictures.len();
    let bad = import_pictures::store(ctx, pictures, files, progress).await;
    outcome.pictures = wanted - bad.len();
    outcome.refused.extend(bad);
    outcome.refused.sort_by_key(|row| row.line);
    if outcome.created + outcome.updated + outcome.pictures > 0 {
        let details =
            json!({"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged, "refused": outcome.refused.len()});
        ctx.db.write(async |tx| audit::record(ctx, tx, None, AuditAction::CatalogueImported, ("file", name), details.clone()).await).await?;
    }
    Ok(outcome)
}

/// The products in pieces that one transaction can hold.
fn batches(products: &[ImportProduct]) -> impl Iterator<Item = &[ImportProduct]> {
    let mut rest = products;
    std::iter::from_fn(move || {
        let mut variants = 0;
        let fits = |product: &&ImportProduct| {
            variants += product.product.variants.len();
            variants <= BATCH_VARIANTS
        };
        let many = rest.iter().take(BATCH).take_while(fits).count().max(1);
        let (some, after) = rest.split_at_checked(many)?;
        rest = after;
        Some(some)
    })
}

/// One transaction for all, or where another writer was in the way one for each, so that only the bad one is refused.
async fn write_batch(ctx: &Context, some: &[ImportProduct]) -> Result<Vec<Batch>> {
    match ctx.db.write(async |tx| write(ctx, tx, some).await).await {
        Err(Error::Database(db::Error::Unique(_) | db::Error::Other(_) | db::Error::ForeignKey(_))) => {}
        outcome => return outcome.map(|batch| vec![batch]),
    }
    let mut batches = Vec::with_capacity(some.len());
    for product in some {
        let alone = std::slice::from_ref(product);
        batches.push(match ctx.db.write(async |tx| write(ctx, tx, alone).await).await {
            Err(Error::Database(error @ (db::Error::Unique(_) | db::Error::Other(_) | db::Error::ForeignKey(_)))) => {
                let reason = format!("“{}”: the database refused it: {error}", product.slug);
                Batch { refused: vec![RowError { line: product.line, reason }], ..Batch::default() }
            }
            outcome => outcome?,
        });
    }
    Ok(batches)
}

async fn write(ctx: &Context, tx: &impl ConnectionTrait, some: &[ImportProduct]) -> Result<Batch> {
    let mut known = read_present(tx, some).await?;
    let mut batch = Batch::default();
    let mut rows = Rows::new(ctx.now().0);
    let owners = sku_owners(tx, some).await?;
    let categories = ensure_categories(ctx, tx, some).await?;
    for import in some {
        let present = known.products.remove(&import.slug);
        let (options, variants) = match import_plan::variants(import, present.as_ref()) {
            Ok(planned) => planned,
            Err(reason) => {
                batch.refused.push(RowError { line: import.line, reason });
                continue;
            }
        };
        let elsewhere = variants.iter().find_map(|v| owners.get(&v.sku).filter(|owner| owner.slug != import.slug));
        if let Some(owner) = elsewhere {
            let reason = format!("the SKU “{}” belongs to the product “{}” of the shop", owner.sku, owner.slug);
            batch.refused.push(RowError { line: import.line, reason });
            continue;
        }
        let category_id = import.product.category.as_ref().and_then(|slug| categories.get(slug)).copied();
        let product_id = match present {
            Some(present) => {
                let id = present.product.id;
                let pictures = known.pictures.remove(&id).unwrap_or_default();
                wish(&mut batch, import, id, &pictures);
                match rows.change(ctx, import, present, category_id, options, variants) {
                    true => batch.updated += 1,
                    false => batch.unchanged += 1,
                }
                continue;
            }
            None => rows.create(ctx, import, category_id, options, variants),
        };
        batch.created += 1;
        wish(&mut batch, import, product_id, &[]);
    }
    batch.reviews = import_write::reviews(ctx, tx, &mut rows).await?;
    rows.write(tx).await?;
    if batch.created + batch.updated > 0 {
        outbox::event(ctx, tx, "catalogue.imported", json!({"created": batch.created, "updated": batch.updated})).await?;
    }
    Ok(batch)
}

/// Asks for the pictures that a product does not have.
fn wish(batch: &mut Batch, import: &ImportProduct, product_id: Uuid, present: &[db::imports::Picture]) {
    let mut position = present.iter().map(|picture| picture.position + 1).max().unwrap_or_default();
    for image in &import.images {
        if present.iter().any(|picture| picture.source.as_deref() == Some(&image.file)) {
            continue;
        }
        let (file, alt) = (image.file.clone(), image.alt.clone());
        batch.pictures.push(Wanted { line: import.line, product_id: ProductId(product_id), file, alt, position });
        position += 1;
    }
}

/// The shop's products that a batch is about.
struct Known {
    products: HashMap<String, Present>,
    pictures: HashMap<Uuid, Vec<db::imports::Picture>>,
}

/// Four statements, whatever the size of the batch; variants before products, as everywhere.
async fn read_present(tx: &impl ConnectionTrait, some: &[ImportProduct]) -> Result<Known> {
    let slugs: Vec<&str> = some.iter().map(|import| import.slug.as_str()).collect();
    let mut variants = HashMap::<Uuid, Vec<_>>::new();
    for row in db::imports::list_variants(tx, &slugs).await? {
        variants.entry(row.product_id).or_default().push(row);
    }
    let products = db::imports::list_products(tx, &slugs).await?;
    let ids: Vec<Uuid> = products.iter().map(|row| row.id).collect();
    let mut known = Known { products: HashMap::new(), pictures: HashMap::new() };
    if ids.is_empty() {
        return Ok(known);
    }
    let mut options = import_plan::options_by_product(db::imports::list_options(tx, &ids).await?);
    for picture in db::imports::list_pictures(tx, &ids).await? {
        known.pictures.entry(picture.product_id).or_default().push(picture);
    }
    for product in products {
        let mut variants = variants.remove(&product.id).unwrap_or_default();
        variants.sort_by_key(|row| (row.position, row.id));
        let options = options.remove(&product.id).unwrap_or_default();
        known.products.insert(product.slug.clone(), Present { product, variants, options });
    }
    Ok(known)
}

async fn sku_owners(tx: &impl ConnectionTrait, some: &[ImportProduct]) -> Result<HashMap<String, db::imports::SkuOwner>> {
    let skus: Vec<String> = some.iter().flat_map(import_plan::skus).collect();
    Ok(db::imports::list_sku_owners(tx, &skus).await?.into_iter().map(|owner| (owner.sku.clone(), owner)).collect())
}

/// The ids of the categories that a batch names, by slug; those that are missing are made.
async fn ensure_categories(ctx: &Context, tx: &impl ConnectionTrait, some: &[ImportProduct]) -> Result<HashMap<String, Uuid>> {
    let present = db::imports::list_categories(tx).await?;
    let mut ids: HashMap<String, Uuid> = present.iter().map(|row| (row.slug.clone(), row.id)).collect();
    let mut position = present.iter().map(|row| row.position + 1).max().unwrap_or_default();
    let mut fresh = Vec::new();
    for import in some {
        let Some(slug) = import.product.category.as_ref().filter(|slug| !ids.contains_key(*slug)) else { continue };
        let name = import.category_name.clone().unwrap_or_else(|| name_of_slug(slug));
        let row = category_row(ctx, slug, name, String::new(), None, position);
        position += 1;
        ids.insert(slug.clone(), row.id);
        fresh.push(row);
    }
    if !fresh.is_empty() {
        outbox::event(ctx, tx, "catalogue.imported", json!({"categories": fresh.len()})).await?;
    }
    insert_all::<category::Entity, _>(tx, fresh).await?;
    Ok(ids)
}

fn category_row(ctx: &Context, slug: &str, name: String, description: String, parent_id: Option<Uuid>, position: i32) -> category::Model {
    let now = ctx.now().0;
    let slug = slug.to_owned();
    category::Model { id: ctx.new_id(), parent_id, slug, name, description, image_key: None, position, version: 1, created_at: now, updated_at: now }
}

/// Makes and changes the categories that a file describes.
async fn categories(ctx: &Context, list: &[ImportCategory]) -> Result<Vec<RowError>> {
    if list.is_empty() {
        return Ok(Vec::new());
    }
    ctx.db.write(async |tx| write_categories(ctx, tx, list).await).await
}

async fn write_categories(ctx: &Context, tx: &impl ConnectionTrait, list: &[ImportCategory]) -> Result<Vec<RowError>> {
    let mut known: HashMap<String, category::Model> =
        db::imports::list_categories(tx).await?.into_iter().map(|row| (row.slug.clone(), row)).collect();
    let mut position = known.values().map(|row| row.position + 1).max().unwrap_or_default();
    let (mut refused, mut waiting, mut changed) = (Vec::new(), list.iter().collect::<Vec<_>>(), 0);
    // Parents may come after their children: each round takes those whose parent is known by now.
    loop {
        let before = waiting.len();
        let mut later = Vec::new();
        for import in waiting {
            match &import.parent {
                Some(parent) if !known.contains_key(parent) => later.push(import),
                _ => match write_category(ctx, tx, import, &mut known, &mut position).await? {
                    Ok(written) => changed += usize::from(written),
                    Err(reason) => refused.push(RowError { line: import.line, reason }),
                },
            }
        }
        waiting = later;
        if waiting.len() == before || waiting.is_empty() {
            break;
        }
    }
    for import in waiting {
        let reason = format!("category: there is no category “{}” for it to lie in", import.parent.as_deref().unwrap_or_default());
        refused.push(RowError { line: import.line, reason });
    }
    if changed > 0 {
        outbox::event(ctx, tx, "catalogue.imported", json!({"categories": changed})).await?;
    }
    Ok(refused)
}

/// Writes one category; `false` where it was just so already.
async fn write_category(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    import: &ImportCategory,
    known: &mut HashMap<String, category::Model>,
    position: &mut i32,
) -> Result<std::result::Result<bool, String>> {
    let slug = import.category.slug.clone().unwrap_or_default();
    let (name, description) = (import.category.name.clone(), import.category.description.clone());
    let parent_id = import.parent.as_ref().and_then(|parent| known.get(parent)).map(|row| row.id);
    let Some(row) = known.get(&slug) else {
        let row = category_row(ctx, &slug, name, description, parent_id, *position);
        *position += 1;
        insert_all::<category::Entity, _>(tx, vec![row.clone()]).await?;
        known.insert(slug, row);
        return Ok(Ok(true));
    };
    if row.name == name && row.description == description && row.parent_id == parent_id {
        return Ok(Ok(false));
    }
    if lies_in(parent_id, row.id, known) {
        return Ok(Err(format!("category: “{slug}” cannot lie in itself")));
    }
    let renamed = row.name != name;
    let row = category::Model { name, description, parent_id, version: row.version + 1, updated_at: ctx.now().0, ..row.clone() };
    db::imports::update_category(tx, &row).await?;
    if renamed {
        db::product_search::refresh_search_of_category(tx, row.id).await?;
    }
    known.insert(slug, row);
    Ok(Ok(true))
}

/// Whether a category is another one or lies somewhere in it.
fn lies_in(mut category: Option<Uuid>, other: Uuid, known: &HashMap<String, category::Model>) -> bool {
    let mut seen = HashSet::new();
    while let Some(id) = category.filter(|id| seen.insert(*id)) {
        if id == other {
            return true;
        }
        category = known.values().find(|row| row.id == id).and_then(|row| row.parent_id);
    }
    false
}

//! The rows that a batch writes: gathered first, then inserted many at a time.

use std::collections::HashSet;

use novashop_db::{
    self as db, ConnectionTrait,
    entities::{
        catalogue::{product, product_option, stock_movement, variant, variant_option},
        reviews::review,
        shop::low_stock_notice,
    },
    sql::insert_all,
};
use novashop_types::catalogue::{ProductOption, ProductStatus, StockMovementKind};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Context, Result,
    import_people::{self, People},
    import_plan::{Planned, Present, option_rows, same_json, summary},
    imports::{ImportProduct, ImportReview},
};

/// Rows to write.
pub(crate) struct Rows {
    now: i64,
    pub products: Vec<product::Model>,
    options: Vec<product_option::Model>,
    variants: Vec<variant::Model>,
    variant_options: Vec<variant_option::Model>,
    movements: Vec<stock_movement::Model>,
    changed_products: Vec<product::Model>,
    changed_variants: Vec<variant::Model>,
    moved_variants: Vec<Uuid>,
    new_options: Vec<Uuid>,
    search: Vec<Uuid>,
    waiting_reviews: Vec<(Uuid, Vec<ImportReview>)>,
    reviews: Vec<review::Model>,
}

impl Rows {
    pub(crate) fn new(now: i64) -> Self {
        Self {
            now,
            products: Vec::new(),
            options: Vec::new(),
            variants: Vec::new(),
            variant_options: Vec::new(),
            movements: Vec::new(),
            changed_products: Vec::new(),
            changed_variants: Vec::new(),
            moved_variants: Vec::new(),
            new_options: Vec::new(),
            search: Vec::new(),
            waiting_reviews: Vec::new(),
            reviews: Vec::new(),
        }
    }

    /// A product that is new; its id.
    pub(crate) fn create(
        &mut self,
        ctx: &Context,
        import: &ImportProduct,
        category_id: Option<Uuid>,
        options: Vec<ProductOption>,
        variants: Vec<Planned>,
    ) -> Uuid {
        let id = ctx.new_id();
        let (price_amount, compare_at_amount, sellable_variants) = summary(&variants);
        let name = import.product.name.trim().to_owned();
        self.products.push(product::Model {
            id,
            category_id,
            slug: import.slug.clone(),
            name_key: name.to_lowercase(),
            name,
            description: import.product.description.clone(),
            status: import.product.status.unwrap_or(ProductStatus::Published).as_str().into(),
            attributes: Value::Object(import.product.attributes.clone()),
            price_amount,
            compare_at_amount,
            sellable_variants,
            rating_sum: 0,
            rating_count: 0,
            rating_score: 0,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        });
        self.options.extend(option_rows(id, &options));
        for planned in variants {
            self.new_variant(ctx, id, planned, StockMovementKind::Initial);
        }
        self.search.push(id);
        if !import.reviews.is_empty() {
            self.waiting_reviews.push((id, import.reviews.clone()));
        }
        id
    }

    /// A product that the shop has; `false` where nothing differs.
    pub(crate) fn change(
        &mut self,
        ctx: &Context,
        import: &ImportProduct,
        present: Present,
        category_id: Option<Uuid>,
        options: Vec<ProductOption>,
        variants: Vec<Planned>,
    ) -> bool {
        let row = &present.product;
        let (price_amount, compare_at_amount, sellable_variants) = summary(&variants);
        let name = import.product.name.trim().to_owned();
        let wanted = product::Model {
            category_id: category_id.or(row.category_id),
            name_key: name.to_lowercase(),
            name,
            description: import.product.description.clone(),
            status: import.product.status.map_or_else(|| row.status.clone(), |status| status.as_str().into()),
            attributes: Value::Object(import.product.attributes.clone()),
            price_amount,
            compare_at_amount,
            sellable_variants,
            version: row.version + 1,
            updated_at: self.now,
            ..row.clone()
        };
        let same_product = wanted.category_id == row.category_id
            && wanted.name == row.name
            && wanted.description == row.description
            && wanted.status == row.status
            && same_json(&wanted.attributes, &row.attributes);
        if same_product && options == present.options && variants.iter().all(Planned::is_same) {
            return false;
        }
        if options != present.options {
            self.new_options.push(row.id);
            self.options.extend(option_rows(row.id, &options));
        }
        for planned in variants.into_iter().filter(|planned| !planned.is_same()) {
            match planned.present.clone() {
                Some(variant) => self.change_variant(ctx, variant, planned),
                None => self.new_variant(ctx, row.id, planned, StockMovementKind::Imported),
            }
        }
        self.search.push(row.id);
        self.changed_products.push(wanted);
        true
    }

    fn new_variant(&mut self, ctx: &Context, product_id: Uuid, planned: Planned, kind: StockMovementKind) {
        let id = ctx.new_id();
        self.filter_values(id, product_id, &planned);
        self.movement(ctx, id, planned.stock, planned.stock, kind);
        self.variants.push(variant::Model {
            id,
            product_id,
            sku: planned.sku,
            options: Value::Object(planned.options),
            options_key: planned.key,
            position: planned.position,
            price_amount: planned.price,
            compare_at_amount: planned.compare_at,
            stock: planned.stock,
            created_at: self.now,
            updated_at: self.now,
            deleted_at: None,
        });
    }

    fn change_variant(&mut self, ctx: &Context, row: variant::Model, planned: Planned) {
        if row.options_key != planned.key {
            self.moved_variants.push(row.id);
            self.filter_values(row.id, row.product_id, &planned);
        }
        if row.stock != planned.stock {
            self.movement(ctx, row.id, planned.stock - row.stock, planned.stock, StockMovementKind::Imported);
        }
        self.changed_variants.push(variant::Model {
            sku: planned.sku,
            options: Value::Object(planned.options),
            options_key: planned.key,
            position: planned.position,
            price_amount: planned.price,
            compare_at_amount: planned.compare_at,
            stock: planned.stock,
            updated_at: self.now,
            ..row
        });
    }

    fn filter_values(&mut self, variant_id: Uuid, product_id: Uuid, planned: &Planned) {
        let value = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rows = planned.options.iter().map(|(name, v)| variant_option::Model { variant_id, product_id, name: name.clone(), value: value(v) });
        self.variant_options.extend(rows);
    }

    fn movement(&mut self, ctx: &Context, variant_id: Uuid, delta: i64, stock_after: i64, kind: StockMovementKind) {
        if delta == 0 {
            return;
        }
        let (id, kind, created_at) = (ctx.new_id(), kind.as_str().to_owned(), self.now);
        let row =
            stock_movement::Model { id, variant_id, delta, stock_after, kind, reason: String::new(), order_id: None, actor_id: None, created_at };
        self.movements.push(row);
    }

    /// Writes everything, what others point at first.
    pub(crate) async fn write(self, tx: &impl ConnectionTrait) -> Result<()> {
        db::imports::free_option_keys(tx, &self.moved_variants).await?;
        if !self.moved_variants.is_empty() {
            db::imports::delete_variant_options(tx, &self.moved_variants).await?;
        }
        for row in &self.changed_variants {
            db::imports::update_variant(tx, row).await?;
        }
        for row in &self.changed_products {
            db::imports::update_product(tx, row).await?;
        }
        for id in self.new_options {
            db::imports::delete_options(tx, id).await?;
        }
        insert_all::<product::Entity, _>(tx, self.products).await?;
        insert_all::<product_option::Entity, _>(tx, self.options).await?;
        let noticed = db::low_stock::notices_of_new(&self.variants, self.now);
        insert_all::<variant::Entity, _>(tx, self.variants).await?;
        insert_all::<low_stock_notice::Entity, _>(tx, noticed).await?;
        insert_all::<variant_option::Entity, _>(tx, self.variant_options).await?;
        insert_all::<stock_movement::Entity, _>(tx, self.movements).await?;
        insert_all::<review::Entity, _>(tx, self.reviews).await?;
        db::product_search::refresh_search_of(tx, &self.search).await?;
        Ok(())
    }

    fn add_reviews(&mut self, ctx: &Context, people: &People) -> usize {
        let mut count = 0;
        for (product_id, reviews) in std::mem::take(&mut self.waiting_reviews) {
            let (mut sum, mut number, mut authors) = (0, 0, HashSet::new());
            for import in reviews {
                // Two names of the file may be one account of the shop, and an account has one review a product.
                let Some(user_id) = people.get(&import_people::key(&import)).copied().filter(|id| authors.insert(*id)) else { continue };
                let at = import.created_at.map_or(self.now, |at| at.0.min(self.now));
                sum += i64::from(import.review.rating);
                number += 1;
                self.reviews.push(review::Model {
                    id: ctx.new_id(),
                    product_id,
                    user_id: Some(user_id),
                    rating: import.review.rating,
                    title: import.review.title,
                    body: import.review.text,
                    verified_purchase: import.verified,
                    helpful_count: 0,
                    hidden: false,
                    answer: None,
                    answered_at: None,
                    created_at: at,
                    updated_at: at,
                });
            }
            if let Some(row) = self.products.iter_mut().find(|row| row.id == product_id) {
                (row.rating_sum, row.rating_count, row.rating_score) = (sum, number, score(sum, number));
            }
            count += usize::try_from(number).unwrap_or_default();
        }
        count
    }
}

/// The mean in hundredths, to the nearest.
pub(crate) fn score(sum: i64, count: i64) -> i64 {
    if count == 0 { 0 } else { (sum * 100 + count / 2) / count }
}

/// Adds the reviews of the new products, with the accounts of those who wrote them; how many.
pub(crate) async fn reviews(ctx: &Context, tx: &impl ConnectionTrait, rows: &mut Rows) -> Result<usize> {
    let waiting: Vec<ImportReview> = rows.waiting_reviews.iter().flat_map(|(_, reviews)| reviews.iter().cloned()).collect();
    let people = import_people::find_or_make(ctx, tx, &waiting.iter().collect::<Vec<_>>()).await?;
    Ok(rows.add_reviews(ctx, &people))
}

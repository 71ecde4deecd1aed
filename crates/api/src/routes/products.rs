//! Products: lists, search and pages for everybody, changes for staff.

use std::collections::BTreeMap;

use novashop_services::{
    product_changes,
    product_lists::{self, List, ListQuery, PageQuery},
    products,
};
use novashop_types::{
    ErrorCode, Problem,
    catalogue::{Product, ProductCreate, ProductPage, ProductPatch, ProductSort, ProductStatus},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    Answer, Ctx, Failure,
    cache::{self, Fresh, Tag},
    extract::{Caller, Input, Staff},
    respond,
    routes::{Route, categories::NoQuery},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/products", get => list_products, post => create_product),
        route!("/products/{id}", get => get_product, patch => update_product, delete => archive_product),
    ]
}

/// Which products staff want to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Being prepared.
    Draft,
    /// On sale.
    Published,
    /// No longer on sale.
    Archived,
    /// All of them.
    Any,
}

impl StatusFilter {
    /// The one status that is meant; `None` for all of them.
    #[must_use]
    pub const fn status(self) -> Option<ProductStatus> {
        match self {
            Self::Draft => Some(ProductStatus::Draft),
            Self::Published => Some(ProductStatus::Published),
            Self::Archived => Some(ProductStatus::Archived),
            Self::Any => None,
        }
    }
}

/// What a list of products can be asked, beside `option.<name>`.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductsQuery {
    /// Words that products must all have, the last ones may be unfinished.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The id or slug of a category; what lies below it counts too. Nothing is found in one that does not exist.
    #[param(max_length = 120)]
    category: Option<String>,
    /// The lowest price in minor units, included.
    #[param(minimum = 0)]
    min_price: Option<i64>,
    /// The highest price in minor units, included.
    #[param(minimum = 0)]
    max_price: Option<i64>,
    /// `true`: only what can be bought now; `false`: only what is sold out.
    in_stock: Option<bool>,
    /// The lowest average rating.
    #[param(minimum = 0, maximum = 5)]
    min_rating: Option<f64>,
    /// The order; `relevance` with `q` and `newest` without where it is left out.
    #[param(inline)]
    sort: Option<ProductSort>,
    /// For staff: other than published products.
    #[param(inline)]
    status: Option<StatusFilter>,
    /// Whether to count what the list could be narrowed to.
    facets: Option<bool>,
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

impl ProductsQuery {
    fn list(&self, options: Vec<(String, String)>) -> Result<ListQuery, Failure> {
        let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in options {
            if name.is_empty() {
                return Err(Failure::new(ErrorCode::UnknownParameter, "There is no parameter `option.` here: name the option, as in `option.Size`."));
            }
            by_name.entry(name).or_default().push(value);
        }
        Ok(ListQuery {
            q: self.q.clone(),
            category: self.category.clone(),
            min_price: self.min_price,
            max_price: self.max_price,
            in_stock: self.in_stock,
            min_rating: self.min_rating.map(hundredths).transpose()?,
            options: by_name,
            status: self.status.unwrap_or(StatusFilter::Published).status(),
            sort: self.sort,
        })
    }
}

/// A rating as it is kept.
#[expect(clippy::as_conversions, reason = "from 0 to 500 after the check")]
fn hundredths(rating: f64) -> Result<i64, Failure> {
    if (0.0..=5.0).contains(&rating) {
        // 4.4 * 100 is a little more than 440 in binary.
        Ok((rating * 100.0 - 1e-6).ceil().max(0.0) as i64)
    } else {
        Err(Failure::new(ErrorCode::InvalidParameter, "`min_rating` must be from 0 to 5."))
    }
}

/// Products
///
/// Published ones. Several values of one option mean any of them, several options mean all of them, in one variant.
#[utoipa::path(get, path = "/api/v1/products", tag = "catalogue", operation_id = "list_products",
    params(ProductsQuery, ("option.Size" = Option<String>, Query, description = "Any option by its name: `option.Size=M`. May be repeated."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "A page", body = ProductPage, headers(("Link" = Option<String>, description = "The next page, where there is one"))),
        (status = 304, description = "You have it already"),
        (status = 403, description = "`forbidden`: `status` is for staff", body = Problem, content_type = "application/problem+json")))]
pub async fn list_products(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let (query, options) = input.query_without::<ProductsQuery>("option.")?;
    let public = matches!(query.status, None | Some(StatusFilter::Published));
    if !public && !caller.is_staff() {
        let code = if caller.0.is_some() { ErrorCode::Forbidden } else { ErrorCode::Unauthorized };
        return Err(Failure::new(code, "Only staff see products that are not published."));
    }
    let page = PageQuery {
        limit: input.limit(query.limit)?,
        cursor: query.cursor.as_deref(),
        total: query.include_total.unwrap_or(false),
        facets: query.facets.unwrap_or(false),
    };
    let list = List::new(&query.list(options)?)?;
    if !public {
        let found = product_lists::list(&ctx, &list, page).await?;
        return Ok(respond::page_of(&input, &found, found.page.next_cursor.as_deref()));
    }
    let load = async || {
        let found = product_lists::list(&ctx, &list, page).await?;
        Ok(Fresh::new(&found, [Tag::Lists])?.next(found.page.next_cursor.as_deref()))
    };
    Ok(cache::read(&input, caller.is_staff(), list.page_name(page), load).await?.answer(&input).await)
}

/// A product
///
/// Drafts and archived products are there for staff only. It is found by a slug that it had before too: the answer tells the present one.
#[utoipa::path(get, path = "/api/v1/products/{id}", tag = "catalogue", operation_id = "get_product",
    params(("id" = String, Path, description = "The product's id or slug"), ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "The product", body = Product), (status = 304, description = "You have it already")))]
pub async fn get_product(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let name = input.path("id");
    if caller.is_staff() {
        let product = products::get(&ctx, name, true).await?;
        let NoQuery {} = input.query()?;
        return respond::versioned(&input, &product, product.version);
    }
    let load = async || {
        let product = products::get(&ctx, name, false).await?;
        let mut tags = vec![Tag::Product(product.summary.id.0), Tag::CategoryNames];
        if product.summary.slug != name && product.summary.id.to_string() != name {
            // By a slug it had before: any product may take that one, and its event names the new owner only.
            tags.push(Tag::Lists);
        }
        Ok(Fresh::new(&product, tags)?.version(product.version))
    };
    let found = cache::read(&input, false, format!("product {name}"), load).await?;
    let NoQuery {} = input.query()?;
    Ok(found.answer(&input).await)
}

/// Make a product
///
/// Either with plain `price`, `stock` and `sku`, which become its one variant, or with `options` and `variants`.
#[utoipa::path(post, path = "/api/v1/products", tag = "catalogue", operation_id = "create_product", request_body = ProductCreate,
    responses((status = 201, description = "The new product", body = Product, headers(("Location" = String, description = "Its address"))),
        (status = 409, description = "`slug_taken` or `sku_taken`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn create_product(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let product = product_changes::create(&ctx, &actor, input.json::<ProductCreate>()?).await?;
    Ok(respond::created(format!("/api/v1/products/{}", product.summary.id), &product))
}

/// Change a product
///
/// Fields that are absent stay. With `If-Match` only if nobody changed it since. Prices of several variants are changed one by one.
/// A product that was made without options can be given some, once; then it can have more variants.
#[utoipa::path(patch, path = "/api/v1/products/{id}", tag = "catalogue", operation_id = "update_product",
    params(("id" = String, Path, description = "The product's id or slug"), ("If-Match" = Option<String>, Header, description = "The ETag you read")),
    request_body = ProductPatch,
    responses((status = 200, description = "The product as it is now", body = Product),
        (status = 409, description = "`slug_taken`; `conflict`: it has options already", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn update_product(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = products::find(&ctx, input.path("id"), true).await?;
    let patch: ProductPatch = input.json()?;
    let product = product_changes::update(&ctx, &actor, id, input.if_match()?, patch).await?;
    respond::versioned(&input, &product, product.version)
}

/// Archive a product
///
/// Shoppers no longer see it; orders keep what they sold. Publish it again with PATCH.
#[utoipa::path(delete, path = "/api/v1/products/{id}", tag = "catalogue", operation_id = "archive_product",
    params(("id" = String, Path, description = "The product's id or slug"), ("If-Match" = Option<String>, Header, description = "The ETag you read")),
    responses((status = 204, description = "Archived"),
        (status = 412, description = "`precondition_failed`: somebody changed it first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn archive_product(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = products::find(&ctx, input.path("id"), true).await?;
    product_changes::archive(&ctx, &actor, id, input.if_match()?).await?;
    Ok(respond::no_content())
}

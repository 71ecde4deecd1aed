//! Categories: the tree for everybody, its changes for staff.

use novashop_services::catalogue;
use novashop_types::{
    Problem,
    catalogue::{Category, CategoryCreate, CategoryPatch, CategoryTree},
};
use serde::Deserialize;

use crate::{
    Answer, Ctx,
    cache::{self, Fresh, Tag},
    extract::{Caller, Input, Staff},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/categories", get => list_categories, post => create_category),
        route!("/categories/{id}", get => get_category, patch => update_category, delete => delete_category),
    ]
}

/// The query of an address that takes none: any parameter is unknown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoQuery {}

/// The category tree
///
/// `product_count` counts published products in a category and in everything below it.
#[utoipa::path(get, path = "/api/v1/categories", tag = "catalogue", operation_id = "list_categories",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of the tree you have")),
    responses((status = 200, description = "The top categories, each with its children", body = CategoryTree), (status = 304, description = "You have it already")))]
pub async fn list_categories(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let NoQuery {} = input.query()?;
    let load = async || Fresh::new(&catalogue::tree(&ctx).await?, [Tag::CategoryTree]);
    Ok(cache::read(&input, caller.is_staff(), "categories".to_owned(), load).await?.answer(&input).await)
}

/// A category
///
/// With everything that lies below it. It is found by a slug that it had before too: the answer tells the present one.
#[utoipa::path(get, path = "/api/v1/categories/{id}", tag = "catalogue", operation_id = "get_category",
    params(("id" = String, Path, description = "The category's id or slug"), ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "The category", body = Category), (status = 304, description = "You have it already")))]
pub async fn get_category(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let name = input.path("id");
    let load = async || {
        let category = catalogue::get(&ctx, name).await?;
        Ok(Fresh::new(&category, [Tag::CategoryTree])?.version(category.version))
    };
    let found = cache::read(&input, caller.is_staff(), format!("category {name}"), load).await?;
    let NoQuery {} = input.query()?;
    Ok(found.answer(&input).await)
}

/// Make a category
///
/// Without a `slug` one is made of the name.
#[utoipa::path(post, path = "/api/v1/categories", tag = "catalogue", operation_id = "create_category", request_body = CategoryCreate,
    responses((status = 201, description = "The new category", body = Category, headers(("Location" = String, description = "Its address"))),
        (status = 409, description = "`slug_taken`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn create_category(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let category = catalogue::create(&ctx, &actor, input.json::<CategoryCreate>()?).await?;
    Ok(respond::created(format!("/api/v1/categories/{}", category.id), &category))
}

/// Change a category
///
/// Fields that are absent stay. With `If-Match` only if nobody changed it since.
#[utoipa::path(patch, path = "/api/v1/categories/{id}", tag = "catalogue", operation_id = "update_category",
    params(("id" = String, Path, description = "The category's id or slug"), ("If-Match" = Option<String>, Header, description = "The ETag you read")),
    request_body = CategoryPatch,
    responses((status = 200, description = "The category as it is now", body = Category),
        (status = 409, description = "`slug_taken`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn update_category(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = catalogue::find_category(&ctx, input.path("id")).await?;
    let patch: CategoryPatch = input.json()?;
    let category = catalogue::update(&ctx, &actor, id, input.if_match()?, patch).await?;
    respond::versioned(&input, &category, category.version)
}

/// Remove a category
///
/// Only an empty one: products, also archived ones, and child categories must be moved first.
#[utoipa::path(delete, path = "/api/v1/categories/{id}", tag = "catalogue", operation_id = "delete_category",
    params(("id" = String, Path, description = "The category's id or slug"), ("If-Match" = Option<String>, Header, description = "The ETag you read")),
    responses((status = 204, description = "Removed"),
        (status = 409, description = "`category_not_empty`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn delete_category(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = catalogue::find_category(&ctx, input.path("id")).await?;
    catalogue::delete(&ctx, &actor, id, input.if_match()?).await?;
    Ok(respond::no_content())
}

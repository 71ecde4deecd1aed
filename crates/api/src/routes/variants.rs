//! Variants of products, for staff. Their `ETag` and `If-Match` are the product's.

use novashop_services::{products, variants};
use novashop_types::{
    Problem,
    catalogue::{Variant, VariantCreate, VariantPatch},
};

use crate::{
    Answer, Ctx,
    extract::{Input, Staff},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/products/{id}/variants", post => create_variant),
        route!("/products/{id}/variants/{variant_id}", patch => update_variant, delete => delete_variant),
    ]
}

/// Add a variant
///
/// It needs a value for each of the product's options; a new value is added to the option.
#[utoipa::path(post, path = "/api/v1/products/{id}/variants", tag = "catalogue", operation_id = "create_variant",
    params(("id" = String, Path, description = "The product's id or slug"), ("If-Match" = Option<String>, Header, description = "The product's ETag")),
    request_body = VariantCreate,
    responses((status = 201, description = "The new variant", body = Variant, headers(("Location" = String, description = "Its product, which shows it"))),
        (status = 409, description = "`sku_taken`, `options_taken`, or `conflict`: the product has as many variants as it can", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed the product first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn create_variant(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = products::find(&ctx, input.path("id"), true).await?;
    let create: VariantCreate = input.json()?;
    let (variant, _) = variants::create(&ctx, &actor, id, input.if_match()?, create).await?;
    Ok(respond::created(format!("/api/v1/products/{id}"), &variant))
}

/// Change a variant
///
/// Fields that are absent stay. Stock is changed at `POST /variants/{id}/stock`.
#[utoipa::path(patch, path = "/api/v1/products/{id}/variants/{variant_id}", tag = "catalogue", operation_id = "update_variant",
    params(("id" = String, Path, description = "The product's id or slug"), ("variant_id" = novashop_types::VariantId, Path, description = "The variant's id"),
        ("If-Match" = Option<String>, Header, description = "The product's ETag")),
    request_body = VariantPatch,
    responses((status = 200, description = "The variant as it is now", body = Variant),
        (status = 409, description = "`sku_taken` or `options_taken`", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed the product first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn update_variant(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let product_id = products::find(&ctx, input.path("id"), true).await?;
    let id = variants::find(&ctx, product_id, input.path("variant_id")).await?;
    let patch: VariantPatch = input.json()?;
    let (variant, version) = variants::update(&ctx, &actor, product_id, id, input.if_match()?, patch).await?;
    respond::versioned(&input, &variant, version)
}

/// Take a variant off sale
///
/// It leaves every cart; orders and the ledger keep it. The last variant of a product stays.
#[utoipa::path(delete, path = "/api/v1/products/{id}/variants/{variant_id}", tag = "catalogue", operation_id = "delete_variant",
    params(("id" = String, Path, description = "The product's id or slug"), ("variant_id" = novashop_types::VariantId, Path, description = "The variant's id"),
        ("If-Match" = Option<String>, Header, description = "The product's ETag")),
    responses((status = 204, description = "Taken off sale"),
        (status = 409, description = "`last_variant`: archive the product instead", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed the product first", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn delete_variant(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let product_id = products::find(&ctx, input.path("id"), true).await?;
    let id = variants::find(&ctx, product_id, input.path("variant_id")).await?;
    variants::delete(&ctx, &actor, product_id, id, input.if_match()?).await?;
    Ok(respond::no_content())
}

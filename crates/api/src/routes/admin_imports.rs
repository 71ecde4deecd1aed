//! Files of products that staff hand in.

use actix_web::{HttpResponse, http::header, web};
use bytes::Bytes;
use novashop_services::{Error, import_files};
use novashop_types::{
    Page, Problem,
    imports::{Import, MAX_IMPORT_BYTES},
};
use utoipa::ToSchema;

use crate::{
    Answer, Ctx,
    extract::{Form, Input, Staff},
    limits::Class,
    respond,
    routes::{Route, admin::ListQuery, categories::NoQuery},
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/admin/imports/products", post => import_products).limited(Class::Upload),
        route!("/admin/imports", get => list_imports),
        route!("/admin/imports/{id}", get => get_import),
    ]
}

/// A file of products, as `multipart/form-data`.
#[derive(ToSchema)]
#[schema(as = ImportUpload)]
pub struct ImportUpload {
    /// Up to 10 MiB: the shop's own JSON, DummyJSON's products, or a Shopify product CSV; judged by its content, not its name.
    #[schema(value_type = String, format = Binary)]
    pub file: Bytes,
}

impl std::fmt::Debug for ImportUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportUpload").field("bytes", &self.file.len()).finish()
    }
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "10 MiB fit everywhere")]
const FORM: Form = Form {
    parts: &[("file", MAX_IMPORT_BYTES as usize)],
    too_large: "A file of products may have up to 10 MiB: cut a larger one in two.",
    wrong_type: "Send the file as `multipart/form-data`, in the field `file`.",
};

/// Import products
///
/// A worker brings the file in: what is new is made, what differs is changed, nothing is deleted. Bad rows are named and stop no other.
/// The same file twice does no harm. Pictures that a file names are not fetched.
#[utoipa::path(post, path = "/api/v1/admin/imports/products", tag = "administration", operation_id = "import_products",
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 202, description = "Taken; ask for it until it is `done` or `failed`", body = Import, headers(("Location" = String, description = "Where to ask"))),
        (status = 413, description = "`payload_too_large`: more than 10 MiB", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn import_products(ctx: Ctx, Staff(actor): Staff, input: Input, payload: web::Payload) -> Answer {
    let _place = ctx.media.begin_upload()?;
    let part = FORM.read(&input, payload).await?.remove("file").ok_or_else(|| Error::invalid_field("/file", "required", "is missing"))?;
    input.no_query()?;
    let upload = ImportUpload { file: part.bytes };
    let import = import_files::hand_in(&ctx, &actor, part.file_name.as_deref().unwrap_or_default(), &upload.file).await?;
    let location = format!("/api/v1/admin/imports/{}", import.id);
    Ok(HttpResponse::Accepted().insert_header((header::LOCATION, location)).insert_header((header::CACHE_CONTROL, "private, no-store")).json(import))
}

/// Imports
#[utoipa::path(get, path = "/api/v1/admin/imports", tag = "administration", operation_id = "list_imports", params(ListQuery),
    responses((status = 200, description = "A page, newest first; their bad rows are left out", body = Page<Import>)), security(("bearer" = ["staff"])))]
pub async fn list_imports(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: ListQuery = input.query()?;
    let limit = input.limit(query.limit)?;
    Ok(respond::page(&input, &import_files::list(&ctx, query.cursor.as_deref(), limit, query.include_total.unwrap_or(false)).await?))
}

/// An import
///
/// How far it is, and the rows that were not taken.
#[utoipa::path(get, path = "/api/v1/admin/imports/{id}", tag = "administration", operation_id = "get_import",
    params(("id" = novashop_types::ImportId, Path, description = "The import's id")),
    responses((status = 200, description = "The import", body = Import)), security(("bearer" = ["staff"])))]
pub async fn get_import(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let import = import_files::get(&ctx, input.path("id")).await?;
    let NoQuery {} = input.query()?;
    Ok(respond::json(&import))
}

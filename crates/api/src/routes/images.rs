//! The pictures of products.

use actix_web::web;
use bytes::Bytes;
use novashop_services::{Error, images, products};
use novashop_types::{
    Problem,
    catalogue::{Image, ImagePatch},
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    Answer, Ctx, Failure,
    extract::{Form, Input, Staff},
    limits::Class,
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/products/{id}/images", post => upload_image).limited(Class::Upload),
        route!("/products/{id}/images/{image_id}", patch => update_image, delete => delete_image),
    ]
}

/// A new picture, as `multipart/form-data`.
#[derive(ToSchema)]
#[schema(as = ImageUpload)]
pub struct ImageUpload {
    /// A JPEG, PNG or WebP of up to 10 MiB, 12000 pixels a side and 50 million in all; judged by its content, not its name.
    #[schema(value_type = String, format = Binary)]
    pub file: Bytes,
    /// What a person who cannot see it should be told.
    #[schema(max_length = 300, nullable = false)]
    pub alt: Option<String>,
    /// Its place among the product's pictures, from 0; after the others where it is left out.
    #[schema(minimum = 0, maximum = 1000, nullable = false)]
    pub position: Option<i32>,
}

impl std::fmt::Debug for ImageUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImageUpload").field("bytes", &self.file.len()).field("alt", &self.alt).field("position", &self.position).finish()
    }
}

/// Add a picture to a product
///
/// It is turned upright, freed of its metadata, and kept as WebP in widths of 320, 640 and 1280 pixels, none wider than it came.
#[utoipa::path(post, path = "/api/v1/products/{id}/images", tag = "catalogue", operation_id = "upload_image",
    params(("id" = String, Path, description = "The product's id or slug")),
    request_body(content = ImageUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "The picture", body = Image, headers(("Location" = String, description = "The picture's address"))),
        (status = 413, description = "`payload_too_large`: more than 10 MiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`: not multipart, or no JPEG, PNG or WebP", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn upload_image(ctx: Ctx, Staff(actor): Staff, input: Input, payload: web::Payload) -> Answer {
    let product = products::find(&ctx, input.path("id"), true).await?;
    let _place = ctx.media.begin_upload()?;
    let mut parts = FORM.read(&input, payload).await?;
    let mut part = |name| parts.remove(name).map(|part| part.bytes);
    let upload = checked(part("file"), part("alt"), part("position"))?;
    let alt = upload.alt.unwrap_or_default();
    let image = images::store_new(&ctx, Some(&actor), product, upload.file, &alt, upload.position, None).await?;
    Ok(respond::created(format!("/api/v1/products/{product}"), &image))
}

/// Change a picture
///
/// What it says, or its place among the product's pictures.
#[utoipa::path(patch, path = "/api/v1/products/{id}/images/{image_id}", tag = "catalogue", operation_id = "update_image",
    params(("id" = String, Path, description = "The product's id or slug"), ("image_id" = novashop_types::ImageId, Path, description = "The picture's id")),
    request_body = ImagePatch, responses((status = 200, description = "The picture as it is now", body = Image)), security(("bearer" = ["staff"])))]
pub async fn update_image(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let product = products::find(&ctx, input.path("id"), true).await?;
    let id = images::find(&ctx, product, input.path("image_id")).await?;
    let patch: ImagePatch = input.json()?;
    Ok(respond::json(&images::update(&ctx, &actor, product, id, patch).await?))
}

/// Delete a picture
#[utoipa::path(delete, path = "/api/v1/products/{id}/images/{image_id}", tag = "catalogue", operation_id = "delete_image",
    params(("id" = String, Path, description = "The product's id or slug"), ("image_id" = novashop_types::ImageId, Path, description = "The picture's id")),
    responses((status = 204, description = "Deleted")), security(("bearer" = ["staff"])))]
pub async fn delete_image(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let product = products::find(&ctx, input.path("id"), true).await?;
    input.no_query()?;
    let id = images::find(&ctx, product, input.path("image_id")).await?;
    images::delete(&ctx, &actor, product, id).await?;
    Ok(respond::no_content())
}

/// The largest text field, in bytes; its characters are counted afterwards.
const TEXT_LIMIT: usize = 4 * 1024;
const FORM: Form = Form {
    parts: &[("file", images::MAX_BYTES), ("alt", TEXT_LIMIT), ("position", TEXT_LIMIT)],
    too_large: "A picture may have up to 10 MiB, a text 4 KiB.",
    wrong_type: "Send the picture as `multipart/form-data`, in the field `file`.",
};

fn checked(file: Option<Bytes>, alt: Option<Bytes>, position: Option<Bytes>) -> Result<ImageUpload, Failure> {
    let text = |field: &str, bytes: Bytes| {
        let text = String::from_utf8(bytes.to_vec()).ok().filter(|text| !text.contains('\0'));
        text.ok_or_else(|| Error::invalid_field(format!("/{field}"), "characters", "must be UTF-8 text without the character U+0000"))
    };
    let alt = alt.map(|bytes| text("alt", bytes)).transpose()?;
    let position = match position.map(|bytes| text("position", bytes)).transpose()? {
        Some(number) => Some(number.trim().parse().map_err(|_| Error::invalid_field("/position", "type", "must be a whole number"))?),
        None => None,
    };
    // The same rules as for a change.
    let patch = ImagePatch { alt, position };
    if let Err(errors) = patch.validate() {
        let mut fields: Vec<_> = errors.field_errors().into_iter().collect();
        fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        let reason = |(name, reasons): (_, &Vec<validator::ValidationError>)| {
            let first = reasons.first();
            let message = first.and_then(|reason| reason.message.clone()).unwrap_or_else(|| "is not valid".into());
            novashop_types::FieldError::new(format!("/{name}"), first.map_or("invalid", |reason| &reason.code), message)
        };
        return Err(Error::invalid(fields.into_iter().map(reason).collect()).into());
    }
    let file = file.ok_or_else(|| Error::invalid_field("/file", "required", "is missing"))?;
    Ok(ImageUpload { file, alt: patch.alt, position: patch.position })
}

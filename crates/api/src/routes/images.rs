//! The pictures of products.

use actix_multipart::{Multipart, MultipartError};
use actix_web::{error::PayloadError, http::header, rt::time::timeout, web};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use novashop_services::{Error, images, products};
use novashop_types::{
    ErrorCode, Problem,
    catalogue::{Image, ImagePatch},
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    Answer, Ctx, Failure,
    extract::{Input, Staff, patience},
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
    let patience = patience(input.request()).upload;
    let upload = timeout(patience, read_upload(&input, payload)).await.map_err(|_| Failure::too_slow(patience))??;
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
/// Boundaries and headers come on top of the file.
const UPLOAD_LIMIT: usize = images::MAX_BYTES + 64 * 1024;

async fn read_upload(input: &Input, payload: web::Payload) -> Result<ImageUpload, Failure> {
    let announced = input.header("content-length").and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
    if announced > UPLOAD_LIMIT {
        return Err(too_large());
    }
    let kind = input.request().headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("multipart/form-data") {
        // A body that is too large is told so before its type is.
        input.body_bytes()?;
        return Err(Failure::new(ErrorCode::UnsupportedMediaType, "Send the picture as `multipart/form-data`, in the field `file`."));
    }
    input.check_uncompressed()?;
    let mut parts = Multipart::new(input.request().headers(), bounded(payload));
    let (mut file, mut alt, mut position) = (None, None, None);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|error| malformed(&error))?;
        let name: String = part.name().unwrap_or_default().chars().take(100).collect();
        let (slot, limit) = match name.as_str() {
            "file" => (&mut file, images::MAX_BYTES),
            "alt" => (&mut alt, TEXT_LIMIT),
            "position" => (&mut position, TEXT_LIMIT),
            _ => {
                return Err(Error::invalid_field(
                    format!("/{}", pointer(&name)),
                    "unknown_field",
                    "is not known here; expected file, alt or position",
                )
                .into());
            }
        };
        if slot.is_some() {
            return Err(Error::invalid_field(format!("/{name}"), "duplicate", "was sent twice").into());
        }
        *slot = Some(read_part(&mut part, limit, announced.min(limit)).await?);
    }
    checked(file, alt, position)
}

/// The payload up to the limit and no further, whatever it announced and however its parts are cut.
fn bounded(payload: web::Payload) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let mut left = UPLOAD_LIMIT;
    payload.map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    })
}

/// Makes room for what was announced at once: growing by and by would hold it twice.
async fn read_part(part: &mut actix_multipart::Field, limit: usize, expected: usize) -> Result<Bytes, Failure> {
    let mut whole = BytesMut::with_capacity(expected);
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|error| malformed(&error))?;
        if whole.len() + chunk.len() > limit {
            return Err(too_large());
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}

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

fn too_large() -> Failure {
    Failure::new(ErrorCode::PayloadTooLarge, "A picture may have up to 10 MiB, a text 4 KiB.")
}

fn malformed(error: &MultipartError) -> Failure {
    if matches!(error, MultipartError::Payload(PayloadError::Overflow)) {
        return too_large();
    }
    Failure::new(ErrorCode::BadRequest, format!("The multipart body cannot be read: {error}."))
}

/// A name for a JSON Pointer (RFC 6901, 3).
fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

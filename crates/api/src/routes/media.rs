//! The files of pictures, as the shop wrote them.

use actix_web::{HttpResponse, body::SizedStream, http::header};
use novashop_services::images;

use crate::{Answer, Ctx, extract::Input, routes::Route};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/media/{path:.*}", get => get_media)]
}

/// A picture's file
///
/// The addresses come with products (`images`, `sources`). A file never changes: cache it for ever.
#[utoipa::path(get, path = "/media/{path}", tag = "catalogue", operation_id = "get_media",
    params(("path" = String, Path, description = "As in the picture's `url`", example = "products/0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5/640.webp"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag you have")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "image/webp"), (status = 304, description = "You have it already")))]
pub async fn get_media(ctx: Ctx, input: Input) -> Answer {
    let file = images::open(&ctx, input.path("path")).await?;
    let etag = format!("\"{}\"", file.tag);
    let same = |tag: &str| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag;
    let known = input.header("if-none-match").is_some_and(|tags| tags.split(',').any(same));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if known { Ok(response.finish()) } else { Ok(response.content_type("image/webp").body(SizedStream::new(file.size, file.bytes))) }
}

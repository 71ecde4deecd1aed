//! Answers: JSON with the headers that go with it.

use actix_web::{
    HttpResponse,
    http::{Method, StatusCode, header},
};
use novashop_services::idempotency;
use novashop_types::Page;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Answer, Failure, extract::Input};

/// For what belongs to one person or changes with every request.
const PRIVATE: &str = "private, no-store";
/// For the catalogue: fresh for a moment, then checked by its `ETag`, and served stale rather than not at all.
const PUBLIC: &str = "public, max-age=5, stale-while-revalidate=30";

/// 200 with a body.
#[must_use]
pub fn json<T: Serialize>(body: &T) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, PRIVATE)).json(body)
}

/// 201 with the address of what was made.
#[must_use]
pub fn created<T: Serialize>(location: impl AsRef<str>, body: &T) -> HttpResponse {
    HttpResponse::Created().insert_header((header::LOCATION, location.as_ref())).insert_header((header::CACHE_CONTROL, PRIVATE)).json(body)
}

/// An answer that is kept for repeats of its request, and says so when it is given again.
#[must_use]
pub fn repeatable(answer: idempotency::Answer) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK));
    response.insert_header((header::CACHE_CONTROL, PRIVATE)).content_type("application/json");
    if let Some(location) = answer.location {
        response.insert_header((header::LOCATION, location));
    }
    if answer.replayed {
        response.insert_header(("Idempotency-Replayed", "true"));
    }
    response.body(answer.body)
}

/// 202: it will happen, or not; the answer does not tell.
#[must_use]
pub fn accepted() -> HttpResponse {
    HttpResponse::Accepted().insert_header((header::CACHE_CONTROL, PRIVATE)).finish()
}

/// 204.
#[must_use]
pub fn no_content() -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, PRIVATE)).finish()
}

/// 200 with an `ETag` made of the version and the content; 304 where the client has it already.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn versioned<T: Serialize>(input: &Input, body: &T, version: i64) -> Answer {
    tagged(input, body, Some(version), PRIVATE)
}

/// The same for what everybody may see and caches may keep.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn public<T: Serialize>(input: &Input, body: &T, version: Option<i64>) -> Answer {
    tagged(input, body, version, PUBLIC)
}

/// 200 with a page for one person, and the way to the next one.
#[must_use]
pub fn page<T: Serialize>(input: &Input, page: &Page<T>) -> HttpResponse {
    let mut response = json(page);
    link_next(input, &mut response, page.next_cursor.as_deref());
    response
}

/// Adds `Link: <…>; rel="next"` (RFC 8288) where there is a next page.
pub fn link_next(input: &Input, response: &mut HttpResponse, next_cursor: Option<&str>) {
    let Some(cursor) = next_cursor else { return };
    let mut query = String::new();
    let pairs = input.query_pairs();
    let kept = pairs.iter().filter(|(name, _)| name != "cursor").map(|(name, value)| (name.as_str(), value.as_str()));
    if let Ok(text) = serde_urlencoded::to_string(kept.chain([("cursor", cursor)]).collect::<Vec<_>>()) {
        query.push_str(&text);
    }
    let link = format!("<{}?{query}>; rel=\"next\"", input.request().path());
    if let Ok(value) = header::HeaderValue::from_str(&link) {
        response.headers_mut().insert(header::LINK, value);
    }
}

fn tagged<T: Serialize>(input: &Input, body: &T, version: Option<i64>, cache: &str) -> Answer {
    let bytes = serde_json::to_vec(body).map_err(|error| novashop_services::Error::internal("writing an answer", error))?;
    let digest: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let etag = match version {
        Some(version) => format!("\"v{version}-{digest}\""),
        None => format!("\"{digest}\""),
    };
    // Only a read can be left out because it is known (RFC 9110, 13.1.2): a change was made all the same.
    let read = matches!(*input.request().method(), Method::GET | Method::HEAD);
    let known = read
        && input
            .header("if-none-match")
            .is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag));
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, cache));
    if cache == PUBLIC {
        // Staff see drafts at the same addresses.
        response.insert_header((header::VARY, "authorization"));
    }
    if known { Ok(response.finish()) } else { Ok(response.content_type("application/json").body(bytes)) }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        novashop_services::Error::internal("writing an answer", error).into()
    }
}

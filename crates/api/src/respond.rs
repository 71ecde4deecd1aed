//! Answers: JSON with the headers that go with it.

use actix_web::{
    HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
};
use novashop_services::idempotency;
use novashop_types::Page;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::{Answer, Failure, extract::Input};

/// For what belongs to one person or changes with every request.
const PRIVATE: &str = "private, no-store";
/// For the catalogue: kept by whoever likes, and asked for anew each time. With the `ETag` that costs a 304, and a change is seen at once.
pub(crate) const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");

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

/// 202 with a body: it will happen.
#[must_use]
pub fn queued<T: Serialize>(body: &T) -> HttpResponse {
    HttpResponse::Accepted().insert_header((header::CACHE_CONTROL, PRIVATE)).json(body)
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
    let bytes = bytes(body)?;
    let etag = etag(&bytes, Some(version));
    // Only a read can be left out because it is known (RFC 9110, 13.1.2): a change was made all the same.
    let read = matches!(*input.request().method(), Method::GET | Method::HEAD);
    let known = read && input.request().headers().get(header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &etag));
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, PRIVATE));
    if known { Ok(response.finish()) } else { Ok(response.content_type("application/json").body(bytes)) }
}

/// A body as JSON.
///
/// # Errors
/// Where it cannot be written as JSON.
pub(crate) fn bytes<T: Serialize>(body: &T) -> Result<Vec<u8>, Failure> {
    // Most pages of a list fit, and need not be moved as they grow.
    let mut bytes = Vec::with_capacity(8 * 1024);
    serde_json::to_writer(&mut bytes, body)?;
    Ok(bytes)
}

/// The strong `ETag` of a body: the version, where it has one, and a digest of the content. It tells one state of a page from the next; who made
/// two states that share one would only keep others from reading his words anew until the page changes again, so a fast digest will do.
pub(crate) fn etag(bytes: &[u8], version: Option<i64>) -> String {
    let digest = xxh3_64(bytes);
    match version {
        Some(version) => format!("\"v{version}-{digest:016x}\""),
        None => format!("\"{digest:016x}\""),
    }
}

/// Whether an `If-None-Match` names an `ETag`, in the weak comparison that it asks for.
pub(crate) fn names(if_none_match: &HeaderValue, etag: &str) -> bool {
    let tags = if_none_match.to_str().unwrap_or_default();
    tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// 200 with a page for one person, and the way to the next one.
#[must_use]
pub fn page<T: Serialize>(input: &Input, page: &Page<T>) -> HttpResponse {
    page_of(input, page, page.next_cursor.as_deref())
}

/// The same for a page that has more to tell. The way is `Link: <…>; rel="next"` (RFC 8288).
#[must_use]
pub fn page_of<T: Serialize>(input: &Input, page: &T, next_cursor: Option<&str>) -> HttpResponse {
    let mut response = json(page);
    if let Some(link) = next_cursor.and_then(|cursor| next_page(input, cursor)) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// The `Link` to the next page: this query from a cursor on.
pub(crate) fn next_page(input: &Input, cursor: &str) -> Option<HeaderValue> {
    let pairs = input.query_pairs();
    let kept = pairs.iter().filter(|(name, _)| name != "cursor").map(|(name, value)| (name.as_str(), value.as_str()));
    let query = serde_urlencoded::to_string(kept.chain([("cursor", cursor)]).collect::<Vec<_>>()).ok()?;
    HeaderValue::try_from(format!("<{}?{query}>; rel=\"next\"", input.request().path())).ok()
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        novashop_services::Error::internal("writing an answer", error).into()
    }
}

//! A request id and a log line for each request. Never bodies, queries, tokens or addresses of people.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use novashop_services::Context;

/// The request's id: the client's own where it is well-formed, else one of ours.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn request_id(request: &ServiceRequest) -> String {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let well_formed = |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    match given.filter(well_formed) {
        Some(id) => id.to_owned(),
        None => request.app_data::<web::Data<Context>>().map(|ctx| ctx.new_id().to_string()).unwrap_or_default(),
    }
}

/// Gives the request its id, logs how it ended, and names it in the answer.
///
/// # Errors
/// Those of what it wraps.
pub async fn observe<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let id = request_id(&request);
    request.extensions_mut().insert(RequestId(id.clone()));
    if refuses_every_coding(&request) {
        // Rather an answer in a form that was not asked for than none (RFC 9110, 12.5.3).
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    let mut response = next.call(request).await?;

    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".into());
    let milliseconds = started.elapsed().as_millis();
    tracing::info!(request.id = %id, http.method = %response.request().method(), http.route = %route, http.status = status, milliseconds = %milliseconds, "request");

    weaken_etag_of_compressed(&mut response);
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    Ok(response)
}

fn refuses_every_coding(request: &ServiceRequest) -> bool {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').map(|coding| coding.replace(' ', "").to_ascii_lowercase()).any(|coding| {
        let refused = |name: &str| coding.strip_prefix(name).and_then(|rest| rest.strip_prefix(";q=")).is_some_and(|q| q.parse() == Ok(0.0_f32));
        refused("identity") || refused("*")
    })
}

/// Two encodings of one answer are not the same bytes, so they may not share a strong validator (RFC 9110, 8.8.1).
fn weaken_etag_of_compressed<B>(response: &mut ServiceResponse<B>) {
    if !response.headers().contains_key(header::CONTENT_ENCODING) {
        return;
    }
    let weak =
        response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.starts_with("W/")).map(|tag| format!("W/{tag}"));
    if let Some(Ok(weak)) = weak.map(|tag| HeaderValue::from_str(&tag)) {
        response.headers_mut().insert(header::ETAG, weak);
    }
}

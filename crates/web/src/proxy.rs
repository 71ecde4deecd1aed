//! What is the API's to answer is passed on, both ways as a stream, so that app and API share an origin.

use actix_http::body::{BodyStream, SizedStream};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    body::{BoxBody, None as NoBody},
    http::{Method, StatusCode, header},
    web,
};
use awc::ClientResponse;
use novashop_types::{ErrorCode, Problem};

use crate::{forwarding, tunnel, upstream::Upstream};

/// The addresses that the API answers, besides `/api/`.
pub(crate) const PREFIXES: [&str; 5] = ["/api", "/media", "/documentation", "/problems", "/openapi.json"];

/// Passes a request on and its answer back.
pub(crate) async fn pass_on(request: HttpRequest, payload: web::Payload, upstream: web::Data<Upstream>) -> HttpResponse {
    if tunnel::is_asked_for(&request) {
        return tunnel::open(&request, payload, &upstream).await;
    }
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    let mut call = upstream.client.request(request.method().clone(), format!("{}{address}", upstream.base)).no_decompress();
    for (name, value) in forwarding::end_to_end(request.headers()).filter(|(name, _)| !forwarding::is_ours(name)) {
        call = call.append_header((name, value));
    }
    for header in forwarding::of_client(&request, upstream.pass.as_ref()) {
        call = call.insert_header(header);
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let sent = match length {
        Some(length) => call.send_body(SizedStream::new(length, payload)).await,
        None if request.headers().contains_key(header::TRANSFER_ENCODING) => call.send_body(BodyStream::new(payload)).await,
        None => call.send().await,
    };
    match sent {
        Ok(answer) => pass_back(&request, answer),
        Err(error) => {
            tracing::warn!(%error, api = upstream.base, "the API did not answer");
            away(&request, ErrorCode::Unavailable)
        }
    }
}

fn pass_back<S>(request: &HttpRequest, answer: ClientResponse<S>) -> HttpResponse
where
    S: futures_util::Stream<Item = Result<bytes::Bytes, awc::error::PayloadError>> + Unpin + 'static,
{
    let status = answer.status();
    let mut response = HttpResponseBuilder::new(status);
    for (name, value) in forwarding::end_to_end(answer.headers()) {
        response.append_header((name, value));
    }
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        // Nothing, rather than something of length nought.
        return response.body(BoxBody::new(NoBody::new()));
    }
    // Also of an answer to HEAD, which has a length and no body.
    let length = answer.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = length {
        response.no_chunking(length);
    }
    if *request.method() == Method::HEAD {
        response.streaming(futures_util::stream::empty::<Result<_, actix_web::Error>>())
    } else {
        response.streaming(answer)
    }
}

/// The refusal in the API's own form, where the API cannot be asked.
pub(crate) fn away(request: &HttpRequest, code: ErrorCode) -> HttpResponse {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let problem = Problem {
        type_uri: code.type_uri(),
        code,
        title: code.title().to_owned(),
        status: code.status(),
        detail: "The shop's API cannot be reached just now. Try again in a few seconds.".to_owned(),
        instance: request.path().to_owned(),
        request_id: id.to_owned(),
        errors: Vec::new(),
        available: None,
        lines: Vec::new(),
    };
    HttpResponseBuilder::new(StatusCode::from_u16(code.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE))
        .insert_header((header::RETRY_AFTER, RETRY_SECONDS))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json")
        .body(serde_json::to_string(&problem).unwrap_or_default())
}

/// After so many seconds it is worth trying again.
pub(crate) const RETRY_SECONDS: &str = "3";

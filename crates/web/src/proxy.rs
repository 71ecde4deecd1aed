//! What is the API's to answer is passed on, both ways as a stream, so that app and API share an origin.

use actix_http::body::{BodyStream, SizedStream};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    body::{BoxBody, None as NoBody},
    http::{ConnectionType, Method, StatusCode, header},
    web,
};
use awc::{ClientResponse, error::SendRequestError};
use bytes::Bytes;
use novashop_types::{ErrorCode, Problem};

use crate::{
    app::Shop,
    bodies::{self, Broken, Limits},
    forwarding, tunnel,
    upstream::Upstream,
};

/// The addresses that the API answers, besides `/api/`.
pub(crate) const PREFIXES: [&str; 5] = ["/api", "/media", "/documentation", "/problems", "/openapi.json"];

/// Passes a request on and its answer back.
pub(crate) async fn pass_on(request: HttpRequest, payload: web::Payload, shop: web::Data<Shop>, upstream: web::Data<Upstream>) -> HttpResponse {
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
    let length: Option<u64> = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let sent = if length.is_some_and(|length| length > 0) || request.headers().contains_key(header::TRANSFER_ENCODING) {
        let limits = Limits::of(request.path());
        if length.is_some_and(|length| length > limits.bytes) {
            return broken(&request, &Broken::TooLarge, limits);
        }
        let Some(place) = shop.bodies.enter(bodies::sender(&request)) else {
            return refuse(&request, ErrorCode::TooManyRequests, "You are sending too many bodies at once. Wait until some of them have ended.");
        };
        let body = Box::pin(bodies::limited(payload, limits, place));
        let sent = match length {
            Some(length) => call.send_body(SizedStream::new(length, body)).await,
            None => call.send_body(BodyStream::new(body)).await,
        };
        if let Err(SendRequestError::Body(error)) = &sent
            && let Some(error) = error.downcast_ref()
        {
            return broken(&request, error, limits);
        }
        sent
    } else {
        match length {
            Some(_) => call.send_body(Bytes::new()).await,
            None => call.send().await,
        }
    };
    match sent {
        Ok(answer) => pass_back(&request, answer),
        Err(error) => {
            tracing::warn!(%error, api = upstream.base, "the API did not answer");
            away(&request)
        }
    }
}

/// The refusal of a body that was not passed on to its end. The rest of it is not waited for.
fn broken(request: &HttpRequest, broken: &Broken, limits: Limits) -> HttpResponse {
    let mut response = match broken {
        Broken::TooLarge => {
            let detail = format!("The body may have up to {} MiB; most may have less.", limits.bytes / (1024 * 1024));
            refuse(request, ErrorCode::PayloadTooLarge, &detail)
        }
        Broken::TooSlow => {
            let (whole, idle) = (limits.whole.as_secs(), limits.idle.as_secs());
            let detail = format!("The whole body has to come within {whole} seconds, and never {idle} without a byte.");
            refuse(request, ErrorCode::RequestTimeout, &detail)
        }
        Broken::Unreadable(_) => refuse(request, ErrorCode::BadRequest, "The body could not be read to its end."),
    };
    response.head_mut().set_connection_type(ConnectionType::Close);
    response
}

fn pass_back<S>(request: &HttpRequest, answer: ClientResponse<S>) -> HttpResponse
where
    S: futures_util::Stream<Item = Result<Bytes, awc::error::PayloadError>> + Unpin + 'static,
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

/// The refusal where the API cannot be asked.
pub(crate) fn away(request: &HttpRequest) -> HttpResponse {
    refuse(request, ErrorCode::Unavailable, "The shop's API cannot be reached just now. Try again in a few seconds.")
}

/// A refusal of our own in the API's form.
pub(crate) fn refuse(request: &HttpRequest, code: ErrorCode, detail: &str) -> HttpResponse {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let problem = Problem {
        type_uri: code.type_uri(),
        code,
        title: code.title().to_owned(),
        status: code.status(),
        detail: detail.to_owned(),
        instance: request.path().to_owned(),
        request_id: id.to_owned(),
        errors: Vec::new(),
        available: None,
        lines: Vec::new(),
    };
    let mut response = HttpResponseBuilder::new(StatusCode::from_u16(code.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE));
    if matches!(code, ErrorCode::Unavailable | ErrorCode::TooManyRequests) {
        response.insert_header((header::RETRY_AFTER, RETRY_SECONDS));
    }
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json")
        .body(serde_json::to_string(&problem).unwrap_or_default())
}

/// After so many seconds it is worth trying again.
pub(crate) const RETRY_SECONDS: &str = "3";

//! From a kept answer to bytes on the wire: no statement, no JSON, no digest, no compression, next to no allocation.

use std::sync::{Arc, LazyLock};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, AcceptEncoding, ContentEncoding, Encoding, HeaderMap, HeaderValue},
    },
    middleware::Next,
    web,
};

use super::{
    Cache, How, Reader,
    entry::{Coding, Entry},
    reading::spelled,
};
use crate::{limits, respond};

/// Staff see drafts at the same addresses, and every coding has its own bytes.
const VARY: HeaderValue = HeaderValue::from_static("authorization, accept-encoding");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

static CODINGS: LazyLock<[Encoding; 4]> = LazyLock::new(|| [Encoding::identity(), Encoding::brotli(), Encoding::gzip(), Encoding::zstd()]);

/// Answers what is known before anybody looks at what the address means. Whoever sends a token is looked at first: staff see more.
///
/// # Errors
/// Those of what it wraps.
pub(crate) async fn serve_known<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    match known(&request).await {
        Some(response) => Ok(request.into_response(response).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

async fn known(request: &ServiceRequest) -> Option<HttpResponse> {
    let reader = request.app_data::<web::Data<Reader>>()?;
    let cache = reader.cache.as_ref()?;
    if request.headers().contains_key(header::AUTHORIZATION) {
        return None;
    }
    let (entry, address) = cache.recognise(spelled(request.method(), request.uri())?).await?;
    if let Some(route) = &address.route {
        // No route was looked for.
        request.extensions_mut().insert(route.clone());
    }
    // Nor was it counted: a client's quota is for what it asks, not for what an answer costs.
    let taken = match address.class {
        Some(class) => limits::take(request.request(), class).await,
        None => None,
    };
    let mut response = match taken.and_then(|taken| taken.refusal()) {
        Some(refusal) => refusal.error_response(),
        None => response(Some(cache), request.headers(), &entry, address.link.clone()).await,
    };
    if let Some(taken) = taken {
        taken.tell(response.headers_mut());
    }
    if reader.server_timing {
        response.headers_mut().append(header::HeaderName::from_static("server-timing"), How::Hit.timing());
    }
    Some(response)
}

/// 200 with the body in the coding that was asked for, or 304 where the client has it already (RFC 9110, 13.1.2).
pub(super) async fn response(cache: Option<&Cache>, asked: &HeaderMap, entry: &Arc<Entry>, link: Option<HeaderValue>) -> HttpResponse {
    let mut coding = coding(asked);
    let known = is_known(asked, entry);
    let mut body = None;
    if let Some(wanted) = coding
        && !known
    {
        body = match cache {
            Some(cache) => cache.coded(entry, wanted).await,
            None => entry.form(wanted).0,
        };
        coding = body.as_ref().and(coding);
    }
    let mut response = HttpResponse::new(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    let headers = response.headers_mut();
    headers.insert(header::ETAG, if coding.is_some() { entry.weak_etag.clone() } else { entry.etag.clone() });
    headers.insert(header::CACHE_CONTROL, respond::PUBLIC);
    headers.insert(header::VARY, VARY);
    if let Some(link) = link {
        headers.insert(header::LINK, link);
    }
    if known {
        // Nothing, rather than something of length nought.
        return response.set_body(BoxBody::new(actix_web::body::None::new()));
    }
    headers.insert(header::CONTENT_TYPE, JSON);
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    response.set_body(BoxBody::new(body.unwrap_or_else(|| entry.body.clone())))
}

/// The best coding that is accepted; nothing for the bytes as they are.
fn coding(asked: &HeaderMap) -> Option<Coding> {
    if !asked.contains_key(header::ACCEPT_ENCODING) {
        return None;
    }
    let values = asked.get_all(header::ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    match AcceptEncoding(values.filter_map(|one| one.trim().parse().ok()).collect()).negotiate(CODINGS.iter())? {
        Encoding::Known(ContentEncoding::Brotli) => Some(Coding::Brotli),
        Encoding::Known(ContentEncoding::Gzip) => Some(Coding::Gzip),
        Encoding::Known(ContentEncoding::Zstd) => Some(Coding::Zstd),
        _ => None,
    }
}

/// Whether `If-None-Match` names this answer. For reads the comparison is weak (RFC 9110, 13.1.2).
fn is_known(asked: &HeaderMap, entry: &Entry) -> bool {
    let Some(tags) = asked.get(header::IF_NONE_MATCH) else { return false };
    tags == entry.etag || tags == entry.weak_etag || entry.etag.to_str().is_ok_and(|etag| respond::names(tags, etag))
}

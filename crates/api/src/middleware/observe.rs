//! A request's id, its span, its log line and its place in the metrics. Never bodies, queries, tokens or addresses of people.

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
use novashop_types::ErrorCode;
use tracing::{Instrument, Span, field};
use uuid::Uuid;

use super::trace_context;
use crate::{app::RouteName, metrics::Ended, metrics::Metrics};

/// The request's id: the client's own where it is well-formed, else one of ours. A header's value, so that it is written once.
#[derive(Debug, Clone)]
pub struct RequestId(HeaderValue);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl RequestId {
    fn of(request: &ServiceRequest, own: Uuid) -> Self {
        let well_formed = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let given = request.headers().get(REQUEST_ID).filter(|id| (1..=128).contains(&id.len()) && id.as_bytes().iter().all(well_formed));
        let made = || HeaderValue::from_str(own.hyphenated().encode_lower(&mut Uuid::encode_buffer())).ok();
        Self(given.cloned().or_else(made).unwrap_or_else(|| HeaderValue::from_static("")))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// What every log line between a request and its answer bears. `RUST_LOG` may switch it off, and then it costs nothing.
fn span(request: &ServiceRequest, id: &RequestId, own: Uuid) -> Span {
    let span = tracing::info_span!(
        target: "novashop::request",
        "request",
        request.id = id.as_str(),
        trace.id = field::Empty,
        trace.parent = field::Empty,
        trace.unsampled = field::Empty,
        span.id = field::Empty,
        user.id = field::Empty,
        http.method = request.method().as_str(),
    );
    if !span.is_disabled() {
        let parent = trace_context::parent(request.headers());
        // The last seven bytes of a UUIDv7 are random, as those of a trace's id should be (Trace Context, level 2).
        let (trace_id, span_id) = (parent.map_or(own.as_u128(), |parent| parent.trace_id), own.as_u64_pair().1);
        span.record("trace.id", field::display(format_args!("{trace_id:032x}")));
        span.record("span.id", field::display(format_args!("{span_id:016x}")));
        if let Some(parent) = parent {
            span.record("trace.parent", field::display(format_args!("{:016x}", parent.span_id)));
            if !parent.sampled {
                span.record("trace.unsampled", true);
            }
        }
    }
    span
}

/// Gives the request its id, tells the log and the metrics how it ended, and names it in the answer.
///
/// # Errors
/// Those of what it wraps.
pub async fn observe<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let own = request.app_data::<web::Data<Context>>().map(|ctx| ctx.new_id()).unwrap_or_default();
    let id = RequestId::of(&request, own);
    request.extensions_mut().insert(id.clone());
    let in_flight = request.app_data::<Metrics>().map(Metrics::begin);
    if refuses_every_coding(&request) {
        // Rather an answer in a form that was not asked for than none (RFC 9110, 12.5.3).
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    let span = span(&request, &id, own);
    let mut response = next.call(request).instrument(span.clone()).await?;
    drop(in_flight);

    let known = response.request().extensions();
    let ended = Ended {
        method: response.request().method(),
        route: known.get::<RouteName>().or_else(|| response.request().app_data()).map_or("unmatched", RouteName::as_str),
        status: response.status(),
        refused: response.response().extensions().get::<ErrorCode>().copied(),
        replayed: response.headers().contains_key("idempotency-replayed"),
        elapsed: started.elapsed(),
    };
    log(&span, &ended);
    if let Some(metrics) = response.request().app_data::<Metrics>() {
        metrics.end(&ended);
    }
    drop(known);
    weaken_etag_of_compressed(&mut response);
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id.0);
    Ok(response)
}

/// The one line of a request. Its target is its own, so that the line can be switched off and the span kept.
fn log(span: &Span, ended: &Ended<'_>) {
    let code = ended.refused.map(ErrorCode::code);
    let milliseconds = (ended.elapsed.as_secs_f64() * 1e6).round() / 1e3;
    span.in_scope(|| {
        tracing::info!(
            target: "novashop::access",
            { http.route = ended.route, http.status = ended.status.as_u16(), problem = code, duration_ms = milliseconds },
            "request"
        );
    });
}

fn refuses_every_coding(request: &ServiceRequest) -> bool {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // What nearly everybody sends refuses nothing.
    if !accepted.contains('0') {
        return false;
    }
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

//! Around every answer: what browsers may do with it, the line in the log, the place in the metrics.

use std::{sync::atomic::Ordering, time::Instant};

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};

use crate::app::Shop;

/// What a request is called in logs and metrics, where it is more than the pattern of its address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label(pub(crate) &'static str);

/// What pages of the shop may do: load from here, run our scripts and our WASM, and nothing written between the lines.
pub(crate) fn policy(public_url: &str) -> HeaderValue {
    header_of(&rules(public_url))
}

/// The same for the back office, whose previews of mails have their styles on the elements: mail programs take them nowhere else.
pub(crate) fn office_policy(public_url: &str) -> HeaderValue {
    header_of(&format!("{}; style-src-attr 'unsafe-inline'", rules(public_url)))
}

fn rules(public_url: &str) -> String {
    // Not every browser counts a WebSocket to the same host as 'self'.
    let sockets = public_url.replacen("http", "ws", 1);
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' {sockets}; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
}

fn header_of(rules: &str) -> HeaderValue {
    HeaderValue::from_str(rules).unwrap_or(HeaderValue::from_static("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"))
}

/// Sets what an answer does not say itself: what is passed on has its own.
pub(crate) async fn browsers<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let policy = request.app_data::<web::Data<Shop>>().map(|shop| shop.policy.clone());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];
    let fixed = fixed.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value)));
    for (name, value) in fixed.chain(policy.map(|policy| (header::CONTENT_SECURITY_POLICY, policy))) {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
    Ok(response)
}

/// Keeps no connection from when the process takes its leave: a proxy in front then opens its next one elsewhere.
pub(crate) async fn take_leave<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let shop = request.app_data::<web::Data<Shop>>().cloned();
    let mut response = next.call(request).await?;
    if shop.is_some_and(|shop| shop.leaving.load(Ordering::Relaxed)) && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

/// Tells the log and the metrics how a request ended. Never its query: it may hold a token or what somebody looked for.
pub(crate) async fn observe<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let metrics = request.app_data::<web::Data<Shop>>().map(|shop| shop.metrics.clone());
    let response = next.call(request).await?;
    let label = response.request().extensions().get::<Label>().map(|label| label.0.to_owned());
    let route = label.or_else(|| response.request().match_pattern()).unwrap_or_else(|| "unmatched".to_owned());
    let (status, elapsed) = (response.status(), started.elapsed());
    let milliseconds = (elapsed.as_secs_f64() * 1e6).round() / 1e3;
    tracing::info!(
        target: "novashop::access",
        { role = "web", http.method = response.request().method().as_str(), http.route = route, http.status = status.as_u16(), duration_ms = milliseconds },
        "request"
    );
    if let Some(metrics) = metrics {
        metrics.end(&route, status, elapsed);
    }
    Ok(response)
}

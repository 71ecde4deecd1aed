//! What an answer cost, in a header that browsers' developer tools show (W3C Server Timing).

use std::time::Instant;

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
};
use novashop_db::statements;

/// Adds `Server-Timing: db;desc="3 statements";dur=1.2, total;dur=2.0`, in milliseconds.
///
/// # Errors
/// Those of what it wraps.
pub async fn server_timing<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let (response, used) = statements::counted(next.call(request)).await;
    let mut response = response?;
    let milliseconds = |elapsed: std::time::Duration| elapsed.as_secs_f64() * 1000.0;
    let text =
        format!("db;desc=\"{} statements\";dur={:.1}, total;dur={:.1}", used.count, milliseconds(used.elapsed), milliseconds(started.elapsed()));
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(HeaderName::from_static("server-timing"), value);
    }
    Ok(response)
}

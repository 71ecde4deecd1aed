//! Headers that tell browsers how little an answer of ours may do: on every answer, whatever it is.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
};

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// For what is data: opened in a tab it loads nothing, runs nothing and is framed by nobody.
const DATA: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
/// For Swagger UI: its own files, the pictures inside its styles, and calls to this shop.
const DOCUMENTATION: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Sets them. HTTPS alone is demanded by what terminates TLS.
///
/// # Errors
/// Those of what it wraps.
pub async fn browsers<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    let path = response.request().path();
    // Pictures are shown by pages of other origins: that is what they are for.
    let shared = if path.starts_with("/media/") { "cross-origin" } else { "same-origin" };
    let documentation = path.starts_with("/documentation/");
    let headers = response.headers_mut();
    // A page that needs a style has said so, by the style's digest.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(if documentation { DOCUMENTATION } else { DATA }));
    }
    for (name, value) in [
        (CROSS_ORIGIN_RESOURCE_POLICY, shared),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

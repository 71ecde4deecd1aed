//! Too many requests are refused before anything is looked up for them.

use std::sync::Arc;

use actix_web::{
    Error, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

use crate::{
    extract::client_address,
    limits::{Class, Limits, RATE_LIMIT, RATE_LIMIT_POLICY},
};

/// Takes a place of the client's quota and tells in the headers what is left; without a place the answer is 429. `own` is the class of a
/// route that has one of its own.
///
/// # Errors
/// Those of what it wraps.
pub async fn rate_limit(
    own: Option<Class>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(limits) = request.app_data::<Arc<Limits>>() else { return next.call(request).await.map(ServiceResponse::map_into_boxed_body) };
    let class = own.unwrap_or_else(|| by_method(&request));
    let taken = limits.take_for_address(class, client_address(request.request()));
    let mut response = match taken.refusal() {
        Some(refusal) => request.into_response(refusal.error_response()),
        None => next.call(request).await?.map_into_boxed_body(),
    };
    // Beside those of an account's own quota, where that was spent: both fields are lists (RFC 9651).
    response.headers_mut().append(RATE_LIMIT_POLICY, taken.policy_header());
    response.headers_mut().append(RATE_LIMIT, taken.state_header());
    Ok(response)
}

fn by_method(request: &ServiceRequest) -> Class {
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    match reads {
        true if searches(request.query_string()) => Class::Search,
        true => Class::Read,
        false => Class::Write,
    }
}

/// Whether there is a parameter `q`, however it is written.
fn searches(query: &str) -> bool {
    query.split('&').any(|pair| ["q=", "%71="].iter().any(|name| pair.starts_with(name)))
}

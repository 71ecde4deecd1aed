//! Too many requests are refused before anything is looked up for them.

use actix_web::{
    Error, HttpMessage, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Query,
};

use crate::limits::{self, Class};

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
    let class = own.unwrap_or_else(|| by_method(&request));
    let Some(taken) = limits::take(request.request(), class).await else { return next.call(request).await.map(ServiceResponse::map_into_boxed_body) };
    // For the cache: when it answers this address by itself, that counts too.
    request.extensions_mut().insert(class);
    let mut response = match taken.refusal() {
        Some(refusal) => request.into_response(refusal.error_response()),
        None => next.call(request).await?.map_into_boxed_body(),
    };
    taken.tell(response.headers_mut());
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

/// Whether a whole list is read for it: by words, or to count it. However the parameters are written.
fn searches(query: &str) -> bool {
    let reads_all = |name: &str, value: &str| name == "q" || matches!(name, "facets" | "include_total") && value != "false";
    match query.contains('%') {
        // What cannot be read is refused.
        true => Query::<Vec<(String, String)>>::from_query(query).is_ok_and(|pairs| pairs.iter().any(|(name, value)| reads_all(name, value))),
        false => query.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, value)| reads_all(name, value)),
    }
}

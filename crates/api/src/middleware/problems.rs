//! Writes the problem document of every refusal, the framework's own included.

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
};
use novashop_types::ErrorCode;

use super::RequestId;
use crate::{Failure, app::RouteName, extract::encoding};

/// Turns failures into `application/problem+json`, and logs those that are ours, once.
///
/// # Errors
/// Those of what it wraps.
pub async fn problem_documents<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    // No address of ours has a NUL, and PostgreSQL would not take one; nor has one of them a name that is no text.
    let path = request.path();
    if path.contains('\0') || path.contains('%') && (path.contains("%00") || !encoding::is_text(path)) {
        let response = Failure::new(ErrorCode::NotFound, "There is nothing at this address.");
        return Ok(written(request.into_response(actix_web::ResponseError::error_response(&response)).map_into_right_body()));
    }
    let response = next.call(request).await?;
    Ok(written(response.map_into_left_body()))
}

fn written<B: MessageBody + 'static>(mut response: ServiceResponse<EitherBody<B, BoxBody>>) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let failure = response.response_mut().extensions_mut().remove::<Failure>();
    let framework = response.status().is_client_error() || response.status().is_server_error();
    let failure = match failure {
        Some(failure) => failure,
        None if framework && !is_problem(&response) => Failure::of_status(response.status()),
        None => return response,
    };
    let request = response.request().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id.as_ref().map_or("", RequestId::as_str);
    if let Some(log) = failure.log() {
        let route = request.app_data::<RouteName>().map_or("unmatched", RouteName::as_str);
        tracing::error!(request.id = id, http.method = request.method().as_str(), http.route = route, error = log, "request failed");
    }
    let document = serde_json::to_vec(&failure.document(&request, id)).unwrap_or_default();
    let mut response = response.map_body(|_, _| EitherBody::right(BoxBody::new(document)));
    response.response_mut().extensions_mut().insert(failure.code());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::CONTENT_LENGTH);
    response
}

fn is_problem<B>(response: &ServiceResponse<B>) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem+json"))
}

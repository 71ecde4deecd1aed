//! Requests that two readers would take apart in two ways are refused: a proxy in front might see another request than we do.

use actix_web::{
    Error, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{ConnectionType, Version, header},
    middleware::Next,
};
use novashop_types::ErrorCode;

use crate::Failure;

/// Refuses both lengths at once, a coding that is not `chunked`, and any in HTTP/1.0, and ends the connection (RFC 9112, 6.1). What is
/// malformed otherwise actix-web refuses by itself, without a body.
///
/// # Errors
/// Those of what it wraps.
pub async fn unambiguous_framing<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    if !is_ambiguous(&request) {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    let refusal = Failure::new(ErrorCode::BadRequest, "Send either `Content-Length` or, in HTTP/1.1, `Transfer-Encoding: chunked`.");
    let mut response = request.into_response(refusal.error_response()).map_into_right_body();
    response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    Ok(response)
}

fn is_ambiguous(request: &ServiceRequest) -> bool {
    let Some(coding) = request.headers().get(header::TRANSFER_ENCODING) else { return false };
    let chunked = coding.to_str().is_ok_and(|coding| coding.trim().eq_ignore_ascii_case("chunked"));
    !chunked || request.version() < Version::HTTP_11 || request.headers().contains_key(header::CONTENT_LENGTH)
}

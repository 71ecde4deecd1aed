//! Errors as RFC 9457 problem documents: the only `ResponseError` of the API.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use novashop_services::{Error, error::Refusal};
use novashop_types::{ErrorCode, Problem};

/// A request that failed: a refusal with public words, or a failure whose words stay in the log.
#[derive(Debug, Clone)]
pub struct Failure {
    refusal: Box<Refusal>,
    headers: Vec<(HeaderName, HeaderValue)>,
    log: Option<String>,
}

impl Failure {
    /// A refusal with its sentence.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Error::refused(code, detail).into()
    }

    /// A method that the address does not know, with those it knows (RFC 9110, 15.5.6).
    #[must_use]
    pub fn method_not_allowed(allow: String) -> Self {
        let failure = Self::new(ErrorCode::MethodNotAllowed, format!("This address answers to {allow}."));
        match HeaderValue::from_str(&allow) {
            Ok(allow) => failure.with_header(header::ALLOW, allow),
            Err(_) => failure,
        }
    }

    /// A body that did not come in time.
    #[must_use]
    pub fn too_slow(patience: Duration) -> Self {
        Self::new(ErrorCode::RequestTimeout, format!("The whole body has to come within {} seconds.", patience.as_secs_f32()))
    }

    /// More requests than are allowed, with the seconds until there is a place again.
    #[must_use]
    pub fn too_many_requests(detail: String, retry_after_seconds: i64) -> Self {
        Self::new(ErrorCode::TooManyRequests, detail).with_header(header::RETRY_AFTER, retry_after_seconds.into())
    }

    /// The same with a header more.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// A body over the limit.
    #[must_use]
    pub fn too_large(limit_bytes: usize) -> Self {
        Self::new(ErrorCode::PayloadTooLarge, format!("The body may have up to {} KiB.", limit_bytes / 1024))
    }

    /// The failure that stands for a status the framework gave by itself.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let code = ErrorCode::ALL
            .iter()
            .copied()
            .find(|code| code.status() == status.as_u16() && !matches!(code, ErrorCode::Conflict))
            .unwrap_or(if status.is_server_error() { ErrorCode::Internal } else { ErrorCode::BadRequest });
        Error::code(code).into()
    }

    /// The stable reason.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.refusal.code
    }

    /// What the log should know and the client should not.
    #[must_use]
    pub fn log(&self) -> Option<&str> {
        self.log.as_deref()
    }

    /// The document, once the request is known.
    #[must_use]
    pub fn document(&self, request: &HttpRequest, request_id: &str) -> Problem {
        let Refusal { code, detail, errors, lines } = (*self.refusal).clone();
        let available = match lines.as_slice() {
            [only] => Some(only.available),
            _ => None,
        };
        Problem {
            type_uri: code.type_uri(),
            code,
            title: code.title().into(),
            status: code.status(),
            detail,
            instance: request.path().to_owned(),
            request_id: request_id.to_owned(),
            errors,
            available,
            lines,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.refusal.fmt(f)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let hidden = |code: ErrorCode, error: &Error| Self { refusal: Box::new(silent(code)), headers: Vec::new(), log: Some(chain(error)) };
        match error {
            Error::Refused(refusal) => Self { refusal, headers: Vec::new(), log: None },
            Error::Database(novashop_db::Error::Unavailable(_) | novashop_db::Error::Busy(_) | novashop_db::Error::LockTimeout(_)) => {
                hidden(ErrorCode::Unavailable, &error)
            }
            error => hidden(ErrorCode::Internal, &error),
        }
    }
}

impl From<novashop_db::Error> for Failure {
    fn from(error: novashop_db::Error) -> Self {
        Error::from(error).into()
    }
}

fn silent(code: ErrorCode) -> Refusal {
    Refusal { code, detail: format!("{}. {}", code.title(), code.help()), errors: Vec::new(), lines: Vec::new() }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        source = inner.source();
    }
    text
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Status and headers only: the middleware writes the document, because it knows the request.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        match self.refusal.code {
            ErrorCode::InvalidToken | ErrorCode::TokenExpired => {
                response.insert_header((header::WWW_AUTHENTICATE, r#"Bearer error="invalid_token""#));
            }
            _ if self.status_code() == StatusCode::UNAUTHORIZED => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            ErrorCode::Unavailable => {
                response.insert_header((header::RETRY_AFTER, "2"));
            }
            _ => {}
        }
        for header in &self.headers {
            response.append_header(header.clone());
        }
        if self.refusal.code == ErrorCode::RequestTimeout {
            // Nobody waits for the rest (RFC 9110, 15.5.9).
            response.force_close();
        }
        let mut response = response.finish();
        response.extensions_mut().insert(Self { refusal: self.refusal.clone(), headers: Vec::new(), log: self.log.clone() });
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waited_too_long_for_a_row_is_told_to_come_again() {
        let failure = Failure::from(novashop_db::Error::LockTimeout(novashop_db::Error::Unique("55P03".to_owned()).into()));
        assert_eq!(failure.code(), ErrorCode::Unavailable, "it is nobody's twin");
        assert_eq!(failure.error_response().headers().get(header::RETRY_AFTER).unwrap(), "2");
        assert!(failure.log().is_some_and(|log| log.contains("lock timeout")));
    }
}

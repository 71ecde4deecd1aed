//! Uploads: the parts of a `multipart/form-data` body, each within its limit.

use std::collections::HashMap;

use actix_multipart::{Multipart, MultipartError};
use actix_web::{error::PayloadError, http::header, rt::time::timeout, web};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use novashop_services::Error;
use novashop_types::ErrorCode;

use super::{Input, patience};
use crate::Failure;

/// Boundaries and headers come on top of what is in the parts.
const AROUND: usize = 64 * 1024;

/// What an upload may hold.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The names of its parts, and how many bytes each may have. The first one is the file.
    pub parts: &'static [(&'static str, usize)],
    /// What to say where one has more.
    pub too_large: &'static str,
    /// What to say to another kind of body.
    pub wrong_type: &'static str,
}

/// A part of an upload.
#[derive(Debug)]
pub struct Part {
    /// What is in it.
    pub bytes: Bytes,
    /// What the file was called where it came from.
    pub file_name: Option<String>,
}

impl Form {
    /// Reads the parts of a body, by name. Refused before reading where the body is announced as too large.
    ///
    /// # Errors
    /// 413, 415, 408, 400 where it is not multipart as RFC 7578 has it, 422 for a part that is unknown or comes twice.
    pub async fn read(&self, input: &Input, payload: web::Payload) -> Result<HashMap<&'static str, Part>, Failure> {
        let patience = patience(input.request()).upload;
        timeout(patience, self.read_parts(input, payload)).await.map_err(|_| Failure::too_slow(patience))?
    }

    async fn read_parts(&self, input: &Input, payload: web::Payload) -> Result<HashMap<&'static str, Part>, Failure> {
        let announced = input.header("content-length").and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
        if announced > self.limit() {
            return Err(self.too_large());
        }
        let kind = input.request().headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("multipart/form-data") {
            // A body that is too large is told so before its type is.
            input.body_bytes()?;
            return Err(Failure::new(ErrorCode::UnsupportedMediaType, self.wrong_type));
        }
        input.check_uncompressed()?;
        let mut fields = Multipart::new(input.request().headers(), self.bounded(payload));
        let mut parts = HashMap::new();
        while let Some(field) = fields.next().await {
            let mut field = field.map_err(|error| self.malformed(&error))?;
            let name: String = field.name().unwrap_or_default().chars().take(100).collect();
            let Some((name, limit)) = self.parts.iter().copied().find(|(known, _)| *known == name) else {
                let message = format!("is not known here; expected {}", self.names());
                return Err(Error::invalid_field(format!("/{}", pointer(&name)), "unknown_field", message).into());
            };
            if parts.contains_key(name) {
                return Err(Error::invalid_field(format!("/{name}"), "duplicate", "was sent twice").into());
            }
            let file_name = field.content_disposition().and_then(|disposition| disposition.get_filename()).map(str::to_owned);
            let bytes = self.read_part(&mut field, limit, announced.min(limit)).await?;
            parts.insert(name, Part { bytes, file_name });
        }
        Ok(parts)
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.parts.iter().map(|(name, _)| *name).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => names.join(""),
        }
    }

    fn limit(&self) -> usize {
        self.parts.first().map_or(0, |(_, limit)| *limit) + AROUND
    }

    /// The payload up to the limit and no further, whatever it announced and however its parts are cut.
    fn bounded(&self, payload: web::Payload) -> impl Stream<Item = Result<Bytes, PayloadError>> + use<> {
        let mut left = self.limit();
        payload.map(move |chunk| {
            let chunk = chunk?;
            left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
            Ok(chunk)
        })
    }

    /// Makes room for what was announced at once: growing by and by would hold it twice.
    async fn read_part(&self, part: &mut actix_multipart::Field, limit: usize, expected: usize) -> Result<Bytes, Failure> {
        let mut whole = BytesMut::with_capacity(expected);
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|error| self.malformed(&error))?;
            if whole.len() + chunk.len() > limit {
                return Err(self.too_large());
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    fn too_large(&self) -> Failure {
        Failure::new(ErrorCode::PayloadTooLarge, self.too_large)
    }

    fn malformed(&self, error: &MultipartError) -> Failure {
        if matches!(error, MultipartError::Payload(PayloadError::Overflow)) {
            return self.too_large();
        }
        Failure::new(ErrorCode::BadRequest, format!("The multipart body cannot be read: {error}."))
    }
}

/// A name for a JSON Pointer (RFC 6901, 3).
fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

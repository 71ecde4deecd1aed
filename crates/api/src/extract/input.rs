//! What was sent. Reading it is the handler's second step: who may not do a thing is told so before his typing errors.

use std::{cell::OnceCell, collections::HashSet, future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    rt::time::timeout,
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt;
use novashop_services::idempotency::Repeatable;
use novashop_types::{ErrorCode, Language, lists};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use validator::Validate;

use super::{encoding, json};
use crate::{Failure, network::Patience};

/// The largest number of parameters in a query: room for every value of a few options.
const MAX_PARAMETERS: usize = 600;

/// The largest JSON body.
pub const JSON_LIMIT: usize = 1024 * 1024;

#[derive(Debug)]
enum Body {
    /// Read whole.
    Whole(Bytes),
    /// More than the limit.
    TooLarge,
    /// The connection broke, or the encoding of the transfer did.
    Broken,
    /// It did not come in time.
    TooSlow,
}

/// Path, query, headers and body of a request. The body of an upload (multipart) is left to its own reader.
#[derive(Debug)]
pub struct Input {
    request: HttpRequest,
    body: Body,
    pairs: OnceCell<Vec<(String, String)>>,
}

impl FromRequest for Input {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let upload = text_header(&request, "content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/"));
        let mut payload = if upload { Payload::None } else { payload.take() };
        Box::pin(async move {
            let announced = text_header(&request, "content-length").and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
            let patience = patience(&request).body;
            let body = if announced > JSON_LIMIT { Body::TooLarge } else { timeout(patience, read(&mut payload)).await.unwrap_or(Body::TooSlow) };
            Ok(Self { request, body, pairs: OnceCell::new() })
        })
    }
}

async fn read(payload: &mut Payload) -> Body {
    let mut whole = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        match chunk {
            Ok(chunk) if whole.len() + chunk.len() > JSON_LIMIT => return Body::TooLarge,
            Ok(chunk) => whole.extend_from_slice(&chunk),
            Err(_) => return Body::Broken,
        }
    }
    Body::Whole(whole.freeze())
}

/// How long a request may take to arrive.
pub fn patience(request: &HttpRequest) -> Patience {
    request.app_data::<Patience>().copied().unwrap_or_default()
}

fn text_header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

impl Input {
    /// Of a request whose body is not read: what follows its head is something else.
    #[must_use]
    pub fn without_body(request: &HttpRequest) -> Self {
        Self { request: request.clone(), body: Body::Whole(Bytes::new()), pairs: OnceCell::new() }
    }

    /// The request itself.
    #[must_use]
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// A part of the path; empty where the route has no such part.
    #[must_use]
    pub fn path(&self, name: &str) -> &str {
        self.request.match_info().get(name).unwrap_or_default()
    }

    /// A header, where it is plain text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        text_header(&self.request, name)
    }

    /// The body as it came.
    ///
    /// # Errors
    /// 413, 408 where it did not come in time, or 400 where it could not be read.
    pub fn body_bytes(&self) -> Result<&Bytes, Failure> {
        match &self.body {
            Body::Whole(bytes) => Ok(bytes),
            Body::TooLarge => Err(Failure::too_large(JSON_LIMIT)),
            Body::Broken => Err(Failure::new(ErrorCode::BadRequest, "The body could not be read to its end.")),
            Body::TooSlow => Err(Failure::too_slow(patience(&self.request).body)),
        }
    }

    /// Says so where there are parameters: for operations that take none but, at most, an order's `token`.
    ///
    /// # Errors
    /// 400 naming the parameter.
    pub fn no_query(&self) -> Result<(), Failure> {
        self.readable_query()?;
        match self.query_pairs().iter().find(|(name, _)| name != "token") {
            Some((name, _)) => Err(json::unknown_parameter(name, None)),
            None => Ok(()),
        }
    }

    fn readable_query(&self) -> Result<(), Failure> {
        let detail = "The query is not percent-encoded UTF-8. Write `%` itself as `%25`.";
        if encoding::is_text(self.request.query_string()) { Ok(()) } else { Err(Failure::new(ErrorCode::InvalidParameter, detail)) }
    }

    /// The body as JSON, checked. An operation that takes a body takes no query.
    ///
    /// # Errors
    /// 413, 415, 400 where it is not JSON, 422 where fields are wrong.
    pub fn json<T: DeserializeOwned + Validate>(&self) -> Result<T, Failure> {
        let bytes = self.body_bytes()?;
        self.check_content_type(bytes)?;
        self.no_query()?;
        json::parse(bytes)
    }

    /// The body as JSON, or the default where there is none.
    ///
    /// # Errors
    /// Those of [`Self::json`].
    pub fn json_or_default<T: DeserializeOwned + Validate + Default>(&self) -> Result<T, Failure> {
        if self.body_bytes()?.is_empty() { Ok(T::default()) } else { self.json() }
    }

    /// Says so where the body is compressed: what is never unpacked cannot grow to fill the memory.
    ///
    /// # Errors
    /// 415.
    pub fn check_uncompressed(&self) -> Result<(), Failure> {
        let plain = |coding: &header::HeaderValue| coding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity");
        if self.request.headers().get_all(header::CONTENT_ENCODING).all(plain) {
            return Ok(());
        }
        Err(Failure::new(ErrorCode::UnsupportedMediaType, "Bodies are taken uncompressed: leave `Content-Encoding` out."))
    }

    fn check_content_type(&self, body: &Bytes) -> Result<(), Failure> {
        self.check_uncompressed()?;
        if !self.request.headers().contains_key(header::CONTENT_TYPE) && body.is_empty() {
            return Err(Failure::new(ErrorCode::MalformedJson, "The body is missing: send a JSON document."));
        }
        self.check_json_type()
    }

    /// Says so where the body is not announced as JSON, also where there is none: a form of another site can send
    /// a cookie along, but not this type.
    ///
    /// # Errors
    /// 415.
    pub fn check_json_type(&self) -> Result<(), Failure> {
        let kind = self.request.headers().get(header::CONTENT_TYPE);
        let essence = kind.and_then(|kind| kind.to_str().ok()).map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        match essence.as_deref() {
            Some("application/json") => Ok(()),
            Some(kind) if kind.starts_with("application/") && kind.ends_with("+json") => Ok(()),
            _ => Err(Failure::new(ErrorCode::UnsupportedMediaType, "Send `Content-Type: application/json`.")),
        }
    }

    /// The query's pairs, decoded.
    #[must_use]
    pub fn query_pairs(&self) -> &[(String, String)] {
        self.pairs.get_or_init(|| serde_urlencoded::from_str(self.request.query_string()).unwrap_or_default())
    }

    /// The query, checked.
    ///
    /// # Errors
    /// 400 naming the parameter that is unknown or wrong.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        self.query_without("\0").map(|(query, _)| query)
    }

    /// The query without the parameters whose names begin with a prefix, and those parameters without it.
    ///
    /// # Errors
    /// 400 naming the parameter that is unknown or wrong.
    pub fn query_without<T: DeserializeOwned>(&self, prefix: &str) -> Result<(T, Vec<(String, String)>), Failure> {
        self.readable_query()?;
        let invalid = |detail: String| Failure::new(ErrorCode::InvalidParameter, detail);
        let pairs = self.query_pairs();
        if let Some((name, _)) = pairs.iter().find(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(invalid(format!("`{}` has a character that no text has.", name.replace('\0', ""))));
        }
        if pairs.len() > MAX_PARAMETERS {
            return Err(invalid(format!("A query may have up to {MAX_PARAMETERS} parameters.")));
        }
        let mut seen = HashSet::new();
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !name.starts_with(prefix) && !seen.insert(name)) {
            return Err(invalid(format!("`{name}` is given twice.")));
        }
        let split = |(name, value): &(String, String)| name.strip_prefix(prefix).map(|rest| (rest.to_owned(), value.clone()));
        let prefixed = pairs.iter().filter_map(split).collect();
        let plain = pairs.iter().filter(|(name, _)| !name.starts_with(prefix)).map(|(name, value)| (name.clone(), value.clone()));
        let text = serde_urlencoded::to_string(plain.collect::<Vec<_>>()).map_err(|error| invalid(error.to_string()))?;
        json::parse_query(&text).map(|query| (query, prefixed))
    }

    /// The page size.
    ///
    /// # Errors
    /// 400 outside 1 to 100.
    pub fn limit(&self, asked: Option<u32>) -> Result<u32, Failure> {
        let limit = asked.unwrap_or(lists::DEFAULT_LIMIT);
        if (1..=lists::MAX_LIMIT).contains(&limit) {
            Ok(limit)
        } else {
            Err(Failure::new(ErrorCode::InvalidParameter, format!("`limit` must be from 1 to {}.", lists::MAX_LIMIT)))
        }
    }

    /// The version in `If-Match`: the part of our `ETag` that only changes by staff's or the owner's hand.
    ///
    /// A list is refused, although RFC 9110 has it: whoever changes something has seen one state of it, and to go by one tag of several
    /// could overwrite what nobody saw.
    ///
    /// # Errors
    /// 412 where it is not one tag, or one that cannot be ours.
    pub fn if_match(&self) -> Result<Option<i64>, Failure> {
        let refused = |detail: &str| Failure::new(ErrorCode::PreconditionFailed, detail);
        let mut values = self.request.headers().get_all(header::IF_MATCH);
        let Some(value) = values.next() else { return Ok(None) };
        let text = value.to_str().unwrap_or_default().trim();
        if values.next().is_some() || text.contains(',') {
            return Err(refused("`If-Match` takes one ETag here: that of the state you have seen."));
        }
        if text == "*" {
            return Ok(None);
        }
        version_of(text).map(Some).ok_or_else(|| refused("`If-Match` is not an ETag that this address gave, in its quotation marks."))
    }

    /// The language that whoever asks likes best among ours.
    #[must_use]
    pub fn language(&self) -> Language {
        self.header("accept-language").and_then(Language::accepted).unwrap_or_default()
    }

    /// The guest's cart token, where one was sent.
    #[must_use]
    pub fn cart_token(&self) -> Option<String> {
        self.header("x-cart-token").map(str::to_owned)
    }

    /// The token of a guest's order, from the header or, as in mails, from the query.
    #[must_use]
    pub fn order_token(&self) -> Option<String> {
        let from_query = || self.query_pairs().iter().find(|(name, _)| name == "token").map(|(_, value)| value.clone());
        self.header("x-order-token").map(str::to_owned).or_else(from_query)
    }

    /// The key under which a repeat of this request is known.
    ///
    /// # Errors
    /// 400 where it is not 1 to 255 visible ASCII characters.
    pub fn idempotency_key(&self) -> Result<Option<String>, Failure> {
        let Some(value) = self.request.headers().get("idempotency-key") else { return Ok(None) };
        let key = value.as_bytes();
        if (1..=255).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic) {
            Ok(Some(String::from_utf8_lossy(key).into_owned()))
        } else {
            Err(Failure::new(ErrorCode::InvalidIdempotencyKey, "`Idempotency-Key` must be 1 to 255 visible ASCII characters."))
        }
    }

    /// What a repeat of this request is known by.
    ///
    /// # Errors
    /// 413 for a body over the limit, 400 for a key that is not usable.
    pub fn repeatable(&self) -> Result<Repeatable, Failure> {
        self.body_bytes()?;
        Ok(Repeatable { key: self.idempotency_key()?, fingerprint: self.fingerprint() })
    }

    /// What makes two requests the same: method, path and body.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<u8> {
        let body: &[u8] = match &self.body {
            Body::Whole(bytes) => bytes,
            _ => &[],
        };
        // The same JSON in other white space is the same request.
        let canonical =
            serde_json::from_slice::<serde_json::Value>(body).map(|value| value.to_string().into_bytes()).unwrap_or_else(|_| body.to_vec());
        Sha256::new()
            .chain_update(self.request.method().as_str())
            .chain_update(b" ")
            .chain_update(self.request.path())
            .chain_update(b"\n")
            .chain_update(canonical)
            .finalize()
            .to_vec()
    }
}

/// The version in one of our tags, `"v3-5f0c"`; weak where the answer was compressed.
fn version_of(tag: &str) -> Option<i64> {
    let text = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    let (version, _digest) = text.strip_prefix('v')?.split_once('-')?;
    // Digits only: a sign would be read too.
    version.parse().ok().filter(|_| version.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_one_of_our_tags_and_from_nothing_else() {
        assert_eq!(version_of("\"v3-5f0c\""), Some(3));
        assert_eq!(version_of("W/\"v3-5f0c\""), Some(3));
        for other in [
            "v3-5f0c",
            "\"v3-5f0c",
            "v3-5f0c\"",
            "\"\"v3-5f0c\"\"",
            "W/W/\"v3-5f0c\"",
            "\"v3\"",
            "\"v+3-5f0c\"",
            "\"v-3-5f0c\"",
            "\"3-5f0c\"",
            "\"",
            "",
        ] {
            assert_eq!(version_of(other), None, "{other}");
        }
    }
}

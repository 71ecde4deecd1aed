//! Every way the API says no: one table of stable codes, and the problem document (RFC 9457) that carries them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal $title:literal, $help:literal;)+) => {
        /// The stable reason of a refusal. Clients match on it; the sentences beside it may change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $(#[doc = $title] $name,)+ }

        impl ErrorCode {
            /// Every code there is, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it stands in answers: `out_of_stock`.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code),+ } }

            /// The HTTP status (RFC 9110) that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status),+ } }

            /// A short sentence for people, the same for every occurrence.
            #[must_use]
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),+ } }

            /// What somebody who meets it should do next.
            #[must_use]
            pub const fn help(self) -> &'static str { match self { $(Self::$name => $help),+ } }
        }
    };
}

error_codes! {
    BadRequest "bad_request" 400 "The request is malformed", "Compare the request with the documentation of the operation; `detail` says what could not be read.";
    MalformedJson "malformed_json" 400 "The body is not JSON", "Check the body at the line and column that `detail` names.";
    UnknownParameter "unknown_parameter" 400 "The query has an unknown parameter", "Remove or correct the parameter that `detail` names.";
    InvalidParameter "invalid_parameter" 400 "A query parameter or header has a wrong value", "Correct the value that `detail` names.";
    InvalidCursor "invalid_cursor" 400 "The cursor does not belong to this query", "Start again without `cursor`, and pass on `next_cursor` unchanged with the same filters and sort.";
    InvalidIdempotencyKey "invalid_idempotency_key" 400 "The Idempotency-Key is not usable", "Send 1 to 255 visible ASCII characters, for instance a UUID.";
    Unauthorized "unauthorized" 401 "You are not signed in", "Sign in at POST /api/v1/auth/login and send the access token as `Authorization: Bearer <token>`.";
    InvalidToken "invalid_token" 401 "The access token is not valid", "Get a new pair at POST /api/v1/auth/refresh, or sign in again.";
    TokenExpired "token_expired" 401 "The access token has expired", "Get a new pair at POST /api/v1/auth/refresh.";
    InvalidCredentials "invalid_credentials" 401 "The login or the password is wrong", "Check both, or ask for a new password at POST /api/v1/auth/password/forgot.";
    InvalidRefreshToken "invalid_refresh_token" 401 "The refresh token is not valid", "Sign in again. A refresh token works once; using it twice ends the session.";
    Forbidden "forbidden" 403 "Your account may not do this", "Ask an administrator of the shop for the role that this operation needs.";
    NotFound "not_found" 404 "There is no such thing", "Check the address and the id.";
    MethodNotAllowed "method_not_allowed" 405 "This address does not know the method", "Use one of the methods in the `Allow` header.";
    RequestTimeout "request_timeout" 408 "The body did not come in time", "Send the whole body at once: JSON within 20 seconds, a picture within two minutes.";
    PayloadTooLarge "payload_too_large" 413 "The body is too large", "JSON bodies may have 1 MiB, images 10 MiB.";
    UnsupportedMediaType "unsupported_media_type" 415 "The body's type is not supported", "Send `Content-Type: application/json`, or multipart/form-data with a JPEG, PNG or WebP for images.";
    PreconditionFailed "precondition_failed" 412 "Somebody else changed it first", "Read it again, look at what changed, and send your change with the new ETag in `If-Match`.";
    Invalid "invalid" 422 "Some of the fields are not valid", "Correct the fields that `errors` points at.";
    EmptyCart "empty_cart" 422 "The cart is empty", "Put something in the cart before you order.";
    IdempotencyKeyReused "idempotency_key_reused" 422 "The Idempotency-Key was used for another request", "Use a new key for a new request, and the same body when you repeat one.";
    InvalidLink "invalid_link" 422 "The link is not valid any more", "Links from e-mails work once and for a limited time. Ask for a new one.";
    Conflict "conflict" 409 "The request conflicts with the present state", "Read the present state and decide again.";
    UsernameTaken "username_taken" 409 "The username is taken", "Choose another username.";
    EmailTaken "email_taken" 409 "The e-mail address has an account already", "Sign in, or ask for a new password.";
    SlugTaken "slug_taken" 409 "The slug is taken", "Choose another slug.";
    SkuTaken "sku_taken" 409 "The SKU is taken", "Choose another SKU.";
    OptionsTaken "options_taken" 409 "Another variant has the same options", "Give the variant options of its own.";
    AlreadyReviewed "already_reviewed" 409 "You have reviewed this product already", "Change your review instead.";
    CategoryNotEmpty "category_not_empty" 409 "The category still holds products or categories", "Move them to another category first.";
    LastVariant "last_variant" 409 "A product needs at least one variant", "Archive the product instead.";
    OutOfStock "out_of_stock" 409 "There is not enough in stock", "Lower the quantity to what `available` says.";
    StockNotAvailable "stock_not_available" 409 "The stock cannot go below zero", "Read the present stock and send a smaller change.";
    CartFull "cart_full" 409 "The cart has no room for another line", "A cart holds 100 different lines. Remove one first.";
    VariantChoiceNeeded "variant_choice_needed" 409 "The product has several variants", "Send the `variant_id` of the one that is meant.";
    TransitionNotAllowed "transition_not_allowed" 409 "The order cannot go to that state from its present one", "See the order's `status` and the table of allowed moves in the documentation.";
    IdempotencyInProgress "idempotency_in_progress" 409 "The first request with this Idempotency-Key is still running", "Wait a moment and repeat the request with the same key.";
    TooManyRequests "too_many_requests" 429 "Too many requests", "Wait as long as `Retry-After` says.";
    Internal "internal" 500 "The shop made a mistake", "Nothing you did is lost. Try again, and tell us the `request_id` if it stays.";
    Unavailable "unavailable" 503 "The shop cannot answer just now", "Try again after the seconds in `Retry-After`.";
}

impl ErrorCode {
    /// The page that explains the code: `/problems/out-of-stock`.
    #[must_use]
    pub fn type_uri(self) -> String {
        format!("/problems/{}", self.slug())
    }

    /// The code with hyphens, as in the address of its page.
    #[must_use]
    pub fn slug(self) -> String {
        self.code().replace('_', "-")
    }
}

/// What is wrong with one field of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where it is, as a JSON Pointer (RFC 6901) into the body.
    #[schema(example = "/items/0/quantity")]
    pub pointer: String,
    /// A stable word for the reason: `required`, `unknown_field`, `type`, `length`, `range`, …
    #[schema(example = "range")]
    pub code: String,
    /// The reason in a sentence.
    #[schema(example = "must be from 1 to 999")]
    pub message: String,
}

impl FieldError {
    /// A reason for one field.
    pub fn new(pointer: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.into(), message: message.into() }
    }
}

/// One line that cannot be delivered as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShortLine {
    /// The variant that is short.
    pub variant_id: crate::VariantId,
    /// Its product's name.
    pub name: String,
    /// How many were asked for.
    #[schema(example = 3)]
    pub requested: i64,
    /// How many there are.
    #[schema(example = 1)]
    pub available: i64,
}

/// A refusal, as RFC 9457 problem details (`application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// The address of a page that explains the problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/out-of-stock")]
    pub type_uri: String,
    /// The same as a stable word: match on this.
    pub code: ErrorCode,
    /// The problem in a short sentence.
    #[schema(example = "There is not enough in stock")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// What happened in this case.
    #[schema(example = "Only 1 of “Stoneware mug” is left.")]
    pub detail: String,
    /// The path of the request.
    #[schema(example = "/api/v1/orders")]
    pub instance: String,
    /// The request's id, also in the `X-Request-Id` header and in the server's log.
    #[schema(example = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5")]
    pub request_id: String,
    /// With 422: what is wrong, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// With `out_of_stock`: how many there are (of the only short line).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<i64>,
    /// With `out_of_stock`: every short line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<ShortLine>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_in_the_table_is_the_code_on_the_wire() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.code());
            assert!((400..=599).contains(&code.status()));
        }
    }
}

//! How the API says no: the problem document (RFC 9457).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ErrorCode;

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

impl ErrorCode {
    /// The problem document that answers [`Self::example_request`].
    #[must_use]
    pub fn example(self) -> Problem {
        const ID: &str = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";
        let address = self.example_request().split_whitespace().nth(1).unwrap_or_default();
        let short = ShortLine {
            variant_id: crate::VariantId(uuid::Uuid::from_u128(0x0198_c0de_7a11_7c3f_9a54_0c1d_e2f3_a4b5)),
            name: "Stoneware mug".into(),
            requested: 3,
            available: 1,
        };
        Problem {
            type_uri: self.type_uri(),
            code: self,
            title: self.title().into(),
            status: self.status(),
            detail: self.example_detail().into(),
            instance: address.split('?').next().unwrap_or_default().into(),
            request_id: ID.into(),
            errors: if self == Self::Invalid { vec![FieldError::new("/quantity", "range", "must be from 1 to 999")] } else { Vec::new() },
            available: (self == Self::OutOfStock).then_some(short.available),
            lines: if self == Self::OutOfStock { vec![short] } else { Vec::new() },
        }
    }
}

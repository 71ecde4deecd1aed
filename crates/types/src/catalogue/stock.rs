//! Stock and its ledger.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::rules::not_blank;
use crate::{StockMovementId, Timestamp, UserId, VariantId};

/// A change of stock: either by `delta` or to `set`.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"delta": -3, "reason": "broken in the warehouse"}))]
pub struct StockChange {
    /// How many more, or with a minus fewer.
    #[serde(default)]
    #[validate(range(min = -1_000_000_000, max = 1_000_000_000, message = "must be from -1000000000 to 1000000000"))]
    #[schema(example = -3, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub delta: Option<i64>,
    /// How many there are now, after counting.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000_000, message = "must be from 0 to 1000000000"))]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub set: Option<i64>,
    /// Why, for the ledger.
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "not_blank"))]
    #[schema(example = "broken in the warehouse", min_length = 1, max_length = 200, pattern = r"\S")]
    pub reason: String,
}

/// Why a stock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StockMovementKind {
    /// The stock a variant began with.
    Initial,
    /// Staff changed it.
    Adjusted,
    /// An order took it.
    Sold,
    /// A cancelled order gave it back.
    Returned,
    /// An import set it.
    Imported,
}

impl StockMovementKind {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Adjusted => "adjusted",
            Self::Sold => "sold",
            Self::Returned => "returned",
            Self::Imported => "imported",
        }
    }

    /// The kind a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Initial, Self::Adjusted, Self::Sold, Self::Returned, Self::Imported].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A line of the stock ledger. The deltas of a variant add up to its stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockMovement {
    /// The line's id.
    pub id: StockMovementId,
    /// The variant that it counts.
    pub variant_id: VariantId,
    /// How many more, or with a minus fewer.
    #[schema(example = -3)]
    pub delta: i64,
    /// The stock afterwards.
    #[schema(example = 37)]
    pub stock_after: i64,
    /// Why, in a word.
    pub kind: StockMovementKind,
    /// Why, in a sentence.
    pub reason: String,
    /// The order behind it, or `null`.
    #[schema(required = true)]
    pub order_id: Option<crate::OrderId>,
    /// Who did it, or `null` where nobody was signed in.
    #[schema(required = true)]
    pub actor_id: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
}

//! Products as the people who run the shop list and change them, many at a time.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::categories::CategoryRef;
use super::images::Image;
use super::products::{ProductStatus, ProductSummary, Rating};
use crate::{ErrorCode, Money, ProductId, Timestamp, accounts::reason, flat::read_flat};

/// So many products can be changed at once.
pub const MAX_BULK: usize = 100;

/// A product in the table of the back office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(from = "AdminProductRead")]
pub struct AdminProduct {
    /// What shoppers' lists show of it.
    #[serde(flatten)]
    pub summary: ProductSummary,
    /// Whether shoppers see it.
    pub status: ProductStatus,
    /// The stock of all its variants together.
    #[schema(example = 120)]
    pub stock: i64,
    /// How many variants it has.
    #[schema(example = 4)]
    pub variant_count: i64,
    /// Grows with every change by staff: `If-Match` needs the ETag of the product itself.
    #[schema(example = 3)]
    pub version: i64,
    /// When staff last changed it.
    pub updated_at: Timestamp,
}

read_flat!(AdminProductRead for AdminProduct {
    summary: ProductSummary {
        id: ProductId, slug: String, name: String, price: Money, compare_at_price: Option<Money>, in_stock: bool, image: Option<Image>,
        rating: Rating, category: Option<CategoryRef>,
    },
    status: ProductStatus, stock: i64, variant_count: i64, version: i64, updated_at: Timestamp,
});

/// What to do with several products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// On sale.
    Publish,
    /// No longer on sale.
    Archive,
    /// Only staff see it.
    Draft,
    /// Every variant's price by so many percent, rounded half up to a whole minor unit: -10 takes a tenth off. What it cost before stays.
    PricePercent(Percent),
}

/// So many percent more, or with a minus less: from -90 to 900. More is surely a slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(minimum = -90, maximum = 900, example = -10)]
pub struct Percent(pub i32);

fn valid_action(action: &BulkAction) -> Result<(), ValidationError> {
    match action {
        BulkAction::PricePercent(Percent(percent)) if !(-90..=900).contains(percent) => Err(reason("range", "price_percent must be from -90 to 900")),
        _ => Ok(()),
    }
}

fn different(ids: &[ProductId]) -> Result<(), ValidationError> {
    let mut seen = std::collections::HashSet::new();
    if ids.iter().all(|id| seen.insert(id)) { Ok(()) } else { Err(reason("duplicate", "must be different from each other")) }
}

/// One change to several products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductsBulk {
    /// Which products.
    #[validate(length(min = 1, max = 100, message = "must be 1 to 100 ids"), custom(function = "different"))]
    #[schema(min_items = 1, max_items = 100)]
    pub ids: Vec<ProductId>,
    /// `"publish"`, `"archive"`, `"draft"` or `{"price_percent": -10}`.
    #[validate(custom(function = "valid_action"))]
    pub action: BulkAction,
}

/// What became of one of several products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    /// It was changed.
    Changed,
    /// It was just so already.
    Unchanged,
    /// It was not changed; `code` and `detail` say why.
    Refused,
}

/// What became of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkResult {
    /// The product.
    pub id: ProductId,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub code: Option<ErrorCode>,
    /// The same in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detail: Option<String>,
}

/// What became of each product, in the order of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkResults {
    /// One for each id.
    pub items: Vec<BulkResult>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_a_word_or_a_percentage() {
        let read = |text: &str| serde_json::from_str::<BulkAction>(text);
        assert_eq!(read(r#""publish""#).unwrap(), BulkAction::Publish);
        assert_eq!(read(r#"{"price_percent": -10}"#).unwrap(), BulkAction::PricePercent(Percent(-10)));
        for bad in [r#""price_percent""#, r#"{"price_percent": "1"}"#, r#"{"price_percent": 1.5}"#, r#""sell""#] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}

//! The cart.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    CartId, CartItemId, Money, ProductId, VariantId,
    catalogue::{Options, ProductSummary},
};

/// The largest quantity of one line.
pub const MAX_QUANTITY: i64 = 999;
/// The largest number of lines.
pub const MAX_LINES: u64 = 100;

/// What somebody is about to buy, with prices and availability as of now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cart {
    /// The cart's id; `null` until something is in it.
    #[schema(required = true)]
    pub id: Option<CartId>,
    /// The lines, in the order they were added.
    pub items: Vec<CartItem>,
    /// All quantities together.
    #[schema(example = 2)]
    pub item_count: i64,
    /// The sum of the lines.
    pub subtotal: Money,
    /// What is taken off.
    pub discount: Money,
    /// Subtotal less discount; shipping and tax come with the order.
    pub total: Money,
    /// The coupon in use, or `null`.
    #[schema(required = true)]
    pub coupon: Option<String>,
    /// What changed since the lines were added.
    pub warnings: Vec<CartWarning>,
}

/// A line of a cart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CartItem {
    /// The line's id.
    pub id: CartItemId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product: ProductSummary,
    /// The variant's options.
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// How many.
    #[schema(example = 2)]
    pub quantity: i64,
    /// What one costs now.
    pub unit_price: Money,
    /// `unit_price` times `quantity`.
    pub line_total: Money,
    /// How many could be bought now.
    #[schema(example = 40)]
    pub available: i64,
}

/// Why a line needs a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CartWarningCode {
    /// The price is not the one it had when the line was added.
    PriceChanged,
    /// There are fewer than the quantity.
    InsufficientStock,
    /// There are none, or the product is no longer sold.
    Unavailable,
}

/// Something that changed about a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CartWarning {
    /// The line.
    pub item_id: CartItemId,
    /// What changed.
    pub code: CartWarningCode,
    /// The same in a sentence.
    #[schema(example = "Only 1 of “Stoneware mug” is left.")]
    pub message: String,
}

/// Putting something in the cart.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"variant_id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5", "quantity": 2}))]
pub struct CartItemCreate {
    /// The variant; either this or `product_id`.
    #[serde(default)]
    pub variant_id: Option<VariantId>,
    /// The product, where it has one variant.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// How many.
    #[serde(default = "one")]
    #[validate(range(min = 1, max = 999, message = "must be from 1 to 999"))]
    #[schema(example = 2, minimum = 1, maximum = 999)]
    pub quantity: i64,
}

const fn one() -> i64 {
    1
}

/// Changing a line's quantity.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CartItemPatch {
    /// How many from now on.
    #[validate(range(min = 1, max = 999, message = "must be from 1 to 999"))]
    #[schema(example = 3, minimum = 1, maximum = 999)]
    pub quantity: i64,
}

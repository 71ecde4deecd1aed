//! Products.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use validator::Validate;

use super::categories::CategoryRef;
use super::images::Image;
use super::rules::{not_blank, valid_attributes, valid_price, valid_sku, valid_slug};
use super::variants::{ProductOption, Variant, VariantCreate};
use crate::{
    Money, ProductId, Timestamp,
    flat::read_flat,
    money::Price,
    patch::{nullable, present},
};

/// What buyers think, in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rating {
    /// The mean of all visible reviews, with two decimals; 0 where there is none.
    #[schema(example = 4.35)]
    pub average: f64,
    /// How many reviews there are.
    #[schema(example = 17)]
    pub count: i64,
}

impl Rating {
    /// The mean with one decimal and a point, as people are shown it: `4.3` for 4.25.
    ///
    /// Counted out: Rust's way to write such a number comes with tables that an app in the browser has to download.
    #[must_use]
    pub fn in_short(&self) -> String {
        let hundredths = (0..=500).rev().find(|hundredths| f64::from(*hundredths) <= self.average * 100.0 + 0.5).unwrap_or(0);
        let tenths = (hundredths + 5) / 10;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// A product as it stands in lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProductSummary {
    /// The product's id.
    pub id: ProductId,
    /// Its name in addresses.
    #[schema(example = "stoneware-mug")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Stoneware mug")]
    pub name: String,
    /// The lowest price of its variants.
    pub price: Money,
    /// What that variant cost before, or `null`.
    #[schema(required = true)]
    pub compare_at_price: Option<Money>,
    /// Whether any variant can be bought now.
    pub in_stock: bool,
    /// Its first picture, or `null`.
    #[schema(required = true)]
    pub image: Option<Image>,
    /// What buyers think.
    pub rating: Rating,
    /// Where it lies, or `null`.
    #[schema(required = true)]
    pub category: Option<CategoryRef>,
}

/// Whether shoppers see a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// Being prepared: only staff see it.
    Draft,
    /// On sale.
    Published,
    /// No longer on sale: only staff and past orders see it.
    Archived,
}

impl ProductStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }

    /// The status a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Archived].into_iter().find(|status| status.as_str() == word)
    }
}

/// A product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(from = "ProductRead")]
pub struct Product {
    /// What lists show of it.
    #[serde(flatten)]
    pub summary: ProductSummary,
    /// What it is: plain text, paragraphs separated by an empty line.
    pub description: String,
    /// Its pictures in order.
    pub images: Vec<Image>,
    /// What shoppers choose from; empty where there is one variant only.
    pub options: Vec<ProductOption>,
    /// At least one.
    pub variants: Vec<Variant>,
    /// Facts in names and values.
    #[schema(value_type = Object, example = json!({"Material": "Stoneware"}))]
    pub attributes: Map<String, Value>,
    /// Whether shoppers see it.
    pub status: ProductStatus,
    /// Grows with every change by staff; it is also in the `ETag`.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When staff last changed it.
    pub updated_at: Timestamp,
}

read_flat!(ProductRead for Product {
    summary: ProductSummary {
        id: ProductId, slug: String, name: String, price: Money, compare_at_price: Option<Money>, in_stock: bool, image: Option<Image>,
        rating: Rating, category: Option<CategoryRef>,
    },
    description: String, images: Vec<Image>, options: Vec<ProductOption>, variants: Vec<Variant>, attributes: Map<String, Value>,
    status: ProductStatus, version: i64, created_at: Timestamp, updated_at: Timestamp,
});

/// A new product. With plain `price` and `stock` it has one variant; with `options` and `variants` it has those.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Stoneware mug", "description": "Holds 350 ml, goes in the dishwasher.", "price": {"amount": 1999, "currency": "EUR"}, "stock": 40, "attributes": {"Material": "Stoneware"}}))]
pub struct ProductCreate {
    /// Made from the name where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_slug"))]
    #[schema(example = "stoneware-mug", min_length = 1, max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub slug: Option<String>,
    /// Its name for people.
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "not_blank"))]
    #[schema(example = "Stoneware mug", min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// Plain text, paragraphs separated by an empty line.
    #[serde(default)]
    #[validate(length(max = 20000, message = "may have up to 20000 characters"))]
    #[schema(max_length = 20000)]
    pub description: String,
    /// The category's id or slug.
    #[serde(default)]
    #[validate(length(max = 120, message = "may have up to 120 characters"))]
    #[schema(example = "tableware", max_length = 120)]
    pub category: Option<String>,
    /// `published` where it is left out.
    #[serde(default)]
    pub status: Option<ProductStatus>,
    /// The price of the one variant.
    #[serde(default)]
    #[validate(custom(function = "valid_price"))]
    #[schema(value_type = Option<Price>)]
    pub price: Option<Money>,
    /// What it cost before.
    #[serde(default)]
    #[validate(custom(function = "valid_price"))]
    #[schema(value_type = Option<Price>)]
    pub compare_at_price: Option<Money>,
    /// The stock of the one variant.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000_000, message = "must be from 0 to 1000000000"))]
    #[schema(example = 40, minimum = 0, maximum = 1_000_000_000)]
    pub stock: Option<i64>,
    /// The SKU of the one variant; made up where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_sku"))]
    #[schema(example = "MUG-GREY", min_length = 1, max_length = 64, pattern = "^[!-~]+$")]
    pub sku: Option<String>,
    /// What shoppers choose from.
    #[serde(default)]
    #[validate(nested, length(max = 5, message = "may have up to 5 options"))]
    #[schema(max_items = 5)]
    pub options: Vec<ProductOption>,
    /// The variants, where `options` are given.
    #[serde(default)]
    #[validate(nested, length(max = 250, message = "may have up to 250 variants"))]
    #[schema(max_items = 250)]
    pub variants: Vec<VariantCreate>,
    /// Facts in names and values.
    #[serde(default)]
    #[validate(custom(function = "valid_attributes"))]
    #[schema(value_type = Object, example = json!({"Material": "Stoneware"}))]
    pub attributes: Map<String, Value>,
}

/// Changes to a product; fields that are absent stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductPatch {
    /// Its name in addresses.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_slug"))]
    #[schema(min_length = 1, max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", nullable = false)]
    pub slug: Option<String>,
    /// Its name for people.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "not_blank"))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    pub name: Option<String>,
    /// Plain text.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 20000, message = "may have up to 20000 characters"))]
    #[schema(max_length = 20000, nullable = false)]
    pub description: Option<String>,
    /// The category's id or slug; `null` takes it out of its category.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub category: Option<Option<String>>,
    /// Whether shoppers see it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub status: Option<ProductStatus>,
    /// The new price, where the product has one variant.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_price"))]
    #[schema(value_type = Option<Price>, nullable = false)]
    pub price: Option<Money>,
    /// What it cost before, where the product has one variant; `null` takes it away.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Price>)]
    pub compare_at_price: Option<Option<Money>>,
    /// What shoppers choose from, for a product that has no options yet. Its one variant gets the first value of each;
    /// variants for the other values are added afterwards.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested, length(min = 1, max = 5, message = "must have 1 to 5 options"))]
    #[schema(min_items = 1, max_items = 5, nullable = false)]
    pub options: Option<Vec<ProductOption>>,
    /// Facts in names and values; replaces all of them.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_attributes"))]
    #[schema(value_type = Option<Object>, nullable = false)]
    pub attributes: Option<Map<String, Value>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_shown_with_one_decimal() {
        let short = |average| Rating { average, count: 2 }.in_short();
        let means = [0.0, 1.0, 1.04, 1.05, 3.33, 4.25, 4.35, 4.94, 4.95, 5.0];
        assert_eq!(means.map(short), ["0.0", "1.0", "1.0", "1.1", "3.3", "4.3", "4.4", "4.9", "5.0", "5.0"]);
    }
}

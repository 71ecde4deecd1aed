//! Variants and their options.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use validator::Validate;

use super::rules::{option_name, option_values, valid_price, valid_sku};
use crate::{
    Money, VariantId,
    money::Price,
    patch::{nullable, present},
};

/// The chosen or offered options of a variant: `{"Size": "M"}`, in the order of the product's options.
pub type Options = Map<String, Value>;

/// An option that shoppers choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductOption {
    /// `Size`, `Colour`, …
    #[validate(length(max = 60, message = "may have up to 60 characters"), custom(function = "option_name"))]
    #[schema(example = "Size", min_length = 1, max_length = 60, pattern = r"\S")]
    pub name: String,
    /// The choices, in the order they are shown.
    #[validate(length(min = 1, max = 100, message = "must have 1 to 100 values"), custom(function = "option_values"))]
    #[schema(example = json!(["S", "M", "L"]), min_items = 1, max_items = 100)]
    pub values: Vec<String>,
}

/// What is bought and counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Variant {
    /// The variant's id.
    pub id: VariantId,
    /// The shop's own number for it; unique.
    #[schema(example = "MUG-GREY")]
    pub sku: String,
    /// Its choice for each of the product's options.
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// What it costs.
    pub price: Money,
    /// What it cost before, or `null`.
    #[schema(required = true)]
    pub compare_at_price: Option<Money>,
    /// How many can be sold now.
    #[schema(example = 40)]
    pub stock: i64,
    /// Whether any can be sold now.
    pub in_stock: bool,
}

/// A new variant.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantCreate {
    /// Made up where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_sku"))]
    #[schema(example = "MUG-GREY", min_length = 1, max_length = 64, pattern = "^[!-~]+$")]
    pub sku: Option<String>,
    /// A value for each of the product's options. A value that the product does not know yet is added to it.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// What it costs.
    #[validate(custom(function = "valid_price"))]
    #[schema(value_type = Price)]
    pub price: Money,
    /// What it cost before.
    #[serde(default)]
    #[validate(custom(function = "valid_price"))]
    #[schema(value_type = Option<Price>)]
    pub compare_at_price: Option<Money>,
    /// How many there are.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000_000, message = "must be from 0 to 1000000000"))]
    #[schema(example = 40, minimum = 0, maximum = 1_000_000_000)]
    pub stock: i64,
}

/// Changes to a variant; fields that are absent stay. Its stock is changed through the ledger.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantPatch {
    /// The shop's own number for it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_sku"))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", nullable = false)]
    pub sku: Option<String>,
    /// A value for each of the product's options.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>, nullable = false)]
    pub options: Option<Options>,
    /// What it costs.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_price"))]
    #[schema(value_type = Option<Price>, nullable = false)]
    pub price: Option<Money>,
    /// What it cost before; `null` takes it away.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Price>)]
    pub compare_at_price: Option<Option<Money>>,
}

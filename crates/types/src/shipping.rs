//! How orders are sent.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Money;

/// A way to send an order, as the checkout offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShippingMethod {
    /// What `shipping_method` of an order takes.
    #[schema(example = "standard")]
    pub code: String,
    /// Its name for people.
    #[schema(example = "Standard")]
    pub name: String,
    /// What it costs.
    pub price: Money,
    /// So many working days at least.
    #[schema(example = 2)]
    pub min_days: u32,
    /// So many working days at most, as a rule.
    #[schema(example = 5)]
    pub max_days: u32,
}

/// The ways there are, the usual one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShippingMethods {
    /// The ways.
    pub items: Vec<ShippingMethod>,
}

//! How the shop does, for the people who run it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Currency, Money, ProductId, Timestamp, VariantId,
    catalogue::{Image, Options},
};

/// What was sold from one instant until another, and what waits to be done now.
///
/// Sold is what was placed in that time and is paid, fulfilled or delivered now: neither cancelled nor refunded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stats {
    /// Placed at this time or later.
    pub from: Timestamp,
    /// Placed before this time.
    pub to: Timestamp,
    /// The currency of the shop.
    pub currency: Currency,
    /// What the orders sold come to.
    pub revenue: Money,
    /// How many orders were sold.
    #[schema(example = 42)]
    pub orders: i64,
    /// `revenue` over `orders`, rounded down; nought without any.
    pub average_basket: Money,
    /// How many pieces were sold.
    #[schema(example = 97)]
    pub items_sold: i64,
    /// How many people registered in that time.
    #[schema(example = 7)]
    pub new_customers: i64,
    /// Every day in UTC from the first to the last, also those without an order.
    pub by_day: Vec<DayStats>,
    /// The ten products that sold most pieces, the most first.
    pub best_sellers: Vec<BestSeller>,
    /// Up to 20 variants on sale of which there are five or fewer now, the fewest first.
    pub low_stock: Vec<LowStock>,
    /// What waits now.
    pub to_handle: OrdersToHandle,
}

/// What was sold on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayStats {
    /// The day, in UTC.
    #[schema(format = Date, example = "2026-01-31")]
    pub date: String,
    /// What its orders come to.
    pub revenue: Money,
    /// How many they are.
    #[schema(example = 3)]
    pub orders: i64,
}

/// A product, as far as it takes to name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProductRef {
    /// The product's id.
    pub id: ProductId,
    /// Its name in addresses.
    #[schema(example = "stoneware-mug")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Stoneware mug")]
    pub name: String,
    /// Its first picture, or `null`.
    #[schema(required = true)]
    pub image: Option<Image>,
}

/// A product that sold well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BestSeller {
    /// The product.
    pub product: ProductRef,
    /// How many pieces of it were sold.
    #[schema(example = 21)]
    pub quantity: i64,
    /// What they come to.
    pub revenue: Money,
}

/// A variant of which there are few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LowStock {
    /// Its product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// The product's name.
    #[schema(example = "Stoneware mug")]
    pub name: String,
    /// The shop's own number for the variant.
    #[schema(example = "MUG-GREY")]
    pub sku: String,
    /// Its choice for each of the product's options.
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// How many there are.
    #[schema(example = 2)]
    pub stock: i64,
}

/// How many orders wait for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrdersToHandle {
    /// Placed and not paid.
    #[schema(example = 2)]
    pub pending_payment: i64,
    /// Paid and not sent.
    #[schema(example = 5)]
    pub paid: i64,
}

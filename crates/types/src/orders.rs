//! Orders and payments.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::{
    Money, OrderId, ProductId, Timestamp, UserId, VariantId,
    accounts::{email_address, reason},
    catalogue::Options,
};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed; the stock is held until it is paid or expires.
    PendingPayment,
    /// Paid; to be sent.
    Paid,
    /// On its way.
    Fulfilled,
    /// Arrived.
    Delivered,
    /// Called off; the stock was given back.
    Cancelled,
    /// The money was given back.
    Refunded,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: [Self; 6] = [Self::PendingPayment, Self::Paid, Self::Fulfilled, Self::Delivered, Self::Cancelled, Self::Refunded];

    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::Paid => "paid",
            Self::Fulfilled => "fulfilled",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    /// The status a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

fn line(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() { Err(reason("required", "must not be blank")) } else { Ok(()) }
}

fn valid_country(code: &str) -> Result<(), ValidationError> {
    if COUNTRIES.binary_search(&code).is_ok() { Ok(()) } else { Err(reason("country", "must be an ISO 3166-1 alpha-2 code such as DE or ES")) }
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Who it is for.
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "line"))]
    #[schema(example = "Maya Lindqvist", min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// Street and number.
    #[validate(length(max = 200, message = "may have up to 200 characters"), custom(function = "line"))]
    #[schema(example = "Rua da Rosa 14", min_length = 1, max_length = 200, pattern = r"\S")]
    pub line1: String,
    /// Floor, door, company.
    #[serde(default)]
    #[validate(length(max = 200, message = "may have up to 200 characters"))]
    #[schema(max_length = 200)]
    pub line2: String,
    /// Town.
    #[validate(length(max = 100, message = "may have up to 100 characters"), custom(function = "line"))]
    #[schema(example = "Lisbon", min_length = 1, max_length = 100, pattern = r"\S")]
    pub city: String,
    /// Postal code; may be empty where a country has none.
    #[serde(default)]
    #[validate(length(max = 20, message = "may have up to 20 characters"))]
    #[schema(example = "1200-387", max_length = 20)]
    pub postal_code: String,
    /// State, province, region.
    #[serde(default)]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100)]
    pub region: String,
    /// ISO 3166-1 alpha-2.
    #[validate(custom(function = "valid_country"))]
    #[schema(example = "PT", pattern = "^[A-Z]{2}$")]
    pub country: String,
}

/// A line of an order: what was sold, as it was then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrderItem {
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// The product's name when it was sold.
    #[schema(example = "Stoneware mug")]
    pub name: String,
    /// The SKU when it was sold.
    #[schema(example = "MUG-GREY")]
    pub sku: String,
    /// The options when it was sold.
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"Size": "M"}))]
    pub options: Options,
    /// How many.
    #[schema(example = 2)]
    pub quantity: i64,
    /// What one cost.
    pub unit_price: Money,
    /// `unit_price` times `quantity`.
    pub line_total: Money,
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// Waiting for the money.
    Pending,
    /// The money is there.
    Captured,
    /// It will not come.
    Cancelled,
}

impl PaymentStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Captured => "captured",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pending, Self::Captured, Self::Cancelled].into_iter().find(|status| status.as_str() == word)
    }
}

/// How an order is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Payment {
    /// Who handles the money; `manual` is bank transfer or cash.
    #[schema(example = "manual")]
    pub provider: String,
    /// Where it stands.
    pub status: PaymentStatus,
    /// How much.
    pub amount: Money,
    /// Where to transfer the money, in the shop's words, as long as it waits for it; may have several lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "IBAN PT50 0002 0123 1234 5678 9015 4, NovaShop")]
    pub instructions: Option<String>,
}

/// Something that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderEvent {
    /// When.
    pub at: Timestamp,
    /// `placed`, `paid`, `fulfilled`, `delivered`, `cancelled`, `refunded`; for staff also `note`.
    #[serde(rename = "type")]
    #[schema(example = "placed")]
    pub kind: String,
    /// The parcel's number, once it is on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tracking: Option<String>,
    /// Why, where a reason was given or the shop did it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
    /// What staff wrote, with `note`. Only `/admin/orders/{id}` tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub text: Option<String>,
    /// Who wrote the note. Only `/admin/orders/{id}` tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub actor_id: Option<UserId>,
}

/// The kind of an event that is a note of staff: shoppers never see it.
pub const NOTE: &str = "note";

/// An order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// The order's id.
    pub id: OrderId,
    /// Its number for people.
    #[schema(example = "1001")]
    pub number: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// What was bought.
    pub items: Vec<OrderItem>,
    /// The sum of the lines.
    pub subtotal: Money,
    /// What was taken off.
    pub discount: Money,
    /// What sending costs.
    pub shipping: Money,
    /// What goes to the state.
    pub tax: Money,
    /// What is to be paid: subtotal less discount, with shipping and tax.
    pub total: Money,
    /// Where news of it go.
    #[schema(example = "maya@example.com")]
    pub email: String,
    /// Where it goes.
    pub shipping_address: Address,
    /// Who pays.
    pub billing_address: Address,
    /// How it is sent.
    #[schema(example = "standard")]
    pub shipping_method: String,
    /// How it is paid.
    pub payment: Payment,
    /// What happened to it, oldest first.
    pub events: Vec<OrderEvent>,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When it is cancelled if it is not paid, or `null`.
    #[schema(required = true)]
    pub expires_at: Option<Timestamp>,
    /// Grows with every change.
    #[schema(example = 1)]
    pub version: i64,
    /// Once, in the answer to a guest's order: send it back as `X-Order-Token` to see the order again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub access_token: Option<String>,
}

/// How the order shall be paid.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentCreate {
    /// `manual`: bank transfer or cash, confirmed by staff.
    #[validate(custom(function = "valid_provider"))]
    #[schema(example = "manual", pattern = "^manual$")]
    pub provider: String,
}

fn valid_provider(name: &str) -> Result<(), ValidationError> {
    if name == "manual" { Ok(()) } else { Err(reason("provider", "must be manual")) }
}

fn valid_shipping_method(name: &str) -> Result<(), ValidationError> {
    if name == "standard" { Ok(()) } else { Err(reason("shipping_method", "must be standard")) }
}

fn manual() -> PaymentCreate {
    PaymentCreate { provider: "manual".into() }
}

fn standard() -> String {
    "standard".into()
}

/// Placing an order for what is in the cart.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCreate {
    /// Where news of the order go. Guests must give it; for an account its own address is the default.
    #[serde(default)]
    #[validate(custom(function = "email_address"))]
    #[schema(example = "maya@example.com", format = Email, max_length = 254)]
    pub email: Option<String>,
    /// Where it goes.
    #[validate(nested)]
    pub shipping_address: Address,
    /// Who pays; the shipping address where it is left out.
    #[serde(default)]
    #[validate(nested)]
    pub billing_address: Option<Address>,
    /// How it is sent; `standard` is the only method for now.
    #[serde(default = "standard")]
    #[validate(custom(function = "valid_shipping_method"))]
    #[schema(example = "standard", pattern = "^standard$")]
    pub shipping_method: String,
    /// How it is paid.
    #[serde(default = "manual")]
    #[validate(nested)]
    pub payment: PaymentCreate,
}

/// Calling an order off.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCancel {
    /// Why, in a sentence.
    #[serde(default)]
    #[validate(length(max = 500, message = "may have up to 500 characters"))]
    #[schema(example = "Ordered twice by mistake", max_length = 500)]
    pub reason: Option<String>,
}

/// Moving an order on.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderTransition {
    /// The next status.
    pub to: OrderStatus,
    /// The parcel's number, with `fulfilled`.
    #[serde(default)]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(example = "LX123456789PT", max_length = 100)]
    pub tracking: Option<String>,
    /// Why, for the order's events.
    #[serde(default)]
    #[validate(length(max = 500, message = "may have up to 500 characters"))]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// A note of staff about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderNote {
    /// What to remember. The shopper never sees it.
    #[validate(length(max = 2000, message = "may have up to 2000 characters"), custom(function = "line"))]
    #[schema(example = "Called: she wants it on Friday.", min_length = 1, max_length = 2000, pattern = r"\S")]
    pub text: String,
}

/// The data of an event as it is kept in the database.
#[must_use]
pub fn event_data(tracking: Option<&str>, reason: Option<&str>) -> Value {
    let mut data = serde_json::Map::new();
    if let Some(tracking) = tracking {
        data.insert("tracking".into(), tracking.into());
    }
    if let Some(reason) = reason {
        data.insert("reason".into(), reason.into());
    }
    Value::Object(data)
}

/// ISO 3166-1 alpha-2 codes in order (249 of them, as officially assigned).
pub const COUNTRIES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI",
    "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK",
    "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN",
    "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP",
    "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF",
    "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_sorted_and_only_the_assigned_ones_are_taken() {
        assert!(COUNTRIES.is_sorted());
        assert!(valid_country("PT").is_ok());
        for bad in ["", "pt", "XX", "PRT", "EU"] {
            assert!(valid_country(bad).is_err(), "{bad}");
        }
    }
}

//! One type an id, so that a cart's id cannot be passed where an order's is meant. UUIDv7 (RFC 9562) on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[schema(value_type = String, format = Uuid, example = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5")]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            /// Takes the hyphenated form only: one id has one spelling.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::fmt::Hyphenated::from_str(text).map(|id| Self(id.into_uuid()))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A person's account.
    UserId,
    /// One place where an account is signed in.
    SessionId,
    /// A category of the catalogue.
    CategoryId,
    /// A product.
    ProductId,
    /// A variant of a product: what is bought and counted.
    VariantId,
    /// A picture of a product.
    ImageId,
    /// A line of the stock ledger.
    StockMovementId,
    /// A review.
    ReviewId,
    /// A cart.
    CartId,
    /// A line of a cart.
    CartItemId,
    /// An order.
    OrderId,
    /// A line of an order.
    OrderItemId,
    /// An e-mail that was written.
    MailId,
    /// An entry of the audit log.
    AuditId,
    /// A payment of an order.
    PaymentId,
    /// A file of products on its way into the shop.
    ImportId,
    /// A job of the background.
    JobId,
}

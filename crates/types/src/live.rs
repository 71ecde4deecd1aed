//! What is said over the WebSocket at `/api/v1/ws`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};
use uuid::Uuid;

use crate::{ErrorCode, Money, OrderId, ProductId, Timestamp, VariantId, orders::OrderStatus};

/// What can be listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LiveTopic {
    /// `product:<id>`: what shoppers see of a product, and its stock.
    Product(ProductId),
    /// `order:<id>`: one order, for its owner, for whoever has its token, and for staff.
    Order(OrderId),
    /// `orders`: all of one's own orders.
    Orders,
    /// `admin:orders`: everybody's orders, for staff.
    AdminOrders,
}

impl LiveTopic {
    /// Whether only some may listen: it ends with the sign-in that opened it.
    #[must_use]
    pub const fn is_private(self) -> bool {
        !matches!(self, Self::Product(_))
    }
}

impl PartialSchema for LiveTopic {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("`product:<id>`, `order:<id>`, `orders` or `admin:orders`"))
            .pattern(Some("^(product:[0-9a-f-]{36}|order:[0-9a-f-]{36}|orders|admin:orders)$"))
            .examples(["product:0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5"])
            .into()
    }
}

impl ToSchema for LiveTopic {}

impl fmt::Display for LiveTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Product(id) => write!(f, "product:{id}"),
            Self::Order(id) => write!(f, "order:{id}"),
            Self::Orders => f.write_str("orders"),
            Self::AdminOrders => f.write_str("admin:orders"),
        }
    }
}

impl FromStr for LiveTopic {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const UNKNOWN: &str = "expected product:<id>, order:<id>, orders or admin:orders";
        match (text, text.split_once(':')) {
            ("orders", _) => Ok(Self::Orders),
            ("admin:orders", _) => Ok(Self::AdminOrders),
            (_, Some(("product", id))) => id.parse().map(Self::Product).map_err(|_| UNKNOWN),
            (_, Some(("order", id))) => id.parse().map(Self::Order).map_err(|_| UNKNOWN),
            _ => Err(UNKNOWN),
        }
    }
}

impl Serialize for LiveTopic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LiveTopic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// What a client says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({"type": "subscribe", "topic": "product:0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5"}))]
pub enum LiveRequest {
    /// Who is there. Again with a newer token of the same session before the old one runs out: topics stay.
    Auth {
        /// An access token.
        token: String,
    },
    /// Listen to a topic from now on.
    Subscribe {
        /// The topic.
        topic: LiveTopic,
        /// The token of a guest's order, for `order:<id>`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
        /// After a line that dropped: the `id` of the last event that came. What was missed on this topic since is told after `subscribed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_event_id: Option<Uuid>,
    },
    /// Listen to a topic no more.
    Unsubscribe {
        /// The topic.
        topic: LiveTopic,
    },
}

/// What the shop says: answers, and news of what was subscribed to.
///
/// A kind that a client does not know should be passed over: there may be more one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type")]
pub enum LiveMessage {
    /// The token is good.
    #[serde(rename = "authenticated")]
    Authenticated {
        /// When it runs out, and with it the topics that it opened.
        expires_at: Timestamp,
    },
    /// The topic is listened to from now on. What came before is not told: read the present state after this.
    #[serde(rename = "subscribed")]
    Subscribed {
        /// The topic.
        topic: LiveTopic,
        /// The answer to `last_event_id`: whether everything since is told now. If not, it was too long ago: read the present state.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resumed: Option<bool>,
    },
    /// The topic is listened to no more: it was asked for, or the sign-in that opened it ended.
    #[serde(rename = "unsubscribed")]
    Unsubscribed {
        /// The topic.
        topic: LiveTopic,
    },
    /// What was said could not be done, or a sign-in ended.
    #[serde(rename = "error")]
    Error {
        /// The stable reason.
        code: ErrorCode,
        /// What happened, for people.
        detail: String,
    },
    /// An order was placed.
    #[serde(rename = "order.placed")]
    OrderPlaced(News<OrderNews>),
    /// An order was moved on.
    #[serde(rename = "order.updated")]
    OrderUpdated(News<OrderNews>),
    /// There are more or fewer of a variant.
    #[serde(rename = "product.stock")]
    ProductStock(News<StockNews>),
    /// What shoppers see of a product changed: read it again.
    #[serde(rename = "product.updated")]
    ProductUpdated(News<ProductNews>),
}

/// An event with its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct News<T> {
    /// The event's id; it may come twice, under the same id.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// What it is about.
    pub data: T,
}

/// How an order stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderNews {
    /// The order.
    pub id: OrderId,
    /// Its number for people.
    #[schema(example = "1001")]
    pub number: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// Its version: a lower one than you have is old news.
    #[schema(example = 2)]
    pub version: i64,
    /// What it costs.
    pub total: Money,
}

/// How many there are of a variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockNews {
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// How many can be sold now.
    #[schema(example = 40)]
    pub stock: i64,
    /// Whether any can be sold now.
    pub in_stock: bool,
}

/// Which product changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProductNews {
    /// The product.
    pub product_id: ProductId,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";

    #[test]
    fn a_topic_has_one_spelling() {
        for text in [format!("product:{ID}"), format!("order:{ID}"), "orders".into(), "admin:orders".into()] {
            assert_eq!(text.parse::<LiveTopic>().unwrap().to_string(), text);
        }
        for text in ["", "orders:", "product:", "product:mug", "admin", "Orders", "order:0198c0de7a117c3f9a540c1de2f3a4b5"] {
            assert!(text.parse::<LiveTopic>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_said_is_read_as_it_was_written() {
        let topic: LiveTopic = format!("order:{ID}").parse().unwrap();
        let said = json!({"type": "subscribe", "topic": format!("order:{ID}")});
        assert_eq!(serde_json::to_value(LiveRequest::Subscribe { topic, token: None, last_event_id: None }).unwrap(), said);
        assert!(serde_json::from_value::<LiveRequest>(said).is_ok());
        assert!(serde_json::from_value::<LiveRequest>(json!({"type": "unsubscribe", "topic": "orders", "also": 1})).is_err());

        let product_id = ProductId(ID.parse().unwrap());
        let news = LiveMessage::ProductUpdated(News { id: product_id.0, at: Timestamp(0), data: ProductNews { product_id } });
        let sent = json!({"type": "product.updated", "id": ID, "at": "1970-01-01T00:00:00.000Z", "data": {"product_id": ID}});
        assert_eq!(serde_json::to_value(&news).unwrap(), sent);
        assert_eq!(serde_json::from_value::<LiveMessage>(sent).unwrap(), news);
    }
}

//! What an event of the outbox says, and to whom.

use novashop_types::{
    Money, OrderId, ProductId, Timestamp, UserId, VariantId,
    live::{LiveMessage, News, OrderNews, ProductNews, StockNews},
    orders::OrderStatus,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use super::channels::Channel;

#[derive(Deserialize)]
struct Event {
    id: Uuid,
    #[serde(rename = "type")]
    kind: String,
    at: Timestamp,
    data: Value,
}

#[derive(Deserialize)]
struct OrderData {
    order_id: OrderId,
    number: String,
    user_id: Option<UserId>,
    status: OrderStatus,
    version: i64,
    total: Money,
}

#[derive(Deserialize)]
struct StockData {
    product_id: ProductId,
    variant_id: VariantId,
    stock: i64,
}

impl Event {
    fn order(self) -> Option<(Vec<Channel>, News<OrderNews>)> {
        let OrderData { order_id, number, user_id, status, version, total } = self.data()?;
        let channels = [Channel::Order(order_id), Channel::AllOrders].into_iter().chain(user_id.map(Channel::OrdersOf)).collect();
        Some((channels, self.with(OrderNews { id: order_id, number, status, version, total })))
    }

    fn data<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.data).inspect_err(|error| tracing::debug!(event.kind = self.kind, %error, "an event of another form is not told")).ok()
    }

    fn with<T>(&self, data: T) -> News<T> {
        News { id: self.id, at: self.at, data }
    }
}

/// An event's id, its channels and what is told; nothing where it is nobody's business out there.
pub(super) fn read(event: &Value) -> Option<(Uuid, Vec<Channel>, LiveMessage)> {
    let event = Event::deserialize(event).ok()?;
    let id = event.id;
    let (channels, message) = told(event)?;
    Some((id, channels, message))
}

fn told(event: Event) -> Option<(Vec<Channel>, LiveMessage)> {
    match event.kind.as_str() {
        "order.placed" => event.order().map(|(channels, news)| (channels, LiveMessage::OrderPlaced(news))),
        "order.updated" => event.order().map(|(channels, news)| (channels, LiveMessage::OrderUpdated(news))),
        "product.stock" => {
            let StockData { product_id, variant_id, stock } = event.data()?;
            let news = event.with(StockNews { product_id, variant_id, stock, in_stock: stock > 0 });
            Some((of_product(product_id), LiveMessage::ProductStock(news)))
        }
        "product.updated" => {
            let data: ProductNews = event.data()?;
            Some((of_product(data.product_id), LiveMessage::ProductUpdated(event.with(data))))
        }
        _ => None,
    }
}

fn of_product(id: ProductId) -> Vec<Channel> {
    vec![Channel::Product(id), Channel::AnyProduct(id)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";

    fn event(kind: &str, data: Value) -> Value {
        json!({"id": ID, "type": kind, "at": "2026-01-31T09:00:00.000Z", "data": data})
    }

    #[test]
    fn an_order_is_told_to_its_owner_and_to_staff_without_saying_whose_it_is() {
        let total = json!({"amount": 1999, "currency": "EUR"});
        let data = json!({"order_id": ID, "number": "1001", "user_id": ID, "status": "paid", "version": 2, "total": total});
        let (told_id, channels, message) = read(&event("order.updated", data)).unwrap();
        let id: Uuid = ID.parse().unwrap();
        assert_eq!(told_id, id);
        assert_eq!(channels, [Channel::Order(id.into()), Channel::AllOrders, Channel::OrdersOf(id.into())]);
        let told = serde_json::to_value(&message).unwrap();
        assert_eq!(told, event("order.updated", json!({"id": ID, "number": "1001", "status": "paid", "version": 2, "total": total})));
    }

    #[test]
    fn what_is_not_for_everybody_or_not_understood_is_told_to_nobody() {
        for event in
            [event("category.updated", json!({})), event("order.placed", json!({})), event("review.updated", json!({"product_id": ID})), json!(1)]
        {
            assert!(read(&event).is_none(), "{event}");
        }
    }
}

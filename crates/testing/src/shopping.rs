//! Filling carts and placing orders, through the API.

use novashop_types::{VariantId, orders::OrderStatus};
use serde_json::{Value, json};

use crate::{Actor, Answer, TestApp, first_variant};

/// An address that orders take.
#[must_use]
pub fn address() -> Value {
    json!({"name": "Maya Lindqvist", "line1": "Rua da Rosa 14", "city": "Lisbon", "postal_code": "1200-387", "country": "PT"})
}

/// The body of an order, with the e-mail address that guests need.
#[must_use]
pub fn order() -> Value {
    json!({"email": "guest@example.com", "shipping_address": address(), "shipping_method": "standard", "payment": {"provider": "manual"}})
}

impl Actor {
    /// Puts something in the actor's cart.
    pub async fn put_in_cart(&self, variant: VariantId, quantity: i64) -> Answer {
        self.post("/cart/items", json!({"variant_id": variant, "quantity": quantity})).await.assert_status(201)
    }

    /// Orders one piece of a product that is made for it.
    pub async fn place_order(&self) -> Answer {
        let product = self.app.product("Mug").price(1999).stock(5).create().await;
        self.put_in_cart(first_variant(&product), 1).await;
        self.post("/orders", order()).await.assert_status(201)
    }
}

impl TestApp {
    /// Moves an order on through these states, as staff.
    pub async fn move_order(&self, id: &str, states: &[OrderStatus]) {
        let staff = self.staff().await;
        for to in states {
            staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": to})).await.assert_status(200);
        }
    }
}

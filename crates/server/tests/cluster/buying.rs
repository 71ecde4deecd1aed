//! Whoever runs the shop and whoever buys in it, through the front.

use std::{cell::Cell, time::Duration};

use novashop_testing::{
    Answer, Cluster,
    cluster::{ADMIN, Visitor},
    shopping::order,
};
use serde_json::{Value, json};

/// The person who runs the shop.
pub struct Keeper {
    visitor: Visitor,
    bearer: String,
}

/// What is sold.
pub struct Product {
    pub id: String,
    pub slug: String,
    pub variant: String,
}

impl Keeper {
    pub async fn of(cluster: &Cluster) -> Self {
        let visitor = cluster.program();
        let pair = visitor.post("/api/v1/auth/login", &[], &json!({"login": ADMIN.0, "password": ADMIN.1})).await.assert_status(200);
        Self { visitor, bearer: format!("Bearer {}", pair.text_at("/access_token")) }
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.visitor.send(method, path, &[("authorization", &self.bearer)], body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await.assert_status(200)
    }

    pub async fn product(&self, name: &str, stock: i64) -> Product {
        let body = json!({"name": name, "status": "published", "price": {"amount": 1999, "currency": "EUR"}, "stock": stock});
        let made = self.send("POST", "/api/v1/products", Some(&body)).await.assert_status(201);
        Product { id: made.text_at("/id"), slug: made.text_at("/slug"), variant: made.text_at("/variants/0/id") }
    }

    /// How many pieces are left.
    pub async fn stock(&self, product: &Product) -> i64 {
        let found = self.get(&format!("/api/v1/products/{}", product.id)).await;
        found.json["variants"][0]["stock"].as_i64().expect("a stock")
    }

    /// How many orders there are.
    pub async fn orders(&self) -> u64 {
        self.get("/api/v1/admin/orders?include_total=true&limit=1").await.json["total"].as_u64().expect("a total")
    }
}

/// Somebody who buys one piece at a time.
pub struct Buyer<'a> {
    pub visitor: Visitor,
    /// How often something had to be sent again, where that is allowed at all.
    pub again: Option<&'a Cell<usize>>,
}

impl Buyer<'_> {
    /// Sends it until it is answered well, where sending again is allowed.
    async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Result<Answer, String> {
        loop {
            let sent = self.visitor.try_send("POST", path, headers, Some(body)).await;
            let failed = match sent {
                Ok(answer) if answer.status == 201 => return Ok(answer),
                // Only what says that nothing can be done just now is worth a second try.
                Ok(answer) if answer.status != 503 => return Err(format!("POST {path}: {} {}", answer.status, answer.text())),
                Ok(answer) => format!("POST {path}: {} {}", answer.status, answer.text()),
                Err(error) => format!("POST {path}: {error:?}"),
            };
            let Some(again) = self.again else { return Err(failed) };
            again.set(again.get() + 1);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Puts a piece in a new guest's cart; the cart's token.
    pub async fn fill(&self, product: &Product) -> Result<String, String> {
        let line = json!({"variant_id": product.variant, "quantity": 1});
        Ok(self.post("/api/v1/cart/items", &[], &line).await?.need_header("x-cart-token").to_owned())
    }

    /// Fills a cart and orders it, with one key however often it takes; the order as it was acknowledged.
    pub async fn buy(&self, product: &Product, key: &str) -> Result<Value, String> {
        let cart = self.fill(product).await?;
        Ok(self.post("/api/v1/orders", &[("x-cart-token", &cart), ("idempotency-key", key)], &order()).await?.json)
    }
}

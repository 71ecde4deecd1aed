//! The real program, and somebody who shops in it.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use novashop_db::{Database, Options, sql::Sql};
use novashop_testing::ports::free_address;
use serde_json::{Value, json};

/// A folder of one's own, gone at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("novashop_moving_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        Self(path)
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The program with nothing of this machine's configuration, over a folder, on SQLite or at another address.
pub fn novashop(data: &Path, database_url: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
    command.env_clear().current_dir(std::env::temp_dir()).env("DATA_DIR", data).env("RATE_LIMITS", "off").env("RUST_LOG", "warn");
    if let Some(url) = database_url {
        command.env("DATABASE_URL", url);
    }
    command
}

/// What a command says, on both channels.
pub fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs a command that must work; what it says.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", words(&output));
    words(&output)
}

/// Runs a command that must be refused, with these words.
#[track_caller]
pub fn refuse(command: &mut Command, because: &str) {
    let output = command.output().expect("the program starts");
    let said = words(&output);
    assert!(output.status.code() == Some(1) && said.contains(because), "{command:?} should say `{because}`: {}, {said}", output.status);
}

/// The demo shop: its folder.
pub fn demo(folder: &Folder) -> PathBuf {
    let data = folder.at("data");
    run(novashop(&data, None).arg("demo"));
    data
}

/// A running shop; it is killed when this is dropped.
pub struct Shop {
    child: Child,
    base: String,
    client: awc::Client,
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Status and JSON of an answer, and whether it was one that was given before.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub json: Value,
    pub replayed: bool,
    pub cart_token: Option<String>,
}

/// A file that was served.
pub struct File {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl File {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

impl Shop {
    pub async fn open(data: &Path, database_url: Option<&str>) -> Self {
        Self::open_with(data, database_url, &[]).await
    }

    /// With more of a configuration.
    pub async fn open_with(data: &Path, database_url: Option<&str>, variables: &[(&str, &str)]) -> Self {
        let address = free_address();
        let mut command = novashop(data, database_url);
        command.args(["serve"]).env("API_ADDR", &address).env("WEB_ADDR", "127.0.0.1:0").env("METRICS_ADDR", "127.0.0.1:0").stdout(Stdio::null());
        command.envs(variables.iter().copied());
        let child = command.spawn().expect("the program starts");
        let client = awc::Client::builder().timeout(Duration::from_secs(60)).finish();
        let mut shop = Self { child, base: format!("http://{address}"), client };
        while shop.client.get(format!("{}/healthz", shop.base)).send().await.is_err() {
            assert!(shop.child.try_wait().expect("the program can be asked").is_none(), "the shop did not open");
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
        shop
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answer {
        let method = awc::http::Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        let sent = match body {
            Some(body) => request.send_json(body),
            None => request.send(),
        };
        let mut answer = sent.await.unwrap_or_else(|error| panic!("{path}: {error}"));
        let bytes = answer.body().limit(16 * 1024 * 1024).await.expect("a body");
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Answer {
            status: answer.status().as_u16(),
            replayed: header("idempotency-replayed").is_some(),
            cart_token: header("x-cart-token"),
            json: serde_json::from_slice(&bytes).unwrap_or(json!(bytes.len())),
        }
    }

    /// A request with a body that is no JSON.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let method = awc::http::Method::from_bytes(method.as_bytes()).expect("a method");
        let request =
            headers.iter().fold(self.client.request(method, format!("{}{path}", self.base)), |request, header| request.insert_header(*header));
        let mut answer = request.send_body(body).await.unwrap_or_else(|error| panic!("{path}: {error}"));
        let bytes = answer.body().limit(16 * 1024 * 1024).await.expect("a body");
        let json = serde_json::from_slice(&bytes).unwrap_or(json!(bytes.len()));
        Answer { status: answer.status().as_u16(), replayed: false, cart_token: None, json }
    }

    /// A file as it is served.
    pub async fn file(&self, path: &str, headers: &[(&str, &str)]) -> File {
        let request = headers.iter().fold(self.client.get(format!("{}{path}", self.base)), |request, header| request.insert_header(*header));
        let mut answer = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
        let body = answer.body().limit(16 * 1024 * 1024).await.expect("a body").to_vec();
        let text = |value: &awc::http::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        File { status: answer.status().as_u16(), headers, body }
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Value {
        let answer = self.ask("GET", path, headers, None).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.json);
        answer.json
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let answer = self.ask("POST", path, headers, Some(body)).await;
        assert!((200..300).contains(&answer.status), "{path}: {} {}", answer.status, answer.json);
        answer
    }
}

pub fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer}: {value}")).to_owned()
}

/// An order for one piece, by a guest: its id, its token, its answer. Nothing where it is sold out.
pub async fn order_as_guest(shop: &Shop, variant: &str) -> Option<(String, String, Value)> {
    let added = shop.ask("POST", "/api/v1/cart/items", &[], Some(&json!({"variant_id": variant, "quantity": 1}))).await;
    let token = added.cart_token.filter(|_| added.status == 201)?;
    let placed = shop.ask("POST", "/api/v1/orders", &[("x-cart-token", &token)], Some(&order_body())).await;
    assert!([201, 409].contains(&placed.status), "{placed:?}");
    let order = Some(placed.json).filter(|_| placed.status == 201)?;
    Some((text(&order, "/id"), text(&order, "/access_token"), order))
}

pub fn order_body() -> Value {
    let address = json!({"name": "Maya Lindqvist", "line1": "Rua da Rosa 14", "city": "Lisbon", "postal_code": "1200-387", "country": "PT"});
    json!({"email": "guest@example.com", "shipping_address": address, "shipping_method": "standard", "payment": {"provider": "manual"}})
}

/// A customer of a shop: signed in, with an order, a cart and a review.
pub struct Customer {
    authorization: String,
    refresh: String,
    order: Value,
    key: &'static str,
}

impl Customer {
    pub async fn shopping(shop: &Shop, variant: &str, product: &str) -> Self {
        let person = json!({"username": "maya", "email": "maya@example.com", "password": "correct horse battery"});
        shop.post("/api/v1/auth/register", &[], &person).await;
        let tokens = shop.post("/api/v1/auth/login", &[], &json!({"login": "maya", "password": "correct horse battery"})).await.json;
        let authorization = format!("Bearer {}", text(&tokens, "/access_token"));
        let headers = [("authorization", authorization.as_str()), ("idempotency-key", "the-only-one")];
        shop.post("/api/v1/cart/items", &headers[..1], &json!({"variant_id": variant, "quantity": 2})).await;
        let order = shop.post("/api/v1/orders", &headers, &order_body()).await.json;
        shop.post("/api/v1/cart/items", &headers[..1], &json!({"variant_id": variant, "quantity": 1})).await;
        let review = json!({"rating": 4, "title": "Größe: genau richtig 🍵", "text": "Tab\tand \"quotes\" and \\ stay."});
        shop.post(&format!("/api/v1/products/{product}/reviews"), &headers[..1], &review).await;
        Self { authorization: authorization.clone(), refresh: text(&tokens, "/refresh_token"), order, key: "the-only-one" }
    }

    /// What a set of addresses answers, lists to their end; sorted where the order is the database's own affair.
    pub async fn record(&self, shop: &Shop) -> Vec<(String, Value)> {
        let headers = [("authorization", self.authorization.as_str())];
        // The worker writes the mails about the account and the order a moment later.
        for _ in 0..200 {
            if shop.get("/api/v1/users/me/export", &headers).await["mails"].as_array().is_some_and(|mails| mails.len() == 2) {
                break;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let mut recorded = Vec::new();
        for list in ["/products?limit=50", "/products?limit=50&sort=price", "/orders?limit=20", "/users/me/sessions"] {
            let (mut path, mut items) = (format!("/api/v1{list}"), Vec::new());
            loop {
                let page = shop.get(&path, &headers).await;
                items.extend(page["items"].as_array().cloned().unwrap_or_else(|| page.as_array().cloned().unwrap_or_default()));
                let Some(cursor) = page["next_cursor"].as_str() else { break };
                path = format!("/api/v1{list}&cursor={cursor}");
            }
            assert!(!items.is_empty(), "{list} is empty");
            recorded.push((list.to_owned(), Value::Array(items)));
        }
        // The dearest: nobody else buys it here.
        let slug = text(recorded[1].1.as_array().and_then(|items| items.last()).expect("a product"), "/slug");
        let order = text(&self.order, "/id");
        for path in [
            "/users/me",
            "/users/me/export",
            "/cart",
            "/categories",
            &format!("/products/{slug}"),
            &format!("/products/{slug}/reviews"),
            &format!("/orders/{order}"),
        ] {
            let mut answer = shop.get(&format!("/api/v1{path}"), &headers).await;
            answer.as_object_mut().map(|object| object.remove("exported_at"));
            recorded.push((path.to_owned(), answer));
        }
        let found = shop.get("/api/v1/products?q=mug&limit=100", &[]).await;
        let mut slugs: Vec<String> = found["items"].as_array().expect("a list").iter().map(|item| text(item, "/slug")).collect();
        slugs.sort_unstable();
        assert!(!slugs.is_empty(), "the search finds something");
        recorded.push(("search".into(), json!(slugs)));
        let picture = text(&recorded[0].1, "/7/image/url");
        recorded.push(("picture".into(), shop.get(&picture, &[]).await));
        recorded
    }

    /// In the shop's new place: the order is not placed again, and the session goes on.
    pub async fn go_on(&self, shop: &Shop) {
        let headers = [("authorization", self.authorization.as_str()), ("idempotency-key", self.key)];
        let again = shop.post("/api/v1/orders", &headers, &order_body()).await;
        assert!(again.replayed && again.json == self.order, "{again:?}");
        shop.post("/api/v1/auth/refresh", &[], &json!({"refresh_token": self.refresh})).await;
        let (_, _, next) = order_as_guest(shop, &text(&self.order, "/items/0/variant_id")).await.expect("it is in stock");
        assert!(number(&next) > number(&self.order), "the numbers go on: {next}");
    }
}

fn number(order: &Value) -> i64 {
    text(order, "/number").parse().expect("a number")
}

/// Stops the test at the first address that answers otherwise.
#[track_caller]
pub fn assert_same(before: &[(String, Value)], after: &[(String, Value)]) {
    assert_eq!(before.len(), after.len());
    for ((path, before), (_, after)) in before.iter().zip(after) {
        assert!(before == after, "{path} answered\n{before}\nand now\n{after}");
    }
}

/// Every variant in stock of some products, the best stocked first: its id, and its product's slug.
pub async fn in_stock(shop: &Shop) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in shop.get("/api/v1/products?limit=20&sort=price", &[]).await["items"].as_array().expect("a list") {
        let slug = text(item, "/slug");
        for variant in shop.get(&format!("/api/v1/products/{slug}"), &[]).await["variants"].as_array().expect("variants") {
            found.push((variant["stock"].as_i64().unwrap_or_default(), text(variant, "/id"), slug.clone()));
        }
    }
    found.sort_unstable_by_key(|(stock, ..)| std::cmp::Reverse(*stock));
    found.into_iter().filter(|(stock, ..)| *stock > 0).map(|(_, id, slug)| (id, slug)).collect()
}

/// How many rows a statement finds.
pub async fn count(url: &str, sql: &str) -> i64 {
    let db = Database::connect(&Options { connections: 1, ..Options::new(url) }).await.expect("the database opens");
    let value = Sql::new(format!("select count(*) as value from ({sql}) as found"), []).number(db.reader()).await.expect("it can be counted");
    db.close().await.expect("it closes");
    value.expect("a count")
}

/// What must hold in any shop: statements that find what is broken.
pub async fn assert_sound(url: &str) {
    for broken in [
        "select v.id from variants v where v.stock <> (select coalesce(sum(m.delta), 0) from stock_movements m where m.variant_id = v.id)",
        "select o.id from orders o where o.subtotal <> (select coalesce(sum(i.line_amount), 0) from order_items i where i.order_id = o.id)",
        "select p.id from products p left join product_search s on s.product_id = p.id where s.product_id is null",
        "select o.id from orders o where not exists (select 1 from order_events e where e.order_id = o.id)",
    ] {
        assert_eq!(count(url, broken).await, 0, "{broken}");
    }
}

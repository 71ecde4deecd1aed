//! The program is killed in the middle of its work and started again: what it acknowledged is there, once.
#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

use std::{
    cell::{Cell, RefCell},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use novashop_db::{Database, sql::Sql};
use novashop_testing::{
    TestDatabase,
    races::{at_once, rounds},
    shopping::order,
};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";
const STOCK: i64 = 5000;
const CLIENTS: usize = 8;
/// A server that does not come up in this time is broken.
const PATIENCE: Duration = Duration::from_secs(60);

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("some port is free").to_string()
}

/// A shop of its own: the real program over a database and a folder that go when the test ends.
struct Shop {
    database: TestDatabase,
    folder: PathBuf,
    address: String,
    metrics: String,
    running: RefCell<Option<Child>>,
    client: awc::Client,
    /// How many requests got no answer.
    unanswered: Cell<usize>,
}

impl Shop {
    async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let database = TestDatabase::new().await;
        let name = format!("novashop_crash_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let client = awc::Client::builder().timeout(Duration::from_secs(30)).finish();
        Self { database, folder, address: free_address(), metrics: free_address(), running: RefCell::default(), client, unanswered: Cell::new(0) }
    }

    /// The program in a folder without a `.env`, over this shop's database.
    fn novashop(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_novashop"));
        command.args(arguments).current_dir(&self.folder).env("DATA_DIR", self.folder.join("data")).env("DATABASE_URL", &self.database.options.url);
        command
            .env("API_ADDR", &self.address)
            .env("WEB_ADDR", "127.0.0.1:0")
            .env("METRICS_ADDR", &self.metrics)
            .env("RATE_LIMITS", "off")
            .env("RUST_LOG", "warn");
        command.env("ENVIRONMENT", "development").env("NOVASHOP_ADMIN_PASSWORD", PASSWORD).env_remove("PORT").env_remove("SECRET_KEY");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.novashop(arguments).output().expect("the program runs")
    }

    async fn start(&self) {
        let child = self.novashop(&["serve"]).stdout(Stdio::null()).spawn().expect("the program runs");
        *self.running.borrow_mut() = Some(child);
        let from = Instant::now();
        while !self.client.get(format!("http://{}/readyz", self.address)).send().await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(from.elapsed() < PATIENCE, "the shop does not open");
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// `kill -9`.
    fn kill(&self) {
        if let Some(mut child) = self.running.borrow_mut().take() {
            child.kill().expect("a process of ours can be killed");
            child.wait().expect("it ends");
        }
    }

    /// Sends a request until it is answered; the answer's JSON and the guest's cart token.
    async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value, status: u16) -> (Value, Option<String>) {
        loop {
            let mut request = self.client.post(format!("http://{}/api/v1{path}", self.address));
            for (name, value) in headers {
                request = request.insert_header((*name, *value));
            }
            // An answer that breaks off in its middle is none.
            if let Ok(mut answer) = request.send_json(body).await
                && let Ok(bytes) = answer.body().await
            {
                let json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
                assert_eq!(answer.status().as_u16(), status, "POST {path}: {json}");
                let token = answer.headers().get("x-cart-token").and_then(|token| token.to_str().ok()).map(str::to_owned);
                return (json, token);
            }
            self.unanswered.set(self.unanswered.get() + 1);
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Value {
        let mut request = self.client.get(format!("http://{}/api/v1{path}", self.address));
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        let mut answer = request.send().await.expect("the shop is open");
        assert_eq!(answer.status(), 200, "GET {path}");
        answer.json().await.expect("JSON")
    }

    /// A guest fills a cart and orders it, with one key however often it takes; the order as it was acknowledged.
    async fn buy(&self, variant: &str, key: &str) -> Value {
        let line = json!({"variant_id": variant, "quantity": 1});
        let (_, token) = self.post("/cart/items", &[], &line, 201).await;
        let token = token.expect("a guest is given a token");
        self.post("/orders", &[("x-cart-token", &token), ("idempotency-key", key)], &order(), 201).await.0
    }

    /// What a statement gives as `value`, past the program.
    async fn number(&self, sql: &str) -> i64 {
        let db = Database::connect(&self.database.options).await.expect("the database can be reached");
        let number = Sql::new(sql, []).number(db.reader()).await.expect("the statement runs").expect("a row");
        db.close().await.expect("the connections close");
        number
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.kill();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

#[actix_web::test]
async fn whatever_was_acknowledged_before_a_kill_is_there_once_after_it() {
    let (orders, kills) = (rounds(120, 500), rounds(3, 12));
    let shop = Shop::new().await;
    let made = shop.run(&["user", "create-admin", "maya", "maya@example.com"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    shop.start().await;
    let (pair, _) = shop.post("/auth/login", &[], &json!({"login": "maya", "password": PASSWORD}), 200).await;
    let bearer = format!("Bearer {}", pair["access_token"].as_str().expect("a token"));
    let admin: [(&str, &str); 1] = [("authorization", &bearer)];
    let mug = json!({"name": "Mug", "status": "published", "price": {"amount": 1999, "currency": "EUR"}, "stock": STOCK});
    let (mug, _) = shop.post("/products", &admin, &mug, 201).await;
    let variant = mug["variants"][0]["id"].as_str().expect("a variant");

    let (next, acknowledged) = (Cell::new(0), RefCell::new(Vec::new()));
    let client = async || {
        while next.get() < orders {
            let number = next.replace(next.get() + 1);
            let placed = shop.buy(variant, &format!("order-{number}")).await;
            acknowledged.borrow_mut().push(placed);
        }
    };
    let killer = async {
        for kill in 1..=kills {
            while acknowledged.borrow().len() < kill * orders / (kills + 1) {
                actix_web::rt::time::sleep(Duration::from_millis(1)).await;
            }
            shop.kill();
            shop.start().await;
        }
    };
    actix_web::rt::pin!(killer);
    let clients = at_once((0..CLIENTS).map(|_| Box::pin(client())));
    futures_util::future::join(clients, killer).await;

    let placed = acknowledged.take();
    assert_eq!(placed.len(), orders);
    assert!(shop.unanswered.get() > 0, "the kills hit nobody");
    let mut numbers: Vec<&str> = placed.iter().map(|order| order["number"].as_str().expect("a number")).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), orders, "every key has an order of its own");
    let mut sold = 0;
    for order in &placed {
        let id = order["id"].as_str().expect("an id");
        let token = order["access_token"].as_str().expect("a guest's token");
        let found = shop.get(&format!("/orders/{id}"), &[("x-order-token", token)]).await;
        assert_eq!((&found["number"], &found["items"], &found["total"]), (&order["number"], &order["items"], &order["total"]));
        sold += found["items"][0]["quantity"].as_i64().expect("a quantity");
    }
    let all = shop.get("/admin/orders?include_total=true&limit=1", &admin).await;
    assert_eq!(all["total"], orders, "and there is none that nobody knows of");
    let mug = shop.get("/products/mug", &admin).await;
    assert_eq!(mug["variants"][0]["stock"].as_i64().expect("a stock") + sold, STOCK);

    // What the killed one had in its hands is taken up again after half a minute.
    let from = Instant::now();
    while shop.number("select count(*) as value from outbox where delivered_at is null").await > 0 {
        assert!(from.elapsed() < PATIENCE, "the outbox is not handed on");
        actix_web::rt::time::sleep(Duration::from_millis(200)).await;
    }
    let verified = shop.run(&["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    shop.kill();
}

#[actix_web::test]
async fn the_demo_shop_is_sound_and_a_broken_one_ends_with_1() {
    let shop = Shop::new().await;
    let loaded = shop.run(&["demo"]);
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    let sound = shop.run(&["verify"]);
    let text = String::from_utf8_lossy(&sound.stdout);
    assert!(sound.status.success() && text.contains("Nothing is broken"), "{text}");

    let db = Database::connect(&shop.database.options).await.expect("the database can be reached");
    let tampered = "update variants set stock = stock + 1 where sku = (select min(sku) from variants)";
    assert_eq!(Sql::new(tampered, []).execute(db.writer()).await.expect("the statement runs"), 1);
    db.close().await.expect("the connections close");
    let broken = shop.run(&["verify", "--json"]);
    assert_eq!(broken.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&broken.stdout).expect("JSON and nothing else");
    let named: Vec<&Value> = report["checks"].as_array().expect("checks").iter().filter(|check| check["broken"] != 0).collect();
    assert_eq!((&report["ok"], named.len(), &named[0]["name"]), (&json!(false), 1, &json!("stock_is_its_ledger")));
    let text = String::from_utf8_lossy(&shop.run(&["verify"]).stdout).into_owned();
    assert!(text.contains("1 row is broken."), "{text}");
}

#[actix_web::test]
async fn the_selftest_sells_every_piece_once_and_leaves_nothing_behind() {
    let shop = Shop::new().await;
    let mut command = shop.novashop(&["selftest", "oversell", "--buyers", "40", "--stock", "3"]);
    if let Some(server) = novashop_testing::database::postgres() {
        command.args(["--database-url", &server]);
    }
    let done = command.env("TMPDIR", &shop.folder).output().expect("the program runs");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.windows(2).any(|pair| pair == ["orders", "3"]) && words.windows(2).any(|pair| pair == ["refused", "37"]), "{text}");
    let left: Vec<_> = std::fs::read_dir(&shop.folder).expect("the folder is there").collect();
    assert!(left.is_empty(), "{left:?}");
    if novashop_testing::database::postgres().is_some() {
        assert_eq!(shop.number("select count(*) as value from pg_database where datname like 'novashop_selftest_%'").await, 0);
    }
}

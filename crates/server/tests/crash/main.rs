//! The program is killed in the middle of its work and started again: what it acknowledged is there, once.
#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

mod jobs;
mod mails;
mod shop;

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use novashop_db::{Database, sql::Sql};
use novashop_testing::races::{at_once, rounds};
use serde_json::{Value, json};
use shop::{PASSWORD, PATIENCE, Shop};

const STOCK: i64 = 5000;
const CLIENTS: usize = 8;

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
    let few = "select count(*) as value from variants where stock <= 5";
    let news = format!("{few} and id not in (select variant_id from low_stock_notices)");
    assert!(shop.number(few).await > 0);
    assert_eq!(shop.number(&news).await, 0, "nobody is written to about what the demo shop brought with it");

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

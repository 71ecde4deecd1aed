//! A worker is killed in the middle of a job: another takes it up, and the shop is as if nothing had happened.

use std::fmt::Write as _;

use serde_json::json;

use crate::shop::{PASSWORD, Shop, until};

const PRODUCTS: i64 = 4000;
const STOCK: i64 = 3;

fn file() -> Vec<u8> {
    let mut file = String::from("Handle,Title,Variant Price,Variant Inventory Qty\n");
    for n in 0..PRODUCTS {
        writeln!(file, "mug-{n},Mug {n},9.99,{STOCK}").expect("a String takes everything");
    }
    file.into_bytes()
}

#[actix_web::test]
async fn an_import_whose_worker_is_killed_in_its_middle_is_brought_in_once() {
    let shop = Shop::new().await;
    let made = shop.run(&["user", "create-admin", "maya", "maya@example.com"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    shop.open().await;
    let (pair, _) = shop.post("/auth/login", &[], &json!({"login": "maya", "password": PASSWORD}), 200).await;
    let bearer = format!("Bearer {}", pair["access_token"].as_str().expect("a token"));
    let import = shop.hand_in(&file(), &bearer).await;

    let products = async || shop.number("select count(*) as value from products").await;
    until("the first product", async || products().await > 0).await;
    shop.kill_worker();
    let there = products().await;
    assert!(there < PRODUCTS, "the kill came too late: all {there} are there");
    shop.open().await;

    let path = format!("/admin/imports/{}", import["id"].as_str().expect("an id"));
    let admin: [(&str, &str); 1] = [("authorization", &bearer)];
    until("the end of the import", async || shop.get(&path, &admin).await["finished_at"].is_string()).await;
    let done = shop.get(&path, &admin).await;
    assert_eq!((&done["status"], &done["rows_done"], &done["error_count"]), (&json!("done"), &json!(PRODUCTS), &json!(0)), "{done}");
    assert!(done["products_unchanged"].as_i64().expect("a count") > 0, "what was there is found unchanged: {done}");
    assert_eq!(products().await, PRODUCTS);
    assert_eq!(shop.number("select cast(sum(stock) as bigint) as value from variants").await, PRODUCTS * STOCK, "no stock is counted twice");
    until("the end of the job", async || shop.number("select count(*) as value from jobs where kind = 'import' and status = 'done'").await == 1)
        .await;
    assert!(shop.number("select attempts as value from jobs where kind = 'import'").await >= 2);
    let listed = shop.run(&["jobs", "list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("import"), "{}", String::from_utf8_lossy(&listed.stdout));
    let verified = shop.run(&["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

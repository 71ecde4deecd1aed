//! Stock and its ledger.

use novashop_testing::{TestApp, first_variant};
use serde_json::json;

#[actix_web::test]
async fn every_change_of_stock_is_in_the_ledger_and_the_deltas_add_up() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").stock(10).create().await;
    let path = format!("/variants/{}/stock", first_variant(&mug));
    let less = staff.post(&path, json!({"delta": -3, "reason": "broken"})).await.assert_status(201);
    assert_eq!((&less.json["delta"], &less.json["stock_after"], &less.json["kind"]), (&json!(-3), &json!(7), &json!("adjusted")));
    assert_eq!(less.json["actor_id"], json!(staff.id()));
    let set = staff.post(&path, json!({"set": 40, "reason": "counted"})).await.assert_status(201);
    assert_eq!((&set.json["delta"], &set.json["stock_after"]), (&json!(33), &json!(40)));
    app.customer().await.put_in_cart(first_variant(&mug), 1).await;

    let ledger = staff.get(&path).await.assert_status(200);
    let kinds: Vec<_> = ledger.items().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["adjusted", "adjusted", "initial"]);
    assert_eq!(ledger.items().iter().map(|line| line["delta"].as_i64().unwrap()).sum::<i64>(), 40);
}

#[actix_web::test]
async fn a_stock_never_goes_below_zero_and_a_change_needs_one_way_and_a_reason() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").stock(2).create().await;
    let path = format!("/variants/{}/stock", first_variant(&mug));
    staff.post(&path, json!({"delta": -3, "reason": "broken"})).await.assert_problem(409, "stock_not_available");
    for body in [json!({"reason": "?"}), json!({"delta": 1, "set": 1, "reason": "?"}), json!({"delta": 1}), json!({"delta": 1, "reason": " "})] {
        staff.post(&path, body).await.assert_problem(422, "invalid");
    }
    staff.post(&path, json!({"set": -1, "reason": "?"})).await.assert_field("/set");
    staff.post(&path, json!({"delta": i64::MAX, "reason": "?"})).await.assert_field("/delta");
    assert_eq!(app.number("select stock as value from variants").await, 2);
}

#[actix_web::test]
async fn a_stock_change_with_a_key_happens_once() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").stock(2).create().await;
    let path = format!("/variants/{}/stock", first_variant(&mug));
    let change = |delta: i64| staff.post(&path, json!({"delta": delta, "reason": "delivery"})).header("idempotency-key", "delivery-17");
    let first = change(5).await.assert_status(201);
    let again = change(5).await.assert_status(201);
    assert_eq!(again.body, first.body);
    assert_eq!(again.need_header("idempotency-replayed"), "true");
    change(6).await.assert_problem(422, "idempotency_key_reused");
    assert_eq!(app.number("select stock as value from variants").await, 7);
    // The key belongs to one person and is forgotten after a day.
    app.clock().advance(24 * 3600 + 1);
    app.run_schedule().await;
    let keys = app.number("select count(*) as value from idempotency_keys").await;
    assert_eq!(keys, 0);
}

#[actix_web::test]
async fn a_product_is_in_stock_as_soon_as_one_variant_is() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").stock(0).create().await;
    let in_stock = async || app.anonymous().get("/products").await.assert_status(200).items()[0]["in_stock"].clone();
    assert_eq!(in_stock().await, false);
    staff.post(format!("/variants/{}/stock", first_variant(&mug)), json!({"set": 1, "reason": "found"})).await.assert_status(201);
    assert_eq!(in_stock().await, true);
}

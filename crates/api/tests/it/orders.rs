//! Placing orders, and what happens to them.

use novashop_db::sql::Sql;
use novashop_links::Heard;
use novashop_services::orders;
use novashop_testing::{TestApp, first_variant, shopping::order};
use novashop_types::orders::OrderStatus::{Cancelled, Delivered, Fulfilled, Paid};
use serde_json::{Value, json};

#[actix_web::test]
async fn an_order_takes_the_stock_fixes_the_prices_and_empties_the_cart() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let mug = app.product("Mug").price(1999).stock(5).create().await;
    maya.put_in_cart(first_variant(&mug), 2).await;
    let body = json!({"shipping_address": order()["shipping_address"]});
    let placed = maya.post("/orders", body).await.assert_status(201);
    assert_eq!(placed.need_header("location"), format!("/api/v1/orders/{}", placed.text_at("/id")));
    assert_eq!((&placed.json["number"], &placed.json["status"]), (&json!("1001"), &json!("pending_payment")));
    assert_eq!(placed.json["email"], json!(maya.account().email), "an account's own address is the default");
    assert_eq!(placed.json["billing_address"], placed.json["shipping_address"]);
    assert_eq!((&placed.json["items"][0]["quantity"], &placed.json["total"]["amount"]), (&json!(2), &json!(3998)));
    assert_eq!(placed.json["payment"]["status"], "pending");
    assert!(placed.json.get("access_token").is_none(), "an account needs no token");
    assert_eq!(maya.get("/cart").await.assert_status(200).json["item_count"], 0);
    assert_eq!(app.number("select stock as value from variants").await, 3);

    let staff = app.staff().await;
    let ledger = staff.get(format!("/variants/{}/stock", first_variant(&mug))).await.assert_status(200);
    assert_eq!((&ledger.items()[0]["kind"], &ledger.items()[0]["order_id"]), (&json!("sold"), &placed.json["id"]));
    staff.patch(format!("/products/{}", mug.summary.id), json!({"name": "Cup", "price": {"amount": 1, "currency": "EUR"}})).await.assert_status(200);
    let later = maya.get(format!("/orders/{}", placed.text_at("/number"))).await.assert_status(200);
    assert_eq!(later.json, placed.json, "what was sold stays as it was sold");
}

#[actix_web::test]
async fn a_short_order_names_every_short_line_and_changes_nothing() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let mut variants = Vec::new();
    for name in ["Mug", "Pot", "Cup"] {
        let product = app.product(name).stock(5).create().await;
        maya.put_in_cart(first_variant(&product), 3).await;
        variants.push(first_variant(&product));
    }
    for variant in &variants[..2] {
        staff.post(format!("/variants/{variant}/stock"), json!({"set": 1, "reason": "broken"})).await.assert_status(201);
    }
    let before = app.row_counts().await;
    let short = maya.post("/orders", order()).header("idempotency-key", "k").await.assert_problem(409, "out_of_stock");
    let mut lines: Vec<(&str, i64, i64)> = short.json["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["name"].as_str().unwrap(), line["requested"].as_i64().unwrap(), line["available"].as_i64().unwrap()))
        .collect();
    lines.sort_unstable();
    assert_eq!(lines, [("Mug", 3, 1), ("Pot", 3, 1)]);
    assert_eq!(app.row_counts().await, before, "no order, no ledger line, no event, no key");
    assert_eq!(app.number("select sum(stock) as value from variants").await, 7);
    assert_eq!(maya.get("/cart").await.assert_status(200).items().len(), 3);
}

#[actix_web::test]
async fn an_empty_cart_makes_no_order_and_a_guest_must_say_where_to_write() {
    let app = TestApp::new().await;
    app.customer().await.post("/orders", order()).await.assert_problem(422, "empty_cart");
    app.anonymous().post("/orders", order()).await.assert_problem(422, "empty_cart");
    let guest = app.anonymous();
    let mug = app.product("Mug").create().await;
    guest.put_in_cart(first_variant(&mug), 1).await;
    guest.post("/orders", json!({"shipping_address": order()["shipping_address"]})).await.assert_field("/email");
    for (field, value) in [("country", "XX"), ("name", " "), ("city", ""), ("postal_code", "123456789012345678901")] {
        let mut body = order();
        body["shipping_address"][field] = json!(value);
        guest.post("/orders", body).await.assert_field(&format!("/shipping_address/{field}"));
    }
    let mut body = order();
    body["payment"]["provider"] = json!("bitcoin");
    guest.post("/orders", body).await.assert_field("/payment/provider");
}

#[actix_web::test]
async fn a_guest_comes_back_to_the_order_with_its_token() {
    let app = TestApp::new().await;
    let guest = app.anonymous();
    let placed = guest.place_order().await;
    let token = placed.text_at("/access_token");
    let path = format!("/orders/{}", placed.text_at("/id"));
    guest.get(&path).await.assert_problem(404, "not_found");
    guest.get(&path).header("x-order-token", "wrong").await.assert_problem(404, "not_found");
    app.customer().await.get(&path).await.assert_problem(404, "not_found");
    let seen = guest.get(&path).header("x-order-token", token.clone()).await.assert_status(200);
    assert!(seen.json.get("access_token").is_none(), "the token is told once");
    let by_link = guest.get(format!("{path}?token={token}")).await.assert_status(200);
    assert_eq!(by_link.json, seen.json);
    let other = app.anonymous().place_order().await;
    guest.get(format!("/orders/{}", other.text_at("/id"))).header("x-order-token", token.clone()).await.assert_problem(404, "not_found");
    guest.post(format!("{path}/payments"), json!({"provider": "manual"})).header("x-order-token", token.clone()).await.assert_status(201);
    guest.post(format!("{path}/cancel"), json!({})).header("x-order-token", token).await.assert_status(200);
}

#[actix_web::test]
async fn a_repeated_order_with_a_key_is_the_first_one_again() {
    let app = TestApp::new().await;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let mug = app.product("Mug").stock(9).create().await;
    maya.put_in_cart(first_variant(&mug), 1).await;
    let place = |body: Value| maya.post("/orders", body).header("idempotency-key", "order-1");
    let first = place(order()).await.assert_status(201);
    assert!(first.header("idempotency-replayed").is_none());
    maya.put_in_cart(first_variant(&mug), 1).await;
    let again = place(order()).await.assert_status(201);
    assert_eq!((&again.body, again.need_header("idempotency-replayed"), again.header("location")), (&first.body, "true", first.header("location")));
    let mut changed = order();
    changed["email"] = json!("elsewhere@example.com");
    place(changed).await.assert_problem(422, "idempotency_key_reused");
    other.put_in_cart(first_variant(&mug), 1).await;
    let others = other.post("/orders", order()).header("idempotency-key", "order-1").await.assert_status(201);
    assert_ne!(others.json["id"], first.json["id"], "the key is the caller's own");
    app.clock().advance(24 * 3600 + 1);
    let refreshed = app.anonymous().post("/auth/refresh", json!({"refresh_token": maya.account().refresh_token})).await.assert_status(200);
    let bearer = format!("Bearer {}", refreshed.text_at("/access_token"));
    let next_day = place(order()).header("authorization", bearer).await.assert_status(201);
    assert_ne!(next_day.json["id"], first.json["id"], "a key is kept for a day");
}

#[actix_web::test]
async fn an_order_that_was_refused_leaves_its_key_free() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    maya.post("/orders", order()).header("idempotency-key", "k").await.assert_problem(422, "empty_cart");
    let mug = app.product("Mug").create().await;
    maya.put_in_cart(first_variant(&mug), 1).await;
    maya.post("/orders", order()).header("idempotency-key", "k").await.assert_status(201);
}

#[actix_web::test]
async fn an_order_goes_its_way_and_no_other() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let id = maya.place_order().await.text_at("/id");
    let path = format!("/admin/orders/{id}/transitions");
    for to in ["fulfilled", "delivered", "refunded", "pending_payment"] {
        staff.post(&path, json!({"to": to})).await.assert_problem(409, "transition_not_allowed");
    }
    staff.post(&path, json!({"to": "paid", "tracking": "LX1"})).await.assert_field("/tracking");
    let paid = staff.post(&path, json!({"to": "paid"})).await.assert_status(200);
    assert_eq!((&paid.json["payment"]["status"], &paid.json["expires_at"]), (&json!("captured"), &json!(null)));
    let sent = staff.post(&path, json!({"to": "fulfilled", "tracking": "LX123456789PT"})).await.assert_status(200);
    assert_eq!(sent.json["events"][2]["tracking"], "LX123456789PT");
    staff.post(&path, json!({"to": "cancelled"})).await.assert_problem(409, "transition_not_allowed");
    maya.post(format!("/orders/{id}/cancel"), json!({})).await.assert_problem(409, "transition_not_allowed");
    staff.post(&path, json!({"to": "delivered"})).await.assert_status(200);
    let seen = maya.get(format!("/orders/{id}")).await.assert_status(200);
    let events: Vec<&str> = seen.json["events"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(events, ["placed", "paid", "fulfilled", "delivered"]);
    maya.post(format!("/orders/{id}/payments"), json!({"provider": "manual"})).await.assert_problem(409, "conflict");
}

#[actix_web::test]
async fn a_cancelled_order_gives_its_stock_back_once() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let mug = app.product("Mug").stock(5).create().await;
    maya.put_in_cart(first_variant(&mug), 5).await;
    let id = maya.post("/orders", order()).await.assert_status(201).text_at("/id");
    assert_eq!(app.number("select sellable_variants as value from products").await, 0);
    let cancelled = maya.post(format!("/orders/{id}/cancel"), json!({"reason": "Too many"})).await.assert_status(200);
    assert_eq!((&cancelled.json["status"], &cancelled.json["payment"]["status"]), (&json!("cancelled"), &json!("cancelled")));
    assert_eq!(cancelled.json["events"][1]["reason"], "Too many");
    maya.post(format!("/orders/{id}/cancel"), json!({})).await.assert_problem(409, "transition_not_allowed");
    assert_eq!(app.number("select stock as value from variants").await, 5);
    assert_eq!(app.number("select sellable_variants as value from products").await, 1);
}

#[actix_web::test]
async fn an_order_is_called_off_without_a_body_too() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let id = maya.place_order().await.text_at("/id");
    maya.request(actix_web::http::Method::POST, format!("/api/v1/orders/{id}/cancel")).await.assert_status(200);
}

#[actix_web::test]
async fn an_order_that_cannot_be_cancelled_keeps_none_behind_it_from_expiring() {
    let app = TestApp::new().await;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let stuck = maya.place_order().await.text_at("/id");
    app.clock().advance(1);
    let behind = other.place_order().await.text_at("/id");
    // What is given back to it has no room.
    let full = "update variants set stock = 9223372036854775807 where id = (select i.variant_id from order_items i join orders o on o.id = i.order_id \
         order by o.number limit 1)";
    assert_eq!(Sql::new(full, []).execute(app.ctx().db.writer()).await.unwrap(), 1);
    app.clock().advance(30 * 60);
    app.run_schedule().await;
    // Whoever asks signs in anew: half an hour is longer than a token lives.
    let status = async |id: &str| app.admin().await.get(format!("/orders/{id}")).await.assert_status(200).json["status"].clone();
    assert_eq!((status(&stuck).await, status(&behind).await), (json!("pending_payment"), json!("cancelled")));
    let failed = "select count(*) as value from jobs where kind = 'expire_orders' and status = 'queued' and last_error is not null";
    assert_eq!(app.number(failed).await, 1, "whoever looks after the shop hears of it");
    // Nor one of those that are looked for together with it.
    let last = app.customer().await.place_order().await.text_at("/id");
    app.clock().advance(30 * 60 + 1);
    orders::cancel_expired(app.ctx(), 1).await.unwrap_err();
    assert_eq!(status(&last).await, "cancelled");
}

#[actix_web::test]
async fn an_unpaid_order_is_cancelled_after_half_an_hour() {
    let app = TestApp::new().await;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let unpaid = maya.place_order().await.text_at("/id");
    let paid = other.place_order().await.text_at("/id");
    app.move_order(&paid, &[Paid]).await;
    app.clock().advance(30 * 60 - 1);
    app.run_schedule().await;
    let admin = app.admin().await;
    let status = async |id: &str| admin.get(format!("/orders/{id}")).await.assert_status(200).json["status"].clone();
    assert_eq!(status(&unpaid).await, "pending_payment");
    app.clock().advance(1);
    app.run_schedule().await;
    assert_eq!((status(&unpaid).await, status(&paid).await), (json!("cancelled"), json!("paid")));
    assert_eq!(app.number("select min(stock) as value from variants").await, 4);
    assert_eq!(app.number("select max(stock) as value from variants").await, 5);
}

#[actix_web::test]
async fn a_person_lists_only_the_own_orders_and_staff_find_any() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let first = maya.place_order().await;
    app.clock().advance(600);
    assert_eq!(maya.get("/orders").await.assert_status(200).items(), std::slice::from_ref(&first.json));

    app.clock().advance(23 * 3600);
    let (other, staff) = (app.other_customer().await, app.staff().await);
    let second = other.place_order().await.text_at("/id");
    assert_eq!(other.get("/orders").await.assert_status(200).items().len(), 1);
    app.move_order(&second, &[Paid, Cancelled]).await;
    let found = async |query: &str| {
        let list = staff.get(format!("/admin/orders?{query}")).await.assert_status(200);
        list.items().iter().map(|order| order["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("").await, "1002 1001");
    assert_eq!(found("status=cancelled").await, "1002");
    assert_eq!(found("q=1001").await, "1001");
    assert_eq!(found("q=guest@").await, "1002 1001", "by e-mail address");
    assert_eq!(found("q=lindqvist").await, "1002 1001", "by name");
    assert_eq!(found("q=%25").await, "");
    assert_eq!(found("to=2026-06-01T12:00:00Z").await, "1001");
    assert_eq!(found("from=2026-06-01T12:00:00Z").await, "1002");
    assert_eq!(found("from=2026-06-03").await, "");
    for bad in ["status=gone", "from=yesterday", "to=31.01.2026"] {
        staff.get(format!("/admin/orders?{bad}")).await.assert_problem(400, "invalid_parameter");
    }
}

#[actix_web::test]
async fn staff_who_read_an_older_version_of_an_order_do_not_move_it() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let id = maya.place_order().await.text_at("/id");
    let tag = staff.get(format!("/orders/{id}")).await.assert_status(200).need_header("etag").to_owned();
    let path = format!("/admin/orders/{id}/transitions");
    staff.post(&path, json!({"to": "paid"})).header("if-match", tag.clone()).await.assert_status(200);
    staff.post(&path, json!({"to": "fulfilled"})).header("if-match", tag).await.assert_problem(412, "precondition_failed");
}

#[actix_web::test]
async fn what_happens_to_an_order_is_told_to_those_who_listen() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    let maya = app.customer().await;
    let id = maya.place_order().await.text_at("/id");
    app.move_order(&id, &[Paid, Fulfilled, Delivered]).await;
    app.run_outbox().await;
    let mut told = Vec::new();
    while let Some(Heard::Event { event, .. }) = events.try_next() {
        told.push(event["type"].as_str().unwrap_or_default().to_owned());
    }
    assert_eq!(told.iter().filter(|kind| *kind == "order.placed").count(), 1);
    assert_eq!(told.iter().filter(|kind| *kind == "order.updated").count(), 3, "{told:?}");
    assert!(told.contains(&"product.stock".to_owned()), "{told:?}");
}

#[actix_web::test]
async fn a_guests_order_token_comes_again_with_a_repeat_and_is_nowhere_kept() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").stock(5).create().await;
    let guest = app.anonymous();
    guest.put_in_cart(first_variant(&mug), 1).await;
    let first = guest.post("/orders", order()).header("idempotency-key", "one").await.assert_status(201);
    let again = guest.post("/orders", order()).header("idempotency-key", "one").await.assert_status(201);
    assert_eq!(first.json, again.json);
    let token = first.text_at("/access_token");
    assert_eq!(app.number("select count(*) as value from idempotency_keys where body like '%access_token%'").await, 0);
    let path = format!("/orders/{}", first.text_at("/id"));
    app.anonymous().get(&path).header("x-order-token", token).await.assert_status(200);
    app.anonymous().get(&path).header("x-order-token", "another").await.assert_problem(404, "not_found");
}

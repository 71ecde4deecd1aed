//! Attacks with fields and numbers: what a caller must not decide, and what does not fit.

use std::collections::BTreeSet;

use novashop_testing::{TestApp, contract::contract, first_variant, shopping::order};
use novashop_types::money::MAX_PRICE;
use serde_json::{Value, json};

use crate::bad_input::Ready;

/// Fields that an attacker would like to set.
const PRIVILEGED: &[&str] = &[
    "id",
    "user_id",
    "owner_id",
    "role",
    "is_admin",
    "admin",
    "active",
    "email_verified",
    "email_verified_at",
    "verified",
    "password_hash",
    "price",
    "amount",
    "unit_price",
    "line_total",
    "subtotal",
    "discount",
    "shipping",
    "tax",
    "total",
    "coupon",
    "currency",
    "status",
    "stock",
    "version",
    "number",
    "paid",
    "payment_status",
    "access_token",
    "verified_purchase",
    "helpful_count",
    "hidden",
    "created_at",
    "updated_at",
    "placed_at",
    "deleted_at",
    "expires_at",
    "session_id",
    "actor_id",
];

/// The names that the document gives the fields of a schema.
fn names(document: &Value, schema: &Value) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    if let Some(target) = schema["$ref"].as_str() {
        all.extend(names(document, document.pointer(target.trim_start_matches('#')).expect("references lead somewhere")));
    }
    for inner in ["allOf", "oneOf", "anyOf"].iter().filter_map(|name| schema[*name].as_array()).flatten() {
        all.extend(names(document, inner));
    }
    all
}

#[actix_web::test]
async fn no_field_can_be_set_that_the_document_does_not_name() {
    let app = TestApp::new().await;
    let document = serde_json::to_value(novashop_api::openapi::document()).unwrap();
    let mut tried = 0;
    for operation in contract().operations.iter().filter(|operation| operation.json_body().is_some()) {
        let known = names(&document, operation.json_body().unwrap());
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        let good = ready.call.body.clone();
        // At the top, and in every object inside.
        let inside: Vec<&String> = good.as_object().unwrap().iter().filter(|(_, value)| value.is_object()).map(|(name, _)| name).collect();
        for name in PRIVILEGED.iter().filter(|name| !known.contains(**name)) {
            for value in [json!("admin"), json!(1), json!(null)] {
                let mut body = good.clone();
                body[name] = value;
                let refused = ready.request().json(body).await.assert_field(&format!("/{name}"));
                assert_eq!(refused.json["errors"][0]["code"], "unknown_field", "{}", refused.text());
                tried += 1;
            }
        }
        for object in inside {
            for name in ["role", "verified", "user_id", "total"] {
                let mut body = good.clone();
                body[object][name] = json!(1);
                // Options of a variant have names of their own choice, and are refused for what they are.
                let refused = ready.request().json(body).await;
                assert_eq!(refused.status, 422, "{} with {object}.{name}: {}", operation.name(), refused.text());
            }
        }
        assert_eq!(app.row_counts().await, before, "{} left rows behind", operation.name());
    }
    assert!(tried > 1000, "only {tried} fields were tried");
}

/// Every place in a body where a number stands, as JSON pointers.
fn places(value: &Value, at: &str, fits: &dyn Fn(&Value) -> bool, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), fits, found)),
        Value::Array(values) => values.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), fits, found)),
        value if fits(value) => found.push(at.to_owned()),
        _ => {}
    }
}

#[actix_web::test]
async fn a_number_that_does_not_fit_is_refused_wherever_a_number_stands() {
    let app = TestApp::new().await;
    let mut tried = 0;
    for operation in contract().operations.iter().filter(|operation| operation.json_body().is_some()) {
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        let mut numbers = Vec::new();
        places(&ready.call.body, "", &Value::is_number, &mut numbers);
        for place in numbers {
            for text in
                ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616", "1e308", "-1e308", "1e-7", "0.1"]
            {
                let mut body = ready.call.body.clone();
                *body.pointer_mut(&place).unwrap() = serde_json::from_str(text).unwrap();
                let refused = ready.request().json(body).await;
                assert_eq!(refused.status, 422, "{} with {place} = {text}: {}", operation.name(), refused.text());
                tried += 1;
            }
        }
        assert_eq!(app.row_counts().await, before, "{} left rows behind", operation.name());
    }
    assert!(tried >= 40, "only {tried} numbers were tried");
}

#[actix_web::test]
async fn a_quantity_is_never_negative_nothing_or_more_than_a_cart_takes() {
    let app = TestApp::new().await;
    let mug = first_variant(&app.product("Mug").stock(1_000_000_000).create().await);
    let guest = app.anonymous();
    let line = guest.put_in_cart(mug, 1).await.text_at("/items/0/id");
    for quantity in [-1, 0, 1000, -999, i64::MAX, i64::MIN, i64::from(i32::MAX) + 1, i64::from(u32::MAX) + 2] {
        guest.post("/cart/items", json!({"variant_id": mug, "quantity": quantity})).await.assert_field("/quantity");
        guest.patch(format!("/cart/items/{line}"), json!({"quantity": quantity})).await.assert_field("/quantity");
    }
    guest.put_in_cart(mug, 998).await;
    guest.post("/cart/items", json!({"variant_id": mug, "quantity": 1})).await.assert_field("/quantity");
    let cart = guest.get("/cart").await.assert_status(200);
    assert_eq!((&cart.json["item_count"], &cart.json["total"]["amount"]), (&json!(999), &json!(999_000)));
}

#[actix_web::test]
async fn a_price_is_never_negative_and_the_dearest_order_is_added_up_exactly() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let money = |amount: i64| json!({"amount": amount, "currency": "EUR"});
    for amount in [-1, MAX_PRICE + 1, i64::MAX, i64::MIN] {
        staff.post("/products", json!({"name": "Mug", "price": money(amount), "stock": 1})).await.assert_field("/price");
        let compared = json!({"name": "Mug", "price": money(1), "compare_at_price": money(amount), "stock": 1});
        staff.post("/products", compared).await.assert_field("/compare_at_price");
    }
    for stock in [-1, 1_000_000_001, i64::MAX] {
        staff.post("/products", json!({"name": "Mug", "price": money(1), "stock": stock})).await.assert_field("/stock");
    }
    let guest = app.anonymous();
    for number in 0..100 {
        let product = app.product(&format!("Crown {number}")).price(MAX_PRICE).stock(999).create().await;
        guest.put_in_cart(first_variant(&product), 999).await;
    }
    let extra = first_variant(&app.product("One more").create().await);
    guest.post("/cart/items", json!({"variant_id": extra, "quantity": 1})).await.assert_problem(409, "cart_full");
    let placed = guest.post("/orders", order()).await.assert_status(201);
    assert_eq!(placed.json["total"]["amount"], json!(MAX_PRICE * 999 * 100));
    assert_eq!(placed.json["items"][0]["line_total"]["amount"], json!(MAX_PRICE * 999));
}

#[actix_web::test]
async fn a_price_or_a_total_is_never_taken_from_the_caller() {
    let app = TestApp::new().await;
    let product = app.product("Mug").price(1999).stock(5).create().await;
    let guest = app.anonymous();
    guest.put_in_cart(first_variant(&product), 2).await;
    let staff = app.staff().await;
    let change = json!({"price": {"amount": 2500, "currency": "EUR"}});
    staff.patch(format!("/products/{}/variants/{}", product.summary.id, first_variant(&product)), change).await.assert_status(200);
    let placed = guest.post("/orders", order()).await.assert_status(201);
    assert_eq!(placed.json["total"]["amount"], 5000, "what counts is the price when it is ordered");
}

//! What nobody should send, to every operation of the OpenAPI document: it is refused in words, and nothing is left behind.

use std::rc::Rc;

use actix_web::http::Method;
use novashop_testing::{
    Actor, Answer, TestApp,
    actors::Request,
    contract::{Operation, contract},
};
use serde_json::{Value, json};

use crate::access::{Call, People, Row, WHO, table};

/// A request that would succeed, and somebody who may send it.
pub struct Ready {
    pub row: Row,
    pub who: Actor,
    pub call: Call,
}

impl Ready {
    pub async fn new(app: &TestApp, operation: &Operation) -> Self {
        let row = table().into_iter().find(|row| row.operation == operation.name()).expect("every operation has a row");
        let people = Rc::new(People::new(app).await);
        let index = row.who_may();
        assert!(index < WHO.len());
        let who = people.who(index).clone();
        let call = (row.prepare)(people, who.clone()).await;
        Self { row, who, call }
    }

    pub fn request(&self) -> Request {
        self.who.request(self.row.method(), self.row.path(&self.call))
    }
}

/// Stops the test where the answer is not one of these refusals, or where a row was written.
async fn refused(app: &TestApp, before: &[(String, i64)], what: &str, answer: Answer, allowed: &[u16]) {
    assert!(allowed.contains(&answer.status), "{} with {what} → {} instead of {allowed:?}\n{}", answer.request, answer.status, answer.text());
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("application/problem+json")), "{} with {what}", answer.request);
    assert_eq!(app.row_counts().await, before, "{} with {what} left rows behind", answer.request);
}

#[actix_web::test]
async fn a_body_that_is_no_json_or_has_another_form_is_refused_and_leaves_nothing() {
    let app = TestApp::with_mailer().await;
    for operation in contract().operations.iter().filter(|operation| operation.json_body().is_some()) {
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        for text in ["{", "", "nonsense", "{\"a\": }", "{\"a\": 1} x", "\u{feff}{}", "[1, 2", "\"\\ud800\""] {
            // An empty body is no body, which some operations take.
            if text.is_empty() && operation.spec["requestBody"]["required"] != true {
                continue;
            }
            let answer = ready.request().body("application/json", text).await;
            refused(&app, &before, &format!("{text:?}"), answer, &[400]).await;
        }
        for bytes in [&b"{\"a\": \"\xff\xfe\"}"[..], &b"\x00\x01"[..]] {
            refused(&app, &before, "bytes that are no text", ready.request().body("application/json", bytes).await, &[400]).await;
        }
        for body in [json!([]), json!(1), json!("text"), json!(null), json!(true), json!([{}])] {
            refused(&app, &before, &body.to_string(), ready.request().body("application/json", body.to_string()).await, &[422]).await;
        }
        let deep = "[".repeat(100_000);
        refused(&app, &before, "a very deep body", ready.request().body("application/json", deep).await, &[400]).await;
        let large = format!("{{\"a\": \"{}\"}}", "a".repeat(1024 * 1024));
        refused(&app, &before, "a very large body", ready.request().body("application/json", large).await, &[413]).await;
    }
}

#[actix_web::test]
async fn a_field_that_is_not_known_or_of_another_type_is_named() {
    let app = TestApp::with_mailer().await;
    for operation in contract().operations.iter().filter(|operation| operation.json_body().is_some()) {
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        let good = ready.call.body.as_object().expect("the table's bodies are objects").clone();
        let with = |name: &str, value: Value| {
            let mut body = good.clone();
            body.insert(name.to_owned(), value);
            body.into_iter().collect::<Value>()
        };
        for name in ["surprise", "a/b~c", "", "__proto__"] {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            let answer = ready.request().json(with(name, json!(1))).await.assert_field(&pointer);
            refused(&app, &before, name, answer, &[422]).await;
        }
        // An object's values without their names are no object.
        let bare = |object: &serde_json::Map<String, Value>| Value::from(object.values().cloned().collect::<Vec<_>>());
        let answer = ready.request().body("application/json", bare(&good).to_string()).await;
        refused(&app, &before, "a list of the fields' values", answer, &[422]).await;
        for (name, inner) in good.iter().filter_map(|(name, value)| Some((name, value.as_object()?))) {
            let answer = ready.request().json(with(name, bare(inner))).await;
            refused(&app, &before, &format!("{name} as a list"), answer, &[422]).await;
        }
        for name in good.keys() {
            for value in [json!({"surprise": [1]}), json!([[]]), json!(1.5), json!("\u{0}")] {
                let answer = ready.request().json(with(name, value.clone())).await;
                refused(&app, &before, &format!("{name} = {value}"), answer, &[400, 404, 422]).await;
            }
        }
    }
}

/// Every answer is checked against the document: what it does not allow must not be taken.
#[actix_web::test]
async fn null_is_taken_only_where_the_document_says_so() {
    let app = TestApp::with_mailer().await;
    for operation in contract().operations.iter().filter(|operation| operation.json_body().is_some()) {
        let mut ready = Ready::new(&app, operation).await;
        for field in contract().fields(operation) {
            let mut body = ready.call.body.clone();
            body[field] = Value::Null;
            let answer = ready.request().json(body).await;
            assert!(answer.status < 500, "{} with {field} = null → {}", answer.request, answer.text());
            if answer.status < 300 {
                ready = Ready::new(&app, operation).await;
            }
        }
    }
}

#[actix_web::test]
async fn a_body_whose_fields_contradict_each_other_is_refused_by_the_document_too() {
    let app = TestApp::with_mailer().await;
    let price = json!({"amount": 1999, "currency": "EUR"});
    let variant = json!({"price": price});
    for (name, bad) in [
        ("POST /api/v1/cart/items", json!({})),
        ("POST /api/v1/cart/items", json!({"variant_id": null, "product_id": null})),
        ("POST /api/v1/cart/items", json!({"variant_id": uuid(1), "product_id": uuid(2)})),
        ("POST /api/v1/variants/{id}/stock", json!({"reason": "counted"})),
        ("POST /api/v1/variants/{id}/stock", json!({"reason": "counted", "delta": 1, "set": 1})),
        ("POST /api/v1/products", json!({"name": "Mug"})),
        ("POST /api/v1/products", json!({"name": "Mug", "price": price, "variants": [variant]})),
        ("POST /api/v1/products", json!({"name": "Mug", "stock": 1, "variants": [variant]})),
        ("POST /api/v1/products", json!({"name": "Mug", "price": price, "slug": "Mug"})),
        ("POST /api/v1/products", json!({"name": "Mug", "price": price, "sku": "a b"})),
        ("POST /api/v1/products", json!({"name": " ", "price": price})),
        ("POST /api/v1/products", json!({"name": "Mug", "price": {"amount": 100_000_000_001_i64, "currency": "EUR"}})),
        ("POST /api/v1/products", json!({"name": "Mug", "price": price, "attributes": {"Material": {"a": 1}}})),
        ("POST /api/v1/products", json!({"name": "Mug", "price": price, "attributes": {"": "Stoneware"}})),
    ] {
        let operation = contract().operations.iter().find(|operation| operation.name() == name).expect("the operation is in the document");
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        refused(&app, &before, &bad.to_string(), ready.request().json(bad.clone()).await, &[422]).await;
        assert!(contract().check_request(operation, &bad).is_err(), "the document allows {name} with {bad}");
        contract().check_request(operation, &ready.call.body).expect("what succeeds is allowed");
    }
}

fn uuid(n: u32) -> String {
    format!("0198c0de-7a11-7c3f-9a54-0c1de2f3a{n:03}")
}

#[actix_web::test]
async fn a_body_of_another_content_type_is_refused() {
    let app = TestApp::with_mailer().await;
    for operation in contract().operations.iter().filter(|operation| !operation.spec["requestBody"].is_null()) {
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        let body = match &ready.call.raw {
            Some((_, bytes)) => bytes.clone(),
            None => ready.call.body.to_string().into_bytes(),
        };
        for kind in ["", "text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense", "application/jsonp"] {
            refused(&app, &before, kind, ready.request().body(kind, body.clone()).await, &[415]).await;
        }
        let zipped = ready.request().body("application/json", body).header("content-encoding", "gzip").await;
        refused(&app, &before, "a compressed body", zipped, &[415]).await;
    }
}

#[actix_web::test]
async fn an_address_that_is_nobodys_is_not_found_whatever_stands_in_it() {
    let app = TestApp::with_mailer().await;
    let long = "a".repeat(4000);
    let garbage = [
        "%00",
        "a%00b",
        "%F0%9F%8D%95",
        "%FF%FE",
        "%2e%2e",
        "..%2F..%2Fetc%2Fpasswd",
        "';%20drop%20table%20users;--",
        "0",
        "-1",
        "99999999999999999999",
        "00000000-0000-0000-0000-000000000000",
        "0198C0DE-7A11-7C3F-9A54-0C1DE2F3A4B5",
        "%20",
        long.as_str(),
    ];
    for operation in contract().operations.iter().filter(|operation| operation.path.contains('{')) {
        let ready = Ready::new(&app, operation).await;
        let before = app.row_counts().await;
        for place in 0..ready.call.ids.len() {
            for bad in garbage {
                let mut ids = ready.call.ids.clone();
                ids[place] = bad.to_owned();
                let call = Call { ids, query: "", body: Value::Null, raw: None };
                let mut request = ready.who.request(ready.row.method(), ready.row.path(&call));
                if !ready.call.body.is_null() {
                    request = request.json(ready.call.body.clone());
                }
                if let Some((kind, bytes)) = &ready.call.raw {
                    request = request.body(kind, bytes.clone());
                }
                // Taking something away that was never there is done already.
                let idempotent =
                    operation.name() == "DELETE /api/v1/wishlist/{product_id}" && !["%00", "%FF"].iter().any(|no_text| bad.contains(no_text));
                if idempotent {
                    request.await.assert_status(204);
                } else {
                    refused(&app, &before, bad, request.await, &[404]).await;
                }
            }
        }
    }
}

#[actix_web::test]
async fn a_parameter_that_is_not_known_is_named_wherever_there_is_a_query() {
    let app = TestApp::with_mailer().await;
    let reads = contract().operations.iter().filter(|operation| operation.method == "GET" && operation.path.starts_with("/api/"));
    for operation in reads.filter(|operation| operation.spec["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["in"] == "query"))) {
        let ready = Ready::new(&app, operation).await;
        let path = ready.row.path(&ready.call);
        let path = format!("{path}{}surprise=1", if path.contains('?') { '&' } else { '?' });
        let refused = ready.who.request(Method::GET, path.as_str()).await.assert_problem(400, "unknown_parameter");
        assert!(refused.text_at("/detail").contains("`surprise`"), "{path}: {}", refused.text());
    }
}

#[actix_web::test]
async fn a_header_that_is_not_usable_is_refused() {
    let app = TestApp::with_mailer().await;
    let takes = |operation: &Operation, name: &str| {
        operation.spec["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["in"] == "header" && one["name"] == name))
    };
    for operation in &contract().operations {
        if takes(operation, "Idempotency-Key") {
            let ready = Ready::new(&app, operation).await;
            let before = app.row_counts().await;
            for key in ["", "a b", "clé", &"a".repeat(256)] {
                let answer = ready.request().json(ready.call.body.clone()).header("idempotency-key", key).await;
                refused(&app, &before, key, answer.assert_problem(400, "invalid_idempotency_key"), &[400]).await;
            }
        }
        if takes(operation, "If-Match") {
            let ready = Ready::new(&app, operation).await;
            let before = app.row_counts().await;
            for tag in ["nonsense", "\"v999999-0\"", "\"\""] {
                let mut request = ready.request().header("if-match", tag);
                if !ready.call.body.is_null() {
                    request = request.json(ready.call.body.clone());
                }
                refused(&app, &before, tag, request.await, &[412]).await;
            }
        }
    }
}

#[actix_web::test]
async fn a_parameter_that_nobody_knows_is_refused_before_anything_is_done() {
    let app = TestApp::with_mailer().await;
    let maya = app.customer().await;
    for path in ["/users/me", "/users/me/sessions", "/users/me/export", "/cart", "/orders", "/wishlist"] {
        maya.get(format!("{path}?foo=1")).await.assert_problem(400, "unknown_parameter");
    }
    maya.delete("/cart?foo=1").await.assert_problem(400, "unknown_parameter");
    maya.delete("/users/me?foo=1").await.assert_problem(400, "unknown_parameter");
    maya.patch("/users/me?foo=1", serde_json::json!({"city": "Lisbon"})).await.assert_problem(400, "unknown_parameter");
    assert_eq!(maya.get("/users/me").await.assert_status(200).json["city"], "");
}

//! Orders as staff see them: with their notes.

use novashop_testing::{Actor, TestApp};
use serde_json::{Value, json};

fn kinds(order: &Value) -> Vec<&str> {
    order["events"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_note_is_for_staff_alone() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let order = maya.place_order().await;
    let (id, number) = (order.text_at("/id"), order.text_at("/number"));
    app.clock().advance(1);
    let noted = staff.post(format!("/admin/orders/{number}/notes"), json!({"text": "  Wants it on Friday. "})).await.assert_status(201);
    assert_eq!(noted.need_header("location"), format!("/api/v1/admin/orders/{id}"));
    assert_eq!(kinds(&noted.json), ["placed", "note"]);
    assert_eq!((&noted.json["events"][1]["text"], &noted.json["events"][1]["actor_id"]), (&json!("Wants it on Friday."), &json!(staff.id())));
    assert_eq!(noted.json["version"], order.json["version"], "a note changes nothing of the order");

    let seen = staff.get(format!("/admin/orders/{id}")).await.assert_status(200);
    assert_eq!(seen.json, noted.json);
    let moved = staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": "paid"})).await.assert_status(200);
    assert_eq!(kinds(&moved.json), ["placed", "note", "paid"], "staff's answer keeps the notes");
    for (who, path) in [
        (&maya, format!("/orders/{number}")),
        (&maya, "/orders".to_owned()),
        (&maya, "/users/me/export".to_owned()),
        (&staff, format!("/orders/{id}")),
        (&staff, "/admin/orders".to_owned()),
    ] {
        let answer = who.get(&path).await.assert_status(200);
        assert!(!answer.text().contains("Friday") && !answer.text().contains("\"note\""), "{path}: {}", answer.text());
    }
    let cancelled = maya.post(format!("/orders/{id}/cancel"), json!({})).await.assert_status(200);
    assert_eq!(kinds(&cancelled.json), ["placed", "paid", "cancelled"]);
    let audit = app.admin().await.get("/admin/audit").await.assert_status(200);
    assert!(audit.text().contains("order.noted") && !audit.text().contains("Friday"), "the audit log says who, not what");
}

#[actix_web::test]
async fn a_note_that_is_sent_again_with_its_key_is_written_once() {
    let app = TestApp::new().await;
    let (staff, other) = (app.staff().await, app.staff().await);
    let order = app.customer().await.place_order().await;
    let path = format!("/admin/orders/{}/notes", order.text_at("/number"));
    let send = |who: &Actor, text: &str| who.post(&path, json!({"text": text})).header("idempotency-key", "a-note");
    let first = send(&staff, "Called.").await.assert_status(201);
    let again = send(&staff, "Called.").await.assert_status(201);
    assert_eq!(again.need_header("idempotency-replayed"), "true");
    assert_eq!((&again.json, again.need_header("location")), (&first.json, first.need_header("location")));
    send(&staff, "Called twice.").await.assert_problem(422, "idempotency_key_reused");
    let others = send(&other, "Called.").await.assert_status(201);
    assert_eq!(kinds(&others.json), ["placed", "note", "note"], "another person's key is another key");
}

#[actix_web::test]
async fn a_note_says_something_and_belongs_to_an_order() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let id = app.customer().await.place_order().await.text_at("/id");
    for text in [String::new(), " \n".into(), "x".repeat(2001)] {
        staff.post(format!("/admin/orders/{id}/notes"), json!({"text": text})).await.assert_problem(422, "invalid").assert_field("/text");
    }
    staff.post("/admin/orders/1/notes", json!({"text": "Who?"})).await.assert_problem(404, "not_found");
    staff.get("/admin/orders/1").await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn notes_about_somebody_go_with_the_account() {
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let id = maya.place_order().await.text_at("/id");
    staff.post(format!("/admin/orders/{id}/notes"), json!({"text": "Her sister called."})).await.assert_status(201);
    let keyed = |key: &str| staff.post(format!("/admin/orders/{id}/notes"), json!({"text": "She called again."})).header("idempotency-key", key);
    keyed("again").await.assert_status(201);
    let another = app.customer().await.place_order().await.text_at("/id");
    let elsewhere = || staff.post(format!("/admin/orders/{another}/notes"), json!({"text": "All is well."})).header("idempotency-key", "again");
    elsewhere().await.assert_status(201);
    maya.delete("/users/me").await.assert_status(204);
    let after = keyed("again").await.assert_status(201);
    assert!(after.header("idempotency-replayed").is_none(), "what was kept of it is gone with the account");
    assert_eq!(elsewhere().await.assert_status(201).need_header("idempotency-replayed"), "true", "that of others stays");
    assert_eq!(kinds(&staff.get(format!("/admin/orders/{id}")).await.assert_status(200).json), ["placed", "note"], "the one after it");
}

#[actix_web::test]
async fn staff_call_an_order_off_by_a_transition() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let id = app.customer().await.place_order().await.text_at("/id");
    let body = json!({"to": "cancelled", "reason": "Sold out in the warehouse"});
    let order = staff.post(format!("/admin/orders/{id}/transitions"), body).await.assert_status(200);
    assert_eq!((&order.json["status"], &order.json["events"][1]["reason"]), (&json!("cancelled"), &json!("Sold out in the warehouse")));
}

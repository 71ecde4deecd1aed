//! How many mails strangers may have written to one address, and that only mails are counted.

use novashop_api::limits::Class;
use novashop_testing::{
    Actor, Answer, PASSWORD, TestApp, first_variant,
    races::{at_once, statuses},
    shopping::order,
};
use novashop_types::VariantId;
use serde_json::{Value, json};

use crate::limits::{from, limited, quota};

fn order_to(email: &str) -> Value {
    let mut order = order();
    order["email"] = json!(email);
    order
}

/// Somebody puts one piece in the cart and orders it, as client number `i`.
async fn buy(who: &Actor, i: usize, variant: VariantId, email: &str) -> Answer {
    who.put_in_cart(variant, 1).await;
    from(who.post("/orders", order_to(email)), &format!("198.51.100.{i}")).await
}

async fn mails_to(app: &TestApp, address: &str) -> i64 {
    app.run_outbox().await;
    app.number(&format!("select count(*) as value from mails where lower(recipient) = '{address}'")).await
}

#[actix_web::test]
async fn nobodys_letter_box_can_be_filled_from_many_addresses() {
    let app = limited().await;
    let nobody = app.anonymous();
    let ask = |i: usize| from(nobody.post("/auth/password/forgot", json!({"email": "maya@example.com"})), &format!("198.51.100.{i}"));
    for i in 0..quota(Class::Account) {
        ask(i).await.assert_status(202);
    }
    ask(100).await.assert_problem(429, "too_many_requests");
    assert_eq!(app.number("select count(*) as value from outbox").await, i64::try_from(quota(Class::Account)).unwrap());
}

#[actix_web::test]
async fn nobodys_letter_box_can_be_filled_with_orders_of_guests() {
    let app = limited().await;
    let mug = first_variant(&app.product("Mug").stock(50).create().await);
    for i in 0..quota(Class::Mail) {
        buy(&app.anonymous(), i, mug, "maya@example.com").await.assert_status(201);
    }
    let refused = buy(&app.anonymous(), 100, mug, "Maya@Example.com").await.assert_problem(429, "too_many_requests");
    assert_eq!((refused.need_header("retry-after"), app.number("select stock as value from variants").await), ("30", 30));
    let told: Vec<_> = refused.headers.iter().filter(|(name, _)| name == "ratelimit").map(|(_, value)| value.as_str()).collect();
    assert!(told.contains(&"\"mail\";r=0;t=30"), "{told:?}");
    buy(&app.anonymous(), 101, mug, "somebody@example.com").await.assert_status(201);
    assert_eq!(mails_to(&app, "maya@example.com").await, 20);
    app.clock().advance(30);
    buy(&app.anonymous(), 102, mug, "maya@example.com").await.assert_status(201);
}

#[actix_web::test]
async fn nobodys_letter_box_can_be_filled_by_people_with_accounts() {
    let app = limited().await;
    let mug = first_variant(&app.product("Mug").stock(90).create().await);
    let (thief, noor) = (app.customer().await, app.customer().await);
    let register = |i: usize, email: &str| {
        let body = json!({"username": format!("visitor{i}"), "email": email, "password": PASSWORD});
        from(app.anonymous().post("/auth/register", body), &format!("198.51.100.{i}"))
    };
    let move_to = |who: &Actor, email: &str| who.patch("/users/me", json!({"email": email, "current_password": PASSWORD}));
    // Of each way one; the others are orders.
    register(1, "maya@example.com").await.assert_status(201);
    // The address is taken: that brings no mail.
    for i in 0..4 {
        register(2, "maya@example.com").await.assert_problem(409, "email_taken");
        move_to(&thief, "Maya@example.com").await.assert_problem(409, "email_taken");
        buy(&thief, i, mug, "Maya@Example.com").await.assert_status(201);
    }
    let closing = json!({"login": "visitor1", "password": PASSWORD});
    let token = from(app.anonymous().post("/auth/login", closing), "198.51.100.9").await.assert_status(200).text_at("/access_token");
    app.anonymous().delete("/users/me").header("authorization", format!("Bearer {token}")).await.assert_status(204);
    move_to(&thief, "maya@example.com").await.assert_status(200);
    // The address is the thief's own now, but he has not shown that it is.
    for i in 0..quota(Class::Mail) - 6 {
        buy(&thief, i, mug, "maya@example.com").await.assert_status(201);
    }
    buy(&thief, 20, mug, "maya@example.com").await.assert_problem(429, "too_many_requests");
    move_to(&thief, "thief@example.com").await.assert_status(200);
    let refused = register(3, "MAYA@example.com").await.assert_problem(429, "too_many_requests");
    assert_eq!(refused.need_header("retry-after"), "30");
    assert_eq!(app.number("select count(*) as value from users where username = 'visitor3'").await, 0);
    move_to(&thief, "maya@example.com").await.assert_problem(429, "too_many_requests");
    buy(&noor, 21, mug, "maya@example.com").await.assert_problem(429, "too_many_requests");
    // Whoever has shown that an address is theirs may order as often as they like; the letters are theirs.
    move_to(&noor, "noor@example.com").await.assert_status(200);
    let token = app.mail_token("email_verification").await.expect("a mail");
    app.anonymous().post("/auth/email/verify", json!({"token": token})).await.assert_status(204);
    for i in 0..=quota(Class::Mail) {
        noor.put_in_cart(mug, 1).await;
        noor.post("/orders", json!({"shipping_address": order()["shipping_address"]})).await.assert_status(201);
        buy(&noor, i, mug, "Noor@example.com").await.assert_status(201);
    }
    buy(&noor, 22, mug, "somebody@example.com").await.assert_status(201);
}

#[actix_web::test]
async fn a_guest_who_sends_one_order_fifty_times_is_answered_fifty_times_and_counted_once() {
    let app = limited().await;
    let served = app.serve().await;
    let mug = first_variant(&app.product("Mug").stock(50).create().await);
    let guest = app.anonymous();
    guest.put_in_cart(mug, 1).await;
    let sending = || guest.over(&served).post("/orders", order_to("maya@example.com")).header("idempotency-key", "the-same");
    let answers = at_once((0..50).map(|_| sending())).await;
    assert_eq!(statuses(&answers), [201; 50]);
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    for i in 1..quota(Class::Mail) {
        buy(&app.anonymous(), i, mug, "maya@example.com").await.assert_status(201);
    }
    buy(&app.anonymous(), 100, mug, "maya@example.com").await.assert_status(429);
    // What was answered before is answered again: it brings no mail.
    sending().await.assert_status(201);
}

#[actix_web::test]
async fn what_is_refused_keeps_nobody_from_ordering() {
    let app = limited().await;
    let mug = app.product("Mug").stock(1).create().await;
    let (late, maya) = (app.anonymous(), app.anonymous());
    late.put_in_cart(first_variant(&mug), 1).await;
    buy(&app.anonymous(), 1, first_variant(&mug), "somebody@example.com").await.assert_status(201);
    for _ in 0..30 {
        app.anonymous().post("/orders", order_to("maya@example.com")).await.assert_problem(422, "empty_cart");
        late.post("/orders", order_to("maya@example.com")).await.assert_problem(409, "out_of_stock");
    }
    let pot = first_variant(&app.product("Pot").stock(9).create().await);
    buy(&maya, 2, pot, "maya@example.com").await.assert_status(201);
}

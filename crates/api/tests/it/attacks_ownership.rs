//! Attacks with other people's ids, tokens and keys. What is somebody else's is not there; in particular it does not look different
//! from what was never there.

use novashop_testing::{Actor, Answer, TestApp, first_variant, shopping::order};
use serde_json::{Value, json};

/// What a refusal says, without what differs in every answer.
fn words(answer: &Answer) -> Value {
    json!([answer.status, answer.json["code"], answer.json["title"], answer.json["detail"], answer.json["errors"]])
}

const NOBODYS: &str = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";

#[actix_web::test]
async fn a_part_of_one_product_cannot_be_reached_through_another() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let (mug, shirt) = (app.product("Mug").create().await, app.product("Shirt").variant("Size", "M").variant("Size", "L").create().await);
    let image = app.image(mug.summary.id).await;
    let price = json!({"price": {"amount": 1, "currency": "EUR"}});
    let through_other = format!("/products/{}/variants/{}", mug.summary.id, first_variant(&shirt));
    staff.patch(&through_other, price).await.assert_problem(404, "not_found");
    staff.delete(&through_other).await.assert_problem(404, "not_found");
    let through_other = format!("/products/{}/images/{}", shirt.summary.id, image.id);
    staff.patch(&through_other, json!({"alt": "changed"})).await.assert_problem(404, "not_found");
    staff.delete(&through_other).await.assert_problem(404, "not_found");
    let shirt_now = staff.get(format!("/products/{}", shirt.summary.id)).await.assert_status(200);
    assert_eq!((shirt_now.json["variants"].as_array().unwrap().len(), &shirt_now.json["price"]["amount"]), (2, &json!(1000)));
    let mug_now = staff.get(format!("/products/{}", mug.summary.id)).await.assert_status(200);
    assert_eq!(mug_now.json["images"][0]["alt"], "");
}

#[actix_web::test]
async fn a_line_of_somebody_elses_cart_is_not_there() {
    let app = TestApp::new().await;
    let mug = first_variant(&app.product("Mug").create().await);
    let (guest, thief, maya, noor) = (app.anonymous(), app.anonymous(), app.customer().await, app.other_customer().await);
    for somebody in [&guest, &thief, &maya, &noor] {
        somebody.put_in_cart(mug, 1).await;
    }
    let line = async |who: &Actor| who.get("/cart").await.assert_status(200).text_at("/items/0/id");
    let (guests, mayas) = (line(&guest).await, line(&maya).await);
    for (who, theirs) in [(&thief, &guests), (&thief, &mayas), (&noor, &mayas), (&noor, &guests), (&maya, &guests), (&guest, &mayas)] {
        let nobodys = who.patch(format!("/cart/items/{NOBODYS}"), json!({"quantity": 5})).await;
        let answer = who.patch(format!("/cart/items/{theirs}"), json!({"quantity": 5})).await.assert_problem(404, "not_found");
        assert_eq!(words(&answer), words(&nobodys));
        who.delete(format!("/cart/items/{theirs}")).await.assert_problem(404, "not_found");
    }
    // The token is the only way to a guest's cart; a part of it, its hash or the cart's id are none.
    let token = guest.cart_token().unwrap();
    let id = guest.get("/cart").await.assert_status(200).text_at("/id");
    let flipped: String = token.chars().rev().collect();
    for guess in [id, token[..42].to_owned(), format!("{token}A"), token.to_lowercase(), flipped, "A".repeat(43), "x".into(), "*".into()] {
        let answer = app.anonymous().get("/cart").header("x-cart-token", guess.as_str()).await.assert_status(200);
        assert_eq!(answer.items().len(), 0, "{guess}");
    }
    for who in [&guest, &maya] {
        assert_eq!(who.get("/cart").await.assert_status(200).json["items"][0]["quantity"], 1);
    }
}

#[actix_web::test]
async fn the_token_of_a_cart_that_was_merged_shows_nothing_of_its_new_owner() {
    let app = TestApp::new().await;
    let mug = first_variant(&app.product("Mug").create().await);
    let (guest, maya) = (app.anonymous(), app.customer().await);
    guest.put_in_cart(mug, 1).await;
    let token = guest.cart_token().unwrap();
    let login = json!({"login": maya.account().username, "password": novashop_testing::PASSWORD});
    app.anonymous().post("/auth/login", login).header("x-cart-token", token.as_str()).await.assert_status(200);
    assert_eq!(maya.get("/cart").await.assert_status(200).items().len(), 1);
    // Who planted the token on a victim before the victim signed in knows it still.
    let thief = app.anonymous();
    assert_eq!(thief.get("/cart").header("x-cart-token", token.as_str()).await.assert_status(200).items().len(), 0);
    thief.post("/orders", order()).header("x-cart-token", token.as_str()).await.assert_problem(422, "empty_cart");
    let put = json!({"variant_id": mug, "quantity": 3});
    thief.post("/cart/items", put).header("x-cart-token", token.as_str()).await.assert_status(201);
    assert_eq!(maya.get("/cart").await.assert_status(200).json["item_count"], 1);
}

#[actix_web::test]
async fn an_order_is_there_for_its_owner_and_its_token_alone() {
    let app = TestApp::new().await;
    let (guest, other_guest, maya, noor) = (app.anonymous(), app.anonymous(), app.customer().await, app.other_customer().await);
    let guests = guest.place_order().await;
    let others = other_guest.place_order().await;
    let mayas = maya.place_order().await;
    let others_token = others.text_at("/access_token");
    for order in [&guests, &mayas] {
        for name in [order.text_at("/id"), order.text_at("/number")] {
            for (who, token) in [(&other_guest, Some(&others_token)), (&noor, Some(&others_token)), (&noor, None), (&other_guest, None)] {
                let with_token = |request: novashop_testing::actors::Request| match token {
                    Some(token) => request.header("x-order-token", token.as_str()),
                    None => request,
                };
                let get = with_token(who.get(format!("/orders/{name}"))).await;
                let never = with_token(who.get("/orders/987654321")).await;
                assert_eq!(words(&get), words(&never), "an order that is there looks like one that is not");
                assert_eq!(get.status, 404);
                with_token(who.post(format!("/orders/{name}/cancel"), json!({}))).await.assert_problem(404, "not_found");
                with_token(who.post(format!("/orders/{name}/payments"), json!({"provider": "manual"}))).await.assert_problem(404, "not_found");
            }
            app.anonymous().get(format!("/orders/{name}?token={others_token}")).await.assert_problem(404, "not_found");
            app.anonymous().get(format!("/orders/{name}?token=")).await.assert_problem(404, "not_found");
            app.anonymous().get(format!("/orders/{name}")).header("x-order-token", "").await.assert_problem(404, "not_found");
        }
    }
    // A person's order has no token: none opens it, also not the one that would be made for it.
    let id = mayas.text_at("/id");
    let made_up = app.ctx().tokens.for_order(id.parse().unwrap());
    app.anonymous().get(format!("/orders/{id}")).header("x-order-token", made_up).await.assert_problem(404, "not_found");
    // One number has one spelling, and guessing it gets nobody anywhere.
    let number = guests.text_at("/number");
    let token = guests.text_at("/access_token");
    for spelling in [format!("0{number}"), format!("+{number}"), format!("{number}.0"), format!("%20{number}"), format!("{number}%20")] {
        guest.get(format!("/orders/{spelling}")).header("x-order-token", token.as_str()).await.assert_problem(404, "not_found");
    }
    for number in 990..1010 {
        app.anonymous().get(format!("/orders/{number}")).await.assert_problem(404, "not_found");
    }
    assert_eq!(guest.get(format!("/orders/{number}")).header("x-order-token", token).await.assert_status(200).json["status"], "pending_payment");
}

#[actix_web::test]
async fn a_customer_sees_no_orders_but_their_own_whatever_they_ask_for() {
    let app = TestApp::new().await;
    let (maya, noor) = (app.customer().await, app.other_customer().await);
    for _ in 0..2 {
        maya.place_order().await;
    }
    let cursor = maya.get("/orders?limit=1").await.assert_status(200).text_at("/next_cursor");
    assert_eq!(noor.get("/orders?include_total=true").await.assert_status(200).json["total"], 0);
    noor.get(format!("/orders?limit=1&cursor={cursor}")).await.assert_problem(400, "invalid_cursor");
    for parameter in ["user_id", "user", "owner", "email", "all", "q"] {
        noor.get(format!("/orders?{parameter}={}", maya.id())).await.assert_problem(400, "unknown_parameter");
    }
}

#[actix_web::test]
async fn an_idempotency_key_of_another_caller_replays_nothing() {
    let app = TestApp::new().await;
    let mug = first_variant(&app.product("Mug").stock(100).create().await);
    let (maya, noor, guest, other_guest) = (app.customer().await, app.other_customer().await, app.anonymous(), app.anonymous());
    let mut orders = Vec::new();
    for who in [&maya, &noor, &guest, &other_guest] {
        who.put_in_cart(mug, 1).await;
        let placed = who.post("/orders", order()).header("idempotency-key", "one-key").await.assert_status(201);
        assert_eq!(placed.header("idempotency-replayed"), None);
        orders.push(placed);
    }
    let numbers: std::collections::HashSet<String> = orders.iter().map(|order| order.text_at("/number")).collect();
    assert_eq!(numbers.len(), 4, "four callers, four orders");
    // Nor does the same key of the same person at another order or another address.
    for _ in 0..2 {
        maya.put_in_cart(mug, 1).await;
        let own = maya.post("/orders", order()).header("idempotency-key", "one-key").await.assert_status(201);
        assert_eq!((own.header("idempotency-replayed"), own.text_at("/number")), (Some("true"), orders[0].text_at("/number")));
        maya.delete("/cart").await.assert_status(204);
    }
    let pay = |who: &Actor, order: &Answer| {
        let request = who.post(format!("/orders/{}/payments", order.text_at("/id")), json!({"provider": "manual"}));
        let request = request.header("idempotency-key", "one-key");
        match order.json["access_token"].as_str() {
            Some(token) => request.header("x-order-token", token),
            None => request,
        }
    };
    for (who, order) in [(&maya, &orders[0]), (&noor, &orders[1]), (&guest, &orders[2])] {
        assert_eq!(pay(who, order).await.assert_status(201).header("idempotency-replayed"), None);
    }
    let (first, second) = (app.staff().await, app.staff().await);
    for staff in [&first, &second] {
        let change = json!({"delta": 5, "reason": "found some more"});
        let changed = staff.post(format!("/variants/{mug}/stock"), change).header("idempotency-key", "one-key").await.assert_status(201);
        assert_eq!(changed.header("idempotency-replayed"), None);
    }
    // A guest without a cart has nothing that a key could be known by.
    app.anonymous().post("/orders", order()).header("idempotency-key", "one-key").await.assert_problem(422, "empty_cart");
}

#[actix_web::test]
async fn an_if_match_that_was_made_up_changes_nothing() {
    let app = TestApp::new().await;
    let (staff, guest) = (app.staff().await, app.anonymous());
    let mug = app.product("Mug").create().await;
    let path = format!("/products/{}", mug.summary.id);
    let stale = guest.get(&path).await.assert_status(200).need_header("etag").to_owned();
    staff.patch(&path, json!({"name": "Cup"})).header("if-match", stale.as_str()).await.assert_status(200);
    for tag in [stale.as_str(), "\"v0-0\"", "\"v-1-0\"", "\"v99999999999999999999-0\"", "W/\"v0-0\"", "v", "\"v\"", "null", "\"v1", "\"*\""] {
        staff.patch(&path, json!({"name": "Pot"})).header("if-match", tag).await.assert_problem(412, "precondition_failed");
        staff.delete(&path).header("if-match", tag).await.assert_problem(412, "precondition_failed");
    }
    let fresh = guest.get(&path).await.assert_status(200).need_header("etag").to_owned();
    for several in [format!("{fresh}, {stale}"), format!("{stale}, {fresh}"), format!("{fresh},"), fresh.replace('"', "")] {
        staff.patch(&path, json!({"name": "Pot"})).header("if-match", several.as_str()).await.assert_problem(412, "precondition_failed");
    }
    assert_eq!(guest.get(&path).await.assert_status(200).json["name"], "Cup");
    // A cart's tag says which version somebody saw, not whose it is.
    guest.put_in_cart(first_variant(&mug), 1).await;
    let tag = guest.get("/cart").await.assert_status(200).need_header("etag").to_owned();
    let other = app.anonymous();
    other.put_in_cart(first_variant(&mug), 2).await;
    let seen = other.get("/cart").header("if-none-match", tag.as_str()).await.assert_status(200);
    assert_eq!(seen.json["item_count"], 2);
}

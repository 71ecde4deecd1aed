//! Many buy at once, over a real port: what may happen once happens once.

use novashop_testing::{
    Actor, TestApp, first_variant,
    races::{at_once, count, rounds, statuses},
    shopping::order,
};
use novashop_types::VariantId;
use serde_json::json;

/// Guests with this in their carts.
async fn guests(app: &TestApp, how_many: usize, variant: VariantId) -> Vec<Actor> {
    let mut guests = Vec::with_capacity(how_many);
    for _ in 0..how_many {
        let guest = app.anonymous();
        guest.put_in_cart(variant, 1).await;
        guests.push(guest);
    }
    guests
}

/// The stock of the only variant, and what its ledger adds up to.
async fn stock(app: &TestApp) -> (i64, i64) {
    let sum = app.number("select coalesce(sum(delta), 0) as value from stock_movements").await;
    (app.number("select stock as value from variants").await, sum)
}

#[actix_web::test]
async fn two_hundred_buyers_of_seven_pieces_make_seven_orders() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").price(1999).stock(7).create().await;
    let guests = guests(&app, 200, first_variant(&mug)).await;
    let buyers: Vec<Actor> = guests.iter().map(|guest| guest.over(&served)).collect();
    let answers = at_once(buyers.iter().map(|buyer| buyer.post("/orders", order()))).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (7, 193), "{:?}", statuses(&answers));
    for refused in answers.iter().filter(|answer| answer.status == 409) {
        assert_eq!(refused.json["code"], "out_of_stock");
        assert_eq!(refused.json["available"], 0);
    }
    assert_eq!(stock(&app).await, (0, 0));
    assert_eq!(app.number("select count(*) as value from orders").await, 7);
    let mut numbers: Vec<&str> = answers.iter().filter_map(|answer| answer.json["number"].as_str()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ["1001", "1002", "1003", "1004", "1005", "1006", "1007"], "numbers have no gaps");
    let listed = app.anonymous().get("/products").await.assert_status(200);
    assert_eq!(listed.items()[0]["in_stock"], false);
    app.assert_sound().await;
}

/// What is left is more than nothing and less than what each of them wants.
#[actix_web::test]
async fn buyers_of_two_pieces_each_leave_the_odd_one() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(7).create().await;
    let mut buyers = Vec::new();
    for _ in 0..12 {
        let guest = app.anonymous();
        guest.put_in_cart(first_variant(&mug), 2).await;
        buyers.push(guest.over(&served));
    }
    let answers = at_once(buyers.iter().map(|buyer| buyer.post("/orders", order()))).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (3, 9), "{:?}", statuses(&answers));
    assert_eq!(stock(&app).await, (1, 1));
    app.assert_sound().await;
}

#[actix_web::test]
async fn orders_of_the_same_things_in_another_order_never_lock_each_other_out() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let rounds = rounds(60, 500);
    let (mug, pot) = (app.product("Mug").stock(9999).create().await, app.product("Pot").stock(9999).create().await);
    let (mug, pot) = (first_variant(&mug), first_variant(&pot));
    let (there, back) = (app.anonymous(), app.anonymous());
    for round in 0..rounds {
        for (guest, variants) in [(&there, [mug, pot]), (&back, [pot, mug])] {
            guest.put_in_cart(variants[0], 1).await;
            guest.put_in_cart(variants[1], 2).await;
        }
        let answers = at_once([&there, &back].map(|guest| guest.over(&served).post("/orders", order()))).await;
        assert_eq!(statuses(&answers), [201, 201], "round {round}");
    }
    let left = 9999 - 3 * i64::try_from(rounds).unwrap();
    assert_eq!(app.number(&format!("select count(*) as value from variants where stock = {left}")).await, 2);
    app.assert_sound().await;
    assert_eq!(app.deadlocks().await, 0, "not even one that was tried again");
}

#[actix_web::test]
async fn twenty_orders_of_the_same_things_at_once_all_go_through() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let (mug, pot) = (app.product("Mug").stock(100).create().await, app.product("Pot").stock(100).create().await);
    let (mug, pot) = (first_variant(&mug), first_variant(&pot));
    let mut buyers = Vec::new();
    for i in 0..20 {
        let guest = app.anonymous();
        for variant in if i % 2 == 0 { [mug, pot] } else { [pot, mug] } {
            guest.put_in_cart(variant, 2).await;
        }
        buyers.push(guest.over(&served));
    }
    let answers = at_once(buyers.iter().map(|buyer| buyer.post("/orders", order()))).await;
    assert_eq!(count(&answers, 201), 20, "{:?}", statuses(&answers));
    assert_eq!(app.number("select count(*) as value from variants where stock = 60").await, 2);
    app.assert_sound().await;
    assert_eq!(app.deadlocks().await, 0);
}

#[actix_web::test]
async fn one_key_fifty_times_at_once_makes_one_order() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(30).create().await;
    for who in [app.customer().await, app.anonymous()] {
        let before = app.number("select count(*) as value from orders").await;
        who.put_in_cart(first_variant(&mug), 1).await;
        let who = who.over(&served);
        let answers = at_once((0..50).map(|_| who.post("/orders", order()).header("idempotency-key", "the-same-key"))).await;
        assert_eq!(count(&answers, 201), 50, "{:?}", statuses(&answers));
        assert!(answers.iter().all(|answer| answer.body == answers[0].body), "all answers are the first one's bytes");
        let replayed = answers.iter().filter(|answer| answer.header("idempotency-replayed") == Some("true")).count();
        assert_eq!(replayed, 49);
        assert_eq!(app.number("select count(*) as value from orders").await, before + 1);
        let mut other = order();
        other["shipping_address"]["city"] = json!("Porto");
        let answer = who.post("/orders", other).header("idempotency-key", "the-same-key").await;
        answer.assert_problem(422, "idempotency_key_reused");
    }
    assert_eq!(stock(&app).await, (28, 28));
    app.assert_sound().await;
}

#[actix_web::test]
async fn of_two_requests_with_one_key_at_once_one_is_the_keys() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(30).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 1).await;
    let maya = maya.over(&served);
    let body = |n: usize| {
        let mut body = order();
        body["shipping_address"]["line1"] = json!(format!("Rua da Rosa {}", n % 2));
        body
    };
    let answers = at_once((0..20).map(|n| maya.post("/orders", body(n)).header("idempotency-key", "one-key"))).await;
    assert_eq!((count(&answers, 201), count(&answers, 422)), (10, 10), "{:?}", statuses(&answers));
    assert!(answers.iter().filter(|answer| answer.status == 422).all(|answer| answer.json["code"] == "idempotency_key_reused"));
    assert_eq!(stock(&app).await, (29, 29));
    app.assert_sound().await;
}

#[actix_web::test]
async fn a_cart_without_a_key_becomes_one_order_however_often_it_is_sent() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(30).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 3).await;
    let maya = maya.over(&served);
    let answers = at_once((0..10).map(|_| maya.post("/orders", order()))).await;
    assert_eq!((count(&answers, 201), count(&answers, 422)), (1, 9));
    assert_eq!(stock(&app).await, (27, 27));
    app.assert_sound().await;
}

#[actix_web::test]
async fn an_order_is_the_cart_of_one_moment() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let (mug, pot) = (app.product("Mug").stock(999).create().await, app.product("Pot").stock(999).create().await);
    let (mug, pot, jug) = (first_variant(&mug), first_variant(&pot), first_variant(&app.product("Jug").stock(999).create().await));
    for round in 0..rounds(20, 200) {
        let guest = app.anonymous();
        guest.put_in_cart(mug, 1).await;
        let cart = guest.put_in_cart(pot, 1).await;
        let line = |n: usize| format!("/cart/items/{}", cart.items()[n]["id"].as_str().unwrap());
        let guest = guest.over(&served);
        let mut requests = vec![
            guest.patch(line(0), json!({"quantity": 5})),
            guest.post("/orders", order()),
            guest.delete(line(1)),
            guest.post("/cart/items", json!({"variant_id": jug, "quantity": 1})),
        ];
        requests.rotate_left(round % 4);
        let mut answers = at_once(requests).await;
        answers.rotate_right(round % 4);
        let seen = statuses(&answers);
        assert_eq!((seen[1], seen[3]), (201, 201), "{seen:?}");
        let ordered = |variant: VariantId| {
            let id = variant.to_string();
            answers[1].items().iter().find(|item| item["variant_id"] == id).map_or(0, |item| item["quantity"].as_i64().unwrap())
        };
        // What was changed before the order is in it; what came after it found no line any more.
        assert_eq!((seen[0], ordered(mug)), if seen[0] == 200 { (200, 5) } else { (404, 1) });
        assert_eq!((seen[2], ordered(pot)), if seen[2] == 200 { (200, 0) } else { (404, 1) });
        let left = guest.get("/cart").await.assert_status(200);
        assert_eq!(ordered(jug) + left.json["item_count"].as_i64().unwrap(), 1, "in the order or in the next cart");
        let unit = 1000 * (ordered(mug) + ordered(pot) + ordered(jug));
        assert_eq!(answers[1].json["total"]["amount"], unit);
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn the_first_things_put_in_at_once_are_in_one_cart() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = first_variant(&app.product("Mug").stock(99).create().await);
    let guest = app.anonymous();
    guest.get("/cart").await.assert_status(200);
    for who in [guest, app.customer().await] {
        let who = who.over(&served);
        let answers = at_once((0..8).map(|_| who.post("/cart/items", json!({"variant_id": mug, "quantity": 2})))).await;
        assert_eq!(count(&answers, 201), 8, "{:?}", statuses(&answers));
        let cart = who.get("/cart").await.assert_status(200);
        assert_eq!((cart.items().len(), &cart.json["item_count"]), (1, &json!(16)));
    }
    assert_eq!(app.number("select count(*) as value from carts").await, 2);
    app.assert_sound().await;
}

#[actix_web::test]
async fn stock_that_staff_count_while_it_is_sold_adds_up() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(12).create().await;
    let guests = guests(&app, 12, first_variant(&mug)).await;
    let staff = app.staff().await.over(&served);
    let path = format!("/variants/{}/stock", first_variant(&mug));
    let mut requests: Vec<_> = guests.iter().map(|guest| guest.over(&served).post("/orders", order())).collect();
    requests.insert(3, staff.post(&path, json!({"set": 5, "reason": "counted"})));
    requests.insert(7, staff.post(&path, json!({"delta": 3, "reason": "found"})));
    requests.insert(9, staff.post(&path, json!({"delta": -1, "reason": "broken"})));
    let answers = at_once(requests).await;
    assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 409)), "{:?}", statuses(&answers));
    let (left, ledger) = stock(&app).await;
    assert!(left >= 0 && left == ledger, "{left} are left, {ledger} in the ledger");
    app.assert_sound().await;
}

#[actix_web::test]
async fn stock_that_many_take_by_hand_at_once_stops_at_zero() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(5).create().await;
    let staff = app.staff().await.over(&served);
    let path = format!("/variants/{}/stock", first_variant(&mug));
    let answers = at_once((0..12).map(|_| staff.post(&path, json!({"delta": -1, "reason": "broken"})))).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (5, 7), "{:?}", statuses(&answers));
    assert_eq!(stock(&app).await, (0, 0));
    app.assert_sound().await;
}

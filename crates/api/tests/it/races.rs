//! Many at once, over a real port: what may happen once happens once.

use std::future::IntoFuture;

use futures_util::future::join_all;
use novashop_testing::{Actor, Answer, PASSWORD, TestApp, first_variant, shopping::order};
use serde_json::{Value, json};

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

/// Guests with this in their carts.
async fn guests(app: &TestApp, how_many: usize, variant: novashop_types::VariantId) -> Vec<Actor> {
    let mut guests = Vec::with_capacity(how_many);
    for _ in 0..how_many {
        let guest = app.anonymous();
        guest.put_in_cart(variant, 1).await;
        guests.push(guest);
    }
    guests
}

/// The stock of the only variant, what its ledger adds up to, and the stock after its last line.
async fn stock(app: &TestApp) -> (i64, i64) {
    let sum = app.number("select coalesce(sum(delta), 0) as value from stock_movements").await;
    (app.number("select stock as value from variants").await, sum)
}

#[actix_web::test]
async fn forty_buyers_of_seven_pieces_make_seven_orders() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").price(1999).stock(7).create().await;
    let guests = guests(&app, 40, first_variant(&mug)).await;
    let buyers: Vec<Actor> = guests.iter().map(|guest| guest.over(&served)).collect();
    let answers = join_all(buyers.iter().map(|buyer| buyer.post("/orders", order()).into_future())).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (7, 33));
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
}

#[actix_web::test]
async fn carts_that_hold_the_same_things_in_another_order_never_lock_each_other_out() {
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
    let answers = join_all(buyers.iter().map(|buyer| buyer.post("/orders", order()).into_future())).await;
    assert_eq!(count(&answers, 201), 20);
    assert_eq!(app.number("select min(stock) as value from variants").await, 60);
    assert_eq!(app.number("select max(stock) as value from variants").await, 60);
}

#[actix_web::test]
async fn one_key_twenty_times_at_once_makes_one_order() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(30).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 1).await;
    let maya = maya.over(&served);
    let order = || maya.post("/orders", order()).header("idempotency-key", "the-same-key").into_future();
    let answers = join_all((0..20).map(|_| order())).await;
    assert_eq!(count(&answers, 201), 20, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| answer.body == answers[0].body), "all answers are the first one's bytes");
    let replayed = answers.iter().filter(|answer| answer.header("idempotency-replayed") == Some("true")).count();
    assert_eq!(replayed, 19);
    assert_eq!(app.number("select count(*) as value from orders").await, 1);
    assert_eq!(stock(&app).await, (29, 29));
}

#[actix_web::test]
async fn a_cart_without_a_key_becomes_one_order_however_often_it_is_sent() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(30).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 3).await;
    let maya = maya.over(&served);
    let answers = join_all((0..10).map(|_| maya.post("/orders", order()).into_future())).await;
    assert_eq!((count(&answers, 201), count(&answers, 422)), (1, 9));
    assert_eq!(stock(&app).await, (27, 27));
}

#[actix_web::test]
async fn two_sign_ins_at_once_merge_a_guests_cart_without_loss() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let (mug, pot) = (app.product("Mug").stock(50).create().await, app.product("Pot").stock(50).create().await);
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 2).await;
    let guest = app.anonymous();
    guest.put_in_cart(first_variant(&mug), 3).await;
    guest.put_in_cart(first_variant(&pot), 1).await;
    let window = guest.over(&served);
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    let answers = join_all((0..4).map(|_| window.post("/auth/login", login.clone()).into_future())).await;
    assert_eq!(count(&answers, 200), 4);
    let cart = maya.get("/cart").await.assert_status(200);
    let quantities: Vec<&Value> = cart.items().iter().map(|item| &item["quantity"]).collect();
    assert_eq!(quantities, [5, 1], "{}", cart.text());
}

#[actix_web::test]
async fn a_refresh_token_used_twice_at_once_gives_one_pair_at_most() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let maya = app.customer().await;
    let window = app.anonymous().over(&served);
    let body = json!({"refresh_token": maya.account().refresh_token});
    let answers = join_all((0..8).map(|_| window.post("/auth/refresh", body.clone()).into_future())).await;
    assert!(count(&answers, 200) <= 1);
    assert_eq!(count(&answers, 200) + count(&answers, 401), 8);
    // Somebody used it twice: nothing that came of it works.
    maya.get("/users/me").await.assert_problem(401, "invalid_token");
}

#[actix_web::test]
async fn of_staff_who_change_one_version_at_once_one_wins_and_the_others_are_told() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").create().await;
    let staff = app.staff().await;
    let path = format!("/products/{}", mug.summary.id);
    let tag = staff.get(&path).await.assert_status(200).need_header("etag").to_owned();
    let staff = staff.over(&served);
    let change = |i: i32| staff.patch(&path, json!({"name": format!("Mug {i}")})).header("if-match", tag.clone()).into_future();
    let answers = join_all((0..8).map(change)).await;
    assert_eq!((count(&answers, 200), count(&answers, 412)), (1, 7));
}

#[actix_web::test]
async fn people_who_register_one_name_at_once_get_it_once() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let window = app.anonymous().over(&served);
    let body = |i: i32| json!({"username": "Maya", "email": format!("maya{i}@example.com"), "password": PASSWORD});
    let answers = join_all((0..6).map(|i| window.post("/auth/register", body(i)).into_future())).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (1, 5));
}

#[actix_web::test]
async fn an_order_is_cancelled_once_and_gives_its_stock_back_once() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(5).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 4).await;
    let id = maya.post("/orders", order()).await.assert_status(201).text_at("/id");
    let (maya, staff) = (maya.over(&served), app.staff().await.over(&served));
    let mut requests: Vec<_> = (0..5).map(|_| maya.post(format!("/orders/{id}/cancel"), json!({})).into_future()).collect();
    requests.extend((0..5).map(|_| staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": "cancelled"})).into_future()));
    let answers = join_all(requests).await;
    assert_eq!((count(&answers, 200), count(&answers, 409)), (1, 9));
    assert_eq!(stock(&app).await, (5, 5));
}

#[actix_web::test]
async fn an_account_that_is_closed_stays_closed_whatever_its_owner_changes_meanwhile() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    for _ in 0..5 {
        let (staff, admin) = (app.staff().await, app.admin().await);
        let path = format!("/users/{}", staff.id());
        let (staff, admin) = (staff.over(&served), admin.over(&served));
        let mut requests: Vec<_> = (0..6).map(|i| staff.patch("/users/me", json!({"city": format!("Town {i}")})).into_future()).collect();
        requests.insert(3, admin.patch(&path, json!({"role": "customer", "active": false})).into_future());
        let answers = join_all(requests).await;
        assert_eq!(answers[3].status, 200);
        let after = admin.get(&path).await.assert_status(200);
        assert_eq!((&after.json["role"], &after.json["active"]), (&json!("customer"), &json!(false)));
    }
}

#[actix_web::test]
async fn two_administrators_who_demote_each_other_leave_one() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let (first, second) = (app.admin().await, app.admin().await);
    let demote = json!({"role": "customer"});
    let paths = [format!("/users/{}", second.id()), format!("/users/{}", first.id())];
    let (first, second) = (first.over(&served), second.over(&served));
    let requests = [first.patch(&paths[0], demote.clone()).into_future(), second.patch(&paths[1], demote).into_future()];
    let answers = join_all(requests).await;
    assert!(count(&answers, 200) >= 1);
    assert_eq!(app.number("select count(*) as value from users where role = 'admin' and active").await, 1);
}

#[actix_web::test]
async fn a_sign_in_that_overlaps_a_new_password_does_not_outlive_it() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let maya = app.customer().await;
    let username = maya.account().username.clone();
    let window = app.anonymous().over(&served);
    let own = maya.over(&served);
    let login = json!({"login": username, "password": PASSWORD});
    let mut requests: Vec<_> = (0..10).map(|_| window.post("/auth/login", login.clone()).into_future()).collect();
    requests.insert(4, own.put("/users/me/password", json!({"current_password": PASSWORD, "new_password": "another horse battery"})).into_future());
    let answers = join_all(requests).await;
    assert_eq!(answers[4].status, 204);
    assert_eq!(own.get("/users/me/sessions").await.assert_status(200).items().len(), 1, "only the session that changed the password is left");
}

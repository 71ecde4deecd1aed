//! Orders that several move at once, and the background's work done by several at once.

use std::time::Duration;

use futures_util::future::join;
use novashop_db::{DbBackend, idempotency, orders, sql::Sql};
use novashop_links::Heard;
use novashop_testing::{
    TestApp, first_variant,
    races::{at_once, count, rounds, statuses},
    shopping::order,
};
use novashop_types::orders::OrderStatus;
use serde_json::json;

#[actix_web::test]
async fn an_order_is_cancelled_once_and_gives_its_stock_back_once() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(5).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 4).await;
    let id = maya.post("/orders", order()).await.assert_status(201).text_at("/id");
    let (maya, staff) = (maya.over(&served), app.staff().await.over(&served));
    let mut requests: Vec<_> = (0..5).map(|_| maya.post(format!("/orders/{id}/cancel"), json!({}))).collect();
    requests.extend((0..5).map(|_| staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": "cancelled"}))));
    let answers = at_once(requests).await;
    assert_eq!((count(&answers, 200), count(&answers, 409)), (1, 9), "{:?}", statuses(&answers));
    assert_eq!(app.number("select stock as value from variants").await, 5);
    app.assert_sound().await;
}

#[actix_web::test]
async fn a_process_that_hangs_in_the_middle_of_an_order_keeps_nobody_from_theirs_for_long() {
    let app = TestApp::new().await;
    if app.ctx().db.backend() != DbBackend::Postgres {
        return;
    }
    let maya = app.customer().await;
    let now = app.ctx().now().0;
    let hanging = app.ctx().db.write(async |tx| {
        idempotency::claim(tx, "maya", "hanging", &[], now, now + 60_000).await?;
        orders::next_number(tx).await?;
        tokio::time::sleep(Duration::from_secs(6)).await;
        Sql::new("select 1 as value", []).number(tx).await
    });
    let another = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        maya.place_order().await
    };
    let (hung, ordered): (Result<_, novashop_db::Error>, _) = join(hanging, another).await;
    assert!(matches!(hung, Err(novashop_db::Error::Unavailable(_))), "{hung:?}");
    ordered.assert_status(201);
    app.assert_sound().await;
}

#[actix_web::test]
async fn an_order_that_is_paid_and_cancelled_at_once_ends_in_one_of_both() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(100).create().await;
    let (maya, staff) = (app.customer().await, app.staff().await.over(&served));
    for round in 0..rounds(15, 150) {
        maya.put_in_cart(first_variant(&mug), 1).await;
        let id = maya.post("/orders", order()).await.assert_status(201).text_at("/id");
        let moves = format!("/admin/orders/{id}/transitions");
        let mut requests = vec![
            maya.over(&served).post(format!("/orders/{id}/cancel"), json!({})),
            staff.post(&moves, json!({"to": "paid"})),
            staff.post(&moves, json!({"to": "fulfilled"})),
        ];
        requests.rotate_left(round % 3);
        let mut answers = at_once(requests).await;
        answers.rotate_right(round % 3);
        let seen = statuses(&answers);
        assert!(seen.iter().all(|status| matches!(status, 200 | 409)), "{seen:?}");
        let after = maya.get(format!("/orders/{id}")).await.assert_status(200);
        let ended = match (seen[0], seen[2]) {
            (200, 409) => "cancelled",
            (409, 200) => "fulfilled",
            (409, 409) => "paid",
            _ => panic!("cancelled and sent: {seen:?}"),
        };
        assert_eq!(after.json["status"], ended, "{seen:?}");
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn an_order_whose_time_is_over_while_it_is_paid_is_either_paid_or_cancelled() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(100).create().await;
    for _ in 0..rounds(10, 100) {
        let guest = app.anonymous();
        guest.put_in_cart(first_variant(&mug), 1).await;
        let id = guest.post("/orders", order()).await.assert_status(201).text_at("/id");
        app.clock().advance(31 * 60);
        // A new one: an access token lives for fifteen minutes.
        let staff = app.staff().await.over(&served);
        let paying = staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": "paid"}));
        let (paid, ()) = futures_util::future::join(at_once([paying]), app.run_schedule()).await;
        let status = staff.get(format!("/orders/{id}")).await.assert_status(200).json["status"].clone();
        match paid[0].status {
            200 => assert_eq!(status, "paid"),
            _ => assert_eq!((paid[0].status, status), (409, json!("cancelled"))),
        }
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn what_is_due_is_done_once_by_however_many_workers() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").stock(100).create().await;
    for _ in 0..12 {
        let guest = app.anonymous();
        guest.put_in_cart(first_variant(&mug), 1).await;
        guest.post("/orders", order()).await.assert_status(201);
    }
    app.anonymous().post("/auth/password/forgot", json!({"email": app.customer().await.account().email})).await.assert_status(202);
    let mut heard = app.events().subscribe();
    let waiting = app.number("select count(*) as value from outbox where delivered_at is null and kind like 'event.%'").await;
    futures_util::future::join_all((0..4).map(|_| app.run_outbox())).await;
    let mut events = 0;
    while let Some(Heard::Event { .. }) = heard.try_next() {
        events += 1;
    }
    assert_eq!(events, waiting, "every event is handed on once");
    assert_eq!(app.number("select count(*) as value from outbox where delivered_at is null").await, 0);
    assert_eq!(app.number("select count(*) as value from mails where kind = 'password_reset'").await, 1);
    assert_eq!(app.number("select count(*) as value from mails where kind = 'order_placed'").await, 12);

    app.clock().advance(31 * 60);
    futures_util::future::join_all((0..4).map(|_| app.run_schedule())).await;
    assert_eq!(app.number("select count(*) as value from orders where status = 'cancelled'").await, 12);
    assert_eq!(app.number("select count(*) as value from order_events where kind = 'cancelled'").await, 12);
    assert_eq!(app.number("select stock as value from variants").await, 100);
    app.assert_sound().await;
}

#[actix_web::test]
async fn of_staff_who_move_an_order_of_one_version_at_once_one_does() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let placed = app.customer().await.place_order().await;
    let id = placed.text_at("/id");
    app.move_order(&id, &[OrderStatus::Paid]).await;
    let staff = app.staff().await;
    let tag = staff.get(format!("/orders/{id}")).await.assert_status(200).need_header("etag").to_owned();
    let staff = staff.over(&served);
    let sending = || staff.post(format!("/admin/orders/{id}/transitions"), json!({"to": "fulfilled"})).header("if-match", tag.clone());
    let answers = at_once((0..8).map(|_| sending())).await;
    assert_eq!(count(&answers, 200), 1, "{:?}", statuses(&answers));
    assert_eq!(count(&answers, 409) + count(&answers, 412), 7, "{:?}", statuses(&answers));
    assert_eq!(app.number("select count(*) as value from order_events where kind = 'fulfilled'").await, 1);
    app.assert_sound().await;
}

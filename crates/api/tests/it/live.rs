//! News over WebSockets, through real connections.

use std::{rc::Rc, time::Duration};

use novashop_api::live::{Live, Settings};
use novashop_db as db;
use novashop_services::ShopSettings;
use novashop_testing::{Actor, Served, TestApp, first_variant};
use novashop_types::orders::OrderStatus;
use serde_json::{Value, json};
use uuid::Uuid;

/// A shop whose sockets have other limits.
pub async fn with(settings: Settings) -> (TestApp, Rc<Served>) {
    let app = TestApp::with_options(ShopSettings::default(), |options, _| options.live = Live::new(settings)).await;
    let served = app.serve().await;
    (app, served)
}

/// As in production, but it looks after its clients every second.
pub fn attentive() -> Settings {
    Settings { beat: Duration::from_secs(1), patience: Duration::from_millis(500), ..Settings::default() }
}

pub fn subscribe(topic: impl std::fmt::Display) -> Value {
    json!({"type": "subscribe", "topic": topic.to_string()})
}

#[track_caller]
pub fn assert_error(answer: &Value, code: &str) {
    assert_eq!((answer["type"].as_str(), answer["code"].as_str()), (Some("error"), Some(code)), "{answer}");
    assert!(answer["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{answer}");
}

/// Waits until this many sockets are open.
pub async fn until_sockets(app: &TestApp, count: usize) {
    for _ in 0..1000 {
        if app.live().sockets() == count {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} sockets are open, not {count}", app.live().sockets());
}

#[actix_web::test]
async fn an_order_that_staff_move_is_told_to_its_owner_and_to_staff_and_to_nobody_else() {
    let (app, served) = with(Settings::default()).await;
    let (maya, other, staff) = (app.customer().await, app.other_customer().await, app.staff().await);
    let (mut shopper, mut stranger, mut office) = (served.ear().await, served.ear().await, served.ear().await);
    shopper.sign_in(&maya).await;
    stranger.sign_in(&other).await;
    office.sign_in(&staff).await;
    shopper.listen("orders").await;
    stranger.listen("orders").await;
    office.listen("admin:orders").await;

    let order = maya.place_order().await;
    let (id, number) = (order.text_at("/id"), order.text_at("/number"));
    // Whoever listens twice is told once.
    shopper.listen(&format!("order:{id}")).await;
    app.run_outbox().await;
    let mut seen = Vec::new();
    for ear in [&mut shopper, &mut office] {
        let placed = ear.hear().await;
        assert_eq!(placed["type"], "order.placed");
        let data = json!({"id": id, "number": number, "status": "pending_payment", "version": 1, "total": {"amount": 1999, "currency": "EUR"}});
        assert_eq!(placed["data"], data, "and nothing of the person");
        assert!(placed["at"].as_str().is_some());
        seen.push(placed["id"].clone());
    }
    assert_eq!(seen[0], seen[1], "one event has one id");

    app.move_order(&id, &[OrderStatus::Paid]).await;
    app.run_outbox().await;
    for ear in [&mut shopper, &mut office] {
        let moved = ear.hear().await;
        assert_eq!((&moved["type"], &moved["data"]["status"], &moved["data"]["version"]), (&json!("order.updated"), &json!("paid"), &json!(2)));
        ear.hear_nothing().await;
    }
    stranger.hear_nothing().await;

    assert_error(&stranger.ask(subscribe(format!("order:{id}"))).await, "not_found");
    assert_error(&stranger.ask(subscribe("admin:orders")).await, "forbidden");
}

#[actix_web::test]
async fn a_guest_follows_an_order_with_its_token_alone() {
    let (app, served) = with(Settings::default()).await;
    let order = app.anonymous().place_order().await;
    let (id, token) = (order.text_at("/id"), order.text_at("/access_token"));
    app.run_outbox().await;
    let mut guest = served.ear().await;
    let topic = format!("order:{id}");
    assert_error(&guest.ask(subscribe(&topic)).await, "unauthorized");
    assert_error(&guest.ask(json!({"type": "subscribe", "topic": topic, "token": "made up"})).await, "not_found");
    let answer = guest.ask(json!({"type": "subscribe", "topic": topic, "token": token})).await;
    assert_eq!(answer, json!({"type": "subscribed", "topic": topic}));
    app.move_order(&id, &[OrderStatus::Paid, OrderStatus::Fulfilled]).await;
    app.run_outbox().await;
    assert_eq!(guest.hear().await["data"]["status"], "paid");
    assert_eq!(guest.hear().await["data"]["status"], "fulfilled");
    assert_eq!(guest.ask(json!({"type": "unsubscribe", "topic": topic})).await, json!({"type": "unsubscribed", "topic": topic}));
    app.move_order(&id, &[OrderStatus::Delivered]).await;
    app.run_outbox().await;
    guest.hear_nothing().await;
}

#[actix_web::test]
async fn stock_reaches_those_who_look_at_the_product() {
    let (app, served) = with(Settings::default()).await;
    let (mug, pot) = (app.product("Mug").stock(1).create().await, app.product("Pot").stock(1).create().await);
    app.run_outbox().await;
    let (mut looks_at_mug, mut looks_at_pot) = (served.ear().await, served.ear().await);
    looks_at_mug.listen(&format!("product:{}", mug.summary.id)).await;
    looks_at_pot.listen(&format!("product:{}", pot.summary.id)).await;
    let buyer = app.anonymous();
    buyer.put_in_cart(first_variant(&mug), 1).await;
    buyer.post("/orders", novashop_testing::shopping::order()).await.assert_status(201);
    app.run_outbox().await;
    let sold = looks_at_mug.hear().await;
    assert_eq!(sold["type"], "product.stock");
    let data = json!({"product_id": mug.summary.id, "variant_id": first_variant(&mug), "stock": 0, "in_stock": false});
    assert_eq!(sold["data"], data);
    app.staff().await.patch(format!("/products/{}", mug.summary.id), json!({"name": "Cup"})).await.assert_status(200);
    app.run_outbox().await;
    assert_eq!(looks_at_mug.hear().await["type"], "product.updated");
    looks_at_pot.hear_nothing().await;
}

#[actix_web::test]
async fn what_is_not_on_sale_is_there_for_staff_only() {
    let (app, served) = with(Settings::default()).await;
    let draft = app.product("Draft").status(novashop_types::catalogue::ProductStatus::Draft).create().await;
    let topic = format!("product:{}", draft.summary.id);
    let (mut anybody, mut office) = (served.ear().await, served.ear().await);
    assert_error(&anybody.ask(subscribe(&topic)).await, "not_found");
    anybody.sign_in(&app.customer().await).await;
    assert_error(&anybody.ask(subscribe(&topic)).await, "not_found");
    assert_error(&anybody.ask(subscribe(format!("product:{}", Uuid::nil()))).await, "not_found");
    office.sign_in(&app.staff().await).await;
    office.listen(&topic).await;
}

#[actix_web::test]
async fn what_goes_off_sale_is_heard_of_by_staff_alone_from_then_on() {
    let (app, served) = with(Settings::default()).await;
    let staff = app.staff().await;
    let draft = app.product("Draft").status(novashop_types::catalogue::ProductStatus::Draft).create().await;
    let (mug, pot, pan) = (app.product("Mug").create().await, app.product("Pot").create().await, app.product("Pan").create().await);
    app.run_outbox().await;
    let topic = |product: &novashop_types::catalogue::Product| format!("product:{}", product.summary.id);
    let (mut office, mut stays) = (served.ear().await, served.ear().await);
    office.sign_in(&staff).await;
    office.listen(&topic(&draft)).await;
    stays.listen(&topic(&pan)).await;

    let archived = async || staff.delete(format!("/products/{}", mug.summary.id)).await.assert_status(204);
    // As an import does it.
    let imported = async || {
        let ctx = app.ctx();
        db::product_table::update(ctx.db.writer(), &[pot.summary.id.0], Some("draft"), ctx.now().0).await.unwrap();
        novashop_services::outbox::event(ctx, ctx.db.writer(), "catalogue.imported", json!({"updated": 1})).await.unwrap();
    };
    for (product, n) in [(&mug, 0), (&pot, 1)] {
        let mut guest = served.ear().await;
        guest.listen(&topic(product)).await;
        if n == 0 {
            drop(archived().await);
        } else {
            imported().await;
        }
        app.run_outbox().await;
        assert_eq!(guest.closed().await, Some(awc::ws::CloseCode::Again));
        assert_error(&served.ear().await.ask(subscribe(topic(product))).await, "not_found");
    }
    for product in [&draft, &pan] {
        staff.patch(format!("/products/{}", product.summary.id), json!({"name": "Another"})).await.assert_status(200);
    }
    app.run_outbox().await;
    assert_eq!(office.hear().await["data"]["product_id"], json!(draft.summary.id));
    assert_eq!(stays.hear().await["data"]["product_id"], json!(pan.summary.id));
    office.hear_nothing().await;
    stays.hear_nothing().await;
}

/// Somebody's next order and what is told of it.
pub async fn placed(app: &TestApp, who: &Actor) -> String {
    let id = who.place_order().await.text_at("/id");
    app.run_outbox().await;
    id
}

fn resume(topic: impl std::fmt::Display, last: &Value) -> Value {
    json!({"type": "subscribe", "topic": topic.to_string(), "last_event_id": last})
}

#[actix_web::test]
async fn a_line_that_drops_misses_nothing_and_doubles_nothing() {
    let (app, served) = with(Settings::default()).await;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    let order = placed(&app, &maya).await;
    let last = ear.hear().await["id"].clone();
    drop(ear);

    app.move_order(&order, &[OrderStatus::Paid, OrderStatus::Fulfilled]).await;
    placed(&app, &other).await;
    let second = placed(&app, &maya).await;
    app.run_outbox().await;
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    assert_eq!(ear.ask(resume("orders", &last)).await, json!({"type": "subscribed", "topic": "orders", "resumed": true}));
    let mut seen = Vec::new();
    for expected in ["paid", "fulfilled", "pending_payment"] {
        let news = ear.hear().await;
        assert_eq!(news["data"]["status"], expected);
        seen.push(news["id"].clone());
    }
    // What the other topic would tell is told already.
    for id in [&order, &second] {
        let topic = format!("order:{id}");
        assert_eq!(ear.ask(resume(&topic, &last)).await, json!({"type": "subscribed", "topic": topic, "resumed": true}));
    }
    ear.hear_nothing().await;
    app.move_order(&second, &[OrderStatus::Paid]).await;
    app.run_outbox().await;
    seen.push(ear.hear().await["id"].clone());
    ear.hear_nothing().await;
    // Somebody else who names the same event is told what is his.
    let mut stranger = served.ear().await;
    stranger.sign_in(&other).await;
    assert_eq!(stranger.ask(resume("orders", &last)).await["resumed"], true);
    let news = stranger.hear().await;
    assert!(!seen.contains(&news["id"]) && news["data"]["status"] == "pending_payment");
    stranger.hear_nothing().await;
}

#[actix_web::test]
async fn where_nobody_knows_what_was_missed_it_is_said() {
    let (app, served) = with(Settings { queue: 3, ..Settings::default() }).await;
    let maya = app.customer().await;
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    placed(&app, &maya).await;
    let last = ear.hear().await["id"].clone();
    drop(ear);
    for _ in 0..4 {
        placed(&app, &maya).await;
    }
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    for (unknown, topic) in [(json!(Uuid::nil()), "admin:orders"), (json!("nonsense"), "orders")] {
        assert_eq!(ear.ask(resume(topic, &unknown)).await["type"], "error");
    }
    assert_eq!(ear.ask(resume("orders", &last)).await["resumed"], false, "more than may wait for a socket");
    ear.hear_nothing().await;
    placed(&app, &maya).await;
    let last = ear.hear().await["id"].clone();
    let mut back = served.ear().await;
    back.sign_in(&maya).await;
    assert_eq!(back.ask(resume("orders", &json!(Uuid::nil()))).await["resumed"], false);
    back.ask(json!({"type": "unsubscribe", "topic": "orders"})).await;
    assert_eq!(back.ask(resume("orders", &last)).await["resumed"], true);
}

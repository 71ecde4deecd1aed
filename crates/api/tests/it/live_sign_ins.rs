//! What a socket hears is what whoever opened it may see, for as long as that is so.

use novashop_api::live::Settings;
use novashop_services::ShopSettings;
use novashop_testing::TestApp;
use serde_json::json;

use crate::live::{assert_error, attentive, placed, subscribe, with};
#[actix_web::test]
async fn a_sign_in_that_ends_takes_its_topics_with_it() {
    let (app, served) = with(attentive()).await;
    let maya = app.customer().await;
    let guest_order = app.anonymous().place_order().await;
    let own = format!("order:{}", guest_order.text_at("/id"));
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    ear.ask(json!({"type": "subscribe", "topic": own, "token": guest_order.text_at("/access_token")})).await;
    maya.post("/auth/logout", json!({"refresh_token": maya.account().refresh_token})).await.assert_status(204);
    assert_eq!(ear.hear().await, json!({"type": "unsubscribed", "topic": "orders"}));
    assert_error(&ear.hear().await, "invalid_token");
    assert_error(&ear.ask(subscribe("orders")).await, "unauthorized");
    // What was opened by the order's own token stays.
    app.run_outbox().await;
    assert_eq!(ear.hear().await["type"], "order.placed");
}

#[actix_web::test]
async fn a_token_that_runs_out_is_replaced_without_losing_a_topic_or_ends_them() {
    let (app, served) = with(attentive()).await;
    let maya = app.customer().await;
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    app.clock().advance(14 * 60);
    let fresh = maya.post("/auth/refresh", json!({"refresh_token": maya.account().refresh_token})).await.assert_status(200).text_at("/access_token");
    assert_eq!(ear.ask(json!({"type": "auth", "token": fresh})).await["type"], "authenticated");
    app.clock().advance(2 * 60);
    // One of these silences holds a beat.
    for _ in 0..3 {
        ear.hear_nothing().await;
    }
    ear.listen("orders").await;
    app.clock().advance(15 * 60);
    assert_eq!(ear.hear().await, json!({"type": "unsubscribed", "topic": "orders"}));
    assert_error(&ear.hear().await, "token_expired");
}

#[actix_web::test]
async fn who_is_no_longer_staff_hears_nothing_more_of_other_peoples_orders() {
    let (app, served) = with(attentive()).await;
    let (staff, admin) = (app.staff().await, app.admin().await);
    let mut ear = served.ear().await;
    ear.sign_in(&staff).await;
    ear.listen("admin:orders").await;
    admin.patch(format!("/users/{}", staff.id()), json!({"role": "customer"})).await.assert_status(200);
    assert_eq!(ear.hear().await, json!({"type": "unsubscribed", "topic": "admin:orders"}));
    assert_error(&ear.hear().await, "invalid_token");
}

#[actix_web::test]
async fn a_token_in_the_head_of_the_request_signs_in_and_a_wrong_one_is_refused_there() {
    let (app, served) = with(Settings::default()).await;
    let maya = app.customer().await;
    let mut ear = served.try_ear(&[("authorization", &format!("Bearer {}", maya.account().access_token))]).await.unwrap();
    assert_eq!(ear.hear().await["type"], "authenticated");
    ear.listen("orders").await;
    assert_eq!(served.try_ear(&[("authorization", "Bearer made.up")]).await.err(), Some(401));
}

#[actix_web::test]
async fn pages_of_listed_origins_alone_may_open_a_socket() {
    let app = TestApp::with_options(ShopSettings::default(), |options, _| options.cors_origins = vec!["https://shop.example.com".into()]).await;
    let served = app.serve().await;
    for origin in [served.address.as_str(), "https://shop.example.com", &app.ctx().shop.public_url] {
        assert!(served.try_ear(&[("origin", origin)]).await.is_ok(), "{origin}");
    }
    for origin in ["https://evil.example.com", "null", "http://", "http:", "https://shop.example.com.evil.example.com", ""] {
        assert_eq!(served.try_ear(&[("origin", origin)]).await.err(), Some(403), "{origin:?}");
    }
}

#[actix_web::test]
async fn a_request_that_is_no_handshake_is_told_so() {
    let app = TestApp::new().await;
    let refused = app.anonymous().get("/ws").await.assert_problem(400, "bad_request");
    assert_eq!(refused.header("upgrade"), Some("websocket"));
    assert_eq!(app.live().sockets(), 0, "its place is free again");
    app.anonymous().get("/ws?topic=orders").await.assert_problem(400, "unknown_parameter");
}

#[actix_web::test]
async fn a_socket_that_signs_in_as_somebody_else_hears_nothing_more_of_the_first() {
    let (app, served) = with(Settings::default()).await;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let mut ear = served.ear().await;
    ear.sign_in(&maya).await;
    ear.listen("orders").await;
    ear.say(json!({"type": "auth", "token": other.account().access_token})).await;
    assert_eq!(ear.hear().await, json!({"type": "unsubscribed", "topic": "orders"}));
    assert_eq!(ear.hear().await["type"], "authenticated");
    ear.listen("orders").await;
    placed(&app, &maya).await;
    ear.hear_nothing().await;
    let id = placed(&app, &other).await;
    assert_eq!(ear.hear().await["data"]["id"], id);
}

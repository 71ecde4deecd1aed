//! Sockets of clients that say too much, too little or nothing, and how many there may be.

use std::time::Duration;

use novashop_api::{limits::Class, live::Settings};
use novashop_testing::{Served, first_variant};
use serde_json::json;
use uuid::Uuid;

use crate::{
    limits::{from, limited, quota},
    live::{assert_error, attentive, subscribe, until_sockets, with},
};

const MASK: u8 = 0x80;
#[actix_web::test]
async fn what_is_not_understood_is_answered_and_the_socket_goes_on() {
    let (app, served) = with(Settings::default()).await;
    let mut ear = served.ear().await;
    for (said, code) in [
        ("", "malformed_json"),
        ("nonsense", "malformed_json"),
        ("[]", "invalid"),
        ("{}", "invalid"),
        (r#"{"type": "dance"}"#, "invalid"),
        (r#"{"type": "subscribe"}"#, "invalid"),
        (r#"{"type": "subscribe", "topic": "weather"}"#, "invalid"),
        (r#"{"type": "subscribe", "topic": "product:mug"}"#, "invalid"),
        (r#"{"type": "subscribe", "topic": "orders", "also": 1}"#, "invalid"),
        (r#"{"type": "subscribe", "topic": "orders"}"#, "unauthorized"),
        (r#"{"type": "subscribe", "topic": "admin:orders"}"#, "unauthorized"),
        (r#"{"type": "auth", "token": "made up"}"#, "invalid_token"),
    ] {
        ear.send(awc::ws::Message::Text(said.into())).await;
        assert_error(&ear.hear().await, code);
    }
    let maya = app.customer().await;
    app.clock().advance(16 * 60);
    assert_error(&ear.ask(json!({"type": "auth", "token": maya.account().access_token})).await, "token_expired");
}

#[actix_web::test]
async fn what_is_too_large_or_no_text_ends_the_socket_with_its_reason() {
    use awc::ws::{CloseCode, Message};
    let (_app, served) = with(Settings::default()).await;
    let large = format!(r#"{{"type": "auth", "token": "{}"}}"#, "a".repeat(5000));
    for (message, code) in [
        (Message::Text(large.into()), CloseCode::Size),
        (Message::Binary(b"{}".to_vec().into()), CloseCode::Unsupported),
        (Message::Close(None), CloseCode::Normal),
    ] {
        let mut ear = served.ear().await;
        ear.send(message).await;
        assert_eq!(ear.closed().await, Some(code));
    }
}

#[actix_web::test]
async fn whoever_talks_too_much_or_listens_to_too_much_is_stopped() {
    let (app, served) = with(Settings { topics: 2, messages: 6, message_every: Duration::from_secs(60), ..Settings::default() }).await;
    let mut ear = served.ear().await;
    for topic in 0..3 {
        let product = app.product("Mug").create().await.summary.id;
        let answer = ear.ask(subscribe(format!("product:{product}"))).await;
        if topic < 2 { assert_eq!(answer["type"], "subscribed") } else { assert_error(&answer, "too_many_requests") }
    }
    for _ in 0..4 {
        ear.say(json!({"type": "unsubscribe", "topic": "orders"})).await;
    }
    assert_eq!(ear.closed().await, Some(awc::ws::CloseCode::Policy));
}

#[actix_web::test]
async fn what_is_asked_over_sockets_counts_like_what_is_asked_otherwise() {
    let app = limited().await;
    let served = app.serve().await;
    let unheard = || json!({"type": "subscribe", "topic": format!("product:{}", Uuid::from_u128(1))});
    let (mut asked, mut sockets) = (0, 0);
    // Each socket may say 120 things at once.
    'sockets: loop {
        let Ok(mut ear) = served.try_ear(&[]).await else { break };
        sockets += 1;
        for _ in 0..100 {
            ear.say(unheard()).await;
            match ear.hear_or_closed().await {
                Ok(answer) => assert_error(&answer, "not_found"),
                Err(code) => {
                    assert_eq!(code, Some(awc::ws::CloseCode::Policy));
                    break 'sockets;
                }
            }
            asked += 1;
        }
    }
    assert_eq!(asked + sockets, quota(Class::Read), "{sockets} were opened");
    // A new one is not fresh, and what is asked without one neither.
    assert_eq!(served.try_ear(&[]).await.err(), Some(429));
    app.anonymous().get("/products").await.assert_problem(429, "too_many_requests");
    from(app.anonymous().get("/products"), "203.0.113.9").await.assert_status(200);
}

#[actix_web::test]
async fn an_address_and_an_account_have_so_many_sockets_and_no_more() {
    let (app, served) = with(Settings { sockets_of_client: 3, sockets_of_user: 1, ..Settings::default() }).await;
    let maya = app.customer().await;
    let (mut first, mut second, _third) = (served.ear().await, served.ear().await, served.ear().await);
    assert_eq!(served.try_ear(&[]).await.err(), Some(429));
    first.sign_in(&maya).await;
    first.sign_in(&maya).await;
    assert_error(&second.ask(json!({"type": "auth", "token": maya.account().access_token})).await, "too_many_requests");
    assert!(app.metrics().await.contains("novashop_websockets 3"));
    drop(first);
    until_sockets(&app, 2).await;
    second.sign_in(&maya).await;
    served.ear().await;

    let (_app, served) = with(Settings { sockets: 1, ..Settings::default() }).await;
    let _only = served.ear().await;
    assert_eq!(served.try_ear(&[]).await.err(), Some(503));
}

#[actix_web::test]
async fn a_shop_that_stops_says_so() {
    let (app, served) = with(Settings::default()).await;
    let mut ear = served.ear().await;
    ear.sign_in(&app.customer().await).await;
    app.ctx().stopping.ask();
    assert_eq!(ear.closed().await, Some(awc::ws::CloseCode::Away));
    until_sockets(&app, 0).await;
}

/// A handshake by hand, and then this text in a frame: for a client that does not answer or does not read.
async fn by_hand(served: &Served, text: &str) -> novashop_testing::Wire {
    let mut wire = served.wire().await;
    wire.send("GET /api/v1/ws HTTP/1.1\r\nhost: shop\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").await;
    assert_eq!(wire.answer().await.unwrap().status, 101);
    // Masked with nought, which leaves the text as it is.
    let length = u8::try_from(text.len()).unwrap();
    assert!(length < 126);
    wire.send([&[0x81, MASK | length, 0, 0, 0, 0], text.as_bytes()].concat()).await;
    wire
}

#[actix_web::test]
async fn whoever_does_not_answer_is_cut_off() {
    let (app, served) = with(attentive()).await;
    let mut silent = by_hand(&served, r#"{"type": "unsubscribe", "topic": "orders"}"#).await;
    let said = silent.rest().await;
    // 1008, and before it a ping.
    assert!(said.windows(4).any(|bytes| bytes[0] == 0x88 && bytes[2..4] == 1008_u16.to_be_bytes()), "{said:?}");
    assert!(said.windows(2).any(|bytes| bytes == [0x89, 0]));
    until_sockets(&app, 0).await;
}

#[actix_web::test]
async fn whoever_does_not_read_is_cut_off_and_holds_up_nobody() {
    let (app, served) = with(Settings { patience: Duration::from_millis(500), ..Settings::default() }).await;
    let product = app.product("Mug").create().await;
    app.run_outbox().await;
    let (id, variant) = (product.summary.id, first_variant(&product));
    let mut slow = by_hand(&served, &subscribe(format!("product:{id}")).to_string()).await;
    let event = |n: u128| {
        let data = json!({"product_id": id, "variant_id": variant, "stock": 1});
        json!({"id": Uuid::from_u128(n), "type": "product.stock", "at": "2026-01-31T09:00:00.000Z", "data": data})
    };
    let mut told = 0;
    while app.live().sockets() > 0 {
        assert!(told < 400_000, "nobody may be told so much without reading");
        for n in told..told + 50 {
            app.live().hear(&event(n));
        }
        told += 50;
        actix_web::rt::time::sleep(Duration::from_millis(1)).await;
    }
    // Its connection is ended too, and not only its place.
    slow.rest().await;
}

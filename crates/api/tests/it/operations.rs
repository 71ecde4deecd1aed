//! What operators see: readiness, and the numbers that Prometheus is told.

use std::sync::Arc;

use actix_web::{
    http::Method,
    test::{TestRequest, call_and_read_body_json, init_service},
    web::Data,
};
use novashop_api::app::{Options, build};
use novashop_services::{
    Context, ShopSettings,
    images::{self, Media},
    vitals::{PROBE, Watch},
};
use novashop_testing::{Answer, TestApp, first_variant, pictures::png, shopping::order};
use object_store::local::LocalFileSystem;
use serde_json::{Value, json};

async fn readyz(app: &TestApp) -> Answer {
    app.anonymous().request(Method::GET, "/readyz").await
}

/// The value of a series as it stands in the text: `novashop_orders_total{outcome="placed"}`.
async fn number(app: &TestApp, series: &str) -> i64 {
    let text = app.metrics().await;
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')).unwrap_or_else(|| panic!("no {series} in\n{text}"));
    line.parse().unwrap_or_else(|_| panic!("{series} is {line}"))
}

#[actix_web::test]
async fn readiness_names_each_part() {
    let app = TestApp::new().await;
    let ready = readyz(&app).await.assert_status(200);
    assert_eq!(
        ready.json,
        json!({"status": "ok", "database": "ok", "queue": "ok", "queue_lag_seconds": 0, "cache": "ok", "redis": "none", "media": "ok"})
    );
}

#[actix_web::test]
async fn a_process_without_a_worker_that_shares_nothing_says_that_its_sockets_hear_nothing() {
    for (roles, status, redis) in
        [(vec!["api", "web"], "degraded", "missing"), (vec!["api", "web", "worker"], "ok", "none"), (vec!["api", "worker"], "ok", "none")]
    {
        let app = TestApp::with_options(ShopSettings::default(), |options, _| options.process.roles.clone_from(&roles)).await;
        let ready = readyz(&app).await.assert_status(200);
        assert_eq!((&ready.json["status"], &ready.json["redis"]), (&json!(status), &json!(redis)), "{roles:?}: {}", ready.json);
    }
}

#[actix_web::test]
async fn a_worker_that_is_missing_shows_as_a_queue_that_is_behind() {
    let app = TestApp::uncached().await;
    app.customer().await.place_order().await;
    app.clock().advance(61);
    let ready = readyz(&app).await.assert_status(200);
    assert_eq!((&ready.json["status"], &ready.json["queue"], &ready.json["queue_lag_seconds"]), (&json!("degraded"), &json!("behind"), &json!(61)));
    assert_eq!(number(&app, "novashop_outbox_lag_seconds").await, 61);
    assert!(number(&app, "novashop_outbox_rows{state=\"waiting\"}").await > 0);
    app.run_outbox().await;
    app.clock().advance(5);
    assert_eq!(readyz(&app).await.assert_status(200).json["status"], "ok");
    assert_eq!(number(&app, "novashop_outbox_rows{state=\"waiting\"}").await, 0);
}

#[actix_web::test]
async fn without_its_database_the_shop_is_alive_but_not_ready() {
    let app = TestApp::uncached().await;
    app.ctx().db.clone().close().await.unwrap();
    let away = readyz(&app).await.assert_problem(503, "unavailable");
    assert_eq!(away.json["errors"][0], json!({"pointer": "/database", "code": "away", "message": "does not answer"}));
    app.anonymous().request(Method::GET, "/healthz").await.assert_status(200);
    assert_eq!(number(&app, "novashop_problems_total{code=\"unavailable\"}").await, 1, "the metrics are told without the database");
}

#[actix_web::test]
async fn the_database_is_asked_once_a_second_however_often_somebody_wants_to_know() {
    let app = TestApp::uncached().await;
    readyz(&app).await.assert_status(200);
    app.ctx().db.clone().close().await.unwrap();
    readyz(&app).await.assert_status(200);
    app.clock().advance(1);
    readyz(&app).await.assert_problem(503, "unavailable");
}

#[actix_web::test]
async fn a_store_of_pictures_that_cannot_be_written_shows_and_stops_nothing() {
    let app = TestApp::new().await;
    let place = std::env::temp_dir().join(format!("novashop_no_pictures_{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let store = LocalFileSystem::new_with_prefix(&place).unwrap();
    // A file where the folder was: nobody can put anything into it, root included.
    std::fs::remove_dir(&place).unwrap();
    std::fs::write(&place, "").unwrap();
    let ctx = Context { media: Media::new(Arc::new(store)), ..app.ctx().get_ref().clone() };
    let service = init_service(build(Data::new(ctx), Options::default())).await;
    let ready: Value = call_and_read_body_json(&service, TestRequest::with_uri("/readyz").to_request()).await;
    std::fs::remove_file(&place).unwrap();
    assert_eq!((&ready["status"], &ready["database"], &ready["media"]), (&json!("degraded"), &json!("ok"), &json!("away")), "{ready}");
}

#[actix_web::test]
async fn a_store_of_pictures_is_written_seldom_while_all_is_well_with_it() {
    let app = TestApp::new().await;
    let place = std::env::temp_dir().join(format!("novashop_seldom_written_{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let ctx = Context { media: Media::new(Arc::new(LocalFileSystem::new_with_prefix(&place).unwrap())), ..app.ctx().get_ref().clone() };
    let (watch, probe) = (Watch::default(), place.join(PROBE));
    // Whether it was written now, and not only looked for.
    let written = async |seconds: i64| {
        let before = std::fs::metadata(&probe).ok().map(|file| file.modified().unwrap());
        std::thread::sleep(std::time::Duration::from_millis(20));
        app.clock().advance(seconds);
        assert!(watch.look(&ctx).await.media);
        before != Some(std::fs::metadata(&probe).unwrap().modified().unwrap())
    };
    assert!(written(0).await, "at the start");
    assert!(!written(6).await && !written(500).await, "it is there, and that is enough");
    std::fs::remove_file(&probe).unwrap();
    assert!(written(6).await, "where it is gone");
    assert!(!written(590).await && written(11).await, "every ten minutes");
    // No folder can be made of this.
    std::fs::write(place.join("products"), "").unwrap();
    let mug = app.product("Mug").create().await;
    images::store_new(&ctx, None, mug.summary.id, png().into(), "", None, None).await.unwrap_err();
    assert!(written(6).await, "after an upload that failed");
    std::fs::remove_dir_all(&place).unwrap();
}

#[actix_web::test]
async fn an_outage_does_not_look_like_an_empty_outbox() {
    let app = TestApp::new().await;
    app.customer().await.place_order().await;
    app.clock().advance(61);
    assert_eq!(number(&app, "novashop_outbox_lag_seconds").await, 61);
    app.ctx().db.clone().close().await.unwrap();
    app.clock().advance(60);
    assert_eq!(number(&app, "novashop_outbox_lag_seconds").await, 61, "as it was last seen");
    assert!(number(&app, "novashop_outbox_rows{state=\"waiting\"}").await > 0);
}

#[actix_web::test]
async fn a_process_that_ends_is_not_ready() {
    let app = TestApp::new().await;
    app.ctx().stopping.ask();
    assert_eq!(readyz(&app).await.assert_problem(503, "unavailable").json["errors"][0]["pointer"], "/status");
}

#[actix_web::test]
async fn orders_sign_ins_and_refusals_are_counted_by_outcome() {
    let app = TestApp::new().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    let mug = app.product("Mug").price(1999).stock(5).create().await;
    maya.put_in_cart(first_variant(&mug), 2).await;
    for _ in 0..2 {
        maya.post("/orders", order()).header("idempotency-key", "k").await.assert_status(201);
    }
    maya.post("/orders", order()).await.assert_problem(422, "empty_cart");
    maya.post("/cart/items", json!({"variant_id": first_variant(&mug), "quantity": 4})).await.assert_problem(409, "out_of_stock");
    let login = |password: &str| json!({"login": maya.account().username, "password": password});
    nobody.post("/auth/login", login(novashop_testing::PASSWORD)).await.assert_status(200);
    for _ in 0..3 {
        nobody.post("/auth/login", login("not the password")).await.assert_problem(401, "invalid_credentials");
    }
    let expected = [
        ("novashop_orders_total{outcome=\"placed\"}", 1),
        ("novashop_orders_total{outcome=\"replayed\"}", 1),
        ("novashop_orders_total{outcome=\"empty_cart\"}", 1),
        ("novashop_stock_conflicts_total", 1),
        ("novashop_problems_total{code=\"out_of_stock\"}", 1),
        ("novashop_sign_ins_total{outcome=\"ok\"}", 1),
        ("novashop_sign_ins_total{outcome=\"invalid_credentials\"}", 3),
        ("http_requests_total{method=\"POST\",route=\"/api/v1/orders\",status=\"201\"}", 2),
        ("http_requests_in_flight", 0),
    ];
    for (series, count) in expected {
        assert_eq!(number(&app, series).await, count, "{series}");
    }
}

#[actix_web::test]
async fn however_odd_the_requests_the_series_are_those_of_our_routes() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for i in 0..20 {
        nobody.request(Method::GET, format!("/api/v1/products/nothing-{i}")).await.assert_status(404);
        nobody.request(Method::GET, format!("/nothing/{i}")).await.assert_status(404);
        nobody.request(Method::from_bytes(format!("ODD{i}").as_bytes()).unwrap(), "/api/v1/cart").await.assert_status(405);
    }
    let text = app.metrics().await;
    let requests: Vec<&str> = text.lines().filter(|line| line.starts_with("http_requests_total{")).collect();
    let expected = [
        "http_requests_total{method=\"GET\",route=\"/api/v1/products/{id}\",status=\"404\"} 20",
        "http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 20",
        "http_requests_total{method=\"OTHER\",route=\"/api/v1/cart\",status=\"405\"} 20",
    ];
    assert_eq!(requests, expected);
}

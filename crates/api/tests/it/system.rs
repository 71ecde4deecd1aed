//! What staff are told of the program, and what the checkout is told of shipping.

use novashop_testing::{TestApp, pictures::multipart};
use serde_json::json;

#[actix_web::test]
async fn staff_see_what_waits_and_what_the_schema_is() {
    let app = TestApp::uncached().await;
    let staff = app.staff().await;
    let (kind, body) = multipart(&[("file", b"Handle,Title,Variant Price\n")]);
    staff.post("/admin/imports/products", json!(null)).body(&kind, body).await.assert_status(202);
    app.customer().await.place_order().await;
    let system = staff.get("/admin/system").await.assert_status(200);
    assert_eq!(system.json["database"]["reachable"], true);
    let migrations = app.ctx().db.migrations().await.unwrap();
    assert_eq!(system.json["database"]["schema_version"], migrations.last().unwrap().0);
    assert_eq!(system.json["queue"]["imports_waiting"], 1);
    assert!(system.json["queue"]["outbox_waiting"].as_u64().unwrap() > 0);
    if cfg!(target_os = "linux") {
        assert!(system.json["memory_bytes"].as_u64().unwrap() > 1024 * 1024);
    }
}

#[actix_web::test]
async fn the_ways_to_send_an_order_are_those_that_orders_take_at_their_price() {
    let app = TestApp::new().await;
    let methods = app.anonymous().get("/shipping-methods?country=PT").await.assert_status(200);
    let order = app.customer().await.place_order().await;
    assert_eq!(methods.items().len(), 1);
    assert_eq!((&methods.items()[0]["code"], &methods.items()[0]["price"]), (&order.json["shipping_method"], &order.json["shipping"]));
    for bad in ["pt", "XX", ""] {
        app.anonymous().get(format!("/shipping-methods?country={bad}")).await.assert_problem(400, "invalid_parameter");
    }
}

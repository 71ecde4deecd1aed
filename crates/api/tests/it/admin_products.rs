//! Products as staff work with them: in a table, and many at a time.

use novashop_testing::TestApp;
use novashop_types::catalogue::{Product, ProductStatus};
use serde_json::json;

#[actix_web::test]
async fn the_table_shows_drafts_too_with_stock_variants_and_version() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let shirt = app.product("Linen shirt").stock(4).variant("Size", "M").variant("Size", "L").create().await;
    app.product("Mug").status(ProductStatus::Draft).create().await;
    let table = staff.get("/admin/products?sort=name&include_total=true").await.assert_status(200);
    assert_eq!(table.json["total"], 2);
    let row = &table.items()[0];
    assert_eq!(
        (&row["name"], &row["status"], &row["stock"], &row["variant_count"]),
        (&json!("Linen shirt"), &json!("published"), &json!(8), &json!(2))
    );
    assert_eq!((&row["version"], &row["updated_at"]), (&json!(shirt.version), &json!(shirt.updated_at)));
    assert_eq!(table.items()[1]["status"], "draft");
    assert_eq!(staff.get("/admin/products?status=draft").await.assert_status(200).items().len(), 1);
    assert_eq!(staff.get("/admin/products?q=linen").await.assert_status(200).items().len(), 1);
    staff.get("/admin/products?sort=relevance").await.assert_problem(400, "invalid_parameter");
}

async fn prices(app: &TestApp, product: &Product) -> Vec<i64> {
    let product = app.anonymous().get(format!("/products/{}", product.summary.id)).await.assert_status(200);
    product.json["variants"].as_array().unwrap().iter().map(|variant| variant["price"]["amount"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn prices_of_many_products_change_once_for_a_key_and_shoppers_see_it() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let shirt = app.product("Linen shirt").price(1999).variant("Size", "M").price(2005).variant("Size", "L").create().await;
    let mug = app.product("Mug").price(0).create().await;
    let nobody = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";
    app.anonymous().get("/products?sort=price").await.assert_status(200);
    let body = json!({"ids": [shirt.summary.id, nobody, mug.summary.id], "action": {"price_percent": -10}});
    let change = || staff.post("/admin/products/bulk", body.clone()).header("idempotency-key", "spring");
    let first = change().await.assert_status(200);
    assert_eq!(first.items()[0]["outcome"], "changed");
    assert_eq!((&first.items()[1]["outcome"], &first.items()[1]["code"]), (&json!("refused"), &json!("not_found")));
    assert_eq!(first.items()[2]["outcome"], "unchanged");
    let again = change().await.assert_status(200);
    assert_eq!((again.need_header("idempotency-replayed"), &again.json), ("true", &first.json));
    assert_eq!(prices(&app, &shirt).await, [1799, 1805]);
    let list = app.anonymous().get("/products?sort=-price").await.assert_status(200);
    assert_eq!(list.items()[0]["price"]["amount"], 1799, "the list keeps the price of the cheapest variant");
    assert_eq!(staff.get(format!("/products/{}", shirt.summary.id)).await.json["version"], shirt.version + 1);
    let audit = app.admin().await.get("/admin/audit?limit=1").await.assert_status(200);
    assert_eq!((&audit.items()[0]["action"], &audit.items()[0]["details"]), (&json!("product.updated"), &json!({"price_percent": -10})));
}

#[actix_web::test]
async fn a_price_that_would_be_too_high_stops_its_own_product_alone() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let (yacht, mug) = (app.product("Yacht").price(90_000_000_000).create().await, app.product("Mug").price(100).create().await);
    let body = json!({"ids": [yacht.summary.id, mug.summary.id], "action": {"price_percent": 50}});
    let results = staff.post("/admin/products/bulk", body).await.assert_status(200);
    assert_eq!((&results.items()[0]["outcome"], &results.items()[0]["code"]), (&json!("refused"), &json!("invalid")));
    assert_eq!((prices(&app, &yacht).await, prices(&app, &mug).await), (vec![90_000_000_000], vec![150]));
}

#[actix_web::test]
async fn many_products_are_published_archived_and_drafted() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let (mug, cup) = (app.product("Mug").create().await.summary.id, app.product("Cup").status(ProductStatus::Draft).create().await.summary.id);
    for (action, outcomes) in
        [("publish", ["unchanged", "changed"]), ("archive", ["changed", "changed"]), ("draft", ["changed", "changed"]), ("draft", ["unchanged"; 2])]
    {
        let results = staff.post("/admin/products/bulk", json!({"ids": [mug, cup], "action": action})).await.assert_status(200);
        let found: Vec<_> = results.items().iter().map(|result| result["outcome"].as_str().unwrap()).collect();
        assert_eq!(found, outcomes, "{action}");
    }
    app.anonymous().get(format!("/products/{mug}")).await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn a_bulk_change_that_cannot_be_meant_is_refused_by_field() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let id = app.product("Mug").create().await.summary.id;
    for (body, pointer) in [
        (json!({"ids": [], "action": "publish"}), "/ids"),
        (json!({"ids": [id, id], "action": "publish"}), "/ids"),
        (json!({"ids": vec![id; 101], "action": "publish"}), "/ids"),
        (json!({"ids": [id], "action": {"price_percent": -91}}), "/action"),
        (json!({"ids": [id], "action": {"price_percent": 901}}), "/action"),
        (json!({"ids": [id]}), "/action"),
    ] {
        staff.post("/admin/products/bulk", body).await.assert_problem(422, "invalid").assert_field(pointer);
    }
    for action in [json!("sell"), json!({"price_percent": "1"}), json!({"price_percent": 1, "more": 1}), json!("price_percent")] {
        staff.post("/admin/products/bulk", json!({"ids": [id], "action": action})).await.assert_problem(422, "invalid");
    }
}

//! The shop's figures, and the list of all reviews.

use novashop_testing::{Actor, TestApp, first_variant, shopping::order};
use novashop_types::{catalogue::Product, orders::OrderStatus};
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Buys so many of something and moves the order on; its id.
async fn sold(app: &TestApp, who: &Actor, product: &Product, quantity: i64, states: &[OrderStatus]) -> String {
    who.put_in_cart(first_variant(product), quantity).await;
    let id = who.post("/orders", order()).await.assert_status(201).text_at("/id");
    app.move_order(&id, states).await;
    id
}

/// The day of the test's clock, so many days later: `2026-01-31`.
fn day(app: &TestApp, later: i64) -> String {
    novashop_types::Timestamp(app.ctx().now().0 + later * DAY).to_string()[..10].to_owned()
}

#[actix_web::test]
async fn the_figures_count_what_is_sold_and_neither_what_is_called_off_nor_what_was_given_back() {
    use OrderStatus::{Cancelled, Delivered, Fulfilled, Paid};
    let app = TestApp::new().await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let (mug, pot) = (app.product("Mug").price(1000).stock(20).create().await, app.product("Pot").price(5000).stock(6).create().await);
    app.image(mug.summary.id).await;
    sold(&app, &maya, &mug, 3, &[Paid]).await;
    sold(&app, &maya, &pot, 1, &[Paid, Fulfilled, Delivered]).await;
    sold(&app, &maya, &pot, 2, &[Cancelled]).await;
    sold(&app, &maya, &mug, 4, &[]).await;
    let first = day(&app, 0);
    app.clock().advance(2 * DAY / 1000);
    let staff_again = app.staff().await;
    let late = app.customer().await;
    sold(&app, &late, &mug, 1, &[Paid]).await;
    drop(staff);

    let stats = staff_again.get("/admin/stats").await.assert_status(200);
    let euros = |amount: i64| json!({"amount": amount, "currency": "EUR"});
    assert_eq!(stats.json["revenue"], euros(9000));
    assert_eq!((&stats.json["orders"], &stats.json["items_sold"]), (&json!(3), &json!(5)));
    assert_eq!(stats.json["average_basket"], euros(3000));
    assert_eq!(stats.json["to_handle"], json!({"pending_payment": 1, "paid": 2}));
    assert_eq!(stats.json["new_customers"], 2);
    let days = stats.json["by_day"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert_eq!(days[29], json!({"date": day(&app, 0), "revenue": euros(1000), "orders": 1}));
    assert_eq!(days[28], json!({"date": day(&app, -1), "revenue": euros(0), "orders": 0}));
    assert_eq!(days[27], json!({"date": first, "revenue": euros(8000), "orders": 2}));
    let sellers: Vec<(&Value, &Value, &Value)> =
        stats.json["best_sellers"].as_array().unwrap().iter().map(|row| (&row["product"]["slug"], &row["quantity"], &row["revenue"])).collect();
    assert_eq!(sellers, [(&json!("mug"), &json!(4), &euros(4000)), (&json!("pot"), &json!(1), &euros(5000))]);
    assert!(stats.json["best_sellers"][0]["product"]["image"]["url"].is_string());
    assert_eq!(stats.json["low_stock"].as_array().unwrap().len(), 1, "six pots less one: {}", stats.json["low_stock"]);
    assert_eq!((&stats.json["low_stock"][0]["name"], &stats.json["low_stock"][0]["stock"]), (&json!("Pot"), &json!(5)));
    assert_eq!(stats.statements(), 7, "with the check of the token, however much was sold");

    let one_day = staff_again.get(format!("/admin/stats?from={first}&to={}", day(&app, -1))).await.assert_status(200);
    assert_eq!((&one_day.json["revenue"], one_day.json["by_day"].as_array().unwrap().len()), (&euros(8000), 1));
}

#[actix_web::test]
async fn a_shop_without_orders_has_figures_too_and_a_wrong_time_has_none() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let stats = staff.get("/admin/stats").await.assert_status(200);
    assert_eq!((&stats.json["average_basket"]["amount"], &stats.json["items_sold"], &stats.json["best_sellers"]), (&json!(0), &json!(0), &json!([])));
    for query in [
        "from=2026-02-01&to=2026-01-01",
        "from=2026-01-01&to=2026-01-01",
        "from=2024-01-01&to=2026-01-01",
        "from=1960-01-01&to=1960-02-01",
        "from=9999-12-31&to=9999-12-31T23:59:59-10:00",
        "from=yesterday",
        "to=",
    ] {
        staff.get(format!("/admin/stats?{query}")).await.assert_problem(400, "invalid_parameter");
    }
}

#[actix_web::test]
async fn staff_find_every_review_with_its_product() {
    let app = TestApp::new().await;
    let (maya, other, staff) = (app.customer().await, app.other_customer().await, app.staff().await);
    let (mug, pot) = (app.product("Mug").create().await, app.product("Pot").create().await);
    let mut ids = Vec::new();
    for (who, product, rating) in [(&maya, &mug, 5), (&other, &mug, 1), (&maya, &pot, 1)] {
        let review = who.post(format!("/products/{}/reviews", product.summary.id), json!({"rating": rating})).await.assert_status(201);
        ids.push(review.text_at("/id"));
        app.clock().advance(1);
    }
    staff.patch(format!("/reviews/{}", ids[1]), json!({"hidden": true})).await.assert_status(200);
    staff.put(format!("/reviews/{}/answer", ids[0]), json!({"text": "Thank you."})).await.assert_status(200);
    let found = async |query: &str| -> Vec<usize> {
        let page = staff.get(format!("/admin/reviews?include_total=true{query}")).await.assert_status(200);
        assert_eq!(page.json["total"], page.items().len());
        assert_eq!(page.statements(), 4);
        page.items().iter().map(|item| ids.iter().position(|id| item["id"] == **id).unwrap()).collect()
    };
    assert_eq!(found("").await, [2, 1, 0]);
    assert_eq!(found("&rating=1").await, [2, 1]);
    assert_eq!((found("&hidden=true").await, found("&hidden=false").await), (vec![1], vec![2, 0]));
    assert_eq!((found("&answered=true").await, found("&answered=false&rating=1&hidden=true").await), (vec![0], vec![1]));
    let page = staff.get("/admin/reviews?limit=1").await.assert_status(200);
    assert_eq!(page.items()[0]["product"], json!({"id": pot.summary.id, "slug": "pot", "name": "Pot", "image": null}));
    staff.get("/admin/reviews?rating=6").await.assert_problem(400, "invalid_parameter");
}

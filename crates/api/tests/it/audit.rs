//! The audit log: who did what to what, and finding it again.

use novashop_testing::{Actor, TestApp, first_variant};
use serde_json::{Value, json};

/// The actions of the entries that are found, newest first.
async fn found(admin: &Actor, query: &str) -> Vec<String> {
    let page = admin.get(format!("/admin/audit?{query}")).await.assert_status(200);
    page.items().iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

/// A shop in which staff and an administrator have changed one thing after the other.
async fn changed(app: &TestApp, staff: &Actor, admin: &Actor, buyer: &Actor) -> Value {
    let step = || app.clock().advance(1);
    let mug = staff.post(
        "/products",
        json!({"name": "Stoneware mug", "price": {"amount": 1900, "currency": "EUR"}, "stock": 9, "sku": "MUG-1", "status": "published"}),
    );
    let mug = mug.await.assert_status(201).json;
    step();
    let category = admin.post("/categories", json!({"name": "Tableware"})).await.assert_status(201).text_at("/id");
    step();
    admin.delete(format!("/categories/{category}")).await.assert_status(204);
    step();
    buyer.post("/cart/items", json!({"product_id": mug["id"]})).await.assert_status(201);
    let order = buyer.post("/orders", novashop_testing::shopping::order()).await.assert_status(201).text_at("/id");
    staff.post(format!("/admin/orders/{order}/transitions"), json!({"to": "paid"})).await.assert_status(200);
    step();
    let review =
        buyer.post(format!("/products/{}/reviews", mug["id"].as_str().unwrap()), json!({"rating": 1})).await.assert_status(201).text_at("/id");
    admin.patch(format!("/reviews/{review}"), json!({"hidden": true})).await.assert_status(200);
    step();
    let stock = json!({"delta": -1, "reason": "broken"});
    staff.post(format!("/variants/{}/stock", mug["variants"][0]["id"].as_str().unwrap()), stock).await.assert_status(201);
    step();
    admin.patch(format!("/users/{}", buyer.id()), json!({"active": false})).await.assert_status(200);
    mug
}

#[actix_web::test]
async fn an_entry_says_who_did_it_and_to_what_by_their_names() {
    let app = TestApp::new().await;
    let (staff, admin, buyer) = (app.staff().await, app.admin().await, app.customer().await);
    changed(&app, &staff, &admin, &buyer).await;
    let log = admin.get("/admin/audit").await.assert_status(200);
    let named: Vec<_> = log
        .items()
        .iter()
        .map(|entry| (entry["action"].as_str().unwrap(), entry["actor"]["username"].as_str(), entry["subject_name"].as_str()))
        .collect();
    let (staff_name, admin_name) = (Some(staff.account().username.as_str()), Some(admin.account().username.as_str()));
    assert_eq!(
        named,
        [
            ("user.updated", admin_name, Some(buyer.account().username.as_str())),
            ("variant.stock_changed", staff_name, Some("MUG-1")),
            ("review.hidden", admin_name, Some("Stoneware mug")),
            ("order.moved", staff_name, Some("1001")),
            ("category.deleted", admin_name, Some("Tableware")),
            ("category.created", admin_name, None),
            ("product.created", staff_name, Some("Stoneware mug")),
        ]
    );
    assert_eq!(log.items()[1]["actor"]["id"], json!(staff.id()));
    // Names are those of now; who is gone has none.
    staff.patch("/products/stoneware-mug", json!({"name": "Blue mug"})).await.assert_status(200);
    staff.delete("/users/me").await.assert_status(204);
    let log = admin.get("/admin/audit?action=product.created").await.assert_status(200);
    assert_eq!((&log.items()[0]["subject_name"], &log.items()[0]["actor"]), (&json!("Blue mug"), &json!({"id": staff.id(), "username": null})));
}

#[actix_web::test]
async fn it_is_searched_by_what_was_changed_by_whom_and_how() {
    let app = TestApp::new().await;
    let (staff, admin, buyer) = (app.staff().await, app.admin().await, app.customer().await);
    let mug = changed(&app, &staff, &admin, &buyer).await;
    let (product, variant) = (mug["id"].as_str().unwrap(), mug["variants"][0]["id"].as_str().unwrap());
    for (q, actions) in [
        ("stoneware", vec!["product.created"]),
        ("mug+ston", vec!["product.created"]),
        (product, vec!["product.created"]),
        (variant, vec!["variant.stock_changed"]),
        ("MUG-1", vec!["variant.stock_changed", "product.created"]),
        ("1001", vec!["order.moved"]),
        ("%231001", vec!["order.moved"]),
        (buyer.account().username.as_str(), vec!["user.updated"]),
        (buyer.account().email.as_str(), vec!["user.updated"]),
        ("nothing-of-the-kind", vec![]),
        ("%25", vec![]),
    ] {
        assert_eq!(found(&admin, &format!("q={q}")).await, actions, "{q}");
    }
    admin.post("/categories", json!({"name": "Garden tools"})).await.assert_status(201);
    assert_eq!(found(&admin, "q=DEN").await, ["category.created"], "a part of a category's name");

    assert_eq!(found(&admin, "action=order.moved").await, ["order.moved"]);
    for name in [staff.account().username.to_uppercase(), staff.id().to_string(), staff.account().email.clone()] {
        assert_eq!(found(&admin, &format!("actor={name}")).await, ["variant.stock_changed", "order.moved", "product.created"], "{name}");
    }
    assert_eq!(found(&admin, &format!("actor={}&q=stoneware&action=product.created", staff.id())).await, ["product.created"], "all of it");
    assert_eq!(found(&admin, &format!("actor={}&q=stoneware", admin.id())).await, [""; 0], "she did nothing to it");
    let nobody = admin.get("/admin/audit?actor=nobody-at-all&include_total=true").await.assert_status(200);
    assert_eq!((nobody.items().len(), &nobody.json["total"]), (0, &json!(0)));
    admin.get("/admin/audit?action=product.painted").await.assert_problem(400, "invalid_parameter");
    admin.get(format!("/admin/audit?q={}", "a".repeat(101))).await.assert_problem(400, "invalid_parameter");
}

#[actix_web::test]
async fn a_narrowed_log_comes_in_pages_and_is_counted() {
    let app = TestApp::new().await;
    let (staff, admin) = (app.staff().await, app.admin().await);
    let mug = app.product("Mug").create().await;
    for (n, who) in [&staff, &admin, &staff, &staff].into_iter().enumerate() {
        who.patch(format!("/products/{}", mug.summary.id), json!({"description": format!("No. {n}")})).await.assert_status(200);
        app.clock().advance(1);
    }
    let query = format!("actor={}&action=product.updated&q=mug&include_total=true", staff.account().username);
    let first = admin.get(format!("/admin/audit?{query}&limit=2")).await.assert_status(200);
    assert_eq!((first.items().len(), &first.json["total"]), (2, &json!(3)));
    let cursor = first.text_at("/next_cursor");
    let rest = admin.get(format!("/admin/audit?{query}&limit=2&cursor={cursor}")).await.assert_status(200);
    assert_eq!((rest.items().len(), &rest.json["next_cursor"]), (1, &Value::Null));
    assert_ne!(rest.items()[0]["id"], first.items()[1]["id"]);
    admin.get(format!("/admin/audit?limit=2&cursor={cursor}")).await.assert_problem(400, "invalid_cursor");
}

#[actix_web::test]
async fn it_takes_as_many_statements_for_one_entry_as_for_twenty() {
    let app = TestApp::new().await;
    let (staff, admin) = (app.staff().await, app.admin().await);
    let mut counts = Vec::new();
    for round in [1, 19] {
        for _ in 0..round {
            let mug = app.product("Mug").create().await;
            staff.post(format!("/variants/{}/stock", first_variant(&mug)), json!({"delta": 1, "reason": "found"})).await.assert_status(201);
            staff.patch(format!("/products/{}", mug.summary.id), json!({"name": "Cup"})).await.assert_status(200);
        }
        let took = async |query: &str| admin.get(format!("/admin/audit?{query}")).await.assert_status(200).statements();
        counts.push([
            took("").await,
            took("include_total=true").await,
            took(&format!("actor={}", staff.account().username)).await,
            took("q=cup").await,
        ]);
    }
    // With the check of the token: entries and names; the total; the account; what is called so.
    assert_eq!(counts, [[3, 4, 4, 5]; 2]);
}

//! Options for a product that was made without, and the variants that it can have from then on.

use novashop_testing::{
    TestApp, first_variant,
    races::{at_once, statuses},
    shopping::order,
};
use novashop_types::catalogue::Product;
use serde_json::{Value, json};

fn sizes() -> Value {
    json!({"options": [{"name": "Size", "values": ["M", "L"]}]})
}

fn large() -> Value {
    json!({"options": {"Size": "L"}, "price": {"amount": 2500, "currency": "EUR"}, "stock": 2})
}

fn path(product: &Product) -> String {
    format!("/products/{}", product.summary.id)
}

#[actix_web::test]
async fn a_product_made_without_options_gets_some_and_a_second_variant_is_sold() {
    let app = TestApp::new().await;
    let (staff, guest) = (app.staff().await, app.anonymous());
    let shirt = app.product("Shirt").price(2000).stock(5).create().await;
    guest.put_in_cart(first_variant(&shirt), 1).await;
    guest.get("/products?option.Size=M").await.assert_status(200);

    let body = json!({"price": {"amount": 1900, "currency": "EUR"}, "options": [{"name": "Size", "values": ["M", "L"]}, {"name": "Colour", "values": ["Oat"]}]});
    let changed = staff.patch(path(&shirt), body).await.assert_status(200);
    assert_eq!(changed.json["options"], json!([{"name": "Size", "values": ["M", "L"]}, {"name": "Colour", "values": ["Oat"]}]));
    let only = json!([{"id": first_variant(&shirt), "sku": shirt.variants[0].sku, "options": {"Size": "M", "Colour": "Oat"},
        "price": {"amount": 1900, "currency": "EUR"}, "compare_at_price": null, "stock": 5, "in_stock": true}]);
    assert_eq!(changed.json["variants"], only, "the variant stays, with the first value of each");
    assert_eq!(guest.get("/products?option.Size=M").await.items().len(), 1, "filters find it, and what was cached is gone");
    assert_eq!(guest.get("/cart").await.items()[0]["options"], json!({"Size": "M", "Colour": "Oat"}), "what lies in a cart stays there");

    let mut second = large();
    second["options"]["Colour"] = json!("Oat");
    let second = staff.post(format!("{}/variants", path(&shirt)), second).await.assert_status(201);
    guest.put_in_cart(second.text_at("/id").parse().unwrap(), 2).await;
    let sold = guest.post("/orders", order()).await.assert_status(201);
    let options: Vec<&Value> = sold.items().iter().map(|line| &line["options"]).collect();
    assert_eq!(options, [&json!({"Size": "M", "Colour": "Oat"}), &json!({"Size": "L", "Colour": "Oat"})]);
    let left = guest.get(path(&shirt)).await.assert_status(200);
    assert_eq!((&left.json["variants"][0]["stock"], &left.json["variants"][1]["stock"]), (&json!(4), &json!(0)));

    let audit = app.admin().await.get("/admin/audit?limit=10").await.assert_status(200);
    let told = audit.items().iter().find(|entry| entry["action"] == "product.updated").unwrap();
    assert_eq!(told["details"]["options"][0], json!({"name": "Size", "values": ["M", "L"]}));
    app.assert_sound().await;
}

#[actix_web::test]
async fn options_are_given_once_and_must_be_such() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let shirt = app.product("Shirt").create().await;
    let size = |values: Value| json!({"name": "Size", "values": values});
    for (options, pointer) in [
        (json!([]), "/options"),
        (json!(vec![size(json!(["M"])); 6]), "/options"),
        (json!([size(json!([]))]), "/options/0/values"),
        (json!([size(json!(["M", "M"]))]), "/options/0/values"),
        (json!([{"name": " ", "values": ["M"]}]), "/options/0/name"),
        (json!([size(json!(["M"])), size(json!(["L"]))]), "/options/1/name"),
        (json!(null), "/options"),
    ] {
        staff.patch(path(&shirt), json!({"options": options})).await.assert_problem(422, "invalid").assert_field(pointer);
    }
    assert_eq!(app.number("select count(*) as value from product_options").await, 0);

    staff.patch(path(&shirt), sizes()).await.assert_status(200);
    staff.patch(path(&shirt), sizes()).await.assert_problem(409, "conflict");
    staff.post(format!("{}/variants", path(&shirt)), large()).await.assert_status(201);
    let refused = staff.patch(path(&shirt), json!({"name": "Blouse", "options": [{"name": "Colour", "values": ["Oat"]}]})).await;
    refused.assert_problem(409, "conflict");
    assert_eq!(staff.get(path(&shirt)).await.text_at("/name"), "Shirt", "all of the change or none of it");
    app.assert_sound().await;
}

#[actix_web::test]
async fn of_two_who_give_options_at_once_one_is_first() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let (one, two) = (app.staff().await.over(&served), app.staff().await.over(&served));
    let colours = || json!({"options": [{"name": "Colour", "values": ["Oat"]}]});
    for known in [false, true] {
        let shirt = app.product("Shirt").create().await;
        let tag = one.get(path(&shirt)).await.assert_status(200).need_header("etag").to_owned();
        let requests = [one.patch(path(&shirt), sizes()), two.patch(path(&shirt), colours())];
        let requests = requests.map(|request| if known { request.header("if-match", tag.clone()) } else { request });
        let mut found = statuses(&at_once(requests).await);
        found.sort_unstable();
        assert_eq!(found, [200, if known { 412 } else { 409 }]);
        let product = one.get(path(&shirt)).await.assert_status(200);
        assert_eq!(product.json["options"].as_array().unwrap().len(), 1);
        let name = product.text_at("/options/0/name");
        assert_eq!(product.json["variants"][0]["options"][&name], product.json["options"][0]["values"][0]);
    }
    app.assert_sound().await;
}

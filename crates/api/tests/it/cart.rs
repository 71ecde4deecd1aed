//! The cart of a person and of a guest.

use novashop_testing::{PASSWORD, TestApp, first_variant};
use serde_json::json;

#[actix_web::test]
async fn a_guest_keeps_a_cart_by_its_token() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").price(1999).stock(5).create().await;
    let guest = app.anonymous();
    let empty = guest.get("/cart").await.assert_status(200);
    assert_eq!((&empty.json["id"], &empty.json["item_count"]), (&json!(null), &json!(0)));
    let cart = guest.put_in_cart(first_variant(&mug), 2).await;
    assert_eq!((&cart.json["item_count"], &cart.json["subtotal"]["amount"], &cart.json["total"]["amount"]), (&json!(2), &json!(3998), &json!(3998)));
    assert_eq!(guest.get("/cart").await.assert_status(200).json, cart.json);
    assert_eq!(app.anonymous().get("/cart").await.assert_status(200).json["item_count"], 0, "another guest has another cart");
}

#[actix_web::test]
async fn the_same_variant_adds_up_and_no_more_than_there_is() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").stock(5).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 2).await;
    let cart = maya.put_in_cart(first_variant(&mug), 3).await;
    assert_eq!((cart.items().len(), &cart.items()[0]["quantity"]), (1, &json!(5)));
    let short = maya.post("/cart/items", json!({"variant_id": first_variant(&mug), "quantity": 1})).await.assert_problem(409, "out_of_stock");
    assert_eq!(short.json["available"], 5);
    let line = format!("/cart/items/{}", cart.text_at("/items/0/id"));
    maya.patch(&line, json!({"quantity": 6})).await.assert_problem(409, "out_of_stock");
    maya.patch(&line, json!({"quantity": 0})).await.assert_field("/quantity");
    maya.patch(&line, json!({"quantity": 1000})).await.assert_field("/quantity");
    let less = maya.patch(&line, json!({"quantity": 1})).await.assert_status(200);
    assert_eq!(less.json["item_count"], 1);
    assert_eq!(maya.delete(&line).await.assert_status(200).json["item_count"], 0);
    maya.delete(&line).await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn a_product_is_put_in_the_cart_by_its_own_id_where_it_has_one_variant() {
    let app = TestApp::new().await;
    let guest = app.anonymous();
    let mug = app.product("Mug").create().await;
    guest.post("/cart/items", json!({"product_id": mug.summary.id})).await.assert_status(201);
    let shirt = app.product("Shirt").variant("Size", "M").variant("Size", "L").create().await;
    guest.post("/cart/items", json!({"product_id": shirt.summary.id})).await.assert_problem(409, "variant_choice_needed");
    guest.post("/cart/items", json!({"product_id": app.ctx().new_id()})).await.assert_problem(404, "not_found");
    let both = json!({"product_id": mug.summary.id, "variant_id": first_variant(&mug)});
    guest.post("/cart/items", both).await.assert_problem(422, "invalid");
    guest.post("/cart/items", json!({"quantity": 1})).await.assert_problem(422, "invalid");
    let draft = app.product("Draft").status(novashop_types::catalogue::ProductStatus::Draft).create().await;
    guest.post("/cart/items", json!({"variant_id": first_variant(&draft)})).await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn the_cart_warns_of_prices_and_stock_that_changed() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let maya = app.customer().await;
    let mug = app.product("Mug").price(1000).stock(5).create().await;
    maya.put_in_cart(first_variant(&mug), 4).await;
    let variant = format!("/products/{}/variants/{}", mug.summary.id, first_variant(&mug));
    staff.patch(&variant, json!({"price": {"amount": 1200, "currency": "EUR"}})).await.assert_status(200);
    staff.post(format!("/variants/{}/stock", first_variant(&mug)), json!({"set": 1, "reason": "broken"})).await.assert_status(201);
    let codes = async || {
        let cart = maya.get("/cart").await.assert_status(200);
        let codes: Vec<String> =
            cart.json["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap().to_owned()).collect();
        (cart, codes)
    };
    let (cart, warnings) = codes().await;
    assert_eq!(warnings, ["price_changed", "insufficient_stock"]);
    assert_eq!((&cart.items()[0]["unit_price"]["amount"], &cart.items()[0]["available"]), (&json!(1200), &json!(1)));
    staff.delete(format!("/products/{}", mug.summary.id)).await.assert_status(204);
    assert!(codes().await.1.contains(&"unavailable".to_owned()));
}

#[actix_web::test]
async fn somebody_with_two_windows_is_told_when_the_other_one_was_first() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await;
    let maya = app.customer().await;
    let cart = maya.put_in_cart(first_variant(&mug), 1).await;
    let tag = cart.need_header("etag").to_owned();
    maya.get("/cart").header("if-none-match", tag.clone()).await.assert_status(304);
    let line = format!("/cart/items/{}", cart.text_at("/items/0/id"));
    maya.patch(&line, json!({"quantity": 2})).header("if-match", tag.clone()).await.assert_status(200);
    maya.patch(&line, json!({"quantity": 3})).header("if-match", tag.clone()).await.assert_problem(412, "precondition_failed");
    maya.delete("/cart").header("if-match", tag).await.assert_problem(412, "precondition_failed");
    maya.delete("/cart").await.assert_status(204);
    assert_eq!(maya.get("/cart").await.assert_status(200).json["item_count"], 0);
}

#[actix_web::test]
async fn signing_in_brings_the_guests_cart_along() {
    let app = TestApp::new().await;
    let (mug, pot) = (app.product("Mug").stock(9).create().await, app.product("Pot").stock(9).create().await);
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 1).await;
    let guest = app.anonymous();
    guest.put_in_cart(first_variant(&mug), 2).await;
    guest.put_in_cart(first_variant(&pot), 1).await;
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    guest.post("/auth/login", login.clone()).await.assert_status(200);
    let quantities = async || {
        let cart = maya.get("/cart").await.assert_status(200);
        cart.items().iter().map(|item| item["quantity"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(quantities().await, [3, 1]);
    guest.post("/auth/login", login.clone()).await.assert_status(200);
    assert_eq!(quantities().await, [3, 1], "it is brought along once");
    assert_eq!(guest.get("/cart").await.assert_status(200).json["item_count"], 0);
    app.anonymous().post("/auth/login", login).header("x-cart-token", "not a token").await.assert_status(200);
}

#[actix_web::test]
async fn a_cart_has_room_for_a_hundred_lines() {
    let app = TestApp::new().await;
    let guest = app.anonymous();
    for i in 0..100 {
        let product = app.product(&format!("Product {i}")).create().await;
        guest.put_in_cart(first_variant(&product), 1).await;
    }
    let one_more = app.product("One more").create().await;
    guest.post("/cart/items", json!({"variant_id": first_variant(&one_more)})).await.assert_problem(409, "cart_full");
    assert_eq!(guest.get("/cart").await.assert_status(200).items().len(), 100);
}

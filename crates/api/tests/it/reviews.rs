//! Reviews.

use novashop_testing::{Actor, TestApp, first_variant, shopping::order};
use novashop_types::{
    ProductId,
    catalogue::ProductStatus,
    orders::OrderStatus::{Delivered, Fulfilled, Paid},
};
use serde_json::json;

async fn review(who: &Actor, product: ProductId, rating: i64) -> String {
    who.post(format!("/products/{product}/reviews"), json!({"rating": rating})).await.assert_status(201).text_at("/id")
}

#[actix_web::test]
async fn a_person_reviews_a_product_once_and_the_rating_counts_it() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let path = format!("/products/{mug}/reviews");
    let written = maya.post(&path, json!({"rating": 5, "title": "Good", "text": "Keeps the tea warm"})).await.assert_status(201);
    assert_eq!((&written.json["author"], &written.json["verified_purchase"]), (&json!(maya.account().username), &json!(false)));
    maya.post(&path, json!({"rating": 1})).await.assert_problem(409, "already_reviewed");
    review(&other, mug, 2).await;
    for bad in [json!({"rating": 0}), json!({"rating": 6}), json!({"rating": 4.5})] {
        other.post(&path, bad).await.assert_field("/rating");
    }
    let rating = async || app.anonymous().get(format!("/products/{mug}")).await.assert_status(200).json["rating"].clone();
    assert_eq!(rating().await, json!({"average": 3.5, "count": 2}));
    let own = format!("/reviews/{}", written.text_at("/id"));
    maya.patch(&own, json!({"rating": 4})).await.assert_status(200);
    assert_eq!(rating().await, json!({"average": 3.0, "count": 2}));
    maya.delete(&own).await.assert_status(204);
    assert_eq!(rating().await, json!({"average": 2.0, "count": 1}));
    review(&maya, mug, 4).await;
    let list = app.anonymous().get(&path).await.assert_status(200);
    assert_eq!(list.json["histogram"], json!([0, 1, 0, 1, 0]));
}

#[actix_web::test]
async fn a_review_is_verified_once_the_product_was_delivered() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let (mug, pot) = (app.product("Mug").create().await, app.product("Pot").create().await);
    for product in [&mug, &pot] {
        maya.put_in_cart(first_variant(product), 1).await;
        let id = maya.post("/orders", order()).await.assert_status(201).text_at("/id");
        let states: &[_] = if product.summary.id == mug.summary.id { &[Paid, Fulfilled, Delivered] } else { &[Paid, Fulfilled] };
        app.move_order(&id, states).await;
    }
    let verified = async |product: ProductId| {
        maya.post(format!("/products/{product}/reviews"), json!({"rating": 5})).await.assert_status(201).json["verified_purchase"].clone()
    };
    assert_eq!(verified(mug.summary.id).await, true);
    assert_eq!(verified(pot.summary.id).await, false);
}

#[actix_web::test]
async fn a_hidden_review_is_seen_by_staff_and_its_author_and_does_not_count() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let id = review(&maya, mug, 1).await;
    staff.patch(format!("/reviews/{id}"), json!({"hidden": true})).await.assert_status(200);
    maya.patch(format!("/reviews/{id}"), json!({"hidden": false})).await.assert_problem(403, "forbidden");
    let path = format!("/products/{mug}/reviews");
    assert_eq!(app.anonymous().get(&path).await.assert_status(200).items().len(), 0);
    assert_eq!(staff.get(format!("{path}?hidden=true")).await.assert_status(200).items().len(), 1);
    let product = app.anonymous().get(format!("/products/{mug}")).await.assert_status(200);
    assert_eq!(product.json["rating"], json!({"average": 0.0, "count": 0}));
    app.other_customer().await.put(format!("/reviews/{id}/helpful"), json!({})).await.assert_problem(404, "not_found");
    let export = maya.get("/users/me/export").await.assert_status(200);
    assert_eq!(export.json["reviews"][0]["hidden"], true);
    staff.patch(format!("/reviews/{id}"), json!({"hidden": false})).await.assert_status(200);
    assert_eq!(app.anonymous().get(&path).await.assert_status(200).items().len(), 1);
}

#[actix_web::test]
async fn a_vote_counts_once_a_person_and_can_be_taken_back() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let (maya, other) = (app.customer().await, app.other_customer().await);
    let id = review(&maya, mug, 5).await;
    let path = format!("/reviews/{id}/helpful");
    let count = async || app.anonymous().get(format!("/products/{mug}/reviews")).await.assert_status(200).items()[0]["helpful_count"].clone();
    other.put(&path, json!({})).await.assert_status(204);
    other.put(&path, json!({})).await.assert_status(204);
    assert_eq!(count().await, 1);
    other.delete(&path).await.assert_status(204);
    other.delete(&path).await.assert_status(204);
    assert_eq!(count().await, 0);
    maya.put(&path, json!({})).await.assert_problem(409, "conflict");
}

#[actix_web::test]
async fn the_shop_answers_a_review_and_takes_the_answer_back() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let path = format!("/reviews/{}/answer", review(&maya, mug, 2).await);
    let answered = staff.put(&path, json!({"text": "We are sorry."})).await.assert_status(200);
    assert_eq!(answered.json["answer"]["text"], "We are sorry.");
    let list = app.anonymous().get(format!("/products/{mug}/reviews")).await.assert_status(200);
    assert_eq!(list.items()[0]["answer"], answered.json["answer"]);
    assert_eq!(staff.put(&path, json!({"text": ""})).await.assert_status(200).json["answer"], json!(null));
}

#[actix_web::test]
async fn reviews_are_sorted_as_asked() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let mut ids = Vec::new();
    for rating in [3, 5, 1] {
        ids.push(review(&app.customer().await, mug, rating).await);
        app.clock().advance(1);
    }
    app.customer().await.put(format!("/reviews/{}/helpful", ids[0]), json!({})).await.assert_status(204);
    let ratings = async |query: &str| {
        let list = app.anonymous().get(format!("/products/{mug}/reviews?{query}")).await.assert_status(200);
        list.items().iter().map(|review| review["rating"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ratings("").await, [1, 5, 3]);
    assert_eq!(ratings("sort=highest").await, [5, 3, 1]);
    assert_eq!(ratings("sort=lowest").await, [1, 3, 5]);
    assert_eq!(ratings("sort=helpful").await[0], 3);
    assert_eq!(ratings("rating=5").await, [5]);
}

#[actix_web::test]
async fn the_review_of_a_deleted_account_stays_without_its_name() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let maya = app.customer().await;
    review(&maya, mug, 5).await;
    maya.delete("/users/me").await.assert_status(204);
    let list = app.anonymous().get(format!("/products/{mug}/reviews")).await.assert_status(200);
    assert_eq!(list.items()[0]["author"], json!(null));
}

#[actix_web::test]
async fn what_staff_hid_does_not_come_back_by_deleting_it() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let own = format!("/reviews/{}", review(&maya, mug, 1).await);
    staff.patch(&own, json!({"hidden": true})).await.assert_status(200);
    maya.delete(&own).await.assert_status(204);
    maya.post(format!("/products/{mug}/reviews"), json!({"rating": 1})).await.assert_problem(409, "already_reviewed");
    assert_eq!(app.anonymous().get(format!("/products/{mug}")).await.assert_status(200).json["rating"]["count"], 0);
}

#[actix_web::test]
async fn a_person_finds_the_own_review_and_the_own_votes_again() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let pot = app.product("Pot").create().await.summary.id;
    let (maya, other, staff) = (app.customer().await, app.other_customer().await, app.staff().await);
    let own = async |who: &Actor| who.get("/products/mug/reviews/own").await.assert_status(200);
    assert_eq!(own(&maya).await.json, json!({"review": null, "helpful": []}));

    let (hers, his, of_pot) = (review(&maya, mug, 2).await, review(&other, mug, 5).await, review(&other, pot, 5).await);
    for id in [&his, &of_pot] {
        maya.put(format!("/reviews/{id}/helpful"), json!({})).await.assert_status(204);
    }
    let found = own(&maya).await;
    assert_eq!((found.text_at("/review/id"), &found.json["helpful"]), (hers.clone(), &json!([his])), "of this product only");
    assert_eq!(found.need_header("cache-control"), "private, no-store");
    assert_eq!(own(&other).await.json["helpful"], json!([]), "her votes are not his");
    assert_eq!(own(&staff).await.json, json!({"review": null, "helpful": []}), "it is one's own for staff too");

    staff.patch(format!("/reviews/{hers}"), json!({"hidden": true})).await.assert_status(200);
    maya.delete(format!("/reviews/{his}/helpful")).await.assert_status(204);
    let found = own(&maya).await;
    assert_eq!((&found.json["review"]["hidden"], &found.json["helpful"]), (&json!(true), &json!([])), "at once, and the hidden one too");
    maya.get(format!("/products/{}/reviews/own", app.product("Draft").status(ProductStatus::Draft).create().await.summary.id))
        .await
        .assert_problem(404, "not_found");
    maya.get("/products/mug/reviews/own?limit=1").await.assert_problem(400, "unknown_parameter");
}

#[actix_web::test]
async fn what_was_found_helpful_last_is_told_first() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await.summary.id;
    let maya = app.customer().await;
    let mut voted = Vec::new();
    for _ in 0..3 {
        voted.insert(0, review(&app.customer().await, mug, 4).await);
        app.clock().advance(1);
        maya.put(format!("/reviews/{}/helpful", voted[0]), json!({})).await.assert_status(204);
    }
    assert_eq!(maya.get(format!("/products/{mug}/reviews/own")).await.assert_status(200).json["helpful"], json!(voted));
}

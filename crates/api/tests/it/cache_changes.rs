//! What changes an answer that is kept, and what does not.

use actix_web::http::Method;
use futures_util::future::join_all;
use novashop_services::{big_demo, imports};
use novashop_testing::{
    TestApp, first_variant,
    pictures::{multipart, png},
    shopping::order,
};
use novashop_types::Currency;
use serde_json::{Value, json};

use crate::cache::{assert_how, said, shop};
/// Reads these addresses twice, writes, and reads them again: until the relay ran they are as before, and then they are not.
async fn changes<T>(app: &TestApp, paths: &[&str], what: &str, write: impl IntoFuture<Output = T>) -> T {
    let nobody = app.anonymous();
    app.run_outbox().await;
    let mut before = Vec::new();
    for path in paths {
        nobody.get(path).await;
        let known = nobody.get(path).await.assert_status(200);
        assert_how(&known, "hit");
        before.push(known);
    }
    let done = write.await;
    for (path, before) in paths.iter().zip(&before) {
        let still = nobody.get(path).await.assert_status(200);
        assert_eq!(still.body, before.body, "{what}: {path} is cached");
    }
    app.run_outbox().await;
    for (path, before) in paths.iter().zip(&before) {
        let after = nobody.get(path).await;
        assert!(!said(&after, "hit") && after.body != before.body, "{what}: {path} did not change\n{}", after.text());
    }
    done
}

#[actix_web::test]
async fn a_change_of_a_product_is_seen_wherever_it_is_shown() {
    let app = shop().await;
    let staff = app.staff().await;
    app.category("Tableware", None).await;
    let mug = app.product("Mug").category("tableware").price(1000).variant("Size", "S").variant("Size", "L").create().await;
    let id = mug.summary.id;
    let (detail, list, tree, suggestions) = (format!("/products/{id}"), "/products?facets=true", "/categories", "/search/suggest?q=mug");
    let detail = detail.as_str();
    let by_staff = |method: Method, path: String, body: Value| {
        let staff = staff.clone();
        async move {
            let request = staff.request(method.clone(), format!("/api/v1{path}"));
            let answer = if method == Method::DELETE { request.await } else { request.json(body).await };
            assert!(answer.status < 300, "{}\n{}", answer.request, answer.text());
            answer
        }
    };
    changes(&app, &[detail, list, suggestions], "a name", by_staff(Method::PATCH, detail.into(), json!({"name": "Big mug"}))).await;
    let variant = format!("{detail}/variants/{}", first_variant(&mug));
    let euros = |amount: i64| json!({"amount": amount, "currency": "EUR"});
    changes(&app, &[detail, list], "a price", by_staff(Method::PATCH, variant.clone(), json!({"price": euros(900)}))).await;
    let xl = json!({"options": {"Size": "XL"}, "price": euros(2000), "stock": 3});
    let made = changes(&app, &[detail, list], "a new variant", by_staff(Method::POST, format!("{detail}/variants"), xl)).await;
    let path = format!("{detail}/variants/{}", made.text_at("/id"));
    changes(&app, &[detail, list], "no such variant any more", by_staff(Method::DELETE, path, Value::Null)).await;
    let upload = async {
        let (kind, body) = multipart(&[("file", &png())]);
        staff.post(format!("{detail}/images"), json!(null)).body(&kind, body).await.assert_status(201).text_at("/id")
    };
    let image = changes(&app, &[detail, list], "a picture", upload).await;
    let image = format!("{detail}/images/{image}");
    changes(&app, &[detail, list], "its text", by_staff(Method::PATCH, image.clone(), json!({"alt": "A mug"}))).await;
    changes(&app, &[detail, list], "no picture", by_staff(Method::DELETE, image, Value::Null)).await;
    let pot = json!({"name": "Mug and pot", "price": euros(100), "category": "tableware"});
    changes(&app, &[list, tree, suggestions], "a new product", by_staff(Method::POST, "/products".into(), pot)).await;
    changes(&app, &[detail, list, tree], "archived", by_staff(Method::DELETE, detail.into(), Value::Null)).await;
    let gone = app.anonymous().get(detail).await.assert_problem(404, "not_found");
    assert!(gone.statements() > 0);
    by_staff(Method::PATCH, detail.into(), json!({"status": "published"})).await;
    assert_eq!(app.anonymous().get(detail).await.status, 200, "what is not there is not kept");
}

#[actix_web::test]
async fn a_change_of_a_category_is_seen_wherever_it_is_named() {
    let app = shop().await;
    let staff = app.staff().await;
    for name in ["Tableware", "Kitchen"] {
        app.category(name, None).await;
    }
    let kitchen = app.category("Stoves", None).await;
    app.product("Mug").category("tableware").create().await;
    let (detail, list, tree, own) = ("/products/mug", "/products", "/categories", "/categories/tableware");
    changes(&app, &[detail, list, tree, own], "a name", staff.patch(own, json!({"name": "Cups"}))).await.assert_status(200);
    changes(&app, &[tree, own], "a place", staff.patch(own, json!({"parent_id": kitchen.id}))).await.assert_status(200);
    changes(&app, &[tree], "a new one", staff.post("/categories", json!({"name": "Lamps"}))).await.assert_status(201);
    changes(&app, &[tree, "/categories/lamps"], "no such category", staff.delete("/categories/lamps")).await.assert_status(204);
    changes(&app, &[detail, list, tree], "a product elsewhere", staff.patch(detail, json!({"category": "kitchen"}))).await.assert_status(200);
    let slug = staff.patch(own, json!({"slug": "cups"}));
    changes(&app, &[own], "a slug", slug).await.assert_status(200);
    assert_eq!(app.anonymous().get(own).await.assert_status(200).text_at("/slug"), "cups", "its old name still means it");
}

#[actix_web::test]
async fn a_change_of_a_review_is_seen_in_the_reviews_and_a_rating_in_the_lists() {
    let app = shop().await;
    let (staff, maya, other) = (app.staff().await, app.customer().await, app.other_customer().await);
    let id = app.product("Mug").create().await.summary.id;
    let (detail, list, reviews) = (format!("/products/{id}"), "/products", format!("/products/{id}/reviews"));
    let (detail, reviews) = (detail.as_str(), reviews.as_str());
    let shown = [detail, list, reviews];
    let new = changes(&app, &shown, "a review", maya.post(reviews, json!({"rating": 5, "title": "Good"}))).await.assert_status(201);
    let own = format!("/reviews/{}", new.text_at("/id"));
    let known = async || {
        app.run_outbox().await;
        join_all([detail, list].map(|path| app.anonymous().get(path).into_future())).await
    };
    known().await;
    changes(&app, &[reviews], "its words", maya.patch(&own, json!({"title": "Very good"}))).await.assert_status(200);
    changes(&app, &[reviews], "a vote", other.put(format!("{own}/helpful"), json!(null)).body("", "")).await.assert_status(204);
    changes(&app, &[reviews], "no vote", other.delete(format!("{own}/helpful"))).await.assert_status(204);
    changes(&app, &[reviews], "an answer", staff.put(format!("{own}/answer"), json!({"text": "Thank you"}))).await.assert_status(200);
    changes(&app, &[reviews], "another name", maya.patch("/users/me", json!({"username": "maya.l"}))).await.assert_status(200);
    for answer in known().await {
        assert_how(&answer, "hit");
    }
    changes(&app, &shown, "a rating", maya.patch(&own, json!({"rating": 4}))).await.assert_status(200);
    changes(&app, &shown, "hidden", staff.patch(&own, json!({"hidden": true}))).await.assert_status(200);
    changes(&app, &shown, "shown again", staff.patch(&own, json!({"hidden": false}))).await.assert_status(200);
    changes(&app, &[reviews], "an account that is gone", maya.delete("/users/me")).await.assert_status(204);
    changes(&app, &shown, "deleted", staff.delete(&own)).await.assert_status(204);
}

#[actix_web::test]
async fn a_sale_touches_a_list_only_where_a_product_sells_out_or_comes_back() {
    let app = shop().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    let mug = app.product("Mug").stock(3).create().await;
    let buy = async |quantity: i64| {
        maya.put_in_cart(first_variant(&mug), quantity).await;
        maya.post("/orders", order()).await.assert_status(201).text_at("/id")
    };
    let cancel = async |id: String| maya.post(format!("/orders/{id}/cancel"), json!({})).await.assert_status(200);
    let list_said = async |how: &str| assert_how(&nobody.get("/products").await, how);
    let (detail, both) = ("/products/mug", ["/products/mug", "/products"]);
    nobody.get("/products").await;
    app.run_outbox().await;
    nobody.get("/products").await;
    let first = changes(&app, &[detail], "one is sold", buy(1)).await;
    list_said("hit").await;
    changes(&app, &[detail], "one comes back", cancel(first)).await;
    list_said("hit").await;
    let all = changes(&app, &both, "all are sold", buy(3)).await;
    assert_eq!(nobody.get("/products").await.items()[0]["in_stock"], false);
    changes(&app, &both, "they come back", cancel(all)).await;
    buy(3).await;
    app.clock().advance(29 * 60);
    app.run_schedule().await;
    assert_eq!(app.number("select stock as value from variants").await, 0, "there is still a minute to pay in");
    let expire = async {
        app.clock().advance(2 * 60);
        app.run_schedule().await;
    };
    changes(&app, &both, "nobody paid for them", expire).await;
    let staff = app.staff().await;
    let path = format!("/variants/{}/stock", first_variant(&mug));
    changes(&app, &[detail], "some more", staff.post(&path, json!({"delta": 2, "reason": "delivery"}))).await.assert_status(201);
    list_said("hit").await;
    changes(&app, &both, "none is left", staff.post(&path, json!({"set": 0, "reason": "count"}))).await.assert_status(201);
}

#[actix_web::test]
async fn an_import_and_a_demo_are_seen() {
    let app = shop().await;
    app.product("Mug").create().await;
    let file =
        json!({"products": [{"slug": "pot", "name": "Pot", "category": "tableware", "price": {"amount": 1999, "currency": "EUR"}, "stock": 3}]});
    let import = async {
        let parsed = imports::parse(file.to_string().as_bytes(), Currency::EUR).unwrap();
        let outcome = imports::apply(app.ctx(), "a file", parsed, &imports::NoFiles, &|_, _, _| {}).await.unwrap();
        assert_eq!(outcome.created, 1, "{outcome:?}");
    };
    changes(&app, &["/products", "/categories"], "an import", import).await;
    let demo = async { big_demo::fill(app.ctx(), 3, &|_, _, _| {}).await.unwrap() };
    assert_eq!(changes(&app, &["/products"], "a demo", demo).await, 3);
}

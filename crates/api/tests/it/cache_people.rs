//! Who reads past the cache: those for whom an answer of a moment ago is wrong.

use actix_web::http::Method;
use novashop_types::catalogue::ProductStatus;
use serde_json::json;

use crate::cache::{assert_how, shop};
#[actix_web::test]
async fn who_is_signed_in_reads_what_she_just_wrote_where_she_asks_for_it() {
    let app = shop().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    let reviews = format!("/products/{}/reviews", app.product("Mug").create().await.summary.id);
    app.run_outbox().await;
    nobody.get(&reviews).await.assert_status(200);
    maya.post(&reviews, json!({"rating": 5, "title": "Good"})).await.assert_status(201);
    // Nobody has told the cache yet.
    let kept = maya.get(&reviews).await.assert_status(200);
    assert_eq!(kept.items().len(), 0);
    let anew = maya.get(&reviews).header("cache-control", "max-age=0, no-cache").await.assert_status(200);
    assert_how(&anew, "bypass");
    assert_eq!(anew.items().len(), 1);
    // It is no way past the cache for everybody.
    let guests = nobody.get(&reviews).header("cache-control", "no-cache").await.assert_status(200);
    assert_how(&guests, "hit");
}

#[actix_web::test]
async fn staff_read_past_the_cache_and_what_they_see_does_not_get_into_it() {
    let app = shop().await;
    let (staff, maya, nobody) = (app.staff().await, app.customer().await, app.anonymous());
    app.product("Mug").create().await;
    app.product("Secret mug").status(ProductStatus::Draft).create().await;
    app.run_outbox().await;
    for _ in 0..2 {
        let seen = staff.get("/products/secret-mug").await.assert_status(200);
        assert_eq!(seen.need_header("cache-control"), "private, no-store");
        let any = staff.get("/products?status=any").await.assert_status(200);
        assert_eq!((any.items().len(), any.need_header("cache-control")), (2, "private, no-store"));
        let list = staff.get("/products").await.assert_status(200);
        assert_how(&list, "bypass");
        assert!(list.statements() > 0);
        for shopper in [&nobody, &maya] {
            shopper.get("/products/secret-mug").await.assert_problem(404, "not_found");
            shopper.get("/products/secret-mug/reviews").await.assert_problem(404, "not_found");
            assert_eq!(shopper.get("/products").await.assert_status(200).items().len(), 1);
            assert!(shopper.get("/search/suggest?q=secret").await.assert_status(200).json["products"].as_array().unwrap().is_empty());
            assert!([401, 403].contains(&shopper.get("/products?status=any").await.status));
        }
        assert!(staff.get("/products/mug").await.assert_status(200).statements() > 0);
    }
}

#[actix_web::test]
async fn a_wrong_token_is_refused_where_the_answer_is_known() {
    let app = shop().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    for _ in 0..2 {
        nobody.get("/products").await.assert_status(200);
    }
    nobody.get("/products").header("authorization", "Bearer nonsense").await.assert_problem(401, "invalid_token");
    nobody.get("/products?surprise=1").await.assert_problem(400, "unknown_parameter");
    nobody.get("/products/mug?surprise=1").await.assert_problem(400, "unknown_parameter");
    nobody.get("/products/mug?surprise=1").await.assert_problem(400, "unknown_parameter");
    nobody.post("/products", json!({})).await.assert_problem(401, "unauthorized");
    nobody.request(Method::OPTIONS, "/api/v1/products").await.assert_problem(405, "method_not_allowed");
}

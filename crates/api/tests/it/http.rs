//! What HTTP itself asks of every address.

use actix_web::http::Method;
use novashop_testing::TestApp;

#[actix_web::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::new().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    for path in ["/api/v1/products", "/api/v1/categories", "/healthz", "/problems"] {
        let get = nobody.request(Method::GET, path).await.assert_status(200);
        let head = nobody.request(Method::HEAD, path).await.assert_status(200);
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert_eq!(head.header("etag"), get.header("etag"), "{path}");
    }
    let served = app.serve().await;
    let head = nobody.over(&served).request(Method::HEAD, "/api/v1/products").await.assert_status(200);
    assert!(head.body.is_empty());
}

#[actix_web::test]
async fn answers_are_compressed_for_those_who_take_it_and_their_tags_still_work() {
    let app = TestApp::new().await;
    for i in 0..20 {
        app.product(&format!("Mug {i}")).create().await;
    }
    let nobody = app.anonymous();
    let plain = nobody.get("/products").await.assert_status(200);
    for coding in ["br", "gzip", "zstd"] {
        // The check against the document needs to read the body, so only the headers are asked for.
        let small = nobody.request(Method::HEAD, "/api/v1/products").header("accept-encoding", coding).await.assert_status(200);
        assert_eq!(small.need_header("content-encoding"), coding);
        assert!(small.body.len() < plain.body.len());
        assert!(small.need_header("vary").split(", ").any(|name| name.eq_ignore_ascii_case("accept-encoding")));
        let tag = small.need_header("etag").to_owned();
        assert_eq!(tag, format!("W/{}", plain.need_header("etag")), "two encodings are not the same bytes");
        nobody.get("/products").header("accept-encoding", coding).header("if-none-match", tag).await.assert_status(304);
    }
}

#[actix_web::test]
async fn every_answer_carries_the_headers_that_keep_browsers_safe() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for path in ["/api/v1/products", "/api/v1/users/me", "/nothing", "/problems", "/healthz"] {
        let answer = nobody.request(Method::GET, path).await;
        assert_eq!(answer.need_header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.need_header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.need_header("referrer-policy"), "no-referrer", "{path}");
    }
}

#[actix_web::test]
async fn private_answers_are_never_kept_by_a_cache() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    for path in ["/users/me", "/users/me/sessions", "/users/me/export", "/cart", "/orders", "/wishlist"] {
        let answer = maya.get(path).await.assert_status(200);
        assert!(answer.need_header("cache-control").contains("no-store"), "{path}");
    }
}

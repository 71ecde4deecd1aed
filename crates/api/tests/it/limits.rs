//! How many requests a client may send.

use std::{sync::Arc, time::Duration};

use actix_web::http::Method;
use novashop_api::{
    cache::{Cache, Settings},
    extract::TrustedProxies,
    limits::{Class, Limits},
};
use novashop_services::ShopSettings;
use novashop_testing::{PASSWORD, TestApp, actors::Request, contract::contract};
use serde_json::json;

/// A shop that counts, behind a proxy that it trusts: a test says in `X-Forwarded-For` who sends.
pub async fn limited() -> TestApp {
    TestApp::with_options(ShopSettings::default(), |options, clock| {
        options.limits = Some(Arc::new(Limits::new(Arc::new(clock.clone()))));
        options.trusted_proxies = TrustedProxies::parse("127.0.0.1").unwrap();
        options.cors_origins = vec!["https://shop.example.com".into()];
    })
    .await
}

pub fn from(request: Request, address: &str) -> Request {
    request.header("x-forwarded-for", address)
}

pub fn quota(class: Class) -> usize {
    usize::try_from(class.quota()).unwrap()
}

#[actix_web::test]
async fn past_the_quota_comes_429_with_the_time_to_wait_and_then_it_goes_on() {
    let app = limited().await;
    let nobody = app.anonymous();
    // Each guesses another account, so that only the address is counted.
    let guess = |i: usize| nobody.post("/auth/login", json!({"login": format!("person{i}"), "password": "wrong password"}));
    for i in 0..10 {
        let answer = guess(i).await.assert_problem(401, "invalid_credentials");
        assert_eq!(answer.need_header("ratelimit-policy"), "\"password\";q=10;w=60");
        assert_eq!(answer.need_header("ratelimit"), format!("\"password\";r={};t={}", 9 - i, 6 * (i + 1)));
    }
    let refused = guess(11).header("origin", "https://shop.example.com").await.assert_problem(429, "too_many_requests");
    assert_eq!(refused.need_header("retry-after"), "6");
    assert_eq!(refused.need_header("ratelimit"), "\"password\";r=0;t=6");
    assert_eq!(refused.need_header("access-control-allow-origin"), "https://shop.example.com");
    let exposed = refused.need_header("access-control-expose-headers").to_lowercase();
    assert!(["ratelimit", "ratelimit-policy", "retry-after"].iter().all(|name| exposed.split(',').any(|known| known.trim() == *name)), "{exposed}");
    app.clock().advance(5);
    guess(12).await.assert_problem(429, "too_many_requests");
    app.clock().advance(1);
    guess(13).await.assert_problem(401, "invalid_credentials");
    guess(14).await.assert_problem(429, "too_many_requests");
    app.clock().advance(3600);
    assert_eq!(guess(15).await.need_header("ratelimit"), "\"password\";r=9;t=6", "no more than the quota is ever saved up");
}

#[actix_web::test]
async fn the_limit_is_asked_before_who_it_is_and_what_was_sent() {
    let app = limited().await;
    let nobody = app.anonymous();
    for _ in 0..quota(Class::Password) {
        nobody.put("/users/me/password", json!({})).await.assert_problem(401, "unauthorized");
    }
    nobody.put("/users/me/password", json!({})).await.assert_problem(429, "too_many_requests");
    nobody.post("/auth/register", json!(null)).await.assert_problem(429, "too_many_requests");
    let maya = app.customer().await;
    maya.put("/users/me/password", json!({"current_password": PASSWORD, "new_password": "another horse battery"}))
        .await
        .assert_problem(429, "too_many_requests");
}

#[actix_web::test]
async fn one_class_spent_leaves_the_others_and_another_client_alone() {
    let app = limited().await;
    let nobody = app.anonymous();
    for _ in 0..quota(Class::Password) {
        from(nobody.post("/auth/register", json!({})), "203.0.113.7").await.assert_status(422);
    }
    from(nobody.post("/auth/register", json!({})), "203.0.113.7").await.assert_status(429);
    from(nobody.get("/products"), "203.0.113.7").await.assert_status(200);
    from(nobody.post("/auth/register", json!({})), "203.0.113.8").await.assert_status(422);
    // What the client claims left of what the proxy wrote changes nothing.
    from(nobody.post("/auth/register", json!({})), "203.0.113.99, 203.0.113.7").await.assert_status(429);
    from(nobody.post("/auth/register", json!({})), "::ffff:203.0.113.7").await.assert_status(429);
    // Nonsense is nobody: it counts as the proxy's own.
    for nonsense in ["", ",,,", "unknown", "203.0.113.7, \u{e9}", "1.2.3.4.5", "[::1"] {
        from(nobody.get("/products"), nonsense).await.assert_status(200);
    }
}

#[actix_web::test]
async fn all_addresses_of_an_ipv6_network_are_one_client() {
    let app = limited().await;
    let nobody = app.anonymous();
    let ask = |address: String| from(nobody.post("/auth/email/verify", json!({})), &address);
    for i in 0..quota(Class::Password) {
        ask(format!("2001:db8:1:2::{i:x}")).await.assert_status(422);
    }
    ask("2001:db8:1:2:ffff::1".into()).await.assert_status(429);
    ask("2001:db8:1:3::1".into()).await.assert_status(422);
}

#[actix_web::test]
async fn every_address_of_the_api_is_limited_and_those_for_operators_and_readers_are_not() {
    let app = limited().await;
    let nobody = app.anonymous();
    for operation in &contract().operations {
        let path = operation.path.replace(['{', '}'], "");
        let answer = nobody.request(Method::from_bytes(operation.method.as_bytes()).unwrap(), path.as_str()).await;
        let limited = path.starts_with("/api/");
        assert_eq!(answer.header("ratelimit").is_some(), limited, "{} {path}", operation.method);
        assert_eq!(answer.header("ratelimit-policy").is_some(), limited, "{} {path}", operation.method);
    }
}

#[actix_web::test]
async fn what_is_not_there_counts_as_a_read() {
    let app = limited().await;
    let nobody = app.anonymous();
    for (taken, path) in (1..).zip(["/api/v1/nothing", "/nothing", "/api/"]) {
        let answer = nobody.request(Method::GET, path).await.assert_problem(404, "not_found");
        assert!(answer.need_header("ratelimit").starts_with(&format!("\"read\";r={};", quota(Class::Read) - taken)), "{path}");
    }
    for _ in 3..quota(Class::Read) {
        nobody.get("/nothing").await.assert_status(404);
    }
    nobody.get("/nothing").await.assert_problem(429, "too_many_requests");
}

#[actix_web::test]
async fn each_route_counts_against_the_quota_of_its_class() {
    let app = limited().await;
    let nobody = app.anonymous();
    let password = ["/auth/register", "/auth/login", "/auth/password/forgot", "/auth/password/reset", "/auth/email/verify"];
    let mut routes: Vec<(Method, &str, Class)> = password.into_iter().map(|path| (Method::POST, path, Class::Password)).collect();
    routes.extend([
        (Method::PUT, "/users/me/password", Class::Password),
        (Method::POST, "/auth/refresh", Class::Write),
        (Method::POST, "/cart/items", Class::Write),
        (Method::DELETE, "/cart", Class::Write),
        (Method::POST, "/products/x/images", Class::Upload),
        (Method::GET, "/search/suggest?q=mug", Class::Search),
        (Method::GET, "/products?sort=name&q=mug", Class::Search),
        (Method::GET, "/products?%71=mug", Class::Search),
        (Method::GET, "/products?facets=true", Class::Search),
        (Method::GET, "/products?facets=false&include_total=false", Class::Read),
        (Method::GET, "/products?limit=1&%69nclude_total=true", Class::Search),
        (Method::GET, "/products?sort=name", Class::Read),
        (Method::HEAD, "/products", Class::Read),
        // A method that the address does not know is counted too.
        (Method::PATCH, "/cart", Class::Write),
    ]);
    for (method, path, class) in routes {
        let answer = nobody.request(method, format!("/api/v1{path}")).await;
        let policy = answer.need_header("ratelimit-policy");
        assert_eq!(policy, format!("\"{}\";q={};w={}", class.name(), class.quota(), class.seconds()), "{path}");
    }
}

#[actix_web::test]
async fn what_is_kept_is_counted_too() {
    let app = TestApp::with_options(ShopSettings::default(), |options, clock| {
        options.limits = Some(Arc::new(Limits::new(Arc::new(clock.clone()))));
        options.cache = Some(Cache::new(Settings { freshness: Duration::from_secs(3600), ..Settings::HEARS_EVERYTHING }));
    })
    .await;
    let nobody = app.anonymous();
    for (path, class) in [("/products", Class::Read), ("/search/suggest?q=mug", Class::Search)] {
        for taken in 1..=quota(class) {
            let answer = nobody.get(path).await.assert_status(200);
            assert_eq!(answer.server_timing().contains("cache;desc=\"hit\""), taken > 1, "{}", answer.server_timing());
            assert!(answer.need_header("ratelimit").starts_with(&format!("\"{}\";r={};", class.name(), quota(class) - taken)), "{path}");
            assert!(answer.need_header("ratelimit-policy").contains(class.name()), "{path}");
        }
        let refused = nobody.get(path).await.assert_problem(429, "too_many_requests");
        assert!(refused.need_header("ratelimit").contains(";r=0;"), "{path}");
        assert!(refused.header("etag").is_none(), "{path}");
    }
    app.clock().advance(60);
    nobody.get("/products").await.assert_status(200);
}

#[actix_web::test]
async fn a_session_remembers_the_address_that_a_trusted_proxy_names() {
    let app = limited().await;
    let maya = app.customer().await;
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    from(app.anonymous().post("/auth/login", login), "6.6.6.6, 203.0.113.7").await.assert_status(200);
    let sessions = maya.get("/users/me/sessions").await.assert_status(200);
    assert!(sessions.items().iter().any(|session| session["ip"] == "203.0.113.7"), "{}", sessions.text());
    assert!(!sessions.text().contains("6.6.6.6"));
}

#[actix_web::test]
async fn without_limits_nothing_is_counted() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for _ in 0..2 * quota(Class::Password) {
        assert_eq!(nobody.post("/auth/register", json!({})).await.assert_status(422).header("ratelimit"), None);
    }
}

#[test]
fn the_table_of_the_documentation_is_that_of_the_code() {
    let table = include_str!("../../../../docs/limits.md");
    for class in Class::ALL {
        let row = format!("| `{}` | {} | {} | ", class.name(), class.quota(), class.seconds());
        assert!(table.contains(&row), "docs/limits.md has no row {row}");
    }
}

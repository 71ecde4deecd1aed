//! Attacks by way of somebody's browser: other sites' scripts, forms and frames.

use std::collections::HashMap;

use actix_web::http::Method;
use novashop_api::app::{Options, build};
use novashop_testing::{Answer, PASSWORD, TestApp, contract::contract, pictures::png};
use serde_json::json;

const LISTED: &str = "https://shop.example.com";

/// A request of a browser to a shop that lets these origins in: the status and the headers.
async fn ask(app: &TestApp, origins: &[&str], method: Method, path: &str, headers: &[(&str, &str)]) -> (u16, HashMap<String, String>) {
    let options = Options { cors_origins: origins.iter().map(|origin| (*origin).to_owned()).collect(), ..Options::default() };
    let service = actix_web::test::init_service(build(app.ctx().clone(), options)).await;
    let mut request = actix_web::test::TestRequest::with_uri(path).method(method);
    for header in headers {
        request = request.insert_header(*header);
    }
    let response = actix_web::test::call_service(&service, request.to_request()).await;
    let mut found: HashMap<String, String> = HashMap::new();
    for (name, value) in response.headers() {
        let known = found.entry(name.to_string()).or_default();
        known.push_str(if known.is_empty() { "" } else { ", " });
        known.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    (response.status().as_u16(), found)
}

fn preflight<'a>(origin: &'a str, method: &'a str, headers: &'a str) -> [(&'a str, &'a str); 3] {
    [("origin", origin), ("access-control-request-method", method), ("access-control-request-headers", headers)]
}

#[actix_web::test]
async fn only_listed_sites_may_read_what_the_shop_answers() {
    let app = TestApp::new().await;
    for (path, status) in [("/api/v1/products", 200), ("/api/v1/users/me", 401), ("/api/v1/nothing", 404)] {
        let (given, headers) = ask(&app, &[LISTED], Method::GET, path, &[("origin", LISTED)]).await;
        assert_eq!((given, headers.get("access-control-allow-origin").map(String::as_str)), (status, Some(LISTED)), "{path}");
        assert!(headers["vary"].to_lowercase().contains("origin"), "{path}: a cache must not give it to another site");
        assert_eq!(headers.get("access-control-allow-credentials"), None, "{path}: cookies stay with the shop's own site");
    }
    for origin in [
        "https://evil.example",
        "null",
        "http://shop.example.com",
        "https://shop.example.com:8443",
        "https://shop.example.com.evil.example",
        "https://evilshop.example.com",
        "https://evil.shop.example.com",
        "https://shop.example.com@evil.example",
        "https://shop.example.com/",
        "*",
        "https://shop.example.com, https://evil.example",
        "file://",
    ] {
        let (_, headers) = ask(&app, &[LISTED], Method::GET, "/api/v1/products", &[("origin", origin)]).await;
        assert_eq!(headers.get("access-control-allow-origin"), None, "{origin}");
        assert!(headers["vary"].to_lowercase().contains("origin"), "{origin}");
        let (status, headers) = ask(&app, &[LISTED], Method::OPTIONS, "/api/v1/products", &preflight(origin, "POST", "authorization")).await;
        assert_eq!((status, headers.get("access-control-allow-origin")), (400, None), "{origin}");
    }
}

#[actix_web::test]
async fn a_listed_site_may_send_what_the_document_names_and_nothing_else() {
    let app = TestApp::new().await;
    for operation in contract().operations.iter().filter(|operation| operation.path.starts_with("/api/")) {
        let named = operation.spec["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "header");
        let mut wanted: Vec<String> = named.filter_map(|one| one["name"].as_str()).map(str::to_lowercase).collect();
        // And what counts at every address: `no-cache` for what is one's own, and the names of a trace.
        wanted.extend(["authorization", "content-type", "x-request-id", "cache-control", "traceparent", "tracestate"].map(str::to_owned));
        let path = operation.path.replace(['{', '}'], "");
        let wanted = wanted.join(", ");
        let (status, headers) = ask(&app, &[LISTED], Method::OPTIONS, &path, &preflight(LISTED, &operation.method, &wanted)).await;
        assert_eq!((status, headers["access-control-allow-origin"].as_str()), (200, LISTED), "{} with {wanted}", operation.name());
        assert_eq!(headers.get("access-control-allow-credentials"), None);
    }
    for (method, header) in
        [("TRACE", "authorization"), ("CONNECT", "authorization"), ("EVIL", "authorization"), ("POST", "x-evil"), ("GET", "cookie")]
    {
        let (status, headers) = ask(&app, &[LISTED], Method::OPTIONS, "/api/v1/products", &preflight(LISTED, method, header)).await;
        assert_eq!((status, headers.get("access-control-allow-origin")), (400, None), "{method} with {header}");
    }
}

#[actix_web::test]
async fn a_shop_that_lists_no_site_lets_none_in() {
    let app = TestApp::new().await;
    for origin in ["https://evil.example", "null", "*", ""] {
        let (status, headers) = ask(&app, &[], Method::GET, "/api/v1/products", &[("origin", origin)]).await;
        assert_eq!(status, 200);
        assert!(headers.keys().all(|name| !name.starts_with("access-control-")), "{origin}: {headers:?}");
        let (status, headers) = ask(&app, &[], Method::OPTIONS, "/api/v1/products", &preflight(origin, "POST", "content-type")).await;
        assert_eq!(status, 405);
        assert!(headers.keys().all(|name| !name.starts_with("access-control-")), "{origin}: {headers:?}");
    }
}

#[actix_web::test]
async fn the_cookie_of_a_browser_is_good_for_nothing_that_a_form_of_another_site_can_send() {
    let app = TestApp::new().await;
    let (maya, browser) = (app.customer().await, app.anonymous());
    let body = json!({"login": maya.account().username, "password": PASSWORD, "cookie": true});
    // A form cannot even sign a victim in to an account of the attacker's.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        browser.post("/auth/login", json!(null)).body(kind, body.to_string()).await.assert_status(415);
    }
    let pair = browser.post("/auth/login", body).await.assert_status(200);
    let cookies: Vec<&str> = pair.every_header("set-cookie").collect();
    let [cookie] = cookies[..] else { panic!("{cookies:?}") };
    let (value, attributes) = cookie.split_once("; ").unwrap();
    let attributes: std::collections::BTreeSet<&str> = attributes.split("; ").collect();
    assert_eq!(attributes, ["HttpOnly", "Max-Age=2592000", "Path=/api/v1/auth", "SameSite=Strict", "Secure"].into(), "no Domain among them");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        for text in ["", "refresh_token=x", "{}"] {
            let forged = browser.post("/auth/refresh", json!(null)).body(kind, text).header("cookie", value).await;
            assert_eq!(forged.status, 415, "{kind}: {text}: {}", forged.text());
            assert_eq!(forged.header("set-cookie"), None);
        }
    }
    for path in ["/users/me", "/orders", "/users/me/export"] {
        browser.get(path).header("cookie", value).await.assert_problem(401, "unauthorized");
    }
    browser.post("/auth/logout", json!({})).header("cookie", value).await.assert_problem(401, "unauthorized");
    // After all that it is unspent, and works once for the shop's own script.
    let next = browser.post("/auth/refresh", json!(null)).body("application/json", "").header("cookie", value).await.assert_status(200);
    assert!(next.json.get("refresh_token").is_none() && !next.text().contains(value.split('=').nth(1).unwrap()));
    browser.post("/auth/refresh", json!({})).header("cookie", value).await.assert_problem(401, "invalid_refresh_token");
}

#[actix_web::test]
async fn nothing_but_signing_in_sets_a_cookie() {
    let app = TestApp::new().await;
    let (guest, maya) = (app.anonymous(), app.customer().await);
    let placed = guest.place_order().await;
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    for answer in
        [placed, guest.get("/cart").await, guest.get("/products").await, guest.post("/auth/login", login).await, maya.get("/users/me").await]
    {
        assert_eq!(answer.header("set-cookie"), None, "{}", answer.request);
    }
}

/// Every kind of answer there is: what was made, read, known already, refused, moved, and pages for people.
async fn every_kind(app: &TestApp) -> Vec<(u16, Answer)> {
    let (nobody, staff) = (app.anonymous(), app.staff().await);
    let product = app.product("Mug").create().await;
    let image = app.image(product.summary.id).await;
    let path = format!("/products/{}", product.summary.id);
    let tag = nobody.get(&path).await.need_header("etag").to_owned();
    let get = |path: &str| nobody.request(Method::GET, path);
    let large = vec![b' '; 1024 * 1024 + 1];
    vec![
        (200, nobody.get("/products").await),
        (200, nobody.request(Method::HEAD, "/api/v1/products").await),
        (304, nobody.get(&path).header("if-none-match", tag).await),
        (201, staff.post("/categories", json!({"name": "Tea"})).await),
        (202, nobody.post("/auth/password/forgot", json!({"email": "maya@example.com"})).await),
        (204, nobody.delete("/cart").await),
        (400, nobody.get("/products?surprise=1").await),
        (401, nobody.get("/users/me").await),
        (403, staff.get("/admin/mails").await),
        (404, get("/nothing").await),
        (404, get("/api/v1/products/a%00b").await),
        (404, get("/media/../x").await),
        (405, nobody.request(Method::DELETE, "/healthz").await),
        (405, nobody.request(Method::OPTIONS, "/api/v1/products").await),
        (412, staff.patch(&path, json!({})).header("if-match", "\"v9-0\"").await),
        (413, nobody.post("/auth/login", json!(null)).body("application/json", large).await),
        (415, nobody.post("/auth/login", json!(null)).body("text/plain", png()).await),
        (422, nobody.post("/auth/login", json!({})).await),
        (200, get(&image.url).await),
        (200, get("/openapi.json").await),
        (200, get("/healthz").await),
        (200, get("/problems").await),
        (200, get("/problems/out-of-stock").await),
        (200, get("/documentation/").await),
        (200, get("/documentation/swagger-ui.css").await),
        (308, get("/").await),
        (308, get("/documentation").await),
    ]
}

#[actix_web::test]
async fn every_answer_tells_browsers_how_little_it_may_do() {
    let app = TestApp::new().await;
    for (status, answer) in every_kind(&app).await {
        let what = format!("{} → {}", answer.request, answer.status);
        let moved = status == 308 && (300..400).contains(&answer.status);
        assert!(answer.status == status || moved, "{what} instead of {status}");
        for (name, expected) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "no-referrer")] {
            assert_eq!(answer.every_header(name).collect::<Vec<_>>(), [expected], "{what}");
        }
        let [policy] = answer.every_header("content-security-policy").collect::<Vec<_>>()[..] else { panic!("{what}: one policy") };
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe") && !policy.contains('*'), "{what}: {policy}");
        let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        let documentation = answer.request.contains("/documentation/");
        assert_eq!(policy.contains("script-src"), documentation, "{what}: only the documentation has scripts");
        assert_eq!(policy.contains("sandbox"), !html && !documentation, "{what}");
        let shared = answer.request.contains("/media/");
        assert_eq!(answer.need_header("cross-origin-resource-policy"), if shared { "cross-origin" } else { "same-origin" }, "{what}");
        for telling in ["server", "x-powered-by", "via", "strict-transport-security"] {
            assert_eq!(answer.header(telling), None, "{what}");
        }
    }
}

#[actix_web::test]
async fn pages_of_the_shop_need_no_more_than_their_policy_allows() {
    let app = TestApp::new().await;
    let page = async |path: &str| {
        let answer = app.anonymous().request(Method::GET, path).await.assert_status(200);
        (String::from_utf8(answer.body.to_vec()).unwrap().to_lowercase(), answer)
    };
    for path in ["/problems", "/problems/invalid"] {
        let (html, _) = page(path).await;
        for forbidden in ["<script", "<img", "<link", "<iframe", "<form", " onclick", " onload", "javascript:", "@import", "url("] {
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
    }
    let (html, _) = page("/documentation/").await;
    let scripts: Vec<&str> = html.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let (attributes, rest) = script.split_once('>').unwrap();
        assert!(attributes.contains("src=") && rest.trim_start().starts_with("</script>"), "a script in the page itself: {script}");
    }
    for part in html.split(['"', '\'']).filter(|part| part.ends_with(".js") || part.ends_with(".css") || part.ends_with(".png")) {
        assert!(!part.contains("//"), "{part} is another site's");
        let path = format!("/documentation/{}", part.trim_start_matches("./"));
        page_is_there(&app, &path).await;
    }
}

async fn page_is_there(app: &TestApp, path: &str) {
    app.anonymous().request(Method::GET, path).await.assert_status(200);
}

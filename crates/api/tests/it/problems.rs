//! Every way to say no, one of HTTP's own included: its page, its form, and that its example is no invention.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use actix_web::http::Method;
use novashop_testing::{Answer, TestApp, contract::contract};
use novashop_types::ErrorCode;
use serde_json::Value;

async fn page(app: &TestApp, code: ErrorCode, accept: &str) -> Answer {
    app.anonymous().request(Method::GET, code.type_uri()).header("accept", accept).await.assert_status(200)
}

fn as_text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

#[actix_web::test]
async fn every_code_has_a_page_with_its_cause_what_to_do_and_an_example() {
    let app = TestApp::new().await;
    for code in ErrorCode::ALL.iter().copied() {
        let json = page(&app, code, "application/json").await;
        assert_eq!(
            (&json.json["code"], &json.json["cause"], &json.json["what_to_do"]),
            (&code.code().into(), &code.cause().into(), &code.help().into())
        );
        assert_eq!(json.json["example"], serde_json::to_value(code.example()).unwrap());
        let markdown = as_text(&page(&app, code, "text/markdown").await);
        let html = as_text(&page(&app, code, "text/html,application/xhtml+xml,*/*;q=0.8").await);
        for (heading, words) in [("Cause", code.cause()), ("What to do", code.help()), ("Example", code.example_request())] {
            assert!(markdown.contains(&format!("## {heading}\n")) && markdown.contains(words), "{}: {heading} in {markdown}", code.code());
            assert!(html.contains(&format!("<h2>{heading}</h2>")), "{}: {heading} in {html}", code.code());
        }
        assert!(html.contains(&format!("<title>{}", code.title())) && !html.contains("<of ") && !html.contains("<a t"), "{}", code.code());
    }
}

#[actix_web::test]
async fn the_pages_load_nothing_and_say_which_form_they_are() {
    let app = TestApp::new().await;
    for path in ["/problems", "/problems/out-of-stock"] {
        let forms = [("text/html", "text/html"), ("*/*", "text/html"), ("nonsense", "text/html"), ("application/json", "application/json")];
        for (accept, form) in forms.into_iter().chain([("text/markdown, text/html;q=0.5", "text/markdown")]) {
            let answer = app.anonymous().request(Method::GET, path).header("accept", accept).await.assert_status(200);
            assert!(answer.need_header("content-type").starts_with(form), "{path} for {accept}");
            assert!(answer.headers.iter().any(|(name, value)| name == "vary" && value == "accept"), "{path}");
            let policy = answer.need_header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        }
        let html = as_text(&app.anonymous().request(Method::GET, path).await);
        assert!(["<script", "src=", "<link", "url(", " style="].iter().all(|word| !html.contains(word)), "{path}");
    }
    let list = app.anonymous().request(Method::GET, "/problems").header("accept", "application/json").await;
    assert_eq!(list.items().len(), ErrorCode::ALL.len());
}

/// Codes whose example needs a scene: somebody signed in, a full cart, a failure.
const NEEDS_A_SCENE: [&str; 18] = [
    "bad_request",
    "request_timeout",
    "invalid_idempotency_key",
    "payload_too_large",
    "precondition_failed",
    "conflict",
    "username_taken",
    "slug_taken",
    "options_taken",
    "already_reviewed",
    "category_not_empty",
    "last_variant",
    "stock_not_available",
    "variant_choice_needed",
    "transition_not_allowed",
    "too_many_requests",
    "internal",
    "unavailable",
];

#[actix_web::test]
async fn the_examples_are_what_the_shop_answers() {
    let app = TestApp::new().await;
    let mut asked = 0;
    for code in ErrorCode::ALL {
        let text = code.example_request();
        if text.contains(['<', '…']) || NEEDS_A_SCENE.contains(&code.code()) {
            continue;
        }
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let (method, path) = lines.next().and_then(|first| first.split_once(' ')).unwrap();
        let mut request = app.anonymous().request(Method::from_bytes(method.as_bytes()).unwrap(), path).body("", body);
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            request = request.header(name, value);
        }
        let answer = request.await.assert_problem(code.status(), code.code());
        let mut own = serde_json::to_value(code.example()).unwrap();
        own["request_id"] = answer.json["request_id"].clone();
        assert_eq!(answer.json, own, "{}", code.code());
        asked += 1;
    }
    assert!(asked >= 13, "only {asked} examples could be tried");
}

fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn no_code_is_in_the_table_that_nobody_gives() {
    let mut text = String::new();
    for folder in ["crates/services/src", "crates/api/src"] {
        sources(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder), &mut text);
    }
    for code in ErrorCode::ALL {
        assert!(text.contains(&format!("ErrorCode::{code:?}")), "nobody gives {}: take it out of the table", code.code());
    }
}

#[actix_web::test]
async fn json_that_breaks_off_is_refused_with_its_line_and_column() {
    let app = TestApp::new().await;
    let sent =
        app.anonymous().request(Method::POST, "/api/v1/auth/login").body("application/json", "{\n  \"login\": \"maya\",\n  \"password\" \"x\"\n}");
    let answer = sent.await.assert_problem(400, "malformed_json");
    assert_eq!(answer.text_at("/detail"), "The body is not JSON at line 3, column 14: expected `:`.");
}

#[actix_web::test]
async fn what_the_framework_refuses_by_itself_is_a_problem_like_any_other() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let odd = |method: &str| Method::from_bytes(method.as_bytes()).unwrap();
    for method in ["TRACE", "CONNECT", "BREW", "PUT"] {
        let answer = nobody.request(odd(method), "/api/v1/products").await.assert_problem(405, "method_not_allowed");
        assert_eq!(answer.need_header("allow"), "GET, HEAD, POST", "{method}");
    }
    nobody.request(Method::OPTIONS, "/api/v1/products").await.assert_problem(405, "method_not_allowed");
    nobody.request(Method::TRACE, "/nothing").await.assert_problem(405, "method_not_allowed");
    nobody.request(Method::GET, "/nothing").await.assert_problem(404, "not_found");
    nobody.request(Method::POST, "/documentation/").await.assert_problem(405, "method_not_allowed");
    nobody.request(Method::GET, "/documentation/nothing.js").await.assert_problem(404, "not_found");
    nobody.request(Method::POST, "/api/v1/auth/login").body("text/plain", "maya").await.assert_problem(415, "unsupported_media_type");
    let large = nobody.request(Method::POST, "/api/v1/auth/login").body("application/json", vec![b' '; 1024 * 1024 + 1]);
    large.await.assert_problem(413, "payload_too_large");
    // Refused by actix-cors, in words of its own.
    let options = |options: &mut novashop_api::app::Options, _: &_| options.cors_origins = vec!["https://shop.example.com".into()];
    let with_sites = TestApp::with_options(novashop_services::ShopSettings::default(), options).await;
    let preflight = with_sites.anonymous().request(Method::OPTIONS, "/api/v1/products").header("access-control-request-method", "GET");
    preflight.header("origin", "https://evil.example").await.assert_problem(400, "bad_request");
    let unknown = nobody.get("/products").header("accept", "image/png").await;
    unknown.assert_status(200);
}

#[actix_web::test]
async fn addresses_that_are_no_text_are_refused_and_never_a_failure_of_ours() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for part in ["%ff", "%zz", "%", "%C3%28", "%ed%a0%80", "%00"] {
        for path in [format!("/api/v1/products/{part}"), format!("/{part}"), format!("/media/{part}"), format!("/documentation/{part}")] {
            nobody.request(Method::GET, path.as_str()).await.assert_problem(404, "not_found");
        }
        for path in ["/api/v1/products?q=", "/api/v1/search/suggest?q=", "/api/v1/products?category=", "/api/v1/categories?x="] {
            let answer = nobody.request(Method::GET, format!("{path}{part}")).await;
            assert!(answer.status == 400, "{path}{part} → {}", answer.status);
        }
    }
    nobody.get("/products?q=caf%C3%A9").await.assert_status(200);
}

#[actix_web::test]
async fn head_answers_wherever_get_does() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for path in
        ["/", "/documentation", "/documentation/", "/documentation/swagger-ui.css", "/openapi.json", "/readyz", "/problems/invalid", "/docs/ui/"]
    {
        let (get, head) = (nobody.request(Method::GET, path).await, nobody.request(Method::HEAD, path).await);
        assert_eq!((head.status, head.header("content-type")), (get.status, get.header("content-type")), "{path}");
        assert!(get.status < 400, "{path}");
    }
}

#[test]
fn the_table_of_errors_knows_every_code() {
    let table = std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md")).unwrap();
    for code in ErrorCode::ALL {
        assert!(table.contains(&format!("| {} | `{}` |", code.status(), code.code())), "{}", code.code());
    }
}

/// A client that is made of the document branches on these: each code stands where it can come, as it comes.
#[test]
fn every_code_is_shown_in_the_answers_of_its_status_that_can_be_it() {
    let mut missing: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.code()).collect();
    for operation in &contract().operations {
        for status in operation.spec["responses"].as_object().unwrap().keys().filter(|status| status.as_str() >= "400") {
            let response = contract().response(operation, status).unwrap();
            let examples = response.pointer("/content/application~1problem+json/examples").and_then(Value::as_object);
            let examples = examples.unwrap_or_else(|| panic!("{} names no code with {status}", operation.name()));
            for (name, example) in examples {
                let code = ErrorCode::ALL.iter().find(|code| code.code() == name).unwrap_or_else(|| panic!("{} has {name}", operation.name()));
                assert_eq!(code.status().to_string(), *status, "{} with {name}", operation.name());
                assert_eq!(example["value"], serde_json::to_value(code.example()).unwrap(), "{} with {name}", operation.name());
                missing.remove(name.as_str());
            }
        }
    }
    assert_eq!(missing, BTreeSet::new(), "no answer in the document is one of these");
}

//! What holds for every operation, driven by the OpenAPI document: access, errors, documentation.

use std::{collections::BTreeSet, path::PathBuf, rc::Rc};

use actix_web::http::Method;
use novashop_testing::{Actor, Answer, TestApp, contract::contract};
use novashop_types::ErrorCode;
use serde_json::Value;

use crate::access::{Call, People, Row, WHO, table};

/// Sends a request of the table.
pub async fn send(row: &Row, who: &Actor, call: &Call) -> Answer {
    let mut request = who.request(row.method(), row.path(call));
    if !call.body.is_null() {
        request = request.json(call.body.clone());
    }
    if let Some((kind, bytes)) = &call.raw {
        request = request.body(kind, bytes.clone());
    }
    request.await
}

/// Everything in the table that carries this tag, for everybody.
async fn check_access(tag: &str) {
    let app = TestApp::with_mailer().await;
    // Whoever else is an administrator may leave.
    app.admin().await;
    let mut wrong = Vec::new();
    for row in table() {
        let (method, path) = row.operation.split_once(' ').unwrap();
        let Some(operation) = contract().operations.iter().find(|known| known.method == method && known.path == path) else { continue };
        if operation.spec["tags"][0] != tag {
            continue;
        }
        for (index, expected) in row.statuses.into_iter().enumerate() {
            let people = Rc::new(People::new(&app).await);
            let who = people.who(index).clone();
            let call = (row.prepare)(Rc::clone(&people), who.clone()).await;
            let answer = send(&row, &who, &call).await;
            if answer.status != expected {
                wrong.push(format!("{} as {}: {} instead of {expected}\n{}", row.operation, WHO[index], answer.status, answer.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

macro_rules! access {
    ($($name:ident $tag:literal;)+) => {
        /// The tags that are checked below.
        const TAGS: &[&str] = &[$($tag),+];
        $(#[actix_web::test]
        async fn $name() {
            check_access($tag).await;
        })+
    };
}

access! {
    operations_of_accounts_answer_only_whom_they_should "accounts";
    operations_of_the_catalogue_answer_only_whom_they_should "catalogue";
    operations_of_reviews_answer_only_whom_they_should "reviews";
    operations_of_the_cart_answer_only_whom_they_should "cart";
    operations_of_orders_answer_only_whom_they_should "orders";
    operations_of_the_wishlist_answer_only_whom_they_should "wishlist";
    operations_of_the_administration_answer_only_whom_they_should "administration";
    operations_of_the_live_feed_answer_only_whom_they_should "live";
    operations_of_the_program_itself_answer_everybody "operations";
}

#[test]
fn every_operation_has_a_row_in_the_access_table_and_a_tag_that_is_checked() {
    let documented: BTreeSet<String> = contract().operations.iter().map(|operation| operation.name()).collect();
    let in_table: BTreeSet<String> = table().iter().map(|row| row.operation.to_owned()).collect();
    let missing: Vec<_> = documented.difference(&in_table).collect();
    assert!(missing.is_empty(), "add rows to tests/it/access.rs for {missing:#?}");
    let stale: Vec<_> = in_table.difference(&documented).collect();
    assert!(stale.is_empty(), "these rows have no operation in the document: {stale:#?}");
    for operation in &contract().operations {
        let tag = operation.spec["tags"][0].as_str().unwrap_or_default();
        assert!(TAGS.contains(&tag), "{} has the tag {tag:?}, which no test above checks", operation.name());
    }
}

#[test]
fn every_operation_says_what_it_does_under_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for operation in &contract().operations {
        let name = operation.spec["operationId"].as_str().unwrap_or_default();
        assert!(names.insert(name), "the operationId {name:?} is given twice");
        assert!(operation.spec["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{} has no summary", operation.name());
        let api = operation.path.starts_with("/api/v1/");
        let responses = operation.spec["responses"].as_object().unwrap();
        // A connection that goes on as a WebSocket is a success too.
        let success = |status: &String| status.starts_with('2') || status == "101";
        assert!(!api || responses.keys().any(success), "{} documents no success", operation.name());
    }
}

#[actix_web::test]
async fn an_address_that_is_not_there_and_a_method_it_does_not_know_are_problems_too() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    for path in ["/nothing", "/api", "/api/v1", "/api/v1/nothing", "/api/v2/products", "/api/v1/products/", "/problems/nothing"] {
        nobody.request(Method::GET, path).await.assert_problem(404, "not_found");
    }
    for operation in &contract().operations {
        let path = operation.path.replace(['{', '}'], "");
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if contract().find(method.as_str(), &path).is_some() {
                continue;
            }
            let answer = nobody.request(method, path.as_str()).await.assert_problem(405, "method_not_allowed");
            let allowed = answer.need_header("allow");
            assert!(allowed.split(", ").any(|allowed| allowed == operation.method), "{path} allows {allowed}, not {}", operation.method);
        }
    }
}

#[actix_web::test]
async fn every_answer_bears_the_request_id_that_was_sent_if_it_is_well_formed() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let answer = nobody.get("/products").header("x-request-id", "from-the-client_1.2").await.assert_status(200);
    assert_eq!(answer.need_header("x-request-id"), "from-the-client_1.2");
    for bad in ["a b", "<script>", &"a".repeat(129)] {
        let answer = nobody.get("/users/me").header("x-request-id", bad).await.assert_status(401);
        assert_ne!(answer.need_header("x-request-id"), bad);
    }
}

#[actix_web::test]
async fn the_served_document_is_the_one_of_the_code() {
    let app = TestApp::new().await;
    let served = app.anonymous().request(Method::GET, "/openapi.json").await.assert_status(200);
    let own: Value = serde_json::from_str(&novashop_api::openapi::document_json().unwrap()).unwrap();
    assert_eq!(served.json, own);
    app.anonymous().request(Method::GET, "/documentation/").await.assert_status(200);
}

fn in_repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[test]
fn the_committed_document_is_the_one_of_the_code() {
    let path = in_repository("openapi/openapi.json");
    let own = novashop_api::openapi::document_json().unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &own).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == own, "openapi/openapi.json is not what the code says: run `make openapi` and commit it");
}

/// `docs/errors.md`, made of the one table of error codes.
fn errors_md() -> String {
    let mut text = String::from(
        "# Error codes\n\nEvery refusal is a problem document (RFC 9457) with one of these stable codes. \
         Each has its page at `/problems/<code-with-hyphens>`.\n\n| status | code | meaning | cause | what to do |\n| --- | --- | --- | --- | --- |\n",
    );
    for code in ErrorCode::ALL {
        text.push_str(&format!("| {} | `{}` | {} | {} | {} |\n", code.status(), code.code(), code.title(), code.cause(), code.help()));
    }
    text
}

#[test]
fn the_committed_table_of_errors_is_the_one_of_the_code() {
    let path = in_repository("docs/errors.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, errors_md()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == errors_md(), "docs/errors.md is not what the code says: run `UPDATE_DOCS=1 cargo test -p novashop-api table_of_errors`");
}

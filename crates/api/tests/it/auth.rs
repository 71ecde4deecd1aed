//! Registering, signing in and out, passwords and addresses.

use novashop_testing::{Answer, PASSWORD, TestApp};
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";

fn maya() -> Value {
    json!({"username": "maya", "email": MAYA, "password": PASSWORD})
}

fn login(login: &str, password: &str) -> Value {
    json!({"login": login, "password": password})
}

/// The header that a pair of tokens is for.
fn bearer(pair: &Answer) -> String {
    format!("Bearer {}", pair.text_at("/access_token"))
}

#[actix_web::test]
async fn somebody_registers_and_signs_in_by_name_or_address_whatever_the_case() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    let account = visitor.post("/auth/register", maya()).await.assert_status(201);
    assert_eq!(account.json["role"], "customer");
    assert_eq!(account.json["email_verified"], false);
    assert!(!account.text().contains("password"), "nothing of the password comes back");
    for name in ["maya", "MAYA", MAYA, "Maya@Example.com"] {
        let pair = visitor.post("/auth/login", login(name, PASSWORD)).await.assert_status(200);
        assert_eq!(pair.need_header("cache-control"), "private, no-store");
        let me = visitor.get("/users/me").header("authorization", bearer(&pair)).await.assert_status(200);
        assert_eq!(me.json, account.json);
    }
}

#[actix_web::test]
async fn a_name_or_address_can_be_taken_once_whatever_the_case() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    visitor.post("/auth/register", maya()).await.assert_status(201);
    let with = |username: &str, email: &str| json!({"username": username, "email": email, "password": PASSWORD});
    visitor.post("/auth/register", with("Maya", "other@example.com")).await.assert_problem(409, "username_taken");
    visitor.post("/auth/register", with("other", "MAYA@example.com")).await.assert_problem(409, "email_taken");
}

#[actix_web::test]
async fn a_registration_that_is_not_valid_says_which_field() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    for (field, value) in [
        ("username", json!("ab")),
        ("username", json!("a b c")),
        ("username", json!("a@b.example")),
        ("email", json!("maya")),
        ("password", json!("too short")),
        ("password", json!("password123")),
        ("first_name", json!("a".repeat(101))),
        ("city", json!(null)),
    ] {
        let mut body = maya();
        body[field] = value;
        visitor.post("/auth/register", body).await.assert_field(&format!("/{field}"));
    }
    let mut body = maya();
    body["role"] = json!("admin");
    visitor.post("/auth/register", body).await.assert_field("/role");
}

#[actix_web::test]
async fn a_wrong_login_is_told_in_the_same_words_whether_or_not_the_account_exists() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    visitor.post("/auth/register", maya()).await.assert_status(201);
    let wrong = visitor.post("/auth/login", login("maya", "not the password")).await.assert_problem(401, "invalid_credentials");
    let unknown = visitor.post("/auth/login", login("nobody", "not the password")).await.assert_problem(401, "invalid_credentials");
    assert_eq!(wrong.json["detail"], unknown.json["detail"]);
}

#[actix_web::test]
async fn a_refresh_token_works_once_and_its_second_use_ends_the_session() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let first = maya.account().refresh_token.clone();
    let visitor = app.anonymous();
    let pair = visitor.post("/auth/refresh", json!({"refresh_token": first})).await.assert_status(200);
    let token = bearer(&pair);
    visitor.get("/users/me").header("authorization", token.clone()).await.assert_status(200);

    visitor.post("/auth/refresh", json!({"refresh_token": first})).await.assert_problem(401, "invalid_refresh_token");
    visitor.get("/users/me").header("authorization", token).await.assert_problem(401, "invalid_token");
    let second = pair.text_at("/refresh_token");
    visitor.post("/auth/refresh", json!({"refresh_token": second})).await.assert_problem(401, "invalid_refresh_token");
}

#[actix_web::test]
async fn a_browser_keeps_its_refresh_token_in_a_cookie_that_no_script_can_read() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let visitor = app.anonymous();
    let body = json!({"login": maya.account().username, "password": PASSWORD, "cookie": true});
    let pair = visitor.post("/auth/login", body).await.assert_status(200);
    assert!(pair.json.get("refresh_token").is_none());
    let cookie = pair.need_header("set-cookie").to_owned();
    for part in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/api/v1/auth"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let sent = cookie.split(';').next().unwrap().to_owned();
    let next = visitor.post("/auth/refresh", json!({})).header("cookie", sent.clone()).await.assert_status(200);
    assert!(next.json.get("refresh_token").is_none());
    assert_ne!(next.need_header("set-cookie").split(';').next(), Some(sent.as_str()));
    visitor.post("/auth/refresh", json!({})).await.assert_problem(401, "invalid_refresh_token");
}

#[actix_web::test]
async fn signing_out_ends_the_access_token_too() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let refresh_token = maya.account().refresh_token.clone();
    let out = maya.post("/auth/logout", json!({"refresh_token": refresh_token})).await.assert_status(204);
    assert!(out.need_header("set-cookie").contains("Max-Age=0"));
    maya.get("/users/me").await.assert_problem(401, "invalid_token");
    app.anonymous().post("/auth/refresh", json!({"refresh_token": refresh_token})).await.assert_problem(401, "invalid_refresh_token");
}

#[actix_web::test]
async fn an_access_token_lasts_fifteen_minutes_and_a_session_thirty_days() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    app.clock().advance(15 * 60 - 1);
    maya.get("/users/me").await.assert_status(200);
    app.clock().advance(1);
    maya.get("/users/me").await.assert_problem(401, "token_expired");
    app.clock().advance(30 * 24 * 3600);
    let body = json!({"refresh_token": maya.account().refresh_token});
    app.anonymous().post("/auth/refresh", body).await.assert_problem(401, "invalid_refresh_token");
}

#[actix_web::test]
async fn a_token_that_is_not_ours_is_refused_also_where_none_is_needed() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let own = maya.account().access_token.clone();
    let (head, signature) = own.rsplit_once('.').unwrap();
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.";
    for token in ["", "x", none, head, &format!("{head}."), &format!("{head}.{}", signature.chars().rev().collect::<String>()), &"a".repeat(5000)] {
        for path in ["/users/me", "/products"] {
            let answer = app.anonymous().get(path).header("authorization", format!("Bearer {token}")).await.assert_problem(401, "invalid_token");
            assert!(answer.need_header("www-authenticate").starts_with("Bearer"));
        }
    }
    app.anonymous().get("/users/me").header("authorization", "Basic bWF5YTpw").await.assert_problem(401, "invalid_token");
}

#[actix_web::test]
async fn a_forgotten_password_is_replaced_by_the_link_of_a_mail_once_and_within_an_hour() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let visitor = app.anonymous();
    visitor.post("/auth/password/forgot", json!({"email": "nobody@example.com"})).await.assert_status(202);
    assert_eq!(app.mail_link("password_reset").await, None, "nobody is written to who has no account");

    visitor.post("/auth/password/forgot", json!({"email": maya.account().email.to_uppercase()})).await.assert_status(202);
    let token = app.mail_token("password_reset").await.expect("a mail");
    let reset = |token: &str, password: &str| json!({"token": token, "password": password});
    visitor.post("/auth/password/reset", reset(&token, "password123")).await.assert_field("/password");
    visitor.post("/auth/password/reset", reset("not the token", "a brand new password")).await.assert_problem(422, "invalid_link");
    visitor.post("/auth/password/reset", reset(&token, "a brand new password")).await.assert_status(204);
    visitor.post("/auth/password/reset", reset(&token, "yet another password")).await.assert_problem(422, "invalid_link");

    maya.get("/users/me").await.assert_problem(401, "invalid_token");
    let name = maya.account().username.clone();
    visitor.post("/auth/login", login(&name, PASSWORD)).await.assert_problem(401, "invalid_credentials");
    visitor.post("/auth/login", login(&name, "a brand new password")).await.assert_status(200);

    visitor.post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    let late = app.mail_token("password_reset").await.expect("another mail");
    app.clock().advance(3601);
    visitor.post("/auth/password/reset", reset(&late, "a password too late")).await.assert_problem(422, "invalid_link");
}

#[actix_web::test]
async fn an_address_is_confirmed_by_the_link_of_a_mail_and_a_new_one_has_to_be_again() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    visitor.post("/auth/register", maya()).await.assert_status(201);
    let pair = visitor.post("/auth/login", login("maya", PASSWORD)).await.assert_status(200);
    let token_header = bearer(&pair);
    let token = app.mail_token("email_verification").await.expect("a mail");
    visitor.post("/auth/email/verify", json!({"token": "not the token"})).await.assert_problem(422, "invalid_link");
    visitor.post("/auth/email/verify", json!({"token": token})).await.assert_status(204);
    visitor.post("/auth/email/verify", json!({"token": token})).await.assert_problem(422, "invalid_link");
    let me = visitor.get("/users/me").header("authorization", token_header.clone()).await.assert_status(200);
    assert_eq!(me.json["email_verified"], true);

    let changed = visitor
        .patch("/users/me", json!({"email": "new@example.com", "current_password": PASSWORD}))
        .header("authorization", token_header)
        .await
        .assert_status(200);
    assert_eq!(changed.json["email_verified"], false);
    let token = app.mail_token("email_verification").await.expect("a mail to the new address");
    visitor.post("/auth/email/verify", json!({"token": token})).await.assert_status(204);
}

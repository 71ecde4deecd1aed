//! Attacks on accounts: finding out who has one, guessing passwords, taking links over.

use novashop_testing::{Answer, PASSWORD, TestApp, actors::Request};
use serde_json::{Value, json};

/// What an answer cost and said: hashes made, statements, status, headers and body without what differs in every answer.
async fn shown(app: &TestApp, request: Request) -> (u64, u32, u16, Vec<(String, String)>, Value) {
    let before = app.ctx().passwords.hashed();
    let Answer { status, headers, json, .. } = &request.await;
    let timing = headers.iter().find(|(name, _)| name == "server-timing").map(|(_, value)| value.clone()).unwrap_or_default();
    let statements = timing.split('"').nth(1).and_then(|words| words.split(' ').next()).and_then(|count| count.parse().ok()).unwrap();
    let headers = headers.iter().filter(|(name, _)| !["server-timing", "x-request-id"].contains(&name.as_str())).cloned().collect();
    let mut json = json.clone();
    if let Some(problem) = json.as_object_mut() {
        problem.remove("request_id");
    }
    (app.ctx().passwords.hashed() - before, statements, *status, headers, json)
}

#[actix_web::test]
async fn a_refused_sign_in_says_and_costs_the_same_whoever_it_is_about() {
    let app = TestApp::new().await;
    let (visitor, admin) = (app.anonymous(), app.admin().await);
    let (closed, deleted) = (app.customer().await, app.customer().await);
    admin.patch(format!("/users/{}", closed.id()), json!({"active": false})).await.assert_status(200);
    deleted.delete("/users/me").await.assert_status(204);
    let maya = json!({"username": "maya", "email": "maya@example.com", "password": PASSWORD});
    visitor.post("/auth/register", maya).await.assert_status(201);
    let try_it = async |login: &str, password: &str| {
        let before = app.row_counts().await;
        let shown = shown(&app, visitor.post("/auth/login", json!({"login": login, "password": password}))).await;
        assert_eq!(app.row_counts().await, before, "a refused sign-in leaves nothing behind");
        shown
    };
    let wrong = try_it("maya", "not the password").await;
    assert_eq!((wrong.0, wrong.2), (1, 401), "one hash is checked");
    for login in ["nobody", "nobody@example.com", "maya@example.com", &closed.account().username, &deleted.account().username, "x", "' or 1=1 --"] {
        assert_eq!(try_it(login, "not the password").await, wrong, "{login}");
    }
    // That an account was closed is nobody's business, not even that of who knows its password.
    assert_eq!(try_it(&closed.account().username, PASSWORD).await, wrong);
}

#[actix_web::test]
async fn whoever_forgot_a_password_is_told_the_same_with_and_without_an_account() {
    let app = TestApp::new().await;
    let (visitor, maya, closed, admin) = (app.anonymous(), app.customer().await, app.customer().await, app.admin().await);
    admin.patch(format!("/users/{}", closed.id()), json!({"active": false})).await.assert_status(200);
    let ask = async |email: &str| {
        let rows = app.number("select count(*) as value from outbox").await;
        let shown = shown(&app, visitor.post("/auth/password/forgot", json!({"email": email}))).await;
        (shown, app.number("select count(*) as value from outbox").await - rows)
    };
    let known = ask(&maya.account().email).await;
    assert_eq!((known.0.0, known.0.2, known.1), (0, 202, 1), "a note for the relay is all that is written");
    for email in ["nobody@example.com", &closed.account().email, &maya.account().email.to_uppercase()] {
        assert_eq!(ask(email).await, known, "{email}");
    }
    assert_eq!(app.number("select count(*) as value from mails").await, 0, "who has an account is looked up later, by the relay");
}

#[actix_web::test]
async fn registering_costs_the_same_whether_or_not_the_name_is_taken() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    let body = |name: &str, email: &str, password: &str| json!({"username": name, "email": email, "password": password});
    let first = shown(&app, visitor.post("/auth/register", body("maya", "maya@example.com", PASSWORD))).await;
    assert_eq!((first.0, first.2), (1, 201));
    let taken = shown(&app, visitor.post("/auth/register", body("maya", "other@example.com", PASSWORD))).await;
    let address = shown(&app, visitor.post("/auth/register", body("other", "maya@example.com", PASSWORD))).await;
    assert_eq!((taken.0, taken.2, address.0, address.2), (1, 409, 1, 409));
    // What is wrong in itself is told before anything is looked up.
    let weak = shown(&app, visitor.post("/auth/register", body("maya", "maya@example.com", "password123"))).await;
    let new_weak = shown(&app, visitor.post("/auth/register", body("noor", "noor@example.com", "password123"))).await;
    assert_eq!(weak, new_weak);
    assert_eq!((weak.0, weak.1, weak.2), (0, 0, 422));
}

#[actix_web::test]
async fn no_hash_is_made_of_a_password_that_is_too_long() {
    let app = TestApp::new().await;
    let (visitor, maya) = (app.anonymous(), app.customer().await);
    visitor.post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    let token = app.mail_token("password_reset").await.expect("a mail");
    let before = app.ctx().passwords.hashed();
    for (length, status) in [(1025, 422), (1024 * 1024, 413)] {
        let long = "ä".repeat(length);
        let register = json!({"username": "noor", "email": "noor@example.com", "password": long});
        visitor.post("/auth/register", register).await.assert_status(status);
        visitor.post("/auth/login", json!({"login": maya.account().username, "password": long})).await.assert_status(status);
        visitor.post("/auth/password/reset", json!({"token": token, "password": long})).await.assert_status(status);
        maya.put("/users/me/password", json!({"current_password": long, "new_password": PASSWORD})).await.assert_status(status);
        maya.put("/users/me/password", json!({"current_password": PASSWORD, "new_password": long})).await.assert_status(status);
    }
    visitor.post("/auth/password/reset", json!({"token": "guessed", "password": "the attacker's password"})).await.assert_status(422);
    assert_eq!(app.ctx().passwords.hashed(), before);
}

#[actix_web::test]
async fn what_is_sprayed_over_all_accounts_is_nobodys_password() {
    let app = TestApp::new().await;
    let (visitor, maya) = (app.anonymous(), app.customer().await);
    visitor.post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    let token = app.mail_token("password_reset").await.expect("a mail");
    for common in ["Summer2026!", "Winter2025!!", "Password123!", "P@ssw0rd2026", "qwertyuiop", "1234567890", "novashop2026", "aaaaaaaaaaaa"] {
        let register = json!({"username": "noor", "email": "noor@example.com", "password": common});
        visitor.post("/auth/register", register).await.assert_field("/password");
        visitor.post("/auth/password/reset", json!({"token": token, "password": common})).await.assert_field("/password");
        let change = json!({"current_password": PASSWORD, "new_password": common});
        maya.put("/users/me/password", change).await.assert_field("/new_password");
    }
}

#[actix_web::test]
async fn a_link_in_a_mail_leads_to_the_shop_whatever_host_was_asked() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let plain = app.anonymous().get("/products?limit=1").await.assert_status(200);
    for name in ["host", "x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url", "x-http-method-override", "x-forwarded-proto"]
    {
        let value = if name == "forwarded" { "host=evil.example" } else { "evil.example" };
        let answer = app.anonymous().get("/products?limit=1").header(name, value).await.assert_status(200);
        assert_eq!(answer.json, plain.json, "{name}: nor does a cache learn a poisoned answer");
        app.clock().advance(120);
        let body = json!({"email": maya.account().email});
        app.anonymous().post("/auth/password/forgot", body).header(name, value).await.assert_status(202);
        let link = app.mail_link("password_reset").await.expect("a mail");
        assert!(link.starts_with("http://localhost:3000/password/reset?token="), "{name}: {link}");
    }
}

#[actix_web::test]
async fn nobodys_mailbox_is_flooded_by_asking_for_new_passwords() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let body = json!({"email": maya.account().email});
    let mails = async || {
        app.run_outbox().await;
        app.number("select count(*) as value from mails where kind = 'password_reset'").await
    };
    for _ in 0..20 {
        app.anonymous().post("/auth/password/forgot", body.clone()).await.assert_status(202);
    }
    assert_eq!(mails().await, 1);
    app.clock().advance(61);
    app.anonymous().post("/auth/password/forgot", body).await.assert_status(202);
    assert_eq!(mails().await, 2);
}

#[actix_web::test]
async fn nobody_is_flooded_with_notices_by_changing_an_address_to_and_fro() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let become_both = async || {
        for email in ["one@example.com", "other@example.com"] {
            maya.patch("/users/me", json!({"email": email, "current_password": PASSWORD})).await.assert_status(200);
            app.run_outbox().await;
        }
        app.number("select count(*) as value from mails where recipient = 'one@example.com' and kind = 'email_changed'").await
    };
    for _ in 0..5 {
        assert_eq!(become_both().await, 1);
    }
    app.clock().advance(61);
    assert_eq!(become_both().await, 2);
}

#[actix_web::test]
async fn no_name_or_address_can_smuggle_lines_or_words_into_a_mail() {
    let app = TestApp::new().await;
    let visitor = app.anonymous();
    for (field, value) in [
        ("email", "maya@example.com\r\nBcc: all@example.com"),
        ("email", "maya@example.com\nSubject: Hello"),
        ("email", "Maya <maya@example.com>"),
        ("email", "maya@example.com, noor@example.com"),
        ("email", "maya@example.com%0aBcc:all@example.com"),
        ("email", "maya@[127.0.0.1]"),
        ("username", "maya\r\n"),
        ("username", "Win 1000 at evil.example"),
        ("username", "<b>maya</b>"),
    ] {
        let mut body = json!({"username": "maya", "email": "maya@example.com", "password": PASSWORD});
        body[field] = json!(value);
        visitor.post("/auth/register", body).await.assert_field(&format!("/{field}"));
        let maya = app.customer().await;
        maya.patch("/users/me", json!({field: value})).await.assert_field(&format!("/{field}"));
    }
    // A person's own words may be anything, and are in no mail.
    let body = json!({"username": "maya", "email": "maya@example.com", "password": PASSWORD, "first_name": "Win 1000\nat evil.example"});
    visitor.post("/auth/register", body).await.assert_status(201);
    app.run_outbox().await;
    assert_eq!(app.number("select count(*) as value from mails where body like '%evil.example%' or subject like '%evil.example%'").await, 0);
}

//! One's own account, and all of them for administrators.

use novashop_testing::{PASSWORD, TestApp};
use serde_json::json;

#[actix_web::test]
async fn a_person_changes_the_profile_field_by_field() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let other = app.other_customer().await;
    let before = maya.get("/users/me").await.assert_status(200);
    let after = maya.patch("/users/me", json!({"city": "Lisbon", "first_name": ""})).await.assert_status(200);
    assert_eq!((&after.json["city"], &after.json["first_name"]), (&json!("Lisbon"), &json!("")));
    assert_eq!(after.json["last_name"], before.json["last_name"]);
    assert_eq!(maya.patch("/users/me", json!({})).await.assert_status(200).json, after.json);

    maya.patch("/users/me", json!({"username": other.account().username.to_uppercase()})).await.assert_problem(409, "username_taken");
    maya.patch("/users/me", json!({"email": other.account().email, "current_password": PASSWORD})).await.assert_problem(409, "email_taken");
    maya.patch("/users/me", json!({"role": "admin"})).await.assert_field("/role");
    maya.patch("/users/me", json!({"city": null})).await.assert_field("/city");
}

#[actix_web::test]
async fn a_new_password_needs_the_present_one_and_ends_the_other_sessions() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    let elsewhere = app.anonymous().post("/auth/login", login.clone()).await.assert_status(200).text_at("/access_token");
    let change = |current: &str, new: &str| json!({"current_password": current, "new_password": new});
    maya.put("/users/me/password", change("not the password", "a brand new password")).await.assert_field("/current_password");
    maya.put("/users/me/password", change(PASSWORD, "password123")).await.assert_field("/new_password");
    maya.put("/users/me/password", change(PASSWORD, "a brand new password")).await.assert_status(204);
    maya.get("/users/me").await.assert_status(200);
    app.anonymous().get("/users/me").header("authorization", format!("Bearer {elsewhere}")).await.assert_status(401);
    app.anonymous().post("/auth/login", login).await.assert_status(401);
}

#[actix_web::test]
async fn a_person_sees_where_the_account_is_signed_in_and_ends_a_session() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    let phone = app.anonymous().post("/auth/login", login).header("user-agent", "Maya's phone").await.assert_status(200);
    let sessions = maya.get("/users/me/sessions").await.assert_status(200);
    assert_eq!(sessions.items().len(), 2);
    let other = sessions.items().iter().find(|session| session["current"] == false).expect("the phone");
    assert_eq!(other["user_agent"], "Maya's phone");
    let path = format!("/users/me/sessions/{}", other["id"].as_str().unwrap());

    app.other_customer().await.delete(&path).await.assert_problem(404, "not_found");
    maya.delete(&path).await.assert_status(204);
    maya.delete(&path).await.assert_problem(404, "not_found");
    let bearer = format!("Bearer {}", phone.text_at("/access_token"));
    app.anonymous().get("/users/me").header("authorization", bearer).await.assert_problem(401, "invalid_token");
}

#[actix_web::test]
async fn a_deleted_account_is_gone_and_its_name_is_free() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let account = maya.account().clone();
    // Mails that wait to be written name addresses too.
    maya.patch("/users/me", json!({"email": "second@example.com", "current_password": PASSWORD})).await.assert_status(200);
    app.anonymous().post("/auth/password/forgot", json!({"email": "second@example.com"})).await.assert_status(202);
    maya.delete("/users/me").await.assert_status(204);
    for (table, column) in [("outbox", "payload"), ("audit", "details"), ("users", "email"), ("mails", "recipient")] {
        let text = format!("cast({column} as text)");
        let named = format!("select count(*) as value from {table} where {text} like '%second@example.com%' or {text} like '%\"to\"%'");
        assert_eq!(app.number(&named).await, 0, "{table}");
    }
    maya.get("/users/me").await.assert_problem(401, "invalid_token");
    let visitor = app.anonymous();
    visitor.post("/auth/login", json!({"login": account.username, "password": PASSWORD})).await.assert_status(401);
    visitor.post("/auth/refresh", json!({"refresh_token": account.refresh_token})).await.assert_status(401);
    app.admin().await.get(format!("/users/{}", account.id)).await.assert_problem(404, "not_found");
    let again = json!({"username": account.username, "email": account.email, "password": PASSWORD});
    visitor.post("/auth/register", again).await.assert_status(201);
}

#[actix_web::test]
async fn the_last_administrator_can_neither_leave_nor_be_demoted() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let path = format!("/users/{}", admin.id());
    admin.delete("/users/me").await.assert_problem(409, "conflict");
    admin.patch(&path, json!({"role": "staff"})).await.assert_problem(409, "conflict");
    admin.patch(&path, json!({"active": false})).await.assert_problem(409, "conflict");
    app.admin().await;
    admin.delete("/users/me").await.assert_status(204);
}

#[actix_web::test]
async fn an_administrator_gives_a_role_and_it_counts_on_the_next_request() {
    let app = TestApp::new().await;
    let (admin, maya) = (app.admin().await, app.customer().await);
    let path = format!("/users/{}", maya.id());
    let changed = admin.patch(&path, json!({"role": "staff"})).await.assert_status(200);
    assert_eq!(changed.json["role"], "staff");
    maya.get("/users/me").await.assert_problem(401, "invalid_token");
    let login = json!({"login": maya.account().username, "password": PASSWORD});
    app.anonymous().post("/auth/login", login.clone()).await.assert_status(200);

    let closed = admin.patch(&path, json!({"active": false})).await.assert_status(200);
    assert_eq!(closed.json["active"], false);
    app.anonymous().post("/auth/login", login).await.assert_problem(401, "invalid_credentials");
    admin.patch(&path, json!({"role": "owner"})).await.assert_field("/role");
}

#[actix_web::test]
async fn an_administrator_finds_accounts_by_part_of_a_name_or_address() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let maya = app.customer().await;
    maya.patch("/users/me", json!({"username": "percent_50", "first_name": "Zoë"})).await.assert_status(200);
    let found = async |q: &str| admin.get(format!("/users?q={q}&include_total=true")).await.assert_status(200).json["total"].as_i64().unwrap();
    assert_eq!(found("CUSTOMER").await, 1, "by address");
    assert_eq!(found("percent_").await, 1);
    assert_eq!(found("percentx").await, 0, "an underscore means itself");
    assert_eq!(found("%25").await, 0, "a percent sign means itself");
    assert_eq!(found("").await, 2);
    admin.get(format!("/users?q={}", "a".repeat(101))).await.assert_problem(400, "invalid_parameter");
}

#[actix_web::test]
async fn the_export_holds_everything_about_the_account_and_no_secret() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    app.run_outbox().await;
    let export = maya.get("/users/me/export").await.assert_status(200);
    assert_eq!(export.json["user"]["username"], json!(maya.account().username));
    assert_eq!(export.json["mails"][0]["kind"], "password_reset");
    assert_eq!(export.json["sessions"].as_array().unwrap().len(), 1);
    for secret in ["argon2", "token=", "hash"] {
        assert!(!export.text().contains(secret), "{secret}");
    }
}

#[actix_web::test]
async fn a_new_address_has_to_be_verified_and_the_old_one_hears_of_it() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    let old = maya.account().email.clone();
    let changed = maya.patch("/users/me", json!({"email": "new@example.com", "current_password": PASSWORD})).await.assert_status(200);
    assert_eq!((&changed.json["email"], &changed.json["email_verified"]), (&json!("new@example.com"), &json!(false)));
    app.run_outbox().await;
    let mails = app.admin().await.get("/admin/mails").await.assert_status(200);
    let of_kind = |kind: &str| mails.items().iter().find(|mail| mail["kind"] == kind).map(|mail| mail["to"].clone());
    assert_eq!(of_kind("email_changed"), Some(json!(old)));
    assert_eq!(of_kind("email_verification"), Some(json!("new@example.com")));
}

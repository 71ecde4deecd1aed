//! How often somebody may try an account's password, from however many addresses.

use novashop_api::limits::Class;
use novashop_testing::PASSWORD;
use serde_json::json;

use crate::limits::{from, limited, quota};

#[actix_web::test]
async fn an_account_cannot_be_guessed_at_from_many_addresses_whether_or_not_it_exists() {
    let app = limited().await;
    let nobody = app.anonymous();
    let maya = app.customer().await;
    for name in [maya.account().username.as_str(), "nobody-of-this-name"] {
        let guess = |i: usize, name: String| {
            from(nobody.post("/auth/login", json!({"login": name, "password": "wrong password"})), &format!("198.51.100.{i}"))
        };
        for i in 0..quota(Class::Account) {
            guess(i, name.to_owned()).await.assert_problem(401, "invalid_credentials");
        }
        let refused = guess(100, name.to_uppercase()).await.assert_problem(429, "too_many_requests");
        assert_eq!(refused.need_header("retry-after"), "30");
        assert_eq!(refused.need_header("ratelimit"), "\"account\";r=0;t=30");
    }
    // Whoever is signed in goes on, and a new password can be asked for.
    maya.get("/users/me").await.assert_status(200);
    from(nobody.post("/auth/password/forgot", json!({"email": maya.account().email})), "198.51.100.200").await.assert_status(202);
}

#[actix_web::test]
async fn an_account_has_one_quota_by_whatever_name_it_is_tried_and_nobody_is_told_that_they_are_one() {
    let app = limited().await;
    let (nobody, maya) = (app.anonymous(), app.customer().await);
    let (username, email) = (maya.account().username.as_str(), maya.account().email.as_str());
    let try_it = async |i: usize, login: &str, password: &str| {
        let hashes = app.ctx().passwords.hashed();
        let answer = from(nobody.post("/auth/login", json!({"login": login, "password": password})), &format!("198.51.100.{i}")).await;
        (answer.status, answer.json["code"].clone(), answer.json["detail"].clone(), answer.statements(), app.ctx().passwords.hashed() - hashes)
    };
    let wrong = try_it(0, "nobody", "wrong password").await;
    assert_eq!((wrong.0, wrong.4), (401, 1));
    for [name, address] in [[username, email], ["nobody-else", "nobody-else@example.com"]] {
        for i in 0..quota(Class::Account) {
            assert_eq!(try_it(i, if i % 2 == 0 { name } else { address }, "wrong password").await, wrong, "{name} {i}");
        }
        // Of one that exists the quota is spent now. The right password is refused too, and in the same words.
        for (i, login) in [(101, name), (102, address)] {
            assert_eq!(try_it(i, login, PASSWORD).await, wrong, "{login}");
        }
    }
    app.clock().advance(30);
    assert_eq!(try_it(103, email, PASSWORD).await.0, 200);
}

#[actix_web::test]
async fn a_borrowed_token_is_no_way_to_guess_the_password_from_many_addresses() {
    let app = limited().await;
    let maya = app.customer().await;
    let change = |i: usize, present: &str| {
        let body = json!({"current_password": present, "new_password": "another horse battery"});
        from(maya.put("/users/me/password", body), &format!("198.51.100.{i}"))
    };
    let move_away = |i: usize, present: &str| {
        let body = json!({"email": "thief@example.com", "current_password": present});
        from(maya.patch("/users/me", body), &format!("198.51.100.{i}"))
    };
    for i in 0..quota(Class::Account) / 2 {
        change(i, "wrong password").await.assert_field("/current_password");
        move_away(i, "wrong password").await.assert_field("/current_password");
    }
    let hashes = app.ctx().passwords.hashed();
    change(101, PASSWORD).await.assert_problem(429, "too_many_requests");
    move_away(101, PASSWORD).await.assert_problem(429, "too_many_requests");
    assert_eq!(app.ctx().passwords.hashed(), hashes);
    maya.patch("/users/me", json!({"city": "Lisbon"})).await.assert_status(200);
    app.clock().advance(30);
    change(102, PASSWORD).await.assert_status(204);
}

#[actix_web::test]
async fn an_account_gets_so_many_new_addresses_and_no_more() {
    let app = limited().await;
    let maya = app.customer().await;
    for n in 0..20 {
        maya.patch("/users/me", json!({"email": format!("maya{n}@example.com"), "current_password": PASSWORD})).await.assert_status(200);
    }
    maya.patch("/users/me", json!({"email": "maya20@example.com", "current_password": PASSWORD})).await.assert_problem(429, "too_many_requests");
    maya.patch("/users/me", json!({"city": "Lisbon"})).await.assert_status(200);
}

//! Attacks with tokens: forged, changed, old, somebody else's, or of another kind. No door opens.

use std::slice;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use novashop_testing::{Actor, PASSWORD, TestApp, app::SECRET};
use novashop_types::accounts::Role;
use serde_json::{Value, json};

/// Addresses for which a token is needed, can be sent, and has to be an administrator's.
const DOORS: [&str; 3] = ["/users/me", "/products", "/admin/mails"];

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// One part of a token as JSON.
fn part(token: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

/// A token of these parts, signed with `key` by HMAC, whatever its header says.
fn signed(header: &Value, claims: &Value, key: &[u8], algorithm: Algorithm) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(key), algorithm).unwrap();
    format!("{message}.{signature}")
}

/// The same object with one field more, or another.
fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

fn without(object: &Value, name: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().unwrap().remove(name);
    object
}

/// Every door stays shut for these tokens, in the words for what nobody made.
async fn shut(app: &TestApp, what: &str, tokens: &[String]) {
    for token in tokens {
        for path in DOORS {
            let answer = app.anonymous().get(path).header("authorization", format!("Bearer {token}")).await;
            assert_eq!((answer.status, answer.json["code"].as_str()), (401, Some("invalid_token")), "{what} at {path}: {}", answer.text());
        }
    }
}

#[actix_web::test]
async fn a_token_that_was_not_signed_by_the_shop_opens_nothing() {
    let app = TestApp::new().await;
    let own = app.admin().await.account().access_token.clone();
    let (header, claims) = (part(&own, 0), part(&own, 1));
    assert_eq!(signed(&header, &claims, SECRET, Algorithm::HS256), own, "what the forgeries differ from is a real token");
    let signature = own.rsplit('.').next().unwrap();

    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let head = format!("{}.{}", encoded(&with(&header, "alg", json!(algorithm))), encoded(&claims));
        shut(&app, algorithm, &[format!("{head}."), head.clone(), format!("{head}.{signature}")]).await;
    }
    for algorithm in ["HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA"] {
        shut(&app, algorithm, &[signed(&with(&header, "alg", json!(algorithm)), &claims, SECRET, Algorithm::HS256)]).await;
    }
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let named = with(&header, "alg", json!(format!("{algorithm:?}")));
        shut(&app, "another algorithm with the right key", &[signed(&named, &claims, SECRET, algorithm)]).await;
    }
    for key in [&b""[..], b"secret", b"novashop", &[0; 32], signature.as_bytes()] {
        shut(&app, "another key", &[signed(&header, &claims, key, Algorithm::HS256)]).await;
    }
    // Where a verifier looks for its key by what the token says, the attacker brings the key along.
    let key = b"the attacker's own key, long enough";
    let jwk = json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(key)});
    for (name, value) in [("jwk", jwk), ("jku", json!("https://evil.example/keys")), ("kid", json!("../../dev/null")), ("kid", json!("' or 1=1 --"))]
    {
        shut(&app, name, &[signed(&with(&header, name, value), &claims, key, Algorithm::HS256)]).await;
    }
    shut(&app, "no key id", &[signed(&without(&header, "kid"), &claims, SECRET, Algorithm::HS256)]).await;
}

#[actix_web::test]
async fn a_token_that_says_something_else_opens_nothing_though_its_signature_is_right() {
    let app = TestApp::new().await;
    let own = app.admin().await.account().access_token.clone();
    let (header, claims) = (part(&own, 0), part(&own, 1));
    let signed = |claims: &Value| signed(&header, claims, SECRET, Algorithm::HS256);
    for (name, value) in [("iss", "somebody"), ("aud", "another-shop"), ("sub", "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5")] {
        shut(&app, name, &[signed(&with(&claims, name, json!(value)))]).await;
    }
    for name in ["sub", "sid", "sv", "jti", "iss", "aud", "iat", "exp"] {
        shut(&app, name, &[signed(&without(&claims, name))]).await;
        for value in [json!(null), json!({}), json!([]), json!(true), json!("x"), json!(1.5), json!([claims[name].clone(), 1])] {
            shut(&app, &format!("{name} = {value}"), &[signed(&with(&claims, name, value))]).await;
        }
    }
    let now = claims["iat"].as_i64().unwrap();
    shut(&app, "another session's version", &[signed(&with(&claims, "sv", json!(0))), signed(&with(&claims, "sv", json!(2)))]).await;
    for (name, value) in [("nbf", now + 3600), ("iat", now + 3600), ("nbf", i64::MAX), ("iat", i64::MAX)] {
        shut(&app, "not yet valid", &[signed(&with(&claims, name, json!(value)))]).await;
    }
    let old = with(&with(&claims, "exp", json!(now)), "iat", json!(now - 900));
    for exp in [old, with(&claims, "exp", json!(0))] {
        let answer = app.anonymous().get("/users/me").header("authorization", format!("Bearer {}", signed(&exp))).await;
        answer.assert_problem(401, "token_expired");
    }
}

#[actix_web::test]
async fn a_token_that_was_cut_stretched_or_changed_in_any_place_opens_nothing() {
    let app = TestApp::new().await;
    let own = app.admin().await.account().access_token.clone();
    let other = app.customer().await.account().access_token.clone();
    let [(head, signature), (other_head, other_signature)] = [&own, &other].map(|token| token.rsplit_once('.').unwrap());
    shut(&app, "two tokens mixed", &[format!("{head}.{other_signature}"), format!("{other_head}.{signature}")]).await;
    let longer: Vec<String> = [".", "=", "A", "\t.", " x", "%00", ",", ";"].iter().map(|end| format!("{own}{end}")).collect();
    shut(&app, "longer", &longer).await;
    shut(&app, "more parts", &[format!("{own}.{own}"), format!("{head}..{signature}"), "....".into(), ".".into()]).await;
    shut(&app, "10 kB", &["a".repeat(10_000), format!("{}.{}", "a".repeat(5000), "b".repeat(5000)), format!("{own}{}", "a".repeat(10_000))]).await;
    for place in 0..own.len() {
        let (before, at, after) = (&own[..place], own.as_bytes()[place], &own[place + 1..]);
        let changed = format!("{before}{}{after}", if at == b'A' { 'B' } else { 'A' });
        let cut = before.trim_end().to_owned();
        for token in [changed, cut] {
            let answer = app.anonymous().get("/users/me").header("authorization", format!("Bearer {token}")).await;
            assert_eq!(answer.status, 401, "changed or cut at {place}: {}", answer.text());
        }
    }
}

#[actix_web::test]
async fn a_secret_of_one_kind_is_nothing_at_the_doors_of_another() {
    let app = TestApp::new().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    let access = maya.account().access_token.clone();
    let refresh = maya.account().refresh_token.clone();
    nobody.post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    let reset = app.mail_token("password_reset").await.expect("a mail");
    let new_address = json!({"email": "maya@new.example.com", "current_password": PASSWORD});
    let other = app.other_customer().await;
    other.patch("/users/me", new_address).await.assert_status(200);
    let verify = app.mail_token("email_verification").await.expect("a mail");
    let guest = app.anonymous();
    let order = guest.place_order().await;
    let (order_token, cart_token) = (order.text_at("/access_token"), guest.cart_token().unwrap());

    let all = [("access", access), ("refresh", refresh), ("reset", reset), ("verify", verify), ("order", order_token), ("cart", cart_token)];
    for (kind, secret) in &all {
        let secret = secret.as_str();
        if *kind != "access" {
            shut(&app, kind, slice::from_ref(&secret.to_owned())).await;
        }
        if *kind != "refresh" {
            nobody.post("/auth/refresh", json!({"refresh_token": secret})).await.assert_problem(401, "invalid_refresh_token");
            let cookie = format!("novashop_refresh={secret}");
            nobody.post("/auth/refresh", json!({})).header("cookie", cookie).await.assert_problem(401, "invalid_refresh_token");
        }
        if *kind != "reset" {
            let body = json!({"token": secret, "password": "the attacker's password"});
            nobody.post("/auth/password/reset", body).await.assert_problem(422, "invalid_link");
        }
        if *kind != "verify" {
            nobody.post("/auth/email/verify", json!({"token": secret})).await.assert_problem(422, "invalid_link");
        }
        if *kind != "order" {
            let path = format!("/orders/{}", order.text_at("/id"));
            app.anonymous().get(&path).header("x-order-token", secret).await.assert_problem(404, "not_found");
        }
    }
    // Each is still good for what it is for.
    assert_eq!(nobody.post("/auth/email/verify", json!({"token": all[3].1})).await.status, 204);
    assert_eq!(nobody.post("/auth/refresh", json!({"refresh_token": all[1].1})).await.status, 200);
}

async fn signs_in(app: &TestApp, who: &Actor, password: &str) -> u16 {
    app.anonymous().post("/auth/login", json!({"login": who.account().username, "password": password})).await.status
}

#[actix_web::test]
async fn a_token_dies_with_what_it_stands_for() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let refused = async |who: &Actor| {
        who.get("/users/me").await.assert_problem(401, "invalid_token");
        who.get("/products").await.assert_problem(401, "invalid_token");
        let body = json!({"refresh_token": who.account().refresh_token});
        app.anonymous().post("/auth/refresh", body).await.assert_problem(401, "invalid_refresh_token");
    };

    let signed_out = app.customer().await;
    signed_out.post("/auth/logout", json!({})).await.assert_status(204);
    refused(&signed_out).await;

    let deleted = app.customer().await;
    deleted.delete("/users/me").await.assert_status(204);
    refused(&deleted).await;
    assert_eq!(signs_in(&app, &deleted, PASSWORD).await, 401);

    let closed = app.customer().await;
    admin.patch(format!("/users/{}", closed.id()), json!({"active": false})).await.assert_status(200);
    refused(&closed).await;
    assert_eq!(signs_in(&app, &closed, PASSWORD).await, 401);
    // Nor by the door for those who forgot their password.
    app.anonymous().post("/auth/password/forgot", json!({"email": closed.account().email})).await.assert_status(202);
    assert_eq!(app.mail_link("password_reset").await, None);

    let demoted = app.person(Role::Staff).await;
    demoted.get("/admin/orders").await.assert_status(200);
    admin.patch(format!("/users/{}", demoted.id()), json!({"role": "customer"})).await.assert_status(200);
    refused(&demoted).await;
    let body = json!({"login": demoted.account().username, "password": PASSWORD});
    let pair = app.anonymous().post("/auth/login", body).await.assert_status(200);
    let token = format!("Bearer {}", pair.text_at("/access_token"));
    app.anonymous().get("/admin/orders").header("authorization", token).await.assert_problem(403, "forbidden");

    // A thief's session ends when its owner changes the password elsewhere.
    let maya = app.customer().await;
    let stolen = app.anonymous().post("/auth/login", json!({"login": maya.account().username, "password": PASSWORD})).await.assert_status(200);
    maya.put("/users/me/password", json!({"current_password": PASSWORD, "new_password": "another horse battery"})).await.assert_status(204);
    let token = format!("Bearer {}", stolen.text_at("/access_token"));
    app.anonymous().get("/users/me").header("authorization", token).await.assert_problem(401, "invalid_token");
    let body = json!({"refresh_token": stolen.text_at("/refresh_token")});
    app.anonymous().post("/auth/refresh", body).await.assert_problem(401, "invalid_refresh_token");
    maya.get("/users/me").await.assert_status(200);
}

#[actix_web::test]
async fn a_link_to_an_address_that_was_changed_does_not_open_the_account_any_more() {
    let app = TestApp::new().await;
    let (maya, nobody) = (app.customer().await, app.anonymous());
    nobody.post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    let old = app.mail_token("password_reset").await.expect("a mail");
    maya.patch("/users/me", json!({"email": "maya@new.example.com", "current_password": PASSWORD})).await.assert_status(200);
    let body = json!({"token": old, "password": "the attacker's password"});
    nobody.post("/auth/password/reset", body).await.assert_problem(422, "invalid_link");
}

#[actix_web::test]
async fn a_token_counts_once_and_only_in_its_header() {
    let app = TestApp::new().await;
    let (maya, other, nobody) = (app.customer().await, app.other_customer().await, app.anonymous());
    let (own, others) = (maya.account().access_token.clone(), other.account().access_token.clone());
    for (first, second) in [(&own, &others), (&own, &own), (&own, &"x".to_owned())] {
        let request = nobody.get("/users/me").header("authorization", format!("Bearer {first}"));
        request.another_header("authorization", format!("Bearer {second}")).await.assert_problem(401, "invalid_token");
    }
    for scheme in ["Bearer", "bearer", "BEARER"] {
        nobody.get("/users/me").header("authorization", format!("{scheme} {own}")).await.assert_status(200);
    }
    for value in
        [own.clone(), "Bearer".into(), format!("Bearer:{own}"), format!("Token {own}"), format!("Basic {own}"), format!("Bearer {own}, Bearer {own}")]
    {
        nobody.get("/users/me").header("authorization", value).await.assert_problem(401, "invalid_token");
    }
    for name in ["access_token", "token", "authorization", "bearer_token"] {
        nobody.get(format!("/users/me?{name}={own}")).await.assert_problem(401, "unauthorized");
        nobody.get(format!("/orders?{name}={own}")).await.assert_problem(401, "unauthorized");
        nobody.get("/users/me").header("cookie", format!("{name}={own}")).await.assert_problem(401, "unauthorized");
        nobody.get("/users/me").header(&format!("x-{}", name.replace('_', "-")), own.clone()).await.assert_problem(401, "unauthorized");
    }
}

#[actix_web::test]
async fn a_stolen_access_token_does_not_move_the_account_to_another_address() {
    let app = TestApp::new().await;
    let maya = app.customer().await;
    maya.patch("/users/me", json!({"email": "thief@example.com"})).await.assert_field("/current_password");
    maya.patch("/users/me", json!({"email": "thief@example.com", "current_password": "not the password"})).await.assert_field("/current_password");
    // Everything else needs no password, the present address neither.
    let same = maya.account().email.to_uppercase();
    maya.patch("/users/me", json!({"email": same, "city": "Lisbon"})).await.assert_status(200);
    let thief = json!({"email": "thief@example.com"});
    maya.post("/auth/password/forgot", thief).await.assert_status(202);
    assert_eq!(app.mail_link("password_reset").await, None);
}

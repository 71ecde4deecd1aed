//! People who do something twice at once: sign in, register, review, vote; and staff who change one thing at once.

use novashop_services::imports;
use novashop_testing::{
    Actor, PASSWORD, TestApp, first_variant,
    races::{at_once, count, rounds, statuses},
};
use novashop_types::Currency;
use serde_json::{Value, json};

#[actix_web::test]
async fn sign_ins_at_once_merge_a_guests_cart_without_loss() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let (mug, pot) = (app.product("Mug").stock(999).create().await, app.product("Pot").stock(999).create().await);
    for _ in 0..rounds(5, 100) {
        let (maya, guest) = (app.customer().await, app.anonymous());
        maya.put_in_cart(first_variant(&mug), 2).await;
        guest.put_in_cart(first_variant(&mug), 3).await;
        guest.put_in_cart(first_variant(&pot), 1).await;
        let window = guest.over(&served);
        let login = json!({"login": maya.account().username, "password": PASSWORD});
        let answers = at_once((0..4).map(|_| window.post("/auth/login", login.clone()))).await;
        assert_eq!(count(&answers, 200), 4, "{:?}", statuses(&answers));
        let cart = maya.get("/cart").await.assert_status(200);
        let quantities: Vec<&Value> = cart.items().iter().map(|item| &item["quantity"]).collect();
        assert_eq!(quantities, [5, 1], "{}", cart.text());
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn of_two_people_who_sign_in_with_one_guests_cart_one_gets_it() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = first_variant(&app.product("Mug").stock(999).create().await);
    for _ in 0..rounds(5, 100) {
        let (maya, other, guest) = (app.customer().await, app.customer().await, app.anonymous());
        guest.put_in_cart(mug, 3).await;
        let window = guest.over(&served);
        let sign_in = |who: &Actor| window.post("/auth/login", json!({"login": who.account().username, "password": PASSWORD}));
        let answers = at_once([sign_in(&maya), sign_in(&other)]).await;
        assert_eq!(statuses(&answers), [200, 200]);
        let mut quantities = Vec::new();
        for who in [&maya, &other] {
            quantities.push(who.get("/cart").await.assert_status(200).json["item_count"].as_i64().unwrap());
        }
        quantities.sort_unstable();
        assert_eq!(quantities, [0, 3], "nothing is lost, nothing is doubled, nothing is shared out");
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn what_is_put_in_while_signing_in_is_in_one_of_the_carts() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = first_variant(&app.product("Mug").stock(999).create().await);
    for _ in 0..rounds(5, 100) {
        let (maya, guest) = (app.customer().await, app.anonymous());
        guest.put_in_cart(mug, 1).await;
        let window = guest.over(&served);
        let own = maya.over(&served);
        let more = json!({"variant_id": mug, "quantity": 1});
        let login = json!({"login": maya.account().username, "password": PASSWORD});
        let requests = [
            window.post("/cart/items", more.clone()),
            window.post("/auth/login", login),
            window.post("/cart/items", more.clone()),
            own.post("/cart/items", more),
        ];
        let answers = at_once(requests).await;
        assert_eq!(statuses(&answers), [201, 200, 201, 201]);
        let mut quantity = 0;
        for cart in [maya.get("/cart").await, guest.get("/cart").await] {
            quantity += cart.assert_status(200).json["item_count"].as_i64().unwrap();
        }
        assert_eq!(quantity, 4, "nothing is lost, nothing is doubled");
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn a_refresh_token_used_twice_at_once_gives_one_pair_at_most_and_ends_the_session() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let window = app.anonymous().over(&served);
    for at_a_time in [2, 2, 2, 8] {
        let maya = app.customer().await;
        let body = json!({"refresh_token": maya.account().refresh_token});
        let answers = at_once((0..at_a_time).map(|_| window.post("/auth/refresh", body.clone()))).await;
        assert!(count(&answers, 200) <= 1, "{:?}", statuses(&answers));
        assert_eq!(count(&answers, 200) + count(&answers, 401), at_a_time);
        // Somebody used it twice: nothing that came of it works.
        maya.get("/users/me").await.assert_problem(401, "invalid_token");
        for pair in answers.iter().filter(|answer| answer.status == 200) {
            let bearer = format!("Bearer {}", pair.text_at("/access_token"));
            window.get("/users/me").header("authorization", bearer).await.assert_problem(401, "invalid_token");
            let next = json!({"refresh_token": pair.text_at("/refresh_token")});
            window.post("/auth/refresh", next).await.assert_problem(401, "invalid_refresh_token");
        }
    }
    app.assert_sound().await;
}

#[actix_web::test]
async fn people_who_register_one_name_or_address_at_once_get_it_once() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let window = app.anonymous().over(&served);
    let same_name = |i: i32| json!({"username": "Maya", "email": format!("maya{i}@example.com"), "password": PASSWORD});
    let answers = at_once((0..6).map(|i| window.post("/auth/register", same_name(i)))).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (1, 5), "{:?}", statuses(&answers));
    let same_address = |i: i32| json!({"username": format!("Jona{i}"), "email": "Jona@example.com", "password": PASSWORD});
    let answers = at_once((0..6).map(|i| window.post("/auth/register", same_address(i)))).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (1, 5), "{:?}", statuses(&answers));
}

#[actix_web::test]
async fn a_review_that_is_sent_several_times_at_once_is_kept_once() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let path = format!("/products/{}/reviews", app.product("Mug").create().await.summary.id);
    let maya = app.customer().await.over(&served);
    let answers = at_once((0..6).map(|_| maya.post(&path, json!({"rating": 2})))).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (1, 5), "{:?}", statuses(&answers));
    assert!(answers.iter().filter(|answer| answer.status == 409).all(|answer| answer.json["code"] == "already_reviewed"));
    app.assert_sound().await;
}

#[actix_web::test]
async fn a_rating_counts_everybody_who_reviews_hides_and_deletes_at_once() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").create().await.summary.id;
    let path = format!("/products/{mug}/reviews");
    let (mut requests, staff) = (Vec::new(), app.staff().await.over(&served));
    for rating in 1..=4 {
        let author = app.customer().await;
        let id = author.post(&path, json!({"rating": rating})).await.assert_status(201).text_at("/id");
        let author = author.over(&served);
        requests.push(match rating {
            1 => author.delete(format!("/reviews/{id}")),
            2 => staff.patch(format!("/reviews/{id}"), json!({"hidden": true})),
            _ => author.patch(format!("/reviews/{id}"), json!({"rating": 5})),
        });
        requests.push(app.customer().await.over(&served).post(&path, json!({"rating": 5})));
    }
    let answers = at_once(requests).await;
    assert!(answers.iter().all(|answer| answer.status < 300), "{:?}", statuses(&answers));
    let rating = app.anonymous().get(format!("/products/{mug}")).await.assert_status(200).json["rating"].clone();
    assert_eq!(rating["count"], 6, "{rating}");
    assert_eq!(app.number("select rating_sum as value from products").await, 30);
    app.assert_sound().await;
    assert_eq!(app.deadlocks().await, 0);
}

#[actix_web::test]
async fn votes_and_wishes_count_once_a_person_however_often_they_are_sent() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").create().await.summary.id;
    let path = format!("/products/{mug}/reviews");
    let review = app.customer().await.post(&path, json!({"rating": 4})).await.assert_status(201).text_at("/id");
    let helpful = format!("/reviews/{review}/helpful");
    let (maya, jona) = (app.customer().await.over(&served), app.customer().await.over(&served));
    let answers = at_once((0..12).map(|n| if n % 2 == 0 { &maya } else { &jona }.put(&helpful, json!({})))).await;
    assert_eq!(count(&answers, 204), 12, "{:?}", statuses(&answers));
    assert_eq!(app.number("select helpful_count as value from reviews").await, 2);
    let answers = at_once((0..6).map(|_| maya.delete(&helpful))).await;
    assert_eq!(count(&answers, 204), 6, "{:?}", statuses(&answers));
    assert_eq!(app.number("select helpful_count as value from reviews").await, 1);
    let answers = at_once((0..6).map(|_| maya.put(format!("/wishlist/{mug}"), json!({})))).await;
    assert_eq!(count(&answers, 204), 6, "{:?}", statuses(&answers));
    assert_eq!(maya.get("/wishlist").await.assert_status(200).items().len(), 1);
    app.assert_sound().await;
}

#[actix_web::test]
async fn of_several_variants_that_are_deleted_at_once_one_is_left() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").variant("Size", "S").variant("Size", "M").variant("Size", "L").create().await;
    let staff = app.staff().await.over(&served);
    let path = |variant| format!("/products/{}/variants/{variant}", mug.summary.id);
    let answers = at_once(mug.variants.iter().map(|variant| staff.delete(path(variant.id)))).await;
    assert_eq!((count(&answers, 204), count(&answers, 409)), (2, 1), "{:?}", statuses(&answers));
    app.assert_sound().await;
}

#[actix_web::test]
async fn a_file_that_is_brought_in_twice_at_once_is_there_once() {
    let app = TestApp::new().await;
    let file = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price\n\
        mug,Mug,Size,S,MUG-S,4,9.90\nmug,,Size,M,MUG-M,5,10.90\npot,Pot,Title,Default Title,POT,6,49.00\n";
    let bring_in = || async {
        let parsed = imports::parse(file.as_bytes(), Currency::EUR).unwrap();
        let nowhere = imports::Folder(std::path::PathBuf::from("/nowhere"));
        imports::apply(app.ctx(), "products.csv", parsed, &nowhere, &|_, _, _| {}).await
    };
    for outcome in at_once((0..3).map(|_| Box::pin(bring_in()))).await {
        let outcome = outcome.unwrap();
        assert!(outcome.refused.is_empty(), "{:?}", outcome.refused);
    }
    assert_eq!(app.number("select count(*) as value from products").await, 2);
    assert_eq!(app.number("select sum(stock) as value from variants").await, 15);
    app.assert_sound().await;
}

#[actix_web::test]
async fn of_staff_who_change_one_version_at_once_one_wins_and_the_others_are_told() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").create().await;
    let staff = app.staff().await;
    let path = format!("/products/{}", mug.summary.id);
    let tag = staff.get(&path).await.assert_status(200).need_header("etag").to_owned();
    let staff = staff.over(&served);
    let change = |i: i32| staff.patch(&path, json!({"name": format!("Mug {i}")})).header("if-match", tag.clone());
    let answers = at_once((0..8).map(change)).await;
    assert_eq!((count(&answers, 200), count(&answers, 412)), (1, 7));
}

#[actix_web::test]
async fn an_account_that_is_closed_stays_closed_whatever_its_owner_changes_meanwhile() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    for _ in 0..5 {
        let (staff, admin) = (app.staff().await, app.admin().await);
        let path = format!("/users/{}", staff.id());
        let (staff, admin) = (staff.over(&served), admin.over(&served));
        let mut requests: Vec<_> = (0..6).map(|i| staff.patch("/users/me", json!({"city": format!("Town {i}")}))).collect();
        requests.insert(3, admin.patch(&path, json!({"role": "customer", "active": false})));
        let answers = at_once(requests).await;
        assert_eq!(answers[3].status, 200);
        let after = admin.get(&path).await.assert_status(200);
        assert_eq!((&after.json["role"], &after.json["active"]), (&json!("customer"), &json!(false)));
    }
}

#[actix_web::test]
async fn two_administrators_who_demote_each_other_leave_one() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mut last = app.admin().await;
    for _ in 0..rounds(10, 200) {
        let other = app.admin().await;
        let demote = |by: &Actor, whom: &Actor| by.over(&served).patch(format!("/users/{}", whom.id()), json!({"role": "customer"}));
        let answers = at_once([demote(&last, &other), demote(&other, &last)]).await;
        assert_eq!(count(&answers, 200), 1, "{:?}", statuses(&answers));
        assert_eq!(app.number("select count(*) as value from users where role = 'admin' and active").await, 1);
        if answers[1].status == 200 {
            last = other;
        }
    }
}

#[actix_web::test]
async fn a_sign_in_that_overlaps_a_new_password_does_not_outlive_it() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let maya = app.customer().await;
    let username = maya.account().username.clone();
    let window = app.anonymous().over(&served);
    let own = maya.over(&served);
    let login = json!({"login": username, "password": PASSWORD});
    let mut requests: Vec<_> = (0..10).map(|_| window.post("/auth/login", login.clone())).collect();
    requests.insert(4, own.put("/users/me/password", json!({"current_password": PASSWORD, "new_password": "another horse battery"})));
    let answers = at_once(requests).await;
    assert_eq!(answers[4].status, 204);
    assert_eq!(own.get("/users/me/sessions").await.assert_status(200).items().len(), 1, "only the session that changed the password is left");
}

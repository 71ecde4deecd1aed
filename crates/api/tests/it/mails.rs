//! What mails say, to whom and in which language, and what staff can do about them.

use novashop_db::{self as db};
use novashop_services::{Context, ShopSettings, mails, sales_report};
use novashop_testing::{Actor, Answer, MailServer, TestApp, first_variant, mail_server::Received, shopping};
use novashop_types::orders::OrderStatus;
use serde_json::{Value, json};

const SHOP: &str = "http://localhost:3000";

fn with_bank() -> ShopSettings {
    ShopSettings { payment_instructions: Some("IBAN PT50 0002 0123\nNovaShop, Lisbon".into()), ..ShopSettings::default() }
}

/// Writes and sends what the outbox asks for.
async fn deliver(app: &TestApp) {
    app.run_outbox().await;
    while mails::deliver_due(app.ctx(), 50).await.unwrap() > 0 {}
}

/// Orders two mugs and a pot, in a language.
async fn order(app: &TestApp, buyer: &Actor, language: &str) -> Answer {
    let mug = app.product("Stoneware mug").price(1999).stock(9).variant("Size", "M").create().await;
    let pot = app.product("Tea pot <small>").price(123_456).stock(9).create().await;
    buyer.put_in_cart(first_variant(&mug), 2).await;
    buyer.put_in_cart(first_variant(&pot), 1).await;
    buyer.post("/orders", shopping::order()).header("accept-language", language).await.assert_status(201)
}

/// HTML as a person reads it: no tags, no entities, one blank between words.
fn read(html: &str) -> String {
    let mut text = String::new();
    let body = html.split_once("<body").map(|(_, body)| body).unwrap();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        text.push(' ');
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(mail: &Received, facts: &[&str]) {
    let (text, html) = (mail.text().split_whitespace().collect::<Vec<_>>().join(" "), read(mail.html()));
    for fact in facts {
        let fact = fact.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&fact), "the text lacks {fact}: {text}");
        assert!(html.contains(&fact), "the HTML lacks {fact}: {html}");
    }
}

#[actix_web::test]
async fn an_order_is_confirmed_in_the_language_it_was_placed_in_with_all_that_has_to_be_known() {
    let server = MailServer::start();
    let app = TestApp::mailing(with_bank(), server.settings()).await;
    for (n, language, lang, facts) in [
        (
            1,
            "en-GB,es;q=0.5",
            "en",
            [
                "Thank you for your order",
                "€1,274.54",
                "€19.99",
                "€39.98",
                "€1,234.56",
                "Total",
                "We hold the goods for you until 1 June 2026, 00:30 UTC",
            ],
        ),
        (
            2,
            "es-MX,en;q=0.1",
            "es",
            [
                "Gracias por tu pedido",
                "1274,54 €",
                "19,99 €",
                "39,98 €",
                "1234,56 €",
                "Total",
                "Te lo reservamos hasta el 1 de junio de 2026, 00:30 UTC",
            ],
        ),
    ] {
        let guest = app.anonymous();
        let placed = order(&app, &guest, language).await;
        assert_eq!(placed.json["payment"]["instructions"], "IBAN PT50 0002 0123\nNovaShop, Lisbon");
        let number = placed.text_at("/number");
        deliver(&app).await;
        let mail = server.newest(n);
        assert_eq!((mail.to.as_slice(), mail.header("subject").contains(&number)), (&["guest@example.com".to_owned()][..], true));
        says(&mail, &facts);
        says(&mail, &["Stoneware mug", "M · 2 ×", "Tea pot <small>", "IBAN PT50 0002 0123 NovaShop, Lisbon", &number]);
        assert!(mail.html().contains(&format!("<html lang=\"{lang}\">")));
        assert!(!mail.html().contains("<table") && !mail.html().contains("<img"), "nothing is fetched from anywhere");
        // The link opens the order for whoever has no account.
        let link = mail.link(&format!("{SHOP}/orders/{number}?token="));
        assert!(mail.html().contains(&format!("href=\"{link}\"")));
        let token = link.split_once("token=").unwrap().1;
        let seen = app.anonymous().get(format!("/orders/{number}")).header("x-order-token", token).await.assert_status(200);
        assert_eq!(seen.json["id"], placed.json["id"]);
        // It stands neither in the row nor in the back office.
        assert_eq!(
            app.number(&format!(
                "select count(*) as value from mails where body like '%{token}%' or cast(content as text) like '%{token}%' or secret_link is not null"
            ))
            .await,
            0
        );
        let admin = app.admin().await;
        let kept = admin.get(format!("/admin/mails/{}", admin.get("/admin/mails").await.items()[0]["id"].as_str().unwrap())).await.assert_status(200);
        assert!(!kept.text().contains(token) && kept.text_at("/html").contains("[link]") && kept.json.get("link").is_none(), "{}", kept.text());
        assert_eq!((&kept.json["status"], &kept.json["attempts"]), (&json!("sent"), &json!(1)));
    }
}

#[actix_web::test]
async fn nothing_that_a_shopper_wrote_stands_in_a_mail_about_an_order() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let guest = app.anonymous();
    let mug = app.product("Mug").stock(3).create().await;
    guest.put_in_cart(first_variant(&mug), 1).await;
    let mut body = shopping::order();
    for field in ["name", "line1", "line2", "city", "postal_code", "region"] {
        body["shipping_address"][field] = json!("evil.example");
    }
    body["billing_address"] = body["shipping_address"].clone();
    let placed = guest.post("/orders", body).await.assert_status(201);
    let token = placed.text_at("/access_token");
    let cancel =
        guest.post(format!("/orders/{}/cancel", placed.text_at("/id")), json!({"reason": "See evil.example"})).header("x-order-token", token);
    cancel.await.assert_status(200);
    deliver(&app).await;
    for mail in server.received(2) {
        assert!(!mail.text().contains("evil.example") && !mail.html().contains("evil.example"), "{}", mail.text());
    }
}

#[actix_web::test]
async fn every_step_of_an_order_is_told_to_whoever_has_an_account_with_a_link_that_is_no_secret() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let placed = order(&app, &maya, "es").await;
    let (id, number) = (placed.text_at("/id"), placed.text_at("/number"));
    deliver(&app).await;
    let steps = [
        (json!({"to": "paid"}), "Tu pago ha llegado"),
        (json!({"to": "fulfilled", "tracking": "LX123456789PT"}), "LX123456789PT"),
        (json!({"to": "delivered"}), "Tu paquete ha llegado"),
    ];
    for (n, (step, fact)) in steps.into_iter().enumerate() {
        staff.post(format!("/admin/orders/{id}/transitions"), step).await.assert_status(200);
        deliver(&app).await;
        let mail = server.newest(n + 2);
        says(&mail, &[fact, &number, "Stoneware mug", "1274,54 €"]);
        assert_eq!(mail.link(&format!("{SHOP}/orders/")), format!("{SHOP}/orders/{number}"));
        assert!(!mail.text().contains("token"));
    }
    let export = maya.get("/users/me/export").await.assert_status(200);
    assert_eq!(export.json["mails"].as_array().unwrap().len(), 4, "they are the account's");
}

#[actix_web::test]
async fn an_order_that_is_called_off_says_by_whom_and_what_becomes_of_the_money() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let (maya, staff) = (app.customer().await, app.staff().await);
    let ids = [order(&app, &maya, "en").await.text_at("/id"), order(&app, &maya, "en").await.text_at("/id")];
    let by_time = order(&app, &maya, "en").await;
    app.move_order(&ids[1], &[OrderStatus::Paid]).await;
    maya.post(format!("/orders/{}/cancel", ids[0]), json!({"reason": "ordered twice"})).await.assert_status(200);
    let by_staff = json!({"to": "cancelled", "reason": "The kiln is broken"});
    staff.post(format!("/admin/orders/{}/transitions", ids[1]), by_staff).await.assert_status(200);
    app.clock().advance(31 * 60);
    app.run_schedule().await;
    deliver(&app).await;
    let received = server.received(7);
    let cancelled: Vec<&Received> = received.iter().filter(|mail| mail.header("subject").contains("called off")).collect();
    assert_eq!(cancelled.len(), 3);
    let about = |words: &str| cancelled.iter().find(|mail| mail.text().contains(words)).unwrap_or_else(|| panic!("no mail says {words}"));
    says(about("You have called off"), &["Nothing is to be paid."]);
    says(about("we had to call off"), &["The kiln is broken", "We give you back the €1,274.54 that you have paid."]);
    says(about("came in time"), &[&by_time.text_at("/number"), "You are welcome to order again.", "Nothing is to be paid."]);
}

#[actix_web::test]
async fn an_account_is_written_to_in_the_language_it_was_made_in_until_it_chooses_another() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let body = json!({"username": "lucia", "email": "lucia@example.com", "password": "una frase bastante larga"});
    let made = app.anonymous().post("/auth/register", body).header("accept-language", "es").await.assert_status(201);
    assert_eq!(made.json["language"], "es");
    deliver(&app).await;
    let mail = server.newest(1);
    says(&mail, &["Hola, lucia:", "Confirma tu correo electrónico"]);
    let token = mail.link(&format!("{SHOP}/email/verify?token=")).split_once("token=").unwrap().1.to_owned();
    assert_eq!(
        app.number("select count(*) as value from mails where secret_link is not null").await,
        0,
        "what was sent is forgotten, before anybody uses it"
    );
    app.anonymous().post("/auth/email/verify", json!({"token": token})).await.assert_status(204);

    let maya = app.customer().await;
    assert_eq!(maya.patch("/users/me", json!({"language": "es"})).await.assert_status(200).json["language"], "es");
    maya.patch("/users/me", json!({"language": "de"})).await.assert_problem(422, "invalid");
    let email = maya.account().email.clone();
    app.anonymous().post("/auth/password/forgot", json!({"email": email})).header("accept-language", "en").await.assert_status(202);
    deliver(&app).await;
    says(&server.newest(2), &["Elige una contraseña nueva", "Si no has sido tú"]);
    let moved = json!({"email": "other@example.com", "current_password": novashop_testing::PASSWORD});
    maya.patch("/users/me", moved).await.assert_status(200);
    deliver(&app).await;
    let received = server.received(4);
    let notice = received.iter().find(|mail| mail.to == [email.clone()] && mail.text().contains("ya no es este"));
    assert!(notice.is_some() && received.iter().any(|mail| mail.to == ["other@example.com"]));
}

#[actix_web::test]
async fn an_administrator_sends_a_mail_again_and_its_link_is_a_fresh_one() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let (admin, maya) = (app.admin().await, app.customer().await);
    app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    deliver(&app).await;
    let id = admin.get("/admin/mails").await.assert_status(200).items()[0]["id"].as_str().unwrap().to_owned();
    let again = format!("/admin/mails/{id}/resend");
    let queued = admin.post(&again, json!(null)).await.assert_status(202);
    assert_eq!((&queued.json["status"], &queued.json["attempts"]), (&json!("queued"), &json!(0)));
    assert!(!queued.text().contains("token="), "nobody reads the link on the way");
    admin.post(&again, json!(null)).await.assert_problem(409, "conflict");
    deliver(&app).await;
    let received = server.received(2);
    assert_ne!(received[0].header("message-id"), received[1].header("message-id"), "or it might be dropped as known");
    let token = |mail: &Received| mail.link(&format!("{SHOP}/password/reset?token=")).split_once("token=").unwrap().1.to_owned();
    let reset = async |token: String| app.anonymous().post("/auth/password/reset", json!({"token": token, "password": "a brand new password"})).await;
    reset(token(&received[0])).await.assert_problem(422, "invalid_link");
    reset(token(&received[1])).await.assert_status(204);
    assert_eq!(admin.get("/admin/audit").await.assert_status(200).items()[0]["action"], "mail.resent");

    // Whoever has another address by now is not written to at the old one.
    maya_moves(app.ctx(), maya.id().0).await;
    admin.post(&again, json!(null)).await.assert_problem(409, "conflict");
    assert_eq!(server.received(2).len(), 2);
    admin.post("/admin/mails/0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5/resend", json!(null)).await.assert_problem(404, "not_found");
}

async fn maya_moves(ctx: &Context, id: uuid::Uuid) {
    let mut user = db::users::find(ctx.db.reader(), id).await.unwrap().unwrap();
    user.email = "elsewhere@example.com".into();
    user.email_key.clone_from(&user.email);
    db::users::update(ctx.db.writer(), &user).await.unwrap();
}

#[actix_web::test]
async fn a_mail_about_an_order_is_sent_again_as_it_was() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    order(&app, &app.anonymous(), "en").await;
    deliver(&app).await;
    let admin = app.admin().await;
    let id = admin.get("/admin/mails").await.assert_status(200).items()[0]["id"].as_str().unwrap().to_owned();
    admin.post(format!("/admin/mails/{id}/resend"), json!(null)).await.assert_status(202);
    deliver(&app).await;
    let received = server.received(2);
    assert_eq!((received[0].text(), received[0].html()), (received[1].text(), received[1].html()));
}

#[actix_web::test]
async fn without_a_mail_server_mails_are_kept_and_none_is_sent_again() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let placed = order(&app, &app.anonymous(), "en").await;
    app.run_outbox().await;
    assert_eq!(mails::deliver_due(app.ctx(), 10).await.unwrap(), 0);
    let kept = admin.get("/admin/mails").await.assert_status(200).items()[0].clone();
    assert_eq!((&kept["status"], &kept["kind"]), (&json!("kept"), &json!("order_placed")));
    let id = kept["id"].as_str().unwrap();
    let mail = admin.get(format!("/admin/mails/{id}")).await.assert_status(200);
    assert!(mail.text_at("/link").ends_with(&placed.text_at("/access_token")), "it can be handed on");
    admin.post(format!("/admin/mails/{id}/resend"), json!(null)).await.assert_problem(409, "conflict");
}

#[actix_web::test]
async fn of_two_links_that_wait_only_the_newer_one_goes_out() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let maya = app.customer().await;
    for _ in 0..2 {
        app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
        app.run_outbox().await;
        app.clock().advance(61);
    }
    deliver(&app).await;
    let mail = server.newest(1);
    let token = mail.link(&format!("{SHOP}/password/reset?token=")).split_once("token=").unwrap().1;
    app.anonymous().post("/auth/password/reset", json!({"token": token, "password": "a brand new password"})).await.assert_status(204);
    assert_eq!(app.number("select count(*) as value from mails where status = 'failed'").await, 1);
}

#[actix_web::test]
async fn a_link_that_ran_out_while_the_mail_server_was_away_is_not_sent_and_staff_read_why() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let maya = app.customer().await;
    deliver(&app).await;
    let before = server.received(0).len();
    app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    app.run_outbox().await;
    app.clock().advance(3600);
    deliver(&app).await;
    assert_eq!(server.received(before).len(), before);
    let mail = app.admin().await.get("/admin/mails").await.assert_status(200).items()[0].clone();
    assert_eq!((&mail["kind"], &mail["status"]), (&json!("password_reset"), &json!("failed")));
    assert!(mail["last_error"].as_str().unwrap().contains("ran out"), "{mail}");
    // Sent again it brings a fresh one.
    app.admin().await.post(format!("/admin/mails/{}/resend", mail["id"].as_str().unwrap()), json!(null)).await.assert_status(202);
    app.clock().advance(3599);
    deliver(&app).await;
    let mail = server.newest(before + 1);
    let token = mail.link(&format!("{SHOP}/password/reset?token=")).split_once("token=").unwrap().1;
    app.anonymous().post("/auth/password/reset", json!({"token": token, "password": "a brand new password"})).await.assert_status(204);
}

#[actix_web::test]
async fn whoever_runs_the_shop_hears_of_what_runs_out_and_how_the_day_went() {
    let server = MailServer::start();
    let app = TestApp::mailing(ShopSettings::default(), server.settings()).await;
    let (staff, admin) = (app.staff().await, app.admin().await);
    admin.patch("/users/me", json!({"language": "es"})).await.assert_status(200);
    let maya = app.customer().await;
    let id = order(&app, &maya, "en").await.text_at("/id");
    app.move_order(&id, &[OrderStatus::Paid]).await;
    app.run_outbox().await;
    let mug = app.product("Stoneware mug").stock(2).variant("Size", "M").create().await;
    let low = mails::LowStock { variant_id: first_variant(&mug), product_id: mug.summary.id, stock: 2 };
    ask(app.ctx(), "mail.low_stock", json!(low)).await;
    // The report of the day that ends now, as its job writes it.
    sales_report::write(app.ctx(), app.ctx().new_id(), app.ctx().now().plus_seconds(24 * 3600)).await.unwrap();
    // One that nobody knows is put off, and found.
    ask(app.ctx(), "mail.love_letter", json!({})).await;
    deliver(&app).await;
    assert_eq!(app.number("select count(*) as value from outbox where delivered_at is null and last_error like '%love_letter%'").await, 1);
    let received = server.received(6);
    let to = |account: &str, words: &str| received.iter().find(|mail| mail.to == [account] && mail.header("subject").contains(words)).cloned();
    let (staff, admin) = (staff.account().email.clone(), admin.account().email.clone());
    says(&to(&staff, "Few left").unwrap(), &["Stoneware mug", "SKU", "Left", "2"]);
    says(&to(&admin, "Quedan pocos").unwrap(), &["Stoneware mug", "Quedan"]);
    says(&to(&staff, "Sales of 1 June 2026").unwrap(), &["€1,274.54", "Pieces sold", "3", "Tea pot <small>"]);
    says(&to(&admin, "Ventas del 1 de junio de 2026").unwrap(), &["1274,54 €", "Unidades vendidas"]);
    assert!(!received.iter().any(|mail| mail.to == [maya.account().email.clone()] && mail.header("subject").contains("Few left")));
}

async fn ask(ctx: &Context, kind: &str, payload: Value) {
    db::outbox::insert(ctx.db.writer(), ctx.new_id(), kind, payload, ctx.now().0).await.unwrap();
}

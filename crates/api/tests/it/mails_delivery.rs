//! Mails reach a real mail server (aiosmtpd): each once, whatever is away meanwhile, and none of them more than what it should say.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use futures_util::future::join_all;
use novashop_db::{self as db, sql::Sql};
use novashop_services::{Context, ShopSettings, mails, mails::Security};
use novashop_testing::{
    MailServer, Stumbling, TestApp,
    mail_server::{LOGIN, Received},
};
use serde_json::json;

async fn shop(server: &MailServer) -> TestApp {
    TestApp::mailing(ShopSettings::default(), server.settings()).await
}

/// Puts mails to these addresses into the queue.
async fn write(app: &TestApp, recipients: impl IntoIterator<Item = String>) {
    let ctx = app.ctx();
    for recipient in recipients {
        let mail = db::mails::Mail {
            id: ctx.new_id(),
            user_id: None,
            order_id: None,
            kind: "test".into(),
            recipient,
            subject: "A test".into(),
            body: "Nothing more.\n".into(),
            content: None,
            secret_link: None,
            status: "queued".into(),
            attempts: 0,
            last_error: None,
            resent: 0,
            created_at: ctx.now().0,
            next_at: Some(ctx.now().0),
            sent_at: None,
        };
        db::mails::insert(ctx.db.writer(), mail).await.unwrap();
    }
}

fn numbered(numbers: std::ops::Range<u32>) -> impl Iterator<Item = String> {
    numbers.map(|n| format!("maya{n}@example.com"))
}

/// Sends all that is due, as the worker does.
async fn deliver(app: &TestApp) {
    while mails::deliver_due(app.ctx(), 7).await.unwrap() > 0 {}
}

async fn count(app: &TestApp, status: &str) -> i64 {
    app.number(&format!("select count(*) as value from mails where status = '{status}'")).await
}

/// How often each recipient was written to.
fn times(received: &[Received]) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for mail in received {
        *times.entry(mail.to.join(" ")).or_default() += 1;
    }
    times
}

#[actix_web::test]
async fn a_mail_goes_out_in_the_open_by_starttls_and_by_tls_with_a_login_and_without() {
    for (security, login) in
        [(Security::None, false), (Security::None, true), (Security::StartTls, false), (Security::StartTls, true), (Security::Tls, true)]
    {
        let server = MailServer::with(0, security, login);
        let app = shop(&server).await;
        write(&app, numbered(0..2)).await;
        deliver(&app).await;
        let received = server.received(2);
        assert_eq!(times(&received), BTreeMap::from([("maya0@example.com".into(), 1), ("maya1@example.com".into(), 1)]));
        for mail in &received {
            assert_eq!((mail.encrypted, mail.authenticated), (security != Security::None, login), "{security:?}");
            assert_eq!((mail.from.as_str(), mail.text().trim_end()), (LOGIN.0, "Nothing more."));
            assert_eq!(mail.header("from"), format!("NovaShop <{}>", LOGIN.0));
            assert_eq!(mail.header("auto-submitted"), "auto-generated");
            assert!(mail.header("message-id").ends_with("@novashop.example>"), "{}", mail.header("message-id"));
            assert!(mail.header("date").starts_with("Mon, 01 Jun 2026 00:00:00"), "{}", mail.header("date"));
        }
        assert_eq!(count(&app, "sent").await, 2);
    }
}

#[actix_web::test]
async fn a_server_that_is_not_who_it_says_or_refuses_our_login_gets_no_mail_and_none_is_lost() {
    let server = MailServer::with(0, Security::StartTls, true);
    let unknown = mails::MailServer { authorities: None, ..server.settings() };
    let other_name = mails::MailServer { host: "127.0.0.1".into(), ..server.settings() };
    let wrong = mails::MailServer { login: Some((LOGIN.0.into(), "not the mail password".into())), ..server.settings() };
    let in_the_open = MailServer::start();
    let downgraded = mails::MailServer { port: in_the_open.port(), login: None, ..server.settings() };
    for settings in [unknown, other_name, wrong, downgraded] {
        let app = TestApp::mailing(ShopSettings::default(), settings).await;
        write(&app, numbered(0..3)).await;
        let error = mails::deliver_due(app.ctx(), 10).await.unwrap_err().to_string();
        assert!(error.contains("the mail server") && !error.contains("password"), "{error}");
        assert_eq!((count(&app, "queued").await, app.number("select max(attempts) as value from mails").await), (3, 0));
        assert_eq!(app.number("select count(*) as value from mails where last_error like '%the mail server%'").await, 3, "staff can read why");
    }
    assert!(server.received(0).is_empty() && in_the_open.received(0).is_empty());
}

#[actix_web::test]
async fn a_mail_server_that_is_down_for_days_gets_every_mail_once_when_it_is_back() {
    let port = novashop_testing::ports::free_port();
    let app = TestApp::mailing(ShopSettings::default(), MailServer::settings_of(port, Security::None, false)).await;
    for day in 0..5 {
        write(&app, numbered(day * 5..day * 5 + 5)).await;
        assert!(mails::deliver_due(app.ctx(), 10).await.is_err());
        app.clock().advance(24 * 3600);
    }
    let server = MailServer::with(port, Security::None, false);
    deliver(&app).await;
    // And again for a while: a connection that was kept is broken now.
    drop(server);
    write(&app, numbered(25..30)).await;
    assert!(mails::deliver_due(app.ctx(), 10).await.is_err());
    assert_eq!((count(&app, "sent").await, count(&app, "queued").await), (25, 5));
    let again = MailServer::with(port, Security::None, false);
    deliver(&app).await;
    assert_eq!(times(&again.received(5)), numbered(25..30).map(|to| (to, 1)).collect());
    assert_eq!((count(&app, "sent").await, app.number("select max(attempts) as value from mails").await), (30, 1));
}

#[actix_web::test]
async fn workers_at_once_send_each_mail_once() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, numbered(0..60)).await;
    join_all((0..4).map(|_| deliver(&app))).await;
    assert_eq!(times(&server.received(60)), numbered(0..60).map(|to| (to, 1)).collect());
    assert_eq!(count(&app, "sent").await, 60);
    let ids: BTreeSet<_> = server.received(60).iter().map(|mail| mail.header("message-id").to_owned()).collect();
    assert_eq!(ids.len(), 60);
}

#[actix_web::test]
async fn a_mail_in_the_hands_of_a_worker_that_died_is_sent_by_another_one_later() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, numbered(0..1)).await;
    let now = app.ctx().now();
    let claimed = db::mails::claim(app.ctx().db.writer(), now.0, now.plus_seconds(180).0).await.unwrap().expect("it is due");
    deliver(&app).await;
    assert_eq!((server.received(0).len(), count(&app, "sending").await), (0, 1), "it is in somebody's hands");
    app.clock().advance(181);
    deliver(&app).await;
    assert_eq!((server.received(1).len(), count(&app, "sent").await), (1, 1));
    // The dead one comes back and has nothing to say any more.
    assert!(!db::mails::mark_failed(app.ctx().db.writer(), &claimed, "too late").await.unwrap());
    assert_eq!(count(&app, "sent").await, 1);
}

#[actix_web::test]
async fn a_mail_whose_fate_is_unknown_is_sent_again_under_the_same_id() {
    let server = MailServer::start();
    let app = shop(&server).await;
    // The server takes it, and the connection breaks before it can say so.
    write(&app, ["vanish@example.com".to_owned()]).await;
    assert!(mails::deliver_due(app.ctx(), 7).await.is_err(), "a server that breaks off is left alone for a while");
    assert_eq!(count(&app, "queued").await, 1);
    app.clock().advance(31);
    // The server does the same again.
    assert!(mails::deliver_due(app.ctx(), 7).await.is_err());
    let received = server.received(2);
    assert_eq!(received[0].header("message-id"), received[1].header("message-id"), "many servers drop the second one");
}

#[actix_web::test]
async fn an_address_that_is_refused_fails_and_holds_up_no_other() {
    let server = MailServer::start();
    let app = shop(&server).await;
    let bad = ["refused@example.com", "no address", "two@example.com, three@example.com", "", "a..b@example.com", "maya@[127.0.0.1]\r\nDATA"];
    write(&app, bad.map(str::to_owned)).await;
    write(&app, numbered(0..3)).await;
    deliver(&app).await;
    assert_eq!(times(&server.received(3)), numbered(0..3).map(|to| (to, 1)).collect());
    assert_eq!((count(&app, "failed").await, count(&app, "sent").await), (6, 3));
    assert_eq!(app.number("select count(*) as value from mails where status = 'failed' and last_error like '%no such mailbox%'").await, 1);
    app.clock().advance(7 * 24 * 3600);
    deliver(&app).await;
    assert_eq!(server.received(0).len(), 3, "what failed is not tried again by itself");
}

#[actix_web::test]
async fn a_mail_that_is_put_off_again_and_again_is_given_up_after_most_of_a_day() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, ["later@example.com".to_owned()]).await;
    let mut hours = 0;
    while count(&app, "failed").await == 0 {
        write(&app, numbered(hours..hours + 1)).await;
        deliver(&app).await;
        app.clock().advance(3600);
        hours += 1;
        assert!(hours < 48, "it is never given up");
    }
    assert!((17..=26).contains(&hours), "given up after {hours} hours");
    let attempts = app.number("select attempts as value from mails where status = 'failed'").await;
    assert_eq!(
        (attempts, server.received(usize::try_from(hours).unwrap()).len()),
        (16, usize::try_from(hours).unwrap()),
        "the others went out meanwhile"
    );
    let asked = app.admin().await.get("/admin/mails?limit=100").await.assert_status(200);
    let failed = asked.items().iter().find(|mail| mail["status"] == "failed").cloned().unwrap();
    assert!(failed["last_error"].as_str().unwrap().contains("try again later"), "{failed}");
    assert_eq!((&failed["attempts"], &failed["next_at"]), (&json!(16), &json!(null)));
}

#[actix_web::test]
async fn nothing_that_is_put_into_a_mail_makes_a_header_or_another_recipient() {
    let server = MailServer::start();
    let app = shop(&server).await;
    let evil = "Hello\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>\n.\r\nMAIL FROM:<x@example.com>";
    write(&app, ["maya@example.com".to_owned(), "maya@example.com\r\nRCPT TO:<other@example.com>".to_owned()]).await;
    let mut spoil = Sql::new("update mails set subject = ", []);
    spoil.bind(evil).push(", body = ").bind(format!("{evil}\r\n.\r\nQUIT\r\n"));
    spoil.execute(app.ctx().db.writer()).await.unwrap();
    // A product that is called so, and is in an order.
    let mug = app.product(evil.split('\r').next().unwrap()).price(1200).stock(2).create().await;
    Sql::new("update products set name = $1 where id = $2", [evil.into(), mug.summary.id.0.into()]).execute(app.ctx().db.writer()).await.unwrap();
    let guest = app.anonymous();
    guest.put_in_cart(novashop_testing::first_variant(&mug), 1).await;
    guest.post("/orders", novashop_testing::shopping::order()).await.assert_status(201);
    app.run_outbox().await;
    deliver(&app).await;
    let received = server.received(2);
    assert_eq!(times(&received), BTreeMap::from([("maya@example.com".into(), 1), ("guest@example.com".into(), 1)]));
    let known = ["message-id", "date", "from", "to", "subject", "auto-submitted", "mime-version", "content-type", "content-transfer-encoding"];
    for mail in &received {
        assert!(mail.headers.iter().all(|(name, _)| known.contains(&name.as_str())), "{:?}", mail.headers);
    }
    assert!(received.iter().any(|mail| mail.header("subject").starts_with("Hello Bcc: everybody@example.com")), "it is words now");
    let order = received.iter().find(|mail| mail.to == ["guest@example.com"]).unwrap();
    assert!(!order.html().contains("<script>") && order.html().contains("&lt;script&gt;"));
    assert_eq!(count(&app, "failed").await, 1);
}

#[actix_web::test]
async fn a_verdict_about_the_sender_fails_no_mail_at_once() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, ["blocked@example.com".to_owned(), "refused@example.com".to_owned(), "maya0@example.com".to_owned()]).await;
    deliver(&app).await;
    assert_eq!((count(&app, "queued").await, count(&app, "failed").await, count(&app, "sent").await), (1, 1, 1));
    assert_eq!(app.number("select count(*) as value from mails where status = 'queued' and last_error like '%on a list of ours%'").await, 1);
}

#[actix_web::test]
async fn the_link_of_a_mail_that_failed_for_good_is_forgotten() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, ["later@example.com".to_owned(), "refused@example.com".to_owned()]).await;
    Sql::new("update mails set secret_link = 'https://shop.example.com/?token=secret'", []).execute(app.ctx().db.writer()).await.unwrap();
    deliver(&app).await;
    let linked =
        async |status: &str| app.number(&format!("select count(*) as value from mails where status = '{status}' and secret_link is not null")).await;
    assert_eq!((count(&app, "failed").await, linked("failed").await, linked("queued").await), (1, 0, 1), "who waits still needs it");
}

#[actix_web::test]
async fn a_panic_does_not_end_the_sending_of_mails() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, numbered(0..1)).await;
    let clock = Arc::new(Stumbling::new(app.clock()));
    let sending = actix_web::rt::spawn(novashop_jobs::mails::run(Context { clock: clock.clone(), ..app.ctx().get_ref().clone() }));
    let received = actix_web::rt::task::spawn_blocking(move || server.received(1).len()).await.expect("the mail comes");
    assert_eq!((received, clock.fell()), (1, true));
    sending.abort();
}

#[actix_web::test]
async fn a_mail_over_which_the_worker_panics_waits_no_longer_than_one_that_is_put_off() {
    let server = MailServer::start();
    let app = shop(&server).await;
    write(&app, numbered(0..2)).await;
    // Asked whether something is due, whose it is from now on, and when the mail was written: there it falls.
    let clumsy = Context { clock: Arc::new(Stumbling::at(app.clock(), 3)), ..app.ctx().get_ref().clone() };
    assert_eq!(mails::deliver_due(&clumsy, 7).await.unwrap(), 2);
    assert_eq!((server.received(1).len(), count(&app, "sent").await), (1, 1), "the other one went out");
    assert_eq!(app.number("select count(*) as value from mails where status = 'queued' and last_error like '%panicked%'").await, 1);
    app.clock().advance(31);
    deliver(&app).await;
    assert_eq!(times(&server.received(2)), numbered(0..2).map(|to| (to, 1)).collect());
}

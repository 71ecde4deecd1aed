//! The process that sends mails is killed while it talks to the mail server: every mail arrives.

use std::time::{Duration, Instant};

use novashop_testing::{MailServer, mail_server::Received};
use serde_json::json;

use crate::shop::{PASSWORD, Shop, until};

/// The mail server keeps whoever writes there waiting in the middle of the mail, once.
const HELD: &str = "held@example.com";
/// Here it takes the mail and keeps to itself, once, that it has.
const UNSURE: &str = "unsure@example.com";
/// Here it takes its time to say that it has the mail.
const SLOW: &str = "slow@example.com";
/// Here nothing happens.
const PLAIN: &str = "nora@example.com";

async fn register(shop: &Shop, name: &str, email: &str) {
    shop.post("/auth/register", &[], &json!({"username": name, "email": email, "password": PASSWORD}), 201).await;
}

/// Kills the worker, lets the three minutes pass for which the mail was its own, and starts another one.
async fn another_worker(shop: &Shop) {
    shop.kill_worker();
    shop.execute("update mails set next_at = 0 where status = 'sending'").await;
    shop.open().await;
}

fn to<'a>(received: &'a [Received], address: &str) -> Vec<&'a Received> {
    received.iter().filter(|mail| mail.to == [address]).collect()
}

async fn shop_with(server: &MailServer) -> Shop {
    let settings = [("SMTP_HOST", "localhost".to_owned()), ("SMTP_PORT", server.port().to_string()), ("SMTP_TLS", "none".to_owned())];
    Shop::new().await.with(settings.into_iter().chain([("MAIL_FROM", "shop@example.com".to_owned())]))
}

#[actix_web::test]
async fn a_worker_that_is_asked_to_end_first_writes_down_that_its_mail_was_taken() {
    let server = MailServer::start();
    let shop = shop_with(&server).await;
    shop.open().await;
    register(&shop, "maya", SLOW).await;
    assert_eq!(to(&server.received(1), SLOW).len(), 1, "the server has it and has not said so");
    assert_eq!(shop.number("select count(*) as value from mails where status = 'sending'").await, 1, "the worker does not know yet");
    let asked = Instant::now();
    assert_eq!(shop.end_worker().code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(10), "a supervisor would have killed it: {:?}", asked.elapsed());
    assert_eq!(shop.number("select count(*) as value from mails where status = 'sent'").await, 1, "nobody sends it again");
    assert_eq!(server.received(1).len(), 1);
}

#[actix_web::test]
async fn a_worker_that_is_killed_while_it_talks_to_the_mail_server_loses_no_mail() {
    let server = MailServer::start();
    let shop = shop_with(&server).await;
    shop.open().await;

    register(&shop, "maya", HELD).await;
    until("the mail that is held", async || server.keeps_waiting(HELD)).await;
    register(&shop, "nora", PLAIN).await;
    // A worker that is killed before it wrote this one keeps the wish for it half a minute: that is not what this test is about.
    until("the mail that waits", async || shop.number("select count(*) as value from mails").await == 2).await;
    assert!(server.received(0).is_empty(), "one mail after the other, and the first is still being sent");
    another_worker(&shop).await;
    let received = server.received(2);
    assert_eq!((to(&received, HELD).len(), to(&received, PLAIN).len(), received.len()), (1, 1, 2));

    register(&shop, "lena", UNSURE).await;
    until("the mail that was taken", async || server.keeps_waiting(UNSURE)).await;
    assert_eq!(shop.number("select count(*) as value from mails where status = 'sending'").await, 1, "the worker does not know yet");
    another_worker(&shop).await;
    let received = server.received(4);
    let twice = to(&received, UNSURE);
    assert_eq!((twice.len(), received.len()), (2, 4), "nobody can know whether it arrived, so it is sent again");
    assert_eq!(twice[0].header("message-id"), twice[1].header("message-id"), "by which the second one is known for the first");
    assert_eq!((twice[0].text(), twice[0].html()), (twice[1].text(), twice[1].html()), "with the same link");
    until("the note of the last one", async || shop.number("select count(*) as value from mails where status = 'sent'").await == 3).await;
}

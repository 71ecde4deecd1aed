//! The outbox and its relay: everything is handed on at least once, in order, in few statements.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::FutureExt as _;
use novashop_db::{self as db, sql::Sql, statements::counted};
use novashop_jobs::relay;
use novashop_links::{Away, Carrier, Heard, Subscription};
use novashop_services::{Context, Error, IdSource, outbox};
use novashop_testing::{Stumbling, TestApp};
use novashop_types::{Timestamp, UserId};
use serde_json::{Value, json};
use tokio::sync::Notify;
use uuid::Uuid;

pub async fn write_events(app: &TestApp, numbers: std::ops::Range<u64>) {
    let ctx = app.ctx();
    ctx.db
        .write(async |tx| {
            let events = numbers.clone().map(|n| ("test.event", json!({"n": n}))).collect();
            outbox::events(ctx, tx, events).await
        })
        .await
        .unwrap();
}

/// The numbers of the events that came, in the order in which they came.
pub fn numbers(events: &mut Subscription) -> Vec<u64> {
    std::iter::from_fn(|| events.try_next()).filter_map(number).collect()
}

fn number(heard: Heard) -> Option<u64> {
    let Heard::Event { event, .. } = heard else { panic!("nothing was missed") };
    event["data"]["n"].as_u64()
}

pub async fn waiting(app: &TestApp) -> i64 {
    app.number("select count(*) as value from outbox where delivered_at is null").await
}

#[actix_web::test]
async fn a_round_hands_on_hundreds_of_events_in_order_with_three_statements() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    for begin in [0, 100, 200, 300] {
        write_events(&app, begin..begin + 100).await;
        app.clock().advance(1);
    }
    let (handed_on, used) = counted(relay::hand_on_events(app.ctx())).await;
    assert_eq!((handed_on.unwrap(), used.count), (400, 3));
    assert_eq!(numbers(&mut events), (0..400).collect::<Vec<_>>());
    let (handed_on, used) = counted(relay::hand_on_events(app.ctx())).await;
    assert_eq!((handed_on.unwrap(), used.count, waiting(&app).await), (0, 1, 0));
    assert_eq!(
        app.number("select count(*) as value from outbox where cast(payload as text) like '%test.event%'").await,
        0,
        "what was told is forgotten"
    );
}

#[actix_web::test]
async fn two_relays_at_once_hand_on_every_event_and_none_in_vain() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    write_events(&app, 0..900).await;
    let relay = async || {
        let mut handed_on = 0;
        loop {
            match relay::hand_on_events(app.ctx()).await.unwrap() {
                0 => break handed_on,
                some => handed_on += some,
            }
        }
    };
    let (one, other) = tokio::join!(relay(), relay());
    assert_eq!((one + other, waiting(&app).await), (900, 0));
    let mut times: BTreeMap<u64, u32> = BTreeMap::new();
    for n in numbers(&mut events) {
        *times.entry(n).or_default() += 1;
    }
    assert_eq!(times.len(), 900);
    assert!(times.values().all(|times| *times == 1), "nobody crashed, so nothing comes twice");
}

/// Says when it has events in its hands, and never lets go of them.
#[derive(Debug, Default)]
struct Stuck(Notify);

#[async_trait::async_trait]
impl Carrier for Stuck {
    async fn carry(&self, _: &[Value]) -> Result<(), Away> {
        self.0.notify_one();
        std::future::pending().await
    }

    fn is_up(&self) -> bool {
        true
    }
}

#[actix_web::test]
async fn what_a_killed_relay_had_in_its_hands_comes_back_after_ten_seconds() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    write_events(&app, 0..3).await;
    let carrier = Arc::new(Stuck::default());
    let killed = Context { carrier: carrier.clone(), ..app.ctx().get_ref().clone() };
    tokio::select! { _ = relay::hand_on_events(&killed) => panic!("it never ends"), () = carrier.0.notified() => {} }
    app.clock().advance(9);
    app.run_outbox().await;
    assert_eq!((numbers(&mut events).len(), waiting(&app).await), (0, 3), "they are in somebody's hands");
    app.clock().advance(1);
    app.run_outbox().await;
    assert_eq!((numbers(&mut events), waiting(&app).await), (vec![0, 1, 2], 0));
}

#[actix_web::test]
async fn a_process_of_the_api_hands_on_what_no_worker_took_in_time() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    let written = app.ctx().now();
    write_events(&app, 0..3).await;
    app.clock().set(Timestamp(written.0 + 399));
    let stood_in = relay::hand_on_overdue_events(app.ctx()).await.unwrap();
    assert_eq!((stood_in, waiting(&app).await), (0, 3), "the worker has its time");
    app.clock().set(Timestamp(written.0 + 400));
    let stood_in = relay::hand_on_overdue_events(app.ctx()).await.unwrap();
    assert_eq!((stood_in, numbers(&mut events), waiting(&app).await), (3, vec![0, 1, 2], 0));
}

#[actix_web::test]
async fn a_mail_that_fails_holds_up_no_other_and_is_tried_again() {
    let app = TestApp::new().await;
    let (maya, other) = (app.customer().await.id(), app.other_customer().await.id());
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    let only_one = "create unique index one_mail_a_person on mails (recipient)";
    Sql::new(only_one, []).execute(app.ctx().db.writer()).await.unwrap();
    let ask = async |id: UserId| {
        let ctx = app.ctx();
        let payload = json!({"user_id": id});
        db::outbox::insert(ctx.db.writer(), ctx.new_id(), "mail.email_verification", payload, ctx.now().0).await.unwrap();
        app.clock().advance(1);
    };
    for id in [maya, maya, other] {
        ask(id).await;
    }
    write_events(&app, 0..1).await;
    relay::run_once(app.ctx()).await.unwrap();
    assert_eq!(app.number("select count(*) as value from mails").await, 2, "the one behind the one that failed is written too");
    assert_eq!((numbers(&mut events), waiting(&app).await), (vec![0], 1));
    assert_eq!(app.number("select count(*) as value from outbox where last_error is not null and attempts = 1").await, 1);
    Sql::new("drop index one_mail_a_person", []).execute(app.ctx().db.writer()).await.unwrap();
    relay::run_once(app.ctx()).await.unwrap();
    app.clock().advance(1);
    relay::run_once(app.ctx()).await.unwrap();
    assert_eq!(waiting(&app).await, 1, "not before two seconds");
    app.clock().advance(1);
    relay::run_once(app.ctx()).await.unwrap();
    assert_eq!((app.number("select count(*) as value from mails").await, waiting(&app).await), (3, 0));
}

#[actix_web::test]
async fn what_is_committed_is_handed_on_without_being_asked_for() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    let relay = actix_web::rt::spawn(relay::run(app.ctx().get_ref().clone()));
    for n in 0..3 {
        write_events(&app, n..n + 1).await;
        let heard = actix_web::rt::time::timeout(Duration::from_secs(10), events.next()).await;
        assert_eq!(number(heard.expect("it is handed on").unwrap()), Some(n));
    }
    relay.abort();
}

#[actix_web::test]
async fn nothing_is_told_of_what_was_rolled_back() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    let ctx = app.ctx();
    let refused = ctx
        .db
        .write(async |tx| {
            outbox::event(ctx, tx, "test.event", json!({"n": 1})).await?;
            Err::<(), _>(Error::not_found("product"))
        })
        .await;
    assert!(refused.is_err());
    app.run_outbox().await;
    assert_eq!(numbers(&mut events), Vec::<u64>::new());
}

#[actix_web::test]
async fn a_commit_wakes_who_waits_for_one_and_a_rollback_does_not() {
    let app = TestApp::new().await;
    let db = &app.ctx().db;
    let _earlier = db.committed().now_or_never();
    let refused = db.write(async |_| Err::<(), _>(Error::not_found("product"))).await;
    assert!(refused.is_err() && db.committed().now_or_never().is_none());
    write_events(&app, 0..1).await;
    assert!(db.committed().now_or_never().is_some());
    assert!(db.committed().now_or_never().is_none(), "one commit, one call");
}

/// Panics where it is to make a secret.
#[derive(Debug)]
struct NoSecrets(Arc<dyn IdSource>);

impl IdSource for NoSecrets {
    fn id(&self, now: Timestamp) -> Uuid {
        self.0.id(now)
    }

    fn secret(&self, _: &mut [u8]) {
        panic!("this test wants it so");
    }
}

#[actix_web::test]
async fn a_mail_over_which_the_relay_panics_holds_up_no_other_and_is_tried_again() {
    let app = TestApp::new().await;
    let (ctx, maya) = (app.ctx(), app.customer().await);
    app.run_outbox().await;
    let rows = [
        ("mail.password_reset", json!({"email": maya.account().email})),
        ("mail.email_changed", json!({"user_id": maya.id(), "to": "before@example.com"})),
    ];
    for (kind, payload) in rows {
        db::outbox::insert(ctx.db.writer(), ctx.new_id(), kind, payload, ctx.now().0).await.unwrap();
    }
    let clumsy = Context { ids: Arc::new(NoSecrets(Arc::clone(&ctx.ids))), ..ctx.get_ref().clone() };
    assert_eq!(relay::hand_on_mails(&clumsy).await.unwrap(), 1);
    assert_eq!(app.number("select count(*) as value from mails where kind = 'email_changed'").await, 1);
    assert_eq!(app.number("select count(*) as value from outbox where last_error like '%panicked%' and delivered_at is null").await, 1);
    app.clock().advance(3);
    app.run_outbox().await;
    assert_eq!((app.number("select count(*) as value from mails where kind = 'password_reset'").await, waiting(&app).await), (1, 0));
}

#[actix_web::test]
async fn a_round_that_panics_does_not_end_the_relay() {
    let app = TestApp::new().await;
    app.run_outbox().await;
    let mut events = app.events().subscribe();
    let clock = Arc::new(Stumbling::new(app.clock()));
    let relay = actix_web::rt::spawn(relay::run(Context { clock: clock.clone(), ..app.ctx().get_ref().clone() }));
    write_events(&app, 0..1).await;
    let heard = actix_web::rt::time::timeout(Duration::from_secs(10), events.next()).await;
    assert_eq!(number(heard.expect("it is handed on").unwrap()), Some(0));
    assert!(clock.fell());
    relay.abort();
}

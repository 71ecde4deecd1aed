//! The jobs: written once, done once, tried again, and dead when nothing helps.

use std::collections::BTreeMap;

use actix_web::http::Method;
use novashop_db::{self as db, sql::Sql};
use novashop_jobs::{metrics::Metrics, schedule::Clock, work};
use novashop_services::{
    housekeeping,
    jobs::{self, Job, LEASE_SECONDS, MAX_ATTEMPTS},
    low_stock, sales_report,
};
use novashop_testing::{TestApp, first_variant};
use novashop_types::{catalogue::ProductStatus, orders::OrderStatus::Paid};
use serde_json::{Value, json};

/// Makes of the newest job one that no worker of this version understands.
async fn spoil(app: &TestApp) {
    let sql = "update jobs set payload = $1 where id = (select id from jobs order by created_at desc, id desc limit 1)";
    Sql::new(sql, [json!({"kind": "teleport"}).into()]).execute(app.ctx().db.writer()).await.unwrap();
}

/// A job that failed as often as one may; its id.
pub async fn dead(app: &TestApp) -> String {
    let ctx = app.ctx();
    jobs::enqueue(ctx, ctx.db.writer(), Job::ForgetOldRows).await.unwrap();
    spoil(app).await;
    Sql::new("update jobs set max_attempts = 1 where status = 'queued'", []).execute(ctx.db.writer()).await.unwrap();
    app.run_jobs().await;
    let rows = db::jobs::list(ctx.db.reader(), Some("dead"), None, 1).await.unwrap();
    rows[0].id.to_string()
}

async fn by_kind(app: &TestApp) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for job in db::jobs::list(app.ctx().db.reader(), None, None, 1000).await.unwrap() {
        *kinds.entry(job.kind).or_default() += 1;
    }
    kinds
}

#[actix_web::test]
async fn two_workers_hear_the_clock_strike_and_each_job_is_written_and_done_once() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    for _ in 0..10 {
        // Both have just begun: neither knows what the other wrote.
        let (mut one, mut other) = (Clock::default(), Clock::default());
        let (one, other) = futures_util::future::join(one.look(ctx), other.look(ctx)).await;
        let before = by_kind(&app).await;
        assert_eq!(one.unwrap() + other.unwrap(), u64::try_from(before.values().sum::<usize>()).unwrap());
        assert!(before.len() >= 6 && before.values().all(|count| *count == 1), "{before:?}");
        let metrics = Metrics::new().unwrap();
        let (one, other) = futures_util::future::join(work::drain(ctx, &metrics), work::drain(ctx, &metrics)).await;
        assert_eq!(one.unwrap() + other.unwrap(), u64::try_from(before.len()).unwrap(), "each was somebody's");
        assert_eq!(
            app.number("select count(*) as value from jobs where status = 'done' and attempts = 1").await,
            i64::try_from(before.len()).unwrap()
        );
        let mut again = Clock::default();
        assert_eq!(again.look(ctx).await.unwrap(), 0, "a third worker comes too late");
        Sql::new("delete from jobs", []).execute(ctx.db.writer()).await.unwrap();
    }
    Clock::default().look(ctx).await.unwrap();
    app.clock().advance(60);
    assert_eq!(Clock::default().look(ctx).await.unwrap(), 1, "after a minute only what happens every minute");
}

#[actix_web::test]
async fn a_job_that_fails_is_tried_again_after_growing_pauses_dies_and_can_be_woken() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    jobs::enqueue(ctx, ctx.db.writer(), Job::ForgetOldRows).await.unwrap();
    let wholesome = json!({"kind": "forget_old_rows"});
    spoil(&app).await;
    // Somebody new each time: hours go by.
    let seen = async || app.staff().await.get("/admin/jobs").await.assert_status(200).items()[0].clone();
    let mut pauses = Vec::new();
    for attempt in 1..MAX_ATTEMPTS {
        assert_eq!(app.run_jobs().await, 1, "attempt {attempt}");
        assert_eq!(app.run_jobs().await, 0, "not before its pause is over");
        let job = seen().await;
        assert_eq!((&job["status"], &job["attempts"]), (&json!("queued"), &json!(attempt)));
        assert!(job["last_error"].as_str().unwrap().contains("forget_old_rows"), "{job}");
        let due: novashop_types::Timestamp = job["due_at"].as_str().unwrap().parse().unwrap();
        let pause = (due.0 - ctx.now().0) / 1000;
        app.clock().advance(pause - 1);
        assert_eq!(app.run_jobs().await, 0, "a second too early");
        app.clock().advance(1);
        pauses.push(pause);
    }
    assert_eq!(pauses, [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600]);
    app.run_jobs().await;
    let dead = seen().await;
    assert_eq!((&dead["status"], &dead["attempts"], &dead["due_at"]), (&json!("dead"), &json!(MAX_ATTEMPTS), &Value::Null));
    app.clock().advance(10 * 24 * 3600);
    assert_eq!(app.run_jobs().await, 0, "nobody tries a dead one");
    let staff = app.staff().await;
    assert_eq!(staff.get("/admin/jobs?status=dead").await.assert_status(200).items().len(), 1);
    assert_eq!(staff.get("/admin/jobs?status=queued").await.assert_status(200).items().len(), 0);

    let retry = format!("/admin/jobs/{}/retry", dead["id"].as_str().unwrap());
    let waits = staff.post(&retry, json!(null)).await.assert_status(200);
    assert_eq!((&waits.json["status"], &waits.json["finished_at"]), (&json!("queued"), &Value::Null));
    staff.post(&retry, json!(null)).await.assert_problem(409, "conflict");
    assert_eq!(app.number("select count(*) as value from audit where action = 'job.retried'").await, 1);
    Sql::new("update jobs set payload = $1", [wholesome.into()]).execute(ctx.db.writer()).await.unwrap();
    assert_eq!(app.run_jobs().await, 1);
    let done = seen().await;
    assert_eq!((&done["status"], &done["last_error"]), (&json!("done"), &Value::Null));
    staff.post(&retry, json!(null)).await.assert_problem(409, "conflict");
    staff.post("/admin/jobs/none/retry", json!(null)).await.assert_problem(404, "not_found");
}

#[actix_web::test]
async fn a_job_whose_worker_died_is_taken_up_again_and_the_dead_one_writes_nothing_more() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    jobs::enqueue(ctx, ctx.db.writer(), Job::ForgetOldRows).await.unwrap();
    let tickets = jobs::hand_out(ctx, 10).await.unwrap();
    let taken = jobs::take(ctx, tickets[0]).await.unwrap().expect("it is due");
    assert_eq!(jobs::take(ctx, tickets[0]).await.unwrap(), None, "a ticket that comes twice is void");
    app.clock().advance(LEASE_SECONDS - 1);
    assert!(jobs::extend(ctx, &taken).await.unwrap());
    app.clock().advance(LEASE_SECONDS - 1);
    assert_eq!(app.run_jobs().await, 0, "the worker lives");
    app.clock().advance(1);
    assert_eq!(app.run_jobs().await, 1, "it gave no sign any more");
    let job = async || db::jobs::find(ctx.db.reader(), taken.id).await.unwrap().unwrap();
    assert_eq!((job().await.status.as_str(), job().await.attempts), ("done", 2));
    assert!(!jobs::extend(ctx, &taken).await.unwrap());
    assert!(jobs::fail(ctx, &taken, "late").await.is_ok());
    assert_eq!((job().await.status.as_str(), job().await.last_error), ("done", None), "what the late one says does not count");
}

#[actix_web::test]
async fn a_ticket_that_the_queue_lost_is_written_anew() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    jobs::enqueue(ctx, ctx.db.writer(), Job::ForgetOldRows).await.unwrap();
    let lost = jobs::hand_out(ctx, 10).await.unwrap();
    assert_eq!((lost.len(), app.run_jobs().await), (1, 0), "it is on its way");
    app.clock().advance(30);
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(jobs::take(ctx, lost[0]).await.unwrap(), None, "the first ticket turns up after all");
}

#[actix_web::test]
async fn a_job_over_which_every_worker_dies_is_dead_in_the_end() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    jobs::enqueue(ctx, ctx.db.writer(), Job::ForgetOldRows).await.unwrap();
    for _ in 0..MAX_ATTEMPTS {
        let tickets = jobs::hand_out(ctx, 10).await.unwrap();
        jobs::take(ctx, tickets[0]).await.unwrap().expect("it is tried again");
        app.clock().advance(LEASE_SECONDS);
    }
    app.run_jobs().await;
    let dead = db::jobs::list(ctx.db.reader(), Some("dead"), None, 10).await.unwrap();
    assert!(dead[0].last_error.as_ref().unwrap().contains("each time"), "{dead:?}");
}

#[actix_web::test]
async fn staff_is_told_once_that_there_are_few_and_again_after_there_were_enough() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").stock(9).create().await;
    app.product("Cup").stock(0).status(ProductStatus::Draft).create().await;
    let path = format!("/variants/{}/stock", first_variant(&mug));
    let told = async |stock: i64| {
        staff.post(&path, json!({"set": stock, "reason": "count"})).await.assert_status(201);
        let both = futures_util::future::join(low_stock::notice(app.ctx()), low_stock::notice(app.ctx())).await;
        both.0.unwrap() + both.1.unwrap()
    };
    for (stock, mails) in [(6, 0), (5, 1), (3, 0), (0, 0), (7, 0), (2, 1), (1, 0)] {
        assert_eq!(told(stock).await, mails, "with {stock} in stock");
    }
    let payload = "select count(*) as value from outbox where kind = 'mail.low_stock' and cast(payload as text) like '%stock%'";
    assert_eq!(app.number(payload).await, 2);
}

#[actix_web::test]
async fn the_report_of_a_day_is_written_once_and_says_what_was_sold() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    let maya = app.customer().await;
    let order = maya.place_order().await;
    app.move_order(&order.text_at("/id"), &[Paid]).await;
    maya.place_order().await;
    let (id, until) = (ctx.new_id(), ctx.now().plus_seconds(24 * 3600));
    for _ in 0..2 {
        sales_report::write(ctx, id, until).await.unwrap();
    }
    sales_report::write(ctx, ctx.new_id(), until.plus_seconds(24 * 3600)).await.unwrap();
    let rows = db::outbox::claim(ctx.db.writer(), db::outbox::Sort::Mail, ctx.now().0, until.0, 100).await.unwrap();
    let reports: Vec<&Value> = rows.iter().filter(|row| row.kind == "mail.sales_report").map(|row| &row.payload).collect();
    assert_eq!(reports.len(), 1, "one for the day, none for the day without an order");
    assert_eq!((&reports[0]["day"], &reports[0]["orders"]), (&json!("2026-06-01"), &json!(1)));
    assert_eq!(reports[0]["revenue"], order.json["total"]);
}

#[actix_web::test]
async fn only_a_guests_cart_that_nobody_came_back_to_is_forgotten() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").stock(9).create().await;
    let line = json!({"variant_id": first_variant(&mug), "quantity": 1});
    let (gone, maya) = (app.anonymous(), app.customer().await);
    for somebody in [&gone, &maya] {
        somebody.post("/cart/items", line.clone()).await.assert_status(201);
    }
    app.clock().advance(60 * 24 * 3600);
    let recent = app.anonymous();
    recent.post("/cart/items", line).await.assert_status(201);
    assert_eq!(housekeeping::forget_carts(app.ctx()).await.unwrap(), 0, "not on the last day");
    app.clock().advance(1);
    assert_eq!(housekeeping::forget_carts(app.ctx()).await.unwrap(), 1);
    assert_eq!(app.number("select count(*) as value from carts").await, 2);
    assert_eq!(app.number("select count(*) as value from cart_items").await, 2);
}

#[actix_web::test]
async fn what_was_done_long_ago_is_forgotten_and_what_is_dead_is_kept_for_longer() {
    let app = TestApp::new().await;
    dead(&app).await;
    let ctx = app.ctx();
    jobs::enqueue(ctx, ctx.db.writer(), Job::ExpireOrders).await.unwrap();
    app.run_jobs().await;
    for (days, left) in [(1, 2), (2, 1), (87, 1), (1, 0)] {
        app.clock().advance(days * 24 * 3600);
        housekeeping::forget_old_rows(ctx).await.unwrap();
        assert_eq!(app.number("select count(*) as value from jobs").await, left, "{days} days later");
    }
}

#[actix_web::test]
async fn jobs_are_counted_for_operators_and_a_worker_that_is_missing_is_seen() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    dead(&app).await;
    jobs::enqueue(ctx, ctx.db.writer(), Job::ExpireOrders).await.unwrap();
    let number = async |name: &str| {
        let text = app.metrics().await;
        text.lines().find_map(|line| line.strip_prefix(name).and_then(|rest| rest.trim().parse::<i64>().ok())).unwrap_or(-1)
    };
    assert_eq!((number("novashop_jobs{status=\"queued\"}").await, number("novashop_jobs{status=\"dead\"}").await), (1, 1));
    app.clock().advance(61);
    assert_eq!(number("novashop_jobs_lag_seconds").await, 61);
    let ready = app.anonymous().request(Method::GET, "/readyz").await;
    assert_eq!((&ready.json["queue"], &ready.json["queue_lag_seconds"]), (&json!("behind"), &json!(61)), "{}", ready.text());
    app.run_jobs().await;
    assert_eq!((number("novashop_jobs_lag_seconds").await, number("novashop_jobs{status=\"queued\"}").await), (0, 0));
}

#[actix_web::test]
async fn mails_of_long_ago_are_forgotten_unless_they_still_wait() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    let maya = app.customer().await;
    maya.place_order().await;
    app.anonymous().post("/auth/password/forgot", json!({"email": maya.account().email})).await.assert_status(202);
    app.run_outbox().await;
    let waits = "update mails set status = 'queued', next_at = 0 where kind = 'order_placed'";
    Sql::new(waits, []).execute(ctx.db.writer()).await.unwrap();
    for (seconds, left) in [(90 * 24 * 3600, 2), (1, 1)] {
        app.clock().advance(seconds);
        housekeeping::forget_old_rows(ctx).await.unwrap();
        assert_eq!(app.number("select count(*) as value from mails").await, left);
    }
    assert_eq!(app.number("select count(*) as value from mails where status = 'queued'").await, 1);
}

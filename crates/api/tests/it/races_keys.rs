//! Requests with an Idempotency-Key that have to wait: for their own twin, or for something else.

use std::time::Duration;

use novashop_db::{self as db, DbBackend, sql::Sql};
use novashop_testing::{TestApp, first_variant, races::at_once, shopping::order};

/// Longer than a key's patience with its twin, which is five seconds.
const LONG: Duration = Duration::from_secs(6);

/// On SQLite only one writes at a time, so both wait, and the later one is told what the first was.
#[actix_web::test]
async fn an_order_with_a_key_waits_as_long_as_others_for_what_is_held_and_only_its_twin_is_told_to_come_again() {
    let app = TestApp::new().await;
    let served = app.serve().await;
    let mug = app.product("Mug").stock(9).create().await;
    let maya = app.customer().await;
    maya.put_in_cart(first_variant(&mug), 1).await;
    let maya = maya.over(&served);
    let (held, is_held) = tokio::sync::oneshot::channel();
    let held = std::cell::Cell::new(Some(held));
    let told = tokio::sync::Notify::new();
    let holding = app.ctx().db.write(async |tx| {
        Sql::new("update variants set stock = stock", []).execute(tx).await?;
        held.take().expect("it is tried once").send(()).expect("somebody waits for it");
        tokio::time::sleep(LONG).await;
        if app.ctx().db.backend() == DbBackend::Postgres {
            // And until the twin was told, where this machine is slow. A statement waits for seven seconds at most.
            told.notified().await;
        }
        Ok::<_, db::Error>(())
    });
    let ordering = async {
        is_held.await.expect("the variants are held");
        at_once((0..2).map(|_| async {
            let answer = maya.post("/orders", order()).header("idempotency-key", "one-key").await;
            told.notify_one();
            answer
        }))
        .await
    };
    let (held, mut answers) = futures_util::future::join(holding, ordering).await;
    held.expect("the variants could be held");
    answers.sort_by_key(|answer| answer.status);
    let [first, twin] = answers.as_slice() else { panic!("two were sent") };
    first.clone().assert_status(201);
    match app.ctx().db.backend() {
        DbBackend::Postgres => twin.clone().assert_problem(409, "idempotency_in_progress"),
        _ => twin.clone().assert_status(201),
    };
    assert_eq!(app.number("select stock as value from variants").await, 8);
    app.assert_sound().await;
}

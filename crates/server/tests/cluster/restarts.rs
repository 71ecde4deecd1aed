//! Losing a process loses nothing, and neither does exchanging all of them.

use std::time::Duration;

use crate::{
    buying::Keeper,
    load::{Manner, during},
    started,
};

const STOCK: i64 = 5000;

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn a_killed_process_fails_no_safe_request_and_loses_or_doubles_no_order() {
    let cluster = started().await;
    let mug = Keeper::of(&cluster).await.product("Mug", STOCK).await;
    let told = during(&cluster, &mug, Manner::BuyersInsist, async |told| {
        for killed in [&cluster.apis[1], &cluster.apis[0], &cluster.workers[0]] {
            told.wait_for_orders(15).await;
            killed.kill();
            told.wait_for_orders(15).await;
            killed.start();
            killed.ready().await;
        }
        told.wait_for_orders(15).await;
    })
    .await;
    let asked_twice = cluster.nginx.access_log().lines().filter(|line| line.contains("\"GET\"") && line.contains(", 127.0.0.1:")).count();
    assert!(asked_twice > 0, "the kills hit nobody");
    assert!(told.read.get() > 50, "only {} were reading", told.read.get());
    told.assert_nothing_lost(&cluster, &mug, STOCK).await;
}

/// How long a process hangs, and how long somebody who reads may wait at most: nginx gives it up after eight seconds.
const HANGING: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(12);

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn a_process_that_hangs_fails_no_safe_request_and_loses_or_doubles_no_order() {
    let cluster = started().await;
    let mug = Keeper::of(&cluster).await.product("Mug", STOCK).await;
    let told = during(&cluster, &mug, Manner::BuyersInsist, async |told| {
        for hanging in [&cluster.apis[1], &cluster.webs[1]] {
            told.wait_for_orders(5).await;
            told.slowest.set(Duration::ZERO);
            let read = told.read.get();
            hanging.hold();
            tokio::time::sleep(HANGING).await;
            let waited = told.slowest.get();
            assert!(waited > Duration::from_secs(2), "{} kept nobody waiting", hanging.name());
            assert!(waited < PATIENCE, "{}: somebody waited for {waited:?}", hanging.name());
            assert!(told.read.get() > read + 50, "{}: only {} were read", hanging.name(), told.read.get() - read);
            hanging.go_on();
        }
        told.wait_for_orders(5).await;
    })
    .await;
    told.assert_nothing_lost(&cluster, &mug, STOCK).await;
}

#[actix_web::test]
#[ignore = "needs nginx, PostgreSQL and Redis: scripts/test runs it as a step of its own"]
async fn exchanging_every_process_under_load_fails_no_request_at_all() {
    let cluster = started().await;
    let mug = Keeper::of(&cluster).await.product("Mug", STOCK).await;
    let told = during(&cluster, &mug, Manner::NothingFails, async |told| {
        // Those of the API, of the app, and the worker.
        for process in cluster.all() {
            let ended = process.end().await;
            assert_eq!(ended.code(), Some(0), "{}", process.log());
            // While it is away requests go on, and so does what must not be sent twice.
            tokio::time::sleep(Duration::from_millis(500)).await;
            process.start();
            process.ready().await;
            told.wait_for_orders(3).await;
        }
    })
    .await;
    assert!(told.read.get() > 100 && told.bought() > 20, "only {} were read and {} bought", told.read.get(), told.bought());
    told.assert_nothing_lost(&cluster, &mug, STOCK).await;
}
